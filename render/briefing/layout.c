/*
 * layout.c - the blocks of each cell, from its top in reading order; below a legend the others stand at the
 * bottom, so that a short legend leaves one white space instead of several.
 *
 * Blocks are shortened in the order of `shortened`, never below `least_mm`. When that is not enough whole
 * blocks are moved in the order of `movable`.
 */
#include "render/briefing/layout_internal.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

#include "render/briefing/template.h"

#define TOLERANCE_MM 1e-6
#define LOGO_MM 13.5     /* as high as the title beside it */
#define LEGEND_PART 0.45 /* of a cell, when it is long */

/** The blocks of one cell and what each needs. */
struct stack {
    struct layout_block *blocks[BLOCK_KIND_COUNT]; /* in reading order */
    double heights_mm[BLOCK_KIND_COUNT];
    int count;
    double gap_mm;
    double unit;
    bool is_together; /* from the top, all of it */
};

/** What is 200 is never shortened. */
static const double least_mm[BLOCK_KIND_COUNT] = {
    [BLOCK_TITLE] = 13.5, [BLOCK_LOGO] = 200,     [BLOCK_TIMES] = 13.5,      [BLOCK_LEGEND] = 18,
    [BLOCK_SCALE] = 16,   [BLOCK_INSETS] = 200,   [BLOCK_COMPLETENESS] = 13, [BLOCK_FACTS] = 14,
    [BLOCK_SOURCES] = 12, [BLOCK_DISCLAIMER] = 6,
};

static const enum block_kind shortened[] = {BLOCK_COMPLETENESS, BLOCK_DISCLAIMER, BLOCK_SOURCES, BLOCK_FACTS,
                                            BLOCK_LEGEND,       BLOCK_TITLE,      BLOCK_TIMES};

static const enum block_kind movable[] = {BLOCK_INSETS, BLOCK_LOGO,   BLOCK_SOURCES,      BLOCK_DISCLAIMER,
                                          BLOCK_FACTS,  BLOCK_LEGEND, BLOCK_COMPLETENESS, BLOCK_SCALE};

bool layout_block_is_required(enum block_kind kind)
{
    return kind == BLOCK_TITLE || kind == BLOCK_TIMES;
}

double layout_least_mm(enum block_kind kind)
{
    return least_mm[kind];
}

double layout_scale_height_mm(double unit)
{
    return least_mm[BLOCK_SCALE] * unit;
}

void layout_add_block(struct layout *layout, enum block_kind kind, unsigned elements, enum place place)
{
    for (int i = 0; i < layout->block_count; i++) {
        if (layout->blocks[i].kind == kind && layout->blocks[i].place == place) {
            layout->blocks[i].elements |= elements;
            return;
        }
    }
    assert(layout->block_count < LAYOUT_BLOCK_MOST);
    layout->blocks[layout->block_count++] =
        (struct layout_block){.kind = kind, .elements = elements, .place = place, .box = bbox_empty()};
}

void layout_collect_blocks(struct layout_sheet sheet, struct layout *layout)
{
    const enum place *places = sheet.template->places[sheet.is_landscape];
    for (int kind = 0; kind < BLOCK_KIND_COUNT; kind++) {
        for (int element = 0; element < ELEMENT_COUNT; element++) {
            bool is_shown = places[element] != PLACE_OFF;
            if (is_shown && (int)block_of((enum element)element) == kind) {
                layout_add_block(layout, (enum block_kind)kind, element_bit((enum element)element),
                                 places[element]);
            }
        }
    }
}

const struct layout_block *layout_find(const struct layout *layout, enum block_kind kind)
{
    for (int i = 0; i < layout->block_count; i++) {
        const struct layout_block *block = &layout->blocks[i];
        if (block->kind == kind && !bbox_is_empty(block->box)) {
            return block;
        }
    }
    return NULL;
}

static double stack_height(const struct stack *stack)
{
    double height = 0;
    for (int i = 0; i < stack->count; i++) {
        double gap = height > 0 ? stack->gap_mm : 0;
        height += stack->heights_mm[i] > 0 ? stack->heights_mm[i] + gap : 0;
    }
    return height;
}

static double least_of(const struct stack *stack, int index)
{
    return fmin(stack->heights_mm[index], least_mm[stack->blocks[index]->kind] * stack->unit);
}

static double least_height(const struct stack *stack)
{
    struct stack least = *stack;
    for (int i = 0; i < stack->count; i++) {
        least.heights_mm[i] = least_of(stack, i);
    }
    return stack_height(&least);
}

static int stack_find(const struct stack *stack, enum block_kind kind)
{
    for (int i = 0; i < stack->count; i++) {
        if (stack->blocks[i]->kind == kind && stack->heights_mm[i] > 0) {
            return i;
        }
    }
    return -1;
}

/** Moves whole blocks until those that are left fit, each at its least. */
static void stack_move(struct stack *stack, double height_mm)
{
    for (size_t i = 0; i < sizeof movable / sizeof movable[0]; i++) {
        int index = stack_find(stack, movable[i]);
        if (least_height(stack) <= height_mm + TOLERANCE_MM) {
            return;
        }
        if (index >= 0) {
            stack->blocks[index]->is_moved = true;
            stack->heights_mm[index] = 0;
        }
    }
}

/** Takes height away from a kind of block until the stack fits, or it is at its least. */
static void stack_shorten_kind(struct stack *stack, enum block_kind kind, double height_mm)
{
    int index = stack_find(stack, kind);
    double excess = stack_height(stack) - height_mm;
    double spare = index < 0 ? 0 : stack->heights_mm[index] - least_of(stack, index);
    if (excess > TOLERANCE_MM && spare > TOLERANCE_MM) {
        stack->heights_mm[index] -= fmin(spare, excess);
        stack->blocks[index]->is_short = true;
    }
}

