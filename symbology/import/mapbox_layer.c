/*
 * mapbox_layer.c - first the ranges of zoom, then in each the values of all properties, then a rule for each
 * class of features. Ranges in which all values are the same become one.
 */
#include "symbology/import/mapbox_layer.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "symbology/import/mapbox_expression.h"
#include "symbology/import/mapbox_look.h"
#include "symbology/import/mapbox_value.h"
#include "symbology/import/mapbox_zoom.h"
#include "symbology/import/style_draft.h"
#include "symbology/import/style_filter.h"

#define MOST_BUDGET 200000 /* expressions of one layer that are looked at */
#define MOST_PATH 200
#define MOST_RULES 3000 /* of a draft layer */

/* What a layer says at one zoom. */
struct picture {
    struct filter *filter; /* owned */
    struct mapbox_value values[MAPBOX_MOST_PROPERTIES];
};

struct layer_reading {
    const struct mapbox_layer *layer;
    const struct mapbox_kind *kind;
    struct draft_layer *draft;
    int budget;
};

static const json_t *property_of(const struct mapbox_layer *layer, const struct mapbox_property *property)
{
    const json_t *group =
        property->is_layout ? json_object_get(layer->shape, "layout") : json_object_get(layer->json, "paint");
    return json_object_get(group, property->name);
}

static struct style_origin origin_of(const struct mapbox_layer *layer)
{
    return (struct style_origin){0, layer->path};
}

static void evaluate_property(struct layer_reading *reading, const struct mapbox_property *property,
                              struct mapbox_scope scope, struct mapbox_value *value)
{
    char path[MOST_PATH];
    struct fault reason;
    const json_t *json = property_of(reading->layer, property);
    if (!json) {
        mapbox_value_add(value, NULL, json_null());
        return;
    }
    snprintf(path, sizeof path, "%s.%s.%s", reading->layer->path, property->is_layout ? "layout" : "paint",
             property->name);
    scope.origin.path = path;
    scope.is_label = property->is_label;
    scope.has_tokens = property->is_label && !json_is_array(json);
    if (!mapbox_evaluate(&scope, json, value, &reason)) {
        style_lose(scope.losses, scope.origin, "%s; its default instead", reason.message);
        mapbox_value_finish(value);
        mapbox_value_add(value, NULL, json_null());
    }
}

static void evaluate(struct layer_reading *reading, double zoom, struct picture *picture)
{
    char path[MOST_PATH];
    const json_t *filter = json_object_get(reading->layer->shape, "filter");
    struct mapbox_scope scope = {.zoom = zoom,
                                 .geometry = reading->kind->geometry,
                                 .budget = &reading->budget,
                                 .losses = reading->layer->losses};
    snprintf(path, sizeof path, "%s.filter", reading->layer->path);
    scope.origin.path = path;
    picture->filter = filter && !json_is_null(filter) ? mapbox_filter_read(&scope, filter) : NULL;
    for (size_t i = 0; reading->kind->properties[i].name; i++) {
        evaluate_property(reading, &reading->kind->properties[i], scope, &picture->values[i]);
    }
}

static void finish_picture(struct picture *picture)
{
    filter_free(picture->filter);
    for (size_t i = 0; i < MAPBOX_MOST_PROPERTIES; i++) {
        mapbox_value_finish(&picture->values[i]);
    }
}

static bool are_pictures_equal(const struct picture *a, const struct picture *b)
{
    bool is_equal = filter_equals(a->filter, b->filter);
    for (size_t i = 0; is_equal && i < MAPBOX_MOST_PROPERTIES; i++) {
        is_equal = mapbox_values_are_equal(&a->values[i], &b->values[i]);
    }
    return is_equal;
}

/* All values as one list: what mapbox_value_combine() makes of one class of features. */
static json_t *list_values(json_t *const *values, size_t count, void *unused)
{
    (void)unused;
    json_t *list = json_array();
    for (size_t i = 0; i < count; i++) {
        json_array_append(list, values[i]);
    }
    return list;
}

