/*
 * Law 8, true places: what is drawn in RD New lies where NSGI says it lies, to the millimetre.
 *
 * The grids and the validation points are not part of the project: without them these tests say SKIPPED.
 */
#include <math.h>
#include <proj.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "geo/tile_matrix_set.h"
#include "tests/support/runner.h"

#define MILLIMETRE_M 0.001
#define LAT_DEG_PER_M (1 / 111132.0)

static struct crs_context *with_grids(void)
{
    char *folder = test_shared_data("geodesy/proj-grids");
    if (!folder) {
        return NULL;
    }
    struct fault fault;
    struct crs_context *context = crs_context_new(folder, &fault);
    ck_assert_msg(context != NULL, "%s", fault.message);
    free(folder);
    return context;
}

struct validation_point {
    char id[16];
    struct point lon_lat_deg;
    struct point rd_m;
};

static bool read_point(FILE *file, struct validation_point *point)
{
    char line[200];
    return fgets(line, sizeof line, file) &&
           sscanf(line, "%15s %lf %lf %*s %lf %lf", point->id, &point->lon_lat_deg.y, &point->lon_lat_deg.x,
                  &point->rd_m.x, &point->rd_m.y) == 5;
}

static FILE *open_points(void)
{
    char *path = test_shared_data("geodesy/rdnaptrans2018/Z001_ETRS89andRDNAP_first5000.txt");
    FILE *file = path ? fopen(path, "r") : NULL;
    free(path);
    return file;
}

START_TEST(rd_new_is_true_to_a_millimetre_at_all_validation_points_both_ways)
{
    struct crs_context *context = with_grids();
    FILE *file = open_points();
    if (!context || !file) {
        return;
    }
    ck_assert(crs_context_has_rd_grid(context));
    const struct crs *rd = crs_find(context, "EPSG:28992", NULL);
    const struct crs *etrs89 = crs_find(context, "EPSG:4258", NULL);
    struct validation_point expected;
    int count = 0;
    double worst_m = 0;
    for (; read_point(file, &expected); count++) {
        struct point there = expected.lon_lat_deg;
        struct point back = expected.rd_m;
        ck_assert(crs_transform(context, etrs89, rd, &there, 1, NULL));
        ck_assert(crs_transform(context, rd, etrs89, &back, 1, NULL));
        double lon_deg_per_m = LAT_DEG_PER_M / cos(expected.lon_lat_deg.y * M_PI / 180);
        double there_m = point_distance(there, expected.rd_m);
        double back_m = hypot((back.x - expected.lon_lat_deg.x) / lon_deg_per_m,
                              (back.y - expected.lon_lat_deg.y) / LAT_DEG_PER_M);
        ck_assert_msg(there_m <= MILLIMETRE_M, "point %s is %.4f m off", expected.id, there_m);
        ck_assert_msg(back_m <= MILLIMETRE_M, "point %s is %.4f m off on the way back", expected.id, back_m);
        worst_m = fmax(worst_m, fmax(there_m, back_m));
    }
    printf("%d validation points, at most %.2f mm off\n", count, worst_m * 1000);
    ck_assert_int_ge(count, 5000);
    fclose(file);
    crs_context_free(context);
}
END_TEST

START_TEST(a_round_trip_through_rd_ends_within_a_millimetre_far_outside_the_grid_too)
{
    struct crs_context *context = with_grids();
    if (!context) {
        return;
    }
    const struct crs *rd = crs_find(context, "EPSG:28992", NULL);
    const struct crs *web = crs_find(context, "EPSG:3857", NULL);
    for (double x = -285401.92; x <= 595401.92; x += 40036.3) {
        for (double y = 22598.08; y <= 903401.92; y += 40036.3) {
            struct point point = {x, y};
            ck_assert(crs_transform(context, rd, web, &point, 1, NULL));
            ck_assert(crs_transform(context, web, rd, &point, 1, NULL));
            ck_assert_double_le(point_distance(point, (struct point){x, y}), MILLIMETRE_M);
        }
    }
    crs_context_free(context);
}
END_TEST

START_TEST(without_the_grid_the_program_knows_that_rd_is_off)
{
    struct crs_context *bare = crs_context_new(NULL, NULL);
    FILE *file = open_points();
    if (crs_context_has_rd_grid(bare)) {
        test_skipped("this machine has the grid");
    } else if (file) {
        const struct crs *rd = crs_find(bare, "EPSG:28992", NULL);
        const struct crs *etrs89 = crs_find(bare, "EPSG:4258", NULL);
        struct validation_point expected;
        double worst_m = 0;
        while (read_point(file, &expected)) {
            ck_assert(crs_transform(bare, etrs89, rd, &expected.lon_lat_deg, 1, NULL));
            worst_m = fmax(worst_m, point_distance(expected.lon_lat_deg, expected.rd_m));
        }
        ck_assert_double_gt(worst_m, MILLIMETRE_M);
        ck_assert_double_lt(worst_m, 0.25);
    }
    if (file) {
        fclose(file);
    }
    crs_context_free(bare);
}
END_TEST

START_TEST(belgian_lambert_72_goes_through_its_grid)
{
    struct crs_context *context = with_grids();
    if (!context) {
        return;
    }
    struct point point = {149186.41, 170810.74};
    ck_assert(crs_transform(context, crs_find(context, "31370", NULL), crs_find(context, "3812", NULL),
                            &point, 1, NULL));
    ck_assert_double_eq_tol(point.x, 649186.03701863, MILLIMETRE_M);
    ck_assert_double_eq_tol(point.y, 670811.16949360, MILLIMETRE_M);
    crs_context_free(context);
}
END_TEST

