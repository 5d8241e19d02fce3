/*
 * briefing_pages.c - a page with a map, then what found no place on it, then tables. An atlas has an index
 * page first and a page for each sheet, each with what follows it.
 *
 * Pages are painted one after the other, so how many there will be is known only where one map is all: an
 * atlas numbers its pages without a total.
 */
#include "render/briefing/briefing_pages.h"

#include <math.h>
#include <stdlib.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "render/briefing/briefing.h"
#include "render/briefing/difference_table.h"
#include "render/briefing/document_identity.h"
#include "render/briefing/feature_table.h"
#include "render/briefing/map_page.h"
#include "render/briefing/table_block.h"
#include "render/briefing/template.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/grid/sheet_split.h"
#include "render/print/pen.h"
#include "render/print/words.h"
#include "render/renderer.h"

#define SHEET_MOST 200        /* of an atlas */
#define SHEET_OVERLAP_MM 10.0 /* that neighbours share: who looks at an edge sees beyond it */
#define INDEX_MARGIN 1.06     /* of white around the sheets */

struct making {
    struct renderer *renderer;          /* borrowed */
    const struct briefing_order *order; /* borrowed */
    const struct template *template;    /* borrowed */
    struct report *report;              /* borrowed */
    struct fault *fault;                /* borrowed */
    struct pen pen;
    struct page_document *document;
    size_t page;       /* the one being painted, from 1 */
    size_t page_count; /* 0: not known */
    double part_from;  /* how much of the work is done when this page begins, 0 … 1, and when it ends */
    double part_to;
};

/** Tells how much of a page is done. */
static bool tell(struct making *making, double part)
{
    const struct briefing_order *order = making->order;
    double whole = making->part_from + part * (making->part_to - making->part_from);
    if (order->progress && !order->progress(whole, order->progress_context)) {
        fault_set(making->fault, FAULT_DEADLINE, "the briefing was cancelled");
        return false;
    }
    return true;
}

static bool has_sequel(const struct making *making)
{
    return making->order->format == BRIEFING_PDF && !briefing_is_plate(making->order);
}

static struct marginalia marginalia_of(const struct making *making, const struct map_page *page)
{
    const enum place *places = making->template->places[making->order->is_landscape];
    const struct content *content = &page->content;
    return (struct marginalia){.marking = content->marking,
                               .is_marked = places[ELEMENT_MARKING] != PLACE_OFF,
                               .is_exercise = content->is_exercise,
                               .marking_place = places[ELEMENT_MARKING],
                               .identity_place = places[ELEMENT_IDENTITY],
                               .identity = content->identity,
                               .page = briefing_is_plate(making->order) ? 0 : making->page,
                               .page_count = making->page_count};
}

/** The document is opened with the words of its first page. */
static bool open_document(struct making *making, const struct map_page *page)
{
    static const enum page_format formats[] = {
        [BRIEFING_PDF] = PAGE_PDF, [BRIEFING_SVG] = PAGE_SVG, [BRIEFING_PNG] = PAGE_PNG};
    const struct briefing_order *order = making->order;
    const struct content *content = &page->content;
    struct page_metadata metadata = {.title = content->title,
                                     .author = order->map->organisation,
                                     .subject = content->subtitle,
                                     .keywords = content->keywords,
                                     .made_ms = order->made_ms,
                                     .template_id = making->template->id};
    struct document_identity identity;
    document_identity_fill(&identity, order, content->marking, page->facts.checksum, &metadata);
    struct paper_size size = paper_own_size(order->own_paper, order->paper, order->is_landscape);
    making->document = page_document_new(formats[order->format], size.width_mm, size.height_mm, order->dpi,
                                         renderer_text_engine(making->renderer), &metadata, making->fault);
    return making->document != NULL;
}

/** An SVG has no paper of its own. */
static bool paint_paper(struct making *making, const struct map_page *page)
{
    if (making->order->format != BRIEFING_SVG) {
        return true;
    }
    struct canvas *canvas =
        page_canvas(making->document, page->layout.furniture.page, (struct point){0, 0}, making->fault);
    if (canvas) {
        canvas_fill_all(canvas, pen_white);
    }
    canvas_free(canvas);
    return canvas != NULL;
}

