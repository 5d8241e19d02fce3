/*
 * briefing_again.h - a briefing of the archive made once more, and whether it is the same file.
 */
#ifndef RENDER_SERVICE_BRIEFING_AGAIN_H
#define RENDER_SERVICE_BRIEFING_AGAIN_H

#include <stdbool.h>
#include <stddef.h>

struct briefing_record;
struct config;
struct fault;
struct order;

/** What an order is made of as things are now (briefing_parts.h). Owned; "{}" without a map of that name. */
char *briefing_again_parts(const struct config *config, const struct order *order);

/**
 * The order of a record, with what an earlier version of the program did not know left as it was then. To be
 * finished. INPUT: it cannot be read.
 */
bool briefing_again_order(const struct briefing_record *record, struct order *order, struct fault *fault);

/** NULL when the bytes are those of the record; else one sentence that names what has changed since. Owned.
 */
char *briefing_again_difference(const struct config *config, const struct briefing_record *record,
                                const char *bytes, size_t length);

#endif
