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
#include "geo/base/buffer.h"
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
#define MESH_MIDDLE (MESH_POINTS / 2) /* the number of the point in the middle */
#define TOLERANCE 0.01                /* of the picture's size */
#define SENTENCE_BYTES_MOST 100

/** The points of a picture in the CRS of the layers that came last: most layers share one. */
struct mesh {
    struct renderer *renderer;
    const struct map_view *view;
    struct pixel_box picture;
    const struct crs *found; /* of the last layer; NULL: none */
    const struct crs *crs;   /* NULL: not made yet */
    struct point points[MESH_POINTS];
    struct bbox box; /* around those that have an image; empty: none has, so no layer can reach there */
    const struct crs *middle_crs; /* NULL: no middle yet */
    struct point middle;          /* the point there, which comes first where it says enough */
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

/** One of the points, in the CRS of the picture. */
static struct point point_of_picture(const struct mesh *mesh, int number)
{
    struct bbox px = pixel_box_to_bbox(mesh->picture);
    struct point at = {px.min_x + bbox_width(px) * (number % MESH) / (MESH - 1),
                       px.min_y + bbox_height(px) * (double)(number / MESH) / (MESH - 1)};
    return pixel_grid_from_px(&mesh->view->grid, at);
}

static bool transform(const struct mesh *mesh, const struct crs *crs, struct point *points, size_t count)
{
    struct crs_context *context = mesh->renderer->crs_context;
    const struct crs *from = crs_find(context, mesh->view->grid.crs_code, NULL);
    return from && crs_transform(context, from, crs, points, count, NULL);
}

static bool make_mesh(struct mesh *mesh, const struct crs *crs)
{
    for (int i = 0; i < MESH_POINTS; i++) {
        mesh->points[i] = point_of_picture(mesh, i);
    }
    mesh->crs = NULL;
    if (!transform(mesh, crs, mesh->points, MESH_POINTS)) {
        return false;
    }
    mesh->crs = crs;
    mesh->box = bbox_of_points(mesh->points, MESH_POINTS);
    return true;
}

/** Is the point in the middle within an extent? Then the layer reaches the picture, wherever it ends. */
static bool holds_middle(struct mesh *mesh, const struct crs *crs, struct bbox extent)
{
    if (crs != mesh->middle_crs) {
        mesh->middle = point_of_picture(mesh, MESH_MIDDLE);
        mesh->middle_crs = transform(mesh, crs, &mesh->middle, 1) ? crs : NULL;
    }
    return mesh->middle_crs && bbox_contains_point(extent, mesh->middle);
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

static const struct crs *find_crs(struct mesh *mesh, const char *code)
{
    if (!mesh->found || strcmp(mesh->found->code, code) != 0) {
        mesh->found = crs_find(mesh->renderer->crs_context, code, NULL);
    }
    return mesh->found;
}

/** A layer's CRS and its extent there. False: it cannot be told where the layer ends. */
static bool find_extent(struct mesh *mesh, const struct layer *layer, const struct crs **crs,
                        struct bbox *extent)
{
    struct source *source = open_layers_source(mesh->renderer->open_layers, layer, NULL);
    *crs = source ? find_crs(mesh, source_crs_code(source)) : NULL;
    *extent = *crs ? source_extent(source) : bbox_empty();
    return !bbox_is_empty(*extent);
}

/** The same, with the mesh in that CRS. */
static bool find_mesh(struct mesh *mesh, const struct layer *layer, struct bbox *extent)
{
    const struct crs *crs;
    return find_extent(mesh, layer, &crs, extent) && (crs == mesh->crs || make_mesh(mesh, crs));
}

/** @param tells_parts  else part of the picture is as good as all of it */
static enum reach find_reach(struct mesh *mesh, const struct layer *layer, bool tells_parts)
{
    const struct crs *crs;
    struct bbox extent;
    if (!tells_parts && find_extent(mesh, layer, &crs, &extent) && holds_middle(mesh, crs, extent)) {
        return REACH_WHOLE;
    }
    return find_mesh(mesh, layer, &extent) ? reach_of(mesh, extent) : REACH_WHOLE;
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
        struct buffer sentence;
        buffer_init(&sentence, SENTENCE_BYTES_MOST);
        buffer_append_text(&sentence, "shown at 1:");
        buffer_append_number(&sentence, (uint64_t)llround(view->scale_denominator));
        buffer_append_text(&sentence, ", meant for 1:");
        buffer_append_number(&sentence, (uint64_t)llround(finest));
        buffer_append_text(&sentence, " and smaller");
        report_add_text(report, REPORT_BEYOND_SCALE, layer->id, sentence.bytes ? sentence.bytes : "");
        buffer_finish(&sentence);
    }
}

void layer_reach_report(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                        bool tells_parts, struct report *report)
{
    struct mesh mesh = {.renderer = renderer, .view = view, .picture = box};
    for (size_t i = 0; i < view->map->item_count; i++) {
        const struct layer *layer = view->map->items[i].layer;
        if (!layer || !layer_is_drawn(layer, view) || has_failed(report, layer)) {
            continue;
        }
        enum reach reach = find_reach(&mesh, layer, tells_parts);
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
    struct mesh mesh = {.renderer = renderer, .view = view, .picture = box};
    bool is_reached[MESH_POINTS] = {false};
    bool is_known = false;
    for (size_t i = 0; i < view->map->item_count; i++) {
        const struct layer *layer = view->map->items[i].layer;
        struct bbox extent;
        if (!layer || !layer_is_drawn(layer, view) || !paints_areas(layer, view->scale_denominator) ||
            !find_mesh(&mesh, layer, &extent)) {
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
