/*
 * pixel.h - arithmetic of one premultiplied ARGB32 pixel, all four channels at once. In a pixel no channel is
 * larger than alpha, which keeps every result within eight bits.
 */
#ifndef RENDER_PIXEL_H
#define RENDER_PIXEL_H

#include <stdint.h>

#include "symbology/colour.h"

/** Every channel times share / 255, rounded exactly (Blinn 1995). */
static inline uint32_t pixel_scale(uint32_t pixel, uint32_t share)
{
    const uint64_t bytes = 0x00ff00ff00ff00ffu;
    uint64_t spread = (pixel | (uint64_t)pixel << 24) & bytes;
    uint64_t product = spread * share + 0x0080008000800080u;
    uint64_t scaled = ((product + (product >> 8 & bytes)) >> 8) & bytes;
    return (uint32_t)(scaled | scaled >> 24);
}

/** The source laid on the target. */
static inline uint32_t pixel_over(uint32_t source, uint32_t target)
{
    return source + pixel_scale(target, 255 - (source >> 24));
}

static inline uint32_t pixel_of(struct colour colour)
{
    uint32_t opaque = 0xff000000u | (uint32_t)colour.red << 16 | (uint32_t)colour.green << 8 | colour.blue;
    return pixel_scale(opaque, colour.alpha);
}

#endif
