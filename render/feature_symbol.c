/*
 * feature_symbol.c - ten thousand features have ten thousand names and some forty symbols: what the base
 * shape does not draw is taken out of the code before the cache is asked.
 */
#include "render/feature_symbol.h"

#include <stddef.h>

#include "render/symbol_picture.h"
#include "symbology/symbol_base.h"

struct symbol_picture *feature_symbol(struct symbol_cache *cache, const struct symbol_entry *entry,
                                      const struct symbol_code *code, enum symbol_detail detail,
                                      enum palette palette, double scale, struct fault *fault)
{
    struct symbol_code bare = *code; /* borrows the texts that stay */
    unsigned slots = entry && detail == DETAIL_FULL ? symbol_base_of(entry->kind)->slots : 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (!(slots & 1u << slot)) {
            bare.texts[slot] = NULL;
        }
    }
    return symbol_cache_get(cache, entry, &bare, detail, palette, scale, fault);
}
