/*
 * path.c - all points follow each other; a part ends where the next one begins.
 */
#include "render/canvas/path.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

void path_finish(struct path *path)
{
    free(path->points);
    free(path->parts);
    *path = (struct path){0};
}

void path_clear(struct path *path)
{
    path->count = 0;
    path->part_count = 0;
}

void path_begin(struct path *path)
{
    if (path->part_count == path->part_capacity) {
        path->part_capacity = path->part_capacity ? path->part_capacity * 2 : 16;
        path->parts = memory_resize(path->parts, path->part_capacity, sizeof *path->parts);
    }
    path->parts[path->part_count++] = (struct path_part){.first = path->count};
}

static struct path_part *last_part(struct path *path)
{
    assert(path->part_count > 0);
    return &path->parts[path->part_count - 1];
}

static void make_room(struct path *path, size_t more)
{
    if (path->capacity - path->count < more) {
        size_t twice = path->capacity ? path->capacity * 2 : 64;
        path->capacity = twice - path->count < more ? path->count + more : twice;
        path->points = memory_resize(path->points, path->capacity, sizeof *path->points);
    }
}

void path_add(struct path *path, struct point point)
{
    make_room(path, 1);
    path->points[path->count++] = point;
    last_part(path)->count++;
}

void path_close(struct path *path, bool is_hole)
{
    last_part(path)->is_closed = true;
    last_part(path)->is_hole = is_hole;
}

/** As bbox_of_points(), in less time: what is in a path is finite. */
static struct bbox box_of(const struct point *points, size_t count)
{
    struct bbox box = bbox_empty();
    for (size_t i = 0; i < count; i++) {
        struct point point = points[i];
        box.min_x = point.x < box.min_x ? point.x : box.min_x;
        box.min_y = point.y < box.min_y ? point.y : box.min_y;
        box.max_x = point.x > box.max_x ? point.x : box.max_x;
        box.max_y = point.y > box.max_y ? point.y : box.max_y;
    }
    return box;
}

struct bbox path_part_box(const struct path *path, const struct path_part *part)
{
    return box_of(path->points + part->first, part->count);
}

struct bbox path_box(const struct path *path)
{
    return box_of(path->points, path->count);
}

void path_add_line(struct path *path, const struct point *points, size_t count)
{
    path_begin(path);
    if (count > 0) {
        make_room(path, count);
        memcpy(path->points + path->count, points, count * sizeof *points);
        path->count += count;
        last_part(path)->count = count;
    }
}
