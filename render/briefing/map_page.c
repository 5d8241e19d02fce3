#include "render/briefing/map_page.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/work.h"
#include "geo/crs.h"
#include "render/briefing/difference_frame.h"
#include "render/briefing/feature_table.h"
#include "render/briefing/frame_inks.h"
#include "render/briefing/header_block.h"
#include "render/briefing/logo.h"
#include "render/briefing/map_words.h"
#include "render/briefing/sheet_edges.h"
#include "render/briefing/template.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/legend/legend.h"
#include "render/placement/box_grid.h"
#include "render/print/pen.h"
#include "render/print/text_join.h"
#include "render/print/words.h"
#include "render/renderer.h"
#include "render/scene/feature_numbers.h"

#define ROOMY 0.33 /* of the paper: a map of a given size that takes less leaves most of it empty */

struct layout_sheet map_page_sheet(const struct map_page_wish *wish)
{
    return (struct layout_sheet){.template = wish->template,
                                 .paper = wish->order->paper,
                                 .is_landscape = wish->order->is_landscape,
                                 .own = wish->order->own_paper,
                                 .is_single = wish->is_single || !wish->order->differences,
                                 .grids = wish->order->grids,
                                 .grid_count = wish->order->grid_count};
}

struct content_input map_page_content_input(const struct map_page *page)
{
    return (struct content_input){.renderer = page->wish.renderer,
                                  .order = page->wish.order,
                                  .template = page->wish.template,
                                  .frame = &page->frame,
                                  .facts = &page->facts,
                                  .report = &page->report,
                                  .sheet = page->wish.sheet,
                                  .left_out = page->wish.left_out,
                                  .lacks_rd_grid =
                                      frame_lacks_rd_grid(page->wish.renderer, page->frame.crs->code),
                                  .rest = page->wish.rest};
}

/** A crowded map has numbers, which a table of the following pages tells. */
static bool choose_numbers(struct map_page *page, struct fault *fault)
{
    const struct map_page_wish *wish = &page->wish;
    if (wish->numbers) {
        page->frame.numbers = page->view.numbers = wish->numbers;
        return true;
    }
    bool has_tables = wish->rest == PAGE_REST_NEXT && wish->template->has_tables;
    enum numbering numbering = has_tables ? wish->template->numbering : NUMBERING_NEVER;
    if (!feature_numbers_choose(wish->renderer, &page->view, page->frame.box, numbering, FEATURE_TABLE_MOST,
                                &page->numbers, fault)) {
        return false;
    }
    page->frame.numbers = page->view.numbers = page->numbers;
    return true;
}

/** What lies elsewhere nobody can see is missing. A plate shows the box that was asked for. */
static void report_outside(struct map_page *page)
{
    const struct map *map = page->order.map;
    size_t outside = page->facts.outside_count;
    bool is_plate = page->order.own_paper.width_mm > 0;
    if (outside == 0 || page->wish.sheet || is_plate) {
        return;
    }
    bool is_empty = page->facts.feature_count == 0;
    report_add(&page->report, REPORT_OUTSIDE, map->id,
               "%zu of the %zu features of its plots lie outside the map%s", outside,
               outside + page->facts.feature_count, is_empty ? ": the page shows nothing of them" : "");
}

/** As items of a layout do elsewhere, a map of a given size keeps it on any paper, and its reader is told. */
static void report_empty_room(struct map_page *page)
{
    const struct template *template = page->wish.template;
    struct bbox paper = page->layout.furniture.page;
    struct bbox map = page->layout.maps[0];
    bool is_given = template->frame.width_mm > 0;
    if (!is_given || bbox_width(map) * bbox_height(map) >= ROOMY * bbox_width(paper) * bbox_height(paper)) {
        return;
    }
    char sentence[200];
    snprintf(sentence, sizeof sentence,
             "its map is %.10g x %.10g mm on any paper, so most of %s stays empty: a template without a size "
             "of the map fills it",
             template->frame.width_mm, template->frame.height_mm, paper_name(page->order.paper));
    struct report_item item = {.kind = REPORT_ROOM_EMPTY,
                               .subject = template->id,
                               .title = multilingual_text(&template->title, page->order.language),
                               .sentence = sentence};
    report_add_item(&page->report, &item);
}

