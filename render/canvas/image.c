/*
 * image.c - pixels are premultiplied: no channel is ever larger than alpha. Blending relies on it to stay
 * within eight bits without clamping.
 */
#include "render/canvas/image.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas/pixel.h"

#define SIDE_MAX 32767
#define BLOCK_DOTS IMAGE_BLOCK_DOTS
#define OPAQUE 255u

static struct image *image_with(void *(*memory)(size_t count, size_t size), int width, int height,
                                struct fault *fault)
{
    if (width < 1 || height < 1 || width > SIDE_MAX || height > SIDE_MAX) {
        fault_set(fault, FAULT_LIMIT, "a picture of %d x %d dots: each side must be 1 to %d", width, height,
                  SIDE_MAX);
        return NULL;
    }
    size_t count = (size_t)width * (size_t)height + IMAGE_BLOCK_DOTS; /* see image_blend_blocks() */
    uint32_t *pixels = memory(count, sizeof *pixels);
    if (!pixels) {
        fault_set(fault, FAULT_MEMORY, "no memory for a picture of %d x %d dots", width, height);
        return NULL;
    }
    struct image *image = memory_new(1, sizeof *image);
    *image = (struct image){.width = width, .height = height, .stride_px = width, .pixels = pixels};
    return image;
}

struct image *image_new(int width, int height, struct fault *fault)
{
    return image_with(memory_try_new, width, height, fault);
}

struct image *image_new_unfilled(int width, int height, struct fault *fault)
{
    return image_with(memory_try_room, width, height, fault);
}

void image_free(struct image *image)
{
    if (image) {
        free(image->pixels);
        free(image);
    }
}

void image_fill(struct image *image, uint32_t pixel)
{
    _Static_assert(sizeof(wchar_t) == sizeof pixel, "a pixel is as wide as wmemset() wants it");
    for (int y = 0; y < image->height; y++) {
        wmemset((wchar_t *)image->pixels + (ptrdiff_t)y * image->stride_px, (wchar_t)pixel,
                (size_t)image->width);
    }
}

/** The part of source, moved to (x, y), that lies on target. */
struct overlap {
    int source_x;
    int source_y;
    int target_x;
    int target_y;
    int width;
    int height;
};

/** 64-bit, because x may be anything. */
static void overlap_axis(int64_t place, int source_size, int target_size, int *source, int *target, int *size)
{
    int64_t first = place < 0 ? -place : 0;
    int64_t last = target_size - place < source_size ? target_size - place : source_size;
    *size = last > first ? (int)(last - first) : 0;
    *source = *size > 0 ? (int)first : 0;
    *target = *size > 0 ? (int)(place + first) : 0;
}

static struct overlap find_overlap(const struct image *target, const struct image *source, int x, int y)
{
    struct overlap overlap;
    overlap_axis(x, source->width, target->width, &overlap.source_x, &overlap.target_x, &overlap.width);
    overlap_axis(y, source->height, target->height, &overlap.source_y, &overlap.target_y, &overlap.height);
    return overlap;
}

static uint32_t *pixel_at(const struct image *image, int x, int y)
{
    return image->pixels + (ptrdiff_t)y * image->stride_px + x;
}

bool image_row_is_again(const struct image *image, int y)
{
    const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
    return y > 0 && memcmp(row, row - image->stride_px, (size_t)image->width * sizeof *row) == 0;
}

void image_copy(struct image *target, const struct image *source, int x, int y)
{
    struct overlap overlap = find_overlap(target, source, x, y);
    for (int row = 0; row < overlap.height && overlap.width > 0; row++) {
        memcpy(pixel_at(target, overlap.target_x, overlap.target_y + row),
               pixel_at(source, overlap.source_x, overlap.source_y + row),
               (size_t)overlap.width * sizeof(uint32_t));
    }
}

static void blend_dots(uint32_t *target, const uint32_t *source, int count)
{
    for (int i = 0; i < count; i++) {
        uint32_t pixel = source[i];
        if (pixel >= 0xff000000u) {
            target[i] = pixel;
        } else if (pixel != 0) {
            target[i] = pixel_over(pixel, target[i]);
        }
    }
}

/** As pixel_over() dot by dot. Loops of fixed length are what compilers turn into vector instructions. */
static void blend_bytes(uint8_t *restrict target, const uint8_t *restrict source,
                        const uint8_t *restrict rests)
{
    for (int i = 0; i < 4 * BLOCK_DOTS; i++) {
        uint16_t product = (uint16_t)(target[i] * rests[i] + 128);
        target[i] = (uint8_t)(source[i] + (uint8_t)((uint16_t)(product + (product >> 8)) >> 8));
    }
}

static void blend_block(uint32_t *target, const uint32_t *source)
{
    uint32_t rests[BLOCK_DOTS]; /* what is left of the target, for each of four channels */
    for (int i = 0; i < BLOCK_DOTS; i++) {
        uint32_t rest = OPAQUE - (source[i] >> 24);
        rest |= rest << 8;
        rests[i] = rest | rest << 16;
    }
    blend_bytes((uint8_t *)target, (const uint8_t *)source, (const uint8_t *)rests);
}

void image_blend_blocks(uint32_t *target, const uint32_t *source, int count)
{
    for (int i = 0; i < count; i += BLOCK_DOTS) {
        blend_block(target + i, source + i);
    }
}

/** Most of the picture of a symbol or a label is empty, and most of the rest opaque. */
void image_blend_run(uint32_t *target, const uint32_t *source, int count)
{
    const uint64_t opaque_pair = 0xff000000ff000000u;
    int i = 0;
    for (; i + BLOCK_DOTS <= count; i += BLOCK_DOTS) {
        uint64_t pairs[BLOCK_DOTS / 2];
        memcpy(pairs, source + i, sizeof pairs);
        if ((pairs[0] & pairs[1] & opaque_pair) == opaque_pair) {
            memcpy(target + i, pairs, sizeof pairs);
        } else if ((pairs[0] | pairs[1]) != 0) {
            blend_block(target + i, source + i);
        }
    }
    blend_dots(target + i, source + i, count - i);
}

void image_blend(struct image *target, const struct image *source, int x, int y)
{
    struct overlap overlap = find_overlap(target, source, x, y);
    for (int row = 0; row < overlap.height && overlap.width > 0; row++) {
        image_blend_run(pixel_at(target, overlap.target_x, overlap.target_y + row),
                        pixel_at(source, overlap.source_x, overlap.source_y + row), overlap.width);
    }
}

void image_blend_share(struct image *target, const struct image *source, int x, int y, double opacity)
{
    struct overlap overlap = find_overlap(target, source, x, y);
    uint32_t share = (uint32_t)(fmax(0, fmin(opacity, 1)) * 255 + 0.5);
    for (int row = 0; row < overlap.height; row++) {
        uint32_t *to = pixel_at(target, overlap.target_x, overlap.target_y + row);
        const uint32_t *from = pixel_at(source, overlap.source_x, overlap.source_y + row);
        for (int i = 0; i < overlap.width; i++) {
            to[i] = pixel_over(pixel_scale(from[i], share), to[i]);
        }
    }
}

struct image *image_cut(const struct image *image, int x, int y, int width, int height, struct fault *fault)
{
    struct image *cut = image_new(width, height, fault);
    if (cut) {
        /* A window is a copy moved the other way; clamped, since -INT_MIN does not exist. */
        image_copy(cut, image, x < -SIDE_MAX ? SIDE_MAX : -x, y < -SIDE_MAX ? SIDE_MAX : -y);
    }
    return cut;
}
