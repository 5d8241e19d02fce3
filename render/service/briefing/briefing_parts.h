/*
 * briefing_parts.h - what a briefing was made of besides the features of its plots: program, fonts, grids of
 * coordinates, symbol sets, template, map, the titles of plots, layers; each with a hash of what it was then.
 *
 * When a briefing that is made again is another file, they tell why.
 */
#ifndef RENDER_SERVICE_BRIEFING_PARTS_H
#define RENDER_SERVICE_BRIEFING_PARTS_H

#include <stdbool.h>
#include <stddef.h>

struct config;
struct map;
struct template;

/** As they are now: a JSON object {"layer land":"hash", …}. Owned. template may be NULL. */
char *briefing_parts_now(const struct config *config, const struct map *map, const struct template *template);

/**
 * Names those that differ, are new, or are gone: "the program, layer 'land'"; "" when none does. Owned.
 * before is the JSON of an archive.
 */
char *briefing_parts_difference(const char *before, const char *now);

#endif
