/*
 * layer_places.h - in which features of a layer a box of the map must be looked for, before they are
 * projected.
 *
 * The box is taken into the CRS of the source and compared with the boxes of what was read. An edge that is
 * straight in the one CRS is bent in the other, so these boxes are a little larger than their features. Where
 * a box has no plain image (around a pole, across half the earth) all features are meant.
 */
#ifndef RENDER_LAYER_PLACES_H
#define RENDER_LAYER_PLACES_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct crs;
struct crs_context;
struct layer_places;
struct numbers;
struct shape;

/** Borrows the CRS and their context. Owned, layer_places_free(). */
struct layer_places *layer_places_new(struct crs_context *context, const struct crs *source,
                                      const struct crs *map);
void layer_places_free(struct layer_places *places);
struct crs_context *layer_places_context(const struct layer_places *places);
const struct crs *layer_places_source(const struct layer_places *places);
const struct crs *layer_places_map(const struct layer_places *places);

/** The next feature, in the CRS of the source. All are added before the first is looked for. */
void layer_places_add(struct layer_places *places, const struct shape *shape);

/**
 * Adds to found the numbers of all features whose image may touch a box of the map, maybe of some more, in no
 * particular order. False: it may be any.
 */
bool layer_places_find(struct layer_places *places, struct bbox box, struct numbers *found);

#endif
