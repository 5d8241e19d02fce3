/*
 * plot_shapes.c - two layers of maps from feature to shape: one for each CRS (projected, all points) and one
 * for each zoom (px, simplified, snapped). Both hold a reference to the feature, so that its address stands
 * for this version of it as long as the entry lives. Features of one point are not kept projected: that costs
 * more than projecting them. Of lines and areas as many are as there is room for; the others are projected
 * anew for each zoom.
 *
 * Shapes of a zoom are shared with the scenes made from them. An entry that only the map refers to belongs to
 * a version that no kept scene draws any more; such entries are swept out when a map has doubled, or when all
 * of them take too much. Each lies in one piece of memory: there may be a million.
 */
#include "render/scene/plot_shapes.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "geo/simplify.h"
#include "render/scene/crs_way.h"
#include "render/scene/line_middle.h"
#include "render/scene/shape_image.h"
#include "render/scene/world_turn.h"
#include "render/pointer_map.h"

#define TOLERANCE_PX 0.2
#define MOST_ZOOMS 48
#define SWEEP_LEAST 4096
#define BYTES_OF_SLOT 48 /* of a map that is a third full */

/* A feature's geometry in one CRS. */
struct projected {
    const struct feature *feature; /* one reference */
    struct shape *shape;
};

struct projection {
    char crs_code[32];
    struct crs_way way;
    struct pointer_map *shapes; /* feature -> struct projected */
    size_t refused_count;       /* for which there was no room since the last sweep */
    size_t swept_count;
};

struct zoom {
    struct pixel_grid grid;
    struct pointer_map *shapes; /* feature -> struct plot_shape */
    size_t swept_count;         /* entries after the last sweep */
    uint64_t used;              /* the larger, the later it was asked for */
};

struct plot_shapes {
    struct crs_context *crs_context;
    struct projection *projections; /* one for each CRS */
    size_t projection_count;
    struct zoom *zooms;
    size_t zoom_count;
    uint64_t use_count;
    size_t most_bytes;      /* of the shapes of all zooms; of those that are projected half as much */
    size_t bytes;           /* of the shapes of all zooms */
    size_t swept_bytes;     /* after the last sweep of all */
    size_t projected_bytes; /* of all CRS */
};

struct plot_shapes *plot_shapes_new(struct crs_context *crs_context, size_t most_bytes)
{
    struct plot_shapes *shapes = memory_new(1, sizeof(*shapes));
    shapes->crs_context = crs_context;
    shapes->most_bytes = most_bytes;
    return shapes;
}

void plot_shapes_free(struct plot_shapes *shapes)
{
    if (!shapes) {
        return;
    }
    for (size_t i = 0; i < shapes->zoom_count; i++) {
        pointer_map_free(shapes->zooms[i].shapes);
    }
    for (size_t i = 0; i < shapes->projection_count; i++) {
        pointer_map_free(shapes->projections[i].shapes);
    }
    free(shapes->zooms);
    free(shapes->projections);
    free(shapes);
}

struct plot_shape *plot_shape_ref(struct plot_shape *shape)
{
    shape->reference_count++;
    return shape;
}

void plot_shape_unref(struct plot_shape *shape)
{
    if (!shape || --shape->reference_count > 0) {
        return;
    }
    feature_unref(shape->feature);
    free(shape);
}

struct bbox plot_shape_box(const struct plot_shape *shape)
{
    return shape->shape ? shape->shape->box : bbox_of_points(&shape->place, shape->has_image ? 1 : 0);
}

/* Its own parts stand first. */
struct bbox plot_shape_own_box(const struct plot_shape *shape)
{
    const struct shape *all = shape->shape;
    if (!all || shape->own_part_count == all->part_count) {
        return plot_shape_box(shape);
    }
    return bbox_of_points(all->points, all->parts[shape->own_part_count].first);
}

static void unref_value(void *value)
{
    plot_shape_unref(value);
}

static void free_projected(void *value)
{
    struct projected *projected = value;
    shape_free(projected->shape);
    feature_unref(projected->feature);
    free(projected);
}

