/*
 * few_shades.c - channels are premultiplied and all are rounded alike: none becomes larger than alpha.
 */
#include "render/symbol/few_shades.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/canvas/image.h"

#define PLAIN_LEAST 8   /* dots of a plain colour */
#define PLAIN_SHARE 256 /* and at least one of so many */

static int compare_pixels(const void *a, const void *b)
{
    uint32_t first = *(const uint32_t *)a;
    uint32_t second = *(const uint32_t *)b;
    return (first > second) - (first < second);
}

/** Colours of which there are at least so many, in order, to the front. Returns how many colours. */
static size_t keep_plain(uint32_t *pixels, size_t count, size_t least)
{
    size_t plain_count = 0;
    qsort(pixels, count, sizeof *pixels, compare_pixels);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && pixels[end] == pixels[first]; end++) {
        }
        if (end - first >= least) {
            pixels[plain_count++] = pixels[first];
        }
    }
    return plain_count;
}

static uint32_t rounded(uint32_t pixel)
{
    uint32_t result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        uint32_t step = ((pixel >> shift & 0xff) * FEW_SHADES_STEPS + 127) / 255;
        result |= (step * 255 + FEW_SHADES_STEPS / 2) / FEW_SHADES_STEPS << shift;
    }
    return result;
}

void few_shades(struct image *image)
{
    size_t count = (size_t)image->width * (size_t)image->height;
    uint32_t *plain = memory_new(count, sizeof *plain);
    for (int y = 0; y < image->height; y++) {
        memcpy(plain + (size_t)y * (size_t)image->width, image->pixels + (ptrdiff_t)y * image->stride_px,
               (size_t)image->width * sizeof *plain);
    }
    size_t least = count / PLAIN_SHARE > PLAIN_LEAST ? count / PLAIN_SHARE : PLAIN_LEAST;
    size_t plain_count = keep_plain(plain, count, least);
    for (int y = 0; y < image->height; y++) {
        uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0; x < image->width; x++) {
            bool is_plain = bsearch(&row[x], plain, plain_count, sizeof *plain, compare_pixels) != NULL;
            row[x] = is_plain ? row[x] : rounded(row[x]);
        }
    }
    free(plain);
}
