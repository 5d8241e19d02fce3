/*
 * legends.c - /maps/{map}/legend.png: what a window of a map shows, at the scale of a tile matrix.
 */
#include <math.h>
#include <stdio.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/tile_matrix_set.h"
#include "render/service/worker/ask_worker.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/map_records.h"
#include "render/service/worker/order.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define WINDOW_MAX_PX 16384
#define LEGEND_MIN_PX 120
#define LEGEND_MAX_PX 2000

static const char *const known_parameters[] = {"tms",   "zoom",  "bbox",    "as-of", "language",
                                               "width", "ratio", "palette", NULL};

static bool read_languages(const struct request *request, struct order_view *view, struct fault *fault)
{
    const char *codes = request_parameter(request, "language");
    struct language_pair languages = {.first = LANGUAGE_NL};
    if (codes && !language_pair_parse(codes, &languages)) {
        fault_set(fault, FAULT_INPUT,
                  "language must be one or two of nl, en, fr and de, such as nl,en, not '%s'", codes);
        return false;
    }
    order_view_speak(view, languages);
    return true;
}

static bool read_matrix(const struct service *service, const struct request *request,
                        const struct tile_matrix_set **set, int64_t *zoom, struct fault *fault)
{
    const char *id = request_parameter(request, "tms");
    *set = tile_matrix_sets_find(service->config->tile_matrix_sets, id ? id : "NetherlandsRDNewQuad");
    if (!*set) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no tile matrix set '%s'", id);
        return false;
    }
    return request_read_integer(request, "zoom", 0, (int64_t)(*set)->matrix_count - 1, 8, zoom, fault);
}

/* Without a bbox the whole map is meant: any window of the right scale will do. */
static bool read_window(const struct request *request, const struct tile_matrix_set *set, int64_t zoom,
                        struct order *order, struct fault *fault)
{
    const char *bbox = request_parameter(request, "bbox");
    double cell_size = set->matrices[zoom].cell_size;
    struct order_window *window = &order->window;
    snprintf(window->crs_code, sizeof(window->crs_code), "%s", set->crs_code);
    if (!bbox) {
        order->legend.is_whole_map = true;
        window->box = tile_bbox(set, (struct tile_address){.zoom = (uint32_t)zoom});
    } else if (!bbox_parse(bbox, &window->box, fault)) {
        return false;
    }
    double width_px = bbox_width(window->box) / cell_size;
    double height_px = bbox_height(window->box) / cell_size;
    if (!(width_px >= 1 && height_px >= 1 && width_px <= WINDOW_MAX_PX && height_px <= WINDOW_MAX_PX)) {
        fault_set(
            fault, FAULT_INPUT,
            "bbox must be 1 … %d px wide and high at zoom %lld, in the CRS of tms (%s, x east first); a px "
            "is %g there",
            WINDOW_MAX_PX, (long long)zoom, set->crs_code, cell_size);
        return false;
    }
    window->width_px = (int)lround(width_px);
    window->height_px = (int)lround(height_px);
    window->box.max_x = window->box.min_x + window->width_px * cell_size;
    window->box.min_y = window->box.max_y - window->height_px * cell_size;
    return true;
}

static bool read_look(const struct request *request, struct order *order, struct fault *fault)
{
    int64_t width_px;
    int64_t ratio;
    if (!request_read_integer(request, "width", LEGEND_MIN_PX, LEGEND_MAX_PX, 280, &width_px, fault) ||
        !request_read_integer(request, "ratio", 1, 3, 1, &ratio, fault)) {
        return false;
    }
    order->legend.width_px = (int)width_px;
    order->window.pixel_ratio = (int)ratio;
    return true;
}

static bool read_view(struct service *service, const struct request *request, struct order *order,
                      struct fault *fault)
{
    const struct map *map = map_of_request(service, request, fault);
    const char *as_of = request_parameter(request, "as-of");
    int64_t as_of_ms = MOMENT_NONE;
    if (!map || (as_of && !moment_parse(as_of, &as_of_ms, fault)) ||
        !plot_keeper_view(service->plots, maps_index(service->config->maps, map), as_of_ms, &order->view,
                          fault)) {
        return false;
    }
    return read_languages(request, &order->view, fault) &&
           palette_wish_read(request_parameter(request, "palette"), &order->view.palette, fault);
}

static bool read_order(struct service *service, const struct request *request, struct order *order,
                       struct fault *fault)
{
    const struct tile_matrix_set *set;
    int64_t zoom;
    return request_check_parameters(request, known_parameters, fault) &&
           read_view(service, request, order, fault) && read_matrix(service, request, &set, &zoom, fault) &&
           read_window(request, set, zoom, order, fault) && read_look(request, order, fault);
}

static void answer_legend(struct service *service, struct exchange *exchange, enum order_format format)
{
    struct order order;
    struct fault fault;
    order_init(&order, ORDER_LEGEND);
    order.legend.format = format;
    if (!read_order(service, exchange_request(exchange), &order, &fault)) {
        exchange_fail(exchange, &fault);
    } else {
        ask_worker(service, &order, exchange);
    }
    order_finish(&order);
}

void map_handle_legend_png(struct service *service, struct exchange *exchange)
{
    answer_legend(service, exchange, ORDER_PNG);
}

void map_handle_legend_svg(struct service *service, struct exchange *exchange)
{
    answer_legend(service, exchange, ORDER_SVG);
}

void map_handle_legend_json(struct service *service, struct exchange *exchange)
{
    answer_legend(service, exchange, ORDER_JSON);
}