static struct projection *add_projection(struct plot_shapes *shapes, const char *crs_code,
                                         struct fault *fault)
{
    struct crs_way way;
    if (!crs_way_find(shapes->crs_context, crs_code, &way, fault)) {
        return NULL;
    }
    size_t number = shapes->projection_count++;
    shapes->projections =
        memory_resize(shapes->projections, shapes->projection_count, sizeof(*shapes->projections));
    struct projection *projection = &shapes->projections[number];
    *projection = (struct projection){.way = way, .shapes = pointer_map_new(free_projected)};
    memcpy(projection->crs_code, crs_code, strlen(crs_code) + 1);
    return projection;
}

/* NULL on fault. */
static struct projection *projection_of(struct plot_shapes *shapes, const char *crs_code, struct fault *fault)
{
    for (size_t i = 0; i < shapes->projection_count; i++) {
        if (strcmp(shapes->projections[i].crs_code, crs_code) == 0) {
            return &shapes->projections[i];
        }
    }
    return add_projection(shapes, crs_code, fault);
}

/* Of a shape's points and parts. */
static size_t bytes_of_points(const struct shape *shape)
{
    return shape->point_count * sizeof(*shape->points) + shape->part_count * sizeof(*shape->parts);
}

/* With its slot in a map. */
static size_t bytes_of(const struct plot_shape *shape)
{
    return sizeof(*shape) + BYTES_OF_SLOT +
           (shape->shape ? sizeof(struct shape) + bytes_of_points(shape->shape) : 0);
}

static size_t bytes_of_projected(const struct projected *projected)
{
    return sizeof(*projected) + BYTES_OF_SLOT + sizeof(struct shape) + bytes_of_points(projected->shape);
}

static bool is_drawn(void *value, void *context)
{
    const struct plot_shape *shape = value;
    struct plot_shapes *shapes = context;
    if (shape->reference_count > 1) {
        return true;
    }
    shapes->bytes -= bytes_of(shape);
    return false;
}

static bool is_never_kept(void *value, void *context)
{
    ((struct plot_shapes *)context)->bytes -= bytes_of(value);
    return false;
}

/* The zoom that was not asked for longest makes room; shapes that scenes still draw live on with them. */
static struct zoom *room_for_zoom(struct plot_shapes *shapes)
{
    if (shapes->zoom_count < MOST_ZOOMS) {
        size_t number = shapes->zoom_count++;
        shapes->zooms = memory_resize(shapes->zooms, shapes->zoom_count, sizeof(*shapes->zooms));
        return &shapes->zooms[number];
    }
    struct zoom *oldest = &shapes->zooms[0];
    for (size_t i = 1; i < shapes->zoom_count; i++) {
        oldest = shapes->zooms[i].used < oldest->used ? &shapes->zooms[i] : oldest;
    }
    pointer_map_sweep(oldest->shapes, is_never_kept, shapes);
    pointer_map_free(oldest->shapes);
    return oldest;
}

static struct zoom *zoom_of(struct plot_shapes *shapes, const struct pixel_grid *grid)
{
    struct zoom *zoom = NULL;
    for (size_t i = 0; i < shapes->zoom_count && !zoom; i++) {
        zoom = pixel_grid_equals(&shapes->zooms[i].grid, grid) ? &shapes->zooms[i] : NULL;
    }
    if (!zoom) {
        zoom = room_for_zoom(shapes);
        *zoom = (struct zoom){.grid = *grid, .shapes = pointer_map_new(unref_value)};
    }
    zoom->used = ++shapes->use_count;
    return zoom;
}

/* Keeps a copy of it for other zooms, if there is room. */
static void keep_projected(struct plot_shapes *shapes, struct projection *projection,
                           const struct feature *feature, const struct shape *shape)
{
    if (shapes->projected_bytes > shapes->most_bytes / 2) {
        projection->refused_count++;
        return;
    }
    struct projected *projected = memory_new(1, sizeof(*projected));
    *projected = (struct projected){feature_ref(feature), shape_copy(shape)};
    pointer_map_add(projection->shapes, feature, projected);
    shapes->projected_bytes += bytes_of_projected(projected);
}

