/*
 * path.h - lines and rings that are painted as one. Where they overlap, nothing is laid on twice.
 */
#ifndef RENDER_PATH_H
#define RENDER_PATH_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct path_part {
    size_t first; /* index of its first point */
    size_t count;
    bool is_closed; /* the last point is joined with the first */
    bool is_hole;
};

/** Points in px of the zoom's pixel space. Start with {0}; owned, path_finish(). */
struct path {
    struct point *points;
    size_t count;
    size_t capacity;
    struct path_part *parts;
    size_t part_count;
    size_t part_capacity;
};

void path_finish(struct path *path);
void path_clear(struct path *path); /* keeps its memory */

/** Begins a part, an open line until it is closed. */
void path_begin(struct path *path);

/** Adds a point to the part begun last. */
void path_add(struct path *path, struct point point);

/** Makes a ring of the part begun last. */
void path_close(struct path *path, bool is_hole);

/** Around the points of a part. */
struct bbox path_part_box(const struct path *path, const struct path_part *part);

/** Around all points. */
struct bbox path_box(const struct path *path);

/** Adds a whole open line. */
void path_add_line(struct path *path, const struct point *points, size_t count);

#endif
