/*
 * coverage.c - accumulation of signed areas.
 *
 * An edge that goes down through a row covers all of the row to its right, one that goes up uncovers it. Each
 * edge adds to the two cells at the dots it crosses what it changes from dot to dot; the sum of the cells
 * from the west is what a dot is covered by, in units of 1 / (256 * 512) of a dot. Areas to the left of the
 * window come in as a whole at its first column, what lies to the right of it is not needed.
 *
 * Where an edge crosses the limits of rows and columns is rounded down to 1/256 dot, from the ends of the
 * edge (downward) and not from the window: a division with remainder at the first limit that is seen, and
 * steps with remainder after it. So neighbouring windows agree, and what two areas share as their limit
 * cancels to the last bit. Sums have 64 bits: they cannot overflow whatever is drawn.
 */
#include "render/canvas/coverage.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

#define SUBDOTS COVERAGE_SUBDOTS
#define SUBDOT_BITS 8 /* 1 << 8 */
#define WHOLE COVERAGE_WHOLE

#define BLOCK_BITS 3    /* a block of dots that may be full is 1 << 3 wide and high */
#define BLOCKS_MOST 64  /* of an outline that is looked up */
#define FULL_TIMES 4    /* covered so often over, what rounding takes away again cannot uncover it */
#define NOTE_FIRST 4096 /* outlines until what is full is noted; then after twice as many, and so on */

void coverage_finish(struct coverage *coverage)
{
    free(coverage->cells);
    free(coverage->touched);
    free(coverage->full);
    *coverage = (struct coverage){0};
}

void coverage_begin(struct coverage *coverage, int64_t x, int64_t y, int width, int height, int pixel_ratio)
{
    coverage->width = width;
    coverage->height = height;
    coverage->word_count = width / 64 + 1;
    coverage->x = x * SUBDOTS;
    coverage->y = y * SUBDOTS;
    coverage->scale = (double)pixel_ratio * SUBDOTS;
    coverage->right = (int64_t)width * SUBDOTS;
    coverage->bottom = (int64_t)height * SUBDOTS;
    coverage->first_row = height;
    coverage->end_row = 0;
    coverage->outline_count = 0;
    coverage->note_count = NOTE_FIRST;
    coverage->is_full_noted = false;
    size_t cells = coverage_stride(coverage) * (size_t)height;
    size_t words = (size_t)coverage->word_count * (size_t)height;
    if (cells > coverage->cell_capacity) {
        free(coverage->cells);
        coverage->cells = memory_new(cells, sizeof *coverage->cells);
        coverage->cell_capacity = cells;
    }
    if (words > coverage->word_capacity) {
        free(coverage->touched);
        coverage->touched = memory_new(words, sizeof *coverage->touched);
        coverage->word_capacity = words;
    }
}

/** Rounded down; the divisor is above 0. */
static int64_t floor_divide(int64_t number, int64_t divisor, int64_t *remainder)
{
    if ((uint64_t)number <= UINT32_MAX && divisor <= (int64_t)UINT32_MAX) { /* what is usual is quick */
        *remainder = (uint32_t)number % (uint32_t)divisor;
        return (uint32_t)number / (uint32_t)divisor;
    }
    int64_t quotient = number / divisor;
    *remainder = number % divisor;
    if (*remainder < 0) {
        *remainder += divisor;
        quotient--;
    }
    return quotient;
}

/** a * b / divisor, where the product may have more than 64 bits, the quotient not. */
static int64_t floor_product(int64_t a, int64_t b, int64_t divisor, int64_t *remainder)
{
    int64_t product;
    if (!__builtin_mul_overflow(a, b, &product)) {
        return floor_divide(product, divisor, remainder);
    }
    __int128 wide = (__int128)a * b;
    __int128 quotient = wide / divisor;
    quotient -= wide % divisor < 0;
    *remainder = (int64_t)(wide - quotient * divisor);
    return (int64_t)quotient;
}

/** A line that is walked in equal steps, rounded down at each: floor(start + k * change / length). */
struct walk {
    int64_t at;
    int64_t remainder;
    int64_t step;
    int64_t step_remainder;
    int64_t length;
};

static void walk_on(struct walk *walk)
{
    walk->at += walk->step;
    walk->remainder += walk->step_remainder;
    if (walk->remainder >= walk->length) {
        walk->remainder -= walk->length;
        walk->at++;
    }
}

