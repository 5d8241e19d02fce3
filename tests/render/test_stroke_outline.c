/*
 * test_stroke_outline.c - what a pen covers: its area, without knots and seams.
 */
#include "render/canvas/stroke_outline.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "render/canvas/coverage.h"
#include "render/canvas/path.h"
#include "symbology/stroke.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define SIDE 128

struct shares {
    uint8_t at[SIDE * SIDE];
};

#define STEP ((255 + COVERAGE_STEPS - 1) / COVERAGE_STEPS) /* shares are told in these */
#define ROUNDED_AREA 1.5 /* dots: of some hundred along an edge, each told to half a step */

static struct coverage coverage;
static struct path path;

static void teardown(void)
{
    coverage_finish(&coverage);
    path_finish(&path);
}

static void draw(const struct point *points, size_t count, bool is_closed, const struct stroke *stroke,
                 struct shares *shares)
{
    path_clear(&path);
    path_add_line(&path, points, count);
    if (is_closed) {
        path_close(&path, false);
    }
    coverage_begin(&coverage, 0, 0, SIDE, SIDE, 1);
    stroke_outline_add(&coverage, &path, stroke);
    memset(shares, 0, sizeof *shares);
    for (int number = coverage.first_row; number < coverage.end_row; number++) {
        struct coverage_row row = coverage_take_row(&coverage, number);
        while (coverage_next(&row, COVERAGE_UNION)) {
            int left = SIDE - row.x; /* none beyond the last dot */
            memset(shares->at + number * SIDE + row.x, (int)coverage_share_of_step(row.step), (size_t)left);
        }
    }
}

static double area_of(const struct shares *shares)
{
    double area = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        area += shares->at[i] / 255.0;
    }
    return area;
}

static int most_difference(const struct shares *a, const struct shares *b)
{
    int most = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        int difference = abs(a->at[i] - b->at[i]);
        most = difference > most ? difference : most;
    }
    return most;
}

/* How much less one covers than the other. */
static int most_lack(const struct shares *shares, const struct shares *wanted)
{
    int most = 0;
    for (int i = 0; i < SIDE * SIDE; i++) {
        int lack = wanted->at[i] - shares->at[i];
        most = lack > most ? lack : most;
    }
    return most;
}

START_TEST(a_line_covers_its_length_times_its_width_and_its_caps)
{
    struct shares shares;
    for (int i = 0; i < 36; i++) {
        double width = 0.5 + i % 4 * 2;
        struct point line[] = {{64, 64}, {64 + 50 * cos(i * 0.17), 64 + 50 * sin(i * 0.17)}};
        struct stroke stroke = {.width_px = width};
        draw(line, 2, false, &stroke, &shares);
        ck_assert_double_eq_tol(area_of(&shares), 50 * width, ROUNDED_AREA);
        stroke.cap = STROKE_CAP_SQUARE;
        draw(line, 2, false, &stroke, &shares);
        ck_assert_double_eq_tol(area_of(&shares), 50 * width + width * width, ROUNDED_AREA);
        stroke.cap = STROKE_CAP_ROUND;
        draw(line, 2, false, &stroke, &shares);
        ck_assert_double_eq_tol(area_of(&shares), 50 * width + M_PI / 4 * width * width, ROUNDED_AREA);
    }
}
END_TEST

START_TEST(points_on_a_straight_line_make_no_knots)
{
    uint64_t random = 7;
    for (int i = 0; i < 60; i++) {
        struct point ends[] = {{random_between(&random, 5, 60), random_between(&random, 5, 120)},
                               {random_between(&random, 65, 120), random_between(&random, 5, 120)}};
        struct point many[200];
        for (int k = 0; k < 200; k++) {
            many[k] = point_between(ends[0], ends[1], k / 199.0);
        }
        struct stroke stroke = {.width_px = 0.5 + i % 5};
        struct shares few_shares;
        struct shares many_shares;
        draw(ends, 2, false, &stroke, &few_shares);
        draw(many, 200, false, &stroke, &many_shares);
        /* places are rounded to 1/256, and so a dot may be told in the next step */
        ck_assert_int_le(most_difference(&few_shares, &many_shares), STEP);
    }
}
END_TEST

