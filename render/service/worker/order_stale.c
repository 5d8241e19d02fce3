/*
 * order_stale.c - which tiles of a list look different in a later state of their map.
 *
 * Tiles of one set and zoom are compared together, whatever their form: those of 256 px, those of 512 px and
 * vector tiles each in one go. A tile of 512 px is stale when one of the four tiles of the next zoom is that
 * lie in it.
 *
 * The change waits for the answer. So districts that hold very much are not compared, and none when the time
 * is over: all tiles around the change count as different then, and all vector tiles. What these limits allow
 * takes some tenths of a second of one worker.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/scene/footprint.h"
#include "render/service/config.h"
#include "render/service/worker/order_draw.h"
#include "render/encode/tile_picture.h"
#include "render/vector/vector_tile.h"

#define MADE_FEATURES 25000  /* a district of so many is made in a quarter of a second */
#define KEPT_FEATURES 100000 /* and one that is at hand brought up to date in half of that */

enum tile_kind { TILE_KIND_PICTURE, TILE_KIND_LARGE_PICTURE, TILE_KIND_VECTOR, TILE_KIND_COUNT };

/** Tiles of one set and zoom, one behind the other in the order's list. */
struct stretch {
    const struct order_stale_tile *tiles;
    size_t count;
    bool *stale;
};

/** Some of their addresses, or those of parts of them. */
struct comparison {
    const struct tile_matrix_set *set;
    struct tile_address *addresses;
    size_t *owners; /* which tile of the stretch each address belongs to */
    bool *stale;
    size_t count;
    struct footprint_limits limits;
    struct vector_stale_limits vector_limits;
};

static enum tile_kind kind_of(struct tile_form form)
{
    if (form.format == TILE_MVT) {
        return TILE_KIND_VECTOR;
    }
    return form.size_px == TILE_SIZE_LARGE_PX ? TILE_KIND_LARGE_PICTURE : TILE_KIND_PICTURE;
}

static size_t stretch_length(const struct order_stale_tile *tiles, size_t count)
{
    size_t length = 1;
    while (length < count && tiles[length].address.zoom == tiles[0].address.zoom &&
           strcmp(tiles[length].tile_matrix_set, tiles[0].tile_matrix_set) == 0) {
        length++;
    }
    return length;
}

static void add_tile(struct comparison *comparison, struct tile_address address, size_t owner)
{
    comparison->addresses[comparison->count] = address;
    comparison->owners[comparison->count++] = owner;
}

static void add_parts(struct comparison *comparison, struct tile_address address, size_t owner)
{
    for (uint32_t i = 0; i < 4; i++) {
        struct tile_address part = {address.zoom + 1, address.column * 2 + i % 2, address.row * 2 + i / 2};
        add_tile(comparison, part, owner);
    }
}

static bool compare(const struct order_draw *draw, struct comparison *comparison, enum tile_kind kind,
                    struct fault *fault)
{
    struct pixel_grid grid = tile_matrix_set_grid(comparison->set, comparison->addresses[0].zoom);
    struct map_view before = order_scene_view(draw->config, draw->scene, grid);
    struct map_view after = order_scene_view(draw->config, draw->later, grid);
    if (kind == TILE_KIND_VECTOR) {
        return vector_tile_stale(draw->renderer, &before, &after, comparison->set, comparison->addresses,
                                 comparison->count, &comparison->vector_limits, comparison->stale, fault);
    }
    return footprint_stale_tiles_within(draw->renderer, &before, &after, comparison->set,
                                        comparison->addresses, comparison->count, &comparison->limits,
                                        comparison->stale, fault);
}

static bool mark_kind(const struct order_draw *draw, struct stretch stretch, enum tile_kind kind,
                      struct comparison *comparison, struct fault *fault)
{
    comparison->count = 0;
    for (size_t i = 0; i < stretch.count; i++) {
        const struct order_stale_tile *tile = &stretch.tiles[i];
        if (kind_of(tile->form) != kind) {
            continue;
        }
        if (!tile_picture_check(draw->scene->map, comparison->set, tile->address, tile->form, fault)) {
            return false;
        }
        (kind == TILE_KIND_LARGE_PICTURE ? add_parts : add_tile)(comparison, tile->address, i);
    }
    if (comparison->count == 0) {
        return true;
    }
    memset(comparison->stale, 0, comparison->count * sizeof(*comparison->stale));
    if (!compare(draw, comparison, kind, fault)) {
        return false;
    }
    for (size_t i = 0; i < comparison->count; i++) {
        stretch.stale[comparison->owners[i]] |= comparison->stale[i];
    }
    return true;
}

static bool mark_stretch(const struct order_draw *draw, struct stretch stretch, int64_t until_ms,
                         struct fault *fault)
{
    struct comparison comparison = {.set = order_find_set(draw->config, stretch.tiles[0].tile_matrix_set,
                                                          stretch.tiles[0].address.zoom, fault),
                                    .limits = {MADE_FEATURES, KEPT_FEATURES, until_ms},
                                    .vector_limits = {MADE_FEATURES, until_ms}};
    if (!comparison.set) {
        return false;
    }
    comparison.addresses = memory_new(4 * stretch.count, sizeof(*comparison.addresses));
    comparison.owners = memory_new(4 * stretch.count, sizeof(*comparison.owners));
    comparison.stale = memory_new(4 * stretch.count, sizeof(*comparison.stale));
    bool is_done = true;
    for (int kind = 0; is_done && kind < TILE_KIND_COUNT; kind++) {
        is_done = mark_kind(draw, stretch, (enum tile_kind)kind, &comparison, fault);
    }
    free(comparison.addresses);
    free(comparison.owners);
    free(comparison.stale);
    return is_done;
}

/** When the answer is wanted, monotonic. */
static int64_t wanted_ms(const struct order *order)
{
    int64_t left_ms = order->hung.left_ms;
    return left_ms > 0 ? monotonic_now_ms() + left_ms - ORDER_STALE_GRACE_MS : INT64_MAX;
}

bool order_draw_stale(const struct order_draw *draw, struct order_result *result)
{
    size_t count;
    struct order_stale_tile *tiles = order_stale_tiles(draw->order, &count, &result->fault);
    if (!tiles) {
        return false;
    }
    bool *stale = memory_new(count, sizeof(*stale));
    bool is_done = true;
    int64_t until_ms = wanted_ms(draw->order);
    for (size_t first = 0; is_done && first < count;) {
        struct stretch stretch = {tiles + first, stretch_length(tiles + first, count - first), stale + first};
        is_done = mark_stretch(draw, stretch, until_ms, &result->fault);
        first += stretch.count;
    }
    result->bytes = memory_new(count + 1, 1);
    result->length = count;
    for (size_t i = 0; i < count; i++) {
        result->bytes[i] = (char)stale[i];
    }
    memcpy(result->content_type, "application/octet-stream", sizeof("application/octet-stream"));
    free(stale);
    free(tiles);
    return is_done;
}
