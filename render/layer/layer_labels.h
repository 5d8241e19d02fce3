/*
 * layer_labels.h - which labels of a layer are painted, decided alike in every window.
 *
 * A label has a place when no more important one of its layer would touch it, painted or not. That needs only
 * the labels around it, so windows agree without knowing each other. Labels of layers give way to plots: one
 * that a symbol or label of a plot would touch takes its other place, or is not painted.
 */
#ifndef RENDER_LAYER_LABELS_H
#define RENDER_LAYER_LABELS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct layer;
struct layer_features;
struct layer_label;
struct layer_label_place;
struct layer_window;
struct map_view;
struct plot_room;
struct renderer;
struct text_engine;

/** How far around a window the labels must be known; 0 for a layer without any. */
double layer_labels_reach_px(const struct layer *layer);

/** Fills in the labels of a window of which all features within reach are known. */
void layer_labels_place(struct text_engine *engine, const struct map_view *view, const struct layer *layer,
                        struct pixel_box box, const struct layer_features *features,
                        struct layer_window *window);

/** The boxes that nothing else may stand on when a label stands at one of its places. Borrowed from it. */
struct layer_label_rooms {
    const struct bbox *boxes; /* px */
    size_t count;
};

struct layer_label_rooms layer_label_rooms(const struct layer_label *label, int place);
void layer_label_finish(struct layer_label *label);

/** The place that a plot's symbols and labels leave to a label; NULL: none. */
const struct layer_label_place *layer_label_place(const struct layer_label *label,
                                                  const struct plot_room *room);

/**
 * Calls visit with each label of a layer, drawn on a tiled grid, that has a place in the box; often with one
 * that lies across windows. False when the layer cannot be read: then nobody knows.
 */
bool layer_labels_visit(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                        struct bbox box_px, void (*visit)(const struct layer_label *label, void *context),
                        void *context);

#endif
