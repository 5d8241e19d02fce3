/*
 * sheet_draw.h - every entry of a symbol set at its three sizes, in one picture.
 */
#ifndef TESTS_PICTURES_SHEET_DRAW_H
#define TESTS_PICTURES_SHEET_DRAW_H

#include "symbology/symbol.h"

struct fault;
struct image;
struct renderer;
struct symbol_set;

/** In the order of the set, twelve to a row: full, small and dot. Owned, image_free(). NULL on fault. */
struct image *sheet_draw(struct renderer *renderer, const struct symbol_set *set, enum palette palette,
                         struct colour background, struct fault *fault);

#endif
