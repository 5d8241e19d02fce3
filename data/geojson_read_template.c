/*
 * geojson_read_template.c - the property "template": the numbers that a plume or rings are made from.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "data/geojson_read.h"
#include "geo/shape.h"
#include "symbology/area_template.h"

enum { FIELD_MOST_BYTES = 64 };

static const char *const plume_members[] = {"type", "bearing", "opening", "length", "sourceRadius", NULL};
static const char *const rings_members[] = {"type", "radii", NULL};

static double read_number(struct geojson_reading *reading, const json_t *object, const char *key,
                          double absent)
{
    const json_t *value = json_object_get(object, key);
    if (json_is_number(value)) {
        return json_number_value(value);
    }
    char field[FIELD_MOST_BYTES];
    snprintf(field, sizeof field, "properties.template.%s", key);
    if (value) {
        geojson_error(reading, field, "is not a number");
    } else if (isnan(absent)) {
        geojson_error(reading, field, "is missing");
    }
    return absent;
}

static void read_plume(struct geojson_reading *reading, const json_t *json, struct area_template *plume)
{
    geojson_warn_unknown(reading, json, "properties.template.", plume_members);
    plume->kind = TEMPLATE_PLUME;
    plume->bearing_deg = read_number(reading, json, "bearing", NAN);
    plume->opening_deg = read_number(reading, json, "opening", NAN);
    plume->length_m = read_number(reading, json, "length", NAN);
    plume->source_radius_m = read_number(reading, json, "sourceRadius", 0);
}

static void read_rings(struct geojson_reading *reading, const json_t *json, struct area_template *rings)
{
    geojson_warn_unknown(reading, json, "properties.template.", rings_members);
    rings->kind = TEMPLATE_RINGS;
    const json_t *radii = json_object_get(json, "radii");
    size_t count = json_array_size(radii);
    if (count == 0 || count > TEMPLATE_RING_MAX) {
        geojson_error(reading, "properties.template.radii", "is not a list of 1 to %d radii in metres",
                      TEMPLATE_RING_MAX);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        const json_t *radius = json_array_get(radii, i);
        if (!json_is_number(radius)) {
            geojson_error(reading, "properties.template.radii", "radius %zu is not a number", i + 1);
            return;
        }
        rings->radii_m[i] = json_number_value(radius);
    }
    rings->radius_count = (int)count;
}

void geojson_read_template(struct geojson_reading *reading, const struct json_t *json,
                           const struct shape *source, struct area_template *area_template)
{
    const char *type = json_string_value(json_object_get(json, "type"));
    if (type && strcmp(type, "plume") == 0) {
        read_plume(reading, json, area_template);
    } else if (type && strcmp(type, "rings") == 0) {
        read_rings(reading, json, area_template);
    } else {
        geojson_error(reading, "properties.template.type", "is neither \"plume\" nor \"rings\"");
    }
    if (source && (source->kind != SHAPE_POINT || source->point_count != 1)) {
        geojson_error(reading, "geometry", "a template needs a Point: the source it spreads from");
    } else if (source) {
        area_template->source = source->points[0];
    }
}
