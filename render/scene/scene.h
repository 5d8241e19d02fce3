/*
 * scene.h - what of a view's plots will be painted, in order, in pixels, in one district of its zoom.
 *
 * Depends on nothing but the features that matter to the district (scene_list.h) and on how they are to look.
 * So a change makes anew the scenes of the districts that it touches; all others stay. Blocks of a picture,
 * legends and footprints take from the same scenes. A scene holds all that it refers to but the symbol
 * library, so it may outlive the view and the plots it was made for.
 */
#ifndef RENDER_SCENE_H
#define RENDER_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "symbology/symbol.h"

struct fault;
struct feature;
struct map_view;
struct placement;
struct plot_shape;
struct renderer;
struct scene;

/** One feature that is valid at the moment of the view. Kept small: a district may have a million. */
struct scene_feature {
    const struct feature *feature;    /* borrowed from its plot, which the scene holds */
    const struct symbol_entry *entry; /* NULL: the symbol set lacks it */
    struct plot_shape *shape; /* one reference; NULL of a single point, which is no more than its place,
                               * unless it is near the edge of the world (world_turn.h) */
    struct point place;       /* px: the point, the middle of the longest line, a place inside the area */
    float reach_px;     /* of a line or area with an image: how far its paint reaches around its shape */
    uint8_t plot;       /* index among the view's plots */
    bool is_point : 1;  /* its shape is, of one point or of many */
    bool is_line : 1;   /* its shape is */
    bool has_image : 1; /* false: part of it has no coordinates in the CRS of the grid */
    bool is_beyond_budget : 1; /* its line or area is not painted: see scene_beyond_count() */
};

/** px: how far the paint of a line or area reaches; empty for points and without image. */
struct bbox scene_feature_ink(const struct scene_feature *feature);

/**
 * The scene of the district around a box, which lies within one (district.h); one reference for the caller,
 * scene_unref(). NULL on fault.
 */
struct scene *scene_get(struct renderer *renderer, const struct map_view *view, struct bbox box_px,
                        struct fault *fault);
void scene_unref(struct scene *scene);

/** Lets go of scenes that are kept, so that a large one with so many features does not stand beside them
 * while it is made. */
void scene_make_room(struct renderer *renderer, size_t feature_count);

/** px; empty when it has no bounds. */
struct bbox scene_district(const struct scene *scene);

/** px: how far around its district symbols matter to it (district.h). */
double scene_margin_px(const struct scene *scene);

/**
 * By plot, then in the order of their ids. Borrowed.
 */
size_t scene_count(const struct scene *scene);
const struct scene_feature *scene_at(const struct scene *scene, size_t index);

/** Features in sight that have no coordinates in the CRS of the grid, and so are not drawn. */
size_t scene_lost_count(const struct scene *scene);
const struct scene_feature *scene_first_lost(const struct scene *scene);

/**
 * Lines and areas that are not painted because the district has more of more important ones than can be
 * painted in reasonable time (ink_budget.h). Their symbols and labels stand all the same.
 */
size_t scene_beyond_count(const struct scene *scene, uint32_t plot);

/** Makes what the first picture of the district would make before it is painted. */
void scene_make_ready(const struct scene *scene, struct renderer *renderer);

/** Where symbols and labels stand. Borrowed. */
const struct placement *scene_placement(const struct scene *scene);

/** Visits the lines and areas of a plot whose ink touches the box, in painting order: areas first, important
 * last. */
void scene_query(const struct scene *scene, uint32_t plot, struct bbox box_px,
                 void (*visit)(const struct scene_feature *feature, void *context), void *context);

/** The entry of the symbol at its place. NULL: it has none, or none that fits, which is drawn as letters. */
const struct symbol_entry *scene_symbol_entry(const struct scene_feature *feature);

/** What a line or an area looks like, its status and the fallback for unknown symbols included. */
struct line_look scene_line_look(const struct scene_feature *feature, enum palette palette);
struct area_look scene_area_look(const struct scene_feature *feature, enum palette palette);

#endif
