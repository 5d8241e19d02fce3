/*
 * scene.c - features in the order of plot and id, an index over the ink of lines and areas, and a rank for
 * each that says when it is painted. The placement is made with it: there is no picture without one.
 */
#include "render/scene.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "geo/spatial_index.h"
#include "render/feature_labels.h"
#include "render/lru_cache.h"
#include "render/map_view.h"
#include "render/numbers.h"
#include "render/placement_make.h"
#include "render/plot_shapes.h"
#include "render/px_box.h"
#include "render/renderer_internal.h"
#include "symbology/symbol_library.h"

/* All that a scene depends on; cleared before it is filled in, because its bytes are compared. */
struct scene_key {
    const struct plot *plots[MAP_VIEW_PLOT_MAX];
    const struct symbol_library *symbols;
    int64_t moment_ms;
    struct pixel_grid grid;
    struct bbox frame_px;
    double symbol_scale;
    double scale_denominator;
    int64_t palette;
};

struct scene {
    struct scene_key key;
    struct plot *plots[MAP_VIEW_PLOT_MAX]; /* one reference each */
    struct scene_feature *features;
    size_t count;
    size_t capacity;
    uint32_t *ranks;   /* of each line or area: painted in this order within its plot */
    uint32_t *by_rank; /* the feature of each rank */
    struct spatial_index *index;
    size_t lost_count;
    size_t first_lost;
    struct placement *placement;
    int32_t reference_count;
};

static struct scene_key key_of(const struct map_view *view)
{
    struct scene_key key;
    memset(&key, 0, sizeof(key));
    for (size_t i = 0; i < view->plot_count; i++) {
        key.plots[i] = view->plots[i];
    }
    key.symbols = view->symbols;
    key.moment_ms = view->moment_ms;
    key.grid = px_grid_for_key(&view->grid);
    key.frame_px = view->frame_px;
    key.symbol_scale = view->symbol_scale;
    key.scale_denominator = view->scale_denominator;
    key.palette = view->palette;
    return key;
}

void scene_unref(struct scene *scene)
{
    if (!scene || --scene->reference_count > 0) {
        return;
    }
    placement_free(scene->placement);
    spatial_index_free(scene->index);
    for (size_t i = 0; i < scene->count; i++) {
        plot_shape_unref(scene->features[i].shape);
    }
    for (size_t i = 0; i < MAP_VIEW_PLOT_MAX; i++) {
        plot_unref(scene->plots[i]);
    }
    free(scene->features);
    free(scene->ranks);
    free(scene->by_rank);
    free(scene);
}

static struct scene *scene_ref(struct scene *scene)
{
    scene->reference_count++;
    return scene;
}

static const struct colour unknown_colour = {0x33, 0x33, 0x33, 0xFF};

static struct line_look unknown_line_look(void)
{
    struct line_look look = {.stroke_count = 1};
    look.strokes[0] = (struct stroke){.width_px = 2.0, .colour = unknown_colour};
    return look;
}

struct line_look scene_line_look(const struct scene_feature *feature, enum palette palette)
{
    bool is_known = feature->entry && feature->entry->geometry == GEOMETRY_LINE;
    return is_known ? symbol_line_look(feature->entry, &feature->feature->code, palette)
                    : unknown_line_look();
}

struct area_look scene_area_look(const struct scene_feature *feature, enum palette palette)
{
    bool is_known = feature->entry && feature->entry->geometry == GEOMETRY_AREA;
    return is_known ? symbol_area_look(feature->entry, &feature->feature->code, palette)
                    : (struct area_look){.outline = unknown_line_look()};
}

static struct bbox ink_of(const struct scene_feature *feature, enum palette palette)
{
    enum shape_kind kind = feature->feature->shape->kind;
    if (kind == SHAPE_POINT || !feature->shape->has_image) {
        return bbox_empty();
    }
    struct line_look look =
        kind == SHAPE_LINE ? scene_line_look(feature, palette) : scene_area_look(feature, palette).outline;
    return bbox_grow(feature->shape->box, line_look_reach_px(&look) + 1.0);
}

static void append(struct scene *scene, struct scene_feature feature)
{
    if (scene->count == scene->capacity) {
        scene->capacity = scene->capacity ? 2 * scene->capacity : 256;
        scene->features = memory_resize(scene->features, scene->capacity, sizeof(*scene->features));
    }
    if (!feature.shape->has_image) {
        scene->first_lost = scene->lost_count == 0 ? scene->count : scene->first_lost;
        scene->lost_count++;
    }
    scene->features[scene->count++] = feature;
}

static bool add_plot(struct scene *scene, struct renderer *renderer, const struct map_view *view,
                     uint32_t plot, struct fault *fault)
{
    size_t count = plot_count(view->plots[plot]);
    for (size_t i = 0; i < count; i++) {
        const struct feature *feature = plot_at(view->plots[plot], i);
        if (!feature_is_valid_at(feature, view->moment_ms)) {
            continue;
        }
        struct scene_feature added = {.feature = feature, .plot = plot};
        added.entry = symbol_library_resolve(view->symbols, &feature->code, NULL);
        added.shape = plot_shapes_get(renderer->plot_shapes, feature, &view->grid, fault);
        if (!added.shape) {
            return false;
        }
        added.ink = ink_of(&added, view->palette);
        append(scene, added);
    }
    return true;
}

