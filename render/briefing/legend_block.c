/*
 * legend_block.c - the block of the first page is set in columns by the legend itself, the pages that follow
 * column by column, each from the entry on that the one before it had no room for.
 */
#include "render/briefing/legend_block.h"

#include <math.h>

#include "geo/scale.h"
#include "render/canvas/canvas.h"
#include "render/legend/legend.h"
#include "render/map_view.h"

#define COLUMN_MAX 9     /* of a strip below the map */
#define PRECISION_MM 0.5 /* of the height that makes columns equally high */

static struct legend_layout layout_of(const struct pen *pen, double width_mm, double height_mm, int columns)
{
    return (struct legend_layout){.width_px = width_mm / SCALE_PIXEL_MM,
                                  .height_px = height_mm / SCALE_PIXEL_MM,
                                  .text_size_px = pen_look(pen, PEN_BODY).size_px,
                                  .column_count = columns};
}

static double heading_mm(const struct pen *pen)
{
    return pen_line_height(pen, PEN_HEADING) + 0.8 * pen->unit;
}

static size_t left_in(const struct legend_block *block, struct legend_layout layout)
{
    size_t left = 0;
    legend_height_px(block->renderer, block->legend, layout, &left);
    return left;
}

/** The least height at which all entries fit in so many columns. */
static double least_height_mm(const struct legend_block *block, struct legend_layout layout)
{
    struct legend_layout single = layout;
    size_t left = 0;
    single.width_px = layout.width_px / layout.column_count;
    single.column_count = 1;
    single.height_px = 0;
    double most = legend_height_px(block->renderer, block->legend, single, &left) * SCALE_PIXEL_MM + 0.1;
    double least = most / layout.column_count / 2;
    while (most - least > PRECISION_MM) {
        double middle = (least + most) / 2;
        layout.height_px = middle / SCALE_PIXEL_MM;
        bool fits = left_in(block, layout) == 0;
        *(fits ? &most : &least) = middle;
    }
    return most;
}

/** As many columns as have room for the longest word, of the height that makes them equally high. */
static struct legend_layout best_layout(const struct legend_block *block, const struct pen *pen,
                                        double width_mm)
{
    struct legend_layout layout = layout_of(pen, width_mm, 0, 1);
    layout.symbol_scale = block->symbol_scale;
    layout.text_size_px *= block->text_scale > 0 ? block->text_scale : 1;
    layout.column_count = legend_column_count(block->renderer, block->legend, layout, COLUMN_MAX);
    layout.height_px = least_height_mm(block, layout) / SCALE_PIXEL_MM;
    return layout;
}

double legend_block_height_mm(const struct legend_block *block, const struct pen *pen, double width_mm)
{
    if (legend_count(block->legend) == 0) {
        return heading_mm(pen) + pen_line_height(pen, PEN_BODY);
    }
    return heading_mm(pen) + best_layout(block, pen, width_mm).height_px * SCALE_PIXEL_MM;
}

/** The legend's own part of a block's box: below the heading, and above the row that counts what is left. */
static struct bbox entries_box(const struct pen *pen, struct bbox box_mm, bool has_more)
{
    box_mm.min_y += heading_mm(pen);
    box_mm.max_y -= has_more ? pen_line_height(pen, PEN_LABEL) + 0.6 * pen->unit : 0;
    return box_mm;
}

static struct legend_layout layout_in(const struct legend_block *block, const struct pen *pen,
                                      struct bbox box_mm)
{
    struct legend_layout layout = best_layout(block, pen, bbox_width(box_mm));
    layout.height_px = fmax(bbox_height(box_mm), 0.1) / SCALE_PIXEL_MM;
    return layout;
}

size_t legend_block_fit(const struct legend_block *block, const struct pen *pen, struct bbox box_mm)
{
    size_t count = legend_count(block->legend);
    if (count == 0 || left_in(block, layout_in(block, pen, entries_box(pen, box_mm, false))) == 0) {
        return count;
    }
    return count - left_in(block, layout_in(block, pen, entries_box(pen, box_mm, true)));
}

static void paint_heading(const struct legend_block *block, const struct pen *pen, struct bbox box_mm)
{
    const struct map_view *view = block->view;
    struct language_pair languages = {pen->language, view->has_second_language, view->second_language};
    char heading[160];
    pen_text(pen, PEN_HEADING, TEXT_LEFT, words_pair(WORD_LEGEND, languages, heading), box_mm);
}

bool legend_block_paint(const struct legend_block *block, const struct pen *pen, struct bbox box_mm,
                        enum word more, struct fault *fault)
{
    size_t count = legend_count(block->legend);
    size_t fitting = legend_block_fit(block, pen, box_mm);
    paint_heading(block, pen, box_mm);
    struct bbox entries = entries_box(pen, box_mm, fitting < count);
    if (count == 0) {
        pen_text(pen, PEN_BODY, TEXT_LEFT, words_text(WORD_NONE, pen->language), entries);
        return true;
    }
    if (fitting < count) {
        char words[128];
        words_format(words, sizeof words, more, pen->language, count - fitting);
        struct bbox line = {box_mm.min_x, entries.max_y, box_mm.max_x, box_mm.max_y};
        pen_line_of_text(pen, PEN_LABEL, TEXT_LEFT, words, line);
    }
    return legend_paint(block->renderer, block->view, block->legend, layout_in(block, pen, entries),
                        pen->canvas, pen_corner(entries), fault);
}

static struct legend_layout column_layout(const struct pen *pen, size_t first, struct bbox box_mm)
{
    struct legend_layout layout = layout_of(pen, bbox_width(box_mm), fmax(bbox_height(box_mm), 0.1), 1);
    layout.first_item = first;
    return layout;
}

size_t legend_block_column_fit(const struct legend_block *block, const struct pen *pen, size_t first,
                               struct bbox box_mm)
{
    return legend_count(block->legend) - first - left_in(block, column_layout(pen, first, box_mm));
}

double legend_block_column_height_mm(const struct legend_block *block, const struct pen *pen, size_t first,
                                     struct bbox box_mm)
{
    size_t left = 0;
    struct legend_layout layout = column_layout(pen, first, box_mm);
    return legend_height_px(block->renderer, block->legend, layout, &left) * SCALE_PIXEL_MM;
}

bool legend_block_paint_column(const struct legend_block *block, const struct pen *pen, size_t first,
                               struct bbox box_mm, struct fault *fault)
{
    return legend_paint(block->renderer, block->view, block->legend, column_layout(pen, first, box_mm),
                        pen->canvas, pen_corner(box_mm), fault);
}
