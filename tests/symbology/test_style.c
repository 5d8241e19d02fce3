#include "symbology/style.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "tests/support/runner.h"
#include "tests/symbology/style_text.h"

START_TEST(a_style_is_read_with_all_its_parts)
{
    struct style *style = read_good(
        "rules:\n"
        "  - scale: [1000, 500000]\n"
        "    where: {class: motorway, lanes: 4}\n"
        "    fill: {hatch: \"#A41926\", angle: 45, spacing: 8, width: 1}\n"
        "    stroke: [{width: 4, colour: \"#000\"}, {width: 2, colour: \"#FFF\", dash: [4, 2]}]\n"
        "    label: {field: name, size: 11, colour: \"#333333\"}\n"
        "    radius: 5\n"
        "  - fill: \"#EEF3E8\"\n"
        "raster: {opacity: 0.6, hillshade: true, ramp: [[0, \"#FFFFFF00\"], [2.5, \"#0B6FB8\"]]}\n");
    ck_assert_uint_eq(style->rule_count, 2);
    const struct style_rule *rule = &style->rules[0];
    ck_assert_double_eq(rule->min_denominator, 1000);
    ck_assert_double_eq(rule->max_denominator, 500000);
    ck_assert_uint_eq(rule->where.count, 2);
    ck_assert_str_eq(rule->where.items[1].texts[0], "4");
    ck_assert_int_eq(rule->look.fill.kind, FILL_HATCH);
    ck_assert_double_eq(rule->look.fill.spacing_px, 8);
    ck_assert_int_eq(rule->look.outline.stroke_count, 2);
    ck_assert_int_eq(rule->look.outline.strokes[1].dash_count, 2);
    ck_assert_uint_eq(rule->label.part_count, 1);
    ck_assert_str_eq(style->attributes[rule->label.parts[0].attribute].name, "name");
    ck_assert_double_eq(rule->mark.size_px, 10);
    ck_assert(isinf(style->rules[1].max_denominator));
    ck_assert_int_eq(style->rules[1].look.fill.kind, FILL_FLAT);
    ck_assert(style->is_hillshade);
    ck_assert_double_eq(style->opacity, 0.6);
    ck_assert(style_attribute_find(style, "class") != STYLE_NO_ATTRIBUTE);
    ck_assert(style_attribute_find(style, "name") != STYLE_NO_ATTRIBUTE);
    ck_assert(style_attribute_find(style, "colour") == STYLE_NO_ATTRIBUTE);
    style_free(style);
}
END_TEST

START_TEST(rules_have_titles_in_languages_and_a_ramp_has_a_unit)
{
    struct style *style = read_good("rules:\n"
                                    "  - {title: Dorp, fill: \"#000\"}\n"
                                    "  - {title: {nl: Stad, en: City, fr: Ville}, fill: \"#000\"}\n"
                                    "  - {fill: \"#000\"}\n"
                                    "raster: {unit: m\u00b3/s, ramp: [[0, \"#000\"], [1, \"#FFF\"]]}\n");
    ck_assert_str_eq(multilingual_text(&style->rules[0].title, LANGUAGE_EN), "Dorp");
    ck_assert_str_eq(multilingual_text(&style->rules[1].title, LANGUAGE_EN), "City");
    ck_assert_str_eq(multilingual_text(&style->rules[1].title, LANGUAGE_DE), "Stad");
    ck_assert_str_eq(multilingual_text(&style->rules[2].title, LANGUAGE_NL), "");
    ck_assert_str_eq(style->unit, "m\u00b3/s");
    style_free(style);
}
END_TEST

/* One mistake a line. */
static const char unfit_titles[] = "rules:\n"
                                   "  - title: \"two\\nlines\"\n"                /* 2 */
                                   "  - title: [Dorp]\n"                         /* 3 */
                                   "  - title: {nl: Dorp, it: Paese}\n"          /* 4 */
                                   "  - title: {en: \"turned \\u202E round\"}\n" /* 5 */
                                   "raster:\n"
                                   "  unit: \"m\\e[0m\"\n"; /* 7 */

START_TEST(titles_and_units_that_cannot_be_shown_are_problems)
{
    static const int lines[] = {2, 3, 4, 5, 7};
    struct problems problems;
    struct style *style = read_style(unfit_titles, &problems);
    ck_assert_uint_eq(problems.count, sizeof lines / sizeof lines[0]);
    for (size_t i = 0; i < problems.count; i++) {
        ck_assert_int_eq(problems.items[i].line, lines[i]);
    }
    ck_assert_str_eq(multilingual_text(&style->rules[0].title, LANGUAGE_NL), "");
    ck_assert_str_eq(multilingual_text(&style->rules[2].title, LANGUAGE_NL), "Dorp");
    ck_assert_str_eq(multilingual_text(&style->rules[3].title, LANGUAGE_EN), "");
    ck_assert_str_eq(style->unit, "");
    style_free(style);
    problems_finish(&problems);
}
END_TEST

