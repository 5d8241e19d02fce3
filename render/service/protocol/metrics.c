/*
 * metrics.c - counters are added to without a lock; a scrape may see one of two that belong together.
 */
#include "render/service/protocol/metrics.h"

#include <assert.h>
#include <inttypes.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/config.h"
#include "render/service/tile/disk_cache.h"
#include "render/service/http/http.h"
#include "render/service/plot/plot_keeper.h"
#include "render/service/http/route.h"
#include "render/service/service.h"
#include "render/service/tile/tile_cache.h"
#include "render/service/worker/worker_pool.h"

/** The last stands for all others. */
static const int statuses[] = {200, 201, 202, 204, 304, 400, 401, 403, 404, 405, 406, 409,
                               412, 413, 414, 415, 422, 428, 499, 500, 501, 503, 0};
#define STATUS_COUNT (sizeof(statuses) / sizeof(statuses[0]))

static const int64_t bucket_us[] = {500,    1000,   2500,   5000,    10000,   25000,   50000,
                                    100000, 250000, 500000, 1000000, 2500000, 10000000};
#define BUCKET_COUNT (sizeof(bucket_us) / sizeof(bucket_us[0]))

struct route_counts {
    atomic_uint_least64_t statuses[STATUS_COUNT];
    atomic_uint_least64_t buckets[BUCKET_COUNT + 1]; /* the last: longer */
    atomic_uint_least64_t duration_us;
    atomic_uint_least64_t bytes;
    atomic_uint_least64_t hits;
};

struct metrics {
    const struct route *routes;
    size_t route_count;
    int64_t started_ms;
    struct route_counts *counts; /* one a route, and one for requests without */
};

struct metrics *metrics_new(const struct route *routes, size_t count)
{
    struct metrics *metrics = memory_new(1, sizeof(*metrics));
    metrics->routes = routes;
    metrics->route_count = count;
    metrics->started_ms = monotonic_now_ms();
    metrics->counts = memory_new(count + 1, sizeof(*metrics->counts));
    return metrics;
}

void metrics_free(struct metrics *metrics)
{
    if (metrics) {
        free(metrics->counts);
        free(metrics);
    }
}

static void add(atomic_uint_least64_t *counter, uint64_t amount)
{
    atomic_fetch_add_explicit(counter, amount, memory_order_relaxed);
}

static uint64_t get(const atomic_uint_least64_t *counter)
{
    return atomic_load_explicit(counter, memory_order_relaxed);
}

void metrics_add_request(struct metrics *metrics, const struct route *route, int status, int64_t duration_us,
                         size_t bytes, bool is_hit)
{
    size_t index = route ? (size_t)(route - metrics->routes) : metrics->route_count;
    assert(index <= metrics->route_count);
    struct route_counts *counts = &metrics->counts[index];
    size_t s = 0;
    size_t b = 0;
    while (statuses[s] && statuses[s] != status) {
        s++;
    }
    while (b < BUCKET_COUNT && duration_us > bucket_us[b]) {
        b++;
    }
    add(&counts->statuses[s], 1);
    add(&counts->buckets[b], 1);
    add(&counts->duration_us, (uint64_t)duration_us);
    add(&counts->bytes, bytes);
    add(&counts->hits, is_hit);
}

static const char *pattern_of(const struct metrics *metrics, size_t index)
{
    return index < metrics->route_count ? metrics->routes[index].pattern : "none";
}

static const char *method_of(const struct metrics *metrics, size_t index)
{
    return index < metrics->route_count ? request_method_name(metrics->routes[index].method) : "any";
}

static void write_head(struct buffer *text, const char *name, const char *type, const char *help)
{
    buffer_appendf(text, "# HELP plottafel_%s %s\n# TYPE plottafel_%s %s\n", name, help, name, type);
}

static void write_one(struct buffer *text, const char *name, const char *type, const char *help, double value)
{
    write_head(text, name, type, help);
    buffer_appendf(text, "plottafel_%s %.17g\n", name, value);
}

