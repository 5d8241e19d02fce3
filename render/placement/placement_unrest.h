/*
 * placement_unrest.h - where a placement that is made from an earlier one differs from it so far.
 *
 * Each wish is decided by asking, of some places, what stands there already. As long as nothing around these
 * places came, went or moved, the answers and so the decision are the earlier ones and need not be made anew.
 * Whatever is decided otherwise makes unrest: the places where it stood and where it stands now. So a change
 * costs what it really moves, and the result is the same as that of a placement made from nothing.
 */
#ifndef RENDER_PLACEMENT_UNREST_H
#define RENDER_PLACEMENT_UNREST_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct box_grid;
struct placement_wish;
struct placement_wishes;

struct placement_unrest {
    const struct placement_wishes *wishes; /* borrowed; earlier ones share their looks */
    struct box_grid *places;               /* owned; NULL: all is decided for the first time */
    struct bbox reach;                     /* px: around them all */
};

/**
 * Finds for each wish what became of it earlier. What is wished for otherwise now, or no more, is unrest.
 * @param wishes   in and out: old
 * @param earlier  borrowed as long as old is used; NULL: all is decided for the first time
 */
void placement_unrest_init(struct placement_unrest *unrest, struct placement_wishes *wishes,
                           const struct placement_wishes *earlier);
void placement_unrest_finish(struct placement_unrest *unrest);

/** May the symbol be kept as it was, or the texts? These only of a wish whose symbol came out the same. */
bool placement_unrest_spares_symbol(const struct placement_unrest *unrest, const struct placement_wish *wish);
bool placement_unrest_spares_texts(const struct placement_unrest *unrest, const struct placement_wish *wish);

/** Notes what was decided otherwise than earlier: of a symbol, of a label, of all texts. */
void placement_unrest_note_symbol(struct placement_unrest *unrest, const struct placement_wish *wish);
void placement_unrest_note_texts(struct placement_unrest *unrest, const struct placement_wish *wish);

#endif
