/*
 * numbers.h - a growing list of numbers, to put in order what an index finds in none.
 */
#ifndef RENDER_NUMBERS_H
#define RENDER_NUMBERS_H

#include <stddef.h>
#include <stdint.h>

/** All zero is an empty list. */
struct numbers {
    uint32_t *items; /* owned */
    size_t count;
    size_t capacity;
};

void numbers_add(struct numbers *numbers, uint32_t number);
void numbers_add_all(struct numbers *numbers, const uint32_t *items, size_t count);

/** Ascending; numbers that occur twice stay once. */
void numbers_sort(struct numbers *numbers);
void numbers_finish(struct numbers *numbers);

#endif
