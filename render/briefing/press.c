/*
 * press.c - pages are painted one after the other, so whatever a page says of the others must be known
 * before. A picture has one page, so each page is a document of its own, and only one of them is in memory
 * with its dots.
 */
#include "render/briefing/press.h"

#include <math.h>
#include <stdlib.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/work.h"
#include "render/briefing/briefing.h"
#include "render/briefing/content.h"
#include "render/briefing/document_identity.h"
#include "render/briefing/template.h"
#include "render/canvas/canvas.h"
#include "render/canvas/page.h"
#include "render/renderer.h"

#define MM_PER_INCH 25.4

bool press_tell(const struct press *press, double part)
{
    struct work page = work_part(press->order->work, press->part_from, press->part_to);
    return work_tell(&page, part, press->fault);
}

/** A part of the page at hand, for those who do it. */
static struct work part_of_page(const struct press *press, double from, double to)
{
    double length = press->part_to - press->part_from;
    return work_part(press->order->work, press->part_from + from * length, press->part_from + to * length);
}

/** Writing the dots of a PNG takes longer than painting them. */
static bool is_slow_to_end(const struct press *press)
{
    return press->order->format == BRIEFING_PNG;
}

double press_pages_part(const struct press *press)
{
    return is_slow_to_end(press) ? 0.8 : 0.95;
}

/** How much of a page is done when its maps are painted, and when what follows it begins. */
static double part_with_maps(const struct press *press)
{
    return is_slow_to_end(press) ? 0.45 : 0.7;
}

static double part_before_sequel(const struct press *press)
{
    return part_with_maps(press) + 0.1;
}

