/*
 * image_file.c - which encoder is whose.
 */
#include "render/encode/image_file.h"

#include <assert.h>

#include "render/encode/few_colours.h"
#include "render/canvas/image.h"
#include "render/encode/jpeg.h"
#include "render/encode/png.h"
#include "render/encode/webp.h"

static char *write_small_png(const struct image *image, int dots_per_metre, size_t *length,
                             struct fault *fault)
{
    struct image *small = few_colours(image, fault);
    char *bytes = small ? png_write(small, dots_per_metre, length, fault) : NULL;
    image_free(small);
    return bytes;
}

char *image_file_write(const struct image *image, enum tile_format format, int dots_per_metre, size_t *length,
                       struct fault *fault)
{
    assert(format != TILE_MVT);
    switch (format) {
    case TILE_PNG_SMALL:
        return write_small_png(image, dots_per_metre, length, fault);
    case TILE_WEBP:
        return webp_write(image, length, fault);
    case TILE_JPEG:
        return jpeg_write(image, length, fault);
    default:
        return png_write(image, dots_per_metre, length, fault);
    }
}
