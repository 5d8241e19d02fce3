/*
 * test_style_arrange.c - a draft is painted by our rules as the style it came from says: whatever the
 * filters, every rule that fits, the last one on top, and "else" only where no other of its group fits.
 */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/yaml.h"
#include "symbology/import/style_draft.h"
#include "symbology/import/style_filter.h"
#include "symbology/import/style_losses.h"
#include "symbology/import/style_write.h"
#include "symbology/style.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define ROUNDS 400
#define FEATURES 40
#define MOST_RULES 6

static const char *const words[] = {"", "road", "rail", "water", "a*b"};
static const double denominators[] = {500, 5000, 50000};

/* class and kind may be missing; lanes is always a number. */
struct feature {
    const char *class;
    const char *kind;
    char lanes[8];
};

static const char *value_of(const struct feature *feature, const char *attribute)
{
    return strcmp(attribute, "class") == 0  ? feature->class
           : strcmp(attribute, "kind") == 0 ? feature->kind
                                            : feature->lanes;
}

/* The meaning of the tree, word for word. */
static bool holds(const struct filter *filter, const struct feature *feature)
{
    if (!filter || filter->kind == FILTER_ALWAYS) {
        return true;
    }
    if (filter->kind == FILTER_NEVER) {
        return false;
    }
    if (filter->kind == FILTER_NOT) {
        return !holds(filter->children[0], feature);
    }
    if (filter->kind != FILTER_TEST) {
        bool is_any = filter->kind == FILTER_ANY;
        for (size_t i = 0; i < filter->child_count; i++) {
            if (holds(filter->children[i], feature) == is_any) {
                return is_any;
            }
        }
        return !is_any;
    }
    const char *value = value_of(feature, filter->attribute);
    double number = 0;
    number_parse(value, &number);
    switch (filter->test) {
    case FILTER_IN:
        for (size_t i = 0; i < filter->text_count; i++) {
            if (strcmp(filter->texts[i], value) == 0) {
                return true;
            }
        }
        return false;
    case FILTER_LIKE: /* "r*" is the only pattern here */
        return value[0] == 'r';
    case FILTER_MIN:
        return number >= filter->number;
    case FILTER_ABOVE:
        return number > filter->number;
    case FILTER_MAX:
        return number <= filter->number;
    case FILTER_BELOW:
        return number < filter->number;
    }
    return false;
}

static struct filter *random_test(uint64_t *state)
{
    const char *attribute = random_below(state, 2) ? "class" : "kind";
    switch (random_below(state, 5)) {
    case 0:
        return filter_new_number("lanes", (enum filter_test)(FILTER_MIN + random_below(state, 4)),
                                 random_below(state, 5));
    case 1: {
        struct filter *like = filter_new_test(attribute, FILTER_LIKE);
        filter_add_text(like, "r*");
        return like;
    }
    default: {
        struct filter *in = filter_new_test(attribute, FILTER_IN);
        for (uint32_t count = random_below(state, 4); count > 0; count--) {
            filter_add_text(in, words[random_below(state, 5)]);
        }
        return in;
    }
    }
}

static struct filter *random_filter(uint64_t *state, int depth)
{
    uint32_t kind = depth == 0 ? 9 : random_below(state, 10);
    if (kind == 0) {
        return filter_new(random_below(state, 2) ? FILTER_ALWAYS : FILTER_NEVER);
    }
    if (kind <= 2) {
        return filter_new_not(random_filter(state, depth - 1));
    }
    if (kind > 6) {
        return random_test(state);
    }
    struct filter *group = filter_new(kind % 2 ? FILTER_ALL : FILTER_ANY);
    for (uint32_t count = random_below(state, 4); count > 0; count--) {
        filter_add(group, random_filter(state, depth - 1));
    }
    return group;
}

/* The colour of each fill is the number of its rule. */
static void add_rule(struct draft_layer *layer, size_t group, bool is_else, uint64_t *state)
{
    struct draft_rule *rule = draft_layer_add_rule(layer);
    rule->fill = (struct fill){.kind = FILL_FLAT, .colour = {(uint8_t)layer->rule_count, 0, 0, 255}};
    rule->group = group;
    rule->is_else = is_else;
    if (!is_else) {
        rule->filter = random_below(state, 8) ? random_filter(state, 3) : NULL;
    }
    if (random_below(state, 3) == 0 && !is_else) { /* "else" beside rules of other scales is a loss */
        rule->fill.kind = random_below(state, 4) ? FILL_FLAT : FILL_NONE;
    }
}

