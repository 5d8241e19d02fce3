/*
 * order_tile.c - its map and moment, its address and form, and last what its worker is told besides.
 */
#include "render/service/worker/order_tile.h"

#include <string.h>

#include "geo/base/buffer.h"
#include "render/service/worker/order.h"
#include "render/service/worker/wire_fields.h"

static const char start[] = "4:tile ";

static void write_view(const struct order_view *view, struct buffer *fields)
{
    wire_add_text(fields, view->map);
    wire_add_numbers(fields, view->revisions, view->plot_count);
    wire_add_number(fields, view->as_of_ms);
    wire_add_number(fields, view->language);
    wire_add_number(fields, view->has_second_language);
    wire_add_number(fields, view->second_language);
    wire_add_number(fields, view->palette.is_given);
    wire_add_number(fields, view->palette.palette);
}

static void read_view(struct wire_reader *reader, struct order_view *view)
{
    wire_read_text(reader, view->map, sizeof(view->map));
    view->plot_count = wire_read_numbers(reader, view->revisions, MAP_VIEW_PLOT_MAX);
    view->as_of_ms = wire_read_number(reader, INT64_MIN, INT64_MAX);
    view->language = (enum language)wire_read_number(reader, 0, LANGUAGE_COUNT - 1);
    view->has_second_language = wire_read_number(reader, 0, 1) == 1;
    view->second_language = (enum language)wire_read_number(reader, 0, LANGUAGE_COUNT - 1);
    view->palette.is_given = wire_read_number(reader, 0, 1) == 1;
    view->palette.palette = (enum palette)wire_read_number(reader, 0, PALETTE_COUNT - 1);
}

static void write_tile(const struct order_tile *tile, struct buffer *fields)
{
    wire_add_text(fields, tile->tile_matrix_set);
    wire_add_number(fields, tile->address.zoom);
    wire_add_number(fields, tile->address.column);
    wire_add_number(fields, tile->address.row);
    wire_add_number(fields, tile->form.format);
    wire_add_number(fields, tile->form.pixel_ratio);
    wire_add_number(fields, tile->form.size_px);
}

static void read_tile(struct wire_reader *reader, struct order_tile *tile)
{
    wire_read_text(reader, tile->tile_matrix_set, sizeof(tile->tile_matrix_set));
    tile->address.zoom = (uint32_t)wire_read_number(reader, 0, UINT32_MAX);
    tile->address.column = (uint32_t)wire_read_number(reader, 0, UINT32_MAX);
    tile->address.row = (uint32_t)wire_read_number(reader, 0, UINT32_MAX);
    tile->form.format = (enum tile_format)wire_read_number(reader, 0, TILE_FORMAT_COUNT - 1);
    tile->form.pixel_ratio = (uint8_t)wire_read_number(reader, 1, 3);
    tile->form.size_px = (uint16_t)wire_read_number(reader, TILE_SIZE_PX, TILE_SIZE_LARGE_PX);
    if (!tile_form_is_valid(tile->form)) {
        wire_reader_fail(reader);
    }
}

static void write_hung(const struct order_hung *hung, struct buffer *fields)
{
    wire_add_number(fields, hung->left_ms);
    wire_add_number(fields, hung->waited_ms);
    wire_add_text(fields, hung->layers);
}

static void read_hung(struct wire_reader *reader, struct order_hung *hung)
{
    hung->left_ms = wire_read_number(reader, 0, INT32_MAX);
    hung->waited_ms = wire_read_number(reader, 0, INT32_MAX);
    wire_read_text(reader, hung->layers, sizeof(hung->layers));
}

void order_tile_write(const struct order *order, struct buffer *fields)
{
    buffer_append(fields, start, sizeof(start) - 1);
    write_view(&order->view, fields);
    write_tile(&order->tile, fields);
    write_hung(&order->hung, fields);
}

bool order_tile_begins(const char *header, size_t length)
{
    return length >= sizeof(start) - 1 && memcmp(header, start, sizeof(start) - 1) == 0;
}

bool order_tile_read(const char *fields, size_t length, struct order *order, struct fault *fault)
{
    struct wire_reader reader;
    size_t begun = sizeof(start) - 1;
    wire_reader_init(&reader, fields + begun, length - begun);
    order_init(order, ORDER_TILE);
    read_view(&reader, &order->view);
    read_tile(&reader, &order->tile);
    read_hung(&reader, &order->hung);
    return wire_reader_close(&reader, "order for a tile", fault);
}
