/*
 * mvt_geometry.c - points are moved into units, cut, rounded, and written as steps from the point before.
 *
 * Rounding may make rings of a polygon cross or touch themselves; geo/shape_repair.h mends those.
 */
#include "render/vector/mvt_geometry.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/clip.h"
#include "geo/shape_repair.h"
#include "render/vector/protobuf.h"

enum command { MOVE_TO = 1, LINE_TO = 2, CLOSE_PATH = 7 };

static const struct bbox frame_units = {-MVT_MARGIN_UNITS, -MVT_MARGIN_UNITS, MVT_EXTENT + MVT_MARGIN_UNITS,
                                        MVT_EXTENT + MVT_MARGIN_UNITS};

struct bbox mvt_frame_box_px(const struct mvt_frame *frame)
{
    double x = frame->corner_px.x;
    double y = frame->corner_px.y;
    return (struct bbox){x + frame_units.min_x / MVT_UNITS_PER_PX, y + frame_units.min_y / MVT_UNITS_PER_PX,
                         x + frame_units.max_x / MVT_UNITS_PER_PX, y + frame_units.max_y / MVT_UNITS_PER_PX};
}

/* Commands being written. */
struct pen {
    struct buffer *commands;
    const struct mvt_frame *frame;
    int64_t x; /* where it stands: whole units */
    int64_t y;
    size_t point_count;
};

static void write_command(struct pen *pen, enum command command, size_t count)
{
    protobuf_append_varint(pen->commands, (uint64_t)count << 3 | command);
}

/* point: whole units. */
static void write_step(struct pen *pen, struct point point)
{
    int64_t x = (int64_t)point.x;
    int64_t y = (int64_t)point.y;
    protobuf_append_varint(pen->commands, protobuf_zigzag(x - pen->x));
    protobuf_append_varint(pen->commands, protobuf_zigzag(y - pen->y));
    pen->x = x;
    pen->y = y;
    pen->point_count++;
}

static struct point to_units(const struct mvt_frame *frame, struct point point_px)
{
    return (struct point){(point_px.x - frame->corner_px.x) * MVT_UNITS_PER_PX,
                          (point_px.y - frame->corner_px.y) * MVT_UNITS_PER_PX};
}

/* Half units go up, whatever the sign, so that neighbouring tiles round a place alike. */
static struct point rounded(struct point point)
{
    return (struct point){floor(point.x + 0.5), floor(point.y + 0.5)};
}

/* Rounds points in place and drops those that repeat the one before, or are no place; how many are left. */
static size_t round_points(struct point *points, size_t count)
{
    size_t kept = 0;
    for (size_t i = 0; i < count; i++) {
        struct point point = rounded(points[i]);
        if (point_is_finite(point) && (kept == 0 || !point_equals(points[kept - 1], point))) {
            points[kept++] = point;
        }
    }
    return kept;
}

size_t mvt_geometry_append_points(const struct point *points_px, size_t count, const struct mvt_frame *frame,
                                  struct buffer *commands)
{
    struct pen pen = {.commands = commands, .frame = frame};
    struct point *inside = memory_new(count, sizeof(*inside));
    size_t inside_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct point point = rounded(to_units(frame, points_px[i]));
        if (bbox_contains_point(frame_units, point)) {
            inside[inside_count++] = point;
        }
    }
    if (inside_count > 0) {
        write_command(&pen, MOVE_TO, inside_count);
    }
    for (size_t i = 0; i < inside_count; i++) {
        write_step(&pen, inside[i]);
    }
    free(inside);
    return pen.point_count;
}

static void write_line(struct pen *pen, const struct point *points, size_t count)
{
    write_command(pen, MOVE_TO, 1);
    write_step(pen, points[0]);
    write_command(pen, LINE_TO, count - 1);
    for (size_t i = 1; i < count; i++) {
        write_step(pen, points[i]);
    }
}

static void add_piece(const struct point *points, size_t count, double start, void *context)
{
    struct pen *pen = context;
    struct point *piece = memory_new(count + 1, sizeof(*piece));
    memcpy(piece, points, count * sizeof(*piece));
    size_t kept = round_points(piece, count);
    if (kept == 1 && pen->frame->keeps_small) {
        piece[kept++] = (struct point){piece[0].x + 1, piece[0].y};
    }
    if (kept > 1) {
        write_line(pen, piece, kept);
    }
    free(piece);
}

