/*
 * tile_desk.c - the way of one tile: its key, the cache in memory, the one on disk, else an order to the
 * workers.
 *
 * The map's epoch and generation are read before its revisions: if a commit comes between, the tile drawn for
 * the old revisions is given to who asked before the commit was acknowledged, and is not taken into a cache.
 */
#include "render/service/tile/tile_desk.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/http/answer.h"
#include "render/service/config.h"
#include "render/service/tile/disk_cache.h"
#include "render/service/http/exchange.h"
#include "render/service/worker/order.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/request.h"
#include "render/service/service.h"
#include "render/service/tile/tile_cache.h"
#include "render/service/worker/worker_pool.h"
#include "render/encode/tile_picture.h"

/** A tile that lacks a layer is kept this long: the layer may come back. */
#define INCOMPLETE_MS 5000

struct tile_desk {
    struct service *service;
    size_t map_count;
    const struct map **maps;
    size_t set_count;
    const struct tile_matrix_set **sets;
};

struct tile_desk *tile_desk_new(struct service *service)
{
    struct tile_desk *desk = memory_new(1, sizeof(*desk));
    const struct config *config = service->config;
    desk->service = service;
    desk->map_count = maps_count(config->maps);
    desk->maps = memory_new(desk->map_count, sizeof(*desk->maps));
    for (size_t i = 0; i < desk->map_count; i++) {
        desk->maps[i] = maps_at(config->maps, i);
    }
    desk->set_count = tile_matrix_sets_count(config->tile_matrix_sets);
    desk->sets = memory_new(desk->set_count, sizeof(*desk->sets));
    for (size_t i = 0; i < desk->set_count; i++) {
        desk->sets[i] = tile_matrix_sets_at(config->tile_matrix_sets, i);
    }
    return desk;
}

void tile_desk_free(struct tile_desk *desk)
{
    if (desk) {
        free(desk->maps);
        free(desk->sets);
        free(desk);
    }
}

bool tile_wish_read_index(const char *text, uint32_t *index)
{
    size_t length = strlen(text);
    bool is_plain = length >= 1 && length <= 10 && strspn(text, "0123456789") == length;
    if (!is_plain || (text[0] == '0' && length > 1)) {
        return false;
    }
    unsigned long long number = strtoull(text, NULL, 10);
    *index = (uint32_t)number;
    return number <= UINT32_MAX;
}

bool tile_wish_read_view(const struct request *request, struct tile_wish *wish, struct fault *fault)
{
    int64_t revision;
    const char *as_of = request_parameter(request, "as-of");
    wish->as_of_ms = MOMENT_NONE;
    if (as_of && !moment_parse(as_of, &wish->as_of_ms, fault)) {
        fault_prefix(fault, "parameter 'as-of': ");
        return false;
    }
    if (!request_read_integer(request, "revision", 1, INT64_MAX, 0, &revision, fault)) {
        return false;
    }
    wish->revision = (uint64_t)revision;
    return palette_wish_read(request_parameter(request, "palette"), &wish->palette, fault);
}

/** One asker of a tile that is not in the cache. */
struct wait {
    struct tile_desk *desk;
    struct exchange *exchange; /* owned until it is answered */
    struct tile_key key;
    uint64_t epoch;
    uint64_t generation; /* the same of the cache on disk */
    uint64_t label;
    bool is_lasting;        /* worth keeping: its key tells all that it shows */
    struct order_view view; /* with the key all that its order needs, which is much larger */
};

/** The bytes are shared, the worker's result with its whole report is not kept: the cache counts what it
 * holds. */
static void keep_in_memory(struct wait *wait, int64_t until_ms, const struct answer *answer)
{
    struct answer *hit = answer_copy(answer);
    answer_add_header(hit, "Plottafel-Cache", "hit");
    tile_cache_put(wait->desk->service->tile_cache, &wait->key,
                   (struct tile_terms){wait->epoch, wait->label, until_ms}, hit);
    answer_unref(hit);
}

