/*
 * order_draw_symbol.c - single symbols; lines and areas as their swatch.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "render/encode/png.h"
#include "render/service/config.h"
#include "render/service/worker/order_draw.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol.h"
#include "symbology/symbol_library.h"

#define SWATCH_WIDTH_PX 64.0
#define SWATCH_HEIGHT_PX 32.0
#define TITLE_MOST_BYTES 4096

static bool compose(const struct order_draw *draw, const struct symbol_entry *entry,
                    const struct symbol_code *code, struct symbol_drawing *drawing, struct fault *fault)
{
    enum palette palette = draw->order->symbol.palette;
    if (entry->geometry != GEOMETRY_POINT) {
        return symbol_compose_swatch(entry, code, palette, SWATCH_WIDTH_PX, SWATCH_HEIGHT_PX, drawing, fault);
    }
    enum symbol_detail detail = code->detail == DETAIL_BY_SCALE ? DETAIL_FULL : code->detail;
    return symbol_compose(entry, code, detail, palette, 1, drawing, fault);
}

/* The name as the first element of the document: what a screen reader says. */
static void append_titled(struct buffer *svg, const char *document, const char *name)
{
    const char *root = strstr(document, "<svg");
    const char *end = root ? strchr(root, '>') : NULL;
    size_t head = end ? (size_t)(end + 1 - document) : 0;
    buffer_append(svg, document, head);
    if (head > 0) {
        buffer_append_text(svg, "<title>");
        buffer_append_xml(svg, name);
        buffer_append_text(svg, "</title>");
    }
    buffer_append_text(svg, document + head);
}

static bool take_svg(const struct order_symbol *order, const struct symbol_entry *entry,
                     const struct symbol_drawing *drawing, struct order_result *result)
{
    struct buffer svg;
    buffer_init(&svg, strlen(drawing->svg) + TITLE_MOST_BYTES);
    if (order->is_titled) {
        append_titled(&svg, drawing->svg, multilingual_text(&entry->name, order->language));
    } else {
        buffer_append_text(&svg, drawing->svg);
    }
    return order_result_take(result, "image/svg+xml", &svg);
}

static bool take_png(const struct order_symbol *order, const struct symbol_drawing *drawing,
                     struct order_result *result)
{
    int width_px = order->width_px > 0 ? order->width_px : (int)ceil(drawing->width_px);
    struct image *image =
        svg_render(drawing->svg, strlen(drawing->svg), width_px * order->pixel_ratio, &result->fault);
    if (!image) {
        return false;
    }
    result->bytes = png_write(image, 0, &result->length, &result->fault);
    image_free(image);
    memcpy(result->content_type, "image/png", sizeof("image/png"));
    return result->bytes != NULL;
}

static bool draw_code(const struct order_draw *draw, const struct symbol_code *code,
                      struct order_result *result)
{
    const struct order_symbol *order = &draw->order->symbol;
    const struct symbol_entry *entry = symbol_library_resolve(draw->config->symbols, code, &result->fault);
    struct symbol_drawing drawing;
    if (!entry || !compose(draw, entry, code, &drawing, &result->fault)) {
        return false;
    }
    bool is_taken = order->format == ORDER_SVG ? take_svg(order, entry, &drawing, result)
                                               : take_png(order, &drawing, result);
    symbol_drawing_finish(&drawing);
    return is_taken;
}

bool order_draw_symbol(const struct order_draw *draw, struct order_result *result)
{
    struct symbol_code code;
    if (!symbol_code_parse(draw->order->symbol.code, &code, &result->fault)) {
        return false;
    }
    bool is_drawn = draw_code(draw, &code, result);
    symbol_code_finish(&code);
    return is_drawn;
}
