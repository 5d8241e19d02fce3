/*
 * order_draw_briefing.c - briefings, the frame of a briefing before it is made, and whether layers open.
 */
#include <stdio.h>

#include "data/catalogue.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/work.h"
#include "render/briefing/briefing.h"
#include "render/briefing/template.h"
#include "render/renderer.h"
#include "render/service/config.h"
#include "render/service/worker/order_draw.h"
#include "render/service/worker/order_frame.h"
#include "render/service/worker/order_runner.h"

#define CHECK_MOST_BYTES (4u << 20)

/** NULL: the program's "situation". */
static const struct template *template_of(const struct order_draw *draw)
{
    const char *id = draw->order->briefing.template;
    return id[0] ? templates_find(draw->config->templates, id) : NULL;
}

static int64_t moment_or_none(int64_t moment_ms)
{
    return moment_ms == MOMENT_NONE ? 0 : moment_ms;
}

/** A worker may have read its configuration before the template was there. */
static bool check_template(const struct order_draw *draw, struct fault *fault)
{
    const char *id = draw->order->briefing.template;
    if (!id[0] || template_of(draw)) {
        return true;
    }
    if (!templates_is_refused(draw->config->templates, id, fault)) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no template '%s'", id);
    }
    return false;
}

struct briefing_order order_draw_page_of(const struct order_draw *draw)
{
    const struct order_scene *scene = draw->scene;
    return (struct briefing_order){
        .map = scene->map,
        .symbols = draw->config->symbols,
        .plots = (const struct plot *const *)scene->plots,
        .plot_count = scene->plot_count,
        .moment_ms = scene->moment_ms,
        .language = scene->language,
        .has_second_language = scene->has_second_language,
        .second_language = scene->second_language,
        .palette = scene->palette,
    };
}

static const char *text_or_null(const char *text)
{
    return text[0] ? text : NULL;
}

static struct briefing_order briefing_order_of(const struct order_draw *draw)
{
    const struct order_briefing *briefing = &draw->order->briefing;
    struct briefing_order order = order_draw_page_of(draw);
    order.made_ms = briefing->made_ms;
    order.paper = briefing->paper;
    order.is_landscape = briefing->is_landscape;
    order.crs_code = briefing->crs_code;
    order.centre = briefing->centre;
    order.scale_denominator = briefing->scale_denominator;
    order.format = briefing->format;
    order.dpi = order_briefing_dpi(briefing);
    order.page = briefing->page;
    order.most_dots = (double)draw->config->service.briefing_dots;
    order.title = text_or_null(briefing->title);
    order.link = text_or_null(briefing->link);
    order.id = text_or_null(briefing->id);
    order.verify_link = text_or_null(briefing->verify_link);
    order.differences = draw->differences;
    order.lacks_previous = briefing->since.is_first;
    order.template = template_of(draw);
    order.grip = text_or_null(briefing->grip);
    order.valid_until_ms = moment_or_none(briefing->valid_until_ms);
    order.next_update_ms = moment_or_none(briefing->next_update_ms);
    return order;
}

/** That it is no longer valid briefing_make() says itself. */
static void note_overdue(const struct order_draw *draw, struct report *report)
{
    const struct order_briefing *briefing = &draw->order->briefing;
    char moment[32];
    if (briefing->next_update_ms != MOMENT_NONE && briefing->next_update_ms < briefing->made_ms) {
        report_add(report, REPORT_RUN_OUT, "next-update",
                   "the next one was to come at %s: that was over when it was made",
                   moment_format_local(briefing->next_update_ms, moment));
    }
}

static void add_notes(const struct order_draw *draw, struct report *report)
{
    note_overdue(draw, report);
    if (draw->order->briefing.since.is_first) {
        report_add(
            report, REPORT_NO_PREVIOUS, draw->scene->map->id,
            "nothing is marked as changed: there is no earlier briefing of this map, template and frame");
    }
}

bool order_draw_briefing(const struct order_draw *draw, struct order_result *result)
{
    struct briefing_document document = {0};
    struct work work = {0};
    struct briefing_order order = briefing_order_of(draw);
    if (draw->progress) {
        work = (struct work){.tell = draw->progress->tell, .context = draw->progress->context};
        order.work = &work;
    }
    if (!check_template(draw, &result->fault) ||
        !order_frame_fit(draw->renderer, &draw->order->briefing, &order, &result->fault)) {
        return false;
    }
    add_notes(draw, &result->report);
    if (!briefing_make(draw->renderer, &order, &document, &result->report, &result->fault)) {
        return false;
    }
    result->bytes = document.bytes;
    result->length = document.length;
    result->page_count = document.page_count;
    snprintf(result->content_type, sizeof(result->content_type), "%s",
             briefing_is_zip(&order, &document) ? "application/zip" : briefing_format_type(order.format));
    return true;
}

bool order_draw_frame(const struct order_draw *draw, struct order_result *result)
{
    struct briefing_order order = briefing_order_of(draw);
    struct bbox box;
    if (!check_template(draw, &result->fault) ||
        !order_frame_fit(draw->renderer, &draw->order->briefing, &order, &result->fault) ||
        !briefing_frame(draw->renderer, &order, &box, &result->fault)) {
        return false;
    }
    struct buffer json;
    buffer_init(&json, 1024);
    buffer_append_text(&json, "{\"crs\":");
    buffer_append_json(&json, order.crs_code);
    buffer_appendf(&json, ",\"bbox\":[%.3f,%.3f,%.3f,%.3f]}\n", box.min_x, box.min_y, box.max_x, box.max_y);
    return order_result_take(result, "application/json", &json);
}

static void write_layer(struct renderer *renderer, const struct layer *layer, struct buffer *json)
{
    struct fault fault;
    bool is_open = renderer_opens_layer(renderer, layer, &fault);
    buffer_append_text(json, "{\"layer\":");
    buffer_append_json(json, layer->id);
    buffer_append_text(json, ",\"fault\":");
    buffer_append_json(json, is_open ? "" : fault.message);
    buffer_append_text(json, "}");
}

bool order_draw_check(const struct order_draw *draw, struct order_result *result)
{
    struct buffer json;
    buffer_init(&json, CHECK_MOST_BYTES);
    buffer_append_text(&json, "[");
    for (size_t i = 0; i < catalogue_count(draw->config->catalogue); i++) {
        buffer_append_text(&json, i ? ",\n" : "\n");
        write_layer(draw->renderer, catalogue_at(draw->config->catalogue, i), &json);
    }
    buffer_append_text(&json, "\n]\n");
    return order_result_take(result, "application/json", &json);
}
