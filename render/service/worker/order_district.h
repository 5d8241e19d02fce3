/*
 * order_district.h - which district (render/scene/district.h) an order is about.
 *
 * Whoever draws the first picture of a district makes its scene and placement, which may take far longer than
 * the picture: the next ones are best drawn where that was done.
 */
#ifndef RENDER_SERVICE_ORDER_DISTRICT_H
#define RENDER_SERVICE_ORDER_DISTRICT_H

#include <stdint.h>

struct order;
struct order_tile;
struct palette_wish;
struct tile_matrix_set;
struct tile_matrix_sets;

/**
 * A number for the district in which the middle of a tile lies, of its map and palette; 0: none, because the
 * order is no picture of a tile. Revision and moment are no part of it: a district of an earlier state is
 * brought up to date sooner than it is made.
 */
uint64_t order_district(const struct order *order, const struct tile_matrix_sets *sets);

/** The same of a tile, of whatever revision; 0 when it is no picture. set may be NULL: 0. */
uint64_t order_district_of(const char *map, const struct palette_wish *palette,
                           const struct tile_matrix_set *set, const struct order_tile *tile);

/** The worker that draws a district which nobody has yet, if it has nothing else to do: 0 … worker_count - 1.
 */
int order_district_home(uint64_t district, int worker_count);

/** How many tiles of this size a district of their zoom has each way. */
uint32_t order_district_side(const struct tile_matrix_set *set, uint32_t zoom, uint16_t tile_size_px);

#endif
