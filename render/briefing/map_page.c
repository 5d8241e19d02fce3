#include "render/briefing/map_page.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/briefing/difference_frame.h"
#include "render/briefing/feature_table.h"
#include "render/briefing/header_block.h"
#include "render/briefing/logo.h"
#include "render/briefing/template.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/legend/legend.h"
#include "render/print/pen.h"
#include "render/print/text_join.h"
#include "render/print/words.h"
#include "render/renderer.h"
#include "render/scene/feature_numbers.h"

static struct layout_sheet sheet_of(const struct map_page_wish *wish)
{
    return (struct layout_sheet){.template = wish->template,
                                 .paper = wish->order->paper,
                                 .is_landscape = wish->order->is_landscape,
                                 .own = wish->order->own_paper,
                                 .is_single = wish->is_single || !wish->order->differences,
                                 .grids = wish->order->grids,
                                 .grid_count = wish->order->grid_count};
}

static bool lacks_rd_grid(const struct map_page *page)
{
    const char *code = page->frame.crs->code;
    bool is_rd = strcmp(code, "EPSG:28992") == 0 || strcmp(code, "EPSG:7415") == 0;
    return is_rd && !crs_context_has_rd_grid(renderer_crs_context(page->wish.renderer));
}

static struct content_input content_input(const struct map_page *page)
{
    return (struct content_input){.renderer = page->wish.renderer,
                                  .order = page->wish.order,
                                  .template = page->wish.template,
                                  .frame = &page->frame,
                                  .facts = &page->facts,
                                  .report = &page->report,
                                  .sheet = page->wish.sheet,
                                  .lacks_rd_grid = lacks_rd_grid(page)};
}

/** A crowded map has numbers, which a table of the following pages tells. */
static bool choose_numbers(struct map_page *page, struct fault *fault)
{
    const struct map_page_wish *wish = &page->wish;
    bool has_tables = wish->has_sequel && wish->template->has_tables && wish->index_count == 0;
    enum numbering numbering = has_tables ? wish->template->numbering : NUMBERING_NEVER;
    if (!feature_numbers_choose(wish->renderer, &page->view, page->frame.box, numbering, FEATURE_TABLE_MOST,
                                &page->numbers, fault)) {
        return false;
    }
    page->frame.numbers = page->view.numbers = page->numbers;
    return true;
}

