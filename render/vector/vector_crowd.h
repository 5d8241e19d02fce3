/*
 * vector_crowd.h - the features of one kind that belong to one square: the most important are kept.
 */
#ifndef RENDER_VECTOR_CROWD_H
#define RENDER_VECTOR_CROWD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct feature;

/** One with its rank: the large before the small, then by priority, then as their mixed ids fall. */
struct crowd_member {
    const struct feature *feature; /* borrowed */
    bool is_small;
    int32_t priority; /* 0 is the most important */
    uint64_t mixed_id;
};

/** All zero is an empty one. */
struct vector_crowd {
    struct crowd_member *members; /* owned; after vector_crowd_settle() by rank */
    size_t count;
    size_t met_count; /* how many were added */
};

void vector_crowd_finish(struct vector_crowd *crowd);

/** Adds one, of which at most so many will be kept: the same number each time. */
void vector_crowd_add(struct vector_crowd *crowd, struct crowd_member member, size_t most);

/** After the last: sorts them and lets go of those beyond the most. */
void vector_crowd_settle(struct vector_crowd *crowd, size_t most);

/** How many there are, rounded down to a power of two, when not all are kept; else 0. */
uint32_t vector_crowd_number(const struct vector_crowd *crowd);

#endif
