/*
 * briefing_seal.h - seals documents that are ready to leave: the last thing that is done to their bytes.
 *
 * Done by the front of the service and by the command, never by a worker: the key stays away from whatever
 * parses what others made.
 */
#ifndef RENDER_SERVICE_BRIEFING_SEAL_H
#define RENDER_SERVICE_BRIEFING_SEAL_H

#include <stdbool.h>

struct config;
struct fault;
struct order_result;
struct seal_key;

/** The key of the configuration, made when there is none yet. Owned, seal_key_free(). NULL on fault. */
struct seal_key *briefing_seal_open(const struct config *config, struct fault *fault);

/**
 * Seals what was made, if it has room for a seal (a PDF has); everything else stays as it is. Before the
 * result is given away only: its ETag becomes that of the sealed bytes.
 */
bool briefing_seal(const struct seal_key *key, struct order_result *result, struct fault *fault);

#endif