/** An edge from top to bottom. */
struct edge {
    int64_t x; /* at its top */
    int64_t y;
    int64_t bottom_x;
    int64_t bottom_y;
    int64_t sign; /* 1, or -1 when it was given upward */
};

/** A row of the drawing. */
struct row {
    int64_t *cells;
    uint64_t *touched;
};

/** An edge that goes down by a height (up when it is negative) within one dot. @param twice_x  the sum of its
 * x at both ends, in 1/256 dot from the western limit of the column */
static inline void put(struct row row, uint32_t column, int64_t height, int64_t twice_x)
{
    int64_t beyond = height * twice_x;
    row.cells[column] += height * (2 * SUBDOTS) - beyond;
    row.cells[column + 1] += beyond;
    row.touched[column / 64] |= UINT64_C(1) << column % 64;
}

/** The part of an edge in one row that lies in more than one column, from left to right. */
static void put_columns(struct row row, int64_t left, int64_t right, int64_t height, int width)
{
    int64_t sign = height < 0 ? -1 : 1;
    int64_t length = right - left;
    int64_t first = left >> SUBDOT_BITS;
    int64_t last = (right - 1) >> SUBDOT_BITS;
    int64_t column = first < 0 ? 0 : first;
    int64_t done = 0;
    struct walk walk = {.length = length};
    height *= sign;
    if (first < 0) {
        done = floor_divide(-left * height, length, &walk.remainder);
        put(row, 0, sign * done, 0);
    }
    if (last > column) {
        walk.at = floor_divide(((column + 1) * SUBDOTS - left) * height, length, &walk.remainder);
    }
    if (last > column + 1) {
        walk.step = floor_divide(SUBDOTS * height, length, &walk.step_remainder);
    }
    for (; column <= last && column < width; column++) {
        int64_t in = column == first ? left - column * SUBDOTS : 0;
        int64_t out = column == last ? right - column * SUBDOTS : SUBDOTS;
        int64_t to = column == last ? height : walk.at;
        put(row, (uint32_t)column, sign * (to - done), in + out);
        done = to;
        walk_on(&walk);
    }
}

/** The part of an edge within one row; its height is negative when it goes up. */
static void put_in_row(struct row row, int64_t from_x, int64_t to_x, int64_t height, int width)
{
    int64_t left = from_x < to_x ? from_x : to_x;
    int64_t right = from_x < to_x ? to_x : from_x;
    if (right <= 0) {
        put(row, 0, height, 0);
    } else if (left >= (int64_t)width * SUBDOTS) {
        return;
    } else if (left >> SUBDOT_BITS == right >> SUBDOT_BITS) {
        int64_t column = left >> SUBDOT_BITS;
        put(row, (uint32_t)column, height, left + right - 2 * column * SUBDOTS);
    } else {
        put_columns(row, left, right, height, width);
    }
}

static struct row row_of(const struct coverage *coverage, int64_t number)
{
    return (struct row){coverage->cells + (size_t)number * coverage_stride(coverage),
                        coverage->touched + (size_t)number * (size_t)coverage->word_count};
}

static struct row row_after(const struct coverage *coverage, struct row row)
{
    return (struct row){row.cells + coverage_stride(coverage), row.touched + coverage->word_count};
}

/** An edge through more than one row. */
static void put_rows(const struct coverage *coverage, const struct edge *edge)
{
    int64_t change = edge->bottom_x - edge->x;
    int64_t x = edge->x;
    int64_t y = edge->y;
    struct walk walk = {.length = edge->bottom_y - edge->y};
    int64_t limit = y < 0 ? 0 : ((y >> SUBDOT_BITS) + 1) << SUBDOT_BITS;
    walk.at = edge->x + floor_product(limit - y, change, walk.length, &walk.remainder);
    walk.step = floor_divide(SUBDOTS * change, walk.length, &walk.step_remainder);
    if (y < 0) {
        x = walk.at;
        y = 0;
        walk_on(&walk);
    }
    struct row row = row_of(coverage, y >> SUBDOT_BITS);
    for (int64_t number = y >> SUBDOT_BITS; number < coverage->height && y < edge->bottom_y; number++) {
        int64_t row_end = (number + 1) * SUBDOTS;
        bool is_last = row_end >= edge->bottom_y;
        int64_t to_x = is_last ? edge->bottom_x : walk.at;
        int64_t to_y = is_last ? edge->bottom_y : row_end;
        put_in_row(row, x, to_x, edge->sign * (to_y - y), coverage->width);
        x = to_x;
        y = to_y;
        walk_on(&walk);
        row = row_after(coverage, row);
    }
}

