/*
 * layer_thin.c - a run beside the window has a box that lies wholly on one side of it. Cutting to the window
 * moves all of it onto that side, so its two ends are enough. Ends of runs always stay: that is what makes a
 * run look the same in every window.
 */
#include "render/layer/layer_thin.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/pixel_grid.h"
#include "geo/shape.h"
#include "geo/simplify.h"
#include "render/layer/layer_features.h"
#include "render/px_box.h"

#define TOLERANCE_PX 0.2
#define SMALL_PX 0.3

struct thinning {
    const struct pixel_grid *grid;
    struct bbox window; /* CRS units */
    bool is_measured;
    struct shape *runs;   /* one line for each run that is looked into */
    struct point *points; /* room for the part at hand */
    size_t count;
};

static bool is_looked_into(const struct thinning *thinning, struct bbox run_box)
{
    return thinning->is_measured || bbox_intersects(thinning->window, run_box);
}

static struct shape *collect_runs(const struct thinning *thinning, const struct layer_feature *feature)
{
    struct shape *runs = shape_new(SHAPE_LINE);
    const struct bbox *run_box = feature->run_boxes;
    for (size_t i = 0; i < feature->shape->part_count; i++) {
        struct shape_part part = feature->shape->parts[i];
        for (size_t first = 0; first + 1 < part.count; first += LAYER_RUN_STEPS, run_box++) {
            size_t left = part.count - first;
            size_t count = left < LAYER_RUN_STEPS + 1 ? left : LAYER_RUN_STEPS + 1;
            if (is_looked_into(thinning, *run_box)) {
                shape_add_part(runs, feature->shape->points + part.first + first, count, false);
            }
        }
    }
    pixel_grid_snap(thinning->grid, runs->points, runs->point_count);
    struct shape *thin = simplify_shape(runs, TOLERANCE_PX, false);
    shape_free(runs);
    return thin;
}

static void add_end(struct thinning *thinning, struct point end)
{
    pixel_grid_snap(thinning->grid, &end, 1);
    thinning->points[thinning->count++] = end;
}

/* Puts a part together from its runs; returns the number of the next simplified run. */
static size_t join_runs(struct thinning *thinning, const struct layer_feature *feature,
                        struct shape_part part, const struct bbox *run_boxes, size_t next_run)
{
    const struct point *points = feature->shape->points + part.first;
    thinning->count = 0;
    add_end(thinning, points[0]);
    for (size_t run = 0; run < layer_run_count(part.count); run++) {
        size_t last = (run + 1) * LAYER_RUN_STEPS;
        if (!is_looked_into(thinning, run_boxes[run])) {
            add_end(thinning, points[last < part.count ? last : part.count - 1]);
            continue;
        }
        struct shape_part thin = thinning->runs->parts[next_run++];
        memcpy(thinning->points + thinning->count, thinning->runs->points + thin.first + 1,
               (thin.count - 1) * sizeof(*thinning->points));
        thinning->count += thin.count - 1;
    }
    return next_run;
}

static bool is_seen(const struct thinning *thinning)
{
    struct bbox box = bbox_of_points(thinning->points, thinning->count);
    return bbox_width(box) >= SMALL_PX || bbox_height(box) >= SMALL_PX;
}

static uint32_t longest_part(const struct shape *shape)
{
    uint32_t longest = 0;
    for (size_t i = 0; i < shape->part_count; i++) {
        longest = shape->parts[i].count > longest ? shape->parts[i].count : longest;
    }
    return longest;
}

struct shape *layer_thin(const struct layer_feature *feature, const struct pixel_grid *grid,
                         struct bbox window_px, bool is_measured)
{
    struct thinning thinning = {.grid = grid, .is_measured = is_measured};
    thinning.window = px_box_to_crs(grid, window_px);
    thinning.runs = collect_runs(&thinning, feature);
    thinning.points = memory_new(longest_part(feature->shape) + 1, sizeof(*thinning.points));
    struct shape *thin = shape_new(feature->shape->kind);
    const struct bbox *run_boxes = feature->run_boxes;
    size_t next_run = 0;
    bool has_shell = false;
    for (size_t i = 0; i < feature->shape->part_count; i++) {
        struct shape_part part = feature->shape->parts[i];
        next_run = join_runs(&thinning, feature, part, run_boxes, next_run);
        run_boxes += layer_run_count(part.count);
        bool is_kept = is_seen(&thinning) && (has_shell || !part.is_hole);
        has_shell = part.is_hole ? has_shell : is_kept;
        if (is_kept) {
            shape_add_part(thin, thinning.points, thinning.count, part.is_hole);
        }
    }
    shape_free(thinning.runs);
    free(thinning.points);
    return thin;
}
