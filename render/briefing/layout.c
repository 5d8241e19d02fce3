/*
 * layout.c - landscape: a column beside the map. Portrait: a strip below it, of one narrow and one wide
 * column.
 *
 * The legend takes the top of what is left and the other blocks stand at the bottom, so that a short legend
 * leaves one white space instead of several. Blocks are shortened in the order of `shortened`, never
 * below `least_mm`: the sum of these is less than the smallest column has (tests/render/test_layout.c).
 */
#include "render/briefing/layout.h"

#include <assert.h>
#include <math.h>

#include "geo/scale.h"
#include "render/print/paper.h"

#define STACK_MAX 5
#define TOLERANCE_MM 1e-6
#define SIDE_BAND_MM 7.2 /* "411,5" stands in it on one line */
#define LEGEND_PART 0.45 /* of a column */

/** Blocks one above the other, and what each needs. */
struct stack {
    enum layout_block blocks[STACK_MAX];
    double heights_mm[STACK_MAX];
    int count;
};

struct column {
    double left;
    double right;
    double top;
    double bottom;
};

static const double least_mm[LAYOUT_COUNT] = {
    [LAYOUT_LEGEND] = 18, [LAYOUT_SCALE] = 16,   [LAYOUT_COMPLETENESS] = 13,
    [LAYOUT_FACTS] = 16,  [LAYOUT_SOURCES] = 12, [LAYOUT_DISCLAIMER] = 6,
};

static const enum layout_block shortened[] = {LAYOUT_COMPLETENESS, LAYOUT_DISCLAIMER, LAYOUT_SOURCES,
                                              LAYOUT_FACTS};

/** The neat line in whole px, so that no row or column of the map is cut. */
static struct bbox whole_px(struct bbox box)
{
    double width = floor(bbox_width(box) / SCALE_PIXEL_MM + 1e-6) * SCALE_PIXEL_MM;
    double height = floor(bbox_height(box) / SCALE_PIXEL_MM + 1e-6) * SCALE_PIXEL_MM;
    return (struct bbox){box.min_x, box.min_y, box.min_x + width, box.min_y + height};
}

static double band_height_mm(double unit)
{
    return 5.6 * fmax(unit, 0.95); /* TLP asks for letters of 12 points */
}

static struct bbox frame_box(const struct layout *layout, bool is_landscape)
{
    double margin = layout->boxes[LAYOUT_HEADER].min_x;
    double unit = layout->unit;
    struct bbox box = {margin, layout->boxes[LAYOUT_HEADER].max_y + 1.0 * unit, layout->page.max_x - margin,
                       layout->boxes[LAYOUT_FOOTER].min_y - 1.5 * unit};
    if (is_landscape) {
        box.max_x -= fmax(60 * unit, 0.245 * layout->page.max_x) + layout->gap_mm;
    } else {
        box.max_y -= fmax(80 * unit, 0.27 * layout->page.max_y) + layout->gap_mm;
    }
    return box;
}

struct layout layout_frame(enum paper paper, bool is_landscape)
{
    struct paper_size size = paper_size(paper, is_landscape);
    double unit = paper_unit(paper);
    double margin = 7 * unit;
    double band = band_height_mm(unit);
    double left = margin;
    double right = size.width_mm - margin;
    double bottom = size.height_mm - 5 * unit;
    struct layout layout = {.unit = unit, .gap_mm = 3.0 * unit};
    layout.page = (struct bbox){0, 0, size.width_mm, size.height_mm};
    for (int i = 0; i < LAYOUT_COUNT; i++) {
        layout.boxes[i] = bbox_empty();
    }
    layout.boxes[LAYOUT_MARKING_TOP] = (struct bbox){left, 5 * unit, right, 5 * unit + band};
    layout.boxes[LAYOUT_MARKING_BOTTOM] = (struct bbox){left, bottom - band, right, bottom};
    double header_top = 5 * unit + band + 1.5 * unit;
    layout.boxes[LAYOUT_HEADER] = (struct bbox){left, header_top, right, header_top + 13.5 * unit};
    double footer_bottom = bottom - band - 1 * unit;
    layout.boxes[LAYOUT_FOOTER] = (struct bbox){left, footer_bottom - 3.2 * unit, right, footer_bottom};
    struct bbox frame = frame_box(&layout, is_landscape);
    layout.boxes[LAYOUT_FRAME] = frame;
    layout.map = whole_px((struct bbox){frame.min_x + SIDE_BAND_MM * unit, frame.min_y + 3.6 * unit,
                                        frame.max_x - SIDE_BAND_MM * unit, frame.max_y - 3.6 * unit});
    return layout;
}

double layout_scale_height_mm(double unit)
{
    return least_mm[LAYOUT_SCALE] * unit;
}

static double need_mm(const struct layout_measure *measure, enum layout_block block, double width_mm)
{
    double height = measure->height_mm(block, width_mm, measure->context);
    assert(isfinite(height) && height >= 0);
    return height;
}

static void stack_measure(struct stack *stack, const struct layout_measure *measure, double width_mm)
{
    for (int i = 0; i < stack->count; i++) {
        stack->heights_mm[i] = need_mm(measure, stack->blocks[i], width_mm);
    }
}

/** Height of a stack with a gap above each of its blocks. */
static double stack_height(const struct stack *stack, double gap_mm)
{
    double height = 0;
    for (int i = 0; i < stack->count; i++) {
        height += stack->heights_mm[i] > 0 ? stack->heights_mm[i] + gap_mm : 0;
    }
    return height;
}