static void note_rows(struct coverage *coverage, int first, int end)
{
    coverage->first_row = first < coverage->first_row ? first : coverage->first_row;
    coverage->end_row = end > coverage->end_row ? end : coverage->end_row;
}

/** An edge that may lie in any rows and columns. */
static __attribute__((noinline)) void add_edge(struct coverage *coverage, struct coverage_spot from,
                                               struct coverage_spot to)
{
    struct edge edge = from.y < to.y ? (struct edge){from.x, from.y, to.x, to.y, 1}
                                     : (struct edge){to.x, to.y, from.x, from.y, -1};
    bool is_seen = edge.bottom_y > 0 && edge.y < coverage->bottom &&
                   (edge.x < coverage->right || edge.bottom_x < coverage->right) && edge.y != edge.bottom_y;
    if (!is_seen) {
        return;
    }
    int64_t number = edge.y >> SUBDOT_BITS;
    int64_t last = (edge.bottom_y - 1) >> SUBDOT_BITS;
    note_rows(coverage, number < 0 ? 0 : (int)number,
              last < coverage->height ? (int)last + 1 : coverage->height);
    if (number == last) {
        put_in_row(row_of(coverage, number), edge.x, edge.bottom_x, edge.sign * (edge.bottom_y - edge.y),
                   coverage->width);
    } else {
        put_rows(coverage, &edge);
    }
}

/** As struct walk, in the window: its sides have less than 1 << 15 dots, so all numbers have 32 bits. */
struct inner_walk {
    int32_t at;
    int32_t remainder;
    int32_t step;
    int32_t step_remainder;
    int32_t length;
};

/* Without branches: which way an edge leans, and where remainders grow to a whole, nobody can foretell. */
static inline int32_t floor_divide_inner(int32_t number, int32_t divisor, int32_t *remainder)
{
    int32_t rest = number % divisor;
    int32_t is_below = -(rest < 0);
    *remainder = rest + (divisor & is_below);
    return number / divisor + is_below;
}

static inline void walk_on_inner(struct inner_walk *walk)
{
    walk->remainder += walk->step_remainder;
    int32_t is_whole = -(walk->remainder >= walk->length);
    walk->at += walk->step - is_whole;
    walk->remainder -= walk->length & is_whole;
}

/** The part in one row of an edge that lies within the window and in more than two columns of it. */
static __attribute__((noinline)) void put_inner_columns(struct row row, int32_t left, int32_t right,
                                                        int32_t height, int32_t sign)
{
    uint32_t column = (uint32_t)left >> SUBDOT_BITS;
    uint32_t last = (uint32_t)(right - 1) >> SUBDOT_BITS;
    int32_t in = left % SUBDOTS;
    struct inner_walk walk = {.length = right - left};
    walk.at = floor_divide_inner((SUBDOTS - in) * height, walk.length, &walk.remainder);
    walk.step = floor_divide_inner(SUBDOTS * height, walk.length, &walk.step_remainder);
    put(row, column, walk.at * sign, in + SUBDOTS);
    for (column++; column < last; column++) {
        int32_t done = walk.at;
        walk_on_inner(&walk);
        put(row, column, (walk.at - done) * sign, SUBDOTS);
    }
    put(row, last, (height - walk.at) * sign, right - (int32_t)last * SUBDOTS);
}

/**
 * The part in one row of an edge that lies within the window: nearly always in one column or two. Which of
 * both nobody can foretell either, so one counts as two, of which the second has no height.
 */
