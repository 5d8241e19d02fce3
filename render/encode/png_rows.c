/*
 * png_rows.c - rows have no filter, which for flat map colours costs time and bytes; but those of photos have
 * one.
 *
 * Colours are kept premultiplied in memory and straight in the file; rounding both ways gives back the same
 * pixel, so nothing is lost.
 */
#include "render/encode/png_rows.h"

#include <endian.h>
#include <libdeflate.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/encode/deflate_block.h"
#include "render/encode/deflate_bytes.h"
#include "render/encode/png_filter.h"
#include "render/encode/png_sum.h"
#include "render/encode/straight_colour.h"

#define BAND_DOTS 16000000 /* at most, unless a row has more */

static size_t unit_bytes_of(enum png_colour colour)
{
    return colour == PNG_COLOUR_PALETTE ? 1 : colour == PNG_COLOUR_RGB ? 3 : 4;
}

static int palette_bits(int colour_count)
{
    int bits = 1;
    while (1 << bits < colour_count) {
        bits *= 2;
    }
    return bits;
}

/** All bits that every pixel of a row has, eight pixels at a time. */
static uint32_t common_bits(const uint32_t *row, int width)
{
    uint32_t first __attribute__((vector_size(16))) = {~0u, ~0u, ~0u, ~0u};
    uint32_t second __attribute__((vector_size(16))) = {~0u, ~0u, ~0u, ~0u};
    int x = 0;
    for (; x + 8 <= width; x += 8) {
        __attribute__((vector_size(16))) uint32_t fours[2];
        memcpy(fours, row + x, sizeof fours);
        first &= fours[0];
        second &= fours[1];
    }
    first &= second;
    uint32_t common = first[0] & first[1] & first[2] & first[3];
    for (; x < width; x++) {
        common &= row[x];
    }
    return common;
}

static bool is_opaque(const struct image *image)
{
    for (int y = 0; y < image->height; y++) {
        if (common_bits(image->pixels + (ptrdiff_t)y * image->stride_px, image->width) < 0xff000000u) {
            return false;
        }
    }
    return true;
}

static void set_band(struct png_rows *rows, int y)
{
    const struct image *image = rows->image;
    int rest = image->height - y;
    rows->band = *image;
    rows->band.pixels += (ptrdiff_t)y * image->stride_px;
    rows->band.height = rows->band_height < rest ? rows->band_height : rest;
}

/** Numbers of a byte each, behind the room for a filter. False: there are too many colours. */
static bool number_band(struct png_rows *rows)
{
    return png_palette_number(&rows->palette, &rows->band, rows->bytes + 1, 1 + (size_t)rows->band.width);
}

/** Tries all bands. Then the last one is numbered. */
static bool find_palette(struct png_rows *rows)
{
    png_palette_init(&rows->palette);
    for (int y = 0; y < rows->image->height; y += rows->band_height) {
        set_band(rows, y);
        if (!number_band(rows)) {
            return false;
        }
    }
    return true;
}

/** A byte for each pixel of a palette, or a row at its largest. */
static bool make_bytes(struct png_rows *rows)
{
    size_t width = (size_t)rows->image->width;
    size_t length = (1 + width) * (size_t)rows->band_height + DEFLATE_BYTES_BEHIND;
    size_t longest_row = 1 + 4 * width;
    rows->bytes = memory_try_room(length > longest_row ? length : longest_row, 1);
    return rows->bytes != NULL;
}

static bool make_pixels(struct png_rows *rows)
{
    rows->pixels = (struct deflate_pixels){.stride = 1 + (size_t)rows->image->width,
                                           .unit_bytes = unit_bytes_of(rows->colour)};
    size_t count = rows->pixels.stride * (size_t)rows->band_height;
    rows->pixels.units = memory_try_room(count + 1 + DEFLATE_PIXELS_BEHIND, sizeof(uint32_t));
    return rows->pixels.units != NULL;
}

bool png_rows_init(struct png_rows *rows, const struct image *image)
{
    int most = BAND_DOTS / image->width + 1;
    rows->image = image;
    rows->band_height = most < image->height ? most : image->height;
    rows->bits = 8;
    rows->sum = 1;
    rows->pixels.units = NULL;
    if (!make_bytes(rows)) {
        return false;
    }
    if (find_palette(rows)) {
        rows->colour = PNG_COLOUR_PALETTE;
        rows->bits = palette_bits(rows->palette.count);
    } else {
        rows->colour = is_opaque(image) ? PNG_COLOUR_RGB : PNG_COLOUR_RGBA;
    }
    size_t pixel_bits = unit_bytes_of(rows->colour) * (size_t)rows->bits;
    rows->row_bytes = 1 + ((size_t)image->width * pixel_bits + 7) / 8;
    if (rows->colour != PNG_COLOUR_PALETTE && !make_pixels(rows)) {
        png_rows_finish(rows);
        return false;
    }
    return true;
}

