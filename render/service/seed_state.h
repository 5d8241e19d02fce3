/*
 * seed_state.h - what a file of tiles shows, as one line: tiles with the same line fit together.
 */
#ifndef RENDER_SERVICE_SEED_STATE_H
#define RENDER_SERVICE_SEED_STATE_H

struct config;
struct map;
struct order;

/**
 * The map, its plots' revisions and moment, ratio, language and palette of a TILE order, and a hash of how
 * the map looks: configuration, catalogue, data files (by size and time), symbol sets (by what they draw) and
 * program version. Owned by the caller.
 */
char *seed_state_text(const struct config *config, const struct map *map, const struct order *order);

#endif
