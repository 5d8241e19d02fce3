/*
 * placement_parts.c - see placement_parts.h.
 */
#include "render/placement_parts.h"

#include <math.h>

#include "data/feature.h"
#include "geo/shape.h"
#include "render/plot_shapes.h"
#include "render/scene.h"

#define RING_LEAST_HEIGHTS 2.5 /* a smaller ring would be hidden by its own name */

size_t placement_parts_count(const struct scene_feature *feature)
{
    enum area_template_kind kind = feature_template_kind(feature->feature);
    const struct shape *shape = feature->shape->shape;
    bool has_names = kind == TEMPLATE_RINGS || kind == TEMPLATE_GRID;
    bool is_whole = shape && shape->part_count == feature->feature->shape->part_count;
    return has_names && is_whole ? shape->part_count : 0;
}

static struct bbox box_of(const struct shape *shape, uint32_t part)
{
    return bbox_of_points(shape->points + shape->parts[part].first, shape->parts[part].count);
}

static void add(struct label_places *places, struct point middle, struct text_size size)
{
    struct point corner = {round(middle.x - size.width_px / 2), round(middle.y - size.height_px / 2)};
    places->items[places->count++] = (struct label_place){corner, TEXT_CENTRE};
}

struct label_places placement_parts_places(const struct scene_feature *feature, uint32_t part,
                                           struct text_size size)
{
    struct label_places places = {.count = 0};
    struct bbox box = box_of(feature->shape->shape, part);
    struct point middle = bbox_centre(box);
    if (feature_template_kind(feature->feature) == TEMPLATE_GRID) {
        if (bbox_width(box) >= size.width_px && bbox_height(box) >= size.height_px) {
            add(&places, middle, size);
        }
        return places;
    }
    if (bbox_height(box) >= RING_LEAST_HEIGHTS * size.height_px) {
        add(&places, (struct point){middle.x, box.min_y}, size);
        add(&places, (struct point){middle.x, box.max_y}, size);
        add(&places, (struct point){box.max_x, middle.y}, size);
        add(&places, (struct point){box.min_x, middle.y}, size);
    }
    return places;
}

bool placement_parts_deserves_name(const struct scene_feature *feature, uint32_t part, struct text_size size)
{
    if (feature_template_kind(feature->feature) == TEMPLATE_GRID) {
        return placement_parts_places(feature, part, size).count > 0;
    }
    return bbox_height(box_of(feature->shape->shape, part)) >= size.height_px;
}
