/*
 * briefing_budget.h - what a briefing may cost, known before it is begun.
 *
 * Dots by the setting briefing_dots; memory by that of a worker (worker_memory_bytes), which is limited
 * itself; time by briefing_deadline_ms, kept by the pool.
 */
#ifndef RENDER_SERVICE_BRIEFING_BUDGET_H
#define RENDER_SERVICE_BRIEFING_BUDGET_H

#include <stdbool.h>

struct config;
struct fault;
struct order;

/** LIMIT says how many dots there would be and how many are allowed. */
bool briefing_budget_check(const struct config *config, const struct order *order, struct fault *fault);

#endif
