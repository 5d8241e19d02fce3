/*
 * atlas.c - all sheets together are one large map that is never painted: what it shows is the legend, the
 * table, the numbers and the words of the end.
 *
 * Each page says how many there are, but how long the texts at the end become is known only when all sheets
 * are painted: they tell what did not fit. When they take another page than was counted, the document is made
 * once more, now that it is known.
 */
#include "render/briefing/atlas.h"

#include <math.h>
#include <stdlib.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/briefing/atlas_sheets.h"
#include "render/briefing/briefing.h"
#include "render/briefing/briefing_tables.h"
#include "render/briefing/feature_table.h"
#include "render/briefing/press.h"
#include "render/briefing/template.h"
#include "render/canvas/page.h"
#include "render/grid/sheet_split.h"
#include "render/legend/legend.h"
#include "render/print/words.h"
#include "render/renderer.h"
#include "render/scene/feature_numbers.h"

#define JUDGING_PART 0.1 /* of the work: finding sheets that show nothing */
#define SHEET_MOST 200
#define SHEET_OVERLAP_MM 10.0 /* that neighbours share: who looks at an edge sees beyond it */
#define INDEX_MARGIN 1.06     /* of white around the sheets */

struct atlas {
    struct press *press; /* borrowed */
    struct sheet_split split;
    bool *is_empty;               /* owned; of each sheet: nothing is to be seen on it, so it is left out */
    size_t shown;                 /* sheets that are not */
    char *left_out;               /* the names of the others; owned */
    struct overview_sheet *index; /* owned; the sheets as the index shows them */
    struct feature_table_sheet *table_sheets; /* owned; and as the table names them */
    struct briefing_order order;              /* all sheets together: its centre is theirs */
    struct frame frame;
    struct map_view view;
    struct feature_numbers *numbers;
    struct facts facts;
    struct legend *legend;
    struct legend_block legend_block;
    struct briefing_tables tables;
    struct report outcome; /* what the sheets lack */
    struct passage cut;    /* of title and identity, where the index has no room for them */
    bool lacks_rd_grid;
};

/** The area of an atlas in its CRS: what was asked for, or the map's extent. */
static bool find_area(const struct press *press, struct bbox *area)
{
    const struct briefing_order *order = press->order;
    struct crs_context *context = renderer_crs_context(press->renderer);
    *area = order->area;
    if (bbox_width(*area) > 0 && bbox_height(*area) > 0) {
        return true;
    }
    const struct crs *crs = crs_find(context, order->crs_code, press->fault);
    const struct crs *lon_lat = crs_find(context, "EPSG:4258", press->fault);
    return crs && lon_lat &&
           crs_transform_bbox(context, lon_lat, crs, order->map->extent_deg, area, press->fault);
}

/** What the pages with one sheet each are laid out by. */
static struct layout_sheet sheet_layout(const struct press *press)
{
    return (struct layout_sheet){.template = press->template,
                                 .paper = press->order->paper,
                                 .is_landscape = press->order->is_landscape,
                                 .is_single = true,
                                 .grids = press->order->grids,
                                 .grid_count = press->order->grid_count};
}

/** Cuts the area into sheets of the size that the map has on a page. */
static bool cut_sheets(struct press *press, struct sheet_split *split)
{
    const struct briefing_order *order = press->order;
    const struct crs *crs = crs_find(renderer_crs_context(press->renderer), order->crs_code, press->fault);
    struct layout_sheet sheet = sheet_layout(press);
    struct layout layout;
    struct bbox area;
    if (!crs || !layout_frame(sheet, &layout, press->fault) || !find_area(press, &area)) {
        return false;
    }
    struct sheet_order wish = {.area = area,
                               .scale_denominator = order->scale_denominator,
                               .metres_per_unit = crs->metres_per_unit,
                               .width_mm = bbox_width(layout.maps[0]),
                               .height_mm = bbox_height(layout.maps[0]),
                               .overlap_mm = SHEET_OVERLAP_MM,
                               .snap_units = press->template->frame.snap_m / crs->metres_per_unit,
                               .names = SHEET_LETTERS,
                               .most = SHEET_MOST};
    return sheet_split_make(&wish, split, press->fault);
}

