/*
 * placement_looks.h - what symbols look like: ten thousand features have some hundred looks.
 *
 * A look is all of a code that its picture shows, but for the numbers beside it. It has a picture in each
 * detail that was asked for.
 */
#ifndef RENDER_PLACEMENT_LOOKS_H
#define RENDER_PLACEMENT_LOOKS_H

#include <stddef.h>
#include <stdint.h>

#include "render/placement/reach_box.h"
#include "symbology/symbol_code.h"

struct fault;
struct map_view;
struct placed;
struct placement_looks;
struct symbol_cache;
struct symbol_picture;

#define PLACEMENT_DETAILS (DETAIL_DOT + 1)

struct placement_look {
    struct symbol_picture *pictures[PLACEMENT_DETAILS]; /* borrowed from the cache; NULL: not asked for */
    struct reach_box inks[PLACEMENT_DETAILS]; /* around the place; no further than symbols may reach */
};

/** Empty, one reference. A placement that is made from an earlier one shares its looks. */
struct placement_looks *placement_looks_new(void);
struct placement_looks *placement_looks_ref(struct placement_looks *looks);
void placement_looks_unref(struct placement_looks *looks);

/** The number of the look of a symbol, or of a badge. */
uint32_t placement_looks_find(struct placement_looks *looks, const struct placed *placed);

/** Borrowed until another look is found. */
const struct placement_look *placement_looks_at(const struct placement_looks *looks, uint32_t number);

/** Makes the picture of a look in a detail known. False on fault. */
bool placement_looks_draw(struct placement_looks *looks, uint32_t number, enum symbol_detail detail,
                          struct symbol_cache *cache, const struct map_view *view,
                          const struct placed *placed, struct fault *fault);

size_t placement_looks_bytes(const struct placement_looks *looks);

#endif
