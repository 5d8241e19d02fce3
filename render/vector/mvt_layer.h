/*
 * mvt_layer.h - one layer of a vector tile (Mapbox Vector Tile 2.1): features with properties and geometry.
 *
 * A feature is begun, given its properties, and kept when a geometry is added to it. Keys and values stand
 * in the layer once, however many features have them.
 */
#ifndef RENDER_MVT_LAYER_H
#define RENDER_MVT_LAYER_H

#include <stddef.h>
#include <stdint.h>

#include "geo/shape.h"

struct buffer;
struct mvt_frame; /* render/vector/mvt_geometry.h: where the tile lies */
struct mvt_layer;

/** Owned, mvt_layer_free(). The name is copied. */
struct mvt_layer *mvt_layer_new(const char *name);
void mvt_layer_free(struct mvt_layer *layer);

/** Begins a feature and forgets the one begun before. @param id 0: it has none */
void mvt_layer_begin(struct mvt_layer *layer, uint64_t id);

/** Properties of the feature begun, in the order that they are given. A text that is NULL or "" is left out.
 */
void mvt_layer_text(struct mvt_layer *layer, const char *key, const char *text);

/** Whole numbers are written as such; one that is not finite is left out. */
void mvt_layer_number(struct mvt_layer *layer, const char *key, double number);

/** Keeps the feature begun, with what of a shape lies in the frame; not when nothing of it does. */
void mvt_layer_add(struct mvt_layer *layer, const struct shape *shape_px, const struct mvt_frame *frame);

/** The same for one place. */
void mvt_layer_add_point(struct mvt_layer *layer, struct point place_px, const struct mvt_frame *frame);

size_t mvt_layer_feature_count(const struct mvt_layer *layer);
size_t mvt_layer_vertex_count(const struct mvt_layer *layer);

/** Bytes so far, about: to stop in time. */
size_t mvt_layer_bytes(const struct mvt_layer *layer);

/** Appends the layer to a tile; one without features is left out. */
void mvt_layer_write(const struct mvt_layer *layer, struct buffer *tile);

#endif
