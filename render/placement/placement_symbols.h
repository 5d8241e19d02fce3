/*
 * placement_symbols.h - how large the symbols of a district are, which have their numbers beside them, and
 * which stand upon one that looks the same.
 */
#ifndef RENDER_PLACEMENT_SYMBOLS_H
#define RENDER_PLACEMENT_SYMBOLS_H

#include <stdbool.h>

struct box_grid;
struct fault;
struct map_view;
struct placement_unrest;
struct placement_wishes;
struct renderer;

/**
 * Decides on all symbols that are wished for.
 * @param wishes  in and out
 * @param taken   out: the ink of the symbols with their numbers, with the number of their wish
 * @param unrest  in and out: symbols that it spares are kept
 * @return false on fault
 */
bool placement_symbols_place(struct renderer *renderer, const struct map_view *view,
                             struct placement_wishes *wishes, struct placement_unrest *unrest,
                             struct box_grid *taken, struct fault *fault);

#endif
