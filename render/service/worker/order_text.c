/*
 * order_text.c - orders as JSON and back, all but those for a tile (order_tile.h). What is read came from
 * another process and is checked field by field; the first wrong one is named.
 */
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "render/vector/glyph_range.h"
#include "render/service/worker/json_field.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_tile.h"

#define PAGE_MOST 100000

static void write_revisions(struct buffer *json, const char *name, const uint64_t *revisions, size_t count)
{
    buffer_appendf(json, ",\"%s\":[", name);
    for (size_t i = 0; i < count; i++) {
        buffer_appendf(json, "%s%" PRIu64, i ? "," : "", revisions[i]);
    }
    buffer_append_text(json, "]");
}

static void write_text(struct buffer *json, const char *name, const char *text)
{
    buffer_appendf(json, ",\"%s\":", name);
    buffer_append_json(json, text);
}

/** A moment does not fit into a JSON number everywhere, so it is text; no moment is no text. */
static void write_moment(struct buffer *json, const char *name, int64_t moment_ms)
{
    buffer_appendf(json, ",\"%s\":\"%" PRId64 "\"", name, moment_ms);
}

static void write_view(const struct order_view *view, struct buffer *json)
{
    write_text(json, "map", view->map);
    write_revisions(json, "revisions", view->revisions, view->plot_count);
    write_moment(json, "as_of", view->as_of_ms);
    buffer_appendf(json, ",\"language\":%d,\"palette_given\":%s,\"palette\":%d", view->language,
                   view->palette.is_given ? "true" : "false", view->palette.palette);
    buffer_appendf(json, ",\"bilingual\":%s,\"second_language\":%d",
                   view->has_second_language ? "true" : "false", view->second_language);
}

static void write_window(const struct order_window *window, struct buffer *json)
{
    write_text(json, "crs", window->crs_code);
    buffer_appendf(json, ",\"box\":[%.17g,%.17g,%.17g,%.17g],\"width\":%d,\"height\":%d,\"ratio\":%d",
                   window->box.min_x, window->box.min_y, window->box.max_x, window->box.max_y,
                   window->width_px, window->height_px, window->pixel_ratio);
    buffer_appendf(json, ",\"file_format\":%d", (int)window->file_format);
}

static void write_legend(const struct order_legend *legend, struct buffer *json)
{
    buffer_appendf(json, ",\"format\":%d,\"columns\":%d,\"legend_width\":%d", legend->format,
                   legend->column_count, legend->width_px);
    buffer_appendf(json, ",\"text_size\":%.17g,\"whole\":%s", legend->text_size_px,
                   legend->is_whole_map ? "true" : "false");
}

static void write_symbol(const struct order_symbol *symbol, struct buffer *json)
{
    write_text(json, "code", symbol->code);
    buffer_appendf(json, ",\"format\":%d,\"width\":%d,\"palette\":%d", symbol->format, symbol->width_px,
                   symbol->palette);
    buffer_appendf(json, ",\"ratio\":%d,\"titled\":%s,\"title_language\":%d", symbol->pixel_ratio,
                   symbol->is_titled ? "true" : "false", symbol->language);
}

static void write_frame(const struct order_briefing *briefing, struct buffer *json)
{
    buffer_appendf(json, ",\"has_box\":%s,\"box_in_degrees\":%s,\"box\":[%.17g,%.17g,%.17g,%.17g]",
                   briefing->has_box ? "true" : "false", briefing->is_box_in_degrees ? "true" : "false",
                   briefing->box.min_x, briefing->box.min_y, briefing->box.max_x, briefing->box.max_y);
}

static void write_briefing(const struct order_briefing *briefing, struct buffer *json)
{
    buffer_appendf(json, ",\"paper\":%d,\"landscape\":%s,\"centre\":[%.17g,%.17g],\"scale\":%.17g",
                   briefing->paper, briefing->is_landscape ? "true" : "false", briefing->centre.x,
                   briefing->centre.y, briefing->scale_denominator);
    buffer_appendf(json, ",\"format\":%d,\"dpi\":%d,\"page\":%zu", briefing->format, briefing->dpi,
                   briefing->page);
    write_text(json, "crs", briefing->crs_code);
    write_moment(json, "made", briefing->made_ms);
    write_text(json, "title", briefing->title);
    write_text(json, "link", briefing->link);
    write_text(json, "id", briefing->id);
    write_text(json, "verify_link", briefing->verify_link);
    write_text(json, "organisation", briefing->organisation);
    write_text(json, "template", briefing->template);
    write_text(json, "grip", briefing->grip);
    write_moment(json, "valid_until", briefing->valid_until_ms);
    write_moment(json, "next_update", briefing->next_update_ms);
    order_since_write(&briefing->since, json);
    write_frame(briefing, json);
}

