/*
 * box_grid.c - every box is kept once and entered in each cell it touches: that of a label are five, and a
 * placement keeps its grid. What lies outside the bounds stands in the cells along their edge. Whether a
 * place is free the raster knows in most cases without a look at any box.
 */
#include "render/placement/box_grid.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/placement/box_raster.h"

#define NONE UINT32_MAX
#define CELL_PX 32.0
#define COARSE_CELL_PX 128.0 /* where boxes are few: cells take memory too */
#define FEW_BOXES 256
#define MOST_CELLS 256 /* in a row or column: of a district that is larger cells are too */
#define ENTRIES_FIRST 16
#define NODES_FIRST 64
#define NODES_PER_BOX 4  /* of a symbol, about */
#define RASTER_LEAST 256 /* so many questions are worth one */

struct entry {
    struct bbox box;
    uint32_t number;
};

/* An entry in one cell. */
struct node {
    uint32_t entry;
    uint32_t next;
};

struct box_grid {
    struct point corner;
    double cells_per_px_x;
    double cells_per_px_y;
    int column_count;
    int row_count;
    uint32_t *chains; /* first node of each cell, or NONE */
    struct entry *entries;
    size_t entry_count;
    size_t entry_capacity;
    struct node *nodes;
    size_t node_count;
    size_t node_capacity;
    struct box_raster *raster; /* NULL: there is none */
    bool is_for_room;          /* hidden boxes are passed over */
};

struct cells {
    int first_column, last_column, first_row, last_row;
};

static int cell_count(double length_px, double cell_px)
{
    double count = ceil(length_px / cell_px);
    return count < 1 ? 1 : count > MOST_CELLS ? MOST_CELLS : (int)count;
}

static double cells_per_px(double length_px, int count)
{
    return length_px > 0 && isfinite(length_px) ? count / length_px : 0;
}

struct box_grid *box_grid_new(struct bbox bounds, size_t count, size_t asked)
{
    struct box_grid *grid = memory_new(1, sizeof(*grid));
    double width = bbox_width(bounds);
    double height = bbox_height(bounds);
    double cell_px = count > 0 && count < FEW_BOXES ? COARSE_CELL_PX : CELL_PX;
    grid->column_count = cell_count(width, cell_px);
    grid->row_count = cell_count(height, cell_px);
    grid->cells_per_px_x = cells_per_px(width, grid->column_count);
    grid->cells_per_px_y = cells_per_px(height, grid->row_count);
    grid->corner = bbox_is_empty(bounds) ? (struct point){0, 0} : (struct point){bounds.min_x, bounds.min_y};
    size_t chain_count = (size_t)grid->column_count * (size_t)grid->row_count;
    grid->chains = memory_resize(NULL, chain_count, sizeof(*grid->chains));
    for (size_t i = 0; i < chain_count; i++) {
        grid->chains[i] = NONE;
    }
    grid->entry_capacity = ENTRIES_FIRST + count;
    grid->entries = memory_resize(NULL, grid->entry_capacity, sizeof(*grid->entries));
    grid->node_capacity = NODES_FIRST + NODES_PER_BOX * count;
    grid->nodes = memory_resize(NULL, grid->node_capacity, sizeof(*grid->nodes));
    grid->is_for_room = asked > 0;
    grid->raster = asked >= RASTER_LEAST ? box_raster_new(bounds) : NULL;
    return grid;
}

void box_grid_free(struct box_grid *grid)
{
    if (!grid) {
        return;
    }
    box_raster_free(grid->raster);
    free(grid->chains);
    free(grid->entries);
    free(grid->nodes);
    free(grid);
}

static int cell_at(double from_corner_px, double per_px, int count)
{
    double cell = from_corner_px * per_px;
    return !(cell > 0) ? 0 : cell < count ? (int)cell : count - 1;
}

static struct cells cells_of(const struct box_grid *grid, struct bbox box)
{
    return (struct cells){
        .first_column = cell_at(box.min_x - grid->corner.x, grid->cells_per_px_x, grid->column_count),
        .last_column = cell_at(box.max_x - grid->corner.x, grid->cells_per_px_x, grid->column_count),
        .first_row = cell_at(box.min_y - grid->corner.y, grid->cells_per_px_y, grid->row_count),
        .last_row = cell_at(box.max_y - grid->corner.y, grid->cells_per_px_y, grid->row_count),
    };
}

static uint32_t *chain_of(const struct box_grid *grid, int column, int row)
{
    return &grid->chains[(size_t)row * (size_t)grid->column_count + (size_t)column];
}

static uint32_t add_entry(struct box_grid *grid, struct bbox box, uint32_t number)
{
    if (grid->entry_count == grid->entry_capacity) {
        grid->entry_capacity *= 2;
        grid->entries = memory_resize(grid->entries, grid->entry_capacity, sizeof(*grid->entries));
    }
    grid->entries[grid->entry_count] = (struct entry){box, number};
    return (uint32_t)grid->entry_count++;
}

