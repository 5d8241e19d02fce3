/*
 * placement_numbers.h - casualties, count and hazard plate of a symbol drawn in full: beside its frame where
 * nothing else stands, else in its label.
 */
#ifndef RENDER_PLACEMENT_NUMBERS_H
#define RENDER_PLACEMENT_NUMBERS_H

#include <stdbool.h>

struct box_grid;
struct fault;
struct map_view;
struct numbers;
struct placed;
struct placement_wishes;
struct renderer;

/** Is it a symbol, drawn as it was decided, that numbers may stand beside? */
bool placement_numbers_may_stand(const struct placed *placed);

/**
 * Gives symbols their numbers where all of their room is free of symbols, of the room of more important
 * numbers, painted or not, and, if the view has a frame, inside that.
 * @param wishes  in and out: has_numbers and symbol_reach of symbols that have their size
 * @param ranks   of those that numbers may stand beside, ascending
 * @param taken   the ink of all symbols without their numbers, with the number of their wish; room that is
 * given is added
 * @return false on fault
 */
bool placement_numbers_place(struct renderer *renderer, const struct map_view *view,
                             struct placement_wishes *wishes, const struct numbers *ranks,
                             struct box_grid *taken, struct fault *fault);

#endif
