/*
 * legend_block.c - a legend is always set from its first entry. A following page shows a window of the legend
 * set in one column: from the bottom of the last entry that has been shown to the bottom of the last that
 * fits.
 */
#include "render/briefing/legend_block.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/canvas.h"
#include "render/legend.h"
#include "render/page.h"

#define COLUMN_MM 29.0 /* at least, on A4 */
#define COLUMN_MAX 4
#define SLIVER_PX 0.01 /* that much less height has no room for the last entry */
/* The white between entries and, added to it, above groups, in which a window is cut: times the text size. */
#define ROW_GAP 0.35
#define HEADING_GAP 0.6

static struct legend_layout layout_of(const struct pen *pen, double width_mm, double height_mm, int columns)
{
    return (struct legend_layout){.width_px = width_mm / SCALE_PIXEL_MM,
                                  .height_px = height_mm / SCALE_PIXEL_MM,
                                  .text_size_px = pen_look(pen, PEN_BODY).size_px,
                                  .column_count = columns};
}

static int columns_in(const struct pen *pen, double width_mm)
{
    double columns = floor(width_mm / (COLUMN_MM * pen->unit));
    return (int)fmin(fmax(columns, 1), COLUMN_MAX);
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

double legend_block_height_mm(const struct legend_block *block, const struct pen *pen, double width_mm)
{
    if (legend_count(block->legend) == 0) {
        return heading_mm(pen) + pen_line_height(pen, PEN_BODY);
    }
    int columns = columns_in(pen, width_mm);
    struct legend_layout single = layout_of(pen, width_mm / columns, 0, 1);
    size_t left = 0;
    double whole = legend_height_px(block->renderer, block->legend, single, &left) * SCALE_PIXEL_MM;
    double height = whole / columns;
    while (height < whole && left_in(block, layout_of(pen, width_mm, height, columns)) > 0) {
        height = fmin(whole, height + 1.5 * pen->unit);
    }
    return heading_mm(pen) + height + 0.1;
}

/** The legend's own part of a block's box: below the heading, and above the row that counts what is left. */
static struct bbox entries_box(const struct pen *pen, struct bbox box_mm, bool has_more)
{
    box_mm.min_y += heading_mm(pen);
    box_mm.max_y -= has_more ? pen_line_height(pen, PEN_LABEL) : 0;
    return box_mm;
}

static struct legend_layout layout_in(const struct pen *pen, struct bbox box_mm)
{
    double width = bbox_width(box_mm);
    return layout_of(pen, width, fmax(bbox_height(box_mm), 0.1), columns_in(pen, width));
}

size_t legend_block_fit(const struct legend_block *block, const struct pen *pen, struct bbox box_mm)
{
    size_t count = legend_count(block->legend);
    if (left_in(block, layout_in(pen, entries_box(pen, box_mm, false))) == 0) {
        return count;
    }
    return count - left_in(block, layout_in(pen, entries_box(pen, box_mm, true)));
}

bool legend_block_paint(const struct legend_block *block, const struct pen *pen, struct bbox box_mm,
                        enum word more, struct fault *fault)
{
    size_t count = legend_count(block->legend);
    size_t fitting = legend_block_fit(block, pen, box_mm);
    pen_text(pen, PEN_HEADING, TEXT_LEFT, words_text(WORD_LEGEND, pen->language), box_mm);
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
    struct point corner = {entries.min_x / SCALE_PIXEL_MM, entries.min_y / SCALE_PIXEL_MM};
    return legend_paint(block->renderer, block->view, block->legend, layout_in(pen, entries), pen->canvas,
                        corner, fault);
}

double *legend_block_bottoms(const struct legend_block *block, const struct pen *pen, size_t first,
                             double width_mm)
{
    size_t count = legend_count(block->legend);
    double *bottoms = memory_new(count + 1, sizeof *bottoms);
    struct legend_layout layout = layout_of(pen, width_mm, 0, 1);
    for (size_t end = count; end > 0 && end >= first; end--) {
        size_t left = 0;
        bottoms[end - 1] = legend_height_px(block->renderer, block->legend, layout, &left);
        layout.height_px = bottoms[end - 1] - SLIVER_PX;
    }
    return bottoms;
}

/** The title of the group that an entry continues, or NULL. */
static const char *group_going_on(const struct legend *legend, size_t entry)
{
    const char *group = legend_at(legend, entry)->group;
    bool goes_on = entry > 0 && group[0] && strcmp(group, legend_at(legend, entry - 1)->group) == 0;
    return goes_on ? group : NULL;
}

/** The white above an entry, and above the title of the group that begins with it. */
static double gap_above_px(const struct legend *legend, const struct pen *pen, size_t entry)
{
    const struct legend_item *item = legend_at(legend, entry);
    bool is_same_group = strcmp(item->group, legend_at(legend, entry - 1)->group) == 0;
    return (ROW_GAP + (is_same_group ? 0 : HEADING_GAP)) * pen_look(pen, PEN_BODY).size_px;
}

struct legend_run legend_block_run(const struct legend_block *block, const struct pen *pen,
                                   const double *bottoms, size_t first, double height_mm)
{
    size_t count = legend_count(block->legend);
    assert(first < count);
    struct legend_run run = {.first = first, .heading = group_going_on(block->legend, first)};
    run.heading_mm = run.heading ? pen_line_height(pen, PEN_GROUP) + 0.5 * pen->unit : 0;
    double row_gap_px = ROW_GAP * pen_look(pen, PEN_BODY).size_px;
    run.top_px = first > 0 ? bottoms[first - 1] + gap_above_px(block->legend, pen, first) : 0;
    double room_px = (height_mm - run.heading_mm) / SCALE_PIXEL_MM;
    for (size_t i = first; i < count && bottoms[i] - run.top_px + row_gap_px / 2 <= room_px; i++) {
        run.count++;
        run.height_px = bottoms[i] - run.top_px + row_gap_px / 2;
    }
    return run;
}

static bool paint_heading(struct pen *pen, const char *heading, struct bbox box_mm,
                          struct page_document *document, struct fault *fault)
{
    pen->canvas = page_canvas(document, box_mm, pen_corner(box_mm), fault);
    if (!pen->canvas) {
        return false;
    }
    pen_text(pen, PEN_GROUP, TEXT_LEFT, heading, box_mm);
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return true;
}

bool legend_block_paint_run(const struct legend_block *block, struct pen *pen, struct legend_run run,
                            struct bbox box_mm, struct page_document *document, struct fault *fault)
{
    if (run.heading && !paint_heading(pen, run.heading, box_mm, document, fault)) {
        return false;
    }
    double top = box_mm.min_y + run.heading_mm;
    struct bbox window = {box_mm.min_x, top, box_mm.max_x, top + run.height_px * SCALE_PIXEL_MM};
    struct canvas *canvas = page_canvas(document, window, (struct point){0, run.top_px}, fault);
    if (!canvas) {
        return false;
    }
    struct legend_layout layout = layout_of(pen, bbox_width(box_mm), 0, 1);
    layout.height_px = run.top_px + run.height_px;
    bool is_painted = legend_paint(block->renderer, block->view, block->legend, layout, canvas,
                                   (struct point){0, 0}, fault);
    canvas_free(canvas);
    return is_painted;
}
