/*
 * svg.c - librsvg's handles are made from memory and without a base file, which is what keeps it from opening
 * anything.
 */
#include "render/symbol/svg.h"

#include <cairo.h>
#include <librsvg/rsvg.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/text/fonts.h"
#include "render/canvas/image.h"
#include "render/symbol/symbol_picture.h"

#define SIDE_MAX_DOTS 8192
#define SIZE_WITHOUT_PX 100.0

struct svg {
    RsvgHandle *handle;
};

static void take_error(GError *error, const char *what, struct fault *fault)
{
    fault_set(fault, FAULT_INPUT, "%s: %s", what, error ? error->message : "unknown");
    g_clear_error(&error);
}

struct svg *svg_new(const char *text, size_t length, struct fault *fault)
{
    if (length > SVG_BYTES_MAX) {
        fault_set(fault, FAULT_LIMIT, "an SVG of %zu bytes: at most %zu are read", length, SVG_BYTES_MAX);
        return NULL;
    }
    if (!fonts_use(fault)) {
        return NULL;
    }
    GError *error = NULL;
    RsvgHandle *handle = rsvg_handle_new_from_data((const guint8 *)text, length, &error);
    if (!handle) {
        take_error(error, "not an SVG", fault);
        return NULL;
    }
    rsvg_handle_set_dpi(handle, 96);
    struct svg *svg = memory_new(1, sizeof *svg);
    svg->handle = handle;
    return svg;
}

void svg_free(struct svg *svg)
{
    if (svg) {
        g_object_unref(svg->handle);
        free(svg);
    }
}

void svg_size(const struct svg *svg, double *width_px, double *height_px)
{
    gboolean has_box = FALSE;
    RsvgRectangle box;
    *width_px = SIZE_WITHOUT_PX;
    *height_px = SIZE_WITHOUT_PX;
    if (rsvg_handle_get_intrinsic_size_in_pixels(svg->handle, width_px, height_px)) {
        return;
    }
    rsvg_handle_get_intrinsic_dimensions(svg->handle, NULL, NULL, NULL, NULL, &has_box, &box);
    if (has_box) {
        *width_px = box.width;
        *height_px = box.height;
    }
}

bool svg_paint(const struct svg *svg, cairo_t *cairo, struct bbox box, struct fault *fault)
{
    RsvgRectangle viewport = {box.min_x, box.min_y, bbox_width(box), bbox_height(box)};
    GError *error = NULL;
    if (!rsvg_handle_render_document(svg->handle, cairo, &viewport, &error)) {
        take_error(error, "the SVG cannot be drawn", fault);
        return false;
    }
    return true;
}

struct image *svg_rasterise(const struct svg *svg, int width, int height, struct bbox box,
                            struct fault *fault)
{
    struct image *image = image_new(width, height, fault);
    if (!image) {
        return NULL;
    }
    cairo_surface_t *surface = cairo_image_surface_create_for_data(
        (unsigned char *)image->pixels, CAIRO_FORMAT_ARGB32, width, height, image->stride_px * 4);
    cairo_t *cairo = cairo_create(surface);
    bool is_painted = svg_paint(svg, cairo, box, fault);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    cairo_surface_destroy(surface);
    if (!is_painted) {
        image_free(image);
        return NULL;
    }
    return image;
}

struct image *svg_render(const char *text, size_t length, int width_px, struct fault *fault)
{
    struct svg *svg = svg_new(text, length, fault);
    if (!svg) {
        return NULL;
    }
    double width;
    double height;
    svg_size(svg, &width, &height);
    double scaled_height = width > 0 && height > 0 ? ceil(height * width_px / width) : 0;
    struct image *image = NULL;
    bool has_size =
        scaled_height >= 1 && scaled_height <= SIDE_MAX_DOTS && width_px >= 1 && width_px <= SIDE_MAX_DOTS;
    if (has_size) {
        struct bbox box = {0, 0, width_px, scaled_height};
        image = svg_rasterise(svg, width_px, (int)scaled_height, box, fault);
    } else {
        fault_set(fault, FAULT_LIMIT,
                  "an SVG of %g x %g px drawn %d dots wide: each side must be 1 to %d dots", width, height,
                  width_px, SIDE_MAX_DOTS);
    }
    svg_free(svg);
    return image;
}
