/* tiles_around.h - for tests: the tiles of a part of the world. */
#ifndef PLOTTAFEL_TESTS_SUPPORT_TILES_AROUND_H
#define PLOTTAFEL_TESTS_SUPPORT_TILES_AROUND_H

#include "geo/bbox.h"
#include "geo/crs.h"
#include "geo/tile_matrix_set.h"
#include "tests/support/runner.h"

/** Room for tiles. */
struct tile_list {
    struct tile_address *items;
    size_t most;
    size_t count;
};

/** Fills a list with the tiles of a zoom that a lon/lat box touches; none when the set does not reach there.
 */
static inline void tiles_around(struct crs_context *context, const struct tile_matrix_set *set, uint32_t zoom,
                                struct bbox box, struct tile_list *tiles)
{
    struct tile_address first;
    struct tile_address last;
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", NULL);
    const struct crs *crs = crs_find(context, set->crs_code, NULL);
    ck_assert(lon_lat && crs);
    tiles->count = 0;
    if (!crs_transform_bbox(context, lon_lat, crs, box, &box, NULL) ||
        !tile_range(set, zoom, box, &first, &last)) {
        return;
    }
    for (uint32_t row = first.row; row <= last.row; row++) {
        for (uint32_t column = first.column; column <= last.column; column++) {
            ck_assert_uint_lt(tiles->count, tiles->most);
            tiles->items[tiles->count++] = (struct tile_address){zoom, column, row};
        }
    }
}

#endif