/* All points of a shape in units. Owned, shape_free(). */
static struct shape *shape_in_units(const struct shape *shape_px, const struct mvt_frame *frame)
{
    struct shape *shape = shape_copy(shape_px);
    for (size_t i = 0; i < shape->point_count; i++) {
        shape->points[i] = to_units(frame, shape->points[i]);
    }
    shape_update_box(shape);
    return shape;
}

static void append_lines(struct pen *pen, const struct shape *shape)
{
    for (size_t i = 0; i < shape->part_count; i++) {
        clip_line(shape->points + shape->parts[i].first, shape->parts[i].count, frame_units, add_piece, pen);
    }
}

/* Positive when it turns clockwise on the screen, where y grows downward. */
static double twice_area(const struct point *points, size_t count)
{
    double sum = 0;
    for (size_t i = 0; i + 1 < count; i++) {
        sum += points[i].x * points[i + 1].y - points[i + 1].x * points[i].y;
    }
    return sum;
}

/* A ring of whole units whose last point repeats the first. */
static void write_ring(struct pen *pen, const struct point *points, size_t count, bool is_hole)
{
    bool is_clockwise = twice_area(points, count) > 0;
    bool is_backward = is_clockwise == is_hole;
    write_command(pen, MOVE_TO, 1);
    write_step(pen, points[0]);
    write_command(pen, LINE_TO, count - 2);
    for (size_t i = 1; i + 1 < count; i++) {
        write_step(pen, points[is_backward ? count - 1 - i : i]);
    }
    write_command(pen, CLOSE_PATH, 1);
}

/* Rings of whole units, those without an inside left out. Owned, shape_free(). */
static struct shape *round_rings(const struct shape *polygon)
{
    struct shape *rounded_shape = shape_new(SHAPE_POLYGON);
    struct point *points = memory_new(polygon->point_count + 1, sizeof(*points));
    bool has_shell = false;
    for (size_t i = 0; i < polygon->part_count; i++) {
        const struct shape_part *part = &polygon->parts[i];
        memcpy(points, polygon->points + part->first, part->count * sizeof(*points));
        size_t count = round_points(points, part->count);
        if (count > 0 && !point_equals(points[0], points[count - 1])) {
            points[count++] = points[0];
        }
        bool is_kept = count > 3 && twice_area(points, count) != 0 && (has_shell || !part->is_hole);
        has_shell = part->is_hole ? has_shell : is_kept;
        if (is_kept) {
            shape_add_part(rounded_shape, points, count, part->is_hole);
        }
    }
    free(points);
    return rounded_shape;
}

static void write_small_square(struct pen *pen, struct point place)
{
    struct point point = rounded(place);
    struct point ring[5] = {
        point, {point.x + 1, point.y}, {point.x + 1, point.y + 1}, {point.x, point.y + 1}, point};
    if (bbox_contains_point(frame_units, point)) {
        write_ring(pen, ring, 5, false);
    }
}

static void append_polygon(struct pen *pen, const struct shape *shape)
{
    struct shape *cut =
        bbox_contains(frame_units, shape->box) ? shape_copy(shape) : clip_polygon(shape, frame_units);
    struct shape *rings = round_rings(cut);
    struct shape *valid = rings->part_count > 0 ? shape_repair_whole(rings) : NULL;
    const struct shape *written = valid ? valid : rings;
    for (size_t i = 0; i < written->part_count; i++) {
        const struct shape_part *part = &written->parts[i];
        write_ring(pen, written->points + part->first, part->count, part->is_hole);
    }
    if (pen->point_count == 0 && pen->frame->keeps_small && cut->point_count > 0) {
        write_small_square(pen, cut->points[0]);
    }
    shape_free(valid);
    shape_free(rings);
    shape_free(cut);
}

size_t mvt_geometry_append(const struct shape *shape_px, const struct mvt_frame *frame,
                           struct buffer *commands)
{
    if (shape_px->kind == SHAPE_POINT) {
        return mvt_geometry_append_points(shape_px->points, shape_px->point_count, frame, commands);
    }
    struct pen pen = {.commands = commands, .frame = frame};
    struct shape *shape = shape_in_units(shape_px, frame);
    if (shape->kind == SHAPE_LINE) {
        append_lines(&pen, shape);
    } else {
        append_polygon(&pen, shape);
    }
    shape_free(shape);
    return pen.point_count;
}
