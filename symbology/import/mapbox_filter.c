/*
 * mapbox_filter.c - conditions: expressions, and the legacy filters that name an attribute as a text.
 *
 * What cannot be carried over is not asked, and is a loss at once.
 */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "symbology/import/filter_condition.h"
#include "symbology/import/mapbox_expression.h"
#include "symbology/import/style_filter.h"

#define MOST_DEPTH 40
#define MOST_ARMS 500 /* of match and case, their outputs too */

static struct filter *lose(const struct mapbox_scope *scope, const char *what)
{
    style_lose(scope->losses, scope->origin, "the condition '%.60s' cannot be carried over and is not asked",
               what);
    return filter_new(FILTER_LOST);
}

static struct filter *constant(bool holds)
{
    return filter_new(holds ? FILTER_ALWAYS : FILTER_NEVER);
}

/* A truth is written as 1 by some formats and as true by others. */
static void add_label(struct filter *test, const json_t *label)
{
    char text[40];
    if (json_is_string(label)) {
        filter_add_text(test, json_string_value(label));
    } else if (json_is_number(label)) {
        snprintf(text, sizeof text, "%.15g", json_number_value(label));
        filter_add_text(test, text);
    } else if (json_is_boolean(label)) {
        filter_add_text(test, json_is_true(label) ? "true" : "false");
        filter_add_text(test, json_is_true(label) ? "1" : "0");
    } else {
        filter_add_text(test, "");
    }
}

struct filter *mapbox_filter_of_labels(const char *attribute, const json_t *labels)
{
    struct filter *test = filter_new_test(attribute, FILTER_IN);
    if (!json_is_array(labels)) {
        add_label(test, labels);
    }
    for (size_t i = 0; i < json_array_size(labels) && test->text_count <= FILTER_MOST_TEXTS; i++) {
        add_label(test, json_array_get(labels, i)); /* one too many says that there are too many */
    }
    return test;
}

/* Items of an array from the first on. Owned. */
static json_t *items_from(const json_t *array, size_t first)
{
    json_t *items = json_array();
    for (size_t i = first; i < json_array_size(array); i++) {
        json_array_append(items, json_array_get(array, i));
    }
    return items;
}

/* Layers paint one kind of geometry; where they paint several, the kind cannot be asked. */
static struct filter *filter_of_geometry(const struct mapbox_scope *scope, const json_t *kinds,
                                         bool is_negated)
{
    bool is_asked = false;
    if (!scope->geometry) {
        style_lose(scope->losses, scope->origin,
                   "the kind of geometry is no condition of ours: lines, edges and points alike are painted");
        return constant(true);
    }
    for (size_t i = 0; i < json_array_size(kinds); i++) {
        const char *kind = json_string_value(json_array_get(kinds, i));
        is_asked |= kind && strstr(kind, scope->geometry) != NULL; /* MultiPolygon too */
    }
    return constant(is_asked != is_negated);
}

static bool is_geometry(const json_t *operand, bool is_legacy)
{
    const char *name = json_string_value(operand);
    return is_legacy ? name && strcmp(name, "$type") == 0 : mapbox_is_operation(operand, "geometry-type");
}

/* Compares an attribute with a value. */
static struct filter *compare(const struct mapbox_scope *scope, const char *operator, const char * attribute,
                              const json_t *value)
{
    static const struct {
        const char *name;
        enum filter_test test;
    } tests[] = {{"<", FILTER_BELOW}, {"<=", FILTER_MAX}, {">", FILTER_ABOVE}, {">=", FILTER_MIN}};
    if (strcmp(operator, "==") == 0) {
        return mapbox_filter_of_labels(attribute, value);
    }
    if (strcmp(operator, "!=") == 0) {
        return filter_new_not(mapbox_filter_of_labels(attribute, value));
    }
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        if (strcmp(tests[i].name, operator) == 0 && json_is_number(value)) {
            return filter_new_number(attribute, tests[i].test, json_number_value(value));
        }
    }
    return lose(scope, operator);
}

static const char *turned_round(const char *operator)
{
    return strcmp(operator, "<") == 0    ? ">"
           : strcmp(operator, "<=") == 0 ? ">="
           : strcmp(operator, ">") == 0  ? "<"
           : strcmp(operator, ">=") == 0 ? "<="
                                         :
                                         operator;
}

/* Both are known. */
static struct filter *compare_constants(const struct mapbox_scope *scope, const char *operator,
                                        const json_t * a, const json_t *b)
{
    bool are_numbers = json_is_number(a) && json_is_number(b);
    double difference = are_numbers ? json_number_value(a) - json_number_value(b) : NAN;
    bool is_equal = are_numbers ? difference == 0 : json_equal(a, b);
    if (strcmp(operator, "==") == 0 || strcmp(operator, "!=") == 0) {
        return constant(is_equal == (operator[0] == '='));
    }
    if (!are_numbers) {
        return lose(scope, operator);
    }
    bool holds = operator[0] == '<' ? difference < 0 : difference> 0;
    return constant(holds || (operator[1] == '=' && is_equal));
}

