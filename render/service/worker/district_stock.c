/*
 * district_stock.c - a plan is made of the places of all features when the wish is new, and carried out one
 * district at a time: first it is placed, then indexed.
 */
#include "render/service/worker/district_stock.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/tile_matrix_set.h"
#include "render/encode/tile_picture.h"
#include "render/layer/layer_paint.h"
#include "render/renderer.h"
#include "render/scene/scene.h"
#include "render/service/config.h"
#include "render/service/worker/district_load.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_district.h"
#include "render/service/worker/order_draw.h"

#define STEP_MOST_US 100000 /* of the processor; a district that takes longer was the last of its look */
#define DISTRICTS_MOST 128  /* of all workers: who looks closer sees few, and further away there are few */
#define SEEN_LEAST_PX 64.0  /* how far the features lie apart at the coarsest zoom */
#define WHOLE_PX 1024.0     /* so far where all of them are seen at once, as they are looked at first */
#define LOOKS_MOST 4        /* RD beside web mercator, a palette for print, an earlier moment */
#define FEATURE_CRS "OGC:CRS84"

/** What is made ahead for a map at a moment in one look; all zero: nobody asked for it. */
struct stocked_look {
    struct order wish; /* its last tile */
    bool is_planned;
    struct tile_address *plan; /* the first tile of each district; owned */
    size_t count;
    size_t next;
    bool is_placed; /* the next one is, and not indexed yet */
};

struct district_stock {
    const struct config *config;
    struct renderer *renderer;
    int number; /* which of how many workers */
    int worker_count;
    struct stocked_look looks[LOOKS_MOST]; /* that asked for last stands first */
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
    for (size_t i = 0; stock && i < LOOKS_MOST; i++) {
        free(stock->looks[i].plan);
    }
    free(stock);
}

/** Do both show the same map in the same look at the same moment, wherever and however large? */
static bool is_alike(const struct order *a, const struct order *b)
{
    return strcmp(a->view.map, b->view.map) == 0 && a->view.as_of_ms == b->view.as_of_ms &&
           strcmp(a->tile.tile_matrix_set, b->tile.tile_matrix_set) == 0 &&
           a->view.palette.is_given == b->view.palette.is_given &&
           a->view.palette.palette == b->view.palette.palette;
}

/** Is it about an earlier revision? */
static bool is_older(const struct order *order, const struct order *than)
{
    for (size_t i = 0; i < order->view.plot_count; i++) {
        if (order->view.revisions[i] < than->view.revisions[i]) {
            return true;
        }
    }
    return false;
}

/** The look of an order, moved to the front; a new one takes the place of that asked for longest ago. */
static struct stocked_look *look_of(struct district_stock *stock, const struct order *order)
{
    size_t index = 0;
    while (index < LOOKS_MOST - 1 && !is_alike(&stock->looks[index].wish, order)) {
        index++;
    }
    struct stocked_look look = stock->looks[index];
    if (!is_alike(&look.wish, order)) {
        free(look.plan);
        look = (struct stocked_look){.wish = *order};
    }
    memmove(stock->looks + 1, stock->looks, index * sizeof look);
    stock->looks[0] = look;
    return &stock->looks[0];
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
    struct stocked_look *look = look_of(stock, order);
    if (!is_older(order, &look->wish)) {
        look->wish = *order;
        look->wish.payload = NULL; /* was the order's */
        look->wish.payload_length = 0;
    }
}

const struct order *district_stock_wish(const struct district_stock *stock)
{
    const struct stocked_look *look = &stock->looks[0];
    bool has_more = *look->wish.view.map && (!look->is_planned || look->next < look->count);
    return has_more ? &look->wish : NULL;
}

/** Where the features are that districts are made of, in units of the tile matrix set. Owned. */
static struct point *places_of(const struct district_stock *stock, const struct order_scene *scene,
                               const struct tile_matrix_set *set, size_t *count)
{
    struct crs_context *context = renderer_crs_context(stock->renderer);
    const struct crs *lon_lat = crs_find(context, FEATURE_CRS, NULL);
    const struct crs *crs = crs_find(context, set->crs_code, NULL);
    struct district_load load = district_load_of_first_sight(scene);
    bool is_known =
        lon_lat && crs && crs_transform(context, lon_lat, crs, load.places, load.feature_count, NULL);
    *count = is_known ? load.feature_count : 0;
    return load.places;
}

/** A district that has features. */
struct found {
    struct tile_address first_tile;
    size_t feature_count;
};

static int compare_addresses(const void *a, const void *b)
{
    struct tile_address first = ((const struct found *)a)->first_tile;
    struct tile_address second = ((const struct found *)b)->first_tile;
    if (first.row != second.row) {
        return first.row < second.row ? -1 : 1;
    }
    return (first.column > second.column) - (first.column < second.column);
}

/** Where most is to be seen comes first. */
static int compare_counts(const void *a, const void *b)
{
    const struct found *first = a;
    const struct found *second = b;
    if (first->feature_count != second->feature_count) {
        return first->feature_count > second->feature_count ? -1 : 1;
    }
    return compare_addresses(a, b);
}

/** Makes one of those that are the same. @return how many there are */
static size_t gather(struct found *found, size_t count)
{
    size_t distinct_count = 0;
    qsort(found, count, sizeof *found, compare_addresses);
    for (size_t i = 0; i < count; i++) {
        bool is_same = distinct_count > 0 && compare_addresses(&found[distinct_count - 1], &found[i]) == 0;
        if (is_same) {
            found[distinct_count - 1].feature_count++;
        } else {
            found[distinct_count++] = found[i];
        }
    }
    qsort(found, distinct_count, sizeof *found, compare_counts);
    return distinct_count;
}

