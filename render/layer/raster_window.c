/*
 * raster_window.c - the cells of a window are read once, a little more than it needs, at the overview that
 * fits the zoom and the pixel ratio. How fine that is, is decided once for a layer and grid, at the middle of
 * the raster: else neighbouring windows would be read from different overviews. Slopes are shaded per cell
 * when a window is read (Horn 1981, light from the north-west at 45 degrees), colours per dot.
 */
#include "render/layer/raster_window.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/crs.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/lru_cache.h"
#include "render/map_view.h"
#include "render/layer/open_layers.h"
#include "render/px_box.h"
#include "render/layer/raster_mesh.h"
#include "render/renderer_internal.h"
#include "symbology/style.h"

#define MARGIN_PX 2.0
#define FLAT_LIGHT 0.70710678118654752 /* of level ground, sun at 45 degrees */

struct raster_window {
    struct source_raster raster;
    float *light; /* of each cell, 0 … 1; NULL without hillshade; owned */
    double cell_width;
    double cell_height;
};

/* Cleared before it is filled in, because its bytes are compared. */
struct raster_key {
    const struct layer *layer;
    struct pixel_grid grid;
    struct pixel_box box;
    double pixel_ratio;
};

/* One raster and the way into it. */
struct raster_reading {
    struct renderer *renderer;
    const struct map_view *view;
    const struct layer *layer;
    struct source *source;
    const struct crs *map_crs;
    const struct crs *source_crs;
    double pixel_ratio;
};

void raster_window_free(void *value)
{
    struct raster_window *window = value;
    if (!window) {
        return;
    }
    source_raster_finish(&window->raster);
    free(window->light);
    free(window);
}

/* How far one px reaches in the CRS of the source, at the middle of the raster. */
static bool source_units_per_px(const struct raster_reading *reading, double *units, struct fault *fault)
{
    struct crs_context *context = reading->renderer->crs_context;
    struct point middle = bbox_centre(source_extent(reading->source));
    if (!crs_transform(context, reading->source_crs, reading->map_crs, &middle, 1, fault)) {
        return false;
    }
    double step = reading->view->grid.units_per_px;
    struct point points[3] = {middle, {middle.x + step, middle.y}, {middle.x, middle.y + step}};
    if (!crs_transform(context, reading->map_crs, reading->source_crs, points, 3, fault)) {
        return false;
    }
    *units = fmin(point_distance(points[0], points[1]), point_distance(points[0], points[2]));
    return true;
}

static float cell_at(const struct source_raster *raster, int column, int row)
{
    column = column < 0 ? 0 : column >= raster->width ? raster->width - 1 : column;
    row = row < 0 ? 0 : row >= raster->height ? raster->height - 1 : row;
    return raster->values[(size_t)row * (size_t)raster->width + (size_t)column];
}

/* Rise to the east and to the north over the nine cells around one (Horn 1981); NaN beside a gap. */
static float light_at(const struct source_raster *raster, int column, int row, double width_m,
                      double height_m)
{
    double sums[2] = {0, 0};
    for (int i = -1; i <= 1; i++) {
        double weight = i == 0 ? 2 : 1;
        sums[0] += weight * (cell_at(raster, column + 1, row + i) - cell_at(raster, column - 1, row + i));
        sums[1] += weight * (cell_at(raster, column + i, row - 1) - cell_at(raster, column + i, row + 1));
    }
    double east = sums[0] / (8 * width_m);
    double north = sums[1] / (8 * height_m);
    /* The normal of the ground on the direction of the light: from the west and the north, half up. */
    double light = (-0.5 * -east + -0.5 * north + FLAT_LIGHT) / sqrt(1 + east * east + north * north);
    return (float)(isnan(light) ? FLAT_LIGHT : fmax(0.0, light));
}

static void shade(struct raster_window *window, const struct crs *crs)
{
    struct source_raster *raster = &window->raster;
    double latitude = crs->is_geographic ? bbox_centre(raster->box).y : 0;
    double height_m = window->cell_height * crs->metres_per_unit;
    double width_m = window->cell_width * crs->metres_per_unit * cos(latitude * M_PI / 180.0);
    window->light = memory_new((size_t)raster->width * (size_t)raster->height, sizeof(*window->light));
    for (int row = 0; row < raster->height; row++) {
        for (int column = 0; column < raster->width; column++) {
            window->light[(size_t)row * (size_t)raster->width + (size_t)column] =
                light_at(raster, column, row, width_m, height_m);
        }
    }
}

/* A window that has no image in the CRS of the source is an empty raster. */
static bool read_cells(const struct raster_reading *reading, struct pixel_box box,
                       struct source_raster *raster, struct fault *fault)
{
    double units = 0;
    struct bbox read = bbox_empty();
    struct bbox map = px_box_to_crs(&reading->view->grid, bbox_grow(pixel_box_to_bbox(box), MARGIN_PX));
    if (!source_units_per_px(reading, &units, fault)) {
        return false;
    }
    struct fault reason = {0};
    if (!(units > 0) || !crs_transform_bbox(reading->renderer->crs_context, reading->map_crs,
                                            reading->source_crs, map, &read, &reason)) {
        *raster = (struct source_raster){0};
        return true;
    }
    open_layers_begin(reading->renderer->open_layers, reading->layer);
    bool is_read = source_read_raster(reading->source, read, units / reading->pixel_ratio, raster, fault);
    open_layers_end(reading->renderer->open_layers);
    return is_read;
}

