/*
 * tile_picture.c - tiles of every size are windows of the same pixel space, so they cannot differ.
 */
#include "render/encode/tile_picture.h"

#include <assert.h>
#include <math.h>

#include "data/map.h"
#include "geo/base/fault.h"
#include "geo/point.h"
#include "render/picture.h"

/** Has the next matrix twice the pixels of this one, from the same corner? */
static bool has_large_tiles(const struct tile_matrix_set *set, uint32_t zoom)
{
    if (zoom + 1 >= set->matrix_count) {
        return false;
    }
    struct pixel_grid grid = tile_matrix_set_grid(set, zoom);
    struct pixel_grid next = tile_matrix_set_grid(set, zoom + 1);
    bool is_half = fabs(next.units_per_px * 2 / grid.units_per_px - 1) < 1e-9;
    return is_half && point_distance(next.origin, grid.origin) < next.units_per_px * 1e-3;
}

bool tile_picture_check(const struct map *map, const struct tile_matrix_set *set, struct tile_address address,
                        struct tile_form form, struct fault *fault)
{
    if (!tile_address_check(set, address, fault)) {
        return false;
    }
    if (form.format == TILE_JPEG && map->background.alpha != 255) {
        fault_set(fault, FAULT_INPUT,
                  "the background of map '%s' is not opaque, so it has no JPEG: ask for PNG or WebP",
                  map->id);
        return false;
    }
    bool is_large_picture = form.size_px == TILE_SIZE_LARGE_PX && form.format != TILE_MVT;
    if (is_large_picture && !has_large_tiles(set, address.zoom)) {
        fault_set(fault, FAULT_OUTSIDE,
                  "zoom %s of tile matrix set '%s' has no tiles of 512 px: they show what is drawn for the "
                  "zoom after it, and the last is '%s'",
                  set->matrices[address.zoom].id, set->id, set->matrices[set->matrix_count - 1].id);
        return false;
    }
    return true;
}

struct pixel_grid tile_picture_grid(const struct tile_matrix_set *set, uint32_t zoom, uint16_t size_px)
{
    return tile_matrix_set_grid(set, size_px == TILE_SIZE_LARGE_PX ? zoom + 1 : zoom);
}

struct image *tile_picture_render(struct renderer *renderer, const struct map_view *view,
                                  struct tile_address address, struct tile_form form, struct report *report,
                                  struct fault *fault)
{
    assert(form.format != TILE_MVT);
    struct pixel_box box = {(int64_t)address.column * form.size_px, (int64_t)address.row * form.size_px,
                            form.size_px, form.size_px};
    return picture_render(renderer, view, box, form.pixel_ratio, report, fault);
}
