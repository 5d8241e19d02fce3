/*
 * block_index.c - the numbers of all blocks stand in one row, block after block. They are counted first, so
 * that it is known where those of each block begin; which blocks a box touches is found out once.
 */
#include "render/block_index.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/numbers.h"

#define BLOCK_PX 256.0
#define MOST_BLOCKS 64 /* in a row or column: of a district that is larger blocks are too */
#define NONE UINT32_MAX

struct block_index {
    struct bbox bounds;
    struct point corner;
    double block_px;
    int column_count;
    int row_count;
    size_t *starts; /* of each block's numbers, and where the last one's end */
    uint32_t *numbers;
};

struct blocks {
    int first_column, last_column, first_row, last_row;
};

/* The blocks of one entry, small; MOST_BLOCKS and more: it touches none. */
struct touched {
    uint8_t first_column, last_column, first_row, last_row;
};

/* What begins just where a block ends touches that block too. Rounded without ceil() and floor(), which are
 * calls: a district asks for tens of thousands of boxes. */
static int first_touched(double px, double block_px, int count)
{
    double block = px / block_px;
    if (!(block > 1)) {
        return 0;
    }
    if (block > count) {
        return count - 1;
    }
    int whole = (int)block;
    return whole < block ? whole : whole - 1;
}

static int last_touched(double px, double block_px, int count)
{
    double block = px / block_px;
    return !(block >= 1) ? 0 : block < count ? (int)block : count - 1;
}

static struct blocks blocks_of(const struct block_index *index, struct bbox box)
{
    return (struct blocks){
        .first_column = first_touched(box.min_x - index->corner.x, index->block_px, index->column_count),
        .last_column = last_touched(box.max_x - index->corner.x, index->block_px, index->column_count),
        .first_row = first_touched(box.min_y - index->corner.y, index->block_px, index->row_count),
        .last_row = last_touched(box.max_y - index->corner.y, index->block_px, index->row_count),
    };
}

/* Those that share more than an edge with a box: what touches its edge stands in them too. */
static struct blocks blocks_asked(const struct block_index *index, struct bbox box)
{
    return (struct blocks){
        .first_column = last_touched(box.min_x - index->corner.x, index->block_px, index->column_count),
        .last_column = first_touched(box.max_x - index->corner.x, index->block_px, index->column_count),
        .first_row = last_touched(box.min_y - index->corner.y, index->block_px, index->row_count),
        .last_row = first_touched(box.max_y - index->corner.y, index->block_px, index->row_count),
    };
}

static int count_blocks(double length_px, double block_px)
{
    double count = ceil(length_px / block_px);
    return count > 1 ? (int)count : 1;
}

static struct bbox around_all(const struct block_entry *entries, size_t count)
{
    struct bbox box = bbox_empty();
    for (size_t i = 0; i < count; i++) {
        box = bbox_union(box, entries[i].box);
    }
    return box;
}

static void lay_blocks(struct block_index *index, struct bbox bounds)
{
    double longest = bbox_is_empty(bounds) ? 0 : fmax(bbox_width(bounds), bbox_height(bounds));
    index->bounds = bounds;
    index->block_px = fmax(BLOCK_PX, longest / MOST_BLOCKS);
    index->column_count = index->row_count = 1;
    if (isfinite(longest) && longest > 0) {
        index->corner = (struct point){bounds.min_x, bounds.min_y};
        index->column_count = count_blocks(bbox_width(bounds), index->block_px);
        index->row_count = count_blocks(bbox_height(bounds), index->block_px);
    }
}

/* What has been entered so far. */
struct entering {
    struct block_index *index;
    size_t *ends;     /* of each block's numbers */
    uint32_t *latest; /* number in each block */
};

/* Once in a block; written when there is room for it. */
static void enter_in(const struct entering *entering, size_t block, uint32_t number)
{
    if (entering->latest[block] == number) {
        return;
    }
    entering->latest[block] = number;
    if (entering->index->numbers) {
        entering->index->numbers[entering->ends[block]] = number;
    }
    entering->ends[block]++;
}

