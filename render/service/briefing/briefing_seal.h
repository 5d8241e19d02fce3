/*
 * briefing_seal.h - seals documents that are ready to leave: the last thing that is done to their bytes.
 *
 * Done by the front of the service and by the command, never by a worker: the key stays away from whatever
 * parses what others made. The key is a file of the configuration, made when it is first needed.
 */
#ifndef RENDER_SERVICE_BRIEFING_SEAL_H
#define RENDER_SERVICE_BRIEFING_SEAL_H

#include <stdbool.h>
#include <stddef.h>

struct config;
struct fault;
struct order_result;

/** Seals a document in place, if it has room for a seal (a PDF has); everything else stays as it is. */
bool briefing_seal_document(const struct config *config, char *bytes, size_t length, struct fault *fault);

/**
 * The same of a result that nobody else has yet; its ETag becomes that of the sealed bytes.
 * @param result  taken over
 * @return it, or one that says why it cannot be sealed
 */
struct order_result *briefing_seal_result(const struct config *config, struct order_result *result);

#endif