/**
 * Texts are shortened before the legend is, but a long legend leaves them so much that they tell what is most
 * important.
 */
static void stack_shorten(struct stack *stack, double height_mm)
{
    int legend = stack_find(stack, BLOCK_LEGEND);
    double whole = legend < 0 ? 0 : stack->heights_mm[legend];
    if (legend >= 0) {
        double others = stack_height(stack) - whole;
        double part = fmax(LEGEND_PART * height_mm, least_mm[BLOCK_LEGEND] * stack->unit);
        stack->heights_mm[legend] = fmin(whole, fmax(part, height_mm - others));
    }
    for (size_t i = 0; i < sizeof shortened / sizeof shortened[0]; i++) {
        stack_shorten_kind(stack, shortened[i], height_mm);
    }
    if (legend >= 0 && stack->heights_mm[legend] < whole - TOLERANCE_MM) {
        stack->blocks[legend]->is_short = true;
    }
}

static void put(struct layout_block *block, struct bbox cell, double top, double height)
{
    if (height > 0) {
        block->box = (struct bbox){cell.min_x, top, cell.max_x, top + height};
    }
}

/** From the top; what stands behind a legend from the bottom of a high cell, unless it is beside white. */
static void stack_place(const struct stack *stack, struct bbox cell)
{
    int legend = stack_find(stack, BLOCK_LEGEND);
    double top = cell.min_y;
    int i = 0;
    int last = legend < 0 || stack->is_together ? stack->count - 1 : legend;
    for (; i <= last; i++) {
        put(stack->blocks[i], cell, top, stack->heights_mm[i]);
        top += stack->heights_mm[i] > 0 ? stack->heights_mm[i] + stack->gap_mm : 0;
    }
    double bottom = cell.max_y;
    for (int k = stack->count - 1; k >= i; k--) {
        put(stack->blocks[k], cell, bottom - stack->heights_mm[k], stack->heights_mm[k]);
        bottom -= stack->heights_mm[k] > 0 ? stack->heights_mm[k] + stack->gap_mm : 0;
    }
}

/** A logo in the strip above the map stands beside the other blocks of its cell, at the paper's edge. */
static struct bbox cut_logo(struct layout *layout, enum place place, struct bbox cell,
                            const struct layout_measure *measure)
{
    for (int i = 0; i < layout->block_count; i++) {
        struct layout_block *block = &layout->blocks[i];
        if (block->kind != BLOCK_LOGO || block->place != place) {
            continue;
        }
        double high = fmin(bbox_height(cell), LOGO_MM * layout->unit);
        double need = measure->height_mm(BLOCK_LOGO, block->elements, bbox_width(cell), measure->context);
        double width = need > 0 ? bbox_width(cell) * high / need : 0; /* its shape times its height */
        width = fmin(width, 0.4 * bbox_width(cell));
        if (!(width > 0)) {
            return cell;
        }
        bool is_right = place == PLACE_TOP_RIGHT;
        double edge = is_right ? cell.max_x - width : cell.min_x + width;
        block->box = (struct bbox){is_right ? edge : cell.min_x, cell.min_y, is_right ? cell.max_x : edge,
                                   cell.min_y + high};
        cell.min_x = is_right ? cell.min_x : edge + layout->gap_mm;
        cell.max_x = is_right ? edge - layout->gap_mm : cell.max_x;
    }
    return cell;
}

static void fill_cell(struct layout *layout, enum place place, bool is_together,
                      const struct layout_measure *measure)
{
    struct bbox cell = layout->cells[place];
    struct stack stack = {.gap_mm = layout->gap_mm, .unit = layout->unit, .is_together = is_together};
    bool is_top = place <= PLACE_TOP_RIGHT;
    if (is_top) {
        cell = cut_logo(layout, place, cell, measure);
    }
    for (int i = 0; i < layout->block_count; i++) {
        struct layout_block *block = &layout->blocks[i];
        if (block->place != place || (is_top && block->kind == BLOCK_LOGO)) {
            continue;
        }
        double need = measure->height_mm(block->kind, block->elements, bbox_width(cell), measure->context);
        assert(isfinite(need) && need >= 0);
        need = block->kind == BLOCK_LOGO ? fmin(need, LOGO_MM * layout->unit) : need;
        stack.blocks[stack.count] = block;
        stack.heights_mm[stack.count++] = need;
    }
    stack_move(&stack, bbox_height(cell));
    stack_shorten(&stack, bbox_height(cell));
    stack_place(&stack, cell);
}

/** In the bands of a slim page title and times have one line each, whatever they need. */
static void fill_band(struct layout *layout)
{
    for (int i = 0; i < layout->block_count; i++) {
        struct layout_block *block = &layout->blocks[i];
        if (block->place <= PLACE_TOP_RIGHT) {
            block->box = layout->cells[block->place];
        }
    }
}

void layout_solve(struct layout_sheet sheet, const struct layout_measure *measure, struct layout *layout)
{
    for (int i = 0; i < layout->block_count; i++) {
        layout->blocks[i].is_moved = layout->blocks[i].place == PLACE_PAGE;
    }
    bool is_slim = sheet.template->is_slim;
    if (is_slim) {
        fill_band(layout);
    }
    for (int place = is_slim ? PLACE_TOP_RIGHT + 1 : 0; place < PLACE_AROUND; place++) {
        if (!bbox_is_empty(layout->cells[place])) {
            fill_cell(layout, (enum place)place, is_slim, measure);
        }
    }
}
