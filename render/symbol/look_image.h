/*
 * look_image.h - parts of lines and areas as small pictures, for clients that draw them from a sprite: the
 * period of a hatch, one mark, one end of a line.
 */
#ifndef RENDER_LOOK_IMAGE_H
#define RENDER_LOOK_IMAGE_H

#include <stdbool.h>

#include "symbology/stroke.h"

struct fault;
struct image;
struct renderer;

enum look_image {
    LOOK_IMAGE_FILL,  /* one period of the hatch, cross or stipple */
    LOOK_IMAGE_MARKS, /* one of them, the line running to the right through the middle of the picture */
    LOOK_IMAGE_SIGNS,
    LOOK_IMAGE_START, /* arrives in the middle of the picture, from the left */
    LOOK_IMAGE_END,
    LOOK_IMAGE_COUNT
};

/** "fill", "marks", "signs", "start", "end": how its name in a sprite ends. */
const char *look_image_name(enum look_image part);

/** Does a look have this part? A line has no fill. */
bool look_has_image(const struct area_look *look, enum look_image part);

/** The part painted, which the look has. Owned, image_free(). NULL on fault. */
struct image *look_image_paint(struct renderer *renderer, const struct area_look *look, enum look_image part,
                               int pixel_ratio, struct fault *fault);

#endif
