/*
 * leader.h - a label some way off its symbol, with a thin line between the two.
 */
#ifndef RENDER_LEADER_H
#define RENDER_LEADER_H

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

#define LEADER_PLACE_MAX 48

/** One place for a label with its line. */
struct leader_place {
    struct label_place label;
    struct leader leader;
};

struct leader_places {
    struct leader_place items[LEADER_PLACE_MAX];
    int count;
};

/**
 * Places on rings around a symbol, best first. The line begins just below the edge of the symbol.
 * @param ink_px   of the symbol with its numbers
 * @param halo_px  of the label: the line ends before it
 */
struct leader_places leader_places_around(struct point place_px, struct bbox ink_px, struct text_size size,
                                          double halo_px, double scale);

#define LEADER_ROOM_MAX 64

/** The boxes that a line takes up, from its symbol to its label. */
struct leader_rooms {
    struct bbox items[LEADER_ROOM_MAX];
    int count;
};

struct leader_rooms leader_rooms(const struct leader *leader);

/** Where a line has paint, px. */
struct bbox leader_ink(const struct leader *leader);

/** In the colours of the label. */
void leader_paint(const struct leader *leader, const struct text_look *look, struct canvas *canvas);

#endif
