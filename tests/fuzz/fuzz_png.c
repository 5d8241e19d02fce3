/* Pictures of others, as logos are; what was read is written, and read again it has the same pixels. */
#include "tests/fuzz/fuzz.h"

#include "render/canvas/image.h"
#include "render/encode/png.h"

#define DOTS_MOST 4000000

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fault fault;
    size_t length;
    char *bytes = fuzz_text(data, size);
    struct image *image = png_read(bytes, size, DOTS_MOST, &fault);
    if (image && (size_t)image->width * (size_t)image->height < 65536) {
        char *written = png_write(image, 0, &length, &fault);
        struct image *again = written ? png_read(written, length, DOTS_MOST, &fault) : NULL;
        assert(again && again->width == image->width && again->height == image->height);
        image_free(again);
        free(written);
    }
    image_free(image);
    free(bytes);
    return 0;
}