static struct touched touched_by(const struct block_index *index, struct bbox box)
{
    if (!bbox_intersects(box, index->bounds)) {
        return (struct touched){.first_column = MOST_BLOCKS};
    }
    struct blocks blocks = blocks_of(index, box);
    return (struct touched){(uint8_t)blocks.first_column, (uint8_t)blocks.last_column,
                            (uint8_t)blocks.first_row, (uint8_t)blocks.last_row};
}

static void enter(const struct entering *entering, struct touched touched, uint32_t number)
{
    for (size_t row = touched.first_row; row <= touched.last_row; row++) {
        size_t first = row * (size_t)entering->index->column_count;
        for (size_t column = touched.first_column; column <= touched.last_column; column++) {
            enter_in(entering, first + column, number);
        }
    }
}

static void enter_all(const struct entering *entering, size_t block_count, const struct touched *touched,
                      const struct block_entry *entries, size_t count)
{
    for (size_t i = 0; i < block_count; i++) {
        entering->latest[i] = NONE;
    }
    for (size_t i = 0; i < count; i++) {
        enter(entering, touched[i], entries[i].number);
    }
}

struct block_index *block_index_new(struct bbox bounds, const struct block_entry *entries, size_t count)
{
    struct block_index *index = memory_new(1, sizeof(*index));
    lay_blocks(index, bbox_is_empty(bounds) ? around_all(entries, count) : bounds);
    size_t block_count = (size_t)index->column_count * (size_t)index->row_count;
    struct entering entering = {.index = index};
    entering.ends = memory_new(block_count, sizeof(*entering.ends));
    entering.latest = memory_new(block_count, sizeof(*entering.latest));
    struct touched *touched = memory_resize(NULL, count + 1, sizeof(*touched));
    for (size_t i = 0; i < count; i++) {
        touched[i] = touched_by(index, entries[i].box);
    }
    enter_all(&entering, block_count, touched, entries, count);
    index->starts = memory_new(block_count + 1, sizeof(*index->starts));
    for (size_t i = 0; i < block_count; i++) {
        index->starts[i + 1] = index->starts[i] + entering.ends[i];
        entering.ends[i] = index->starts[i];
    }
    index->numbers = memory_new(index->starts[block_count] + 1, sizeof(*index->numbers));
    enter_all(&entering, block_count, touched, entries, count);
    free(touched);
    free(entering.latest);
    free(entering.ends);
    return index;
}

void block_index_free(struct block_index *index)
{
    if (!index) {
        return;
    }
    free(index->starts);
    free(index->numbers);
    free(index);
}

static void add_block(const struct block_index *index, int column, int row, struct numbers *numbers)
{
    size_t block = (size_t)row * (size_t)index->column_count + (size_t)column;
    numbers_add_all(numbers, index->numbers + index->starts[block],
                    index->starts[block + 1] - index->starts[block]);
}

/* Is a box just these blocks, all of them? */
static bool is_whole(const struct block_index *index, struct bbox box, struct blocks blocks)
{
    return box.min_x == index->corner.x + blocks.first_column * index->block_px &&
           box.min_y == index->corner.y + blocks.first_row * index->block_px &&
           box.max_x == index->corner.x + (blocks.last_column + 1) * index->block_px &&
           box.max_y == index->corner.y + (blocks.last_row + 1) * index->block_px;
}

bool block_index_find(const struct block_index *index, struct bbox box, struct numbers *numbers)
{
    if (bbox_is_empty(box)) {
        return true;
    }
    struct blocks blocks = blocks_asked(index, box);
    bool is_flat = blocks.last_column < blocks.first_column || blocks.last_row < blocks.first_row;
    if (is_flat) { /* of a box without width between two blocks */
        blocks = blocks_of(index, box);
    }
    for (int row = blocks.first_row; row <= blocks.last_row; row++) {
        for (int column = blocks.first_column; column <= blocks.last_column; column++) {
            add_block(index, column, row, numbers);
        }
    }
    bool is_one = blocks.first_column == blocks.last_column && blocks.first_row == blocks.last_row;
    if (!is_one) {
        numbers_sort(numbers);
    }
    return is_whole(index, box, blocks);
}
