/*
 * seed_plan.h - which tiles of a tile matrix set lie in a box, zoom after zoom, row after row.
 */
#ifndef RENDER_SERVICE_SEED_PLAN_H
#define RENDER_SERVICE_SEED_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/tile_matrix_set.h"
#include "render/encode/tile_form.h"

struct crs_context;
struct fault;

#define SEED_RANGE_MAX 64 /* two for each zoom: a box may lie on both sides of the antimeridian */

/** First and last tile (inclusive) of a rectangle of tiles. */
struct seed_range {
    struct tile_address first;
    struct tile_address last;
};

struct seed_plan {
    const struct tile_matrix_set *set; /* borrowed */
    struct seed_range ranges[SEED_RANGE_MAX];
    size_t range_count;
    uint64_t tile_count;
};

/** What is asked for: a lon/lat box (west > east crosses the antimeridian) and zooms, both inclusive. */
struct seed_area {
    struct bbox lon_lat_deg;
    uint32_t first_zoom;
    uint32_t last_zoom;
    struct tile_form form; /* of each tile */
};

/** OUTSIDE when no tile lies in the box; LIMIT when there are too many for one package. */
bool seed_plan_init(struct seed_plan *plan, struct crs_context *context, const struct tile_matrix_set *set,
                    struct seed_area area, struct fault *fault);

/** Where one is in a plan; {0} is its beginning. */
struct seed_cursor {
    size_t range;
    uint64_t index; /* of the block in its range */
};

/**
 * The next block: the part of a range that lies in one square of side x side tiles, as the matrix is cut into
 * such from its corner. Each tile is in one block. False behind the last.
 */
bool seed_plan_next(const struct seed_plan *plan, struct seed_cursor *cursor, uint32_t side,
                    struct seed_range *block);

#endif
