/*
 * symbols.c - the pictures. What an address with a version of a built-in set shows does not change while the
 * program runs, so it may be kept; sets of folders may, so those are asked for again.
 */
#include "render/service/protocol/symbols.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/worker/ask_worker.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/worker/order.h"
#include "render/service/protocol/palette_wish.h"
#include "render/service/http/request.h"
#include "render/service/service.h"
#include "render/service/protocol/symbol_address.h"

static bool read_look(const struct request *request, struct order_symbol *symbol, struct fault *fault)
{
    struct palette_wish palette;
    const char *language = request_parameter(request, "language");
    int64_t size_px;
    int64_t ratio;
    if (!palette_wish_read(request_parameter(request, "palette"), &palette, fault) ||
        !request_read_integer(request, "size", 8, 1024, 0, &size_px, fault) ||
        !request_read_integer(request, "ratio", 1, 3, 1, &ratio, fault)) {
        return false;
    }
    if (language && !language_parse(language, &symbol->language)) {
        fault_set(fault, FAULT_INPUT, "language must be nl, en, fr or de, not '%s'", language);
        return false;
    }
    symbol->palette = palette.palette;
    symbol->is_titled = language != NULL;
    symbol->width_px = (int)size_px;
    symbol->pixel_ratio = (int)ratio;
    return true;
}

/*
 * What people try that a picture does not take is told where it belongs. Texts that stand beside the symbol
 * on a map are no part of its picture.
 */
static bool check_parameters(const struct request *request, struct fault *fault)
{
    static const char *const known[] = {"size", "palette", "language", "ratio", "c", "h", "v", NULL};
    static const char *const beside[] = {"n", "t", "o", "r"};
    for (size_t i = 0; i < sizeof beside / sizeof beside[0]; i++) {
        if (request_parameter(request, beside[i])) {
            fault_set(
                fault, FAULT_INPUT,
                "the text '%s' stands beside the symbol on a map and is no part of its picture, which takes "
                "the texts c, h and v",
                beside[i]);
            return false;
        }
    }
    return symbol_address_check_keys(request, fault) && request_check_parameters(request, known, fault);
}

static bool read_order(const struct service *service, const struct request *request, struct order *order,
                       struct symbol_address *address, struct fault *fault)
{
    if (!check_parameters(request, fault) || !read_look(request, &order->symbol, fault) ||
        !symbol_address_read(service->config->symbols, request, address, fault)) {
        return false;
    }
    int length = snprintf(order->symbol.code, sizeof(order->symbol.code), "%s", address->text);
    bool fits = length < (int)sizeof(order->symbol.code);
    if (!fits) {
        fault_set(fault, FAULT_LIMIT, "the code is longer than %zu bytes", sizeof(order->symbol.code) - 1);
    }
    return fits;
}

static void answer_symbol(struct service *service, struct exchange *exchange, enum order_format format)
{
    struct order order;
    struct symbol_address address = {0};
    struct fault fault;
    order_init(&order, ORDER_SYMBOL);
    order.symbol.format = format;
    if (!read_order(service, exchange_request(exchange), &order, &address, &fault)) {
        exchange_fail(exchange, &fault);
    } else if (address.is_lasting) {
        ask_worker_lasting(service, &order, exchange);
    } else {
        ask_worker(service, &order, exchange);
    }
    symbol_address_finish(&address);
    order_finish(&order);
}

void symbols_handle_svg(struct service *service, struct exchange *exchange)
{
    answer_symbol(service, exchange, ORDER_SVG);
}

void symbols_handle_png(struct service *service, struct exchange *exchange)
{
    answer_symbol(service, exchange, ORDER_PNG);
}
