/*
 * world_turn.c - the reach is that of all that symbols look at around a district (district.h), so that both
 * sides decide alike. Where the world is no larger than a few symbols it is a quarter of the turn: there is
 * nothing but dots.
 */
#include "render/scene/world_turn.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/shape.h"

#define SNAP_STEPS 256.0 /* as in pixel_grid.c */
#define REACH_PX 512.0
#define WEB_MERCATOR_TURN_M (2 * 20037508.342789244)

double world_turn_units(const struct crs *crs)
{
    if (crs->is_geographic) {
        return 360;
    }
    return strcmp(crs->code, "EPSG:3857") == 0 ? WEB_MERCATOR_TURN_M : 0;
}

static double snapped(double px)
{
    return rint(px * SNAP_STEPS) / SNAP_STEPS;
}

struct world_turn world_turn_of(double turn_units, const struct pixel_grid *grid)
{
    if (!(turn_units > 0)) {
        return (struct world_turn){.turn_px = 0};
    }
    double turn_px = snapped(turn_units / grid->units_per_px);
    double antimeridian_px = snapped((-turn_units / 2 - grid->origin.x) / grid->units_per_px);
    return (struct world_turn){turn_px, fmin(antimeridian_px, 0), fmin(REACH_PX, turn_px / 4)};
}

double world_turn_way_home(const struct world_turn *turn, double x_px)
{
    if (x_px >= turn->west_px + turn->turn_px) {
        return -turn->turn_px;
    }
    return x_px < turn->west_px ? turn->turn_px : 0;
}

static bool reaches_west(const struct world_turn *turn, struct bbox box)
{
    return turn->turn_px > 0 && box.min_x < turn->west_px + turn->reach_px;
}

static bool reaches_east(const struct world_turn *turn, struct bbox box)
{
    return turn->turn_px > 0 && box.max_x >= turn->west_px + turn->turn_px - turn->reach_px;
}

bool world_turn_is_near_edge(const struct world_turn *turn, struct bbox box)
{
    return reaches_west(turn, box) || reaches_east(turn, box);
}

static void add_moved(struct shape *shape, size_t part_count, double way_px)
{
    for (size_t i = 0; i < part_count; i++) {
        struct shape_part part = shape->parts[i];
        struct point *points = memory_new(part.count, sizeof(*points));
        for (uint32_t j = 0; j < part.count; j++) {
            points[j] = shape->points[part.first + j];
            points[j].x += way_px;
        }
        shape_add_part(shape, points, part.count, part.is_hole);
        free(points);
    }
}

void world_turn_repeat(const struct world_turn *turn, struct shape *shape)
{
    struct bbox box = shape->box;
    size_t part_count = shape->part_count;
    if (reaches_west(turn, box)) {
        add_moved(shape, part_count, turn->turn_px);
    }
    if (reaches_east(turn, box)) {
        add_moved(shape, part_count, -turn->turn_px);
    }
}
