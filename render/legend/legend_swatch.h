/*
 * legend_swatch.h - the drawing of a layer in a legend.
 */
#ifndef RENDER_LEGEND_LEGEND_SWATCH_H
#define RENDER_LEGEND_LEGEND_SWATCH_H

#include "geo/bbox.h"

struct canvas;
struct legend_item;

/** Of an item of a layer that is not drawn as points. */
void legend_swatch_paint(const struct legend_item *item, struct bbox box, struct canvas *canvas);

#endif
