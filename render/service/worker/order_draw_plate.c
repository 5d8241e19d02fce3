/*
 * order_draw_plate.c - maps of OGC API Maps, alone or on a sheet, at any number of dots to the millimetre.
 */
#include "data/map.h"
#include "render/briefing/plate.h"
#include "render/renderer.h"
#include "render/service/worker/order_draw.h"
#include "render/service/worker/plate_give.h"
#include "render/service/worker/plate_window.h"

bool order_draw_plate(const struct order_draw *draw, struct order_result *result)
{
    const struct order_plate *plate = &draw->order->plate;
    struct plate_place place;
    result->counts_features = true; /* they are told in a header */
    if (!plate_place_find(renderer_crs_context(draw->renderer), plate, draw->scene->map->extent_deg, &place,
                          &result->fault)) {
        return false;
    }
    return plate_has_marginalia(&plate->marginalia) ? plate_draw_sheet(draw, &place, result)
                                                    : plate_draw_alone(draw, &place, result);
}
