/*
 * png.c - a PNG file is a signature and a few chunks, written here by hand: libpng's filters and its slower
 * deflate are of no use to maps (every row has filter 0). Reading is libpng's, through the interface that
 * needs no setjmp().
 *
 * Colours are kept premultiplied in memory and straight in the file; rounding both ways gives back the same
 * pixel, so nothing is lost.
 */
#include "render/png.h"

#include <libdeflate.h>
#include <png.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/image.h"
#include "render/png_palette.h"

/**
 * libdeflate's level 2 takes 0.1 to 0.25 ms longer over a tile than level 1 and makes it 10 to 20 % smaller;
 * higher levels take twice as long for 2 % (tests/bench/bench_paint.c).
 */
#define DEFLATE_LEVEL 2
#define CHUNK_FRAME_BYTES 12 /* length, name, check sum */
#define HEAD_BYTES_MAX 2048  /* signature and all chunks but IDAT */

enum png_colour { COLOUR_RGB = 2, COLOUR_PALETTE = 3, COLOUR_RGBA = 6 };

/** How the pixels are written. */
struct png_plan {
    const struct image *image;
    struct png_palette palette;
    enum png_colour colour;
    int bits;         /* of a sample */
    size_t row_bytes; /* with the filter byte */
};

/** Where the file grows. There is always room: it was made large enough at the start. */
struct png_file {
    uint8_t *bytes;
    size_t length;
};

static void put_u32(uint8_t *bytes, uint32_t number)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(number >> (24 - 8 * i));
    }
}

/** Frames what stands behind the place of the length and the name already. */
static void close_chunk(struct png_file *file, const char *name, size_t length)
{
    uint8_t *chunk = file->bytes + file->length;
    put_u32(chunk, (uint32_t)length);
    memcpy(chunk + 4, name, 4);
    put_u32(chunk + 8 + length, libdeflate_crc32(0, chunk + 4, length + 4));
    file->length += length + CHUNK_FRAME_BYTES;
}

static void write_chunk(struct png_file *file, const char *name, const void *bytes, size_t length)
{
    memcpy(file->bytes + file->length + 8, bytes, length);
    close_chunk(file, name, length);
}

/** Premultiplied to straight, rounded: the inverse of premultiply() for every pixel that it can make. */
static void straighten(uint32_t pixel, uint8_t *rgba)
{
    uint32_t alpha = pixel >> 24;
    bool is_partial = alpha != 0 && alpha != 255;
    for (int i = 0; i < 3; i++) {
        uint32_t channel = pixel >> (16 - 8 * i) & 0xff;
        rgba[i] = (uint8_t)(is_partial ? (channel * 255 + alpha / 2) / alpha : channel);
    }
    rgba[3] = (uint8_t)alpha;
}

static uint32_t premultiply(const uint8_t rgba[4])
{
    uint32_t alpha = rgba[3];
    uint32_t pixel = alpha << 24;
    for (int i = 0; i < 3; i++) {
        pixel |= (rgba[i] * alpha + 127) / 255 << (16 - 8 * i);
    }
    return pixel;
}

static bool is_opaque(const struct image *image)
{
    uint32_t all = 0xffffffffu;
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0; x < image->width; x++) {
            all &= row[x];
        }
    }
    return all >= 0xff000000u;
}

static int palette_bits(int colour_count)
{
    int bits = 1;
    while (1 << bits < colour_count) {
        bits *= 2;
    }
    return bits;
}

static void make_plan(struct png_plan *plan, const struct image *image)
{
    plan->image = image;
    plan->bits = 8;
    size_t bits_per_pixel;
    if (png_palette_find(image, &plan->palette)) {
        plan->colour = COLOUR_PALETTE;
        plan->bits = palette_bits(plan->palette.count);
        bits_per_pixel = (size_t)plan->bits;
    } else {
        plan->colour = is_opaque(image) ? COLOUR_RGB : COLOUR_RGBA;
        bits_per_pixel = plan->colour == COLOUR_RGB ? 24 : 32;
    }
    plan->row_bytes = 1 + ((size_t)image->width * bits_per_pixel + 7) / 8;
}

static void write_rgb_row(const uint32_t *row, int width, uint8_t *bytes)
{
    for (int x = 0; x < width; x++, bytes += 3) {
        bytes[0] = (uint8_t)(row[x] >> 16);
        bytes[1] = (uint8_t)(row[x] >> 8);
        bytes[2] = (uint8_t)row[x];
    }
}

static void write_rgba_row(const uint32_t *row, int width, uint8_t *bytes)
{
    for (int x = 0; x < width; x++, bytes += 4) {
        straighten(row[x], bytes);
    }
}

static void write_true_colours(const struct png_plan *plan, uint8_t *rows)
{
    const struct image *image = plan->image;
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        uint8_t *bytes = rows + (size_t)y * plan->row_bytes + 1;
        if (plan->colour == COLOUR_RGB) {
            write_rgb_row(row, image->width, bytes);
        } else {
            write_rgba_row(row, image->width, bytes);
        }
    }
}

