#include "render/briefing/sequel.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/canvas/canvas.h"
#include "render/legend/legend.h"
#include "render/canvas/page.h"

#define COLUMN_MM 58.0 /* at least, on A4 */
#define COLUMN_MAX 4
#define PAGE_MAX 200

/** Where the next part goes. */
struct flow {
    const struct pen *pen;
    struct bbox body;
    double gap_mm;
    int column_count;
    double column_mm;
    size_t page;
    int column;
    double top;    /* of the columns on this page */
    double lowest; /* how far down this page is used */
};

static struct flow flow_start(const struct layout *layout, const struct pen *pen)
{
    struct flow flow = {.pen = pen, .body = layout_body(layout), .gap_mm = 1.5 * layout->gap_mm};
    double width = bbox_width(flow.body);
    double columns = floor((width + flow.gap_mm) / (COLUMN_MM * pen->unit + flow.gap_mm));
    flow.column_count = (int)fmin(fmax(columns, 1), COLUMN_MAX);
    flow.column_mm = (width - (flow.column_count - 1) * flow.gap_mm) / flow.column_count;
    flow.top = flow.body.min_y;
    flow.lowest = flow.top;
    return flow;
}

static struct bbox flow_box(const struct flow *flow)
{
    double left = flow->body.min_x + flow->column * (flow->column_mm + flow->gap_mm);
    return (struct bbox){left, flow->top, left + flow->column_mm, flow->body.max_y};
}

static void flow_next_page(struct flow *flow)
{
    flow->page++;
    flow->column = 0;
    flow->top = flow->body.min_y;
    flow->lowest = flow->top;
}

static void flow_next_column(struct flow *flow)
{
    flow->column++;
    if (flow->column == flow->column_count) {
        flow_next_page(flow);
    }
}

static void add_part(struct sequel *sequel, struct sequel_part part)
{
    sequel->parts = memory_resize(sequel->parts, sequel->part_count + 1, sizeof *sequel->parts);
    sequel->parts[sequel->part_count++] = part;
    sequel->page_count = part.page + 1;
}

/** What is left of a legend, to be put into columns. */
struct legend_rest {
    const struct legend_block *block;
    size_t first;
    double heading_mm; /* "Legend, continued" */
};

/** How many entries go into a column; the highest of titles fits on any page, so there is always one. */
static size_t fit_column(const struct flow *flow, const struct legend_rest *rest, size_t first,
                         struct bbox box)
{
    size_t fitting = legend_block_column_fit(rest->block, flow->pen, first, box);
    return fitting > 0 ? fitting : 1;
}

/** How many columns a rest takes when they have that height. */
static int columns_needed(const struct flow *flow, const struct legend_rest *rest, double height_mm)
{
    int columns = 0;
    struct bbox box = {0, 0, flow->column_mm, height_mm};
    for (size_t entry = rest->first; entry < legend_count(rest->block->legend) && columns < PAGE_MAX;) {
        entry += fit_column(flow, rest, entry, box);
        columns++;
    }
    return columns;
}

/** The least height at which the rest fits on one page: columns of equal height. The whole page when it does
 * not. */
static double balanced_height(const struct flow *flow, const struct legend_rest *rest)
{
    double most = bbox_height(flow->body) - rest->heading_mm;
    for (double height = 10 * flow->pen->unit; height < most; height += 2 * flow->pen->unit) {
        if (columns_needed(flow, rest, height) <= flow->column_count) {
            return height;
        }
    }
    return most;
}

static void plan_legend(struct sequel *sequel, struct flow *flow, const struct legend_rest *rest)
{
    double height = balanced_height(flow, rest);
    size_t count = legend_count(rest->block->legend);
    for (size_t entry = rest->first; entry < count && flow->page < PAGE_MAX;) {
        flow->top = flow->body.min_y + rest->heading_mm;
        struct bbox box = flow_box(flow);
        box.max_y = fmin(box.max_y, box.min_y + height);
        add_part(sequel, (struct sequel_part){
                             .page = flow->page, .box_mm = box, .is_legend = true, .first_entry = entry});
        double used = legend_block_column_height_mm(rest->block, flow->pen, entry, box);
        flow->lowest = fmax(flow->lowest, flow->top + used);
        entry += fit_column(flow, rest, entry, box);
        if (entry < count) {
            flow_next_column(flow);
        }
    }
}

static void plan_rest_of_legend(struct sequel *sequel, struct flow *flow, const struct legend_block *legend,
                                size_t first_entry)
{
    if (first_entry >= legend_count(legend->legend)) {
        return;
    }
    struct legend_rest rest = {.block = legend, .first = first_entry};
    rest.heading_mm = pen_line_height(flow->pen, PEN_HEADING) + flow->pen->unit;
    plan_legend(sequel, flow, &rest);
}