static int compare_keys(const void *a, const void *b)
{
    uint64_t key_a = *(const uint64_t *)a;
    uint64_t key_b = *(const uint64_t *)b;
    return key_a < key_b ? -1 : key_a > key_b;
}

/* Painted in ascending order: areas, then lines; less important first; last in the order of plot and id. */
static uint64_t paint_key(const struct scene_feature *feature, uint32_t number)
{
    uint64_t is_line = feature->feature->shape->kind == SHAPE_LINE;
    int priority = feature->entry ? feature->entry->priority : 0;
    uint64_t unimportance = (uint64_t)(INT16_MAX - (priority > INT16_MAX ? INT16_MAX : priority)) & 0xFFFF;
    return is_line << 48 | unimportance << 32 | (UINT32_MAX - number);
}

/* Points have no rank: placement.h orders them. */
static void rank_features(struct scene *scene)
{
    uint64_t *keys = memory_new(scene->count, sizeof(*keys));
    scene->ranks = memory_new(scene->count, sizeof(*scene->ranks));
    scene->by_rank = memory_new(scene->count, sizeof(*scene->by_rank));
    size_t count = 0;
    for (uint32_t i = 0; i < scene->count; i++) {
        if (!bbox_is_empty(scene->features[i].ink)) {
            keys[count++] = paint_key(&scene->features[i], i);
        }
    }
    if (count > 0) {
        qsort(keys, count, sizeof(*keys), compare_keys);
    }
    for (uint32_t rank = 0; rank < count; rank++) {
        uint32_t number = UINT32_MAX - (uint32_t)keys[rank];
        scene->by_rank[rank] = number;
        scene->ranks[number] = rank;
    }
    free(keys);
}

static void index_features(struct scene *scene)
{
    struct bbox *boxes = memory_new(scene->count, sizeof(*boxes));
    for (size_t i = 0; i < scene->count; i++) {
        boxes[i] = scene->features[i].ink;
    }
    scene->index = spatial_index_new(boxes, scene->count);
    free(boxes);
}

static struct scene *scene_new(struct renderer *renderer, const struct map_view *view, struct fault *fault)
{
    struct scene *scene = memory_new(1, sizeof(*scene));
    scene->key = key_of(view);
    scene->reference_count = 1;
    for (uint32_t i = 0; i < view->plot_count; i++) {
        scene->plots[i] = plot_ref(view->plots[i]);
        if (!add_plot(scene, renderer, view, i, fault)) {
            scene_unref(scene);
            return NULL;
        }
    }
    rank_features(scene);
    index_features(scene);
    scene->placement = placement_new(renderer, view, scene, fault);
    if (!scene->placement) {
        scene_unref(scene);
        return NULL;
    }
    return scene;
}

/* Shapes and labels are shared by the revisions of a plot and not counted. */
static size_t bytes_of(const struct scene *scene)
{
    return sizeof(*scene) + scene->count * (sizeof(struct scene_feature) + 2 * sizeof(uint32_t)) +
           placement_bytes(scene->placement);
}

struct scene *scene_get(struct renderer *renderer, const struct map_view *view, struct fault *fault)
{
    assert(view->plot_count <= MAP_VIEW_PLOT_MAX);
    struct scene_key key = key_of(view);
    struct scene *scene = lru_cache_find(renderer->scenes, &key, sizeof(key));
    if (scene) {
        return scene_ref(scene);
    }
    scene = scene_new(renderer, view, fault);
    if (!scene) {
        return NULL;
    }
    lru_cache_put(renderer->scenes, &key, sizeof(key), scene, bytes_of(scene));
    scene_ref(scene);
    lru_cache_trim(renderer->scenes);
    plot_shapes_trim(renderer->plot_shapes);
    feature_labels_trim(renderer->feature_labels);
    return scene;
}

size_t scene_count(const struct scene *scene)
{
    return scene->count;
}

const struct scene_feature *scene_at(const struct scene *scene, size_t index)
{
    assert(index < scene->count);
    return &scene->features[index];
}

size_t scene_lost_count(const struct scene *scene)
{
    return scene->lost_count;
}

const struct scene_feature *scene_first_lost(const struct scene *scene)
{
    assert(scene->lost_count > 0);
    return &scene->features[scene->first_lost];
}

const struct placement *scene_placement(const struct scene *scene)
{
    return scene->placement;
}

struct query {
    const struct scene *scene;
    uint32_t plot;
    struct numbers ranks;
};

static bool note_rank(uint32_t number, void *context)
{
    struct query *query = context;
    if (query->scene->features[number].plot == query->plot) {
        numbers_add(&query->ranks, query->scene->ranks[number]);
    }
    return true;
}

void scene_query(const struct scene *scene, uint32_t plot, struct bbox box_px,
                 void (*visit)(const struct scene_feature *feature, void *context), void *context)
{
    struct query query = {.scene = scene, .plot = plot};
    spatial_index_query(scene->index, box_px, note_rank, &query);
    numbers_sort(&query.ranks);
    for (size_t i = 0; i < query.ranks.count; i++) {
        visit(&scene->features[scene->by_rank[query.ranks.items[i]]], context);
    }
    numbers_finish(&query.ranks);
}
