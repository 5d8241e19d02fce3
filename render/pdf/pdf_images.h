/*
 * pdf_images.h - pictures of a PDF, packed as soon as they are known.
 *
 * cairo keeps the dots of all pictures until a page ends, which for imagery on A0 is more memory than there
 * is. So cairo gets a stand-in of a few dots, by which the picture is found again when the document is done.
 */
#ifndef RENDER_PDF_IMAGES_H
#define RENDER_PDF_IMAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct _qpdf_data;
struct fault;
struct image;

#define PDF_STAND_IN_DOTS 8 /* in one row */

struct pdf_image {
    int width;
    int height;
    bool is_jpeg;  /* else 3 bytes a dot, or one when there is a palette; packed */
    char *colours; /* owned, like all here */
    size_t colours_length;
    char *palette;     /* NULL: none. 3 bytes a colour */
    int palette_count; /* colours */
    char *alpha;       /* NULL: opaque. 1 byte a dot, packed */
    size_t alpha_length;
};

struct pdf_images {
    struct pdf_image *items; /* owned */
    size_t count;
};

void pdf_images_finish(struct pdf_images *images);

enum pdf_image_kind { PDF_IMAGE_NOTHING, PDF_IMAGE_KEPT, PDF_IMAGE_FAILED };

/**
 * Packs a picture: imagery as JPEG, few colours with a palette; what is transparent apart.
 * @param stand_in out: opaque dots that cairo is to paint in its stead
 * @return NOTHING: it is all transparent
 */
enum pdf_image_kind pdf_images_keep(struct pdf_images *images, const struct image *image,
                                    uint32_t stand_in[PDF_STAND_IN_DOTS], struct fault *fault);

/** Puts the pictures where their stand-ins are. */
void pdf_images_write(struct _qpdf_data *file, const struct pdf_images *images);

#endif
