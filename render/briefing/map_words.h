/*
 * map_words.h - what a map shows, for a reader who hears it and does not see it.
 */
#ifndef RENDER_BRIEFING_MAP_WORDS_H
#define RENDER_BRIEFING_MAP_WORDS_H

#include "geo/pixel_grid.h"

struct briefing_order;
struct fault;
struct map_view;
struct renderer;

/**
 * Scale and title, how many features lie in the box, and by name those with casualties, a count or a hazard
 * plate: on the map these are pictures (number_texts.h).
 * @return owned by the caller. NULL on fault
 */
char *map_words(struct renderer *renderer, const struct briefing_order *order, const struct map_view *view,
                struct pixel_box box, const char *title, struct fault *fault);

#endif
