/*
 * sequel.c - a flow goes through the columns of page after page; columns of one kind of content are as high
 * as each other where they end.
 */
#include "render/briefing/sequel.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/briefing/table_block.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/legend/legend.h"
#include "render/print/words.h"

#define COLUMN_MM 58.0 /* at least, on A4 */
#define COLUMN_MAX 4
#define PAGE_MAX 400
#define ROOM_MM 30.0 /* less than that at the bottom of a page is left white */

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
    double used;   /* of this column: where its next part begins */
    double lowest; /* how far down this page is used */
};

/** As many columns as have a width, on the page where the flow is. */
static void flow_columns(struct flow *flow, double least_mm, int most)
{
    double width = bbox_width(flow->body);
    double columns = floor((width + flow->gap_mm) / (least_mm + flow->gap_mm) + 1e-9);
    flow->column_count = (int)fmin(fmax(columns, 1), most);
    flow->column_mm = (width - (flow->column_count - 1) * flow->gap_mm) / flow->column_count;
}

static struct flow flow_start(struct bbox body, const struct pen *pen)
{
    struct flow flow = {.pen = pen, .body = body, .gap_mm = 4.5 * pen->unit, .top = body.min_y};
    flow_columns(&flow, COLUMN_MM * pen->unit, COLUMN_MAX);
    flow.used = flow.lowest = flow.top;
    return flow;
}

/** What is left of the column. */
static struct bbox flow_box(const struct flow *flow)
{
    double left = flow->body.min_x + flow->column * (flow->column_mm + flow->gap_mm);
    return (struct bbox){left, flow->used, left + flow->column_mm, flow->body.max_y};
}

static void flow_next_page(struct flow *flow)
{
    flow->page++;
    flow->column = 0;
    flow->top = flow->used = flow->lowest = flow->body.min_y;
}

static void flow_next_column(struct flow *flow)
{
    flow->column++;
    flow->used = flow->top;
    if (flow->column == flow->column_count) {
        flow_next_page(flow);
    }
}

static bool is_fresh_column(const struct flow *flow)
{
    return flow->used <= flow->body.min_y;
}

static void flow_use(struct flow *flow, double height_mm)
{
    flow->lowest = fmax(flow->lowest, flow->used + height_mm);
    flow->used += height_mm + flow->gap_mm / 2;
}

/** Goes on below all that is on the page, or on the next page when there is little room. */
static void flow_below(struct flow *flow)
{
    if (flow->lowest <= flow->body.min_y) {
        return;
    }
    flow->column = 0;
    flow->top = flow->used = flow->lowest + flow->gap_mm;
    if (flow->body.max_y - flow->top < ROOM_MM * flow->pen->unit) {
        flow_next_page(flow);
    }
}

static void add_part(struct sequel *sequel, struct sequel_part part)
{
    sequel->parts = memory_resize(sequel->parts, sequel->part_count + 1, sizeof *sequel->parts);
    sequel->parts[sequel->part_count++] = part;
    sequel->page_count = part.page + 1;
}

/** How many entries go into a column; the highest of titles fits on any page, so there is always one. */
static size_t fit_legend(const struct flow *flow, const struct sequel_input *input, size_t first,
                         struct bbox box)
{
    size_t fitting = legend_block_column_fit(input->legend, flow->pen, first, box);
    return fitting > 0 ? fitting : 1;
}

/** How many columns the rest of a legend takes when they have that height; too many when an entry is higher.
 */
static int columns_needed(const struct flow *flow, const struct sequel_input *input, double height_mm)
{
    int columns = 0;
    struct bbox box = {0, 0, flow->column_mm, height_mm};
    for (size_t entry = input->first_entry;
         entry < legend_count(input->legend->legend) && columns <= flow->column_count; columns++) {
        size_t fitting = legend_block_column_fit(input->legend, flow->pen, entry, box);
        if (fitting == 0) {
            return flow->column_count + 1;
        }
        entry += fitting;
    }
    return columns;
}

/** The least height at which the legend fits on one page: columns of equal height. The whole page when it
 * does not. */
static double balanced_legend_height(const struct flow *flow, const struct sequel_input *input,
                                     double most_mm)
{
    for (double height = 10 * flow->pen->unit; height < most_mm; height += 2 * flow->pen->unit) {
        if (columns_needed(flow, input, height) <= flow->column_count) {
            return height;
        }
    }
    return most_mm;
}

static double legend_heading_mm(const struct pen *pen)
{
    return pen_line_height(pen, PEN_HEADING) + pen->unit;
}

