/*
 * geojson_read_template.c - the property "template": the numbers that an area is made from.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/geojson_read.h"
#include "geo/shape.h"
#include "symbology/area_template.h"

enum { FIELD_MOST_BYTES = 64 };

static double read_number(struct geojson_reading *reading, const json_t *object,
                          const struct area_template_number *number)
{
    const json_t *value = json_object_get(object, number->key);
    if (json_is_number(value)) {
        return json_number_value(value);
    }
    char field[FIELD_MOST_BYTES];
    snprintf(field, sizeof field, "properties.template.%s", number->key);
    if (value) {
        geojson_error(reading, field, "is not a number");
    } else if (isnan(number->absent)) {
        geojson_error(reading, field, "is missing");
    }
    return number->absent;
}

static void read_numbers(struct geojson_reading *reading, const json_t *object,
                         const struct area_template_form *form, struct area_template *area_template)
{
    for (int i = 0; i < form->number_count; i++) {
        area_template->numbers[i] = read_number(reading, object, &form->numbers[i]);
    }
    area_template->number_count = form->number_count;
}

static void read_list(struct geojson_reading *reading, const json_t *object, const char *key,
                      struct area_template *area_template)
{
    char field[FIELD_MOST_BYTES];
    snprintf(field, sizeof field, "properties.template.%s", key);
    const json_t *list = json_object_get(object, key);
    size_t count = json_array_size(list);
    if (count == 0 || count > TEMPLATE_NUMBER_MAX) {
        geojson_error(reading, field, "is not a list of 1 to %d lengths in metres", TEMPLATE_NUMBER_MAX);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *value = json_array_get(list, i);
        if (!json_is_number(value)) {
            geojson_error(reading, field, "number %zu is not a number", i + 1);
            return;
        }
        area_template->numbers[i] = json_number_value(value);
    }
    area_template->number_count = (int)count;
}

static void check_members(struct geojson_reading *reading, const json_t *object,
                          const struct area_template_form *form)
{
    const char *known[TEMPLATE_NUMBER_MAX + 2] = {"type"};
    for (int i = 0; i < form->number_count; i++) {
        known[i + 1] = form->numbers[i].key;
    }
    geojson_warn_unknown(reading, object, "properties.template.", known);
}

static void read_source(struct geojson_reading *reading, const struct shape *source,
                        const struct area_template_form *form, struct area_template *area_template)
{
    enum shape_kind kind = form->is_along_a_line ? SHAPE_LINE : SHAPE_POINT;
    if (source->kind != kind || source->part_count != 1) {
        geojson_error(reading, "geometry", "a template '%s' needs a %s", form->name,
                      form->is_along_a_line ? "LineString: what it goes along"
                                            : "Point: the source it spreads from");
        return;
    }
    area_template_set_points(area_template, source->points, source->point_count);
}

void geojson_read_template(struct geojson_reading *reading, const struct json_t *json,
                           const struct shape *source, struct area_template *area_template)
{
    const char *type = json_string_value(json_object_get(json, "type"));
    area_template->kind = area_template_kind_of(type ? type : "");
    if (area_template->kind == TEMPLATE_NONE) {
        geojson_error(reading, "properties.template.type", "is not plume, rings, corridor, box or grid");
        return;
    }
    const struct area_template_form *form = area_template_form(area_template->kind);
    check_members(reading, json, form);
    if (form->is_list) {
        read_list(reading, json, form->numbers[0].key, area_template);
    } else {
        read_numbers(reading, json, form, area_template);
    }
    if (source) {
        read_source(reading, source, form, area_template);
    }
}
