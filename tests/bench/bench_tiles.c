/*
 * bench_tiles.c - where the time of a tile goes, measured in one process without sockets.
 *
 *   bench_tiles plottafel.yaml MAP PLOT.geojson [TILE-MATRIX-SET]
 *
 * For zooms 6, 8, 10 and 12 of NetherlandsRDNewQuad, or 6, 8, 10, 12 and 14 of another set: a new renderer
 * (cold), the scenes of the districts around EDGE x EDGE tiles in the middle of the map with their
 * placements, what one change costs (stale tiles, scenes), then those tiles, painted and encoded, and the
 * same tiles once more (warm). The plot is drawn at the moment at which most of its features are valid.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/crs.h"
#include "render/scene/district.h"
#include "render/scene/footprint.h"
#include "render/canvas/image.h"
#include "render/map_view.h"
#include "render/picture.h"
#include "render/encode/png.h"
#include "render/renderer.h"
#include "render/scene/scene.h"
#include "render/service/config.h"
#include "tests/bench/plot_file.h"

enum { EDGE = 8, TILES = EDGE * EDGE, DOTS_PER_METRE = 3571 };

static const char usual_set_id[] = "NetherlandsRDNewQuad";
static const uint32_t zooms[] = {6, 8, 10, 12, 14};

struct bench {
    struct config *config;
    const struct map *map;
    struct plot *plot;
    struct plot *changed; /* the same with one feature less */
    int64_t moment_ms;
    const char *set_id;
};

/* All that the tiles of one zoom are drawn with. */
struct zoom_bench {
    struct renderer *renderer;
    struct map_view view;
    const struct tile_matrix_set *set;
    struct tile_address first;
};

/* One pass over the tiles of a zoom, microseconds. */
struct pass {
    int64_t paint_us[TILES];
    int64_t encode_us;
    size_t bytes;
};

static int64_t busiest_moment(const struct plot *plot)
{
    size_t moment_count;
    const int64_t *moments = plot_moments(plot, &moment_count);
    int64_t busiest = MOMENT_NONE;
    size_t most = 0;
    for (size_t i = 0; i < moment_count; i++) {
        size_t valid = 0;
        for (size_t j = 0; j < plot_count(plot); j++) {
            valid += feature_is_valid_at(plot_at(plot, j), moments[i]);
        }
        busiest = valid > most ? moments[i] : busiest;
        most = valid > most ? valid : most;
    }
    return busiest;
}

/* The plot without one of the features that are valid, somewhere in its middle. */
static struct plot *without_one(const struct plot *plot, int64_t moment_ms)
{
    size_t number = plot_count(plot) / 2;
    while (number > 0 && !feature_is_valid_at(plot_at(plot, number), moment_ms)) {
        number--;
    }
    struct change change = {.kind = CHANGE_REMOVE, .expected_revision = CHANGE_ANY_REVISION};
    change.id = memory_copy_text(plot_at(plot, number)->id);
    struct plot *changed = plot_with_changes(plot, &change, 1, 2, 0);
    free(change.id);
    return changed;
}

static bool open_bench(struct bench *bench, char **arguments)
{
    struct problems problems;
    problems_init(&problems);
    bench->config = config_read(arguments[1], &problems);
    bench->plot = bench->config ? plot_file_read(arguments[3], bench->config, &problems) : NULL;
    problems_print(&problems, stderr);
    problems_finish(&problems);
    if (!bench->plot) {
        return false;
    }
    bench->map = maps_find(bench->config->maps, arguments[2]);
    bench->moment_ms = busiest_moment(bench->plot);
    bench->changed = without_one(bench->plot, bench->moment_ms);
    return bench->map != NULL;
}

static void close_bench(struct bench *bench)
{
    plot_unref(bench->plot);
    plot_unref(bench->changed);
    config_free(bench->config);
}

static struct map_view view_of(const struct bench *bench, struct pixel_grid grid)
{
    const struct plot *plots[] = {bench->plot};
    return map_view_of(bench->map, bench->config->symbols, plots, 1, bench->moment_ms, grid);
}

