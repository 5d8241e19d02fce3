/*
 * plot_shapes.h - the features of plots in the pixel space of a zoom: projected once per CRS, simplified and
 * snapped once per zoom, kept by feature, so that a change costs only what it changed.
 */
#ifndef RENDER_PLOT_SHAPES_H
#define RENDER_PLOT_SHAPES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"

struct crs_context;
struct fault;
struct feature;
struct shape;

/** One feature in one pixel space. Immutable, reference counted. Kept small: a zoom may have a million. */
struct plot_shape {
    struct shape *shape; /* px, snapped, part of it; NULL without image, and for a single point that is
                          * drawn once (world_turn.h) */
    struct point place;  /* px: the point, the middle of the longest line, a place inside the area */
    const struct feature *feature; /* one reference, so that its address is not used again */
    int32_t reference_count;
    uint32_t own_part_count : 31; /* of the shape; those behind are the same, a turn of the world away */
    bool has_image : 1;           /* false: part of it has no coordinates in the CRS of the grid */
};

struct plot_shapes;

/** @param most_bytes  of what is kept and not drawn by anybody */
struct plot_shapes *plot_shapes_new(struct crs_context *crs_context, size_t most_bytes);
void plot_shapes_free(struct plot_shapes *shapes);

/** The place of a feature of one point, px; not finite when it has none in the CRS of the grid. It costs less
 * to find than to keep. False on fault (an unknown CRS).
 * @param is_drawn_twice  out: it is near the edge of the world, and plot_shapes_get() has all its places */
bool plot_shapes_place(struct plot_shapes *shapes, const struct feature *feature,
                       const struct pixel_grid *grid, struct point *place_px, bool *is_drawn_twice,
                       struct fault *fault);

/** One reference for the caller, plot_shape_unref(). NULL on fault (an unknown CRS). */
struct plot_shape *plot_shapes_get(struct plot_shapes *shapes, const struct feature *feature,
                                   const struct pixel_grid *grid, struct fault *fault);
struct plot_shape *plot_shape_ref(struct plot_shape *shape);
void plot_shape_unref(struct plot_shape *shape);

/** px: around all of it, and around its own parts; empty without image. */
struct bbox plot_shape_box(const struct plot_shape *shape);
struct bbox plot_shape_own_box(const struct plot_shape *shape);

/** Lets go of what nobody else refers to, when that has become much or all is more than there is room for. */
void plot_shapes_trim(struct plot_shapes *shapes);

#endif
