/*
 * vector_tile.h - a tile as geometry with properties (Mapbox Vector Tile 2.1) instead of a picture.
 *
 * It is 512 px across and drawn with the rules of the next zoom, as clients with tiles of that size expect.
 * Layers, those without anything in the tile left out:
 *
 *     a vector layer of the map    its id; what its style paints at this scale, with the attributes that the
 *                                  style uses, and
 *         _rules    the rules that paint it, by their numbers from 0: " 2 5 "
 *         _label2   the label that rule 2 gives it
 *         _role     of points only: "label" is where the label of a line or area belongs, "start" and "end"
 *                   are ends of lines; without one it is a point of the layer
 *         _turn     of ends: degrees clockwise in which the line runs there
 *     a plot                       "hollands-diep.areas", ".lines" and ".points": features with
 *         crowd    of the most important one of its kind where many stand close and not all are there
 *                  (vector_choice.h): how many there are, rounded down to a power of two
 *         id, symbol, owner, status, trust, valid_from, valid_to, priority (0 is most important)
 *         look      of lines and areas: which style layers of the style paint it
 *         label     what is written beside or along it, and lettering: the size and face in which
 *     and of points
 *         role      "symbol", "label" (where the label of a line or area belongs), "part" (the name of a ring
 *                   or cell), "start" and "end" of lines
 *         icon      the name of its picture in the sprite
 *         turn      of ends: degrees clockwise
 *
 * Symbols and labels are placed by the client; names of plots and layers cannot clash, as ids have no dot.
 */
#ifndef RENDER_VECTOR_TILE_H
#define RENDER_VECTOR_TILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/pixel_grid.h"
#include "geo/tile_matrix_set.h"

struct fault;
struct map_view;
struct renderer;
struct report;

/** What a tile may hold at most. */
#define VECTOR_TILE_MOST_BYTES 500000 /* packed */
#define VECTOR_TILE_MOST_VERTICES 200000

/** The pixel space of tiles of 512 px at a zoom: that of the next zoom. */
struct pixel_grid vector_tile_grid(const struct tile_matrix_set *set, uint32_t zoom);

/**
 * Makes a tile, packed by gzip. A layer of the map that cannot be read, or has too much in the tile, is named
 * in the report and left out; so is a plot of which not all is there. LIMIT names a plot whose lines and
 * areas have too many vertices.
 * @param view    its grid does not matter
 * @return owned by the caller, free(). NULL on fault
 */
char *vector_tile_render(struct renderer *renderer, const struct map_view *view,
                         const struct tile_matrix_set *set, struct tile_address address,
                         struct report *report, size_t *length, struct fault *fault);

/** What finding out which tiles differ may cost. Beyond it all of them count as different. */
struct vector_stale_limits {
    size_t square_features; /* to choose from for a square of vector_choice.h that a change concerns */
    int64_t until_ms;       /* monotonic: nothing is compared that is not begun with by then */
};

/**
 * Marks which of some tiles of one zoom differ between two views of the same map that differ in their plots'
 * revisions and moment only: exactly those in which a feature that changed is said in other bytes.
 * @param limits  NULL: none. Beyond them all are marked: a long line may give way to a change far off
 * @param stale   out: one flag for each address
 */
bool vector_tile_stale(struct renderer *renderer, const struct map_view *before, const struct map_view *after,
                       const struct tile_matrix_set *set, const struct tile_address *addresses, size_t count,
                       const struct vector_stale_limits *limits, bool *stale, struct fault *fault);

#endif
