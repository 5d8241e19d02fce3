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

/** A run of dots in a row that are covered alike. */
struct coverage_span {
    int x;
    int length;
    uint32_t step; /* of 1 … COVERAGE_STEPS: how much of each dot is covered */
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

/**
 * What is covered in a row from first_row to end_row - 1, from west to east, into room for width + 1 spans.
 * The row is empty then: each has to be taken before the next drawing begins.
 */
size_t coverage_take_row(struct coverage *coverage, int row, enum coverage_rule rule,
                         struct coverage_span *spans);

/** Is every dot of the window covered whole? Then the drawing is taken: all rows are empty. */
bool coverage_take_whole(struct coverage *coverage, enum coverage_rule rule);

#endif
