/*
 * briefing_inputs.c - each reader takes the value of its field and tells what is wrong with it; the others go
 * on. What two fields must say together is checked at the end.
 */
#include "render/service/protocol/briefing_inputs.h"

#include <jansson.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/base/word.h"
#include "render/service/briefing/briefing_order.h"
#include "render/service/briefing/briefing_template.h"
#include "render/service/config.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/service.h"
#include "render/service/worker/order.h"

#define COORDINATE_MOST 1e9
#define SCALE_LEAST 100.0
#define SCALE_MOST 1e7
#define DPI_LEAST 72
#define DPI_MOST 600
#define NAME_MOST_BYTES 200

/** What is being read, and what is known of it so far. */
struct input_reader {
    struct service *service;
    const json_t *inputs;
    const char *prefix;
    const char *name; /* of the field that is being read */
    struct order *order;
    struct problems *problems;
    const struct map *map; /* NULL: unknown */
    int64_t as_of_ms;
    uint64_t revisions[MAP_VIEW_PLOT_MAX];
    size_t revision_count;
    bool has_centre;
    bool has_box;
    const char *area; /* borrowed; NULL: none */
};

static void fail(struct input_reader *reader, const char *name, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static void fail(struct input_reader *reader, const char *name, const char *format, ...)
{
    char field[NAME_MOST_BYTES];
    char sentence[400];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof(sentence), format, arguments);
    va_end(arguments);
    snprintf(field, sizeof(field), "%s%.100s", reader->prefix, name);
    problems_add(reader->problems, PROBLEM_ERROR, "order", 0, field, "%s", sentence);
}

/** A text that fits; NULL (told) when it is none. */
static const char *text_of(struct input_reader *reader, const json_t *value, size_t most_bytes)
{
    if (!json_is_string(value) || strlen(json_string_value(value)) != json_string_length(value)) {
        fail(reader, reader->name, "must be a text");
        return NULL;
    }
    if (json_string_length(value) > most_bytes) {
        fail(reader, reader->name, "must have at most %zu bytes", most_bytes);
        return NULL;
    }
    return json_string_value(value);
}

static void copy_text(struct input_reader *reader, const json_t *value, char *text, size_t capacity)
{
    const char *given = text_of(reader, value, capacity - 1);
    if (given) {
        memcpy(text, given, strlen(given) + 1);
    }
}

static bool read_numbers(struct input_reader *reader, const json_t *list, double *numbers, size_t count)
{
    bool is_right = json_is_array(list) && json_array_size(list) == count;
    for (size_t i = 0; is_right && i < count; i++) {
        const json_t *value = json_array_get(list, i);
        numbers[i] = json_number_value(value);
        is_right = json_is_number(value) && fabs(numbers[i]) <= COORDINATE_MOST;
    }
    if (!is_right) {
        fail(reader, reader->name, "must be a list of %zu numbers of at most %g", count, COORDINATE_MOST);
    }
    return is_right;
}

/* ---- one field each ---- */

static void read_map(struct input_reader *reader, const json_t *value)
{
    const char *id = text_of(reader, value, 64);
    reader->map = id ? maps_find(reader->service->config->maps, id) : NULL;
    if (id && !reader->map) {
        fail(reader, "map", "there is no map '%s'", id);
    }
}

static void read_paper(struct input_reader *reader, const json_t *value)
{
    const char *name = text_of(reader, value, 16);
    if (name && !paper_parse(name, &reader->order->briefing.paper)) {
        fail(reader, "paper", "must be A5, A4, A3, A2, A1 or A0, not '%s'", name);
    }
}

static void read_template(struct input_reader *reader, const json_t *value)
{
    struct order_briefing *briefing = &reader->order->briefing;
    const char *id = text_of(reader, value, sizeof(briefing->template) - 1);
    struct fault fault;
    if (id) {
        snprintf(briefing->template, sizeof(briefing->template), "%s", id);
    }
    if (id && !briefing_template_find(reader->service->config, reader->order, &fault)) {
        fail(reader, "template", "%s", fault.message);
        briefing->template[0] = '\0';
    }
}

