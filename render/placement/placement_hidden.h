/*
 * placement_hidden.h - symbols that nobody sees, because others are painted over them.
 */
#ifndef RENDER_PLACEMENT_HIDDEN_H
#define RENDER_PLACEMENT_HIDDEN_H

#include <stdint.h>

struct placement;

/** So much of the box of a symbol's ink lies under boxes of others: then it is taken for hidden. */
#define PLACEMENT_HIDDEN_PART 0.8

/**
 * For each wish of a placement, by its number: is its symbol hidden? Told of those whose place lies in the
 * district, by the symbols that have ink in it. One that is not painted since the same one stands at its
 * place is hidden, too; badges are not. NULL: none is. Owned, free().
 */
uint8_t *placement_hidden_find(const struct placement *placement);

#endif
