/*
 * box_raster.c - two bits for each square, in rows of 64-bit words.
 */
#include "render/placement/box_raster.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/memory.h"

#define SQUARE_PX 4.0
#define SQUARES_PER_PX (1 / SQUARE_PX)
#define MOST_SQUARES 4096 /* in a row or column */
#define WORD_BITS 64

/* Both bits of a square stand side by side. */
struct word {
    uint64_t touched; /* a box has some of the square */
    uint64_t covered; /* a box has all of it */
};

struct box_raster {
    struct bbox bounds; /* whole squares */
    int column_count;
    int row_count;
    size_t words_per_row; /* with one more than there are squares for: two words can always be read */
    struct word *words;
};

/* From the first column and row to before the end. */
struct squares {
    int first_column, end_column, first_row, end_row;
};

struct box_raster *box_raster_new(struct bbox bounds)
{
    double columns = ceil(bbox_width(bounds) / SQUARE_PX);
    double rows = ceil(bbox_height(bounds) / SQUARE_PX);
    if (!(columns >= 1 && columns <= MOST_SQUARES && rows >= 1 && rows <= MOST_SQUARES)) {
        return NULL;
    }
    struct box_raster *raster = memory_new(1, sizeof(*raster));
    raster->bounds = (struct bbox){bounds.min_x, bounds.min_y, bounds.min_x + columns * SQUARE_PX,
                                   bounds.min_y + rows * SQUARE_PX};
    raster->column_count = (int)columns;
    raster->row_count = (int)rows;
    raster->words_per_row = (size_t)columns / WORD_BITS + 2;
    raster->words = memory_new(raster->words_per_row * (size_t)rows, sizeof(*raster->words));
    return raster;
}

void box_raster_free(struct box_raster *raster)
{
    if (!raster) {
        return;
    }
    free(raster->words);
    free(raster);
}

/* Of a number within the raster, or a little before it; floor() and ceil() would be calls. */
static int round_down(double number)
{
    return number < 0 ? 0 : (int)number;
}

static int round_up(double number, int most)
{
    int down = (int)number;
    int up = down + (down < number);
    return up > most ? most : up;
}

static inline struct squares squares_touched(const struct box_raster *raster, struct bbox box)
{
    return (struct squares){
        round_down((box.min_x - raster->bounds.min_x) * SQUARES_PER_PX),
        round_up((box.max_x - raster->bounds.min_x) * SQUARES_PER_PX, raster->column_count),
        round_down((box.min_y - raster->bounds.min_y) * SQUARES_PER_PX),
        round_up((box.max_y - raster->bounds.min_y) * SQUARES_PER_PX, raster->row_count)};
}

static struct squares squares_covered(const struct box_raster *raster, struct bbox box)
{
    return (struct squares){
        round_up((box.min_x - raster->bounds.min_x) * SQUARES_PER_PX, raster->column_count),
        round_down((box.max_x - raster->bounds.min_x) * SQUARES_PER_PX),
        round_up((box.min_y - raster->bounds.min_y) * SQUARES_PER_PX, raster->row_count),
        round_down((box.max_y - raster->bounds.min_y) * SQUARES_PER_PX)};
}

/* At most a word of columns, in the two words where they begin. */
struct stretch {
    size_t word;
    uint64_t low;
    uint64_t high;
};

/* The columns from one on, as far as a word goes and not to the end of the squares. */
static inline struct stretch stretch_at(struct squares squares, int column)
{
    int count = squares.end_column - column < WORD_BITS ? squares.end_column - column : WORD_BITS;
    int shift = column % WORD_BITS;
    uint64_t bits = ~UINT64_C(0) >> (WORD_BITS - count);
    return (struct stretch){(size_t)column / WORD_BITS, bits << shift,
                            shift > 0 ? bits >> (WORD_BITS - shift) : 0};
}