static struct filter *read_comparison_expression(const struct mapbox_scope *scope, const json_t *json,
                                                 const char *operator)
{
    const json_t *left = json_array_get(json, 1);
    const json_t *right = json_array_get(json, 2);
    const char *attribute = mapbox_attribute_of(left);
    const char *other = mapbox_attribute_of(right);
    if (is_geometry(left, false) || is_geometry(right, false)) {
        json_t *kinds = json_pack("[O]", is_geometry(left, false) ? right : left);
        struct filter *filter = filter_of_geometry(scope, kinds, operator[0] == '!');
        json_decref(kinds);
        return filter;
    }
    json_t *a = attribute ? NULL : mapbox_evaluate_constant(scope, left);
    json_t *b = other ? NULL : mapbox_evaluate_constant(scope, right);
    struct filter *filter;
    if (attribute && b) {
        filter = compare(scope, operator, attribute, b);
    } else if (other && a) {
        filter = compare(scope, turned_round(operator), other, a);
    } else {
        filter = a && b ? compare_constants(scope, operator, a, b) : lose(scope, operator);
    }
    json_decref(a);
    json_decref(b);
    return filter;
}

static bool is_name(const json_t *operand)
{
    return json_is_string(operand);
}

static struct filter *read_comparison(const struct mapbox_scope *scope, const json_t *json,
                                      const char *operator)
{
    const json_t *left = json_array_get(json, 1);
    const json_t *right = json_array_get(json, 2);
    if (json_array_size(json) < 3) {
        return lose(scope, operator);
    }
    if (!is_name(left) || json_is_array(right)) {
        return read_comparison_expression(scope, json, operator);
    }
    if (is_geometry(left, true)) {
        json_t *kinds = items_from(json, 2);
        struct filter *filter = filter_of_geometry(scope, kinds, operator[0] == '!');
        json_decref(kinds);
        return filter;
    }
    const char *name = json_string_value(left);
    return strcmp(name, "$id") == 0 ? lose(scope, "$id") : compare(scope, operator, name, right);
}

/* ["in", name, value, value] */
static struct filter *read_legacy_in(const struct mapbox_scope *scope, const json_t *json)
{
    const char *name = json_string_value(json_array_get(json, 1));
    bool is_geometry_asked = is_geometry(json_array_get(json, 1), true);
    json_t *items = items_from(json, 2);
    struct filter *filter = is_geometry_asked          ? filter_of_geometry(scope, items, false)
                            : strcmp(name, "$id") == 0 ? lose(scope, "$id")
                                                       : mapbox_filter_of_labels(name, items);
    json_decref(items);
    return filter;
}

/* ["in", value, list]; ["in", text, attribute] asks for a part of a text. */
static struct filter *read_in(const struct mapbox_scope *scope, const json_t *json, const char *operator)
{
    const json_t *needle = json_array_get(json, 1);
    const json_t *haystack = json_array_get(json, 2);
    const char *attribute = mapbox_attribute_of(needle);
    const char *searched = mapbox_attribute_of(haystack);
    if (is_name(needle) && !json_is_array(haystack)) {
        return read_legacy_in(scope, json);
    }
    const char *part = json_string_value(needle);
    if (part && searched && !strpbrk(part, "*?") && strlen(part) < 200) {
        char pattern[256];
        snprintf(pattern, sizeof pattern, "*%s*", part);
        struct filter *like = filter_new_test(searched, FILTER_LIKE);
        filter_add_text(like, pattern);
        return like;
    }
    json_t *list = attribute || is_geometry(needle, false) ? mapbox_evaluate_constant(scope, haystack) : NULL;
    struct filter *filter = !json_is_array(list) ? lose(scope, operator)
                            : attribute          ? mapbox_filter_of_labels(attribute, list)
                                                 : filter_of_geometry(scope, list, false);
    json_decref(list);
    return filter;
}

static struct filter *read_group(const struct mapbox_scope *scope, const json_t *json, enum filter_kind kind)
{
    struct filter *group = filter_new(kind);
    for (size_t i = 1; i < json_array_size(json); i++) {
        filter_add(group, mapbox_filter_read(scope, json_array_get(json, i)));
    }
    return group;
}

static struct filter *read_has(const struct mapbox_scope *scope, const json_t *json)
{
    const char *name = json_string_value(json_array_get(json, 1));
    return name ? filter_new_exists(name) : lose(scope, "has");
}

