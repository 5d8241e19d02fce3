/*
 * geojson_write.c - features as GeoJSON text, the same bytes for the same features.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/geojson.h"
#include "geo/base/buffer.h"
#include "geo/base/moment.h"
#include "geo/shape.h"

/* 8 decimals of a degree are 1 mm; final zeros say nothing. */
static void write_degrees(struct buffer *buffer, double degrees)
{
    char text[32];
    int length = snprintf(text, sizeof text, "%.8f", degrees);
    while (text[length - 1] == '0') {
        length--;
    }
    length -= text[length - 1] == '.';
    bool is_minus_zero = length == 2 && memcmp(text, "-0", 2) == 0;
    buffer_append(buffer, text + is_minus_zero, (size_t)(length - is_minus_zero));
}

static void write_position(struct buffer *buffer, struct point point)
{
    buffer_append_text(buffer, "[");
    write_degrees(buffer, point.x);
    buffer_append_text(buffer, ",");
    write_degrees(buffer, point.y);
    buffer_append_text(buffer, "]");
}

static void write_part(struct buffer *buffer, const struct shape *shape, const struct shape_part *part)
{
    if (shape->kind == SHAPE_POINT) {
        write_position(buffer, shape->points[part->first]);
        return;
    }
    for (uint32_t i = 0; i < part->count; i++) {
        buffer_append_text(buffer, i == 0 ? "[" : ",");
        write_position(buffer, shape->points[part->first + i]);
    }
    buffer_append_text(buffer, "]");
}

/* The rings of a polygon stand in one more pair of brackets. */
static void write_polygons(struct buffer *buffer, const struct shape *shape)
{
    for (size_t i = 0; i < shape->part_count; i++) {
        bool is_first_ring = i == 0 || !shape->parts[i].is_hole;
        if (i > 0) {
            buffer_append_text(buffer, is_first_ring ? "]," : ",");
        }
        if (is_first_ring) {
            buffer_append_text(buffer, "[");
        }
        write_part(buffer, shape, &shape->parts[i]);
    }
    buffer_append_text(buffer, "]");
}

static void write_parts(struct buffer *buffer, const struct shape *shape)
{
    if (shape->kind == SHAPE_POLYGON) {
        write_polygons(buffer, shape);
        return;
    }
    for (size_t i = 0; i < shape->part_count; i++) {
        buffer_append_text(buffer, i == 0 ? "" : ",");
        write_part(buffer, shape, &shape->parts[i]);
    }
}

static bool shape_has_members(const struct shape *shape)
{
    size_t members = 0;
    for (size_t i = 0; i < shape->part_count; i++) {
        members += !shape->parts[i].is_hole;
    }
    return shape->is_multi || members > 1;
}

static void write_shape(struct buffer *buffer, const struct shape *shape)
{
    static const char *const names[] = {"Point", "LineString", "Polygon"};
    bool is_multi = shape_has_members(shape);
    buffer_appendf(buffer, "{\"type\":\"%s%s\",\"coordinates\":", is_multi ? "Multi" : "",
                   names[shape->kind]);
    buffer_append_text(buffer, is_multi ? "[" : "");
    write_parts(buffer, shape);
    buffer_append_text(buffer, is_multi ? "]}" : "}");
}

/* A template is written as it is read: its source as the geometry, its numbers as a property. */
static void write_geometry(struct buffer *buffer, const struct feature *feature)
{
    const struct area_template *area_template = feature->area_template;
    if (!area_template) {
        write_shape(buffer, feature->shape);
        return;
    }
    bool is_line = area_template_form(area_template->kind)->is_along_a_line;
    struct shape *source = shape_new(is_line ? SHAPE_LINE : SHAPE_POINT);
    shape_add_part(source, area_template->points, area_template->point_count, false);
    write_shape(buffer, source);
    shape_free(source);
}

static void write_text(struct buffer *buffer, const char *key, const char *text)
{
    if (text && *text) {
        buffer_appendf(buffer, ",\"%s\":", key);
        buffer_append_json(buffer, text);
    }
}

static void write_moment(struct buffer *buffer, const char *key, int64_t moment_ms)
{
    if (moment_ms != MOMENT_NONE && moment_ms != MOMENT_FOREVER) {
        char text[32];
        write_text(buffer, key, moment_format(moment_ms, text));
    }
}

static void write_symbol(struct buffer *buffer, const struct symbol_code *code)
{
    char *symbol = symbol_code_format(code, false);
    buffer_append_text(buffer, "\"symbol\":");
    buffer_append_json(buffer, symbol);
    free(symbol);
}

static void write_texts(struct buffer *buffer, const struct symbol_code *code)
{
    bool is_first = true;
    for (enum text_slot slot = 0; slot < SLOT_COUNT; slot++) {
        if (code->texts[slot]) {
            buffer_appendf(buffer, "%s\"%s\":", is_first ? ",\"texts\":{" : ",", text_slot_key(slot));
            buffer_append_json(buffer, code->texts[slot]);
            is_first = false;
        }
    }
    buffer_append_text(buffer, is_first ? "" : "}");
}

static void write_template(struct buffer *buffer, const struct area_template *area_template)
{
    if (!area_template) {
        return;
    }
    const struct area_template_form *form = area_template_form(area_template->kind);
    buffer_appendf(buffer, ",\"template\":{\"type\":\"%s\"", form->name);
    for (int i = 0; i < area_template->number_count; i++) {
        if (!form->is_list || i == 0) {
            buffer_appendf(buffer, ",\"%s\":%s", form->numbers[i].key, form->is_list ? "[" : "");
        } else {
            buffer_append_text(buffer, ",");
        }
        buffer_appendf(buffer, "%.12g", area_template->numbers[i]);
    }
    buffer_append_text(buffer, form->is_list ? "]}" : "}");
}

void geojson_write_feature(const struct feature *feature, struct buffer *buffer)
{
    buffer_append_text(buffer, "{\"type\":\"Feature\",\"id\":");
    buffer_append_json(buffer, feature->id);
    buffer_append_text(buffer, ",\"geometry\":");
    write_geometry(buffer, feature);
    buffer_append_text(buffer, ",\"properties\":{");
    write_symbol(buffer, &feature->code);
    write_texts(buffer, &feature->code);
    write_text(buffer, "owner", feature->owner);
    write_text(buffer, "source", feature->source);
    write_moment(buffer, "validFrom", feature->valid_from_ms);
    write_moment(buffer, "validTo", feature->valid_to_ms);
    write_template(buffer, feature->area_template);
    if (feature->revision > 0) {
        buffer_appendf(buffer, ",\"revision\":%" PRIu64, feature->revision);
    }
    write_moment(buffer, "recorded", feature->recorded_ms);
    buffer_append_text(buffer, "}}");
}

void geojson_write_collection(const struct feature *const *features, size_t count, struct buffer *buffer)
{
    buffer_append_text(buffer, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(buffer, i == 0 ? "\n" : ",\n");
        geojson_write_feature(features[i], buffer);
    }
    buffer_append_text(buffer, "\n]}\n");
}
