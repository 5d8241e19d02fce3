/*
 * district.h - the squares of a zoom in which everything is decided, each on its own.
 *
 * A zoom level of a tile matrix set is cut into squares of district_edge_px(), the first at (0, 0) of its
 * pixel space. Each has a scene and a placement of its own (scene.h, placement.h), so a picture costs what
 * lies around it, and a change the districts that it touches, however large the plot. A view with a frame has
 * one district, its frame; one of a grid that is of no tile matrix set has one without bounds.
 *
 * Nothing of a mosaic is cut where two districts meet, because they agree there without knowing each other:
 *
 *  - What a symbol looks like depends on the symbols around it only, and never on a chain of decisions
 *    (placement.h), so both find the same when they take all points within district_margin_px(), or within
 *    district_small_margin_px() where none has numbers beside it. Symbols may stand across the border, and
 *    are painted from both sides.
 *  - A label, or a text along a line, stands whole in one district: that of the place it belongs to. So those
 *    of two districts cannot touch. A line that runs through several may be named in each of them.
 *  - Labels of layers may stand across a border. They ask every district that they touch (plot_room.h).
 */
#ifndef RENDER_DISTRICT_H
#define RENDER_DISTRICT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct map_view;
struct renderer;

/** How far the ink of a symbol of the 1x picture may reach from its place, without and with its numbers. */
#define DISTRICT_SYMBOL_REACH_PX 48.0
#define DISTRICT_NUMBERS_REACH_PX 112.0

/** How far the paint of a line or of the edge of an area may reach from it, at most. */
#define DISTRICT_LINE_REACH_PX 320.0

#define DISTRICT_MOST_PX 2048.0 /* the largest edge, a multiple of all; whole blocks of a picture */

/**
 * The edge of a district, px: 2048, and 1024 at scales finer than 1:150,000. Coarse zooms have so much in a
 * square that four small ones would decide most of it several times over, as each looks around itself; fine
 * ones have little, and the first picture of a district should not wait for more than its own.
 */
double district_edge_px(const struct map_view *view);

/** The districts that a box touches, row by row. */
struct districts {
    double edge_px;
    struct bbox only; /* of a view with one district */
    bool is_only;
    int64_t first_column;
    int64_t first_row;
    size_t column_count;
    size_t row_count;
};

/** Sharing an edge is not touching. A box without size touches the district that it lies in. */
struct districts districts_touched(struct renderer *renderer, const struct map_view *view,
                                   struct bbox box_px);
size_t districts_count(const struct districts *districts);

/** Its box, px; without bounds it is empty. */
struct bbox districts_at(const struct districts *districts, size_t index);

/** The district around a box that lies within one. */
struct bbox district_around(struct renderer *renderer, const struct map_view *view, struct bbox box_px);

/** Does a place belong to the district? A place belongs to one district only. */
bool district_holds(struct bbox district, struct point place_px);

/** Does something that must stand whole in the district do so? */
bool district_contains(struct bbox district, struct bbox box_px);

/** What of a box lies in the district. */
struct bbox district_part(struct bbox district, struct bbox box_px);

/** Where its texts stand whole: no tile shows what lies beyond the tile matrix. A district that lies there
 * altogether is left as it is. */
struct bbox district_of_texts(struct renderer *renderer, const struct map_view *view, struct bbox district);

/** How far around a district symbols matter to it: see placement.h. */
double district_margin_px(const struct map_view *view);

/** The same where no symbol has numbers beside it that may reach into the district: least at scales that ask
 * for dots, where a square has most features. */
double district_small_margin_px(const struct map_view *view);

#endif
