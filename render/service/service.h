/*
 * service.h - the front of the running service: what every handler can reach.
 */
#ifndef RENDER_SERVICE_SERVICE_H
#define RENDER_SERVICE_SERVICE_H

#include <stdatomic.h>
#include <stdbool.h>

struct briefing_desk; /* render/service/briefing/briefing_desk.h: briefings that are being made, and all
                         others */
struct clerk;
struct config;
struct disk_cache;
struct disk_settler;
struct events; /* render/service/plot/events.h: who listens to changes */
struct http;
struct metrics;
struct plot_keeper;
struct tile_cache;
struct tile_desk;
struct viewer; /* render/service/protocol/viewer.h: the files of the page */
struct worker_pool;

/** All borrowed; each is safe from many threads. serve.c fills it in, from top to bottom. */
struct service {
    const struct config *config;
    struct metrics *metrics;
    struct worker_pool *pool;
    struct tile_cache *tile_cache;
    struct disk_cache *disk_cache; /* NULL: tiles are kept in memory only */
    struct disk_settler *disk_settler;
    struct plot_keeper *plots;
    struct clerk *clerk;
    struct tile_desk *tiles;
    struct events *events;
    struct briefing_desk *briefings;
    struct viewer *viewer;
    struct http *http;
    atomic_bool is_draining; /* after SIGTERM */
    const char *base_url;    /* of links: "http://127.0.0.1:8080" */
};

#endif
