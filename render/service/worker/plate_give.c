/*
 * plate_give.c - pages and pictures as answers.
 */
#include "render/service/worker/plate_give.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/map.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/canvas/image.h"
#include "render/canvas/image_shrink.h"
#include "render/encode/image_file.h"
#include "render/encode/png.h"
#include "render/service/config.h"
#include "render/service/worker/order_draw.h"
#include "render/service/worker/plate_svg.h"
#include "render/service/worker/plate_window.h"

bool plate_is_picture(const struct order_plate *plate)
{
    return plate->format < PLATE_SVG;
}

static enum tile_format file_format(const struct order_plate *plate)
{
    static const enum tile_format formats[] = {[PLATE_PNG] = TILE_PNG,
                                               [PLATE_PNG_SMALL] = TILE_PNG_SMALL,
                                               [PLATE_WEBP] = TILE_WEBP,
                                               [PLATE_JPEG] = TILE_JPEG};
    return formats[plate->format];
}

void plate_tell_box(const struct crs *crs, struct bbox box, struct order_result *result)
{
    double x[2] = {box.min_x, box.max_x};
    double y[2] = {box.min_y, box.max_y};
    int first = crs->is_north_first ? 1 : 0;
    const double *axes[2] = {first ? y : x, first ? x : y};
    snprintf(result->crs_uri, sizeof(result->crs_uri), "%s", crs->uri);
    snprintf(result->box, sizeof(result->box), "%.12g,%.12g,%.12g,%.12g", axes[0][0], axes[1][0], axes[0][1],
             axes[1][1]);
}

bool plate_take_picture(const struct order_plate *plate, struct image *image, struct order_result *result)
{
    enum tile_format format = file_format(plate);
    if (!image) {
        return false;
    }
    int dots_per_metre = (int)lround(1000 / plate->mm_per_px);
    result->bytes = image_file_write(image, format, dots_per_metre, &result->length, &result->fault);
    image_free(image);
    snprintf(result->content_type, sizeof(result->content_type), "%s", tile_format_content_type(format));
    return result->bytes != NULL;
}

struct image *plate_pressed(struct image *image, int width, int height, struct fault *fault)
{
    if (!image || (image->width == width && image->height == height)) {
        return image;
    }
    struct image *shrunk = image_shrink(image, width, height, fault);
    image_free(image);
    return shrunk;
}

bool plate_take_document(const struct order_plate *plate, char *bytes, size_t length, int width, int height,
                         struct order_result *result)
{
    bool is_svg = plate->format == PLATE_SVG;
    if (!bytes) {
        return false;
    }
    result->bytes = is_svg ? plate_svg_in_dots(bytes, length, width, height, &result->length) : bytes;
    if (is_svg) {
        free(bytes);
    } else {
        result->length = length;
    }
    snprintf(result->content_type, sizeof(result->content_type), "%s",
             is_svg ? "image/svg+xml" : "application/pdf");
    return true;
}

struct image *plate_take_page(char *bytes, size_t length, struct fault *fault)
{
    struct image *image = bytes ? png_read(bytes, length, (size_t)(2 * PLATE_DOTS_MOST), fault) : NULL;
    free(bytes);
    return image;
}

struct briefing_order plate_order_of(const struct order_draw *draw, const struct plate_window *window,
                                     struct paper_own sheet, const struct colour *ground)
{
    static const enum briefing_format formats[PLATE_FORMAT_COUNT] = {
        [PLATE_PNG] = BRIEFING_PNG,  [PLATE_PNG_SMALL] = BRIEFING_PNG, [PLATE_WEBP] = BRIEFING_PNG,
        [PLATE_JPEG] = BRIEFING_PNG, [PLATE_SVG] = BRIEFING_SVG,       [PLATE_PDF] = BRIEFING_PDF};
    const struct order_plate *plate = &draw->order->plate;
    double units_per_px = window->units_per_px_x * SCALE_PIXEL_MM / plate->mm_per_px;
    struct briefing_order order = order_draw_page_of(draw);
    order.made_ms = order.moment_ms;
    order.own_paper = sheet;
    order.crs_code = window->crs->code;
    order.centre = window->centre;
    order.scale_denominator = scale_denominator(units_per_px, window->crs->metres_per_unit);
    order.format = formats[plate->format];
    order.dpi = 25.4 / plate->mm_per_px;
    order.background = ground;
    return order;
}

void plate_report_beyond(const struct order_draw *draw, const struct plate_place *place,
                         struct order_result *result)
{
    if (place->crs->is_geographic && (place->box.max_x > 180 + 1e-9 || place->box.min_x < -180 - 1e-9)) {
        report_add(
            &result->report, REPORT_FEATURES_LEFT_OUT, draw->scene->map->id,
            "nothing is drawn beyond the antimeridian: ask for the parts east and west of it, or for a "
            "picture without anything around the map");
    }
}
