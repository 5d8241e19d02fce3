/*
 * jpeg.h - pictures as JPEG files: small for aerial photos, never transparent.
 */
#ifndef RENDER_JPEG_H
#define RENDER_JPEG_H

#include <stddef.h>

struct fault;
struct image;

/**
 * At quality 85, with colours as fine as brightness, so that thin red lines and letters stay legible.
 * @param image  opaque, else INPUT
 * @return owned bytes; NULL on fault
 */
char *jpeg_write(const struct image *image, size_t *length, struct fault *fault);

#endif
