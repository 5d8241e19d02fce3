/*
 * label_places.h - the places that a label may take, best first.
 *
 * Around a point symbol: right, left, above, below, the four diagonals (Imhof 1975 prefers the right), and
 * above and below moved sideways. In
 * an area that has room: inside it; else around it. Along a line: above and below its middle.
 */
#ifndef RENDER_LABEL_PLACES_H
#define RENDER_LABEL_PLACES_H

#include "geo/bbox.h"
#include "render/text/text.h"

#define LABEL_PLACE_MAX 12

/** A place for a text box: its north-west corner at whole px. */
struct label_place {
    struct point corner;
    enum text_align align;
};

struct label_places {
    struct label_place items[LABEL_PLACE_MAX];
    int count;
};

/** @param gap_px between the ink of the symbol and the letters */
struct label_places label_places_around(struct bbox ink_px, struct text_size size, double gap_px);
struct label_places label_places_inside(struct point middle_px, struct text_size size);
struct label_places label_places_along(struct point middle_px, struct text_size size, double gap_px);

#endif