/** The first page opens the document, the others follow. */
static bool begin_page(struct making *making, const struct map_page *page)
{
    making->page++;
    if (!making->document) {
        return open_document(making, page) && paint_paper(making, page);
    }
    return page_next(making->document, making->fault);
}

static bool paint_following(struct making *making, const struct map_page *page, const struct sequel *sequel,
                            size_t index)
{
    struct pen *pen = &making->pen;
    if (!page_next(making->document, making->fault)) {
        return false;
    }
    making->page++;
    struct marginalia marginalia = marginalia_of(making, page);
    marginalia.marking_place = PLACE_TOP_RIGHT;
    pen->canvas = page_canvas(making->document, sequel->furniture.page, (struct point){0, 0}, making->fault);
    if (pen->canvas) {
        pen_tag_begin(pen, PAGE_TAG_HEADER, NULL);
        marginalia_paint_following_header(pen, sequel->furniture.header, &page->content);
        marginalia_paint_top(pen, &sequel->furniture, &marginalia);
        pen_tag_end(pen);
        marginalia_paint_bottom(pen, &sequel->furniture, &marginalia);
    }
    bool is_painted = pen->canvas != NULL;
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted && sequel_paint(sequel, index, pen, making->document, making->report, making->fault);
}

static bool paint_sequel(struct making *making, const struct map_page *page, const struct sequel *sequel)
{
    for (size_t i = 0; i < sequel->page_count; i++) {
        if (!tell(making, 0.8 + 0.2 * (double)i / (double)sequel->page_count) ||
            !paint_following(making, page, sequel, i)) {
            return false;
        }
    }
    return true;
}

/** The tables that flow behind a page. */
struct page_tables {
    struct table_block *tables[SEQUEL_TABLE_MOST]; /* owned */
    size_t count;
};

static bool add_feature_table(struct page_tables *tables, struct making *making, struct map_page *page)
{
    const enum place *places = making->template->places[making->order->is_landscape];
    struct feature_table_choice choice = {page->frame.box, FEATURE_TABLE_MOST};
    bool is_wanted =
        has_sequel(making) && making->template->has_tables && places[ELEMENT_TABLES] != PLACE_OFF;
    if (!is_wanted && page->view.numbers == NULL) {
        return true; /* numbers without a table would say nothing */
    }
    struct table_block *table = feature_table_new(making->renderer, &page->view, &choice, making->fault);
    if (table) {
        tables->tables[tables->count++] = table;
    }
    return table != NULL;
}

static bool are_differences_wanted(const struct making *making, const struct map_page *page)
{
    const enum place *places = making->template->places[making->order->is_landscape];
    return page->view.differences && has_sequel(making) && places[ELEMENT_TABLES] != PLACE_OFF;
}

/** What changed is said wherever it is marked. */
static bool add_difference_table(struct page_tables *tables, struct making *making, struct map_page *page)
{
    struct difference_table_choice choice = {page->frame.box, DIFFERENCE_TABLE_MOST};
    if (!are_differences_wanted(making, page)) {
        return true;
    }
    struct table_block *table = difference_table_new(making->renderer, &page->view, &choice, making->fault);
    if (table) {
        tables->tables[tables->count++] = table;
    }
    return table != NULL;
}

static void free_tables(struct page_tables *tables)
{
    for (size_t i = 0; i < tables->count; i++) {
        table_block_free(tables->tables[i]);
    }
}

/** Plans what follows, so that the page can say how many there are, then paints the page and those. */
static bool paint_with_sequel(struct making *making, struct map_page *page, struct page_tables *tables)
{
    const struct briefing_order *order = making->order;
    struct marginalia marginalia = marginalia_of(making, page);
    struct sequel_input rest = map_page_rest(page, &making->pen, &marginalia);
    for (size_t i = 0; i < tables->count; i++) {
        rest.tables[rest.table_count++] = tables->tables[i];
    }
    struct sequel sequel = sequel_plan(order->paper, order->is_landscape, &making->pen, rest);
    if (making->template->kind != TEMPLATE_ATLAS) {
        making->page_count = 1 + sequel.page_count;
        marginalia.page_count = making->page_count;
    }
    bool is_painted = map_page_paint(page, &making->pen, making->document, &marginalia, making->fault) &&
                      paint_sequel(making, page, &sequel);
    sequel_finish(&sequel);
    return is_painted;
}

