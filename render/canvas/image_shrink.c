/*
 * image_shrink.c - first each row gets shorter, then the rows become fewer. Sums are in whole numbers, so the
 * same picture gives the same dots everywhere. Premultiplied colours may be averaged as they are.
 */
#include "render/canvas/image_shrink.h"

#include <assert.h>
#include <stddef.h>
#include <stdint.h>

#include "render/canvas/image.h"

/** Dots on a line through a picture: a row or a column. */
struct line {
    uint32_t *pixels;
    size_t step;
    int count;
};

static void add_pixel(uint64_t sums[static 4], uint32_t pixel, uint64_t weight)
{
    for (int channel = 0; channel < 4; channel++) {
        sums[channel] += (pixel >> 8 * channel & 0xff) * weight;
    }
}

static uint32_t mean_of(const uint64_t sums[static 4], uint64_t weight)
{
    uint32_t pixel = 0;
    for (int channel = 0; channel < 4; channel++) {
        pixel |= (uint32_t)((sums[channel] + weight / 2) / weight) << 8 * channel;
    }
    return pixel;
}

/**
 * On a line of from.count * to.count parts each dot of from has to.count of them and each of to from.count:
 * so all that two of them share is a whole number.
 */
static void shrink_line(struct line from, struct line to)
{
    int64_t from_parts = to.count;
    int64_t to_parts = from.count;
    for (int i = 0; i < to.count; i++) {
        uint64_t sums[4] = {0};
        int64_t begin = i * to_parts;
        int64_t end = begin + to_parts;
        for (int64_t at = begin; at < end;) {
            int64_t dot = at / from_parts;
            int64_t next = (dot + 1) * from_parts;
            next = next < end ? next : end;
            add_pixel(sums, from.pixels[(size_t)dot * from.step], (uint64_t)(next - at));
            at = next;
        }
        to.pixels[(size_t)i * to.step] = mean_of(sums, (uint64_t)to_parts);
    }
}

struct image *image_shrink(const struct image *image, int width, int height, struct fault *fault)
{
    assert(width >= 1 && height >= 1 && width <= image->width && height <= image->height);
    struct image *narrow = image_new(width, image->height, fault);
    struct image *shrunk = narrow ? image_new(width, height, fault) : NULL;
    for (int y = 0; shrunk && y < image->height; y++) {
        shrink_line((struct line){image->pixels + (size_t)y * (size_t)image->stride_px, 1, image->width},
                    (struct line){narrow->pixels + (size_t)y * (size_t)narrow->stride_px, 1, width});
    }
    for (int x = 0; shrunk && x < width; x++) {
        shrink_line((struct line){narrow->pixels + x, (size_t)narrow->stride_px, image->height},
                    (struct line){shrunk->pixels + x, (size_t)shrunk->stride_px, height});
    }
    image_free(narrow);
    return shrunk;
}
