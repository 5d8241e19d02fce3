/*
 * xyz.c - the address is the whole request: everything else is tile_desk's.
 */
#include "render/service/protocol/xyz.h"

#include <assert.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/tile_matrix_set.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/http/request.h"
#include "render/service/service.h"
#include "render/service/tile/tile_desk.h"

static bool read_wish(const struct service *service, const struct request *request, struct tile_wish *wish,
                      struct fault *fault)
{
    static const char *const of_pictures[] = {"as-of", "revision", "palette", "size", NULL};
    static const char *const of_vectors[] = {"as-of", "revision", "palette", NULL};
    bool is_vector = wish->form.format == TILE_MVT;
    if (!request_check_parameters(request, is_vector ? of_vectors : of_pictures, fault)) {
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
        fault_set(fault, FAULT_OUTSIDE, "tile matrix set '%s' has no zoom '%.40s': it has %s to %s",
                  wish->set->id, request_value(request, "z"), wish->set->matrices[0].id,
                  wish->set->matrices[wish->set->matrix_count - 1].id);
        return false;
    }
    const char *column = request_value(request, "x");
    const char *row = request_value(request, "y");
    if (!tile_wish_read_index(column, &wish->address.column) ||
        !tile_wish_read_index(row, &wish->address.row)) {
        fault_set(fault, FAULT_OUTSIDE,
                  "'%.40s/%.40s' is no column and row: whole numbers from 0; behind the row of a picture may "
                  "stand @2x or @3x",
                  column, row);
        return false;
    }
    return tile_wish_read_view(request, wish, fault);
}

/** What the last part of the address says behind the row: "@2x.webp". Its route has checked it. */
static struct tile_form read_form(const struct request *request)
{
    struct tile_form form = tile_form_plain();
    const char *last = request->segments[request->segment_count - 1];
    const char *ratio = strrchr(last, '@');
    if (ratio) {
        form.pixel_ratio = (uint8_t)(ratio[1] - '0');
    }
    bool is_known = tile_format_find(strrchr(last, '.') + 1, &form.format);
    assert(is_known);
    if (form.format == TILE_MVT) {
        form.size_px = TILE_SIZE_LARGE_PX;
    }
    return form;
}

bool xyz_read_size(const struct request *request, struct tile_form *form, struct fault *fault)
{
    const char *size = request_parameter(request, "size");
    if (!size || strcmp(size, "256") == 0) {
        return true;
    }
    if (strcmp(size, "512") != 0) {
        fault_set(fault, FAULT_INPUT, "parameter 'size' must be 256 or 512, not '%.40s'", size);
        return false;
    }
    form->size_px = TILE_SIZE_LARGE_PX;
    return true;
}

void xyz_handle_tile(struct service *service, struct exchange *exchange)
{
    struct fault fault;
    const struct request *request = exchange_request(exchange);
    struct tile_wish wish = {.form = read_form(request)};
    if (!read_wish(service, request, &wish, &fault) || !xyz_read_size(request, &wish.form, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    if (wish.form.format == TILE_MVT) {
        wish.palette.is_given = false; /* colours are a matter of the style: one tile for all palettes */
    }
    tile_desk_answer(service->tiles, &wish, exchange);
}
