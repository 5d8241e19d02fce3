/*
 * antimeridian.c - every part is first laid out without jumps (its longitudes may then leave -180 … 180);
 * to be cut it is then divided at ±180, and the outer pieces are moved back by a whole turn.
 */
#include "render/scene/antimeridian.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/clip.h"
#include "geo/shape.h"

static bool has_jump(const struct shape *shape)
{
    for (size_t i = 0; i < shape->part_count; i++) {
        const struct point *points = shape->points + shape->parts[i].first;
        for (uint32_t j = 1; j < shape->parts[i].count; j++) {
            if (fabs(points[j].x - points[j - 1].x) > 180.0) {
                return true;
            }
        }
    }
    return false;
}

/*
 * A ring that ends a turn away from its start goes around a pole, and of one that has no width left the steps
 * of a whole turn are the edges of the world: both are meant as they are given.
 */
static bool is_around_world(const struct point *ring, uint32_t count)
{
    bool is_flat = true;
    for (uint32_t i = 1; i < count && is_flat; i++) {
        is_flat = ring[i].x == ring[0].x;
    }
    return count > 0 && (is_flat || ring[count - 1].x != ring[0].x);
}

/* A hole is laid out near the ring it belongs to, so that both are cut alike. */
static struct shape *without_jumps(const struct shape *shape)
{
    struct shape *flat = shape_new(shape->kind);
    double shell_x = 0.0;
    bool is_around = false; /* the ring at hand, or that of the holes at hand */
    for (size_t i = 0; i < shape->part_count; i++) {
        struct shape_part part = shape->parts[i];
        struct point *points = memory_new(part.count, sizeof(*points));
        double turn = 0.0;
        for (uint32_t j = 0; j < part.count; j++) {
            points[j] = shape->points[part.first + j];
            double before = j > 0 ? points[j - 1].x : part.is_hole && !is_around ? shell_x : points[j].x;
            turn = 360.0 * round((before - points[j].x) / 360.0);
            points[j].x += turn;
        }
        if (shape->kind == SHAPE_POLYGON && !part.is_hole && is_around_world(points, part.count)) {
            memcpy(points, shape->points + part.first, part.count * sizeof(*points));
            is_around = true;
        } else {
            is_around = is_around && part.is_hole;
        }
        shell_x = part.is_hole || part.count == 0 ? shell_x : points[0].x;
        shape_add_part(flat, points, part.count, part.is_hole);
        free(points);
    }
    return flat;
}

struct cut {
    struct shape *result;
    double move_deg;
};

static void add_line(const struct point *points, size_t count, double start, void *context)
{
    struct cut *cut = context;
    struct point *moved = memory_new(count, sizeof(*moved));
    for (size_t i = 0; i < count; i++) {
        moved[i] = (struct point){points[i].x + cut->move_deg, points[i].y};
    }
    shape_add_part(cut->result, moved, count, false);
    free(moved);
}

static void add_polygon(const struct shape *flat, struct bbox box, struct cut *cut)
{
    struct shape *piece = clip_polygon(flat, box);
    for (size_t i = 0; i < piece->part_count; i++) {
        struct point *points = piece->points + piece->parts[i].first;
        for (uint32_t j = 0; j < piece->parts[i].count; j++) {
            points[j].x += cut->move_deg;
        }
        shape_add_part(cut->result, points, piece->parts[i].count, piece->parts[i].is_hole);
    }
    shape_free(piece);
}

static void add_world(const struct shape *flat, struct bbox box, struct cut *cut)
{
    if (flat->kind == SHAPE_POLYGON) {
        add_polygon(flat, box, cut);
        return;
    }
    for (size_t i = 0; i < flat->part_count; i++) {
        clip_line(flat->points + flat->parts[i].first, flat->parts[i].count, box, add_line, cut);
    }
}

struct shape *antimeridian_unfold(const struct shape *shape)
{
    if (shape->kind == SHAPE_POINT || bbox_width(shape->box) <= 180.0 || !has_jump(shape)) {
        return NULL;
    }
    struct shape *flat = without_jumps(shape);
    if (memcmp(flat->points, shape->points, shape->point_count * sizeof(*shape->points)) == 0) {
        shape_free(flat); /* nothing but areas around the world */
        return NULL;
    }
    return flat;
}

struct shape *antimeridian_cut(const struct shape *shape)
{
    struct shape *flat = antimeridian_unfold(shape);
    if (!flat) {
        return NULL;
    }
    struct cut cut = {.result = shape_new(shape->kind)};
    for (int turn = -1; turn <= 1; turn++) {
        double west = -180.0 + 360.0 * turn;
        cut.move_deg = -360.0 * turn;
        add_world(flat, (struct bbox){west, -90.0, west + 360.0, 90.0}, &cut);
    }
    shape_free(flat);
    return cut.result;
}
