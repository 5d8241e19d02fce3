/*
 * scene_list.h - the features that one district of a view is made of, in the order of plot and id.
 *
 * A scene depends on nothing else of its plots and their moment: the same list, the same scene.
 */
#ifndef RENDER_SCENE_LIST_H
#define RENDER_SCENE_LIST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct fault;
struct feature;
struct map_view;
struct renderer;
struct scene_feature;

struct scene_list {
    struct scene_feature *items; /* owned, with one reference to each shape */
    size_t count;
    size_t capacity;
};

/**
 * Collects what matters to a district: lines and areas whose ink touches it, what has its place in it or
 * within district_margin_px() of it, and what has no coordinates in the CRS of the grid. Finds them through
 * the spatial index of the plots.
 * @param list  out; scene_list_finish(), also after a fault
 */
bool scene_list_collect(struct renderer *renderer, const struct map_view *view, struct bbox district,
                        struct scene_list *list, struct fault *fault);
/**
 * Is the list of a district surely the same for two views that differ in their plots and moment only? Looks
 * at what the plots do not share, so it costs nearly nothing when that is little; when it is much it says no.
 */
bool scene_list_is_same(struct renderer *renderer, const struct map_view *before,
                        const struct map_view *after, struct bbox district);
void scene_list_finish(struct scene_list *list);

/** One feature of a plot in the pixel space of a view; one reference to its shape. False on fault. */
bool scene_feature_init(struct scene_feature *scene_feature, struct renderer *renderer,
                        const struct map_view *view, uint32_t plot, const struct feature *feature,
                        struct fault *fault);

/** Is a feature that has an image on the list of a district? */
bool scene_feature_matters(const struct scene_feature *feature, const struct map_view *view,
                           struct bbox district);

#endif
