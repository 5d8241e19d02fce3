/*
 * map_style_look.c - fills, strokes, marks and ends as style layers, in the order in which a canvas paints
 * them: halos of all first.
 */
#include <math.h>
#include <stdio.h>

#include "geo/base/buffer.h"
#include "render/vector/glyph_range.h"
#include "render/symbol/look_image.h"
#include "render/vector/map_style_internal.h"

/* MapLibre's marks stand this far apart at least. */
#define LEAST_SPACING_PX 1.0

static void append_image(struct buffer *json, const char *key, const char *prefix, enum look_image part)
{
    struct buffer name;
    buffer_init(&name, 1024);
    buffer_appendf(&name, "%s/%s", prefix, look_image_name(part));
    buffer_appendf(json, "\"%s\":", key);
    buffer_append_json(json, name.bytes ? name.bytes : "");
    buffer_finish(&name);
}

static void write_fill(struct style_writer *writer, const struct style_look *look)
{
    const struct fill *fill = &look->look->fill;
    bool is_pattern = look_has_image(look->look, LOOK_IMAGE_FILL);
    if (fill->kind == FILL_NONE || (!is_pattern && fill->colour.alpha == 0)) {
        return;
    }
    style_begin(writer, &look->target, "fill", "fill");
    buffer_append_text(writer->json, ",\"paint\":{");
    if (is_pattern) {
        append_image(writer->json, "fill-pattern", look->image_prefix, LOOK_IMAGE_FILL);
        style_note(writer, "Hatches are enlarged between two zooms, as patterns of MapLibre are.");
    } else {
        buffer_append_text(writer->json, "\"fill-color\":");
        style_append_colour(writer->json, fill->colour);
    }
    buffer_append_text(writer->json, "}");
    style_end(writer);
}

static const char *cap_name(enum stroke_cap cap)
{
    return cap == STROKE_CAP_ROUND ? "round" : cap == STROKE_CAP_SQUARE ? "square" : "butt";
}

static const char *join_name(enum stroke_join join)
{
    return join == STROKE_JOIN_ROUND ? "round" : join == STROKE_JOIN_BEVEL ? "bevel" : "miter";
}

static void append_dashes(struct style_writer *writer, const struct stroke *stroke)
{
    buffer_append_text(writer->json, ",\"line-dasharray\":[");
    for (int i = 0; i < stroke->dash_count; i++) {
        buffer_appendf(writer->json, "%s%.4g", i ? "," : "", stroke->dash_px[i] / stroke->width_px);
    }
    buffer_append_text(writer->json, "]");
    style_note(writer,
               "Dashes begin anew at the edges of tiles, and not at the phase that the symbol set says.");
}

static void write_stroke(struct style_writer *writer, const struct style_look *look,
                         const struct stroke *stroke, const char *suffix)
{
    if (stroke->colour.alpha == 0 || !(stroke->width_px > 0)) {
        return;
    }
    style_begin(writer, &look->target, suffix, "line");
    buffer_appendf(writer->json, ",\"layout\":{\"line-cap\":\"%s\",\"line-join\":\"%s\"",
                   cap_name(stroke->cap), join_name(stroke->join));
    if (stroke->join == STROKE_JOIN_MITER) {
        buffer_appendf(writer->json, ",\"line-miter-limit\":%g", STROKE_MITER_LIMIT);
    }
    buffer_append_text(writer->json, "},\"paint\":{\"line-color\":");
    style_append_colour(writer->json, stroke->colour);
    buffer_appendf(writer->json, ",\"line-width\":%.4g", stroke->width_px);
    if (stroke->offset_px != 0) {
        buffer_appendf(writer->json, ",\"line-offset\":%.4g", stroke->offset_px);
    }
    if (stroke->dash_count > 0) {
        append_dashes(writer, stroke);
    }
    buffer_append_text(writer->json, "}");
    style_end(writer);
}

