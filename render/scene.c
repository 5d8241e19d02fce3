/*
 * scene.c - features in the order of plot and id, an index over the ink of lines and areas, and a rank for
 * each that says when it is painted. The placement is made with it: there is no picture without one.
 */
#include "render/scene.h"

#include <assert.h>
#include <stdlib.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "geo/spatial_index.h"
#include "render/district.h"
#include "render/feature_labels.h"
#include "render/map_view.h"
#include "render/numbers.h"
#include "render/placement_make.h"
#include "render/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene_cache.h"
#include "render/scene_list.h"

struct scene {
    struct bbox district;
    struct scene_list list;
    uint32_t *ranks;   /* of each line or area: painted in this order within its plot */
    uint32_t *by_rank; /* the feature of each rank */
    struct spatial_index *index;
    size_t lost_count;
    size_t first_lost;
    struct placement *placement;
    int32_t reference_count;
};

void scene_unref(struct scene *scene)
{
    if (!scene || --scene->reference_count > 0) {
        return;
    }
    placement_free(scene->placement);
    spatial_index_free(scene->index);
    scene_list_finish(&scene->list);
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
    uint64_t *keys = memory_new(scene->list.count, sizeof(*keys));
    scene->ranks = memory_new(scene->list.count, sizeof(*scene->ranks));
    scene->by_rank = memory_new(scene->list.count, sizeof(*scene->by_rank));
    size_t count = 0;
    for (uint32_t i = 0; i < scene->list.count; i++) {
        if (!bbox_is_empty(scene->list.items[i].ink)) {
            keys[count++] = paint_key(&scene->list.items[i], i);
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
    struct bbox *boxes = memory_new(scene->list.count, sizeof(*boxes));
    for (size_t i = 0; i < scene->list.count; i++) {
        boxes[i] = scene->list.items[i].ink;
    }
    scene->index = spatial_index_new(boxes, scene->list.count);
    free(boxes);
}

static void count_lost(struct scene *scene)
{
    for (size_t i = scene->list.count; i-- > 0;) {
        if (!scene->list.items[i].shape->has_image) {
            scene->first_lost = i;
            scene->lost_count++;
        }
    }
}

/* Takes the list over. */
static struct scene *scene_new(struct renderer *renderer, const struct map_view *view, struct bbox district,
                               struct scene_list *list, struct fault *fault)
{
    struct scene *scene = memory_new(1, sizeof(*scene));
    scene->reference_count = 1;
    scene->district = district;
    scene->list = *list;
    *list = (struct scene_list){.count = 0};
    count_lost(scene);
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
    return sizeof(*scene) + scene->list.count * (sizeof(struct scene_feature) + 2 * sizeof(uint32_t)) +
           placement_bytes(scene->placement);
}

static struct scene *make_and_keep(struct renderer *renderer, const struct map_view *view,
                                   const struct scene_name *name, struct scene_list *list,
                                   struct fault *fault)
{
    struct scene *scene = scene_new(renderer, view, name->look.district, list, fault);
    if (scene) {
        scene_cache_put(renderer->scenes, name, scene_ref(scene), bytes_of(scene));
        feature_labels_trim(renderer->feature_labels);
    }
    return scene;
}

/* The scene of an earlier revision or moment, when nothing that differs matters to the district. */
static struct scene *find_unchanged(struct renderer *renderer, const struct map_view *view,
                                    struct bbox district)
{
    struct map_view earlier;
    struct scene_name name;
    if (!scene_cache_find_earlier(renderer->scenes, view, district, &earlier, &name)) {
        return NULL;
    }
    struct scene *scene = scene_cache_find_name(renderer->scenes, &name);
    if (!scene || !scene_list_is_same(renderer, &earlier, view, district)) {
        return NULL;
    }
    scene_cache_learn(renderer->scenes, view, district, &name);
    return scene_ref(scene);
}

/* For a view that was not asked for yet. */
static struct scene *find_by_content(struct renderer *renderer, const struct map_view *view,
                                     struct bbox district, struct fault *fault)
{
    struct scene_list list;
    struct scene *scene = NULL;
    if (scene_list_collect(renderer, view, district, &list, fault)) {
        struct scene_name name = scene_name_of(view, district, &list);
        struct scene *known = scene_cache_find_name(renderer->scenes, &name);
        scene = known ? scene_ref(known) : make_and_keep(renderer, view, &name, &list, fault);
        if (scene) {
            scene_cache_learn(renderer->scenes, view, district, &name);
        }
    }
    scene_list_finish(&list);
    plot_shapes_trim(renderer->plot_shapes);
    return scene;
}

struct scene *scene_get(struct renderer *renderer, const struct map_view *view, struct bbox box,
                        struct fault *fault)
{
    assert(view->plot_count <= MAP_VIEW_PLOT_MAX);
    struct bbox district = district_around(renderer, view, box);
    struct scene *scene = scene_cache_find(renderer->scenes, view, district);
    if (scene) {
        return scene_ref(scene);
    }
    scene = find_unchanged(renderer, view, district);
    return scene ? scene : find_by_content(renderer, view, district, fault);
}

struct bbox scene_district(const struct scene *scene)
{
    return scene->district;
}

size_t scene_count(const struct scene *scene)
{
    return scene->list.count;
}

const struct scene_feature *scene_at(const struct scene *scene, size_t index)
{
    assert(index < scene->list.count);
    return &scene->list.items[index];
}

size_t scene_lost_count(const struct scene *scene)
{
    return scene->lost_count;
}

const struct scene_feature *scene_first_lost(const struct scene *scene)
{
    assert(scene->lost_count > 0);
    return &scene->list.items[scene->first_lost];
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
    if (query->scene->list.items[number].plot == query->plot) {
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
        visit(&scene->list.items[scene->by_rank[query.ranks.items[i]]], context);
    }
    numbers_finish(&query.ranks);
}
