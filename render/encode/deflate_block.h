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
#define DEFLATE_DISTANCE_COUNT 30
#define DEFLATE_PLAIN_MOST 131072 /* units of a block */
#define DEFLATE_STEPS_MOST 8192   /* of a block */

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

/** A block being made: its steps, and how often each thing in them is told. */
struct deflate_block {
    const uint32_t *units;  /* of 3 or 4 bytes, from the first of the block on */
    const uint8_t *bytes;   /* instead of them, when unit_bytes is 1 */
    size_t unit_bytes;      /* 1, 3 or 4 */
    size_t plain_count;     /* units as they are */
    uint32_t plain[4][256]; /* their bytes, kept apart by place, so equal ones do not wait */
    uint32_t lengths[DEFLATE_MATCH_MOST + 1];
    uint32_t distances[DEFLATE_DISTANCE_COUNT]; /* their symbols */
    size_t step_count;
    struct deflate_step steps[DEFLATE_STEPS_MOST];
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

/** Counts a pixel that is told as it is. */
static inline void deflate_count(struct deflate_block *block, uint32_t pixel, size_t unit_bytes)
{
    block->plain[0][pixel >> 16 & 0xff]++;
    block->plain[1][pixel >> 8 & 0xff]++;
    block->plain[2][pixel & 0xff]++;
    if (unit_bytes == 4) {
        block->plain[3][pixel >> 24]++;
    }
}

/** Counts the mark of a row. */
static inline void deflate_count_mark(struct deflate_block *block, uint32_t mark)
{
    block->plain[0][mark & 0xff]++;
}

/** Distances double with every second symbol; what lies between is told by extra bits. */
static inline unsigned deflate_distance_symbol(uint32_t distance)
{
    uint32_t rest = distance - 1;
    unsigned top = 31 - (unsigned)__builtin_clz(rest | 1);
    return rest < 2 ? rest : 2 * top + (rest >> (top - 1) & 1);
}

/** So many units as they are, which are counted already, then a repeat of so many bytes. */
static inline void deflate_block_add(struct deflate_block *block, uint32_t unit_count, uint32_t length,
                                     uint32_t distance)
{
    block->steps[block->step_count++] =
        (struct deflate_step){unit_count, (uint16_t)length, (uint16_t)distance};
    block->plain_count += unit_count;
    block->lengths[length]++;
    block->distances[deflate_distance_symbol(distance)]++;
}

/** Is it time to write it? There is room for two steps more. */
static inline bool deflate_block_is_full(const struct deflate_block *block)
{
    return block->step_count >= DEFLATE_STEPS_MOST - 2 || block->plain_count >= DEFLATE_PLAIN_MOST;
}

/** An empty one; its units or bytes are for the caller to set. Owned, free(). */
struct deflate_block *deflate_block_new(size_t unit_bytes);

/** Writes it, with so many more units as they are behind its last step. Then it is empty, and begins with the
 * unit behind them. */
void deflate_block_write(struct deflate_block *block, size_t unit_count, bool is_last,
                         struct deflate_stream *stream);

/** Makes room for so many bytes more. */
void deflate_stream_room(struct deflate_stream *stream, size_t length);

/** Writes the last bits. */
void deflate_stream_end(struct deflate_stream *stream);

#endif
