/*
 * picture.c - paints the items of a map in their order, then the symbols and labels of all its plots.
 *
 * A block is one square of BLOCK_PX in the pixel space of a tiled grid, painted on a canvas of just its size.
 * A tile is a block; a larger picture of the same grid is a mosaic of blocks, so the two cannot differ.
 */
#include "render/picture.h"

#include <assert.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/work.h"
#include "geo/crs.h"
#include "render/canvas/canvas.h"
#include "render/scene/district.h"
#include "render/canvas/image.h"
#include "render/layer/layer_paint.h"
#include "render/layer/layer_reach.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/print/map_layers.h"
#include "render/scene/difference_paint.h"
#include "render/scene/plot_paint.h"
#include "render/scene/plot_room.h"
#include "render/px_box.h"
#include "render/renderer_internal.h"
#include "render/report.h"
#include "render/scene/scene.h"
#include "render/scene/world_turn.h"
#include "render/symbol/symbol_picture.h"

#define BLOCK_PX 256
#define MOST_DOTS 100000000.0
#define SCENE_PART 0.1   /* of painting a picture: until it is known what stands where */
#define GROUND_PART 0.85 /* until what lies below symbols and labels is painted, too */
#define PLOT_WEIGHT 3
#define RASTER_WEIGHT 60

/* What painting one picture needs. */
struct painting {
    struct renderer *renderer;
    const struct map_view *view;
    struct scene *scene; /* of the district that is being painted; one reference, NULL at first */
    int pixel_ratio;
    struct report *report; /* NULL: nobody asks */
    struct work *work;     /* NULL: nobody asks */
};

/* Once round the world of the view, px; 0 when it does not run on. */
static double turn_px(struct renderer *renderer, const struct map_view *view)
{
    const struct crs *crs = crs_find(renderer->crs_context, view->grid.crs_code, NULL);
    return world_turn_of(crs ? world_turn_units(crs) : 0, &view->grid).turn_px;
}

/* Does a picture that is of no tile matrix begin west of the world? Then that goes on a turn further west. */
static bool begins_west_of_world(struct renderer *renderer, const struct map_view *view)
{
    const struct crs *crs = crs_find(renderer->crs_context, view->grid.crs_code, NULL);
    double turn_units = crs ? world_turn_units(crs) : 0;
    return turn_units > 0 && view->grid.origin.x < -turn_units / 2 &&
           !renderer_is_tiled(renderer, &view->grid);
}

static void paint_layer_once(const struct painting *painting, const struct map_view *view,
                             const struct layer *layer, struct pixel_box box, struct canvas *canvas,
                             struct work work)
{
    struct fault fault = {0};
    struct plot_room room = {painting->renderer, painting->view, painting->scene};
    struct layer_target target = {box, canvas, &room, painting->report, &work};
    if (!layer_paint(painting->renderer, view, layer, &target, &fault) && painting->report) {
        report_add(painting->report, REPORT_LAYER_FAILED, layer->id, "%s", fault.message);
    }
}

static void paint_layer(const struct painting *painting, const struct layer *layer, struct pixel_box box,
                        struct canvas *canvas)
{
    if (!layer_is_drawn(layer, painting->view)) {
        return;
    }
    bool is_twice = begins_west_of_world(painting->renderer, painting->view);
    if (is_twice) {
        struct map_view west = *painting->view;
        west.grid.origin.x += turn_px(painting->renderer, painting->view) * west.grid.units_per_px;
        paint_layer_once(painting, &west, layer, box, canvas, work_part_at(painting->work, 0, 2));
    }
    paint_layer_once(painting, painting->view, layer, box, canvas,
                     work_part(painting->work, is_twice ? 0.5 : 0, 1));
}

/* What changed lies below what is there now. */
static bool paint_plot(const struct painting *painting, uint32_t plot, struct bbox box_px,
                       struct canvas *canvas, struct fault *fault)
{
    const struct map_view *view = painting->view;
    map_layers_begin_plot(canvas, view, plot);
    map_layers_begin_changes(canvas, view);
    bool is_painted = difference_paint_ground(painting->renderer, view, plot, box_px, canvas, fault);
    map_layers_end(canvas);
    if (is_painted) {
        plot_paint_shapes(view, painting->scene, plot, box_px, canvas);
    }
    map_layers_end(canvas);
    return is_painted;
}

/* About how much longer than a layer of lines an item takes. */
static double weight_of(const struct map_item *item)
{
    return !item->layer ? PLOT_WEIGHT : item->layer->kind == LAYER_RASTER ? RASTER_WEIGHT : 1;
}

static double weight_of_first(const struct map *map, size_t count)
{
    double weight = 0;
    for (size_t i = 0; i < count; i++) {
        weight += weight_of(&map->items[i]);
    }
    return weight;
}

/* Layers and plots, the first at the bottom. A layer that stops because nobody wants the picture is no layer
 * that failed: it is asked once more after each. */