static uint64_t request_count(const struct route_counts *counts)
{
    uint64_t count = 0;
    for (size_t i = 0; i < STATUS_COUNT; i++) {
        count += get(&counts->statuses[i]);
    }
    return count;
}

static void write_statuses(const struct metrics *metrics, struct buffer *text)
{
    write_head(text, "http_requests_total", "counter", "Answered requests.");
    for (size_t r = 0; r <= metrics->route_count; r++) {
        for (size_t s = 0; s < STATUS_COUNT; s++) {
            uint64_t count = get(&metrics->counts[r].statuses[s]);
            if (count > 0) {
                buffer_appendf(
                    text,
                    "plottafel_http_requests_total{method=\"%s\",route=\"%s\",status=\"%d\"} %" PRIu64 "\n",
                    method_of(metrics, r), pattern_of(metrics, r), statuses[s], count);
            }
        }
    }
}

static void write_duration(const struct metrics *metrics, size_t index, struct buffer *text)
{
    static const char name[] = "plottafel_http_request_duration_seconds";
    const struct route_counts *counts = &metrics->counts[index];
    const char *method = method_of(metrics, index);
    const char *pattern = pattern_of(metrics, index);
    uint64_t sum = 0;
    for (size_t b = 0; b <= BUCKET_COUNT; b++) {
        sum += get(&counts->buckets[b]);
        buffer_appendf(text, "%s_bucket{method=\"%s\",route=\"%s\",le=\"", name, method, pattern);
        if (b < BUCKET_COUNT) {
            buffer_appendf(text, "%g\"} %" PRIu64 "\n", (double)bucket_us[b] / 1e6, sum);
        } else {
            buffer_appendf(text, "+Inf\"} %" PRIu64 "\n", sum);
        }
    }
    buffer_appendf(text, "%s_sum{method=\"%s\",route=\"%s\"} %.6f\n", name, method, pattern,
                   (double)get(&counts->duration_us) / 1e6);
    buffer_appendf(text, "%s_count{method=\"%s\",route=\"%s\"} %" PRIu64 "\n", name, method, pattern, sum);
}

static void write_durations(const struct metrics *metrics, struct buffer *text)
{
    write_head(text, "http_request_duration_seconds", "histogram", "From the request line to the last byte.");
    for (size_t r = 0; r <= metrics->route_count; r++) {
        if (request_count(&metrics->counts[r]) > 0) {
            write_duration(metrics, r, text);
        }
    }
}

static void write_sums(const struct metrics *metrics, struct buffer *text)
{
    uint64_t bytes = 0;
    uint64_t hits = 0;
    for (size_t r = 0; r <= metrics->route_count; r++) {
        bytes += get(&metrics->counts[r].bytes);
        hits += get(&metrics->counts[r].hits);
    }
    write_one(text, "http_answer_bytes_total", "counter", "Bytes of answers without their headers.",
              (double)bytes);
    write_one(text, "http_hits_total", "counter", "Requests answered from a cache.", (double)hits);
    write_one(text, "uptime_seconds", "gauge", "Since the service started.",
              (double)(monotonic_now_ms() - metrics->started_ms) / 1000);
}

static void write_cache(struct tile_cache *cache, struct buffer *text)
{
    struct tile_cache_state state = tile_cache_state(cache);
    write_one(text, "tile_cache_tiles", "gauge", "Tiles in memory.", (double)state.tiles);
    write_one(text, "tile_cache_bytes", "gauge", "Bytes that the tiles in memory take.", (double)state.bytes);
    write_one(text, "tile_cache_hits_total", "counter", "Tiles found.", (double)state.hits);
    write_one(text, "tile_cache_misses_total", "counter", "Tiles not found.", (double)state.misses);
    write_one(text, "tile_cache_stale_total", "counter", "Tiles dropped because a change touched them.",
              (double)state.dropped);
    write_one(text, "tile_cache_evicted_total", "counter", "Tiles dropped for room.", (double)state.evicted);
}

