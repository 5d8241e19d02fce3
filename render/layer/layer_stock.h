/*
 * layer_stock.h - the fonts of the layers of a map, and the pictures of their marks, made before anybody asks
 * for them.
 *
 * The first text in a font takes as long as all else on many a tile: whoever has nothing to do does it ahead.
 */
#ifndef RENDER_LAYER_STOCK_H
#define RENDER_LAYER_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_view;
struct renderer;

/** How far it has come with the rules of the layers of a map. All zero: at the beginning. */
struct layer_stock {
    size_t item;
    size_t rule;
};

/**
 * Goes on until that time of monotonic_now_us(), but does one rule at least. No layer is opened.
 * @return false: there is no more to do
 */
bool layer_stock_fill(struct layer_stock *stock, struct renderer *renderer, const struct map_view *view,
                      int64_t until_us);

#endif
