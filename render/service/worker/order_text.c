/*
 * order_text.c - orders as JSON and back, all but those for a tile (order_tile.h). What is read came from
 * another process and is checked field by field; the first wrong one is named.
 */
#include <inttypes.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "render/vector/glyph_range.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_briefing.h"
#include "render/service/worker/order_tile.h"

static void write_revisions(struct buffer *json, const char *name, const uint64_t *revisions, size_t count)
{
    buffer_appendf(json, ",\"%s\":[", name);
    for (size_t i = 0; i < count; i++) {
        buffer_appendf(json, "%s%" PRIu64, i ? "," : "", revisions[i]);
    }
    buffer_append_text(json, "]");
}

static void write_view(const struct order_view *view, struct buffer *json)
{
    json_write_text(json, "map", view->map);
    write_revisions(json, "revisions", view->revisions, view->plot_count);
    json_write_moment(json, "as_of", view->as_of_ms);
    buffer_appendf(json, ",\"language\":%d,\"palette_given\":%s,\"palette\":%d", view->language,
                   view->palette.is_given ? "true" : "false", view->palette.palette);
    buffer_appendf(json, ",\"bilingual\":%s,\"second_language\":%d",
                   view->has_second_language ? "true" : "false", view->second_language);
}

static void write_window(const struct order *order, struct buffer *json)
{
    const struct order_window *window = &order->window;
    json_write_text(json, "crs", window->crs_code);
    buffer_appendf(json, ",\"box\":[%.17g,%.17g,%.17g,%.17g],\"width\":%d,\"height\":%d,\"ratio\":%d",
                   window->box.min_x, window->box.min_y, window->box.max_x, window->box.max_y,
                   window->width_px, window->height_px, window->pixel_ratio);
    buffer_appendf(json, ",\"file_format\":%d", (int)window->file_format);
}

static void write_legend(const struct order *order, struct buffer *json)
{
    const struct order_legend *legend = &order->legend;
    buffer_appendf(json, ",\"format\":%d,\"columns\":%d,\"legend_width\":%d", legend->format,
                   legend->column_count, legend->width_px);
    buffer_appendf(json, ",\"text_size\":%.17g,\"whole\":%s", legend->text_size_px,
                   legend->is_whole_map ? "true" : "false");
}

static void write_symbol(const struct order *order, struct buffer *json)
{
    const struct order_symbol *symbol = &order->symbol;
    json_write_text(json, "code", symbol->code);
    buffer_appendf(json, ",\"format\":%d,\"width\":%d,\"palette\":%d", symbol->format, symbol->width_px,
                   symbol->palette);
    buffer_appendf(json, ",\"ratio\":%d,\"titled\":%s,\"title_language\":%d", symbol->pixel_ratio,
                   symbol->is_titled ? "true" : "false", symbol->language);
}

static void write_style(const struct order *order, struct buffer *json)
{
    const struct order_style *style = &order->style;
    json_write_text(json, "base", style->base_url);
    json_write_text(json, "sprite_version", style->sprite_version);
    json_write_moment(json, "tiles_as_of", style->tiles_as_of_ms);
}

static void write_sprite(const struct order *order, struct buffer *json)
{
    const struct order_sprite *sprite = &order->sprite;
    buffer_appendf(json, ",\"format\":%d,\"ratio\":%d", sprite->format, sprite->pixel_ratio);
}

static void write_glyphs(const struct order *order, struct buffer *json)
{
    const struct order_glyphs *glyphs = &order->glyphs;
    json_write_text(json, "stack", glyphs->stack);
    buffer_appendf(json, ",\"first\":%" PRIu32, glyphs->first);
}

static void write_post(const struct order *order, struct buffer *json)
{
    buffer_appendf(json, ",\"worker\":%d,\"workers\":%d", order->post.number, order->post.worker_count);
}

static void write_stale(const struct order *order, struct buffer *json)
{
    write_revisions(json, "later_revisions", order->stale.revisions, order->view.plot_count);
    json_write_moment(json, "later_as_of", order->stale.as_of_ms);
}

static void write_legend_of_window(const struct order *order, struct buffer *json)
{
    write_window(order, json);
    write_legend(order, json);
}

static void write_briefing(const struct order *order, struct buffer *json)
{
    order_briefing_write(&order->briefing, json);
}

static void write_plate(const struct order *order, struct buffer *json)
{
    order_plate_write(&order->plate, json);
}