static bool find_frame(struct map_page *page, struct fault *fault)
{
    const struct map_page_wish *wish = &page->wish;
    struct layout_sheet sheet = map_page_sheet(wish);
    if (!layout_frame(sheet, &page->layout, fault)) {
        return false;
    }
    page->order =
        frame_snapped(wish->renderer, wish->order, page->layout.maps[0], wish->template->frame.snap_m);
    page->order.work = NULL; /* whose part it is tells map_page_paint_maps() */
    page->wish.order = &page->order;
    if (!frame_find(wish->renderer, &page->order, page->layout.maps[0], &page->frame, fault)) {
        return false;
    }
    page->frame.grid_count =
        grid_merge(page->frame.grids, layout_grids(&sheet, page->frame.grids), page->frame.crs->code);
    page->view = frame_view(&page->frame, &page->order);
    if (!facts_read(wish->renderer, &page->order, &page->frame, &page->facts, fault)) {
        return false;
    }
    report_outside(page);
    report_empty_room(page);
    return choose_numbers(page, fault);
}

/** Two maps beside each other have one legend. */
static struct legend *legend_of(const struct map_page *page, struct fault *fault)
{
    struct renderer *renderer = page->wish.renderer;
    if (page->layout.map_count == 1) {
        return legend_new(renderer, &page->view, page->frame.box, fault);
    }
    struct briefing_before before;
    difference_before_init(&before, &page->order);
    struct map_view earlier = frame_view(&page->frame, &before.order);
    return legend_new_of_two(renderer, &page->view, &earlier, page->frame.box, fault);
}

/** A sheet's checksum is its own, and that of the document is on its index. */
static void write_check_text(struct map_page *page)
{
    const char *id = page->order.verify_link ? NULL : page->order.id;
    check_text_write(id, page->wish.sheet ? NULL : &page->facts.checksum, page->check_text);
}

static bool write_content(struct map_page *page, struct fault *fault)
{
    struct content_input input = map_page_content_input(page);
    if (input.lacks_rd_grid) {
        report_add(&page->report, REPORT_NO_RD_GRID, "EPSG:28992", "RD without correction grid");
    }
    page->content = content_of(&input);
    page->legend = legend_of(page, fault);
    write_check_text(page);
    page->legend_block = (struct legend_block){
        .renderer = page->wish.renderer, .view = &page->view, .legend = page->legend, .symbol_scale = 1.0};
    page->overview = (struct overview){.view = &page->view, .frame = page->frame.box_units};
    page->has_overview =
        page->wish.index_count == 0 &&
        overview_is_worth(page->wish.renderer, &page->overview, paper_unit(page->order.paper));
    return page->legend != NULL;
}

bool map_page_begin(struct map_page *page, const struct map_page_wish *wish, struct fault *fault)
{
    *page = (struct map_page){.wish = *wish};
    report_init(&page->report);
    return find_frame(page, fault) && write_content(page, fault);
}

void map_page_finish(struct map_page *page)
{
    feature_numbers_free(page->numbers);
    legend_free(page->legend);
    content_finish(&page->content);
    facts_finish(&page->facts);
    report_finish(&page->report);
}

/** "Daarvoor · 08-10-2026 09:00", and the revisions where only they tell the two apart. Owned by the caller.
 */
static char *map_title(const struct briefing_order *now, int map)
{
    struct briefing_before before;
    difference_before_init(&before, now);
    const struct briefing_order *shown = map == 0 ? &before.order : now;
    bool is_same_moment = before.order.moment_ms == now->moment_ms;
    char words[160];
    char *moment = text_moment(shown->moment_ms);
    char *revisions = is_same_moment ? content_revisions(shown) : memory_copy_text("");
    char *said = text_joined(" · ", moment, revisions);
    char *title =
        text_joined(" · ", words_pair(map == 0 ? WORD_BEFORE : WORD_NOW, order_languages(now), words), said);
    free(moment);
    free(revisions);
    free(said);
    return title;
}

static struct bbox map_title_box(const struct map_page *page, int map, const struct pen *pen,
                                 const char *text)
{
    struct bbox box = page->layout.maps[map];
    box.max_x = fmin(box.max_x, box.min_x + pen_measure(pen, PEN_HEADING, text, 0).width_mm + 3 * pen->unit);
    box.max_y = box.min_y + pen_line_height(pen, PEN_HEADING) + 1.5 * pen->unit;
    return box;
}

/** On white in the corner of one of two maps. */
static bool paint_map_title(const struct map_page *page, struct bbox box, const char *text, struct pen *pen,
                            struct page_document *document, struct fault *fault)
{
    pen->canvas = page_canvas(document, page->layout.furniture.page, (struct point){0, 0}, fault);
    if (pen->canvas) {
        pen_fill(pen, box, pen_white);
        pen_frame(pen, box, 0.2 * pen->unit, pen_ink);
        pen_line_of_text(pen, PEN_HEADING, TEXT_CENTRE, text, box);
    }
    bool is_painted = pen->canvas != NULL;
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted;
}

