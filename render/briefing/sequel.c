/*
 * sequel.c - a flow goes through the columns of page after page: legend, blocks and text one behind the
 * other, then tables below them. On the page where the first three end the columns are equally high.
 */
#include "render/briefing/sequel.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
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
#define ROOM_MM 48.0 /* less than that at the bottom of a page is left white: heading and a few rows */
#define BLOCK_MOST 2
#define TOLERANCE_MM 1e-6

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
    double bottom; /* how far down it may be used */
    bool is_trial; /* nothing is added to the sequel */
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
    flow.bottom = body.max_y;
    return flow;
}

/** What is left of the column. */
static struct bbox flow_box(const struct flow *flow)
{
    double left = flow->body.min_x + flow->column * (flow->column_mm + flow->gap_mm);
    return (struct bbox){left, flow->used, left + flow->column_mm, flow->bottom};
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

static void add_part(struct sequel *sequel, const struct flow *flow, struct sequel_part part)
{
    if (flow->is_trial) {
        return;
    }
    sequel->parts = memory_resize(sequel->parts, sequel->part_count + 1, sizeof *sequel->parts);
    sequel->parts[sequel->part_count++] = part;
    sequel->page_count = part.page + 1;
}

/** What of legend, blocks and text is to be set yet. */
struct rest {
    size_t entry; /* of the legend */
    int block;    /* 0: the scale, 1: the insets */
    size_t row;   /* of the text */
};

static size_t entry_count(const struct sequel_input *input)
{
    return input->legend ? legend_count(input->legend->legend) : 0;
}

static bool is_done(const struct sequel_input *input, const struct rest *rest)
{
    return rest->entry >= entry_count(input) && rest->block == BLOCK_MOST && rest->row >= input->text.count;
}

static double legend_heading_mm(const struct pen *pen)
{
    return pen_line_height(pen, PEN_HEADING) + pen->unit;
}

/** Is there no place on any page that has more room? Then something must be set here. */
static bool is_roomiest(const struct flow *flow)
{
    return !flow->is_trial && is_fresh_column(flow) && flow->bottom >= flow->body.max_y;
}

/** As many entries as the column has room for. False: the column is full. */
static bool set_legend(struct sequel *sequel, struct flow *flow, struct rest *rest)
{
    const struct sequel_input *input = &sequel->input;
    struct bbox box = flow_box(flow);
    double heading = legend_heading_mm(flow->pen);
    box.min_y += heading;
    size_t fitting =
        bbox_height(box) > 0 ? legend_block_column_fit(input->legend, flow->pen, rest->entry, box) : 0;
    if (fitting == 0 && !is_roomiest(flow)) {
        return false;
    }
    add_part(
        sequel, flow,
        (struct sequel_part){.kind = SEQUEL_LEGEND, .page = flow->page, .box_mm = box, .first = rest->entry});
    flow_use(flow, heading + legend_block_column_height_mm(input->legend, flow->pen, rest->entry, box) +
                       flow->gap_mm / 2);
    rest->entry += fitting > 0 ? fitting : 1;
    return rest->entry >= entry_count(input);
}

/** A block is never broken, and lower than any page. */
static double block_height_mm(const struct sequel_input *input, const struct flow *flow, int block)
{
    if (block == 0) {
        return input->has_scale ? layout_scale_height_mm(flow->pen->unit) : 0;
    }
    return input->has_insets ? inset_block_height_mm(&input->insets, flow->pen, flow->column_mm) : 0;
}

static bool set_block(struct sequel *sequel, struct flow *flow, struct rest *rest)
{
    double height = block_height_mm(&sequel->input, flow, rest->block);
    struct bbox box = flow_box(flow);
    if (height > bbox_height(box) + TOLERANCE_MM && !is_roomiest(flow)) {
        return false;
    }
    if (height > 0) {
        box.max_y = fmin(box.max_y, box.min_y + height);
        add_part(sequel, flow,
                 (struct sequel_part){.kind = rest->block == 0 ? SEQUEL_SCALE : SEQUEL_INSETS,
                                      .page = flow->page,
                                      .box_mm = box});
        flow_use(flow, height);
    }
    rest->block++;
    return true;
}

/** A row that is higher than an empty column is broken, and its heading stays with it. */
static size_t break_row(struct passage *text, const struct flow *flow, size_t row, double height_mm)
{
    bool is_heading = text->rows[row].style == PEN_HEADING && row + 1 < text->count;
    passage_split(text, flow->pen, row + (is_heading ? 1 : 0), flow->column_mm, height_mm * 0.9);
    size_t fitting = passage_fit(text, flow->pen, row, flow->column_mm, height_mm);
    return fitting > 0 ? fitting : 1;
}

static bool set_text(struct sequel *sequel, struct flow *flow, struct rest *rest)
{
    struct passage *text = &sequel->input.text;
    struct bbox box = flow_box(flow);
    size_t fitting = passage_fit(text, flow->pen, rest->row, flow->column_mm, bbox_height(box));
    if (fitting == 0 && is_roomiest(flow)) {
        fitting = break_row(text, flow, rest->row, bbox_height(box));
    }
    if (fitting == 0) {
        return false;
    }
    add_part(
        sequel, flow,
        (struct sequel_part){
            .kind = SEQUEL_TEXT, .page = flow->page, .box_mm = box, .first = rest->row, .count = fitting});
    flow_use(flow, passage_rows_height_mm(text, flow->pen, rest->row, fitting, flow->column_mm));
    rest->row += fitting;
    return rest->row >= text->count;
}

/** Legend, blocks and text one below the other. False: the column is full. */
static bool set_next(struct sequel *sequel, struct flow *flow, struct rest *rest)
{
    if (rest->entry < entry_count(&sequel->input)) {
        return set_legend(sequel, flow, rest);
    }
    return rest->block < BLOCK_MOST ? set_block(sequel, flow, rest) : set_text(sequel, flow, rest);
}

/** Fills the columns of the page where the flow is, down to its bottom; then it is on the next one, or done.
 */
static void fill_page(struct sequel *sequel, struct flow *flow, struct rest *rest)
{
    size_t page = flow->page;
    while (flow->page == page && !is_done(&sequel->input, rest)) {
        if (!set_next(sequel, flow, rest)) {
            flow_next_column(flow);
        }
    }
}

static bool fits_above(const struct sequel *sequel, const struct flow *flow, const struct rest *rest,
                       double bottom)
{
    struct sequel trial = *sequel;
    struct flow trial_flow = *flow;
    struct rest trial_rest = *rest;
    trial_flow.is_trial = true;
    trial_flow.bottom = bottom;
    fill_page(&trial, &trial_flow, &trial_rest);
    return is_done(&sequel->input, &trial_rest);
}

/** The bottom that makes the columns of the last page equally high; the page's own where more pages follow.
 */
static double balanced_bottom(const struct sequel *sequel, const struct flow *flow, const struct rest *rest)
{
    double most = flow->body.max_y;
    double least = flow->top;
    if (!fits_above(sequel, flow, rest, most)) {
        return most;
    }
    while (most - least > flow->pen->unit) {
        double middle = (least + most) / 2;
        *(fits_above(sequel, flow, rest, middle) ? &most : &least) = middle;
    }
    return most;
}

static void plan_columns(struct sequel *sequel, struct flow *flow)
{
    struct rest rest = {.entry = sequel->input.first_entry};
    while (!is_done(&sequel->input, &rest) && flow->page < PAGE_MAX) {
        flow->bottom = balanced_bottom(sequel, flow, &rest);
        fill_page(sequel, flow, &rest);
    }
    flow->bottom = flow->body.max_y;
}

/** As many rows as the columns of the page where the flow is have room for; those from the row on. */
static void fill_with_rows(struct sequel *sequel, struct flow *flow, size_t table, size_t *row)
{
    const struct table_block *block = sequel->input.tables[table];
    size_t page = flow->page;
    while (flow->page == page && *row < table_block_count(block)) {
        struct bbox box = flow_box(flow);
        size_t fitting = table_block_column_fit(block, *row, bbox_height(box));
        if (fitting > 0) {
            add_part(
                sequel, flow,
                (struct sequel_part){
                    .kind = SEQUEL_TABLE, .page = flow->page, .box_mm = box, .table = table, .first = *row});
            flow_use(flow, table_block_column_height_mm(block, *row, fitting));
            *row += fitting;
        }
        if (*row < table_block_count(block)) {
            flow_next_column(flow);
        }
    }
}

static bool rows_fit_above(const struct sequel *sequel, const struct flow *flow, size_t table, size_t row,
                           double bottom)
{
    struct sequel trial = *sequel;
    struct flow trial_flow = *flow;
    trial_flow.is_trial = true;
    trial_flow.bottom = bottom;
    fill_with_rows(&trial, &trial_flow, table, &row);
    return row >= table_block_count(sequel->input.tables[table]);
}

/** As balanced_bottom(), of the columns of a table. */
static double balanced_rows(const struct sequel *sequel, const struct flow *flow, size_t table, size_t row)
{
    double most = flow->body.max_y;
    double least = flow->top;
    if (flow->column_count == 1 || !rows_fit_above(sequel, flow, table, row, most)) {
        return most;
    }
    while (most - least > flow->pen->unit) {
        double middle = (least + most) / 2;
        *(rows_fit_above(sequel, flow, table, row, middle) ? &most : &least) = middle;
    }
    return most;
}

static void flow_table(struct sequel *sequel, struct flow *flow, size_t table, int columns)
{
    struct table_block *block = sequel->input.tables[table];
    flow_columns(flow, 0, columns);
    table_block_set_width(block, flow->pen, flow->column_mm, bbox_height(flow->body));
    for (size_t row = 0; row < table_block_count(block) && flow->page < PAGE_MAX;) {
        flow->bottom = flow->is_trial ? flow->body.max_y : balanced_rows(sequel, flow, table, row);
        fill_with_rows(sequel, flow, table, &row);
    }
    flow->bottom = flow->body.max_y;
}

/** The least that make no more pages: wide columns wrap less than narrow ones. */
static int columns_of_table(struct sequel *sequel, const struct flow *flow, size_t table)
{
    struct flow most = *flow;
    flow_columns(&most, table_block_least_width_mm(sequel->input.tables[table], flow->pen), COLUMN_MAX);
    int best = 1;
    size_t least_pages = SIZE_MAX;
    for (int columns = 1; columns <= most.column_count; columns++) {
        struct flow trial = *flow;
        trial.is_trial = true;
        flow_table(sequel, &trial, table, columns);
        best = trial.page < least_pages ? columns : best;
        least_pages = trial.page < least_pages ? trial.page : least_pages;
    }
    return best;
}

static void plan_table(struct sequel *sequel, struct flow *flow, size_t table)
{
    flow_below(flow);
    flow_table(sequel, flow, table, columns_of_table(sequel, flow, table));
}

struct sequel sequel_plan(enum paper paper, bool is_landscape, const struct pen *pen,
                          struct sequel_input input)
{
    struct sequel sequel = {.input = input, .furniture = layout_following(paper, is_landscape)};
    struct flow flow = flow_start(sequel.furniture.body, pen);
    plan_columns(&sequel, &flow);
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
        char heading[160];
        words_pair(is_whole ? WORD_LEGEND : WORD_LEGEND_CONTINUED, pen_languages(pen), heading);
        line.min_y -= legend_heading_mm(pen);
        pen_text(pen, PEN_HEADING, TEXT_LEFT, heading, line);
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
