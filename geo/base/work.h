/*
 * work.h - long work that tells how far it is, and hears whether it is still wanted.
 *
 * Who does a part of it tells 0 … 1 of that part and need not know of what it is one: a page of a document, a
 * layer of that page, a window of that layer.
 */
#ifndef GEO_BASE_WORK_H
#define GEO_BASE_WORK_H

#include <stdbool.h>
#include <stddef.h>

struct fault;

/** All work has tell (or nobody listens); a part has whole, from and to. */
struct work {
    bool (*tell)(double part, void *context); /* 0 … 1; false: it is not wanted any more */
    void *context;
    bool is_ended; /* false was answered, and nobody is told again */

    struct work *whole; /* borrowed; NULL: it is no part */
    double from;        /* of the whole, when the part begins, 0 … 1 */
    double to;          /* when it ends */
};

/** A part of work. Of NULL: one to which nobody listens. */
struct work work_part(struct work *whole, double from, double to);

/** The same, one of several that take about as long as each other. */
struct work work_part_at(struct work *whole, size_t index, size_t count);

/** Tells how much is done; NULL: nobody listens. False, now and ever after: stop (DEADLINE, "cancelled"). */
bool work_tell(struct work *work, double part, struct fault *fault);

#endif
