/*
 * room_map.c - of each small square a bit: is there no box in it, nor in those to its right and below it that
 * lie whole in every room so large. For some widths, each when it is first asked for.
 *
 * Boxes that come later are not known: what is said to be taken is.
 */
#include "render/placement/room_map.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/placement/box_grid.h"

#define SQUARE_PX 4.0
#define MOST_SQUARES 1024 /* in a row or column */
#define WORD_BITS 64
#define WIDTH_STEP 4 /* squares from one width to the next */
#define WIDTH_COUNT 8
#define ROW_MOST 3 /* a label of one line has so many rows of squares that are whole inside it */

struct room_map {
    struct bbox bounds; /* whole squares */
    int column_count;
    int row_count;
    size_t words_per_row;            /* with one that is never free */
    uint64_t *free_squares;          /* owned: no box has some of the square */
    uint64_t *of_width[WIDTH_COUNT]; /* owned: for rooms with more squares; NULL: not asked for yet */
};

static bool is_free(const uint64_t *words, size_t words_per_row, int column, int row)
{
    return words[(size_t)row * words_per_row + (size_t)(column / WORD_BITS)] >> (column % WORD_BITS) & 1;
}

static int clamp(double number, int most)
{
    return !(number > 0) ? 0 : number > most ? most : (int)number;
}

static void take_box(struct bbox box, void *context)
{
    struct room_map *map = context;
    double left = (box.min_x - map->bounds.min_x) / SQUARE_PX;
    double top = (box.min_y - map->bounds.min_y) / SQUARE_PX;
    int first_column = clamp(floor(left), map->column_count);
    int first_row = clamp(floor(top), map->row_count);
    int end_column = clamp(ceil((box.max_x - map->bounds.min_x) / SQUARE_PX), map->column_count);
    int end_row = clamp(ceil((box.max_y - map->bounds.min_y) / SQUARE_PX), map->row_count);
    for (int row = first_row; row < end_row; row++) {
        uint64_t *words = &map->free_squares[(size_t)row * map->words_per_row];
        for (int column = first_column; column < end_column; column++) {
            words[column / WORD_BITS] &= ~(UINT64_C(1) << (column % WORD_BITS));
        }
    }
}

struct room_map *room_map_new(const struct box_grid *taken, struct bbox bounds)
{
    double columns = ceil(bbox_width(bounds) / SQUARE_PX);
    double rows = ceil(bbox_height(bounds) / SQUARE_PX);
    if (!(columns >= 1 && columns <= MOST_SQUARES && rows >= 1 && rows <= MOST_SQUARES)) {
        return NULL;
    }
    struct room_map *map = memory_new(1, sizeof(*map));
    map->bounds = bounds;
    map->column_count = (int)columns;
    map->row_count = (int)rows;
    map->words_per_row = (size_t)columns / WORD_BITS + 2;
    size_t word_count = map->words_per_row * (size_t)rows;
    map->free_squares = memory_resize(NULL, word_count, sizeof(*map->free_squares));
    for (size_t i = 0; i < word_count; i++) {
        map->free_squares[i] = UINT64_MAX;
    }
    box_grid_visit_all(taken, take_box, map);
    return map;
}

void room_map_free(struct room_map *map)
{
    if (!map) {
        return;
    }
    for (int i = 0; i < WIDTH_COUNT; i++) {
        free(map->of_width[i]);
    }
    free(map->free_squares);
    free(map);
}

/* The squares of a row from each one on, moved to its place. */
static uint64_t moved(const uint64_t *words, size_t word_count, size_t word, int by)
{
    uint64_t next = word + 1 < word_count ? words[word + 1] : UINT64_MAX;
    return words[word] >> by | next << (WORD_BITS - by);
}

/* Keeps the squares that have so many free ones in a row. */
static void keep_wide(uint64_t *words, size_t word_count, int width)
{
    for (int have = 1; have < width;) {
        int by = have < width - have ? have : width - have;
        for (size_t word = 0; word < word_count; word++) {
            words[word] &= moved(words, word_count, word, by);
        }
        have += by;
    }
}

