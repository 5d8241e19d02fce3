/*
 * order_draw_plate.c - maps of OGC API Maps. One without marginalia whose dots are those of tiles, or two or
 * three to each, is a picture as `plottafel map` makes it; all others are pages of a document, at any number
 * of dots to the millimetre.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/briefing/briefing.h"
#include "render/briefing/plate.h"
#include "render/canvas/image.h"
#include "render/canvas/image_shrink.h"
#include "render/encode/image_file.h"
#include "render/encode/png.h"
#include "render/picture.h"
#include "render/renderer.h"
#include "render/service/config.h"
#include "render/service/worker/order_draw.h"
#include "render/service/worker/plate_ground.h"
#include "render/service/worker/plate_svg.h"
#include "render/service/worker/plate_window.h"

#define RATIO_MOST 3
#define SHEET_ROUNDS 12 /* to find the sheet around a map of a given size */

static bool is_picture(const struct order_plate *plate)
{
    return plate->format < PLATE_SVG;
}

static enum tile_format file_format(const struct order_plate *plate)
{
    static const enum tile_format formats[] = {[PLATE_PNG] = TILE_PNG,
                                               [PLATE_PNG_SMALL] = TILE_PNG_SMALL,
                                               [PLATE_WEBP] = TILE_WEBP,
                                               [PLATE_JPEG] = TILE_JPEG};
    return formats[plate->format];
}

static void tell_box(const struct crs *crs, struct bbox box, struct order_result *result)
{
    double x[2] = {box.min_x, box.max_x};
    double y[2] = {box.min_y, box.max_y};
    int first = crs->is_north_first ? 1 : 0;
    const double *axes[2] = {first ? y : x, first ? x : y};
    snprintf(result->crs_uri, sizeof(result->crs_uri), "%s", crs->uri);
    snprintf(result->box, sizeof(result->box), "%.12g,%.12g,%.12g,%.12g", axes[0][0], axes[1][0], axes[0][1],
             axes[1][1]);
}

/** Encodes a picture, which it takes over. */
static bool take_picture(const struct order_plate *plate, struct image *image, struct order_result *result)
{
    enum tile_format format = file_format(plate);
    if (!image) {
        return false;
    }
    int dots_per_metre = (int)lround(1000 / plate->mm_per_px);
    result->bytes = image_file_write(image, format, dots_per_metre, &result->length, &result->fault);
    image_free(image);
    snprintf(result->content_type, sizeof(result->content_type), "%s", tile_format_content_type(format));
    return result->bytes != NULL;
}

/** Takes over a picture and gives one of that size. */
static struct image *pressed(struct image *image, int width, int height, struct fault *fault)
{
    if (!image || (image->width == width && image->height == height)) {
        return image;
    }
    struct image *shrunk = image_shrink(image, width, height, fault);
    image_free(image);
    return shrunk;
}

/** The bytes of a drawing of that many dots, taken over. */
static bool take_document(const struct order_plate *plate, char *bytes, size_t length, int width, int height,
                          struct order_result *result)
{
    bool is_svg = plate->format == PLATE_SVG;
    if (!bytes) {
        return false;
    }
    result->bytes = is_svg ? plate_svg_in_dots(bytes, length, width, height, &result->length) : bytes;
    if (is_svg) {
        free(bytes);
    } else {
        result->length = length;
    }
    snprintf(result->content_type, sizeof(result->content_type), "%s",
             is_svg ? "image/svg+xml" : "application/pdf");
    return true;
}

/** A page that was made as PNG, whose bytes it takes over. */
static struct image *take_page(char *bytes, size_t length, struct fault *fault)
{
    struct image *image = bytes ? png_read(bytes, length, (size_t)(2 * PLATE_DOTS_MOST), fault) : NULL;
    free(bytes);
    return image;
}

