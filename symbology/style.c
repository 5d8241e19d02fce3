/*
 * style.c - reads a layer's style rule by rule. What a rule asks of its features, says of them and how it
 * colours values is read in style_where.c, style_label.c and style_raster.c.
 *
 * An attribute is known by its number in the style: features bring their values in that order, so no name is
 * looked up while a picture is made.
 */
#include "symbology/style.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/look_reader.h"
#include "symbology/style_internal.h"
#include "symbology/text_reader.h"

#define MOST_RULES 256
#define MOST_DENOMINATOR 1e10

size_t style_attribute_find(const struct style *style, const char *name)
{
    for (size_t i = 0; i < style->attribute_count; i++) {
        if (strcmp(style->attributes[i].name, name) == 0) {
            return i;
        }
    }
    return STYLE_NO_ATTRIBUTE;
}

size_t style_attribute_add(struct style *style, const char *name, bool is_number)
{
    size_t found = style_attribute_find(style, name);
    if (found == STYLE_NO_ATTRIBUTE) {
        found = style->attribute_count++;
        style->attributes =
            memory_resize(style->attributes, style->attribute_count, sizeof *style->attributes);
        style->attributes[found] = (struct style_attribute){.name = memory_copy_text(name)};
    }
    style->attributes[found].is_number = style->attributes[found].is_number || is_number;
    return found;
}

bool style_has_numbers(const struct style *style)
{
    for (size_t i = 0; i < style->attribute_count; i++) {
        if (style->attributes[i].is_number) {
            return true;
        }
    }
    return false;
}

bool style_has_labels(const struct style *style)
{
    for (size_t i = 0; i < style->rule_count; i++) {
        if (style->rules[i].label.part_count > 0) {
            return true;
        }
    }
    return false;
}

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

/* An end without a colour of its own has that of the stroke. */
static void read_line(const struct yaml_node *mapping, struct line_look *line, struct problems *problems)
{
    *line = look_read_line(mapping, problems);
    look_read_strokes(yaml_find(mapping, "stroke"), line, problems);
    if (line->stroke_count > 0 && yaml_is_null(yaml_find(mapping, "end_colour"))) {
        line->end_colour = line->strokes[0].colour;
    }
}

/* The disc of a rule that says no mark. One of strokes alone is about lines, unless it has a radius. */
static struct point_mark disc_of(const struct style_rule *rule, bool has_radius, double radius_px)
{
    const struct line_look *outline = &rule->look.outline;
    if (rule->look.fill.kind == FILL_NONE && !has_radius) {
        return (struct point_mark){.size_px = 0};
    }
    struct point_mark disc = {
        .shape = POINT_SHAPE_CIRCLE, .size_px = 2 * radius_px, .fill = rule->look.fill.colour};
    if (outline->stroke_count > 0) {
        disc.stroke = outline->strokes[0].colour;
        disc.stroke_px = outline->strokes[0].width_px;
    }
    return disc;
}

static void read_mark(struct style_reading *reading, const struct yaml_node *mapping, struct style_rule *rule)
{
    double radius_px = yaml_read_number(mapping, "radius", 0.1, POINT_MARK_MOST_PX / 2, 3, reading->problems);
    const struct yaml_node *mark = yaml_read_mapping(mapping, "mark", reading->problems);
    rule->rotation = STYLE_NO_ATTRIBUTE;
    bool has_radius = yaml_find(mapping, "radius") != NULL;
    if (!mark) {
        rule->mark = disc_of(rule, has_radius, radius_px);
        return;
    }
    if (has_radius) {
        yaml_problem(yaml_find(mapping, "radius"), reading->problems,
                     "says nothing beside a mark, which has a size");
    }
    const char *rotation = NULL;
    rule->mark = point_mark_read(mark, &rotation, reading->problems);
    if (rotation) {
        rule->rotation = style_attribute_add(reading->style, rotation, true);
    }
}

static const struct yaml_node *code_node(const struct yaml_node *symbol)
{
    return yaml_kind(symbol) == YAML_MAPPING ? yaml_find(symbol, "code") : symbol;
}

static void read_symbol(const struct yaml_node *mapping, struct style_symbol *symbol,
                        struct problems *problems)
{
    static const char *const known[] = {"code", "size", NULL};
    const struct yaml_node *node = yaml_find(mapping, "symbol");
    symbol->size = 1;
    if (yaml_is_null(node)) {
        return;
    }
    if (yaml_kind(node) == YAML_MAPPING) {
        yaml_check_keys(node, known, problems);
        symbol->size = yaml_read_number(node, "size", 0.25, 4, 1, problems);
    }
    const struct yaml_node *code = code_node(node);
    if (yaml_is_null(code) || yaml_kind(code) != YAML_SCALAR) {
        yaml_problem(node, problems, "must be a code such as nl@1/obj.school, or {code: …, size: 0.5}");
        return;
    }
    struct fault fault;
    if (!symbol_code_parse(yaml_text(code), &symbol->code, &fault)) {
        yaml_problem(code, problems, "%s", fault.message);
        return;
    }
    symbol->is_given = true;
    symbol->line = yaml_line(code);
    symbol->field = memory_copy_text(yaml_path(code));
}