START_TEST(a_circle_covers_its_circumference_times_its_width)
{
    for (int count = 24; count <= 1536; count *= 4) {
        for (int width = 1; width <= 7; width += 3) {
            struct point ring[1537];
            for (int i = 0; i < count; i++) {
                double angle = 2 * M_PI * i / count;
                ring[i] = (struct point){64 + 50 * cos(angle), 64 + 50 * sin(angle)};
            }
            struct stroke stroke = {.width_px = width};
            struct shares shares;
            draw(ring, (size_t)count, true, &stroke, &shares);
            double length = 2 * count * 50 * sin(M_PI / count);
            ck_assert_double_eq_tol(area_of(&shares) / (length * width), 1, 0.01);
        }
    }
}
END_TEST

START_TEST(corners_are_mitred_bevelled_or_rounded)
{
    static const double expected[] = {64 * M_PI / 4 / 4, 16, 8}; /* of the outside of a corner, 8 px wide */
    const struct point corner[] = {{20, 20}, {100, 20}, {100, 100}};
    for (int join = STROKE_JOIN_ROUND; join <= STROKE_JOIN_BEVEL; join++) {
        struct stroke stroke = {.width_px = 8, .join = (enum stroke_join)join};
        struct shares shares;
        draw(corner, 3, false, &stroke, &shares);
        double legs = 80 * 8 * 2 - 4 * 4;
        ck_assert_double_eq_tol(area_of(&shares), legs + expected[join], 0.4);
    }
}
END_TEST

START_TEST(a_ring_has_the_same_corner_where_it_closes)
{
    struct stroke stroke = {.width_px = 5, .join = STROKE_JOIN_MITER};
    struct point ring[] = {{20, 30}, {90, 24}, {100, 101}, {31, 88}};
    struct shares first;
    draw(ring, 4, true, &stroke, &first);
    for (int turn = 1; turn < 4; turn++) {
        struct point begun_elsewhere[5];
        for (int i = 0; i < 5; i++) { /* the last point repeats the first */
            begun_elsewhere[i] = ring[(turn + i) % 4];
        }
        struct shares shares;
        draw(begun_elsewhere, 5, true, &stroke, &shares);
        ck_assert_int_eq(most_difference(&first, &shares), 0);
    }
}
END_TEST

START_TEST(a_place_is_a_dot_when_ends_are_round)
{
    const struct point places[] = {{64, 64}, {64, 64}, {64, 64}};
    for (size_t count = 1; count <= 3; count++) {
        struct stroke stroke = {.width_px = 10, .cap = STROKE_CAP_ROUND};
        struct shares shares;
        draw(places, count, count == 3, &stroke, &shares);
        ck_assert_double_eq_tol(area_of(&shares), 25 * M_PI, 1.5);
        stroke.cap = STROKE_CAP_BUTT;
        draw(places, count, count == 3, &stroke, &shares);
        ck_assert_double_eq(area_of(&shares), 0);
    }
}
END_TEST

/* However a line winds, nowhere it lacks what its segments cover one by one. */
START_TEST(a_stroke_covers_all_that_its_segments_cover)
{
    uint64_t random = 8;
    for (int i = 0; i < 200; i++) {
        struct point line[12];
        double reach = i % 2 == 0 ? 60 : 6;
        for (int k = 0; k < 12; k++) {
            line[k] = (struct point){64 + random_between(&random, -reach, reach),
                                     64 + random_between(&random, -reach, reach)};
        }
        struct stroke stroke = {.width_px = 1 + i % 9, .join = (enum stroke_join)(i % 3)};
        struct shares whole;
        draw(line, 12, i % 4 == 3, &stroke, &whole);
        for (int k = 0; k < 11; k++) {
            struct shares segment;
            draw(line + k, 2, false, &stroke, &segment);
            ck_assert_int_le(most_lack(&whole, &segment), STEP);
        }
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("stroke outline");
    TCase *tests = tcase_create("stroke outline");
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, a_line_covers_its_length_times_its_width_and_its_caps);
    tcase_add_test(tests, points_on_a_straight_line_make_no_knots);
    tcase_add_test(tests, a_circle_covers_its_circumference_times_its_width);
    tcase_add_test(tests, corners_are_mitred_bevelled_or_rounded);
    tcase_add_test(tests, a_ring_has_the_same_corner_where_it_closes);
    tcase_add_test(tests, a_place_is_a_dot_when_ends_are_round);
    tcase_add_test(tests, a_stroke_covers_all_that_its_segments_cover);
    suite_add_tcase(suite, tests);
    return suite;
}
