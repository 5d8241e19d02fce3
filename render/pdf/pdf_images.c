/*
 * pdf_images.c - colours are made straight (not premultiplied), as a PDF has them. A stand-in says
 * "plottafel" and the number of its picture in its colours.
 */
#include "render/pdf/pdf_images.h"

#include <qpdf/qpdf-c.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/canvas/image.h"
#include "render/encode/gzip.h"
#include "render/encode/jpeg.h"
#include "render/encode/png_palette.h"
#include "render/encode/straight_colour.h"
#include "render/pdf/pdf_object.h"

#define STAND_IN_BYTES (3 * PDF_STAND_IN_DOTS)
#define SIGNATURE "Plottafel stands in." /* then three bytes of number */
#define SIGNATURE_BYTES 20

void pdf_images_finish(struct pdf_images *images)
{
    for (size_t i = 0; i < images->count; i++) {
        free(images->items[i].colours);
        free(images->items[i].palette);
        free(images->items[i].alpha);
    }
    free(images->items);
    *images = (struct pdf_images){0};
}

/** What all dots have in common, and what any has. */
static void alpha_range(const struct image *image, uint32_t *least, uint32_t *most)
{
    *least = 255;
    *most = 0;
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0; x < image->width; x++) {
            uint32_t alpha = row[x] >> 24;
            *least = alpha < *least ? alpha : *least;
            *most = alpha > *most ? alpha : *most;
        }
    }
}

static bool keep_alpha(struct pdf_image *kept, const struct image *image, struct fault *fault)
{
    size_t count = (size_t)image->width * (size_t)image->height;
    uint8_t *bytes = memory_new(count, 1);
    for (int y = 0; y < image->height; y++) {
        const uint32_t *row = image->pixels + (ptrdiff_t)y * image->stride_px;
        for (int x = 0; x < image->width; x++) {
            bytes[(size_t)y * (size_t)image->width + (size_t)x] = (uint8_t)(row[x] >> 24);
        }
    }
    kept->alpha = zlib_pack(bytes, count, &kept->alpha_length, fault);
    free(bytes);
    return kept->alpha != NULL;
}

static bool keep_numbers(struct pdf_image *kept, const uint8_t *numbers, size_t count,
                         const struct png_palette *palette, struct fault *fault)
{
    kept->colours = zlib_pack(numbers, count, &kept->colours_length, fault);
    kept->palette = memory_new((size_t)palette->count, 3);
    kept->palette_count = palette->count;
    for (int i = 0; i < palette->count; i++) {
        uint32_t colour = straight_colour(palette->colours[i]);
        for (int band = 0; band < 3; band++) {
            kept->palette[3 * i + band] = (char)(colour >> (16 - 8 * band) & 0xff);
        }
    }
    return kept->colours != NULL;
}

/** As JPEG, which knows no alpha: what is transparent has the colour that it would have. */
static bool keep_jpeg(struct pdf_image *kept, const struct image *image, struct fault *fault)
{
    struct image *opaque = image_new(image->width, image->height, fault);
    if (!opaque) {
        return false;
    }
    for (int y = 0; y < image->height; y++) {
        const uint32_t *from = image->pixels + (ptrdiff_t)y * image->stride_px;
        uint32_t *to = opaque->pixels + (ptrdiff_t)y * opaque->stride_px;
        for (int x = 0; x < image->width; x++) {
            to[x] = straight_colour(from[x]) | 0xff000000u;
        }
    }
    kept->is_jpeg = true;
    kept->colours = jpeg_write(opaque, &kept->colours_length, fault);
    image_free(opaque);
    return kept->colours != NULL;
}

static bool keep_colours(struct pdf_image *kept, const struct image *image, struct fault *fault)
{
    struct png_palette palette;
    size_t width = (size_t)image->width;
    size_t count = width * (size_t)image->height;
    uint8_t *numbers = memory_new(count, 1);
    png_palette_init(&palette);
    bool is_kept = png_palette_number(&palette, image, numbers, width)
                       ? keep_numbers(kept, numbers, count, &palette, fault)
                       : keep_jpeg(kept, image, fault);
    free(numbers);
    return is_kept;
}

static void write_stand_in(size_t number, uint32_t stand_in[PDF_STAND_IN_DOTS])
{
    uint8_t bytes[STAND_IN_BYTES] = SIGNATURE;
    for (int i = 0; i < 3; i++) {
        bytes[SIGNATURE_BYTES + i] = (uint8_t)(number >> (16 - 8 * i));
    }
    for (int i = 0; i < PDF_STAND_IN_DOTS; i++) {
        stand_in[i] =
            0xff000000u | (uint32_t)bytes[3 * i] << 16 | (uint32_t)bytes[3 * i + 1] << 8 | bytes[3 * i + 2];
    }
}

