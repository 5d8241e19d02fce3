/*
 * plate_window.c - the scale of a map is that of its middle: where the CRS stretches lengths there by more
 * than 2 %, as web mercator does, its units are not taken for metres.
 */
#include "render/service/worker/plate_window.h"

#include <math.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "geo/sphere.h"
#include "render/service/worker/order_plate.h"

#define LONG_SIDE_PX 1024 /* when nothing is said of the size */
#define SHORT_SIDE_PX 768
#define MOST_STRETCH 0.02
#define SHAPE_MOST 10.0 /* that a box may be pressed together */

static const struct crs *find(struct crs_context *context, const char *code, struct fault *fault)
{
    const struct crs *crs = crs_find(context, code, fault);
    if (!crs && fault->code == FAULT_NOT_FOUND) {
        fault->code = FAULT_INPUT; /* it is the map that the address names */
    }
    return crs;
}

/** The region's numbers, x east first. */
static void turn(const struct order_plate *plate, const struct crs *crs, double numbers[static 4])
{
    bool is_turned = crs->is_north_first && !plate->is_x_first;
    for (int i = 0; i < 4; i++) {
        numbers[i] = plate->numbers[is_turned ? i ^ 1 : i];
    }
}

static bool check_box(struct bbox box, struct fault *fault)
{
    if (bbox_is_finite(box) && bbox_width(box) > 0 && bbox_height(box) > 0) {
        return true;
    }
    fault_set(fault, FAULT_INPUT, "the box must have a width and a height: lower corner, then upper corner");
    return false;
}

static bool check_degrees(const struct crs *crs, struct bbox box, struct fault *fault)
{
    bool is_outside =
        crs->is_geographic && (box.max_y <= -90 || box.min_y >= 90 || box.max_x <= -180 || box.min_x >= 180);
    if (is_outside) {
        fault_set(
            fault, FAULT_OUTSIDE,
            "the box lies outside of the world: latitudes are -90 to 90, longitudes -180 to 180, and a box "
            "across the antimeridian begins east and ends west, such as 170 to -170");
    }
    return !is_outside;
}

static bool move_box(struct crs_context *context, const struct crs *from, const struct crs *to,
                     struct bbox *box, struct fault *fault)
{
    return from == to || (crs_transform_bbox(context, from, to, *box, box, fault) && check_box(*box, fault));
}

/** Open sides end where the map does. */
static bool close_sides(struct crs_context *context, const struct order_plate *plate, struct bbox extent_deg,
                        const struct crs *crs, double numbers[static 4], struct fault *fault)
{
    const struct crs *lon_lat = find(context, "OGC:CRS84", fault);
    if (!lon_lat || !move_box(context, lon_lat, crs, &extent_deg, fault)) {
        return false;
    }
    const double ends[4] = {extent_deg.min_x, extent_deg.min_y, extent_deg.max_x, extent_deg.max_y};
    for (int i = 0; i < 4; i++) {
        numbers[i] = plate->is_open[i] ? ends[i] : numbers[i]; /* only where x is first */
    }
    return true;
}

/** A box of degrees may cross the antimeridian: then it ends east of it. */
static bool read_box(struct crs_context *context, const struct order_plate *plate, struct bbox extent_deg,
                     const struct crs *crs, struct bbox *box, struct fault *fault)
{
    double numbers[4];
    turn(plate, crs, numbers);
    bool is_open = plate->is_open[0] || plate->is_open[1] || plate->is_open[2] || plate->is_open[3];
    if (is_open && !close_sides(context, plate, extent_deg, crs, numbers, fault)) {
        return false;
    }
    *box = (struct bbox){numbers[0], numbers[1], numbers[2], numbers[3]};
    if (crs->is_geographic && box->min_x > box->max_x) {
        box->max_x += 360;
    }
    return check_box(*box, fault) && check_degrees(crs, *box, fault);
}

