/*
 * crs_way.h - the way of a plot's features from longitude and latitude to a CRS, and how far it leads.
 */
#ifndef RENDER_CRS_WAY_H
#define RENDER_CRS_WAY_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/point.h"

struct crs;
struct crs_context;
struct fault;

struct crs_way {
    struct crs_context *context; /* borrowed, and so is what follows */
    const struct crs *lon_lat;
    const struct crs *crs;
    double turn_units; /* once round the world (world_turn.h); 0: it does not run on */
    struct bbox
        usable_deg; /* beyond it images tear or fold; its edges lie outside of the CRS' tile matrices */
};

/** False on fault: an unknown CRS. */
bool crs_way_find(struct crs_context *context, const char *crs_code, struct crs_way *way,
                  struct fault *fault);

/** Moves points, in place. Longitudes beyond ±180 come to lie beyond the edge of a world that runs on. A
 * point without an image becomes NaN. False on fault: no way leads there. */
bool crs_way_points(const struct crs_way *way, struct point *points, size_t count, struct fault *fault);

#endif
