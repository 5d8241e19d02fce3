/*
 * crs.h - coordinate reference systems and the ways between them.
 *
 * One rule for axes: all coordinates are x east, y north, of a CRS that is north first by
 * its definition (EPSG:4326, EPSG:3035) too.
 *
 * Geographic coordinates are taken as ETRS89. RD New (EPSG:28992) goes through the
 * RDNAPTRANS2018 correction grid with an explicit pipeline, Belgian Lambert 72 through
 * its NTv2 grid, the rest as PROJ sees fit. Without the grid RD is up to 0.25 m off, and
 * crs_context_has_rd_grid() says so.
 */
#ifndef GEO_CRS_H
#define GEO_CRS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/point.h"

struct fault;
struct crs_context; /* one thread's door to PROJ: definitions and transformations, made once and kept */

struct crs {
    char code[32];          /* "EPSG:28992", "OGC:CRS84" */
    char name[128];         /* "Amersfoort / RD New" */
    char uri[80];           /* "http://www.opengis.net/def/crs/EPSG/0/28992" */
    bool is_geographic;     /* units are degrees, else linear */
    bool is_north_first;    /* by its definition: standards then write y before x. Nobody here does */
    double metres_per_unit; /* 1 for metres; 111319.4907932264 (OGC) for degrees */
    struct bbox area_deg;   /* area of use, lon/lat degrees */
};

/**
 * @param grid_folder where nl_nsgi_*.tif and be_ign_*.tif stand; NULL searches PROJ's own folders only
 * @return owned, crs_context_free(); belongs to one thread. NULL on fault.
 */
struct crs_context *crs_context_new(const char *grid_folder, struct fault *fault);
void crs_context_free(struct crs_context *context);
bool crs_context_has_rd_grid(const struct crs_context *context);

/**
 * Finds a CRS by "EPSG:28992", "28992", "CRS84", "OGC:CRS84", "CRS:84", "[EPSG:28992]", URN or URI.
 * @return borrowed until the context is freed; the same pointer each time. NULL: NOT_FOUND or INPUT.
 */
const struct crs *crs_find(struct crs_context *context, const char *code, struct fault *fault);

/**
 * Moves points from one CRS into another, in place. A point without an image becomes NaN, NaN;
 * the other points are still moved.
 * @return false only when no transformation exists at all
 */
bool crs_transform(struct crs_context *context, const struct crs *from, const struct crs *to,
                   struct point *points, size_t count, struct fault *fault);

/**
 * The box around the image of a box, edges followed in 21 steps (a pole inside it is not seen). OUTSIDE when
 * nothing of it has an image.
 */
bool crs_transform_bbox(struct crs_context *context, const struct crs *from, const struct crs *to,
                        struct bbox box, struct bbox *image, struct fault *fault);

/**
 * Degrees clockwise from grid north to true north at a place (lon/lat degrees): minus meridian convergence.
 */
bool crs_true_north_deg(struct crs_context *context, const struct crs *crs, struct point lon_lat_deg,
                        double *angle_deg, struct fault *fault);

/** What the CRS is, as WKT 1 in the words of GDAL, for those who do not know its code. Owned. */
char *crs_wkt(struct crs_context *context, const struct crs *crs, struct fault *fault);

/**
 * Moves points of a projected CRS to longitude and latitude on the datum that it has itself (of RD New:
 * Bessel's ellipsoid), in place: nothing but its projection, backwards.
 */
bool crs_to_own_degrees(struct crs_context *context, const struct crs *crs, struct point *points,
                        size_t count, struct fault *fault);

#endif
