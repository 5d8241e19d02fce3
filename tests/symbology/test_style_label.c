#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/runner.h"
#include "tests/symbology/style_text.h"

/* A style of one rule with this label. */
static struct style *read_label(const char *label, struct problems *problems)
{
    char text[2000];
    snprintf(text, sizeof text, "rules:\n  - label: %s\n", label);
    return read_style(text, problems);
}

/* What a label says of a feature with a name and a ref, NULL where it lacks one. */
static const struct {
    const char *label;
    const char *name;
    const char *ref;
    const char *said; /* NULL: nothing */
} cases[] = {
    {"{field: name}", "Kerkstraat", NULL, "Kerkstraat"},
    {"{field: name}", NULL, "A59", NULL},
    {"{field: name}", "", "A59", NULL},
    {"{text: \"{name} ({ref})\"}", "Maasroute", "A2", "Maasroute (A2)"},
    {"{text: \"{name} ({ref})\"}", "Maasroute", NULL, "Maasroute ()"},
    {"{text: \"{name} ({ref})\"}", NULL, NULL, NULL},
    {"{text: \"{name}[ ({ref})]\"}", "Maasroute", "A2", "Maasroute (A2)"},
    {"{text: \"{name}[ ({ref})]\"}", "Maasroute", NULL, "Maasroute"},
    {"{text: \"{name}[ ({ref})]\"}", NULL, "A2", " (A2)"},
    {"{text: \"[{name}][ {ref}]\"}", NULL, NULL, NULL},
    {"{text: \"[{name} - {ref}]\"}", "Maasroute", NULL, NULL},
    {"{text: \"[{name}][{ref}]\"}", NULL, "A2", "A2"},
    {"{text: \"Gemaal\"}", NULL, NULL, "Gemaal"},
    {"{text: \"{{{name}} [[x]\"}", "a", NULL, "{a} [x]"},
    {"{text: \"{name}\\n{ref}\"}", "a", "b", "a\nb"},
};

START_TEST(a_label_says_what_its_template_asks_for)
{
    struct problems problems;
    struct style *style = read_label(cases[_i].label, &problems);
    char *texts[2] = {NULL, NULL};
    for (size_t i = 0; i < style->attribute_count; i++) {
        bool is_name = strcmp(style->attributes[i].name, "name") == 0;
        texts[i] = (char *)(is_name ? cases[_i].name : cases[_i].ref);
    }
    problems_print(&problems, stderr);
    ck_assert_uint_eq(problems.count, 0);
    char *said = style_label_text(&style->rules[0].label, (struct style_values){texts, NULL});
    ck_assert_pstr_eq(said, cases[_i].said);
    free(said);
    style_free(style);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_label_is_read_with_all_its_fields)
{
    struct problems problems;
    struct style *style =
        read_label("{field: name, size: 14, bold: true, max_width: 80, place: right, offset: 5, along: true, "
                   "spacing: 250, priority: -3}",
                   &problems);
    const struct style_label *label = &style->rules[0].label;
    ck_assert_uint_eq(problems.count, 0);
    ck_assert_double_eq(label->look.size_px, 14);
    ck_assert(label->look.is_bold && label->is_along);
    ck_assert_double_eq(label->max_width_px, 80);
    ck_assert_int_eq(label->place, STYLE_PLACE_RIGHT);
    ck_assert_double_eq(label->offset_px, 5);
    ck_assert_double_eq(label->spacing_px, 250);
    ck_assert_int_eq(label->priority, -3);
    ck_assert(style_has_labels(style));
    style_free(style);
    problems_finish(&problems);
}
END_TEST

static const char *const mistakes[] = {"{size: 11}",
                                       "{field: a, text: \"{b}\"}",
                                       "{text: \"{name\"}",
                                       "{text: \"{}\"}",
                                       "{text: \"[{name}\"}",
                                       "{text: \"[a[b]]\"}",
                                       "{text: [a]}",
                                       "{field: a, place: north}",
                                       "{field: a, max_width: 1000}",
                                       "{field: a, priority: 1000}",
                                       "{field: a, along: perhaps}",
                                       "{field: a, colr: \"#000\"}"};

START_TEST(each_mistake_in_a_label_is_named)
{
    struct problems problems;
    struct style *style = read_label(mistakes[_i], &problems);
    ck_assert_msg(problems.count == 1, "%s: %zu problems", mistakes[_i], problems.count);
    ck_assert_int_eq(problems.items[0].line, 2);
    style_free(style);
    problems_finish(&problems);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("style label");
    TCase *tests = tcase_create("style label");
    tcase_add_loop_test(tests, a_label_says_what_its_template_asks_for, 0, sizeof cases / sizeof cases[0]);
    tcase_add_test(tests, a_label_is_read_with_all_its_fields);
    tcase_add_loop_test(tests, each_mistake_in_a_label_is_named, 0, sizeof mistakes / sizeof mistakes[0]);
    suite_add_tcase(suite, tests);
    return suite;
}
