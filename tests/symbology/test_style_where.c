#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "tests/support/runner.h"
#include "tests/symbology/style_text.h"

#define MOST_ATTRIBUTES 8

/* A style of one rule with these conditions. */
static struct style *where(const char *conditions)
{
    char text[400];
    snprintf(text, sizeof text, "rules:\n  - where: %s\n    stroke: {width: 1}\n", conditions);
    return read_good(text);
}

/* What a feature has: values of the attributes by name; the others it lacks. */
struct bag {
    char *texts[MOST_ATTRIBUTES];
    double numbers[MOST_ATTRIBUTES];
};

static struct style_values values_of(const struct style *style, const char *const pairs[], struct bag *bag)
{
    memset(bag, 0, sizeof *bag);
    ck_assert_uint_le(style->attribute_count, MOST_ATTRIBUTES);
    for (size_t i = 0; i < style->attribute_count; i++) {
        bag->numbers[i] = NAN;
        for (size_t k = 0; pairs[k]; k += 2) {
            if (strcmp(pairs[k], style->attributes[i].name) == 0) {
                bag->texts[i] = (char *)pairs[k + 1];
                number_parse(pairs[k + 1], &bag->numbers[i]);
            }
        }
    }
    return (struct style_values){bag->texts, bag->numbers};
}

/* Does the rule take a feature whose attribute a has this text? NULL: it lacks it. */
static bool takes(const struct style *style, const char *a)
{
    const char *const pairs[] = {a ? "a" : NULL, a, NULL};
    struct bag bag;
    return style_rule_fits(&style->rules[0], values_of(style, pairs, &bag));
}

/* Conditions, and texts of a that fit and that do not. An empty text stands for none at all. */
static const struct {
    const char *conditions;
    const char *fit[6];
    const char *unfit[6];
} cases[] = {
    {"{a: motorway}", {"motorway"}, {"", "Motorway", "motorway ", "trunk"}},
    {"{a: 1}", {"1"}, {"1.0", "01", ""}},
    {"{a: {in: [motorway, 2]}}", {"motorway", "2"}, {"trunk", "2.0", ""}},
    {"{a: {not: path}}", {"track", ""}, {"path"}},
    {"{a: {not_in: [path, track]}}", {"road", ""}, {"path", "track"}},
    {"{a: {like: \"A*\"}}", {"A", "A59", "A*"}, {"", "a59", "N59", "BA"}},
    {"{a: {like: \"*straat?\"}}", {"Kerkstraat1", "straat\xC3\xA9"}, {"Kerkstraat", "straat12"}},
    {"{a: {like: \"*a*b*c\"}}", {"abc", "xaxbxc", "abcabc"}, {"acb", "abcd"}},
    {"{a: {not_like: \"A*\"}}", {"N59", ""}, {"A59"}},
    {"{a: {exists: true}}", {"x", "0"}, {""}},
    {"{a: {exists: false}}", {""}, {"x", "0"}},
    {"{a: {min: 2}}", {"2", "2.0", "3e1"}, {"1.99", "", "two", "2 m"}},
    {"{a: {above: 2}}", {"2.01"}, {"2", "-3", ""}},
    {"{a: {max: 2}}", {"2", "-3"}, {"2.01", "", "-"}},
    {"{a: {below: -2}}", {"-2.5"}, {"-2", "0", ""}},
    {"{a: {min: 2, below: 10}}", {"2", "9.99"}, {"1", "10", "11"}},
    {"{a: {min: 2, max: 2}}", {"2", "2.000"}, {"2.1"}},
    {"{a: {not: \"7\", min: 5}}", {"5", "8"}, {"7", "4", ""}},
};

START_TEST(each_operator_takes_what_it_says)
{
    struct style *style = where(cases[_i].conditions);
    for (int k = 0; k < 6; k++) {
        const char *fit = cases[_i].fit[k];
        const char *unfit = cases[_i].unfit[k];
        ck_assert_msg(!fit || takes(style, *fit ? fit : NULL), "%s: '%s'", cases[_i].conditions, fit);
        ck_assert_msg(!unfit || !takes(style, *unfit ? unfit : NULL), "%s: '%s'", cases[_i].conditions,
                      unfit);
    }
    style_free(style);
}
END_TEST

START_TEST(an_empty_text_is_a_missing_attribute)
{
    struct style *style = where("{a: {exists: true}}");
    ck_assert(!takes(style, ""));
    ck_assert(!takes(style, NULL));
    style_free(style);
}
END_TEST

START_TEST(all_conditions_of_where_must_hold_and_all_of_one_of_any)
{
    struct style *style = read_good("rules:\n"
                                    "  - where: {kind: road}\n"
                                    "    any: [{class: motorway}, {lanes: {min: 4}, toll: \"no\"}]\n");
    static const struct {
        const char *pairs[9];
        bool fits;
    } features[] = {{{"kind", "road", "class", "motorway", NULL}, true},
                    {{"kind", "road", "lanes", "4", "toll", "no", NULL}, true},
                    {{"kind", "road", "lanes", "4", NULL}, false},
                    {{"kind", "road", NULL}, false},
                    {{"class", "motorway", NULL}, false}};
    for (size_t i = 0; i < sizeof features / sizeof features[0]; i++) {
        struct bag bag;
        struct style_values values = values_of(style, features[i].pairs, &bag);
        ck_assert_int_eq(style_rule_fits(&style->rules[0], values), features[i].fits);
    }
    style_free(style);
}
END_TEST