bool press_has_sequel(const struct press *press)
{
    return !briefing_is_plate(press->order);
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

/* ---- one page after the other ---- */

static bool is_picture(const struct press *press)
{
    return press->order->format != BRIEFING_PDF;
}

/** All pages together, as far as it is known how many there are. */
static bool check_dots(const struct press *press)
{
    const struct briefing_order *order = press->order;
    struct paper_size size = paper_own_size(order->own_paper, order->paper, order->is_landscape);
    size_t count = press->page_count > press->page ? press->page_count : press->page;
    double dots = (double)count * size.width_mm * size.height_mm * pow(order->dpi / MM_PER_INCH, 2);
    if (order->format != BRIEFING_PNG || !(order->most_dots > 0) || dots <= order->most_dots) {
        return true;
    }
    fault_set(
        press->fault, FAULT_LIMIT,
        "%zu pages %s at %g dpi have %.0f million dots, and %.0f million are allowed: take fewer dpi, or "
        "a PDF",
        count, paper_name(order->paper), order->dpi, dots / 1e6, order->most_dots / 1e6);
    return false;
}

static bool open_document(struct press *press, const struct page_metadata *metadata)
{
    static const enum page_format formats[] = {
        [BRIEFING_PDF] = PAGE_PDF, [BRIEFING_SVG] = PAGE_SVG, [BRIEFING_PNG] = PAGE_PNG};
    const struct briefing_order *order = press->order;
    struct paper_size size = paper_own_size(order->own_paper, order->paper, order->is_landscape);
    press->document = page_document_new(formats[order->format], size.width_mm, size.height_mm, order->dpi,
                                        renderer_text_engine(press->renderer), metadata, press->fault);
    return press->document != NULL;
}

/** A PDF is opened with the words of its first page. */
static bool open_first(struct press *press, const struct map_page *page)
{
    const struct briefing_order *order = press->order;
    const struct content *content = &page->content;
    struct page_metadata metadata = {.title = content->title,
                                     .author = content_organisation(order, press->template),
                                     .subject = content->subtitle,
                                     .keywords = content->keywords,
                                     .made_ms = order->made_ms,
                                     .template_id = press->template->id};
    struct document_identity identity;
    document_identity_fill(&identity, order, content->marking, page->facts.checksum, &metadata);
    return open_document(press, &metadata);
}

/** An SVG has no paper of its own. */
static bool paint_paper(struct press *press, struct bbox page_mm)
{
    if (press->order->format != BRIEFING_SVG) {
        return true;
    }
    struct canvas *canvas = page_canvas(press->document, page_mm, (struct point){0, 0}, press->fault);
    if (canvas) {
        canvas_fill_all(canvas, pen_white);
    }
    canvas_free(canvas);
    return canvas != NULL;
}

/** The page at hand of a picture is done: it is kept, unless only another was asked for. */
static bool close_picture(struct press *press, struct work *work)
{
    bool is_wanted = press->order->page == 0 || press->order->page == press->page;
    size_t length = 0;
    char *bytes = is_wanted ? page_document_take_told(press->document, work, &length, press->fault) : NULL;
    page_document_free(press->document);
    press->document = NULL;
    return !is_wanted ||
           (bytes && page_stack_add(&press->stack, bytes, length, press->order->format, press->fault));
}

/** Ends the page at hand and begins the one after it. */
static bool turn_page(struct press *press, struct bbox page_mm, struct work *work)
{
    if (!is_picture(press)) {
        press->page++;
        return page_next(press->document, press->fault);
    }
    if (!close_picture(press, work)) {
        return false;
    }
    press->is_enough = press->page == press->order->page;
    press->page += !press->is_enough;
    return !press->is_enough && check_dots(press) && open_document(press, NULL) &&
           paint_paper(press, page_mm);
}

static bool open_page(struct press *press, const struct map_page *page, struct work *work)
{
    struct bbox page_mm = page->layout.furniture.page;
    if (press->document) {
        return turn_page(press, page_mm, work);
    }
    press->page = 1;
    return check_dots(press) && open_first(press, page) && paint_paper(press, page_mm);
}

bool press_begin_page(struct press *press, struct map_page *page)
{
    double begin = press->document && is_slow_to_end(press) ? 0.35 : 0.05;
    struct work opening = part_of_page(press, 0, begin);
    struct work maps = part_of_page(press, begin, part_with_maps(press));
    return press_tell(press, 0) && open_page(press, page, &opening) && work_tell(&maps, 0, press->fault) &&
           map_page_paint_maps(page, &press->pen, press->document, &maps, press->fault) &&
           work_tell(&maps, 1, press->fault);
}

static bool paint_following(struct press *press, const struct content *content, const struct sequel *sequel,
                            size_t index)
{
    struct pen *pen = &press->pen;
    struct work pages = part_of_page(press, part_before_sequel(press), 1);
    struct work work = work_part_at(&pages, index, sequel->page_count);
    if (!work_tell(&work, 0, press->fault) || !turn_page(press, sequel->furniture.page, &work)) {
        return false;
    }
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
        if (!paint_following(press, content, sequel, i)) {
            return false;
        }
    }
    return true;
}

static char *take_pdf(struct press *press, size_t *length)
{
    return page_document_take(press->document, length, press->fault);
}

/** The last page is still open, unless another was enough. */
static char *take_pictures(struct press *press, size_t *length)
{
    struct work work = work_part(press->order->work, press->part_to, 1);
    if (press->document && !close_picture(press, &work)) {
        return NULL;
    }
    if (press->stack.count == 0) {
        fault_set(press->fault, FAULT_NOT_FOUND, "there is no page %zu: there are %zu", press->order->page,
                  press->page);
        return NULL;
    }
    return page_stack_take(&press->stack, press->order->made_ms, length, press->fault);
}

bool press_take(struct press *press, struct briefing_document *document)
{
    size_t page_count = press->is_enough ? press->page_count : press->page;
    char *bytes = (is_picture(press) ? take_pictures : take_pdf)(press, &document->length);
    press->part_from = press->part_to = 1;
    if (bytes && !press_tell(press, 1)) {
        free(bytes);
        bytes = NULL;
    }
    document->bytes = bytes;
    document->page_count = page_count;
    return bytes != NULL;
}

void press_finish(struct press *press)
{
    page_document_free(press->document);
    page_stack_finish(&press->stack);
    press->document = NULL;
}
