/*
 * plot_difference.c - plot_compare() tells of every version that is only in one situation; the pairs are put
 * together by id. What was written again without any change is left out.
 */
#include "data/plot_difference.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"

struct plot_difference {
    struct plot_situation before; /* plots: one reference each */
    struct plot_situation after;
    struct plot_difference_item *items; /* owned */
    size_t count;
    size_t capacity;
    const char *last_id; /* of the feature that was visited last */
};

static const struct feature *feature_of(const struct plot_situation *situation, const char *id)
{
    const struct feature *feature = plot_find(situation->plot, id);
    return feature && feature_is_valid_at(feature, situation->moment_ms) ? feature : NULL;
}

static void explain_addition(const struct plot_difference *difference, struct plot_difference_item *item)
{
    const struct feature *after = item->what.after;
    const struct feature *earlier = plot_find(difference->before.plot, after->id);
    bool has_begun = earlier && feature_equals(earlier, after);
    item->cause = has_begun ? DIFFERENCE_BEGAN : DIFFERENCE_EDITED;
    item->at_ms = has_begun ? after->valid_from_ms : after->recorded_ms;
}

static void explain_end(const struct plot_difference *difference, struct plot_difference_item *item)
{
    const struct feature *later = plot_find(difference->after.plot, item->what.before->id);
    if (later) {
        bool is_over = later->valid_to_ms <= difference->after.moment_ms;
        item->cause = is_over ? DIFFERENCE_EXPIRED : DIFFERENCE_EDITED;
        item->at_ms = is_over ? later->valid_to_ms : later->recorded_ms;
        item->by = later->owner;
        return;
    }
    bool is_last_change = plot_revision(difference->after.plot) == plot_revision(difference->before.plot) + 1;
    item->cause = DIFFERENCE_REMOVED;
    item->at_ms = is_last_change ? plot_recorded_ms(difference->after.plot) : MOMENT_NONE;
}

static void explain(const struct plot_difference *difference, struct plot_difference_item *item)
{
    const struct feature *after = item->what.after;
    item->by = after ? after->owner : item->what.before->owner;
    if (!after) {
        explain_end(difference, item);
    } else if (!item->what.before) {
        explain_addition(difference, item);
    } else {
        item->at_ms = after->recorded_ms;
    }
}

/* Comes once or twice for each id, one after the other. */
static void visit(const struct feature *feature, void *context)
{
    struct plot_difference *difference = context;
    if (difference->last_id && strcmp(difference->last_id, feature->id) == 0) {
        return;
    }
    difference->last_id = feature->id;
    struct plot_difference_item item = {
        .what = feature_difference_of(feature_of(&difference->before, feature->id),
                                      feature_of(&difference->after, feature->id))};
    if (item.what.changes == 0) {
        return;
    }
    explain(difference, &item);
    if (difference->count == difference->capacity) {
        difference->capacity = difference->capacity ? 2 * difference->capacity : 32;
        difference->items = memory_resize(difference->items, difference->capacity, sizeof *difference->items);
    }
    difference->items[difference->count++] = item;
}

struct plot_difference *plot_difference_new(struct plot_situation before, struct plot_situation after)
{
    struct plot_difference *difference = memory_new(1, sizeof *difference);
    difference->before = (struct plot_situation){plot_ref(before.plot), before.moment_ms};
    difference->after = (struct plot_situation){plot_ref(after.plot), after.moment_ms};
    plot_compare(before.plot, before.moment_ms, after.plot, after.moment_ms, visit, difference);
    return difference;
}

void plot_difference_date_removals(struct plot_difference *difference,
                                   int64_t (*when)(const char *id, void *context), void *context)
{
    for (size_t i = 0; i < difference->count; i++) {
        struct plot_difference_item *item = &difference->items[i];
        if (item->cause == DIFFERENCE_REMOVED && item->at_ms == MOMENT_NONE) {
            item->at_ms = when(item->what.before->id, context);
        }
    }
}

void plot_difference_free(struct plot_difference *difference)
{
    if (difference) {
        plot_unref(difference->before.plot);
        plot_unref(difference->after.plot);
        free(difference->items);
        free(difference);
    }
}

struct plot_situation plot_difference_before(const struct plot_difference *difference)
{
    return difference->before;
}

struct plot_situation plot_difference_after(const struct plot_difference *difference)
{
    return difference->after;
}

size_t plot_difference_count(const struct plot_difference *difference)
{
    return difference->count;
}

const struct plot_difference_item *plot_difference_at(const struct plot_difference *difference, size_t index)
{
    assert(index < difference->count);
    return &difference->items[index];
}

static int compare_id(const void *id, const void *item)
{
    const struct feature_difference *what = &((const struct plot_difference_item *)item)->what;
    return strcmp(id, what->before ? what->before->id : what->after->id);
}

const struct plot_difference_item *plot_difference_find(const struct plot_difference *difference,
                                                        const char *id)
{
    return difference->count == 0
               ? NULL
               : bsearch(id, difference->items, difference->count, sizeof *difference->items, compare_id);
}

size_t plot_difference_count_of(const struct plot_difference *difference, enum feature_change change)
{
    size_t count = 0;
    for (size_t i = 0; i < difference->count; i++) {
        count += feature_difference_has(&difference->items[i].what, change);
    }
    return count;
}
