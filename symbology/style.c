/*
 * style.c - reads a layer's style rule by rule and colours values by its ramp.
 */
#include "symbology/style.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/look_reader.h"
#include "symbology/text_reader.h"

#define MOST_RULES 64
#define MOST_STOPS 256
#define MOST_DENOMINATOR 1e10

/* Numbers of a sequence of exactly two into pair; false (and a problem) when it is anything else. */
static bool read_pair(const struct yaml_node *list, double pair[static 2], struct problems *problems)
{
    bool is_pair = yaml_count(list) == 2;
    for (size_t i = 0; is_pair && i < 2; i++) {
        const struct yaml_node *item = yaml_at(list, i);
        is_pair = yaml_kind(item) == YAML_SCALAR && number_parse(yaml_text(item), &pair[i]);
    }
    if (!is_pair) {
        yaml_problem(list, problems, "must be two numbers, as in [0, 500000]");
    }
    return is_pair;
}

static void read_scale(const struct yaml_node *mapping, struct style_rule *rule, struct problems *problems)
{
    rule->max_denominator = INFINITY;
    const struct yaml_node *list = yaml_read_sequence(mapping, "scale", problems);
    double pair[2];
    if (!list || !read_pair(list, pair, problems)) {
        return;
    }
    if (pair[0] < 0 || pair[1] <= pair[0] || pair[1] > MOST_DENOMINATOR) {
        yaml_problem(list, problems, "must be two growing scale denominators from 0 to 1e10");
        return;
    }
    rule->min_denominator = pair[0];
    rule->max_denominator = pair[1];
}

static void read_where(const struct yaml_node *rule_mapping, struct style_rule *rule,
                       struct problems *problems)
{
    const struct yaml_node *mapping = yaml_read_mapping(rule_mapping, "where", problems);
    size_t count = mapping ? yaml_count(mapping) : 0;
    if (count > STYLE_WHERE_MAX) {
        yaml_problem(mapping, problems, "names %zu attributes, more than %d", count, STYLE_WHERE_MAX);
        count = STYLE_WHERE_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *value = yaml_at(mapping, i);
        if (yaml_kind(value) != YAML_SCALAR) {
            yaml_problem(value, problems, "must be one text");
            continue;
        }
        rule->where[rule->where_count++] =
            (struct style_where){.attribute = memory_copy_text(yaml_key_at(mapping, i)),
                                 .value = memory_copy_text(yaml_text(value))};
    }
}

static void read_label(const struct yaml_node *rule_mapping, struct style_rule *rule,
                       struct problems *problems)
{
    static const char *const known[] = {"field",      "size", "colour", "halo",
                                        "halo_width", "bold", "italic", NULL};
    const struct colour ink = {0x33, 0x33, 0x33, 255};
    const struct colour white = {255, 255, 255, 255};
    const struct yaml_node *mapping = yaml_read_mapping(rule_mapping, "label", problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, known, problems);
    const char *field = yaml_read_text(mapping, "field", NULL, problems);
    rule->label_field = field[0] != '\0' ? memory_copy_text(field) : NULL;
    rule->label = (struct text_look){.size_px = yaml_read_number(mapping, "size", 4, 64, 11, problems),
                                     .colour = look_read_colour(mapping, "colour", ink, problems),
                                     .halo = look_read_colour(mapping, "halo", white, problems),
                                     .halo_px = yaml_read_number(mapping, "halo_width", 0, 8, 1.5, problems),
                                     .is_bold = yaml_read_bool(mapping, "bold", false, problems),
                                     .is_italic = yaml_read_bool(mapping, "italic", false, problems)};
}

