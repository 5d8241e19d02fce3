/*
 * worker_districts.h - the districts that a worker has made, as far as the pool knows. Used by the files of
 * worker_pool only, under its lock.
 */
#ifndef RENDER_SERVICE_WORKER_DISTRICTS_H
#define RENDER_SERVICE_WORKER_DISTRICTS_H

#include <stddef.h>
#include <stdint.h>

#define WORKER_DISTRICTS_MOST 64

struct worker_district {
    uint64_t number;  /* order_district() */
    int64_t begun_ms; /* its first picture */
    int64_t made_ms;  /* that picture was there; 0: it is being drawn */
};

/** What it drew of last stands first. All zero: it has none. */
struct worker_districts {
    struct worker_district items[WORKER_DISTRICTS_MOST];
    size_t count;
};

/** NULL when it has not got it. Borrowed until the next change. */
const struct worker_district *worker_districts_find(const struct worker_districts *districts,
                                                    uint64_t number);

/** It begins a picture of a district. */
void worker_districts_begin(struct worker_districts *districts, uint64_t number, int64_t now_ms);

/** The picture is there. */
void worker_districts_made(struct worker_districts *districts, uint64_t number, int64_t now_ms);

/** There will be no picture. A district that was there before stays. */
void worker_districts_failed(struct worker_districts *districts, uint64_t number);

/** It keeps so many districts: those that it drew of longer ago are gone. */
void worker_districts_trim(struct worker_districts *districts, size_t kept_count);

/** How long the first picture took, and with it the district. */
int64_t worker_district_cost_ms(const struct worker_district *district);

#endif
