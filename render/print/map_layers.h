/*
 * map_layers.h - which ink of a map is which layer of a PDF: one for each layer of the catalogue, one for
 * each plot, one for what changed. On tiles and pictures there are none.
 */
#ifndef RENDER_PRINT_MAP_LAYERS_H
#define RENDER_PRINT_MAP_LAYERS_H

#include <stdint.h>

struct canvas;
struct layer;
struct map_view;

void map_layers_begin_layer(struct canvas *canvas, const struct map_view *view, const struct layer *layer);
void map_layers_begin_plot(struct canvas *canvas, const struct map_view *view, uint32_t plot);
/** The marks of what changed. */
void map_layers_begin_changes(struct canvas *canvas, const struct map_view *view);
void map_layers_end(struct canvas *canvas);

#endif
