/*
 * lon_lat_box.c - a lattice of points is taken back to the earth. Between two of its points the earth bends
 * by less than they are apart, so the box around them is grown by the longest step.
 *
 * A straight step of E radians lies, in a projection that bends meridians or parallels, at most about E * E /
 * 8 beside the lon/lat box around its ends (a parallel at 45 degrees bends by half of that, and most
 * projections bend less); twice that is allowed for, and on the axis of longitude as much more as meridians
 * are closer.
 */
#include "render/scene/lon_lat_box.h"

#include <math.h>
#include <string.h>

#include "geo/crs.h"
#include "geo/pixel_grid.h"
#include "render/px_box.h"

#define LON_LAT "OGC:CRS84"
#define STEPS 12
#define EDGE (STEPS + 1)
#define POINTS (EDGE * EDGE)
#define MOST_LAT_DEG 89.0
#define WEB_MERCATOR_MOST_M 20037509.0 /* east and west of the middle: the antimeridian, rounded up */

static const struct bbox world_deg = {-180, -90, 180, 90};

/* What of a box can have places at all, where the image of the earth ends at the antimeridian. */
static struct bbox within_world(const struct crs *crs, struct bbox box)
{
    if (crs->is_geographic) {
        return bbox_intersection(box, world_deg);
    }
    if (strcmp(crs->code, "EPSG:3857") == 0) {
        return bbox_intersection(
            box, (struct bbox){-WEB_MERCATOR_MOST_M, -HUGE_VAL, WEB_MERCATOR_MOST_M, HUGE_VAL});
    }
    return box;
}

static void lay_lattice(struct bbox box, struct point points[static POINTS])
{
    for (int i = 0; i < POINTS; i++) {
        points[i] = (struct point){box.min_x + bbox_width(box) * (i % EDGE) / STEPS,
                                   box.min_y + bbox_height(box) * (i / EDGE) / STEPS};
    }
}

static int finite_count(const struct point points[static POINTS])
{
    int count = 0;
    for (int i = 0; i < POINTS; i++) {
        count += point_is_finite(points[i]);
    }
    return count;
}

/* The longest step between neighbours of the lattice, on each axis. */
static struct point longest_step(const struct point points[static POINTS])
{
    struct point step = {0, 0};
    for (int i = 0; i < POINTS; i++) {
        int neighbours[2] = {i % EDGE < STEPS ? i + 1 : i, i + EDGE < POINTS ? i + EDGE : i};
        for (int k = 0; k < 2; k++) {
            step.x = fmax(step.x, fabs(points[neighbours[k]].x - points[i].x));
            step.y = fmax(step.y, fabs(points[neighbours[k]].y - points[i].y));
        }
    }
    return step;
}

static bool sees_pole(struct crs_context *context, const struct crs *crs, const struct crs *lon_lat,
                      struct bbox box)
{
    struct point poles[2] = {{0, 90}, {0, -90}};
    if (crs->is_geographic || !crs_transform(context, lon_lat, crs, poles, 2, NULL)) {
        return false;
    }
    return bbox_contains_point(box, poles[0]) || bbox_contains_point(box, poles[1]);
}

/* Around a lattice whose points all are on earth. */
static struct bbox box_around(const struct point points[static POINTS])
{
    struct bbox box = bbox_of_points(points, POINTS);
    struct point step = longest_step(points);
    if (bbox_width(box) > 180) {
        box.min_x = world_deg.min_x;
        box.max_x = world_deg.max_x;
    }
    return (struct bbox){box.min_x - step.x, box.min_y - step.y, box.max_x + step.x, box.max_y + step.y};
}

static bool keeps_axes_straight(const struct crs *crs)
{
    return crs->is_geographic || strcmp(crs->code, "EPSG:3857") == 0;
}

static struct bbox grown_for_steps(struct bbox box, double longest_step_deg)
{
    double step_rad = longest_step_deg * M_PI / 180;
    double beside_deg = step_rad * step_rad / 4 * 180 / M_PI;
    double most_lat_deg = fmin(fmax(fabs(box.min_y), fabs(box.max_y)) + beside_deg, MOST_LAT_DEG);
    double beside_lon_deg = beside_deg / cos(most_lat_deg * M_PI / 180);
    struct bbox grown = {box.min_x - beside_lon_deg, box.min_y - beside_deg, box.max_x + beside_lon_deg,
                         box.max_y + beside_deg};
    if (grown.min_x < world_deg.min_x || grown.max_x > world_deg.max_x) { /* there the other side begins */
        grown.min_x = world_deg.min_x;
        grown.max_x = world_deg.max_x;
    }
    return grown;
}

/* Nothing of the lattice is on earth: is nothing of the CRS' area in the box either? */
static bool is_off_area(struct crs_context *context, const struct crs *crs, const struct crs *lon_lat,
                        struct bbox box)
{
    struct bbox area;
    return crs_transform_bbox(context, lon_lat, crs, crs->area_deg, &area, NULL) &&
           !bbox_intersects(area, box);
}

bool lon_lat_box_of(struct crs_context *context, const struct pixel_grid *grid, struct bbox box_px,
                    double longest_step_deg, struct bbox *lon_lat_deg, struct fault *fault)
{
    struct point points[POINTS];
    const struct crs *crs = crs_find(context, grid->crs_code, fault);
    const struct crs *lon_lat = crs ? crs_find(context, LON_LAT, fault) : NULL;
    if (!lon_lat) {
        return false;
    }
    *lon_lat_deg = bbox_empty();
    struct bbox box = within_world(crs, px_box_to_crs(grid, box_px));
    if (bbox_is_empty(box)) {
        return true;
    }
    lay_lattice(box, points);
    if (!crs_transform(context, crs, lon_lat, points, POINTS, fault)) {
        return false;
    }
    int count = finite_count(points);
    if (count == POINTS && !sees_pole(context, crs, lon_lat, box)) {
        *lon_lat_deg = box_around(points);
        if (!keeps_axes_straight(crs)) {
            *lon_lat_deg = grown_for_steps(*lon_lat_deg, longest_step_deg);
        }
    } else if (count > 0 || !is_off_area(context, crs, lon_lat, box)) {
        *lon_lat_deg = world_deg;
    }
    return true;
}
