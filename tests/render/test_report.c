/*
 * test_report.c - a report is the same in whatever order its parts were found.
 */
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/utf8.h"
#include "render/report.h"
#include "tests/support/runner.h"

START_TEST(items_are_in_order_and_not_repeated)
{
    struct report report;
    report_init(&report);
    report_add(&report, REPORT_LABEL_UNPLACED, "b", "no place for '%s'", "b");
    report_add(&report, REPORT_LAYER_FAILED, "rivers", "cannot be opened");
    report_add(&report, REPORT_LABEL_UNPLACED, "a", "no place");
    report_add(&report, REPORT_LABEL_UNPLACED, "b", "again");
    report_add(&report, REPORT_NO_RD_GRID, NULL, "without grid");
    ck_assert_uint_eq(report.count, 4);
    ck_assert_str_eq(report.items[0].subject, "rivers");
    ck_assert_str_eq(report.items[1].subject, "a");
    ck_assert_str_eq(report.items[2].subject, "b");
    ck_assert_str_eq(report.items[2].sentence, "no place for 'b'");
    ck_assert_str_eq(report.items[3].subject, "");
    ck_assert_uint_eq(report_count(&report, REPORT_LABEL_UNPLACED), 2);
    ck_assert_uint_eq(report_count(&report, REPORT_SYMBOL_SMALL), 0);
    ck_assert_uint_eq(report_count(&report, REPORT_NO_RD_GRID), 1);
    report_finish(&report);
}
END_TEST

START_TEST(what_is_counted_without_a_name_counts_beside_what_is_named)
{
    struct report a;
    struct report b;
    report_init(&a);
    report_init(&b);
    report_add(&a, REPORT_SYMBOL_SMALL, "engine", "small");
    report_add_count(&a, REPORT_SYMBOL_SMALL, 3);
    report_add_count(&b, REPORT_SYMBOL_SMALL, 2);
    report_merge(&a, &b);
    ck_assert_uint_eq(a.count, 1);
    ck_assert_uint_eq(report_count(&a, REPORT_SYMBOL_SMALL), 6);
    ck_assert_uint_eq(report_count(&a, REPORT_SYMBOL_HIDDEN), 0);
    report_finish(&a);
    ck_assert_uint_eq(report_count(&a, REPORT_SYMBOL_SMALL), 0);
    report_finish(&b);
}
END_TEST

static void add_numbers(struct report *report, int first, int step)
{
    report_init(report);
    for (int i = 0, number = first; i < 997; i++, number = (number + step) % 997) {
        char subject[16];
        snprintf(subject, sizeof subject, "f%d", number);
        report_add(report, number % 2 ? REPORT_LABEL_UNPLACED : REPORT_SYMBOL_SMALL, subject, "%d", number);
    }
}

START_TEST(the_order_of_finding_does_not_matter)
{
    struct report a;
    struct report b;
    add_numbers(&a, 0, 1);
    add_numbers(&b, 500, 13);
    ck_assert_uint_eq(a.count, 997);
    ck_assert_uint_eq(b.count, 997);
    for (size_t i = 0; i < a.count; i++) {
        ck_assert_str_eq(a.items[i].subject, b.items[i].subject);
        ck_assert_str_eq(a.items[i].sentence, b.items[i].sentence);
    }
    report_merge(&a, &b);
    ck_assert_uint_eq(a.count, 997);
    report_finish(&a);
    report_merge(&a, &b);
    ck_assert_uint_eq(a.count, 997);
    ck_assert_str_eq(a.items[996].subject, b.items[996].subject);
    report_finish(&a);
    report_finish(&b);
}
END_TEST

START_TEST(a_sentence_behind_a_title_does_not_name_the_layer_again)
{
    static const char *const sentences[][2] = {
        {"layer 'rivers': there is no such file", "there is no such file"},
        {"layer 'rivers' did not answer", "did not answer"},
        {"layer 'rivers-2': there is no such file", "layer 'rivers-2': there is no such file"},
        {"it is none", "it is none"},
        {"", ""}};
    for (size_t i = 0; i < sizeof sentences / sizeof sentences[0]; i++) {
        struct report report;
        report_init(&report);
        report_add_text(&report, REPORT_LAYER_FAILED, "rivers", sentences[i][0]);
        ck_assert_str_eq(report_sentence(&report.items[0]), sentences[i][1]);
        report_finish(&report);
    }
}
END_TEST

/* From all bytes that its cut may fall on. */
START_TEST(a_long_sentence_ends_with_an_ellipsis_after_a_whole_character)
{
    char title[1500];
    struct report report;
    memset(title, 'x', (size_t)_i);
    for (size_t i = (size_t)_i; i < sizeof title; i += strlen("é€")) {
        snprintf(title + i, sizeof title - i, "é€");
    }
    report_init(&report);
    report_add(&report, REPORT_LAYER_FAILED, "rivers", "%s", title);
    const char *sentence = report.items[0].sentence;
    size_t left = strlen(sentence);
    ck_assert_uint_gt(left, 900);
    ck_assert_uint_le(left, 1000);
    ck_assert_str_eq(sentence + left - strlen("…"), "…");
    for (size_t length; left > 0; sentence += length, left -= length) {
        ck_assert_uint_ne(utf8_read(sentence, left, &length), UTF8_INVALID);
    }
    report_finish(&report);
}
END_TEST

START_TEST(all_that_a_fault_says_is_kept)
{
    struct fault fault;
    struct report report;
    report_init(&report);
    fault_set(&fault, FAULT_UNAVAILABLE, "%0*d", (int)sizeof fault.message - 1, 7);
    report_add(&report, REPORT_LAYER_FAILED, "rivers", "%s", fault.message);
    ck_assert_str_eq(report.items[0].sentence, fault.message);
    report_finish(&report);
}
END_TEST

START_TEST(every_kind_has_its_own_name)
{
    for (int i = REPORT_LAYER_FAILED; i < REPORT_KIND_COUNT; i++) {
        for (int j = REPORT_LAYER_FAILED; j < i; j++) {
            ck_assert_str_ne(report_kind_name((enum report_kind)i), report_kind_name((enum report_kind)j));
        }
    }
    ck_assert_str_eq(report_kind_name(REPORT_LAYER_FAILED), "layer-failed");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("report");
    TCase *tests = tcase_create("report");
    tcase_add_test(tests, items_are_in_order_and_not_repeated);
    tcase_add_test(tests, what_is_counted_without_a_name_counts_beside_what_is_named);
    tcase_add_test(tests, the_order_of_finding_does_not_matter);
    tcase_add_test(tests, a_sentence_behind_a_title_does_not_name_the_layer_again);
    tcase_add_loop_test(tests, a_long_sentence_ends_with_an_ellipsis_after_a_whole_character, 0, 5);
    tcase_add_test(tests, all_that_a_fault_says_is_kept);
    tcase_add_test(tests, every_kind_has_its_own_name);
    suite_add_tcase(suite, tests);
    return suite;
}