static void read_grip(struct input_reader *reader, const json_t *value)
{
    struct order_briefing *briefing = &reader->order->briefing;
    const char *text = text_of(reader, value, sizeof(briefing->grip) - 1);
    snprintf(briefing->grip, sizeof(briefing->grip), "%s", text ? text : "");
}

static void read_moment(struct input_reader *reader, const char *name, const json_t *value,
                        int64_t *moment_ms)
{
    struct fault ignored;
    const char *text = text_of(reader, value, 40);
    if (text && !moment_parse(text, moment_ms, &ignored)) {
        fail(reader, name, "must be a time such as 2026-10-08T12:45:00+02:00, not '%s'", text);
    }
}

static void read_valid_until(struct input_reader *reader, const json_t *value)
{
    read_moment(reader, "validUntil", value, &reader->order->briefing.valid_until_ms);
}

static void read_since(struct input_reader *reader, const json_t *value)
{
    struct fault fault;
    const char *text = text_of(reader, value, 120);
    if (text && !order_since_parse(text, &reader->order->briefing.since, &fault)) {
        fail(reader, "since", "%s", fault.message);
    }
}

static void read_next_update(struct input_reader *reader, const json_t *value)
{
    read_moment(reader, "nextUpdate", value, &reader->order->briefing.next_update_ms);
}

static void read_landscape(struct input_reader *reader, const json_t *value)
{
    if (!json_is_boolean(value)) {
        fail(reader, "landscape", "must be true or false");
    }
    reader->order->briefing.is_landscape = json_is_true(value);
}

static void read_crs(struct input_reader *reader, const json_t *value)
{
    struct order_briefing *briefing = &reader->order->briefing;
    copy_text(reader, value, briefing->crs_code, sizeof(briefing->crs_code));
}

static void read_center(struct input_reader *reader, const json_t *value)
{
    double centre[2];
    reader->has_centre = true;
    if (read_numbers(reader, value, centre, 2)) {
        reader->order->briefing.centre = (struct point){centre[0], centre[1]};
    }
}

static void read_scale(struct input_reader *reader, const json_t *value)
{
    double scale = json_number_value(value);
    if (!json_is_number(value) || !(scale >= SCALE_LEAST && scale <= SCALE_MOST)) {
        fail(reader, "scale", "must be a number from %.0f to %.0f", SCALE_LEAST, SCALE_MOST);
        scale = SCALE_MOST;
    }
    reader->order->briefing.scale_denominator = scale;
}

static bool ends_with(const char *text, const char *end)
{
    size_t length = strlen(text);
    size_t end_length = strlen(end);
    return length >= end_length && strcmp(text + length - end_length, end) == 0;
}

/** Only two are of use: degrees, which the standard takes when none is named, and that of the briefing. */
static void read_box_crs(struct input_reader *reader, const json_t *value)
{
    const char *crs = value ? text_of(reader, value, 100) : "CRS84";
    const json_t *own = json_object_get(reader->inputs, "crs");
    const char *code = json_is_string(own) ? json_string_value(own) : reader->order->briefing.crs_code;
    if (!crs) {
        return;
    }
    const char *number = strrchr(code, ':') ? strrchr(code, ':') + 1 : code;
    reader->order->briefing.is_box_in_degrees = ends_with(crs, "CRS84");
    if (!reader->order->briefing.is_box_in_degrees && (!*number || !ends_with(crs, number))) {
        fail(reader, "bbox", "its crs must be CRS84 or that of the briefing, %.40s, not '%s'", code, crs);
    }
}

/** [x, y, x, y] in the CRS of the briefing, or {"bbox":[…],"crs":…} as the standard has it. */
static void read_bbox(struct input_reader *reader, const json_t *value)
{
    double sides[4];
    struct order_briefing *briefing = &reader->order->briefing;
    reader->has_box = true;
    if (json_is_object(value)) {
        read_box_crs(reader, json_object_get(value, "crs"));
        value = json_object_get(value, "bbox");
    }
    if (!read_numbers(reader, value, sides, 4)) {
        return;
    }
    if (!(sides[0] < sides[2]) || !(sides[1] < sides[3])) {
        fail(reader, "bbox", "must be the least x and y, then the greatest, and have a width and a height");
    }
    briefing->has_box = true;
    briefing->box = (struct bbox){sides[0], sides[1], sides[2], sides[3]};
}

