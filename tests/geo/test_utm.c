#include "geo/utm.h"

#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static int zone_at(double lon, double lat)
{
    return utm_zone_of((struct point){lon, lat}).number;
}

START_TEST(zones_are_six_degrees_wide_from_the_antimeridian)
{
    ck_assert_int_eq(zone_at(-180, 0), 1);
    ck_assert_int_eq(zone_at(-174.0001, 10), 1);
    ck_assert_int_eq(zone_at(-174, 10), 2);
    ck_assert_int_eq(zone_at(179.9999, -30), 60);
    ck_assert_int_eq(zone_at(180, 0), 1);
    ck_assert_int_eq(zone_at(4.9, 52.4), 31);
    ck_assert_int_eq(zone_at(5.9999, 52.2), 31);
    ck_assert_int_eq(zone_at(6, 52.2), 32);
    ck_assert_double_eq(utm_central_meridian_deg(31), 3);
    ck_assert_double_eq(utm_central_meridian_deg(1), -177);
}
END_TEST

START_TEST(norway_and_svalbard_have_zones_of_their_own)
{
    ck_assert_int_eq(zone_at(5.32, 60.39), 32);
    ck_assert_int_eq(zone_at(2.99, 60), 31);
    ck_assert_int_eq(zone_at(3, 56), 32);
    ck_assert_int_eq(zone_at(3, 55.9999), 31);
    ck_assert_int_eq(zone_at(3, 64), 31);
    ck_assert_int_eq(zone_at(11.99, 63.99), 32);
    ck_assert_int_eq(zone_at(8.99, 78), 31);
    ck_assert_int_eq(zone_at(9, 78), 33);
    ck_assert_int_eq(zone_at(15.6, 78.2), 33);
    ck_assert_int_eq(zone_at(20.99, 72), 33);
    ck_assert_int_eq(zone_at(21, 72), 35);
    ck_assert_int_eq(zone_at(33, 84), 37);
    ck_assert_int_eq(zone_at(41.99, 80), 37);
    ck_assert_int_eq(zone_at(42, 80), 38);
    ck_assert_int_eq(zone_at(10, 71.9999), 32);
}
END_TEST

START_TEST(polar_areas_and_what_is_no_place_have_no_zone)
{
    ck_assert_int_eq(zone_at(0, 84.0001), 0);
    ck_assert_int_eq(zone_at(0, -80.0001), 0);
    ck_assert_int_eq(zone_at(181, 0), 0);
    ck_assert_int_eq(zone_at(NAN, 0), 0);
    ck_assert_int_eq(zone_at(0, NAN), 0);
    ck_assert_int_eq(zone_at(0, 84), 31);
    ck_assert_int_eq(zone_at(0, -80), 31);
}
END_TEST

START_TEST(every_place_lies_in_the_one_stretch_of_its_zone)
{
    struct utm_part parts[UTM_PART_MAX];
    size_t count = utm_parts(parts);
    ck_assert_uint_eq(count, 300 - 3);
    uint64_t state = 31;
    for (int i = 0; i < 20000; i++) {
        struct point place = {random_between(&state, -180, 180), random_between(&state, -80, 84)};
        struct utm_zone zone = utm_zone_of(place);
        int found = 0;
        for (size_t j = 0; j < count; j++) {
            if (bbox_contains_point(parts[j].box_deg, place)) {
                found++;
                ck_assert(utm_zone_equals(parts[j].zone, zone));
            }
        }
        ck_assert_int_eq(found, 1);
    }
}
END_TEST

/* Computed with cs2cs of PROJ 9.1.1 from +proj=longlat to +proj=utm, both +ellps=WGS84. */
static const struct {
    struct point lon_lat;
    const char *code;
    struct point utm_m;
} known[] = {
    {{4.9, 52.37}, "EPSG:32631", {629351.9095, 5803890.8038}},
    {{6.5, 52.2}, "EPSG:32632", {329152.9851, 5786229.1308}},
    {{15, 78}, "EPSG:32633", {500000, 8658369.5858}},
    {{3.5, 60}, "EPSG:32632", {193458.6702, 6664167.6790}},
    {{-179.5, -17}, "EPSG:32701", {233821.4074, 8118746.3547}},
    {{177, -18}, "EPSG:32760", {500000, 8009814.4579}},
    {{25, -33}, "EPSG:32735", {313152.7772, 6346936.4957}},
    {{0.001, 0.001}, "EPSG:32631", {166132.8718, 110.6827}},
    {{149.13, -35.28}, "EPSG:32755", {693716.5791, 6093825.0189}},
};

START_TEST(the_crs_of_a_zone_gives_its_coordinates)
{
    struct fault fault = {0};
    struct crs_context *context = crs_context_new(NULL, &fault);
    ck_assert_ptr_nonnull(context);
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", &fault);
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char code[32];
        utm_crs_code(utm_zone_of(known[i].lon_lat), code);
        ck_assert_str_eq(code, known[i].code);
        struct point place = known[i].lon_lat;
        ck_assert(crs_transform(context, lon_lat, crs_find(context, code, &fault), &place, 1, &fault));
        ck_assert_double_eq_tol(place.x, known[i].utm_m.x, 0.001);
        ck_assert_double_eq_tol(place.y, known[i].utm_m.y, 0.001);
    }
    crs_context_free(context);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("utm");
    TCase *zones = tcase_create("zones");
    tcase_add_test(zones, zones_are_six_degrees_wide_from_the_antimeridian);
    tcase_add_test(zones, norway_and_svalbard_have_zones_of_their_own);
    tcase_add_test(zones, polar_areas_and_what_is_no_place_have_no_zone);
    tcase_add_test(zones, every_place_lies_in_the_one_stretch_of_its_zone);
    tcase_add_test(zones, the_crs_of_a_zone_gives_its_coordinates);
    suite_add_tcase(suite, zones);
    return suite;
}
