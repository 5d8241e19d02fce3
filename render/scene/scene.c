/*
 * scene.c - features in the order of plot and id, and the order in which lines and areas are painted. The
 * placement is made with it: there is no picture without one.
 */
#include "render/scene/scene.h"

#include <assert.h>
#include <stdlib.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/scene/ink_budget.h"
#include "render/map_view.h"
#include "render/scene/paint_order.h"
#include "render/placement/placement_make.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene_cache.h"
#include "render/scene/scene_list.h"

#define BYTES_OF_FEATURE 180 /* in bytes_of(), about */
#define MANY_FEATURES 65536  /* against the time to place so many that of giving memory back is nothing */

struct scene {
    const struct plot *plots[MAP_VIEW_PLOT_MAX]; /* one reference each: they hold the features */
    struct bbox district;
    struct scene_list list;
    struct paint_order *paint_order;
    size_t lost_count;
    size_t first_lost;
    bool has_beyond; /* is some of it beyond the budget of ink? */
    struct placement *placement;
    int32_t reference_count;
};

void scene_unref(struct scene *scene)
{
    if (!scene || --scene->reference_count > 0) {
        return;
    }
    placement_free(scene->placement);
    paint_order_free(scene->paint_order);
    scene_list_finish(&scene->list);
    for (size_t i = 0; i < MAP_VIEW_PLOT_MAX; i++) {
        plot_unref(scene->plots[i]);
    }
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

const struct symbol_entry *scene_symbol_entry(const struct scene_feature *feature)
{
    const struct symbol_entry *entry = feature->entry;
    if (feature->is_point) {
        return entry && entry->geometry == GEOMETRY_POINT ? entry : NULL;
    }
    return entry && entry->geometry == GEOMETRY_AREA ? entry->centre_entry : NULL;
}

struct bbox scene_feature_ink(const struct scene_feature *feature)
{
    bool has_ink = !feature->is_point && feature->has_image;
    return has_ink ? bbox_grow(plot_shape_box(feature->shape), feature->reach_px) : bbox_empty();
}

static void count_lost(struct scene *scene)
{
    for (size_t i = scene->list.count; i-- > 0;) {
        if (!scene->list.items[i].has_image) {
            scene->first_lost = i;
            scene->lost_count++;
        }
    }
}

/* Takes the list over. earlier may be NULL. */
static struct scene *scene_new(struct renderer *renderer, const struct map_view *view, struct bbox district,
                               struct scene_list *list, const struct scene *earlier, struct fault *fault)
{
    struct scene *scene = memory_new(1, sizeof(*scene));
    scene->reference_count = 1;
    for (size_t i = 0; i < view->plot_count; i++) {
        scene->plots[i] = plot_ref(view->plots[i]);
    }
    scene->district = district;
    scene->list = *list;
    *list = (struct scene_list){.count = 0};
    count_lost(scene);
    scene->has_beyond = ink_budget_apply(&scene->list, district);
    scene->paint_order = paint_order_new(&scene->list, district);
    scene->placement = placement_new(renderer, view, scene, earlier ? earlier->placement : NULL, fault);
    if (!scene->placement) {
        scene_unref(scene);
        return NULL;
    }
    return scene;
}

/* Shapes and labels are shared by the revisions of a plot and not counted. */
static size_t bytes_of(const struct scene *scene)
{
    return sizeof(*scene) + scene->list.count * sizeof(struct scene_feature) +
           paint_order_bytes(&scene->list) + placement_bytes(scene->placement);
}

void scene_make_room(struct renderer *renderer, size_t feature_count)
{
    if (scene_cache_make_room(renderer->scenes, feature_count * BYTES_OF_FEATURE)) {
        feature_labels_trim(renderer->feature_labels);
        plot_shapes_trim(renderer->plot_shapes);
        memory_give_back(); /* it lay between what is kept */
    }
}

/* A scene of the same district in the same look, and what it was made for. */
struct earlier {
    struct scene *scene; /* NULL: none is at hand; borrowed until the next is put */
    struct scene_name name;
    bool is_over; /* of the same moment, but its plots have been changed: the new one is asked for now */
    struct scene_list_difference difference; /* how the list at hand differs from that of the scene */
};

static struct scene *make_and_keep(struct renderer *renderer, const struct map_view *view,
                                   const struct scene_name *name, struct scene_list *list,
                                   const struct earlier *earlier, struct fault *fault)
{
    struct scene *scene = scene_new(renderer, view, name->look.district, list, earlier->scene, fault);
    if (scene) {
        scene_cache_put(renderer->scenes, name, scene_ref(scene), bytes_of(scene),
                        earlier->scene ? &earlier->name : NULL, earlier->is_over);
        feature_labels_trim(renderer->feature_labels);
    }
    return scene;
}

/* Finds the one that was asked for last, if it does not differ by much. */
static struct earlier find_earlier(struct renderer *renderer, const struct map_view *view,
                                   struct bbox district)
{
    struct map_view earlier_view;
    struct earlier earlier = {.scene = NULL};
    if (!scene_cache_find_earlier(renderer->scenes, view, district, &earlier_view, &earlier.name)) {
        return earlier;
    }
    struct scene *scene = scene_cache_find_name(renderer->scenes, &earlier.name);
    if (scene && scene_list_compare(renderer, &earlier_view, view, district, scene->list.margin_px,
                                    &earlier.difference)) {
        earlier.scene = scene;
        earlier.is_over = earlier_view.moment_ms == view->moment_ms;
    }
    return earlier;
}

/* Made from the earlier one, or by asking the plots. */
static bool make_list(struct renderer *renderer, const struct map_view *view, struct bbox district,
                      const struct earlier *earlier, struct scene_list *list, struct fault *fault)
{
    if (!earlier->scene) {
        return scene_list_collect(renderer, view, district, list, fault);
    }
    *list = scene_list_follow(&earlier->scene->list, &earlier->difference);
    return true;
}

static struct scene *find_by_content(struct renderer *renderer, const struct map_view *view,
                                     struct bbox district, const struct earlier *earlier, struct fault *fault)
{
    struct scene_list list;
    struct scene *scene = NULL;
    if (make_list(renderer, view, district, earlier, &list, fault)) {
        struct scene_name name = scene_name_of(view, district, &list);
        struct scene *known = scene_cache_find_name(renderer->scenes, &name);
        scene = known ? scene_ref(known) : make_and_keep(renderer, view, &name, &list, earlier, fault);
        if (scene) {
            scene_cache_learn(renderer->scenes, view, district, &name);
        }
    }
    scene_list_finish(&list);
    return scene;
}

/* For a view that was not asked for yet. */
static struct scene *find_new(struct renderer *renderer, const struct map_view *view, struct bbox district,
                              struct fault *fault)
{
    struct scene *scene = NULL;
    struct earlier earlier = find_earlier(renderer, view, district);
    if (earlier.scene && earlier.difference.count == 0) {
        scene_cache_learn(renderer->scenes, view, district, &earlier.name);
        scene = scene_ref(earlier.scene);
    } else {
        scene = find_by_content(renderer, view, district, &earlier, fault);
    }
    scene_list_difference_finish(&earlier.difference);
    plot_shapes_trim(renderer->plot_shapes);
    if (scene && scene->list.count >= MANY_FEATURES) {
        memory_give_back(); /* shapes that are gone left holes */
    }
    return scene;
}

struct scene *scene_get(struct renderer *renderer, const struct map_view *view, struct bbox box,
                        struct fault *fault)
{
    assert(view->plot_count <= MAP_VIEW_PLOT_MAX);
    struct bbox district = district_around(renderer, view, box);
    struct scene *scene = scene_cache_find(renderer->scenes, view, district);
    return scene ? scene_ref(scene) : find_new(renderer, view, district, fault);
}

struct bbox scene_district(const struct scene *scene)
{
    return scene->district;
}

double scene_margin_px(const struct scene *scene)
{
    return scene->list.margin_px;
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

size_t scene_beyond_count(const struct scene *scene, uint32_t plot)
{
    size_t count = 0;
    for (size_t i = 0; scene->has_beyond && i < scene->list.count; i++) {
        count += scene->list.items[i].is_beyond_budget && scene->list.items[i].plot == plot;
    }
    return count;
}

void scene_make_ready(const struct scene *scene, struct renderer *renderer)
{
    paint_order_make_ready(scene->paint_order);
    placement_make_ready(scene->placement, renderer->text_engine);
}

const struct placement *scene_placement(const struct scene *scene)
{
    return scene->placement;
}

void scene_query(const struct scene *scene, uint32_t plot, struct bbox box_px,
                 void (*visit)(const struct scene_feature *feature, void *context), void *context)
{
    paint_order_query(scene->paint_order, plot, box_px, visit, context);
}