static void keep(struct wait *wait, const struct order_result *result, struct answer *answer)
{
    struct disk_cache *disk = wait->desk->service->disk_cache;
    bool is_whole = report_count(&result->report, REPORT_LAYER_FAILED) == 0;
    keep_in_memory(wait, is_whole ? INT64_MAX : monotonic_now_ms() + INCOMPLETE_MS, answer);
    if (disk && is_whole) {
        disk_cache_put(disk, &wait->key, wait->generation, answer);
    }
}

static void take_result(struct order_result *result, void *context)
{
    struct wait *wait = context;
    struct answer *answer = answer_of_result(result, exchange_request(wait->exchange));
    if (result->fault.code == FAULT_NONE) {
        answer_add_header(answer, "Plottafel-Cache", "miss");
    }
    if (result->fault.code == FAULT_NONE && wait->is_lasting) {
        keep(wait, result, answer);
    }
    exchange_answer(wait->exchange, answer);
    free(wait);
}

static void make_order(const struct wait *wait, struct order *order)
{
    const struct tile_matrix_set *set = wait->desk->sets[wait->key.tile_matrix_set];
    order_init(order, ORDER_TILE);
    order->view = wait->view;
    order->tile.address = wait->key.address;
    order->tile.form = wait->key.form;
    memcpy(order->tile.tile_matrix_set, set->id, sizeof(set->id));
}

/** Asks a worker; the wait is its then, or over. */
static void ask_worker(struct wait *wait)
{
    struct fault fault;
    struct order order;
    make_order(wait, &order);
    int64_t deadline_ms = exchange_request(wait->exchange)->deadline_ms;
    struct worker_asker asker = {
        .done = take_result, .context = wait, .listener = exchange_listener(wait->exchange)};
    if (!worker_pool_order(wait->desk->service->pool, &order, deadline_ms, asker, NULL, &fault)) {
        exchange_fail(wait->exchange, &fault);
        free(wait);
    }
}

/** What was on disk says of which state it is; one of a fixed revision was asked for by it. */
static void take_from_disk(struct answer *answer, const struct disk_state *state, void *context)
{
    struct wait *wait = context;
    if (!answer) {
        ask_worker(wait);
        return;
    }
    const struct tile_key *key = &wait->key;
    bool is_fixed = key->fixed_revision > 0;
    answer_add_header(answer, "Plottafel-Marking", marking_text(map_marking(wait->desk->maps[key->map])));
    answer_set_state(answer, is_fixed ? &key->fixed_revision : state->revisions,
                     is_fixed ? 1 : state->plot_count, key->moment_ms);
    answer_add_header(answer, "Plottafel-Cache", "disk");
    keep_in_memory(wait, INT64_MAX, answer);
    exchange_set_hit(wait->exchange);
    exchange_answer(wait->exchange, answer);
    free(wait);
}

/** From disk when it is there, else from a worker. */
static void find_elsewhere(struct wait *wait)
{
    struct disk_cache *disk = wait->desk->service->disk_cache;
    struct disk_cache_reader reader = {take_from_disk, wait};
    if (!disk || !wait->is_lasting || !disk_cache_read(disk, &wait->key, reader)) {
        ask_worker(wait);
    }
}

static size_t index_of_map(const struct tile_desk *desk, const struct map *map)
{
    size_t index = 0;
    while (index < desk->map_count && desk->maps[index] != map) {
        index++;
    }
    assert(index < desk->map_count);
    return index;
}

static size_t index_of_set(const struct tile_desk *desk, const struct tile_matrix_set *set)
{
    size_t index = 0;
    while (index < desk->set_count && desk->sets[index] != set) {
        index++;
    }
    assert(index < desk->set_count);
    return index;
}

/** Which tile it is, but for its moment. */
static bool make_key(struct tile_desk *desk, const struct tile_wish *wish, struct tile_key *key,
                     struct fault *fault)
{
    assert(tile_form_is_valid(wish->form));
    if (!tile_picture_check(wish->map, wish->set, wish->address, wish->form, fault)) {
        return false;
    }
    *key = (struct tile_key){.map = (uint16_t)index_of_map(desk, wish->map),
                             .tile_matrix_set = (uint16_t)index_of_set(desk, wish->set),
                             .form = wish->form,
                             .palette = (uint8_t)palette_wish_of(&wish->palette, wish->map),
                             .address = wish->address,
                             .fixed_revision = wish->revision};
    return true;
}

