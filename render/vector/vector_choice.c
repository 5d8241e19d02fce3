/*
 * vector_choice.c - a block of squares is filled in one query; for what reaches in from squares outside of
 * the block each of those is asked on its own.
 *
 * Only points are projected here, one for each feature, many at a time: nothing is kept of what does not
 * stay.
 */
#include "render/vector/vector_choice.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/scene/lon_lat_box.h"
#include "render/map_view.h"
#include "render/renderer_internal.h"
#include "render/vector/vector_crowd.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

#define FEATURE_CRS "OGC:CRS84"
#define SQUARE_PX 64
#define METRES_PER_DEGREE 111320.0 /* of latitude */
#define FURTHEST_PX 1e12           /* no zoom is as wide */
#define BATCH 512
#define KINDS 3

/* Of points, lines, areas (enum shape_kind). */
static const size_t most_of_kind[KINDS] = {80, 20, 20};

struct block {
    struct vector_square first;
    size_t columns;
    size_t rows;
};

/* A feature that reaches in from elsewhere. */
struct outsider {
    const struct feature *feature;
    struct vector_square square;
};

struct choosing {
    struct renderer *renderer;
    const struct map_view *view;
    const struct plot *plot;
    struct block block;
    struct bbox seen_deg;        /* outsiders beyond it are passed over */
    struct vector_crowd *crowds; /* of each square, row by row, KINDS */
    struct outsider *outsiders;
    size_t outsider_count;
    size_t outsider_capacity;
    const struct feature *batch[BATCH]; /* not yet put into squares */
    size_t batch_count;
    struct vector_choice *choice;
};

void vector_choice_finish(struct vector_choice *choice)
{
    free(choice->items);
    *choice = (struct vector_choice){0};
}

static void choose(struct vector_choice *choice, const struct feature *feature, uint32_t crowd)
{
    if (choice->count == choice->capacity) {
        choice->capacity = choice->capacity > 0 ? 2 * choice->capacity : 256;
        choice->items = memory_resize(choice->items, choice->capacity, sizeof(*choice->items));
    }
    choice->items[choice->count++] = (struct vector_chosen){feature, crowd};
}

static int compare_ids(const void *first, const void *second)
{
    const struct vector_chosen *a = first;
    const struct vector_chosen *b = second;
    return strcmp(a->feature->id, b->feature->id);
}

static void sort_choice(struct vector_choice *choice)
{
    if (choice->count > 1) {
        qsort(choice->items, choice->count, sizeof(*choice->items), compare_ids);
    }
}

/* First points of features, moved into pixels; those without a place become NaN. */
static void find_places(struct renderer *renderer, const struct map_view *view,
                        const struct feature *const *features, size_t count, struct point *places_px)
{
    const struct crs *from = crs_find(renderer->crs_context, FEATURE_CRS, NULL);
    const struct crs *to = crs_find(renderer->crs_context, view->grid.crs_code, NULL);
    for (size_t i = 0; i < count; i++) {
        places_px[i] = features[i]->shape->points[0];
    }
    bool is_moved = from && to && crs_transform(renderer->crs_context, from, to, places_px, count, NULL);
    for (size_t i = 0; i < count; i++) {
        places_px[i] =
            is_moved ? pixel_grid_to_px(&view->grid, places_px[i]) : (struct point){(double)NAN, (double)NAN};
    }
}

/* False when a place is none, or none that a query for its square is sure to find. */
static bool find_square(const struct feature *feature, struct point place_px, struct vector_square *square)
{
    bool is_on_earth = fabs(feature->shape->points[0].x) <= 180;
    if (!is_on_earth || !(fabs(place_px.x) < FURTHEST_PX) || !(fabs(place_px.y) < FURTHEST_PX)) {
        return false;
    }
    *square = (struct vector_square){(int64_t)floor(place_px.x / SQUARE_PX),
                                     (int64_t)floor(place_px.y / SQUARE_PX)};
    return true;
}

bool vector_square_of(struct renderer *renderer, const struct map_view *view, const struct feature *feature,
                      struct vector_square *square)
{
    struct point place_px;
    find_places(renderer, view, &feature, 1, &place_px);
    return find_square(feature, place_px, square);
}

/* About: is it wider or higher than a square? */
static bool is_small(const struct choosing *choosing, const struct feature *feature)
{
    const struct pixel_grid *grid = &choosing->view->grid;
    double square_deg = SQUARE_PX * grid->units_per_px * grid->metres_per_unit / METRES_PER_DEGREE;
    return fmax(bbox_width(feature->shape->box), bbox_height(feature->shape->box)) < square_deg;
}

