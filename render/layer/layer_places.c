/*
 * layer_places.c - how far a bent edge leaves its chord: on a sphere an edge of an angle a bends by a * a /
 * 8, and by up to tan(latitude) as much again in a grid whose meridians meet. Twice that is allowed for.
 */
#include "render/layer/layer_places.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "geo/spatial_index.h"
#include "render/numbers.h"

#define EARTH_RADIUS_M 6371008.8
#define WIDEST_DEG 40.0   /* of a box that has a plain image */
#define FARTHEST_DEG 10.0 /* from the area that the CRS of the map is made for */
#define NORTHERNMOST_DEG 80.0
#define IMAGE_MARGIN 0.02     /* of its size: its edges are followed in steps */
#define LEAST_MARGIN_DEG 0.01 /* there and back is not the same far outside the area of a CRS */

struct layer_places {
    struct crs_context *context;
    const struct crs *source;
    const struct crs *map;
    struct bbox *boxes; /* owned, until the index is made */
    size_t count;
    size_t capacity;
    struct spatial_index *index; /* NULL until something is looked for */
};

struct layer_places *layer_places_new(struct crs_context *context, const struct crs *source,
                                      const struct crs *map)
{
    struct layer_places *places = memory_new(1, sizeof(*places));
    places->context = context;
    places->source = source;
    places->map = map;
    return places;
}

void layer_places_free(struct layer_places *places)
{
    if (!places) {
        return;
    }
    spatial_index_free(places->index);
    free(places->boxes);
    free(places);
}

struct crs_context *layer_places_context(const struct layer_places *places)
{
    return places->context;
}

const struct crs *layer_places_source(const struct layer_places *places)
{
    return places->source;
}

const struct crs *layer_places_map(const struct layer_places *places)
{
    return places->map;
}

static double longest_edge(const struct shape *shape)
{
    double longest = 0;
    for (size_t i = 0; i < shape->part_count; i++) {
        const struct point *points = shape->points + shape->parts[i].first;
        for (uint32_t j = 1; j < shape->parts[i].count; j++) {
            double width = fabs(points[j].x - points[j - 1].x);
            double height = fabs(points[j].y - points[j - 1].y);
            longest = fmax(longest, fmax(width, height));
        }
    }
    return longest;
}

/* In units of the source. */
static double bend_of(const struct layer_places *places, const struct shape *shape)
{
    if (places->source == places->map || shape->kind == SHAPE_POINT) {
        return 0;
    }
    double longest = longest_edge(shape);
    if (!places->source->is_geographic) {
        double angle = longest * places->source->metres_per_unit / EARTH_RADIUS_M;
        double steepest = tan(NORTHERNMOST_DEG * M_PI / 180);
        return angle * longest / 2 * (1 + steepest);
    }
    double latitude = fmin(fmax(fabs(shape->box.min_y), fabs(shape->box.max_y)), 89.9);
    return longest * M_PI / 180 * longest / 2 * (1 + tan(latitude * M_PI / 180));
}

void layer_places_add(struct layer_places *places, const struct shape *shape)
{
    if (places->count == places->capacity) {
        places->capacity = places->capacity ? 2 * places->capacity : 64;
        places->boxes = memory_resize(places->boxes, places->capacity, sizeof(*places->boxes));
    }
    places->boxes[places->count++] = bbox_grow(shape->box, bend_of(places, shape));
}

static double units_per_deg(const struct crs *crs)
{
    return crs->is_geographic ? 1 : EARTH_RADIUS_M * M_PI / 180 / crs->metres_per_unit;
}

static bool is_plain(const struct crs *crs, struct bbox box)
{
    if (!bbox_is_finite(box)) {
        return false;
    }
    double units = units_per_deg(crs);
    bool is_small = bbox_width(box) <= WIDEST_DEG * units && bbox_height(box) <= WIDEST_DEG * units;
    bool is_off_poles =
        !crs->is_geographic || (box.min_y > -NORTHERNMOST_DEG && box.max_y < NORTHERNMOST_DEG);
    return is_small && is_off_poles;
}

/* Far from its area a CRS may bend everything. */
static bool is_near_area(const struct layer_places *places, struct bbox image)
{
    struct fault fault;
    const struct crs *degrees = crs_find(places->context, "EPSG:4258", &fault);
    struct bbox image_deg = image;
    bool is_known =
        places->source->is_geographic ||
        (degrees && crs_transform_bbox(places->context, places->source, degrees, image, &image_deg, &fault));
    return is_known && bbox_contains(bbox_grow(places->map->area_deg, FARTHEST_DEG), image_deg);
}

/* Where a box of the map is looked for. */
static bool find_image(const struct layer_places *places, struct bbox box, struct bbox *image)
{
    if (places->source == places->map) {
        *image = box;
        return true;
    }
    struct fault fault;
    if (!is_plain(places->map, box) ||
        !crs_transform_bbox(places->context, places->map, places->source, box, image, &fault) ||
        !is_plain(places->source, *image) || !is_near_area(places, *image)) {
        return false;
    }
    double margin = IMAGE_MARGIN * fmax(bbox_width(*image), bbox_height(*image));
    *image = bbox_grow(*image, fmax(margin, LEAST_MARGIN_DEG * units_per_deg(places->source)));
    return true;
}

static bool note(uint32_t number, void *context)
{
    numbers_add(context, number);
    return true;
}

bool layer_places_find(struct layer_places *places, struct bbox box, struct numbers *found)
{
    struct bbox image;
    if (!find_image(places, box, &image)) {
        return false;
    }
    if (!places->index) {
        places->index = spatial_index_new(places->boxes, places->count);
        free(places->boxes);
        places->boxes = NULL;
    }
    spatial_index_query(places->index, image, note, found);
    return true;
}
