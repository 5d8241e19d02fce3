/*
 * xyz.c - the address is the whole request: everything else is tile_desk's.
 */
#include "render/service/xyz.h"

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/tile_matrix_set.h"
#include "render/service/config.h"
#include "render/service/exchange.h"
#include "render/service/request.h"
#include "render/service/service.h"
#include "render/service/tile_desk.h"

static bool read_wish(const struct service *service, const struct request *request, struct tile_wish *wish,
                      struct fault *fault)
{
    static const char *const known[] = {"as-of", "revision", "palette", NULL};
    if (!request_check_parameters(request, known, fault)) {
        return false; /* "as_of" must not show the present for the past */
    }
    const char *map = request_value(request, "map");
    const char *set = request_value(request, "tileMatrixSet");
    wish->map = maps_find(service->config->maps, map);
    wish->set = tile_matrix_sets_find(service->config->tile_matrix_sets, set);
    if (!wish->map) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no map '%s'", map);
        return false;
    }
    if (!wish->set) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no tile matrix set '%s'", set);
        return false;
    }
    if (!tile_matrix_set_find_zoom(wish->set, request_value(request, "z"), &wish->address.zoom)) {
        fault_set(fault, FAULT_OUTSIDE, "tile matrix set '%s' has no zoom '%s'", wish->set->id,
                  request_value(request, "z"));
        return false;
    }
    if (!tile_wish_read_index(request_value(request, "x"), &wish->address.column) ||
        !tile_wish_read_index(request_value(request, "y"), &wish->address.row)) {
        fault_set(fault, FAULT_OUTSIDE, "column and row of a tile are whole numbers from 0");
        return false;
    }
    return tile_wish_read_view(request, wish, fault);
}

static void answer_tile(struct service *service, struct exchange *exchange, struct tile_form form)
{
    struct fault fault;
    struct tile_wish wish = {.form = form};
    if (!read_wish(service, exchange_request(exchange), &wish, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    if (form.format == TILE_MVT) {
        wish.palette.is_given = false; /* colours are a matter of the style: one tile for all palettes */
    }
    tile_desk_answer(service->tiles, &wish, exchange);
}

void xyz_handle_tile(struct service *service, struct exchange *exchange)
{
    answer_tile(service, exchange, tile_form_plain());
}

void xyz_handle_tile_2x(struct service *service, struct exchange *exchange)
{
    struct tile_form form = tile_form_plain();
    form.pixel_ratio = 2;
    answer_tile(service, exchange, form);
}

void xyz_handle_tile_mvt(struct service *service, struct exchange *exchange)
{
    answer_tile(service, exchange,
                (struct tile_form){.format = TILE_MVT, .pixel_ratio = 1, .size_px = TILE_SIZE_LARGE_PX});
}
