/* pool_maps.h - for tests: maps and tiles asked of a pool of workers that sleep. */
#ifndef PLOTTAFEL_TESTS_SERVICE_POOL_MAPS_H
#define PLOTTAFEL_TESTS_SERVICE_POOL_MAPS_H

#include "tests/service/pool_asker.h"

static inline void start_pool(int workers)
{
    atomic_store(&told_count, 0);
    start_pool_of(usual_options(workers));
}

static inline struct order order_of(enum order_kind kind, const char *what, int side_px)
{
    struct order order;
    order_init(&order, kind);
    order.view.as_of_ms = 0;
    snprintf(order.view.map, sizeof(order.view.map), "%s", what);
    order.window = (struct order_window){.crs_code = "EPSG:3857",
                                         .box = {0, 0, 100, 100},
                                         .width_px = side_px,
                                         .height_px = side_px,
                                         .pixel_ratio = 1};
    order.plate.width_px = side_px;
    order.plate.height_px = side_px;
    return order;
}

/** The code that it was refused with, or NONE. */
static inline enum fault_code ask_order(const struct order *order, uint64_t client, int64_t time_ms,
                                        struct got *got)
{
    struct fault fault = {0};
    struct worker_asker asker = {.done = take, .context = got, .client = client};
    bool is_taken = worker_pool_order(pool, order, monotonic_now_ms() + time_ms, asker, NULL, &fault);
    return is_taken ? FAULT_NONE : fault.code;
}

static inline enum fault_code ask(enum order_kind kind, const char *what, uint64_t client, int64_t time_ms,
                                  struct got *got)
{
    struct order order = order_of(kind, what, 100);
    return ask_order(&order, client, time_ms, got);
}

/** Each is another one: no two are made in one go. */
static inline enum fault_code ask_map(int sleep, int number, uint64_t client, int64_t time_ms,
                                      struct got *got)
{
    char what[64];
    snprintf(what, sizeof(what), "sleep %d %d", sleep, number);
    return ask(ORDER_PLATE, what, client, time_ms, got);
}

static inline void wait_busy(int count)
{
    int64_t until_ms = monotonic_now_ms() + 10000;
    while (worker_pool_state(pool).busy < count && monotonic_now_ms() < until_ms) {
        sleep_ms(1);
    }
    ck_assert_int_eq(worker_pool_state(pool).busy, count);
}

#endif
