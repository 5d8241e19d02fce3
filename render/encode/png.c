/*
 * png.c - a PNG file is a signature and a few chunks, written here by hand; png_rows.c makes what is
 * compressed in them.
 */
#include "render/encode/png.h"

#include <libdeflate.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/work.h"
#include "render/canvas/image.h"
#include "render/encode/deflate_block.h"
#include "render/encode/png_palette.h"
#include "render/encode/png_rows.h"
#include "render/encode/straight_colour.h"

#define HEAD_BYTES_MAX 2048 /* signature and all chunks but IDAT */
#define TAIL_BYTES 32       /* end of IDAT, and IEND */

static void put_u32(uint8_t *bytes, uint32_t number)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(number >> (24 - 8 * i));
    }
}

/** Frames what stands behind the place of the length and the name already. */
static void close_chunk(struct deflate_stream *file, size_t start, const char *name)
{
    uint8_t *chunk = file->bytes + start;
    size_t length = file->length - start - 8;
    put_u32(chunk, (uint32_t)length);
    memcpy(chunk + 4, name, 4);
    put_u32(file->bytes + file->length, libdeflate_crc32(0, chunk + 4, length + 4));
    file->length += 4;
}

static void write_chunk(struct deflate_stream *file, const char *name, const void *bytes, size_t length)
{
    size_t start = file->length;
    memcpy(file->bytes + start + 8, bytes, length);
    file->length += length + 8;
    close_chunk(file, start, name);
}

static void write_palette(struct deflate_stream *file, const struct png_palette *palette)
{
    uint8_t colours[3 * PNG_PALETTE_MAX];
    uint8_t alphas[PNG_PALETTE_MAX];
    size_t alpha_count = 0; /* those behind are opaque */
    for (int i = 0; i < palette->count; i++) {
        uint32_t colour = straight_colour(palette->colours[i]);
        colours[3 * i] = (uint8_t)(colour >> 16);
        colours[3 * i + 1] = (uint8_t)(colour >> 8);
        colours[3 * i + 2] = (uint8_t)colour;
        alphas[i] = (uint8_t)(colour >> 24);
        alpha_count = alphas[i] < 255 ? (size_t)i + 1 : alpha_count;
    }
    write_chunk(file, "PLTE", colours, 3 * (size_t)palette->count);
    if (alpha_count > 0) {
        write_chunk(file, "tRNS", alphas, alpha_count);
    }
}

static void write_head(struct deflate_stream *file, const struct png_rows *rows, int dots_per_metre)
{
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    deflate_stream_room(file, HEAD_BYTES_MAX);
    memcpy(file->bytes, signature, sizeof signature);
    file->length = sizeof signature;
    uint8_t header[13] = {[8] = (uint8_t)rows->bits, [9] = (uint8_t)rows->colour};
    put_u32(header, (uint32_t)rows->image->width);
    put_u32(header + 4, (uint32_t)rows->image->height);
    write_chunk(file, "IHDR", header, sizeof header);
    if (dots_per_metre > 0) {
        uint8_t size[9] = {[8] = 1}; /* per metre */
        put_u32(size, (uint32_t)dots_per_metre);
        put_u32(size + 4, (uint32_t)dots_per_metre);
        write_chunk(file, "pHYs", size, sizeof size);
    }
    if (rows->colour == PNG_COLOUR_PALETTE) {
        write_palette(file, &rows->palette);
    }
}

/** IDAT is a zlib stream. Gives where the chunk begins. */
static size_t begin_pixels(struct deflate_stream *file)
{
    static const uint8_t zlib_head[2] = {0x78, 0x01};
    size_t start = file->length;
    memcpy(file->bytes + start + 8, zlib_head, sizeof zlib_head);
    file->length += 8 + sizeof zlib_head;
    return start;
}

static void end_pixels(struct deflate_stream *file, size_t start, uint32_t sum)
{
    deflate_stream_room(file, TAIL_BYTES);
    put_u32(file->bytes + file->length, sum);
    file->length += 4;
    close_chunk(file, start, "IDAT");
}

/** The rows as one stream; false: nobody wants them any more. */
static bool write_rows(struct deflate_stream *file, struct png_rows *rows, struct work *work,
                       struct fault *fault)
{
    const struct image *image = rows->image;
    for (int y = 0; y < image->height; y += rows->band_height) {
        if (!work_tell(work, (double)y / image->height, fault)) {
            return false;
        }
        png_rows_take(rows, y);
        png_rows_write(rows, file);
    }
    return true;
}

/** A copy of just its size: what it was written into is large, and left whole for the next picture. */
static char *take_bytes(const struct deflate_stream *file)
{
    char *bytes = memory_copy_bytes(file->bytes, file->length);
    free(file->bytes);
    return bytes;
}

char *png_write_told(const struct image *image, int dots_per_metre, struct work *work, size_t *length,
                     struct fault *fault)
{
    struct png_rows rows;
    struct deflate_stream file = {0};
    if (!png_rows_init(&rows, image)) {
        fault_set(fault, FAULT_MEMORY, "no memory to write a PNG of %d x %d dots", image->width,
                  image->height);
        return NULL;
    }
    write_head(&file, &rows, dots_per_metre);
    size_t pixels_start = begin_pixels(&file);
    bool is_written = write_rows(&file, &rows, work, fault);
    uint32_t sum = rows.sum;
    png_rows_finish(&rows);
    if (!is_written) {
        free(file.bytes);
        return NULL;
    }
    end_pixels(&file, pixels_start, sum);
    write_chunk(&file, "IEND", "", 0);
    *length = file.length;
    return take_bytes(&file);
}

char *png_write(const struct image *image, int dots_per_metre, size_t *length, struct fault *fault)
{
    return png_write_told(image, dots_per_metre, NULL, length, fault);
}
