/*
 * map_style.c - the document around the style layers: items of the map bottom first, symbols and labels of
 * plots on top of all. MapLibre places the uppermost first, so that labels of layers give way to plots.
 */
#include "render/vector/map_style.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "data/marking.h"
#include "data/plot.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/table.h"
#include "geo/scale.h"
#include "render/vector/map_looks.h"
#include "render/vector/map_style_internal.h"
#include "render/map_view.h"
#include "render/vector/vector_tile.h"

#define NOTE_BYTES 400
#define MOST_ZOOM 22        /* of MapLibre's own maps */
#define FIRST_WIDTH_PX 1024 /* of a window that shows the map's extent */

uint32_t map_style_max_zoom(const struct tile_matrix_set *set)
{
    size_t most = set->matrix_count > 1 ? set->matrix_count - 2 : 0;
    return most < MOST_ZOOM ? (uint32_t)most : MOST_ZOOM;
}

double style_denominator(const struct style_writer *writer, uint32_t zoom)
{
    struct pixel_grid grid = vector_tile_grid(writer->set, zoom);
    return pixel_grid_scale_denominator(&grid);
}

struct style_zooms style_all_zooms(const struct style_writer *writer)
{
    return (struct style_zooms){0, map_style_max_zoom(writer->set) + 1};
}

