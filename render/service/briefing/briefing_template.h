/*
 * briefing_template.h - what an order of a briefing takes over from its template: all that it does not say.
 */
#ifndef RENDER_SERVICE_BRIEFING_TEMPLATE_H
#define RENDER_SERVICE_BRIEFING_TEMPLATE_H

#include <stdbool.h>

struct config;
struct fault;
struct order;
struct template;

/** What the order says itself. */
struct briefing_given {
    bool paper;
    bool orientation;
    bool crs;
    bool scale;
    bool language;
};

/** The template of an order: of its name, or the program's "situation". NOT_FOUND names those that there are.
 * Borrowed. */
const struct template *briefing_template_find(const struct config *config, const struct order *order,
                                              struct fault *fault);

/**
 * Fills in what is not given, and the level of coordination of the map's plots. An order without a template
 * keeps its own defaults.
 * @return false: there is no such template
 */
bool briefing_template_fill(const struct config *config, struct order *order, struct briefing_given given,
                            struct fault *fault);

#endif
