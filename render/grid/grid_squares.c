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

static void name_row(struct label_maker *maker, size_t grid, bool is_column)
{
    struct grid_squares_row row;
    grid_squares_find(&maker->grids[grid], is_column, maker->width_px, maker->height_px, &row);
    for (size_t i = 0; i < row.count; i++) {
        double middle = (row.edges_px[i] + row.edges_px[i + 1]) / 2;
        struct grid_label label = {.grid = grid, .line = SIZE_MAX};
        if (is_column) {
            grid_value_letters((long)i, label.text.main);
        } else {
            snprintf(label.text.main, sizeof label.text.main, "%zu", i + 1);
        }
        for (int far = 0; far < 2; far++) {
            label.edge = is_column ? (far ? GRID_EDGE_BOTTOM : GRID_EDGE_TOP)
                                   : (far ? GRID_EDGE_RIGHT : GRID_EDGE_LEFT);
            label.tick_px = is_column ? (struct point){middle, far ? maker->height_px : 0}
                                      : (struct point){far ? maker->width_px : 0, middle};
            grid_labels_try(maker, label);
        }
    }
}

void grid_labels_name_squares(struct label_maker *maker, size_t grid)
{
    name_row(maker, grid, true);
    name_row(maker, grid, false);
}
