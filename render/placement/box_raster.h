/*
 * box_raster.h - a coarse picture of which places are taken: it answers nearly all questions at once.
 *
 * Of each small square it is known whether a box has some of it, and whether a box has all of it.
 */
#ifndef RENDER_BOX_RASTER_H
#define RENDER_BOX_RASTER_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct box_raster;

enum box_raster_answer { BOX_RASTER_FREE, BOX_RASTER_TAKEN, BOX_RASTER_UNSURE };

/** What lies outside the bounds is not drawn. NULL when they are empty or too large for it. */
struct box_raster *box_raster_new(struct bbox bounds);
void box_raster_free(struct box_raster *raster);
void box_raster_add(struct box_raster *raster, struct bbox box);

/** Does a box of those added share more than an edge with this one? */
enum box_raster_answer box_raster_ask(const struct box_raster *raster, struct bbox box);

/** Is every part of a box sure to lie in one of those added? */
bool box_raster_hides(const struct box_raster *raster, struct bbox box);

size_t box_raster_bytes(const struct box_raster *raster);

#endif
