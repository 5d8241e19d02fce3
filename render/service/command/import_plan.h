/*
 * import_plan.h - which changes make a plot hold what files say.
 *
 * A feature that equals the one that is stored is not written again, so importing a file twice changes
 * nothing.
 */
#ifndef RENDER_SERVICE_IMPORT_PLAN_H
#define RENDER_SERVICE_IMPORT_PLAN_H

#include <stdbool.h>
#include <stddef.h>

struct change;
struct feature;
struct plot;

struct import_plan {
    struct change *changes; /* owned, with what they hold */
    size_t change_count;
    size_t added;
    size_t changed;
    size_t removed;
    size_t unchanged;
};

/**
 * Compares features with a plot.
 * @param features    with ids that differ
 * @param is_replace  remove what is in the plot but not among the features
 */
void import_plan_init(struct import_plan *plan, const struct plot *plot,
                      const struct feature *const *features, size_t count, bool is_replace);
void import_plan_finish(struct import_plan *plan);

#endif
