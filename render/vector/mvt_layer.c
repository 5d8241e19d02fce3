/*
 * mvt_layer.c - the messages Tile.Layer and Tile.Feature of vector_tile.proto, version 2.
 *
 * Values are found again by a text that begins with their type: 1 and "1" are two values.
 */
#include "render/vector/mvt_layer.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"
#include "render/vector/mvt_geometry.h"
#include "render/vector/protobuf.h"

#define MOST_BYTES ((size_t)64 << 20)
#define MOST_WHOLE 9007199254740992.0 /* all whole numbers up to 2^53 are doubles */

enum { TILE_LAYERS = 3 };
enum {
    LAYER_NAME = 1,
    LAYER_FEATURES = 2,
    LAYER_KEYS = 3,
    LAYER_VALUES = 4,
    LAYER_EXTENT = 5,
    LAYER_VERSION = 15
};
enum { FEATURE_ID = 1, FEATURE_TAGS = 2, FEATURE_TYPE = 3, FEATURE_GEOMETRY = 4 };
enum { VALUE_TEXT = 1, VALUE_DOUBLE = 3, VALUE_SIGNED = 6 };

struct mvt_layer {
    char *name;
    struct table *key_numbers;   /* key -> its number + 1, as a pointer */
    struct table *value_numbers; /* encoded value -> its number + 1 */
    struct buffer keys;          /* encoded fields of the layer */
    struct buffer values;
    struct buffer features;
    size_t feature_count;
    size_t vertex_count;
    uint64_t id;        /* of the feature begun */
    struct buffer tags; /* of the feature begun; these three are kept for their memory */
    struct buffer geometry;
    struct buffer scratch;
};

struct mvt_layer *mvt_layer_new(const char *name)
{
    struct mvt_layer *layer = memory_new(1, sizeof(*layer));
    layer->name = memory_copy_text(name);
    layer->key_numbers = table_new(NULL);
    layer->value_numbers = table_new(NULL);
    struct buffer *buffers[] = {&layer->keys, &layer->values,   &layer->features,
                                &layer->tags, &layer->geometry, &layer->scratch};
    for (size_t i = 0; i < sizeof(buffers) / sizeof(buffers[0]); i++) {
        buffer_init(buffers[i], MOST_BYTES);
    }
    return layer;
}

void mvt_layer_free(struct mvt_layer *layer)
{
    if (!layer) {
        return;
    }
    table_free(layer->key_numbers);
    table_free(layer->value_numbers);
    buffer_finish(&layer->keys);
    buffer_finish(&layer->values);
    buffer_finish(&layer->features);
    buffer_finish(&layer->tags);
    buffer_finish(&layer->geometry);
    buffer_finish(&layer->scratch);
    free(layer->name);
    free(layer);
}

void mvt_layer_begin(struct mvt_layer *layer, uint64_t id)
{
    layer->id = id;
    layer->tags.length = 0;
}

/* The number under which a text is known; a new one is as many as are known already. */
static size_t number_of(struct table *numbers, const char *text, bool *is_new)
{
    uintptr_t found = (uintptr_t)table_find(numbers, text);
    *is_new = found == 0;
    if (*is_new) {
        found = table_count(numbers) + 1;
        table_put(numbers, text, (void *)found);
    }
    return found - 1;
}

static size_t key_number(struct mvt_layer *layer, const char *key)
{
    bool is_new;
    size_t number = number_of(layer->key_numbers, key, &is_new);
    if (is_new) {
        protobuf_append_text(&layer->keys, LAYER_KEYS, key);
    }
    return number;
}

/* The value that stands encoded in scratch. name tells it from all others. */
static void add_tag(struct mvt_layer *layer, const char *key, const char *name)
{
    bool is_new;
    protobuf_append_varint(&layer->tags, key_number(layer, key));
    protobuf_append_varint(&layer->tags, number_of(layer->value_numbers, name, &is_new));
    if (is_new) {
        protobuf_append_bytes(&layer->values, LAYER_VALUES, layer->scratch.bytes, layer->scratch.length);
    }
}

