/*
 * briefing.c - an order is checked, its template found, its pages made (briefing_pages.c).
 */
#include "render/briefing/briefing.h"

#include <assert.h>
#include <stdlib.h>
#include <strings.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "render/briefing/briefing_pages.h"
#include "render/briefing/frame.h"
#include "render/briefing/layout.h"
#include "render/briefing/note_title.h"
#include "render/briefing/template.h"
#include "render/report.h"

#define MOST_DOTS 140e6 /* A0 at 300 dpi */

const char *briefing_format_ending(enum briefing_format format)
{
    static const char *const endings[] = {
        [BRIEFING_PDF] = "pdf", [BRIEFING_SVG] = "svg", [BRIEFING_PNG] = "png"};
    return endings[format];
}

const char *briefing_format_type(enum briefing_format format)
{
    static const char *const types[] = {
        [BRIEFING_PDF] = "application/pdf", [BRIEFING_SVG] = "image/svg+xml", [BRIEFING_PNG] = "image/png"};
    return types[format];
}

bool briefing_format_parse(const char *name, enum briefing_format *format)
{
    for (int i = 0; name && i <= BRIEFING_PNG; i++) {
        if (strcasecmp(name, briefing_format_ending((enum briefing_format)i)) == 0) {
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
        fault_set(fault, FAULT_INPUT, "%g dpi is not possible: from 72 to 600", order->dpi);
        return false;
    }
    struct paper_size size = paper_size(order->paper, order->is_landscape);
    double dots = size.width_mm / 25.4 * order->dpi * size.height_mm / 25.4 * order->dpi;
    if (dots > MOST_DOTS) {
        fault_set(fault, FAULT_LIMIT, "%s at %g dpi has %.0f million dots, and %.0f million are allowed",
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

/** Above TLP:CLEAR a page without its marking is not made, whatever its template says. */
static bool check_marking(const struct briefing_order *order, const struct template *template,
                          struct fault *fault)
{
    enum marking marking = map_marking(order->map);
    if (marking > MARKING_CLEAR && template->places[order->is_landscape][ELEMENT_MARKING] == PLACE_OFF) {
        fault_set(fault, FAULT_INPUT, "template '%s' has the marking switched off, and this map is %s",
                  template->id, marking_text(marking));
        return false;
    }
    return true;
}

/** The order's template, or the program's "situation", for which the program's own are read. */
static const struct template *template_of(const struct briefing_order *order, struct templates **own)
{
    *own = NULL;
    if (order->template) {
        return order->template;
    }
    struct problems problems;
    problems_init(&problems);
    *own = templates_read(NULL, 0, &problems);
    const struct template *template = templates_find(*own, "situation");
    assert(template && problems.count == 0);
    problems_finish(&problems);
    return template;
}

static bool find_box(struct renderer *renderer, const struct briefing_order *order,
                     const struct template *template, struct bbox *box, struct fault *fault)
{
    struct layout_sheet sheet = {.template = template,
                                 .paper = order->paper,
                                 .is_landscape = order->is_landscape,
                                 .is_single = order->differences == NULL,
                                 .grids = order->grids,
                                 .grid_count = order->grid_count};
    struct layout layout;
    struct frame frame;
    if (!layout_frame(sheet, &layout, fault)) {
        return false;
    }
    struct briefing_order snapped = frame_snapped(renderer, order, layout.maps[0], template->frame.snap_m);
    if (!frame_find(renderer, &snapped, layout.maps[0], &frame, fault)) {
        return false;
    }
    *box = frame.box_units;
    return true;
}

bool briefing_frame(struct renderer *renderer, const struct briefing_order *order, struct bbox *box,
                    struct fault *fault)
{
    if (!check_order(order, fault)) {
        return false;
    }
    struct templates *own;
    bool is_found = find_box(renderer, order, template_of(order, &own), box, fault);
    templates_free(own);
    return is_found;
}

static void add_run_out(struct report *report, const struct briefing_order *order)
{
    char until[32];
    if (briefing_has_run_out(order)) {
        report_add(report, REPORT_RUN_OUT, order->map->id, "valid until %s: that was over when it was made",
                   moment_format_local(order->valid_until_ms, until));
    }
}

bool briefing_make(struct renderer *renderer, const struct briefing_order *order,
                   struct briefing_document *document, struct report *report, struct fault *fault)
{
    assert(order->map && order->symbols && order->language < LANGUAGE_COUNT);
    if (!check_order(order, fault)) {
        return false;
    }
    struct templates *own;
    struct report told;
    const struct template *template = template_of(order, &own);
    report_init(&told);
    bool is_made = check_marking(order, template, fault) &&
                   briefing_pages_make(renderer, order, template, document, &told, fault);
    add_run_out(&told, order);
    note_titles_add(order, &told);
    if (is_made && report) {
        report_merge(report, &told);
    }
    report_finish(&told);
    templates_free(own);
    return is_made;
}
