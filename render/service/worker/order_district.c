/*
 * order_district.c - the number is a hash: two districts with the same one would only be drawn by the same
 * worker.
 */
#include "render/service/worker/order_district.h"

#include <math.h>

#include "geo/base/hash.h"
#include "geo/tile_matrix_set.h"
#include "render/encode/tile_picture.h"
#include "render/map_view.h"
#include "render/scene/district.h"
#include "render/service/worker/order.h"

/** Of tiles of 512 px that of the next zoom, whose pictures they are. */
static double district_edge_of(const struct tile_matrix_set *set, const struct order_tile *tile)
{
    struct pixel_grid grid = tile_picture_grid(set, tile->address.zoom, tile->form.size_px);
    struct map_view view = {.scale_denominator = pixel_grid_scale_denominator(&grid)};
    return district_edge_px(&view);
}

static int64_t number_of(uint32_t tile, uint16_t size_px, double edge_px)
{
    return (int64_t)floor((tile + 0.5) * size_px / edge_px);
}

uint64_t order_district(const struct order *order, const struct tile_matrix_sets *sets)
{
    const struct order_tile *tile = &order->tile;
    const struct palette_wish *palette = &order->view.palette;
    if (order->kind != ORDER_TILE || tile->form.format == TILE_MVT) {
        return 0;
    }
    bool is_large = tile->form.size_px == TILE_SIZE_LARGE_PX;
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, tile->tile_matrix_set);
    if (!set || tile->address.zoom >= set->matrix_count - is_large) {
        return 0;
    }
    double edge_px = district_edge_of(set, tile);
    int64_t numbers[] = {palette->is_given ? (int64_t)palette->palette : -1,
                         (int64_t)tile->address.zoom + is_large,
                         number_of(tile->address.column, tile->form.size_px, edge_px),
                         number_of(tile->address.row, tile->form.size_px, edge_px)};
    uint64_t hash = hash_text(hash_text(HASH_START, order->view.map), set->id);
    hash = hash_bytes(hash, numbers, sizeof(numbers));
    return hash ? hash : 1;
}
