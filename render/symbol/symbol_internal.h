/*
 * symbol_internal.h - how a canvas paints a symbol on a page.
 */
#ifndef RENDER_SYMBOL_INTERNAL_H
#define RENDER_SYMBOL_INTERNAL_H

#include "geo/point.h"

struct _cairo;
struct symbol_picture;

/** Paints the whole document as vector, with its north-west corner at a place. */
void symbol_paint_vector(struct symbol_picture *picture, struct _cairo *cairo, struct point corner);

#endif
