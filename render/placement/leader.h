/*
 * leader.h - a label some way off its symbol, with a thin line between the two.
 */
#ifndef RENDER_LEADER_H
#define RENDER_LEADER_H

#include <math.h>
#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/placement/label_places.h"

struct canvas;
struct text_look;

/** How far the paint of a line reaches beside it, px. */
#define LEADER_REACH_PX 2.0

/** A line from a symbol to its label, px: whole px. */
struct leader {
    struct point from;
    struct point to;
};

/** What a line leads from. */
struct leader_start {
    struct point place; /* px */
    struct bbox ink;    /* px: of the symbol there, with its numbers */
    double scale;
};

#define LEADER_RING_COUNT 11
#define LEADER_DIRECTION_COUNT 24

/** The outermost ring: no line is longer, px from the edge of the symbol at scale 1. */
#define LEADER_FARTHEST_PX 164.0

/** Where lines in one direction begin, just below the edge of the symbol. They lie nearly upon each other. */
struct leader_way {
    struct point direction; /* of length 1 */
    struct point edge;      /* px */
    struct point from;      /* whole px */
    double scale;
};

/** One of the ways out; the first are the best. */
struct leader_way leader_way_out(const struct leader_start *start, int direction);

/** The line to one of the rings around the symbol; the first is the best. */
struct leader leader_to_ring(const struct leader_way *way, int ring);

/** px from the edge of the symbol */
double leader_ring_px(int ring);

#define LEADER_LABEL_MOST 6

/**
 * One of the places for a label at the end of a line, ahead of it; the first is the best.
 * @param halo_px  of the label: the line ends before it
 * @return false: no label stands there at the end of such a line
 */
bool leader_label_at(const struct leader *leader, struct text_size size, double halo_px, int number,
                     struct label_place *place);

#define LEADER_ROOM_MAX 64

/** The boxes that a line takes up, from its symbol to its label. */
struct leader_rooms {
    struct bbox items[LEADER_ROOM_MAX];
    int count;
};

struct leader_rooms leader_rooms(const struct leader *leader);

#define LEADER_PIECE_PX 4.0 /* of a line in one box, but for lines longer than all boxes */

/* The same one by one: asked so often that it may not cost a call. */
static inline int leader_room_count(const struct leader *leader)
{
    double right = fabs(leader->to.x - leader->from.x);
    double down = fabs(leader->to.y - leader->from.y);
    double pieces = (right > down ? right : down) / LEADER_PIECE_PX;
    int count = pieces < LEADER_ROOM_MAX ? (int)pieces : LEADER_ROOM_MAX;
    return count + (count < pieces && count < LEADER_ROOM_MAX);
}

static inline struct bbox leader_room_at(const struct leader *leader, int number, int count)
{
    double right = (leader->to.x - leader->from.x) / count;
    double down = (leader->to.y - leader->from.y) / count;
    struct point a = {leader->from.x + number * right, leader->from.y + number * down};
    struct point b = {leader->from.x + (number + 1) * right, leader->from.y + (number + 1) * down};
    return (struct bbox){(a.x < b.x ? a.x : b.x) - LEADER_REACH_PX, (a.y < b.y ? a.y : b.y) - LEADER_REACH_PX,
                         (a.x < b.x ? b.x : a.x) + LEADER_REACH_PX,
                         (a.y < b.y ? b.y : a.y) + LEADER_REACH_PX};
}

/** Where a line has paint, px. */
struct bbox leader_ink(const struct leader *leader);

/** In the colours of the label. */
void leader_paint(const struct leader *leader, const struct text_look *look, struct canvas *canvas);

#endif
