/*
 * grid_place.c - the frame is looked at in a mesh of points. Between them nothing is known, so the range
 * grows by the distance between two of them; lines that then turn out to lie outside are cut away.
 */
#include "render/grid/grid_place.h"

#include <math.h>

#include "geo/base/fault.h"
#include "geo/crs.h"

#define MESH 24
#define MESH_POINTS ((MESH + 1) * (MESH + 1))
#define METRES_PER_DEGREE 111000.0

bool grid_place_to_px(const struct grid_place *place, const struct crs *from, struct point *points,
                      size_t count, struct fault *fault)
{
    if (!crs_transform(place->context, from, place->crs, points, count, fault)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        points[i] = pixel_grid_to_px(&place->px, points[i]);
    }
    return true;
}

bool grid_place_from_px(const struct grid_place *place, const struct crs *to, struct point *points,
                        size_t count, struct fault *fault)
{
    for (size_t i = 0; i < count; i++) {
        points[i] = pixel_grid_from_px(&place->px, points[i]);
    }
    return crs_transform(place->context, place->crs, to, points, count, fault);
}

double grid_place_near_lon(const struct grid_place *place, double lon_deg)
{
    return place->centre_deg.x + remainder(lon_deg - place->centre_deg.x, 360);
}

static bool has_pole(const struct grid_place *place, double lat_deg)
{
    struct point pole = {place->centre_deg.x, lat_deg};
    struct bbox frame = {0, 0, place->width_px, place->height_px};
    return grid_place_to_px(place, place->lon_lat, &pole, 1, NULL) && bbox_contains_point(frame, pole);
}

static void grow_range(struct grid_place *place)
{
    struct bbox *range = &place->range_deg;
    double step_px = fmax(place->width_px, place->height_px) / MESH;
    double step_deg = step_px * place->px.units_per_px * place->px.metres_per_unit / METRES_PER_DEGREE;
    range->min_y = has_pole(place, -90) ? -90 : fmax(range->min_y - step_deg, -90);
    range->max_y = has_pole(place, 90) ? 90 : fmin(range->max_y + step_deg, 90);
    double widest = fmax(fabs(range->min_y), fabs(range->max_y));
    double step_lon_deg = step_deg / fmax(cos(widest * M_PI / 180), 1e-6);
    bool is_all_around = widest == 90 || bbox_width(*range) + 2 * step_lon_deg >= 360;
    range->min_x = is_all_around ? place->centre_deg.x - 180 : range->min_x - step_lon_deg;
    range->max_x = is_all_around ? place->centre_deg.x + 180 : range->max_x + step_lon_deg;
}

static bool find_range(struct grid_place *place, struct fault *fault)
{
    struct point points[MESH_POINTS];
    for (int i = 0; i < MESH_POINTS; i++) {
        points[i] =
            (struct point){i % (MESH + 1) * place->width_px / MESH, i / (MESH + 1) * place->height_px / MESH};
    }
    if (!grid_place_from_px(place, place->lon_lat, points, MESH_POINTS, fault)) {
        return false;
    }
    for (int i = 0; i < MESH_POINTS; i++) {
        points[i].x = grid_place_near_lon(place, points[i].x);
    }
    place->range_deg = bbox_of_points(points, MESH_POINTS);
    grow_range(place);
    return true;
}

bool grid_place_find(struct crs_context *context, const struct crs *crs, const struct pixel_grid *px,
                     double width_px, double height_px, struct grid_place *place, struct fault *fault)
{
    *place = (struct grid_place){
        .context = context, .crs = crs, .px = *px, .width_px = width_px, .height_px = height_px};
    place->lon_lat = crs_find(context, "OGC:CRS84", fault);
    place->centre_deg = (struct point){width_px / 2, height_px / 2};
    if (!place->lon_lat || !grid_place_from_px(place, place->lon_lat, &place->centre_deg, 1, fault)) {
        return false;
    }
    if (!point_is_finite(place->centre_deg)) {
        fault_set(fault, FAULT_OUTSIDE, "the middle of the map has no place in %s", crs->code);
        return false;
    }
    return find_range(place, fault);
}
