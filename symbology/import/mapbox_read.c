#include "symbology/import/mapbox_read.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "symbology/import/mapbox_layer.h"
#include "symbology/import/style_draft.h"
#include "symbology/import/style_import.h"
#include "symbology/import/style_losses.h"

#define MOST_LAYERS 2000
#define MOST_PATH 120

static const char *id_of(const json_t *layer)
{
    const char *id = json_string_value(json_object_get(layer, "id"));
    return id ? id : "";
}

/* A layer may take its type, source, zooms, filter and layout from another. */
static const json_t *shape_of(const json_t *layers, const json_t *layer)
{
    const char *other = json_string_value(json_object_get(layer, "ref"));
    for (size_t i = 0; other && i < json_array_size(layers); i++) {
        const json_t *candidate = json_array_get(layers, i);
        if (strcmp(id_of(candidate), other) == 0) {
            return candidate;
        }
    }
    return layer;
}

/* What it draws: a layer of its source, or the source itself. */
static const char *name_of(const json_t *shape)
{
    const char *name = json_string_value(json_object_get(shape, "source-layer"));
    const char *source = json_string_value(json_object_get(shape, "source"));
    return name ? name : source ? source : "";
}

static void read_layer(const json_t *layers, size_t number, const char *wanted, struct style_losses *losses,
                       struct style_draft *draft)
{
    char path[MOST_PATH];
    const json_t *json = json_array_get(layers, number);
    const json_t *shape = shape_of(layers, json);
    snprintf(path, sizeof path, *id_of(json) ? "layers[%zu] (%.80s)" : "layers[%zu]", number, id_of(json));
    struct mapbox_layer layer = {json, shape, path, number, losses};
    struct draft_layer *drawn = style_draft_layer(draft, name_of(shape));
    if (!wanted || strcmp(drawn->name, wanted) == 0) {
        mapbox_layer_read(&layer, drawn);
    }
}

bool mapbox_read(const struct style_import *import, struct style_losses *losses, struct style_draft *draft,
                 struct fault *fault)
{
    json_error_t error;
    json_t *style = json_loadb(import->text, import->length, 0, &error);
    const json_t *layers = json_object_get(style, "layers");
    bool is_style = json_is_array(layers);
    if (!style) {
        fault_set(fault, FAULT_INPUT, "%s:%d: is no JSON: %s", losses->file, error.line, error.text);
    } else if (!is_style) {
        fault_set(fault, FAULT_INPUT, "%s: is no Mapbox style: it has no layers", losses->file);
    }
    size_t count = is_style ? json_array_size(layers) : 0;
    if (count > MOST_LAYERS) {
        style_lose(losses, (struct style_origin){0, "layers"},
                   "has %zu layers, more than %d: the last are left out", count, MOST_LAYERS);
        count = MOST_LAYERS;
    }
    for (size_t i = 0; i < count; i++) {
        read_layer(layers, i, import->layer, losses, draft);
    }
    json_decref(style);
    return is_style;
}