static void make_layer(struct draft_layer *layer, uint64_t *state)
{
    size_t groups = 1 + random_below(state, 2);
    for (size_t group = 0; group < groups; group++) {
        for (uint32_t count = 1 + random_below(state, MOST_RULES); count > 0; count--) {
            add_rule(layer, group, false, state);
        }
        if (random_below(state, 3) == 0) {
            add_rule(layer, group, true, state);
        }
    }
    if (random_below(state, 2)) { /* scales for rules of a layer without "else" */
        bool has_else = false;
        for (size_t i = 0; i < layer->rule_count; i++) {
            has_else |= layer->rules[i].is_else;
        }
        for (size_t i = 0; !has_else && i < layer->rule_count; i++) {
            layer->rules[i].min_denominator = random_below(state, 2) ? 0 : 1000;
            layer->rules[i].max_denominator = random_below(state, 2) ? 10000 : INFINITY;
        }
    }
}

static bool is_fitting(const struct draft_layer *layer, size_t number, const struct feature *feature)
{
    const struct draft_rule *rule = &layer->rules[number];
    if (!rule->is_else) {
        return holds(rule->filter, feature);
    }
    for (size_t i = 0; i < layer->rule_count; i++) {
        const struct draft_rule *other = &layer->rules[i];
        if (!other->is_else && other->group == rule->group && holds(other->filter, feature)) {
            return false;
        }
    }
    return true;
}

/* The numbers of the rules that paint a feature, the one on top first; "else" stands below its group. */
static size_t expected_rules(const struct draft_layer *layer, const struct feature *feature,
                             double denominator, uint8_t numbers[static 2 * MOST_RULES + 2])
{
    size_t count = 0;
    for (size_t i = layer->rule_count; i-- > 0;) {
        const struct draft_rule *rule = &layer->rules[i];
        if (rule->fill.kind == FILL_FLAT && rule->min_denominator <= denominator &&
            denominator < rule->max_denominator && is_fitting(layer, i, feature)) {
            numbers[count++] = (uint8_t)(i + 1);
        }
    }
    return count;
}

static size_t painted_rules(const struct style *style, const struct feature *feature, double denominator,
                            uint8_t numbers[static 2 * MOST_RULES + 2])
{
    char *texts[8];
    double amounts[8];
    ck_assert_uint_le(style->attribute_count, 8);
    for (size_t i = 0; i < style->attribute_count; i++) {
        const char *value = value_of(feature, style->attributes[i].name);
        texts[i] = (char *)value;
        amounts[i] = NAN;
        number_parse(value, &amounts[i]);
    }
    struct style_values values = {texts, amounts};
    size_t count = 0;
    const struct style_rule *rule = NULL;
    while ((rule = style_next_rule(style, denominator, values, rule))) {
        ck_assert_uint_lt(count, 2 * MOST_RULES + 2);
        numbers[count++] = rule->look.fill.colour.red;
    }
    return count;
}

/* The style that is read of what was written; NULL: nothing was, as there is nothing to paint. */
static struct style *write_and_read(const struct draft_layer *layer, struct style_losses *losses,
                                    struct buffer *yaml)
{
    struct problems problems;
    problems_init(&problems);
    if (style_write(layer, 0, losses, yaml) == 0) {
        return NULL;
    }
    struct yaml_document *document = yaml_document_parse("style.yaml", yaml->bytes, yaml->length, &problems);
    ck_assert_ptr_nonnull(document);
    struct style *style = style_read(yaml_document_root(document), &problems);
    problems_print(&problems, stderr);
    ck_assert_msg(problems.count == 0, "%s", yaml->bytes);
    yaml_document_free(document);
    problems_finish(&problems);
    return style;
}

static void compare_features(const struct draft_layer *layer, const struct style *style, const char *yaml,
                             uint64_t *state)
{
    for (int i = 0; i < FEATURES; i++) {
        struct feature feature = {.class = words[random_below(state, 5)],
                                  .kind = words[random_below(state, 5)]};
        snprintf(feature.lanes, sizeof feature.lanes, "%u", (unsigned)random_below(state, 6));
        double denominator = denominators[random_below(state, 3)];
        uint8_t expected[2 * MOST_RULES + 2];
        uint8_t painted[2 * MOST_RULES + 2];
        size_t expected_count = expected_rules(layer, &feature, denominator, expected);
        size_t painted_count = style ? painted_rules(style, &feature, denominator, painted) : 0;
        bool is_same = expected_count == painted_count && memcmp(expected, painted, painted_count) == 0;
        ck_assert_msg(is_same, "class '%s' kind '%s' lanes %s at 1:%g: %zu rules, not %zu, of\n%s",
                      feature.class, feature.kind, feature.lanes, denominator, painted_count, expected_count,
                      yaml);
    }
}

