/*
 * test_mark_row.c - marks are spread evenly, whatever the length of the line.
 */
#include "symbology/mark_row.h"

#include <math.h>

#include "tests/support/runner.h"

static struct line_marks marks_of(double spacing_px, double phase_px)
{
    return (struct line_marks){
        .mark = LINE_MARK_BAR, .size_px = 8, .spacing_px = spacing_px, .phase_px = phase_px};
}

static double last_of(struct mark_row row)
{
    return row.first_px + (row.count - 1) * row.step_px;
}

START_TEST(an_open_line_has_as_much_room_before_its_first_mark_as_behind_its_last)
{
    for (double length_px = 0.5; length_px < 500; length_px += 0.7) {
        for (double phase_px = 0; phase_px <= 30; phase_px += 7.5) {
            struct line_marks marks = marks_of(24, phase_px);
            struct mark_row row = mark_row_of(&marks, 10, 10 + length_px, false);
            ck_assert_double_eq_tol(row.first_px - 10, 10 + length_px - last_of(row), 1e-6);
            ck_assert_double_ge(row.first_px, 10);
        }
    }
}
END_TEST

START_TEST(a_line_shorter_than_one_spacing_has_one_mark_in_its_middle)
{
    struct line_marks marks = marks_of(40, 20);
    for (double length_px = 0; length_px < 40; length_px += 3) {
        struct mark_row row = mark_row_of(&marks, 0, length_px, false);
        ck_assert_double_eq(row.count, 1);
        ck_assert_double_eq_tol(row.first_px, length_px / 2, 1e-9);
    }
}
END_TEST

START_TEST(steps_stay_near_the_spacing_that_the_author_asked_for)
{
    for (double length_px = 60; length_px < 3000; length_px *= 1.013) {
        struct line_marks marks = marks_of(22, 11);
        struct mark_row open = mark_row_of(&marks, 0, length_px, false);
        struct mark_row closed = mark_row_of(&marks, 0, length_px, true);
        ck_assert_double_ge(open.step_px, 22 / 1.25);
        ck_assert_double_ge(closed.step_px, 22 / 1.25);
        ck_assert_double_le(closed.step_px, 22 * 1.5);
        ck_assert(open.count < 2 || open.step_px <= 22 * 1.8);
    }
}
END_TEST

START_TEST(round_a_closed_line_all_steps_are_the_same)
{
    for (double length_px = 5; length_px < 700; length_px += 1.3) {
        struct line_marks marks = marks_of(30, 100);
        struct mark_row row = mark_row_of(&marks, 0, length_px, true);
        ck_assert_double_eq_tol(row.count * row.step_px, length_px, 1e-6);
        ck_assert(row.first_px >= 0 && row.first_px < row.step_px);
    }
}
END_TEST

START_TEST(numbers_beyond_reason_give_a_row_that_ends)
{
    static const double bad[] = {-5, 0, 1e-9, 1e18, NAN, INFINITY};
    for (int i = 0; i < 216; i++) {
        struct line_marks marks = marks_of(bad[i % 6], bad[i / 6 % 6]);
        struct mark_row row = mark_row_of(&marks, 0, bad[i / 36], i % 2 == 0);
        ck_assert(row.count >= 1 || isnan(row.count));
        ck_assert(!(row.step_px < 0));
    }
}
END_TEST

START_TEST(a_row_between_marks_stands_halfway_between_two_of_them)
{
    for (double length_px = 90; length_px < 900; length_px += 7.3) {
        struct line_marks marks = marks_of(32, 14);
        struct mark_row row = mark_row_of(&marks, 0, length_px, false);
        struct mark_row between = mark_row_between(row, 56);
        ck_assert_double_ge(between.count, 1);
        ck_assert_double_lt(last_of(between), last_of(row));
        for (double i = 0; i < between.count; i++) {
            double steps = (between.first_px + i * between.step_px - row.first_px) / row.step_px;
            ck_assert_double_eq_tol(steps - floor(steps), 0.5, 1e-9);
        }
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("mark row");
    TCase *cases = tcase_create("mark row");
    tcase_add_test(cases, an_open_line_has_as_much_room_before_its_first_mark_as_behind_its_last);
    tcase_add_test(cases, a_line_shorter_than_one_spacing_has_one_mark_in_its_middle);
    tcase_add_test(cases, steps_stay_near_the_spacing_that_the_author_asked_for);
    tcase_add_test(cases, round_a_closed_line_all_steps_are_the_same);
    tcase_add_test(cases, numbers_beyond_reason_give_a_row_that_ends);
    tcase_add_test(cases, a_row_between_marks_stands_halfway_between_two_of_them);
    suite_add_tcase(suite, cases);
    return suite;
}