static struct raster_window *make_window(const struct raster_reading *reading, struct pixel_box box,
                                         struct fault *fault)
{
    struct raster_window *window = memory_new(1, sizeof(*window));
    if (!read_cells(reading, box, &window->raster, fault)) {
        free(window);
        return NULL;
    }
    if (window->raster.width == 0) {
        return window;
    }
    window->cell_width = bbox_width(window->raster.box) / window->raster.width;
    window->cell_height = bbox_height(window->raster.box) / window->raster.height;
    if (reading->layer->style->is_hillshade && window->raster.band_count == 1) {
        shade(window, reading->source_crs);
    }
    return window;
}

static size_t bytes_of(const struct raster_window *window)
{
    size_t cells = (size_t)window->raster.width * (size_t)window->raster.height;
    size_t floats = (size_t)window->raster.band_count + (window->light ? 1 : 0);
    return sizeof(*window) + cells * floats * sizeof(float);
}

static struct raster_window *get_window(const struct raster_reading *reading, struct pixel_box box,
                                        struct fault *fault)
{
    struct raster_key key;
    memset(&key, 0, sizeof(key));
    key.layer = reading->layer;
    key.grid = px_grid_for_key(&reading->view->grid);
    key.box = box;
    key.pixel_ratio = reading->pixel_ratio;
    struct lru_cache *windows = reading->renderer->raster_windows;
    struct raster_window *window = lru_cache_find(windows, &key, sizeof(key));
    if (!window) {
        window = make_window(reading, box, fault);
        if (!window) {
            return NULL;
        }
        lru_cache_put(windows, &key, sizeof(key), window, bytes_of(window));
        lru_cache_trim(windows);
    }
    return window;
}

/* The four cells around a place and how near it is to each. */
struct sample {
    size_t cells[4];
    float weights[4];
    size_t nearest;
};

static int clamp_index(int index, int count)
{
    return index < 0 ? 0 : index >= count ? count - 1 : index;
}

static bool find_sample(const struct raster_window *window, struct point place, struct sample *sample)
{
    const struct source_raster *raster = &window->raster;
    if (!bbox_contains_point(raster->box, place)) {
        return false;
    }
    double x = (place.x - raster->box.min_x) / window->cell_width - 0.5;
    double y = (raster->box.max_y - place.y) / window->cell_height - 0.5;
    int column = (int)floor(x);
    int row = (int)floor(y);
    float right = (float)(x - column);
    float below = (float)(y - row);
    for (int i = 0; i < 4; i++) {
        int cell_column = clamp_index(column + i % 2, raster->width);
        int cell_row = clamp_index(row + i / 2, raster->height);
        sample->cells[i] = (size_t)cell_row * (size_t)raster->width + (size_t)cell_column;
        sample->weights[i] = (i % 2 ? right : 1 - right) * (i / 2 ? below : 1 - below);
    }
    sample->nearest = sample->cells[(right >= 0.5f ? 1 : 0) + (below >= 0.5f ? 2 : 0)];
    return true;
}

/* Between four cells; beside a gap the value of the nearest, so gaps keep their edges. */
static float mix(const float *values, const struct sample *sample)
{
    float sum = 0;
    for (int i = 0; i < 4; i++) {
        sum += values[sample->cells[i]] * sample->weights[i];
    }
    return isnan(sum) ? values[sample->nearest] : sum;
}

static float clamp_byte(float value)
{
    return value < 0 ? 0 : value > 255 ? 255 : value;
}

/* Red, green, blue, premultiplied, and alpha, all 0 … 255. */
static void mix_colours(const float *values, const struct sample *sample, float colour[4])
{
    memset(colour, 0, 4 * sizeof(*colour));
    for (int i = 0; i < 4; i++) {
        const float *cell = values + 4 * sample->cells[i];
        float part = isnan(cell[3]) ? 0 : sample->weights[i] * cell[3] / 255.0f;
        for (int band = 0; band < 3 && part > 0; band++) {
            colour[band] += clamp_byte(cell[band]) * part;
        }
        colour[3] += 255.0f * part;
    }
}

static bool value_colour(const struct raster_window *window, const struct style *style,
                         const struct sample *sample, float colour[4])
{
    float value =
        style->class_count > 0 ? window->raster.values[sample->nearest] : mix(window->raster.values, sample);
    if (isnan(value)) {
        return false;
    }
    uint8_t grey = window->light ? 255 : (uint8_t)clamp_byte(value);
    bool has_colours = style->ramp_count > 0 || style->class_count > 0;
    struct colour ramp =
        has_colours ? style_value_colour(style, value) : (struct colour){grey, grey, grey, 255};
    float light = window->light ? mix(window->light, sample) / (float)FLAT_LIGHT : 1.0f;
    float part = (float)ramp.alpha / 255.0f;
    colour[0] = clamp_byte(ramp.red * light) * part;
    colour[1] = clamp_byte(ramp.green * light) * part;
    colour[2] = clamp_byte(ramp.blue * light) * part;
    colour[3] = ramp.alpha;
    return true;
}