static bool paint_ground(struct painting *painting, struct pixel_box box, struct canvas *canvas,
                         struct fault *fault)
{
    const struct map *map = painting->view->map;
    struct work *whole = painting->work;
    struct work ground = work_part(whole, SCENE_PART, GROUND_PART);
    double all = weight_of_first(map, map->item_count);
    uint32_t plot = 0;
    bool is_painted = true;
    for (size_t i = 0; i < map->item_count && is_painted; i++) {
        struct work item =
            work_part(&ground, weight_of_first(map, i) / all, weight_of_first(map, i + 1) / all);
        painting->work = &item;
        if (map->items[i].layer) {
            map_layers_begin_layer(canvas, painting->view, map->items[i].layer);
            paint_layer(painting, map->items[i].layer, box, canvas);
            map_layers_end(canvas);
        } else if (plot < painting->view->plot_count) {
            is_painted = paint_plot(painting, plot++, pixel_box_to_bbox(box), canvas, fault);
        }
        is_painted = is_painted && work_tell(&item, 1, fault);
    }
    painting->work = whole;
    return is_painted;
}

static bool paint_items(struct painting *painting, struct pixel_box box, struct canvas *canvas,
                        struct fault *fault)
{
    struct bbox box_px = pixel_box_to_bbox(box);
    const struct colour *background = painting->view->background;
    canvas_fill_all(canvas, background ? *background : painting->view->map->background);
    if (!work_tell(painting->work, SCENE_PART, fault) || !paint_ground(painting, box, canvas, fault)) {
        return false;
    }
    map_layers_begin_changes(canvas, painting->view);
    bool is_marked =
        difference_paint_marks(painting->renderer, painting->view, painting->scene, box_px, canvas, fault);
    map_layers_end(canvas);
    return is_marked &&
           plot_paint_placed(painting->renderer, painting->view, painting->scene, box_px, canvas, fault);
}

static void report_lost(const struct painting *painting)
{
    const struct scene *scene = painting->scene;
    if (scene_lost_count(scene) > 0) {
        const struct scene_feature *lost = scene_first_lost(scene);
        const char *name = plot_title(painting->view->plots[lost->plot])->name;
        report_add(painting->report, REPORT_FEATURES_LEFT_OUT, name,
                   "not drawn: %zu without a place in %s, '%s' the first", scene_lost_count(scene),
                   painting->view->grid.crs_code, lost->feature->id);
        report_count_item(painting->report, REPORT_FEATURES_LEFT_OUT, name, scene_lost_count(scene));
    }
    for (uint32_t plot = 0; plot < painting->view->plot_count; plot++) {
        size_t count = scene_beyond_count(scene, plot);
        if (count > 0) {
            const char *name = plot_title(painting->view->plots[plot])->name;
            report_add(
                painting->report, REPORT_FEATURES_LEFT_OUT, name,
                "not drawn: %zu of the lines and areas, the least important, since all are too long for "
                "one picture",
                count);
            report_count_item(painting->report, REPORT_FEATURES_LEFT_OUT, name, count);
        }
    }
}

/* What does not depend on the pixels of the box, which lies in the district at hand. */
static void report_scene(const struct painting *painting, struct bbox box)
{
    const char *crs_code = painting->view->grid.crs_code;
    placement_report(scene_placement(painting->scene), painting->renderer->text_engine, box,
                     painting->report);
    if (strcmp(crs_code, "EPSG:28992") == 0 && !crs_context_has_rd_grid(painting->renderer->crs_context)) {
        report_add(painting->report, REPORT_NO_RD_GRID, crs_code,
                   "RD without its correction grid: places are up to 0.25 m off");
    }
    report_lost(painting);
    difference_report(painting->renderer, painting->view, painting->report);
}

/* Takes the scene of a box in hand: the one that is there, which nobody else may keep any more, or another,
 * which does not stand beside it in memory. False on fault. */
static bool enter_district(struct painting *painting, struct bbox box, struct fault *fault)
{
    if (painting->scene && district_contains(scene_district(painting->scene), box)) {
        return true;
    }
    scene_unref(painting->scene);
    painting->scene = scene_get(painting->renderer, painting->view, box, fault);
    return painting->scene != NULL;
}

/* What of a picture lies beside a tile matrix whose world runs on is seen where the world goes on. */
static struct pixel_box within_world(const struct painting *painting, struct pixel_box block)
{
    int64_t turn = (int64_t)turn_px(painting->renderer, painting->view);
    if (turn > 0 && renderer_is_tiled(painting->renderer, &painting->view->grid)) {
        block.x -= px_floor_to(block.x, turn);
    }
    return block;
}

/* Tells of all districts that a picture shows. */
static bool report_districts(struct painting *painting, struct pixel_box box, struct fault *fault)
{
    struct bbox box_px = pixel_box_to_bbox(within_world(painting, box));
    struct districts districts = districts_touched(painting->renderer, painting->view, box_px);
    if (painting->report && districts_count(&districts) > 1) {
        painting->report->counts_features = false; /* two districts may tell of the same one */
    }
    for (size_t i = 0; painting->report && i < districts_count(&districts); i++) {
        struct bbox part = district_part(districts_at(&districts, i), box_px);
        part = bbox_is_empty(part) ? box_px : part;
        if (!enter_district(painting, part, fault)) {
            return false;
        }
        report_scene(painting, part);
    }
    return true;
}

