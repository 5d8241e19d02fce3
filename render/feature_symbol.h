/*
 * feature_symbol.h - the picture of a feature's symbol, shared by all features that look alike.
 */
#ifndef RENDER_FEATURE_SYMBOL_H
#define RENDER_FEATURE_SYMBOL_H

#include <stdbool.h>

#include "geo/bbox.h"

struct fault;
struct map_view;
struct placed;
struct symbol_cache;
struct symbol_picture;

/**
 * As symbol_cache_get(), in the detail and with or without the numbers that the placement decided; texts that
 * stand beside the symbol and not in it make no difference.
 */
struct symbol_picture *feature_symbol(struct symbol_cache *cache, const struct map_view *view,
                                      const struct placed *placed, struct fault *fault);

/** Where it has paint, px. False on fault. */
bool feature_symbol_ink(struct symbol_cache *cache, const struct map_view *view, const struct placed *placed,
                        struct bbox *ink, struct fault *fault);

/** Does it show casualties, count or hazard plate beside its frame? */
bool feature_symbol_has_numbers(const struct placed *placed);

#endif
