/*
 * grid_lines.h - the lines of a grid over a map frame, whatever the CRS of the page.
 *
 * In px of the frame (grid_place.h). Lines of the page's own CRS are straight and exact; those of another are
 * curves. Lines of a UTM zone end at its border, which is a line too; those of RD end where RD is valid.
 */
#ifndef RENDER_GRID_GRID_LINES_H
#define RENDER_GRID_GRID_LINES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/point.h"
#include "geo/utm.h"
#include "render/grid/grid.h"
#include "render/grid/grid_place.h"

/** A piece of a line within the frame; a line may have several. */
struct grid_line {
    int64_t number;  /* how many spacings from 0 */
    double value;    /* number x spacing: units of the grid's CRS; degrees, longitude -180 … 180 */
    bool is_easting; /* easting or longitude is the same all along */
    bool is_border;  /* of UTM zones: without a value */
    struct utm_zone zone;
    size_t first; /* index of its first point */
    size_t count; /* two or more */
};

struct grid_lines {
    enum grid_kind kind;
    double spacing_x; /* between eastings or meridians, units or degrees */
    double spacing_y;
    struct grid_line *items; /* owned */
    size_t count;
    struct point *points_px; /* owned; of all lines */
    size_t point_count;
};

/** The lines that cross a frame. grid_lines_finish(). */
bool grid_lines_find(const struct grid_place *place, enum grid_kind kind, struct grid_lines *lines,
                     struct fault *fault);
void grid_lines_finish(struct grid_lines *lines);

/** Does the frame touch the area where RD is valid? Elsewhere GRID_RD has no lines. */
bool grid_lines_has_rd(const struct grid_place *place);

/** Degrees between meridians and between parallels. */
bool grid_lines_graticule_spacing(const struct grid_place *place, double spacing_deg[static 2],
                                  struct fault *fault);

/** Is any of a stretch of a zone in the frame? */
bool grid_lines_has_zone(const struct grid_place *place, const struct utm_part *part);

/** Are they pieces of one line, or northings of two zones that go on in each other? */
bool grid_line_has_same_value(const struct grid_line *a, const struct grid_line *b);

#endif