static void write_strokes(struct style_writer *writer, const struct style_look *look)
{
    const struct line_look *line = &look->look->outline;
    char suffix[32];
    for (int i = 0; i < line->stroke_count && line->halo.alpha > 0; i++) {
        if (!stroke_is_covered(line, i)) {
            struct stroke casing = stroke_casing(&line->strokes[i], line->halo, line->halo_px);
            snprintf(suffix, sizeof(suffix), "halo%d", i);
            write_stroke(writer, look, &casing, suffix);
        }
    }
    for (int i = 0; i < line->stroke_count; i++) {
        snprintf(suffix, sizeof(suffix), "stroke%d", i);
        write_stroke(writer, look, &line->strokes[i], suffix);
    }
}

static void write_marks(struct style_writer *writer, const struct style_look *look,
                        const struct line_marks *marks, enum look_image part)
{
    if (!look_has_image(look->look, part)) {
        return;
    }
    bool is_upright = marks->orient == MARK_UPRIGHT;
    style_begin(writer, &look->target, look_image_name(part), "symbol");
    buffer_append_text(writer->json, ",\"layout\":{\"symbol-placement\":\"line\",");
    append_image(writer->json, "icon-image", look->image_prefix, part);
    buffer_appendf(writer->json,
                   ",\"symbol-spacing\":%.4g,\"icon-allow-overlap\":true,\"icon-ignore-placement\":true,"
                   "\"icon-padding\":0,\"icon-rotation-alignment\":\"%s\",\"icon-keep-upright\":%s}",
                   fmax(marks->spacing_px, LEAST_SPACING_PX), is_upright ? "viewport" : "map",
                   marks->mark == LINE_MARK_GLYPH ? "true" : "false");
    style_end(writer);
    style_note(writer,
               "Marks along lines are spread by the client from where a line enters a tile, not evenly "
               "from its start to its end.");
}

static void write_end(struct style_writer *writer, const struct style_look *look, enum look_image part)
{
    const struct style_target *target = &look->ends[part == LOOK_IMAGE_END];
    if (!look_has_image(look->look, part) || !target->filter) {
        return;
    }
    style_begin(writer, target, look_image_name(part), "symbol");
    buffer_append_text(writer->json, ",\"layout\":{");
    append_image(writer->json, "icon-image", look->image_prefix, part);
    buffer_append_text(writer->json,
                       ",\"icon-rotate\":[\"coalesce\",[\"get\",\"turn\"],[\"get\",\"_turn\"],0],"
                       "\"icon-rotation-alignment\":\"map\",\"icon-allow-overlap\":true,"
                       "\"icon-ignore-placement\":true,\"icon-padding\":0}");
    style_end(writer);
    style_note(writer,
               "Lines do not end before the tip of their arrow, and lines shorter than an arrow have none.");
}

void style_write_look(struct style_writer *writer, const struct style_look *look)
{
    write_fill(writer, look);
    write_strokes(writer, look);
    write_marks(writer, look, &look->look->outline.marks, LOOK_IMAGE_MARKS);
    write_end(writer, look, LOOK_IMAGE_START);
    write_end(writer, look, LOOK_IMAGE_END);
    write_marks(writer, look, &look->look->outline.signs, LOOK_IMAGE_SIGNS);
}

void style_append_font(struct buffer *json, const struct text_look *look)
{
    buffer_appendf(json, "\"text-font\":[\"%s\"],\"text-size\":%.4g", glyph_range_stack(look), look->size_px);
}

void style_append_ink(struct buffer *json, const struct text_look *look)
{
    buffer_append_text(json, "\"text-color\":");
    style_append_colour(json, look->colour);
    if (look->halo.alpha > 0 && look->halo_px > 0) {
        buffer_append_text(json, ",\"text-halo-color\":");
        style_append_colour(json, look->halo);
        buffer_appendf(json, ",\"text-halo-width\":%.4g", look->halo_px);
    }
}
