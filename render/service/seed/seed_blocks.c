/*
 * seed_blocks.c - a worker whose block is done takes the next of the plan; when there is none, about half of
 * the districts that another one has not begun. The tiles of a block stand district after district.
 */
#include "render/service/seed/seed_blocks.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "render/service/worker/order_district.h"

void seed_blocks_init(struct seed_blocks *blocks, const struct seed_plan *plan,
                      const struct tile_keys *standing, const struct tile_keys *drawn, int worker_count,
                      uint16_t tile_size_px)
{
    *blocks = (struct seed_blocks){
        .plan = plan,
        .standing = standing,
        .drawn = drawn,
        .tile_size_px = tile_size_px,
        .side = SEED_BLOCK_PX / tile_size_px,
        .blocks = memory_new((size_t)worker_count, sizeof(*blocks->blocks)),
        .worker_count = worker_count,
    };
}

void seed_blocks_finish(struct seed_blocks *blocks)
{
    free(blocks->blocks);
}

static uint32_t district_side(const struct seed_blocks *blocks, uint32_t zoom)
{
    return order_district_side(blocks->plan->set, zoom, blocks->tile_size_px);
}

static void add_tiles(const struct seed_blocks *blocks, struct seed_range range, struct seed_block *block)
{
    struct tile_address address = range.first;
    for (address.row = range.first.row; address.row <= range.last.row; address.row++) {
        for (address.column = range.first.column; address.column <= range.last.column; address.column++) {
            if (!tile_keys_has(blocks->standing, address) && !tile_keys_has(blocks->drawn, address)) {
                block->tiles[block->count++] = address;
            }
        }
    }
}

/** What of a range lies in the district that a tile is in. */
static struct seed_range part_of(struct seed_range range, struct tile_address tile, uint32_t side)
{
    uint32_t last_column = tile.column / side * side + side - 1;
    uint32_t last_row = tile.row / side * side + side - 1;
    struct seed_range part = {tile, range.last};
    part.last.column = last_column < range.last.column ? last_column : range.last.column;
    part.last.row = last_row < range.last.row ? last_row : range.last.row;
    return part;
}

/** What is to be drawn of a rectangle of tiles. */
static void fill_block(const struct seed_blocks *blocks, struct seed_range range, struct seed_block *block)
{
    uint32_t side = district_side(blocks, range.first.zoom);
    struct seed_range part = {range.first, range.first};
    struct tile_address tile = range.first;
    block->next = 0;
    block->count = 0;
    for (; tile.row <= range.last.row; tile.row = part.last.row + 1) {
        for (tile.column = range.first.column; tile.column <= range.last.column;
             tile.column = part.last.column + 1) {
            part = part_of(range, tile, side);
            add_tiles(blocks, part, block);
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

size_t seed_blocks_pick(const struct seed_blocks *blocks, uint64_t step, struct tile_address *picked,
                        size_t most)
{
    struct seed_cursor cursor = {0};
    struct seed_range range;
    struct seed_block block;
    uint64_t passed = 0; /* tiles of the blocks before */
    uint64_t next = step / 2;
    size_t count = 0;
    while (count < most && seed_plan_next(blocks->plan, &cursor, blocks->side, &range)) {
        fill_block(blocks, range, &block);
        for (; count < most && next < passed + block.count; next += step) {
            picked[count++] = block.tiles[next - passed];
        }
        passed += block.count;
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

/** Is it the first of its district in the block? */
static bool begins_district(const struct seed_blocks *blocks, const struct seed_block *block, size_t index)
{
    struct tile_address tile = block->tiles[index];
    uint32_t side = district_side(blocks, tile.zoom);
    return index == 0 || block->tiles[index - 1].column / side != tile.column / side ||
           block->tiles[index - 1].row / side != tile.row / side;
}

/** Where the districts begin that another worker may take: about half of the tiles. */
static size_t find_spare(const struct seed_blocks *blocks, const struct seed_block *block)
{
    size_t middle = block->next + (block->count - block->next) / 2;
    size_t spare = block->count;
    for (size_t i = block->count; i > block->next && spare > middle; i--) {
        spare = begins_district(blocks, block, i - 1) ? i - 1 : spare;
    }
    return spare;
}

static bool take_districts(struct seed_blocks *blocks, struct seed_block *block)
{
    struct seed_block *richest = block;
    size_t taken = 0;
    for (int i = 0; i < blocks->worker_count; i++) {
        struct seed_block *other = &blocks->blocks[i];
        size_t spare_count = other->count - find_spare(blocks, other);
        richest = spare_count > taken ? other : richest;
        taken = spare_count > taken ? spare_count : taken;
    }
    if (taken == 0) {
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
    if (block->next == block->count && !take_next_block(blocks, block) && !take_districts(blocks, block)) {
        return false;
    }
    *address = block->tiles[block->next++];
    return true;
}
