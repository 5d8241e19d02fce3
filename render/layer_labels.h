/*
 * layer_labels.h - which labels of a layer are painted, decided alike in every window.
 *
 * A label is painted when no more important one of its layer would touch it, painted or not. That needs only
 * the labels around it, so windows agree without knowing each other. Labels of layers lie under the plots.
 */
#ifndef RENDER_LAYER_LABELS_H
#define RENDER_LAYER_LABELS_H

#include "geo/pixel_grid.h"

struct layer;
struct layer_features;
struct layer_window;
struct map_view;
struct text_engine;

/** How far around a window the labels must be known; 0 for a layer without any. */
double layer_labels_reach_px(const struct layer *layer);

/** Fills in the labels of a window of which all features within reach are known. */
void layer_labels_place(struct text_engine *engine, const struct map_view *view, const struct layer *layer,
                        struct pixel_box box, const struct layer_features *features,
                        struct layer_window *window);

#endif