static bool move_centre(struct crs_context *context, const struct order_plate *plate, const struct crs *to,
                        struct bbox *box, struct fault *fault)
{
    double numbers[4];
    const struct crs *from = find(context, plate->region_crs, fault);
    if (!from) {
        return false;
    }
    turn(plate, from, numbers);
    struct point centre = {numbers[0], numbers[1]};
    if (from != to && !crs_transform(context, from, to, &centre, 1, fault)) {
        return false;
    }
    if (!point_is_finite(centre)) {
        fault_set(fault, FAULT_INPUT, "the centre has no place in %s", to->code);
        return false;
    }
    double half_width = bbox_width(*box) / 2;
    double half_height = bbox_height(*box) / 2;
    *box = (struct bbox){centre.x - half_width, centre.y - half_height, centre.x + half_width,
                         centre.y + half_height};
    return true;
}

static bool find_box(struct crs_context *context, const struct order_plate *plate, struct bbox extent_deg,
                     const struct crs *to, struct bbox *box, struct fault *fault)
{
    if (plate->region == PLATE_REGION_BOX) {
        const struct crs *from = find(context, plate->region_crs, fault);
        return from && read_box(context, plate, extent_deg, from, box, fault) &&
               move_box(context, from, to, box, fault);
    }
    const struct crs *lon_lat = find(context, "OGC:CRS84", fault);
    *box = extent_deg;
    return lon_lat && move_box(context, lon_lat, to, box, fault) &&
           (plate->region == PLATE_REGION_ALL || move_centre(context, plate, to, box, fault));
}

/** Metres to a unit northward, in the middle of the map. */
static double true_metres(struct crs_context *context, const struct crs *crs, struct point centre)
{
    double step = 100 / crs->metres_per_unit;
    struct point points[2] = {{centre.x, centre.y - step / 2}, {centre.x, centre.y + step / 2}};
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", NULL);
    if (!lon_lat || !crs_transform(context, crs, lon_lat, points, 2, NULL) || !point_is_finite(points[0]) ||
        !point_is_finite(points[1])) {
        return crs->metres_per_unit;
    }
    double length_m = sphere_distance_m(points[0], points[1]);
    bool is_stretched = fabs(length_m / 100 - 1) > MOST_STRETCH;
    return is_stretched && length_m > 0 ? length_m / step : crs->metres_per_unit;
}

bool plate_place_find(struct crs_context *context, const struct order_plate *plate, struct bbox extent_deg,
                      struct plate_place *place, struct fault *fault)
{
    *place = (struct plate_place){.crs = find(context, plate->crs_code, fault)};
    if (!place->crs || !find_box(context, plate, extent_deg, place->crs, &place->box, fault)) {
        return false;
    }
    if (plate->scale_denominator > 0) {
        double metres = true_metres(context, place->crs, bbox_centre(place->box));
        place->units_per_px = plate->scale_denominator * plate->mm_per_px / 1000 / metres;
    }
    return true;
}

bool plate_window_check(int width_px, int height_px, struct fault *fault)
{
    bool is_small =
        width_px >= 1 && height_px >= 1 && width_px <= PLATE_SIDE_MOST_PX && height_px <= PLATE_SIDE_MOST_PX;
    if (!is_small || (double)width_px * height_px > PLATE_DOTS_MOST) {
        fault_set(fault, FAULT_LIMIT,
                  "a map of %d x %d dots: at most %d wide and high, and %.0f million in all", width_px,
                  height_px, PLATE_SIDE_MOST_PX, PLATE_DOTS_MOST / 1e6);
        return false;
    }
    return true;
}

/** Dots for a length; what is far too much stays so. */
static int dots(double length)
{
    return (int)fmin(fmax(length, 1), 1e9);
}

static bool is_sized_by_scale(const struct order_plate *plate)
{
    return plate->region == PLATE_REGION_BOX && plate->scale_denominator > 0;
}