static void add_rule(struct layer_reading *reading, struct mapbox_slice slice, const struct picture *picture,
                     const struct mapbox_piece *piece)
{
    json_t *values[MAPBOX_MOST_PROPERTIES] = {NULL};
    if (reading->draft->rule_count >= MOST_RULES) {
        style_lose(reading->layer->losses, origin_of(reading->layer), "there are too many rules; left out");
        return;
    }
    for (size_t i = 0; i < json_array_size(piece->json); i++) {
        values[i] = json_array_get(piece->json, i);
    }
    struct draft_rule *rule = draft_layer_add_rule(reading->draft);
    rule->path = memory_copy_text(reading->layer->path);
    rule->group = reading->layer->number;
    rule->min_denominator = mapbox_denominator_of(slice.to);
    rule->max_denominator = mapbox_denominator_of(slice.from);
    rule->filter = filter_new(FILTER_ALL);
    if (picture->filter) {
        filter_add(rule->filter, filter_copy(picture->filter));
    }
    if (piece->filter) {
        filter_add(rule->filter, filter_copy(piece->filter));
    }
    struct mapbox_look look = {values, reading->layer->losses, origin_of(reading->layer)};
    reading->kind->build(&look, rule);
}

/* A property with classes too many beside those of the others has the value of its last class. */
static void drop_classes(struct layer_reading *reading, struct picture *picture, size_t count)
{
    size_t most = 0;
    for (size_t i = 0; i < count; i++) {
        most = picture->values[i].count > picture->values[most].count ? i : most;
    }
    struct mapbox_value *value = &picture->values[most];
    json_t *last = json_incref(value->pieces[value->count - 1].json);
    style_lose(reading->layer->losses, origin_of(reading->layer),
               "has too many classes together: %s has the value of its last class for all",
               reading->kind->properties[most].name);
    mapbox_value_finish(value);
    mapbox_value_add(value, NULL, last);
}

static bool is_list(const struct mapbox_piece *piece)
{
    return piece->filter && piece->filter->kind == FILTER_TEST && piece->filter->test == FILTER_IN;
}

/* Classes with the same values, each with texts of the same attribute, are one class with all their texts. */
static void join_equal_classes(struct mapbox_value *classes)
{
    size_t kept = 0;
    for (size_t i = 0; i < classes->count; i++) {
        struct mapbox_piece *piece = &classes->pieces[i];
        size_t same = 0;
        while (same < kept &&
               !(is_list(piece) && is_list(&classes->pieces[same]) &&
                 strcmp(piece->filter->attribute, classes->pieces[same].filter->attribute) == 0 &&
                 json_equal(piece->json, classes->pieces[same].json))) {
            same++;
        }
        if (same == kept) {
            classes->pieces[kept++] = *piece;
            continue;
        }
        for (size_t t = 0; t < piece->filter->text_count; t++) {
            filter_add_text(classes->pieces[same].filter, piece->filter->texts[t]);
        }
        filter_free(piece->filter);
        json_decref(piece->json);
    }
    classes->count = kept;
}

static void add_rules(struct layer_reading *reading, struct mapbox_slice slice, struct picture *picture)
{
    struct mapbox_value classes;
    size_t count = 0;
    while (reading->kind->properties[count].name) {
        count++;
    }
    for (size_t attempt = 0; attempt <= count; attempt++) {
        if (mapbox_value_combine(picture->values, count, list_values, NULL, &classes)) {
            break;
        }
        drop_classes(reading, picture, count);
    }
    join_equal_classes(&classes);
    for (size_t i = 0; i < classes.count; i++) {
        add_rule(reading, slice, picture, &classes.pieces[i]);
    }
    mapbox_value_finish(&classes);
}

static double zoom_of(const struct mapbox_layer *layer, const char *key, double fallback)
{
    const json_t *zoom = json_object_get(layer->shape, key);
    return json_is_number(zoom) ? fmin(fmax(json_number_value(zoom), 0), MAPBOX_MOST_ZOOM) : fallback;
}

static struct mapbox_slices slices_of(const struct layer_reading *reading)
{
    struct mapbox_stops stops = {.count = 0};
    const struct mapbox_layer *layer = reading->layer;
    for (size_t i = 0; reading->kind->properties[i].name; i++) {
        mapbox_stops_collect(&stops, property_of(layer, &reading->kind->properties[i]));
    }
    mapbox_stops_collect(&stops, json_object_get(layer->shape, "filter"));
    struct mapbox_slices slices =
        mapbox_slices_of(&stops, zoom_of(layer, "minzoom", 0), zoom_of(layer, "maxzoom", MAPBOX_MOST_ZOOM));
    if (slices.is_smooth || slices.is_cut) {
        style_lose(layer->losses, origin_of(layer),
                   "changes with the zoom: painted in %zu steps, with the values of the middle of each",
                   slices.count);
    }
    if (slices.count == 0) {
        style_lose(layer->losses, origin_of(layer),
                   "its maxzoom is not above its minzoom: never drawn, left out");
    }
    return slices;
}