bool picture_paint(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                   const struct picture_target *target, struct fault *fault)
{
    struct canvas *canvas = target->canvas;
    struct painting painting = {
        .renderer = renderer, .view = view, .report = target->report, .work = target->work};
    symbol_cache_trim(renderer->symbol_cache);
    if (!enter_district(&painting, pixel_box_to_bbox(box), fault)) {
        return false;
    }
    canvas_lend_symbols(canvas, renderer->symbol_cache);
    bool is_painted = paint_items(&painting, box, canvas, fault);
    canvas_lend_symbols(canvas, NULL);
    if (target->report) {
        report_scene(&painting, pixel_box_to_bbox(box));
    }
    scene_unref(painting.scene);
    return is_painted;
}

static struct image *paint_picture(struct painting *painting, struct pixel_box box, struct fault *fault)
{
    box = within_world(painting, box);
    if (!enter_district(painting, pixel_box_to_bbox(box), fault)) {
        return NULL;
    }
    struct canvas *canvas =
        canvas_new_picture(box, painting->pixel_ratio, painting->renderer->text_engine, fault);
    if (!canvas) {
        return NULL;
    }
    struct image *image = NULL;
    canvas_lend_symbols(canvas, painting->renderer->symbol_cache);
    if (paint_items(painting, box, canvas, fault)) {
        image = canvas_take_picture(canvas, fault);
    }
    canvas_free(canvas);
    return image;
}

static bool paint_block(struct painting *painting, struct image *image, struct pixel_box box,
                        struct pixel_box block, struct fault *fault)
{
    struct image *part = paint_picture(painting, block, fault);
    if (!part) {
        return false;
    }
    image_copy(image, part, (int)(block.x - box.x) * painting->pixel_ratio,
               (int)(block.y - box.y) * painting->pixel_ratio);
    image_free(part);
    return true;
}

/* A tile of 256 px is one block: its picture needs no copy. */
static bool is_block(struct pixel_box box)
{
    return box.width == BLOCK_PX && box.height == BLOCK_PX && px_floor_to(box.x, BLOCK_PX) == box.x &&
           px_floor_to(box.y, BLOCK_PX) == box.y;
}

static struct image *paint_mosaic(struct painting *painting, struct pixel_box box, struct fault *fault)
{
    struct image *image =
        image_new(box.width * painting->pixel_ratio, box.height * painting->pixel_ratio, fault);
    if (!image) {
        return NULL;
    }
    for (int64_t y = px_floor_to(box.y, BLOCK_PX); y < box.y + box.height; y += BLOCK_PX) {
        for (int64_t x = px_floor_to(box.x, BLOCK_PX); x < box.x + box.width; x += BLOCK_PX) {
            struct pixel_box block = {x, y, BLOCK_PX, BLOCK_PX};
            if (!paint_block(painting, image, box, block, fault)) {
                image_free(image);
                return NULL;
            }
        }
    }
    return image;
}

static bool check_size(struct pixel_box box, int pixel_ratio, struct fault *fault)
{
    double width = (double)box.width * pixel_ratio;
    double height = (double)box.height * pixel_ratio;
    if (box.width < 1 || box.height < 1) {
        fault_set(fault, FAULT_INPUT, "a picture of %d x %d px cannot be drawn", box.width, box.height);
        return false;
    }
    if (width * height > MOST_DOTS) {
        fault_set(fault, FAULT_LIMIT, "a picture of %.0f x %.0f dots is too large: at most 100 million",
                  width, height);
        return false;
    }
    return true;
}

struct image *picture_render(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                             int pixel_ratio, struct report *report, struct fault *fault)
{
    assert(pixel_ratio >= 1 && pixel_ratio <= 3);
    struct painting painting = {
        .renderer = renderer, .view = view, .pixel_ratio = pixel_ratio, .report = report};
    if (!check_size(box, pixel_ratio, fault)) {
        return NULL;
    }
    symbol_cache_trim(renderer->symbol_cache);
    bool is_mosaic = renderer_is_tiled(renderer, &view->grid) && !is_block(box);
    struct image *image =
        is_mosaic ? paint_mosaic(&painting, box, fault) : paint_picture(&painting, box, fault);
    if (image && !report_districts(&painting, box, fault)) {
        image_free(image);
        image = NULL;
    }
    if (image && report) {
        layer_reach_report(renderer, view, box, !renderer_is_tiled(renderer, &view->grid), report);
    }
    scene_unref(painting.scene);
    return image;
}

struct image *tile_render(struct renderer *renderer, const struct map_view *view,
                          const struct tile_matrix_set *set, struct tile_address address, int pixel_ratio,
                          struct report *report, struct fault *fault)
{
    if (!tile_address_check(set, address, fault)) {
        return NULL;
    }
    struct pixel_grid grid = tile_matrix_set_grid(set, address.zoom);
    assert(pixel_grid_equals(&grid, &view->grid));
    return picture_render(renderer, view, tile_pixel_box(set, address), pixel_ratio, report, fault);
}
