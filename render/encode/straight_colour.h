/*
 * straight_colour.h - the colours of pixels, which are kept premultiplied, as files tell them.
 */
#ifndef RENDER_STRAIGHT_COLOUR_H
#define RENDER_STRAIGHT_COLOUR_H

#include <stdint.h>

/** ARGB from premultiplied ARGB, rounded: premultiplied and rounded again it is the same pixel. */
static inline uint32_t straight_colour(uint32_t pixel)
{
    uint32_t alpha = pixel >> 24;
    if (alpha == 0 || alpha == 255) {
        return pixel;
    }
    uint32_t straight = alpha << 24;
    for (int shift = 0; shift < 24; shift += 8) {
        straight |= ((pixel >> shift & 0xff) * 255 + alpha / 2) / alpha << shift;
    }
    return straight;
}

#endif
