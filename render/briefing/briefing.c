/*
 * briefing.c - from order to document, in steps: frame, texts, map, layout, pages.
 *
 * The map is painted before the other blocks are laid out, because only then is known what it lacks; its
 * frame follows from the paper alone, so it needs no layout. Steps share one struct making, and each returns
 * false on fault.
 */
#include "render/briefing/briefing.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/briefing/content.h"
#include "render/briefing/document_identity.h"
#include "render/briefing/facts.h"
#include "render/briefing/first_page.h"
#include "render/briefing/frame.h"
#include "render/briefing/layout.h"
#include "render/briefing/legend_block.h"
#include "render/briefing/marginalia.h"
#include "render/print/paper.h"
#include "render/print/pen.h"
#include "render/print/words.h"
#include "render/briefing/sequel.h"
#include "render/canvas/canvas.h"
#include "render/legend/legend.h"
#include "render/canvas/page.h"
#include "render/renderer.h"
#include "render/report.h"

#define MOST_DOTS 140e6        /* A0 at 300 dpi */
#define LEAST_LEGEND_SCALE 0.7 /* symbols of about 4.5 mm */

struct making {
    struct renderer *renderer;          /* borrowed */
    const struct briefing_order *order; /* borrowed */
    struct fault *fault;                /* borrowed */
    struct layout layout;
    struct frame frame;
    struct map_view view;
    struct facts facts;
    struct report report;
    struct content content;
    struct legend *legend;
    struct legend_block legend_block;
    bool is_summarised; /* first_page.h */
    struct sequel sequel;
    struct pen pen;
    struct page_document *document;
};

bool briefing_format_parse(const char *name, enum briefing_format *format)
{
    static const char *const names[] = {
        [BRIEFING_PDF] = "pdf", [BRIEFING_SVG] = "svg", [BRIEFING_PNG] = "png"};
    for (int i = 0; name && i <= BRIEFING_PNG; i++) {
        if (strcasecmp(name, names[i]) == 0) {
            *format = (enum briefing_format)i;
            return true;
        }
    }
    return false;
}

static bool check_dots(const struct briefing_order *order, struct fault *fault)
{
    if (order->format != BRIEFING_PNG) {
        return true;
    }
    if (order->dpi < 72 || order->dpi > 600) {
        fault_set(fault, FAULT_INPUT, "%d dpi is not possible: from 72 to 600", order->dpi);
        return false;
    }
    struct paper_size size = paper_size(order->paper, order->is_landscape);
    double dots = size.width_mm / 25.4 * order->dpi * size.height_mm / 25.4 * order->dpi;
    if (dots > MOST_DOTS) {
        fault_set(fault, FAULT_LIMIT, "%s at %d dpi has %.0f million dots, and %.0f million are allowed",
                  paper_name(order->paper), order->dpi, dots / 1e6, MOST_DOTS / 1e6);
        return false;
    }
    return true;
}

static bool check_order(const struct briefing_order *order, struct fault *fault)
{
    if ((unsigned)order->paper >= PAPER_COUNT) {
        fault_set(fault, FAULT_INPUT, "no such paper: A5, A4, A3, A2, A1 and A0 are known");
        return false;
    }
    if (!order->crs_code || !point_is_finite(order->centre)) {
        fault_set(fault, FAULT_INPUT, "a briefing needs a CRS and a centre");
        return false;
    }
    return check_dots(order, fault);
}

bool briefing_frame(struct renderer *renderer, const struct briefing_order *order, struct bbox *box,
                    struct fault *fault)
{
    if (!check_order(order, fault)) {
        return false;
    }
    struct layout layout = layout_frame(order->paper, order->is_landscape);
    struct frame frame;
    if (!frame_find(renderer, order, layout.map, &frame, fault)) {
        return false;
    }
    *box = frame.box_units;
    return true;
}

static bool tell(struct making *making, double part)
{
    const struct briefing_order *order = making->order;
    if (order->progress && !order->progress(part, order->progress_context)) {
        fault_set(making->fault, FAULT_DEADLINE, "the briefing was cancelled");
        return false;
    }
    return true;
}

static bool find_frame(struct making *making)
{
    const struct briefing_order *order = making->order;
    making->layout = layout_frame(order->paper, order->is_landscape);
    if (!frame_find(making->renderer, order, making->layout.map, &making->frame, making->fault)) {
        return false;
    }
    making->view = frame_view(&making->frame, order);
    return facts_read(making->renderer, order, &making->frame, &making->facts, making->fault);
}

