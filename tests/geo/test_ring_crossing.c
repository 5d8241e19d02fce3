#include "geo/ring_crossing.h"

#include <geos_c.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/shape.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define RING(...)                                                                                            \
    (const struct point[]){__VA_ARGS__}, sizeof((const struct point[]){__VA_ARGS__}) / sizeof(struct point)

static void add_ring(struct shape *polygon, const struct point *points, size_t count)
{
    shape_add_part(polygon, points, count, polygon->part_count > 0);
}

static bool crosses(const struct shape *polygon)
{
    struct ring_crossing crossing;
    enum ring_crossing_result result = ring_crossing_find(polygon, &crossing);
    ck_assert_int_ne(result, RING_CROSSING_TOO_INTRICATE);
    return result == RING_CROSSING_FOUND;
}

static bool ring_crosses(const struct point *points, size_t count)
{
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    add_ring(polygon, points, count);
    bool is_found = crosses(polygon);
    shape_free(polygon);
    return is_found;
}

START_TEST(simple_rings_do_not_cross)
{
    ck_assert(!ring_crosses(RING({0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0})));
    ck_assert(!ring_crosses(RING({0, 0}, {4, 0}, {4, 4}, {2, 1}, {0, 4}, {0, 0})));
    ck_assert(!ring_crosses(RING({0, 0}, {0, 0}, {4, 0}, {4, 0}, {4, 4}, {0, 0}, {0, 0})));
}
END_TEST

START_TEST(a_bow_tie_crosses)
{
    ck_assert(ring_crosses(RING({0, 0}, {2, 2}, {2, 0}, {0, 2}, {0, 0})));
}
END_TEST

START_TEST(a_crossing_through_a_vertex_is_a_crossing)
{
    /* both loops go through (1, 1) */
    ck_assert(ring_crosses(RING({0, 0}, {1, 1}, {2, 2}, {2, 0}, {1, 1}, {0, 2}, {0, 0})));
    /* a vertex of one on an edge of the other */
    ck_assert(ring_crosses(RING({0, 0}, {2, 2}, {2, 0}, {1, 1}, {0, 2}, {0, 0})));
}
END_TEST

START_TEST(touching_is_no_crossing)
{
    /* two triangles that meet at (1, 1) without passing each other */
    ck_assert(!ring_crosses(RING({0, 0}, {1, 1}, {2, 0}, {2, 2}, {1, 1}, {0, 2}, {0, 0})));
    /* a tooth that touches the far edge */
    ck_assert(!ring_crosses(RING({0, 0}, {4, 0}, {4, 4}, {2, 0}, {0, 4}, {0, 0})));
    /* by way of a shared stretch to the other side: taken for a touch */
    ck_assert(!ring_crosses(RING({0, 0}, {1, 1}, {2, 1}, {3, 2}, {3, 0}, {2, 1}, {1, 1}, {0, 2}, {0, 0})));
    /* there and back along the same way */
    ck_assert(!ring_crosses(RING({0, 0}, {4, 0}, {4, 4}, {6, 6}, {4, 4}, {0, 4}, {0, 0})));
}
END_TEST

START_TEST(rings_of_one_polygon_may_touch_but_not_cross)
{
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    add_ring(polygon, RING({0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}));
    add_ring(polygon, RING({0, 5}, {3, 4}, {3, 6}, {0, 5}));
    add_ring(polygon, RING({3, 4}, {5, 5}, {3, 6}, {3, 4}));
    ck_assert(!crosses(polygon));
    add_ring(polygon, RING({9, 5}, {11, 4}, {11, 6}, {9, 5}));
    struct ring_crossing crossing;
    ck_assert_int_eq(ring_crossing_find(polygon, &crossing), RING_CROSSING_FOUND);
    ck_assert_uint_eq(crossing.first_part, 0);
    ck_assert_uint_eq(crossing.first_point, 1);
    ck_assert_uint_eq(crossing.second_part, 3);
    shape_free(polygon);
}
END_TEST

START_TEST(differences_of_a_nanometre_are_seen)
{
    double e = 0x1p-45;
    ck_assert(!ring_crosses(RING({100, 0}, {102, 0}, {102, 2}, {101, e}, {100, 2}, {100, 0})));
    ck_assert(ring_crosses(RING({100, 0}, {102, 0}, {102, 2}, {101, -e}, {100, 2}, {100, 0})));
}
END_TEST

static void say_nothing(const char *words, void *context)
{
}

/* GEOS's word on a ring: 1 valid, 0 not. */
static bool is_valid_for_geos(GEOSContextHandle_t geos, const struct point *points, size_t count)
{
    GEOSCoordSequence *sequence = GEOSCoordSeq_create_r(geos, (unsigned)count, 2);
    for (unsigned i = 0; i < count; i++) {
        GEOSCoordSeq_setXY_r(geos, sequence, i, points[i].x, points[i].y);
    }
    GEOSGeometry *polygon =
        GEOSGeom_createPolygon_r(geos, GEOSGeom_createLinearRing_r(geos, sequence), NULL, 0);
    bool is_valid = GEOSisValid_r(geos, polygon) == 1;
    GEOSGeom_destroy_r(geos, polygon);
    return is_valid;
}

