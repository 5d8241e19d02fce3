/*
 * mapbox_expression.c - which operator it is, and those that choose: match, case, coalesce, let.
 *
 * A scope within a scope is a value on the stack that points outward; it never outlives its call.
 */
#include "symbology/import/mapbox_expression.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "symbology/import/label_template.h"
#include "symbology/import/mapbox_value.h"
#include "symbology/import/style_filter.h"

#define MOST_DEPTH 40
#define MOST_OPERANDS 32

static const char *operator_of(const json_t *json)
{
    return json_string_value(json_array_get(json, 0));
}

bool mapbox_is_operation(const json_t *json, const char *name)
{
    const char *operator= operator_of(json);
    return operator&& strcmp(operator, name) == 0;
}

struct mapbox_scope mapbox_scope_within(const struct mapbox_scope *scope)
{
    struct mapbox_scope within = *scope;
    within.depth++;
    within.outer = scope;
    within.has_tokens = false;
    within.binding = (struct mapbox_binding){NULL, NULL, NULL};
    return within;
}

const char *mapbox_attribute_of(const json_t *json)
{
    static const char *const wrappers[] = {"to-string", "to-number", "string",    "number",
                                           "coalesce",  "boolean",   "to-boolean"};
    for (int depth = 0; depth < MOST_DEPTH; depth++) {
        bool is_wrapped = false;
        if (mapbox_is_operation(json, "get") && json_array_size(json) == 2) {
            return json_string_value(json_array_get(json, 1));
        }
        for (size_t i = 0; i < sizeof wrappers / sizeof *wrappers; i++) {
            is_wrapped |= mapbox_is_operation(json, wrappers[i]);
        }
        if (!is_wrapped) {
            return NULL;
        }
        json = json_array_get(json, 1);
    }
    return NULL;
}

static bool add_constant(struct mapbox_value *value, json_t *json)
{
    return json && mapbox_value_add(value, NULL, json);
}

static bool evaluate_text(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value)
{
    if (!scope->is_label) {
        return add_constant(value, json_deep_copy(json));
    }
    char *text = scope->has_tokens ? label_template_of_tokens(json_string_value(json))
                                   : label_template_of_text(json_string_value(json));
    bool is_added = add_constant(value, json_string(text));
    free(text);
    return is_added;
}

static bool evaluate_get(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                         struct fault *reason)
{
    const char *attribute = mapbox_attribute_of(json);
    char *text = scope->is_label && attribute ? label_template_of_attribute(attribute) : NULL;
    if (!text) {
        fault_set(reason, FAULT_INPUT, "it is the value of %s itself",
                  attribute ? attribute : "an attribute");
        return false;
    }
    bool is_added = add_constant(value, json_string(text));
    free(text);
    return is_added;
}

/* Pairs of labels and outputs, then the output of all others. */
static bool evaluate_match(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                           struct fault *reason)
{
    const char *attribute = mapbox_attribute_of(json_array_get(json, 1));
    size_t count = json_array_size(json);
    if (!attribute || count < 5 || count % 2 == 0) {
        fault_set(reason, FAULT_INPUT, "it matches something other than one attribute");
        return false;
    }
    struct filter *named = filter_new(FILTER_ANY);
    bool is_good = true;
    for (size_t i = 2; is_good && i < count; i += 2) {
        bool is_last = i + 1 == count;
        struct mapbox_value part = {0};
        struct filter *filter = is_last ? filter_new_not(filter_copy(named))
                                        : mapbox_filter_of_labels(attribute, json_array_get(json, i));
        is_good = mapbox_evaluate(scope, json_array_get(json, is_last ? i : i + 1), &part, reason);
        if (is_good && !mapbox_value_add_all(value, filter, &part)) {
            fault_set(reason, FAULT_INPUT, "it has too many classes");
            is_good = false;
        }
        filter_add(named, filter);
        mapbox_value_finish(&part);
    }
    filter_free(named);
    return is_good;
}

/* A condition holds where none before it does. */
static bool evaluate_case(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                          struct fault *reason)
{
    size_t count = json_array_size(json);
    if (count < 4 || count % 2 != 0) {
        fault_set(reason, FAULT_INPUT, "its cases are not pairs of condition and value");
        return false;
    }
    struct filter *before = filter_new(FILTER_ANY);
    bool is_good = true;
    for (size_t i = 1; is_good && i < count; i += 2) {
        bool is_last = i + 1 == count;
        struct filter *all = filter_new(FILTER_ALL);
        filter_add(all, filter_new_not(filter_copy(before)));
        if (!is_last) {
            struct filter *condition = mapbox_filter_read(scope, json_array_get(json, i));
            filter_add(before, filter_copy(condition));
            filter_add(all, condition);
        }
        struct mapbox_value part = {0};
        is_good = mapbox_evaluate(scope, json_array_get(json, is_last ? i : i + 1), &part, reason);
        if (is_good && !mapbox_value_add_all(value, all, &part)) {
            fault_set(reason, FAULT_INPUT, "it has too many cases");
            is_good = false;
        }
        filter_free(all);
        mapbox_value_finish(&part);
    }
    filter_free(before);
    return is_good;
}