/* All bits of a hash decide the order, so that ids that count up are spread as well. */
static uint64_t mixed(uint64_t hash)
{
    hash = (hash ^ hash >> 32) * UINT64_C(0x9E3779B97F4A7C15); /* 2^64 / golden ratio */
    return hash ^ hash >> 29;
}

static struct crowd_member rank(const struct choosing *choosing, const struct feature *feature)
{
    const struct symbol_entry *entry = symbol_library_resolve(choosing->view->symbols, &feature->code, NULL);
    return (struct crowd_member){.feature = feature,
                                 .is_small = is_small(choosing, feature),
                                 .priority = entry ? entry->priority : 0,
                                 .mixed_id = mixed(hash_text(HASH_START, feature->id))};
}

static struct vector_crowd *crowd_of(const struct choosing *choosing, struct vector_square square,
                                     enum shape_kind kind)
{
    const struct block *block = &choosing->block;
    uint64_t column = (uint64_t)(square.column - block->first.column); /* negative: very large */
    uint64_t row = (uint64_t)(square.row - block->first.row);
    bool is_inside = column < block->columns && row < block->rows;
    return is_inside ? &choosing->crowds[(row * block->columns + column) * KINDS + kind] : NULL;
}

static void add_outsider(struct choosing *choosing, const struct feature *feature,
                         struct vector_square square)
{
    if (!bbox_intersects(feature->shape->box, choosing->seen_deg)) {
        return;
    }
    if (choosing->outsider_count == choosing->outsider_capacity) {
        choosing->outsider_capacity = choosing->outsider_capacity > 0 ? 2 * choosing->outsider_capacity : 64;
        choosing->outsiders =
            memory_resize(choosing->outsiders, choosing->outsider_capacity, sizeof(*choosing->outsiders));
    }
    choosing->outsiders[choosing->outsider_count++] = (struct outsider){feature, square};
}

static void sort_batch_in(struct choosing *choosing)
{
    struct point places_px[BATCH];
    find_places(choosing->renderer, choosing->view, choosing->batch, choosing->batch_count, places_px);
    for (size_t i = 0; i < choosing->batch_count; i++) {
        const struct feature *feature = choosing->batch[i];
        enum shape_kind kind = feature->shape->kind;
        struct vector_square square;
        if (!find_square(feature, places_px[i], &square)) {
            choose(choosing->choice, feature, 0);
            continue;
        }
        struct vector_crowd *crowd = crowd_of(choosing, square, kind);
        if (crowd) {
            vector_crowd_add(crowd, rank(choosing, feature), most_of_kind[kind]);
        } else {
            add_outsider(choosing, feature, square);
        }
    }
    choosing->batch_count = 0;
}

static bool meet(const struct feature *feature, void *context)
{
    struct choosing *choosing = context;
    choosing->batch[choosing->batch_count++] = feature;
    if (choosing->batch_count == BATCH) {
        sort_batch_in(choosing);
    }
    return true;
}

static void settle(struct choosing *choosing)
{
    size_t count = choosing->block.columns * choosing->block.rows * KINDS;
    for (size_t i = 0; i < count; i++) {
        struct vector_crowd *crowd = &choosing->crowds[i];
        vector_crowd_settle(crowd, most_of_kind[i % KINDS]);
        for (size_t k = 0; k < crowd->count; k++) {
            choose(choosing->choice, crowd->members[k].feature, k == 0 ? vector_crowd_number(crowd) : 0);
        }
        vector_crowd_finish(crowd);
    }
}

static struct bbox block_px(const struct block *block)
{
    double x = (double)block->first.column * SQUARE_PX;
    double y = (double)block->first.row * SQUARE_PX;
    return (struct bbox){x, y, x + (double)block->columns * SQUARE_PX, y + (double)block->rows * SQUARE_PX};
}

/* Where on earth all that belongs to its squares is found. */
static bool find_block(const struct choosing *choosing, struct bbox *lon_lat_deg, struct fault *fault)
{
    return lon_lat_box_of(choosing->renderer->crs_context, &choosing->view->grid, block_px(&choosing->block),
                          plot_longest_step_deg(choosing->plot), lon_lat_deg, fault);
}

/* Fills the squares of the block and chooses from them. */
static bool fill(struct choosing *choosing, struct fault *fault)
{
    struct bbox lon_lat_deg;
    if (!find_block(choosing, &lon_lat_deg, fault)) {
        return false;
    }
    choosing->crowds =
        memory_new(choosing->block.columns * choosing->block.rows * KINDS, sizeof(*choosing->crowds));
    plot_query(choosing->plot, lon_lat_deg, choosing->view->moment_ms, meet, choosing);
    sort_batch_in(choosing);
    settle(choosing);
    free(choosing->crowds);
    return true;
}

