/*
 * briefing_pages.c - a page with one map or with two, then what found no place on it, then tables.
 */
#include "render/briefing/briefing_pages.h"

#include "render/briefing/atlas.h"
#include "render/briefing/briefing.h"
#include "render/briefing/briefing_tables.h"
#include "render/briefing/press.h"
#include "render/briefing/template.h"
#include "render/renderer.h"

/** Plans what follows, so that the page can say how many there are, then paints the page and those. */
static bool paint_with_sequel(struct press *press, struct map_page *page, struct briefing_tables *tables)
{
    const struct briefing_order *order = press->order;
    struct marginalia marginalia = press_marginalia(press, &page->content);
    struct sequel_input rest = map_page_rest(page, &press->pen, &marginalia);
    briefing_tables_add(tables, &rest);
    struct sequel sequel = sequel_plan(order->paper, order->is_landscape, &press->pen, rest);
    press->page_count = 1 + sequel.page_count;
    marginalia.page_count = press->page_count;
    bool is_painted = map_page_paint(page, &press->pen, press->document, &marginalia, press->fault) &&
                      press_sequel(press, &page->content, &sequel);
    sequel_finish(&sequel);
    return is_painted;
}

/** A plate, of which plate.c says what found no place. */
static bool paint_alone(struct press *press, struct map_page *page)
{
    press->page_count = 1;
    struct marginalia marginalia = press_marginalia(press, &page->content);
    return map_page_paint(page, &press->pen, press->document, &marginalia, press->fault);
}

static bool paint_page(struct press *press, struct map_page *page)
{
    struct briefing_tables tables = {.count = 0};
    struct briefing_tables_choice choice = {.view = &page->view, .box = page->frame.box};
    if (!press_begin_page(press, page)) {
        return false;
    }
    map_page_lay_out(page, &press->pen);
    bool is_painted =
        briefing_tables_make(press, &choice, &tables) &&
        (press_has_sequel(press) ? paint_with_sequel(press, page, &tables) : paint_alone(press, page));
    briefing_tables_finish(&tables);
    report_merge(press->report, &page->report);
    return is_painted;
}

static bool make_one_map(struct press *press)
{
    struct map_page page;
    struct map_page_wish wish = {.renderer = press->renderer,
                                 .order = press->order,
                                 .template = press->template,
                                 .rest = press_has_sequel(press) ? PAGE_REST_NEXT : PAGE_REST_LOST};
    bool is_made = map_page_begin(&page, &wish, press->fault) && paint_page(press, &page);
    map_page_finish(&page);
    return is_made;
}

bool briefing_pages_make(struct renderer *renderer, const struct briefing_order *order,
                         const struct template *template, struct briefing_document *document,
                         struct report *report, struct fault *fault)
{
    struct press press = {
        .renderer = renderer, .order = order, .template = template, .report = report, .fault = fault};
    press.part_to = press_pages_part(&press);
    press.pen = (struct pen){renderer_text_engine(renderer),
                             NULL,
                             paper_own_unit(order->own_paper, order->paper),
                             order->language,
                             .colours = &template->colours,
                             .has_second_language = order->has_second_language,
                             .second_language = order->second_language};
    bool is_made = press_tell(&press, 0) &&
                   (template->kind == TEMPLATE_ATLAS ? atlas_make(&press) : make_one_map(&press));
    is_made = (is_made || press.is_enough) && press_take(&press, document);
    press_finish(&press);
    return is_made;
}
