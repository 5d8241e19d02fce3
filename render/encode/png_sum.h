/*
 * png_sum.h - the check sum of a PNG's rows (Adler-32, RFC 1950), from the pixels as they are.
 */
#ifndef RENDER_PNG_SUM_H
#define RENDER_PNG_SUM_H

#include <stddef.h>
#include <stdint.h>

/**
 * Of rows of RGB, three bytes a pixel, without packing them: four times as fast.
 * @param sum  of the bytes before them; 1: there are none
 * @param units  rows as deflate_pixels.h has them: a mark, then stride - 1 pixels, 0xRRGGBB below 0xff
 */
uint32_t png_sum_rgb(uint32_t sum, const uint32_t *units, size_t stride, size_t height);

#endif
