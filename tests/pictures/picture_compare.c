/*
 * picture_compare.c - compares channels of premultiplied dots, opacity included.
 */
#include "tests/pictures/picture_compare.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/canvas/image.h"

#define AMPLIFICATION 16

static int channel_of(uint32_t dot, int shift)
{
    return (int)(dot >> shift & 0xFFu);
}

/** The largest difference of a channel; the amplified difference goes to *shown. */
static int compare_dot(uint32_t dot, uint32_t reference, uint32_t *shown)
{
    int most = 0;
    int opacity = abs(channel_of(dot, 24) - channel_of(reference, 24));
    *shown = 0xFF000000u;
    for (int shift = 0; shift <= 24; shift += 8) {
        int difference = abs(channel_of(dot, shift) - channel_of(reference, shift));
        most = difference > most ? difference : most;
        int strong = (difference > opacity ? difference : opacity) * AMPLIFICATION;
        *shown |= shift < 24 ? (uint32_t)(strong > 255 ? 255 : strong) << shift : 0;
    }
    return most;
}

struct comparison picture_compare(const struct image *picture, const struct image *reference,
                                  struct tolerance tolerance)
{
    struct comparison comparison = {.difference = NULL};
    if (picture->width != reference->width || picture->height != reference->height) {
        snprintf(comparison.verdict, sizeof comparison.verdict, "is %d x %d px, the reference %d x %d",
                 picture->width, picture->height, reference->width, reference->height);
        return comparison;
    }
    int most = 0;
    size_t count = 0;
    comparison.difference = image_new(picture->width, picture->height, NULL);
    for (int i = 0; comparison.difference && i < picture->width * picture->height; i++) {
        int x = i % picture->width;
        int y = i / picture->width;
        uint32_t *shown = &comparison.difference->pixels[y * comparison.difference->stride_px + x];
        int difference = compare_dot(picture->pixels[y * picture->stride_px + x],
                                     reference->pixels[y * reference->stride_px + x], shown);
        most = difference > most ? difference : most;
        count += difference > 0;
    }
    double share = (double)count / ((double)picture->width * picture->height);
    comparison.is_alike = comparison.difference && most <= tolerance.channel && share <= tolerance.share;
    snprintf(comparison.verdict, sizeof comparison.verdict,
             "%zu dots differ (%.2f %%, allowed %.2f %%), the most by %d/255 (allowed %d)", count,
             share * 100, tolerance.share * 100, most, tolerance.channel);
    return comparison;
}
