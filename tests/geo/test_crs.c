#include "geo/crs.h"

#include <math.h>
#include <proj.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs_code.h"
#include "geo/web_mercator.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static struct crs_context *context;

static void set_up(void)
{
    struct fault fault;
    context = crs_context_new(NULL, &fault);
    ck_assert_msg(context != NULL, "%s", fault.message);
}

static void tear_down(void)
{
    crs_context_free(context);
}

static const struct crs *find(const char *code)
{
    struct fault fault;
    const struct crs *crs = crs_find(context, code, &fault);
    ck_assert_msg(crs != NULL, "%s: %s", code, fault.message);
    return crs;
}

START_TEST(all_ways_to_write_a_crs_find_the_same)
{
    static const char *const names[] = {
        "EPSG:28992",
        "28992",
        "epsg:28992",
        "[EPSG:28992]",
        "urn:ogc:def:crs:EPSG::28992",
        "urn:ogc:def:crs:EPSG:9.9.1:28992",
        "http://www.opengis.net/def/crs/EPSG/0/28992",
        "https://www.opengis.net/def/crs/EPSG/0/28992",
        "[http://www.opengis.net/def/crs/EPSG/0/28992]",
    };
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        ck_assert_ptr_eq(find(names[i]), find("EPSG:28992"));
    }
    static const char *const crs84[] = {"CRS84",
                                        "OGC:CRS84",
                                        "CRS:84",
                                        "urn:ogc:def:crs:OGC:1.3:CRS84",
                                        "http://www.opengis.net/def/crs/OGC/1.3/CRS84",
                                        "crs84"};
    for (size_t i = 0; i < sizeof crs84 / sizeof crs84[0]; i++) {
        ck_assert_ptr_eq(find(crs84[i]), find("OGC:CRS84"));
    }
}
END_TEST

START_TEST(axes_are_told_as_the_definitions_have_them)
{
    ck_assert(find("EPSG:4326")->is_north_first);
    ck_assert(find("EPSG:4258")->is_north_first);
    ck_assert(find("EPSG:3035")->is_north_first);
    ck_assert(!find("OGC:CRS84")->is_north_first);
    ck_assert(!find("EPSG:28992")->is_north_first);
    ck_assert(!find("EPSG:3857")->is_north_first);
    ck_assert(!find("EPSG:25831")->is_north_first);
}
END_TEST

START_TEST(what_is_no_crs_is_refused)
{
    static const struct {
        const char *name;
        enum fault_code code;
    } wrong[] = {
        {"", FAULT_INPUT},
        {"RD", FAULT_INPUT},
        {"EPSG:", FAULT_INPUT},
        {"EPSG:12", FAULT_INPUT},
        {"EPSG:28992x", FAULT_INPUT},
        {"EPSG:-4326", FAULT_INPUT},
        {"ESRI:102100", FAULT_INPUT},
        {"+proj=longlat", FAULT_INPUT},
        {"[", FAULT_INPUT},
        {"[]", FAULT_INPUT},
        {":", FAULT_INPUT},
        {"/", FAULT_INPUT},
        {"CRS:83", FAULT_INPUT},
        {"/etc/passwd", FAULT_INPUT},
        {"http://example.org/EPSG/0/28992", FAULT_INPUT},
        {"EPSG:99999", FAULT_NOT_FOUND},
        {"EPSG:7415", FAULT_INPUT},
        {"EPSG:4979", FAULT_INPUT},
        {"EPSG:9001", FAULT_INPUT},
        {"EPSG:4807", FAULT_INPUT},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct fault fault = {0};
        ck_assert_msg(!crs_find(context, wrong[i].name, &fault), "%s", wrong[i].name);
        ck_assert_msg(fault.code == wrong[i].code, "%s: %s", wrong[i].name, fault.message);
    }
    char longest[5000];
    memset(longest, '1', sizeof longest - 1);
    longest[sizeof longest - 1] = '\0';
    ck_assert_ptr_null(crs_find(context, longest, NULL));
}
END_TEST

START_TEST(a_crs_knows_its_units_and_area)
{
    static const char *const metric[] = {"28992", "3857", "3035", "25831", "25832", "31370", "3812", "32661"};
    for (size_t i = 0; i < sizeof metric / sizeof metric[0]; i++) {
        ck_assert(!find(metric[i])->is_geographic);
        ck_assert_double_eq(find(metric[i])->metres_per_unit, 1);
    }
    ck_assert(find("EPSG:4326")->is_geographic && find("CRS84")->is_geographic);
    ck_assert_double_eq(find("CRS84")->metres_per_unit, 111319.4907932264);
    ck_assert_double_eq_tol(find("EPSG:2263")->metres_per_unit, 0.3048006096, 1e-9);
    ck_assert_str_eq(find("28992")->name, "Amersfoort / RD New");
    ck_assert_str_eq(find("28992")->uri, "http://www.opengis.net/def/crs/EPSG/0/28992");
    ck_assert_str_eq(find("CRS84")->uri, "http://www.opengis.net/def/crs/OGC/1.3/CRS84");
    ck_assert(bbox_contains_point(find("28992")->area_deg, (struct point){5.39, 52.16}));
    ck_assert(!bbox_is_empty(find("EPSG:2193")->area_deg));
}
END_TEST

