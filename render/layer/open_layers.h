/*
 * open_layers.h - the layers of the catalogue that a renderer has opened, and those that failed.
 *
 * A layer that failed is tried again 10 seconds later at the earliest; until then the same fault is the
 * answer.
 */
#ifndef RENDER_OPEN_LAYERS_H
#define RENDER_OPEN_LAYERS_H

#include <stdbool.h>

struct crs_context;
struct fault;
struct layer;
struct layer_features;
struct layer_listener;
struct open_layers;
struct source;

struct open_layers *open_layers_new(struct crs_context *crs_context);
void open_layers_free(struct open_layers *layers);

/** Whom to tell when a layer is read; borrowed until another is named. NULL: nobody. */
void open_layers_listen(struct open_layers *layers, const struct layer_listener *listener);

/** Around everything that waits for the file of a layer. */
void open_layers_begin(const struct open_layers *layers, const struct layer *layer);
void open_layers_end(const struct open_layers *layers);

/** The opened source of a layer, borrowed until open_layers_failed(). NULL on fault. */
struct source *open_layers_source(struct open_layers *layers, const struct layer *layer, struct fault *fault);

/** Remembers that reading a layer failed and closes its source. */
void open_layers_failed(struct open_layers *layers, const struct layer *layer, const struct fault *fault);

/** The same for one that others found to hang; nothing happens while it is left alone already. */
void open_layers_leave(struct open_layers *layers, const struct layer *layer, const struct fault *fault);

/**
 * All features of a small vector layer in a CRS, kept; *features is NULL when the layer is too large for
 * that.
 * @return false on fault
 */
bool open_layers_features(struct open_layers *layers, const struct layer *layer, const char *crs_code,
                          const struct layer_features **features, struct fault *fault);

/** The same when they are kept already; else NULL. Nothing is read. Borrowed until the next call. */
const struct layer_features *open_layers_kept(struct open_layers *layers, const struct layer *layer,
                                              const char *crs_code);

#endif