static bool lacks_rd_grid(const struct making *making)
{
    const char *code = making->frame.crs->code;
    bool is_rd = strcmp(code, "EPSG:28992") == 0 || strcmp(code, "EPSG:7415") == 0;
    return is_rd && !crs_context_has_rd_grid(renderer_crs_context(making->renderer));
}

static struct content_input content_input(const struct making *making)
{
    return (struct content_input){.renderer = making->renderer,
                                  .order = making->order,
                                  .frame = &making->frame,
                                  .facts = &making->facts,
                                  .report = &making->report,
                                  .lacks_rd_grid = lacks_rd_grid(making)};
}

static bool write_content(struct making *making)
{
    struct content_input input = content_input(making);
    if (input.lacks_rd_grid) {
        report_add(&making->report, REPORT_NO_RD_GRID, "EPSG:28992", "RD without correction grid");
    }
    making->content = content_of(&input);
    making->legend = legend_new(making->renderer, &making->view, making->frame.box, making->fault);
    making->legend_block = (struct legend_block){making->renderer, &making->view, making->legend, 1.0};
    return making->legend != NULL;
}

static bool open_document(struct making *making)
{
    static const enum page_format formats[] = {
        [BRIEFING_PDF] = PAGE_PDF, [BRIEFING_SVG] = PAGE_SVG, [BRIEFING_PNG] = PAGE_PNG};
    const struct briefing_order *order = making->order;
    const struct content *content = &making->content;
    struct page_metadata metadata = {.title = content->title,
                                     .author = order->map->organisation,
                                     .subject = content->subtitle,
                                     .keywords = content->keywords,
                                     .made_ms = order->made_ms};
    struct document_identity identity;
    document_identity_fill(&identity, order, content->marking, making->facts.checksum, &metadata);
    struct paper_size size = paper_size(order->paper, order->is_landscape);
    struct text_engine *engine = renderer_text_engine(making->renderer);
    making->pen = (struct pen){engine, NULL, paper_unit(order->paper), order->language};
    making->document = page_document_new(formats[order->format], size.width_mm, size.height_mm, order->dpi,
                                         engine, &metadata, making->fault);
    return making->document != NULL;
}

/** An SVG has no paper of its own. */
static bool paint_paper(struct making *making)
{
    if (making->order->format != BRIEFING_SVG) {
        return true;
    }
    struct bbox page = making->layout.page;
    struct canvas *canvas = page_canvas(making->document, page, (struct point){0, 0}, making->fault);
    if (canvas) {
        canvas_fill_all(canvas, pen_white);
    }
    canvas_free(canvas);
    return canvas != NULL;
}

static bool paint_map(struct making *making)
{
    struct layout *layout = &making->layout;
    char alternative[512];
    words_format(alternative, sizeof alternative, WORD_MAP_SHOWS, making->order->language,
                 making->order->scale_denominator, making->content.title);
    page_tag_begin(making->document, PAGE_TAG_FIGURE, alternative);
    bool is_painted = frame_paint_map(making->renderer, &making->frame, making->order, making->document,
                                      layout->map, &making->report, making->fault);
    page_tag_end(making->document);
    if (!is_painted) {
        return false;
    }
    if (!frame_paint_grid(&making->frame, &making->pen, making->document, layout, &making->report,
                          making->fault)) {
        return false;
    }
    struct content_input input = content_input(making);
    content_add_outcome(&making->content, &input);
    return true;
}

static struct first_page first_page(const struct making *making)
{
    return (struct first_page){.content = &making->content,
                               .legend = &making->legend_block,
                               .scale = {making->order->scale_denominator, making->frame.true_north_deg},
                               .is_summarised = making->is_summarised,
                               .has_sequel = making->order->format == BRIEFING_PDF};
}

/** SVG and PNG have one page: what is left out is said there, and in the report. */
static void report_left_out(struct making *making, size_t first_entry)
{
    size_t left = legend_count(making->legend) - first_entry;
    if (left > 0) {
        report_add(&making->report, REPORT_DID_NOT_FIT, "legend",
                   "%zu entries of the legend do not fit on the page: a PDF has them on a second page", left);
    }
    struct first_page page = first_page(making);
    struct passage rest = first_page_rest(&page, &making->pen, &making->layout);
    if (rest.count > 0) {
        report_add(&making->report, REPORT_DID_NOT_FIT, "texts",
                   "texts beside the map were shortened: a PDF has them in full on a second page");
    }
    passage_finish(&rest);
}

static struct layout layout_of_first_page(const struct making *making)
{
    struct first_page page = first_page(making);
    return first_page_layout(&page, &making->pen, making->order->paper, making->order->is_landscape);
}

