/*
 * placement_parts.c - see placement_parts.h.
 */
#include "render/placement/placement_parts.h"

#include <math.h>

#include "data/feature.h"
#include "geo/shape.h"
#include "render/scene/district.h"
#include "render/scene/plot_shapes.h"
#include "render/scene/scene.h"

#define RING_LEAST_HEIGHTS 2.5 /* a smaller ring would be hidden by its own name */

size_t placement_parts_count(const struct scene_feature *feature)
{
    enum area_template_kind kind = feature_template_kind(feature->feature);
    const struct plot_shape *drawn = feature->shape;
    bool has_names = kind == TEMPLATE_RINGS || kind == TEMPLATE_GRID;
    bool is_whole = drawn->shape && drawn->own_part_count == feature->feature->shape->part_count;
    return has_names && is_whole ? drawn->own_part_count : 0;
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

#define RING_PLACES 4

/* Where a name may stand on a ring, best first: north, south, east, west. */
static void find_ring_places(struct bbox box, struct point places[static RING_PLACES])
{
    struct point middle = bbox_centre(box);
    places[0] = (struct point){middle.x, box.min_y};
    places[1] = (struct point){middle.x, box.max_y};
    places[2] = (struct point){box.max_x, middle.y};
    places[3] = (struct point){box.min_x, middle.y};
}

static bool is_cell(const struct scene_feature *feature)
{
    return feature_template_kind(feature->feature) == TEMPLATE_GRID;
}

struct point placement_parts_anchor(const struct scene_feature *feature, uint32_t part)
{
    struct bbox box = box_of(feature->shape->shape, part);
    struct point places[RING_PLACES];
    find_ring_places(box, places);
    return is_cell(feature) ? bbox_centre(box) : places[0];
}

bool placement_parts_may_be_named(const struct scene_feature *feature, uint32_t part, struct bbox district)
{
    struct bbox box = box_of(feature->shape->shape, part);
    struct point places[RING_PLACES];
    if (is_cell(feature)) {
        return district_holds(district, bbox_centre(box));
    }
    find_ring_places(box, places);
    for (int i = 0; i < RING_PLACES; i++) {
        if (district_holds(district, places[i])) {
            return true;
        }
    }
    return false;
}

static bool has_room(struct bbox box, struct text_size size)
{
    return bbox_width(box) >= size.width_px && bbox_height(box) >= size.height_px;
}

struct label_places placement_parts_places(const struct scene_feature *feature, uint32_t part,
                                           struct text_size size, struct bbox district)
{
    struct label_places places = {.count = 0};
    struct bbox box = box_of(feature->shape->shape, part);
    struct bbox seen = district_part(district, box);
    struct point on_ring[RING_PLACES];
    if (is_cell(feature)) {
        if (has_room(box, size)) {
            add(&places, bbox_centre(box), size);
        }
        if (has_room(seen, size)) {
            add(&places, bbox_centre(seen), size);
        }
        return places;
    }
    find_ring_places(box, on_ring);
    for (int i = 0; i < RING_PLACES && bbox_height(box) >= RING_LEAST_HEIGHTS * size.height_px; i++) {
        add(&places, on_ring[i], size);
    }
    return places;
}

bool placement_parts_deserves_name(const struct scene_feature *feature, uint32_t part, struct text_size size)
{
    struct bbox box = box_of(feature->shape->shape, part);
    return is_cell(feature) ? has_room(box, size) : bbox_height(box) >= size.height_px;
}
