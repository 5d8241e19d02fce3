/*
 * png.c - a PNG file is a signature and a few chunks, written here by hand and deflated by png_deflate.c.
 * Rows have no filter, which for flat map colours costs time and bytes; but those of photos have one.
 *
 * Large pictures are written in bands of rows, so that besides the picture there is little in memory. How
 * pixels are written is then decided before, for all of them.
 *
 * Colours are kept premultiplied in memory and straight in the file; rounding both ways gives back the same
 * pixel, so nothing is lost.
 */
#include "render/encode/png.h"

#include <endian.h>
#include <libdeflate.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/work.h"
#include "render/encode/deflate_block.h"
#include "render/canvas/image.h"
#include "render/encode/png_deflate.h"
#include "render/encode/png_filter.h"
#include "render/encode/png_palette.h"
#include "render/encode/png_repeats.h"
#include "render/encode/png_sum.h"
#include "render/encode/straight_colour.h"

#define CHUNK_FRAME_BYTES 12 /* length, name, check sum */
#define HEAD_BYTES_MAX 2048  /* signature and all chunks but IDAT */
#define TAIL_BYTES 32        /* end of IDAT, and IEND */
#define FILE_BYTES_FIRST 16384
#define REPEATED_LEAST 2      /* pixels at a time, of a map */
#define PACKED_COLOURS_MAX 16 /* whose numbers share bytes */
#define BAND_DOTS 16000000    /* at most, unless a row has more */

enum png_colour { COLOUR_RGB = 2, COLOUR_PALETTE = 3, COLOUR_RGBA = 6 };

/** How the pixels are written. */
struct png_plan {
    const struct image *image;
    struct png_palette palette;
    enum png_colour colour;
    bool is_decided; /* before the pixels are looked at */
    int bits;        /* of a sample */
    uint32_t sum;    /* of all bytes so far */
    struct work *work;
    struct fault *fault;
    struct image band;
    struct png_units units; /* of the band, as all that follows */
    struct png_repeats repeats;
    uint8_t *bytes; /* a palette's numbers, a byte for each unit; else room for a row */
};

static void put_u32(uint8_t *bytes, uint32_t number)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (uint8_t)(number >> (24 - 8 * i));
    }
}

static void make_room(struct deflate_stream *file, size_t length)
{
    if (file->length + length > file->capacity) {
        file->capacity = file->length + length;
        file->bytes = memory_resize(file->bytes, file->capacity, 1);
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

static size_t unit_bytes_of(enum png_colour colour)
{
    return colour == COLOUR_PALETTE ? 1 : colour == COLOUR_RGB ? 3 : 4;
}

static int palette_bits(int colour_count)
{
    int bits = 1;
    while (1 << bits < colour_count) {
        bits *= 2;
    }
    return bits;
}

static bool is_image_opaque(const struct image *image)
{
    bool is_opaque = true;
    for (int y = 0; y < image->height && is_opaque; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0; x < image->width; x++) {
            is_opaque &= row[x] >= 0xff000000u;
        }
    }
    return is_opaque;
}

/** Of a large picture all is decided now, of others only whether a pixel takes less than a byte. */
static void decide_colours(struct png_plan *plan)
{
    const struct image *image = plan->image;
    plan->is_decided = (size_t)image->width * (size_t)image->height > BAND_DOTS;
    plan->bits = 8;
    plan->sum = 1;
    if (png_palette_find(image, plan->is_decided ? PNG_PALETTE_MAX : PACKED_COLOURS_MAX, &plan->palette)) {
        plan->colour = COLOUR_PALETTE;
        plan->bits = palette_bits(plan->palette.count);
    } else if (plan->is_decided) {
        plan->colour = is_image_opaque(image) ? COLOUR_RGB : COLOUR_RGBA;
    }
}

/** Unless some share a byte units are pixels. */
static void plan_units(struct png_plan *plan)
{
    size_t width = (size_t)plan->band.width;
    bool is_packed = plan->bits < 8;
    plan->units = (struct png_units){
        .height = (size_t)plan->band.height,
        .stride = 1 + (is_packed ? (width * (size_t)plan->bits + 7) / 8 : width),
        .is_packed = is_packed,
    };
}

/** Opaque pixels, each less the one above. */
static void write_differences(const uint32_t *row, const uint32_t *above, int width, uint32_t *units)
{
    for (int x = 0; x < width; x++) {
        units[x] = 0xff000000u | png_filter_difference(row[x], above[x]);
    }
}

static void fill_pixels(struct png_plan *plan)
{
    const struct image *image = &plan->band;
    for (int y = 0; y < image->height; y++) {
        uint32_t *units = plan->units.units + (size_t)y * plan->units.stride;
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        bool is_difference = plan->units.is_filtered && y > 0;
        units[0] = deflate_mark(y, is_difference ? PNG_FILTER_ABOVE : PNG_FILTER_NONE);
        if (is_difference) {
            write_differences(row, row - image->stride_px, image->width, units + 1);
        } else {
            memcpy(units + 1, row, (size_t)image->width * sizeof *row);
        }
    }
}

static void fill_packed(struct png_plan *plan)
{
    const struct image *image = &plan->band;
    struct png_palette_index index;
    png_palette_index(&plan->palette, &index);
    size_t stride = plan->units.stride;
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        uint8_t *bytes = plan->bytes + (size_t)y * stride;
        uint32_t *units = plan->units.units + (size_t)y * stride;
        if (image_row_is_again(image, y)) {
            memcpy(bytes, bytes - stride, stride);
        } else {
            bytes[0] = PNG_FILTER_NONE;
            png_palette_row(&index, row, image->width, plan->bits, bytes + 1);
        }
        for (size_t x = 0; x < stride; x++) {
            units[x] = 0xff000000u | bytes[x];
        }
    }
    plan->units.units[0] = deflate_mark(0, PNG_FILTER_NONE); /* nothing is like it */
}

