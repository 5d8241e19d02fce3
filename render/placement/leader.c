/*
 * leader.c - some directions on each of some rings. All points are whole px, so a line is the same in every
 * picture.
 */
#include "render/placement/leader.h"

#include <math.h>

#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "symbology/stroke.h"

#define RING_COUNT 3
#define DIRECTION_COUNT 16
#define PIECE_PX 4.0 /* of a line in one box */
#define UNDER_PX 3.0 /* of a line below its symbol: many are not as large as the box around them */
#define LINE_PX 1.0
#define HALO_PX 3.0

static const double ring_px[RING_COUNT] = {14, 34, 62};

/* Degrees clockwise from east: beside first, as labels do. */
static const double directions_deg[DIRECTION_COUNT] = {-30, 30,   0,   -150, 150,  180, -12, 12,
                                                       168, -168, -55, 55,   -125, 125, -90, 90};

/* How far it is from a place to the edge of a box around it, in a direction. */
static double way_out(struct point place, struct bbox box, struct point direction)
{
    double across = direction.x > 0   ? (box.max_x - place.x) / direction.x
                    : direction.x < 0 ? (box.min_x - place.x) / direction.x
                                      : HUGE_VAL;
    double along = direction.y > 0   ? (box.max_y - place.y) / direction.y
                   : direction.y < 0 ? (box.min_y - place.y) / direction.y
                                     : HUGE_VAL;
    return fmax(0, fmin(across, along));
}

static struct point along(struct point place, struct point direction, double length)
{
    return (struct point){round(place.x + length * direction.x), round(place.y + length * direction.y)};
}

/* The label whose edge next to the symbol has its middle at a place. */
static struct leader_place label_at(struct point from, struct point to, struct point direction,
                                    struct text_size size, double halo)
{
    struct leader_place place = {.leader = {from, to}};
    struct point end = place.leader.to;
    if (fabs(direction.x) > 0.3) {
        bool is_right = direction.x > 0;
        double x = is_right ? end.x + halo : end.x - halo - size.width_px;
        place.label.corner = (struct point){is_right ? ceil(x) : floor(x), round(end.y - size.height_px / 2)};
        place.label.align = is_right ? TEXT_LEFT : TEXT_RIGHT;
        return place;
    }
    bool is_below = direction.y > 0;
    double y = is_below ? end.y + halo : end.y - halo - size.height_px;
    place.label.corner = (struct point){round(end.x - size.width_px / 2), is_below ? ceil(y) : floor(y)};
    place.label.align = TEXT_CENTRE;
    return place;
}

struct leader_places leader_places_around(struct point place, struct bbox ink, struct text_size size,
                                          double halo, double scale)
{
    struct leader_places places = {.count = 0};
    for (int ring = 0; ring < RING_COUNT; ring++) {
        for (int i = 0; i < DIRECTION_COUNT; i++) {
            double angle = directions_deg[i] * M_PI / 180;
            struct point direction = {cos(angle), sin(angle)};
            double out = way_out(place, ink, direction);
            struct point from = along(place, direction, fmax(0, out - UNDER_PX * scale));
            struct point to = along(place, direction, out + ring_px[ring] * scale);
            places.items[places.count++] = label_at(from, to, direction, size, halo);
        }
    }
    return places;
}

struct leader_rooms leader_rooms(const struct leader *leader)
{
    struct leader_rooms rooms = {.count = 0};
    double right = leader->to.x - leader->from.x;
    double down = leader->to.y - leader->from.y;
    int piece_count = (int)ceil(fmax(fabs(right), fabs(down)) / PIECE_PX);
    for (int i = 0; i < piece_count && rooms.count < LEADER_ROOM_MAX; i++) {
        double start = (double)i / piece_count;
        double end = (double)(i + 1) / piece_count;
        struct point ends[2] = {{leader->from.x + start * right, leader->from.y + start * down},
                                {leader->from.x + end * right, leader->from.y + end * down}};
        rooms.items[rooms.count++] = bbox_grow(bbox_of_points(ends, 2), LEADER_REACH_PX);
    }
    return rooms;
}

struct bbox leader_ink(const struct leader *leader)
{
    struct point ends[2] = {leader->from, leader->to};
    return bbox_grow(bbox_of_points(ends, 2), LEADER_REACH_PX);
}

void leader_paint(const struct leader *leader, const struct text_look *look, struct canvas *canvas)
{
    struct line_look line = {.stroke_count = 2};
    struct point ends[2] = {leader->from, leader->to};
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, ends, 2, false);
    line.strokes[0] = (struct stroke){.width_px = HALO_PX, .colour = look->halo};
    line.strokes[1] = (struct stroke){.width_px = LINE_PX, .colour = look->colour};
    canvas_line(canvas, shape, &line);
    shape_free(shape);
}
