/*
 * test_offset_line.c - a line beside a line keeps its distance, on bends as on straights.
 */
#include "render/canvas/offset_line.h"

#include <math.h>

#include "tests/support/runner.h"

#define POINT_MOST 400

struct bend {
    struct point points[POINT_MOST];
    size_t count;
};

static double distance_to_segment(struct point p, struct point a, struct point b)
{
    double length = point_distance(a, b);
    double at = length > 0 ? ((p.x - a.x) * (b.x - a.x) + (p.y - a.y) * (b.y - a.y)) / (length * length) : 0;
    at = fmax(0, fmin(1, at));
    return point_distance(p, (struct point){a.x + (b.x - a.x) * at, a.y + (b.y - a.y) * at});
}

/** What the test looks at of the pieces. */
struct finding {
    const struct bend *bend;
    double nearest_px;
    double farthest_px;
    double length_px;
};

static void look(const struct polyline *piece, void *context)
{
    struct finding *finding = context;
    for (size_t i = 0; i + 1 < piece->count; i++) {
        for (int step = 0; step <= 8; step++) {
            struct point p = point_between(piece->points[i], piece->points[i + 1], step / 8.0);
            double distance = INFINITY;
            for (size_t k = 0; k + 1 < finding->bend->count; k++) {
                distance = fmin(
                    distance, distance_to_segment(p, finding->bend->points[k], finding->bend->points[k + 1]));
            }
            finding->nearest_px = fmin(finding->nearest_px, distance);
            finding->farthest_px = fmax(finding->farthest_px, distance);
        }
    }
    finding->length_px += polyline_length(piece->points, piece->count);
}

static struct finding find(const struct bend *bend, double offset_px)
{
    struct offset_line line = {.boxes = NULL};
    struct finding finding = {bend, INFINITY, 0, 0};
    offset_line_begin(&line, bend->points, bend->count);
    offset_line_visit(&line, bend->points, bend->count, offset_px, look, &finding);
    offset_line_finish(&line);
    return finding;
}

static void add(struct bend *bend, double x, double y)
{
    bend->points[bend->count++] = (struct point){x, y};
}

static struct bend zigzag(double step_px, double height_px)
{
    struct bend bend = {.count = 0};
    for (int i = 0; i < 60; i++) {
        add(&bend, i * step_px, i % 2 * height_px);
    }
    return bend;
}

static struct bend spiral(void)
{
    struct bend bend = {.count = 0};
    for (int i = 0; i < 300; i++) {
        add(&bend, (3 + i * 0.4) * cos(i * 0.2), (3 + i * 0.4) * sin(i * 0.2));
    }
    return bend;
}

static struct bend hairpin(void)
{
    struct bend bend = {.count = 0};
    add(&bend, 0, 0);
    add(&bend, 200, 0);
    add(&bend, 201, 3);
    add(&bend, 0, 4);
    return bend;
}

static void check(const struct bend *bend)
{
    for (double offset_px = -14; offset_px <= 14; offset_px += 3.5) {
        struct finding finding = find(bend, offset_px);
        if (offset_px != 0 && finding.length_px > 0) {
            ck_assert_double_ge(finding.nearest_px, 0.96 * fabs(offset_px) - 0.05);
            ck_assert_double_le(finding.farthest_px, 1.01 * fabs(offset_px) + 0.05);
        }
    }
}

START_TEST(a_line_beside_a_bend_neither_loops_back_to_it_nor_spikes_away)
{
    struct bend bends[] = {zigzag(4, 9), zigzag(14, 3), zigzag(2, 40), spiral(), hairpin()};
    for (size_t i = 0; i < sizeof bends / sizeof bends[0]; i++) {
        check(&bends[i]);
    }
}
END_TEST

START_TEST(a_straight_line_and_a_wide_curve_are_moved_whole)
{
    struct bend curve = {.count = 0};
    for (int i = 0; i <= 90; i++) {
        add(&curve, 100 * cos(i * M_PI / 180), 100 * sin(i * M_PI / 180));
    }
    ck_assert_double_eq_tol(find(&curve, -8).length_px, 108 * M_PI / 2, 0.3);
    ck_assert_double_eq_tol(find(&curve, 8).length_px, 92 * M_PI / 2, 0.3);
    struct bend straight = {{{0, 0}, {50, 0}, {50, 0}, {120, 0}}, 4};
    ck_assert_double_eq_tol(find(&straight, 5).length_px, 120, 1e-6);
}
END_TEST

START_TEST(a_line_without_length_has_nothing_beside_it)
{
    struct bend none = {{{5, 5}, {5, 5}, {5, 5}}, 3};
    ck_assert_double_eq(find(&none, 6).length_px, 0);
    none.count = 0;
    ck_assert_double_eq(find(&none, 6).length_px, 0);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("offset line");
    TCase *tests = tcase_create("offset line");
    tcase_add_test(tests, a_line_beside_a_bend_neither_loops_back_to_it_nor_spikes_away);
    tcase_add_test(tests, a_straight_line_and_a_wide_curve_are_moved_whole);
    tcase_add_test(tests, a_line_without_length_has_nothing_beside_it);
    suite_add_tcase(suite, tests);
    return suite;
}