/* The tile in the north-west of those around the middle of the map's extent. */
static struct tile_address first_tile(const struct bench *bench, const struct zoom_bench *zoom_bench,
                                      uint32_t zoom)
{
    struct fault fault;
    struct tile_address middle = {.zoom = zoom};
    struct tile_address last;
    struct point centre = bbox_centre(bench->map->extent_deg);
    struct crs_context *context = renderer_crs_context(zoom_bench->renderer);
    const struct crs *crs = crs_find(context, zoom_bench->set->crs_code, &fault);
    const struct crs *degrees = crs_find(context, "EPSG:4258", &fault);
    if (!crs || !degrees || !crs_transform(context, degrees, crs, &centre, 1, &fault)) {
        return middle;
    }
    struct bbox box = {centre.x, centre.y, centre.x, centre.y};
    if (tile_range(zoom_bench->set, zoom, box, &middle, &last)) {
        middle.column -= EDGE / 2;
        middle.row -= EDGE / 2;
    }
    return middle;
}

static bool draw_tile(const struct zoom_bench *zoom_bench, struct tile_address address, int64_t *paint_us,
                      struct pass *pass)
{
    struct fault fault;
    int64_t start_us = monotonic_now_us();
    struct image *image =
        tile_render(zoom_bench->renderer, &zoom_bench->view, zoom_bench->set, address, 1, NULL, &fault);
    int64_t painted_us = monotonic_now_us();
    size_t length = 0;
    char *png = image ? png_write(image, DOTS_PER_METRE, &length, &fault) : NULL;
    *paint_us = painted_us - start_us;
    pass->encode_us += monotonic_now_us() - painted_us;
    pass->bytes += length;
    if (!png) {
        fprintf(stderr, "bench_tiles: %s\n", fault.message);
    }
    free(png);
    image_free(image);
    return png != NULL;
}

static bool run_pass(const struct zoom_bench *zoom_bench, struct pass *pass)
{
    struct tile_address first = zoom_bench->first;
    for (uint32_t i = 0; i < TILES; i++) {
        struct tile_address address = {first.zoom, first.column + i % EDGE, first.row + i / EDGE};
        if (!draw_tile(zoom_bench, address, &pass->paint_us[i], pass)) {
            return false;
        }
    }
    return true;
}