static bool paint_alone(struct making *making, struct map_page *page)
{
    making->page_count = 1;
    struct marginalia marginalia = marginalia_of(making, page);
    if (!briefing_is_plate(making->order)) { /* plate.c names its parts */
        map_page_report_left_out(page, &making->pen, &marginalia);
    }
    return map_page_paint(page, &making->pen, making->document, &marginalia, making->fault);
}

static bool paint_page(struct making *making, struct map_page *page, bool has_tables)
{
    struct page_tables tables = {.count = 0};
    if (!tell(making, 0.05) || !begin_page(making, page) ||
        !map_page_paint_maps(page, &making->pen, making->document, making->fault) || !tell(making, 0.7)) {
        return false;
    }
    map_page_lay_out(page, &making->pen);
    bool is_painted =
        (!has_tables ||
         (add_difference_table(&tables, making, page) && add_feature_table(&tables, making, page))) &&
        (has_sequel(making) ? paint_with_sequel(making, page, &tables) : paint_alone(making, page));
    free_tables(&tables);
    report_merge(making->report, &page->report);
    return is_painted;
}

static bool make_page(struct making *making, const struct map_page_wish *wish, bool has_tables)
{
    struct map_page page;
    bool is_made = map_page_begin(&page, wish, making->fault) && paint_page(making, &page, has_tables);
    map_page_finish(&page);
    return is_made;
}

static struct map_page_wish wish_of(const struct making *making)
{
    return (struct map_page_wish){.renderer = making->renderer,
                                  .order = making->order,
                                  .template = making->template,
                                  .has_sequel = has_sequel(making)};
}

static bool make_one_map(struct making *making)
{
    struct map_page_wish wish = wish_of(making);
    return make_page(making, &wish, true);
}

/** The area of an atlas in its CRS: what was asked for, or the map's extent. */
static bool find_area(const struct making *making, struct bbox *area)
{
    const struct briefing_order *order = making->order;
    struct crs_context *context = renderer_crs_context(making->renderer);
    *area = order->area;
    if (bbox_width(*area) > 0 && bbox_height(*area) > 0) {
        return true;
    }
    const struct crs *crs = crs_find(context, order->crs_code, making->fault);
    const struct crs *lon_lat = crs_find(context, "EPSG:4258", making->fault);
    return crs && lon_lat &&
           crs_transform_bbox(context, lon_lat, crs, order->map->extent_deg, area, making->fault);
}

/** Cuts the area into sheets of the size that the map has on a page. */
static bool cut_sheets(struct making *making, struct sheet_split *split)
{
    const struct briefing_order *order = making->order;
    const struct crs *crs = crs_find(renderer_crs_context(making->renderer), order->crs_code, making->fault);
    struct layout_sheet sheet = {.template = making->template,
                                 .paper = order->paper,
                                 .is_landscape = order->is_landscape,
                                 .is_single = true,
                                 .grids = order->grids,
                                 .grid_count = order->grid_count};
    struct layout layout;
    struct bbox area;
    if (!crs || !layout_frame(sheet, &layout, making->fault) || !find_area(making, &area)) {
        return false;
    }
    struct sheet_order wish = {.area = area,
                               .scale_denominator = order->scale_denominator,
                               .metres_per_unit = crs->metres_per_unit,
                               .width_mm = bbox_width(layout.maps[0]),
                               .height_mm = bbox_height(layout.maps[0]),
                               .overlap_mm = SHEET_OVERLAP_MM,
                               .snap_units = making->template->frame.snap_m / crs->metres_per_unit,
                               .names = SHEET_LETTERS,
                               .most = SHEET_MOST};
    return sheet_split_make(&wish, split, making->fault);
}

