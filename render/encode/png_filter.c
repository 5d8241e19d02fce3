/*
 * png_filter.c - looks at some rows only: a photo is one everywhere.
 */
#include "render/encode/png_filter.h"

#include <stddef.h>
#include <stdlib.h>

#include "render/canvas/image.h"
#include "render/encode/pixel_compare.h"

#define NEAR_MOST 24 /* of all channels together */
#define ROW_STEP 16
#define SIXTEEN 16 /* pixels at a time */

static int distance(uint32_t pixel, uint32_t other)
{
    int sum = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        sum += abs((int)(pixel >> shift & 0xff) - (int)(other >> shift & 0xff));
    }
    return sum;
}

/** Does a row change with most of its pixels? */
static bool is_restless(const uint32_t *row, int width)
{
    int count = 0;
    int x = 1;
    for (; x + SIXTEEN <= width; x += SIXTEEN) {
        count += __builtin_popcount(pixels_unlike_of_sixteen(row + x, row + x - 1));
    }
    for (; x < width; x++) {
        count += row[x] != row[x - 1];
    }
    return 2 * count > width;
}

bool png_filter_is_worth(const struct image *image)
{
    size_t seen_count = 0;
    size_t near_count = 0;
    size_t far_count = 0;
    for (int y = 1; y < image->height; y += ROW_STEP) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        const uint32_t *above = row - image->stride_px;
        seen_count += (size_t)image->width;
        if (!is_restless(row, image->width)) {
            continue;
        }
        for (int x = 1; x < image->width; x++) {
            if (row[x] != row[x - 1] && row[x] != above[x]) {
                bool is_near =
                    distance(row[x], row[x - 1]) < NEAR_MOST || distance(row[x], above[x]) < NEAR_MOST;
                near_count += is_near;
                far_count += !is_near;
            }
        }
    }
    return near_count > 2 * far_count && 2 * near_count > seen_count;
}
