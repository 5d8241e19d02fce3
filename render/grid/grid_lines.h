/*
 * grid_lines.h - the kilometre lines of a projected CRS over a map frame, and where their values stand.
 *
 * Spacing is the largest round distance (1, 2 or 5 times a power of ten) of at most 6 cm on paper, so lines
 * are 2.4 to 6 cm apart at every scale. In px of the frame (0.28 mm), whose north-west corner is (0, 0).
 */
#ifndef RENDER_BRIEFING_GRID_LINES_H
#define RENDER_BRIEFING_GRID_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"
#include "symbology/language.h"

struct grid_line {
    double value;    /* easting or northing, CRS units */
    double at_px;    /* column or row */
    bool is_easting; /* drawn from top to bottom */
};

struct grid_lines {
    double spacing;          /* CRS units */
    struct grid_line *items; /* owned; eastings first, both in growing order */
    size_t count;
};

/** The distance between lines, CRS units. */
double grid_lines_spacing(double scale_denominator, double metres_per_unit);

/** The lines that cross a frame. */
struct grid_lines grid_lines_of(const struct pixel_grid *grid, double width_px, double height_px);
void grid_lines_finish(struct grid_lines *lines);

/** "102" or "102,5": thousands of CRS units, with the decimals that the spacing asks for. Returns text. */
char *grid_lines_value(double value, double spacing, enum language language, char text[static 32]);

/** A value on an edge. */
struct grid_label {
    char text[32];
    double size; /* of its letters against those that were measured: 1, or less to fit the side band */
    struct bbox box_px;
};

struct grid_labels {
    struct grid_label *items; /* owned */
    size_t count;
};

/** The bands around the frame that values stand in, and how large a text is. */
struct grid_label_look {
    double side_px; /* left and right */
    double top_px;  /* top and bottom */
    double tick_px; /* the inner part of both, kept free for ticks */
    void (*measure)(const char *text, double *width_px, double *height_px, void *context);
    void *context;
};

/**
 * The values on all four edges. One that would reach beyond a corner or touch its neighbour is left out; its
 * line still has its value on the other edge of the same direction or on its neighbours. A value that is
 * wider than the side band is set smaller, never on two lines.
 */
struct grid_labels grid_labels_of(const struct grid_lines *lines, double width_px, double height_px,
                                  const struct grid_label_look *look, enum language language);
void grid_labels_finish(struct grid_labels *labels);

#endif
