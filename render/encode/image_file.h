/*
 * image_file.h - a picture as a file of one of the formats of tiles.
 */
#ifndef RENDER_IMAGE_FILE_H
#define RENDER_IMAGE_FILE_H

#include <stddef.h>

#include "render/encode/tile_form.h"

struct fault;
struct image;

/**
 * @param format          not TILE_MVT; TILE_JPEG of an opaque picture only, else INPUT
 * @param dots_per_metre  written where the format has a place for it; 0: not written
 * @return owned bytes; NULL on fault
 *
 * The same pixels give the same bytes.
 */
char *image_file_write(const struct image *image, enum tile_format format, int dots_per_metre, size_t *length,
                       struct fault *fault);

#endif
