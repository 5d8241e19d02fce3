/*
 * layer_reach.h - which layers of a map have no data in a picture, or only in part of it (law 7).
 *
 * Where a layer ends its absence looks like a statement: no land, no water, no road. So a layer whose extent
 * lies beside the picture is told, whatever it draws; one that reaches only part of it is told when it paints
 * areas or is a raster: points and lines are sparse anyhow, and their box says little about where they end.
 * Nor is a layer that is shown too finely for its data of use to say so where it shows nothing.
 */
#ifndef RENDER_LAYER_REACH_H
#define RENDER_LAYER_REACH_H

#include <stdbool.h>

#include "geo/pixel_grid.h"

struct map_view;
struct renderer;
struct report;

/**
 * Adds layer-outside or, of those that reach the picture, layer-beyond-scale and, where asked for,
 * layer-partial, of the layers that are drawn at the view's scale. To be asked after they have been painted:
 * of one that failed the report tells just that.
 * @param tells_parts  false on tiles: at the edge of the data neighbours would say it of each other
 */
void layer_reach_report(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                        bool tells_parts, struct report *report);

/**
 * How much of the picture, 0 to 1, is within the extent of a layer that paints areas at the view's scale; 1
 * where there is no such layer, or none that can be opened.
 */
double layer_reach_share(struct renderer *renderer, const struct map_view *view, struct pixel_box box);

#endif
