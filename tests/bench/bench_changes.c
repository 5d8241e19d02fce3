/*
 * bench_changes.c - what a change costs those who keep tiles of many zooms, measured in one process.
 *
 *   bench_changes plottafel.yaml PLOT.geojson CHANGES ZOOM...
 *
 * EDGE x EDGE tiles of WebMercatorQuad around the middle of the first map are thought of as kept at each of
 * the zooms. Then features of the plot are moved, one in each change, and after each the stale tiles of every
 * zoom are found. Prints what the first scenes cost, and of the changes the median, the 99th percentile and
 * the slowest, for each zoom and for all of them together.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/change.h"
#include "data/feature.h"
#include "data/map.h"
#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/scene/footprint.h"
#include "render/map_view.h"
#include "render/renderer.h"
#include "render/service/config.h"
#include "tests/bench/plot_file.h"

enum { EDGE = 8, TILES = EDGE * EDGE, MOST_ZOOMS = 16, MOST_CHANGES = 1000 };

static const char set_id[] = "WebMercatorQuad";

/* The tiles that are kept of one zoom, and how long their changes took. */
struct zoom_bench {
    uint32_t zoom;
    struct tile_address tiles[TILES];
    int64_t took_us[MOST_CHANGES];
    size_t stale_count;
};

struct bench {
    struct config *config;
    struct renderer *renderer;
    const struct tile_matrix_set *set;
    struct plot *plot;
    struct zoom_bench zooms[MOST_ZOOMS];
    size_t zoom_count;
    int64_t took_us[MOST_CHANGES]; /* at all zooms together */
    size_t change_count;
};

/* The tiles around the middle of the map. */
static bool choose_tiles(const struct bench *bench, struct zoom_bench *zoom)
{
    struct fault fault;
    struct tile_address middle;
    struct tile_address last;
    struct point centre = bbox_centre(maps_at(bench->config->maps, 0)->extent_deg);
    struct crs_context *context = renderer_crs_context(bench->renderer);
    const struct crs *crs = crs_find(context, bench->set->crs_code, &fault);
    const struct crs *degrees = crs_find(context, "EPSG:4258", &fault);
    if (!crs || !degrees || !crs_transform(context, degrees, crs, &centre, 1, &fault) ||
        !tile_range(bench->set, zoom->zoom, (struct bbox){centre.x, centre.y, centre.x, centre.y}, &middle,
                    &last)) {
        return false;
    }
    for (uint32_t i = 0; i < TILES; i++) {
        zoom->tiles[i] = (struct tile_address){zoom->zoom, middle.column - EDGE / 2 + i % EDGE,
                                               middle.row - EDGE / 2 + i / EDGE};
    }
    return true;
}

static bool open_bench(struct bench *bench, int argument_count, char **arguments)
{
    struct fault fault;
    struct problems problems;
    problems_init(&problems);
    bench->config = config_read(arguments[1], &problems);
    bench->plot = bench->config ? plot_file_read(arguments[2], bench->config, &problems) : NULL;
    problems_print(&problems, stderr);
    problems_finish(&problems);
    if (!bench->plot) {
        return false;
    }
    bench->set = tile_matrix_sets_find(bench->config->tile_matrix_sets, set_id);
    bench->renderer = renderer_new(bench->config->grid_folder, &fault);
    for (int i = 4; bench->renderer && i < argument_count && bench->zoom_count < MOST_ZOOMS; i++) {
        struct zoom_bench *zoom = &bench->zooms[bench->zoom_count++];
        zoom->zoom = (uint32_t)strtoul(arguments[i], NULL, 10);
        if (!choose_tiles(bench, zoom)) {
            return false;
        }
    }
    return bench->renderer != NULL;
}

static void close_bench(struct bench *bench)
{
    plot_unref(bench->plot);
    renderer_free(bench->renderer);
    config_free(bench->config);
}

