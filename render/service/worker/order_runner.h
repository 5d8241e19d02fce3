/*
 * order_runner.h - carries out orders in this process: renderer, store and snapshots, kept between orders.
 *
 * The heart of a worker, and of `plottafel tile | map | briefing`. Belongs to one thread. Here, and only
 * here, the service calls the drawing libraries.
 */
#ifndef RENDER_SERVICE_ORDER_RUNNER_H
#define RENDER_SERVICE_ORDER_RUNNER_H

#include <stdbool.h>
#include <stdint.h>

struct config;
struct fault;
struct layer_listener; /* render/layer/layer_listener.h */
struct order;
struct order_result;
struct order_runner;
struct plot_shelf;

/** Does not open the store yet: a store that is not there is a fault of the orders that need it. */
struct order_runner *order_runner_new(const struct config *config, struct fault *fault);

/** The same with what somebody has read of the plots already; shelf is taken over, NULL: nothing. */
struct order_runner *order_runner_new_with(const struct config *config, struct plot_shelf *shelf,
                                           struct fault *fault);
void order_runner_free(struct order_runner *runner);

/**
 * Makes ready what orders will want, for about that long: pictures of the symbols of the plots that the shelf
 * has. It reads nothing and makes no picture another. False: all is ready.
 */
bool order_runner_prepare(struct order_runner *runner, int64_t most_us);

/** The same for one district (district_stock.h), however long it takes. False: all is ready. */
bool order_runner_prepare_district(struct order_runner *runner);

/** Who asks for pictures wants the numbers of features that something is noted of, and not their names. */
void order_runner_count_features(struct order_runner *runner);

/** Whom to tell when a layer is read; borrowed until another is named. */
void order_runner_listen(struct order_runner *runner, const struct layer_listener *listener);

/** Told 0 … 1 by BRIEFING; returning false cancels. */
struct order_progress {
    bool (*tell)(double part, void *context);
    void *context;
};

/** Always gives a result, one reference; its fault says what went wrong. progress may be NULL. */
struct order_result *order_runner_run(struct order_runner *runner, const struct order *order,
                                      const struct order_progress *progress);

#endif