/** @param ground what lies under the map; borrowed by the order */
static struct briefing_order order_of(const struct order_draw *draw, const struct plate_window *window,
                                      struct paper_own sheet, const struct colour *ground)
{
    static const enum briefing_format formats[PLATE_FORMAT_COUNT] = {
        [PLATE_PNG] = BRIEFING_PNG,  [PLATE_PNG_SMALL] = BRIEFING_PNG, [PLATE_WEBP] = BRIEFING_PNG,
        [PLATE_JPEG] = BRIEFING_PNG, [PLATE_SVG] = BRIEFING_SVG,       [PLATE_PDF] = BRIEFING_PDF};
    const struct order_plate *plate = &draw->order->plate;
    double units_per_px = window->units_per_px_x * SCALE_PIXEL_MM / plate->mm_per_px;
    return (struct briefing_order){
        .map = draw->scene->map,
        .symbols = draw->config->symbols,
        .plots = (const struct plot *const *)draw->scene->plots,
        .plot_count = draw->scene->plot_count,
        .moment_ms = draw->scene->moment_ms,
        .made_ms = draw->scene->moment_ms,
        .own_paper = sheet,
        .crs_code = window->crs->code,
        .centre = window->centre,
        .scale_denominator = scale_denominator(units_per_px, window->crs->metres_per_unit),
        .language = draw->scene->language,
        .has_second_language = draw->scene->has_second_language,
        .second_language = draw->scene->second_language,
        .palette = draw->scene->palette,
        .format = formats[plate->format],
        .dpi = 25.4 / plate->mm_per_px,
        .background = ground,
    };
}

/* ---- a map alone ---- */

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
    struct image *picture = pressed(image, lone->window.width_px, lone->window.height_px, fault);
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
    if (!is_picture(plate) && !check_drawing(lone, fault)) {
        return false;
    }
    struct paper_own sheet = plate_sheet(square.width_px * plate->mm_per_px,
                                         square.height_px * plate->mm_per_px, plate->mm_per_px);
    struct briefing_order order = order_of(draw, &square, sheet, &lone->ground);
    size_t length = 0;
    char *bytes = plate_make_bare(draw->renderer, &order, &length, &result->report, fault);
    if (!bytes || !is_picture(plate)) {
        return take_document(plate, bytes, length, lone->window.width_px, lone->window.height_px, result);
    }
    return take_picture(plate, finished(lone, take_page(bytes, length, fault), fault), result);
}

/** A drawing ends at the antimeridian, unlike a picture; what it shows beyond is empty, and that is said. */
static void report_beyond(const struct order_draw *draw, const struct plate_place *place,
                          struct order_result *result)
{
    if (place->crs->is_geographic && (place->box.max_x > 180 + 1e-9 || place->box.min_x < -180 - 1e-9)) {
        report_add(
            &result->report, REPORT_FEATURES_LEFT_OUT, draw->scene->map->id,
            "nothing is drawn beyond the antimeridian: ask for the parts east and west of it, or for a "
            "picture without anything around the map");
    }
}

static bool draw_alone(const struct order_draw *draw, const struct plate_place *place,
                       struct order_result *result)
{
    const struct order_plate *plate = &draw->order->plate;
    struct plate_window window;
    if (!plate_window_find(plate, place, &window, &result->fault)) {
        return false;
    }
    int ratio = is_picture(plate) ? pixel_ratio_of(plate, &window) : 0;
    struct lone_map lone = lone_map_of(draw, &window);
    tell_box(place->crs, plate_window_box(&window), result);
    if (ratio == 0) {
        report_beyond(draw, place, result);
        return draw_page(&lone, result);
    }
    struct plate_window square = unpressed(&window, ratio);
    struct image *image = paint_picture(draw, &square, ratio, &lone.ground, result);
    return take_picture(plate, finished(&lone, image, &result->fault), result);
}

/* ---- a sheet ---- */

/** The sheet on which the map is as large as that: what stands around it grows with the sheet. */
static struct paper_own sheet_around(const struct order_plate *plate, enum marking marking, double width_mm,
                                     double height_mm)
{
    struct paper_own sheet = plate_sheet(width_mm * 1.5, height_mm * 1.5, plate->mm_per_px);
    for (int i = 0; i < SHEET_ROUNDS; i++) {
        struct plate *trial = plate_new(&plate->marginalia, sheet, marking);
        struct bbox map = plate_map_mm(trial);
        plate_free(trial);
        double width = sheet.width_mm + width_mm - bbox_width(map);
        double height = sheet.height_mm + height_mm - bbox_height(map);
        sheet = plate_sheet(fmax(width, width_mm), fmax(height, height_mm), plate->mm_per_px);
    }
    return sheet;
}