/** The smallest round scale at which a page shows all sheets. */
static double index_scale(const struct press *press, const struct sheet_split *split, struct bbox map_mm)
{
    const struct crs *crs =
        crs_find(renderer_crs_context(press->renderer), press->order->crs_code, press->fault);
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

/* ---- all sheets together ---- */

/** A sheet in px of all of them. */
static struct pixel_box px_of(const struct atlas *atlas, struct bbox box)
{
    const struct pixel_grid *grid = &atlas->frame.grid;
    double px = 1 / grid->units_per_px;
    return (struct pixel_box){(int32_t)floor((box.min_x - grid->origin.x) * px),
                              (int32_t)floor((grid->origin.y - box.max_y) * px),
                              (int32_t)ceil(bbox_width(box) * px), (int32_t)ceil(bbox_height(box) * px)};
}

static void list_sheets(struct atlas *atlas)
{
    size_t count = atlas->split.count;
    atlas->index = memory_new(count, sizeof *atlas->index);
    atlas->table_sheets = memory_new(count, sizeof *atlas->table_sheets);
    for (size_t i = 0; i < count; i++) {
        const struct sheet *sheet = &atlas->split.sheets[i];
        atlas->index[i] = (struct overview_sheet){sheet->name, sheet->box, atlas->is_empty[i]};
        atlas->table_sheets[i] = (struct feature_table_sheet){sheet->name, px_of(atlas, sheet->box)};
    }
}

static bool find_frame(struct atlas *atlas)
{
    struct press *press = atlas->press;
    struct layout_sheet sheet = sheet_layout(press);
    atlas->order = *press->order;
    if (!frame_find_box(press->renderer, &atlas->order, atlas->split.box, &atlas->frame, press->fault)) {
        return false;
    }
    struct grid *grids = atlas->frame.grids;
    atlas->frame.grid_count = grid_merge(grids, layout_grids(&sheet, grids), atlas->frame.crs->code);
    return true;
}

static bool choose_numbers(struct atlas *atlas)
{
    struct press *press = atlas->press;
    enum numbering numbering = press->template->has_tables ? press->template->numbering : NUMBERING_NEVER;
    if (!feature_numbers_choose(press->renderer, &atlas->view, atlas->frame.box, numbering,
                                FEATURE_TABLE_MOST, &atlas->numbers, press->fault)) {
        return false;
    }
    atlas->frame.numbers = atlas->view.numbers = atlas->numbers;
    return true;
}

static bool make_tables(struct atlas *atlas)
{
    struct briefing_tables_choice choice = {.view = &atlas->view,
                                            .box = atlas->frame.box,
                                            .sheets = atlas->table_sheets,
                                            .sheet_count = atlas->split.count};
    return briefing_tables_make(atlas->press, &choice, &atlas->tables);
}

static bool choose_sheets(struct atlas *atlas)
{
    struct press *press = atlas->press;
    size_t count = atlas->split.count;
    press->part_to = press->part_from + JUDGING_PART;
    atlas->is_empty = press->template->has_all_sheets ? memory_new(count, sizeof *atlas->is_empty)
                                                      : atlas_sheets_find_empty(press, &atlas->split);
    if (!atlas->is_empty) {
        return false;
    }
    press->part_from = press->part_to;
    for (size_t i = 0; i < count; i++) {
        atlas->shown += !atlas->is_empty[i];
    }
    atlas->left_out = atlas_sheets_names(&atlas->split, atlas->is_empty);
    return true;
}

static bool find_whole(struct atlas *atlas)
{
    struct press *press = atlas->press;
    if (!find_frame(atlas) || !choose_sheets(atlas)) {
        return false;
    }
    list_sheets(atlas);
    atlas->view = frame_view(&atlas->frame, &atlas->order);
    if (!facts_read(press->renderer, &atlas->order, &atlas->frame, &atlas->facts, press->fault) ||
        !choose_numbers(atlas) || !make_tables(atlas)) {
        return false;
    }
    atlas->legend = legend_new(press->renderer, &atlas->view, atlas->frame.box, press->fault);
    atlas->legend_block = (struct legend_block){
        .renderer = press->renderer, .view = &atlas->view, .legend = atlas->legend, .symbol_scale = 1.0};
    return atlas->legend != NULL;
}

/* ---- pages with a map ---- */

static struct map_page_wish wish_of(const struct atlas *atlas, const struct briefing_order *order,
                                    const char *name)
{
    const struct press *press = atlas->press;
    return (struct map_page_wish){.renderer = press->renderer,
                                  .order = order,
                                  .template = press->template,
                                  .sheet = name,
                                  .left_out = atlas->left_out,
                                  .is_single = true,
                                  .rest = PAGE_REST_END};
}

static bool paint_page(struct press *press, struct map_page *page)
{
    if (!press_begin_page(press, page)) {
        return false;
    }
    map_page_lay_out(page, &press->pen);
    struct marginalia marginalia = press_marginalia(press, &page->content);
    return map_page_paint(page, &press->pen, press->document, &marginalia, press->fault);
}

/** Labels that the index has no room for stand on the sheets; what cannot be drawn at all is said. */
static void keep_failures(struct atlas *atlas, const struct report *report)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct report_item *item = &report->items[i];
        if (item->kind == REPORT_LAYER_FAILED) {
            report_add(&atlas->outcome, item->kind, item->subject, "%s", item->sentence);
        }
    }
}