/** The districts of a zoom that have features, each once. @return how many; there is room for all places */
static size_t find_districts(const struct tile_matrix_set *set, uint32_t zoom, const struct point *places,
                             size_t count, struct found *found)
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
            struct tile_address first_tile = {zoom, (uint32_t)(px.x / edge_px) * side,
                                              (uint32_t)(px.y / edge_px) * side};
            found[found_count++] = (struct found){first_tile, 1};
        }
    }
    return gather(found, found_count);
}

static bool is_home(const struct district_stock *stock, const struct order *wish, struct tile_address address)
{
    struct order order = *wish;
    order.tile.address = address;
    order.tile.form.size_px = TILE_SIZE_PX;
    uint64_t district = order_district(&order, stock->config->tile_matrix_sets);
    return order_district_home(district, stock->worker_count) == stock->number;
}

/** What a plan is made of. */
struct planning {
    const struct district_stock *stock;
    struct stocked_look *look;
    const struct tile_matrix_set *set;
    const struct point *places;
    size_t place_count;
    struct found *found; /* room for a zoom */
    size_t total;        /* of all workers */
};

/** False: all together would be more, and so they would with what is finer. */
static bool plan_zoom(struct planning *planning, uint32_t zoom, size_t most)
{
    struct stocked_look *look = planning->look;
    size_t count =
        find_districts(planning->set, zoom, planning->places, planning->place_count, planning->found);
    if (planning->total + count > most) {
        return false;
    }
    planning->total += count;
    look->plan = memory_resize(look->plan, look->count + count, sizeof *look->plan);
    for (size_t i = 0; i < count; i++) {
        if (is_home(planning->stock, &look->wish, planning->found[i].first_tile)) {
            look->plan[look->count++] = planning->found[i].first_tile;
        }
    }
    return true;
}

/** The coarsest zoom at which an extent is so many px long. */
static uint32_t zoom_of(const struct tile_matrix_set *set, double extent, double least_px)
{
    uint32_t zoom = 0;
    while (zoom + 1 < set->matrix_count && extent / set->matrices[zoom].cell_size < least_px) {
        zoom++;
    }
    return zoom;
}

/** From the zoom at which all is seen at once closer, then from there further away. */
static void plan_zooms(struct planning *planning, double extent)
{
    uint32_t whole = zoom_of(planning->set, extent, WHOLE_PX);
    uint32_t coarsest = zoom_of(planning->set, extent, SEEN_LEAST_PX);
    if (extent / planning->set->matrices[coarsest].cell_size < SEEN_LEAST_PX) {
        return; /* all in one place */
    }
    uint32_t finest = whole;
    while (finest < planning->set->matrix_count && plan_zoom(planning, finest, DISTRICTS_MOST)) {
        finest++;
    }
    for (uint32_t zoom = whole; zoom > coarsest; zoom--) {
        plan_zoom(planning, zoom - 1, SIZE_MAX);
    }
}

static void make_plan(const struct district_stock *stock, struct stocked_look *look,
                      const struct order_scene *scene, const struct tile_matrix_set *set)
{
    size_t count;
    struct point *places = places_of(stock, scene, set, &count);
    struct bbox box = bbox_of_points(places, count);
    if (count > 0) {
        struct planning planning = {stock, look, set, places, count, NULL, 0};
        planning.found = memory_new(count, sizeof *planning.found);
        plan_zooms(&planning, fmax(bbox_width(box), bbox_height(box)));
        free(planning.found);
    }
    free(places);
}

/** Places the next district of the plan, or makes ready what its first picture would. */
static void make_next(const struct district_stock *stock, struct stocked_look *look,
                      const struct order_scene *scene, const struct tile_matrix_set *set)
{
    struct tile_address address = look->plan[look->next];
    struct map_view view =
        order_scene_view(stock->config, scene, tile_picture_grid(set, address.zoom, TILE_SIZE_PX));
    double x_px = (double)address.column * TILE_SIZE_PX;
    double y_px = (double)address.row * TILE_SIZE_PX;
    struct bbox tile_px = {x_px, y_px, x_px + TILE_SIZE_PX, y_px + TILE_SIZE_PX};
    if (!look->is_placed && district_load_is_heavy(stock->renderer, scene, &view, tile_px)) {
        look->next++;
        return;
    }
    struct scene *made = scene_get(stock->renderer, &view, tile_px, NULL);
    if (made && look->is_placed) {
        scene_make_ready(made, stock->renderer);
        layers_make_ready(stock->renderer, &view, bbox_centre(tile_px));
    }
    bool is_done = look->is_placed || !made; /* a fault shows when it is drawn */
    look->next += is_done;
    look->is_placed = !is_done;
    scene_unref(made);
}

/** However busy the others of the machine are. */
static int64_t used_us(void)
{
    struct timespec used;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return (int64_t)used.tv_sec * 1000000 + used.tv_nsec / 1000;
}

void district_stock_fill(struct district_stock *stock, const struct order_scene *scene)
{
    struct stocked_look *look = &stock->looks[0];
    const struct tile_matrix_set *set =
        tile_matrix_sets_find(stock->config->tile_matrix_sets, look->wish.tile.tile_matrix_set);
    int64_t begun_us = used_us();
    if (!look->is_planned) {
        look->is_planned = true;
        make_plan(stock, look, scene, set);
    } else if (look->next < look->count) {
        make_next(stock, look, scene, set);
    }
    bool is_slow = used_us() - begun_us > STEP_MOST_US;
    if (is_slow || !renderer_has_district_room(stock->renderer)) {
        look->next = look->count;
    }
}
