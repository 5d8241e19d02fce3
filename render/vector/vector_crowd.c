/*
 * vector_crowd.c - there is room for twice as many as are kept; when it is full the lower half goes, so that
 * each one is sorted in but a few times however many there are.
 */
#include "render/vector/vector_crowd.h"

#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"

void vector_crowd_finish(struct vector_crowd *crowd)
{
    free(crowd->members);
    *crowd = (struct vector_crowd){0};
}

/* Negative when a comes first. Ids of a plot differ, so no two members are of the same rank. */
static int compare_ranks(const void *first, const void *second)
{
    const struct crowd_member *a = first;
    const struct crowd_member *b = second;
    if (a->is_small != b->is_small) {
        return a->is_small ? 1 : -1;
    }
    if (a->priority != b->priority) {
        return a->priority < b->priority ? -1 : 1;
    }
    if (a->mixed_id != b->mixed_id) {
        return a->mixed_id < b->mixed_id ? -1 : 1;
    }
    return strcmp(a->feature->id, b->feature->id);
}

void vector_crowd_settle(struct vector_crowd *crowd, size_t most)
{
    if (crowd->count > 1) {
        qsort(crowd->members, crowd->count, sizeof(*crowd->members), compare_ranks);
    }
    crowd->count = crowd->count < most ? crowd->count : most;
}

void vector_crowd_add(struct vector_crowd *crowd, struct crowd_member member, size_t most)
{
    if (crowd->count == 2 * most) {
        vector_crowd_settle(crowd, most);
    }
    if (!crowd->members) {
        crowd->members = memory_new(2 * most, sizeof(*crowd->members));
    }
    crowd->members[crowd->count++] = member;
    crowd->met_count++;
}

uint32_t vector_crowd_number(const struct vector_crowd *crowd)
{
    uint32_t number = 1;
    while (number <= crowd->met_count / 2 && number < UINT32_C(1) << 30) {
        number *= 2;
    }
    return crowd->met_count > crowd->count ? number : 0;
}
