/*
 * grid_names.h - names within the map: of UTM zones and their bands, of MGRS squares of 100 km, of squares A1
 * …
 *
 * Each name stands once, inside what it names, as near to a corner of the frame as it can.
 */
#ifndef RENDER_GRID_GRID_NAMES_H
#define RENDER_GRID_GRID_NAMES_H

#include <stdbool.h>
#include <stddef.h>

#include "render/grid/grid_labels.h"
#include "render/grid/grid_place.h"

struct grid_name {
    struct grid_text text; /* lead: zone and band; main: letters of the square */
    struct bbox box_px;
};

struct grid_names {
    struct grid_name *items; /* owned */
    size_t count;
    size_t unplaced; /* of which more than a sliver is seen, without room */
};

/** "31U", and of GRID_MGRS "31U FT" as long as squares are 2 cm or more. grid_names_finish(). */
bool grid_names_of_zones(const struct grid_place *place, enum grid_kind kind,
                         const struct grid_label_look *look, struct grid_names *names, struct fault *fault);

/** "A1" in the north-west corner of every square that has room for it. */
struct grid_names grid_names_of_squares(const struct grid_lines *squares, double width_px, double height_px,
                                        const struct grid_label_look *look);
void grid_names_finish(struct grid_names *names);

#endif
