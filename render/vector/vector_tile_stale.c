/*
 * vector_tile_stale.c - what tiles have of a square (vector_choice.h) is decided there alone. So of each
 * square to which a changed feature belongs, before or after, all that is chosen is compared; each feature
 * that one of two views shows otherwise is put into every tile that it may reach, alone, as both views show
 * it: what differs makes the tile stale. The rest of a tile is the same bytes, as one feature says nothing of
 * another.
 */
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/spatial_index.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/vector/vector_choice.h"
#include "render/vector/vector_tile.h"
#include "render/vector/vector_tile_internal.h"

#define FEATURE_MOST_BYTES ((size_t)64 << 20)

/* The squares to which changed features belong; the same one may be there twice. */
struct squares {
    struct vector_square *items;
    size_t count;
    size_t capacity;
};

struct comparing {
    struct renderer *renderer;
    const struct map_view *before; /* in the pixel space of the zoom, as after */
    const struct map_view *after;
    const struct tile_matrix_set *set;
    const struct tile_address *addresses;
    struct spatial_index *tiles;
    size_t plot; /* at hand */
    struct squares squares;
    const struct vector_chosen *one; /* at hand: as before and as after; NULL: it is not there */
    const struct vector_chosen *other;
    const struct vector_stale_limits *limits; /* NULL: none */
    bool *stale;
    struct fault *fault;
    bool has_failed;
    bool is_too_much; /* the limits do not allow to go on */
};

/* Is there no need, or no time, to compare any more? */
static bool is_over(struct comparing *comparing)
{
    if (comparing->limits && monotonic_now_ms() >= comparing->limits->until_ms) {
        comparing->is_too_much = true;
    }
    return comparing->has_failed || comparing->is_too_much;
}

/* What one feature alone says in a tile. */
static bool encode(const struct vector_tile *tile, const struct vector_chosen *chosen, struct buffer *bytes,
                   struct fault *fault)
{
    bool has_image;
    struct vector_plot plot = vector_plot_new("");
    bool is_encoded = !chosen || vector_plot_add(tile, &plot, chosen, &has_image, fault);
    vector_plot_write(&plot, bytes);
    vector_plot_free(&plot);
    return is_encoded;
}

static bool compare_in_tile(uint32_t number, void *context)
{
    struct comparing *comparing = context;
    if (comparing->stale[number]) {
        return true;
    }
    struct vector_tile tile =
        vector_tile_at(comparing->renderer, comparing->after, comparing->set, comparing->addresses[number]);
    struct buffer one;
    struct buffer two;
    buffer_init(&one, FEATURE_MOST_BYTES);
    buffer_init(&two, FEATURE_MOST_BYTES);
    comparing->has_failed = !encode(&tile, comparing->one, &one, comparing->fault) ||
                            !encode(&tile, comparing->other, &two, comparing->fault);
    comparing->stale[number] =
        one.length != two.length || (one.length > 0 && memcmp(one.bytes, two.bytes, one.length) != 0);
    buffer_finish(&one);
    buffer_finish(&two);
    return !comparing->has_failed;
}

/* Compares the two in every tile that a version reaches. */
static void compare_where(struct comparing *comparing, const struct feature *version)
{
    struct plot_shape *shape =
        plot_shapes_get(comparing->renderer->plot_shapes, version, &comparing->after->grid, comparing->fault);
    comparing->has_failed = comparing->has_failed || !shape;
    if (shape && shape->has_image) {
        spatial_index_query(comparing->tiles, plot_shape_box(shape), compare_in_tile, comparing);
    }
    plot_shape_unref(shape);
}

static void compare_chosen(struct comparing *comparing, const struct vector_chosen *one,
                           const struct vector_chosen *other)
{
    bool is_same = one && other && one->feature == other->feature && one->crowd == other->crowd;
    if (is_same || is_over(comparing)) {
        return;
    }
    comparing->one = one;
    comparing->other = other;
    if (one) {
        compare_where(comparing, one->feature);
    }
    if (other && (!one || one->feature != other->feature) && !comparing->has_failed) {
        compare_where(comparing, other->feature);
    }
}

/* Both are in the order of ids. */
static void compare_choices(struct comparing *comparing, const struct vector_choice *before,
                            const struct vector_choice *after)
{
    size_t i = 0;
    size_t k = 0;
    while (i < before->count || k < after->count) {
        const struct vector_chosen *one = i < before->count ? &before->items[i] : NULL;
        const struct vector_chosen *other = k < after->count ? &after->items[k] : NULL;
        int order = !one ? 1 : !other ? -1 : strcmp(one->feature->id, other->feature->id);
        compare_chosen(comparing, order <= 0 ? one : NULL, order >= 0 ? other : NULL);
        i += order <= 0;
        k += order >= 0;
    }
}

static bool is_crowded(const struct comparing *comparing, const struct map_view *view,
                       struct vector_square square)
{
    return comparing->limits &&
           vector_square_has_more_than(comparing->renderer, view, view->plots[comparing->plot], square,
                                       comparing->limits->square_features);
}