START_TEST(x_is_east_and_y_is_north_whatever_the_order_of_the_definition)
{
    struct crs_context *context = crs_context_new(NULL, NULL);
    /* Amersfoort; the first three are north first by their definitions */
    static const struct {
        const char *code;
        struct point place;
    } cases[] = {{"EPSG:4326", {5.3876389, 52.1561606}},      {"EPSG:4258", {5.3876389, 52.1561606}},
                 {"EPSG:3035", {4005578.1965, 3237365.4848}}, {"OGC:CRS84", {5.3876389, 52.1561606}},
                 {"EPSG:28992", {155029.79, 463109.92}},      {"EPSG:3857", {599749.2177, 6828410.6860}}};
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct point point = cases[i].place;
        ck_assert(crs_transform(context, crs_find(context, cases[i].code, NULL),
                                crs_find(context, "CRS84", NULL), &point, 1, NULL));
        ck_assert_double_eq_tol(point.x, 5.3876389, 2e-6);
        ck_assert_double_eq_tol(point.y, 52.1561606, 2e-6);
    }
    crs_context_free(context);
}
END_TEST

START_TEST(true_north_is_minus_the_meridian_convergence)
{
    static const struct {
        const char *code;
        const char *projection;
    } cases[] = {
        {"EPSG:28992", "+proj=sterea +lat_0=52.156160556 +lon_0=5.387638889 +k=0.9999079 +ellps=bessel"},
        {"EPSG:25831", "+proj=utm +zone=31 +ellps=GRS80"},
        {"EPSG:3035", "+proj=laea +lat_0=52 +lon_0=10 +ellps=GRS80"},
        {"EPSG:3857", "+proj=webmerc +ellps=WGS84"},
    };
    static const struct point places[] = {
        {3.6, 51.45}, {5.3876, 52.1562}, {4.6, 51.7}, {6.57, 53.22}, {6.0, 50.8}};
    struct crs_context *context = crs_context_new(NULL, NULL);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        PJ *projection = proj_create(PJ_DEFAULT_CTX, cases[i].projection);
        for (size_t k = 0; k < sizeof places / sizeof places[0]; k++) {
            PJ_COORD radians = proj_coord(places[k].x * M_PI / 180, places[k].y * M_PI / 180, 0, 0);
            double convergence_deg = proj_factors(projection, radians).meridian_convergence * 180 / M_PI;
            double angle_deg = 0;
            ck_assert(crs_true_north_deg(context, crs_find(context, cases[i].code, NULL), places[k],
                                         &angle_deg, NULL));
            ck_assert_double_eq_tol(fabs(angle_deg), fabs(convergence_deg), 0.003);
        }
        proj_destroy(projection);
    }
    /* East of Amersfoort the meridians lean west, so true north lies left of grid north: about a degree in
     * Groningen. */
    double angle_deg = 0;
    const struct crs *rd = crs_find(context, "EPSG:28992", NULL);
    ck_assert(crs_true_north_deg(context, rd, places[3], &angle_deg, NULL));
    ck_assert_double_eq_tol(angle_deg, -0.94, 0.02);
    ck_assert(crs_true_north_deg(context, rd, places[0], &angle_deg, NULL));
    ck_assert_double_gt(angle_deg, 1);
    ck_assert(crs_true_north_deg(context, crs_find(context, "CRS84", NULL), places[0], &angle_deg, NULL));
    ck_assert_double_eq(angle_deg, 0);
    struct fault fault = {0};
    ck_assert(!crs_true_north_deg(context, rd, (struct point){NAN, 52}, &angle_deg, &fault));
    ck_assert_int_eq(fault.code, FAULT_OUTSIDE);
    crs_context_free(context);
}
END_TEST

START_TEST(tiles_in_rd_lie_where_the_standard_says)
{
    struct tile_matrix_sets *sets = tile_matrix_sets_new(NULL);
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, "NetherlandsRDNewQuad");
    /* Zoom 8 has 13.44 m to a pixel, so a tile is 3,440.64 m wide. */
    struct bbox box = tile_bbox(set, (struct tile_address){8, 128, 127});
    ck_assert_double_eq_tol(box.min_x, -285401.92 + 128 * 3440.64, 1e-6);
    ck_assert_double_eq_tol(box.max_y, 903401.92 - 127 * 3440.64, 1e-6);
    ck_assert_double_eq_tol(bbox_width(box), 3440.64, 1e-6);
    ck_assert_double_eq(set->matrices[8].scale_denominator, 48000);
    tile_matrix_sets_free(sets);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("true_places");
    TCase *cases = tcase_create("true_places");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, rd_new_is_true_to_a_millimetre_at_all_validation_points_both_ways);
    tcase_add_test(cases, a_round_trip_through_rd_ends_within_a_millimetre_far_outside_the_grid_too);
    tcase_add_test(cases, without_the_grid_the_program_knows_that_rd_is_off);
    tcase_add_test(cases, belgian_lambert_72_goes_through_its_grid);
    tcase_add_test(cases, x_is_east_and_y_is_north_whatever_the_order_of_the_definition);
    tcase_add_test(cases, true_north_is_minus_the_meridian_convergence);
    tcase_add_test(cases, tiles_in_rd_lie_where_the_standard_says);
    suite_add_tcase(suite, cases);
    return suite;
}
