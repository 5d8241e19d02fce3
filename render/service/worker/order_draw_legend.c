/*
 * order_draw_legend.c - legends.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "geo/base/buffer.h"
#include "geo/scale.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/legend/legend.h"
#include "render/canvas/page.h"
#include "render/encode/png.h"
#include "render/renderer.h"
#include "render/service/config.h"
#include "render/service/worker/order_draw.h"
#include "symbology/symbol.h"
#include "symbology/symbol_library.h"

#define LEGEND_MOST_BYTES (8u << 20)
#define LEGEND_MOST_HEIGHT_PX 16000.0
#define MARGIN_PX 8.0
#define PX_MM 0.28

static void write_item(const struct legend_item *item, struct buffer *json)
{
    buffer_append_text(json, "{\"title\":");
    buffer_append_json(json, item->title);
    buffer_append_text(json, ",\"group\":");
    buffer_append_json(json, item->group);
    if (item->second_title) {
        buffer_append_text(json, ",\"secondTitle\":");
        buffer_append_json(json, item->second_title);
    }
    if (item->second_group) {
        buffer_append_text(json, ",\"secondGroup\":");
        buffer_append_json(json, item->second_group);
    }
    if (item->layer) {
        buffer_append_text(json, ",\"layer\":");
        buffer_append_json(json, item->layer->id);
    } else if (!item->is_badge) {
        char *code = symbol_code_format(&item->code, false);
        buffer_append_text(json, ",\"symbol\":");
        buffer_append_json(json, code);
        free(code);
    }
    buffer_append_text(json, "}");
}

static bool take_json(const struct legend *legend, struct order_result *result)
{
    struct buffer json;
    buffer_init(&json, LEGEND_MOST_BYTES);
    buffer_append_text(&json, "{\"items\":[");
    for (size_t i = 0; i < legend_count(legend); i++) {
        buffer_append_text(&json, i ? ",\n" : "\n");
        write_item(legend_at(legend, i), &json);
    }
    buffer_append_text(&json, "\n]}\n");
    return order_result_take(result, "application/json", &json);
}

/** The height at which all items find room: columns are first tried of equal height, then longer. */
static double find_height(struct renderer *renderer, const struct legend *legend, struct legend_layout layout)
{
    struct legend_layout one = layout;
    size_t left = 0;
    one.column_count = 1;
    double whole = legend_height_px(renderer, legend, one, &left);
    if (layout.column_count == 1) {
        return fmin(whole, LEGEND_MOST_HEIGHT_PX);
    }
    double height = whole / layout.column_count;
    do {
        layout.height_px = height;
        legend_height_px(renderer, legend, layout, &left);
        height += layout.text_size_px * 2;
    } while (left > 0 && height < fmin(whole, LEGEND_MOST_HEIGHT_PX));
    return fmin(layout.height_px, LEGEND_MOST_HEIGHT_PX);
}

/** A legend, set and ready to be painted. */
struct set_legend {
    const struct order_draw *draw;
    const struct map_view *view;
    const struct legend *legend;
    struct legend_layout layout;
    double height_px; /* margins included */
};

static bool paint(const struct set_legend *set, struct canvas *canvas, struct fault *fault)
{
    canvas_fill_all(canvas, (struct colour){255, 255, 255, 255});
    return legend_paint(set->draw->renderer, set->view, set->legend, set->layout, canvas,
                        (struct point){MARGIN_PX, MARGIN_PX}, fault);
}

static bool take_picture(const struct set_legend *set, struct order_result *result)
{
    struct fault *fault = &result->fault;
    int pixel_ratio = set->draw->order->window.pixel_ratio;
    struct pixel_box box = {0, 0, set->draw->order->legend.width_px, (int32_t)ceil(set->height_px)};
    struct canvas *canvas =
        canvas_new_picture(box, pixel_ratio, renderer_text_engine(set->draw->renderer), fault);
    if (!canvas) {
        return false;
    }
    struct image *image = paint(set, canvas, fault) ? canvas_take_picture(canvas, fault) : NULL;
    canvas_free(canvas);
    if (!image) {
        return false;
    }
    result->bytes = png_write(image, 0, &result->length, fault);
    image_free(image);
    memcpy(result->content_type, "image/png", sizeof("image/png"));
    return result->bytes != NULL;
}

static bool take_svg(const struct set_legend *set, struct order_result *result)
{
    struct fault *fault = &result->fault;
    double width_mm = set->draw->order->legend.width_px * PX_MM;
    double height_mm = set->height_px * PX_MM;
    struct page_metadata metadata = {.title = "Legend"};
    struct page_document *document = page_document_new(
        PAGE_SVG, width_mm, height_mm, 96, renderer_text_engine(set->draw->renderer), &metadata, fault);
    if (!document) {
        return false;
    }
    struct canvas *canvas =
        page_canvas(document, (struct bbox){0, 0, width_mm, height_mm}, (struct point){0, 0}, fault);
    bool is_painted = canvas && paint(set, canvas, fault);
    canvas_free(canvas);
    result->bytes = is_painted ? page_document_take(document, &result->length, fault) : NULL;
    page_document_free(document);
    memcpy(result->content_type, "image/svg+xml", sizeof("image/svg+xml"));
    return result->bytes != NULL;
}

static bool take_legend(const struct order_draw *draw, const struct map_view *view,
                        const struct legend *legend, struct order_result *result)
{
    const struct order_legend *order = &draw->order->legend;
    if (order->format == ORDER_JSON) {
        return take_json(legend, result);
    }
    struct set_legend set = {draw, view, legend, .layout = {0}};
    set.layout.width_px = order->width_px - 2 * MARGIN_PX;
    set.layout.text_size_px = order->text_size_px;
    set.layout.column_count = order->column_count;
    set.layout.height_px = find_height(draw->renderer, legend, set.layout);
    set.height_px = set.layout.height_px + 2 * MARGIN_PX;
    return order->format == ORDER_SVG ? take_svg(&set, result) : take_picture(&set, result);
}

bool order_draw_legend(const struct order_draw *draw, struct order_result *result)
{
    struct map_view view;
    struct pixel_box box;
    if (!order_window_view(draw, &view, &box, &result->fault)) {
        return false;
    }
    if (draw->order->legend.is_whole_map) {
        box = (struct pixel_box){0};
    }
    struct legend *legend = legend_new(draw->renderer, &view, box, &result->fault);
    bool is_taken = legend && take_legend(draw, &view, legend, result);
    legend_free(legend);
    return is_taken;
}
