/*
 * tile_picture.h - the picture of one tile in the form that was asked for.
 */
#ifndef RENDER_TILE_PICTURE_H
#define RENDER_TILE_PICTURE_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/pixel_grid.h"
#include "geo/tile_matrix_set.h"
#include "render/encode/tile_form.h"

struct fault;
struct image;
struct map;
struct map_view;
struct renderer;
struct report;

/**
 * Is there such a tile of the map? OUTSIDE names the range of addresses, and the zooms that have tiles of 512
 * px; INPUT says that a map whose background is not opaque has no JPEG.
 */
bool tile_picture_check(const struct map *map, const struct tile_matrix_set *set, struct tile_address address,
                        struct tile_form form, struct fault *fault);

/** The pixel space that a tile of this size is drawn in: that of its zoom, for 512 px that of the next. */
struct pixel_grid tile_picture_grid(const struct tile_matrix_set *set, uint32_t zoom, uint16_t size_px);

/**
 * Draws a tile that has been checked; not TILE_MVT. That of 512 px equals the four of 256 px that lie in it.
 * @param view  its grid must be tile_picture_grid()
 * @return owned, image_free(); NULL on fault
 */
struct image *tile_picture_render(struct renderer *renderer, const struct map_view *view,
                                  struct tile_address address, struct tile_form form, struct report *report,
                                  struct fault *fault);

#endif
