/*
 * leader.c - the same directions on each ring. All points are whole px, so a line is the same in every
 * picture.
 */
#include "render/placement/leader.h"

#include <math.h>
#include <stdint.h>

#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "symbology/stroke.h"

#define UNDER_PX 3.0 /* of a line below its symbol: many are not as large as the box around them */
#define LINE_PX 1.0
#define HALO_PX 3.0
#define STEEP 0.3 /* rightward for each px downward: steeper lines end above or below their label */
#define FLAT 0.5  /* downward for each px rightward: flatter ones end beside it */

/* Further out they stand further apart: a long line need not be just so long. */
static const double ring_px[LEADER_RING_COUNT] = {
    10, 17, 25, 35, 46, 60, 76, 94, 116, 139, LEADER_FARTHEST_PX};

/* Sines of 15, 30, 45, 60 and 75 degrees. */
#define S15 0.25881904510252074
#define S30 0.5
#define S45 0.70710678118654757
#define S60 0.8660254037844386
#define S75 0.9659258262890683

/* Beside first, as labels do; to the right before to the left, above before below. */
static const struct point directions[LEADER_DIRECTION_COUNT] = {
    {S60, -S30},  {S60, S30},  {1, 0},       {-S60, -S30}, {-S60, S30},  {-1, 0},
    {S75, -S15},  {S75, S15},  {-S75, -S15}, {-S75, S15},  {S45, -S45},  {S45, S45},
    {-S45, -S45}, {-S45, S45}, {S30, -S60},  {S30, S60},   {-S30, -S60}, {-S30, S60},
    {0, -1},      {0, 1},      {S15, -S75},  {S15, S75},   {-S15, -S75}, {-S15, S75},
};

/* The line meets the edge of its label so far from its upper or left end, 0 to 1. */
#define EDGE_PARTS (LEADER_LABEL_MOST / 2)
static const double edge_parts[EDGE_PARTS] = {0.5, 0.9, 0.1};

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

/* round(), floor() and ceil() would be calls. */
static double whole(double px)
{
    return (double)(int64_t)(px < 0 ? px - 0.5 : px + 0.5);
}

static double whole_below(double px)
{
    double near = (double)(int64_t)px;
    return near > px ? near - 1 : near;
}

static struct point along(struct point place, struct point direction, double length)
{
    return (struct point){place.x + length * direction.x, place.y + length * direction.y};
}

static struct point whole_point(struct point place)
{
    return (struct point){whole(place.x), whole(place.y)};
}

struct leader_way leader_way_out(const struct leader_start *start, int direction)
{
    struct point way = directions[direction];
    double out = way_out(start->place, start->ink, way);
    struct point from = along(start->place, way, fmax(0, out - UNDER_PX * start->scale));
    return (struct leader_way){way, along(start->place, way, out), whole_point(from), start->scale};
}

double leader_ring_px(int ring)
{
    return ring_px[ring];
}

struct leader leader_to_ring(const struct leader_way *way, int ring)
{
    struct point to = along(way->edge, way->direction, ring_px[ring] * way->scale);
    return (struct leader){way->from, whole_point(to)};
}

static struct label_place beside(struct point end, bool is_right, struct text_size size, double halo,
                                 double part)
{
    double x = is_right ? -whole_below(-end.x - halo) : whole_below(end.x - halo - size.width_px);
    return (struct label_place){{x, whole(end.y - part * size.height_px)}, is_right ? TEXT_LEFT : TEXT_RIGHT};
}

static struct label_place across(struct point end, bool is_below, struct text_size size, double halo,
                                 double part)
{
    double y = is_below ? -whole_below(-end.y - halo) : whole_below(end.y - halo - size.height_px);
    return (struct label_place){{whole(end.x - part * size.width_px), y}, TEXT_CENTRE};
}

bool leader_label_at(const struct leader *leader, struct text_size size, double halo, int number,
                     struct label_place *place)
{
    double right = leader->to.x - leader->from.x;
    double down = leader->to.y - leader->from.y;
    double part = edge_parts[number % EDGE_PARTS];
    if (number < EDGE_PARTS) {
        *place = beside(leader->to, right > 0, size, halo, part);
        return fabs(right) > STEEP * fabs(down);
    }
    *place = across(leader->to, down > 0, size, halo, part);
    return fabs(down) > FLAT * fabs(right);
}

struct leader_rooms leader_rooms(const struct leader *leader)
{
    struct leader_rooms rooms = {.count = leader_room_count(leader)};
    for (int i = 0; i < rooms.count; i++) {
        rooms.items[i] = leader_room_at(leader, i, rooms.count);
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
    /* through the middle of its pixels: a level line would else be two rows of grey */
    struct point ends[2] = {{leader->from.x + 0.5, leader->from.y + 0.5},
                            {leader->to.x + 0.5, leader->to.y + 0.5}};
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, ends, 2, false);
    line.strokes[0] = (struct stroke){.width_px = HALO_PX, .colour = look->halo};
    line.strokes[1] = (struct stroke){.width_px = LINE_PX, .colour = look->colour};
    canvas_line(canvas, shape, &line);
    shape_free(shape);
}