static void read_rules(struct layer_reading *reading)
{
    struct mapbox_slices slices = slices_of(reading);
    struct picture pending = {NULL, {{0}}};
    struct mapbox_slice range = {0, 0};
    for (size_t i = 0; i < slices.count; i++) {
        struct picture picture = {NULL, {{0}}};
        evaluate(reading, mapbox_slice_middle(slices.items[i]), &picture);
        if (i > 0 && are_pictures_equal(&picture, &pending)) {
            finish_picture(&picture);
            range.to = slices.items[i].to;
            continue;
        }
        if (i > 0) {
            add_rules(reading, range, &pending);
            finish_picture(&pending);
        }
        pending = picture;
        range = slices.items[i];
    }
    if (slices.count > 0) {
        add_rules(reading, range, &pending);
    }
    finish_picture(&pending);
}

/* Is it what the kind takes over? */
static bool is_known(const struct mapbox_kind *kind, const char *name, bool is_layout)
{
    if (strcmp(name, "visibility") == 0) {
        return true;
    }
    for (size_t i = 0; kind->properties[i].name; i++) {
        if (kind->properties[i].is_layout == is_layout && strcmp(kind->properties[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* What was done instead of properties that matter most. */
static const char *instead_of(const char *name)
{
    static const char *const known[][2] = {{"fill-pattern", "filled with fill-color"},
                                           {"line-pattern", "drawn with line-color"},
                                           {"line-gradient", "drawn with line-color"},
                                           {"line-blur", "drawn sharp"},
                                           {"circle-blur", "drawn sharp"},
                                           {"text-transform", "capitals as they are"},
                                           {"text-rotate", "drawn upright"},
                                           {"fill-extrusion-height", "drawn flat"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (strcmp(known[i][0], name) == 0) {
            return known[i][1];
        }
    }
    return "drawn without it";
}

static void lose_unknown(const struct layer_reading *reading, const json_t *group, bool is_layout)
{
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)group, name, value)
    {
        char path[MOST_PATH];
        if (is_known(reading->kind, name, is_layout)) {
            continue;
        }
        snprintf(path, sizeof path, "%s.%s.%s", reading->layer->path, is_layout ? "layout" : "paint", name);
        style_lose(reading->layer->losses, (struct style_origin){0, path}, "is not carried over: %s",
                   instead_of(name));
    }
}

static void read_raster(const struct mapbox_layer *layer, bool is_hillshade, struct draft_layer *draft)
{
    const json_t *paint = json_object_get(layer->json, "paint");
    const json_t *opacity = json_object_get(paint, "raster-opacity");
    const char *name;
    json_t *value;
    json_object_foreach((json_t *)paint, name, value)
    {
        if (value != opacity || !json_is_number(opacity)) {
            style_lose(layer->losses, origin_of(layer), "%.60s is not carried over", name);
        }
    }
    draft->raster.is_there = true;
    draft->raster.is_hillshade |= is_hillshade;
    draft->raster.opacity = json_is_number(opacity) ? fmin(fmax(json_number_value(opacity), 0), 1) : 1;
}

static bool is_hidden(const struct mapbox_layer *layer)
{
    const char *visibility =
        json_string_value(json_object_get(json_object_get(layer->shape, "layout"), "visibility"));
    return visibility && strcmp(visibility, "none") == 0;
}

void mapbox_layer_read(const struct mapbox_layer *layer, struct draft_layer *draft)
{
    const char *type = json_string_value(json_object_get(layer->shape, "type"));
    bool is_hillshade = type && strcmp(type, "hillshade") == 0;
    if (!type || is_hidden(layer)) {
        style_lose(layer->losses, origin_of(layer), "%s",
                   type ? "is not visible: left out" : "has no type: left out");
        return;
    }
    if (is_hillshade || strcmp(type, "raster") == 0) {
        read_raster(layer, is_hillshade, draft);
        return;
    }
    struct layer_reading reading = {
        .layer = layer, .kind = mapbox_kind_find(type), .draft = draft, .budget = MOST_BUDGET};
    if (!reading.kind) {
        bool is_background = strcmp(type, "background") == 0;
        style_lose(layer->losses, origin_of(layer),
                   is_background ? "a background is a map's, not a layer's: left out"
                                 : "layers of the type '%.60s' are not drawn here: left out",
                   type);
        return;
    }
    lose_unknown(&reading, json_object_get(layer->json, "paint"), false);
    lose_unknown(&reading, json_object_get(layer->shape, "layout"), true);
    read_rules(&reading);
}