static void read_points(struct style_reading *reading, const struct yaml_node *mapping,
                        struct style_rule *rule)
{
    rule->says_points =
        yaml_find(mapping, "mark") || yaml_find(mapping, "symbol") || yaml_find(mapping, "radius");
    read_mark(reading, mapping, rule);
    read_symbol(mapping, &rule->symbol, reading->problems);
    if (rule->symbol.is_given && yaml_find(mapping, "mark")) {
        yaml_problem(yaml_find(mapping, "mark"), reading->problems, "must not stand beside a symbol");
    }
}

static void read_rule(struct style_reading *reading, const struct yaml_node *mapping, struct style_rule *rule)
{
    static const char *const known[] = {"title", "scale",  "where", "any",    "otherwise",  "also",
                                        "fill",  "stroke", "marks", "start",  "end",        "end_size",
                                        "mark",  "symbol", "label", "radius", "end_colour", NULL};
    struct problems *problems = reading->problems;
    if (yaml_kind(mapping) != YAML_MAPPING) {
        yaml_problem(mapping, problems, "must be a rule: title, scale, where, fill, stroke, mark, label");
        return;
    }
    yaml_check_keys(mapping, known, problems);
    text_read_multilingual(mapping, "title", false, &rule->title, problems);
    read_scale(mapping, rule, problems);
    style_read_where(reading, mapping, rule);
    rule->is_also = yaml_read_bool(mapping, "also", false, problems);
    rule->look.fill = look_read_fill(yaml_find(mapping, "fill"), problems);
    read_line(mapping, &rule->look.outline, problems);
    read_points(reading, mapping, rule);
    style_read_label(reading, mapping, &rule->label);
}

static void read_rules(struct style_reading *reading, const struct yaml_node *mapping)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, "rules", reading->problems);
    size_t count = list ? yaml_count(list) : 0;
    if (count > MOST_RULES) {
        yaml_problem(list, reading->problems, "has %zu rules, more than %d", count, MOST_RULES);
        count = MOST_RULES;
    }
    struct style *style = reading->style;
    style->rules = memory_new(count, sizeof *style->rules);
    style->rule_count = count;
    for (size_t i = 0; i < count; i++) {
        style->rules[i].max_denominator = INFINITY;
        read_rule(reading, yaml_at(list, i), &style->rules[i]);
    }
}

struct style *style_read(const struct yaml_node *mapping, struct problems *problems)
{
    static const char *const known[] = {"rules", "raster", NULL};
    struct style *style = memory_new(1, sizeof *style);
    struct style_reading reading = {style, problems};
    style->opacity = 1;
    if (!mapping || yaml_kind(mapping) != YAML_MAPPING) {
        if (mapping) {
            yaml_problem(mapping, problems, "must be a mapping with rules or raster");
        }
        return style;
    }
    yaml_check_keys(mapping, known, problems);
    read_rules(&reading, mapping);
    style_read_raster(&reading, mapping);
    return style;
}

static void rule_finish(struct style_rule *rule)
{
    style_conditions_finish(&rule->where);
    for (size_t i = 0; i < rule->any_count; i++) {
        style_conditions_finish(&rule->any[i]);
    }
    free(rule->any);
    symbol_code_finish(&rule->symbol.code);
    free(rule->symbol.field);
    style_label_finish(&rule->label);
    multilingual_finish(&rule->title);
}

void style_free(struct style *style)
{
    if (!style) {
        return;
    }
    for (size_t i = 0; i < style->rule_count; i++) {
        rule_finish(&style->rules[i]);
    }
    for (size_t i = 0; i < style->attribute_count; i++) {
        free(style->attributes[i].name);
    }
    for (size_t i = 0; i < style->class_count; i++) {
        multilingual_finish(&style->classes[i].title);
    }
    free(style->rules);
    free(style->attributes);
    free(style->ramp);
    free(style->classes);
    free(style->unit);
    free(style);
}

bool style_rule_draws_lines(const struct style_rule *rule)
{
    const struct line_look *look = &rule->look.outline;
    return look->stroke_count > 0 || look->marks.mark != LINE_MARK_NONE || look->start != LINE_END_NONE ||
           look->end != LINE_END_NONE;
}

bool style_rule_is_seen(const struct style_rule *rule)
{
    return rule->look.fill.kind != FILL_NONE || style_rule_draws_lines(rule) || style_rule_draws_points(rule);
}

bool style_rule_draws_points(const struct style_rule *rule)
{
    return rule->symbol.is_given || point_mark_is_visible(&rule->mark);
}
