/*
 * grid_lines.c - line numbers are counted, never added up: the hundredth line is as exact as the first.
 *
 * A family is what one CRS gives: the page's own, RD, or one zone of UTM between two latitudes. Its range is
 * somewhat more than what lies in the frame; what is too much is cut off.
 */
#include "render/grid/grid_lines.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "geo/utm.h"
#include "render/grid/grid_curve.h"
#include "render/grid/grid_lines_internal.h"
#include "render/grid/grid_spacing.h"

#define LINE_MAX 400   /* of a family in each direction; A0 has 50 */
#define LEAST_PX 0.5   /* a shorter piece is not seen */
#define RANGE_STEPS 12 /* at which the range of a family is looked at, each way */
#define RANGE_POINTS ((RANGE_STEPS + 1) * (RANGE_STEPS + 1))

void grid_lines_finish(struct grid_lines *lines)
{
    free(lines->items);
    free(lines->points_px);
    *lines = (struct grid_lines){0};
}

static bool is_same(const struct grid_line *a, const struct grid_line *b)
{
    return a->number == b->number && a->is_easting == b->is_easting && a->is_border == b->is_border &&
           utm_zone_equals(a->zone, b->zone);
}

bool grid_line_has_same_value(const struct grid_line *a, const struct grid_line *b)
{
    struct grid_line other = *b;
    if (!a->is_easting && a->zone.is_south == b->zone.is_south) {
        other.zone = a->zone;
    }
    return is_same(a, &other);
}

static void add_piece(const struct point *points, size_t count, double start, void *context)
{
    struct line_adder *adder = context;
    struct grid_lines *lines = adder->lines;
    const struct grid_place *place = adder->place;
    if (point_distance(points[0], points[count - 1]) < LEAST_PX) {
        return;
    }
    adder->line.first = lines->point_count;
    adder->line.count = count;
    lines->points_px = memory_resize(lines->points_px, lines->point_count + count, sizeof *lines->points_px);
    for (size_t i = 0; i < count; i++) {
        lines->points_px[lines->point_count++] = (struct point){fmin(fmax(points[i].x, 0), place->width_px),
                                                                fmin(fmax(points[i].y, 0), place->height_px)};
    }
    lines->items = memory_resize(lines->items, lines->count + 1, sizeof *lines->items);
    lines->items[lines->count++] = adder->line;
}

bool grid_lines_add(struct line_adder *adder, const struct grid_curve *curve, struct fault *fault)
{
    return grid_curve_follow(adder->place, curve, add_piece, adder, fault);
}

/** Meridians run together at a pole that is in the frame: most of them end a parallel before it. */
static void keep_off_pole(const struct grid_family *family, struct grid_curve *curve)
{
    bool is_quarter = fabs(remainder(curve->value, 90)) < 1e-9;
    if (family->crs->is_geographic && curve->is_easting && !is_quarter) {
        curve->from = curve->from <= -90 ? -90 + family->spacing_y : curve->from;
        curve->to = curve->to >= 90 ? 90 - family->spacing_y : curve->to;
    }
}

static double spacing_of(const struct grid_family *family, bool is_easting)
{
    return is_easting ? family->spacing_x : family->spacing_y;
}

/** Parts of a second are whole: the value of a degree is as exact as it can be. */
static double value_of(const struct grid_family *family, int64_t number, bool is_easting)
{
    double spacing = spacing_of(family, is_easting);
    if (!family->crs->is_geographic) {
        return (double)number * spacing;
    }
    return (double)number * round(spacing * GRID_SPACING_PARTS_PER_DEGREE) / GRID_SPACING_PARTS_PER_DEGREE;
}

static bool add_line(const struct grid_place *place, const struct grid_family *family, int64_t number,
                     bool is_easting, struct grid_lines *lines, struct fault *fault)
{
    struct bbox range = family->range;
    double value = value_of(family, number, is_easting);
    bool is_pole = family->crs->is_geographic && !is_easting && fabs(value) >= 90;
    if (is_pole) {
        return true;
    }
    struct grid_curve curve = {.crs = family->crs, .is_easting = is_easting, .value = value};
    curve.from = is_easting ? range.min_y : range.min_x;
    curve.to = is_easting ? range.max_y : range.max_x;
    curve.has_area = family->has_area;
    curve.area_deg = family->area_deg;
    keep_off_pole(family, &curve);
    bool wraps = family->crs->is_geographic && is_easting;
    struct line_adder adder = {
        place, lines, {.number = number, .is_easting = is_easting, .zone = family->zone}};
    adder.line.value = wraps ? remainder(value, 360) : value;
    return grid_lines_add(&adder, &curve, fault);
}

static bool add_direction(const struct grid_place *place, const struct grid_family *family, bool is_easting,
                          struct grid_lines *lines, struct fault *fault)
{
    double spacing = spacing_of(family, is_easting);
    double least = is_easting ? family->range.min_x : family->range.min_y;
    double most = is_easting ? family->range.max_x : family->range.max_y;
    int64_t first = llround(ceil(least / spacing - 1e-6));
    int64_t last = llround(floor(most / spacing + 1e-6));
    bool is_circle =
        family->crs->is_geographic && is_easting && (double)(last - first) * spacing >= 360 - 1e-9;
    last -= is_circle; /* its first and last meridian are one */
    for (int64_t number = first; number <= last && number < first + LINE_MAX; number++) {
        if (!add_line(place, family, number, is_easting, lines, fault)) {
            return false;
        }
    }
    return true;
}