static inline void put_inner(struct row row, int32_t from_x, int32_t to_x, int32_t height, int32_t sign)
{
    int32_t left = from_x < to_x ? from_x : to_x;
    int32_t right = from_x < to_x ? to_x : from_x;
    uint32_t column = (uint32_t)left >> SUBDOT_BITS;
    int32_t in = left - (int32_t)column * SUBDOTS;
    int32_t out = right - (int32_t)column * SUBDOTS;
    if (out > 2 * SUBDOTS) {
        put_inner_columns(row, left, right, height, sign);
        return;
    }
    uint64_t is_beside = out > SUBDOTS;
    uint32_t length = (uint32_t)(out - in) + (out == in);
    int32_t done = (int32_t)((uint32_t)((SUBDOTS - in) * height) / length); /* in the first column */
    done = done < height ? done : height;
    int32_t first = done * sign * (2 * SUBDOTS - in - (is_beside ? SUBDOTS : out));
    int32_t beyond = (height - done) * sign * (out - SUBDOTS);
    int64_t *cells = row.cells + column;
    uint64_t *touched = row.touched + column / 64;
    cells[0] += first;
    touched[0] |= (1 + 2 * is_beside) << column % 64;
    cells[1] += height * sign * (2 * SUBDOTS) - first - beyond;
    if (column % 64 == 63) {
        touched[1] |= is_beside;
    }
    cells[2] += beyond;
}

/** An edge from top to bottom that lies within the window, as most do: what add_edge() does, in less time. */
static inline void add_inner_edge(struct coverage *coverage, struct coverage_spot top,
                                  struct coverage_spot bottom, int32_t sign)
{
    int32_t x = (int32_t)top.x;
    int32_t y = (int32_t)top.y;
    int32_t number = y >> SUBDOT_BITS;
    int32_t last = ((int32_t)bottom.y - 1) >> SUBDOT_BITS;
    struct row row = row_of(coverage, number);
    note_rows(coverage, number, last + 1);
    if (number < last) {
        int32_t change = (int32_t)bottom.x - x;
        int32_t height = (number + 1) * SUBDOTS - y;
        struct inner_walk walk = {.length = (int32_t)bottom.y - y};
        walk.at = x + floor_divide_inner(height * change, walk.length, &walk.remainder);
        if (last > number + 1) {
            walk.step = floor_divide_inner(SUBDOTS * change, walk.length, &walk.step_remainder);
        }
        for (; number < last; number++) {
            put_inner(row, x, walk.at, height, sign);
            x = walk.at;
            height = SUBDOTS;
            walk_on_inner(&walk);
            row = row_after(coverage, row);
        }
        y = last * SUBDOTS;
    }
    put_inner(row, x, (int32_t)bottom.x, (int32_t)bottom.y - y, sign);
}

void coverage_edge(struct coverage *coverage, struct coverage_spot from, struct coverage_spot to)
{
    uint64_t right = (uint64_t)coverage->right;
    uint64_t bottom = (uint64_t)coverage->bottom;
    bool is_inside = (uint64_t)from.x < right && (uint64_t)to.x < right && (uint64_t)from.y < bottom &&
                     (uint64_t)to.y < bottom;
    bool is_down = from.y < to.y;
    if (!is_inside) {
        add_edge(coverage, from, to);
    } else if (from.y != to.y) {
        add_inner_edge(coverage, is_down ? from : to, is_down ? to : from, is_down ? 1 : -1);
    }
}

/** Twice the area of a ring, above 0 when it turns right. */
static double twice_area(const struct point *points, size_t count)
{
    double area = 0;
    for (size_t i = 1; i + 1 < count; i++) { /* from the first point: far from (0, 0) digits would be lost */
        struct point a = {points[i].x - points[0].x, points[i].y - points[0].y};
        struct point b = {points[i + 1].x - points[0].x, points[i + 1].y - points[0].y};
        area += a.x * b.y - b.x * a.y;
    }
    return area;
}

/** A ring on its way. Its edges to the left of the window are joined: only how far down they come counts. */
struct tracing {
    struct coverage *coverage;
    struct coverage_spot at;
    struct coverage_spot left_from; /* where it went to the left of the window */
    bool is_left;
};

static void come_back(struct tracing *tracing)
{
    if (tracing->is_left) {
        struct coverage_spot from = {0, tracing->left_from.y};
        struct coverage_spot to = {0, tracing->at.y};
        coverage_edge(tracing->coverage, from, to);
        tracing->is_left = false;
    }
}

static void trace_to(struct tracing *tracing, struct coverage_spot to)
{
    if (tracing->at.x <= 0 && to.x <= 0) {
        if (!tracing->is_left) {
            tracing->left_from = tracing->at;
            tracing->is_left = true;
        }
    } else {
        come_back(tracing);
        coverage_edge(tracing->coverage, tracing->at, to);
    }
    tracing->at = to;
}

