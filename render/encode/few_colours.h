/*
 * few_colours.h - a picture with so few colours that a palette holds them: smaller, and nearly the same.
 */
#ifndef RENDER_FEW_COLOURS_H
#define RENDER_FEW_COLOURS_H

struct fault;
struct image;

#define FEW_COLOURS_MAX 256

/**
 * A copy with at most FEW_COLOURS_MAX colours. A picture that has no more is copied as it is. Colours of flat
 * areas and symbols (those that many pixels have) stay as they are; all others become the mean of their
 * like. Nothing is dithered.
 * @return owned, image_free(); NULL on fault
 */
struct image *few_colours(const struct image *image, struct fault *fault);

#endif