/* The numbers of the rules that paint a feature of this class at a scale, as "0 2 ". */
static void rules_of(const struct style *style, const char *class, double denominator, char text[static 64])
{
    const char *const pairs[] = {"class", class, NULL};
    struct bag bag;
    struct style_values values = values_of(style, pairs, &bag);
    const struct style_rule *rule = NULL;
    *text = '\0';
    while ((rule = style_next_rule(style, denominator, values, rule))) {
        size_t length = strlen(text);
        snprintf(text + length, 64 - length, "%d ", (int)(rule - style->rules));
    }
}

static const char ways[] = "rules:\n"
                           "  - {also: true, label: {field: name}}\n"
                           "  - {where: {class: bridge}, also: true, stroke: {width: 9}}\n"
                           "  - {where: {class: road}, scale: [0, 1000], stroke: {width: 5}}\n"
                           "  - {where: {class: road}, scale: [1000, 5000], stroke: {width: 3}}\n"
                           "  - {where: {class: road}, stroke: {width: 1}}\n"
                           "  - {otherwise: true, scale: [0, 5000], stroke: {width: 2}}\n";

START_TEST(the_first_rule_that_fits_paints_and_others_only_beside_it)
{
    static const struct {
        const char *class;
        double denominator;
        const char *rules;
    } asked[] = {{"road", 500, "0 2 "},   {"road", 1000, "0 3 "},  {"road", 5000, "0 4 "},
                 {"bridge", 500, "0 1 "}, {"canal", 4999, "0 5 "}, {"canal", 5000, "0 "}};
    struct style *style = read_good(ways);
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        char text[64];
        rules_of(style, asked[i].class, asked[i].denominator, text);
        ck_assert_str_eq(text, asked[i].rules);
    }
    style_free(style);
}
END_TEST

/* One mistake a line. */
static const char mistakes[] = "rules:\n"
                               "  - where: {a: [b, c]}\n"               /* 2 */
                               "  - where: {a: {inn: [b]}}\n"           /* 3 */
                               "  - where: {a: {in: b}}\n"              /* 4 */
                               "  - where: {a: {in: []}}\n"             /* 5 */
                               "  - where: {a: {in: [[b]]}}\n"          /* 6 */
                               "  - where: {a: {not: [b]}}\n"           /* 7 */
                               "  - where: {a: {min: many}}\n"          /* 8 */
                               "  - where: {a: {min: }}\n"              /* 9 */
                               "  - where: {a: {min: 5, below: 5}}\n"   /* 10 */
                               "  - where: {a: {above: 7, max: 6}}\n"   /* 11 */
                               "  - where: {a: {exists: perhaps}}\n"    /* 12 */
                               "  - where: {a: {}}\n"                   /* 13 */
                               "  - where: [a]\n"                       /* 14 */
                               "  - any: {a: b}\n"                      /* 15 */
                               "  - any: []\n"                          /* 16 */
                               "  - any: [b]\n"                         /* 17 */
                               "  - {where: {a: b}, otherwise: true}\n" /* 18 */
                               "  - {any: [{a: b}], otherwise: true}\n" /* 19 */
                               "  - otherwise: maybe\n"                 /* 20 */
                               "  - allso: true\n";                     /* 21 */

START_TEST(each_mistake_in_a_condition_is_named_with_its_line)
{
    struct problems problems;
    struct style *style = read_style(mistakes, &problems);
    for (size_t i = 0; i < problems.count; i++) {
        ck_assert_int_eq(problems.items[i].line, (int)i + 2);
        ck_assert_str_eq(problems.items[i].file, "style.yaml");
    }
    ck_assert_uint_eq(problems.count, 20);
    ck_assert_ptr_nonnull(strstr(problems.items[1].sentence, "'in'"));    /* nearest to inn */
    ck_assert_ptr_nonnull(strstr(problems.items[19].sentence, "'also'")); /* nearest to allso */
    ck_assert_str_eq(problems.items[1].field, "rules[1].where.a.inn");
    style_free(style);
    problems_finish(&problems);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("style where");
    TCase *tests = tcase_create("style where");
    tcase_add_loop_test(tests, each_operator_takes_what_it_says, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, an_empty_text_is_a_missing_attribute);
    tcase_add_test(tests, all_conditions_of_where_must_hold_and_all_of_one_of_any);
    tcase_add_test(tests, the_first_rule_that_fits_paints_and_others_only_beside_it);
    tcase_add_test(tests, each_mistake_in_a_condition_is_named_with_its_line);
    suite_add_tcase(suite, tests);
    return suite;
}
