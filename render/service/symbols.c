/*
 * symbols.c - a symbol's address holds set, version and code, so what it shows does not change: it may be
 * kept.
 */
#include "render/service/symbols.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/service/answer.h"
#include "render/service/ask_worker.h"
#include "render/service/config.h"
#include "render/service/exchange.h"
#include "render/service/json_text.h"
#include "render/service/order.h"
#include "render/service/request.h"
#include "render/service/service.h"
#include "render/service/symbol_records.h"
#include "symbology/symbol.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define LIST_MAX_BYTES (8u << 20)

/* Does the id, a name or the reference hold the words searched for? */
static bool is_found(const struct symbol_entry *entry, const char *words)
{
    if (!words || strcasestr(entry->id, words) || strcasestr(entry->reference, words)) {
        return true;
    }
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (entry->name.texts[i] && strcasestr(entry->name.texts[i], words)) {
            return true;
        }
    }
    return false;
}

void symbols_handle_list(struct service *service, struct exchange *exchange)
{
    static const char *const known[] = {"q", NULL};
    struct fault fault;
    const struct request *request = exchange_request(exchange);
    const struct symbol_set *set = symbol_library_default(service->config->symbols);
    if (!request_check_parameters(request, known, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct buffer json;
    buffer_init(&json, LIST_MAX_BYTES);
    buffer_appendf(&json, "{\"sets\":[{\"name\":\"%s\",\"version\":%d,\"count\":%zu}],\"symbols\":[",
                   symbol_set_name(set), symbol_set_version(set), symbol_set_count(set));
    const char *comma = "\n";
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (is_found(entry, request_parameter(request, "q"))) {
            buffer_append_text(&json, comma);
            symbol_append_record(&json, set, entry);
            comma = ",\n";
        }
    }
    buffer_append_text(&json, "\n]}\n");
    exchange_answer(exchange, json_answer(&json, "application/json"));
}

/* set/code;… and the text parameters as one code. */
static void append_code(const struct request *request, struct buffer *code)
{
    buffer_appendf(code, "%s/%s", request_value(request, "set"), request_value(request, "code"));
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        const char *text = request_parameter(request, text_slot_key((enum text_slot)slot));
        if (text) {
            buffer_appendf(code, ";%s=", text_slot_key((enum text_slot)slot));
        }
        for (; text && *text; text++) {
            const char *escaped = *text == ';' ? "%3B" : *text == '%' ? "%25" : NULL;
            buffer_append(code, escaped ? escaped : text, escaped ? 3 : 1);
        }
    }
}

/* Checked here, so that a wrong code costs no worker. */
static bool check_code(const struct service *service, const char *text, struct fault *fault)
{
    struct symbol_code code;
    if (!symbol_code_parse(text, &code, fault)) {
        return false;
    }
    bool is_known = symbol_library_resolve(service->config->symbols, &code, fault) != NULL;
    symbol_code_finish(&code);
    return is_known;
}

static bool read_order(const struct service *service, const struct request *request, struct order *order,
                       struct fault *fault)
{
    static const char *const known[] = {"size", "palette", "n", "c", "t", "o", "h", "v", "r", NULL};
    const char *palette = request_parameter(request, "palette");
    int64_t size_px;
    if (!request_check_parameters(request, known, fault) ||
        !request_read_integer(request, "size", 8, 1024, 0, &size_px, fault)) {
        return false;
    }
    if (palette && !palette_parse(palette, &order->symbol.palette)) {
        fault_set(fault, FAULT_INPUT, "there is no palette '%s'", palette);
        return false;
    }
    struct buffer code;
    buffer_init(&code, sizeof(order->symbol.code) - 1);
    append_code(request, &code);
    bool is_long = code.is_full;
    snprintf(order->symbol.code, sizeof(order->symbol.code), "%s", code.bytes ? code.bytes : "");
    buffer_finish(&code);
    order->symbol.width_px = (int)size_px;
    if (is_long) {
        fault_set(fault, FAULT_LIMIT, "the code is longer than %zu bytes", sizeof(order->symbol.code) - 1);
        return false;
    }
    return check_code(service, order->symbol.code, fault);
}

static void answer_symbol(struct service *service, struct exchange *exchange, enum order_format format)
{
    struct order order;
    struct fault fault;
    order_init(&order, ORDER_SYMBOL);
    order.symbol.format = format;
    if (!read_order(service, exchange_request(exchange), &order, &fault)) {
        exchange_fail(exchange, &fault);
    } else {
        ask_worker(service, &order, exchange);
    }
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