/** False (LIMIT): it has too many dots. */
static bool find_sheet(const struct order_draw *draw, const struct plate_place *place,
                       struct paper_own *sheet, struct fault *fault)
{
    const struct order_plate *plate = &draw->order->plate;
    double mm = plate->mm_per_px;
    int width;
    int height;
    plate_window_size(plate, &width, &height);
    if (width == 0) {
        double units_per_mm = place->units_per_px / mm;
        struct paper_own around =
            sheet_around(plate, map_marking(draw->scene->map), bbox_width(place->box) / units_per_mm,
                         bbox_height(place->box) / units_per_mm);
        width = (int)fmin(ceil(around.width_mm / mm), 1e9);
        height = (int)fmin(ceil(around.height_mm / mm), 1e9);
    }
    *sheet = plate_sheet(width * mm, height * mm, mm);
    return plate_window_check(width, height, fault);
}

/** A sheet prints its scale: 1 : 105 000 in place of 1 : 100 642.1, where the client leaves it to us. */
static double round_units(const struct order_plate *plate, const struct crs *crs, double units_per_px)
{
    double scale = units_per_px * crs->metres_per_unit * 1000 / plate->mm_per_px;
    double step = pow(10, floor(log10(scale))) / 20;
    bool is_ours = plate->scale_denominator == 0 && !crs->is_geographic;
    return is_ours ? units_per_px * ceil(scale / step - 1e-6) * step / scale : units_per_px;
}

/** Gives parts up until the rest has room; the order then shows the map as it will be. */
static bool settle(const struct order_draw *draw, const struct plate_place *place, struct plate *sheet,
                   struct briefing_order *order, struct order_result *result)
{
    const struct order_plate *plate = &draw->order->plate;
    enum plate_state state = PLATE_OTHER_MAP;
    while (state == PLATE_OTHER_MAP) {
        struct bbox map = plate_map_mm(sheet);
        double width = fmax(bbox_width(map) / plate->mm_per_px, 1);
        double height = fmax(bbox_height(map) / plate->mm_per_px, 1);
        struct plate_window window = plate_window_within(plate, place, width, height);
        window.units_per_px_x = round_units(plate, place->crs, window.units_per_px_x);
        double half_width = width / 2 * window.units_per_px_x;
        double half_height = height / 2 * window.units_per_px_x;
        struct bbox box = {window.centre.x - half_width, window.centre.y - half_height,
                           window.centre.x + half_width, window.centre.y + half_height};
        *order = order_of(draw, &window, order->own_paper, order->background);
        tell_box(place->crs, box, result);
        state = plate_settle(sheet, draw->renderer, order, &result->fault);
    }
    return state == PLATE_SETTLED;
}

static bool draw_sheet(const struct order_draw *draw, const struct plate_place *place,
                       struct order_result *result)
{
    const struct order_plate *wish = &draw->order->plate;
    struct colour ground = plate_ground_colour(wish, draw->scene->map);
    struct briefing_order order = {.background = &ground};
    report_beyond(draw, place, result);
    if (!find_sheet(draw, place, &order.own_paper, &result->fault)) {
        return false;
    }
    struct plate *plate = plate_new(&wish->marginalia, order.own_paper, map_marking(draw->scene->map));
    int width = (int)lround(order.own_paper.width_mm / wish->mm_per_px);
    int height = (int)lround(order.own_paper.height_mm / wish->mm_per_px);
    size_t length = 0;
    char *bytes = settle(draw, place, plate, &order, result)
                      ? plate_make(plate, draw->renderer, &order, &length, &result->report, &result->fault)
                      : NULL;
    plate_free(plate);
    if (!is_picture(wish)) {
        return take_document(wish, bytes, length, width, height, result);
    }
    struct image *image = take_page(bytes, length, &result->fault);
    return take_picture(wish, pressed(image, width, height, &result->fault), result);
}

bool order_draw_plate(const struct order_draw *draw, struct order_result *result)
{
    const struct order_plate *plate = &draw->order->plate;
    struct plate_place place;
    result->counts_features = true; /* they are told in a header */
    if (!plate_place_find(renderer_crs_context(draw->renderer), plate, draw->scene->map->extent_deg, &place,
                          &result->fault)) {
        return false;
    }
    return plate_has_marginalia(&plate->marginalia) ? draw_sheet(draw, &place, result)
                                                    : draw_alone(draw, &place, result);
}
