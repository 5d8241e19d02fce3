#include "geo/base/problems.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "tests/support/runner.h"

static char *printed(const struct problems *problems)
{
    char *text = NULL;
    size_t length = 0;
    FILE *file = open_memstream(&text, &length);
    problems_print(problems, file);
    fclose(file);
    return text;
}

START_TEST(each_problem_is_one_line_with_its_place)
{
    struct problems problems;
    problems_init(&problems);
    problems_add(&problems, PROBLEM_ERROR, "plottafel.yaml", 12, "layers[2].title", "is missing");
    problems_add(&problems, PROBLEM_WARNING, "plottafel.yaml", 0, "", "has %d maps", 0);
    char *text = printed(&problems);
    ck_assert_str_eq(text, "plottafel.yaml:12: layers[2].title: is missing\n"
                           "plottafel.yaml: warning: has 0 maps\n");
    free(text);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_problem_with_hostile_words_stays_on_its_line_and_moves_no_terminal)
{
    struct problems problems;
    problems_init(&problems);
    problems_add(&problems, PROBLEM_WARNING, "a.geojson", 1, "properties.\x1b[2J", "a\nb\xC2\x9B\xFF");
    char *text = printed(&problems);
    ck_assert_str_eq(text, "a.geojson:1: properties. [2J: warning: a b \xEF\xBF\xBD\n");
    free(text);
    problems_finish(&problems);
}
END_TEST

START_TEST(the_fault_names_the_first_error_and_counts_the_others)
{
    struct problems problems;
    struct fault fault = {0};
    problems_init(&problems);
    ck_assert(problems_to_fault(&problems, &fault));
    problems_add(&problems, PROBLEM_WARNING, "a", 1, "", "hm");
    ck_assert(problems_to_fault(&problems, &fault));
    problems_add(&problems, PROBLEM_ERROR, "a", 2, "b", "is wrong");
    ck_assert(!problems_to_fault(&problems, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_str_eq(fault.message, "a:2: b: is wrong");
    problems_add(&problems, PROBLEM_ERROR, "a", 3, "c", "is wrong too");
    ck_assert(!problems_to_fault(&problems, &fault));
    ck_assert_str_eq(fault.message, "a:2: b: is wrong (and 1 more mistake)");
    problems_add(&problems, PROBLEM_ERROR, "a", 4, "d", "is wrong as well");
    ck_assert(!problems_to_fault(&problems, &fault));
    ck_assert_str_eq(fault.message, "a:2: b: is wrong (and 2 more mistakes)");
    problems_finish(&problems);
}
END_TEST

START_TEST(a_flood_of_mistakes_is_counted_but_not_kept)
{
    struct problems problems;
    problems_init(&problems);
    for (int i = 0; i < 100000; i++) {
        problems_add(&problems, PROBLEM_ERROR, "a", i + 1, "", "wrong");
    }
    ck_assert_uint_eq(problems.error_count, 100000);
    ck_assert_uint_lt(problems.count, 2000);
    char *text = printed(&problems);
    ck_assert_ptr_nonnull(strstr(text, "only the first"));
    free(text);
    problems_finish(&problems);
}
END_TEST

START_TEST(sorted_they_stand_in_the_order_of_lines_file_by_file)
{
    static const char *const expected[] = {"c", "a", "d", "b", "e"};
    struct problems problems;
    problems_init(&problems);
    problems_add(&problems, PROBLEM_ERROR, "one.yaml", 7, "", "a");
    problems_add(&problems, PROBLEM_ERROR, "two.yaml", 5, "", "b");
    problems_add(&problems, PROBLEM_ERROR, "one.yaml", 2, "", "c");
    problems_add(&problems, PROBLEM_ERROR, "one.yaml", 7, "", "d");
    problems_add(&problems, PROBLEM_WARNING, "two.yaml", 6, "", "e");
    problems_sort(&problems);
    for (size_t i = 0; i < problems.count; i++) {
        ck_assert_str_eq(problems.items[i].sentence, expected[i]);
    }
    problems_finish(&problems);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("problems");
    TCase *cases = tcase_create("problems");
    tcase_add_test(cases, each_problem_is_one_line_with_its_place);
    tcase_add_test(cases, a_problem_with_hostile_words_stays_on_its_line_and_moves_no_terminal);
    tcase_add_test(cases, the_fault_names_the_first_error_and_counts_the_others);
    tcase_add_test(cases, a_flood_of_mistakes_is_counted_but_not_kept);
    tcase_add_test(cases, sorted_they_stand_in_the_order_of_lines_file_by_file);
    suite_add_tcase(suite, cases);
    return suite;
}