static void touch(struct box_raster *raster, struct squares squares)
{
    for (int column = squares.first_column; column < squares.end_column; column += WORD_BITS) {
        struct stretch stretch = stretch_at(squares, column);
        struct word *words = &raster->words[(size_t)squares.first_row * raster->words_per_row + stretch.word];
        for (int row = squares.first_row; row < squares.end_row; row++, words += raster->words_per_row) {
            words[0].touched |= stretch.low;
            words[1].touched |= stretch.high;
        }
    }
}

static void cover(struct box_raster *raster, struct squares squares)
{
    for (int column = squares.first_column; column < squares.end_column; column += WORD_BITS) {
        struct stretch stretch = stretch_at(squares, column);
        struct word *words = &raster->words[(size_t)squares.first_row * raster->words_per_row + stretch.word];
        for (int row = squares.first_row; row < squares.end_row; row++, words += raster->words_per_row) {
            words[0].covered |= stretch.low;
            words[1].covered |= stretch.high;
        }
    }
}

/* What a box finds in a stretch. In a crowd one of its first rows is taken nearly always. */
static inline enum box_raster_answer ask_stretch(const struct box_raster *raster, struct squares squares,
                                                 struct stretch stretch)
{
    uint64_t touched = 0;
    const struct word *words =
        &raster->words[(size_t)squares.first_row * raster->words_per_row + stretch.word];
    for (int row = squares.first_row; row < squares.end_row; row++, words += raster->words_per_row) {
        if ((words[0].covered & stretch.low) | (words[1].covered & stretch.high)) {
            return BOX_RASTER_TAKEN;
        }
        touched |= (words[0].touched & stretch.low) | (words[1].touched & stretch.high);
    }
    return touched ? BOX_RASTER_UNSURE : BOX_RASTER_FREE;
}

void box_raster_add(struct box_raster *raster, struct bbox box)
{
    struct bbox part = bbox_intersection(box, raster->bounds);
    if (bbox_is_empty(part)) {
        return;
    }
    bool is_flat = box.min_x == box.max_x || box.min_y == box.max_y; /* maybe between two squares */
    struct bbox near = is_flat ? bbox_intersection(bbox_grow(box, SQUARE_PX), raster->bounds) : part;
    touch(raster, squares_touched(raster, near));
    cover(raster, squares_covered(raster, part));
}

enum box_raster_answer box_raster_ask(const struct box_raster *raster, struct bbox box)
{
    if (!bbox_contains(raster->bounds, box) || box.min_x == box.max_x || box.min_y == box.max_y) {
        return BOX_RASTER_UNSURE;
    }
    struct squares squares = squares_touched(raster, box);
    enum box_raster_answer answer = BOX_RASTER_FREE;
    for (int column = squares.first_column; column < squares.end_column; column += WORD_BITS) {
        enum box_raster_answer found = ask_stretch(raster, squares, stretch_at(squares, column));
        if (found == BOX_RASTER_TAKEN) {
            return found;
        }
        answer = found == BOX_RASTER_UNSURE ? found : answer;
    }
    return answer;
}

static bool hides_stretch(const struct box_raster *raster, struct squares squares, struct stretch stretch)
{
    const struct word *words =
        &raster->words[(size_t)squares.first_row * raster->words_per_row + stretch.word];
    for (int row = squares.first_row; row < squares.end_row; row++, words += raster->words_per_row) {
        if ((stretch.low & ~words[0].covered) | (stretch.high & ~words[1].covered)) {
            return false;
        }
    }
    return true;
}

bool box_raster_hides(const struct box_raster *raster, struct bbox box)
{
    if (!bbox_contains(raster->bounds, box) || box.min_x == box.max_x || box.min_y == box.max_y) {
        return false;
    }
    struct squares squares = squares_touched(raster, box);
    for (int column = squares.first_column; column < squares.end_column; column += WORD_BITS) {
        if (!hides_stretch(raster, squares, stretch_at(squares, column))) {
            return false;
        }
    }
    return true;
}

size_t box_raster_bytes(const struct box_raster *raster)
{
    size_t words = raster ? raster->words_per_row * (size_t)raster->row_count : 0;
    return raster ? sizeof(*raster) + words * sizeof(*raster->words) : 0;
}
