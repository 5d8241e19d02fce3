/*
 * grid_lines_utm.c - each zone has a CRS of its own. A border is drawn where the zone on its other side is
 * another one: meridians, and at 56, 64 and 72 degrees north stretches of parallels.
 */
#include <math.h>

#include "geo/crs.h"
#include "geo/utm.h"
#include "render/grid/grid_curve.h"
#include "render/grid/grid_lines_internal.h"

#define LOOKS 25            /* at the frame, each way */
#define BORDER_STEP_DEG 3.0 /* every border of a zone lies on such a meridian */

/** A stretch of a zone as it lies nearest to the frame. @return does it touch the frame's range? */
static bool bring_near(const struct grid_place *place, struct bbox *box_deg)
{
    for (int turn = -1; turn <= 1; turn++) {
        struct bbox moved = *box_deg;
        moved.min_x += 360 * turn;
        moved.max_x += 360 * turn;
        struct bbox common = bbox_intersection(moved, place->range_deg);
        if (!bbox_is_empty(common) && bbox_width(common) > 0 && bbox_height(common) > 0) {
            *box_deg = moved;
            return true;
        }
    }
    return false;
}

/** The frame's range is a box around it: whether a zone that touches it is seen, is asked in a mesh. */
bool grid_lines_has_zone(const struct grid_place *place, const struct utm_part *part)
{
    struct bbox box = part->box_deg;
    if (!bring_near(place, &box)) {
        return false;
    }
    for (int i = 0; i < LOOKS * LOOKS; i++) {
        struct point at = {i % LOOKS * place->width_px / (LOOKS - 1),
                           i / LOOKS * place->height_px / (LOOKS - 1)};
        bool is_found = grid_place_from_px(place, place->lon_lat, &at, 1, NULL);
        at.x = grid_place_near_lon(place, at.x);
        if (is_found && bbox_contains_point(box, at)) {
            return true;
        }
    }
    return false;
}

static bool add_zone(const struct grid_place *place, const struct utm_part *part, struct grid_lines *lines,
                     struct fault *fault)
{
    char code[32];
    struct grid_family family;
    const struct crs *crs = crs_find(place->context, utm_crs_code(part->zone, code), fault);
    if (!crs || !grid_lines_plane_family(place, crs, part->box_deg, &family, fault)) {
        return false;
    }
    family.zone = part->zone;
    return bbox_is_empty(family.range) || grid_lines_add_family(place, &family, lines, fault);
}

static bool add_border(const struct grid_place *place, struct grid_curve curve, struct grid_lines *lines,
                       struct fault *fault)
{
    struct line_adder adder = {place, lines, {.is_border = true, .is_easting = curve.is_easting}};
    curve.crs = place->lon_lat;
    adder.line.value = curve.value;
    return grid_lines_add(&adder, &curve, fault);
}

static int zone_near(double lon_deg, double lat_deg)
{
    return utm_zone_of((struct point){remainder(lon_deg, 360), lat_deg}).number;
}

/** The south edge of a stretch, as far as another zone, or none, lies below it; and the north edge above
 * none. */
static bool add_parallels(const struct grid_place *place, const struct utm_part *part,
                          struct grid_lines *lines, struct fault *fault)
{
    struct bbox box = part->box_deg;
    double tops[2] = {box.min_y, box.max_y};
    for (int edge = 0; edge < 2; edge++) {
        double beyond = tops[edge] + (edge == 0 ? -1e-6 : 1e-6);
        for (double west = box.min_x; west < box.max_x; west += BORDER_STEP_DEG) {
            int other = zone_near(west + BORDER_STEP_DEG / 2, beyond);
            bool is_border = edge == 0 ? other != part->zone.number : other == 0;
            struct grid_curve curve = {.value = tops[edge], .from = west, .to = west + BORDER_STEP_DEG};
            if (is_border && !add_border(place, curve, lines, fault)) {
                return false;
            }
        }
    }
    return true;
}

static bool add_borders(const struct grid_place *place, const struct utm_part *part, struct grid_lines *lines,
                        struct fault *fault)
{
    struct bbox box = part->box_deg;
    struct grid_curve west = {.is_easting = true, .value = box.min_x, .from = box.min_y, .to = box.max_y};
    west.from = fmax(west.from, place->range_deg.min_y);
    west.to = fmin(west.to, place->range_deg.max_y);
    return add_border(place, west, lines, fault) && add_parallels(place, part, lines, fault);
}

bool grid_lines_add_utm(const struct grid_place *place, struct grid_lines *lines, struct fault *fault)
{
    struct utm_part parts[UTM_PART_MAX];
    size_t count = utm_parts(parts);
    for (size_t i = 0; i < count; i++) {
        if (!bring_near(place, &parts[i].box_deg)) {
            continue;
        }
        if (!add_zone(place, &parts[i], lines, fault) || !add_borders(place, &parts[i], lines, fault)) {
            return false;
        }
    }
    return true;
}
