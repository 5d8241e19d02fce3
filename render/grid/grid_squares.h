/*
 * grid_squares.h - the squares between the lines of a map's own grid: A1 in the south-west, letters eastward,
 * numbers northward, as the Dutch fire service writes them.
 */
#ifndef RENDER_GRID_GRID_SQUARES_H
#define RENDER_GRID_GRID_SQUARES_H

#include <stdbool.h>
#include <stddef.h>

struct grid_lines;

#define GRID_SQUARES_MOST 402 /* columns or rows */

/** Columns from the west, or rows from the south: the px of the frame between which each lies. */
struct grid_squares_row {
    double edges_px[GRID_SQUARES_MOST + 2]; /* growing for columns, shrinking for rows */
    size_t count;
};

/**
 * The columns (eastings) or rows of the frame. Squares that the frame cuts count, but for slivers: those of
 * which less than 2 mm is left.
 */
void grid_squares_find(const struct grid_lines *lines, bool is_column, double width_px, double height_px,
                       struct grid_squares_row *row);

#endif
