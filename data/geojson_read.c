/*
 * geojson_read.c - a document becomes a list of features.
 *
 * The document is scanned first (geojson_scan.h); then the frame and each feature are parsed one by one, so
 * memory is that of the text and one feature.
 */
#include "data/geojson_read.h"

#include <inttypes.h>
#include <jansson.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/geojson_scan.h"
#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"

enum {
    WARNED_MOST = 100,    /* distinct fields that are warned about */
    VALUES_PER_POINT = 4, /* brackets and commas of [x, y, z] */
    VALUES_BESIDE = 4096, /* of a feature beside its coordinates */
    FEATURE_MOST_BYTES = 64 << 20
};

struct geojson_limits geojson_limits_default(void)
{
    return (struct geojson_limits){.most_bytes = 64 << 20,
                                   .most_features = 1000000,
                                   .most_points = 100000,
                                   .most_corridor_points = 2000};
}

void feature_list_finish(struct feature_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        feature_unref(list->items[i]);
    }
    free(list->items);
    *list = (struct feature_list){0};
}

/* "feature 12 ('id'): geometry" */
static void write_place(const struct geojson_reading *reading, const char *field, char *place,
                        size_t capacity)
{
    if (reading->feature_number == 0) {
        snprintf(place, capacity, "%s", field);
        return;
    }
    bool has_label = *reading->feature_label != '\0';
    snprintf(place, capacity, "feature %zu%s%s%s%s%s", reading->feature_number, has_label ? " ('" : "",
             reading->feature_label, has_label ? "')" : "", *field ? ": " : "", field);
}

static void add_problem(struct geojson_reading *reading, enum problem_level level, const char *field,
                        const char *format, va_list arguments)
{
    char sentence[640];
    vsnprintf(sentence, sizeof sentence, format, arguments);
    char place[256];
    write_place(reading, field, place, sizeof place);
    problems_add(reading->problems, level, reading->name, reading->line, place, "%s", sentence);
}

void geojson_error(struct geojson_reading *reading, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_problem(reading, PROBLEM_ERROR, field, format, arguments);
    va_end(arguments);
    reading->error_count++;
}

void geojson_warning(struct geojson_reading *reading, const char *field, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_problem(reading, PROBLEM_WARNING, field, format, arguments);
    va_end(arguments);
}

void geojson_warn_once(struct geojson_reading *reading, const char *field, const char *sentence)
{
    if (table_find(reading->warned, field) || table_count(reading->warned) >= WARNED_MOST) {
        return;
    }
    table_put(reading->warned, field, reading);
    geojson_warning(reading, field, "%s", sentence);
}

/* NULL after naming where the text is no JSON. Lines count from first_line. */
static json_t *parse(struct geojson_reading *reading, const char *bytes, size_t length, int first_line)
{
    json_error_t error;
    json_t *json = json_loadb(bytes, length, JSON_REJECT_DUPLICATES, &error);
    if (!json) {
        int line = reading->line;
        reading->line = first_line + (error.line > 0 ? error.line - 1 : 0);
        bool has_nul = json_error_code(&error) == json_error_null_character;
        geojson_error(reading, "", "is not JSON: %s", has_nul ? "a text may not hold U+0000" : error.text);
        reading->line = line;
    }
    return json;
}

/* The ids of a document, so that none comes twice. */
struct ids {
    struct table *seen;  /* the number of the feature of each id */
    struct table *twins; /* of each id that was made: the last number behind it, or 1 */
};

/* An id made from the content: the same feature gets the same id whenever it is read. */
static char *make_id(struct feature *feature, struct ids *ids)
{
    struct buffer text;
    buffer_init(&text, FEATURE_MOST_BYTES);
    feature->id = memory_copy_text("");
    geojson_write_feature(feature, &text);
    uint64_t value = hash_bytes(HASH_START, text.bytes, text.length);
    buffer_finish(&text);
    free(feature->id);
    char first[24];
    char id[48];
    snprintf(first, sizeof first, "f%016" PRIx64, value);
    snprintf(id, sizeof id, "%s", first);
    uintptr_t last = (uintptr_t)table_find(ids->twins, first);
    uintptr_t twin = last > 0 ? last : 1;
    while (table_find(ids->seen, id)) {
        snprintf(id, sizeof id, "%s-%zu", first, (size_t)++twin);
    }
    table_put(ids->twins, first, (void *)twin);
    return memory_copy_text(id);
}

/* Takes over the feature. */
static void append(struct geojson_reading *reading, struct feature *feature, struct ids *ids,
                   struct feature_list *list)
{
    if (!feature->id) {
        feature->id = make_id(feature, ids);
    }
    uintptr_t earlier = (uintptr_t)table_find(ids->seen, feature->id);
    if (earlier > 0) {
        reading->feature_label = feature->id;
        geojson_error(reading, "id", "is that of feature %zu, too", (size_t)earlier);
        reading->feature_label = "";
        feature_unref(feature);
        return;
    }
    table_put(ids->seen, feature->id, (void *)(uintptr_t)reading->feature_number);
    list->items[list->count++] = feature;
}

