/*
 * seed_plan.c - ranges of one zoom never overlap, so no tile is counted twice.
 */
#include "render/service/seed/seed_plan.h"

#include <inttypes.h>
#include <math.h>

#include "geo/base/fault.h"
#include "geo/crs.h"

#define TILE_MOST 20000000u
#define LATITUDE_MOST_DEG 89.9 /* the poles have no image in Web Mercator */

static uint64_t range_size(struct seed_range range)
{
    return (uint64_t)(range.last.column - range.first.column + 1) * (range.last.row - range.first.row + 1);
}

/** Two ranges of a coarse zoom may share tiles: they become one. */
static bool join_last(struct seed_plan *plan, struct seed_range range)
{
    if (plan->range_count == 0) {
        return false;
    }
    struct seed_range *before = &plan->ranges[plan->range_count - 1];
    bool overlaps = before->first.zoom == range.first.zoom && range.first.column <= before->last.column &&
                    before->first.column <= range.last.column;
    if (!overlaps) {
        return false;
    }
    plan->tile_count -= range_size(*before);
    before->first.column =
        range.first.column < before->first.column ? range.first.column : before->first.column;
    before->last.column = range.last.column > before->last.column ? range.last.column : before->last.column;
    plan->tile_count += range_size(*before);
    return true;
}

static void add_range(struct seed_plan *plan, uint32_t zoom, struct bbox box)
{
    struct seed_range range;
    bool is_inside = tile_range(plan->set, zoom, box, &range.first, &range.last);
    if (is_inside && !join_last(plan, range)) {
        plan->ranges[plan->range_count++] = range;
        plan->tile_count += range_size(range);
    }
}

/** The lon/lat box as one or two boxes in the CRS of the set; 0 on fault. */
static size_t find_boxes(const struct seed_plan *plan, struct crs_context *context, struct bbox lon_lat_deg,
                         struct bbox boxes[static 2], struct fault *fault)
{
    const struct crs *from = crs_find(context, "OGC:CRS84", fault);
    const struct crs *to = from ? crs_find(context, plan->set->crs_code, fault) : NULL;
    if (!to) {
        return 0;
    }
    lon_lat_deg.min_y = fmax(lon_lat_deg.min_y, -LATITUDE_MOST_DEG);
    lon_lat_deg.max_y = fmin(lon_lat_deg.max_y, LATITUDE_MOST_DEG);
    size_t count = bbox_split_antimeridian(lon_lat_deg, boxes);
    if (count == 0) {
        fault_set(fault, FAULT_OUTSIDE, "nothing of the earth lies in the box");
    }
    for (size_t i = 0; i < count; i++) {
        if (!crs_transform_bbox(context, from, to, boxes[i], &boxes[i], fault)) {
            return 0;
        }
    }
    return count;
}

bool seed_plan_init(struct seed_plan *plan, struct crs_context *context, const struct tile_matrix_set *set,
                    struct seed_area area, struct fault *fault)
{
    *plan = (struct seed_plan){.set = set};
    struct bbox boxes[2];
    size_t box_count = find_boxes(plan, context, area.lon_lat_deg, boxes, fault);
    if (box_count == 0) {
        return false;
    }
    for (uint32_t zoom = area.first_zoom; zoom <= area.last_zoom; zoom++) {
        for (size_t i = 0; i < box_count; i++) {
            add_range(plan, zoom, boxes[i]);
        }
    }
    if (plan->tile_count == 0) {
        fault_set(fault, FAULT_OUTSIDE, "no tile of '%s' lies in the box", set->id);
        return false;
    }
    if (plan->tile_count > TILE_MOST) {
        fault_set(fault, FAULT_LIMIT,
                  "these are %" PRIu64 " tiles; at most %u are drawn at a time: fewer zooms or a smaller box",
                  plan->tile_count, TILE_MOST);
        return false;
    }
    return true;
}

static uint32_t block_count(uint32_t first, uint32_t last, uint32_t side)
{
    return last / side - first / side + 1;
}

static uint32_t least(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

static uint32_t most(uint32_t a, uint32_t b)
{
    return a > b ? a : b;
}

bool seed_plan_next(const struct seed_plan *plan, struct seed_cursor *cursor, uint32_t side,
                    struct seed_range *block)
{
    if (cursor->range == plan->range_count) {
        return false;
    }
    struct seed_range range = plan->ranges[cursor->range];
    uint64_t across = block_count(range.first.column, range.last.column, side);
    uint64_t down = block_count(range.first.row, range.last.row, side);
    uint32_t column = (uint32_t)(range.first.column / side + cursor->index % across) * side;
    uint32_t row = (uint32_t)(range.first.row / side + cursor->index / across) * side;
    block->first =
        (struct tile_address){range.first.zoom, most(column, range.first.column), most(row, range.first.row)};
    block->last = (struct tile_address){range.first.zoom, least(column + side - 1, range.last.column),
                                        least(row + side - 1, range.last.row)};
    if (++cursor->index == across * down) {
        *cursor = (struct seed_cursor){.range = cursor->range + 1};
    }
    return true;
}