static int compare_us(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

static void print_pass(const char *name, struct pass *pass)
{
    int64_t paint_us = 0;
    for (size_t i = 0; i < TILES; i++) {
        paint_us += pass->paint_us[i];
    }
    qsort(pass->paint_us, TILES, sizeof(pass->paint_us[0]), compare_us);
    printf(
        "  %s %8.0f tiles/s   paint %6.3f ms (median %6.3f, slowest %8.3f)   encode %6.3f ms   %6.0f bytes\n",
        name, TILES * 1e6 / (double)(paint_us + pass->encode_us), (double)paint_us / TILES / 1e3,
        (double)pass->paint_us[TILES / 2] / 1e3, (double)pass->paint_us[TILES - 1] / 1e3,
        (double)pass->encode_us / TILES / 1e3, (double)pass->bytes / TILES);
}

/* Makes the scenes of all districts of the tiles. Counts what they show. */
static bool make_scenes(const struct zoom_bench *zoom_bench, const struct map_view *view, size_t *count)
{
    struct fault fault;
    struct tile_address last = zoom_bench->first;
    last.column += EDGE - 1;
    last.row += EDGE - 1;
    struct bbox box = bbox_union(pixel_box_to_bbox(tile_pixel_box(zoom_bench->set, zoom_bench->first)),
                                 pixel_box_to_bbox(tile_pixel_box(zoom_bench->set, last)));
    struct districts districts = districts_touched(zoom_bench->renderer, view, box);
    *count = 0;
    for (size_t i = 0; i < districts_count(&districts); i++) {
        struct scene *scene = scene_get(zoom_bench->renderer, view, districts_at(&districts, i), &fault);
        if (!scene) {
            fprintf(stderr, "bench_tiles: %s\n", fault.message);
            return false;
        }
        *count += scene_count(scene);
        scene_unref(scene);
    }
    return true;
}

static bool find_stale(const struct zoom_bench *zoom_bench, const struct map_view *changed)
{
    struct fault fault;
    struct tile_address addresses[TILES];
    bool stale[TILES];
    for (uint32_t i = 0; i < TILES; i++) {
        addresses[i] = (struct tile_address){zoom_bench->first.zoom, zoom_bench->first.column + i % EDGE,
                                             zoom_bench->first.row + i / EDGE};
    }
    return footprint_stale_tiles(zoom_bench->renderer, &zoom_bench->view, changed, zoom_bench->set, addresses,
                                 TILES, stale, &fault);
}

/* Makes the scenes of the tiles, then those after one change. */
static bool run_scenes(const struct bench *bench, const struct zoom_bench *zoom_bench)
{
    size_t count;
    struct map_view changed = zoom_bench->view;
    changed.plots[0] = bench->changed;
    int64_t start_us = monotonic_now_us();
    bool is_made = make_scenes(zoom_bench, &zoom_bench->view, &count);
    int64_t made_us = monotonic_now_us();
    is_made = is_made && find_stale(zoom_bench, &changed);
    int64_t found_us = monotonic_now_us();
    is_made = is_made && make_scenes(zoom_bench, &changed, &count);
    printf("  scenes of %zu features %.2f ms, stale tiles of a change %.2f ms, scenes after it %.2f ms\n",
           count, (double)(made_us - start_us) / 1e3, (double)(found_us - made_us) / 1e3,
           (double)(monotonic_now_us() - found_us) / 1e3);
    return is_made;
}

/* Opens the layers by drawing a tile that shares no window of them with the others. */
static bool open_layers(const struct zoom_bench *zoom_bench)
{
    struct pass pass = {.bytes = 0};
    struct tile_address far = zoom_bench->first;
    far.column += 2 * EDGE;
    far.row -= 2 * EDGE;
    if (!draw_tile(zoom_bench, far, &pass.paint_us[0], &pass)) {
        return false;
    }
    printf("  layers opened with a tile far away %.2f ms\n", (double)pass.paint_us[0] / 1e3);
    return true;
}

static bool run_passes(const struct bench *bench, const struct zoom_bench *zoom_bench)
{
    struct pass cold = {.bytes = 0};
    struct pass warm = {.bytes = 0};
    if (!run_scenes(bench, zoom_bench) || !open_layers(zoom_bench) || !run_pass(zoom_bench, &cold) ||
        !run_pass(zoom_bench, &warm)) {
        return false;
    }
    print_pass("cold", &cold);
    print_pass("warm", &warm);
    return true;
}

static bool run_zoom(const struct bench *bench, uint32_t zoom)
{
    struct fault fault;
    struct zoom_bench zoom_bench = {
        .set = tile_matrix_sets_find(bench->config->tile_matrix_sets, bench->set_id)};
    int64_t start_us = monotonic_now_us();
    zoom_bench.renderer = renderer_new(bench->config->grid_folder, &fault);
    if (!zoom_bench.renderer) {
        fprintf(stderr, "bench_tiles: %s\n", fault.message);
        return false;
    }
    printf("zoom %u\n  renderer %.2f ms\n", zoom, (double)(monotonic_now_us() - start_us) / 1e3);
    zoom_bench.view = view_of(bench, tile_matrix_set_grid(zoom_bench.set, zoom));
    zoom_bench.first = first_tile(bench, &zoom_bench, zoom);
    bool is_drawn = run_passes(bench, &zoom_bench);
    renderer_free(zoom_bench.renderer);
    return is_drawn;
}

int main(int argument_count, char **arguments)
{
    if (argument_count != 4 && argument_count != 5) {
        fprintf(stderr, "usage: bench_tiles plottafel.yaml MAP PLOT.geojson [TILE-MATRIX-SET]\n");
        return 2;
    }
    struct bench bench = {.set_id = argument_count == 5 ? arguments[4] : usual_set_id};
    size_t zoom_count = sizeof(zooms) / sizeof(zooms[0]) - (argument_count == 4);
    bool is_good = open_bench(&bench, arguments) &&
                   tile_matrix_sets_find(bench.config->tile_matrix_sets, bench.set_id) != NULL;
    for (size_t i = 0; is_good && i < zoom_count; i++) {
        is_good = run_zoom(&bench, zooms[i]);
    }
    close_bench(&bench);
    return is_good ? 0 : 1;
}
