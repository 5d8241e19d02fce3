/*
 * vector_tile_stale.c - each version of a feature that only one of two views shows is put into every tile
 * that it may reach, alone, beside the version of the other view: what differs makes the tile stale. The rest
 * of a tile is the same bytes, as one feature says nothing of another.
 */
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/spatial_index.h"
#include "render/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/vector_tile.h"
#include "render/vector_tile_internal.h"

#define FEATURE_MOST_BYTES ((size_t)64 << 20)

struct comparing {
    struct renderer *renderer;
    const struct map_view *before;
    const struct map_view *after;
    const struct tile_matrix_set *set;
    const struct tile_address *addresses;
    struct spatial_index *tiles;
    size_t plot;                   /* at hand */
    const struct feature *feature; /* at hand, and the version that the other view shows; NULL: none */
    const struct feature *other;
    bool *stale;
    struct fault *fault;
    bool has_failed;
};

/* What one feature alone says in a tile. */
static bool encode(const struct vector_tile *tile, const struct feature *feature, struct buffer *bytes,
                   struct fault *fault)
{
    bool has_image;
    struct vector_plot plot = vector_plot_new("");
    bool is_encoded = !feature || vector_plot_add(tile, &plot, feature, &has_image, fault);
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
    comparing->has_failed = !encode(&tile, comparing->feature, &one, comparing->fault) ||
                            !encode(&tile, comparing->other, &two, comparing->fault);
    comparing->stale[number] =
        one.length != two.length || (one.length > 0 && memcmp(one.bytes, two.bytes, one.length) != 0);
    buffer_finish(&one);
    buffer_finish(&two);
    return !comparing->has_failed;
}

static const struct feature *version_in(const struct map_view *view, size_t plot, const char *id)
{
    const struct feature *feature = plot_find(view->plots[plot], id);
    return feature && feature_is_valid_at(feature, view->moment_ms) ? feature : NULL;
}

static void compare_feature(const struct feature *feature, void *context)
{
    struct comparing *comparing = context;
    if (comparing->has_failed) {
        return;
    }
    const struct feature *old = version_in(comparing->before, comparing->plot, feature->id);
    comparing->feature = feature;
    comparing->other = old == feature ? version_in(comparing->after, comparing->plot, feature->id) : old;
    struct pixel_grid grid = vector_tile_grid(comparing->set, comparing->addresses[0].zoom);
    struct plot_shape *shape =
        plot_shapes_get(comparing->renderer->plot_shapes, feature, &grid, comparing->fault);
    comparing->has_failed = !shape;
    if (shape && shape->has_image) {
        spatial_index_query(comparing->tiles, shape->box, compare_in_tile, comparing);
    }
    plot_shape_unref(shape);
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

bool vector_tile_stale(struct renderer *renderer, const struct map_view *before, const struct map_view *after,
                       const struct tile_matrix_set *set, const struct tile_address *addresses, size_t count,
                       bool *stale, struct fault *fault)
{
    memset(stale, 0, count * sizeof(*stale));
    if (count == 0) {
        return true;
    }
    struct comparing comparing = {.renderer = renderer,
                                  .before = before,
                                  .after = after,
                                  .set = set,
                                  .addresses = addresses,
                                  .stale = stale,
                                  .fault = fault};
    comparing.tiles = index_tiles(&comparing, count);
    for (size_t i = 0; i < after->plot_count && !comparing.has_failed; i++) {
        comparing.plot = i;
        plot_compare(before->plots[i], before->moment_ms, after->plots[i], after->moment_ms, compare_feature,
                     &comparing);
    }
    spatial_index_free(comparing.tiles);
    return !comparing.has_failed;
}