void style_note(struct style_writer *writer, const char *format, ...)
{
    char note[NOTE_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(note, sizeof(note), format, arguments);
    va_end(arguments);
    table_put(writer->notes, note, writer);
}

void style_append_colour(struct buffer *json, struct colour colour)
{
    buffer_appendf(json, "\"rgba(%d,%d,%d,%.3g)\"", colour.red, colour.green, colour.blue,
                   colour.alpha / 255.0);
}

static void append_text(struct buffer *json, const char *name, const char *text)
{
    buffer_appendf(json, "\"%s\":", name);
    buffer_append_json(json, text);
}

void style_begin(struct style_writer *writer, const struct style_target *target, const char *suffix,
                 const char *type)
{
    struct buffer id;
    struct buffer *json = writer->json;
    buffer_init(&id, 1024);
    buffer_appendf(&id, "%s/%s", target->id, suffix);
    buffer_append_text(json, writer->layer_count++ ? ",\n{" : "\n{");
    append_text(json, "id", id.bytes);
    buffer_appendf(json, ",\"type\":\"%s\",\"source\":\"map\",", type);
    append_text(json, "source-layer", target->source_layer);
    if (target->zooms.first > 0) {
        buffer_appendf(json, ",\"minzoom\":%u", (unsigned)target->zooms.first);
    }
    if (target->zooms.end <= map_style_max_zoom(writer->set)) {
        buffer_appendf(json, ",\"maxzoom\":%u", (unsigned)target->zooms.end);
    }
    buffer_appendf(json, ",\"filter\":%s", target->filter);
    buffer_finish(&id);
}

void style_end(struct style_writer *writer)
{
    buffer_append_text(writer->json, "}");
}

static void write_source(struct style_writer *writer, const struct map_style_wish *wish)
{
    const struct map *map = writer->view->map;
    char *credits = map_credits(map);
    struct buffer text;
    char moment[32];
    buffer_init(&text, 16384);
    buffer_appendf(&text, "%s/xyz/%s/%s/{z}/{x}/{y}.mvt", wish->base_url, map->id, writer->set->id);
    if (wish->as_of_ms != MOMENT_NONE) {
        buffer_appendf(&text, "?as-of=%s", moment_format(wish->as_of_ms, moment));
    }
    buffer_append_text(writer->json, "\"sources\":{\"map\":{\"type\":\"vector\",\"tiles\":[");
    buffer_append_json(writer->json, text.bytes ? text.bytes : "");
    buffer_appendf(writer->json, "],\"minzoom\":0,\"maxzoom\":%u,",
                   (unsigned)map_style_max_zoom(writer->set));
    append_text(writer->json, "attribution", credits);
    buffer_append_text(writer->json, "}}");
    buffer_finish(&text);
    free(credits);
}

static void write_addresses(struct style_writer *writer, const struct map_style_wish *wish)
{
    struct buffer text;
    buffer_init(&text, 2048);
    buffer_appendf(&text, "%s/maps/%s/sprite?v=%s", wish->base_url, writer->view->map->id,
                   wish->sprite_version);
    if (wish->has_palette) {
        buffer_appendf(&text, "&palette=%s", palette_name(writer->view->palette));
    }
    append_text(writer->json, "sprite", text.bytes ? text.bytes : "");
    text.length = 0;
    buffer_appendf(&text, "%s/fonts/{fontstack}/{range}.pbf", wish->base_url);
    buffer_append_text(writer->json, ",");
    append_text(writer->json, "glyphs", text.bytes ? text.bytes : "");
    buffer_finish(&text);
}

static void write_background(struct style_writer *writer)
{
    buffer_append_text(writer->json,
                       "\n{\"id\":\"background\",\"type\":\"background\",\"paint\":{\"background-color\":");
    style_append_colour(writer->json, writer->view->map->background);
    buffer_append_text(writer->json, "}}");
    writer->layer_count++;
}

static void write_item(struct style_writer *writer, const struct layer *layer)
{
    if (layer->kind == LAYER_VECTOR) {
        style_write_layer(writer, layer);
    } else {
        style_note(writer, "Layer '%s' is a raster: it is not in vector tiles.", layer->id);
    }
}

static void write_layers(struct style_writer *writer)
{
    const struct map_view *view = writer->view;
    struct map_looks *looks = memory_new(view->plot_count + 1, sizeof(*looks));
    for (size_t i = 0; i < view->plot_count; i++) {
        map_looks_init(&looks[i], view->symbols, view->plots[i]);
    }
    write_background(writer);
    size_t plot = 0;
    for (size_t i = 0; i < view->map->item_count; i++) {
        if (view->map->items[i].layer) {
            write_item(writer, view->map->items[i].layer);
        } else {
            style_write_plot_shapes(writer, view->map->items[i].plot, &looks[plot]);
            plot++;
        }
    }
    for (size_t i = 0; i < view->plot_count; i++) {
        style_write_plot_symbols(writer, plot_title(view->plots[i])->name, &looks[i]);
        map_looks_finish(&looks[i]);
    }
    free(looks);
}

/* Badges are decided for all symbols of a district together; a vector tile has the features themselves. */
static void note_crowds(struct style_writer *writer)
{
    if (writer->view->map->crowded == MAP_CROWDED_COUNT) {
        style_note(writer,
                   "Badges that count crowded symbols (crowded: count) are in picture tiles only: here "
                   "each symbol is drawn, over or under others, and no number says how many there are.");
    }
}

static bool append_note(const char *note, void *value, void *context)
{
    struct buffer *json = context;
    bool is_first = json->bytes[json->length - 1] == '[';
    buffer_append_text(json, is_first ? "" : ",");
    buffer_append_json(json, note);
    return true;
}

static void write_metadata(struct style_writer *writer)
{
    const struct map_view *view = writer->view;
    struct buffer *json = writer->json;
    char moment[32];
    buffer_append_text(json, "\"metadata\":{");
    append_text(json, "plottafel:marking", marking_text(map_marking(view->map)));
    buffer_append_text(json, ",");
    append_text(json, "plottafel:moment", moment_format(view->moment_ms, moment));
    buffer_append_text(json, ",");
    append_text(json, "plottafel:crowded", map_crowded_name(view->map->crowded));
    buffer_append_text(json, ",\"plottafel:revisions\":[");
    for (size_t i = 0; i < view->plot_count; i++) {
        buffer_appendf(json, "%s%llu", i ? "," : "", (unsigned long long)plot_revision(view->plots[i]));
    }
    buffer_append_text(json, "],\"plottafel:notes\":[");
    table_visit(writer->notes, append_note, json);
    buffer_append_text(json, "]}");
}

/* Where a window of FIRST_WIDTH_PX shows the map's extent. */
static void write_first_view(struct style_writer *writer)
{
    struct bbox extent = writer->view->map->extent_deg;
    struct point centre = bbox_centre(extent);
    double width_deg = fmax(bbox_width(extent), 1e-4);
    double zoom = log2(360.0 / width_deg * FIRST_WIDTH_PX / 512);
    buffer_appendf(writer->json, "\"center\":[%.6f,%.6f],\"zoom\":%.2f", centre.x, centre.y,
                   fmin(fmax(zoom, 0), MOST_ZOOM));
}

void map_style_write(struct renderer *renderer, const struct map_view *view,
                     const struct tile_matrix_set *set, const struct map_style_wish *wish,
                     struct buffer *json)
{
    struct style_writer writer = {
        .json = json, .renderer = renderer, .view = view, .set = set, .notes = table_new(NULL)};
    buffer_append_text(json, "{\"version\":8,");
    append_text(json, "name", multilingual_text(&view->map->title, view->language));
    buffer_append_text(json, ",");
    write_first_view(&writer);
    buffer_append_text(json, ",");
    write_addresses(&writer, wish);
    buffer_append_text(json, ",");
    write_source(&writer, wish);
    buffer_append_text(json, ",\"layers\":[");
    write_layers(&writer);
    note_crowds(&writer);
    buffer_append_text(json, "],\n");
    write_metadata(&writer);
    buffer_append_text(json, "}\n");
    table_free(writer.notes);
}