/** The rows as they are deflated; their filter bytes stay 0. Owned, free(). */
static uint8_t *make_rows(const struct png_plan *plan, struct fault *fault)
{
    uint8_t *rows = memory_try_new((size_t)plan->image->height, plan->row_bytes);
    if (!rows) {
        fault_set(fault, FAULT_MEMORY, "no memory to write a PNG of %d x %d dots", plan->image->width,
                  plan->image->height);
        return NULL;
    }
    if (plan->colour == COLOUR_PALETTE) {
        png_palette_write(&plan->palette, plan->image, plan->bits, rows + 1, plan->row_bytes);
    } else {
        write_true_colours(plan, rows);
    }
    return rows;
}

static void write_palette(struct png_file *file, const struct png_palette *palette)
{
    uint8_t colours[3 * PNG_PALETTE_MAX];
    uint8_t alphas[PNG_PALETTE_MAX];
    for (int i = 0; i < palette->count; i++) {
        uint8_t rgba[4];
        straighten(palette->colours[i], rgba);
        memcpy(colours + 3 * i, rgba, 3);
        alphas[i] = rgba[3];
    }
    write_chunk(file, "PLTE", colours, 3 * (size_t)palette->count);
    if (palette->translucent_count > 0) {
        write_chunk(file, "tRNS", alphas, (size_t)palette->translucent_count);
    }
}

static void write_head(struct png_file *file, const struct png_plan *plan, int dots_per_metre)
{
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    memcpy(file->bytes, signature, sizeof signature);
    file->length = sizeof signature;
    uint8_t header[13] = {[8] = (uint8_t)plan->bits, [9] = (uint8_t)plan->colour};
    put_u32(header, (uint32_t)plan->image->width);
    put_u32(header + 4, (uint32_t)plan->image->height);
    write_chunk(file, "IHDR", header, sizeof header);
    if (dots_per_metre > 0) {
        uint8_t size[9] = {[8] = 1}; /* per metre */
        put_u32(size, (uint32_t)dots_per_metre);
        put_u32(size + 4, (uint32_t)dots_per_metre);
        write_chunk(file, "pHYs", size, sizeof size);
    }
    if (plan->colour == COLOUR_PALETTE) {
        write_palette(file, &plan->palette);
    }
}

/** Deflates straight into the file: rows are as long as they are, there is no second copy. */
static char *write_file(const struct png_plan *plan, struct libdeflate_compressor *compressor,
                        const uint8_t *rows, int dots_per_metre, size_t *length)
{
    size_t rows_bytes = plan->row_bytes * (size_t)plan->image->height;
    size_t bound = libdeflate_zlib_compress_bound(compressor, rows_bytes);
    struct png_file file = {.bytes = memory_try_new(1, bound + HEAD_BYTES_MAX)};
    if (!file.bytes) {
        return NULL;
    }
    write_head(&file, plan, dots_per_metre);
    size_t deflated =
        libdeflate_zlib_compress(compressor, rows, rows_bytes, file.bytes + file.length + 8, bound);
    close_chunk(&file, "IDAT", deflated);
    write_chunk(&file, "IEND", "", 0);
    *length = file.length;
    return memory_resize(file.bytes, file.length, 1);
}

char *png_write(const struct image *image, int dots_per_metre, size_t *length, struct fault *fault)
{
    struct png_plan plan;
    make_plan(&plan, image);
    uint8_t *rows = make_rows(&plan, fault);
    if (!rows) {
        return NULL;
    }
    char *bytes = NULL;
    struct libdeflate_compressor *compressor = libdeflate_alloc_compressor(DEFLATE_LEVEL);
    if (compressor) {
        bytes = write_file(&plan, compressor, rows, dots_per_metre, length);
        libdeflate_free_compressor(compressor);
    }
    if (!bytes) {
        fault_set(fault, FAULT_MEMORY, "no memory to write a PNG of %d x %d dots", image->width,
                  image->height);
    }
    free(rows);
    return bytes;
}

static struct image *read_pixels(png_image *reading, struct fault *fault)
{
    reading->format = PNG_FORMAT_RGBA;
    uint8_t *rgba = memory_try_new((size_t)reading->height, (size_t)reading->width * 4);
    struct image *image = rgba ? image_new((int)reading->width, (int)reading->height, fault) : NULL;
    if (!rgba) {
        fault_set(fault, FAULT_MEMORY, "no memory to read a PNG of %u x %u dots", reading->width,
                  reading->height);
    } else if (image && !png_image_finish_read(reading, NULL, rgba, 0, NULL)) {
        fault_set(fault, FAULT_INPUT, "the PNG is broken: %s", reading->message);
        image_free(image);
        image = NULL;
    }
    for (size_t i = 0; image && i < (size_t)reading->width * reading->height; i++) {
        image->pixels[i] = premultiply(rgba + 4 * i);
    }
    free(rgba);
    return image;
}

struct image *png_read(const char *bytes, size_t length, size_t most_pixels, struct fault *fault)
{
    png_image reading = {.version = PNG_IMAGE_VERSION};
    struct image *image = NULL;
    if (!png_image_begin_read_from_memory(&reading, bytes, length)) {
        fault_set(fault, FAULT_INPUT, "not a PNG: %s", reading.message);
    } else if ((size_t)reading.width * reading.height > most_pixels || reading.width > INT16_MAX ||
               reading.height > INT16_MAX) {
        fault_set(fault, FAULT_LIMIT, "a PNG of %u x %u dots: at most %zu are read", reading.width,
                  reading.height, most_pixels);
    } else {
        image = read_pixels(&reading, fault);
    }
    png_image_free(&reading);
    return image;
}
