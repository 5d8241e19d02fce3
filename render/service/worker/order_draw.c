/*
 * order_draw.c - tiles and maps.
 */
#include "render/service/worker/order_draw.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/canvas/image.h"
#include "render/encode/image_file.h"
#include "render/picture.h"
#include "render/renderer.h"
#include "render/scene/world_turn.h"
#include "render/service/config.h"
#include "render/encode/tile_form.h"
#include "render/encode/tile_picture.h"
#include "render/vector/vector_tile.h"

/** A pixel of the 1x picture is 0.28 mm. */
#define DOTS_PER_METRE_1X (1.0 / 0.00028)

static void set_content_type(struct order_result *result, const char *content_type)
{
    size_t bytes = strlen(content_type) + 1;
    assert(bytes <= sizeof(result->content_type));
    memcpy(result->content_type, content_type, bytes);
}

bool order_result_take(struct order_result *result, const char *content_type, struct buffer *buffer)
{
    if (buffer->is_full) {
        buffer_finish(buffer);
        fault_set(&result->fault, FAULT_LIMIT, "the answer is too long");
        return false;
    }
    result->bytes = buffer_take(buffer, &result->length);
    set_content_type(result, content_type);
    return true;
}

/** Encodes and releases the image; a NULL image is a fault already told. */
static bool take_image(struct order_result *result, struct image *image, enum tile_format format,
                       int pixel_ratio)
{
    result->counts_features = true; /* they are told in a header */
    if (!image) {
        return false;
    }
    int dots_per_metre = (int)lround(DOTS_PER_METRE_1X * pixel_ratio);
    result->bytes = image_file_write(image, format, dots_per_metre, &result->length, &result->fault);
    image_free(image);
    set_content_type(result, tile_format_content_type(format));
    return result->bytes != NULL;
}

const struct tile_matrix_set *order_find_set(const struct config *config, const char *id, uint32_t zoom,
                                             struct fault *fault)
{
    const struct tile_matrix_set *set = tile_matrix_sets_find(config->tile_matrix_sets, id);
    if (!set) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no tile matrix set '%s'", id);
        return NULL;
    }
    if (zoom >= set->matrix_count) {
        fault_set(fault, FAULT_OUTSIDE, "tile matrix set '%s' has no zoom %u: it has 0 to %zu", id,
                  (unsigned)zoom, set->matrix_count - 1);
        return NULL;
    }
    return set;
}

/** A tile without pixels, packed. */
static bool take_vector_tile(const struct order_draw *draw, const struct map_view *view,
                             const struct tile_matrix_set *set, struct order_result *result)
{
    result->bytes = vector_tile_render(draw->renderer, view, set, draw->order->tile.address, &result->report,
                                       &result->length, &result->fault);
    set_content_type(result, tile_format_content_type(TILE_MVT));
    return result->bytes != NULL;
}

bool order_draw_tile(const struct order_draw *draw, struct order_result *result)
{
    const struct order_tile *tile = &draw->order->tile;
    struct fault *fault = &result->fault;
    const struct tile_matrix_set *set =
        order_find_set(draw->config, tile->tile_matrix_set, tile->address.zoom, fault);
    if (!set || !tile_picture_check(draw->scene->map, set, tile->address, tile->form, fault)) {
        return false;
    }
    bool is_vector = tile->form.format == TILE_MVT;
    uint16_t size_px = is_vector ? TILE_SIZE_PX : tile->form.size_px;
    struct map_view view =
        order_scene_view(draw->config, draw->scene, tile_picture_grid(set, tile->address.zoom, size_px));
    if (is_vector) {
        return take_vector_tile(draw, &view, set, result);
    }
    struct image *image =
        tile_picture_render(draw->renderer, &view, tile->address, tile->form, &result->report, fault);
    return take_image(result, image, tile->form.format, tile->form.pixel_ratio);
}

/** Does the box lie on whole pixels of one of the matrices of its CRS? */
static bool lies_on_matrix(const struct tile_matrix_set *set, const struct order_window *window,
                           double units_per_px, struct pixel_grid *grid, struct pixel_box *box)
{
    for (size_t zoom = 0; zoom < set->matrix_count; zoom++) {
        if (fabs(set->matrices[zoom].cell_size / units_per_px - 1) > 1e-9) {
            continue;
        }
        *grid = tile_matrix_set_grid(set, (uint32_t)zoom);
        struct point corner = pixel_grid_to_px(grid, (struct point){window->box.min_x, window->box.max_y});
        bool is_whole = fabs(corner.x - round(corner.x)) < 1e-4 && fabs(corner.y - round(corner.y)) < 1e-4;
        *box = (struct pixel_box){llround(corner.x), llround(corner.y), window->width_px, window->height_px};
        return is_whole;
    }
    return false;
}

