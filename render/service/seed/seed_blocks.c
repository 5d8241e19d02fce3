/*
 * seed_blocks.c - a worker whose block is done takes the next of the plan; when there is none, the second
 * half of what the one with most to do has left.
 */
#include "render/service/seed/seed_blocks.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

void seed_blocks_init(struct seed_blocks *blocks, const struct seed_plan *plan,
                      const struct tile_keys *standing, const struct tile_keys *drawn, int worker_count,
                      uint16_t tile_size_px)
{
    *blocks = (struct seed_blocks){
        .plan = plan,
        .standing = standing,
        .drawn = drawn,
        .side = SEED_BLOCK_PX / tile_size_px,
        .blocks = memory_new((size_t)worker_count, sizeof(*blocks->blocks)),
        .worker_count = worker_count,
    };
}

void seed_blocks_finish(struct seed_blocks *blocks)
{
    free(blocks->blocks);
}

/** What is to be drawn of a rectangle of tiles. */
static void fill_block(const struct seed_blocks *blocks, struct seed_range range, struct seed_block *block)
{
    struct tile_address address = range.first;
    block->next = 0;
    block->count = 0;
    for (address.row = range.first.row; address.row <= range.last.row; address.row++) {
        for (address.column = range.first.column; address.column <= range.last.column; address.column++) {
            if (!tile_keys_has(blocks->standing, address) && !tile_keys_has(blocks->drawn, address)) {
                block->tiles[block->count++] = address;
            }
        }
    }
}

uint64_t seed_blocks_count(const struct seed_blocks *blocks)
{
    struct seed_cursor cursor = {0};
    struct seed_range range;
    struct seed_block block;
    uint64_t count = 0;
    while (seed_plan_next(blocks->plan, &cursor, blocks->side, &range)) {
        fill_block(blocks, range, &block);
        count += block.count;
    }
    return count;
}

static bool take_next_block(struct seed_blocks *blocks, struct seed_block *block)
{
    struct seed_range range;
    while (seed_plan_next(blocks->plan, &blocks->cursor, blocks->side, &range)) {
        fill_block(blocks, range, block);
        if (block->count > 0) {
            return true;
        }
    }
    return false;
}

static bool take_half(struct seed_blocks *blocks, struct seed_block *block)
{
    struct seed_block *richest = block;
    for (int i = 0; i < blocks->worker_count; i++) {
        struct seed_block *other = &blocks->blocks[i];
        if (other->count - other->next > richest->count - richest->next) {
            richest = other;
        }
    }
    size_t taken = (richest->count - richest->next + 1) / 2;
    if (richest == block || taken == 0) {
        return false;
    }
    richest->count -= taken;
    memcpy(block->tiles, richest->tiles + richest->count, taken * sizeof(*block->tiles));
    block->next = 0;
    block->count = taken;
    return true;
}

bool seed_blocks_next(struct seed_blocks *blocks, int worker, struct tile_address *address)
{
    struct seed_block *block = &blocks->blocks[worker];
    if (block->next == block->count && !take_next_block(blocks, block) && !take_half(blocks, block)) {
        return false;
    }
    *address = block->tiles[block->next++];
    return true;
}
