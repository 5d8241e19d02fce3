/*
 * grid_words.h - what the grids over a map are, in words: "RD 1 km; WGS 84 2′ × 1′".
 */
#ifndef RENDER_GRID_GRID_WORDS_H
#define RENDER_GRID_GRID_WORDS_H

#include <stddef.h>

#include "render/grid/grid.h"
#include "render/grid/grid_place.h"
#include "symbology/language.h"

#define GRID_WORDS_BYTES 256

/** What a grid is called: "RD", "UTM/MGRS", "WGS 84"; that of the map by its CRS. Borrowed. */
const char *grid_words_name(const struct grid *grid, const char *crs_code, enum language language);

/** Also which of them has no lines here. Returns text. */
char *grid_words(const struct grid_place *place, const struct grid *grids, size_t count,
                 enum language language, char text[static GRID_WORDS_BYTES]);

#endif