static void read_area(struct input_reader *reader, const json_t *value)
{
    reader->area = text_of(reader, value, 64);
}

static void read_as_of(struct input_reader *reader, const json_t *value)
{
    const char *text = text_of(reader, value, 63);
    if (text && !moment_parse(text, &reader->as_of_ms, NULL)) {
        fail(reader, "asOf", "must be a time such as 2026-09-15T10:30:00Z, not '%s'", text);
    }
}

static void read_revisions(struct input_reader *reader, const json_t *value)
{
    size_t count = json_array_size(value);
    bool is_right = json_is_array(value) && count > 0 && count <= MAP_VIEW_PLOT_MAX;
    for (size_t i = 0; is_right && i < count; i++) {
        json_int_t number = json_integer_value(json_array_get(value, i));
        is_right = number >= 1;
        reader->revisions[i] = (uint64_t)number;
    }
    reader->revision_count = is_right ? count : 0;
    if (!is_right) {
        fail(reader, "revisions", "must be a list of whole numbers from 1 up: one for each plot of the map");
    }
}

static void read_language(struct input_reader *reader, const json_t *value)
{
    struct language_pair languages = {.first = LANGUAGE_NL};
    const char *codes = text_of(reader, value, 16);
    if (codes && !language_pair_parse(codes, &languages)) {
        fail(reader, "language", "must be one or two of nl, en, fr and de, such as nl,en");
    }
    order_view_speak(&reader->order->view, languages);
}

static void read_palette(struct input_reader *reader, const json_t *value)
{
    const char *name = text_of(reader, value, 32);
    if (name && !palette_wish_read(name, &reader->order->view.palette, NULL)) {
        fail(reader, "palette", "must be default, print, mono, colour-blind or imagery, not '%s'", name);
    }
}

static void read_title(struct input_reader *reader, const json_t *value)
{
    copy_text(reader, value, reader->order->briefing.title, sizeof(reader->order->briefing.title));
}

static void read_format(struct input_reader *reader, const json_t *value)
{
    const char *name = text_of(reader, value, 16);
    if (name && !briefing_format_parse(name, &reader->order->briefing.format)) {
        fail(reader, "format", "must be pdf, svg or png, not '%s'", name);
    }
}

static void read_dpi(struct input_reader *reader, const json_t *value)
{
    json_int_t dpi = json_integer_value(value);
    if (!json_is_integer(value) || dpi < DPI_LEAST || dpi > DPI_MOST) {
        fail(reader, "dpi", "must be a whole number from %d to %d", DPI_LEAST, DPI_MOST);
        return;
    }
    reader->order->briefing.dpi = (int)dpi;
}

static void read_organisation(struct input_reader *reader, const json_t *value)
{
    struct order_briefing *briefing = &reader->order->briefing;
    copy_text(reader, value, briefing->organisation, sizeof(briefing->organisation));
}

/* ---- the table ---- */

struct input {
    const char *name;
    const char *title;
    const char *schema; /* without its braces; NULL: made of the configuration */
    void (*read)(struct input_reader *reader, const json_t *value);
    bool is_required;
};

#define TEXT_SCHEMA(most) "\"type\":\"string\",\"maxLength\":" #most

