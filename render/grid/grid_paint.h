/*
 * grid_paint.h - paints several grids over a map on a page: lines, names, ticks and values.
 */
#ifndef RENDER_GRID_GRID_PAINT_H
#define RENDER_GRID_GRID_PAINT_H

#include <stdbool.h>
#include <stddef.h>

#include "render/grid/grid.h"
#include "render/grid/grid_labels.h"
#include "render/grid/grid_names.h"
#include "render/grid/grid_place.h"

struct box_grid;
struct fault;
struct pen;
struct report;

/** All that is drawn of the grids of a map, before it is drawn. */
struct grid_picture {
    struct grid grids[GRID_MOST];
    struct grid_lines lines[GRID_MOST];
    size_t count;
    const char *crs_code; /* of the map; borrowed */
    struct grid_names names;
    struct grid_labels labels;
};

/** Which grids, over which map. All borrowed. */
struct grid_wish {
    const struct grid_place *place;
    const struct grid *grids;
    size_t count;                 /* of more than GRID_MOST the first are drawn */
    struct bbox map_mm;           /* on the page */
    struct bbox frame_mm;         /* the map with its bands */
    const struct box_grid *taken; /* where names would cover something, px of the frame; NULL: nowhere */
};

/** Finds lines, names and values of grids. grid_picture_finish(), also on fault. */
bool grid_picture_make(const struct grid_wish *wish, const struct pen *pen, struct grid_picture *picture,
                       struct fault *fault);
void grid_picture_finish(struct grid_picture *picture);

/** Says which lines have no value, and how many squares and their columns no name (REPORT_GRID_UNNAMED). */
void grid_picture_report(const struct grid_picture *picture, enum language language, struct report *report);

/** Paints it. The pen has a canvas over the page. */
void grid_picture_paint(const struct grid_picture *picture, const struct pen *pen, struct bbox map_mm,
                        struct bbox frame_mm);

#endif