START_TEST(there_and_back_is_the_same_place)
{
    static const char *const codes[] = {"28992", "3857",  "4326",  "4258", "3035",
                                        "25831", "25832", "31370", "3812"};
    const struct crs *lon_lat = find("CRS84");
    uint64_t state = 71;
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const struct crs *crs = find(codes[i]);
        for (int round = 0; round < 500; round++) {
            struct point from = {random_between(&state, 2.5, 7.2), random_between(&state, 49.6, 53.6)};
            struct point point = from;
            ck_assert(crs_transform(context, lon_lat, crs, &point, 1, NULL));
            ck_assert(crs_transform(context, crs, lon_lat, &point, 1, NULL));
            ck_assert_double_eq_tol(point.x, from.x, 9e-9); /* 1 mm on the ground */
            ck_assert_double_eq_tol(point.y, from.y, 9e-9);
        }
    }
}
END_TEST

START_TEST(between_two_projections_is_by_way_of_longitude_and_latitude)
{
    const struct crs *rd = find("28992");
    const struct crs *laea = find("3035");
    struct point direct = {155000, 463000};
    struct point by_way = direct;
    ck_assert(crs_transform(context, rd, laea, &direct, 1, NULL));
    ck_assert(crs_transform(context, rd, find("CRS84"), &by_way, 1, NULL));
    ck_assert(crs_transform(context, find("CRS84"), laea, &by_way, 1, NULL));
    ck_assert_double_le(point_distance(direct, by_way), 1e-9);
}
END_TEST

START_TEST(one_bad_point_harms_no_other)
{
    static const char *const codes[] = {"28992", "3857", "3035", "25831", "31370"};
    static const double odd[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e15, 91, -91, 1000};
    const struct crs *lon_lat = find("CRS84");
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        const struct crs *crs = find(codes[i]);
        struct point alone = {5.1, 52.1};
        crs_transform(context, lon_lat, crs, &alone, 1, NULL);
        for (size_t k = 0; k < sizeof odd / sizeof odd[0]; k++) {
            struct point points[] = {
                {5.1, 52.1}, {5.1, odd[k]}, {5.1, 52.1}, {k == 8 ? 1000 : odd[k % 6], 52.1}, {5.1, 52.1}};
            ck_assert(crs_transform(context, lon_lat, crs, points, 5, NULL));
            ck_assert(points[0].x == alone.x && points[2].y == alone.y && points[4].x == alone.x);
            ck_assert(isnan(points[1].x) && isnan(points[1].y));
            ck_assert(isnan(points[3].x) && isnan(points[3].y));
        }
        struct point back[] = {{alone.x, alone.y}, {1e300, 0}, {NAN, 5}, {alone.x, alone.y}};
        ck_assert(crs_transform(context, crs, lon_lat, back, 4, NULL));
        ck_assert_double_eq_tol(back[3].x, 5.1, 1e-7);
        ck_assert(isnan(back[1].x) && isnan(back[2].y));
    }
}
END_TEST

START_TEST(a_point_is_finite_or_nan_wherever_it_comes_from)
{
    static const char *const codes[] = {"28992", "3857", "3035", "25831", "31370", "3031"};
    const struct crs *lon_lat = find("CRS84");
    uint64_t state = 72;
    for (int round = 0; round < 20000; round++) {
        const struct crs *crs = find(codes[round % 6]);
        struct point point = {random_between(&state, -180, 180), random_between(&state, -90, 90)};
        ck_assert(crs_transform(context, lon_lat, crs, &point, 1, NULL));
        ck_assert(point_is_finite(point) || (isnan(point.x) && isnan(point.y)));
        point = (struct point){random_between(&state, -1e8, 1e8), random_between(&state, -1e8, 1e8)};
        ck_assert(crs_transform(context, crs, lon_lat, &point, 1, NULL));
        ck_assert(point_is_finite(point) || (isnan(point.x) && isnan(point.y)));
    }
}
END_TEST