static void plan_legend(struct sequel *sequel, struct flow *flow)
{
    const struct sequel_input *input = &sequel->input;
    size_t count = input->legend ? legend_count(input->legend->legend) : 0;
    double heading = legend_heading_mm(flow->pen);
    double balanced = count > 0 ? balanced_legend_height(flow, input, bbox_height(flow->body) - heading) : 0;
    for (size_t entry = input->first_entry; entry < count && flow->page < PAGE_MAX;) {
        struct bbox box = flow_box(flow);
        box.min_y += heading;
        box.max_y = fmin(box.max_y, box.min_y + balanced);
        add_part(sequel, (struct sequel_part){
                             .kind = SEQUEL_LEGEND, .page = flow->page, .box_mm = box, .first = entry});
        flow_use(flow, heading + legend_block_column_height_mm(input->legend, flow->pen, entry, box));
        entry += fit_legend(flow, input, entry, box);
        if (entry < count) {
            flow_next_column(flow);
        }
    }
}

/** A block that is never broken; it is lower than any page. */
static void plan_block(struct sequel *sequel, struct flow *flow, enum sequel_kind kind, double height_mm)
{
    if (flow->used + height_mm > flow->body.max_y && !is_fresh_column(flow)) {
        flow_next_column(flow);
    }
    struct bbox box = flow_box(flow);
    box.max_y = fmin(box.max_y, box.min_y + height_mm);
    add_part(sequel, (struct sequel_part){.kind = kind, .page = flow->page, .box_mm = box});
    flow_use(flow, height_mm);
}

static void plan_blocks(struct sequel *sequel, struct flow *flow)
{
    const struct sequel_input *input = &sequel->input;
    if (input->has_scale) {
        plan_block(sequel, flow, SEQUEL_SCALE, layout_scale_height_mm(flow->pen->unit));
    }
    double insets = input->has_insets ? inset_block_height_mm(&input->insets, flow->pen, flow->column_mm) : 0;
    if (insets > 0) {
        plan_block(sequel, flow, SEQUEL_INSETS, insets);
    }
}

/** Do all rows fit in the columns of this page when these end at that height? */
static bool text_fits(const struct passage *text, const struct flow *flow, double bottom)
{
    size_t row = 0;
    double top = flow->used;
    for (int column = flow->column; column < flow->column_count && row < text->count; column++) {
        row += passage_fit(text, flow->pen, row, flow->column_mm, bottom - top);
        top = flow->top;
    }
    return row == text->count;
}

/** How far down columns of equal height reach on this page; no limit when the text goes on. */
static double balanced_text_bottom(const struct passage *text, const struct flow *flow)
{
    for (double bottom = flow->top + 10 * flow->pen->unit; bottom < flow->body.max_y;
         bottom += 2 * flow->pen->unit) {
        if (text_fits(text, flow, bottom)) {
            return bottom;
        }
    }
    return flow->body.max_y;
}

/** A row that is higher than an empty column is broken, and its heading stays with it. */
static size_t break_row(struct passage *text, const struct flow *flow, size_t row, double height_mm)
{
    bool is_heading = text->rows[row].style == PEN_HEADING && row + 1 < text->count;
    passage_split(text, flow->pen, row + (is_heading ? 1 : 0), flow->column_mm, height_mm * 0.9);
    size_t fitting = passage_fit(text, flow->pen, row, flow->column_mm, height_mm);
    return fitting > 0 ? fitting : 1;
}

static void plan_text(struct sequel *sequel, struct flow *flow)
{
    struct passage *text = &sequel->input.text;
    double bottom = balanced_text_bottom(text, flow);
    for (size_t row = 0; row < text->count && flow->page < PAGE_MAX;) {
        struct bbox box = flow_box(flow);
        double height = fmin(box.max_y, bottom) - box.min_y;
        size_t fitting = passage_fit(text, flow->pen, row, flow->column_mm, height);
        if (fitting == 0 && is_fresh_column(flow)) {
            fitting = break_row(text, flow, row, height);
        }
        if (fitting > 0) {
            add_part(
                sequel,
                (struct sequel_part){
                    .kind = SEQUEL_TEXT, .page = flow->page, .box_mm = box, .first = row, .count = fitting});
            flow_use(flow, passage_rows_height_mm(text, flow->pen, row, fitting, flow->column_mm));
            row += fitting;
        }
        if (row < text->count) {
            size_t page = flow->page;
            flow_next_column(flow);
            bottom = flow->page > page ? flow->body.max_y : bottom;
        }
    }
}