static void read_features(struct geojson_reading *reading, const struct geojson_scan *scan, struct ids *ids,
                          struct feature_list *list)
{
    list->items = memory_new(scan->feature_count, sizeof(*list->items));
    for (size_t i = 0; i < scan->feature_count; i++) {
        const struct geojson_slice *slice = &scan->features[i];
        reading->feature_number = i + 1;
        reading->line = slice->line;
        json_t *json = parse(reading, slice->bytes, slice->length, slice->line);
        struct feature *feature = json ? geojson_read_feature(reading, json) : NULL;
        json_decref(json);
        if (feature) {
            append(reading, feature, ids, list);
        }
    }
    reading->feature_number = 0;
}

/* The frame of a single feature is the feature. */
static void read_single(struct geojson_reading *reading, const json_t *root, struct ids *ids,
                        struct feature_list *list)
{
    reading->feature_number = 1;
    struct feature *feature = geojson_read_feature(reading, root);
    if (feature) {
        list->items = memory_new(1, sizeof(*list->items));
        append(reading, feature, ids, list);
    }
    reading->feature_number = 0;
}

/* GeoJSON of 2008 could name a CRS. Only those that mean longitude and latitude are let through. */
static void check_crs(struct geojson_reading *reading, const json_t *root)
{
    const json_t *crs = json_object_get(root, "crs");
    if (!crs || json_is_null(crs)) {
        return;
    }
    static const char *const good_ends[] = {":CRS84", ":4326", ":4258"};
    const char *name = json_string_value(json_object_get(json_object_get(crs, "properties"), "name"));
    size_t length = name ? strlen(name) : 0;
    for (size_t i = 0; i < sizeof good_ends / sizeof good_ends[0]; i++) {
        size_t end_length = strlen(good_ends[i]);
        if (length >= end_length && strcmp(name + length - end_length, good_ends[i]) == 0) {
            return;
        }
    }
    geojson_error(reading, "crs", "'%.60s' is not read: coordinates must be longitude and latitude",
                  name ? name : "?");
}

static void read_root(struct geojson_reading *reading, const json_t *root, const struct geojson_scan *scan,
                      struct feature_list *list)
{
    const char *type = json_string_value(json_object_get(root, "type"));
    struct ids ids = {.seen = table_new(NULL), .twins = table_new(NULL)};
    check_crs(reading, root);
    if (type && strcmp(type, "Feature") == 0) {
        read_single(reading, root, &ids, list);
    } else if (!type || strcmp(type, "FeatureCollection") != 0) {
        geojson_error(reading, "type", "is not \"FeatureCollection\" or \"Feature\"");
    } else if (!scan->has_features) {
        geojson_error(reading, "features", "is missing or not a list");
    } else {
        read_features(reading, scan, &ids, list);
    }
    table_free(ids.seen);
    table_free(ids.twins);
}

static void read_document(struct geojson_reading *reading, const char *json, size_t length,
                          struct feature_list *list)
{
    if (length > reading->limits.most_bytes) {
        geojson_error(reading, "", "is larger than %zu bytes", reading->limits.most_bytes);
        return;
    }
    struct geojson_scan scan;
    struct geojson_scan_limits limits = {
        .most_features = reading->limits.most_features,
        .most_values = VALUES_PER_POINT * reading->limits.most_points + VALUES_BESIDE,
    };
    struct fault fault;
    bool is_scanned = geojson_scan_read(&scan, json, length, limits, &fault);
    if (!is_scanned) {
        reading->line = scan.line;
        geojson_error(reading, "", "%s", fault.message);
    }
    json_t *root = is_scanned ? parse(reading, scan.frame.bytes, scan.frame.length, 1) : NULL;
    if (root) {
        read_root(reading, root, &scan, list);
    }
    json_decref(root);
    geojson_scan_finish(&scan);
}

static void warn_of_owners(struct geojson_reading *reading)
{
    if (reading->ownerless_count == 0) {
        return;
    }
    reading->feature_number = reading->ownerless_first;
    reading->line = reading->ownerless_line;
    if (reading->ownerless_count == 1) {
        geojson_warning(reading, "properties.owner", "is missing: nobody answers for this feature");
    } else {
        geojson_warning(reading, "properties.owner", "is missing, and in %zu more: nobody answers for them",
                        reading->ownerless_count - 1);
    }
    problems_sort(reading->problems);
}

bool geojson_read(const char *name, const char *json, size_t length, struct geojson_limits limits,
                  const struct symbol_scope *symbols, struct feature_list *list, struct problems *problems)
{
    struct geojson_reading reading = {
        .name = name,
        .limits = limits,
        .symbols = symbols,
        .problems = problems,
        .feature_label = "",
        .warned = table_new(NULL),
    };
    *list = (struct feature_list){0};
    read_document(&reading, json, length, list);
    warn_of_owners(&reading);
    table_free(reading.warned);
    if (reading.error_count > 0) {
        feature_list_finish(list);
        return false;
    }
    return true;
}