/* The first one that can be carried over. */
static bool evaluate_coalesce(const struct mapbox_scope *scope, const json_t *json,
                              struct mapbox_value *value, struct fault *reason)
{
    for (size_t i = 1; i < json_array_size(json); i++) {
        if (mapbox_evaluate(scope, json_array_get(json, i), value, reason)) {
            if (i + 1 < json_array_size(json)) {
                style_lose(scope->losses, scope->origin,
                           "what stands in for a missing value (coalesce) is not carried over");
            }
            return true;
        }
        mapbox_value_finish(value);
    }
    return false;
}

static bool evaluate_let(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                         struct fault *reason)
{
    size_t count = json_array_size(json);
    if (count < 4 || count % 2 != 0 || count > 2 * MOST_OPERANDS) {
        fault_set(reason, FAULT_INPUT, "its let has no pairs of name and value");
        return false;
    }
    struct mapbox_scope scopes[MOST_OPERANDS];
    const struct mapbox_scope *inner = scope;
    size_t number = 0;
    for (size_t i = 1; i + 1 < count; i += 2) {
        scopes[number] = mapbox_scope_within(inner);
        scopes[number].depth = scope->depth;
        scopes[number].binding = (struct mapbox_binding){json_string_value(json_array_get(json, i)),
                                                         json_array_get(json, i + 1), scope};
        inner = &scopes[number++];
    }
    return mapbox_evaluate(inner, json_array_get(json, count - 1), value, reason);
}

static bool evaluate_var(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                         struct fault *reason)
{
    const char *name = json_string_value(json_array_get(json, 1));
    for (const struct mapbox_scope *at = scope; at && name; at = at->outer) {
        if (at->binding.name && strcmp(at->binding.name, name) == 0) {
            struct mapbox_scope within = *at->binding.scope;
            within.depth = scope->depth + 1;
            return mapbox_evaluate(&within, at->binding.json, value, reason);
        }
    }
    fault_set(reason, FAULT_INPUT, "its variable '%.60s' is not given", name ? name : "");
    return false;
}

/* ["format", text, {look}, text, {look}]: the texts, one after the other. */
static bool evaluate_operands(const struct mapbox_scope *scope, const json_t *json, const char *operator,
                              struct mapbox_value * value, struct fault *reason)
{
    struct mapbox_value operands[MOST_OPERANDS] = {{0}};
    size_t count = 0;
    bool is_good = json_array_size(json) <= MOST_OPERANDS;
    for (size_t i = 1; is_good && i < json_array_size(json); i++) {
        const json_t *operand = json_array_get(json, i);
        if (json_is_object(operand)) {
            continue;
        }
        is_good = mapbox_evaluate(scope, operand, &operands[count++], reason);
    }
    if (is_good && !mapbox_value_combine(operands, count, mapbox_fold, (void *)operator, value)) {
        fault_set(reason, FAULT_INPUT, "its operation '%s' cannot be done beforehand", operator);
        is_good = false;
    }
    for (size_t i = 0; i < count; i++) {
        mapbox_value_finish(&operands[i]);
    }
    if (!is_good && reason->code == FAULT_NONE) {
        fault_set(reason, FAULT_INPUT, "its operation '%s' has too many operands", operator);
    }
    return is_good;
}

static bool evaluate_format(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                            struct fault *reason)
{
    for (size_t i = 1; i < json_array_size(json); i++) {
        const json_t *look = json_array_get(json, i);
        if (mapbox_is_operation(look, "image")) {
            fault_set(reason, FAULT_INPUT, "it has pictures in the text");
            return false;
        }
        if (json_is_object(look) && json_object_size(look) > 0) {
            style_lose(scope->losses, scope->origin, "parts of a text cannot look different: all look alike");
        }
    }
    return evaluate_operands(scope, json, "concat", value, reason);
}

