/*
 * style_where.c - which features a rule paints: its conditions, read and asked.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/style_internal.h"

#define MOST_CONDITIONS 16
#define MOST_CHOICES 16
#define MOST_TEXTS 256

/* The words of a condition: what each tests, and what it is followed by. */
enum operand { OPERAND_TEXT, OPERAND_TEXTS, OPERAND_NUMBER, OPERAND_BOOL };

static const struct {
    const char *word;
    enum style_test test;
    enum operand operand;
} operators[] = {{"in", STYLE_IS, OPERAND_TEXTS},          {"not", STYLE_IS_NOT, OPERAND_TEXT},
                 {"not_in", STYLE_IS_NOT, OPERAND_TEXTS},  {"like", STYLE_LIKE, OPERAND_TEXT},
                 {"not_like", STYLE_UNLIKE, OPERAND_TEXT}, {"exists", STYLE_EXISTS, OPERAND_BOOL},
                 {"min", STYLE_MIN, OPERAND_NUMBER},       {"above", STYLE_ABOVE, OPERAND_NUMBER},
                 {"max", STYLE_MAX, OPERAND_NUMBER},       {"below", STYLE_BELOW, OPERAND_NUMBER}};

#define OPERATOR_COUNT (sizeof operators / sizeof operators[0])

void style_conditions_finish(struct style_conditions *conditions)
{
    for (size_t i = 0; i < conditions->count; i++) {
        struct style_condition *condition = &conditions->items[i];
        for (size_t k = 0; k < condition->text_count; k++) {
            free(condition->texts[k]);
        }
        free(condition->texts);
    }
    free(conditions->items);
    *conditions = (struct style_conditions){NULL, 0};
}

static struct style_condition *append(struct style_conditions *conditions, size_t attribute,
                                      enum style_test test)
{
    conditions->items = memory_resize(conditions->items, conditions->count + 1, sizeof *conditions->items);
    struct style_condition *condition = &conditions->items[conditions->count++];
    *condition = (struct style_condition){.attribute = attribute, .test = test};
    return condition;
}

static void add_text(struct style_condition *condition, const struct yaml_node *node,
                     struct problems *problems)
{
    if (yaml_kind(node) != YAML_SCALAR) {
        yaml_problem(node, problems, "must be one text");
        return;
    }
    condition->texts = memory_resize(condition->texts, condition->text_count + 1, sizeof *condition->texts);
    condition->texts[condition->text_count++] = memory_copy_text(yaml_text(node));
}

static void add_texts(struct style_condition *condition, const struct yaml_node *list,
                      struct problems *problems)
{
    size_t count = yaml_count(list);
    if (yaml_kind(list) != YAML_SEQUENCE || count == 0 || count > MOST_TEXTS) {
        yaml_problem(list, problems, "must be a list of 1 to %d texts, as in [motorway, trunk]", MOST_TEXTS);
        return;
    }
    for (size_t i = 0; i < count; i++) {
        add_text(condition, yaml_at(list, i), problems);
    }
}

static void read_operand(const struct yaml_node *mapping, size_t number, struct style_condition *condition,
                         struct problems *problems)
{
    const char *word = operators[number].word;
    switch (operators[number].operand) {
    case OPERAND_TEXT:
        add_text(condition, yaml_find(mapping, word), problems);
        break;
    case OPERAND_TEXTS:
        add_texts(condition, yaml_find(mapping, word), problems);
        break;
    case OPERAND_NUMBER:
        condition->number = yaml_read_number(mapping, word, -1e15, 1e15, NAN, problems);
        break;
    case OPERAND_BOOL:
        condition->test = yaml_read_bool(mapping, word, true, problems) ? STYLE_EXISTS : STYLE_LACKS;
        break;
    }
}

