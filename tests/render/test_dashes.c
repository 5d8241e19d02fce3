/*
 * test_dashes.c - dashes are counted from the start of the whole line.
 */
#include "render/canvas/dashes.h"

#include <math.h>

#include "symbology/stroke.h"
#include "tests/support/runner.h"

static const struct bbox everywhere = {-1e6, -1e6, 1e6, 1e6};

/* Dashes along the x axis, as x of their ends. */
struct found {
    double ends[400];
    int count;
    double start_x;
};

static void note(const struct polyline *dash, void *context)
{
    struct found *found = context;
    ck_assert_int_le(found->count + 2, 400);
    found->ends[found->count++] = dash->points[0].x + found->start_x;
    found->ends[found->count++] = dash->points[dash->count - 1].x + found->start_x;
}

static struct found dashes_of(const struct stroke *stroke, double start_px, double end_px, struct bbox box)
{
    struct point points[] = {{0, 0}, {(end_px - start_px) / 3, 0}, {end_px - start_px, 0}};
    struct dashed_piece piece = {points, 3, start_px};
    struct polyline dash = {0};
    struct found found = {.start_x = start_px};
    dashes_visit(stroke, &piece, box, &dash, note, &found);
    polyline_finish(&dash);
    return found;
}

static void check(const struct found *found, const double *expected, int count)
{
    ck_assert_int_eq(found->count, count);
    for (int i = 0; i < count; i++) {
        ck_assert_double_eq_tol(found->ends[i], expected[i], 1e-9);
    }
}

START_TEST(dashes_and_gaps_take_turns)
{
    struct stroke stroke = {.dash_px = {6, 2, 1, 3}, .dash_count = 4};
    static const double expected[] = {0, 6, 8, 9, 12, 18, 20, 21, 24, 25};
    struct found found = dashes_of(&stroke, 0, 25, everywhere);
    ck_assert_double_eq(dashes_pattern_px(&stroke), 12);
    check(&found, expected, 10);
}
END_TEST

START_TEST(an_odd_number_of_lengths_changes_places_at_each_turn)
{
    struct stroke stroke = {.dash_px = {5, 2, 1}, .dash_count = 3};
    static const double expected[] = {0, 5, 7, 8, 13, 15, 16, 21};
    struct found found = dashes_of(&stroke, 0, 22, everywhere);
    ck_assert_double_eq(dashes_pattern_px(&stroke), 16);
    check(&found, expected, 8);
}
END_TEST

START_TEST(a_phase_begins_within_the_pattern)
{
    struct stroke stroke = {.dash_px = {10, 10}, .dash_count = 2, .phase_px = 14};
    static const double expected[] = {6, 16, 26, 30};
    struct found found = dashes_of(&stroke, 0, 30, everywhere);
    check(&found, expected, 4);
}
END_TEST

/* What a piece shows of a dash that began before it begins where the piece does. */
START_TEST(a_piece_has_the_dashes_of_the_whole_line)
{
    struct stroke stroke = {.dash_px = {6, 2.5, 0, 3.1}, .dash_count = 4, .phase_px = 1};
    struct found whole = dashes_of(&stroke, 0, 300, everywhere);
    for (double start = 0; start < 200; start += 1.7) {
        struct found piece = dashes_of(&stroke, start, 300, everywhere);
        ck_assert_int_gt(piece.count, 2);
        for (int i = 0; i < piece.count; i += 2) {
            int k = whole.count - piece.count + i;
            ck_assert_double_eq_tol(piece.ends[i], fmax(start, whole.ends[k]), 1e-9);
            ck_assert_double_eq_tol(piece.ends[i + 1], whole.ends[k + 1], 1e-9);
        }
    }
}
END_TEST

START_TEST(what_is_seen_of_a_long_line_has_the_same_dashes)
{
    struct stroke stroke = {.dash_px = {6, 3}, .dash_count = 2};
    struct found found = dashes_of(&stroke, 0, 9e8, (struct bbox){90000001, -5, 90000101, 5});
    ck_assert_int_gt(found.count, 20);
    ck_assert_int_lt(found.count, 40); /* and no others */
    for (int i = 0; i < found.count; i += 2) {
        ck_assert_double_eq_tol(remainder(found.ends[i], 9), 0, 1e-6);
        ck_assert_double_eq_tol(found.ends[i + 1], found.ends[i] + 6, 1e-6);
    }
}
END_TEST

START_TEST(patterns_too_short_to_be_seen_are_solid)
{
    struct stroke stroke = {.dash_px = {0.1, 0.1}, .dash_count = 2};
    ck_assert_double_eq(dashes_pattern_px(&stroke), 0);
    stroke.dash_count = 0;
    ck_assert_double_eq(dashes_pattern_px(&stroke), 0);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("dashes");
    TCase *tests = tcase_create("dashes");
    tcase_add_test(tests, dashes_and_gaps_take_turns);
    tcase_add_test(tests, an_odd_number_of_lengths_changes_places_at_each_turn);
    tcase_add_test(tests, a_phase_begins_within_the_pattern);
    tcase_add_test(tests, a_piece_has_the_dashes_of_the_whole_line);
    tcase_add_test(tests, what_is_seen_of_a_long_line_has_the_same_dashes);
    tcase_add_test(tests, patterns_too_short_to_be_seen_are_solid);
    suite_add_tcase(suite, tests);
    return suite;
}