static void read_rule(const struct yaml_node *mapping, struct style_rule *rule, struct problems *problems)
{
    static const char *const known[] = {"title", "scale", "where", "fill", "stroke", "label", "radius", NULL};
    if (yaml_kind(mapping) != YAML_MAPPING) {
        yaml_problem(mapping, problems, "must be a rule: title, scale, where, fill, stroke, label, radius");
        return;
    }
    yaml_check_keys(mapping, known, problems);
    text_read_multilingual(mapping, "title", false, &rule->title, problems);
    read_scale(mapping, rule, problems);
    read_where(mapping, rule, problems);
    rule->look.fill = look_read_fill(yaml_find(mapping, "fill"), problems);
    look_read_strokes(yaml_find(mapping, "stroke"), &rule->look.outline, problems);
    read_label(mapping, rule, problems);
    rule->point_radius_px = yaml_read_number(mapping, "radius", 0.1, 64, 3, problems);
}

static void read_rules(const struct yaml_node *mapping, struct style *style, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, "rules", problems);
    size_t count = list ? yaml_count(list) : 0;
    if (count > MOST_RULES) {
        yaml_problem(list, problems, "has %zu rules, more than %d", count, MOST_RULES);
        count = MOST_RULES;
    }
    style->rules = memory_new(count, sizeof *style->rules);
    style->rule_count = count;
    for (size_t i = 0; i < count; i++) {
        style->rules[i].max_denominator = INFINITY;
        read_rule(yaml_at(list, i), &style->rules[i], problems);
    }
}

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
    stop->colour = look_read_colour_text(yaml_at(node, 1), (struct colour){0, 0, 0, 0}, problems);
    return true;
}

static void read_ramp(const struct yaml_node *mapping, struct style *style, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, "ramp", problems);
    size_t count = list ? yaml_count(list) : 0;
    if (!list || count > MOST_STOPS || count == 0) {
        if (list) {
            yaml_problem(list, problems, "must have 1 to %d stops", MOST_STOPS);
        }
        return;
    }
    style->ramp = memory_new(count, sizeof *style->ramp);
    for (size_t i = 0; i < count; i++) {
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

static void read_raster(const struct yaml_node *style_mapping, struct style *style, struct problems *problems)
{
    static const char *const known[] = {"opacity", "unit", "ramp", "hillshade", NULL};
    const struct yaml_node *mapping = yaml_read_mapping(style_mapping, "raster", problems);
    if (!mapping) {
        return;
    }
    yaml_check_keys(mapping, known, problems);
    style->opacity = yaml_read_number(mapping, "opacity", 0, 1, 1, problems);
    style->unit = text_read_plain(mapping, "unit", problems);
    style->is_hillshade = yaml_read_bool(mapping, "hillshade", false, problems);
    read_ramp(mapping, style, problems);
}

struct style *style_read(const struct yaml_node *mapping, struct problems *problems)
{
    static const char *const known[] = {"rules", "raster", NULL};
    struct style *style = memory_new(1, sizeof *style);
    style->opacity = 1;
    if (!mapping || yaml_kind(mapping) != YAML_MAPPING) {
        if (mapping) {
            yaml_problem(mapping, problems, "must be a mapping with rules or raster");
        }
        return style;
    }
    yaml_check_keys(mapping, known, problems);
    read_rules(mapping, style, problems);
    read_raster(mapping, style, problems);
    return style;
}

void style_free(struct style *style)
{
    if (!style) {
        return;
    }
    for (size_t i = 0; i < style->rule_count; i++) {
        struct style_rule *rule = &style->rules[i];
        for (int w = 0; w < rule->where_count; w++) {
            free(rule->where[w].attribute);
            free(rule->where[w].value);
        }
        free(rule->label_field);
        multilingual_finish(&rule->title);
    }
    free(style->rules);
    free(style->ramp);
    free(style->unit);
    free(style);
}

static bool rule_uses_attribute(const struct style_rule *rule, const char *attribute)
{
    if (rule->label_field && strcmp(rule->label_field, attribute) == 0) {
        return true;
    }
    for (int i = 0; i < rule->where_count; i++) {
        if (strcmp(rule->where[i].attribute, attribute) == 0) {
            return true;
        }
    }
    return false;
}

bool style_uses_attribute(const struct style *style, const char *attribute)
{
    for (size_t i = 0; i < style->rule_count; i++) {
        if (rule_uses_attribute(&style->rules[i], attribute)) {
            return true;
        }
    }
    return false;
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
        return (struct colour){0, 0, 0, 0};
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
