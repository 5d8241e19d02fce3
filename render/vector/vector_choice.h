/*
 * vector_choice.h - which features of a plot vector tiles have where many stand close.
 *
 * The pixel space of a zoom is divided into squares of 64 px, those of tiles of 512 px among them. A feature
 * belongs to the square of its first point. Of the points of a square the 64 most important stay, of its
 * lines and of its areas 20 each: a symbol more would cover others. Those larger than a square come first,
 * then the most important by their priority, then by a hash of the id, which spreads them evenly.
 *
 * So all tiles agree, no tile has more than some 8,000 features of a plot, however large it is, and a change
 * concerns no square but those of its old and its new place.
 */
#ifndef RENDER_VECTOR_CHOICE_H
#define RENDER_VECTOR_CHOICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct fault;
struct feature;
struct map_view;
struct plot;
struct renderer;

/** Where in the pixel space of a zoom; tiles of 512 px are eight squares wide. */
struct vector_square {
    int64_t column;
    int64_t row;
};

/** One that stays. Borrowed from the plot. */
struct vector_chosen {
    const struct feature *feature;
    uint32_t crowd; /* of the most important one of its kind in a square where others do not stay: how many
                       there are, rounded down to a power of two; else 0 */
};

/** In the order of their ids. */
struct vector_choice {
    struct vector_chosen *items; /* owned */
    size_t count;
    size_t capacity;
};

void vector_choice_finish(struct vector_choice *choice);

/**
 * Chooses from what reaches into a tile, and may choose what does not.
 * @param view    in the pixel space of the zoom
 * @param seen_px  the tile and its margin
 */
bool vector_choice_of_tile(struct vector_choice *choice, struct renderer *renderer,
                           const struct map_view *view, const struct plot *plot, struct bbox seen_px,
                           struct fault *fault);

/** Chooses from what belongs to a square, and what always stays. */
bool vector_choice_of_square(struct vector_choice *choice, struct renderer *renderer,
                             const struct map_view *view, const struct plot *plot,
                             struct vector_square square, struct fault *fault);

/** Are there more features than so many to choose from for a square? Where it cannot be told, there are. */
bool vector_square_has_more_than(struct renderer *renderer, const struct map_view *view,
                                 const struct plot *plot, struct vector_square square, size_t most);

/** The square that a feature belongs to. False when it has no place in the CRS: it always stays. */
bool vector_square_of(struct renderer *renderer, const struct map_view *view, const struct feature *feature,
                      struct vector_square *square);

#endif
