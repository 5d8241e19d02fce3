/*
 * placement_numbers.h - casualties, count and hazard plate of a symbol drawn in full: beside its frame where
 * nothing else stands, else in its label.
 */
#ifndef RENDER_PLACEMENT_NUMBERS_H
#define RENDER_PLACEMENT_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

struct box_grid;
struct fault;
struct map_view;
struct placed;
struct renderer;

/**
 * Gives a symbol its numbers when all of their room is free and, if the view has a frame, inside that.
 * @param taken   the ink of all symbols without their numbers; room that is given is added
 * @param rank    its number there
 * @param placed  in and out: has_numbers and symbol_ink
 * @return false on fault
 */
bool placement_numbers_place(struct renderer *renderer, const struct map_view *view, struct box_grid *taken,
                             uint32_t rank, struct placed *placed, struct fault *fault);

#endif