/** Only where there is something: it is no part of an order's key. */
static void write_hung(const struct order_hung *hung, struct buffer *json)
{
    if (hung->left_ms > 0) {
        buffer_appendf(json, ",\"left_ms\":%" PRId64, hung->left_ms);
    }
    if (hung->layers[0]) {
        json_write_text(json, "hung", hung->layers);
        buffer_appendf(json, ",\"hung_ms\":%" PRId64, hung->waited_ms);
    }
}

static void read_hung(struct json_reader *reader, struct order_hung *hung)
{
    if (json_reader_has(reader, "left_ms")) {
        hung->left_ms = json_read_integer(reader, "left_ms", 0, INT32_MAX);
    }
    if (json_reader_has(reader, "hung")) {
        json_read_text(reader, "hung", hung->layers, sizeof(hung->layers));
        hung->waited_ms = json_read_integer(reader, "hung_ms", 0, INT32_MAX);
    }
}

static void read_view(struct json_reader *reader, struct order_view *view)
{
    json_read_text(reader, "map", view->map, sizeof(view->map));
    view->plot_count = json_read_numbers(reader, "revisions", view->revisions, MAP_VIEW_PLOT_MAX);
    view->as_of_ms = json_read_moment(reader, "as_of");
    view->language = (enum language)json_read_integer(reader, "language", 0, LANGUAGE_COUNT - 1);
    view->has_second_language = json_read_bool(reader, "bilingual");
    view->second_language =
        (enum language)json_read_integer(reader, "second_language", 0, LANGUAGE_COUNT - 1);
    view->palette.is_given = json_read_bool(reader, "palette_given");
    view->palette.palette = (enum palette)json_read_integer(reader, "palette", 0, PALETTE_COUNT - 1);
}

static void read_window(struct json_reader *reader, struct order *order)
{
    struct order_window *window = &order->window;
    double box[4];
    json_read_text(reader, "crs", window->crs_code, sizeof(window->crs_code));
    json_read_doubles(reader, "box", box, 4);
    window->box = (struct bbox){box[0], box[1], box[2], box[3]};
    window->width_px = (int)json_read_integer(reader, "width", 1, 32767);
    window->height_px = (int)json_read_integer(reader, "height", 1, 32767);
    window->pixel_ratio = (int)json_read_integer(reader, "ratio", 1, 3);
    window->file_format = (enum tile_format)json_read_integer(reader, "file_format", TILE_PNG, TILE_JPEG);
}

static void read_stale(struct json_reader *reader, struct order *order)
{
    size_t count = json_read_numbers(reader, "later_revisions", order->stale.revisions, MAP_VIEW_PLOT_MAX);
    if (count != order->view.plot_count) {
        json_reader_fail(reader, "later_revisions", "must be as many as the revisions before");
    }
    order->stale.as_of_ms = json_read_moment(reader, "later_as_of");
}

static void read_legend(struct json_reader *reader, struct order *order)
{
    struct order_legend *legend = &order->legend;
    legend->format = (enum order_format)json_read_integer(reader, "format", ORDER_PNG, ORDER_JSON);
    legend->column_count = (int)json_read_integer(reader, "columns", 1, 4);
    legend->width_px = (int)json_read_integer(reader, "legend_width", 40, 4000);
    legend->text_size_px = json_read_double(reader, "text_size", 4, 100);
    legend->is_whole_map = json_read_bool(reader, "whole");
}

static void read_symbol(struct json_reader *reader, struct order *order)
{
    struct order_symbol *symbol = &order->symbol;
    json_read_text(reader, "code", symbol->code, sizeof(symbol->code));
    symbol->format = (enum order_format)json_read_integer(reader, "format", ORDER_PNG, ORDER_SVG);
    symbol->width_px = (int)json_read_integer(reader, "width", 0, 2048);
    symbol->palette = (enum palette)json_read_integer(reader, "palette", 0, PALETTE_COUNT - 1);
    symbol->pixel_ratio = (int)json_read_integer(reader, "ratio", 1, 3);
    symbol->is_titled = json_read_bool(reader, "titled");
    symbol->language = (enum language)json_read_integer(reader, "title_language", 0, LANGUAGE_COUNT - 1);
}

static enum order_kind read_kind(struct json_reader *reader)
{
    char name[16];
    json_read_text(reader, "kind", name, sizeof(name));
    for (int kind = 0; kind < ORDER_KIND_COUNT; kind++) {
        if (strcmp(name, order_kind_name((enum order_kind)kind)) == 0) {
            return (enum order_kind)kind;
        }
    }
    json_reader_fail(reader, "kind", "is unknown");
    return ORDER_PING;
}