START_TEST(the_image_of_a_box_holds_the_images_of_its_points)
{
    const struct crs *pairs[][2] = {{find("CRS84"), find("28992")}, {find("28992"), find("CRS84")},
                                    {find("3857"), find("28992")},  {find("28992"), find("3857")},
                                    {find("3035"), find("3857")},   {find("CRS84"), find("3857")}};
    uint64_t state = 73;
    for (int round = 0; round < 600; round++) {
        const struct crs *from = pairs[round % 6][0];
        const struct crs *to = pairs[round % 6][1];
        struct point corner = {random_between(&state, 3.4, 6), random_between(&state, 50.8, 53)};
        ck_assert(crs_transform(context, find("CRS84"), from, &corner, 1, NULL));
        double size = random_between(&state, 0, from->is_geographic ? 1 : 100000);
        struct bbox box = {corner.x, corner.y, corner.x + size, corner.y + size};
        struct bbox image;
        ck_assert(crs_transform_bbox(context, from, to, box, &image, NULL));
        struct point point = {corner.x + size * random_between(&state, 0, 1),
                              corner.y + size * random_between(&state, 0, 1)};
        ck_assert(crs_transform(context, from, to, &point, 1, NULL));
        ck_assert(bbox_contains_point(bbox_grow(image, bbox_width(image) * 1e-3 + 1e-9), point));
    }
}
END_TEST

START_TEST(a_box_without_an_image_is_outside)
{
    static const struct bbox nowhere[] = {
        {NAN, 0, 1, 1}, {0, 0, INFINITY, 1}, {2, 2, 1, 1}, {5, 100, 6, 200}};
    for (size_t i = 0; i < sizeof nowhere / sizeof nowhere[0]; i++) {
        struct bbox image;
        struct fault fault = {0};
        ck_assert(!crs_transform_bbox(context, find("CRS84"), find("28992"), nowhere[i], &image, &fault));
        ck_assert_int_eq(fault.code, FAULT_OUTSIDE);
    }
}
END_TEST

START_TEST(the_whole_world_has_an_image_in_web_mercator)
{
    struct bbox image;
    ck_assert(crs_transform_bbox(context, find("CRS84"), find("3857"), (struct bbox){-180, -90, 180, 90},
                                 &image, NULL));
    ck_assert_double_eq_tol(image.min_x, -20037508.3427892, 1e-6);
    ck_assert_double_eq_tol(image.max_x, 20037508.3427892, 1e-6);
    ck_assert_double_ge(image.max_y, 20037508.3427892);
}
END_TEST

START_TEST(web_mercator_agrees_with_proj)
{
    PJ_CONTEXT *proj = proj_context_create();
    PJ *made = proj_create_crs_to_crs(proj, "OGC:CRS84", "EPSG:3857", NULL);
    PJ *operation = proj_normalize_for_visualization(proj, made);
    uint64_t state = 74;
    for (int i = 0; i < 20000; i++) {
        struct point point = {random_between(&state, -180, 180), random_between(&state, -89, 89)};
        PJ_COORD expected = proj_trans(operation, PJ_FWD, proj_coord(point.x, point.y, 0, 0));
        struct point metres = point;
        web_mercator_from_lon_lat(&metres, 1);
        ck_assert_double_eq_tol(metres.x, expected.xy.x, 1e-6);
        ck_assert_double_eq_tol(metres.y, expected.xy.y, 1e-6);
        web_mercator_to_lon_lat(&metres, 1);
        ck_assert_double_eq_tol(metres.x, point.x, 1e-11);
        ck_assert_double_eq_tol(metres.y, point.y, 1e-11);
    }
    struct point poles[] = {{0, 90}, {0, -90}, {200, 10}, {NAN, 0}};
    web_mercator_from_lon_lat(poles, 4);
    ck_assert(isnan(poles[0].y) && isnan(poles[1].x) && isnan(poles[3].y));
    ck_assert_double_gt(poles[2].x, 20037508);
    proj_destroy(operation);
    proj_destroy(made);
    proj_context_destroy(proj);
}
END_TEST

START_TEST(a_crs_of_another_context_may_be_used)
{
    struct crs_context *other = crs_context_new(NULL, NULL);
    const struct crs *rd = crs_find(other, "28992", NULL);
    struct point point = {155000, 463000};
    ck_assert(crs_transform(context, rd, find("CRS84"), &point, 1, NULL));
    ck_assert_double_eq_tol(point.x, 5.387, 0.001);
    crs_context_free(other);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("crs");
    TCase *cases = tcase_create("crs");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, all_ways_to_write_a_crs_find_the_same);
    tcase_add_test(cases, axes_are_told_as_the_definitions_have_them);
    tcase_add_test(cases, what_is_no_crs_is_refused);
    tcase_add_test(cases, a_crs_knows_its_units_and_area);
    tcase_add_test(cases, there_and_back_is_the_same_place);
    tcase_add_test(cases, between_two_projections_is_by_way_of_longitude_and_latitude);
    tcase_add_test(cases, one_bad_point_harms_no_other);
    tcase_add_test(cases, a_point_is_finite_or_nan_wherever_it_comes_from);
    tcase_add_test(cases, the_image_of_a_box_holds_the_images_of_its_points);
    tcase_add_test(cases, a_box_without_an_image_is_outside);
    tcase_add_test(cases, the_whole_world_has_an_image_in_web_mercator);
    tcase_add_test(cases, web_mercator_agrees_with_proj);
    tcase_add_test(cases, a_crs_of_another_context_may_be_used);
    suite_add_tcase(suite, cases);
    return suite;
}
