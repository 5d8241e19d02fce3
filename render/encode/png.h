/*
 * png.h - pictures as PNG files.
 *
 * Written as a palette when there are at most 256 colours (exactly, nothing is lost), else as RGB or
 * RGBA, with a fast deflate; without filters, which for flat map colours is both smaller and quicker, but for
 * opaque photos. The same pixels always give the same bytes.
 */
#ifndef RENDER_PNG_H
#define RENDER_PNG_H

#include <stddef.h>

struct fault;
struct image;
struct work; /* geo/base/work.h */

/** @param dots_per_metre written as pHYs; 0: not written. @return owned bytes; NULL on fault */
char *png_write(const struct image *image, int dots_per_metre, size_t *length, struct fault *fault);

/** The same, told band by band; DEADLINE: nobody wants it any more. */
char *png_write_told(const struct image *image, int dots_per_metre, struct work *work, size_t *length,
                     struct fault *fault);

/** Reads a PNG of at most most_pixels pixels (for tests and logos). Owned, image_free(). */
struct image *png_read(const char *bytes, size_t length, size_t most_pixels, struct fault *fault);

#endif
