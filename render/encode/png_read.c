/*
 * png_read.c - reading is libpng's, through the interface that needs no setjmp().
 */
#include <png.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"

static uint32_t premultiply(const uint8_t rgba[4])
{
    uint32_t alpha = rgba[3];
    uint32_t pixel = alpha << 24;
    for (int i = 0; i < 3; i++) {
        pixel |= (rgba[i] * alpha + 127) / 255 << (16 - 8 * i);
    }
    return pixel;
}

static struct image *read_pixels(png_image *reading, struct fault *fault)
{
    reading->format = PNG_FORMAT_RGBA;
    uint8_t *rgba = memory_try_new((size_t)reading->height, (size_t)reading->width * 4);
    struct image *image = rgba ? image_new((int)reading->width, (int)reading->height, fault) : NULL;
    if (!rgba) {
        fault_set(fault, FAULT_MEMORY, "no memory to read a PNG of %u x %u dots", reading->width,
                  reading->height);
    } else if (image && !png_image_finish_read(reading, NULL, rgba, 0, NULL)) {
        fault_set(fault, FAULT_INPUT, "the PNG is broken: %s", reading->message);
        image_free(image);
        image = NULL;
    }
    for (size_t i = 0; image && i < (size_t)reading->width * reading->height; i++) {
        image->pixels[i] = premultiply(rgba + 4 * i);
    }
    free(rgba);
    return image;
}

struct image *png_read(const char *bytes, size_t length, size_t most_pixels, struct fault *fault)
{
    png_image reading = {.version = PNG_IMAGE_VERSION};
    struct image *image = NULL;
    if (!png_image_begin_read_from_memory(&reading, bytes, length)) {
        fault_set(fault, FAULT_INPUT, "not a PNG: %s", reading.message);
    } else if ((size_t)reading.width * reading.height > most_pixels || reading.width > INT16_MAX ||
               reading.height > INT16_MAX) {
        fault_set(fault, FAULT_LIMIT, "a PNG of %u x %u dots: at most %zu are read", reading.width,
                  reading.height, most_pixels);
    } else {
        image = read_pixels(&reading, fault);
    }
    png_image_free(&reading);
    return image;
}