static void write_style(const struct order_style *style, struct buffer *json)
{
    write_text(json, "base", style->base_url);
    write_text(json, "sprite_version", style->sprite_version);
    write_moment(json, "tiles_as_of", style->tiles_as_of_ms);
}

static void write_sprite(const struct order_sprite *sprite, struct buffer *json)
{
    buffer_appendf(json, ",\"format\":%d,\"ratio\":%d", sprite->format, sprite->pixel_ratio);
}

static void write_glyphs(const struct order_glyphs *glyphs, struct buffer *json)
{
    write_text(json, "stack", glyphs->stack);
    buffer_appendf(json, ",\"first\":%" PRIu32, glyphs->first);
}

/** Only where there is something: it is no part of an order's key. */
static void write_hung(const struct order_hung *hung, struct buffer *json)
{
    if (hung->left_ms > 0) {
        buffer_appendf(json, ",\"left_ms\":%" PRId64, hung->left_ms);
    }
    if (hung->layers[0]) {
        write_text(json, "hung", hung->layers);
        buffer_appendf(json, ",\"hung_ms\":%" PRId64, hung->waited_ms);
    }
}

static void write_json(const struct order *order, struct buffer *json)
{
    buffer_appendf(json, "{\"kind\":\"%s\"", order_kind_name(order->kind));
    if (order_has_view(order)) {
        write_view(&order->view, json);
    }
    if (order->kind == ORDER_MAP || order->kind == ORDER_LEGEND) {
        write_window(&order->window, json);
    }
    if (order->kind == ORDER_PING) {
        buffer_appendf(json, ",\"worker\":%d,\"workers\":%d", order->post.number, order->post.worker_count);
    }
    if (order->kind == ORDER_STALE) {
        write_revisions(json, "later_revisions", order->stale.revisions, order->view.plot_count);
        write_moment(json, "later_as_of", order->stale.as_of_ms);
    }
    if (order->kind == ORDER_LEGEND) {
        write_legend(&order->legend, json);
    }
    if (order->kind == ORDER_SYMBOL) {
        write_symbol(&order->symbol, json);
    }
    if (order->kind == ORDER_BRIEFING || order->kind == ORDER_FRAME) {
        write_briefing(&order->briefing, json);
    }
    if (order->kind == ORDER_STYLE) {
        write_style(&order->style, json);
    }
    if (order->kind == ORDER_SPRITE) {
        write_sprite(&order->sprite, json);
    }
    if (order->kind == ORDER_GLYPHS) {
        write_glyphs(&order->glyphs, json);
    }
    if (order->kind == ORDER_PLATE) {
        order_plate_write(&order->plate, json);
    }
    write_hung(&order->hung, json);
    buffer_append_text(json, "}");
}

