/*
 * look_hash.h - all that decides how a map looks besides its plots and what is asked for, as one number.
 *
 * Two pictures of the same map, revisions, moment, palette, language, address and form are the same bytes
 * when this number is the same. It covers the program and its libraries, the fonts, the grids of coordinates,
 * the map's record, the records and styles of its layers, their files (by size and time), and the symbol sets
 * with what plots are pinned to.
 */
#ifndef RENDER_SERVICE_LOOK_HASH_H
#define RENDER_SERVICE_LOOK_HASH_H

#include <stdint.h>

struct config;
struct map;

/**
 * As files are now: made anew it may differ, while what was read into the configuration is the same. Some
 * milliseconds. Safe from many threads.
 */
uint64_t look_hash(const struct config *config, const struct map *map);

/** Told of each thing that the number is made of: "program", "layer" "land", "symbols" "nl@1" … */
struct look_visitor {
    void (*visit)(const char *kind, const char *name, uint64_t hash, void *context);
    void *context;
};
void look_visit(const struct config *config, const struct map *map, struct look_visitor visitor);

#endif