/* Keeps the squares that have free ones below them. */
static void keep_high(const struct room_map *map, uint64_t *words)
{
    for (int row = 0; row + 1 < map->row_count; row++) {
        for (int below = 1; below < ROW_MOST && row + below < map->row_count; below++) {
            for (size_t word = 0; word < map->words_per_row; word++) {
                words[(size_t)row * map->words_per_row + word] &=
                    words[(size_t)(row + below) * map->words_per_row + word];
            }
        }
    }
}

static const uint64_t *map_of_width(struct room_map *map, int step)
{
    if (!map->of_width[step]) {
        size_t word_count = map->words_per_row * (size_t)map->row_count;
        uint64_t *words = memory_resize(NULL, word_count, sizeof(*words));
        for (size_t i = 0; i < word_count; i++) {
            words[i] = map->free_squares[i];
        }
        for (int row = 0; row < map->row_count; row++) {
            keep_wide(&words[(size_t)row * map->words_per_row], map->words_per_row, (step + 1) * WIDTH_STEP);
        }
        keep_high(map, words);
        map->of_width[step] = words;
    }
    return map->of_width[step];
}

/* NULL: the room is so small that nothing is known of it. */
static const uint64_t *map_of_size(struct room_map *map, double width_px, double height_px)
{
    /* so many squares are whole inside, wherever it begins */
    int width = (int)(width_px / SQUARE_PX) - 1;
    int height = (int)(height_px / SQUARE_PX) - 1;
    if (width < WIDTH_STEP || height < ROW_MOST) {
        return NULL;
    }
    int step = width / WIDTH_STEP - 1;
    return map_of_width(map, step < WIDTH_COUNT ? step : WIDTH_COUNT - 1);
}

bool room_map_may_have(struct room_map *map, struct bbox room)
{
    const uint64_t *words = map_of_size(map, bbox_width(room), bbox_height(room));
    if (!words || !bbox_contains(map->bounds, room)) {
        return true;
    }
    int column = (int)((room.min_x - map->bounds.min_x) / SQUARE_PX + 1); /* the first whole one */
    int row = (int)((room.min_y - map->bounds.min_y) / SQUARE_PX + 1);
    return is_free(words, map->words_per_row, column, row);
}

/* Is a bit set in these columns of a row? */
static bool has_any(const uint64_t *words, int first_column, int end_column)
{
    int last_word = (end_column - 1) / WORD_BITS;
    for (int word = first_column / WORD_BITS; word <= last_word; word++) {
        uint64_t bits = words[word];
        bits &= word == first_column / WORD_BITS ? UINT64_MAX << (first_column % WORD_BITS) : UINT64_MAX;
        bits &= word == last_word ? UINT64_MAX >> (WORD_BITS - 1 - (end_column - 1) % WORD_BITS) : UINT64_MAX;
        if (bits) {
            return true;
        }
    }
    return false;
}

bool room_map_may_have_within(struct room_map *map, double width_px, double height_px, struct bbox box)
{
    const uint64_t *words = map_of_size(map, width_px, height_px);
    if (!words) {
        return true;
    }
    int first_column = clamp((box.min_x - map->bounds.min_x) / SQUARE_PX, map->column_count);
    int first_row = clamp((box.min_y - map->bounds.min_y) / SQUARE_PX, map->row_count);
    int end_column = clamp((box.max_x - width_px - map->bounds.min_x) / SQUARE_PX + 2, map->column_count);
    int end_row = clamp((box.max_y - height_px - map->bounds.min_y) / SQUARE_PX + 2, map->row_count);
    for (int row = first_row; row < end_row; row++) {
        if (end_column > first_column &&
            has_any(&words[(size_t)row * map->words_per_row], first_column, end_column)) {
            return true;
        }
    }
    return false;
}
