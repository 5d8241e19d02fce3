/*
 * deflate_bytes.c - looks for what repeats at the byte to the left (flat areas), one row above, and where
 * these four bytes stood last. The longer one of the latter two is told.
 */
#include "render/encode/deflate_bytes.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_block.h"
#include "render/encode/pixel_compare.h"

#define SLOT_BITS 12
#define LEAST 4 /* bytes of a repeat: as many as are looked for at once */

struct teller {
    const uint8_t *bytes;
    uint32_t length;
    struct deflate_block *block;
    struct deflate_stream *stream;
    uint16_t places[1 << SLOT_BITS]; /* the low bits: what is told is never further back */
};

static inline uint32_t four_bytes(const uint8_t *bytes)
{
    uint32_t four;
    memcpy(&four, bytes, sizeof four);
    return four;
}

/** How many bytes are alike here and there, of so many. */
static inline uint32_t alike(const uint8_t *here, const uint8_t *there, uint32_t most)
{
    for (uint32_t length = 0; length < most; length += BYTES_COMPARED) {
        uint32_t unlike = bytes_unlike(here + length, there + length);
        if (unlike) {
            length += (uint32_t)__builtin_ctz(unlike);
            return length < most ? length : most;
        }
    }
    return most;
}

static inline uint16_t *slot_of(struct teller *teller, uint32_t four)
{
    return &teller->places[(four * 0x9e3779b1u) >> (32 - SLOT_BITS)];
}

static inline bool is_like(const uint8_t *here, uint32_t back, uint32_t four)
{
    return back - 1 < DEFLATE_WINDOW_BYTES && four_bytes(here - back) == four;
}

/** How many bytes from a place on were there before, fewer than LEAST: none, and how far back. */
static inline uint32_t find_repeat(struct teller *teller, uint32_t place, uint32_t above, uint32_t *back)
{
    const uint8_t *here = teller->bytes + place;
    uint32_t four = htole32(four_bytes(here));
    uint32_t most = teller->length - place;
    uint16_t *slot = slot_of(teller, four);
    uint32_t last = (uint16_t)(place - *slot);
    uint32_t length = 0;
    *slot = (uint16_t)place;
    *back = 1;
    if (is_like(here, 1, htole32(four))) {
        return alike(here, here - 1, most);
    }
    if (is_like(here, last, htole32(four))) {
        *back = last;
        length = alike(here, here - last, most);
    }
    bool is_longer = above <= place && above != last && here[length] == (here - above)[length];
    if (is_longer && is_like(here, above, htole32(four))) {
        uint32_t length_above = alike(here, here - above, most);
        *back = length_above > length ? above : *back;
        length = length_above > length ? length_above : length;
    }
    return length;
}

static inline void write_if_full(struct teller *teller)
{
    if (deflate_block_is_full(teller->block)) {
        deflate_block_write(teller->block, false, teller->stream);
    }
}

/** In parts as long as may be; the last one is not too short for one. */
static inline void tell_repeat(struct teller *teller, uint32_t length, uint32_t distance)
{
    while (length > DEFLATE_MATCH_MOST) {
        bool is_much = length >= DEFLATE_MATCH_MOST + DEFLATE_MATCH_LEAST;
        uint32_t part = is_much ? DEFLATE_MATCH_MOST : DEFLATE_MATCH_MOST - DEFLATE_MATCH_LEAST;
        deflate_block_add_repeat(teller->block, part, distance);
        write_if_full(teller);
        length -= part;
    }
    deflate_block_add_repeat(teller->block, length, distance);
    write_if_full(teller);
}

static void tell_plain(struct teller *teller, const uint8_t *bytes, uint32_t count)
{
    for (; count >= 3; count -= 3, bytes += 3) {
        deflate_block_add(teller->block, bytes[0], bytes[1], bytes[2]);
        write_if_full(teller);
    }
    if (count > 0) {
        deflate_block_add(teller->block, bytes[0], count > 1 ? bytes[1] : DEFLATE_NOTHING, DEFLATE_NOTHING);
        write_if_full(teller);
    }
}

static void tell_all(struct teller *teller, uint32_t above)
{
    uint32_t last = teller->length > LEAST ? teller->length - LEAST : 0; /* where a repeat may begin */
    uint32_t told = 0;
    for (uint32_t place = 1; place <= last;) {
        uint32_t back;
        uint32_t length = find_repeat(teller, place, above, &back);
        if (length < LEAST) {
            place++;
            continue;
        }
        tell_plain(teller, teller->bytes + told, place - told);
        tell_repeat(teller, length, back);
        place += length;
        told = place;
    }
    tell_plain(teller, teller->bytes + told, teller->length - told);
}

void deflate_bytes(const struct deflate_bytes *rows, bool is_last, struct deflate_stream *stream)
{
    struct teller *teller = memory_new(1, sizeof *teller);
    teller->bytes = rows->bytes;
    teller->length = (uint32_t)rows->length;
    teller->block = deflate_block_new(0);
    teller->stream = stream;
    tell_all(teller, (uint32_t)rows->stride);
    deflate_block_write(teller->block, is_last, stream);
    free(teller->block);
    free(teller);
    if (is_last) {
        deflate_stream_end(stream);
    }
}
