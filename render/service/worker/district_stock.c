/*
 * district_stock.c - a plan is made of the places of all features when the wish is new, and carried out one
 * district at a time.
 */
#include "render/service/worker/district_stock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "geo/tile_matrix_set.h"
#include "render/encode/tile_picture.h"
#include "render/renderer.h"
#include "render/scene/scene.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_district.h"
#include "render/service/worker/order_draw.h"

#define FEATURES_MOST 20000 /* more would keep an order waiting for too long, and take too much memory */
#define FEATURE_CRS "OGC:CRS84"
#define DISTRICTS_MOST 128 /* of all workers; who looks closer sees few of them */
#define SEEN_LEAST_PX 64.0 /* how far the features lie apart at the coarsest zoom */

struct district_stock {
    const struct config *config;
    struct renderer *renderer;
    int number; /* which of how many workers */
    int worker_count;
    struct order wish;
    bool has_wish;
    bool is_planned;
    struct tile_address *plan; /* the first tile of each district; owned */
    size_t count;
    size_t next;
};

struct district_stock *district_stock_new(const struct config *config, struct renderer *renderer)
{
    struct district_stock *stock = memory_new(1, sizeof *stock);
    stock->config = config;
    stock->renderer = renderer;
    stock->worker_count = 1;
    return stock;
}

void district_stock_free(struct district_stock *stock)
{
    if (stock) {
        free(stock->plan);
        free(stock);
    }
}

/** Do both show the same map in the same look, wherever, when and however large? */
static bool is_alike(const struct order *a, const struct order *b)
{
    return strcmp(a->view.map, b->view.map) == 0 &&
           strcmp(a->tile.tile_matrix_set, b->tile.tile_matrix_set) == 0 &&
           a->view.palette.is_given == b->view.palette.is_given &&
           a->view.palette.palette == b->view.palette.palette;
}

void district_stock_watch(struct district_stock *stock, const struct order *order)
{
    if (order->kind == ORDER_PING && order->post.worker_count > 0) {
        stock->number = order->post.number;
        stock->worker_count = order->post.worker_count;
    }
    bool is_picture =
        order_district(order, stock->config->tile_matrix_sets) != 0; /* so its tile matrix set is known */
    if (!is_picture) {
        return;
    }
    if (!stock->has_wish || !is_alike(&stock->wish, order)) {
        stock->is_planned = false;
        stock->count = 0;
        stock->next = 0;
    }
    stock->wish = *order; /* of the latest revision and moment */
    stock->has_wish = true;
}

const struct order *district_stock_wish(const struct district_stock *stock)
{
    bool has_more = stock->has_wish && (!stock->is_planned || stock->next < stock->count);
    return has_more ? &stock->wish : NULL;
}

/** Where the features are, in units of the tile matrix set. Owned; none when they are too
 * many. */
static struct point *places_of(const struct district_stock *stock, const struct order_scene *scene,
                               const struct tile_matrix_set *set, size_t *count)
{
    struct crs_context *context = renderer_crs_context(stock->renderer);
    const struct crs *lon_lat = crs_find(context, FEATURE_CRS, NULL);
    const struct crs *crs = crs_find(context, set->crs_code, NULL);
    size_t total = 0;
    for (size_t i = 0; i < scene->plot_count; i++) {
        total += plot_count(scene->plots[i]);
    }
    struct point *places = memory_new(total + 1, sizeof *places);
    *count = 0;
    if (total > FEATURES_MOST || !lon_lat || !crs) {
        return places;
    }
    for (size_t i = 0; i < scene->plot_count; i++) {
        for (size_t j = 0; j < plot_count(scene->plots[i]); j++) {
            const struct feature *feature = plot_at(scene->plots[i], j);
            if (feature_is_valid_at(feature, scene->moment_ms)) {
                places[(*count)++] = bbox_centre(feature->shape->box);
            }
        }
    }
    if (!crs_transform(context, lon_lat, crs, places, *count, NULL)) {
        *count = 0;
    }
    return places;
}

static int compare_addresses(const void *a, const void *b)
{
    const struct tile_address *first = a;
    const struct tile_address *second = b;
    if (first->row != second->row) {
        return first->row < second->row ? -1 : 1;
    }
    return (first->column > second->column) - (first->column < second->column);
}