/* The projected shape of a feature, to be changed by the caller. Owned. NULL on fault. */
static struct shape *projected_shape(struct plot_shapes *shapes, const struct feature *feature,
                                     const char *crs_code, struct fault *fault)
{
    struct projection *projection = projection_of(shapes, crs_code, fault);
    const struct projected *known = projection ? pointer_map_find(projection->shapes, feature) : NULL;
    if (known || !projection) {
        return known ? shape_copy(known->shape) : NULL;
    }
    struct shape *shape = shape_image_of(&projection->way, feature->shape, fault);
    if (shape) {
        keep_projected(shapes, projection, feature, shape);
    }
    return shape;
}

/* Copies a shape, which may be NULL, behind it. */
static struct plot_shape *new_plot_shape(const struct feature *feature, const struct shape *shape)
{
    size_t bytes = shape ? sizeof(*shape) + bytes_of_points(shape) : 0;
    struct plot_shape *result = memory_new(1, sizeof(*result) + bytes);
    result->feature = feature_ref(feature);
    result->reference_count = 1;
    if (shape) {
        result->shape = (struct shape *)(result + 1);
        *result->shape = *shape;
        result->shape->points = (struct point *)(result->shape + 1);
        memcpy(result->shape->points, shape->points, shape->point_count * sizeof(*shape->points));
        result->shape->parts = (struct shape_part *)(result->shape->points + shape->point_count);
        memcpy(result->shape->parts, shape->parts, shape->part_count * sizeof(*shape->parts));
    }
    return result;
}

static struct world_turn turn_of(struct plot_shapes *shapes, const struct pixel_grid *grid)
{
    const struct projection *projection = projection_of(shapes, grid->crs_code, NULL);
    return world_turn_of(projection ? projection->way.turn_units : 0, grid);
}

bool plot_shapes_place(struct plot_shapes *shapes, const struct feature *feature,
                       const struct pixel_grid *grid, struct point *place_px, bool *is_drawn_twice,
                       struct fault *fault)
{
    const struct projection *projection = projection_of(shapes, grid->crs_code, fault);
    *place_px = feature->shape->points[0];
    if (!projection || !crs_way_points(&projection->way, place_px, 1, fault)) {
        return false;
    }
    pixel_grid_snap(grid, place_px, 1);
    struct world_turn turn = world_turn_of(projection->way.turn_units, grid);
    place_px->x += world_turn_way_home(&turn, place_px->x);
    *is_drawn_twice = world_turn_is_near_edge(&turn, bbox_of_points(place_px, 1));
    return true;
}

/* A single point near the edge of the world, wherever it is drawn. */
static struct plot_shape *repeated_point(const struct feature *feature, const struct world_turn *turn,
                                         struct point place)
{
    struct shape *points = shape_new(SHAPE_POINT);
    shape_add_part(points, &place, 1, false);
    world_turn_repeat(turn, points);
    struct plot_shape *result = new_plot_shape(feature, points);
    shape_free(points);
    return result;
}

static struct plot_shape *make_point(struct plot_shapes *shapes, const struct feature *feature,
                                     const struct pixel_grid *grid, struct fault *fault)
{
    struct point place;
    bool is_drawn_twice;
    if (!plot_shapes_place(shapes, feature, grid, &place, &is_drawn_twice, fault)) {
        return NULL;
    }
    struct world_turn turn = turn_of(shapes, grid);
    bool has_image = point_is_finite(place);
    struct plot_shape *result =
        has_image && is_drawn_twice ? repeated_point(feature, &turn, place) : new_plot_shape(feature, NULL);
    result->own_part_count = 1;
    result->place = place;
    result->has_image = has_image;
    return result;
}

static bool is_finite(const struct shape *shape)
{
    for (size_t i = 0; i < shape->point_count; i++) {
        if (!point_is_finite(shape->points[i])) {
            return false;
        }
    }
    return shape->point_count > 0;
}

static struct point place_of(const struct shape *shape)
{
    return shape->kind == SHAPE_LINE ? line_middle(shape) : shape_interior_point(shape);
}

static void move_east(struct shape *shape, double way_px)
{
    for (size_t i = 0; i < shape->point_count && way_px != 0; i++) {
        shape->points[i].x += way_px;
    }
    shape_update_box(shape);
}

