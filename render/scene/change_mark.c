/*
 * change_mark.c - every mark is strokes of one look: dark, with white on both sides.
 */
#include "render/scene/change_mark.h"

#include <math.h>

#include "geo/shape.h"
#include "render/canvas/canvas.h"

#define LINE_PX 3.0
#define HALO_PX 1.6
#define GAP_PX 2.0         /* between ink and mark */
#define LEAST_SIDE_PX 12.0 /* of the box that a mark stands around */
#define CORNER_PART 0.3    /* of a side that a corner takes */
#define ARROW_PX 11.0
#define TRAIL_LEAST_PX 12.0 /* a shorter way has no arrow */
#define BAND_PX 3.2         /* beside the strokes of a line */
#define RING_POINTS 49      /* the last is the first */

static struct colour attention(enum palette palette)
{
    return palette == PALETTE_MONO ? (struct colour){0, 0, 0, 255} : (struct colour){0xB0, 0x00, 0x9C, 255};
}

static const struct colour white = {255, 255, 255, 255};

static struct stroke stroke_of(struct change_look look)
{
    return (struct stroke){.width_px = LINE_PX * look.scale,
                           .colour = attention(look.palette),
                           .cap = STROKE_CAP_ROUND,
                           .join = STROKE_JOIN_ROUND};
}

/* Dark on white. */
static void paint_stroke(struct change_look look, const struct point *points, size_t count, bool is_closed,
                         struct canvas *canvas)
{
    struct stroke stroke = stroke_of(look);
    struct stroke casing = stroke_casing(&stroke, white, HALO_PX * look.scale);
    canvas_stroke(canvas, points, count, is_closed, 0, &casing);
    canvas_stroke(canvas, points, count, is_closed, 0, &stroke);
}

/* What a mark stands around: never too small to be seen as one. */
static struct bbox room_around(struct change_look look, struct bbox ink)
{
    struct point middle = bbox_centre(ink);
    double least = LEAST_SIDE_PX * look.scale / 2;
    struct bbox box = {middle.x - least, middle.y - least, middle.x + least, middle.y + least};
    return bbox_grow(bbox_union(box, ink), GAP_PX * look.scale);
}

/* A symbol fills its box nearly to the corners, so the ring stands around most of them. */
static double ring_radius(struct bbox room)
{
    return 0.46 * hypot(bbox_width(room), bbox_height(room));
}

static void paint_ring(struct change_look look, struct bbox room, struct canvas *canvas)
{
    struct point points[RING_POINTS];
    struct point middle = bbox_centre(room);
    double radius = ring_radius(room);
    for (int i = 0; i < RING_POINTS; i++) {
        double angle = 2 * M_PI * (i % (RING_POINTS - 1)) / (RING_POINTS - 1);
        points[i] = (struct point){middle.x + radius * cos(angle), middle.y + radius * sin(angle)};
    }
    paint_stroke(look, points, RING_POINTS, true, canvas);
}

static void paint_corners(struct change_look look, struct bbox room, struct canvas *canvas)
{
    double across = bbox_width(room) * CORNER_PART;
    double along = bbox_height(room) * CORNER_PART;
    const struct point corners[4] = {{room.min_x, room.min_y},
                                     {room.max_x, room.min_y},
                                     {room.max_x, room.max_y},
                                     {room.min_x, room.max_y}};
    for (int i = 0; i < 4; i++) {
        double x = i == 1 || i == 2 ? -across : across;
        double y = i >= 2 ? -along : along;
        struct point corner[] = {
            {corners[i].x + x, corners[i].y}, corners[i], {corners[i].x, corners[i].y + y}};
        paint_stroke(look, corner, 3, false, canvas);
    }
}

static void paint_cross(struct change_look look, struct bbox room, struct canvas *canvas)
{
    struct stroke stroke = stroke_of(look);
    struct stroke casing = stroke_casing(&stroke, white, HALO_PX * look.scale);
    struct point down[] = {{room.min_x, room.min_y}, {room.max_x, room.max_y}};
    struct point up[] = {{room.min_x, room.max_y}, {room.max_x, room.min_y}};
    canvas_stroke(canvas, down, 2, false, 0, &casing);
    canvas_stroke(canvas, up, 2, false, 0, &casing);
    canvas_stroke(canvas, down, 2, false, 0, &stroke);
    canvas_stroke(canvas, up, 2, false, 0, &stroke);
}

