/*
 * seed_sample.c - every so-manieth tile. A tile that fails is asked for again in its turn, which names it.
 */
#include "render/service/seed/seed_sample.h"

#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "render/service/command/interrupt.h"
#include "render/service/seed/seed_blocks.h"
#include "render/service/seed/tile_crew.h"
#include "render/service/worker/order.h"

#define TILES_FOR_EACH 20
#define LEAST 8
#define WAIT_MS 200

/** Waits for what is done next and hands it over. */
static bool take(struct seed_sample *sample, struct tile_crew *crew, const struct tile_address *picked,
                 struct seed_taker taker, struct fault *fault)
{
    uint64_t index;
    struct order_result *result = tile_crew_take(crew, WAIT_MS, &index);
    bool is_taken = true;
    if (result && result->fault.code == FAULT_NONE) {
        uint64_t hash = hash_bytes(HASH_START, result->bytes, result->length);
        struct tile_batch_item item = {result->bytes, result->length, hash};
        sample->tiles[index] = (struct seed_sample_tile){hash, result->length};
        taker.take_report(&result->report, taker.context);
        is_taken = taker.take(picked[index], &item, taker.context, fault);
    }
    order_result_unref(result);
    return is_taken;
}

/** Asks for all, and takes what is done as soon as a worker has enough to do. */
static bool draw_picked(struct seed_sample *sample, struct tile_crew *crew, const struct tile_address *picked,
                        const struct order *order, struct seed_taker taker, struct fault *fault)
{
    struct order single = *order;
    for (size_t i = 0; i < sample->count && !interrupt_came(); i++) {
        int worker = (int)(i * (size_t)tile_crew_count(crew) / sample->count);
        while (tile_crew_is_full(crew, worker)) {
            if (!take(sample, crew, picked, taker, fault)) {
                return false;
            }
        }
        single.tile.address = picked[i];
        tile_crew_ask(crew, worker, &single, i);
    }
    while (tile_crew_pending(crew) > 0) {
        if (!take(sample, crew, picked, taker, fault)) {
            return false;
        }
    }
    return true;
}

bool seed_sample_draw(struct seed_sample *sample, struct tile_crew *crew, const struct seed_blocks *blocks,
                      const struct order *order, struct seed_taker taker, struct fault *fault)
{
    uint64_t todo_count = seed_blocks_count(blocks);
    uint64_t wanted = todo_count / TILES_FOR_EACH;
    *sample = (struct seed_sample){.todo_count = todo_count};
    if (wanted < LEAST) {
        return true;
    }
    struct tile_address picked[SEED_SAMPLE_MOST];
    wanted = wanted < SEED_SAMPLE_MOST ? wanted : SEED_SAMPLE_MOST;
    sample->step = (todo_count + wanted - 1) / wanted;
    sample->count = seed_blocks_pick(blocks, sample->step, picked, SEED_SAMPLE_MOST);
    bool is_drawn = draw_picked(sample, crew, picked, order, taker, fault);
    sample->todo_count -= sample->count;
    sample->step--;
    seed_sample_drop_equals(sample);
    return is_drawn;
}

void seed_sample_drop_equals(struct seed_sample *sample)
{
    for (size_t i = 0; i < sample->count; i++) {
        bool is_shared = false;
        for (size_t k = i + 1; k < sample->count; k++) {
            bool is_equal = sample->tiles[k].hash == sample->tiles[i].hash;
            sample->tiles[k].length = is_equal ? 0 : sample->tiles[k].length;
            is_shared = is_shared || is_equal;
        }
        sample->tiles[i].length = is_shared ? 0 : sample->tiles[i].length;
    }
}

uint64_t seed_sample_rest_bytes(const struct seed_sample *sample, uint64_t done_count)
{
    uint64_t bytes = 0;
    for (size_t i = 0; i < sample->count; i++) {
        uint64_t first = i * sample->step;
        uint64_t end = first + sample->step < sample->todo_count ? first + sample->step : sample->todo_count;
        uint64_t begin = first > done_count ? first : done_count;
        bytes += begin < end ? (end - begin) * sample->tiles[i].length : 0;
    }
    return bytes;
}