static bool find_matrix(const struct order_draw *draw, const struct order_window *window,
                        const char *crs_code, double units_per_px, struct pixel_grid *grid,
                        struct pixel_box *box)
{
    const struct tile_matrix_sets *sets = draw->config->tile_matrix_sets;
    for (size_t i = 0; i < tile_matrix_sets_count(sets); i++) {
        const struct tile_matrix_set *set = tile_matrix_sets_at(sets, i);
        if (strcmp(set->crs_code, crs_code) == 0 && lies_on_matrix(set, window, units_per_px, grid, box)) {
            return true;
        }
    }
    return false;
}

/** A grid whose first pixel is the picture's. A box of another shape is shown whole, in the middle. Across
 * the antimeridian it begins west of the world: there that goes on (world_turn.h). */
static struct pixel_grid grid_around(const struct order_window *window, const struct crs *crs,
                                     double units_per_px)
{
    struct point centre = bbox_centre(window->box);
    struct pixel_grid grid = {.units_per_px = units_per_px, .metres_per_unit = crs->metres_per_unit};
    memcpy(grid.crs_code, crs->code, sizeof(grid.crs_code));
    grid.origin.x = centre.x - units_per_px * window->width_px / 2;
    grid.origin.y = centre.y + units_per_px * window->height_px / 2;
    double end = grid.origin.x + units_per_px * window->width_px;
    double turn = world_turn_units(crs);
    bool is_across = turn > 0 && end > turn / 2 && grid.origin.x >= -turn / 2;
    grid.origin.x -= is_across ? turn : 0;
    return grid;
}

/* No CRS of the Earth has coordinates beyond these, whatever its units. */
static const struct bbox coordinate_limits = {-1e9, -1e9, 1e9, 1e9};

/** East of its east begins a box that lies across the antimeridian. */
static struct bbox unturned(const struct crs *crs, struct bbox box)
{
    box.max_x += box.min_x > box.max_x ? world_turn_units(crs) : 0;
    return box;
}

static bool check_window(const struct order_window *window, struct fault *fault)
{
    struct bbox box = window->box;
    if (box.min_x > box.max_x) {
        fault_set(
            fault, FAULT_INPUT,
            "the box begins east of where it ends, at %g and %g: only in degrees and web mercator a box "
            "may lie across the antimeridian, and not in %s",
            box.min_x, box.max_x, window->crs_code);
        return false;
    }
    if (!bbox_is_finite(box) || !(bbox_width(box) > 0) || !(bbox_height(box) > 0)) {
        fault_set(fault, FAULT_INPUT, "the box must have a width and a height");
        return false;
    }
    if (!bbox_contains(coordinate_limits, box)) {
        fault_set(fault, FAULT_INPUT, "the box reaches beyond any place on Earth: %g,%g,%g,%g", box.min_x,
                  box.min_y, box.max_x, box.max_y);
        return false;
    }
    return true;
}

bool order_window_view(const struct order_draw *draw, struct map_view *view, struct pixel_box *box,
                       struct fault *fault)
{
    struct order_window turned = draw->order->window;
    const struct order_window *window = &turned;
    const struct crs *crs = crs_find(renderer_crs_context(draw->renderer), window->crs_code, fault);
    if (!crs) {
        return false;
    }
    turned.box = unturned(crs, turned.box);
    if (!check_window(window, fault)) {
        return false;
    }
    double units_x = bbox_width(window->box) / window->width_px;
    double units_y = bbox_height(window->box) / window->height_px;
    double units_per_px = fmax(units_x, units_y);
    bool is_square = fabs(units_x / units_y - 1) < 1e-9;
    struct pixel_grid grid;
    if (is_square && find_matrix(draw, window, crs->code, units_per_px, &grid, box)) {
        *view = order_scene_view(draw->config, draw->scene, grid);
        return true;
    }
    *box = (struct pixel_box){0, 0, window->width_px, window->height_px};
    *view = order_scene_view(draw->config, draw->scene, grid_around(window, crs, units_per_px));
    view->frame_px = pixel_box_to_bbox(*box);
    return true;
}

bool order_draw_map(const struct order_draw *draw, struct order_result *result)
{
    struct map_view view;
    struct pixel_box box;
    if (!order_window_view(draw, &view, &box, &result->fault)) {
        return false;
    }
    const struct order_window *window = &draw->order->window;
    struct image *image =
        picture_render(draw->renderer, &view, box, window->pixel_ratio, &result->report, &result->fault);
    return take_image(result, image, window->file_format, window->pixel_ratio);
}
