/*
 * layer_features.c - read once; each is projected once, when it is first asked for. Points without an image
 * in the map's CRS are left out of lines and rings; what has too few left is left out itself.
 */
#include "render/layer/layer_features.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/scene/antimeridian.h"
#include "render/layer/layer_places.h"
#include "render/scene/line_middle.h"
#include "render/numbers.h"

#define FEATURE_POINTS 4 /* what reading and keeping a feature costs beside its points */

struct reading {
    struct layer_features *features;
    const struct style *style;
    size_t *slots; /* of each attribute of the source: its number in the style; NULL before the first */
    bool has_numbers;
    size_t capacity;
    size_t most_points;
    bool is_too_large;
};

size_t layer_run_count(size_t count)
{
    return count > 1 ? (count - 2) / LAYER_RUN_STEPS + 1 : 0;
}

/* The source names its attributes alike for every feature. */
static void find_slots(struct reading *reading, const struct source_feature *feature)
{
    reading->slots = memory_new(feature->attribute_count + 1, sizeof(*reading->slots));
    for (size_t i = 0; i < feature->attribute_count; i++) {
        reading->slots[i] = style_attribute_find(reading->style, feature->attribute_names[i]);
    }
}

static void copy_values(struct reading *reading, const struct source_feature *source_feature,
                        struct layer_feature *feature)
{
    size_t count = reading->style->attribute_count;
    if (!reading->slots) {
        find_slots(reading, source_feature);
    }
    feature->texts = memory_new(count, sizeof(*feature->texts));
    feature->numbers = reading->has_numbers ? memory_new(count, sizeof(*feature->numbers)) : NULL;
    for (size_t i = 0; reading->has_numbers && i < count; i++) {
        feature->numbers[i] = NAN;
    }
    for (size_t i = 0; i < source_feature->attribute_count; i++) {
        size_t slot = reading->slots[i];
        const char *text = source_feature->attribute_values[i];
        if (slot == STYLE_NO_ATTRIBUTE || *text == '\0') {
            continue;
        }
        feature->texts[slot] = memory_copy_text(text);
        if (reading->style->attributes[slot].is_number) {
            number_parse(text, &feature->numbers[slot]);
        }
    }
}

static struct bbox *make_run_boxes(const struct shape *shape)
{
    size_t count = 0;
    for (size_t i = 0; i < shape->part_count; i++) {
        count += layer_run_count(shape->parts[i].count);
    }
    struct bbox *boxes = memory_new(count, sizeof(*boxes));
    size_t number = 0;
    for (size_t i = 0; i < shape->part_count; i++) {
        struct shape_part part = shape->parts[i];
        for (size_t first = 0; first + 1 < part.count; first += LAYER_RUN_STEPS) {
            size_t left = part.count - first;
            size_t run = left < LAYER_RUN_STEPS + 1 ? left : LAYER_RUN_STEPS + 1;
            boxes[number++] = bbox_of_points(shape->points + part.first + first, run);
        }
    }
    return boxes;
}

/* The shape without points that have no image; NULL when all have one. */
static struct shape *without_lost_points(const struct shape *shape)
{
    size_t least = shape->kind == SHAPE_POINT ? 1 : shape->kind == SHAPE_LINE ? 2 : 4;
    struct shape *rest = shape_new(shape->kind);
    struct point *points = memory_new(shape->point_count + 1, sizeof(*points));
    size_t lost = 0;
    for (size_t i = 0; i < shape->part_count; i++) {
        struct shape_part part = shape->parts[i];
        size_t count = 0;
        for (uint32_t j = 0; j < part.count; j++) {
            struct point point = shape->points[part.first + j];
            points[count] = point;
            count += point_is_finite(point);
        }
        lost += part.count - count;
        if (shape->kind == SHAPE_POLYGON && count > 0 && count < part.count) {
            points[count++] = points[0];
        }
        if (count >= least) {
            shape_add_part(rest, points, count, part.is_hole);
        }
    }
    free(points);
    if (lost == 0) {
        shape_free(rest);
        return NULL;
    }
    return rest;
}

/* A copy in the CRS of the map. That there is a way into it was found out when it was read. */
static struct shape *project(const struct layer_places *places, const struct shape *source_shape)
{
    const struct crs *from = layer_places_source(places);
    struct shape *shape = from->is_geographic ? antimeridian_cut(source_shape) : NULL;
    shape = shape ? shape : shape_copy(source_shape);
    struct fault fault;
    if (!crs_transform(layer_places_context(places), from, layer_places_map(places), shape->points,
                       shape->point_count, &fault)) {
        shape_free(shape);
        return shape_new(source_shape->kind);
    }
    struct shape *rest = without_lost_points(shape);
    if (rest) {
        shape_free(shape);
        return rest;
    }
    shape_update_box(shape);
    return shape;
}