/* Each arm holds where its labels are met, none before it was, and what it says holds. */
static struct filter *read_match(const struct mapbox_scope *scope, const json_t *json)
{
    const json_t *input = json_array_get(json, 1);
    const char *attribute = mapbox_attribute_of(input);
    size_t count = json_array_size(json);
    bool is_of_geometry = is_geometry(input, false);
    if ((!attribute && !is_of_geometry) || count < 5 || count % 2 == 0 || count > MOST_ARMS) {
        return lose(scope, "match");
    }
    struct filter *any = filter_new(FILTER_ANY);
    struct filter *named = filter_new(FILTER_ANY);
    for (size_t i = 2; i < count; i += 2) {
        bool is_last = i + 1 == count;
        struct filter *all = filter_new(FILTER_ALL);
        json_t *kinds = json_is_array(json_array_get(json, i)) ? json_incref(json_array_get(json, i))
                                                               : json_pack("[O]", json_array_get(json, i));
        struct filter *labels = is_last          ? filter_new_not(filter_copy(named))
                                : is_of_geometry ? filter_of_geometry(scope, kinds, false)
                                                 : mapbox_filter_of_labels(attribute, kinds);
        json_decref(kinds);
        filter_add(named, filter_copy(labels));
        filter_add(all, labels);
        filter_add(all, mapbox_filter_read(scope, json_array_get(json, is_last ? i : i + 1)));
        filter_add(any, all);
    }
    filter_free(named);
    return any;
}

static struct filter *read_case(const struct mapbox_scope *scope, const json_t *json)
{
    size_t count = json_array_size(json);
    if (count < 4 || count % 2 != 0 || count > MOST_ARMS) {
        return lose(scope, "case");
    }
    struct filter *any = filter_new(FILTER_ANY);
    struct filter *before = filter_new(FILTER_ANY);
    for (size_t i = 1; i < count; i += 2) {
        bool is_last = i + 1 == count;
        struct filter *all = filter_new(FILTER_ALL);
        filter_add(all, filter_new_not(filter_copy(before)));
        if (!is_last) {
            struct filter *condition = mapbox_filter_read(scope, json_array_get(json, i));
            filter_add(before, filter_copy(condition));
            filter_add(all, condition);
        }
        filter_add(all, mapbox_filter_read(scope, json_array_get(json, is_last ? i : i + 1)));
        filter_add(any, all);
    }
    filter_free(before);
    return any;
}

/* Of steps by zoom, the one at the scope's. */
static struct filter *read_step(const struct mapbox_scope *scope, const json_t *json)
{
    const json_t *chosen = json_array_get(json, 2);
    if (!mapbox_is_operation(json_array_get(json, 1), "zoom")) {
        return lose(scope, "step");
    }
    for (size_t i = 3; i + 1 < json_array_size(json); i += 2) {
        if (json_number_value(json_array_get(json, i)) <= scope->zoom) {
            chosen = json_array_get(json, i + 1);
        }
    }
    return mapbox_filter_read(scope, chosen);
}

/* An attribute as a truth. */
static struct filter *read_truth(const char *attribute)
{
    json_t *truth = json_true();
    return mapbox_filter_of_labels(attribute, truth);
}

static struct filter *read_operation(const struct mapbox_scope *scope, const json_t *json,
                                     const char *operator)
{
    static const char *const comparisons[] = {"==", "!=", "<", "<=", ">", ">="};
    for (size_t i = 0; i < sizeof comparisons / sizeof *comparisons; i++) {
        if (strcmp(comparisons[i], operator) == 0) {
            return read_comparison(scope, json, operator);
        }
    }
    if (strcmp(operator, "all") == 0) {
        return read_group(scope, json, FILTER_ALL);
    }
    if (strcmp(operator, "any") == 0) {
        return read_group(scope, json, FILTER_ANY);
    }
    if (strcmp(operator, "none") == 0) {
        return filter_new_not(read_group(scope, json, FILTER_ANY));
    }
    if (strcmp(operator, "!") == 0) {
        return filter_new_not(mapbox_filter_read(scope, json_array_get(json, 1)));
    }
    if (strcmp(operator, "in") == 0) {
        return read_in(scope, json, operator);
    }
    if (strcmp(operator, "!in") == 0) {
        return filter_new_not(read_in(scope, json, operator));
    }
    if (strcmp(operator, "has") == 0) {
        return read_has(scope, json);
    }
    if (strcmp(operator, "!has") == 0) {
        return filter_new_not(read_has(scope, json));
    }
    if (strcmp(operator, "match") == 0) {
        return read_match(scope, json);
    }
    if (strcmp(operator, "case") == 0) {
        return read_case(scope, json);
    }
    if (strcmp(operator, "step") == 0) {
        return read_step(scope, json);
    }
    if (strcmp(operator, "literal") == 0) {
        return constant(json_is_true(json_array_get(json, 1)));
    }
    const char *attribute = mapbox_attribute_of(json);
    return attribute ? read_truth(attribute) : lose(scope, operator);
}

struct filter *mapbox_filter_read(const struct mapbox_scope *scope, const json_t *json)
{
    if (json_is_boolean(json)) {
        return constant(json_is_true(json));
    }
    const char *operator= json_string_value(json_array_get(json, 0));
    if (!operator|| scope->depth> MOST_DEPTH || * scope->budget <= 0) {
        return lose(scope, operator? "nested too deeply" : "not an expression");
    }
    --*scope->budget;
    struct mapbox_scope within = mapbox_scope_within(scope);
    return read_operation(&within, json, operator);
}
