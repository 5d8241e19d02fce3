/*
 * view_moment.c - moments are sorted lists, a handful to some thousands a plot.
 */
#include "render/service/view_moment.h"

#include "data/plot.h"
#include "geo/base/moment.h"

int64_t view_moment_at(const struct plot *const *plots, size_t count, int64_t time_ms)
{
    int64_t last = MOMENT_NONE;
    int64_t first = MOMENT_NONE;
    for (size_t i = 0; i < count; i++) {
        int64_t moment = plot_moment_at(plots[i], time_ms);
        if (moment == MOMENT_NONE) {
            continue;
        }
        if (moment <= time_ms) {
            last = moment > last ? moment : last;
        } else if (first == MOMENT_NONE || moment < first) {
            first = moment;
        }
    }
    return last != MOMENT_NONE ? last : first;
}

/** Index of the first of ascending moments that is after the time. */
static size_t first_after(const int64_t *moments, size_t count, int64_t time_ms)
{
    size_t low = 0;
    size_t high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (moments[middle] <= time_ms) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

int64_t view_moment_after(const struct plot *const *plots, size_t count, int64_t time_ms)
{
    int64_t next = MOMENT_FOREVER;
    for (size_t i = 0; i < count; i++) {
        size_t moment_count;
        const int64_t *moments = plot_moments(plots[i], &moment_count);
        size_t index = first_after(moments, moment_count, time_ms);
        if (index < moment_count && moments[index] < next) {
            next = moments[index];
        }
    }
    return next;
}
