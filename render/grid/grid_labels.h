/*
 * grid_labels.h - where the values of several grids stand around a map frame.
 *
 * Above and below the map each grid has a ring of its own as far as the band has room, the first next to the
 * map; left and right they share the band: the first one on the side of the map, the others outside. A value
 * stands at the place where its line meets the edge, shifted along it where there is no room, never so far
 * that it no longer stands at its tick. Between two values is at least the width of a figure, and none leaves
 * the band: what finds no room is left out, and a line without any value is told. The letter of a column of
 * squares stands in its middle, or as near to that as there is room; where there is none it goes before the
 * values of other grids.
 */
#ifndef RENDER_GRID_GRID_LABELS_H
#define RENDER_GRID_GRID_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/grid/grid_lines.h"
#include "render/grid/grid_value.h"

enum grid_edge { GRID_EDGE_TOP, GRID_EDGE_BOTTOM, GRID_EDGE_LEFT, GRID_EDGE_RIGHT, GRID_EDGE_COUNT };

/** Where a line meets an edge of the frame. */
struct grid_tick {
    size_t grid; /* which of the grids */
    size_t line; /* which of its lines */
    enum grid_edge edge;
    struct point at_px;
    bool has_label;
};

/** A value in the band. */
struct grid_label {
    struct grid_text text;
    size_t grid;
    size_t line; /* SIZE_MAX: the name of a column or row of squares */
    enum grid_edge edge;
    struct point tick_px; /* its line meets the edge here; the box reaches at least so far along the edge */
    bool is_full;
    bool is_stacked; /* the tail stands below, not beside */
    double size;     /* of its letters against those that were measured: 1, or less to fit the side band */
    struct bbox box_px;
};

struct grid_labels {
    struct grid_label *items; /* owned */
    size_t count;
    struct grid_tick *ticks; /* owned; also of lines without a value */
    size_t tick_count;
    size_t unnamed_squares; /* letters and numbers that found no room on an edge where others have theirs */
};

#define GRID_SMALL 0.72 /* size of lead and tail against the main part */

/** The bands around the frame, and how large a text is. */
struct grid_label_look {
    double side_px; /* left and right */
    double top_px;  /* top and bottom */
    double tick_px; /* the inner part of both, kept free for ticks */
    /** Size of a text in the letters of main parts. */
    void (*measure)(const char *text, double *width_px, double *height_px, void *context);
    void *context;
};

/** Sizes of the parts of a value, px. */
struct grid_text_size {
    double lead;
    double main;
    double tail;
    double gap; /* before a tail beside it */
    double height;
    double small_height;
};
struct grid_text_size grid_text_measure(const struct grid_text *text, const struct grid_label_look *look);

/** The values of all lines, and of squares where one of the grids is GRID_SQUARES. grid_labels_finish(). */
struct grid_labels grid_labels_of(const struct grid_lines *grids, size_t grid_count, double width_px,
                                  double height_px, const struct grid_label_look *look,
                                  enum language language);
/** Has a line no value anywhere? True of its first piece only. */
bool grid_labels_lacks(const struct grid_labels *labels, const struct grid_lines *grids, size_t grid,
                       size_t line);
void grid_labels_finish(struct grid_labels *labels);

#endif
