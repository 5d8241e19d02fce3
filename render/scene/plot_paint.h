/*
 * plot_paint.h - paints what a scene holds: lines and areas of plots, symbols, labels.
 */
#ifndef RENDER_PLOT_PAINT_H
#define RENDER_PLOT_PAINT_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/bbox.h"

struct canvas;
struct fault;
struct map_view;
struct placed;
struct renderer;
struct scene;
struct scene_feature;

/** The lines and areas of one plot that reach into the box. */
void plot_paint_shapes(const struct map_view *view, const struct scene *scene, uint32_t plot,
                       struct bbox box_px, struct canvas *canvas);

/** The symbols and labels of all plots that reach into the box. False on fault. */
bool plot_paint_placed(struct renderer *renderer, const struct map_view *view, const struct scene *scene,
                       struct bbox box_px, struct canvas *canvas, struct fault *fault);

/** One line or area; one symbol; one label: what the above are made of. */
void plot_paint_feature(const struct map_view *view, const struct scene_feature *feature,
                        struct canvas *canvas);
bool plot_paint_symbol(struct renderer *renderer, const struct map_view *view, const struct placed *placed,
                       struct canvas *canvas, struct fault *fault);
void plot_paint_label(const struct placed *placed, struct canvas *canvas);

#endif
