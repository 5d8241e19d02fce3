/*
 * briefing_inputs.c - the table of the fields, each with its reader; what two fields must say together is
 * checked at the end.
 */
#include "render/service/protocol/briefing_inputs.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/base/word.h"
#include "render/service/briefing/briefing_template.h"
#include "render/service/config.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/protocol/briefing_input.h"
#include "render/service/service.h"
#include "render/service/worker/order.h"

/* ---- the table ---- */

struct field {
    const char *name;
    const char *title;
    const char *schema; /* without its braces; NULL: made of the configuration */
    void (*read)(struct briefing_input *input, const json_t *value);
    bool is_required;
};

#define TEXT_SCHEMA(most) "\"type\":\"string\",\"maxLength\":" #most

static const struct field fields[] = {
    {"map", "The map of which it is made", NULL, briefing_input_read_map, true},
    {"template", "What it looks like: one of /templates; what is not given here is the template's",
     TEXT_SCHEMA(64), briefing_input_read_template, false},
    {"grip", "Level of coordination: 0 to 5, GRIP 2, GRIP Rijk; that of the configuration when not given",
     "\"oneOf\":[{\"type\":\"integer\",\"minimum\":0,\"maximum\":5},{" TEXT_SCHEMA(59) "}]",
     briefing_input_read_grip, false},
    {"since", "Mark and list what changed since a time, a revision (12; 12,7), or 'previous' briefing",
     TEXT_SCHEMA(120), briefing_input_read_since, false},
    {"validUntil", "Until when it may be used", "\"type\":\"string\",\"format\":\"date-time\"",
     briefing_input_read_valid_until, false},
    {"nextUpdate", "When the next one comes", "\"type\":\"string\",\"format\":\"date-time\"",
     briefing_input_read_next_update, false},
    {"paper", "Size of the paper",
     "\"type\":\"string\",\"enum\":[\"A5\",\"A4\",\"A3\",\"A2\",\"A1\",\"A0\"],\"default\":\"A4\"",
     briefing_input_read_paper, false},
    {"landscape", "The long side lies", "\"type\":\"boolean\",\"default\":false",
     briefing_input_read_landscape, false},
    {"crs", "Projected CRS of the page", TEXT_SCHEMA(31) ",\"default\":\"EPSG:28992\"",
     briefing_input_read_crs, false},
    {"center", "Middle of the frame in crs, x east, y north; with scale",
     "\"type\":\"array\",\"items\":{\"type\":\"number\"},\"minItems\":2,\"maxItems\":2",
     briefing_input_read_center, false},
    {"scale",
     "1 to this, true on paper; with bbox or area only when it is to be another than the one that fits",
     "\"type\":\"number\",\"minimum\":100,\"maximum\":10000000", briefing_input_read_scale, false},
    {"bbox",
     "What the frame shows all of, in place of center: a list in crs, or an object whose crs is CRS84 when "
     "it names none",
     "\"oneOf\":[{\"type\":\"array\",\"items\":{\"type\":\"number\"},\"minItems\":4,\"maxItems\":4},"
     "{\"type\":\"object\",\"required\":[\"bbox\"],\"properties\":{\"bbox\":{\"type\":\"array\",\"items\":"
     "{\"type\":\"number\"},\"minItems\":4,\"maxItems\":4},\"crs\":{\"type\":\"string\"}}}]",
     briefing_input_read_bbox, false},
    {"area", "A named area of the map, in place of center; without any of these the whole map",
     TEXT_SCHEMA(64), briefing_input_read_area, false},
    {"asOf", "The situation as of this time; now when it is not given",
     "\"type\":\"string\",\"format\":\"date-time\"", briefing_input_read_as_of, false},
    {"revisions", "What was known: the revision of each plot of the map; the latest when not given",
     "\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":1}", briefing_input_read_revisions,
     false},
    {"language", "One or two of nl, en, fr and de, such as nl,en", TEXT_SCHEMA(16) ",\"default\":\"nl\"",
     briefing_input_read_language, false},
    {"palette", "Colours of the symbols; those of the map when not given",
     "\"type\":\"string\",\"enum\":[\"default\",\"print\",\"mono\",\"colour-blind\",\"imagery\"]",
     briefing_input_read_palette, false},
    {"title", "In place of the map's own", TEXT_SCHEMA(199), briefing_input_read_title, false},
    {"format", "Of the document",
     "\"type\":\"string\",\"enum\":[\"pdf\",\"svg\",\"png\"],\"default\":\"pdf\"", briefing_input_read_format,
     false},
    {"dpi", "Dots to the inch of what is not drawn as lines; when not given 300 in a PDF, else 150",
     "\"type\":\"integer\",\"minimum\":72,\"maximum\":600", briefing_input_read_dpi, false},
    {"organisation", "Who asks: whose turn it is goes by this too", TEXT_SCHEMA(99),
     briefing_input_read_organisation, false},
};

#define FIELD_COUNT (sizeof(fields) / sizeof(fields[0]))

