/*
 * test_coverage.c - areas are exact, whatever they are seen through.
 */
#include "render/canvas/coverage.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/random.h"
#include "tests/support/runner.h"

#define SIDE 64
#define POINT_MAX 40

/* A window of SIDE x SIDE dots. */
struct shares {
    uint8_t at[SIDE * SIDE];
};

static struct coverage coverage;

static void teardown(void)
{
    coverage_finish(&coverage);
}

static void begin(int64_t x, int64_t y)
{
    coverage_begin(&coverage, x, y, SIDE, SIDE, 1);
}

static void take(enum coverage_rule rule, struct shares *shares)
{
    memset(shares, 0, sizeof *shares);
    for (int number = coverage.first_row; number < coverage.end_row; number++) {
        struct coverage_row row = coverage_take_row(&coverage, number);
        int at = -1;
        while (coverage_next(&row, rule)) {
            if (row.step > COVERAGE_STEPS || row.x <= at || row.x > SIDE) {
                ck_abort_msg("after place %d place %d, covered %u", at, row.x, row.step);
            }
            at = row.x;
            memset(shares->at + number * SIDE + at, (int)coverage_share_of_step(row.step),
                   (size_t)(SIDE - at));
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

static double random_place(uint64_t *random, double low, double high)
{
    return floor(random_between(random, low, high) * 256) / 256;
}

START_TEST(a_rectangle_covers_its_area)
{
    uint64_t random = 1;
    for (int i = 0; i < 2000; i++) {
        double left = random_place(&random, 0, 30);
        double top = random_place(&random, 0, 30);
        double right = left + random_place(&random, 0, 30);
        double bottom = top + random_place(&random, 0, 30);
        struct point ring[] = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
        struct shares shares;
        begin(0, 0);
        coverage_ring(&coverage, ring, 4, false);
        take(COVERAGE_UNION, &shares);
        int wrong = 0;
        for (int k = 0; k < SIDE * SIDE; k++) {
            double wide = fmax(0, fmin(right, k % SIDE + 1) - fmax(left, k % SIDE));
            double high = fmax(0, fmin(bottom, k / SIDE + 1) - fmax(top, k / SIDE));
            uint32_t step = (uint32_t)floor(wide * high * COVERAGE_STEPS + 0.5);
            wrong += shares.at[k] != coverage_share_of_step(step);
        }
        ck_assert_int_eq(wrong, 0);
    }
}
END_TEST

START_TEST(a_triangle_covers_its_area)
{
    uint64_t random = 2;
    for (int i = 0; i < 2000; i++) {
        struct point ring[3];
        for (int k = 0; k < 3; k++) {
            ring[k] = (struct point){random_place(&random, 0, SIDE), random_place(&random, 0, SIDE)};
        }
        struct shares shares;
        begin(0, 0);
        coverage_ring(&coverage, ring, 3, false);
        take(COVERAGE_EVEN_ODD, &shares);
        double area = fabs((ring[1].x - ring[0].x) * (ring[2].y - ring[0].y) -
                           (ring[2].x - ring[0].x) * (ring[1].y - ring[0].y)) /
                      2;
        ck_assert_double_eq_tol(area_of(&shares), area, 1.5); /* some 200 dots of the edge are rounded */
    }
}
END_TEST

/* Rings that cross themselves, near and far. */
static int random_ring(uint64_t *random, double reach, struct point *ring)
{
    int count = 3 + (int)random_between(random, 0, POINT_MAX - 3);
    for (int i = 0; i < count; i++) {
        double far = random_between(random, 0, 1) < 0.2 ? reach : 20;
        ring[i] = (struct point){random_place(random, -far, 2 * SIDE + far),
                                 random_place(random, -far, 2 * SIDE + far)};
    }
    return count;
}

/* Looks through four windows of which each shows a quarter, or through one of them moved. */
static void check_windows(const struct point *ring, int count, int64_t corner)
{
    struct shares whole[4];
    memset(whole, 0, sizeof whole);
    coverage_begin(&coverage, corner, corner, 2 * SIDE, 2 * SIDE, 1);
    coverage_ring(&coverage, ring, (size_t)count, false);
    for (int number = coverage.first_row; number < coverage.end_row; number++) {
        struct coverage_row row = coverage_take_row(&coverage, number);
        while (coverage_next(&row, COVERAGE_EVEN_ODD)) {
            for (int x = row.x; x < 2 * SIDE; x++) {
                whole[number / SIDE * 2 + x / SIDE].at[number % SIDE * SIDE + x % SIDE] =
                    (uint8_t)coverage_share_of_step(row.step);
            }
        }
    }
    for (int i = 0; i < 4; i++) {
        struct shares quarter;
        begin(corner + i % 2 * SIDE, corner + i / 2 * SIDE);
        coverage_ring(&coverage, ring, (size_t)count, false);
        take(COVERAGE_EVEN_ODD, &quarter);
        ck_assert_mem_eq(&quarter, &whole[i], sizeof quarter);
    }
}

START_TEST(neighbouring_windows_agree_to_the_last_bit)
{
    static const double reaches[] = {20, 1000, 1e7, 1e12};
    uint64_t random = 3;
    struct point ring[POINT_MAX];
    for (int i = 0; i < 1000; i++) {
        int count = random_ring(&random, reaches[i % 4], ring);
        check_windows(ring, count, 0);
    }
}
END_TEST

START_TEST(what_is_moved_by_whole_dots_is_covered_alike)
{
    static const int64_t moves[] = {-7, 1000, 33554437, -100000000};
    uint64_t random = 4;
    struct point ring[POINT_MAX];
    for (int i = 0; i < 400; i++) {
        int count = random_ring(&random, 1000, ring);
        struct shares here;
        struct shares there;
        begin(0, 0);
        coverage_ring(&coverage, ring, (size_t)count, false);
        take(COVERAGE_EVEN_ODD, &here);
        for (int k = 0; k < count; k++) {
            ring[k].x += (double)moves[i % 4];
            ring[k].y -= (double)moves[i % 4];
        }
        begin(moves[i % 4], -moves[i % 4]);
        coverage_ring(&coverage, ring, (size_t)count, false);
        take(COVERAGE_EVEN_ODD, &there);
        ck_assert_mem_eq(&here, &there, sizeof here);
    }
}
END_TEST

START_TEST(a_ring_may_turn_either_way)
{
    uint64_t random = 5;
    struct point ring[POINT_MAX];
    struct point turned[POINT_MAX];
    for (int i = 0; i < 400; i++) {
        int count = random_ring(&random, 1000, ring);
        for (int k = 0; k < count; k++) {
            turned[k] = ring[count - 1 - k];
        }
        struct shares a;
        struct shares b;
        begin(0, 0);
        coverage_ring(&coverage, ring, (size_t)count, false);
        take(COVERAGE_UNION, &a);
        begin(0, 0);
        coverage_ring(&coverage, turned, (size_t)count, false);
        take(COVERAGE_UNION, &b);
        ck_assert_mem_eq(&a, &b, sizeof a);
    }
}
END_TEST

/* A square cut in two by a crooked line, the halves turning the same way or not. */
START_TEST(two_areas_along_a_common_edge_leave_no_seam)
{
    uint64_t random = 6;
    for (int i = 0; i < 400; i++) {
        struct point left[12] = {{0, SIDE}, {0, 0}};
        struct point right[12] = {{SIDE, SIDE}, {SIDE, 0}};
        for (int k = 0; k < 10; k++) {
            left[2 + k] = (struct point){random_place(&random, 1, SIDE - 1), k * (SIDE / 9.0)};
            right[2 + k] = left[2 + k];
        }
        struct shares shares;
        begin(0, 0);
        coverage_ring(&coverage, left, 12, false);
        coverage_ring(&coverage, right, 12, false);
        take(i % 2 == 0 ? COVERAGE_UNION : COVERAGE_EVEN_ODD, &shares);
        ck_assert_double_eq(area_of(&shares), SIDE * SIDE);
    }
}
END_TEST

/* The ring around a hole of another kind of edge: as thin as a part of a dot. */
START_TEST(a_hole_is_taken_out_whichever_way_it_turns)
{
    const struct point outer[] = {{10, 10}, {50, 10}, {50, 50}, {10, 50}};
    const struct point hole[] = {{10.25, 10.25}, {49.75, 10.25}, {49.75, 49.75}, {10.25, 49.75}};
    const struct point turned[] = {hole[3], hole[2], hole[1], hole[0]};
    for (int way = 0; way < 2; way++) {
        struct shares shares;
        begin(0, 0);
        coverage_ring(&coverage, outer, 4, false);
        coverage_ring(&coverage, way == 0 ? hole : turned, 4, true);
        take(COVERAGE_EVEN_ODD, &shares);
        ck_assert_int_eq(shares.at[30 * SIDE + 10], 64); /* a quarter of it */
        ck_assert_int_eq(shares.at[30 * SIDE + 30], 0);
        ck_assert_double_eq_tol(area_of(&shares), 40 * 40 - 39.5 * 39.5, 0.3);
    }
}
END_TEST

START_TEST(a_star_is_hollow_by_even_odd_and_whole_as_a_union)
{
    struct point star[5];
    for (int i = 0; i < 5; i++) {
        star[i] = (struct point){32 + 30 * sin(i * 4 * M_PI / 5), 32 - 30 * cos(i * 4 * M_PI / 5)};
    }
    struct shares shares;
    begin(0, 0);
    coverage_ring(&coverage, star, 5, false);
    take(COVERAGE_EVEN_ODD, &shares);
    ck_assert_int_eq(shares.at[32 * SIDE + 32], 0);
    ck_assert_int_eq(shares.at[10 * SIDE + 32], 255);
    begin(0, 0);
    coverage_ring(&coverage, star, 5, false);
    take(COVERAGE_UNION, &shares);
    ck_assert_int_eq(shares.at[32 * SIDE + 32], 255);
}
END_TEST

START_TEST(rings_without_area_cover_nothing)
{
    const struct point line[] = {{3, 3}, {40, 50}, {3, 3}};
    const struct point there_and_back[] = {{3, 3}, {40, 50}, {60, 2}, {40, 50}};
    const struct point places[] = {{7, 7}, {7, 7}, {7, 7}, {7, 7}};
    struct shares shares;
    begin(0, 0);
    for (size_t count = 0; count <= 3; count++) {
        coverage_ring(&coverage, line, count, false);
    }
    coverage_ring(&coverage, there_and_back, 4, false);
    coverage_ring(&coverage, places, 4, true);
    take(COVERAGE_UNION, &shares);
    ck_assert_double_eq(area_of(&shares), 0);
}
END_TEST

START_TEST(numbers_beyond_reason_break_nothing)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1e300, -1e15, 1e12, -1e12, 1e-310};
    for (int i = 0; i < 64; i++) {
        struct point ring[] = {{bad[i % 8], bad[i / 8]}, {10, 20}, {bad[i / 8], 30}, {40, bad[i % 8]}};
        struct shares shares;
        begin(0, 0);
        coverage_ring(&coverage, ring, 4, i % 2 == 1);
        take(COVERAGE_UNION, &shares);
        begin(0, 0);
        take(COVERAGE_UNION, &shares);
        ck_assert_double_eq(area_of(&shares), 0); /* nothing is left over */
    }
}
END_TEST

/* Draws as many triangles as a tangle has marks; all, or those that are wanted. Returns how many. */
static int draw_tangle(bool are_all_drawn, struct shares *shares)
{
    uint64_t random = 7;
    int drawn = 0;
    begin(0, 0);
    for (int i = 0; i < 30000; i++) {
        struct point first = {random_place(&random, -10, 70), random_place(&random, 4, 50)};
        struct point ring[] = {
            first, {first.x + random_place(&random, 0, 9), first.y}, {first.x, first.y + 7}};
        if (coverage_wants(&coverage, bbox_of_points(ring, 3)) || are_all_drawn) {
            coverage_ring(&coverage, ring, 3, false);
            drawn++;
        }
    }
    take(COVERAGE_UNION, shares);
    return drawn;
}

START_TEST(what_is_not_wanted_would_have_made_no_difference)
{
    struct shares all;
    struct shares wanted;
    int all_count = draw_tangle(true, &all);
    int wanted_count = draw_tangle(false, &wanted);
    ck_assert_mem_eq(all.at, wanted.at, sizeof all.at);
    ck_assert_int_lt(wanted_count, all_count / 2);
}
END_TEST

static void add_box(double left, double top, double right, double bottom)
{
    struct point ring[] = {{left, top}, {right, top}, {right, bottom}, {left, bottom}};
    coverage_ring(&coverage, ring, 4, false);
}

START_TEST(a_window_is_whole_only_when_every_dot_of_it_is)
{
    uint64_t random = 5;
    int whole_count = 0;
    for (int i = 0; i < 500; i++) {
        double box[] = {random_place(&random, -3, 1), random_place(&random, -3, 1),
                        random_place(&random, SIDE - 1, SIDE + 3), random_place(&random, SIDE - 1, SIDE + 3)};
        struct shares shares;
        begin(0, 0);
        add_box(box[0], box[1], box[2], box[3]);
        bool is_whole = coverage_take_whole(&coverage, COVERAGE_EVEN_ODD);
        take(COVERAGE_EVEN_ODD, &shares);
        bool is_around = box[0] <= 0 && box[1] <= 0 && box[2] >= SIDE && box[3] >= SIDE;
        ck_assert_msg(is_whole || !is_around, "a box around all is not whole");
        whole_count += is_whole;
        for (int dot = 0; dot < SIDE * SIDE; dot++) {
            bool was_taken = is_whole && shares.at[dot] == 0;
            ck_assert_msg(was_taken || !is_whole, "something is left of what was taken");
        }
        begin(0, 0);
        add_box(box[0], box[1], box[2], box[3]);
        take(COVERAGE_EVEN_ODD, &shares);
        bool has_gap = memchr(shares.at, 0, sizeof shares.at) != NULL;
        ck_assert_msg(!is_whole || !has_gap, "a window with a gap is not whole");
    }
    ck_assert_int_gt(whole_count, 50);
}
END_TEST

START_TEST(a_window_with_a_hole_is_not_whole)
{
    struct point hole[] = {{20, 20}, {21, 20}, {21, 21}, {20, 21}};
    struct shares shares;
    begin(0, 0);
    add_box(-5, -5, SIDE + 5, SIDE + 5);
    coverage_ring(&coverage, hole, 4, true);
    ck_assert(!coverage_take_whole(&coverage, COVERAGE_EVEN_ODD));
    take(COVERAGE_EVEN_ODD, &shares);
    ck_assert_double_eq(area_of(&shares), SIDE * SIDE - 1);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("coverage");
    TCase *tests = tcase_create("coverage");
    tcase_set_timeout(tests, 60);
    tcase_add_checked_fixture(tests, NULL, teardown);
    tcase_add_test(tests, a_rectangle_covers_its_area);
    tcase_add_test(tests, a_triangle_covers_its_area);
    tcase_add_test(tests, neighbouring_windows_agree_to_the_last_bit);
    tcase_add_test(tests, what_is_moved_by_whole_dots_is_covered_alike);
    tcase_add_test(tests, a_ring_may_turn_either_way);
    tcase_add_test(tests, two_areas_along_a_common_edge_leave_no_seam);
    tcase_add_test(tests, a_hole_is_taken_out_whichever_way_it_turns);
    tcase_add_test(tests, a_star_is_hollow_by_even_odd_and_whole_as_a_union);
    tcase_add_test(tests, rings_without_area_cover_nothing);
    tcase_add_test(tests, numbers_beyond_reason_break_nothing);
    tcase_add_test(tests, what_is_not_wanted_would_have_made_no_difference);
    tcase_add_test(tests, a_window_is_whole_only_when_every_dot_of_it_is);
    tcase_add_test(tests, a_window_with_a_hole_is_not_whole);
    suite_add_tcase(suite, tests);
    return suite;
}
