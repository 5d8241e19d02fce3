/*
 * geojson_read_feature.c - one GeoJSON feature becomes a feature of a plot, or all its mistakes are named.
 */
#include <inttypes.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/geojson_read.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/shape.h"
#include "symbology/plain_text.h"
#include "symbology/symbol.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_pin.h"
#include "symbology/symbol_set.h"

enum { ID_MOST_BYTES = 64, TEXT_MOST_BYTES = 500, FIELD_MOST_BYTES = 128 };

static const char *const known_members[] = {"type", "id", "geometry", "properties", "bbox", NULL};

/* revision and recorded are written for readers; a feature that comes in gets them from its commit. */
static const char *const known_properties[] = {"symbol",  "texts",    "owner",    "source",   "validFrom",
                                               "validTo", "template", "revision", "recorded", NULL};

static bool is_known(const char *name, const char *const known[])
{
    for (; *known; known++) {
        if (strcmp(name, *known) == 0) {
            return true;
        }
    }
    return false;
}

void geojson_warn_unknown(struct geojson_reading *reading, const json_t *object, const char *prefix,
                          const char *const known[])
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)object, name, value)
    {
        if (!is_known(name, known)) {
            char field[FIELD_MOST_BYTES];
            snprintf(field, sizeof field, "%s%s", prefix, name);
            geojson_warn_once(reading, field, "is unknown and not kept");
        }
    }
}

/* A text that people read: on one line and not too long. */
static bool text_is_good(struct geojson_reading *reading, const char *field, const char *text)
{
    if (strlen(text) > TEXT_MOST_BYTES) {
        geojson_error(reading, field, "is longer than %d bytes", TEXT_MOST_BYTES);
        return false;
    }
    const char *refusal = plain_text_refusal(text, strlen(text));
    if (refusal) {
        geojson_error(reading, field, "%s", refusal);
        return false;
    }
    return true;
}

/* "" when absent, null or bad. Owned by the caller. */
static char *read_text(struct geojson_reading *reading, const json_t *properties, const char *key)
{
    const json_t *value = json_object_get(properties, key);
    char field[FIELD_MOST_BYTES];
    snprintf(field, sizeof field, "properties.%s", key);
    if (value && !json_is_null(value) && !json_is_string(value)) {
        geojson_error(reading, field, "is not a text");
        return memory_copy_text("");
    }
    const char *text = json_is_string(value) ? json_string_value(value) : "";
    return memory_copy_text(text_is_good(reading, field, text) ? text : "");
}

static int64_t read_moment(struct geojson_reading *reading, const json_t *properties, const char *key,
                           int64_t absent)
{
    const json_t *value = json_object_get(properties, key);
    if (!value || json_is_null(value)) {
        return absent;
    }
    char field[FIELD_MOST_BYTES];
    snprintf(field, sizeof field, "properties.%s", key);
    struct fault fault;
    int64_t moment_ms = absent;
    if (!json_is_string(value)) {
        geojson_error(reading, field, "is not a time such as \"2026-09-15T10:30:00Z\"");
    } else if (!moment_parse(json_string_value(value), &moment_ms, &fault)) {
        geojson_error(reading, field, "%s", fault.message);
    }
    return moment_ms;
}

static void read_validity(struct geojson_reading *reading, const json_t *properties, struct feature *feature)
{
    feature->valid_from_ms = read_moment(reading, properties, "validFrom", MOMENT_NONE);
    feature->valid_to_ms = read_moment(reading, properties, "validTo", MOMENT_FOREVER);
    if (feature->valid_from_ms >= feature->valid_to_ms) {
        geojson_error(reading, "properties.validTo", "is not after validFrom");
    }
}

static void set_text(struct geojson_reading *reading, struct symbol_code *code, enum text_slot slot,
                     const json_t *value)
{
    char field[FIELD_MOST_BYTES];
    snprintf(field, sizeof field, "properties.texts.%s", text_slot_key(slot));
    char number[24];
    const char *text = json_string_value(value);
    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        text = number;
    }
    if (!text) {
        geojson_error(reading, field, "is not a text");
        return;
    }
    if (text_is_good(reading, field, text)) {
        free(code->texts[slot]);
        code->texts[slot] = *text ? memory_copy_text(text) : NULL;
    }
}

