/*
 * worker_districts.c - lists of some dozen entries, which are walked.
 */
#include "render/service/worker/worker_districts.h"

#include <string.h>

/** districts->count when it is not there. */
static size_t index_of(const struct worker_districts *districts, uint64_t number)
{
    size_t index = 0;
    while (index < districts->count && districts->items[index].number != number) {
        index++;
    }
    return index;
}

const struct worker_district *worker_districts_find(const struct worker_districts *districts, uint64_t number)
{
    size_t index = index_of(districts, number);
    return index < districts->count ? &districts->items[index] : NULL;
}

void worker_districts_begin(struct worker_districts *districts, uint64_t number, int64_t now_ms)
{
    size_t index = index_of(districts, number);
    struct worker_district district = {.number = number, .begun_ms = now_ms};
    if (index < districts->count) {
        district = districts->items[index];
    } else if (districts->count < WORKER_DISTRICTS_MOST) {
        districts->count++;
    } else {
        index--; /* the last one is forgotten */
    }
    memmove(districts->items + 1, districts->items, index * sizeof(*districts->items));
    districts->items[0] = district;
}

void worker_districts_made(struct worker_districts *districts, uint64_t number, int64_t now_ms)
{
    size_t index = index_of(districts, number);
    if (index < districts->count && districts->items[index].made_ms == 0) {
        districts->items[index].made_ms = now_ms;
    }
}

void worker_districts_failed(struct worker_districts *districts, uint64_t number)
{
    size_t index = index_of(districts, number);
    if (index < districts->count && districts->items[index].made_ms == 0) {
        districts->count--;
        memmove(districts->items + index, districts->items + index + 1,
                (districts->count - index) * sizeof(*districts->items));
    }
}

void worker_districts_trim(struct worker_districts *districts, size_t kept_count)
{
    districts->count = kept_count < districts->count ? kept_count : districts->count;
}

int64_t worker_district_cost_ms(const struct worker_district *district)
{
    return district->made_ms - district->begun_ms;
}