static void stack_shorten_block(struct stack *stack, enum layout_block block, struct layout *layout,
                                double excess_mm)
{
    for (int i = 0; i < stack->count; i++) {
        double spare = stack->heights_mm[i] - least_mm[block] * layout->unit;
        if (stack->blocks[i] == block && spare > 0) {
            stack->heights_mm[i] -= fmin(spare, excess_mm);
            layout->is_short[block] = true;
        }
    }
}

/** Takes height away until the stack fits, or every block is at its least. */
static void stack_shorten(struct stack *stack, struct layout *layout, double height_mm)
{
    for (size_t i = 0; i < sizeof shortened / sizeof shortened[0]; i++) {
        double excess = stack_height(stack, layout->gap_mm) - height_mm;
        if (excess <= TOLERANCE_MM) {
            return;
        }
        stack_shorten_block(stack, shortened[i], layout, excess);
    }
}

/** Puts the blocks above each other, the last one on the bottom of the column. */
static void stack_place(const struct stack *stack, struct layout *layout, struct column column)
{
    double bottom = column.bottom;
    for (int i = stack->count - 1; i >= 0; i--) {
        double height = stack->heights_mm[i];
        if (height <= 0) {
            continue;
        }
        layout->boxes[stack->blocks[i]] = (struct bbox){column.left, bottom - height, column.right, bottom};
        bottom -= height + layout->gap_mm;
    }
}

/**
 * What the other blocks leave to a legend: what they do not need and, to one that is long, at least a part of
 * the column. What is left out of it and of their texts stands on the next page.
 */
static double legend_share(const struct layout *layout, double need_mm, double others_mm, double height_mm)
{
    double part = fmax(LEGEND_PART * height_mm, least_mm[LAYOUT_LEGEND] * layout->unit);
    return fmin(need_mm, fmax(part, height_mm - others_mm));
}

static void legend_place(struct layout *layout, struct column column, double need)
{
    if (need <= 0) {
        return;
    }
    double room = column.bottom - column.top;
    layout->is_short[LAYOUT_LEGEND] = need > room + TOLERANCE_MM;
    layout->boxes[LAYOUT_LEGEND] =
        (struct bbox){column.left, column.top, column.right, column.top + fmin(need, room)};
}

static void solve_landscape(struct layout *layout, const struct layout_measure *measure)
{
    struct bbox frame = layout->boxes[LAYOUT_FRAME];
    struct column column = {frame.max_x + layout->gap_mm, layout->boxes[LAYOUT_HEADER].max_x, frame.min_y,
                            frame.max_y};
    struct stack stack = {
        {LAYOUT_SCALE, LAYOUT_COMPLETENESS, LAYOUT_FACTS, LAYOUT_SOURCES, LAYOUT_DISCLAIMER}, {0}, 5};
    double width = column.right - column.left;
    double height = column.bottom - column.top;
    stack_measure(&stack, measure, width);
    double legend = need_mm(measure, LAYOUT_LEGEND, width);
    double others = stack_height(&stack, layout->gap_mm);
    stack_shorten(&stack, layout, height - legend_share(layout, legend, others, height));
    stack_place(&stack, layout, column);
    column.bottom -= stack_height(&stack, layout->gap_mm);
    legend_place(layout, column, legend);
}

/** The blocks below each other from the top of the column. */
static void stack_place_from_top(const struct stack *stack, struct layout *layout, struct column column)
{
    column.bottom = column.top + stack_height(stack, layout->gap_mm) - layout->gap_mm;
    stack_place(stack, layout, column);
}

static void solve_portrait(struct layout *layout, const struct layout_measure *measure)
{
    double left = layout->boxes[LAYOUT_HEADER].min_x;
    double right = layout->boxes[LAYOUT_HEADER].max_x;
    double top = layout->boxes[LAYOUT_FRAME].max_y + layout->gap_mm;
    double bottom = layout->boxes[LAYOUT_FOOTER].min_y - 1.5 * layout->unit;
    double third = left + (right - left - 2 * layout->gap_mm) / 3;
    struct column narrow = {left, third, top, bottom};
    struct column wide = {third + layout->gap_mm, right, top, bottom};
    struct stack texts = {{LAYOUT_SCALE, LAYOUT_FACTS, LAYOUT_SOURCES, LAYOUT_DISCLAIMER}, {0}, 4};
    stack_measure(&texts, measure, narrow.right - narrow.left);
    stack_shorten(&texts, layout, bottom - top + layout->gap_mm);
    stack_place_from_top(&texts, layout, narrow);
    struct stack below = {{LAYOUT_COMPLETENESS}, {0}, 1};
    double legend = need_mm(measure, LAYOUT_LEGEND, wide.right - wide.left);
    stack_measure(&below, measure, wide.right - wide.left);
    double others = stack_height(&below, layout->gap_mm);
    stack_shorten(&below, layout, bottom - top - legend_share(layout, legend, others, bottom - top));
    stack_place(&below, layout, wide);
    wide.bottom -= stack_height(&below, layout->gap_mm);
    legend_place(layout, wide, legend);
}

struct layout layout_solve(enum paper paper, bool is_landscape, const struct layout_measure *measure)
{
    struct layout layout = layout_frame(paper, is_landscape);
    if (is_landscape) {
        solve_landscape(&layout, measure);
    } else {
        solve_portrait(&layout, measure);
    }
    return layout;
}

struct bbox layout_body(const struct layout *layout)
{
    struct bbox header = layout->boxes[LAYOUT_HEADER];
    return (struct bbox){header.min_x, header.max_y + layout->gap_mm, header.max_x,
                         layout->boxes[LAYOUT_FOOTER].min_y - layout->gap_mm};
}