/* What the slots accept is known to the parser of codes, so it is asked. */
static void check_texts(struct geojson_reading *reading, const struct symbol_code *code)
{
    struct symbol_code again;
    struct fault fault;
    char *text = symbol_code_format(code, true);
    if (symbol_code_parse(text, &again, &fault)) {
        symbol_code_finish(&again);
    } else {
        geojson_error(reading, "properties.texts", "%s", fault.message);
    }
    free(text);
}

static void read_texts(struct geojson_reading *reading, const json_t *properties, struct symbol_code *code)
{
    const json_t *texts = json_object_get(properties, "texts");
    if (!texts || json_is_null(texts)) {
        return;
    }
    if (!json_is_object(texts)) {
        geojson_error(reading, "properties.texts", "is not an object");
        return;
    }
    const char *keys[SLOT_COUNT + 1] = {NULL};
    for (enum text_slot slot = 0; slot < SLOT_COUNT; slot++) {
        keys[slot] = text_slot_key(slot);
        const json_t *value = json_object_get(texts, keys[slot]);
        if (value && !json_is_null(value)) {
            set_text(reading, code, slot, value);
        }
    }
    geojson_warn_unknown(reading, texts, "properties.texts.", keys);
    if (code->version > 0) {
        check_texts(reading, code);
    }
}

/* The entry of the set, NULL when the code is wrong or unknown. */
static const struct symbol_entry *read_symbol(struct geojson_reading *reading, const json_t *properties,
                                              struct symbol_code *code)
{
    const struct symbol_scope *symbols = reading->symbols;
    const char *text = json_string_value(json_object_get(properties, "symbol"));
    if (!text) {
        geojson_error(reading, "properties.symbol", "is missing or not a text");
        return NULL;
    }
    struct fault fault;
    if (!symbol_scope_parse(symbols, text, code, &fault) ||
        !symbol_scope_check(symbols, reading->feature_label, code, &fault)) {
        geojson_error(reading, "properties.symbol", "%s", fault.message);
        return NULL;
    }
    const struct symbol_entry *entry = symbol_library_resolve(symbols->library, code, &fault);
    if (!entry) {
        geojson_error(reading, "properties.symbol", "%s", fault.message);
    }
    return entry;
}

/* Replaces the source by the shape that the template makes of it. */
static void expand_template(struct geojson_reading *reading, struct feature *feature)
{
    struct fault fault;
    const struct area_template *area_template = feature->area_template;
    bool is_corridor = area_template->kind == TEMPLATE_CORRIDOR;
    reading->corridor_points += is_corridor ? area_template->point_count : 0;
    if (reading->corridor_points > reading->limits.most_corridor_points) {
        geojson_error(reading, "properties.template", "the corridors have more than %zu points in all",
                      reading->limits.most_corridor_points);
        return;
    }
    if (!area_template_check(area_template, &fault)) {
        geojson_error(reading, "properties.template", "%s", fault.message);
        return;
    }
    shape_free(feature->shape);
    feature->shape = area_template_expand(area_template, &fault);
    if (!feature->shape || !shape_check(feature->shape, reading->limits.most_points, &fault)) {
        geojson_error(reading, "properties.template", "%s", fault.message);
    }
}

static void check_geometry(struct geojson_reading *reading, const struct symbol_entry *entry,
                           enum shape_kind kind)
{
    static const char *const geometry_words[] = {"a point", "a line", "an area"};
    static const char *const shape_words[] = {"points", "lines", "polygons"};
    static const enum shape_kind kinds[] = {SHAPE_POINT, SHAPE_LINE, SHAPE_POLYGON};
    if (kinds[entry->geometry] != kind) {
        geojson_error(reading, "geometry", "symbol '%s' is %s and cannot be drawn at %s", entry->id,
                      geometry_words[entry->geometry], shape_words[kind]);
    }
}

