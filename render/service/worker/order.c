/*
 * order.c - an order as a value, and the list of tiles that a STALE order carries: one line of text for each.
 */
#include "render/service/worker/order.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"

#define STALE_LINE_BYTES 128
#define STALE_MOST_BYTES (64u << 20)
#define KEY_MOST_BYTES (1u << 20)
#define DPI_OF_PDF 300
#define DPI_OF_PICTURE 150

void order_init(struct order *order, enum order_kind kind)
{
    *order = (struct order){.kind = kind};
    order->view.as_of_ms = MOMENT_NONE;
    order->window.pixel_ratio = 1;
    order->tile.form = tile_form_plain();
    order->symbol.pixel_ratio = 1;
    order->legend.column_count = 1;
    order->legend.width_px = 280;
    order->legend.text_size_px = 12;
    order->briefing.valid_until_ms = MOMENT_NONE;
    order->briefing.next_update_ms = MOMENT_NONE;
    order->briefing.since.as_of_ms = MOMENT_NONE;
    order->style.tiles_as_of_ms = MOMENT_NONE;
    order->sprite.pixel_ratio = 1;
    order_plate_init(&order->plate);
}

int order_briefing_dpi(const struct order_briefing *briefing)
{
    int usual = briefing->format == BRIEFING_PDF ? DPI_OF_PDF : DPI_OF_PICTURE;
    return briefing->dpi > 0 ? briefing->dpi : usual;
}

void order_view_speak(struct order_view *view, struct language_pair languages)
{
    view->language = languages.first;
    view->has_second_language = languages.has_second;
    view->second_language = languages.second;
}

void order_finish(struct order *order)
{
    free(order->payload);
    order->payload = NULL;
    order->payload_length = 0;
}

void order_copy(struct order *copy, const struct order *order)
{
    *copy = *order;
    copy->payload = order->payload ? memory_copy_bytes(order->payload, order->payload_length) : NULL;
}

static bool has_word(const char *words, const char *word)
{
    size_t length = strlen(word);
    for (const char *next = words; *next; next += strspn(next, " ")) {
        size_t next_length = strcspn(next, " ");
        if (next_length == length && strncmp(next, word, length) == 0) {
            return true;
        }
        next += next_length;
    }
    return false;
}

bool order_hung_add(struct order_hung *hung, const char *layer_id, int64_t waited_ms)
{
    size_t length = strlen(hung->layers);
    bool has_room = *layer_id && length + strlen(layer_id) + 2 <= sizeof(hung->layers);
    if (!has_room || has_word(hung->layers, layer_id)) {
        return false;
    }
    snprintf(hung->layers + length, sizeof(hung->layers) - length, "%s%s", length ? " " : "", layer_id);
    hung->waited_ms = waited_ms;
    return true;
}

void order_hung_fault(const char *layer_id, int64_t waited_ms, struct fault *fault)
{
    fault_set(fault, FAULT_UNAVAILABLE, "layer '%s' did not answer within %g s", layer_id,
              round((double)waited_ms / 100) / 10);
}

const char *order_kind_name(enum order_kind kind)
{
    static const char *const names[ORDER_KIND_COUNT] = {"ping",   "tile",   "map",      "tiles", "stale",
                                                        "legend", "symbol", "briefing", "frame", "style",
                                                        "sprite", "glyphs", "plate",    "check"};
    assert(kind < ORDER_KIND_COUNT);
    return names[kind];
}

bool order_has_view(const struct order *order)
{
    return order->kind != ORDER_PING && order->kind != ORDER_SYMBOL && order->kind != ORDER_GLYPHS &&
           order->kind != ORDER_CHECK;
}

bool order_is_long(const struct order *order)
{
    return order->kind == ORDER_BRIEFING || order->kind == ORDER_CHECK;
}

bool order_is_map(const struct order *order)
{
    return order->kind == ORDER_MAP || order->kind == ORDER_LEGEND || order->kind == ORDER_PLATE;
}

