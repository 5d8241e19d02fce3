#include "render/grid/grid_squares.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>

#include "geo/scale.h"
#include "render/grid/grid_labels_internal.h"

#define LEAST_MM 2.0

static bool is_near(double a, double b)
{
    return fabs(a - b) < LEAST_MM / SCALE_PIXEL_MM;
}

/** A sliver before the first line is no square, nor one behind the last. */
static void add_edge(struct grid_squares_row *row, double at_px, bool is_frame)
{
    bool is_sliver = row->count > 0 && is_near(at_px, row->edges_px[row->count - 1]);
    if (is_sliver && is_frame) {
        return;
    }
    row->count -= is_sliver;
    if (row->count <= GRID_SQUARES_MOST) {
        row->edges_px[row->count++] = at_px;
    }
}

void grid_squares_find(const struct grid_lines *lines, bool is_column, double width_px, double height_px,
                       struct grid_squares_row *row)
{
    row->count = 0;
    add_edge(row, is_column ? 0 : height_px, true);
    for (size_t i = 0; i < lines->count; i++) {
        const struct grid_line *line = &lines->items[i];
        struct point at = lines->points_px[line->first];
        if (line->is_easting == is_column) {
            add_edge(row, is_column ? at.x : at.y, false);
        }
    }
    add_edge(row, is_column ? width_px : 0, true);
    row->count--; /* edges are one more than squares */
}

/** In the middle of its stretch of the edge, or as near to that as there is room. */
static bool name_square(struct label_maker *maker, struct grid_label *label, double from_px, double to_px)
{
    struct grid_text_size size = grid_text_measure(&label->text, maker->look);
    bool is_level = grid_edge_is_level(label->edge);
    double step = (is_level ? size.main : size.height) / 2;
    double middle = (from_px + to_px) / 2;
    long count = (long)floor((fabs(to_px - from_px) / 2 - step) / step);
    for (long i = 0; i == 0 || i <= 2 * count; i++) {
        double off = (double)((i + 1) / 2) * (i % 2 ? step : -step);
        *(is_level ? &label->tick_px.x : &label->tick_px.y) = middle + off;
        if (grid_labels_try(maker, *label)) {
            return true;
        }
    }
    return false;
}

/** Along one edge. Where the band is too narrow for any letter nobody looks for them. */
static void name_edge(struct label_maker *maker, const struct grid_squares_row *row, size_t grid,
                      enum grid_edge edge)
{
    size_t named = 0;
    for (size_t i = 0; i < row->count; i++) {
        struct grid_label label = {.grid = grid, .line = SIZE_MAX, .edge = edge};
        if (grid_edge_is_level(edge)) {
            grid_value_letters((long)i, label.text.main);
        } else {
            snprintf(label.text.main, sizeof label.text.main, "%zu", i + 1);
        }
        bool is_far = edge == GRID_EDGE_BOTTOM || edge == GRID_EDGE_RIGHT;
        label.tick_px = (struct point){is_far ? maker->width_px : 0, is_far ? maker->height_px : 0};
        named += name_square(maker, &label, row->edges_px[i], row->edges_px[i + 1]);
    }
    maker->labels->unnamed_squares += named > 0 ? row->count - named : 0;
}

void grid_labels_name_squares(struct label_maker *maker, size_t grid)
{
    struct grid_squares_row row;
    for (int is_column = 1; is_column >= 0; is_column--) {
        grid_squares_find(&maker->grids[grid], is_column, maker->width_px, maker->height_px, &row);
        name_edge(maker, &row, grid, is_column ? GRID_EDGE_TOP : GRID_EDGE_LEFT);
        name_edge(maker, &row, grid, is_column ? GRID_EDGE_BOTTOM : GRID_EDGE_RIGHT);
    }
}