enum pdf_image_kind pdf_images_keep(struct pdf_images *images, const struct image *image,
                                    uint32_t stand_in[PDF_STAND_IN_DOTS], struct fault *fault)
{
    uint32_t least;
    uint32_t most;
    alpha_range(image, &least, &most);
    if (most == 0) {
        return PDF_IMAGE_NOTHING;
    }
    struct pdf_image kept = {.width = image->width, .height = image->height};
    bool is_kept = keep_colours(&kept, image, fault) && (least == 255 || keep_alpha(&kept, image, fault));
    images->items = memory_resize(images->items, images->count + 1, sizeof *images->items);
    images->items[images->count++] = kept;
    write_stand_in(images->count - 1, stand_in);
    return is_kept ? PDF_IMAGE_KEPT : PDF_IMAGE_FAILED;
}

/** The number of the picture that an object stands in for; SIZE_MAX: it is none of ours. */
static size_t number_of(struct _qpdf_data *file, unsigned object)
{
    unsigned dictionary = qpdf_oh_get_dict(file, object);
    unsigned char *bytes = NULL;
    size_t length = 0;
    size_t number = SIZE_MAX;
    if (!qpdf_oh_is_name_and_equals(file, qpdf_oh_get_key(file, dictionary, "/Subtype"), "/Image") ||
        qpdf_oh_get_stream_data(file, object, qpdf_dl_generalized, NULL, &bytes, &length) & QPDF_ERRORS) {
        return SIZE_MAX;
    }
    if (length == STAND_IN_BYTES && memcmp(bytes, SIGNATURE, SIGNATURE_BYTES) == 0) {
        number = (size_t)bytes[SIGNATURE_BYTES] << 16 | (size_t)bytes[SIGNATURE_BYTES + 1] << 8 |
                 bytes[SIGNATURE_BYTES + 2];
    }
    free(bytes);
    return number;
}

static void describe(struct _qpdf_data *file, unsigned object, const struct pdf_image *image)
{
    pdf_object_set_name(file, object, "Type", "XObject");
    pdf_object_set_name(file, object, "Subtype", "Image");
    pdf_object_set_integer(file, object, "Width", image->width);
    pdf_object_set_integer(file, object, "Height", image->height);
    pdf_object_set_integer(file, object, "BitsPerComponent", 8);
}

static void set_data(struct _qpdf_data *file, unsigned object, const void *bytes, size_t length,
                     const char *filter)
{
    qpdf_oh_replace_stream_data(file, object, bytes, length, qpdf_oh_new_name(file, filter),
                                qpdf_oh_new_null(file));
}

static unsigned palette_space(struct _qpdf_data *file, const struct pdf_image *image)
{
    unsigned space = qpdf_oh_new_array(file);
    qpdf_oh_append_item(file, space, qpdf_oh_new_name(file, "/Indexed"));
    qpdf_oh_append_item(file, space, qpdf_oh_new_name(file, "/DeviceRGB"));
    qpdf_oh_append_item(file, space, qpdf_oh_new_integer(file, image->palette_count - 1));
    qpdf_oh_append_item(file, space,
                        qpdf_oh_new_binary_string(file, image->palette, 3 * (size_t)image->palette_count));
    return space;
}

static unsigned alpha_object(struct _qpdf_data *file, const struct pdf_image *image)
{
    unsigned mask = qpdf_oh_new_stream(file);
    describe(file, mask, image);
    pdf_object_set_name(file, mask, "ColorSpace", "DeviceGray");
    set_data(file, mask, image->alpha, image->alpha_length, "/FlateDecode");
    return mask;
}

static void write_image(struct _qpdf_data *file, unsigned object, const struct pdf_image *image)
{
    describe(file, object, image);
    if (image->palette) {
        pdf_object_set(file, object, "ColorSpace", palette_space(file, image));
    } else {
        pdf_object_set_name(file, object, "ColorSpace", "DeviceRGB");
    }
    if (image->alpha) {
        pdf_object_set(file, object, "SMask", alpha_object(file, image));
    }
    set_data(file, object, image->colours, image->colours_length,
             image->is_jpeg ? "/DCTDecode" : "/FlateDecode");
}

void pdf_images_write(struct _qpdf_data *file, const struct pdf_images *images)
{
    int count = qpdf_oh_get_int_value_as_int(file, qpdf_oh_get_key(file, qpdf_get_trailer(file), "/Size"));
    for (int id = 1; id < count; id++) {
        unsigned object = qpdf_get_object_by_id(file, id, 0);
        if (!qpdf_oh_is_stream(file, object)) {
            continue;
        }
        unsigned dictionary = qpdf_oh_get_dict(file, object);
        qpdf_oh_remove_key(file, dictionary, "/Interpolate"); /* PDF/A has none */
        size_t number = images->count > 0 ? number_of(file, object) : SIZE_MAX;
        if (number < images->count) {
            write_image(file, object, &images->items[number]);
        }
    }
}
