/*
 * sheet_split.h - an atlas: an area cut into sheets of one size and scale, in rows and columns.
 *
 * The sheets cover the whole area and lie around it evenly. Snapped, their south-west corners lie on whole
 * kilometres, as on the sheets of the Dutch fire service. Sheets are told in reading order, the north-west
 * one first.
 */
#ifndef RENDER_GRID_SHEET_SPLIT_H
#define RENDER_GRID_SHEET_SPLIT_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct fault;

enum sheet_names {
    SHEET_LETTERS, /* A1 in the south-west: letters eastward, numbers northward, as squares have */
    SHEET_NUMBERS  /* 1, 2 … in reading order */
};

struct sheet_order {
    struct bbox area; /* to be covered, units of the page's CRS */
    double scale_denominator;
    double metres_per_unit;
    double width_mm; /* of the map on a sheet */
    double height_mm;
    double overlap_mm; /* that neighbours share */
    double snap_units; /* corners on multiples of it; 0: anywhere */
    enum sheet_names names;
    size_t most; /* sheets that are allowed */
};

#define SHEET_NONE ((size_t)-1)

/** Around a sheet, clockwise from the north. */
enum sheet_side {
    SHEET_NORTH,
    SHEET_NORTH_EAST,
    SHEET_EAST,
    SHEET_SOUTH_EAST,
    SHEET_SOUTH,
    SHEET_SOUTH_WEST,
    SHEET_WEST,
    SHEET_NORTH_WEST,
    SHEET_SIDE_COUNT
};

struct sheet {
    char name[24];
    size_t row; /* 0: the northernmost */
    size_t column;
    struct bbox box;                     /* of its map, units */
    size_t neighbours[SHEET_SIDE_COUNT]; /* index of a sheet, or SHEET_NONE */
};

struct sheet_split {
    struct sheet *sheets; /* owned */
    size_t count;
    size_t rows;
    size_t columns;
    struct bbox box; /* around all sheets */
};

/**
 * Cuts an area. sheet_split_finish().
 * INPUT: an area, size or overlap that cannot be; LIMIT: more sheets than are allowed, and how many it would
 * be.
 */
bool sheet_split_make(const struct sheet_order *order, struct sheet_split *split, struct fault *fault);
void sheet_split_finish(struct sheet_split *split);

/** The centre of a frame moved so that its south-west corner lies on a multiple of a step. */
struct point sheet_snap_centre(struct point centre, double width_units, double height_units,
                               double step_units);

#endif
