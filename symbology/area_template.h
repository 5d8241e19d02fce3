/*
 * area_template.h - areas that follow from a few numbers: plume, rings, corridor, box, sector grid.
 *
 * They are expanded when a feature comes in; source and numbers are kept with the feature, so that it can be
 * edited again. Places are longitude and latitude in degrees, on the sphere of radius 6371008.8 m; bearings
 * are degrees clockwise from true north.
 */
#ifndef SYMBOLOGY_AREA_TEMPLATE_H
#define SYMBOLOGY_AREA_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/point.h"

struct fault;
struct shape;

enum area_template_kind {
    TEMPLATE_NONE,
    TEMPLATE_PLUME,    /* a sector with the wind, and the disc of its source */
    TEMPLATE_RINGS,    /* circles around the source */
    TEMPLATE_CORRIDOR, /* what lies within half a width of a line */
    TEMPLATE_BOX,      /* a rectangle around the source */
    TEMPLATE_GRID,     /* rectangles in rows and columns, named A1, B1 …; the source is the corner of A1 */
    TEMPLATE_COUNT
};

#define TEMPLATE_NUMBER_MAX 8
#define TEMPLATE_POINT_MAX 200 /* a corridor that crosses itself everywhere takes 0.4 s then */
#define TEMPLATE_CELL_MAX 400

/** The numbers of a kind, by their place; the radii of rings have none. Lengths are metres. */
enum { PLUME_BEARING, PLUME_OPENING, PLUME_LENGTH, PLUME_SOURCE_RADIUS };
enum { CORRIDOR_WIDTH };
enum { BOX_WIDTH, BOX_HEIGHT, BOX_BEARING };
enum { GRID_COLUMNS, GRID_ROWS, GRID_WIDTH, GRID_HEIGHT, GRID_BEARING };

struct area_template {
    enum area_template_kind kind;
    struct point *points; /* owned: the source, or the line of a corridor */
    size_t point_count;
    double numbers[TEMPLATE_NUMBER_MAX];
    int number_count;
};

/** What one number of a kind is called and may be. */
struct area_template_number {
    const char *key; /* "sourceRadius" */
    double least;
    double most;
    double absent; /* its value when it is not given; NaN: it is required */
};

/** What a kind is made of. */
struct area_template_form {
    const char *name;     /* "plume" */
    bool is_along_a_line; /* its source is a line, not a point */
    bool is_list;         /* the only number stands for a growing list of 1 to TEMPLATE_NUMBER_MAX */
    int number_count;
    struct area_template_number numbers[TEMPLATE_NUMBER_MAX];
};

/** Of any kind but NONE. Borrowed for ever. */
const struct area_template_form *area_template_form(enum area_template_kind kind);

/** The kind of a name; NONE when there is none. */
enum area_template_kind area_template_kind_of(const char *name);

/** INPUT names the number that is out of its range, and what reaches too far. */
bool area_template_check(const struct area_template *area_template, struct fault *fault);

/**
 * A polygon (plume, corridor, box), or one polygon for each ring or cell (multi). Owned, shape_free(). NULL
 * on fault: a corridor that is too intricate, lack of memory.
 */
struct shape *area_template_expand(const struct area_template *area_template, struct fault *fault);

/**
 * What one part of the expanded shape is called: "500 m" or "2.5 km" of a ring, "B3" of a cell. Owned by the
 * caller; NULL when parts have no names.
 */
char *area_template_part_name(const struct area_template *area_template, size_t part);

bool area_template_equals(const struct area_template *a, const struct area_template *b);

/** Source points are copied. */
void area_template_set_points(struct area_template *area_template, const struct point *points, size_t count);
void area_template_finish(struct area_template *area_template);

#endif
