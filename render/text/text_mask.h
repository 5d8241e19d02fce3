/*
 * text_mask.h - coverage of letters, and the picture with a halo that is made from it. Internal to text*.c.
 *
 * The halo is the mask of the letters spread by a disc (a dilation), which looks like a stroked outline and
 * takes a twentieth of its time. All is counted in bytes of coverage: the same pixels on every machine with
 * the same fonts.
 */
#ifndef RENDER_TEXT_MASK_H
#define RENDER_TEXT_MASK_H

#include <stdbool.h>
#include <stdint.h>

struct coverage;
struct image;
struct path;
struct text_look;

/** Coverage of letters or halo, a byte for each dot. */
struct text_mask {
    uint8_t *bytes; /* owned */
    int width;
    int height;
    int stride;
};

/** Dots around the letters that must stay empty for the halo. */
int text_mask_margin(const struct text_look *look, int pixel_ratio);

/**
 * A mask with room for so many dots, which must end beyond the letters and their margin. False without memory
 * for it, and when it would be larger than any text. Bytes are owned, free().
 */
bool text_mask_init(struct text_mask *mask, double width, double height);

/** An equal mask. False without memory for it. Bytes are owned, free(). */
bool text_mask_copy(struct text_mask *copy, const struct text_mask *mask);

/** Lays one mask on another, with its north-west corner at dot (x, y). Nothing is laid on the margin. */
void text_mask_lay(const struct text_mask *mask, const struct text_mask *source, int x, int y, int margin);

/**
 * Lays on what the rings of a path enclose that turn right and those that turn left do not. Nothing is laid
 * on the margin.
 * @param path  dots from the north-west corner of the mask
 * @param coverage  memory to use
 */
void text_mask_fill(const struct text_mask *mask, const struct path *path, int margin,
                    struct coverage *coverage);

/**
 * The letters of a mask in their colour on their halo. Owned, image_free(); NULL without memory for it.
 * @param ground  of the same size: what the halo goes round, letters and the blanks between words
 */
struct image *text_mask_picture(const struct text_mask *letters, const struct text_mask *ground,
                                const struct text_look *look, int pixel_ratio);

#endif