/** Where another page tells all, the legend is worth more than the list of what is incomplete. */
static bool is_better_summarised(const struct making *making)
{
    bool has_sequel = making->order->format == BRIEFING_PDF;
    return making->layout.is_short[LAYOUT_COMPLETENESS] ||
           (has_sequel && making->layout.is_short[LAYOUT_LEGEND]);
}

/** The first page, with a legend whose symbols are as large as they can be with all entries on it. */
static void lay_out_first_page(struct making *making)
{
    static const double scales[] = {1.0, 0.9, 0.8, LEAST_LEGEND_SCALE};
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        making->legend_block.symbol_scale = scales[i];
        making->layout = layout_of_first_page(making);
        if (!making->is_summarised && is_better_summarised(making)) {
            making->is_summarised = true;
            making->layout = layout_of_first_page(making);
        }
        if (!making->layout.is_short[LAYOUT_LEGEND]) {
            return;
        }
    }
}

static void lay_out(struct making *making)
{
    lay_out_first_page(making);
    struct first_page page = first_page(making);
    size_t first_entry = first_page_entries(&page, &making->pen, &making->layout);
    if (!page.has_sequel) {
        report_left_out(making, first_entry);
        return;
    }
    making->sequel = sequel_plan(&making->layout, &making->pen, &making->legend_block, first_entry,
                                 first_page_rest(&page, &making->pen, &making->layout));
}

static bool paint_first_page(struct making *making)
{
    struct first_page page = first_page(making);
    page.page_count = 1 + making->sequel.page_count;
    struct pen *pen = &making->pen;
    pen->canvas = page_canvas(making->document, making->layout.page, (struct point){0, 0}, making->fault);
    bool is_painted = pen->canvas && first_page_paint(&page, pen, &making->layout, making->fault);
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted;
}

/** Marking, header and footer of a page after the first; page counts from 1. */
static bool paint_furniture(struct making *making, size_t page)
{
    const struct layout *layout = &making->layout;
    const struct content *content = &making->content;
    struct pen *pen = &making->pen;
    pen->canvas = page_canvas(making->document, layout->page, (struct point){0, 0}, making->fault);
    if (!pen->canvas) {
        return false;
    }
    marginalia_paint_band(pen, layout->boxes[LAYOUT_MARKING_TOP], content->marking, content->is_exercise);
    marginalia_paint_band(pen, layout->boxes[LAYOUT_MARKING_BOTTOM], content->marking, content->is_exercise);
    marginalia_paint_small_header(pen, layout->boxes[LAYOUT_HEADER], content);
    marginalia_paint_footer(pen, layout->boxes[LAYOUT_FOOTER], content->identity, page,
                            1 + making->sequel.page_count);
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return true;
}

static bool paint_sequel(struct making *making)
{
    for (size_t i = 0; i < making->sequel.page_count; i++) {
        double part = 0.8 + 0.15 * (double)i / (double)making->sequel.page_count;
        if (!tell(making, part) || !page_next(making->document, making->fault) ||
            !paint_furniture(making, i + 2) ||
            !sequel_paint(&making->sequel, i, &making->pen, &making->layout, &making->legend_block,
                          making->document, making->fault)) {
            return false;
        }
    }
    return true;
}

static bool make_pages(struct making *making)
{
    if (!tell(making, 0) || !find_frame(making) || !write_content(making) || !tell(making, 0.1)) {
        return false;
    }
    if (!open_document(making) || !paint_paper(making) || !paint_map(making) || !tell(making, 0.7)) {
        return false;
    }
    lay_out(making);
    return paint_first_page(making) && paint_sequel(making) && tell(making, 0.95);
}

static void finish_making(struct making *making)
{
    page_document_free(making->document);
    sequel_finish(&making->sequel);
    legend_free(making->legend);
    content_finish(&making->content);
    facts_finish(&making->facts);
    report_finish(&making->report);
}

char *briefing_make(struct renderer *renderer, const struct briefing_order *order, size_t *length,
                    struct report *report, struct fault *fault)
{
    assert(order->map && order->symbols && order->language < LANGUAGE_COUNT);
    if (!check_order(order, fault)) {
        return NULL;
    }
    struct making making = {.renderer = renderer, .order = order, .fault = fault};
    report_init(&making.report);
    char *bytes = make_pages(&making) ? page_document_take(making.document, length, fault) : NULL;
    if (bytes && !tell(&making, 1)) {
        free(bytes);
        bytes = NULL;
    }
    if (bytes && report) {
        report_merge(report, &making.report);
    }
    finish_making(&making);
    return bytes;
}
