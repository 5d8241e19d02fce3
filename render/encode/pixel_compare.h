/*
 * pixel_compare.h - some pixels or bytes compared with others at once, the same on every machine.
 */
#ifndef RENDER_PIXEL_COMPARE_H
#define RENDER_PIXEL_COMPARE_H

#ifdef __SSE2__
#include <emmintrin.h>
#endif
#include <stdbool.h>
#include <stdint.h>

#define PIXELS_COMPARED 8
#define BYTES_COMPARED 16

#ifdef __SSE2__
/** For each of eight pixels 16 bits, all of them if it is like the other, else none. */
static inline __m128i pixels_alike(const uint32_t *here, const uint32_t *there)
{
    const __m128i *these = (const __m128i *)here;
    const __m128i *others = (const __m128i *)there;
    __m128i first = _mm_cmpeq_epi32(_mm_loadu_si128(these), _mm_loadu_si128(others));
    __m128i second = _mm_cmpeq_epi32(_mm_loadu_si128(these + 1), _mm_loadu_si128(others + 1));
    return _mm_packs_epi32(first, second);
}
#endif

/** Two bits for each of eight pixels that is not like the other, the first lowest. */
static inline uint32_t pixels_unlike(const uint32_t *here, const uint32_t *there)
{
#ifdef __SSE2__
    return (uint32_t)_mm_movemask_epi8(pixels_alike(here, there)) ^ 0xffff;
#else
    uint32_t unlike = 0;
    for (int i = 0; i < PIXELS_COMPARED; i++) {
        unlike |= here[i] == there[i] ? 0 : 3u << 2 * i;
    }
    return unlike;
#endif
}

/** A bit for each of sixteen pixels that is not like the other, the first lowest. */
static inline uint32_t pixels_unlike_of_sixteen(const uint32_t *here, const uint32_t *there)
{
#ifdef __SSE2__
    __m128i first = pixels_alike(here, there);
    __m128i second = pixels_alike(here + PIXELS_COMPARED, there + PIXELS_COMPARED);
    return (uint32_t)_mm_movemask_epi8(_mm_packs_epi16(first, second)) ^ 0xffff;
#else
    uint32_t unlike = 0;
    for (int i = 0; i < 2 * PIXELS_COMPARED; i++) {
        unlike |= (uint32_t)(here[i] != there[i]) << i;
    }
    return unlike;
#endif
}

/** A bit for each of sixteen bytes that is not like the other, the first lowest. */
static inline uint32_t bytes_unlike(const uint8_t *here, const uint8_t *there)
{
#ifdef __SSE2__
    __m128i these = _mm_loadu_si128((const __m128i *)here);
    __m128i others = _mm_loadu_si128((const __m128i *)there);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(these, others)) ^ 0xffff;
#else
    uint32_t unlike = 0;
    for (int i = 0; i < BYTES_COMPARED; i++) {
        unlike |= (uint32_t)(here[i] != there[i]) << i;
    }
    return unlike;
#endif
}

/** The first of the pixels that are not alike, of which there must be one. */
static inline uint32_t pixels_first_unlike(uint32_t unlike)
{
    return (uint32_t)__builtin_ctz(unlike) / 2;
}

#endif