static void read_style(struct json_reader *reader, struct order *order)
{
    struct order_style *style = &order->style;
    json_read_text(reader, "base", style->base_url, sizeof(style->base_url));
    json_read_text(reader, "sprite_version", style->sprite_version, sizeof(style->sprite_version));
    style->tiles_as_of_ms = json_read_moment(reader, "tiles_as_of");
}

static void read_sprite(struct json_reader *reader, struct order *order)
{
    struct order_sprite *sprite = &order->sprite;
    sprite->format = (enum order_format)json_read_integer(reader, "format", ORDER_PNG, ORDER_JSON);
    sprite->pixel_ratio = (int)json_read_integer(reader, "ratio", 1, 2);
}

static void read_glyphs(struct json_reader *reader, struct order *order)
{
    struct order_glyphs *glyphs = &order->glyphs;
    json_read_text(reader, "stack", glyphs->stack, sizeof(glyphs->stack));
    glyphs->first = (uint32_t)json_read_integer(reader, "first", 0, GLYPH_RANGE_LAST);
    if (glyphs->first % GLYPH_RANGE_CODE_POINTS != 0) {
        json_reader_fail(reader, "first", "does not begin a range");
    }
}

static void read_post(struct json_reader *reader, struct order *order)
{
    order->post.worker_count = (int)json_read_integer(reader, "workers", 0, INT16_MAX);
    order->post.number = (int)json_read_integer(reader, "worker", 0, INT16_MAX);
}

static void read_legend_of_window(struct json_reader *reader, struct order *order)
{
    read_legend(reader, order);
    read_window(reader, order);
}

static void read_briefing(struct json_reader *reader, struct order *order)
{
    order_briefing_read(reader, &order->briefing);
}

static void read_plate(struct json_reader *reader, struct order *order)
{
    order_plate_read(reader, &order->plate);
}

static void refuse_tile(struct json_reader *reader, struct order *order)
{
    json_reader_fail(reader, "kind", "is not written as JSON");
}

/** What an order of a kind says besides its map; NULL: nothing. */
static const struct {
    void (*write)(const struct order *order, struct buffer *json);
    void (*read)(struct json_reader *reader, struct order *order);
} kinds[ORDER_KIND_COUNT] = {
    [ORDER_PING] = {write_post, read_post},
    [ORDER_TILE] = {NULL, refuse_tile},
    [ORDER_MAP] = {write_window, read_window},
    [ORDER_STALE] = {write_stale, read_stale},
    [ORDER_LEGEND] = {write_legend_of_window, read_legend_of_window},
    [ORDER_SYMBOL] = {write_symbol, read_symbol},
    [ORDER_BRIEFING] = {write_briefing, read_briefing},
    [ORDER_FRAME] = {write_briefing, read_briefing},
    [ORDER_STYLE] = {write_style, read_style},
    [ORDER_SPRITE] = {write_sprite, read_sprite},
    [ORDER_GLYPHS] = {write_glyphs, read_glyphs},
    [ORDER_PLATE] = {write_plate, read_plate},
};

static void write_json(const struct order *order, struct buffer *json)
{
    buffer_appendf(json, "{\"kind\":\"%s\"", order_kind_name(order->kind));
    if (order_has_view(order)) {
        write_view(&order->view, json);
    }
    if (kinds[order->kind].write) {
        kinds[order->kind].write(order, json);
    }
    write_hung(&order->hung, json);
    buffer_append_text(json, "}");
}

void order_write(const struct order *order, struct buffer *header)
{
    (order->kind == ORDER_TILE ? order_tile_write : write_json)(order, header);
}

bool order_read(const char *text, size_t length, struct order *order, struct fault *fault)
{
    struct json_reader reader;
    if (order_tile_begins(text, length)) {
        return order_tile_read(text, length, order, fault);
    }
    if (!json_reader_open(&reader, "order", text, length, fault)) {
        return false;
    }
    order_init(order, read_kind(&reader));
    if (order_has_view(order)) {
        read_view(&reader, &order->view);
    }
    if (kinds[order->kind].read) {
        kinds[order->kind].read(&reader, order);
    }
    read_hung(&reader, &order->hung);
    return json_reader_close(&reader);
}