bool vector_choice_of_square(struct vector_choice *choice, struct renderer *renderer,
                             const struct map_view *view, const struct plot *plot,
                             struct vector_square square, struct fault *fault)
{
    struct choosing choosing = {.renderer = renderer,
                                .view = view,
                                .plot = plot,
                                .block = {square, 1, 1},
                                .seen_deg = bbox_empty(),
                                .choice = choice};
    bool is_filled = fill(&choosing, fault);
    sort_choice(choice);
    return is_filled;
}

/* Features that are counted, up to some. */
struct feature_count {
    size_t count;
    size_t most;
};

static bool count_feature(const struct feature *feature, void *context)
{
    struct feature_count *counted = context;
    (void)feature;
    return ++counted->count <= counted->most;
}

bool vector_square_has_more_than(struct renderer *renderer, const struct map_view *view,
                                 const struct plot *plot, struct vector_square square, size_t most)
{
    struct choosing choosing = {.renderer = renderer, .view = view, .plot = plot, .block = {square, 1, 1}};
    struct feature_count counted = {.most = most};
    struct bbox lon_lat_deg;
    if (plot_count(plot) <= most) {
        return false;
    }
    if (!find_block(&choosing, &lon_lat_deg, NULL)) {
        return true;
    }
    plot_query(plot, lon_lat_deg, view->moment_ms, count_feature, &counted);
    return counted.count > most;
}

static int compare_squares(struct vector_square a, struct vector_square b)
{
    if (a.row != b.row) {
        return a.row < b.row ? -1 : 1;
    }
    return (a.column > b.column) - (a.column < b.column);
}

static int compare_outsiders(const void *first, const void *second)
{
    const struct outsider *a = first;
    const struct outsider *b = second;
    int order = compare_squares(a->square, b->square);
    return order ? order : strcmp(a->feature->id, b->feature->id);
}

/* Outsiders of one square: those that stay there. Both are in the order of ids. */
static bool choose_outsiders(struct choosing *choosing, const struct outsider *outsiders, size_t count,
                             struct fault *fault)
{
    struct vector_choice there = {0};
    bool is_chosen = vector_choice_of_square(&there, choosing->renderer, choosing->view, choosing->plot,
                                             outsiders[0].square, fault);
    size_t next = 0;
    for (size_t i = 0; is_chosen && i < there.count && next < count; i++) {
        while (next < count && strcmp(outsiders[next].feature->id, there.items[i].feature->id) < 0) {
            next++;
        }
        if (next < count && outsiders[next].feature == there.items[i].feature) {
            choose(choosing->choice, there.items[i].feature, there.items[i].crowd);
        }
    }
    vector_choice_finish(&there);
    return is_chosen;
}

static bool choose_all_outsiders(struct choosing *choosing, struct fault *fault)
{
    bool is_chosen = true;
    size_t end;
    if (choosing->outsider_count > 1) {
        qsort(choosing->outsiders, choosing->outsider_count, sizeof(*choosing->outsiders), compare_outsiders);
    }
    for (size_t first = 0; is_chosen && first < choosing->outsider_count; first = end) {
        const struct outsider *outsiders = choosing->outsiders + first;
        end = first + 1;
        while (end < choosing->outsider_count &&
               compare_squares(choosing->outsiders[end].square, outsiders[0].square) == 0) {
            end++;
        }
        is_chosen = choose_outsiders(choosing, outsiders, end - first, fault);
    }
    return is_chosen;
}

static struct block block_around(struct bbox box_px)
{
    struct vector_square first = {(int64_t)floor(box_px.min_x / SQUARE_PX),
                                  (int64_t)floor(box_px.min_y / SQUARE_PX)};
    struct vector_square last = {(int64_t)floor(box_px.max_x / SQUARE_PX),
                                 (int64_t)floor(box_px.max_y / SQUARE_PX)};
    return (struct block){first, (size_t)(last.column - first.column + 1),
                          (size_t)(last.row - first.row + 1)};
}

bool vector_choice_of_tile(struct vector_choice *choice, struct renderer *renderer,
                           const struct map_view *view, const struct plot *plot, struct bbox seen_px,
                           struct fault *fault)
{
    struct choosing choosing = {
        .renderer = renderer, .view = view, .plot = plot, .block = block_around(seen_px), .choice = choice};
    bool is_chosen = lon_lat_box_of(renderer->crs_context, &view->grid, seen_px, plot_longest_step_deg(plot),
                                    &choosing.seen_deg, fault) &&
                     fill(&choosing, fault) && choose_all_outsiders(&choosing, fault);
    free(choosing.outsiders);
    sort_choice(choice);
    return is_chosen;
}
