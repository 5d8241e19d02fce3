/*
 * webp.h - pictures as lossless WebP files: the same pixels, fewer bytes than PNG, more time.
 */
#ifndef RENDER_WEBP_H
#define RENDER_WEBP_H

#include <stddef.h>

struct fault;
struct image;

#define WEBP_MOST_PX 16383 /* of a side; the format knows no larger one */

/** @return owned bytes; NULL on fault, LIMIT when the picture is too large */
char *webp_write(const struct image *image, size_t *length, struct fault *fault);

#endif
