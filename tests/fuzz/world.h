/*
 * world.h - as much of a running service as the readers of requests ask: configuration, and the store's
 * plots.
 */
#ifndef TESTS_FUZZ_WORLD_H
#define TESTS_FUZZ_WORLD_H

#include "data/map.h"
#include "render/service/config.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/service.h"
#include "render/service/tile/tile_cache.h"
#include "render/service/worker/plot_shelf.h"

static const char world_config[] = "store: store.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
                                   "plots: [{name: exercise, title: Oefening}]\nservice: {writers: open}\n";
static const char world_catalogue[] =
    "layers:\n"
    "  - {id: land, title: {nl: Land}, kind: vector, driver: GeoJSON, path: land.geojson,\n"
    "     credit: T, style: {rules: [{fill: \"#F7F4EC\"}]}}\n";
static const char world_maps[] =
    "maps:\n"
    "  - id: situation\n    title: {nl: Situatie, en: Situation}\n    extent: [4.4, 51.6, 4.8, 51.8]\n"
    "    items: [{layer: land}, {plot: exercise}]\n"
    "    areas: [{id: haven, title: {nl: Haven}, bbox: [4.55, 51.67, 4.63, 51.71]}]\n";

static inline struct config *world_read_config(void)
{
    struct problems problems;
    problems_init(&problems);
    fuzz_file("land.geojson", "{}", 2);
    fuzz_file("catalogue.yaml", world_catalogue, strlen(world_catalogue));
    fuzz_file("maps.yaml", world_maps, strlen(world_maps));
    const char *path = fuzz_file("plottafel.yaml", world_config, strlen(world_config));
    struct config *config = config_read(path, &problems);
    problems_print(&problems, stderr);
    problems_finish(&problems);
    assert(config);
    return config;
}

/** Started once, and kept until the process ends. */
static inline struct service *world_service(void)
{
    static struct service service;
    struct fault fault = {0};
    if (service.plots) {
        return &service;
    }
    service.config = world_read_config();
    service.base_url = "http://127.0.0.1:8080";
    service.tile_cache = tile_cache_new(1 << 20, maps_count(service.config->maps));
    struct plot_keeper_options options = {.service = &service,
                                          .shelf = plot_shelf_new(service.config->store_path)};
    service.plots = plot_keeper_new(&options, &fault);
    assert(service.plots);
    for (int i = 0; i < 500 && !plot_keeper_is_ready(service.plots, &fault); i++) {
        usleep(10000);
    }
    bool is_ready = plot_keeper_is_ready(service.plots, &fault);
    assert(is_ready);
    return &service;
}

#endif
