/*
 * map_style_plot.c - one set of style layers for each look of lines and areas in use, one for all others;
 * then symbols and labels. Symbols lie on top and so are placed first: no label covers one.
 */
#include <stdio.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/buffer.h"
#include "render/vector/glyph_range.h"
#include "render/vector/map_looks.h"
#include "render/vector/map_style_internal.h"
#include "render/map_view.h"
#include "render/scene/scene.h"
#include "symbology/line_text_look.h"
#include "symbology/symbol.h"
#include "symbology/symbol_set.h"

#define NAME_BYTES 96
#define ID_BYTES 256
#define ONCE_SPACING_PX 500 /* once a line cannot be said of one that is cut by tiles */

/* A plot's name with the end of one of its layers. */
struct layer_names {
    char areas[NAME_BYTES];
    char lines[NAME_BYTES];
    char points[NAME_BYTES];
};

static struct layer_names names_of(const char *plot)
{
    struct layer_names names;
    snprintf(names.areas, sizeof(names.areas), "%s.areas", plot);
    snprintf(names.lines, sizeof(names.lines), "%s.lines", plot);
    snprintf(names.points, sizeof(names.points), "%s.points", plot);
    return names;
}

/* ["==",["get","look"],"…"], and the role in front of it when there is one. */
static void write_filter(char filter[static STYLE_FILTER_BYTES], const char *role, const char *look)
{
    if (role) {
        snprintf(filter, STYLE_FILTER_BYTES,
                 "[\"all\",[\"==\",[\"get\",\"role\"],\"%s\"],[\"==\",[\"get\",\"look\"],\"%s\"]]", role,
                 look);
    } else {
        snprintf(filter, STYLE_FILTER_BYTES, "[\"==\",[\"get\",\"look\"],\"%s\"]", look);
    }
}

/* Above the line for LEFT, below it for RIGHT, whichever way the text turns. */
static double text_offset_em(const struct line_text *text, const struct text_look *look)
{
    double away = (text->gap_px + look->size_px * 0.6) / look->size_px;
    return text->side == LINE_SIDE_LEFT ? -away : text->side == LINE_SIDE_RIGHT ? away : 0;
}

static void write_text_along(struct style_writer *writer, const struct style_target *target,
                             const struct plot_look *shape)
{
    const struct symbol_entry *entry = shape->entry;
    const struct line_text *text = &entry->text;
    struct text_look look = line_text_look(entry, &shape->feature->code, writer->view->palette, 1.0);
    struct buffer *json = writer->json;
    style_begin(writer, target, "text", "symbol");
    buffer_append_text(json, ",\"layout\":{\"symbol-placement\":\"line\",\"text-field\":");
    if (text->source == LINE_TEXT_NAME) {
        buffer_append_text(json, "[\"get\",\"label\"]");
    } else {
        buffer_append_json(json, entry->letters);
    }
    buffer_append_text(json, ",");
    style_append_font(json, &look);
    buffer_appendf(
        json, ",\"symbol-spacing\":%.4g,\"text-offset\":[0,%.4g],\"text-max-angle\":35,\"text-padding\":1},",
        text->spacing_px > 0 ? text->spacing_px : ONCE_SPACING_PX, text_offset_em(text, &look));
    buffer_append_text(json, "\"paint\":{");
    style_append_ink(json, &look);
    buffer_append_text(json, "}");
    style_end(writer);
    style_note(writer,
               "A name along a line that finds no stretch with room is left out, and one beside a line "
               "stands above or below it as it is read, not to its left or right.");
}