unsigned change_marks_of(const struct feature_difference *difference)
{
    unsigned unseen = 1u << FEATURE_SOURCE | 1u << FEATURE_SET;
    unsigned changes = difference->changes & ~unseen;
    if (feature_difference_has(difference, FEATURE_ADDED)) {
        return 1u << CHANGE_MARK_NEW;
    }
    if (feature_difference_has(difference, FEATURE_ENDED)) {
        return 1u << CHANGE_MARK_ENDED;
    }
    unsigned moved = changes & 1u << FEATURE_MOVED ? 1u << CHANGE_MARK_MOVED : 0;
    return moved | (changes & ~(1u << FEATURE_MOVED) ? 1u << CHANGE_MARK_CHANGED : 0);
}

void change_mark_paint(enum change_mark mark, struct change_look look, struct bbox ink, struct canvas *canvas)
{
    struct bbox room = room_around(look, ink);
    if (mark == CHANGE_MARK_NEW) {
        paint_ring(look, room, canvas);
    } else if (mark == CHANGE_MARK_CHANGED) {
        paint_corners(look, room, canvas);
    } else if (mark == CHANGE_MARK_ENDED) {
        paint_cross(look, room, canvas);
    }
}

/* How far from the middle of a box its edge is, in the direction of a place outside. */
static double way_out(struct bbox box, struct point place)
{
    struct point middle = bbox_centre(box);
    double distance = point_distance(middle, place);
    double across = fabs(place.x - middle.x) / distance;
    double along = fabs(place.y - middle.y) / distance;
    return fmin(across > 0 ? bbox_width(box) / 2 / across : HUGE_VAL,
                along > 0 ? bbox_height(box) / 2 / along : HUGE_VAL);
}

bool change_mark_trail(struct change_look look, struct point from, struct bbox ink, struct canvas *canvas)
{
    struct bbox room = room_around(look, ink);
    struct point middle = bbox_centre(room);
    double distance = point_distance(from, middle);
    if (bbox_contains_point(room, from) || distance - way_out(room, from) < TRAIL_LEAST_PX * look.scale) {
        return false;
    }
    struct point to = point_between(middle, from, way_out(room, from) / distance);
    struct line_look line = {.strokes = {stroke_of(look)},
                             .stroke_count = 1,
                             .start = LINE_END_DOT,
                             .end = LINE_END_ARROW,
                             .end_size_px = ARROW_PX * look.scale,
                             .end_colour = attention(look.palette),
                             .halo = white,
                             .halo_px = HALO_PX * look.scale};
    line.strokes[0].cap = STROKE_CAP_BUTT;
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, (struct point[]){from, to}, 2, false);
    canvas_line(canvas, shape, &line);
    shape_free(shape);
    return true;
}

/* How far the strokes of a line reach to its sides. */
static double half_width(const struct line_look *line)
{
    double reach = 0;
    for (int i = 0; i < line->stroke_count; i++) {
        reach = fmax(reach, fabs(line->strokes[i].offset_px) + line->strokes[i].width_px / 2);
    }
    return reach;
}

void change_mark_band(enum change_mark mark, struct change_look look, const struct shape *shape,
                      const struct line_look *line, struct canvas *canvas)
{
    struct line_look band = {.strokes = {stroke_of(look)}, .stroke_count = 1};
    struct stroke *stroke = &band.strokes[0];
    stroke->cap = STROKE_CAP_BUTT;
    double reach = half_width(line);
    if (shape->kind == SHAPE_LINE) {
        stroke->width_px = 2 * (reach + BAND_PX * look.scale);
    } else {
        stroke->width_px = BAND_PX * look.scale;
        stroke->offset_px = -(reach + stroke->width_px / 2); /* outside of the edge */
    }
    if (mark == CHANGE_MARK_CHANGED) {
        stroke->dash_px[0] = 7 * look.scale;
        stroke->dash_px[1] = 5 * look.scale;
        stroke->dash_count = 2;
    }
    canvas_line(canvas, shape, &band);
}

void change_mark_old_outline(struct change_look look, const struct shape *shape, struct canvas *canvas)
{
    struct line_look dots = {
        .strokes = {stroke_of(look)}, .stroke_count = 1, .halo = white, .halo_px = HALO_PX * look.scale / 2};
    dots.strokes[0].width_px = LINE_PX / 2 * look.scale;
    dots.strokes[0].cap = STROKE_CAP_BUTT;
    dots.strokes[0].dash_px[0] = 2 * look.scale;
    dots.strokes[0].dash_px[1] = 3 * look.scale;
    dots.strokes[0].dash_count = 2;
    canvas_line(canvas, shape, &dots);
}
