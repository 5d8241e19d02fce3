/*
 * view_moment.c - each plot answers for itself; the latest of what has come goes before the first to come.
 */
#include "render/service/protocol/view_moment.h"

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