/* Bounds between which there is no number are a slip of the pen. */
static void check_bounds(const struct yaml_node *mapping, const struct style_conditions *conditions,
                         size_t first, struct problems *problems)
{
    double least = -INFINITY;
    double most = INFINITY;
    bool is_open = false;
    for (size_t i = first; i < conditions->count; i++) {
        const struct style_condition *condition = &conditions->items[i];
        bool is_least = condition->test == STYLE_MIN || condition->test == STYLE_ABOVE;
        bool is_most = condition->test == STYLE_MAX || condition->test == STYLE_BELOW;
        least = is_least ? fmax(least, condition->number) : least;
        most = is_most ? fmin(most, condition->number) : most;
        is_open = is_open || condition->test == STYLE_ABOVE || condition->test == STYLE_BELOW;
    }
    if (least > most || (least == most && is_open)) {
        yaml_problem(mapping, problems, "never holds: no number lies between %g and %g", least, most);
    }
}

/* {min: 2, below: 10} */
static void read_operators(struct style_reading *reading, const struct yaml_node *mapping, const char *name,
                           struct style_conditions *conditions)
{
    const char *known[OPERATOR_COUNT + 1] = {NULL};
    size_t first = conditions->count;
    for (size_t i = 0; i < OPERATOR_COUNT; i++) {
        known[i] = operators[i].word;
        if (!yaml_find(mapping, known[i])) {
            continue;
        }
        bool is_number = operators[i].operand == OPERAND_NUMBER;
        size_t attribute = style_attribute_add(reading->style, name, is_number);
        struct style_condition *condition = append(conditions, attribute, operators[i].test);
        read_operand(mapping, i, condition, reading->problems);
    }
    yaml_check_keys(mapping, known, reading->problems);
    if (yaml_count(mapping) == 0) {
        yaml_problem(mapping, reading->problems, "must have a condition, as in {in: [motorway, trunk]}");
    }
    check_bounds(mapping, conditions, first, reading->problems);
}

static void read_conditions(struct style_reading *reading, const struct yaml_node *mapping,
                            struct style_conditions *conditions)
{
    size_t count = yaml_count(mapping);
    if (count > MOST_CONDITIONS) {
        yaml_problem(mapping, reading->problems, "names %zu attributes, more than %d", count,
                     MOST_CONDITIONS);
        count = MOST_CONDITIONS;
    }
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *node = yaml_at(mapping, i);
        const char *name = yaml_key_at(mapping, i);
        if (yaml_kind(node) == YAML_MAPPING) {
            read_operators(reading, node, name, conditions);
        } else if (yaml_kind(node) == YAML_SCALAR) {
            size_t attribute = style_attribute_add(reading->style, name, false);
            add_text(append(conditions, attribute, STYLE_IS), node, reading->problems);
        } else {
            yaml_problem(node, reading->problems, "must be one text, or for several {in: [motorway, trunk]}");
        }
    }
}

static void read_any(struct style_reading *reading, const struct yaml_node *mapping, struct style_rule *rule)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, "any", reading->problems);
    size_t count = list ? yaml_count(list) : 0;
    if (list && (count == 0 || count > MOST_CHOICES)) {
        yaml_problem(list, reading->problems, "must have 1 to %d mappings, each like where", MOST_CHOICES);
        return;
    }
    rule->any = memory_new(count, sizeof *rule->any);
    for (size_t i = 0; i < count; i++) {
        const struct yaml_node *item = yaml_at(list, i);
        if (yaml_kind(item) != YAML_MAPPING) {
            yaml_problem(item, reading->problems, "must be a mapping like where, as in {class: motorway}");
            continue;
        }
        read_conditions(reading, item, &rule->any[rule->any_count++]);
    }
}

void style_read_where(struct style_reading *reading, const struct yaml_node *mapping, struct style_rule *rule)
{
    const struct yaml_node *where = yaml_read_mapping(mapping, "where", reading->problems);
    if (where) {
        read_conditions(reading, where, &rule->where);
    }
    read_any(reading, mapping, rule);
    rule->is_otherwise = yaml_read_bool(mapping, "otherwise", false, reading->problems);
    if (rule->is_otherwise && (rule->where.count > 0 || rule->any_count > 0)) {
        yaml_problem(yaml_find(mapping, "otherwise"), reading->problems,
                     "must not stand beside where or any: it is for all that is left");
    }
}

