/*
 * png_sum.h - the check sum of a PNG's rows (Adler-32, RFC 1950), from the pixels as they are.
 */
#ifndef RENDER_PNG_SUM_H
#define RENDER_PNG_SUM_H

#include <stddef.h>
#include <stdint.h>

/**
 * Goes on with a row of RGB, three bytes a pixel, without packing them: six times as fast.
 * @param sum  of the bytes before it; 1: there are none
 * @param filter  the byte before the pixels, which are 0xRRGGBB below 0xff
 */
uint32_t png_sum_rgb(uint32_t sum, unsigned filter, const uint32_t *pixels, size_t width);

#endif