static bool evaluate_case_of_letters(const struct mapbox_scope *scope, const json_t *json,
                                     struct mapbox_value *value, struct fault *reason)
{
    style_lose(scope->losses, scope->origin, "capitals cannot be changed: the text is as it is");
    return mapbox_evaluate(scope, json_array_get(json, 1), value, reason);
}

static bool evaluate_condition(const struct mapbox_scope *scope, const json_t *json,
                               struct mapbox_value *value)
{
    struct filter *filter = mapbox_filter_read(scope, json);
    mapbox_value_add(value, filter_copy(filter), json_true());
    mapbox_value_add(value, filter_new_not(filter), json_false());
    return true;
}

static bool is_one_of(const char *word, const char *const words[])
{
    for (size_t i = 0; words[i]; i++) {
        if (strcmp(words[i], word) == 0) {
            return true;
        }
    }
    return false;
}

static bool evaluate_operation(const struct mapbox_scope *scope, const json_t *json, const char *operator,
                               struct mapbox_value * value, struct fault *reason)
{
    static const struct {
        const char *name;
        bool (*evaluate)(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                         struct fault *reason);
    } operations[] = {
        {"get", evaluate_get},
        {"match", evaluate_match},
        {"case", evaluate_case},
        {"coalesce", evaluate_coalesce},
        {"let", evaluate_let},
        {"var", evaluate_var},
        {"format", evaluate_format},
        {"step", mapbox_evaluate_step},
        {"interpolate", mapbox_evaluate_curve},
        {"interpolate-hcl", mapbox_evaluate_curve},
        {"interpolate-lab", mapbox_evaluate_curve},
    };
    static const char *const conditions[] = {
        "==", "!=", "<", "<=", ">", ">=", "all", "any", "!", "has", "in", NULL};
    for (size_t i = 0; i < sizeof operations / sizeof *operations; i++) {
        if (strcmp(operations[i].name, operator) == 0) {
            return operations[i].evaluate(scope, json, value, reason);
        }
    }
    if (strcmp(operator, "zoom") == 0) {
        return add_constant(value, json_real(scope->zoom));
    }
    if (strcmp(operator, "literal") == 0) {
        return add_constant(value, json_deep_copy(json_array_get(json, 1)));
    }
    if (scope->is_label && (strcmp(operator, "upcase") == 0 || strcmp(operator, "downcase") == 0)) {
        return evaluate_case_of_letters(scope, json, value, reason);
    }
    if (is_one_of(operator, conditions)) {
        return evaluate_condition(scope, json, value);
    }
    if (mapbox_can_fold(operator)) {
        return evaluate_operands(scope, json, operator, value, reason);
    }
    fault_set(reason, FAULT_INPUT, "the expression '%.60s' cannot be carried over", operator);
    return false;
}

/* A list whose first text is no operator is a list of texts: ["Noto Sans Regular"]. */
static bool is_list(const json_t *json)
{
    const char *first = operator_of(json);
    return !first || strchr(first, ' ') || (first[0] >= 'A' && first[0] <= 'Z');
}

bool mapbox_evaluate(const struct mapbox_scope *scope, const json_t *json, struct mapbox_value *value,
                     struct fault *reason)
{
    *reason = (struct fault){FAULT_NONE, ""};
    *value = (struct mapbox_value){0};
    if (scope->depth > MOST_DEPTH) {
        fault_set(reason, FAULT_LIMIT, "it is nested deeper than %d expressions", MOST_DEPTH);
        return false;
    }
    if (*scope->budget <= 0) {
        fault_set(reason, FAULT_LIMIT, "it takes too many expressions to work out");
        return false;
    }
    --*scope->budget;
    if (json_is_string(json)) {
        return evaluate_text(scope, json, value);
    }
    if (json_is_object(json)) {
        struct mapbox_scope within = *scope;
        within.depth++;
        return mapbox_evaluate_function(&within, json, value, reason);
    }
    if (!json_is_array(json) || is_list(json)) {
        return add_constant(value, json ? json_deep_copy(json) : json_null());
    }
    struct mapbox_scope within = mapbox_scope_within(scope);
    return evaluate_operation(&within, json, operator_of(json), value, reason);
}

json_t *mapbox_evaluate_constant(const struct mapbox_scope *scope, const json_t *json)
{
    struct mapbox_value value;
    struct fault ignored;
    struct mapbox_scope plain = *scope;
    plain.is_label = false;
    bool is_one =
        mapbox_evaluate(&plain, json, &value, &ignored) && value.count == 1 && !value.pieces[0].filter;
    json_t *constant = is_one ? json_incref(value.pieces[0].json) : NULL;
    mapbox_value_finish(&value);
    return constant;
}
