/*
 * plate_on_sheet.c - a map with marginalia. Where the size of the map is given the sheet is sought around it,
 * and else the map in the sheet: what stands around it grows with both.
 */
#include <math.h>

#include "data/map.h"
#include "geo/crs.h"
#include "render/briefing/plate.h"
#include "render/service/worker/order_draw.h"
#include "render/service/worker/plate_give.h"
#include "render/service/worker/plate_ground.h"
#include "render/service/worker/plate_window.h"

#define SHEET_ROUNDS 12 /* to find the sheet around a map of a given size */

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
        *order = plate_order_of(draw, &window, order->own_paper, order->background);
        plate_tell_box(place->crs, box, result);
        state = plate_settle(sheet, draw->renderer, order, &result->fault);
    }
    return state == PLATE_SETTLED;
}

bool plate_draw_sheet(const struct order_draw *draw, const struct plate_place *place,
                      struct order_result *result)
{
    const struct order_plate *wish = &draw->order->plate;
    struct colour ground = plate_ground_colour(wish, draw->scene->map);
    struct briefing_order order = {.background = &ground};
    plate_report_beyond(draw, place, result);
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
    if (!plate_is_picture(wish)) {
        return plate_take_document(wish, bytes, length, width, height, result);
    }
    struct image *image = plate_take_page(bytes, length, &result->fault);
    return plate_take_picture(wish, plate_pressed(image, width, height, &result->fault), result);
}
