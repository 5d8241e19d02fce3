/*
 * png_repeats.h - what repeats in the rows of a PNG.
 *
 * It is looked for in units: whole pixels, whatever they will be written as. So it is known before anybody
 * decides whether there are few enough colours for a palette: a colour that is new repeats nothing, which
 * leaves few pixels to look at.
 */
#ifndef RENDER_PNG_REPEATS_H
#define RENDER_PNG_REPEATS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * The rows as units, and behind the last row a mark that no other is like.
 *
 * Units are pixels, ARGB: not transparent, or 0. Before each row stands a mark (deflate_mark()), which is one
 * byte of the stream: the row's filter. So no unit is like a mark, and no repeat goes beyond its row.
 *
 * Packed units are the bytes of rows, that of the filter too, but for the first; they have 0xff on top.
 */
struct png_units {
    uint32_t *units; /* stride * height, the last mark, and PNG_UNITS_BEHIND that are read in vain */
    size_t stride;   /* of a row, with its mark or filter */
    size_t height;
    bool is_packed;
    bool is_filtered; /* differences: one that was there before is then dearer to point at than to tell */
};

#define PNG_UNITS_BEHIND 16

/** So many units as they are, then some that were there before. */
struct png_repeat {
    uint32_t plain_count;
    uint32_t length;   /* 0: none */
    uint32_t distance; /* units back */
};

/** All units one after the other; owned, png_repeats_finish(). */
struct png_repeats {
    struct png_repeat *list;
    size_t count;
    size_t capacity;
    uint32_t *plain; /* the units that no repeat has, those of all of the list */
    size_t plain_count;
    size_t plain_capacity;
};

/** Fills in an empty list. @param window  units: nothing from further back is pointed at */
void png_repeats_find(const struct png_units *units, size_t window, struct png_repeats *repeats);

/** Tells what is too short or too far away to be pointed at as it is. The list of plain units is gone then.
 */
void png_repeats_drop(struct png_repeats *repeats, size_t least, size_t window);
void png_repeats_finish(struct png_repeats *repeats);

#endif
