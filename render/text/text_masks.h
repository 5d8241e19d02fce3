/*
 * text_masks.h - what a text is painted with: a mask of its letters, one of what its halo goes round, and the
 * picture that is made of them. Internal to text*.c.
 */
#ifndef RENDER_TEXT_MASKS_H
#define RENDER_TEXT_MASKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/canvas/image.h"
#include "render/text/text_inks.h"
#include "render/text/text_mask.h"
#include "render/text/text_spread.h"

struct text_look;

/** Start with {0}; memory is kept from text to text until text_masks_finish(). */
struct text_masks {
    struct text_mask letters;
    struct text_mask ground; /* of the same size: what the halo goes round */
    int margin;              /* dots around both that stay empty for the halo */
    double halo_dots;
    uint8_t *halo;  /* bytes of its mask */
    uint8_t *bytes; /* owned; of all masks */
    size_t capacity;
    struct image picture; /* of the text; its pixels are owned */
    size_t picture_capacity;
    struct text_spread spread;
    struct text_inks inks;
};

void text_masks_finish(struct text_masks *masks);

/** Dots around the letters that must stay empty for the halo. */
int text_masks_margin(const struct text_look *look, int pixel_ratio);

/**
 * Empty masks of so many dots, which must end beyond the letters and their margin. False without memory for
 * them, and when they would be larger than any text.
 */
bool text_masks_begin(struct text_masks *masks, double width, double height, const struct text_look *look,
                      int pixel_ratio);

/** The letters are all laid: now they are also in the ground, where the blanks between words join them. */
void text_masks_end_letters(struct text_masks *masks);

/** The letters in their colour on their halo. Borrowed until the next begin; NULL without memory for it. */
struct image *text_masks_picture(struct text_masks *masks, const struct text_look *look);

#endif
