/*
 * layer_retry.h - a command that draws in its own process, while a layer does not answer: nothing in the
 * process can be called back, so the command begins again, without the layer.
 */
#ifndef RENDER_SERVICE_LAYER_RETRY_H
#define RENDER_SERVICE_LAYER_RETRY_H

struct config;
struct order;
struct order_progress;
struct order_result;
struct order_runner;

/** Carries out the order with all layers that answer. As order_runner_run(); the others are in the report. */
struct order_result *layer_retry_run(const struct config *config, struct order_runner *runner,
                                     const struct order *order, const struct order_progress *progress);

#endif
