/*
 * command_briefing.h - the ways in which `plottafel briefing` makes briefings, each in a file of its own.
 */
#ifndef RENDER_SERVICE_COMMAND_BRIEFING_H
#define RENDER_SERVICE_COMMAND_BRIEFING_H

struct config;
struct options;
struct order;

/** --again ID: the same once more. An exit status, as the next. */
int command_briefing_again(const struct options *options, const struct config *config);

/** --all: every template, area and language; order says what they have in common. */
int command_briefing_all(const struct options *options, const struct config *config,
                         const struct order *order);

#endif
