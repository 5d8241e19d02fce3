#include "render/scene/seen_features.h"

#include <math.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/map_view.h"
#include "render/scene/plot_shapes.h"
#include "render/scene/scene.h"
#include "symbology/symbol_set.h"

static bool is_seen(const struct scene_feature *feature, struct bbox box)
{
    if (!feature->has_image) {
        return false;
    }
    return feature->shape ? shape_touches_box(feature->shape->shape, box, 0)
                          : bbox_contains_point(box, feature->place);
}

static struct point moved_inside(struct point place, struct bbox box)
{
    return (struct point){fmin(fmax(place.x, box.min_x), box.max_x),
                          fmin(fmax(place.y, box.min_y), box.max_y)};
}

static int priority_of(const struct seen_feature *seen)
{
    return seen->entry ? seen->entry->priority : 0;
}

/* The list comes in the order of plot and id, and addresses in it tell which comes first. */
static int compare(const void *a, const void *b)
{
    const struct seen_feature *const *first = a;
    const struct seen_feature *const *second = b;
    int difference = priority_of(*first) - priority_of(*second);
    return difference ? difference : *first < *second ? -1 : *first > *second;
}

static void put_in_order(struct seen_features *seen, size_t most)
{
    const struct seen_feature **order = memory_new(seen->count, sizeof *order);
    for (size_t i = 0; i < seen->count; i++) {
        order[i] = &seen->items[i];
    }
    if (seen->count > 0) {
        qsort(order, seen->count, sizeof *order, compare);
    }
    size_t kept = seen->count < most ? seen->count : most;
    struct seen_feature *items = memory_new(kept, sizeof *items);
    for (size_t i = 0; i < kept; i++) {
        items[i] = *order[i];
    }
    free(order);
    free(seen->items);
    seen->items = items;
    seen->left_out = seen->count - kept;
    seen->count = kept;
}

bool seen_features_collect(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                           size_t most, struct seen_features *seen, struct fault *fault)
{
    *seen = (struct seen_features){.count = 0};
    struct bbox box_px = pixel_box_to_bbox(box);
    struct scene *scene = scene_get(renderer, view, box_px, fault);
    if (!scene) {
        return false;
    }
    seen->items = memory_new(scene_count(scene), sizeof *seen->items);
    for (size_t i = 0; i < scene_count(scene); i++) {
        const struct scene_feature *feature = scene_at(scene, i);
        if (is_seen(feature, box_px)) {
            seen->items[seen->count++] =
                (struct seen_feature){.feature = feature->feature,
                                      .entry = feature->entry,
                                      .plot = feature->plot,
                                      .place_px = moved_inside(feature->place, box_px)};
        }
    }
    scene_unref(scene);
    put_in_order(seen, most);
    return true;
}

void seen_features_finish(struct seen_features *seen)
{
    free(seen->items);
    *seen = (struct seen_features){.count = 0};
}