static uint32_t dot_at(const struct raster_window *window, const struct style *style, struct point place)
{
    struct sample sample;
    float colour[4];
    if (!point_is_finite(place) || !find_sample(window, place, &sample)) {
        return 0;
    }
    if (window->raster.band_count == 1) {
        if (!value_colour(window, style, &sample, colour)) {
            return 0;
        }
    } else {
        mix_colours(window->raster.values, &sample, colour);
    }
    uint32_t dot = 0;
    static const int order[4] = {3, 0, 1, 2};
    for (int i = 0; i < 4; i++) {
        dot = dot << 8 | (uint32_t)(colour[order[i]] * (float)style->opacity + 0.5f);
    }
    return dot;
}

static bool draw(const struct raster_reading *reading, const struct raster_window *window, struct bbox target,
                 struct image *image, struct fault *fault)
{
    struct raster_mesh mesh;
    if (!raster_mesh_init(&mesh, reading->renderer->crs_context, &reading->view->grid, reading->map_crs,
                          reading->source_crs, target, fault)) {
        return false;
    }
    double step = bbox_width(target) / image->width;
    double down = bbox_height(target) / image->height;
    struct point *places = memory_new((size_t)image->width, sizeof(*places));
    for (int row = 0; row < image->height; row++) {
        struct point first = {target.min_x + step / 2, target.min_y + (row + 0.5) * down};
        raster_mesh_row(&mesh, first, step, image->width, places);
        uint32_t *dots = image->pixels + (size_t)row * (size_t)image->stride_px;
        for (int column = 0; column < image->width; column++) {
            dots[column] = dot_at(window, reading->layer->style, places[column]);
        }
    }
    free(places);
    raster_mesh_finish(&mesh);
    return true;
}

static bool paint(const struct raster_reading *reading, const struct raster_window *window,
                  struct bbox target, struct canvas *canvas, struct fault *fault)
{
    int width = (int)ceil(bbox_width(target) * reading->pixel_ratio);
    int height = (int)ceil(bbox_height(target) * reading->pixel_ratio);
    struct image *image = image_new(width, height, fault);
    if (!image) {
        return false;
    }
    bool is_drawn = draw(reading, window, target, image, fault);
    if (is_drawn) {
        canvas_image(canvas, image, target, false);
    }
    image_free(image);
    return is_drawn;
}

static bool begin_reading(struct raster_reading *reading, struct fault *fault)
{
    struct renderer *renderer = reading->renderer;
    reading->source = open_layers_source(renderer->open_layers, reading->layer, fault);
    if (!reading->source) {
        return false;
    }
    reading->map_crs = crs_find(renderer->crs_context, reading->view->grid.crs_code, fault);
    reading->source_crs = crs_find(renderer->crs_context, source_crs_code(reading->source), fault);
    return reading->map_crs && reading->source_crs;
}

bool raster_window_paint(struct renderer *renderer, const struct map_view *view, const struct layer *layer,
                         struct pixel_box window_box, struct bbox target, struct canvas *canvas,
                         struct fault *fault)
{
    struct raster_reading reading = {.renderer = renderer, .view = view, .layer = layer};
    reading.pixel_ratio = canvas_image_ratio(canvas);
    if (!begin_reading(&reading, fault)) {
        return false;
    }
    struct fault reason = {0};
    struct raster_window *window = get_window(&reading, window_box, &reason);
    if (!window) {
        if (reason.code != FAULT_LIMIT) { /* else other windows and scales can be drawn */
            open_layers_failed(renderer->open_layers, layer, &reason);
        }
        fault_set(fault, reason.code, "%s", reason.message);
        return false;
    }
    return window->raster.width == 0 || paint(&reading, window, target, canvas, fault);
}

/* A window at a time: all of a large page would be too many cells at once. */
bool raster_window_has_cells(struct renderer *renderer, const struct map_view *view,
                             const struct layer *layer, struct pixel_box box, struct fault *fault)
{
    struct raster_reading reading = {.renderer = renderer, .view = view, .layer = layer, .pixel_ratio = 1};
    if (!begin_reading(&reading, fault)) {
        return false;
    }
    for (int64_t y = box.y; y < box.y + box.height; y += RASTER_WINDOW_PX) {
        for (int64_t x = box.x; x < box.x + box.width; x += RASTER_WINDOW_PX) {
            int32_t width = (int32_t)(box.x + box.width - x);
            int32_t height = (int32_t)(box.y + box.height - y);
            struct pixel_box part = {x, y, width < RASTER_WINDOW_PX ? width : RASTER_WINDOW_PX,
                                     height < RASTER_WINDOW_PX ? height : RASTER_WINDOW_PX};
            const struct raster_window *window = get_window(&reading, part, fault);
            if (!window || window->raster.width > 0) {
                return window != NULL;
            }
        }
    }
    return false;
}
