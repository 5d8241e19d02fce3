/*
 * box_grid.c - every box is entered in each cell it touches, with a copy of itself, so that whoever follows a
 * chain reads one place of memory for each. Cells are hashed by column and row into chains; two cells may
 * share a chain, which costs time and changes nothing.
 */
#include "render/placement/box_grid.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"

#define NONE UINT32_MAX
#define CHAIN_COUNT_FIRST 1024

/* A box in one cell. */
struct node {
    struct bbox box;
    uint32_t number;
    uint32_t next;
    uint32_t hash; /* of its cell: chains are made anew from it when the table grows */
};

struct item {
    struct bbox box;
    uint32_t number;
};

struct box_grid {
    double cell_px;
    uint32_t *chains;   /* first node of each, or NONE */
    size_t chain_count; /* a power of two */
    struct node *nodes;
    size_t node_count;
    size_t node_capacity;
    struct item *items;
    size_t item_count;
    size_t item_capacity;
};

struct cells {
    int64_t first_column, last_column, first_row, last_row;
};

static void clear_chains(struct box_grid *grid, size_t count)
{
    free(grid->chains);
    grid->chains = memory_new(count, sizeof(*grid->chains));
    grid->chain_count = count;
    for (size_t i = 0; i < count; i++) {
        grid->chains[i] = NONE;
    }
}

struct box_grid *box_grid_new(double cell_px)
{
    struct box_grid *grid = memory_new(1, sizeof(*grid));
    grid->cell_px = cell_px;
    clear_chains(grid, CHAIN_COUNT_FIRST);
    return grid;
}

void box_grid_free(struct box_grid *grid)
{
    if (!grid) {
        return;
    }
    free(grid->chains);
    free(grid->nodes);
    free(grid->items);
    free(grid);
}

static struct cells cells_of(const struct box_grid *grid, struct bbox box)
{
    return (struct cells){
        .first_column = (int64_t)floor(box.min_x / grid->cell_px),
        .last_column = (int64_t)floor(box.max_x / grid->cell_px),
        .first_row = (int64_t)floor(box.min_y / grid->cell_px),
        .last_row = (int64_t)floor(box.max_y / grid->cell_px),
    };
}

static uint32_t hash_of(int64_t column, int64_t row)
{
    uint64_t hash =
        (uint64_t)column * UINT64_C(0x9E3779B97F4A7C15) ^ (uint64_t)row * UINT64_C(0xC2B2AE3D27D4EB4F);
    return (uint32_t)((hash ^ (hash >> 29)) >> 16);
}

static void link_node(struct box_grid *grid, uint32_t number)
{
    uint32_t *chain = &grid->chains[grid->nodes[number].hash & (grid->chain_count - 1)];
    grid->nodes[number].next = *chain;
    *chain = number;
}

static void add_node(struct box_grid *grid, struct item item, uint32_t hash)
{
    if (grid->node_count == grid->node_capacity) {
        grid->node_capacity = grid->node_capacity ? 2 * grid->node_capacity : CHAIN_COUNT_FIRST;
        grid->nodes = memory_resize(grid->nodes, grid->node_capacity, sizeof(*grid->nodes));
    }
    uint32_t number = (uint32_t)grid->node_count++;
    grid->nodes[number] = (struct node){.box = item.box, .number = item.number, .hash = hash};
    if (grid->node_count <= grid->chain_count) {
        link_node(grid, number);
        return;
    }
    clear_chains(grid, 2 * grid->chain_count);
    for (uint32_t i = 0; i < grid->node_count; i++) {
        link_node(grid, i);
    }
}

void box_grid_add(struct box_grid *grid, struct bbox box, uint32_t number)
{
    if (bbox_is_empty(box)) {
        return;
    }
    if (grid->item_count == grid->item_capacity) {
        grid->item_capacity = grid->item_capacity ? 2 * grid->item_capacity : CHAIN_COUNT_FIRST;
        grid->items = memory_resize(grid->items, grid->item_capacity, sizeof(*grid->items));
    }
    grid->items[grid->item_count++] = (struct item){box, number};
    struct cells cells = cells_of(grid, box);
    for (int64_t row = cells.first_row; row <= cells.last_row; row++) {
        for (int64_t column = cells.first_column; column <= cells.last_column; column++) {
            add_node(grid, (struct item){box, number}, hash_of(column, row));
        }
    }
}

static bool overlaps(struct bbox a, struct bbox b)
{
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

static bool loses_more(struct bbox below, struct bbox above, double part)
{
    if (!overlaps(below, above)) {
        return false;
    }
    double width = fmin(below.max_x, above.max_x) - fmax(below.min_x, above.min_x);
    double height = fmin(below.max_y, above.max_y) - fmax(below.min_y, above.min_y);
    return width * height > part * bbox_width(below) * bbox_height(below);
}

/* part < 0 asks for any overlap. */
static bool is_hit(const struct box_grid *grid, struct bbox box, double part)
{
    if (bbox_is_empty(box) || grid->item_count == 0) {
        return false;
    }
    struct cells cells = cells_of(grid, box);
    for (int64_t row = cells.first_row; row <= cells.last_row; row++) {
        for (int64_t column = cells.first_column; column <= cells.last_column; column++) {
            uint32_t number = grid->chains[hash_of(column, row) & (grid->chain_count - 1)];
            for (; number != NONE; number = grid->nodes[number].next) {
                struct bbox placed = grid->nodes[number].box;
                if (part < 0 ? overlaps(placed, box) : loses_more(placed, box, part)) {
                    return true;
                }
            }
        }
    }
    return false;
}

bool box_grid_is_free(const struct box_grid *grid, struct bbox box)
{
    return !is_hit(grid, box, -1.0);
}

bool box_grid_is_covered(const struct box_grid *grid, struct bbox box, double part)
{
    return is_hit(grid, box, part);
}

static void visit_all(const struct box_grid *grid, struct bbox box,
                      void (*visit)(uint32_t number, void *context), void *context)
{
    for (size_t i = 0; i < grid->item_count; i++) {
        if (bbox_intersects(grid->items[i].box, box)) {
            visit(grid->items[i].number, context);
        }
    }
}

static void visit_cell(const struct box_grid *grid, uint32_t hash, struct bbox box,
                       void (*visit)(uint32_t number, void *context), void *context)
{
    uint32_t number = grid->chains[hash & (grid->chain_count - 1)];
    for (; number != NONE; number = grid->nodes[number].next) {
        const struct node *node = &grid->nodes[number];
        if (bbox_intersects(node->box, box)) {
            visit(node->number, context);
        }
    }
}

void box_grid_query(const struct box_grid *grid, struct bbox box,
                    void (*visit)(uint32_t number, void *context), void *context)
{
    /* A box of more cells than there are boxes is quicker compared with each of them. */
    double cells_wide = bbox_width(box) / grid->cell_px + 1;
    double cells_high = bbox_height(box) / grid->cell_px + 1;
    if (bbox_is_empty(box) || cells_wide * cells_high > (double)grid->item_count) {
        visit_all(grid, box, visit, context);
        return;
    }
    struct cells cells = cells_of(grid, box);
    for (int64_t row = cells.first_row; row <= cells.last_row; row++) {
        for (int64_t column = cells.first_column; column <= cells.last_column; column++) {
            visit_cell(grid, hash_of(column, row), box, visit, context);
        }
    }
}

size_t box_grid_bytes(const struct box_grid *grid)
{
    return sizeof(*grid) + grid->chain_count * sizeof(*grid->chains) +
           grid->node_capacity * sizeof(*grid->nodes) + grid->item_capacity * sizeof(*grid->items);
}