/** Texts begin below the legend of the last page, or on the next page when there is little room. */
static void flow_below(struct flow *flow)
{
    if (flow->lowest <= flow->body.min_y) {
        return;
    }
    flow->column = 0;
    flow->top = flow->lowest + flow->gap_mm;
    if (flow->body.max_y - flow->top < 30 * flow->pen->unit) {
        flow_next_page(flow);
    }
}

/** Do all rows fit in the columns of this page when these have that height? */
static bool text_fits(const struct passage *text, const struct flow *flow, double height_mm)
{
    size_t row = 0;
    for (int column = 0; column < flow->column_count && row < text->count; column++) {
        row += passage_fit(text, flow->pen, row, flow->column_mm, height_mm);
    }
    return row == text->count;
}

/** The least height at which the text fits on this page: columns of equal height. No limit when it does not.
 */
static double balanced_text_height(const struct passage *text, const struct flow *flow)
{
    double most = flow->body.max_y - flow->top;
    for (double height = 10 * flow->pen->unit; height < most; height += 2 * flow->pen->unit) {
        if (text_fits(text, flow, height)) {
            return height;
        }
    }
    return bbox_height(flow->body);
}

static void plan_text(struct sequel *sequel, struct flow *flow)
{
    size_t row = 0;
    double balanced = balanced_text_height(&sequel->text, flow);
    while (row < sequel->text.count && flow->page < PAGE_MAX) {
        struct bbox box = flow_box(flow);
        double height = fmin(bbox_height(box), balanced);
        size_t fitting = passage_fit(&sequel->text, flow->pen, row, flow->column_mm, height);
        bool is_whole_column = flow->top <= flow->body.min_y;
        if (fitting == 0 && is_whole_column) {
            size_t heading =
                sequel->text.rows[row].style == PEN_HEADING && row + 1 < sequel->text.count ? 1 : 0;
            passage_split(&sequel->text, flow->pen, row + heading, flow->column_mm, height * 0.9);
            fitting = passage_fit(&sequel->text, flow->pen, row, flow->column_mm, height);
            fitting = fitting > 0 ? fitting : 1;
        }
        if (fitting > 0) {
            add_part(sequel, (struct sequel_part){
                                 .page = flow->page, .box_mm = box, .first_row = row, .row_count = fitting});
            row += fitting;
        }
        flow_next_column(flow);
    }
}

struct sequel sequel_plan(const struct layout *layout, const struct pen *pen,
                          const struct legend_block *legend, size_t first_entry, struct passage text)
{
    struct sequel sequel = {.text = text};
    struct flow flow = flow_start(layout, pen);
    plan_rest_of_legend(&sequel, &flow, legend, first_entry);
    if (sequel.text.count > 0) {
        flow_below(&flow);
        plan_text(&sequel, &flow);
    }
    return sequel;
}

void sequel_finish(struct sequel *sequel)
{
    passage_finish(&sequel->text);
    free(sequel->parts);
    *sequel = (struct sequel){0};
}

static bool paint_legend(const struct sequel_part *part, const struct pen *pen, const struct layout *layout,
                         const struct legend_block *legend, bool is_first, struct fault *fault)
{
    if (is_first) {
        struct bbox line = part->box_mm;
        line.min_y = layout_body(layout).min_y;
        pen_text(pen, PEN_HEADING, TEXT_LEFT, words_text(WORD_LEGEND_CONTINUED, pen->language), line);
    }
    return legend_block_paint_column(legend, pen, part->first_entry, part->box_mm, fault);
}

static bool paint_parts(const struct sequel *sequel, size_t page, const struct pen *pen,
                        const struct layout *layout, const struct legend_block *legend, struct fault *fault)
{
    bool is_first = true;
    for (size_t i = 0; i < sequel->part_count; i++) {
        const struct sequel_part *part = &sequel->parts[i];
        if (part->page != page) {
            continue;
        }
        if (!part->is_legend) {
            passage_paint(&sequel->text, pen, part->first_row, part->row_count, part->box_mm);
        } else if (!paint_legend(part, pen, layout, legend, is_first, fault)) {
            return false;
        }
        is_first = false;
    }
    return true;
}

bool sequel_paint(const struct sequel *sequel, size_t page, struct pen *pen, const struct layout *layout,
                  const struct legend_block *legend, struct page_document *document, struct fault *fault)
{
    pen->canvas = page_canvas(document, layout->page, (struct point){0, 0}, fault);
    bool is_painted = pen->canvas && paint_parts(sequel, page, pen, layout, legend, fault);
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted;
}
