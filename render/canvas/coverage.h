/*
 * coverage.h - how much of each dot a drawing covers, exactly.
 *
 * A drawing is made of closed outlines, given edge by edge in any order, in 1/256 dot of the zoom's pixel
 * space. What a dot is covered by depends on the edges alone, not on the window they are looked at through:
 * so two windows agree on every dot that both have. Integers only: it is the same on every machine.
 */
#ifndef RENDER_COVERAGE_H
#define RENDER_COVERAGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

#define COVERAGE_SUBDOTS 256 /* in a dot */

/**
 * How much of a dot is covered is counted exactly, and then told in so many steps. They are too small to be
 * seen, fourfold enlarged too, and an edge with fewer colours makes a picture's file smaller. With 16 steps
 * here and few shades in symbols tiles weigh 8 to 24 % less than with 32, and more have at most 256 colours.
 */
#define COVERAGE_STEPS 16

/** The share of a step of 0 … COVERAGE_STEPS: 0 … 255. */
static inline uint32_t coverage_share_of_step(uint32_t step)
{
    return (step * 255 + COVERAGE_STEPS / 2) / COVERAGE_STEPS;
}

/** A dot that is covered once, in units of what cells add up to. */
#define COVERAGE_WHOLE ((int64_t)COVERAGE_SUBDOTS * 512)

/** A place in 1/256 dot from the north-west corner of the window. */
struct coverage_spot {
    int64_t x;
    int64_t y;
};

/** What counts as covered. */
enum coverage_rule {
    COVERAGE_UNION,   /* what any outline encloses, when all turn the same way */
    COVERAGE_EVEN_ODD /* what an odd number of outlines enclose */
};

/** Start with {0}; memory is kept from drawing to drawing until coverage_finish(). */
struct coverage {
    int64_t *cells;    /* a row of the window, then the next: what changes from one dot to the next */
    uint64_t *touched; /* a bit for each cell that may not be 0, or whose neighbour to the west is so */
    size_t cell_capacity;
    size_t word_capacity;
    int width; /* dots */
    int height;
    int word_count; /* of touched, in a row */
    int64_t x;      /* 1/256 dot of the north-west corner */
    int64_t y;
    int64_t right; /* 1/256 dots across, and down */
    int64_t bottom;
    double scale;  /* 1/256 dots in a px */
    int first_row; /* rows that were touched */
    int end_row;
    uint8_t *full; /* a byte for each block of dots: 1 when all of it is covered many times over */
    size_t full_capacity;
    size_t outline_count; /* that were asked about */
    size_t note_count;    /* so many of them, and what is full is noted */
    bool is_full_noted;
};

void coverage_finish(struct coverage *coverage);

/** Begins a drawing in a window of width x height dots with its north-west corner at dot (x, y). */
void coverage_begin(struct coverage *coverage, int64_t x, int64_t y, int width, int height, int pixel_ratio);

/** A length in 1/256 dot, rounded. A little more than a half is added, so that the noise in the last bits of
 * a place that was computed in two ways does not decide. */
static inline int64_t coverage_round(double value)
{
    const double most = 4.0e15;            /* still a whole number in doubles */
    value = value > -most ? value : -most; /* NaN, too */
    value = (value < most ? value : most) + (0.5 + 1.0 / 16384);
    int64_t whole = (int64_t)value;
    return whole - (value < (double)whole);
}

/** Cells of a row: two more than dots, for what an edge in the last one changes beyond it. */
static inline size_t coverage_stride(const struct coverage *coverage)
{
    return (size_t)coverage->width + 2;
}

/** Where a place (px of the zoom) lies. */
static inline struct coverage_spot coverage_spot_of(const struct coverage *coverage, struct point place)
{
    return (struct coverage_spot){coverage_round(place.x * coverage->scale) - coverage->x,
                                  coverage_round(place.y * coverage->scale) - coverage->y};
}

void coverage_edge(struct coverage *coverage, struct coverage_spot from, struct coverage_spot to);

/** A ring, whether its last point repeats the first or not. It is turned one way, or when it is a hole the
 * other way. */
void coverage_ring(struct coverage *coverage, const struct point *points, size_t count, bool is_hole);

/**
 * May one more outline make a difference? Not where nothing of it is seen, and not where all of its box is
 * covered many times over by others. That spares tangled lines most of their paint; no dot is another for it.
 * For drawings that are taken with COVERAGE_UNION and whose outlines all turn the same way.
 * @param box  px of the zoom, around the outline
 */
bool coverage_wants(struct coverage *coverage, struct bbox box);

/** A row on its way, from west to east: from dot x on, up to that of the next place, all are covered alike.
 */
struct coverage_row {
    int64_t *cells;
    uint64_t *touched;
    uint64_t bits;    /* places to come of this word */
    uint64_t carried; /* into the next */
    int word;
    int word_count;
    int64_t sum; /* of the cells so far */
    int x;
    uint32_t step; /* of 0 … COVERAGE_STEPS: how much of each dot is covered */
};

/**
 * Begins to take what is covered in a row from first_row to end_row - 1. Before its first place and without
 * any there is nothing. The row is empty when there is no next place: each has to be taken to its end before
 * the next drawing begins.
 */
static inline struct coverage_row coverage_take_row(struct coverage *coverage, int number)
{
    size_t row = (size_t)number;
    return (struct coverage_row){.cells = coverage->cells + row * coverage_stride(coverage),
                                 .touched = coverage->touched + row * (size_t)coverage->word_count,
                                 .word = -1,
                                 .word_count = coverage->word_count};
}

/** How much of a dot is covered that has a sum of cells. */
static inline uint32_t coverage_step_of(int64_t sum, enum coverage_rule rule)
{
    int64_t covered = sum < 0 ? -sum : sum;
    if (rule == COVERAGE_EVEN_ODD) {
        covered = (int64_t)((uint64_t)covered % (2 * COVERAGE_WHOLE));
        covered = covered > COVERAGE_WHOLE ? 2 * COVERAGE_WHOLE - covered : covered;
    }
    covered = covered > COVERAGE_WHOLE ? COVERAGE_WHOLE : covered;
    uint32_t unit = COVERAGE_WHOLE / COVERAGE_STEPS;
    return ((uint32_t)covered + unit / 2) / unit;
}

/**
 * Goes to the next place, which may be covered as the last one was, or lie just beyond the last dot. False
 * when there is none. In the header since it is the innermost loop of all that is painted.
 */
static inline bool coverage_next(struct coverage_row *row, enum coverage_rule rule)
{
    while (row->bits == 0) {
        if (++row->word == row->word_count) {
            return false;
        }
        uint64_t own = row->touched[row->word];
        row->touched[row->word] = 0;
        row->bits = own | own << 1 | row->carried; /* what an edge changes in two dots */
        row->carried = own >> 63;
    }
    row->x = row->word * 64 + __builtin_ctzll(row->bits);
    row->bits &= row->bits - 1;
    row->sum += row->cells[row->x];
    row->cells[row->x] = 0;
    row->step = coverage_step_of(row->sum, rule);
    return true;
}

/** Is every dot of the window covered whole? Then the drawing is taken: all rows are empty. */
bool coverage_take_whole(struct coverage *coverage, enum coverage_rule rule);

#endif
