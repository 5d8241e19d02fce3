/*
 * open_layers.c - a short list, searched by the address of the catalogue's record.
 *
 * Small vector layers are read whole, once for each CRS: a window of them then costs microseconds, whatever
 * the format of the file. The clock is read here and nowhere else in drawing, to leave a broken file alone
 * for a while; it decides whether a layer is tried again, never how it looks.
 */
#include "render/layer/open_layers.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/layer/layer_features.h"
#include "render/layer/layer_listener.h"

#define RETRY_MS 10000
#define CRS_MAX 4
#define WHOLE_MOST_POINTS 600000
#define WHOLE_MOST_FEATURES 50000

struct whole {
    char crs_code[32];
    struct layer_features *features;
};

struct open_layer {
    const struct layer *layer;
    struct source *source; /* NULL: not opened, or failed */
    int64_t retry_at_ms;   /* 0: has not failed */
    struct fault fault;    /* of the last failure */
    bool is_large;         /* not kept whole */
    struct whole wholes[CRS_MAX];
    size_t whole_count;
    size_t next_to_replace; /* of wholes, when there are more CRS than room */
};

struct open_layers {
    struct crs_context *crs_context;
    const struct layer_listener *listener; /* borrowed; NULL: nobody listens */
    struct open_layer **items;
    size_t count;
};

struct open_layers *open_layers_new(struct crs_context *crs_context)
{
    struct open_layers *layers = memory_new(1, sizeof(*layers));
    layers->crs_context = crs_context;
    return layers;
}

void open_layers_listen(struct open_layers *layers, const struct layer_listener *listener)
{
    layers->listener = listener;
}

void open_layers_begin(const struct open_layers *layers, const struct layer *layer)
{
    if (layers->listener) {
        layers->listener->begin(layer->id, layers->listener->context);
    }
}

void open_layers_end(const struct open_layers *layers)
{
    if (layers->listener) {
        layers->listener->end(layers->listener->context);
    }
}

static void drop_wholes(struct open_layer *item)
{
    for (size_t i = 0; i < item->whole_count; i++) {
        layer_features_free(item->wholes[i].features);
    }
    item->whole_count = 0;
}

void open_layers_free(struct open_layers *layers)
{
    if (!layers) {
        return;
    }
    for (size_t i = 0; i < layers->count; i++) {
        drop_wholes(layers->items[i]);
        source_close(layers->items[i]->source);
        free(layers->items[i]);
    }
    free(layers->items);
    free(layers);
}

static struct open_layer *item_of(struct open_layers *layers, const struct layer *layer)
{
    for (size_t i = 0; i < layers->count; i++) {
        if (layers->items[i]->layer == layer) {
            return layers->items[i];
        }
    }
    struct open_layer *item = memory_new(1, sizeof(*item));
    item->layer = layer;
    layers->items = memory_resize(layers->items, layers->count + 1, sizeof(*layers->items));
    layers->items[layers->count++] = item;
    return item;
}

static void note_failure(struct open_layer *item, const struct fault *fault)
{
    log_write(LOG_WARNING, "layer.failed", "%s", fault->message);
    item->fault = *fault;
    item->retry_at_ms = monotonic_now_ms() + RETRY_MS;
    source_close(item->source);
    item->source = NULL;
}

void open_layers_failed(struct open_layers *layers, const struct layer *layer, const struct fault *fault)
{
    note_failure(item_of(layers, layer), fault);
}

void open_layers_leave(struct open_layers *layers, const struct layer *layer, const struct fault *fault)
{
    struct open_layer *item = item_of(layers, layer);
    if (item->retry_at_ms <= monotonic_now_ms()) {
        note_failure(item, fault);
    }
}

static struct source *source_of(const struct open_layers *layers, struct open_layer *item,
                                struct fault *fault)
{
    if (item->source) {
        return item->source;
    }
    if (item->retry_at_ms != 0 && monotonic_now_ms() < item->retry_at_ms) {
        fault_set(fault, item->fault.code, "%s", item->fault.message);
        return NULL;
    }
    struct fault reason = {0};
    open_layers_begin(layers, item->layer);
    item->source = source_open(item->layer, &reason);
    open_layers_end(layers);
    if (!item->source) {
        note_failure(item, &reason);
        fault_set(fault, reason.code, "%s", reason.message);
        return NULL;
    }
    item->retry_at_ms = 0;
    return item->source;
}

struct source *open_layers_source(struct open_layers *layers, const struct layer *layer, struct fault *fault)
{
    return source_of(layers, item_of(layers, layer), fault);
}

static struct layer_features *read_whole(struct open_layers *layers, struct open_layer *item,
                                         const char *crs_code, struct fault *fault)
{
    struct source *source = source_of(layers, item, fault);
    if (!source) {
        return NULL;
    }
    item->is_large = source_feature_count(source) > WHOLE_MOST_FEATURES;
    if (item->is_large) {
        return NULL;
    }
    struct fault reason = {0};
    struct layer_features_wish wish = {source, item->layer->style, crs_code, source_extent(source),
                                       WHOLE_MOST_POINTS};
    open_layers_begin(layers, item->layer);
    struct layer_features *features =
        layer_features_read(layers->crs_context, &wish, &item->is_large, &reason);
    open_layers_end(layers);
    if (!features && !item->is_large) {
        note_failure(item, &reason);
        fault_set(fault, reason.code, "%s", reason.message);
    }
    return features;
}

static struct whole *room_for_whole(struct open_layer *item)
{
    if (item->whole_count < CRS_MAX) {
        return &item->wholes[item->whole_count++];
    }
    struct whole *whole = &item->wholes[item->next_to_replace++ % CRS_MAX];
    layer_features_free(whole->features);
    return whole;
}

const struct layer_features *open_layers_kept(struct open_layers *layers, const struct layer *layer,
                                              const char *crs_code)
{
    const struct open_layer *item = item_of(layers, layer);
    for (size_t i = 0; i < item->whole_count; i++) {
        if (strcmp(item->wholes[i].crs_code, crs_code) == 0) {
            return item->wholes[i].features;
        }
    }
    return NULL;
}

bool open_layers_features(struct open_layers *layers, const struct layer *layer, const char *crs_code,
                          const struct layer_features **features, struct fault *fault)
{
    struct open_layer *item = item_of(layers, layer);
    *features = open_layers_kept(layers, layer, crs_code);
    if (*features || item->is_large) {
        return true;
    }
    struct layer_features *read = read_whole(layers, item, crs_code, fault);
    if (!read) {
        return item->is_large;
    }
    struct whole *whole = room_for_whole(item);
    snprintf(whole->crs_code, sizeof(whole->crs_code), "%s", crs_code);
    whole->features = read;
    *features = read;
    return true;
}
