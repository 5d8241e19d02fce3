/*
 * scene.h - what of a view's plots will be painted, in order, in pixels, for a whole zoom level.
 *
 * Made once for (plots, moment, grid, look) and kept: every tile, legend and footprint of it takes from the
 * same scene. A scene holds its own references, so it may outlive the view it was made for.
 */
#ifndef RENDER_SCENE_H
#define RENDER_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/pixel_grid.h"
#include "symbology/symbol.h"

struct fault;
struct feature;
struct map_view;
struct placement;
struct plot;
struct plot_shape;
struct renderer;
struct scene;

/** One feature that is valid at the moment of the view. */
struct scene_feature {
    const struct feature *feature;    /* borrowed from the plot */
    const struct symbol_entry *entry; /* NULL: the symbol set lacks it */
    struct plot_shape *shape;         /* one reference, owned by the scene */
    uint32_t plot;                    /* index among the view's plots */
    struct bbox ink; /* px: how far a line's or area's paint reaches; empty for points and without image */
};

/** The scene of a view; one reference for the caller, scene_unref(). NULL on fault. */
struct scene *scene_get(struct renderer *renderer, const struct map_view *view, struct fault *fault);
void scene_unref(struct scene *scene);

/**
 * By plot, then in the order of their ids. Borrowed.
 */
size_t scene_count(const struct scene *scene);
const struct scene_feature *scene_at(const struct scene *scene, size_t index);

/** Features that have no coordinates in the CRS of the grid, and so are not drawn. */
size_t scene_lost_count(const struct scene *scene);
const struct scene_feature *scene_first_lost(const struct scene *scene);

/** Where symbols and labels stand. Borrowed. */
const struct placement *scene_placement(const struct scene *scene);

/** Visits the lines and areas of a plot whose ink touches the box, in painting order: areas first, important
 * last. */
void scene_query(const struct scene *scene, uint32_t plot, struct bbox box_px,
                 void (*visit)(const struct scene_feature *feature, void *context), void *context);

/** What a line or an area looks like, its status and the fallback for unknown symbols included. */
struct line_look scene_line_look(const struct scene_feature *feature, enum palette palette);
struct area_look scene_area_look(const struct scene_feature *feature, enum palette palette);

#endif