static void plan_table(struct sequel *sequel, struct flow *flow, size_t table)
{
    struct table_block *block = sequel->input.tables[table];
    flow_below(flow);
    flow_columns(flow, table_block_least_width_mm(block, flow->pen), COLUMN_MAX);
    table_block_set_width(block, flow->pen, flow->column_mm, bbox_height(flow->body));
    for (size_t row = 0; row < table_block_count(block) && flow->page < PAGE_MAX;) {
        struct bbox box = flow_box(flow);
        size_t fitting = table_block_column_fit(block, row, bbox_height(box));
        if (fitting > 0) {
            add_part(
                sequel,
                (struct sequel_part){
                    .kind = SEQUEL_TABLE, .page = flow->page, .box_mm = box, .table = table, .first = row});
            flow_use(flow, table_block_column_height_mm(block, row, fitting));
            row += fitting;
        }
        if (row < table_block_count(block)) {
            flow_next_column(flow);
        }
    }
}

struct sequel sequel_plan(enum paper paper, bool is_landscape, const struct pen *pen,
                          struct sequel_input input)
{
    struct sequel sequel = {.input = input, .furniture = layout_following(paper, is_landscape)};
    struct flow flow = flow_start(sequel.furniture.body, pen);
    plan_legend(&sequel, &flow);
    flow_below(&flow);
    plan_blocks(&sequel, &flow);
    plan_text(&sequel, &flow);
    for (size_t i = 0; i < input.table_count; i++) {
        plan_table(&sequel, &flow, i);
    }
    return sequel;
}

void sequel_finish(struct sequel *sequel)
{
    passage_finish(&sequel->input.text);
    free(sequel->parts);
    *sequel = (struct sequel){0};
}

/** The first column of a page says what the others hold too. */
static bool paint_legend(const struct sequel *sequel, const struct sequel_part *part, const struct pen *pen,
                         bool is_first, struct fault *fault)
{
    if (is_first) {
        struct bbox line = part->box_mm;
        bool is_whole = sequel->input.first_entry == 0 && part->page == 0;
        line.min_y -= legend_heading_mm(pen);
        pen_text(pen, PEN_HEADING, TEXT_LEFT,
                 words_text(is_whole ? WORD_LEGEND : WORD_LEGEND_CONTINUED, pen->language), line);
    }
    return legend_block_paint_column(sequel->input.legend, pen, part->first, part->box_mm, fault);
}

static bool paint_part(const struct sequel *sequel, const struct sequel_part *part, const struct pen *pen,
                       bool is_first, struct fault *fault)
{
    const struct sequel_input *input = &sequel->input;
    switch (part->kind) {
    case SEQUEL_LEGEND:
        return paint_legend(sequel, part, pen, is_first, fault);
    case SEQUEL_SCALE:
        scale_block_paint(pen, part->box_mm, &input->scale);
        return true;
    case SEQUEL_INSETS:
        return inset_block_paint_codes(&input->insets, pen, part->box_mm, fault);
    case SEQUEL_TABLE:
        return table_block_paint_column(input->tables[part->table], pen, part->first, part->box_mm, fault);
    default:
        passage_paint(&input->text, pen, part->first, part->count, part->box_mm);
        return true;
    }
}

static bool paint_parts(const struct sequel *sequel, size_t page, const struct pen *pen, struct fault *fault)
{
    bool is_first = true;
    for (size_t i = 0; i < sequel->part_count; i++) {
        const struct sequel_part *part = &sequel->parts[i];
        if (part->page == page) {
            if (!paint_part(sequel, part, pen, is_first, fault)) {
                return false;
            }
            is_first = false;
        }
    }
    return true;
}

static bool paint_overviews(const struct sequel *sequel, size_t page, struct pen *pen,
                            struct page_document *document, struct report *report, struct fault *fault)
{
    for (size_t i = 0; i < sequel->part_count; i++) {
        const struct sequel_part *part = &sequel->parts[i];
        if (part->page == page && part->kind == SEQUEL_INSETS &&
            !inset_block_paint_overview(&sequel->input.insets, pen, document, part->box_mm, report, fault)) {
            return false;
        }
    }
    return true;
}

bool sequel_paint(const struct sequel *sequel, size_t page, struct pen *pen, struct page_document *document,
                  struct report *report, struct fault *fault)
{
    pen->canvas = page_canvas(document, sequel->furniture.page, (struct point){0, 0}, fault);
    bool is_painted = pen->canvas && paint_parts(sequel, page, pen, fault);
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted && paint_overviews(sequel, page, pen, document, report, fault);
}
