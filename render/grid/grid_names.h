/*
 * grid_names.h - names within the map: of UTM zones and their bands, of MGRS squares of 100 km, of squares A1
 * …
 *
 * Each name stands once, inside what it names, as near to a corner of it, or of the frame, as it can. It
 * covers nothing that the map says: where all its places would touch a symbol or a text the name is left out
 * and counted. A reader still finds the square from its neighbours and from the letters and numbers at the
 * edges, but never what a name hides.
 */
#ifndef RENDER_GRID_GRID_NAMES_H
#define RENDER_GRID_GRID_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "render/grid/grid_labels.h"
#include "render/grid/grid_place.h"

struct box_grid; /* render/placement/box_grid.h */

struct grid_name {
    struct grid_text text; /* lead: zone and band; main: letters of the square */
    struct bbox box_px;
    size_t grid; /* which of the grids */
};

/** Of all grids over one map: none stands on another. */
struct grid_names {
    struct grid_name *items; /* owned */
    size_t count;
    size_t unplaced[GRID_MOST]; /* of each grid: of which more than a sliver is seen, without room */
};

/** What names are added for. */
struct grid_naming {
    const struct grid_place *place;
    const struct grid_label_look *look;
    const struct box_grid *taken; /* of the frame, px: where names would cover something; NULL: nowhere */
    double halo_px;               /* around names, which covers nothing either */
    size_t grid;                  /* which of the grids */
    struct grid_names *names;
};

/** Adds "31U", or "31U FT" as long as squares are 2 cm or more, where no other name stands. */
bool grid_names_add_zones(const struct grid_naming *naming, bool has_squares, struct fault *fault);

/**
 * Adds "A1" to every square that has room for it: in the north-west corner, else where name_box.h finds
 * room. Zones are named after squares.
 */
void grid_names_add_squares(const struct grid_naming *naming, const struct grid_lines *squares);
void grid_names_finish(struct grid_names *names);

#endif
