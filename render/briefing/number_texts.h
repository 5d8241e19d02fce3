/*
 * number_texts.h - casualties, counts and hazard plates of symbols, as text that a search of a PDF finds.
 *
 * On the map they are drawn, as everywhere. Over each lies its text, so faint that nobody sees it.
 */
#ifndef RENDER_BRIEFING_NUMBER_TEXTS_H
#define RENDER_BRIEFING_NUMBER_TEXTS_H

#include <stdbool.h>

#include "geo/pixel_grid.h"

struct canvas;
struct fault;
struct map_view;
struct renderer;

/** Paints those of a box of the view, which is painted already. */
bool number_texts_paint(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                        struct canvas *canvas, struct fault *fault);

#endif
