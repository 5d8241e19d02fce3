/*
 * area_template.h - shapes that follow from a few numbers: a plume, rings.
 *
 * They are expanded when a feature comes in; the numbers are kept with the feature so that it can be
 * edited again. On the sphere of radius 6371008.8 m around the source, in degrees.
 */
#ifndef SYMBOLOGY_AREA_TEMPLATE_H
#define SYMBOLOGY_AREA_TEMPLATE_H

#include <stdbool.h>

#include "geo/point.h"

struct fault;
struct shape;

enum area_template_kind { TEMPLATE_NONE, TEMPLATE_PLUME, TEMPLATE_RINGS };

#define TEMPLATE_RING_MAX 8

struct area_template {
    enum area_template_kind kind;
    struct point source;               /* lon, lat degrees */
    double bearing_deg;                /* plume: where it goes, clockwise from true north */
    double opening_deg;                /* plume: whole angle, 1 … 360 */
    double length_m;                   /* plume: 1 … 200,000 */
    double source_radius_m;            /* plume: width of the source, 0 … length */
    double radii_m[TEMPLATE_RING_MAX]; /* rings: growing, 1 … 200,000 */
    int radius_count;
};

bool area_template_check(const struct area_template *area_template, struct fault *fault);

/** A polygon (plume) or one polygon a ring (multi). Owned, shape_free(). */
struct shape *area_template_expand(const struct area_template *area_template);

#endif