void mvt_layer_text(struct mvt_layer *layer, const char *key, const char *text)
{
    if (!text || !*text) {
        return;
    }
    struct buffer name;
    buffer_init(&name, MOST_BYTES);
    buffer_appendf(&name, "t%s", text);
    layer->scratch.length = 0;
    protobuf_append_text(&layer->scratch, VALUE_TEXT, text);
    add_tag(layer, key, name.bytes);
    buffer_finish(&name);
}

void mvt_layer_number(struct mvt_layer *layer, const char *key, double number)
{
    if (!isfinite(number)) {
        return;
    }
    struct buffer name;
    buffer_init(&name, 64);
    buffer_appendf(&name, "n%.17g", number);
    layer->scratch.length = 0;
    if (number == floor(number) && fabs(number) <= MOST_WHOLE) {
        protobuf_append_number(&layer->scratch, VALUE_SIGNED, protobuf_zigzag((int64_t)number));
    } else {
        protobuf_append_double(&layer->scratch, VALUE_DOUBLE, number);
    }
    add_tag(layer, key, name.bytes);
    buffer_finish(&name);
}

/* Keeps the feature begun when there is a geometry. */
static void keep(struct mvt_layer *layer, enum shape_kind kind, size_t vertex_count)
{
    if (vertex_count == 0) {
        return;
    }
    struct buffer *feature = &layer->scratch;
    feature->length = 0;
    if (layer->id > 0) {
        protobuf_append_number(feature, FEATURE_ID, layer->id);
    }
    if (layer->tags.length > 0) {
        protobuf_append_bytes(feature, FEATURE_TAGS, layer->tags.bytes, layer->tags.length);
    }
    protobuf_append_number(feature, FEATURE_TYPE, (uint64_t)kind + 1); /* POINT 1, LINESTRING 2, POLYGON 3 */
    protobuf_append_bytes(feature, FEATURE_GEOMETRY, layer->geometry.bytes, layer->geometry.length);
    protobuf_append_bytes(&layer->features, LAYER_FEATURES, feature->bytes, feature->length);
    layer->feature_count++;
    layer->vertex_count += vertex_count;
}

void mvt_layer_add(struct mvt_layer *layer, const struct shape *shape_px, const struct mvt_frame *frame)
{
    layer->geometry.length = 0;
    keep(layer, shape_px->kind, mvt_geometry_append(shape_px, frame, &layer->geometry));
}

void mvt_layer_add_point(struct mvt_layer *layer, struct point place_px, const struct mvt_frame *frame)
{
    layer->geometry.length = 0;
    keep(layer, SHAPE_POINT, mvt_geometry_append_points(&place_px, 1, frame, &layer->geometry));
}

size_t mvt_layer_feature_count(const struct mvt_layer *layer)
{
    return layer->feature_count;
}

size_t mvt_layer_vertex_count(const struct mvt_layer *layer)
{
    return layer->vertex_count;
}

size_t mvt_layer_bytes(const struct mvt_layer *layer)
{
    return layer->features.length + layer->values.length + layer->keys.length;
}

void mvt_layer_write(const struct mvt_layer *layer, struct buffer *tile)
{
    if (layer->feature_count == 0) {
        return;
    }
    struct buffer message;
    buffer_init(&message, MOST_BYTES);
    protobuf_append_number(&message, LAYER_VERSION, 2);
    protobuf_append_text(&message, LAYER_NAME, layer->name);
    buffer_append(&message, layer->features.bytes, layer->features.length);
    buffer_append(&message, layer->keys.bytes, layer->keys.length);
    buffer_append(&message, layer->values.bytes, layer->values.length);
    protobuf_append_number(&message, LAYER_EXTENT, MVT_EXTENT);
    protobuf_append_bytes(tile, TILE_LAYERS, message.bytes, message.length);
    tile->is_full = tile->is_full || message.is_full;
    buffer_finish(&message);
}