static const char *after_letter(const char *text)
{
    do {
        text++;
    } while ((*text & 0xC0) == 0x80);
    return text;
}

/* Does the text fit a pattern of letters, ? (one letter) and * (any letters)? */
static bool fits_pattern(const char *text, const char *pattern)
{
    const char *star = NULL; /* the last one met, and where its letters end for now */
    const char *star_end = NULL;
    while (*text) {
        if (*pattern == '*') {
            star = pattern++;
            star_end = text;
        } else if (*pattern == '?') {
            pattern++;
            text = after_letter(text);
        } else if (*pattern == *text) {
            pattern++;
            text++;
        } else if (star) {
            pattern = star + 1;
            text = star_end = after_letter(star_end);
        } else {
            return false;
        }
    }
    return pattern[strspn(pattern, "*")] == '\0';
}

static bool is_among(const struct style_condition *condition, const char *text)
{
    for (size_t i = 0; i < condition->text_count; i++) {
        if (strcmp(condition->texts[i], text) == 0) {
            return true;
        }
    }
    return false;
}

static bool condition_holds(const struct style_condition *condition, struct style_values values)
{
    const char *value = values.texts[condition->attribute];
    const char *text = value ? value : "";
    double number = values.numbers ? values.numbers[condition->attribute] : NAN;
    switch (condition->test) {
    case STYLE_IS:
        return is_among(condition, text);
    case STYLE_IS_NOT:
        return !is_among(condition, text);
    case STYLE_LIKE:
        return condition->text_count > 0 && fits_pattern(text, condition->texts[0]);
    case STYLE_UNLIKE:
        return condition->text_count > 0 && !fits_pattern(text, condition->texts[0]);
    case STYLE_EXISTS:
        return *text != '\0';
    case STYLE_LACKS:
        return *text == '\0';
    case STYLE_MIN:
        return number >= condition->number;
    case STYLE_ABOVE:
        return number > condition->number;
    case STYLE_MAX:
        return number <= condition->number;
    case STYLE_BELOW:
        return number < condition->number;
    }
    return false;
}

static bool conditions_hold(const struct style_conditions *conditions, struct style_values values)
{
    for (size_t i = 0; i < conditions->count; i++) {
        if (!condition_holds(&conditions->items[i], values)) {
            return false;
        }
    }
    return true;
}

bool style_rule_fits(const struct style_rule *rule, struct style_values values)
{
    if (!conditions_hold(&rule->where, values)) {
        return false;
    }
    for (size_t i = 0; i < rule->any_count; i++) {
        if (conditions_hold(&rule->any[i], values)) {
            return true;
        }
    }
    return rule->any_count == 0;
}

bool style_rule_is_at_scale(const struct style_rule *rule, double denominator)
{
    return rule->min_denominator <= denominator && denominator < rule->max_denominator;
}

static bool takes(const struct style_rule *rule, double denominator, struct style_values values)
{
    return style_rule_is_at_scale(rule, denominator) && style_rule_fits(rule, values);
}

/* Has a rule before this one painted it? Names alone are no paint. */
static bool is_painted_before(const struct style *style, double denominator, struct style_values values,
                              const struct style_rule *rule)
{
    for (const struct style_rule *earlier = style->rules; earlier < rule; earlier++) {
        if (style_rule_is_seen(earlier) && takes(earlier, denominator, values)) {
            return true;
        }
    }
    return false;
}

const struct style_rule *style_next_rule(const struct style *style, double denominator,
                                         struct style_values values, const struct style_rule *after)
{
    if (after && !after->is_also) {
        return NULL;
    }
    for (size_t i = after ? (size_t)(after - style->rules) + 1 : 0; i < style->rule_count; i++) {
        const struct style_rule *rule = &style->rules[i];
        bool is_left_out = rule->is_otherwise && after && is_painted_before(style, denominator, values, rule);
        if (!is_left_out && takes(rule, denominator, values)) {
            return rule;
        }
    }
    return NULL;
}
