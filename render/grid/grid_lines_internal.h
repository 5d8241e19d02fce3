/*
 * grid_lines_internal.h - what grid_lines.c and grid_lines_utm.c share.
 */
#ifndef RENDER_GRID_GRID_LINES_INTERNAL_H
#define RENDER_GRID_GRID_LINES_INTERNAL_H

#include "render/grid/grid_lines.h"

struct grid_curve;

/** Lines of one CRS. */
struct grid_family {
    const struct crs *crs;
    struct bbox range; /* of its coordinates; at least what lies in the frame */
    double spacing_x;
    double spacing_y;
    bool has_area;
    struct bbox area_deg; /* the lines end on its edge */
    struct utm_zone zone;
};

/** Takes the pieces of a curve up as those of a line. */
struct line_adder {
    const struct grid_place *place;
    struct grid_lines *lines;
    struct grid_line line;
};

bool grid_lines_add(struct line_adder *adder, const struct grid_curve *curve, struct fault *fault);
bool grid_lines_add_family(const struct grid_place *place, const struct grid_family *family,
                           struct grid_lines *lines, struct fault *fault);

/** The family of a projected CRS in an area that touches the frame's range, both lon/lat. */
bool grid_lines_plane_family(const struct grid_place *place, const struct crs *crs, struct bbox area_deg,
                             struct grid_family *family, struct fault *fault);

/** The lines of all zones in the frame, and their borders. */
bool grid_lines_add_utm(const struct grid_place *place, struct grid_lines *lines, struct fault *fault);

#endif