/** The smallest round scale at which a page shows all sheets. */
static double index_scale(const struct making *making, const struct sheet_split *split, struct bbox map_mm)
{
    const struct crs *crs =
        crs_find(renderer_crs_context(making->renderer), making->order->crs_code, making->fault);
    double width_m = bbox_width(split->box) * crs->metres_per_unit;
    double height_m = bbox_height(split->box) * crs->metres_per_unit;
    double least = 1000 * INDEX_MARGIN * fmax(width_m / bbox_width(map_mm), height_m / bbox_height(map_mm));
    double power = pow(10, floor(log10(least)));
    double steps[] = {1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10};
    for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
        if (steps[i] * power >= least) {
            return steps[i] * power;
        }
    }
    return 10 * power;
}

static bool make_index(struct making *making, const struct sheet_split *split)
{
    struct layout layout;
    struct briefing_order order = *making->order;
    struct map_page_wish wish = wish_of(making);
    struct layout_sheet sheet = {.template = making->template,
                                 .paper = order.paper,
                                 .is_landscape = order.is_landscape,
                                 .is_single = true};
    struct overview_sheet *sheets = memory_new(split->count, sizeof *sheets);
    char words[160];
    for (size_t i = 0; i < split->count; i++) {
        sheets[i] = (struct overview_sheet){split->sheets[i].name, split->sheets[i].box};
    }
    bool is_made = layout_frame(sheet, &layout, making->fault);
    if (is_made) {
        order.centre = bbox_centre(split->box);
        order.scale_denominator = index_scale(making, split, layout.maps[0]);
        wish.order = &order;
        wish.is_single = true;
        wish.sheet = words_pair(WORD_INDEX, order_languages(&order), words);
        wish.index = sheets;
        wish.index_count = split->count;
        is_made = make_page(making, &wish, false);
    }
    free(sheets);
    return is_made;
}

static bool make_sheet(struct making *making, const struct sheet *sheet)
{
    struct briefing_order order = *making->order;
    struct map_page_wish wish = wish_of(making);
    char title[160];
    order.centre = bbox_centre(sheet->box);
    words_format(title, sizeof title, WORD_SHEET, order.language, sheet->name);
    wish.order = &order;
    wish.is_single = true;
    wish.sheet = title;
    return make_page(making, &wish, true);
}

/** SVG and PNG have one page: the index. */
static bool make_atlas(struct making *making)
{
    struct sheet_split split = {0};
    if (!cut_sheets(making, &split)) {
        return false;
    }
    double step = 0.95 / (double)(split.count + 1);
    making->part_to = step;
    bool is_made = make_index(making, &split);
    for (size_t i = 0; i < split.count && is_made && has_sequel(making); i++) {
        making->part_from = making->part_to;
        making->part_to += step;
        is_made = make_sheet(making, &split.sheets[i]);
    }
    if (is_made && !has_sequel(making)) {
        report_add(making->report, REPORT_DID_NOT_FIT, "atlas",
                   "the %zu sheets of the atlas are not in this file: a PDF has them", split.count);
    }
    sheet_split_finish(&split);
    return is_made;
}

static bool make_pages(struct making *making)
{
    return making->template->kind == TEMPLATE_ATLAS ? make_atlas(making) : make_one_map(making);
}

char *briefing_pages_make(struct renderer *renderer, const struct briefing_order *order,
                          const struct template *template, size_t *length, struct report *report,
                          struct fault *fault)
{
    struct making making = {.renderer = renderer,
                            .order = order,
                            .template = template,
                            .report = report,
                            .fault = fault,
                            .part_to = 0.95};
    making.pen =
        (struct pen){renderer_text_engine(renderer), NULL, paper_own_unit(order->own_paper, order->paper),
                     order->language, &template->colours};
    bool is_made = tell(&making, 0) && make_pages(&making);
    char *bytes = is_made ? page_document_take(making.document, length, fault) : NULL;
    making.part_from = making.part_to = 1;
    if (bytes && !tell(&making, 1)) {
        free(bytes);
        bytes = NULL;
    }
    page_document_free(making.document);
    return bytes;
}
