/*
 * feature_symbol.h - the picture of a feature's symbol, shared by all features that look alike.
 */
#ifndef RENDER_FEATURE_SYMBOL_H
#define RENDER_FEATURE_SYMBOL_H

#include "symbology/symbol.h"

struct fault;
struct symbol_cache;
struct symbol_picture;

/** As symbol_cache_get(), but texts that stand beside the symbol and not in it make no difference. */
struct symbol_picture *feature_symbol(struct symbol_cache *cache, const struct symbol_entry *entry,
                                      const struct symbol_code *code, enum symbol_detail detail,
                                      enum palette palette, double scale, struct fault *fault);

#endif
