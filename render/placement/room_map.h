/*
 * room_map.h - where in a crowd there may be room for a label of some size.
 *
 * Made once of all that stands there. Whoever looks for places among thousands learns of most of them at once
 * that something stands there.
 */
#ifndef RENDER_ROOM_MAP_H
#define RENDER_ROOM_MAP_H

#include <stdbool.h>

#include "geo/bbox.h"

struct box_grid;
struct room_map;

/** @return owned. NULL when the bounds are empty or too large for it */
struct room_map *room_map_new(const struct box_grid *taken, struct bbox bounds_px);
void room_map_free(struct room_map *map);

/** False when one of the boxes is sure to stand in a room. True may be wrong. */
bool room_map_may_have(struct room_map *map, struct bbox room_px);

/** False when one of the boxes is sure to stand in every room so large within a box. */
bool room_map_may_have_within(struct room_map *map, double width_px, double height_px, struct bbox box_px);

#endif