/** Fills in key->moment and the view of a tile that may be drawn. Revision and time both count for a fixed
 * revision. */
static bool find_view(struct tile_desk *desk, const struct tile_wish *wish, struct tile_key *key,
                      struct order_view *view, struct fault *fault)
{
    if (!plot_keeper_view(desk->service->plots, key->map, wish->as_of_ms, view, fault)) {
        return false;
    }
    if (wish->revision > 0) {
        view->revisions[0] = wish->revision;
        view->as_of_ms = wish->as_of_ms == MOMENT_NONE ? view->as_of_ms : wish->as_of_ms;
    }
    view->palette = wish->palette;
    key->moment_ms = view->as_of_ms;
    return true;
}

/**
 * A tile that outlived a change is the picture of the later revision too, byte for byte: its headers are
 * brought up to date when it is next asked for. Takes over one reference and gives another.
 */
static struct answer *relabel(struct tile_desk *desk, const struct tile_key *key, struct answer *answer)
{
    uint64_t label;
    struct order_view view;
    struct tile_cache *cache = desk->service->tile_cache;
    plot_keeper_label(desk->service->plots, key->map, &label, &view);
    struct answer *fresh = answer_with_header(answer, "Plottafel-Cache", "hit");
    answer_set_state(fresh, view.revisions, view.plot_count, key->moment_ms);
    if (tile_cache_relabel(cache, key, answer, label, fresh)) {
        answer_unref(answer);
        return fresh;
    }
    /* Somebody else relabelled it; or it is stale by now, and then it must not be called the later revision.
     */
    answer_unref(fresh);
    fresh = tile_cache_find(cache, key, NULL);
    if (!fresh) {
        return answer;
    }
    answer_unref(answer);
    return fresh;
}

/** label: what the map's tiles should be labelled with now. */
static bool answer_from_cache(struct tile_desk *desk, const struct tile_key *key, uint64_t label,
                              struct exchange *exchange)
{
    uint64_t found_label;
    struct answer *answer = tile_cache_find(desk->service->tile_cache, key, &found_label);
    if (!answer) {
        return false;
    }
    if (found_label != label && key->fixed_revision == 0) {
        answer = relabel(desk, key, answer);
    }
    exchange_set_hit(exchange);
    exchange_answer(exchange, answer);
    return true;
}

void tile_desk_answer(struct tile_desk *desk, const struct tile_wish *wish, struct exchange *exchange)
{
    struct fault fault;
    struct tile_key key;
    struct order_view view;
    uint64_t label;
    if (!make_key(desk, wish, &key, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    bool is_now = wish->as_of_ms == MOMENT_NONE && wish->revision == 0;
    key.moment_ms = plot_keeper_now(desk->service->plots, key.map, &label);
    if (is_now && answer_from_cache(desk, &key, label, exchange)) {
        return;
    }
    struct disk_cache *disk = desk->service->disk_cache;
    uint64_t epoch = tile_cache_epoch(desk->service->tile_cache, key.map);
    uint64_t generation = disk ? disk_cache_generation(disk, key.map) : 0;
    if (!find_view(desk, wish, &key, &view, &fault)) {
        exchange_fail(exchange, &fault);
        return;
    }
    if (!is_now && answer_from_cache(desk, &key, label, exchange)) {
        return;
    }
    struct wait *wait = memory_new(1, sizeof(*wait));
    *wait =
        (struct wait){.desk = desk,
                      .exchange = exchange,
                      .key = key,
                      .epoch = epoch,
                      .generation = generation,
                      .label = label,
                      .view = view,
                      /* A fixed revision is that of the first plot: the others of its map go on changing. */
                      .is_lasting = wish->revision == 0 || view.plot_count == 1};
    find_elsewhere(wait);
}