static bool paint_now(struct map_page *page, struct page_document *document, struct bbox map_mm,
                      struct work *work, struct fault *fault)
{
    struct briefing_order order = page->order;
    order.work = work;
    return frame_paint_map(page->wish.renderer, &page->frame, &order, document, map_mm, &page->report, fault);
}

/** Before at the left or above, now at the right or below. */
static bool paint_both_maps(struct map_page *page, struct page_document *document, struct work *work,
                            struct fault *fault)
{
    struct work halves[2] = {work_part_at(work, 0, 2), work_part_at(work, 1, 2)};
    struct briefing_order order = page->order;
    order.work = &halves[0];
    return difference_frame_paint_before(page->wish.renderer, &page->frame, &order, document,
                                         page->layout.maps[0], &page->report, fault) &&
           paint_now(page, document, page->layout.maps[1], &halves[1], fault);
}

/** The sheets of an atlas over the map of its index. */
static bool paint_sheets(const struct map_page *page, const struct box_grid *taken, struct pen *pen,
                         struct page_document *document, struct fault *fault)
{
    struct overview index = {.view = &page->view,
                             .frame = bbox_empty(),
                             .sheets = page->wish.index,
                             .sheet_count = page->wish.index_count};
    pen->canvas = page_canvas(document, page->layout.maps[0], pen_corner(page->layout.maps[0]), fault);
    if (pen->canvas) {
        overview_paint_sheets(&index, pen, &page->frame.grid, page->layout.maps[0], taken);
    }
    bool is_painted = pen->canvas != NULL;
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted;
}

/** Where symbols and texts of one of the maps stand. Owned; NULL on fault. */
static struct box_grid *inks_of(const struct map_page *page, int map, struct fault *fault)
{
    const struct map_page_wish *wish = &page->wish;
    struct briefing_before before;
    if (page->layout.map_count == 1 || map == 1) {
        return frame_inks(wish->renderer, &page->frame, wish->order, fault);
    }
    difference_before_init(&before, wish->order);
    return frame_inks(wish->renderer, &page->frame, &before.order, fault);
}

/** What is painted over one of the maps: names keep off what the map and the others of these say. */
static bool paint_over_map(struct map_page *page, int map, struct pen *pen, struct page_document *document,
                           struct fault *fault)
{
    struct bbox map_mm = page->layout.maps[map];
    struct box_grid *taken = inks_of(page, map, fault);
    if (!taken) {
        return false;
    }
    bool has_title = page->layout.map_count == 2;
    char *title = has_title ? map_title(page->wish.order, map) : NULL;
    struct bbox title_mm = has_title ? map_title_box(page, map, pen, title) : bbox_empty();
    if (has_title) {
        frame_inks_add_mm(taken, map_mm, title_mm);
    }
    sheet_edges_take(page->wish.neighbours, pen, map_mm, taken);
    struct frame_boxes boxes = {map_mm, page->layout.frames[map], taken};
    bool is_painted = frame_paint_grid(&page->frame, pen, document, boxes, &page->report, fault) &&
                      (!has_title || paint_map_title(page, title_mm, title, pen, document, fault)) &&
                      (page->wish.index_count == 0 || paint_sheets(page, taken, pen, document, fault));
    free(title);
    box_grid_free(taken);
    return is_painted;
}

static bool paint_map(struct map_page *page, struct page_document *document, struct work *work,
                      struct fault *fault)
{
    return page->layout.map_count == 2 ? paint_both_maps(page, document, work, fault)
                                       : paint_now(page, document, page->layout.maps[0], work, fault);
}

bool map_page_paint_maps(struct map_page *page, struct pen *pen, struct page_document *document,
                         struct work *work, struct fault *fault)
{
    const struct briefing_order *order = page->wish.order;
    char *alternative =
        map_words(page->wish.renderer, order, &page->view, page->frame.box, page->content.title, fault);
    if (!alternative) {
        return false;
    }
    page_tag_begin(document, PAGE_TAG_FIGURE, alternative);
    free(alternative);
    bool is_painted = paint_map(page, document, work, fault);
    page_tag_end(document);
    for (int i = 0; i < page->layout.map_count && is_painted; i++) {
        is_painted = paint_over_map(page, i, pen, document, fault);
    }
    struct content_input input = map_page_content_input(page);
    content_add_outcome(&page->content, &input);
    return is_painted && sheet_edges_paint(page->wish.neighbours, pen, document, page->layout.maps[0], fault);
}

void map_page_foretell(struct map_page *page)
{
    struct content_input input = map_page_content_input(page);
    content_add_outcome(&page->content, &input);
}