/** The mark behind the last row, and nothing behind it. */
static void end_units(const struct png_units *units)
{
    uint32_t *end = units->units + units->stride * units->height;
    *end = deflate_mark((int)units->height, PNG_FILTER_NONE);
    memset(end + 1, 0, PNG_UNITS_BEHIND * sizeof *end);
}

static void find_repeats(struct png_plan *plan, enum png_colour colour)
{
    plan->colour = colour;
    png_repeats_finish(&plan->repeats);
    png_repeats_find(&plan->units, png_deflate_window(unit_bytes_of(colour)), &plan->repeats);
}

/** Is each pixel that no other one repeats? */
static bool is_opaque(const struct png_repeats *repeats)
{
    bool is_opaque = true;
    for (size_t i = 0; i < repeats->plain_count; i++) {
        is_opaque &= repeats->plain[i] >= 0xff000000u || deflate_is_mark(repeats->plain[i]);
    }
    return is_opaque;
}

/** A map repeats itself at length; what does not may be a photo, whose rows are nearly alike. */
static bool is_photo(const struct png_plan *plan)
{
    struct png_palette palette;
    size_t told_count = plan->repeats.plain_count + plan->repeats.count;
    return told_count > plan->units.stride * plan->units.height / REPEATED_LEAST &&
           png_filter_is_worth(&plan->band) && !png_palette_find(&plan->band, PNG_PALETTE_MAX, &palette);
}

static enum png_colour first_colour(const struct png_plan *plan)
{
    bool begins_opaque = plan->image->pixels[0] >= 0xff000000u;
    return plan->is_decided ? plan->colour : begins_opaque ? COLOUR_RGB : COLOUR_RGBA;
}

/** What the first pixel promises is mostly kept. */
static void look_at_pixels(struct png_plan *plan)
{
    fill_pixels(plan);
    end_units(&plan->units);
    find_repeats(plan, first_colour(plan));
    if (plan->colour != COLOUR_RGB) {
        return;
    }
    if (!plan->is_decided && !is_opaque(&plan->repeats)) {
        find_repeats(plan, COLOUR_RGBA); /* less far back: pixels have more bytes */
    } else if (is_photo(plan)) {
        plan->units.is_filtered = true;
        fill_pixels(plan);
        find_repeats(plan, COLOUR_RGB);
    }
}

/** From here on units are not premultiplied. */
static void make_straight(struct png_plan *plan)
{
    uint32_t *units = plan->units.units;
    size_t width = plan->units.stride - 1;
    for (size_t y = 0; y < plan->units.height; y++, units += plan->units.stride) {
        plan->bytes[0] = PNG_FILTER_NONE;
        for (size_t x = 0; x < width; x++) {
            uint32_t colour = straight_colour(units[1 + x]);
            uint32_t packed = htobe32(colour << 8 | colour >> 24);
            units[1 + x] = colour;
            memcpy(plan->bytes + 1 + 4 * x, &packed, sizeof packed);
        }
        plan->sum = libdeflate_adler32(plan->sum, plan->bytes, 1 + 4 * width);
    }
    for (size_t i = 0; i < plan->repeats.plain_count; i++) {
        uint32_t *unit = &plan->repeats.plain[i];
        *unit = deflate_is_mark(*unit) ? *unit : straight_colour(*unit);
    }
}

static void use_palette(struct png_plan *plan)
{
    struct png_palette_index index;
    png_palette_index(&plan->palette, &index);
    png_palette_units(&index, &plan->repeats, plan->bytes);
}

/** What is alike is known: now it is seen how pixels are written best. */
static void choose_colours(struct png_plan *plan)
{
    if (!plan->is_decided && !plan->units.is_packed && !plan->units.is_filtered &&
        png_palette_of_repeats(&plan->repeats, &plan->palette)) {
        plan->colour = COLOUR_PALETTE;
    }
    if (plan->colour == COLOUR_PALETTE && !plan->units.is_packed) {
        use_palette(plan);
    }
    if (plan->colour == COLOUR_PALETTE) {
        plan->sum = libdeflate_adler32(plan->sum, plan->bytes, plan->units.stride * plan->units.height);
    } else if (plan->colour == COLOUR_RGB) {
        plan->sum = png_sum_rgb(plan->sum, plan->units.units, plan->units.stride, plan->units.height);
    } else {
        make_straight(plan);
    }
}