static struct point anchor_of(const struct shape *shape)
{
    return shape->kind == SHAPE_LINE ? line_middle(shape) : shape_interior_point(shape);
}

static void settle(const struct layer_features *features, struct layer_feature *feature)
{
    if (feature->is_projected) {
        return;
    }
    struct shape *shape = project(features->places, feature->shape);
    shape_free(feature->shape);
    feature->shape = shape;
    feature->is_projected = true;
    if (shape->part_count == 0) {
        return;
    }
    feature->run_boxes = shape->kind == SHAPE_POINT ? NULL : make_run_boxes(shape);
    feature->anchor = features->has_labels ? anchor_of(shape) : (struct point){0, 0};
}

static bool add_feature(const struct source_feature *source_feature, void *context)
{
    struct reading *reading = context;
    struct layer_features *features = reading->features;
    size_t points = features->point_count + source_feature->shape->point_count;
    if (points + features->count * FEATURE_POINTS > reading->most_points) {
        reading->is_too_large = true;
        return false;
    }
    if (features->count == reading->capacity) {
        reading->capacity = reading->capacity ? 2 * reading->capacity : 64;
        features->items = memory_resize(features->items, reading->capacity, sizeof(*features->items));
    }
    struct layer_feature *feature = &features->items[features->count++];
    *feature = (struct layer_feature){.shape = shape_copy(source_feature->shape)};
    copy_values(reading, source_feature, feature);
    layer_places_add(features->places, feature->shape);
    features->point_count += feature->shape->point_count;
    return true;
}

void layer_features_query(const struct layer_features *features, struct bbox box,
                          void (*visit)(uint32_t number, void *context), void *context)
{
    struct numbers found = {0};
    bool is_found = layer_places_find(features->places, box, &found);
    numbers_sort(&found);
    size_t count = is_found ? found.count : features->count;
    for (size_t i = 0; i < count; i++) {
        uint32_t number = is_found ? found.items[i] : (uint32_t)i;
        struct layer_feature *feature = &features->items[number];
        settle(features, feature);
        if (bbox_intersects(feature->shape->box, box)) {
            visit(number, context);
        }
    }
    numbers_finish(&found);
}

/* The way from the CRS of the source into that of the map; NULL when there is none. */
static struct layer_places *find_way(struct crs_context *context, const struct layer_features_wish *wish,
                                     struct fault *fault)
{
    const struct crs *source = crs_find(context, source_crs_code(wish->source), fault);
    const struct crs *map = source ? crs_find(context, wish->crs_code, fault) : NULL;
    struct point anywhere = {0, 0};
    if (!map || !crs_transform(context, source, map, &anywhere, 1, fault)) {
        return NULL;
    }
    return layer_places_new(context, source, map);
}

struct layer_features *layer_features_read(struct crs_context *crs_context,
                                           const struct layer_features_wish *wish, bool *is_too_large,
                                           struct fault *fault)
{
    *is_too_large = false;
    struct layer_places *places = find_way(crs_context, wish, fault);
    if (!places) {
        return NULL;
    }
    struct layer_features *features = memory_new(1, sizeof(*features));
    *features = (struct layer_features){.attribute_count = wish->style->attribute_count,
                                        .has_labels = style_has_labels(wish->style),
                                        .places = places};
    struct reading reading = {.features = features,
                              .style = wish->style,
                              .has_numbers = style_has_numbers(wish->style),
                              .most_points = wish->most_points};
    bool is_read = source_read_vector(wish->source, wish->box, add_feature, &reading, fault);
    free(reading.slots);
    if (!is_read) {
        *is_too_large = reading.is_too_large;
        layer_features_free(features);
        return NULL;
    }
    return features;
}

static void free_texts(char **texts, size_t count)
{
    for (size_t i = 0; texts && i < count; i++) {
        free(texts[i]);
    }
    free(texts);
}

void layer_features_free(struct layer_features *features)
{
    if (!features) {
        return;
    }
    for (size_t i = 0; i < features->count; i++) {
        shape_free(features->items[i].shape);
        free(features->items[i].run_boxes);
        free_texts(features->items[i].texts, features->attribute_count);
        free(features->items[i].numbers);
    }
    layer_places_free(features->places);
    free(features->items);
    free(features);
}

struct style_values layer_feature_values(const struct layer_feature *feature)
{
    return (struct style_values){feature->texts, feature->numbers};
}
