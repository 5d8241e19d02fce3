/*
 * text_spread.h - a mask spread by a disc (a dilation), which looks like a stroked outline and takes a
 * twentieth of its time. Internal to text*.c.
 */
#ifndef RENDER_TEXT_SPREAD_H
#define RENDER_TEXT_SPREAD_H

#include <stddef.h>
#include <stdint.h>

struct text_mask;

/** So many bytes are spread at once. */
#define TEXT_SPREAD_BLOCK 64

/** Dots as far from the middle of the disc, which count alike. */
struct text_ring {
    size_t end;      /* of its places, which begin where those of the ring before end */
    unsigned weight; /* of 256 */
};

/** A disc. Start with {0}; it is kept until another one is wanted. text_spread_finish(). */
struct text_spread {
    double radius;           /* dots */
    int (*places)[2];        /* owned; right and down from the middle */
    ptrdiff_t *offsets;      /* owned; of the places, in bytes of the mask in hand */
    struct text_ring *rings; /* owned; the first is all that counts whole */
    size_t ring_count;
    uint8_t *marks; /* owned; of the blocks in hand: which have ink, which are reached by it */
    size_t mark_capacity;
};

void text_spread_finish(struct text_spread *spread);

/** Dots to either side that a disc reaches. */
int text_spread_reach(double radius);

/** Bytes before and behind a mask that are read and must be 0. */
size_t text_spread_guard(double radius, int stride);

/**
 * Spreads a mask by a disc.
 * @param ground  with an empty margin as wide as the disc reaches, and guards; its bytes are changed: a thin
 *                stroke covers its dots in part only, but what lies around it is to be whole
 * @param spread_bytes  out: as many as the mask has, rounded up to whole blocks of spreading
 */
void text_spread_make(struct text_spread *spread, double radius, const struct text_mask *ground,
                      uint8_t *spread_bytes);

#endif