bool grid_lines_add_family(const struct grid_place *place, const struct grid_family *family,
                           struct grid_lines *lines, struct fault *fault)
{
    lines->spacing_x = family->spacing_x;
    lines->spacing_y = family->spacing_y;
    return add_direction(place, family, true, lines, fault) &&
           add_direction(place, family, false, lines, fault);
}

bool grid_lines_plane_family(const struct grid_place *place, const struct crs *crs, struct bbox area_deg,
                             struct grid_family *family, struct fault *fault)
{
    struct bbox seen = bbox_intersection(area_deg, place->range_deg);
    struct point points[RANGE_POINTS];
    for (int i = 0; i < RANGE_POINTS; i++) {
        points[i] = (struct point){seen.min_x + bbox_width(seen) * (i % (RANGE_STEPS + 1)) / RANGE_STEPS,
                                   seen.min_y + bbox_height(seen) * (i / (RANGE_STEPS + 1)) / RANGE_STEPS};
    }
    if (!crs_transform(place->context, place->lon_lat, crs, points, RANGE_POINTS, fault)) {
        return false;
    }
    struct bbox range = bbox_of_points(points, RANGE_POINTS);
    double step = fmax(bbox_width(range), bbox_height(range)) / RANGE_STEPS;
    double spacing = grid_spacing_units(pixel_grid_scale_denominator(&place->px), crs->metres_per_unit);
    *family = (struct grid_family){.crs = crs,
                                   .range = bbox_is_empty(range) ? range : bbox_grow(range, step),
                                   .has_area = true,
                                   .area_deg = area_deg,
                                   .spacing_x = spacing,
                                   .spacing_y = spacing};
    return true;
}

static bool add_map_grid(const struct grid_place *place, struct grid_lines *lines, struct fault *fault)
{
    struct point far = pixel_grid_from_px(&place->px, (struct point){place->width_px, place->height_px});
    double scale = pixel_grid_scale_denominator(&place->px);
    double spacing = grid_spacing_units(scale, place->crs->metres_per_unit);
    struct grid_family family = {.crs = place->crs,
                                 .range = {place->px.origin.x, far.y, far.x, place->px.origin.y},
                                 .spacing_x = spacing,
                                 .spacing_y = spacing};
    return grid_lines_add_family(place, &family, lines, fault);
}

/** RDNAPTRANS2018: the validity of the correction grid. */
static const struct bbox rd_area_deg = {2, 50, 8, 56};

bool grid_lines_has_rd(const struct grid_place *place)
{
    return bbox_intersects(rd_area_deg, place->range_deg);
}

static bool add_rd_grid(const struct grid_place *place, struct grid_lines *lines, struct fault *fault)
{
    struct grid_family family;
    if (!grid_lines_has_rd(place)) {
        return true;
    }
    const struct crs *rd = crs_find(place->context, "EPSG:28992", fault);
    return rd && grid_lines_plane_family(place, rd, rd_area_deg, &family, fault) &&
           grid_lines_add_family(place, &family, lines, fault);
}

/** How long a degree is on paper in the middle of the frame, mm: of longitude and of latitude. */
static bool measure_degree(const struct grid_place *place, double mm[static 2], struct fault *fault)
{
    const double step_deg = 0.001;
    struct point centre = place->centre_deg;
    double north = centre.y > 89.9 ? -step_deg : step_deg;
    struct point points[3] = {centre, {centre.x + step_deg, centre.y}, {centre.x, centre.y + north}};
    if (!grid_place_to_px(place, place->lon_lat, points, 3, fault)) {
        return false;
    }
    mm[0] = point_distance(points[0], points[1]) / step_deg * SCALE_PIXEL_MM;
    mm[1] = point_distance(points[0], points[2]) / step_deg * SCALE_PIXEL_MM;
    return true;
}

bool grid_lines_graticule_spacing(const struct grid_place *place, double spacing_deg[static 2],
                                  struct fault *fault)
{
    double mm[2];
    if (!measure_degree(place, mm, fault)) {
        return false;
    }
    for (int i = 0; i < 2; i++) {
        spacing_deg[i] = (double)grid_spacing_angle(mm[i]) / GRID_SPACING_PARTS_PER_DEGREE;
    }
    return true;
}

static bool add_graticule(const struct grid_place *place, struct grid_lines *lines, struct fault *fault)
{
    double spacing_deg[2];
    if (!grid_lines_graticule_spacing(place, spacing_deg, fault)) {
        return false;
    }
    struct grid_family family = {.crs = place->lon_lat,
                                 .range = place->range_deg,
                                 .spacing_x = spacing_deg[0],
                                 .spacing_y = spacing_deg[1]};
    return grid_lines_add_family(place, &family, lines, fault);
}

bool grid_lines_find(const struct grid_place *place, enum grid_kind kind, struct grid_lines *lines,
                     struct fault *fault)
{
    *lines = (struct grid_lines){.kind = kind};
    bool is_found = false;
    switch (kind) {
    case GRID_RD:
        is_found = add_rd_grid(place, lines, fault);
        break;
    case GRID_UTM:
    case GRID_MGRS:
        is_found = grid_lines_add_utm(place, lines, fault);
        break;
    case GRID_GRATICULE:
        is_found = add_graticule(place, lines, fault);
        break;
    default:
        is_found = add_map_grid(place, lines, fault);
    }
    if (!is_found) {
        grid_lines_finish(lines);
    }
    return is_found;
}