/* A change that moves a feature by some hundred metres. */
static struct plot *with_one_moved(const struct plot *plot, size_t number)
{
    const struct feature *feature = plot_at(plot, number * 7919 % plot_count(plot));
    struct feature *moved = feature_copy(feature);
    for (size_t i = 0; i < moved->shape->point_count; i++) {
        moved->shape->points[i].x += 0.004;
        moved->shape->points[i].y += 0.002;
    }
    shape_update_box(moved->shape);
    struct change change = {.kind = CHANGE_PUT, .feature = moved, .expected_revision = CHANGE_ANY_REVISION};
    struct plot *changed = plot_with_changes(plot, &change, 1, plot_revision(plot) + 1, 0);
    feature_unref(moved);
    return changed;
}

static bool find_stale(const struct bench *bench, struct zoom_bench *zoom, const struct plot *before,
                       const struct plot *after)
{
    struct fault fault;
    bool stale[TILES];
    struct pixel_grid grid = tile_matrix_set_grid(bench->set, zoom->zoom);
    const struct map *map = maps_at(bench->config->maps, 0);
    struct map_view old = map_view_of(map, bench->config->symbols, &before, 1, MOMENT_NONE, grid);
    struct map_view new = map_view_of(map, bench->config->symbols, &after, 1, MOMENT_NONE, grid);
    if (!footprint_stale_tiles(bench->renderer, &old, &new, bench->set, zoom->tiles, TILES, stale, &fault)) {
        fprintf(stderr, "bench_changes: %s\n", fault.message);
        return false;
    }
    for (size_t i = 0; i < TILES; i++) {
        zoom->stale_count += stale[i];
    }
    return true;
}

/* One change; the first makes the scenes and is not counted. */
static bool make_change(struct bench *bench, size_t number)
{
    struct plot *changed = with_one_moved(bench->plot, number);
    bool is_found = true;
    int64_t first_us = monotonic_now_us();
    for (size_t i = 0; i < bench->zoom_count && is_found; i++) {
        int64_t start_us = monotonic_now_us();
        is_found = find_stale(bench, &bench->zooms[i], bench->plot, changed);
        bench->zooms[i].took_us[number] = monotonic_now_us() - start_us;
    }
    bench->took_us[number] = monotonic_now_us() - first_us;
    plot_unref(bench->plot);
    bench->plot = changed;
    return is_found;
}

static int compare_us(const void *a, const void *b)
{
    int64_t first = *(const int64_t *)a;
    int64_t second = *(const int64_t *)b;
    return (first > second) - (first < second);
}

/* The first is not counted. */
static void print_times(const char *name, int64_t *took_us, size_t count)
{
    double first_ms = (double)took_us[0] / 1e3;
    qsort(took_us + 1, count - 1, sizeof(*took_us), compare_us);
    printf("%-9s first %8.2f ms   median %7.2f   p99 %7.2f   slowest %7.2f ms", name, first_ms,
           (double)took_us[1 + (count - 1) / 2] / 1e3, (double)took_us[1 + (count - 1) * 99 / 100] / 1e3,
           (double)took_us[count - 1] / 1e3);
}

int main(int argument_count, char **arguments)
{
    static struct bench bench;
    if (argument_count < 5) {
        fprintf(stderr, "usage: bench_changes plottafel.yaml PLOT.geojson CHANGES ZOOM...\n");
        return 2;
    }
    bench.change_count = (size_t)strtoul(arguments[3], NULL, 10) + 1;
    bool is_good = bench.change_count > 1 && bench.change_count <= MOST_CHANGES &&
                   open_bench(&bench, argument_count, arguments);
    for (size_t i = 0; is_good && i < bench.change_count; i++) {
        is_good = make_change(&bench, i);
    }
    for (size_t i = 0; is_good && i < bench.zoom_count; i++) {
        char name[16];
        snprintf(name, sizeof(name), "zoom %u", bench.zooms[i].zoom);
        print_times(name, bench.zooms[i].took_us, bench.change_count);
        printf("   %zu stale tiles\n", bench.zooms[i].stale_count);
    }
    if (is_good) {
        print_times("all zooms", bench.took_us, bench.change_count);
        printf("\n");
    }
    close_bench(&bench);
    return is_good ? 0 : 1;
}