/** From a row on, as many as a band has. Without memory for it, or when nobody wants it any more: false. */
static bool plan_band(struct png_plan *plan, int y)
{
    const struct image *image = plan->image;
    int rows = BAND_DOTS / image->width + 1;
    if (!work_tell(plan->work, (double)y / image->height, plan->fault)) {
        return false;
    }
    plan->band = *image;
    plan->band.pixels += (ptrdiff_t)y * image->stride_px;
    plan->band.height = plan->is_decided && rows < image->height - y ? rows : image->height - y;
    plan_units(plan);
    size_t count = plan->units.stride * plan->units.height;
    size_t row_bytes = plan->units.stride * sizeof(uint32_t);
    plan->units.units = memory_try_room(count + 1 + PNG_UNITS_BEHIND, sizeof *plan->units.units);
    plan->bytes = memory_try_room((count > row_bytes ? count : row_bytes) + PNG_UNITS_BEHIND, 1);
    if (!plan->units.units || !plan->bytes) {
        fault_set(plan->fault, FAULT_MEMORY, "no memory to write a PNG of %d x %d dots", image->width,
                  image->height);
        return false;
    }
    if (plan->units.is_packed) {
        fill_packed(plan);
        end_units(&plan->units);
        find_repeats(plan, COLOUR_PALETTE);
    } else {
        look_at_pixels(plan);
    }
    choose_colours(plan);
    return true;
}

static void finish_band(struct png_plan *plan)
{
    free(plan->units.units);
    png_repeats_finish(&plan->repeats);
    free(plan->bytes);
    plan->units.units = NULL;
    plan->bytes = NULL;
}

static void write_palette(struct deflate_stream *file, const struct png_palette *palette)
{
    uint8_t colours[3 * PNG_PALETTE_MAX];
    uint8_t alphas[PNG_PALETTE_MAX];
    for (int i = 0; i < palette->count; i++) {
        uint32_t colour = straight_colour(palette->colours[i]);
        colours[3 * i] = (uint8_t)(colour >> 16);
        colours[3 * i + 1] = (uint8_t)(colour >> 8);
        colours[3 * i + 2] = (uint8_t)colour;
        alphas[i] = (uint8_t)(colour >> 24);
    }
    write_chunk(file, "PLTE", colours, 3 * (size_t)palette->count);
    if (palette->translucent_count > 0) {
        write_chunk(file, "tRNS", alphas, (size_t)palette->translucent_count);
    }
}

static void write_head(struct deflate_stream *file, const struct png_plan *plan, int dots_per_metre)
{
    static const uint8_t signature[8] = {0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    make_room(file, HEAD_BYTES_MAX + FILE_BYTES_FIRST);
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
    make_room(file, TAIL_BYTES);
    put_u32(file->bytes + file->length, sum);
    file->length += 4;
    close_chunk(file, start, "IDAT");
}

/** The rows of a band, which come behind those of the one before. */
static void write_band(struct deflate_stream *file, struct png_plan *plan, bool is_followed)
{
    size_t unit_bytes = unit_bytes_of(plan->colour);
    struct png_telling telling = {unit_bytes, unit_bytes == 1 ? plan->bytes : NULL, is_followed};
    png_deflate(&plan->units, &plan->repeats, &telling, file);
}

/** All but IDAT's end. How pixels are written stands at the front, and is known with the first band at last.
 */
static bool write_bands(struct deflate_stream *file, struct png_plan *plan, int dots_per_metre,
                        size_t *pixels_start)
{
    int y = 0;
    while (y < plan->image->height) {
        if (!plan_band(plan, y)) {
            return false;
        }
        if (y == 0) {
            write_head(file, plan, dots_per_metre);
            *pixels_start = begin_pixels(file);
        }
        y += plan->band.height;
        write_band(file, plan, y < plan->image->height);
        finish_band(plan);
    }
    return true;
}

char *png_write_told(const struct image *image, int dots_per_metre, struct work *work, size_t *length,
                     struct fault *fault)
{
    struct png_plan plan = {.image = image, .work = work, .fault = fault};
    struct deflate_stream file = {0};
    size_t pixels_start = 0; /* an image has at least one row */
    decide_colours(&plan);
    if (!write_bands(&file, &plan, dots_per_metre, &pixels_start)) {
        finish_band(&plan);
        free(file.bytes);
        return NULL;
    }
    end_pixels(&file, pixels_start, plan.sum);
    write_chunk(&file, "IEND", "", 0);
    *length = file.length;
    return memory_resize(file.bytes, file.length, 1);
}

char *png_write(const struct image *image, int dots_per_metre, size_t *length, struct fault *fault)
{
    return png_write_told(image, dots_per_metre, NULL, length, fault);
}