bool order_is_urgent(const struct order *order)
{
    return order->kind == ORDER_STALE || order->kind == ORDER_PING;
}

/** Room for a payload grows in powers of two, so many additions copy little. */
static size_t payload_room(size_t length)
{
    size_t room = 4096;
    while (room < length + 1) {
        room *= 2;
    }
    return room;
}

bool order_stale_add(struct order *order, const struct order_stale_tile *tile)
{
    char line[STALE_LINE_BYTES];
    const struct tile_address *address = &tile->address;
    int length = snprintf(line, sizeof(line), "%s/%" PRIu32 "/%" PRIu32 "/%" PRIu32 "/%d/%d/%d\n",
                          tile->tile_matrix_set, address->zoom, address->column, address->row,
                          (int)tile->form.format, (int)tile->form.pixel_ratio, (int)tile->form.size_px);
    assert(length > 0 && (size_t)length < sizeof(line));
    size_t whole = order->payload_length + (size_t)length;
    if (whole > STALE_MOST_BYTES) {
        return false;
    }
    if (!order->payload || payload_room(whole) > payload_room(order->payload_length)) {
        order->payload = memory_resize(order->payload, payload_room(whole), 1);
    }
    memcpy(order->payload + order->payload_length, line, (size_t)length + 1);
    order->payload_length = whole;
    return true;
}

static bool read_number(const char **text, char before, uint32_t *number)
{
    if (**text != before || (*text)[1] < '0' || (*text)[1] > '9') {
        return false;
    }
    char *end;
    unsigned long value = strtoul(*text + 1, &end, 10);
    *text = end;
    *number = (uint32_t)value;
    return value <= UINT32_MAX;
}

static bool read_form(const char **text, struct tile_form *form)
{
    uint32_t format;
    uint32_t pixel_ratio;
    uint32_t size_px;
    if (!read_number(text, '/', &format) || !read_number(text, '/', &pixel_ratio) ||
        !read_number(text, '/', &size_px) || pixel_ratio > UINT8_MAX || size_px > UINT16_MAX) {
        return false;
    }
    *form = (struct tile_form){(enum tile_format)format, (uint8_t)pixel_ratio, (uint16_t)size_px};
    return tile_form_is_valid(*form);
}

static bool read_line(const char **text, struct order_stale_tile *tile)
{
    size_t length = strcspn(*text, "/\n");
    if (length == 0 || length >= sizeof(tile->tile_matrix_set)) {
        return false;
    }
    memcpy(tile->tile_matrix_set, *text, length);
    tile->tile_matrix_set[length] = '\0';
    *text += length;
    bool is_whole =
        read_number(text, '/', &tile->address.zoom) && read_number(text, '/', &tile->address.column) &&
        read_number(text, '/', &tile->address.row) && read_form(text, &tile->form) && **text == '\n';
    *text += is_whole;
    return is_whole;
}

static size_t count_lines(const struct order *order)
{
    size_t count = 0;
    for (size_t i = 0; i < order->payload_length; i++) {
        count += order->payload[i] == '\n';
    }
    return count;
}

struct order_stale_tile *order_stale_tiles(const struct order *order, size_t *count, struct fault *fault)
{
    size_t lines = count_lines(order);
    struct order_stale_tile *tiles = memory_try_new(lines, sizeof(*tiles));
    if (!tiles) {
        fault_set(fault, FAULT_MEMORY, "no memory for a list of %zu tiles", lines);
        return NULL;
    }
    const char *text = order->payload;
    for (*count = 0; *count < lines; (*count)++) {
        if (!read_line(&text, &tiles[*count])) {
            fault_set(fault, FAULT_INPUT, "line %zu of the list of tiles is not right", *count + 1);
            free(tiles);
            return NULL;
        }
    }
    return tiles;
}

char *order_key(const struct order *order)
{
    struct buffer text;
    buffer_init(&text, KEY_MOST_BYTES + order->payload_length);
    order_write(order, &text);
    buffer_append(&text, order->payload, order->payload_length);
    return buffer_take(&text, &(size_t){0});
}