static bool make_index(struct atlas *atlas)
{
    struct press *press = atlas->press;
    struct layout layout;
    struct map_page page;
    struct briefing_order order = *press->order;
    char words[160];
    struct map_page_wish wish =
        wish_of(atlas, &order, words_pair(WORD_INDEX, order_languages(&order), words));
    if (!layout_frame(map_page_sheet(&wish), &layout, press->fault)) {
        return false;
    }
    order.centre = bbox_centre(atlas->split.box);
    order.scale_denominator = index_scale(press, &atlas->split, layout.maps[0]);
    wish.index = atlas->index;
    wish.index_count = atlas->split.count;
    bool is_made = map_page_begin(&page, &wish, press->fault) && paint_page(press, &page);
    if (is_made) {
        struct marginalia marginalia = press_marginalia(press, &page.content);
        atlas->lacks_rd_grid = map_page_content_input(&page).lacks_rd_grid;
        map_page_add_cut_lines(&page, &press->pen, &marginalia, &atlas->cut);
        keep_failures(atlas, &page.report);
    }
    map_page_finish(&page);
    return is_made;
}

/** "Kaartblad E4 (3 van 9) / Sheet E4 (3 of 9)" */
static void write_sheet_name(const struct atlas *atlas, const struct sheet *sheet, size_t number,
                             char name[static 160])
{
    struct language_pair languages = order_languages(atlas->press->order);
    char first[80];
    char second[80];
    words_format(first, sizeof first, WORD_SHEET_OF, languages.first, sheet->name, number, atlas->shown);
    words_format(second, sizeof second, WORD_SHEET_OF,
                 languages.has_second ? languages.second : languages.first, sheet->name, number,
                 atlas->shown);
    words_beside(first, second, name);
}

/** @param number  which of those that are shown, from 1 */
static bool make_sheet(struct atlas *atlas, size_t index, size_t number)
{
    struct press *press = atlas->press;
    const struct sheet *sheet = &atlas->split.sheets[index];
    struct map_page page;
    struct briefing_order order = *press->order;
    char name[160];
    order.centre = bbox_centre(sheet->box);
    write_sheet_name(atlas, sheet, number, name);
    struct map_page_wish wish = wish_of(atlas, &order, name);
    wish.numbers = atlas->numbers;
    wish.left_out = NULL;
    for (int side = 0; side < SHEET_SIDE_COUNT; side++) {
        size_t neighbour = sheet->neighbours[side];
        bool is_there = neighbour != SHEET_NONE && !atlas->is_empty[neighbour];
        wish.neighbours[side] = is_there ? atlas->split.sheets[neighbour].name : NULL;
    }
    bool is_made = map_page_begin(&page, &wish, press->fault) && paint_page(press, &page);
    report_merge(&atlas->outcome, &page.report);
    map_page_finish(&page);
    return is_made;
}

static bool make_maps(struct atlas *atlas)
{
    struct press *press = atlas->press;
    size_t count = press_has_sequel(press) ? atlas->split.count : 0;
    double end = press_pages_part(press);
    double step = (end - press->part_from) / (double)(atlas->shown + 1);
    press->part_to = press->part_from + step;
    bool is_made = make_index(atlas);
    size_t number = 0;
    for (size_t i = 0; i < count && is_made; i++) {
        if (atlas->is_empty[i]) {
            continue;
        }
        press->part_from = press->part_to;
        press->part_to += step;
        is_made = make_sheet(atlas, i, ++number);
    }
    press->part_from = press->part_to = end;
    return is_made;
}

