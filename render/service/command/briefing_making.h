/*
 * briefing_making.h - briefings that a command makes, and their place in the archive.
 */
#ifndef RENDER_SERVICE_BRIEFING_MAKING_H
#define RENDER_SERVICE_BRIEFING_MAKING_H

#include <stdbool.h>

#include "render/service/briefing/briefing_record.h"

struct briefing_archive;
struct config;
struct fault;
struct order;
struct order_result;

/** What one of them needs. The archive is NULL (told on stderr) when it cannot be opened: the map matters
 * more. */
struct briefing_making {
    const struct config *config;
    struct briefing_archive *archive;
};
void briefing_making_init(struct briefing_making *making, const struct config *config);
void briefing_making_finish(struct briefing_making *making);

/** Gives the order its id and all that follows from it, and begins its record. */
bool briefing_making_begin(const struct briefing_making *making, struct order *order,
                           struct briefing_record *record, struct fault *fault);

/** Puts what was made into the archive; a note on stderr when that fails. Finishes the record. */
void briefing_making_keep(const struct briefing_making *making, const struct order *order,
                          const struct order_result *result, struct briefing_record *record);

/** Seals what a worker made, before it is given away. */
bool briefing_making_seal(const struct config *config, struct order_result *result, struct fault *fault);

/**
 * Carries out the order in this process and seals what came of it, with a progress bar; Ctrl-C ends it. The
 * caller unrefs the result.
 */
struct order_result *briefing_making_run(const struct config *config, const struct order *order);

#endif