static const struct input inputs_table[] = {
    {"map", "The map of which it is made", NULL, read_map, true},
    {"template", "What it looks like: one of /templates; what is not given here is the template's",
     TEXT_SCHEMA(64), read_template, false},
    {"grip", "Level of coordination, such as GRIP 2", TEXT_SCHEMA(59), read_grip, false},
    {"since", "Mark and list what changed since a time, a revision (12; 12,7), or 'previous' briefing",
     TEXT_SCHEMA(120), read_since, false},
    {"validUntil", "Until when it may be used", "\"type\":\"string\",\"format\":\"date-time\"",
     read_valid_until, false},
    {"nextUpdate", "When the next one comes", "\"type\":\"string\",\"format\":\"date-time\"",
     read_next_update, false},
    {"paper", "Size of the paper",
     "\"type\":\"string\",\"enum\":[\"A5\",\"A4\",\"A3\",\"A2\",\"A1\",\"A0\"],\"default\":\"A4\"",
     read_paper, false},
    {"landscape", "The long side lies", "\"type\":\"boolean\",\"default\":false", read_landscape, false},
    {"crs", "Projected CRS of the page", TEXT_SCHEMA(31) ",\"default\":\"EPSG:28992\"", read_crs, false},
    {"center", "Middle of the frame in crs, x east, y north; with scale",
     "\"type\":\"array\",\"items\":{\"type\":\"number\"},\"minItems\":2,\"maxItems\":2", read_center, false},
    {"scale",
     "1 to this, true on paper; with bbox or area only when it is to be another than the one that fits",
     "\"type\":\"number\",\"minimum\":100,\"maximum\":10000000", read_scale, false},
    {"bbox",
     "What the frame shows all of, in place of center: a list in crs, or an object whose crs is CRS84 when "
     "it names none",
     "\"oneOf\":[{\"type\":\"array\",\"items\":{\"type\":\"number\"},\"minItems\":4,\"maxItems\":4},"
     "{\"type\":\"object\",\"required\":[\"bbox\"],\"properties\":{\"bbox\":{\"type\":\"array\",\"items\":"
     "{\"type\":\"number\"},\"minItems\":4,\"maxItems\":4},\"crs\":{\"type\":\"string\"}}}]",
     read_bbox, false},
    {"area", "A named area of the map, in place of center; without any of these the whole map",
     TEXT_SCHEMA(64), read_area, false},
    {"asOf", "The situation as of this time; now when it is not given",
     "\"type\":\"string\",\"format\":\"date-time\"", read_as_of, false},
    {"revisions", "What was known: the revision of each plot of the map; the latest when not given",
     "\"type\":\"array\",\"items\":{\"type\":\"integer\",\"minimum\":1}", read_revisions, false},
    {"language", "One or two of nl, en, fr and de, such as nl,en", TEXT_SCHEMA(16) ",\"default\":\"nl\"",
     read_language, false},
    {"palette", "Colours of the symbols; those of the map when not given",
     "\"type\":\"string\",\"enum\":[\"default\",\"print\",\"mono\",\"colour-blind\",\"imagery\"]",
     read_palette, false},
    {"title", "In place of the map's own", TEXT_SCHEMA(199), read_title, false},
    {"format", "Of the document",
     "\"type\":\"string\",\"enum\":[\"pdf\",\"svg\",\"png\"],\"default\":\"pdf\"", read_format, false},
    {"dpi", "Dots to the inch of what is not drawn as lines",
     "\"type\":\"integer\",\"minimum\":72,\"maximum\":600,\"default\":150", read_dpi, false},
    {"organisation", "Who asks: whose turn it is goes by this too", TEXT_SCHEMA(99), read_organisation,
     false},
};

#define INPUT_COUNT (sizeof(inputs_table) / sizeof(inputs_table[0]))

