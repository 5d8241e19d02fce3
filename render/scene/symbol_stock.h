/*
 * symbol_stock.h - pictures of the symbols that plots show, and the letters of their labels, made before
 * anybody asks for them.
 *
 * To compose a symbol and to paint it for the first time takes longer than all else on many a tile: whoever
 * has nothing to do does it ahead.
 */
#ifndef RENDER_SYMBOL_STOCK_H
#define RENDER_SYMBOL_STOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct map_view;
struct renderer;

/** How far it has come with the features of a view. All zero: at the beginning. */
struct symbol_stock {
    size_t plot;
    size_t feature;
};

/**
 * Goes on until that time of monotonic_now_us(), but does one feature at least. Pictures have the pixel ratio
 * 1 and every detail, without the numbers beside them; at most half of what the renderer keeps is filled.
 * @return false: there is no more to do
 */
bool symbol_stock_fill(struct symbol_stock *stock, struct renderer *renderer, const struct map_view *view,
                       int64_t until_us);

#endif