void order_write(const struct order *order, struct buffer *header)
{
    (order->kind == ORDER_TILE ? order_tile_write : write_json)(order, header);
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

static void read_window(struct json_reader *reader, struct order_window *window)
{
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

static void read_legend(struct json_reader *reader, struct order_legend *legend)
{
    legend->format = (enum order_format)json_read_integer(reader, "format", ORDER_PNG, ORDER_JSON);
    legend->column_count = (int)json_read_integer(reader, "columns", 1, 4);
    legend->width_px = (int)json_read_integer(reader, "legend_width", 40, 4000);
    legend->text_size_px = json_read_double(reader, "text_size", 4, 100);
    legend->is_whole_map = json_read_bool(reader, "whole");
}

static void read_symbol(struct json_reader *reader, struct order_symbol *symbol)
{
    json_read_text(reader, "code", symbol->code, sizeof(symbol->code));
    symbol->format = (enum order_format)json_read_integer(reader, "format", ORDER_PNG, ORDER_SVG);
    symbol->width_px = (int)json_read_integer(reader, "width", 0, 2048);
    symbol->palette = (enum palette)json_read_integer(reader, "palette", 0, PALETTE_COUNT - 1);
    symbol->pixel_ratio = (int)json_read_integer(reader, "ratio", 1, 3);
    symbol->is_titled = json_read_bool(reader, "titled");
    symbol->language = (enum language)json_read_integer(reader, "title_language", 0, LANGUAGE_COUNT - 1);
}

static void read_frame(struct json_reader *reader, struct order_briefing *briefing)
{
    double sides[4];
    json_read_doubles(reader, "box", sides, 4);
    briefing->box = (struct bbox){sides[0], sides[1], sides[2], sides[3]};
    briefing->has_box = json_read_bool(reader, "has_box");
    briefing->is_box_in_degrees = json_read_bool(reader, "box_in_degrees");
}

static void read_briefing(struct json_reader *reader, struct order_briefing *briefing)
{
    double centre[2];
    briefing->paper = (enum paper)json_read_integer(reader, "paper", 0, PAPER_COUNT - 1);
    briefing->is_landscape = json_read_bool(reader, "landscape");
    json_read_text(reader, "crs", briefing->crs_code, sizeof(briefing->crs_code));
    json_read_doubles(reader, "centre", centre, 2);
    briefing->centre = (struct point){centre[0], centre[1]};
    briefing->scale_denominator = json_read_double(reader, "scale", 0, 1e12);
    briefing->format = (enum briefing_format)json_read_integer(reader, "format", BRIEFING_PDF, BRIEFING_PNG);
    briefing->dpi = (int)json_read_integer(reader, "dpi", 0, 2400);
    briefing->page = (size_t)json_read_integer(reader, "page", 0, PAGE_MOST);
    briefing->made_ms = json_read_moment(reader, "made");
    json_read_text(reader, "title", briefing->title, sizeof(briefing->title));
    json_read_text(reader, "link", briefing->link, sizeof(briefing->link));
    json_read_text(reader, "id", briefing->id, sizeof(briefing->id));
    json_read_text(reader, "verify_link", briefing->verify_link, sizeof(briefing->verify_link));
    json_read_text(reader, "organisation", briefing->organisation, sizeof(briefing->organisation));
    json_read_text(reader, "template", briefing->template, sizeof(briefing->template));
    json_read_text(reader, "grip", briefing->grip, sizeof(briefing->grip));
    briefing->valid_until_ms = json_read_moment(reader, "valid_until");
    briefing->next_update_ms = json_read_moment(reader, "next_update");
    order_since_read(reader, &briefing->since);
    read_frame(reader, briefing);
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

static void read_style(struct json_reader *reader, struct order_style *style)
{
    json_read_text(reader, "base", style->base_url, sizeof(style->base_url));
    json_read_text(reader, "sprite_version", style->sprite_version, sizeof(style->sprite_version));
    style->tiles_as_of_ms = json_read_moment(reader, "tiles_as_of");
}

static void read_sprite(struct json_reader *reader, struct order_sprite *sprite)
{
    sprite->format = (enum order_format)json_read_integer(reader, "format", ORDER_PNG, ORDER_JSON);
    sprite->pixel_ratio = (int)json_read_integer(reader, "ratio", 1, 2);
}

static void read_glyphs(struct json_reader *reader, struct order_glyphs *glyphs)
{
    json_read_text(reader, "stack", glyphs->stack, sizeof(glyphs->stack));
    glyphs->first = (uint32_t)json_read_integer(reader, "first", 0, GLYPH_RANGE_LAST);
    if (glyphs->first % GLYPH_RANGE_CODE_POINTS != 0) {
        json_reader_fail(reader, "first", "does not begin a range");
    }
}

static void read_fields(struct json_reader *reader, struct order *order)
{
    switch (order->kind) {
    case ORDER_PING:
        order->post.worker_count = (int)json_read_integer(reader, "workers", 0, INT16_MAX);
        order->post.number = (int)json_read_integer(reader, "worker", 0, INT16_MAX);
        break;
    case ORDER_TILE:
        json_reader_fail(reader, "kind", "is not written as JSON");
        break;
    case ORDER_LEGEND:
        read_legend(reader, &order->legend);
        read_window(reader, &order->window);
        break;
    case ORDER_MAP:
        read_window(reader, &order->window);
        break;
    case ORDER_STALE:
        read_stale(reader, order);
        break;
    case ORDER_SYMBOL:
        read_symbol(reader, &order->symbol);
        break;
    case ORDER_STYLE:
        read_style(reader, &order->style);
        break;
    case ORDER_SPRITE:
        read_sprite(reader, &order->sprite);
        break;
    case ORDER_GLYPHS:
        read_glyphs(reader, &order->glyphs);
        break;
    case ORDER_PLATE:
        order_plate_read(reader, &order->plate);
        break;
    case ORDER_BRIEFING:
    case ORDER_FRAME:
        read_briefing(reader, &order->briefing);
        break;
    default:
        break;
    }
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
    read_fields(&reader, order);
    read_hung(&reader, &order->hung);
    return json_reader_close(&reader);
}
