/*
 * footprint.h - which tiles a change makes stale: exactly those that its old or new drawing touches.
 *
 * Drawing means paint: fills, strokes with their width, marks, symbols, halos, labels, and the labels and
 * symbols of others that had to move.
 */
#ifndef RENDER_FOOTPRINT_H
#define RENDER_FOOTPRINT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/tile_matrix_set.h"

struct fault;
struct map_view;
struct renderer;

/**
 * Marks which of some tiles of one zoom look different between two views of the same map that differ in
 * their plots' revisions only.
 * While a layer with labels cannot be read all are marked: some may show what was there before.
 *
 * @param before, after  their grids are that of the tile matrix
 * @param stale          out: one flag for each address
 */
bool footprint_stale_tiles(struct renderer *renderer, const struct map_view *before,
                           const struct map_view *after, const struct tile_matrix_set *set,
                           const struct tile_address *addresses, size_t count, bool *stale,
                           struct fault *fault);

/** What finding out may cost. Beyond it all tiles that a changed district may be seen on count as stale. */
struct footprint_limits {
    size_t made_features; /* of a district that has to be made to be compared */
    size_t kept_features; /* of one that is at hand as it was before */
    int64_t until_ms;     /* monotonic: no district is compared that is not begun with by then */
};

/**
 * The same within limits: so it marks some more than look different, and never fewer. Of very many features
 * that differ it may be too late before they are found: FAULT_DEADLINE.
 */
bool footprint_stale_tiles_within(struct renderer *renderer, const struct map_view *before,
                                  const struct map_view *after, const struct tile_matrix_set *set,
                                  const struct tile_address *addresses, size_t count,
                                  const struct footprint_limits *limits, bool *stale, struct fault *fault);

#endif