static void write_disk_cache(struct disk_cache *cache, struct buffer *text)
{
    struct disk_cache_state state = disk_cache_state(cache);
    write_one(text, "disk_cache_open", "gauge", "1 while tiles are kept on disk.", state.is_open);
    write_one(text, "disk_cache_tiles", "gauge", "Tiles on disk.", (double)state.tiles);
    write_one(text, "disk_cache_bytes", "gauge", "Bytes that the tiles on disk take, about.",
              (double)state.bytes);
    write_one(text, "disk_cache_unsettled_maps", "gauge",
              "Maps whose tiles on disk wait until it is known which of them a change touched.",
              (double)state.unsettled);
    write_one(text, "disk_cache_hits_total", "counter", "Tiles found on disk.", (double)state.hits);
    write_one(text, "disk_cache_misses_total", "counter", "Tiles not found on disk.", (double)state.misses);
    write_one(text, "disk_cache_written_total", "counter", "Tiles written to disk.", (double)state.written);
    write_one(text, "disk_cache_stale_total", "counter", "Tiles dropped because a change touched them.",
              (double)state.dropped);
    write_one(text, "disk_cache_evicted_total", "counter", "Tiles dropped for room.", (double)state.evicted);
    write_one(text, "disk_cache_healed_total", "counter", "Tiles dropped because they were not right.",
              (double)state.healed);
    write_one(text, "disk_cache_faults_total", "counter", "Times that the file could not be used.",
              (double)state.faults);
}

static void write_pool(struct worker_pool *pool, struct buffer *text)
{
    struct worker_pool_state state = worker_pool_state(pool);
    write_one(text, "workers", "gauge", "Worker processes that should be.", state.workers);
    write_one(text, "workers_ready", "gauge", "Worker processes that answer.", state.ready);
    write_one(text, "workers_busy", "gauge", "Worker processes that draw.", state.busy);
    write_one(text, "queue_pictures", "gauge", "Pictures that wait for a worker.", (double)state.waiting);
    write_one(text, "queue_briefings", "gauge", "Briefings that wait for a worker.",
              (double)state.waiting_long);
    write_one(text, "worker_runs_total", "counter", "Orders given to workers.", (double)state.runs);
    write_one(text, "worker_joined_total", "counter", "Askers that joined a run.", (double)state.joined);
    write_one(text, "worker_refused_total", "counter", "Orders refused because enough waited.",
              (double)state.refused);
    write_one(text, "worker_restarts_total", "counter", "Workers that ended and were replaced.",
              (double)state.restarts);
    write_one(text, "worker_killed_total", "counter", "Workers killed for a deadline.", (double)state.killed);
    write_one(text, "worker_quarantined", "gauge", "Orders refused because they broke workers.",
              (double)state.quarantined);
    write_one(text, "rd_grid", "gauge", "1 when RD has its correction grid.", state.has_rd_grid);
}

static void write_http(struct http *http, struct buffer *text)
{
    struct http_state state = http_state(http);
    write_one(text, "http_connections", "gauge", "Open connections.", (double)state.connections);
    write_one(text, "http_waiting", "gauge", "Requests without an answer yet.", (double)state.waiting);
    write_one(text, "http_streams", "gauge", "Event streams.", (double)state.streams);
    write_one(text, "http_evicted_total", "counter", "Connections cut off by a deadline.",
              (double)state.evicted);
}

static void write_plot(const struct plot *plot, void *context)
{
    const char *name = plot_title(plot)->name;
    buffer_appendf(context, "plottafel_plot_revision{plot=\"%s\"} %" PRIu64 "\n", name, plot_revision(plot));
}

void metrics_write(const struct metrics *metrics, const struct service *service, struct buffer *text)
{
    write_statuses(metrics, text);
    write_durations(metrics, text);
    write_sums(metrics, text);
    write_cache(service->tile_cache, text);
    if (service->disk_cache) {
        write_disk_cache(service->disk_cache, text);
    }
    write_pool(service->pool, text);
    write_http(service->http, text);
    write_head(text, "plot_revision", "gauge", "Latest revision of a plot.");
    plot_keeper_visit(service->plots, write_plot, text);
}