/* Of a shape in the CRS of the grid, which becomes one in its pixels. */
static struct plot_shape *snap_shape(const struct feature *feature, const struct pixel_grid *grid,
                                     const struct world_turn *turn, struct shape *shape)
{
    if (!is_finite(shape)) {
        return new_plot_shape(feature, NULL);
    }
    pixel_grid_snap(grid, shape->points, shape->point_count);
    shape_update_box(shape);
    struct shape *simple = simplify_shape(shape, TOLERANCE_PX, false);
    /* When all of it is within a point it stays as it is. */
    struct shape *drawn = simple->part_count > 0 ? simple : shape;
    struct point place = place_of(drawn);
    double way_px = world_turn_way_home(turn, place.x);
    uint32_t own_part_count = drawn->part_count;
    move_east(drawn, way_px);
    world_turn_repeat(turn, drawn);
    struct plot_shape *result = new_plot_shape(feature, drawn);
    shape_free(simple);
    result->own_part_count = own_part_count;
    result->has_image = true;
    result->place = (struct point){place.x + way_px, place.y};
    return result;
}

static struct plot_shape *make_shape(struct plot_shapes *shapes, const struct feature *feature,
                                     const struct pixel_grid *grid, struct fault *fault)
{
    struct shape *projected = projected_shape(shapes, feature, grid->crs_code, fault);
    struct world_turn turn = turn_of(shapes, grid);
    struct plot_shape *result = projected ? snap_shape(feature, grid, &turn, projected) : NULL;
    shape_free(projected);
    return result;
}

struct plot_shape *plot_shapes_get(struct plot_shapes *shapes, const struct feature *feature,
                                   const struct pixel_grid *grid, struct fault *fault)
{
    struct zoom *zoom = zoom_of(shapes, grid);
    struct plot_shape *result = pointer_map_find(zoom->shapes, feature);
    if (!result) {
        bool is_single = feature->shape->kind == SHAPE_POINT && feature->shape->point_count == 1;
        result =
            is_single ? make_point(shapes, feature, grid, fault) : make_shape(shapes, feature, grid, fault);
        if (!result) {
            return NULL;
        }
        pointer_map_add(zoom->shapes, feature, result);
        shapes->bytes += bytes_of(result);
    }
    return plot_shape_ref(result);
}

/* Is the feature drawn in some zoom? Else it is a version that no kept scene knows. */
static bool is_in_a_zoom(void *value, void *context)
{
    const struct projected *projected = value;
    struct plot_shapes *shapes = context;
    for (size_t i = 0; i < shapes->zoom_count; i++) {
        if (pointer_map_find(shapes->zooms[i].shapes, projected->feature)) {
            return true;
        }
    }
    shapes->projected_bytes -= bytes_of_projected(projected);
    return false;
}

static bool is_much(const struct pointer_map *map, size_t swept_count)
{
    return pointer_map_count(map) >= 2 * swept_count + SWEEP_LEAST;
}

static void sweep_zoom(struct plot_shapes *shapes, struct zoom *zoom)
{
    pointer_map_sweep(zoom->shapes, is_drawn, shapes);
    zoom->swept_count = pointer_map_count(zoom->shapes);
}

void plot_shapes_trim(struct plot_shapes *shapes)
{
    bool is_full = shapes->bytes > shapes->most_bytes && shapes->bytes != shapes->swept_bytes;
    for (size_t i = 0; i < shapes->zoom_count; i++) {
        if (is_full || is_much(shapes->zooms[i].shapes, shapes->zooms[i].swept_count)) {
            sweep_zoom(shapes, &shapes->zooms[i]);
        }
    }
    shapes->swept_bytes = is_full ? shapes->bytes : shapes->swept_bytes;
    for (size_t i = 0; i < shapes->projection_count; i++) {
        struct projection *projection = &shapes->projections[i];
        if (projection->refused_count >= SWEEP_LEAST ||
            is_much(projection->shapes, projection->swept_count)) {
            pointer_map_sweep(projection->shapes, is_in_a_zoom, shapes);
            projection->swept_count = pointer_map_count(projection->shapes);
            projection->refused_count = 0;
        }
    }
}