static void add_node(struct box_grid *grid, uint32_t *chain, uint32_t entry)
{
    if (grid->node_count == grid->node_capacity) {
        grid->node_capacity *= 2;
        grid->nodes = memory_resize(grid->nodes, grid->node_capacity, sizeof(*grid->nodes));
    }
    grid->nodes[grid->node_count] = (struct node){entry, *chain};
    *chain = (uint32_t)grid->node_count++;
}

void box_grid_add(struct box_grid *grid, struct bbox box, uint32_t number)
{
    if (bbox_is_empty(box) || (grid->raster && box_raster_hides(grid->raster, box))) {
        return;
    }
    struct cells cells = cells_of(grid, box);
    uint32_t entry = add_entry(grid, box, number);
    for (int row = cells.first_row; row <= cells.last_row; row++) {
        for (int column = cells.first_column; column <= cells.last_column; column++) {
            add_node(grid, chain_of(grid, column, row), entry);
        }
    }
    if (grid->raster) {
        box_raster_add(grid->raster, box);
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
    struct bbox both = bbox_intersection(below, above);
    return bbox_width(both) * bbox_height(both) > part * bbox_width(below) * bbox_height(below);
}

/* part < 0 asks for any overlap. */
static bool is_hit_in(const struct box_grid *grid, uint32_t node, struct bbox box, double part)
{
    for (; node != NONE; node = grid->nodes[node].next) {
        struct bbox placed = grid->entries[grid->nodes[node].entry].box;
        if (part < 0 ? overlaps(placed, box) : loses_more(placed, box, part)) {
            return true;
        }
    }
    return false;
}

static bool is_hit(const struct box_grid *grid, struct bbox box, double part)
{
    struct cells cells = cells_of(grid, box);
    for (int row = cells.first_row; row <= cells.last_row; row++) {
        for (int column = cells.first_column; column <= cells.last_column; column++) {
            if (is_hit_in(grid, *chain_of(grid, column, row), box, part)) {
                return true;
            }
        }
    }
    return false;
}

bool box_grid_is_free(const struct box_grid *grid, struct bbox box)
{
    if (bbox_is_empty(box)) {
        return true;
    }
    enum box_raster_answer answer = grid->raster ? box_raster_ask(grid->raster, box) : BOX_RASTER_UNSURE;
    return answer == BOX_RASTER_UNSURE ? !is_hit(grid, box, -1.0) : answer == BOX_RASTER_FREE;
}

bool box_grid_is_covered(const struct box_grid *grid, struct bbox box, double part)
{
    assert(!grid->is_for_room);
    return !bbox_is_empty(box) && is_hit(grid, box, part);
}

static void visit_cell(const struct box_grid *grid, uint32_t node, struct bbox box,
                       void (*visit)(uint32_t number, void *context), void *context)
{
    for (; node != NONE; node = grid->nodes[node].next) {
        const struct entry *entry = &grid->entries[grid->nodes[node].entry];
        if (bbox_intersects(entry->box, box)) {
            visit(entry->number, context);
        }
    }
}

void box_grid_query(const struct box_grid *grid, struct bbox box,
                    void (*visit)(uint32_t number, void *context), void *context)
{
    assert(!grid->is_for_room);
    if (bbox_is_empty(box)) {
        return;
    }
    struct cells cells = cells_of(grid, box);
    for (int row = cells.first_row; row <= cells.last_row; row++) {
        for (int column = cells.first_column; column <= cells.last_column; column++) {
            visit_cell(grid, *chain_of(grid, column, row), box, visit, context);
        }
    }
}

void box_grid_visit_all(const struct box_grid *grid, void (*visit)(struct bbox box, void *context),
                        void *context)
{
    for (size_t i = 0; i < grid->entry_count; i++) {
        visit(grid->entries[i].box, context);
    }
}

void box_grid_settle(struct box_grid *grid)
{
    box_raster_free(grid->raster);
    grid->raster = NULL;
    grid->entry_capacity = grid->entry_count + 1;
    grid->entries = memory_resize(grid->entries, grid->entry_capacity, sizeof(*grid->entries));
    grid->node_capacity = grid->node_count + 1;
    grid->nodes = memory_resize(grid->nodes, grid->node_capacity, sizeof(*grid->nodes));
}

size_t box_grid_bytes(const struct box_grid *grid)
{
    return sizeof(*grid) + (size_t)grid->column_count * (size_t)grid->row_count * sizeof(*grid->chains) +
           grid->entry_capacity * sizeof(*grid->entries) + grid->node_capacity * sizeof(*grid->nodes) +
           box_raster_bytes(grid->raster);
}