START_TEST(our_rules_paint_what_the_foreign_ones_do)
{
    uint64_t state = 20261121;
    size_t compared = 0;
    for (int round = 0; round < ROUNDS; round++) {
        struct style_draft draft = {NULL, 0};
        struct style_losses losses;
        struct buffer yaml;
        style_losses_init(&losses, "test");
        buffer_init(&yaml, 1 << 20);
        struct draft_layer *layer = style_draft_layer(&draft, "");
        make_layer(layer, &state);
        struct style *style = write_and_read(layer, &losses, &yaml);
        if (losses.list.count == 0) { /* what is too wide is said, and painted differently */
            compare_features(layer, style, yaml.bytes ? yaml.bytes : "", &state);
            compared++;
        }
        style_free(style);
        buffer_finish(&yaml);
        style_losses_finish(&losses);
        style_draft_finish(&draft);
    }
    ck_assert_uint_ge(compared, ROUNDS * 9 / 10);
}
END_TEST

START_TEST(a_lost_condition_narrows_or_widens_but_never_paints_everything)
{
    struct filter_alternatives alternatives;
    struct filter *all = filter_new(FILTER_ALL);
    filter_add(all, filter_new(FILTER_LOST));
    filter_flatten(all, &alternatives);
    ck_assert_uint_eq(alternatives.count, 0);
    ck_assert(alternatives.is_narrowed);
    filter_alternatives_finish(&alternatives);
    filter_add(all, filter_new_text("class", "road"));
    filter_flatten(all, &alternatives);
    ck_assert_uint_eq(alternatives.count, 1);
    ck_assert(alternatives.is_widened && alternatives.items[0].count == 1);
    filter_alternatives_finish(&alternatives);
    struct filter *none = filter_new_not(all); /* no road, or nobody knows */
    filter_flatten(none, &alternatives);
    ck_assert_uint_eq(alternatives.count, 1);
    ck_assert(alternatives.is_narrowed && alternatives.items[0].conditions[0].not_in_count == 1);
    filter_alternatives_finish(&alternatives);
    filter_free(none);
}
END_TEST

START_TEST(a_filter_that_multiplies_out_without_end_is_too_large)
{
    struct filter *all = filter_new(FILTER_ALL);
    for (int i = 0; i < 40; i++) {
        struct filter *any = filter_new(FILTER_ANY);
        for (int j = 0; j < 8; j++) {
            char name[20];
            snprintf(name, sizeof name, "a%d_%d", i, j);
            filter_add(any, filter_new_text(name, "x"));
        }
        filter_add(all, any);
    }
    struct filter_alternatives alternatives;
    filter_flatten(all, &alternatives);
    ck_assert(alternatives.is_too_large);
    ck_assert_uint_eq(alternatives.count, 0);
    filter_alternatives_finish(&alternatives);
    filter_free(all);
}
END_TEST

START_TEST(a_rule_with_seven_strokes_becomes_three_that_paint_them_in_order)
{
    struct style_draft draft = {NULL, 0};
    struct style_losses losses;
    struct buffer yaml;
    style_losses_init(&losses, "test");
    buffer_init(&yaml, 1 << 20);
    struct draft_layer *layer = style_draft_layer(&draft, "");
    struct draft_rule *rule = draft_layer_add_rule(layer);
    rule->label.text = memory_copy_text("{name}");
    rule->label.look.size_px = 12;
    for (int i = 0; i < 7; i++) {
        rule->strokes[rule->stroke_count++] = (struct stroke){.width_px = 8 - i, .colour = {0, 0, 0, 255}};
    }
    struct style *style = write_and_read(layer, &losses, &yaml);
    ck_assert_uint_eq(style->rule_count, 3);
    ck_assert(style->rules[0].is_also && style->rules[1].is_also && !style->rules[2].is_also);
    ck_assert_double_eq(style->rules[0].look.outline.strokes[0].width_px, 2);
    ck_assert_double_eq(style->rules[2].look.outline.strokes[0].width_px, 8);
    ck_assert_uint_eq(style->rules[0].label.part_count, 1);
    ck_assert_uint_eq(style->rules[2].label.part_count, 0);
    style_free(style);
    buffer_finish(&yaml);
    style_losses_finish(&losses);
    style_draft_finish(&draft);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("style_arrange");
    TCase *cases = tcase_create("style_arrange");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, our_rules_paint_what_the_foreign_ones_do);
    tcase_add_test(cases, a_lost_condition_narrows_or_widens_but_never_paints_everything);
    tcase_add_test(cases, a_filter_that_multiplies_out_without_end_is_too_large);
    tcase_add_test(cases, a_rule_with_seven_strokes_becomes_three_that_paint_them_in_order);
    suite_add_tcase(suite, cases);
    return suite;
}
