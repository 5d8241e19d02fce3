/*
 * order_district.c - the number is a hash: two districts with the same one would only be drawn by the same
 * worker.
 */
#include "render/service/worker/order_district.h"

#include "geo/base/hash.h"
#include "geo/tile_matrix_set.h"
#include "render/map_view.h"
#include "render/scene/district.h"
#include "render/service/worker/order.h"

uint32_t order_district_side(const struct tile_matrix_set *set, uint32_t zoom, uint16_t tile_size_px)
{
    /* Tiles of 512 px are pictures of the next zoom; vector tiles are, too, but of the last one. */
    uint32_t drawn_zoom = zoom + (tile_size_px == TILE_SIZE_LARGE_PX);
    uint32_t last_zoom = (uint32_t)set->matrix_count - 1;
    struct pixel_grid grid = tile_matrix_set_grid(set, drawn_zoom < last_zoom ? drawn_zoom : last_zoom);
    struct map_view view = {.scale_denominator = pixel_grid_scale_denominator(&grid)};
    return (uint32_t)district_edge_px(&view) / tile_size_px;
}

int order_district_home(uint64_t district, int worker_count)
{
    return (int)((district >> 32) % (uint64_t)worker_count); /* its upper bits are mixed best */
}

uint64_t order_district_of(const char *map, const struct palette_wish *palette,
                           const struct tile_matrix_set *set, const struct order_tile *tile)
{
    bool is_large = tile->form.size_px == TILE_SIZE_LARGE_PX;
    if (!set || tile->form.format == TILE_MVT || tile->address.zoom >= set->matrix_count - is_large) {
        return 0;
    }
    uint32_t side = order_district_side(set, tile->address.zoom, tile->form.size_px);
    int64_t numbers[] = {palette->is_given ? (int64_t)palette->palette : -1,
                         (int64_t)tile->address.zoom + is_large, tile->address.column / side,
                         tile->address.row / side};
    uint64_t hash = hash_text(hash_text(HASH_START, map), set->id);
    hash = hash_bytes(hash, numbers, sizeof(numbers));
    return hash ? hash : 1;
}

uint64_t order_district(const struct order *order, const struct tile_matrix_sets *sets)
{
    const struct order_tile *tile = &order->tile;
    if (order->kind != ORDER_TILE) {
        return 0;
    }
    return order_district_of(order->view.map, &order->view.palette,
                             tile_matrix_sets_find(sets, tile->tile_matrix_set), tile);
}
