/*
 * grid_labels_internal.h - what the placing of values and the naming of squares share.
 */
#ifndef RENDER_GRID_GRID_LABELS_INTERNAL_H
#define RENDER_GRID_GRID_LABELS_INTERNAL_H

#include "render/grid/grid_labels.h"

struct label_maker {
    const struct grid_lines *grids;
    size_t grid_count;
    double width_px;
    double height_px;
    const struct grid_label_look *look;
    enum language language;
    double apart_px;    /* between two values: the width of a figure */
    double ring_px;     /* height of one above the map */
    size_t ring_needed; /* one for each grid with values */
    size_t ring_count;  /* that the band has room for */
    struct grid_labels *labels;
};

/** Above or below the map? */
bool grid_edge_is_level(enum grid_edge edge);

/** Puts a value at its tick, or as near as there is room. @return false: there is none */
bool grid_labels_try(struct label_maker *maker, struct grid_label label);

/** Letters of columns and numbers of rows, in the middle between two lines. */
void grid_labels_name_squares(struct label_maker *maker, size_t grid);

#endif