/** The first tiles of the districts of a zoom that have features, each once. @return how many */
static size_t find_districts(const struct tile_matrix_set *set, uint32_t zoom, const struct point *places,
                             size_t count, struct tile_address *found)
{
    struct pixel_grid grid = tile_matrix_set_grid(set, zoom);
    uint32_t side = order_district_side(set, zoom, TILE_SIZE_PX);
    double edge_px = (double)side * TILE_SIZE_PX;
    double width_px = (double)set->matrices[zoom].matrix_width * TILE_SIZE_PX;
    double height_px = (double)set->matrices[zoom].matrix_height * TILE_SIZE_PX;
    size_t found_count = 0;
    for (size_t i = 0; i < count; i++) {
        struct point px = pixel_grid_to_px(&grid, places[i]);
        bool is_inside = px.x >= 0 && px.y >= 0 && px.x < width_px && px.y < height_px; /* not of NaN */
        if (is_inside) {
            found[found_count++] = (struct tile_address){zoom, (uint32_t)(px.x / edge_px) * side,
                                                         (uint32_t)(px.y / edge_px) * side};
        }
    }
    qsort(found, found_count, sizeof *found, compare_addresses);
    size_t distinct_count = 0;
    for (size_t i = 0; i < found_count; i++) {
        if (distinct_count == 0 || compare_addresses(&found[distinct_count - 1], &found[i]) != 0) {
            found[distinct_count++] = found[i];
        }
    }
    return distinct_count;
}

static bool is_home(const struct district_stock *stock, struct tile_address address)
{
    struct order order = stock->wish;
    order.tile.address = address;
    order.tile.form.size_px = TILE_SIZE_PX;
    uint64_t district = order_district(&order, stock->config->tile_matrix_sets);
    return order_district_home(district, stock->worker_count) == stock->number;
}

static void plan_zoom(struct district_stock *stock, const struct tile_address *districts, size_t count)
{
    stock->plan = memory_resize(stock->plan, stock->count + count, sizeof *stock->plan);
    for (size_t i = 0; i < count; i++) {
        if (is_home(stock, districts[i])) {
            stock->plan[stock->count++] = districts[i];
        }
    }
}

static void make_plan(struct district_stock *stock, const struct order_scene *scene,
                      const struct tile_matrix_set *set)
{
    size_t count;
    struct point *places = places_of(stock, scene, set, &count);
    struct bbox box = bbox_of_points(places, count);
    double extent = fmax(bbox_width(box), bbox_height(box));
    struct tile_address *found = memory_new(count + 1, sizeof *found);
    size_t total = 0;
    for (uint32_t zoom = 0; zoom < set->matrix_count && total < DISTRICTS_MOST; zoom++) {
        bool is_coarse = extent / set->matrices[zoom].cell_size < SEEN_LEAST_PX;
        size_t found_count = is_coarse ? 0 : find_districts(set, zoom, places, count, found);
        total += found_count;
        if (total <= DISTRICTS_MOST) {
            plan_zoom(stock, found, found_count);
        }
    }
    free(found);
    free(places);
}

static void make_district(struct district_stock *stock, const struct order_scene *scene,
                          const struct tile_matrix_set *set, struct tile_address address)
{
    struct map_view view =
        order_scene_view(stock->config, scene, tile_picture_grid(set, address.zoom, TILE_SIZE_PX));
    double x_px = (double)address.column * TILE_SIZE_PX;
    double y_px = (double)address.row * TILE_SIZE_PX;
    struct bbox tile_px = {x_px, y_px, x_px + TILE_SIZE_PX, y_px + TILE_SIZE_PX};
    struct scene *made = scene_get(stock->renderer, &view, tile_px, NULL);
    if (made) { /* a fault shows when it is drawn */
        scene_make_ready(made, stock->renderer);
    }
    scene_unref(made);
}

void district_stock_fill(struct district_stock *stock, const struct order_scene *scene)
{
    const struct tile_matrix_set *set =
        tile_matrix_sets_find(stock->config->tile_matrix_sets, stock->wish.tile.tile_matrix_set);
    if (!stock->is_planned) {
        make_plan(stock, scene, set);
        stock->is_planned = true;
    }
    if (!renderer_has_district_room(stock->renderer)) {
        stock->next = stock->count;
    }
    if (stock->next < stock->count) {
        make_district(stock, scene, set, stock->plan[stock->next++]);
    }
}
