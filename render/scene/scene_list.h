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
#include "render/scene/scene.h"

struct fault;
struct feature;
struct map_view;
struct renderer;

struct scene_list {
    struct scene_feature *items; /* owned, with one reference to each shape */
    size_t count;
    size_t capacity;
    double margin_px; /* how far around the district symbols matter to it (district.h) */
};

/**
 * Collects what matters to a district: lines and areas whose ink touches it, what has its place in it or
 * within its margin, and what has no coordinates in the CRS of the grid. Finds them through
 * the spatial index of the plots.
 * @param list  out; scene_list_finish(), also after a fault
 */
bool scene_list_collect(struct renderer *renderer, const struct map_view *view, struct bbox district,
                        struct scene_list *list, struct fault *fault);
void scene_list_finish(struct scene_list *list);

/** More features that differ are not followed: collecting a district costs about as much. */
#define SCENE_LIST_MOST_COMPARED 256

/** What came to the list of a district and what went from it, in the order of plot and id. */
struct scene_list_difference {
    struct scene_feature items[SCENE_LIST_MOST_COMPARED]; /* one reference to each shape */
    size_t count;
};

/**
 * How the lists of a district differ between two views that differ in their plots and moment only. Looks at
 * what the plots do not share, so it costs nearly nothing when that is little; when it is much it gives up,
 * and when the later list needs a wider margin.
 * @param margin_px   of the earlier list
 * @param difference  out; scene_list_difference_finish(), also when false is returned
 * @return false when it is not known
 */
bool scene_list_compare(struct renderer *renderer, const struct map_view *before,
                        const struct map_view *after, struct bbox district, double margin_px,
                        struct scene_list_difference *difference);
void scene_list_difference_finish(struct scene_list_difference *difference);

/** The list that differs from an earlier one by this. */
struct scene_list scene_list_follow(const struct scene_list *earlier,
                                    const struct scene_list_difference *difference);

/** One feature of a plot, which must outlive it, in the pixel space of a view; one reference to its shape.
 * False on fault. */
bool scene_feature_init(struct scene_feature *scene_feature, struct renderer *renderer,
                        const struct map_view *view, uint32_t plot, const struct feature *feature,
                        struct fault *fault);

/** Is a feature that has an image on the list of a district with such a margin? */
bool scene_feature_matters(const struct scene_feature *feature, struct bbox district, double margin_px);

#endif
