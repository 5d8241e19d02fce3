/*
 * press.c - pages are painted one after the other, so whatever a page says of the others must be known
 * before.
 */
#include "render/briefing/press.h"

#include <stdlib.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "render/briefing/briefing.h"
#include "render/briefing/document_identity.h"
#include "render/briefing/template.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/renderer.h"

/** Tells how much of a page is done. */
bool press_tell(const struct press *press, double part)
{
    const struct briefing_order *order = press->order;
    double whole = press->part_from + part * (press->part_to - press->part_from);
    if (order->progress && !order->progress(whole, order->progress_context)) {
        fault_set(press->fault, FAULT_DEADLINE, "the briefing was cancelled");
        return false;
    }
    return true;
}

bool press_has_sequel(const struct press *press)
{
    return press->order->format == BRIEFING_PDF && !briefing_is_plate(press->order);
}

struct marginalia press_marginalia(const struct press *press, const struct content *content)
{
    const enum place *places = press->template->places[press->order->is_landscape];
    return (struct marginalia){.marking = content->marking,
                               .is_marked = places[ELEMENT_MARKING] != PLACE_OFF,
                               .is_exercise = content->is_exercise,
                               .marking_place = places[ELEMENT_MARKING],
                               .identity_place = places[ELEMENT_IDENTITY],
                               .identity = content->identity,
                               .page = briefing_is_plate(press->order) ? 0 : press->page,
                               .page_count = press->page_count};
}

/** The document is opened with the words of its first page. */
static bool open_document(struct press *press, const struct map_page *page)
{
    static const enum page_format formats[] = {
        [BRIEFING_PDF] = PAGE_PDF, [BRIEFING_SVG] = PAGE_SVG, [BRIEFING_PNG] = PAGE_PNG};
    const struct briefing_order *order = press->order;
    const struct content *content = &page->content;
    struct page_metadata metadata = {.title = content->title,
                                     .author = order->map->organisation,
                                     .subject = content->subtitle,
                                     .keywords = content->keywords,
                                     .made_ms = order->made_ms,
                                     .template_id = press->template->id};
    struct document_identity identity;
    document_identity_fill(&identity, order, content->marking, page->facts.checksum, &metadata);
    struct paper_size size = paper_own_size(order->own_paper, order->paper, order->is_landscape);
    press->document = page_document_new(formats[order->format], size.width_mm, size.height_mm, order->dpi,
                                        renderer_text_engine(press->renderer), &metadata, press->fault);
    return press->document != NULL;
}

/** An SVG has no paper of its own. */
static bool paint_paper(struct press *press, const struct map_page *page)
{
    if (press->order->format != BRIEFING_SVG) {
        return true;
    }
    struct canvas *canvas =
        page_canvas(press->document, page->layout.furniture.page, (struct point){0, 0}, press->fault);
    if (canvas) {
        canvas_fill_all(canvas, pen_white);
    }
    canvas_free(canvas);
    return canvas != NULL;
}

bool press_begin_page(struct press *press, const struct map_page *page)
{
    press->page++;
    if (!press->document) {
        return open_document(press, page) && paint_paper(press, page);
    }
    return page_next(press->document, press->fault);
}

static bool paint_following(struct press *press, const struct content *content, const struct sequel *sequel,
                            size_t index)
{
    struct pen *pen = &press->pen;
    if (!page_next(press->document, press->fault)) {
        return false;
    }
    press->page++;
    struct marginalia marginalia = press_marginalia(press, content);
    marginalia.marking_place = PLACE_TOP_RIGHT;
    pen->canvas = page_canvas(press->document, sequel->furniture.page, (struct point){0, 0}, press->fault);
    if (pen->canvas) {
        pen_tag_begin(pen, PAGE_TAG_HEADER, NULL);
        marginalia_paint_following_header(pen, sequel->furniture.header, content);
        marginalia_paint_top(pen, &sequel->furniture, &marginalia);
        pen_tag_end(pen);
        marginalia_paint_bottom(pen, &sequel->furniture, &marginalia);
    }
    bool is_painted = pen->canvas != NULL;
    canvas_free(pen->canvas);
    pen->canvas = NULL;
    return is_painted && sequel_paint(sequel, index, pen, press->document, press->report, press->fault);
}

bool press_sequel(struct press *press, const struct content *content, const struct sequel *sequel)
{
    for (size_t i = 0; i < sequel->page_count; i++) {
        if (!press_tell(press, 0.8 + 0.2 * (double)i / (double)sequel->page_count) ||
            !paint_following(press, content, sequel, i)) {
            return false;
        }
    }
    return true;
}

char *press_take(struct press *press, size_t *length)
{
    char *bytes = page_document_take(press->document, length, press->fault);
    press->part_from = press->part_to = 1;
    if (bytes && !press_tell(press, 1)) {
        free(bytes);
        bytes = NULL;
    }
    return bytes;
}

void press_finish(struct press *press)
{
    page_document_free(press->document);
    press->document = NULL;
}