void coverage_ring(struct coverage *coverage, const struct point *points, size_t count, bool is_hole)
{
    if (count < 3) {
        return;
    }
    bool is_backward = (twice_area(points, count) < 0) != is_hole;
    struct coverage_spot first = coverage_spot_of(coverage, points[0]);
    struct tracing tracing = {.coverage = coverage, .at = first};
    for (size_t i = 1; i < count; i++) {
        trace_to(&tracing, coverage_spot_of(coverage, points[is_backward ? count - i : i]));
    }
    trace_to(&tracing, first);
    come_back(&tracing);
}

static size_t blocks_across(const struct coverage *coverage)
{
    return ((size_t)coverage->width >> BLOCK_BITS) + 1;
}

static void note_full(struct coverage *coverage)
{
    size_t across = blocks_across(coverage);
    size_t count = across * (((size_t)coverage->height >> BLOCK_BITS) + 1);
    if (count > coverage->full_capacity) {
        free(coverage->full);
        coverage->full = memory_new(count, 1);
        coverage->full_capacity = count;
    }
    memset(coverage->full, 1, count);
    for (int number = 0; number < coverage->height; number++) {
        const int64_t *cells = coverage->cells + (size_t)number * coverage_stride(coverage);
        uint8_t *blocks = coverage->full + ((size_t)number >> BLOCK_BITS) * across;
        int64_t sum = 0;
        for (int x = 0; x < coverage->width; x++) {
            sum += cells[x];
            if (sum < FULL_TIMES * WHOLE && sum > -FULL_TIMES * WHOLE) {
                blocks[x >> BLOCK_BITS] = 0;
            }
        }
    }
    coverage->is_full_noted = true;
}

/** Are all blocks full that hold the dots between two, both included? */
static bool is_full(const struct coverage *coverage, struct coverage_spot first, struct coverage_spot last)
{
    int bits = SUBDOT_BITS + BLOCK_BITS;
    if (((last.x >> bits) - (first.x >> bits) + 1) * ((last.y >> bits) - (first.y >> bits) + 1) >
        BLOCKS_MOST) {
        return false;
    }
    for (int64_t y = first.y >> bits; y <= last.y >> bits; y++) {
        const uint8_t *blocks = coverage->full + (size_t)y * blocks_across(coverage);
        for (int64_t x = first.x >> bits; x <= last.x >> bits; x++) {
            if (!blocks[x]) {
                return false;
            }
        }
    }
    return true;
}

static int64_t within(int64_t value, int64_t most)
{
    return value < 0 ? 0 : value > most ? most : value;
}

bool coverage_wants(struct coverage *coverage, struct bbox box)
{
    int64_t right = coverage->right;
    int64_t bottom = coverage->bottom;
    struct coverage_spot first = coverage_spot_of(coverage, (struct point){box.min_x, box.min_y});
    struct coverage_spot last = coverage_spot_of(coverage, (struct point){box.max_x, box.max_y});
    if (first.x >= right || first.y >= bottom || last.x < 0 || last.y < 0) {
        return false;
    }
    if (++coverage->outline_count == coverage->note_count) {
        coverage->note_count *= 2;
        note_full(coverage);
    }
    first = (struct coverage_spot){within(first.x, right - 1), within(first.y, bottom - 1)};
    last = (struct coverage_spot){within(last.x, right - 1), within(last.y, bottom - 1)};
    return !coverage->is_full_noted || !is_full(coverage, first, last);
}

/** Of a row that nothing but what lies to its left covers the first cell says all. */
static bool is_row_whole(const struct coverage *coverage, int number, enum coverage_rule rule)
{
    struct row row = row_of(coverage, number);
    uint64_t rest = row.touched[0] ^ 1;
    for (int word = 1; word < coverage->word_count; word++) {
        rest |= row.touched[word];
    }
    return rest == 0 && row.cells[1] == 0 && coverage_step_of(row.cells[0], rule) == COVERAGE_STEPS;
}

bool coverage_take_whole(struct coverage *coverage, enum coverage_rule rule)
{
    if (coverage->first_row > 0 || coverage->end_row < coverage->height) {
        return false;
    }
    for (int number = 0; number < coverage->height; number++) {
        if (!is_row_whole(coverage, number, rule)) {
            return false;
        }
    }
    for (int number = 0; number < coverage->height; number++) {
        struct row row = row_of(coverage, number);
        row.cells[0] = 0;
        row.touched[0] = 0;
    }
    return true;
}
