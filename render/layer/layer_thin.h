/*
 * layer_thin.h - a feature of a layer in the pixel space of a zoom, with as few points as a window needs.
 */
#ifndef RENDER_LAYER_THIN_H
#define RENDER_LAYER_THIN_H

#include <stdbool.h>

#include "geo/bbox.h"

struct layer_feature;
struct pixel_grid;
struct shape;

/**
 * Moves a line or polygon into pixels, snapped and simplified run by run. A run that lies beside the window
 * becomes one step, unless all is asked for: what is inside the window stays the same.
 * @param is_measured  all runs are looked into, so that lengths along the line are those of the whole
 * @return owned, shape_free(); parts that are too small to be seen are left out
 */
struct shape *layer_thin(const struct layer_feature *feature, const struct pixel_grid *grid,
                         struct bbox window_px, bool is_measured);

#endif