static void read_place(struct geojson_reading *reading, const json_t *json, const json_t *properties,
                       const struct symbol_entry *entry, struct feature *feature)
{
    feature->shape = geojson_read_shape(reading, json_object_get(json, "geometry"));
    const json_t *area_template = json_object_get(properties, "template");
    size_t errors_before = reading->error_count;
    if (area_template && !json_is_null(area_template)) {
        feature->area_template = memory_new(1, sizeof *feature->area_template);
        geojson_read_template(reading, area_template, feature->shape, feature->area_template);
        if (feature->shape && reading->error_count == errors_before) {
            expand_template(reading, feature);
        }
    }
    if (feature->shape && entry && reading->error_count == errors_before) {
        check_geometry(reading, entry, feature->shape->kind);
    }
}

/* What is not drawn as it was asked for, and what should not be asked for any more. */
static void warn_of_symbol(struct geojson_reading *reading, const struct symbol_entry *entry,
                           const struct symbol_code *code)
{
    struct fault fault;
    if (!symbol_accepts(entry, code, &fault)) {
        geojson_warning(reading, "properties.symbol", "%s", fault.message);
    }
    if (entry->is_deprecated && entry->replaced_by) {
        geojson_warning(reading, "properties.symbol", "'%s' is deprecated: use '%s'", entry->id,
                        entry->replaced_by);
    } else if (entry->is_deprecated) {
        geojson_warning(reading, "properties.symbol", "'%s' is deprecated and has no replacement", entry->id);
    }
}

/* Told of all at once, when they are counted. */
static void note_owner(struct geojson_reading *reading, const struct feature *feature)
{
    if (*feature->owner != '\0') {
        return;
    }
    if (reading->ownerless_count++ == 0) {
        reading->ownerless_first = reading->feature_number;
        reading->ownerless_line = reading->line;
    }
}

static void read_properties(struct geojson_reading *reading, const json_t *json, struct feature *feature)
{
    const json_t *properties = json_object_get(json, "properties");
    if (!json_is_object(properties)) {
        geojson_error(reading, "properties", "is missing or not an object");
        return;
    }
    geojson_warn_unknown(reading, properties, "properties.", known_properties);
    const struct symbol_entry *entry = read_symbol(reading, properties, &feature->code);
    read_texts(reading, properties, &feature->code);
    feature->owner = read_text(reading, properties, "owner");
    feature->source = read_text(reading, properties, "source");
    read_validity(reading, properties, feature);
    read_place(reading, json, properties, entry, feature);
    if (entry) {
        warn_of_symbol(reading, entry, &feature->code);
    }
    note_owner(reading, feature);
}

static bool id_is_good(const char *id)
{
    size_t length = strspn(id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-");
    return length > 0 && length <= ID_MOST_BYTES && id[length] == '\0';
}

/* NULL when there is none or it is bad. Owned by the caller. */
static char *read_id(struct geojson_reading *reading, const json_t *json)
{
    const json_t *value = json_object_get(json, "id");
    char number[24];
    const char *id = json_string_value(value);
    if (!value || json_is_null(value)) {
        return NULL;
    }
    if (json_is_integer(value)) {
        snprintf(number, sizeof number, "%" JSON_INTEGER_FORMAT, json_integer_value(value));
        id = number;
    }
    if (!id || !id_is_good(id)) {
        geojson_error(reading, "id", "is not a number or a text of 1 to %d letters, digits, '.', '_' and '-'",
                      ID_MOST_BYTES);
        return NULL;
    }
    return memory_copy_text(id);
}

struct feature *geojson_read_feature(struct geojson_reading *reading, const struct json_t *json)
{
    const char *type = json_string_value(json_object_get(json, "type"));
    size_t errors_before = reading->error_count;
    if (!type || strcmp(type, "Feature") != 0) {
        geojson_error(reading, "type", "is not \"Feature\"");
        return NULL;
    }
    struct feature *feature = feature_new();
    feature->id = read_id(reading, json);
    reading->feature_label = feature->id ? feature->id : "";
    geojson_warn_unknown(reading, json, "", known_members);
    read_properties(reading, json, feature);
    reading->feature_label = "";
    if (reading->error_count > errors_before) {
        feature_unref(feature);
        return NULL;
    }
    return feature;
}