void plate_window_size(const struct order_plate *plate, int *width_px, int *height_px)
{
    bool is_said = plate->width_px > 0 || plate->height_px > 0;
    *width_px = plate->width_px > 0 ? plate->width_px : plate->height_px;
    *height_px = plate->height_px > 0 ? plate->height_px : plate->width_px;
    if (!is_said) {
        *width_px = is_sized_by_scale(plate) ? 0 : LONG_SIDE_PX;
        *height_px = is_sized_by_scale(plate) ? 0 : SHORT_SIDE_PX;
    }
}

struct plate_window plate_window_within(const struct order_plate *plate, const struct plate_place *place,
                                        double width_px, double height_px)
{
    double fitting = fmax(bbox_width(place->box) / width_px, bbox_height(place->box) / height_px);
    double units = plate->scale_denominator > 0 ? place->units_per_px : fitting;
    return (struct plate_window){.crs = place->crs,
                                 .centre = bbox_centre(place->box),
                                 .units_per_px_x = units,
                                 .units_per_px_y = units,
                                 .width_px = dots(ceil(width_px - 1e-6)),
                                 .height_px = dots(ceil(height_px - 1e-6))};
}

/** A box in dots of its own shape: one side as said, or the longer one as is usual. */
static void size_of_box(const struct order_plate *plate, struct bbox box, int *width_px, int *height_px)
{
    double shape = bbox_width(box) / bbox_height(box);
    *width_px = plate->width_px;
    *height_px = plate->height_px;
    if (*width_px == 0 && *height_px == 0) {
        *(shape >= 1 ? width_px : height_px) = LONG_SIDE_PX;
    }
    if (*width_px == 0) {
        *width_px = dots(round(*height_px * shape));
    } else if (*height_px == 0) {
        *height_px = dots(round(*width_px / shape));
    }
}

/** The client says both sides: the box is pressed into them, unless they are its shape to within a dot. */
static bool press(struct bbox box, struct plate_window *window, struct fault *fault)
{
    double units_x = bbox_width(box) / window->width_px;
    double units_y = bbox_height(box) / window->height_px;
    double units = fmax(units_x, units_y);
    bool is_shape =
        bbox_width(box) / units > window->width_px - 1 && bbox_height(box) / units > window->height_px - 1;
    window->units_per_px_x = is_shape ? units : units_x;
    window->units_per_px_y = is_shape ? units : units_y;
    if (units_x / units_y > SHAPE_MOST || units_y / units_x > SHAPE_MOST) {
        fault_set(fault, FAULT_INPUT,
                  "width and height are too far from the shape of the box (%.3g : 1): leave one of them out",
                  bbox_width(box) / bbox_height(box));
        return false;
    }
    return true;
}

bool plate_window_find(const struct order_plate *plate, const struct plate_place *place,
                       struct plate_window *window, struct fault *fault)
{
    int width;
    int height;
    bool is_box = plate->region != PLATE_REGION_CENTRE && plate->scale_denominator == 0;
    bool is_pressed = plate->region == PLATE_REGION_BOX && plate->width_px > 0 && plate->height_px > 0;
    if (is_sized_by_scale(plate)) {
        width = dots(ceil(bbox_width(place->box) / place->units_per_px - 1e-6));
        height = dots(ceil(bbox_height(place->box) / place->units_per_px - 1e-6));
    } else if (is_box) {
        size_of_box(plate, place->box, &width, &height);
    } else {
        plate_window_size(plate, &width, &height);
    }
    if (!plate_window_check(width, height, fault)) {
        return false;
    }
    *window = plate_window_within(plate, place, width, height);
    return !is_pressed || press(place->box, window, fault);
}

struct bbox plate_window_box(const struct plate_window *window)
{
    double half_width = window->width_px * window->units_per_px_x / 2;
    double half_height = window->height_px * window->units_per_px_y / 2;
    return (struct bbox){window->centre.x - half_width, window->centre.y - half_height,
                         window->centre.x + half_width, window->centre.y + half_height};
}

bool plate_window_is_square(const struct plate_window *window)
{
    return window->units_per_px_x == window->units_per_px_y;
}
