/*
 * mvt_geometry.h - shapes as the commands of a vector tile (Mapbox Vector Tile 2.1, 4.3).
 *
 * A shape is cut to the tile and a margin around it, rounded to whole units, and freed of what would be
 * steps to the same place. Outer rings of polygons turn clockwise on the screen, holes the other way.
 */
#ifndef RENDER_MVT_GEOMETRY_H
#define RENDER_MVT_GEOMETRY_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/shape.h"

struct buffer;

#define MVT_EXTENT 4096      /* units across a tile */
#define MVT_UNITS_PER_PX 8   /* a tile is 512 px across */
#define MVT_MARGIN_UNITS 128 /* around it: 16 px, more than half the width of any line */

/** Where a tile lies in the pixel space of a zoom. */
struct mvt_frame {
    struct point corner_px; /* north-west; whole px */
    bool keeps_small;       /* what is smaller than a unit stays, one unit wide */
};

/** What of the pixel space comes into a tile. */
struct bbox mvt_frame_box_px(const struct mvt_frame *frame);

/**
 * Appends the commands of a shape (px).
 * @return how many points they have; 0, and nothing appended, when no part of it lies in the frame
 */
size_t mvt_geometry_append(const struct shape *shape_px, const struct mvt_frame *frame,
                           struct buffer *commands);

/** The same of points. */
size_t mvt_geometry_append_points(const struct point *points_px, size_t count, const struct mvt_frame *frame,
                                  struct buffer *commands);

#endif
