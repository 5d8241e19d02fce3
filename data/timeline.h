/*
 * timeline.h - the moments at which something of a plot begins or ends.
 *
 * Immutable and reference counted: a change that touches no moment shares the timeline of the snapshot
 * before it.
 */
#ifndef DATA_TIMELINE_H
#define DATA_TIMELINE_H

#include <stddef.h>
#include <stdint.h>

struct timeline;

/** One moment that is used more (+1) or less (-1) often than before. */
struct timeline_step {
    int64_t moment_ms;
    int64_t difference;
};

struct timeline *timeline_new(void);
struct timeline *timeline_ref(const struct timeline *timeline);
void timeline_unref(const struct timeline *timeline);

/** The timeline after steps, which are sorted in place. A new reference to the same when nothing changes. */
struct timeline *timeline_with_steps(const struct timeline *timeline, struct timeline_step *steps,
                                     size_t count);

/** Ascending, without repeats. Borrowed. */
const int64_t *timeline_moments(const struct timeline *timeline, size_t *count);

/** The last moment that is not after now, or the first, or MOMENT_NONE. */
int64_t timeline_moment_at(const struct timeline *timeline, int64_t now_ms);

#endif
