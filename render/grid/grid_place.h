/*
 * grid_place.h - the map frame that grids lie over, and where its px lie in the world.
 *
 * Px of the frame are 0.28 mm of paper; (0, 0) is its north-west corner, y goes downward.
 */
#ifndef RENDER_GRID_GRID_PLACE_H
#define RENDER_GRID_GRID_PLACE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct crs;
struct crs_context;
struct fault;

struct grid_place {
    struct crs_context *context; /* borrowed */
    const struct crs *crs;       /* of the page */
    const struct crs *lon_lat;   /* OGC:CRS84 */
    struct pixel_grid px;
    double width_px;
    double height_px;
    struct point centre_deg; /* of the frame */
    /** What of the world lies in the frame, and a little more. Longitudes are within 180 of the centre's. */
    struct bbox range_deg;
};

/**
 * Looks where the frame lies.
 * OUTSIDE: its centre has no longitude and latitude.
 */
bool grid_place_find(struct crs_context *context, const struct crs *crs, const struct pixel_grid *px,
                     double width_px, double height_px, struct grid_place *place, struct fault *fault);

/** From CRS units of the page, and to. Points without an image become NaN. */
bool grid_place_to_px(const struct grid_place *place, const struct crs *from, struct point *points,
                      size_t count, struct fault *fault);
bool grid_place_from_px(const struct grid_place *place, const struct crs *to, struct point *points,
                        size_t count, struct fault *fault);

/** A longitude as it stands nearest to that of the centre. */
double grid_place_near_lon(const struct grid_place *place, double lon_deg);

#endif
