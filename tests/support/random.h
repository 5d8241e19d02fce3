/*
 * random.h - numbers that look random and are the same in every run.
 */
#ifndef TESTS_SUPPORT_RANDOM_H
#define TESTS_SUPPORT_RANDOM_H

#include <stdint.h>

/** xorshift64* (Marsaglia 2003, Vigna 2016). *state is anything but 0. */
static inline uint64_t random_next(uint64_t *state)
{
    *state ^= *state >> 12;
    *state ^= *state << 25;
    *state ^= *state >> 27;
    return *state * UINT64_C(2685821657736338717);
}

static inline double random_between(uint64_t *state, double least, double most)
{
    return least + (most - least) * (double)(random_next(state) >> 11) * 0x1p-53;
}

/** 0 … count - 1. */
static inline uint32_t random_below(uint64_t *state, uint32_t count)
{
    return (uint32_t)((random_next(state) >> 32) % count);
}

#endif
