/*
 * legend_internal.h - what collecting a legend leaves for setting and painting it.
 */
#ifndef RENDER_LEGEND_INTERNAL_H
#define RENDER_LEGEND_INTERNAL_H

#include "geo/bbox.h"
#include "render/legend.h"
#include "symbology/symbol.h"

struct symbol_picture;

struct legend {
    struct legend_item *items; /* owned */
    struct bbox *marks; /* of each item: how much room its drawing takes, px around its anchor; owned */
    size_t count;
    size_t capacity;
    enum palette palette;
    double symbol_scale;
};

/** A drawing of this size stands beside what is no point symbol. */
#define LEGEND_SWATCH_WIDTH_PX 46.0
#define LEGEND_SWATCH_HEIGHT_PX 20.0

/** The point symbol or swatch of an item that is no layer; borrowed from the cache. NULL on fault. */
struct symbol_picture *legend_picture(struct renderer *renderer, const struct legend *legend,
                                      const struct legend_item *item, struct fault *fault);

/** Adds the layers that are drawn in the box (legend_layers.c). */
void legend_add_layers(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                       struct legend *legend);

/** Room for one more item, all zero. */
struct legend_item *legend_append(struct legend *legend);

#endif
