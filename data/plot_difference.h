/*
 * plot_difference.h - what changed between two situations of a plot, feature by feature.
 *
 * A situation is a revision (what was known) and a moment (what was so). Taking each feature's version before
 * away from the first situation and adding its version after gives the second.
 */
#ifndef DATA_PLOT_DIFFERENCE_H
#define DATA_PLOT_DIFFERENCE_H

#include <stddef.h>
#include <stdint.h>

#include "data/feature_difference.h"

struct plot;
struct plot_difference;

struct plot_situation {
    const struct plot *plot;
    int64_t moment_ms;
};

/** What made a thing appear, change or go. */
enum difference_cause {
    DIFFERENCE_EDITED,  /* somebody drew or changed it */
    DIFFERENCE_BEGAN,   /* its time came */
    DIFFERENCE_EXPIRED, /* its time passed */
    DIFFERENCE_REMOVED  /* it was withdrawn from the plot */
};

struct plot_difference_item {
    struct feature_difference what; /* its features are borrowed from the difference */
    enum difference_cause cause;
    int64_t at_ms;  /* when; MOMENT_NONE: not known (a removal some revisions ago that was not asked for) */
    const char *by; /* the owner that answered for it then; borrowed */
};

/** Holds on to both plots. Owned, plot_difference_free(). */
struct plot_difference *plot_difference_new(struct plot_situation before, struct plot_situation after);
/** Asks when those that were removed went, of which a plot alone knows only in its last revision. */
void plot_difference_date_removals(struct plot_difference *difference,
                                   int64_t (*when)(const char *id, void *context), void *context);
void plot_difference_free(struct plot_difference *difference);

struct plot_situation plot_difference_before(const struct plot_difference *difference);
struct plot_situation plot_difference_after(const struct plot_difference *difference);

/** In the order of the features' ids, each once. Borrowed. */
size_t plot_difference_count(const struct plot_difference *difference);
const struct plot_difference_item *plot_difference_at(const struct plot_difference *difference, size_t index);

/** Of the feature with that id; NULL when it does not differ. */
const struct plot_difference_item *plot_difference_find(const struct plot_difference *difference,
                                                        const char *id);

/** How many have a change of that kind among theirs. */
size_t plot_difference_count_of(const struct plot_difference *difference, enum feature_change change);

#endif
