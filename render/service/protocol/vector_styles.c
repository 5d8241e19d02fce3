/*
 * vector_styles.c - addresses are checked here, the rest is made by workers. A sprite's version is a hash of
 * all that decides it: what it shows under one version never changes.
 */
#include "render/service/protocol/vector_styles.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/moment.h"
#include "render/vector/glyph_range.h"
#include "render/service/worker/ask_worker.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/tile/look_hash.h"
#include "render/service/protocol/map_records.h"
#include "render/service/worker/order.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/request.h"
#include "render/service/service.h"

#define VERSION_BYTES 40

/** The view of the map in {map}; a moment is that of the tiles, and looks are those of all moments. */
static bool read_view(struct service *service, const struct request *request, struct order *order,
                      struct fault *fault)
{
    const struct map *map = map_of_request(service, request, fault);
    const char *as_of = request_parameter(request, "as-of");
    int64_t as_of_ms = MOMENT_NONE;
    if (as_of && !moment_parse(as_of, &as_of_ms, fault)) {
        fault_prefix(fault, "parameter 'as-of': ");
        return false;
    }
    if (!map || !plot_keeper_view(service->plots, maps_index(service->config->maps, map), as_of_ms,
                                  &order->view, fault)) {
        return false;
    }
    order->style.tiles_as_of_ms = as_of_ms;
    return palette_wish_read(request_parameter(request, "palette"), &order->view.palette, fault);
}

static void write_version(const struct service *service, const struct order *order,
                          char version[static VERSION_BYTES])
{
    const struct map *map = maps_find(service->config->maps, order->view.map);
    uint64_t hash = look_hash(service->config, map);
    for (size_t i = 0; i < order->view.plot_count; i++) {
        hash = hash_bytes(hash, &order->view.revisions[i], sizeof(order->view.revisions[i]));
    }
    snprintf(version, VERSION_BYTES, "%016" PRIx64, hash);
}

void vector_style_handle(struct service *service, struct exchange *exchange)
{
    static const char *const known[] = {"as-of", "palette", NULL};
    const struct request *request = exchange_request(exchange);
    struct order order;
    struct fault fault;
    order_init(&order, ORDER_STYLE);
    if (!request_check_parameters(request, known, &fault) || !read_view(service, request, &order, &fault)) {
        exchange_fail(exchange, &fault);
    } else {
        snprintf(order.style.base_url, sizeof(order.style.base_url), "%s", service->base_url);
        write_version(service, &order, order.style.sprite_version);
        ask_worker(service, &order, exchange);
    }
    order_finish(&order);
}

/** Its moment makes no difference, so it is none. Kept for long when its version is that of now. */
static void answer_sprite(struct service *service, struct exchange *exchange, enum order_format format,
                          int pixel_ratio)
{
    static const char *const known[] = {"v", "palette", NULL};
    const struct request *request = exchange_request(exchange);
    struct order order;
    struct fault fault;
    char version[VERSION_BYTES];
    order_init(&order, ORDER_SPRITE);
    if (!request_check_parameters(request, known, &fault) || !read_view(service, request, &order, &fault)) {
        exchange_fail(exchange, &fault);
        order_finish(&order);
        return;
    }
    order.sprite.format = format;
    order.sprite.pixel_ratio = pixel_ratio;
    write_version(service, &order, version);
    const char *asked = request_parameter(request, "v");
    if (asked && strcmp(asked, version) == 0) {
        ask_worker_lasting(service, &order, exchange);
    } else {
        ask_worker(service, &order, exchange);
    }
    order_finish(&order);
}

void vector_sprite_handle_json(struct service *service, struct exchange *exchange)
{
    answer_sprite(service, exchange, ORDER_JSON, 1);
}

void vector_sprite_handle_png(struct service *service, struct exchange *exchange)
{
    answer_sprite(service, exchange, ORDER_PNG, 1);
}

void vector_sprite_handle_json_2x(struct service *service, struct exchange *exchange)
{
    answer_sprite(service, exchange, ORDER_JSON, 2);
}

void vector_sprite_handle_png_2x(struct service *service, struct exchange *exchange)
{
    answer_sprite(service, exchange, ORDER_PNG, 2);
}

/** "256-511". */
static bool read_range(const char *text, uint32_t *first, struct fault *fault)
{
    char right[24];
    unsigned number = 0;
    bool is_read = sscanf(text, "%5u-", &number) == 1;
    snprintf(right, sizeof(right), "%u-%u", number, number + GLYPH_RANGE_CODE_POINTS - 1);
    if (!is_read || strcmp(text, right) != 0 || number % GLYPH_RANGE_CODE_POINTS != 0 ||
        number > GLYPH_RANGE_LAST) {
        fault_set(fault, FAULT_NOT_FOUND, "'%s' is no range of letters; those are 0-255, 256-511 … %d-%d",
                  text, GLYPH_RANGE_LAST, GLYPH_RANGE_LAST + GLYPH_RANGE_CODE_POINTS - 1);
        return false;
    }
    *first = number;
    return true;
}

void vector_glyphs_handle(struct service *service, struct exchange *exchange)
{
    const struct request *request = exchange_request(exchange);
    const char *stack = request_value(request, "fontstack");
    struct order order;
    struct fault fault;
    order_init(&order, ORDER_GLYPHS);
    if (!glyph_range_check(stack, &fault) ||
        !read_range(request_value(request, "range"), &order.glyphs.first, &fault)) {
        exchange_fail(exchange, &fault);
    } else {
        snprintf(order.glyphs.stack, sizeof(order.glyphs.stack), "%s", stack);
        ask_worker_lasting(service, &order, exchange);
    }
    order_finish(&order);
}
