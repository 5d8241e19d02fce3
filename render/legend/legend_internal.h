/*
 * legend_internal.h - what collecting a legend leaves for setting and painting it.
 */
#ifndef RENDER_LEGEND_INTERNAL_H
#define RENDER_LEGEND_INTERNAL_H

#include "geo/bbox.h"
#include "render/legend/legend.h"
#include "symbology/symbol.h"

struct symbol_picture;

struct legend {
    struct legend_item *items; /* owned */
    struct bbox *marks; /* of each item: how much room its symbol takes as large as on the map, px around its
                           anchor; empty where a swatch stands instead; owned */
    size_t count;
    size_t capacity;
    enum language language;
    enum language second_language; /* of the items' second titles */
    enum palette palette;
    double symbol_scale; /* of the map */
};

/**
 * How large the drawing is beside what is no point symbol. Its strokes and dashes are as wide as on the map,
 * so it keeps its width at any scale, and most of its height.
 */
struct bbox legend_swatch(const struct legend *legend, double scale);

/**
 * The point symbol, as large as on the map times a scale, or the swatch of an item that is no layer; borrowed
 * from the cache. NULL on fault.
 */
struct symbol_picture *legend_picture(struct renderer *renderer, const struct legend *legend,
                                      const struct legend_item *item, double scale, struct fault *fault);

/** Adds the badge that counts symbols. */
void legend_add_badge(struct legend *legend, enum language language);

/** Of that badge: how much room it takes as large as on the map; and its drawing at a place. */
struct bbox legend_badge_mark(struct renderer *renderer, const struct legend *legend);
void legend_badge_paint(struct renderer *renderer, const struct legend *legend, double scale,
                        struct point place, struct canvas *canvas);

/** Adds the marks of what changed in the box since the situation that the view compares with. */
void legend_add_changes(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                        struct legend *legend);

/** Of a mark of what changed: how much room it takes as large as on the map; and its drawing at a place. */
struct bbox legend_change_mark(const struct legend *legend);
void legend_change_paint(const struct legend *legend, enum change_mark change, double scale,
                         struct point place, struct canvas *canvas);

/** Adds the layers that are drawn in the box (legend_layers.c). */
void legend_add_layers(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                       struct legend *legend);

/** Of a layer's symbol: how much room it takes as large as on the map. Empty of what is drawn as a swatch. */
struct bbox legend_layer_mark(struct renderer *renderer, const struct map_view *view,
                              const struct legend_item *item, struct fault *fault);

/** Room for one more item, all zero. */
struct legend_item *legend_append(struct legend *legend);

#endif
