/*
 * deflate_bytes.h - compresses the rows of a palette's picture: numbers of colours, quick, and the same bytes
 * on every machine.
 */
#ifndef RENDER_DEFLATE_BYTES_H
#define RENDER_DEFLATE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct deflate_stream; /* deflate_block.h */

/** Bytes, row by row. */
struct deflate_bytes {
    const uint8_t *bytes; /* length, and DEFLATE_BYTES_BEHIND that are read in vain */
    size_t length;        /* below 2^32 */
    size_t stride;        /* of a row */
};

#define DEFLATE_BYTES_BEHIND 16

/** Writes rows, the next part of a stream. @param is_last  nothing comes behind them */
void deflate_bytes(const struct deflate_bytes *rows, bool is_last, struct deflate_stream *stream);

#endif
