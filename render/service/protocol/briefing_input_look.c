#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/briefing/briefing_template.h"
#include "render/service/briefing/grip.h"
#include "render/service/config.h"
#include "render/service/protocol/briefing_input.h"
#include "render/service/service.h"
#include "render/service/worker/order.h"

#define DPI_LEAST 72
#define DPI_MOST 600

void briefing_input_read_map(struct briefing_input *input, const json_t *value)
{
    const char *id = briefing_input_text(input, value, 64);
    input->map = id ? maps_find(input->service->config->maps, id) : NULL;
    if (id && !input->map) {
        briefing_input_fail(input, "map", "there is no map '%s'", id);
    }
}

void briefing_input_read_paper(struct briefing_input *input, const json_t *value)
{
    const char *name = briefing_input_text(input, value, 16);
    if (name && !paper_parse(name, &input->order->briefing.paper)) {
        briefing_input_fail(input, "paper", "must be A5, A4, A3, A2, A1 or A0, not '%s'", name);
    }
}

void briefing_input_read_template(struct briefing_input *input, const json_t *value)
{
    struct order_briefing *briefing = &input->order->briefing;
    const char *id = briefing_input_text(input, value, sizeof(briefing->template) - 1);
    struct fault fault;
    if (id) {
        snprintf(briefing->template, sizeof(briefing->template), "%s", id);
    }
    if (id && !briefing_template_find(input->service->config, input->order, &fault)) {
        briefing_input_fail(input, "template", "%s", fault.message);
        briefing->template[0] = '\0';
    }
}

void briefing_input_read_grip(struct briefing_input *input, const json_t *value)
{
    struct order_briefing *briefing = &input->order->briefing;
    char number[24];
    struct fault fault;
    const char *text = number;
    if (json_is_integer(value)) {
        snprintf(number, sizeof(number), "%" JSON_INTEGER_FORMAT, json_integer_value(value));
    } else {
        text = briefing_input_text(input, value, sizeof(briefing->grip) - 1);
    }
    if (text && !grip_read(text, briefing->grip, &fault)) {
        briefing_input_fail(input, "grip", "%s", fault.message);
    }
}

static void read_moment(struct briefing_input *input, const char *name, const json_t *value,
                        int64_t *moment_ms)
{
    struct fault ignored;
    const char *text = briefing_input_text(input, value, 40);
    if (text && !moment_parse(text, moment_ms, &ignored)) {
        briefing_input_fail(input, name, "must be a time such as 2026-10-08T12:45:00+02:00, not '%s'", text);
    }
}

void briefing_input_read_valid_until(struct briefing_input *input, const json_t *value)
{
    read_moment(input, "validUntil", value, &input->order->briefing.valid_until_ms);
}

void briefing_input_read_since(struct briefing_input *input, const json_t *value)
{
    struct fault fault;
    const char *text = briefing_input_text(input, value, 120);
    if (text && !order_since_parse(text, &input->order->briefing.since, &fault)) {
        briefing_input_fail(input, "since", "%s", fault.message);
    }
}

void briefing_input_read_next_update(struct briefing_input *input, const json_t *value)
{
    read_moment(input, "nextUpdate", value, &input->order->briefing.next_update_ms);
}

void briefing_input_read_landscape(struct briefing_input *input, const json_t *value)
{
    if (!json_is_boolean(value)) {
        briefing_input_fail(input, "landscape", "must be true or false");
    }
    input->order->briefing.is_landscape = json_is_true(value);
}

void briefing_input_read_as_of(struct briefing_input *input, const json_t *value)
{
    const char *text = briefing_input_text(input, value, 63);
    if (text && !moment_parse(text, &input->as_of_ms, NULL)) {
        briefing_input_fail(input, "asOf", "must be a time such as 2026-09-15T10:30:00Z, not '%s'", text);
    }
}

void briefing_input_read_revisions(struct briefing_input *input, const json_t *value)
{
    size_t count = json_array_size(value);
    bool is_right = json_is_array(value) && count > 0 && count <= MAP_VIEW_PLOT_MAX;
    for (size_t i = 0; is_right && i < count; i++) {
        json_int_t number = json_integer_value(json_array_get(value, i));
        is_right = number >= 1;
        input->revisions[i] = (uint64_t)number;
    }
    input->revision_count = is_right ? count : 0;
    if (!is_right) {
        briefing_input_fail(input, "revisions",
                            "must be a list of whole numbers from 1 up: one for each plot of the map");
    }
}

void briefing_input_read_language(struct briefing_input *input, const json_t *value)
{
    struct language_pair languages = {.first = LANGUAGE_NL};
    const char *codes = briefing_input_text(input, value, 16);
    if (codes && !language_pair_parse(codes, &languages)) {
        briefing_input_fail(input, "language", "must be one or two of nl, en, fr and de, such as nl,en");
    }
    order_view_speak(&input->order->view, languages);
}

void briefing_input_read_palette(struct briefing_input *input, const json_t *value)
{
    const char *name = briefing_input_text(input, value, 32);
    if (name && !palette_wish_read(name, &input->order->view.palette, NULL)) {
        briefing_input_fail(input, "palette",
                            "must be default, print, mono, colour-blind or imagery, not '%s'", name);
    }
}

void briefing_input_read_title(struct briefing_input *input, const json_t *value)
{
    briefing_input_copy(input, value, input->order->briefing.title, sizeof(input->order->briefing.title));
}

void briefing_input_read_format(struct briefing_input *input, const json_t *value)
{
    const char *name = briefing_input_text(input, value, 16);
    if (name && !briefing_format_parse(name, &input->order->briefing.format)) {
        briefing_input_fail(input, "format", "must be pdf, svg or png, not '%s'", name);
    }
}

void briefing_input_read_dpi(struct briefing_input *input, const json_t *value)
{
    json_int_t dpi = json_integer_value(value);
    if (!json_is_integer(value) || dpi < DPI_LEAST || dpi > DPI_MOST) {
        briefing_input_fail(input, "dpi", "must be a whole number from %d to %d", DPI_LEAST, DPI_MOST);
        return;
    }
    input->order->briefing.dpi = (int)dpi;
}

void briefing_input_read_organisation(struct briefing_input *input, const json_t *value)
{
    struct order_briefing *briefing = &input->order->briefing;
    briefing_input_copy(input, value, briefing->organisation, sizeof(briefing->organisation));
}
