/*
 * disk_state.h - for which state of its plots the tiles of a map on disk are right.
 *
 * A revision alone does not name a state: a store that was restored from a backup may have made another
 * revision of the same number since. The moment of its commit tells the two apart.
 */
#ifndef RENDER_SERVICE_DISK_STATE_H
#define RENDER_SERVICE_DISK_STATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/map_view.h"

struct disk_state {
    size_t plot_count;
    uint64_t
        revisions[MAP_VIEW_PLOT_MAX]; /* of the map's plots, in their order; 0: before the first change */
    int64_t recorded_ms[MAP_VIEW_PLOT_MAX]; /* when each was committed; MOMENT_NONE of 0 */
    uint64_t symbols;                       /* hash of the symbol sets that the plots are drawn with */
    int64_t now_ms;                         /* the moment that was "now" */
};

bool disk_state_equals(const struct disk_state *a, const struct disk_state *b);

/** The same but for time, which goes on without a change. */
bool disk_state_has_same_plots(const struct disk_state *a, const struct disk_state *b);

/** The state as numbers, for a file; how many were written. Reading back is false when they are no state. */
#define DISK_STATE_NUMBERS_MOST (3 + 2 * MAP_VIEW_PLOT_MAX)
size_t disk_state_write(const struct disk_state *state, int64_t numbers[static DISK_STATE_NUMBERS_MOST]);
bool disk_state_read(const int64_t *numbers, size_t count, struct disk_state *state);

#endif
