/*
 * plate_ground.h - what lies under a map of OGC API Maps: its own background, a colour or nothing, and
 * another where the CRS has no place on Earth (20-058, requirements class "Background").
 */
#ifndef RENDER_SERVICE_PLATE_GROUND_H
#define RENDER_SERVICE_PLATE_GROUND_H

#include <stdbool.h>

#include "symbology/colour.h"

struct crs_context;
struct image;
struct map;
struct order_plate;
struct plate_window;

/** The colour under a map, not to be seen through unless alpha is 0: what a map's own lacks is white. */
struct colour plate_ground_colour(const struct order_plate *plate, const struct map *map);

/** Is there a place in the window that is none on Earth, and does something else lie there? */
bool plate_ground_is_parted(struct crs_context *context, const struct order_plate *plate,
                            const struct plate_window *window, const struct map *map);

/**
 * Lays both under a picture of the window that was painted upon nothing. The picture has the window's shape,
 * on any number of dots.
 */
void plate_ground_lay(struct crs_context *context, const struct order_plate *plate,
                      const struct plate_window *window, const struct map *map, struct image *image);

#endif