/* ---- the end ---- */

/** What all sheets say together. content_finish() */
static struct content content_at_end(const struct atlas *atlas)
{
    struct content_input input = {.renderer = atlas->press->renderer,
                                  .order = &atlas->order,
                                  .template = atlas->press->template,
                                  .frame = &atlas->frame,
                                  .facts = &atlas->facts,
                                  .report = &atlas->outcome,
                                  .lacks_rd_grid = atlas->lacks_rd_grid,
                                  .left_out = atlas->left_out,
                                  .rest = PAGE_REST_LOST};
    struct content content = content_of(&input);
    content_add_outcome(&content, &input);
    return content;
}

/** The elements that are text and that the template does not leave out. */
static unsigned texts_of(const struct atlas *atlas)
{
    const enum place *places = atlas->press->template->places[atlas->order.is_landscape];
    unsigned elements = 0;
    for (int element = 0; element < ELEMENT_COUNT; element++) {
        enum block_kind kind = block_of((enum element)element);
        bool is_text = kind == BLOCK_COMPLETENESS || kind == BLOCK_FACTS || kind == BLOCK_SOURCES ||
                       kind == BLOCK_DISCLAIMER;
        elements |= is_text && places[element] != PLACE_OFF ? element_bit((enum element)element) : 0;
    }
    return elements;
}

/** Legend, texts and tables, in one flow. */
static struct sequel plan_end(const struct atlas *atlas, const struct content *content)
{
    const enum place *places = atlas->press->template->places[atlas->order.is_landscape];
    bool has_legend = places[ELEMENT_LEGEND] != PLACE_OFF;
    struct sequel_input input = {.legend = &atlas->legend_block,
                                 .first_entry = has_legend ? 0 : legend_count(atlas->legend)};
    struct passage texts = content_passage(content, texts_of(atlas), false);
    passage_append(&input.text, &atlas->cut, 0);
    passage_append(&input.text, &texts, 0);
    passage_finish(&texts);
    briefing_tables_add(&atlas->tables, &input);
    return sequel_plan(atlas->order.paper, atlas->order.is_landscape, &atlas->press->pen, input);
}

/** How many pages the end takes as far as is known: before the sheets are painted, less is. */
static size_t count_end(const struct atlas *atlas)
{
    struct content content = content_at_end(atlas);
    struct sequel end = plan_end(atlas, &content);
    size_t count = end.page_count;
    sequel_finish(&end);
    content_finish(&content);
    return count;
}

static bool make_end(struct atlas *atlas, size_t *end_pages)
{
    struct content content = content_at_end(atlas);
    struct sequel end = plan_end(atlas, &content);
    *end_pages = end.page_count;
    bool is_made = press_sequel(atlas->press, &content, &end);
    sequel_finish(&end);
    content_finish(&content);
    return is_made;
}

/** Out: how many pages the end really takes. */
static bool make_document(struct atlas *atlas, size_t *end_pages)
{
    struct press *press = atlas->press;
    press_finish(press);
    press->page = 0;
    press->page_count = 1 + atlas->shown + *end_pages;
    report_finish(&atlas->outcome);
    report_init(&atlas->outcome);
    passage_finish(&atlas->cut);
    return make_maps(atlas) && make_end(atlas, end_pages);
}

static bool make_pages(struct atlas *atlas)
{
    size_t counted = count_end(atlas);
    size_t end_pages = counted;
    return make_document(atlas, &end_pages) && (end_pages == counted || make_document(atlas, &end_pages));
}

static void finish(struct atlas *atlas)
{
    passage_finish(&atlas->cut);
    report_finish(&atlas->outcome);
    briefing_tables_finish(&atlas->tables);
    legend_free(atlas->legend);
    facts_finish(&atlas->facts);
    feature_numbers_free(atlas->numbers);
    free(atlas->table_sheets);
    free(atlas->index);
    free(atlas->is_empty);
    free(atlas->left_out);
    sheet_split_finish(&atlas->split);
}

bool atlas_make(struct press *press)
{
    struct atlas atlas = {.press = press};
    report_init(&atlas.outcome);
    bool is_made = cut_sheets(press, &atlas.split) && find_whole(&atlas) && make_pages(&atlas);
    report_merge(press->report, &atlas.outcome);
    finish(&atlas);
    return is_made;
}