START_TEST(geos_says_the_same_of_rings_in_general_position)
{
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSContext_setNoticeMessageHandler_r(geos, say_nothing, NULL);
    uint64_t state = 51;
    int found = 0;
    for (int round = 0; round < 3000; round++) {
        struct point points[41];
        size_t corners = 4 + random_below(&state, 36);
        double roughness = random_between(&state, 0, 1) * random_between(&state, 0, 1);
        for (size_t i = 0; i < corners; i++) {
            double angle =
                ((double)i + random_between(&state, -20, 20) * roughness) * 2 * M_PI / (double)corners;
            double radius = random_between(&state, 5, 50);
            points[i] = (struct point){radius * cos(angle), radius * sin(angle)};
        }
        points[corners] = points[0];
        bool is_crossing = ring_crosses(points, corners + 1);
        ck_assert_int_eq(is_crossing, !is_valid_for_geos(geos, points, corners + 1));
        found += is_crossing;
    }
    ck_assert_int_gt(found, 300);
    ck_assert_int_lt(found, 2700);
    GEOS_finish_r(geos);
}
END_TEST

START_TEST(whatever_crosses_on_a_coarse_grid_is_invalid_for_geos_too)
{
    GEOSContextHandle_t geos = GEOS_init_r();
    GEOSContext_setNoticeMessageHandler_r(geos, say_nothing, NULL);
    uint64_t state = 52;
    int found = 0;
    for (int round = 0; round < 20000; round++) {
        struct point points[11];
        size_t corners = 3 + random_below(&state, 7);
        for (size_t i = 0; i < corners; i++) { /* vertices on vertices, vertices on edges, edges on edges */
            points[i] = (struct point){random_below(&state, 5), random_below(&state, 5)};
        }
        points[corners] = points[0];
        if (ring_crosses(points, corners + 1)) {
            ck_assert(!is_valid_for_geos(geos, points, corners + 1));
            found++;
        }
    }
    ck_assert_int_gt(found, 2000);
    GEOS_finish_r(geos);
}
END_TEST

/* An outline as rough as a coast. */
static struct shape *coast(size_t count)
{
    struct point *points = memory_new(count, sizeof *points);
    uint64_t state = 53;
    double radius = 20;
    for (size_t i = 0; i + 1 < count; i++) {
        double angle = 2 * M_PI * (double)i / (double)count;
        radius = 20 + (radius - 20) * 0.999 + random_between(&state, -0.05, 0.05);
        points[i] = (struct point){radius * cos(angle), radius * sin(angle)};
    }
    points[count - 1] = points[0];
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, points, count, false);
    free(points);
    return polygon;
}

START_TEST(a_hundred_thousand_vertices_take_no_more_than_a_moment)
{
    struct shape *polygon = coast(100000);
    int64_t start_ms = monotonic_now_ms();
    ck_assert(!crosses(polygon));
    int64_t took_ms = monotonic_now_ms() - start_ms;
    printf("100,000 vertices: %d ms\n", (int)took_ms);
    ck_assert_int_lt(took_ms, 1500); /* 15 ms, but sanitizers and busy machines are slow */
    struct point across = polygon->points[100];
    polygon->points[50000] = (struct point){across.x * 1.01, across.y * 1.01};
    ck_assert(crosses(polygon));
    shape_free(polygon);
}
END_TEST

/* A comb of slanting teeth: the box of each lies over the boxes of all others, yet none cross. */
static struct shape *comb(size_t teeth)
{
    struct point *points = memory_new(2 * teeth + 3, sizeof *points);
    for (size_t i = 0; i < teeth; i++) {
        double x = (double)i * 5 / (double)teeth;
        points[2 * i] = (struct point){x, 0};
        points[2 * i + 1] = (struct point){x + 80 + 2.5 / (double)teeth, 80};
    }
    points[2 * teeth] = (struct point){170, 0};
    points[2 * teeth + 1] = (struct point){170, -1};
    points[2 * teeth + 2] = points[0];
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, points, 2 * teeth + 3, false);
    free(points);
    return polygon;
}

START_TEST(rings_made_to_waste_time_are_given_up)
{
    struct ring_crossing crossing;
    struct shape *polygon = comb(300);
    ck_assert_int_eq(ring_crossing_find(polygon, &crossing), RING_CROSSING_NONE);
    shape_free(polygon);
    /* Large or small: as many points take as little time. */
    for (size_t teeth = 3000; teeth <= 48000; teeth *= 4) {
        polygon = comb(teeth);
        int64_t start_ms = monotonic_now_ms();
        for (size_t points = 0; points < 100000; points += 2 * teeth) {
            ck_assert_int_eq(ring_crossing_find(polygon, &crossing), RING_CROSSING_TOO_INTRICATE);
        }
        int64_t took_ms = monotonic_now_ms() - start_ms;
        printf("combs of %zu teeth: %d ms\n", teeth, (int)took_ms);
        ck_assert_int_lt(took_ms, 5000); /* 0.2 s, but sanitizers and busy machines are slow */
        shape_free(polygon);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("ring_crossing");
    TCase *cases = tcase_create("ring_crossing");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, simple_rings_do_not_cross);
    tcase_add_test(cases, a_bow_tie_crosses);
    tcase_add_test(cases, a_crossing_through_a_vertex_is_a_crossing);
    tcase_add_test(cases, touching_is_no_crossing);
    tcase_add_test(cases, rings_of_one_polygon_may_touch_but_not_cross);
    tcase_add_test(cases, differences_of_a_nanometre_are_seen);
    tcase_add_test(cases, geos_says_the_same_of_rings_in_general_position);
    tcase_add_test(cases, whatever_crosses_on_a_coarse_grid_is_invalid_for_geos_too);
    tcase_add_test(cases, a_hundred_thousand_vertices_take_no_more_than_a_moment);
    tcase_add_test(cases, rings_made_to_waste_time_are_given_up);
    suite_add_tcase(suite, cases);
    return suite;
}
