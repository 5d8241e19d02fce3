/*
 * seed_batches.c - a batch has a place in a list while it is under way, and the place's number is its tag.
 */
#include "render/service/seed/seed_batches.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "render/service/worker/order.h"
#include "render/service/seed/seed_blocks.h"
#include "render/service/seed/tile_crew.h"

#define TILES_EACH 16

struct batch {
    struct tile_address tiles[TILES_EACH];
    size_t count; /* 0: the place is free */
    bool is_single;
};

struct seed_batches {
    struct tile_crew *crew;
    struct seed_blocks *blocks;
    const struct order *order;
    struct seed_taker taker;
    struct batch *batches; /* owned */
    size_t batch_count;
    struct tile_address *again; /* owned; to be asked for one by one */
    size_t again_count;
};

struct seed_batches *seed_batches_new(struct tile_crew *crew, struct seed_blocks *blocks,
                                      const struct order *order, struct seed_taker taker)
{
    struct seed_batches *batches = memory_new(1, sizeof(*batches));
    *batches = (struct seed_batches){.crew = crew, .blocks = blocks, .order = order, .taker = taker};
    return batches;
}

void seed_batches_free(struct seed_batches *batches)
{
    free(batches->batches);
    free(batches->again);
    free(batches);
}

static size_t find_place(struct seed_batches *batches)
{
    size_t place = 0;
    while (place < batches->batch_count && batches->batches[place].count > 0) {
        place++;
    }
    if (place == batches->batch_count) {
        batches->batches = memory_resize(batches->batches, ++batches->batch_count, sizeof(*batches->batches));
    }
    return place;
}

static void ask_single(struct seed_batches *batches, int worker)
{
    struct order order = *batches->order;
    size_t place = find_place(batches);
    struct batch *batch = &batches->batches[place];
    *batch = (struct batch){.count = 1, .is_single = true};
    batch->tiles[0] = batches->again[--batches->again_count];
    order.tile.address = batch->tiles[0];
    tile_crew_ask(batches->crew, worker, &order, place);
}

/** False when there is nothing for the worker. */
static bool ask_batch(struct seed_batches *batches, int worker)
{
    size_t place = find_place(batches);
    struct batch *batch = &batches->batches[place];
    struct order order = *batches->order;
    struct order_stale_tile tile = {.form = order.tile.form};
    *batch = (struct batch){0};
    memcpy(tile.tile_matrix_set, order.tile.tile_matrix_set, sizeof(tile.tile_matrix_set));
    order.kind = ORDER_TILES;
    while (batch->count < TILES_EACH && seed_blocks_next(batches->blocks, worker, &tile.address)) {
        batch->tiles[batch->count++] = tile.address;
        order_stale_add(&order, &tile);
    }
    if (batch->count > 0) {
        tile_crew_ask(batches->crew, worker, &order, place);
    }
    order_finish(&order);
    return batch->count > 0;
}

bool seed_batches_ask(struct seed_batches *batches)
{
    for (int worker = 0; worker < tile_crew_count(batches->crew); worker++) {
        bool has_more = true;
        while (has_more && !tile_crew_is_full(batches->crew, worker)) {
            if (batches->again_count > 0) {
                ask_single(batches, worker);
            } else {
                has_more = ask_batch(batches, worker);
            }
        }
    }
    return tile_crew_pending(batches->crew) > 0;
}

static void ask_again(struct seed_batches *batches, const struct batch *batch)
{
    batches->again =
        memory_resize(batches->again, batches->again_count + batch->count, sizeof(*batches->again));
    memcpy(batches->again + batches->again_count, batch->tiles, batch->count * sizeof(*batch->tiles));
    batches->again_count += batch->count;
}

static bool take_tiles(const struct seed_batches *batches, const struct batch *batch,
                       const struct order_result *result, struct fault *fault)
{
    const struct seed_taker *taker = &batches->taker;
    const char *next = result->bytes;
    for (size_t i = 0; i < batch->count; i++) {
        struct tile_batch_item item = {result->bytes, result->length, 0};
        if (batch->is_single) {
            item.hash = hash_bytes(HASH_START, item.bytes, item.length);
        } else if (!tile_batch_next(&next, result->bytes + result->length, &item)) {
            fault_set(fault, FAULT_INTERNAL, "a worker gave %zu tiles instead of %zu", i, batch->count);
            return false;
        }
        if (!taker->take(batch->tiles[i], &item, taker->context, fault)) {
            return false;
        }
    }
    return true;
}

static bool take_result(struct seed_batches *batches, const struct batch *batch,
                        const struct order_result *result, struct fault *fault)
{
    const struct seed_taker *taker = &batches->taker;
    if (result->fault.code == FAULT_NONE) {
        taker->take_report(&result->report, taker->context);
        return take_tiles(batches, batch, result, fault);
    }
    if (batch->is_single) {
        return taker->take_fault(batch->tiles[0], &result->fault, taker->context, fault);
    }
    ask_again(batches, batch);
    return true;
}

bool seed_batches_take(struct seed_batches *batches, int64_t wait_ms, struct fault *fault)
{
    uint64_t place;
    struct order_result *result = tile_crew_take(batches->crew, wait_ms, &place);
    if (!result) {
        return true;
    }
    struct batch batch = batches->batches[place];
    batches->batches[place].count = 0;
    const char *wanted = tile_format_content_type(batches->order->tile.form.format);
    bool is_good = result->fault.code != FAULT_NONE || strcmp(result->content_type, wanted) == 0;
    if (is_good) {
        is_good = take_result(batches, &batch, result, fault);
    } else {
        fault_set(fault, FAULT_INPUT, "tiles come as %s, not as %s", result->content_type, wanted);
    }
    order_result_unref(result);
    return is_good;
}