void png_rows_finish(struct png_rows *rows)
{
    free(rows->pixels.units);
    free(rows->bytes);
}

/** Packs a row's numbers. Most rows are like the one above, whose numbers are still there unless what is
 * packed has come that far. */
static void pack_row(struct png_rows *rows, size_t y)
{
    size_t width = (size_t)rows->band.width;
    size_t packed = y * rows->row_bytes + 1;
    size_t numbers = y * (1 + width) + 1;
    size_t above = y > 0 ? numbers - (1 + width) : 0;
    if (above >= packed && memcmp(rows->bytes + numbers, rows->bytes + above, width) == 0) {
        memcpy(rows->bytes + packed, rows->bytes + packed - rows->row_bytes, rows->row_bytes - 1);
    } else {
        png_palette_pack(rows->bytes + numbers, rows->band.width, rows->bits, rows->bytes + packed);
    }
}

/** Rows whose pixels are numbered: with filters, and as few bits as may be. */
static void finish_numbers(struct png_rows *rows)
{
    for (size_t y = 0; y < (size_t)rows->band.height; y++) {
        if (rows->bits < 8) {
            pack_row(rows, y);
        }
        rows->bytes[y * rows->row_bytes] = PNG_FILTER_NONE;
    }
    size_t length = rows->row_bytes * (size_t)rows->band.height;
    rows->sum = libdeflate_adler32(rows->sum, rows->bytes, length);
    memset(rows->bytes + length, 0, DEFLATE_BYTES_BEHIND);
}

/** Opaque pixels, each less the one above. */
static void write_differences(const uint32_t *row, const uint32_t *above, int width, uint32_t *units)
{
    for (int x = 0; x < width; x++) {
        units[x] = 0xff000000u | png_filter_difference(row[x], above[x]);
    }
}

/** Pixels that are not premultiplied, and the sum of their bytes. */
static void write_straight(struct png_rows *rows, const uint32_t *row, uint32_t *units)
{
    rows->bytes[0] = PNG_FILTER_NONE;
    for (int x = 0; x < rows->band.width; x++) {
        units[x] = x > 0 && row[x] == row[x - 1] ? units[x - 1] : straight_colour(row[x]);
        uint32_t packed = htobe32(units[x] << 8 | units[x] >> 24);
        memcpy(rows->bytes + 1 + 4 * x, &packed, sizeof packed);
    }
    rows->sum = libdeflate_adler32(rows->sum, rows->bytes, rows->row_bytes);
}

static void fill_row(struct png_rows *rows, int y, enum png_filter filter)
{
    const struct image *image = &rows->band;
    const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
    uint32_t *units = rows->pixels.units + (size_t)y * rows->pixels.stride;
    *units++ = deflate_mark(y, filter);
    if (rows->colour == PNG_COLOUR_RGBA) {
        write_straight(rows, row, units);
        return;
    }
    if (filter == PNG_FILTER_ABOVE) {
        write_differences(row, row - image->stride_px, image->width, units);
    } else {
        memcpy(units, row, (size_t)image->width * sizeof *row);
    }
    rows->sum = png_sum_rgb(rows->sum, filter, units, (size_t)image->width);
}

/** A difference that was there before is dearer to point at than to tell, unless it is more than one. */
static void fill_pixels(struct png_rows *rows)
{
    struct deflate_pixels *pixels = &rows->pixels;
    bool is_photo = rows->colour == PNG_COLOUR_RGB && png_filter_is_worth(&rows->band);
    pixels->least_repeat = is_photo ? 2 : 1;
    for (int y = 0; y < rows->band.height; y++) {
        fill_row(rows, y, is_photo && y > 0 ? PNG_FILTER_ABOVE : PNG_FILTER_NONE);
    }
    uint32_t *end = pixels->units + pixels->stride * pixels->height;
    *end = deflate_mark(rows->band.height, PNG_FILTER_NONE);
    memset(end + 1, 0, DEFLATE_PIXELS_BEHIND * sizeof *end);
}

void png_rows_take(struct png_rows *rows, int y)
{
    set_band(rows, y);
    rows->pixels.height = (size_t)rows->band.height;
    if (rows->colour != PNG_COLOUR_PALETTE) {
        fill_pixels(rows);
        return;
    }
    if (rows->band_height < rows->image->height) {
        number_band(rows); /* all of its colours are known */
    }
    finish_numbers(rows);
}

void png_rows_write(const struct png_rows *rows, struct deflate_stream *stream)
{
    size_t taken = (size_t)(rows->band.pixels - rows->image->pixels) / (size_t)rows->image->stride_px;
    bool is_last = (int)taken + rows->band.height == rows->image->height;
    if (rows->colour == PNG_COLOUR_PALETTE) {
        struct deflate_bytes bytes = {rows->bytes, rows->row_bytes * (size_t)rows->band.height,
                                      rows->row_bytes};
        deflate_bytes(&bytes, is_last, stream);
    } else {
        deflate_pixels(&rows->pixels, is_last, stream);
    }
}
