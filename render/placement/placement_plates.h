/*
 * placement_plates.h - which hazard plates can be read where they stand: a number without a digit is another
 * number.
 *
 * What is asked depends on places alone and never on what became of a symbol, so there is no chain of
 * decisions: all that matters lies within twice DISTRICT_SYMBOL_REACH_PX.
 */
#ifndef RENDER_PLACEMENT_PLATES_H
#define RENDER_PLACEMENT_PLATES_H

#include <stdbool.h>

struct box_grid;
struct fault;
struct map_view;
struct placed;
struct placement_wish;
struct placement_wishes;
struct symbol_cache;

#define PLACEMENT_PLATE_RIM_PX 2.0 /* of its ink: halo and frame, where no digit stands */

struct placement_plates {
    const struct map_view *view; /* borrowed, as are the next two */
    struct symbol_cache *cache;
    struct placement_wishes *wishes;
    struct box_grid *places; /* owned; of all symbols; NULL: no plate asked yet */
};

void placement_plates_init(struct placement_plates *plates, const struct map_view *view,
                           struct symbol_cache *cache, struct placement_wishes *wishes);
void placement_plates_finish(struct placement_plates *plates);

bool placement_plates_is_one(const struct placed *placed);

/**
 * Asks of a plate that the scale wants in full whether another symbol would lie on it, not on its rim only:
 * of a less important one in the smallest form that it may take, of a more important one, which has been
 * decided already, in any.
 * @param wish  in and out: look, is_unreadable
 * @return false on fault
 */
bool placement_plates_ask(struct placement_plates *plates, struct placement_wish *wish, struct fault *fault);

#endif
