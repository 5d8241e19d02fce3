/*
 * mapbox_layer.h - one layer of a Mapbox style as rules of a draft.
 */
#ifndef SYMBOLOGY_IMPORT_MAPBOX_LAYER_H
#define SYMBOLOGY_IMPORT_MAPBOX_LAYER_H

#include <stddef.h>

struct draft_layer;
struct json_t;
struct style_losses;

struct mapbox_layer {
    const struct json_t *json;
    const struct json_t *shape; /* has type, source, zooms, filter and layout: itself, or what it refers to */
    const char *path;           /* "layers[3] (roads)" */
    size_t number;              /* layers are painted in the order of their numbers */
    struct style_losses *losses;
};

/** Adds its rules, or its raster look. */
void mapbox_layer_read(const struct mapbox_layer *layer, struct draft_layer *draft);

#endif
