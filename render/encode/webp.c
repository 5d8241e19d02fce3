/*
 * webp.c - the door to libwebp. Its bytes are the same with and without vector instructions of the processor
 * (compared on 172 tiles).
 */
#include "render/encode/webp.h"

#include <stdbool.h>
#include <stdint.h>
#include <webp/encode.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas/image.h"
#include "render/encode/straight_colour.h"

/**
 * Measured on tiles of maps (tests/bench/bench_encode.c): method 0 takes 1.1 ms for 1.24 times the bytes of
 * method 1 with 1.7 ms, more than our PNG has; 2 takes 3.3 ms for 1 % less, 4 takes 11.8 ms for 3 % less.
 * Quality 25 takes 1.4 times as long for 8 % less.
 */
#define METHOD 1

static bool set_pixels(WebPPicture *picture, const struct image *image)
{
    picture->use_argb = 1;
    picture->width = image->width;
    picture->height = image->height;
    if (!WebPPictureAlloc(picture)) {
        return false;
    }
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        uint32_t *straight = picture->argb + (ptrdiff_t)y * picture->argb_stride;
        for (int x = 0; x < image->width; x++) {
            straight[x] = straight_colour(row[x]);
        }
    }
    return true;
}

static bool encode(const struct image *image, WebPMemoryWriter *writer)
{
    WebPConfig config;
    WebPPicture picture;
    if (!WebPConfigInit(&config) || !WebPPictureInit(&picture)) {
        return false;
    }
    config.lossless = 1;
    config.exact = 1;
    config.method = METHOD;
    config.quality = 0;
    picture.writer = WebPMemoryWrite;
    picture.custom_ptr = writer;
    bool is_encoded = set_pixels(&picture, image) && WebPEncode(&config, &picture);
    WebPPictureFree(&picture);
    return is_encoded;
}

char *webp_write(const struct image *image, size_t *length, struct fault *fault)
{
    if (image->width > WEBP_MOST_PX || image->height > WEBP_MOST_PX) {
        fault_set(fault, FAULT_LIMIT, "a WebP of %d x %d dots: at most %d each way", image->width,
                  image->height, WEBP_MOST_PX);
        return NULL;
    }
    char *bytes = NULL;
    WebPMemoryWriter writer;
    WebPMemoryWriterInit(&writer);
    if (encode(image, &writer)) {
        bytes = memory_copy_bytes((const char *)writer.mem, writer.size);
        *length = writer.size;
    } else {
        fault_set(fault, FAULT_MEMORY, "no memory to write a WebP of %d x %d dots", image->width,
                  image->height);
    }
    WebPMemoryWriterClear(&writer);
    return bytes;
}