static bool is_known(const char *name)
{
    for (size_t i = 0; i < INPUT_COUNT; i++) {
        if (strcmp(inputs_table[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static void check_names(struct input_reader *reader)
{
    const char *names[INPUT_COUNT + 1] = {NULL};
    const char *name;
    json_t *value;
    for (size_t i = 0; i < INPUT_COUNT; i++) {
        names[i] = inputs_table[i].name;
    }
    json_object_foreach((json_t *)(uintptr_t)reader->inputs, name, value)
    {
        if (!is_known(name)) {
            const char *nearest = word_nearest(name, names);
            fail(reader, name, nearest ? "is not known; did you mean '%s'?" : "is not known", nearest);
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

static void read_all(struct input_reader *reader)
{
    check_names(reader);
    for (size_t i = 0; i < INPUT_COUNT; i++) {
        const json_t *value = value_of(reader->inputs, inputs_table[i].name);
        reader->name = inputs_table[i].name;
        if (value) {
            inputs_table[i].read(reader, value);
        } else if (inputs_table[i].is_required) {
            fail(reader, reader->name, "is missing");
        }
    }
}

/* ---- what they say together ---- */

static void check_frame(struct input_reader *reader)
{
    struct order *order = reader->order;
    struct fault fault;
    if (reader->has_centre + reader->has_box + (reader->area != NULL) > 1) {
        fail(reader, "center", "only one of center, bbox and area may be given");
        return;
    }
    if (reader->has_centre) {
        if (order->briefing.scale_denominator == 0) {
            fail(reader, "scale", "is missing: center needs it");
        }
        return;
    }
    const struct map_area *area = NULL;
    if (reader->has_box || !reader->map) {
        return;
    }
    if (reader->area && !(area = briefing_order_find_area(reader->map, reader->area, &fault))) {
        fail(reader, "area", "%s", fault.message);
        return;
    }
    briefing_order_show(order, reader->map, area);
}

static void put_revisions(struct input_reader *reader, struct order_view *view)
{
    if (reader->revision_count > 0 && reader->revision_count != view->plot_count) {
        fail(reader, "revisions", "must be %zu: one for each plot of map '%s'", view->plot_count,
             reader->map->id);
        return;
    }
    for (size_t i = 0; i < reader->revision_count; i++) {
        if (reader->revisions[i] > view->revisions[i]) {
            fail(reader, "revisions", "revision %zu of %zu is beyond the latest", i + 1, view->plot_count);
        }
        view->revisions[i] = reader->revisions[i];
    }
}

/** Languages and palette survive, as they are no part of what the keeper fills in. */
static void settle_view(struct input_reader *reader)
{
    struct service *service = reader->service;
    struct order_view *view = &reader->order->view;
    const struct order_view asked = *view;
    struct fault fault;
    if (!plot_keeper_view(service->plots, maps_index(service->config->maps, reader->map), reader->as_of_ms,
                          view, &fault)) {
        fail(reader, "map", "%s", fault.message);
        return;
    }
    view->language = asked.language;
    view->has_second_language = asked.has_second_language;
    view->second_language = asked.second_language;
    view->palette = asked.palette;
    if (reader->revision_count > 0) {
        view->as_of_ms = reader->as_of_ms == MOMENT_NONE ? moment_now_ms() : reader->as_of_ms;
    }
    put_revisions(reader, view);
}

/** What is not given is the template's. */
static void take_template(struct input_reader *reader)
{
    const json_t *inputs = reader->inputs;
    struct briefing_given given = {.paper = json_object_get(inputs, "paper") != NULL,
                                   .orientation = json_object_get(inputs, "landscape") != NULL,
                                   .crs = json_object_get(inputs, "crs") != NULL,
                                   .scale = json_object_get(inputs, "scale") != NULL,
                                   .language = json_object_get(inputs, "language") != NULL};
    struct fault fault;
    briefing_template_fill(reader->service->config, reader->order, given, &fault);
}

bool briefing_inputs_read(struct service *service, const json_t *inputs, const char *prefix,
                          struct order *order, struct problems *problems)
{
    struct input_reader reader = {.service = service,
                                  .inputs = inputs,
                                  .prefix = prefix,
                                  .order = order,
                                  .problems = problems,
                                  .as_of_ms = MOMENT_NONE};
    size_t errors_before = problems->error_count;
    snprintf(order->briefing.crs_code, sizeof(order->briefing.crs_code), "EPSG:28992");
    order->briefing.paper = PAPER_A4;
    read_all(&reader);
    take_template(&reader);
    if (reader.map) {
        settle_view(&reader);
    }
    check_frame(&reader);
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

static void append_input(const struct service *service, const struct input *input, struct buffer *json)
{
    buffer_appendf(json, "\"%s\":{\"title\":", input->name);
    buffer_append_json(json, input->title);
    buffer_appendf(json, ",\"minOccurs\":%d,\"maxOccurs\":1,\"schema\":{", input->is_required);
    if (input->schema) {
        buffer_append_text(json, input->schema);
    } else {
        append_maps(service, json);
    }
    buffer_append_text(json, "}}");
}

void briefing_inputs_append(const struct service *service, struct buffer *json)
{
    buffer_append_text(json, "{");
    for (size_t i = 0; i < INPUT_COUNT; i++) {
        buffer_append_text(json, i ? ",\n" : "\n");
        append_input(service, &inputs_table[i], json);
    }
    buffer_append_text(json, "\n}");
}