static bool is_known(const char *name)
{
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (strcmp(fields[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void check_names(struct briefing_input *input)
{
    const char *names[FIELD_COUNT + 1] = {NULL};
    const char *name;
    json_t *value;
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        names[i] = fields[i].name;
    }
    json_object_foreach((json_t *)(uintptr_t)input->inputs, name, value)
    {
        if (!is_known(name)) {
            const char *nearest = word_nearest(name, names);
            briefing_input_fail(input, name, nearest ? "is not known; did you mean '%s'?" : "is not known",
                                nearest);
        }
    }
}

/** A value may stand in an object of its own, {"value":…}. */
static const json_t *value_of(const json_t *inputs, const char *name)
{
    const json_t *value = json_object_get(inputs, name);
    const json_t *inner = json_is_object(value) ? json_object_get(value, "value") : NULL;
    return inner ? inner : value;
}

static void read_all(struct briefing_input *input)
{
    check_names(input);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        const json_t *value = value_of(input->inputs, fields[i].name);
        input->name = fields[i].name;
        if (value) {
            fields[i].read(input, value);
        } else if (fields[i].is_required) {
            briefing_input_fail(input, input->name, "is missing");
        }
    }
}

/* ---- what they say together ---- */

static void put_revisions(struct briefing_input *input, struct order_view *view)
{
    if (input->revision_count > 0 && input->revision_count != view->plot_count) {
        briefing_input_fail(input, "revisions", "must be %zu: one for each plot of map '%s'",
                            view->plot_count, input->map->id);
        return;
    }
    for (size_t i = 0; i < input->revision_count; i++) {
        if (input->revisions[i] > view->revisions[i]) {
            briefing_input_fail(input, "revisions", "revision %zu of %zu is beyond the latest", i + 1,
                                view->plot_count);
        }
        view->revisions[i] = input->revisions[i];
    }
}

/** Languages and palette survive, as they are no part of what the keeper fills in. */
static void settle_view(struct briefing_input *input)
{
    struct service *service = input->service;
    struct order_view *view = &input->order->view;
    const struct order_view asked = *view;
    struct fault fault;
    if (!plot_keeper_view(service->plots, maps_index(service->config->maps, input->map), input->as_of_ms,
                          view, &fault)) {
        briefing_input_fail(input, "map", "%s", fault.message);
        return;
    }
    view->language = asked.language;
    view->has_second_language = asked.has_second_language;
    view->second_language = asked.second_language;
    view->palette = asked.palette;
    if (input->revision_count > 0) {
        view->as_of_ms = input->as_of_ms == MOMENT_NONE ? moment_now_ms() : input->as_of_ms;
    }
    put_revisions(input, view);
}

static void check_since(struct briefing_input *input)
{
    struct fault fault;
    const struct order_since *since = &input->order->briefing.since;
    if (!order_since_check(since, input->order->view.as_of_ms, moment_now_ms(), &fault)) {
        briefing_input_fail(input, "since", "%s", fault.message);
    }
}

/** What is not given is the template's. */
static void take_template(struct briefing_input *input)
{
    const json_t *inputs = input->inputs;
    struct briefing_given given = {.paper = json_object_get(inputs, "paper") != NULL,
                                   .orientation = json_object_get(inputs, "landscape") != NULL,
                                   .crs = json_object_get(inputs, "crs") != NULL,
                                   .scale = json_object_get(inputs, "scale") != NULL,
                                   .language = json_object_get(inputs, "language") != NULL};
    struct fault fault;
    briefing_template_fill(input->service->config, input->order, given, &fault);
}

bool briefing_inputs_read(struct service *service, const json_t *inputs, const char *prefix,
                          struct order *order, struct problems *problems)
{
    struct briefing_input input = {.service = service,
                                   .inputs = inputs,
                                   .prefix = prefix,
                                   .order = order,
                                   .problems = problems,
                                   .as_of_ms = MOMENT_NONE};
    size_t errors_before = problems->error_count;
    snprintf(order->briefing.crs_code, sizeof(order->briefing.crs_code), "EPSG:28992");
    order->briefing.paper = PAPER_A4;
    read_all(&input);
    take_template(&input);
    if (input.map) {
        settle_view(&input);
        check_since(&input);
    }
    briefing_input_check_frame(&input);
    return problems->error_count == errors_before;
}

/* ---- described ---- */

static void append_maps(const struct service *service, struct buffer *json)
{
    const struct maps *maps = service->config->maps;
    buffer_append_text(json, "\"type\":\"string\",\"enum\":[");
    for (size_t i = 0; i < maps_count(maps); i++) {
        buffer_append_text(json, i ? "," : "");
        buffer_append_json(json, maps_at(maps, i)->id);
    }
    buffer_append_text(json, "]");
}

static void append_field(const struct service *service, const struct field *field, struct buffer *json)
{
    buffer_appendf(json, "\"%s\":{\"title\":", field->name);
    buffer_append_json(json, field->title);
    buffer_appendf(json, ",\"minOccurs\":%d,\"maxOccurs\":1,\"schema\":{", field->is_required);
    if (field->schema) {
        buffer_append_text(json, field->schema);
    } else {
        append_maps(service, json);
    }
    buffer_append_text(json, "}}");
}

void briefing_inputs_append(const struct service *service, struct buffer *json)
{
    buffer_append_text(json, "{");
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        buffer_append_text(json, i ? ",\n" : "\n");
        append_field(service, &fields[i], json);
    }
    buffer_append_text(json, "\n}");
}