static void write_shape(struct style_writer *writer, const struct layer_names *names,
                        const struct map_shape_look *shape)
{
    char id[ID_BYTES];
    char filter[STYLE_FILTER_BYTES];
    char starts[STYLE_FILTER_BYTES];
    char ends[STYLE_FILTER_BYTES];
    struct area_look look = map_shape_look_in(shape, writer->view->palette);
    const char *layer = shape->is_line ? names->lines : names->areas;
    snprintf(id, sizeof(id), "%s/%s", layer, shape->name);
    write_filter(filter, NULL, shape->name);
    write_filter(starts, "start", shape->name);
    write_filter(ends, "end", shape->name);
    struct style_zooms zooms = style_all_zooms(writer);
    struct style_look written = {
        .target = {id, layer, filter, zooms}, .image_prefix = shape->name, .look = &look};
    if (shape->is_line) {
        written.ends[0] = (struct style_target){id, names->points, starts, zooms};
        written.ends[1] = (struct style_target){id, names->points, ends, zooms};
    }
    style_write_look(writer, &written);
}

/* Above all lines and areas, and placed before labels of layers. */
static void write_texts_along(struct style_writer *writer, const struct layer_names *names,
                              const struct map_looks *looks)
{
    char id[ID_BYTES];
    char filter[STYLE_FILTER_BYTES];
    for (size_t i = 0; i < looks->shape_count; i++) {
        const struct map_shape_look *shape = &looks->shapes[i];
        const char *layer = shape->is_line ? names->lines : names->areas;
        bool is_known = strcmp(shape->name, PLOT_LOOK_UNKNOWN) != 0;
        if (is_known && shape->look.entry->text.source != LINE_TEXT_NONE) {
            snprintf(id, sizeof(id), "%s/%s", layer, shape->name);
            write_filter(filter, NULL, shape->name);
            struct style_target target = {id, layer, filter, style_all_zooms(writer)};
            write_text_along(writer, &target, &shape->look);
        }
    }
}

/* What has come since, as what no symbol set knows. */
static void write_others(struct style_writer *writer, const char *layer, bool is_line,
                         const struct map_looks *looks)
{
    struct buffer filter;
    struct scene_feature nobody = {.entry = NULL};
    struct area_look look = {.outline = scene_line_look(&nobody, writer->view->palette)};
    size_t count = 0;
    buffer_init(&filter, 1u << 20);
    buffer_append_text(&filter, "[\"!\",[\"in\",[\"get\",\"look\"],[\"literal\",[");
    for (size_t i = 0; i < looks->shape_count; i++) {
        if (looks->shapes[i].is_line == is_line) {
            buffer_append_text(&filter, count++ ? "," : "");
            buffer_append_json(&filter, looks->shapes[i].name);
        }
    }
    buffer_append_text(&filter, "]]]]");
    char id[ID_BYTES];
    snprintf(id, sizeof(id), "%s/others", layer);
    struct style_look written = {
        .target = {id, layer, filter.bytes, style_all_zooms(writer)}, .image_prefix = "", .look = &look};
    style_write_look(writer, &written);
    buffer_finish(&filter);
}

void style_write_plot_shapes(struct style_writer *writer, const char *plot, const struct map_looks *looks)
{
    struct layer_names names = names_of(plot);
    write_others(writer, names.areas, false, looks);
    for (size_t i = 0; i < looks->shape_count; i++) {
        bool is_first_line = looks->shapes[i].is_line && (i == 0 || !looks->shapes[i - 1].is_line);
        if (is_first_line) {
            write_others(writer, names.lines, true, looks);
        }
        write_shape(writer, &names, &looks->shapes[i]);
    }
    if (looks->shape_count == 0 || !looks->shapes[looks->shape_count - 1].is_line) {
        write_others(writer, names.lines, true, looks);
    }
}

