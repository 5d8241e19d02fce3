/*
 * map_view.h - what to draw, as of when, in which pixel space.
 *
 * A view is cheap: it borrows the map, the snapshots and the symbol set, which must outlive it.
 */
#ifndef RENDER_MAP_VIEW_H
#define RENDER_MAP_VIEW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "data/map.h"
#include "geo/bbox.h"
#include "geo/pixel_grid.h"
#include "symbology/language.h"
#include "symbology/symbol.h"

struct feature_numbers; /* render/scene/feature_numbers.h */
struct plot;
struct plot_difference; /* data/plot_difference.h */
struct symbol_library;

#define MAP_VIEW_PLOT_MAX 8

struct map_view {
    const struct map *map;
    const struct symbol_library *symbols;
    const struct plot *plots[MAP_VIEW_PLOT_MAX]; /* one for each plot item of the map, in its order */
    size_t plot_count;
    int64_t moment_ms; /* one of plot_moments(), see plot_moment_at() */
    struct pixel_grid grid;
    struct bbox frame_px; /* of a picture without neighbours: labels stand whole inside; empty on tiles */
    enum language language;
    bool has_second_language; /* of legends, which then say all in two languages */
    enum language second_language;
    enum palette palette;
    enum map_crowded crowded;
    double symbol_scale;      /* 1 on tiles; less on paper */
    double scale_denominator; /* decides detail and rules; of grid unless a page says otherwise */
    /** What changed, to be marked: one for each plot. NULL on tiles, whose keys know nothing of it. */
    const struct plot_difference *const *differences;
    const struct colour *background;       /* in place of the map's own; borrowed; NULL: that */
    const struct feature_numbers *numbers; /* of a page whose labels are numbers; NULL: they are texts */
};

/** Is what has its place there shown? Beside a frame nothing is. */
bool map_view_shows(const struct map_view *view, struct point place_px);

/** A view of a map with the map's own palette, at symbol_scale 1 and without a frame. plots in the order of
 * the map's plot items. */
struct map_view map_view_of(const struct map *map, const struct symbol_library *symbols,
                            const struct plot *const *plots, size_t plot_count, int64_t moment_ms,
                            struct pixel_grid grid);

#endif
