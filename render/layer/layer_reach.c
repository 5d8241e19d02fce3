/*
 * layer_reach.c - a mesh of points of the picture is moved into the CRS of each layer and compared with the
 * layer's extent there. Rounded generously: data that fall short by a hundredth of the picture are enough.
 */
#include "render/layer/layer_reach.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/bbox.h"
#include "geo/crs.h"
#include "render/layer/layer_paint.h"
#include "render/layer/open_layers.h"
#include "render/map_view.h"
#include "render/renderer_internal.h"
#include "render/report.h"
#include "symbology/style.h"

#define MESH 7 /* points each way, from edge to edge */
#define MESH_POINTS (MESH * MESH)
#define TOLERANCE 0.01 /* of the picture's size */

/** The points of a picture in the CRS of the layers that came last: most layers share one. */
struct mesh {
    const struct crs *crs; /* NULL: not made yet */
    struct point points[MESH_POINTS];
    struct bbox box; /* around those that have an image; empty: none has, so no layer can reach there */
};

enum reach { REACH_WHOLE, REACH_PART, REACH_NONE };

static bool paints_areas(const struct layer *layer, double scale_denominator)
{
    const struct style *style = layer->style;
    for (size_t i = 0; i < style->rule_count; i++) {
        const struct style_rule *rule = &style->rules[i];
        bool is_at_scale =
            rule->min_denominator <= scale_denominator && scale_denominator < rule->max_denominator;
        if (is_at_scale && rule->look.fill.kind != FILL_NONE) {
            return true;
        }
    }
    return layer->kind == LAYER_RASTER;
}

static bool make_mesh(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                      const struct crs *crs, struct mesh *mesh)
{
    const struct crs *from = crs_find(renderer->crs_context, view->grid.crs_code, NULL);
    struct bbox px = pixel_box_to_bbox(box);
    for (int i = 0; i < MESH_POINTS; i++) {
        struct point at = {px.min_x + bbox_width(px) * (i % MESH) / (MESH - 1),
                           px.min_y + bbox_height(px) * (double)(i / MESH) / (MESH - 1)};
        mesh->points[i] = pixel_grid_from_px(&view->grid, at);
    }
    mesh->crs = NULL;
    if (!from || !crs_transform(renderer->crs_context, from, crs, mesh->points, MESH_POINTS, NULL)) {
        return false;
    }
    mesh->crs = crs;
    mesh->box = bbox_of_points(mesh->points, MESH_POINTS);
    return true;
}

/** The extent, rounded. */
static struct bbox reached_box(const struct mesh *mesh, struct bbox extent)
{
    return bbox_grow(extent, TOLERANCE * fmax(bbox_width(mesh->box), bbox_height(mesh->box)));
}

static enum reach reach_of(const struct mesh *mesh, struct bbox extent)
{
    struct bbox reached = reached_box(mesh, extent);
    if (!bbox_intersects(reached, mesh->box)) {
        return REACH_NONE;
    }
    for (int i = 0; i < MESH_POINTS; i++) {
        bool has_image = isfinite(mesh->points[i].x) && isfinite(mesh->points[i].y);
        if (has_image && !bbox_contains_point(reached, mesh->points[i])) {
            return REACH_PART;
        }
    }
    return REACH_WHOLE;
}

/** Moves the mesh into the CRS of a layer. False: it cannot be told where the layer ends. */
static bool find_extent(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                        const struct layer *layer, struct mesh *mesh, struct bbox *extent)
{
    struct source *source = open_layers_source(renderer->open_layers, layer, NULL);
    const struct crs *crs = source ? crs_find(renderer->crs_context, source_crs_code(source), NULL) : NULL;
    if (!crs || (crs != mesh->crs && !make_mesh(renderer, view, box, crs, mesh))) {
        return false;
    }
    *extent = source_extent(source);
    return !bbox_is_empty(*extent);
}

static bool has_failed(const struct report *report, const struct layer *layer)
{
    for (size_t i = 0; i < report->count; i++) {
        const struct report_item *item = &report->items[i];
        if (item->kind == REPORT_LAYER_FAILED && strcmp(item->subject, layer->id) == 0) {
            return true;
        }
    }
    return false;
}

static void report_scale(const struct map_view *view, const struct layer *layer, struct report *report)
{
    double finest = layer->application_denominator;
    if (finest > 0 && view->scale_denominator < finest) {
        report_add(report, REPORT_BEYOND_SCALE, layer->id, "shown at 1:%lld, meant for 1:%lld and smaller",
                   llround(view->scale_denominator), llround(finest));
    }
}

void layer_reach_report(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                        bool tells_parts, struct report *report)
{
    struct mesh mesh = {.crs = NULL};
    for (size_t i = 0; i < view->map->item_count; i++) {
        const struct layer *layer = view->map->items[i].layer;
        struct bbox extent;
        if (!layer || !layer_is_drawn(layer, view) || has_failed(report, layer)) {
            continue;
        }
        bool has_extent = find_extent(renderer, view, box, layer, &mesh, &extent);
        enum reach reach = has_extent ? reach_of(&mesh, extent) : REACH_WHOLE;
        if (reach == REACH_NONE) {
            report_add(report, REPORT_LAYER_OUTSIDE, layer->id, "its data do not reach here");
            continue;
        }
        report_scale(view, layer, report);
        if (reach == REACH_PART && tells_parts && paints_areas(layer, view->scale_denominator)) {
            report_add(report, REPORT_LAYER_PARTIAL, layer->id, "its data reach only part of the picture");
        }
    }
}

double layer_reach_share(struct renderer *renderer, const struct map_view *view, struct pixel_box box)
{
    struct mesh mesh = {.crs = NULL};
    bool is_reached[MESH_POINTS] = {false};
    bool is_known = false;
    for (size_t i = 0; i < view->map->item_count; i++) {
        const struct layer *layer = view->map->items[i].layer;
        struct bbox extent;
        if (!layer || !layer_is_drawn(layer, view) || !paints_areas(layer, view->scale_denominator) ||
            !find_extent(renderer, view, box, layer, &mesh, &extent)) {
            continue;
        }
        is_known = true;
        for (int j = 0; j < MESH_POINTS; j++) {
            is_reached[j] |= bbox_contains_point(reached_box(&mesh, extent), mesh.points[j]);
        }
    }
    int count = 0;
    for (int j = 0; j < MESH_POINTS; j++) {
        count += is_reached[j];
    }
    return is_known ? (double)count / MESH_POINTS : 1;
}
