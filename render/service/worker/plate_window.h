/*
 * plate_window.h - which box of which CRS a map of OGC API Maps shows, and on how many dots: what was asked
 * for, and defaults for the rest (OGC 20-058, 6.6, the table for "Subsetting" with "Scaling").
 */
#ifndef RENDER_SERVICE_PLATE_WINDOW_H
#define RENDER_SERVICE_PLATE_WINDOW_H

#include <stdbool.h>

#include "geo/bbox.h"

struct crs;
struct crs_context;
struct fault;
struct order_plate;

struct plate_window {
    const struct crs *crs; /* borrowed from the context */
    struct point centre;   /* x east */
    double units_per_px_x; /* of the CRS, to a dot of the picture */
    double units_per_px_y; /* differs only where a box was to be pressed into another shape */
    int width_px;
    int height_px;
};

/** What the region is in the CRS of the map. */
struct plate_place {
    const struct crs *crs;
    struct bbox box;     /* the region; of a centre: the map's extent around it */
    double units_per_px; /* as the scale asks for; 0: no scale was given */
};

/**
 * @param extent_deg of the map
 * INPUT: no such CRS, a box without size. OUTSIDE: it has no place in the CRS.
 */
bool plate_place_find(struct crs_context *context, const struct order_plate *plate, struct bbox extent_deg,
                      struct plate_place *place, struct fault *fault);

/** A map without anything around it. LIMIT: more dots than are allowed. */
bool plate_window_find(const struct order_plate *plate, const struct plate_place *place,
                       struct plate_window *window, struct fault *fault);

/** How large a picture is whose map is only a part of it. A box at a scale: 0, for it follows from the map.
 */
void plate_window_size(const struct order_plate *plate, int *width_px, int *height_px);

/** The window of a map that has so many dots of a picture, not always whole ones. */
struct plate_window plate_window_within(const struct order_plate *plate, const struct plate_place *place,
                                        double width_px, double height_px);

bool plate_window_check(int width_px, int height_px, struct fault *fault);

struct bbox plate_window_box(const struct plate_window *window);
bool plate_window_is_square(const struct plate_window *window);

#endif