static void compare_square(struct comparing *comparing, struct vector_square square)
{
    const struct map_view *before = comparing->before;
    const struct map_view *after = comparing->after;
    if (is_crowded(comparing, before, square) || is_crowded(comparing, after, square)) {
        comparing->is_too_much = true;
        return;
    }
    struct vector_choice old = {0};
    struct vector_choice new = {0};
    comparing->has_failed =
        !vector_choice_of_square(&old, comparing->renderer, before, before->plots[comparing->plot], square,
                                 comparing->fault) ||
        !vector_choice_of_square(&new, comparing->renderer, after, after->plots[comparing->plot], square,
                                 comparing->fault);
    if (!comparing->has_failed) {
        compare_choices(comparing, &old, &new);
    }
    vector_choice_finish(&old);
    vector_choice_finish(&new);
}

static void compare_versions(struct comparing *comparing, const char *id)
{
    const struct map_view *views[2] = {comparing->before, comparing->after};
    struct vector_chosen versions[2] = {{0}, {0}};
    for (int i = 0; i < 2; i++) {
        const struct feature *version = plot_find(views[i]->plots[comparing->plot], id);
        bool is_shown = version && feature_is_valid_at(version, views[i]->moment_ms);
        versions[i].feature = is_shown ? version : NULL;
    }
    compare_chosen(comparing, versions[0].feature ? &versions[0] : NULL,
                   versions[1].feature ? &versions[1] : NULL);
}

/* A version that belongs to no square always stays, unless the other one does not: both are compared. */
static void note_square(const struct feature *feature, void *context)
{
    struct comparing *comparing = context;
    struct squares *squares = &comparing->squares;
    struct vector_square square;
    if (is_over(comparing)) {
        return;
    }
    if (!vector_square_of(comparing->renderer, comparing->after, feature, &square)) {
        compare_versions(comparing, feature->id);
        return;
    }
    if (squares->count == squares->capacity) {
        squares->capacity = squares->capacity > 0 ? 2 * squares->capacity : 16;
        squares->items = memory_resize(squares->items, squares->capacity, sizeof(*squares->items));
    }
    squares->items[squares->count++] = square;
}

static struct spatial_index *index_tiles(const struct comparing *comparing, size_t count)
{
    struct bbox *boxes = memory_new(count, sizeof(*boxes));
    for (size_t i = 0; i < count; i++) {
        struct vector_tile tile =
            vector_tile_at(comparing->renderer, comparing->after, comparing->set, comparing->addresses[i]);
        boxes[i] = mvt_frame_box_px(&tile.frame);
    }
    struct spatial_index *index = spatial_index_new(boxes, count);
    free(boxes);
    return index;
}

static int compare_squares(const void *first, const void *second)
{
    const struct vector_square *a = first;
    const struct vector_square *b = second;
    if (a->row != b->row) {
        return a->row < b->row ? -1 : 1;
    }
    return (a->column > b->column) - (a->column < b->column);
}

static void compare_plot(struct comparing *comparing, size_t plot)
{
    const struct map_view *before = comparing->before;
    const struct map_view *after = comparing->after;
    struct squares *squares = &comparing->squares;
    comparing->plot = plot;
    squares->count = 0;
    plot_compare(before->plots[plot], before->moment_ms, after->plots[plot], after->moment_ms, note_square,
                 comparing);
    if (squares->count > 1) {
        qsort(squares->items, squares->count, sizeof(*squares->items), compare_squares);
    }
    for (size_t i = 0; i < squares->count && !is_over(comparing); i++) {
        if (i == 0 || compare_squares(&squares->items[i - 1], &squares->items[i]) != 0) {
            compare_square(comparing, squares->items[i]);
        }
    }
}

bool vector_tile_stale(struct renderer *renderer, const struct map_view *before, const struct map_view *after,
                       const struct tile_matrix_set *set, const struct tile_address *addresses, size_t count,
                       const struct vector_stale_limits *limits, bool *stale, struct fault *fault)
{
    memset(stale, 0, count * sizeof(*stale));
    if (count == 0) {
        return true;
    }
    struct map_view old_view = *before;
    struct map_view new_view = *after;
    old_view.grid = vector_tile_grid(set, addresses[0].zoom);
    new_view.grid = old_view.grid;
    struct comparing comparing = {.renderer = renderer,
                                  .before = &old_view,
                                  .after = &new_view,
                                  .set = set,
                                  .addresses = addresses,
                                  .limits = limits,
                                  .stale = stale,
                                  .fault = fault};
    comparing.tiles = index_tiles(&comparing, count);
    for (size_t i = 0; i < after->plot_count && !comparing.has_failed && !comparing.is_too_much; i++) {
        compare_plot(&comparing, i);
    }
    for (size_t i = 0; i < count && comparing.is_too_much; i++) {
        stale[i] = true;
    }
    spatial_index_free(comparing.tiles);
    free(comparing.squares.items);
    return !comparing.has_failed;
}
