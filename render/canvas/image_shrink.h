/*
 * image_shrink.h - a picture with fewer dots.
 */
#ifndef RENDER_IMAGE_SHRINK_H
#define RENDER_IMAGE_SHRINK_H

struct fault;
struct image;

/**
 * A picture of that size, each dot the mean of what it covers of the other, by area. Neither side may grow.
 * Owned, image_free(); NULL: MEMORY.
 */
struct image *image_shrink(const struct image *image, int width, int height, struct fault *fault);

#endif
