/*
 * deflate_block.h - writes one block of a deflate stream (RFC 1951) with Huffman codes of its own.
 *
 * What is compressed is bytes, or a list of units of 3 or 4 bytes: pixels, ARGB, whose bytes go into the
 * stream red first and alpha last. Before each row of pixels stands its mark: one byte of the stream, the
 * row's filter.
 */
#ifndef RENDER_DEFLATE_BLOCK_H
#define RENDER_DEFLATE_BLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define DEFLATE_MATCH_LEAST 3
#define DEFLATE_MATCH_MOST 258
#define DEFLATE_WINDOW_BYTES 32768

/** So many units as they are, then bytes that were there before. */
struct deflate_step {
    uint32_t unit_count;
    uint16_t length;   /* bytes, whole units; 0: none */
    uint16_t distance; /* bytes back */
};

/** The bytes that have been written; owned, grows. */
struct deflate_stream {
    uint8_t *bytes;
    size_t length;
    size_t capacity;
    uint64_t bits; /* not yet written, the first lowest */
    int bit_count;
};

/** How often each byte is written as it is; kept apart by place, so equal ones do not wait. */
struct deflate_counts {
    uint32_t bytes[4][256];
};

struct deflate_block {
    const uint32_t *units;               /* of 3 or 4 bytes */
    const uint8_t *bytes;                /* instead of them, when unit_bytes is 1 */
    size_t unit_bytes;                   /* 1, 3 or 4 */
    const struct deflate_counts *counts; /* of the units that no step repeats */
    const struct deflate_step *steps;
    size_t step_count;
    bool is_last;
};

/** The mark of a row, number from 0: no unit has such a value, and no two rows the same. */
uint32_t deflate_mark(int row, int filter);

static inline bool deflate_is_mark(uint32_t unit)
{
    return unit - 1 < 0xffffff;
}

/** One of the bytes that a unit is in the stream. */
static inline unsigned deflate_byte(uint32_t unit, size_t number)
{
    return unit >> (deflate_is_mark(unit) ? 0 : (48 - 8 * number) % 32) & 0xff;
}

static inline void deflate_count(struct deflate_counts *counts, uint32_t unit, size_t unit_bytes)
{
    size_t count = deflate_is_mark(unit) ? 1 : unit_bytes;
    for (size_t i = 0; i < count; i++) {
        counts->bytes[i][deflate_byte(unit, i)]++;
    }
}

void deflate_block_write(const struct deflate_block *block, struct deflate_stream *stream);

/** Writes the last bits. */
void deflate_stream_end(struct deflate_stream *stream);

#endif
