/*
 * symbol_lists.c - sets, searches and facts as JSON, made in the I/O thread: a search looks through a few
 * hundred entries.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/service/http/answer.h"
#include "render/service/worker/ask_worker.h"
#include "render/service/config.h"
#include "render/service/http/exchange.h"
#include "render/service/protocol/json_text.h"
#include "render/service/http/request.h"
#include "render/service/service.h"
#include "render/service/protocol/symbol_address.h"
#include "render/service/protocol/symbol_choice.h"
#include "render/service/protocol/symbol_records.h"
#include "render/service/protocol/symbols.h"
#include "symbology/symbol.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_search.h"
#include "symbology/symbol_set.h"
#include "symbology/symbol_words.h"

#define LIST_MAX_BYTES (8u << 20)
#define LIMIT_MOST 10000

static const char *const list_parameters[] = {"q",          "group", "geometry", "language",
                                              "deprecated", "limit", NULL};

/* A search and how many of its finds are shown. */
struct wish {
    struct symbol_search search;
    int64_t limit;
};

static bool read_geometry(const char *text, struct symbol_search *search, struct fault *fault)
{
    search->has_geometry = text != NULL;
    for (int i = GEOMETRY_POINT; text && i <= GEOMETRY_AREA; i++) {
        if (strcmp(text, symbol_geometry_name((enum symbol_geometry)i)) == 0) {
            search->geometry = (enum symbol_geometry)i;
            return true;
        }
    }
    if (text) {
        fault_set(fault, FAULT_INPUT, "geometry must be point, line or area, not '%s'", text);
    }
    return text == NULL;
}

static bool read_deprecated(const char *text, bool *with_deprecated, struct fault *fault)
{
    *with_deprecated = text && strcmp(text, "true") == 0;
    bool is_right = !text || *with_deprecated || strcmp(text, "false") == 0;
    if (!is_right) {
        fault_set(fault, FAULT_INPUT, "deprecated must be true or false, not '%s'", text);
    }
    return is_right;
}

static bool read_wish(const struct request *request, const struct symbol_set *set, struct wish *wish,
                      struct fault *fault)
{
    struct symbol_search *search = &wish->search;
    const char *language = request_parameter(request, "language");
    *wish = (struct wish){
        .search = {.words = request_parameter(request, "q"), .group = request_parameter(request, "group")}};
    if (!request_check_parameters(request, list_parameters, fault) ||
        !read_geometry(request_parameter(request, "geometry"), search, fault) ||
        !read_deprecated(request_parameter(request, "deprecated"), &search->with_deprecated, fault) ||
        !request_read_integer(request, "limit", 1, LIMIT_MOST, LIMIT_MOST, &wish->limit, fault)) {
        return false;
    }
    if (language && !language_parse(language, &search->language)) {
        fault_set(fault, FAULT_INPUT, "language must be nl, en, fr or de, not '%s'", language);
        return false;
    }
    if (search->group && !symbol_choice_has_group(set, search->group)) {
        fault_set(fault, FAULT_INPUT, "the set has no group '%s'", search->group);
        return false;
    }
    return true;
}

/* ,"found":N,"symbols":[…] */
static void append_finds(struct buffer *json, const struct symbol_set *set, const struct wish *wish)
{
    const struct symbol_entry **entries = memory_new(symbol_set_count(set), sizeof(*entries));
    size_t count = symbol_search_run(set, &wish->search, entries);
    size_t shown = (int64_t)count < wish->limit ? count : (size_t)wish->limit;
    buffer_appendf(json, ",\"found\":%zu,\"symbols\":", count);
    symbol_append_records(json, set, entries, shown);
    free(entries);
}

static void give(struct exchange *exchange, struct buffer *json, bool is_lasting)
{
    struct answer *answer = json_answer(json, "application/json");
    if (is_lasting && answer_status(answer) == 200) {
        struct answer *lasting = answer_with_header(answer, "Cache-Control", LASTING_CACHE_CONTROL);
        answer_unref(answer);
        answer = lasting;
    }
    exchange_answer(exchange, answer);
}

void symbols_handle_sets(struct service *service, struct exchange *exchange)
{
    const struct symbol_library *symbols = service->config->symbols;
    const struct symbol_set *set = symbol_library_default(symbols);
    struct wish wish;
    struct fault fault;
    if (!read_wish(exchange_request(exchange), set, &wish, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct buffer json;
    buffer_init(&json, LIST_MAX_BYTES);
    buffer_append_text(&json, "{\"sets\":[");
    for (size_t i = 0; i < symbol_library_count(symbols); i++) {
        buffer_append_text(&json, i ? ",\n" : "");
        symbol_append_set(&json, symbols, symbol_library_at(symbols, i));
    }
    buffer_append_text(&json, "]");
    append_finds(&json, set, &wish);
    buffer_append_text(&json, "}\n");
    give(exchange, &json, false);
}

void symbols_handle_list(struct service *service, struct exchange *exchange)
{
    const struct symbol_library *symbols = service->config->symbols;
    const struct request *request = exchange_request(exchange);
    struct wish wish;
    struct fault fault;
    bool is_lasting;
    const struct symbol_set *set = symbol_address_set(symbols, request, &is_lasting, &fault);
    if (!set || !read_wish(request, set, &wish, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    struct buffer json;
    buffer_init(&json, LIST_MAX_BYTES);
    buffer_append_text(&json, "{\"set\":");
    symbol_append_set(&json, symbols, set);
    append_finds(&json, set, &wish);
    buffer_append_text(&json, "}\n");
    give(exchange, &json, is_lasting);
}

/* The facts of the entry, and what of this code it cannot show. */
static void append_facts(struct buffer *json, const struct symbol_address *address)
{
    struct fault fault;
    buffer_append_text(json, "{\"asked\":");
    buffer_append_json(json, address->text);
    buffer_append_text(json, ",\"refusal\":");
    if (symbol_accepts(address->entry, &address->code, &fault)) {
        buffer_append_text(json, "null");
    } else {
        buffer_append_json(json, fault.message);
    }
    buffer_append_text(json, ",\"symbol\":");
    symbol_append_facts(json, address->set, address->entry);
    buffer_append_text(json, "}\n");
}

void symbols_handle_facts(struct service *service, struct exchange *exchange)
{
    static const char *const known[] = {"n", "c", "t", "o", "h", "v", "r", NULL};
    const struct request *request = exchange_request(exchange);
    struct symbol_address address = {0};
    struct fault fault;
    if (!symbol_address_check_keys(request, &fault) || !request_check_parameters(request, known, &fault) ||
        !symbol_address_read(service->config->symbols, request, &address, &fault)) {
        exchange_fail(exchange, &fault);
    } else {
        struct buffer json;
        buffer_init(&json, LIST_MAX_BYTES);
        append_facts(&json, &address);
        give(exchange, &json, address.is_lasting);
    }
    symbol_address_finish(&address);
}