START_TEST(an_empty_style_has_defaults)
{
    struct style *style = read_good("rules: []\n");
    ck_assert_uint_eq(style->rule_count, 0);
    ck_assert_double_eq(style->opacity, 1);
    ck_assert_ptr_null(style->ramp);
    style_free(style);
    struct problems problems;
    problems_init(&problems);
    style = style_read(NULL, &problems);
    ck_assert_uint_eq(problems.count, 0);
    style_free(style);
    style_free(NULL);
    problems_finish(&problems);
}
END_TEST

START_TEST(colours_between_stops_are_mixed_and_outside_are_the_ends)
{
    struct style *style =
        read_good("raster: {ramp: [[-1, \"#000000\"], [1, \"#FF8000\"], [3, \"#FFFFFF00\"]]}\n");
    ck_assert_int_eq(style_ramp_colour(style, -100).red, 0);
    ck_assert_int_eq(style_ramp_colour(style, -1).red, 0);
    ck_assert_int_eq(style_ramp_colour(style, 0).red, 128);
    ck_assert_int_eq(style_ramp_colour(style, 0).green, 64);
    ck_assert_int_eq(style_ramp_colour(style, 1).red, 255);
    ck_assert_int_eq(style_ramp_colour(style, 2).alpha, 128);
    ck_assert_int_eq(style_ramp_colour(style, 1e9).alpha, 0);
    ck_assert_int_eq(style_ramp_colour(style, NAN).alpha, 0);
    for (double value = -1; value < 3; value += 0.01) { /* red never falls on this ramp */
        ck_assert_int_le(style_ramp_colour(style, value).red, style_ramp_colour(style, value + 0.01).red);
    }
    style_free(style);
}
END_TEST

/* One mistake a line. */
static const char twenty_mistakes[] = "rules:\n"                                  /* 1 */
                                      "  - scale: [500, 100]\n"                   /* 2 */
                                      "    wher: {a: b}\n"                        /* 3 */
                                      "    fill: \"#12\"\n"                       /* 4 */
                                      "    radius: -1\n"                          /* 5 */
                                      "  - scale: 100\n"                          /* 6 */
                                      "    where: {a: [1]}\n"                     /* 7 */
                                      "    fill: {hatch: \"#000\", spacing: 0}\n" /* 8 */
                                      "    stroke:\n"                             /* 9 */
                                      "      width: wide\n"                       /* 10 */
                                      "      color: \"#000\"\n"                   /* 11 */
                                      "      dash: [1, 2, 3]\n"                   /* 12 */
                                      "      cap: flat\n"                         /* 13 */
                                      "    label:\n"                              /* 14 */
                                      "      field: \"\"\n"                       /* 15 */
                                      "      size: 1e300\n"                       /* 16 */
                                      "      bold: perhaps\n"                     /* 17 */
                                      "  - nothing\n"                             /* 18 */
                                      "  - where: {a: {}}\n"                      /* 19 */
                                      "    stroke: [{dash: [0, 0]}]\n"            /* 20 */
                                      "raster:\n"                                 /* 21 */
                                      "  opacity: 2\n"                            /* 22 */
                                      "  ramp:\n"                                 /* 23 */
                                      "    - [1, \"#000\"]\n"                     /* 24 */
                                      "    - [0, \"#FFF\"]\n"                     /* 25 */
                                      "    - [nan, \"#FFF\"]\n"                   /* 26 */
                                      "vector: {}\n";                             /* 27 */

START_TEST(a_style_with_twenty_mistakes_names_twenty)
{
    static const int lines[] = {2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 15, 16, 17, 18, 19, 20, 22, 25, 26, 27};
    struct problems problems;
    struct style *style = read_style(twenty_mistakes, &problems);
    size_t count = sizeof lines / sizeof lines[0];
    for (size_t i = 0; i < count; i++) {
        bool is_named = false;
        for (size_t p = 0; p < problems.count; p++) {
            is_named |=
                problems.items[p].line == lines[i] && strcmp(problems.items[p].file, "style.yaml") == 0;
        }
        ck_assert_msg(is_named, "line %d", lines[i]);
    }
    ck_assert_uint_eq(problems.count, count);
    ck_assert_double_eq(style->opacity, 1);
    ck_assert(isfinite(style->rules[1].look.outline.strokes[0].width_px));
    style_free(style);
    problems_finish(&problems);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("style");
    TCase *cases = tcase_create("style");
    tcase_add_test(cases, a_style_is_read_with_all_its_parts);
    tcase_add_test(cases, rules_have_titles_in_languages_and_a_ramp_has_a_unit);
    tcase_add_test(cases, titles_and_units_that_cannot_be_shown_are_problems);
    tcase_add_test(cases, an_empty_style_has_defaults);
    tcase_add_test(cases, colours_between_stops_are_mixed_and_outside_are_the_ends);
    tcase_add_test(cases, a_style_with_twenty_mistakes_names_twenty);
    suite_add_tcase(suite, cases);
    return suite;
}