static bool find_frame(struct map_page *page, struct fault *fault)
{
    const struct map_page_wish *wish = &page->wish;
    struct layout_sheet sheet = sheet_of(wish);
    if (!layout_frame(sheet, &page->layout, fault)) {
        return false;
    }
    page->order =
        frame_snapped(wish->renderer, wish->order, page->layout.maps[0], wish->template->frame.snap_m);
    page->wish.order = &page->order;
    if (!frame_find(wish->renderer, &page->order, page->layout.maps[0], &page->frame, fault)) {
        return false;
    }
    page->frame.grid_count = layout_grids(&sheet, page->frame.grids);
    page->view = frame_view(&page->frame, &page->order);
    return facts_read(wish->renderer, &page->order, &page->frame, &page->facts, fault) &&
           choose_numbers(page, fault);
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

static bool write_content(struct map_page *page, struct fault *fault)
{
    struct content_input input = content_input(page);
    if (input.lacks_rd_grid) {
        report_add(&page->report, REPORT_NO_RD_GRID, "EPSG:28992", "RD without correction grid");
    }
    page->content = content_of(&input);
    page->legend = legend_of(page, fault);
    page->legend_block = (struct legend_block){
        .renderer = page->wish.renderer, .view = &page->view, .legend = page->legend, .symbol_scale = 1.0};
    page->overview = (struct overview){.view = &page->view, .frame = page->frame.box_units};
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

static bool paint_grid(struct map_page *page, int map, struct pen *pen, struct page_document *document,
                       struct fault *fault)
{
    struct frame_boxes boxes = {page->layout.maps[map], page->layout.frames[map]};
    return frame_paint_grid(&page->frame, pen, document, boxes, &page->report, fault);
}

/** "Daarvoor 08-10-2026 09:00", on white in the corner of one of two maps. */
static bool paint_map_title(const struct map_page *page, int map, struct pen *pen,
                            struct page_document *document, struct fault *fault)
{
    const struct briefing_order *order = page->wish.order;
    struct briefing_before before;
    difference_before_init(&before, order);
    char words[160];
    char *moment = text_moment(map == 0 ? before.order.moment_ms : order->moment_ms);
    char *text = text_joined(
        " · ", words_pair(map == 0 ? WORD_BEFORE : WORD_NOW, order_languages(order), words), moment);
    pen->canvas = page_canvas(document, page->layout.furniture.page, (struct point){0, 0}, fault);
    if (pen->canvas) {
        struct bbox box = page->layout.maps[map];
        box.max_x =
            fmin(box.max_x, box.min_x + pen_measure(pen, PEN_HEADING, text, 0).width_mm + 3 * pen->unit);
        box.max_y = box.min_y + pen_line_height(pen, PEN_HEADING) + 1.5 * pen->unit;
        pen_fill(pen, box, pen_white);
        pen_frame(pen, box, 0.2 * pen->unit, pen_ink);
        pen_line_of_text(pen, PEN_HEADING, TEXT_CENTRE, text, box);
    }
    bool is_painted = pen->canvas != NULL;
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    free(moment);
    free(text);
    return is_painted;
}

/** Before at the left or above, now at the right or below. */
static bool paint_both_maps(struct map_page *page, struct page_document *document, struct fault *fault)
{
    const struct map_page_wish *wish = &page->wish;
    return difference_frame_paint_before(wish->renderer, &page->frame, wish->order, document,
                                         page->layout.maps[0], &page->report, fault) &&
           frame_paint_map(wish->renderer, &page->frame, wish->order, document, page->layout.maps[1],
                           &page->report, fault);
}

/** The sheets of an atlas over the map of its index. */
static bool paint_sheets(const struct map_page *page, struct pen *pen, struct page_document *document,
                         struct fault *fault)
{
    struct overview index = {.view = &page->view,
                             .frame = bbox_empty(),
                             .sheets = page->wish.index,
                             .sheet_count = page->wish.index_count};
    pen->canvas = page_canvas(document, page->layout.maps[0], pen_corner(page->layout.maps[0]), fault);
    if (pen->canvas) {
        overview_paint_sheets(&index, pen, &page->frame.grid, page->layout.maps[0]);
    }
    bool is_painted = pen->canvas != NULL;
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted;
}

static bool paint_map(struct map_page *page, struct page_document *document, struct fault *fault)
{
    const struct map_page_wish *wish = &page->wish;
    if (page->layout.map_count == 2) {
        return paint_both_maps(page, document, fault);
    }
    return frame_paint_map(wish->renderer, &page->frame, wish->order, document, page->layout.maps[0],
                           &page->report, fault);
}

bool map_page_paint_maps(struct map_page *page, struct pen *pen, struct page_document *document,
                         struct fault *fault)
{
    const struct briefing_order *order = page->wish.order;
    char alternative[512];
    words_format(alternative, sizeof alternative, WORD_MAP_SHOWS, order->language, order->scale_denominator,
                 page->content.title);
    page_tag_begin(document, PAGE_TAG_FIGURE, alternative);
    bool is_painted = paint_map(page, document, fault);
    page_tag_end(document);
    for (int i = 0; i < page->layout.map_count && is_painted; i++) {
        is_painted = paint_grid(page, i, pen, document, fault) &&
                     (page->layout.map_count == 1 || paint_map_title(page, i, pen, document, fault));
    }
    struct content_input input = content_input(page);
    content_add_outcome(&page->content, &input);
    return is_painted && (page->wish.index_count == 0 || paint_sheets(page, pen, document, fault));
}

void map_page_foretell(struct map_page *page)
{
    struct content_input input = content_input(page);
    content_add_outcome(&page->content, &input);
}

struct scale_block map_page_scale(const struct map_page *page, unsigned elements)
{
    return (struct scale_block){.scale_denominator = page->wish.order->scale_denominator,
                                .true_north_deg = page->frame.true_north_deg,
                                .is_without_scale = (elements & element_bit(ELEMENT_SCALE)) == 0,
                                .is_without_north = (elements & element_bit(ELEMENT_NORTH)) == 0};
}

struct inset_block map_page_insets(const struct map_page *page, unsigned elements)
{
    const struct briefing_order *order = page->wish.order;
    bool has_links = (elements & element_bit(ELEMENT_LINK)) != 0;
    bool has_overview = (elements & element_bit(ELEMENT_OVERVIEW)) != 0 && page->wish.index_count == 0;
    return (struct inset_block){.renderer = page->wish.renderer,
                                .overview = has_overview ? &page->overview : NULL,
                                .link = has_links ? order->link : NULL,
                                .verify_link = has_links ? order->verify_link : NULL};
}

/** What a measuring callback needs. */
struct measuring {
    const struct map_page *page;
    const struct pen *pen;
};

static double text_height(const struct measuring *measuring, unsigned elements, double width_mm)
{
    const struct map_page *page = measuring->page;
    struct passage passage = content_passage(&page->content, elements, page->is_summarised);
    double height = passage_height_mm(&passage, measuring->pen, width_mm);
    passage_finish(&passage);
    return height;
}

static double measure_block(enum block_kind kind, unsigned elements, double width_mm, void *context)
{
    const struct measuring *measuring = context;
    const struct map_page *page = measuring->page;
    const struct logo *logo = page->wish.template->logo;
    struct inset_block insets;
    switch (kind) {
    case BLOCK_TITLE:
        return title_block_height_mm(measuring->pen, &page->content, width_mm);
    case BLOCK_LOGO:
        return logo ? width_mm / logo->shape : 0;
    case BLOCK_TIMES:
        return times_block_height_mm(measuring->pen, &page->content, width_mm);
    case BLOCK_LEGEND:
        return legend_block_height_mm(&page->legend_block, measuring->pen, width_mm);
    case BLOCK_SCALE:
        return layout_scale_height_mm(measuring->pen->unit);
    case BLOCK_INSETS:
        insets = map_page_insets(page, elements);
        return inset_block_height_mm(&insets, measuring->pen, width_mm);
    default:
        return text_height(measuring, elements, width_mm);
    }
}

/** What is given up for a legend that is too long, one after the other. */
struct attempt {
    double symbol_scale; /* 0.7: symbols of about 4.5 mm */
    double text_scale;
    bool is_summarised;
    bool has_insets;
};

/** Would the legend, or what the map lacks, have more room if the insets were elsewhere? */
static bool is_in_the_way(const struct layout *layout, const struct layout_block *insets)
{
    for (int i = 0; i < layout->block_count; i++) {
        enum block_kind kind = layout->blocks[i].kind;
        bool is_long = kind == BLOCK_LEGEND || kind == BLOCK_COMPLETENESS;
        if (is_long && layout->blocks[i].place == insets->place) {
            return true;
        }
    }
    return false;
}

static void lay_out_once(struct map_page *page, const struct pen *pen, struct attempt attempt)
{
    struct measuring measuring = {page, pen};
    struct layout_measure measure = {measure_block, &measuring};
    struct fault fault;
    bool had_frame = layout_frame(sheet_of(&page->wish), &page->layout, &fault);
    for (int i = 0; had_frame && i < page->layout.block_count; i++) {
        struct layout_block *block = &page->layout.blocks[i];
        if (block->kind == BLOCK_INSETS && !attempt.has_insets && is_in_the_way(&page->layout, block)) {
            block->place = PLACE_PAGE;
        }
    }
    page->is_summarised = attempt.is_summarised;
    page->legend_block.symbol_scale = attempt.symbol_scale;
    page->legend_block.text_scale = attempt.text_scale;
    layout_solve(sheet_of(&page->wish), &measure, &page->layout);
}

/**
 * Is the legend whole, or on another page as the template wants, and everything else somewhere in full? Where
 * no page follows, what is short is lost.
 */
static bool is_good(const struct map_page *page)
{
    for (int i = 0; i < page->layout.block_count; i++) {
        const struct layout_block *block = &page->layout.blocks[i];
        bool is_pushed = block->is_moved && block->place != PLACE_PAGE;
        bool may_be_short =
            page->wish.has_sequel && block->kind != BLOCK_LEGEND && block->kind != BLOCK_COMPLETENESS;
        if (is_pushed || (block->is_short && !may_be_short)) {
            return false;
        }
    }
    return true;
}

void map_page_lay_out(struct map_page *page, const struct pen *pen)
{
    static const struct attempt attempts[] = {
        {1.0, 1.0, false, true},  {1.0, 1.0, true, true},  {0.9, 1.0, true, true},  {0.8, 1.0, true, true},
        {0.8, 0.9, true, true},   {0.9, 1.0, true, false}, {0.8, 1.0, true, false}, {0.85, 0.9, true, false},
        {0.75, 0.9, true, false}, {0.7, 0.85, true, false}};
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        lay_out_once(page, pen, attempts[i]);
        if (is_good(page)) {
            return;
        }
    }
}

/** The first entry of the legend that is on no page yet. */
static size_t first_entry(const struct map_page *page, const struct pen *pen)
{
    const struct layout_block *block = layout_find(&page->layout, BLOCK_LEGEND);
    const enum place *places = page->wish.template->places[page->wish.order->is_landscape];
    if (places[ELEMENT_LEGEND] == PLACE_OFF) {
        return legend_count(page->legend);
    }
    return block ? legend_block_fit(&page->legend_block, pen, block->box) : 0;
}

/** A passage without a heading of its own gets one; the same not twice. */
static void add_in_full(struct passage *rest, const struct passage *passage, enum word heading,
                        const struct pen *pen)
{
    bool has_own = passage->count == 0 || passage->rows[0].style == PEN_HEADING;
    bool is_said = false;
    for (size_t i = 0; i < rest->count; i++) {
        is_said = is_said || strcmp(rest->rows[i].text, words_text(heading, pen->language)) == 0;
    }
    if (!has_own && !is_said) {
        passage_add(rest, PEN_HEADING, NULL, words_text(heading, pen->language));
    }
    passage_append(rest, passage, 0);
}

/** Title, times and identity where they were cut. */
static void add_cut_lines(const struct map_page *page, const struct pen *pen,
                          const struct marginalia *marginalia, struct passage *rest)
{
    const struct content *content = &page->content;
    const struct layout_block *title = layout_find(&page->layout, BLOCK_TITLE);
    const struct layout_block *times = layout_find(&page->layout, BLOCK_TIMES);
    struct passage cut = {0};
    if (title && !title_block_fits(pen, content, title->box)) {
        passage_add(&cut, PEN_BODY, NULL, content->title);
        passage_add(&cut, PEN_BODY, NULL, content->subtitle);
    }
    if (times && !times_block_fits(pen, content, times->box)) {
        passage_addf(&cut, PEN_BODY, NULL, "%s %s", content->moment_label, content->moment);
        passage_add(&cut, PEN_BODY, NULL, content->revision);
        passage_add(&cut, PEN_BODY, NULL, content->made);
    }
    if (!marginalia_identity_fits(pen, &page->layout.furniture, marginalia)) {
        passage_add(&cut, PEN_BODY, NULL, content->identity);
    }
    add_in_full(rest, &cut, WORD_MORE_IN_FULL, pen);
    passage_finish(&cut);
}

static bool is_text(enum block_kind kind)
{
    return kind == BLOCK_COMPLETENESS || kind == BLOCK_FACTS || kind == BLOCK_SOURCES ||
           kind == BLOCK_DISCLAIMER;
}

struct sequel_input map_page_rest(const struct map_page *page, const struct pen *pen,
                                  const struct marginalia *marginalia)
{
    struct sequel_input rest = {.legend = &page->legend_block, .first_entry = first_entry(page, pen)};
    add_cut_lines(page, pen, marginalia, &rest.text);
    for (int i = 0; i < page->layout.block_count; i++) {
        const struct layout_block *block = &page->layout.blocks[i];
        bool is_told_in_short = block->kind == BLOCK_COMPLETENESS && page->is_summarised;
        if (is_text(block->kind) && (block->is_moved || block->is_short || is_told_in_short)) {
            struct passage passage = content_passage(&page->content, block->elements, false);
            add_in_full(&rest.text, &passage, WORD_ABOUT_MAP, pen);
            passage_finish(&passage);
        } else if (block->kind == BLOCK_SCALE && block->is_moved) {
            rest.has_scale = true;
            rest.scale = map_page_scale(page, block->elements);
        } else if (block->kind == BLOCK_INSETS && block->is_moved) {
            rest.has_insets = true;
            rest.insets = map_page_insets(page, block->elements);
        }
    }
    return rest;
}

void map_page_report_left_out(struct map_page *page, const struct pen *pen,
                              const struct marginalia *marginalia)
{
    struct sequel_input rest = map_page_rest(page, pen, marginalia);
    size_t left = legend_count(page->legend) - rest.first_entry;
    if (left > 0) {
        report_add(&page->report, REPORT_DID_NOT_FIT, "legend",
                   "%zu entries of the legend do not fit on the page: a PDF has them on a second page", left);
    }
    if (rest.text.count > 0 || rest.has_scale || rest.has_insets) {
        report_add(&page->report, REPORT_DID_NOT_FIT, "texts",
                   "texts beside the map were shortened: a PDF has them in full on a second page");
    }
    passage_finish(&rest.text);
}

static void paint_rule_above(const struct pen *pen, const struct layout *layout, struct bbox box)
{
    double y = box.min_y - layout->gap_mm / 2;
    pen_stroke(pen, (struct point){box.min_x, y}, (struct point){box.max_x, y}, 0.18 * pen->unit, pen_rule);
}

static void paint_texts(const struct map_page *page, const struct pen *pen, const struct layout_block *block)
{
    enum word more = page->wish.has_sequel ? WORD_MORE_ON_NEXT_PAGE : WORD_MORE_LEFT_OUT;
    struct passage whole = content_passage(&page->content, block->elements, page->is_summarised);
    struct passage passage =
        passage_shorten(&whole, pen, bbox_width(block->box), bbox_height(block->box), more);
    passage_paint(&passage, pen, 0, passage.count, block->box);
    passage_finish(&whole);
    passage_finish(&passage);
}

static bool paint_legend(const struct map_page *page, const struct pen *pen, const struct layout_block *block,
                         struct fault *fault)
{
    enum word more = page->wish.has_sequel ? WORD_MORE_ON_NEXT_PAGE : WORD_LEGEND_LEFT_OUT;
    return legend_block_paint(&page->legend_block, pen, block->box, more, fault);
}

/** A logo that cannot be drawn is said to be missing; the briefing is made without it. */
static void paint_logo(struct map_page *page, const struct pen *pen, struct bbox box_mm)
{
    struct fault fault;
    if (!logo_block_paint(pen, page->wish.template->logo, box_mm, &fault)) {
        report_add(&page->report, REPORT_DID_NOT_FIT, "logo", "the logo cannot be drawn: %s", fault.message);
    }
}

static struct times_look times_look(const struct map_page *page, const struct layout_block *block,
                                    char scale[static 32])
{
    bool is_right =
        block->place == PLACE_TOP_RIGHT || (block->place == PLACE_TOP_CENTER && page->wish.template->is_slim);
    return (struct times_look){is_right, words_scale(page->wish.order->scale_denominator, scale)};
}

static bool paint_block(struct map_page *page, const struct pen *pen, const struct layout_block *block,
                        struct fault *fault)
{
    struct scale_block scale;
    struct inset_block insets;
    char number[32];
    switch (block->kind) {
    case BLOCK_TITLE:
        title_block_paint(pen, &page->content, block->box);
        return true;
    case BLOCK_LOGO:
        paint_logo(page, pen, block->box);
        return true;
    case BLOCK_TIMES:
        times_block_paint(pen, &page->content, times_look(page, block, number), block->box);
        return true;
    case BLOCK_LEGEND:
        return paint_legend(page, pen, block, fault);
    case BLOCK_SCALE:
        scale = map_page_scale(page, block->elements);
        scale_block_paint(pen, block->box, &scale);
        return true;
    case BLOCK_INSETS:
        insets = map_page_insets(page, block->elements);
        return inset_block_paint_codes(&insets, pen, block->box, fault);
    default:
        paint_texts(page, pen, block);
        return true;
    }
}

/** A rule parts a block from what stands above it in its cell. */
static bool has_rule(const struct map_page *page, const struct layout_block *block)
{
    bool is_head = block->kind <= BLOCK_LEGEND;
    return !is_head && block->place < PLACE_AROUND &&
           block->box.min_y > page->layout.cells[block->place].min_y + 1;
}

static bool paint_blocks(struct map_page *page, const struct pen *pen, bool is_head, struct fault *fault)
{
    for (int i = 0; i < page->layout.block_count; i++) {
        const struct layout_block *block = &page->layout.blocks[i];
        if (bbox_is_empty(block->box) || (block->kind < BLOCK_LEGEND) != is_head) {
            continue;
        }
        if (has_rule(page, block)) {
            paint_rule_above(pen, &page->layout, block->box);
        }
        if (!paint_block(page, pen, block, fault)) {
            return false;
        }
    }
    return true;
}

/** Title, times and marking are read first; what else stands beside the map can be switched off. */
static bool paint_beside(struct map_page *page, const struct pen *pen, const struct marginalia *marginalia,
                         struct fault *fault)
{
    struct page_document *document = page_of_canvas(pen->canvas);
    pen_tag_begin(pen, PAGE_TAG_HEADER, NULL);
    bool is_painted = paint_blocks(page, pen, true, fault);
    marginalia_paint_top(pen, &page->layout.furniture, marginalia);
    pen_tag_end(pen);
    page_layer_begin(document, "marginalia", words_text(WORD_BESIDE_MAP, pen->language));
    is_painted = is_painted && paint_blocks(page, pen, false, fault);
    page_layer_end(document);
    marginalia_paint_bottom(pen, &page->layout.furniture, marginalia);
    return is_painted;
}

static bool paint_overview(struct map_page *page, struct pen *pen, struct page_document *document,
                           struct fault *fault)
{
    const struct layout_block *block = layout_find(&page->layout, BLOCK_INSETS);
    struct inset_block insets = map_page_insets(page, block ? block->elements : 0);
    return !block || inset_block_paint_overview(&insets, pen, document, block->box, &page->report, fault);
}

bool map_page_paint(struct map_page *page, struct pen *pen, struct page_document *document,
                    const struct marginalia *marginalia, struct fault *fault)
{
    pen->canvas = page_canvas(document, page->layout.furniture.page, (struct point){0, 0}, fault);
    bool is_painted = pen->canvas && paint_beside(page, pen, marginalia, fault);
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted && paint_overview(page, pen, document, fault);
}