/* Face and size of labels by their lettering. */
static void append_lettering(struct style_writer *writer, const struct map_looks *looks,
                             const struct text_look *plain)
{
    struct buffer *json = writer->json;
    if (looks->lettering_count < 2) {
        style_append_font(json, plain);
        return;
    }
    char name[PLOT_LETTERING_BYTES];
    buffer_append_text(json, "\"text-font\":[\"match\",[\"get\",\"lettering\"]");
    for (size_t i = 1; i < looks->lettering_count; i++) {
        struct text_look look = plot_look_text(&looks->letterings[i], writer->view->palette);
        buffer_appendf(json, ",\"%s\",[\"literal\",[\"%s\"]]",
                       plot_look_lettering(&looks->letterings[i], name), glyph_range_stack(&look));
    }
    buffer_appendf(json, ",[\"literal\",[\"%s\"]]],\"text-size\":[\"match\",[\"get\",\"lettering\"]",
                   glyph_range_stack(plain));
    for (size_t i = 1; i < looks->lettering_count; i++) {
        struct text_look look = plot_look_text(&looks->letterings[i], writer->view->palette);
        buffer_appendf(json, ",\"%s\",%.4g", plot_look_lettering(&looks->letterings[i], name), look.size_px);
    }
    buffer_appendf(json, ",%.4g]", plain->size_px);
}

static void write_labels(struct style_writer *writer, const struct style_target *target, const char *suffix,
                         const struct map_looks *looks, bool is_beside)
{
    struct buffer *json = writer->json;
    struct text_look plain = plot_look_text(&looks->letterings[0], writer->view->palette);
    style_begin(writer, target, suffix, "symbol");
    buffer_append_text(json, ",\"layout\":{\"text-field\":[\"get\",\"label\"],");
    append_lettering(writer, looks, &plain);
    buffer_append_text(json, ",\"text-max-width\":24,\"text-padding\":1,"
                             "\"symbol-sort-key\":[\"get\",\"priority\"],\"text-justify\":\"auto\"");
    if (is_beside) {
        style_append_label_offset(writer, looks);
    } else {
        buffer_append_text(
            json, ",\"text-variable-anchor\":[\"center\",\"bottom\",\"top\"],\"text-radial-offset\":0.5");
    }
    buffer_append_text(json, "},\"paint\":{");
    style_append_ink(json, &plain);
    buffer_append_text(json, "}");
    style_end(writer);
}

void style_write_plot_symbols(struct style_writer *writer, const char *plot, const struct map_looks *looks)
{
    if (looks->lettering_count == 0) {
        return; /* an empty plot; who follows it fetches the style again */
    }
    struct layer_names names = names_of(plot);
    struct style_zooms zooms = style_all_zooms(writer);
    struct style_target places = {
        plot, names.points,
        "[\"all\",[\"has\",\"label\"],[\"in\",[\"get\",\"role\"],[\"literal\",[\"label\",\"part\"]]]]",
        zooms};
    struct style_target beside = {
        plot, names.points, "[\"all\",[\"has\",\"label\"],[\"==\",[\"get\",\"role\"],\"symbol\"]]", zooms};
    struct style_target symbols = {plot, names.points, "[\"==\",[\"get\",\"role\"],\"symbol\"]", zooms};
    write_texts_along(writer, &names, looks);
    write_labels(writer, &places, "names", looks, false);
    write_labels(writer, &beside, "labels", looks, true);
    style_begin(writer, &symbols, "symbols", "symbol");
    buffer_append_text(writer->json,
                       ",\"layout\":{\"icon-image\":[\"coalesce\",[\"image\",[\"get\",\"icon\"]],[\"image\","
                       "\"" PLOT_LOOK_UNKNOWN "\"]],\"icon-allow-overlap\":true,"
                       "\"icon-padding\":0,\"symbol-sort-key\":[\"-\",0,[\"get\",\"priority\"]]");
    style_append_icon_offset(writer, looks);
    buffer_append_text(writer->json, "}");
    style_end(writer);
    style_note(writer,
               "A symbol that is in use since the style was fetched is a box with a '?' until it is fetched "
               "again.");
    style_note(writer, "Symbols keep their size where they crowd: they overlap, the more important on top.");
    style_note(writer,
               "Labels are placed by the client; one that finds no place is left out and not reported.");
    style_note(writer, "Halos of labels are 1.4 px wide at most.");
}
