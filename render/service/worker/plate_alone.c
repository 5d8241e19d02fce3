/*
 * plate_alone.c - a map without marginalia. One whose dots are those of tiles, or two or three to each, is a
 * picture as `plottafel map` makes it; all others are pages of a document.
 */
#include <math.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/briefing/plate.h"
#include "render/canvas/image.h"
#include "render/picture.h"
#include "render/renderer.h"
#include "render/service/worker/order_draw.h"
#include "render/service/worker/plate_give.h"
#include "render/service/worker/plate_ground.h"
#include "render/service/worker/plate_window.h"

#define RATIO_MOST 3

/** The window before it is pressed together: square px, the finer of its two. */
static struct plate_window unpressed(const struct plate_window *window, int pixel_ratio)
{
    struct plate_window square = *window;
    double units = fmin(window->units_per_px_x, window->units_per_px_y);
    if (plate_window_is_square(window)) {
        return square;
    }
    square.width_px = (int)ceil(window->width_px * window->units_per_px_x / units / pixel_ratio - 1e-6);
    square.height_px = (int)ceil(window->height_px * window->units_per_px_y / units / pixel_ratio - 1e-6);
    square.width_px *= pixel_ratio;
    square.height_px *= pixel_ratio;
    square.units_per_px_x = square.units_per_px_y = units;
    return square;
}

/** How many dots the picture has to a px of 0.28 mm; 0: no whole number, or not a whole number of px. */
static int pixel_ratio_of(const struct order_plate *plate, const struct plate_window *window)
{
    int ratio = (int)lround(SCALE_PIXEL_MM / plate->mm_per_px);
    bool is_whole =
        ratio >= 1 && ratio <= RATIO_MOST && fabs(ratio * plate->mm_per_px / SCALE_PIXEL_MM - 1) < 1e-3;
    bool is_even = is_whole && (!plate_window_is_square(window) ||
                                (window->width_px % ratio == 0 && window->height_px % ratio == 0));
    return is_even ? ratio : 0;
}

static struct image *paint_picture(const struct order_draw *draw, const struct plate_window *square,
                                   int pixel_ratio, const struct colour *ground, struct order_result *result)
{
    struct order order = *draw->order;
    struct order_draw inner = *draw;
    struct map_view view;
    struct pixel_box box;
    inner.order = &order;
    memcpy(order.window.crs_code, square->crs->code, sizeof(order.window.crs_code));
    order.window.box = plate_window_box(square);
    order.window.width_px = square->width_px / pixel_ratio;
    order.window.height_px = square->height_px / pixel_ratio;
    if (!order_window_view(&inner, &view, &box, &result->fault)) {
        return NULL;
    }
    view.background = ground;
    return picture_render(draw->renderer, &view, box, pixel_ratio, &result->report, &result->fault);
}

/** A map alone whose place is known. */
struct lone_map {
    const struct order_draw *draw;
    struct plate_window window;
    bool is_parted; /* two grounds are laid under its picture, which is painted upon nothing */
    struct colour ground;
};

static struct lone_map lone_map_of(const struct order_draw *draw, const struct plate_window *window)
{
    const struct order_plate *plate = &draw->order->plate;
    const struct map *map = draw->scene->map;
    struct lone_map lone = {.draw = draw, .window = *window, .ground = plate_ground_colour(plate, map)};
    lone.is_parted = plate_ground_is_parted(renderer_crs_context(draw->renderer), plate, window, map);
    if (lone.is_parted) {
        lone.ground.alpha = 0;
    }
    return lone;
}

/** Presses a picture, which it takes over, into the window and lays what is missing under it. */
static struct image *finished(const struct lone_map *lone, struct image *image, struct fault *fault)
{
    const struct order_draw *draw = lone->draw;
    struct image *picture = plate_pressed(image, lone->window.width_px, lone->window.height_px, fault);
    if (picture && lone->is_parted) {
        plate_ground_lay(renderer_crs_context(draw->renderer), &draw->order->plate, &lone->window,
                         draw->scene->map, picture);
    }
    return picture;
}

/** What a page of a document cannot be. */
static bool check_drawing(const struct lone_map *lone, struct fault *fault)
{
    if (!plate_window_is_square(&lone->window)) {
        fault_set(fault, FAULT_INPUT,
                  "drawings (svg, pdf) are not pressed together: width and height must have the shape of the "
                  "box, or one of them is left out");
        return false;
    }
    if (lone->is_parted) {
        fault_set(fault, FAULT_INPUT,
                  "void-color and void-transparent: drawings (svg, pdf) have one background everywhere; "
                  "leave them out, or ask for png, webp or jpg");
        return false;
    }
    return true;
}

static bool draw_page(const struct lone_map *lone, struct order_result *result)
{
    const struct order_draw *draw = lone->draw;
    const struct order_plate *plate = &draw->order->plate;
    struct fault *fault = &result->fault;
    struct plate_window square = unpressed(&lone->window, 1);
    if (!plate_is_picture(plate) && !check_drawing(lone, fault)) {
        return false;
    }
    struct paper_own sheet = plate_sheet(square.width_px * plate->mm_per_px,
                                         square.height_px * plate->mm_per_px, plate->mm_per_px);
    struct briefing_order order = plate_order_of(draw, &square, sheet, &lone->ground);
    size_t length = 0;
    char *bytes = plate_make_bare(draw->renderer, &order, &length, &result->report, fault);
    if (!bytes || !plate_is_picture(plate)) {
        return plate_take_document(plate, bytes, length, lone->window.width_px, lone->window.height_px,
                                   result);
    }
    return plate_take_picture(plate, finished(lone, plate_take_page(bytes, length, fault), fault), result);
}

bool plate_draw_alone(const struct order_draw *draw, const struct plate_place *place,
                      struct order_result *result)
{
    const struct order_plate *plate = &draw->order->plate;
    struct plate_window window;
    if (!plate_window_find(plate, place, &window, &result->fault)) {
        return false;
    }
    int ratio = plate_is_picture(plate) ? pixel_ratio_of(plate, &window) : 0;
    struct lone_map lone = lone_map_of(draw, &window);
    plate_tell_box(place->crs, plate_window_box(&window), result);
    if (ratio == 0) {
        plate_report_beyond(draw, place, result);
        return draw_page(&lone, result);
    }
    struct plate_window square = unpressed(&window, ratio);
    struct image *image = paint_picture(draw, &square, ratio, &lone.ground, result);
    return plate_take_picture(plate, finished(&lone, image, &result->fault), result);
}
