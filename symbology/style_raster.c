/*
 * style_raster.c - how the values of a raster are coloured: a ramp or classes, read and asked.
 */
#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/look_reader.h"
#include "symbology/style_internal.h"
#include "symbology/text_reader.h"

#define MOST_STOPS 256

static const struct colour no_colour = {0, 0, 0, 0};

/* Reads [value, colour]; false (and a problem) when it is anything else. */
static bool read_stop(const struct yaml_node *node, struct style_stop *stop, struct problems *problems)
{
    bool is_stop = yaml_kind(node) == YAML_SEQUENCE && yaml_count(node) == 2 &&
                   yaml_kind(yaml_at(node, 0)) == YAML_SCALAR &&
                   number_parse(yaml_text(yaml_at(node, 0)), &stop->value);
    if (!is_stop) {
        yaml_problem(node, problems, "must be a value and a colour, as in [2.5, \"#0B6FB8\"]");
        return false;
    }
    stop->colour = look_read_colour_text(yaml_at(node, 1), no_colour, problems);
    return true;
}

/* A list of 1 to MOST_STOPS items; NULL when it is absent or (with a problem) anything else. */
static const struct yaml_node *read_list(const struct yaml_node *mapping, const char *key,
                                         struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, key, problems);
    if (list && (yaml_count(list) == 0 || yaml_count(list) > MOST_STOPS)) {
        yaml_problem(list, problems, "must have 1 to %d items", MOST_STOPS);
        return NULL;
    }
    return list;
}

static void read_ramp(const struct yaml_node *mapping, struct style *style, struct problems *problems)
{
    const struct yaml_node *list = read_list(mapping, "ramp", problems);
    if (!list) {
        return;
    }
    style->ramp = memory_new(yaml_count(list), sizeof *style->ramp);
    for (size_t i = 0; i < yaml_count(list); i++) {
        struct style_stop *stop = &style->ramp[style->ramp_count];
        if (!read_stop(yaml_at(list, i), stop, problems)) {
            continue;
        }
        if (style->ramp_count > 0 && stop->value <= stop[-1].value) {
            yaml_problem(yaml_at(list, i), problems, "must have a higher value than the stop before it");
            continue;
        }
        style->ramp_count++;
    }
}

/* {value: 11} or {min: 20, below: 30}, either of which may be missing. */
static void read_values(const struct yaml_node *mapping, struct style_class *class, struct problems *problems)
{
    bool has_value = yaml_find(mapping, "value");
    bool has_bounds = yaml_find(mapping, "min") || yaml_find(mapping, "below");
    if (has_value == has_bounds) {
        yaml_problem(mapping, problems, "must have either a value, or min and below, or one of these two");
    }
    if (has_value) {
        class->min = class->below = yaml_read_number(mapping, "value", -1e15, 1e15, 0, problems);
        return;
    }
    class->min = yaml_read_number(mapping, "min", -1e15, 1e15, -INFINITY, problems);
    class->below = yaml_read_number(mapping, "below", -1e15, 1e15, INFINITY, problems);
    if (class->min >= class->below) {
        yaml_problem(mapping, problems, "never holds: no number lies between %g and %g", class->min,
                     class->below);
    }
}

static void read_classes(const struct yaml_node *mapping, struct style *style, struct problems *problems)
{
    static const char *const known[] = {"value", "min", "below", "colour", "title", NULL};
    const struct yaml_node *list = read_list(mapping, "classes", problems);
    if (!list) {
        return;
    }
    if (yaml_find(mapping, "ramp")) {
        yaml_problem(list, problems, "must not stand beside a ramp");
    }
    style->classes = memory_new(yaml_count(list), sizeof *style->classes);
    for (size_t i = 0; i < yaml_count(list); i++) {
        const struct yaml_node *item = yaml_at(list, i);
        if (yaml_kind(item) != YAML_MAPPING) {
            yaml_problem(item, problems, "must be a class, as in {value: 11, colour: \"#E6004D\"}");
            continue;
        }
        yaml_check_keys(item, known, problems);
        struct style_class *class = &style->classes[style->class_count++];
        read_values(item, class, problems);
        yaml_read_text(item, "colour", NULL, problems);
        class->colour = look_read_colour(item, "colour", no_colour, problems);
        text_read_multilingual(item, "title", false, &class->title, problems);
    }
}

void style_read_raster(struct style_reading *reading, const struct yaml_node *style_mapping)
{
    static const char *const known[] = {"opacity", "unit", "ramp", "classes", "hillshade", NULL};
    struct problems *problems = reading->problems;
    struct style *style = reading->style;
    const struct yaml_node *mapping = yaml_read_mapping(style_mapping, "raster", problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, known, problems);
    style->opacity = yaml_read_number(mapping, "opacity", 0, 1, 1, problems);
    style->unit = text_read_plain(mapping, "unit", problems);
    style->is_hillshade = yaml_read_bool(mapping, "hillshade", false, problems);
    read_ramp(mapping, style, problems);
    read_classes(mapping, style, problems);
}

static uint8_t mix(uint8_t from, uint8_t to, double share)
{
    return (uint8_t)lround(from + (to - from) * share);
}

struct colour style_ramp_colour(const struct style *style, double value)
{
    const struct style_stop *ramp = style->ramp;
    size_t count = style->ramp_count;
    if (count == 0 || isnan(value)) {
        return no_colour;
    }
    if (value <= ramp[0].value || value >= ramp[count - 1].value) {
        return value <= ramp[0].value ? ramp[0].colour : ramp[count - 1].colour;
    }
    size_t low = 0;
    size_t high = count - 1;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (ramp[middle].value <= value) {
            low = middle;
        } else {
            high = middle;
        }
    }
    double share = (value - ramp[low].value) / (ramp[high].value - ramp[low].value);
    struct colour a = ramp[low].colour;
    struct colour b = ramp[high].colour;
    return (struct colour){mix(a.red, b.red, share), mix(a.green, b.green, share), mix(a.blue, b.blue, share),
                           mix(a.alpha, b.alpha, share)};
}

struct colour style_value_colour(const struct style *style, double value)
{
    if (style->class_count == 0) {
        return style_ramp_colour(style, value);
    }
    for (size_t i = 0; i < style->class_count; i++) {
        const struct style_class *class = &style->classes[i];
        /* The cells of a raster are floats: 0.1 is what a float makes of it. */
        bool is_value = class->min == class->below && (float)value == (float)class->min;
        if (is_value || (class->min <= value && value < class->below)) {
            return class->colour;
        }
    }
    return no_colour;
}
