#include "geo/mgrs.h"

#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "geo/sphere.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static struct crs_context *context;

static void set_up(void)
{
    struct fault fault;
    context = crs_context_new(NULL, &fault);
    ck_assert_ptr_nonnull(context);
}

static void tear_down(void)
{
    crs_context_free(context);
}

static void check_reference(struct point lon_lat, int digits, const char *expected)
{
    struct fault fault = {0};
    struct mgrs mgrs;
    char text[32];
    ck_assert_msg(mgrs_from_lon_lat(context, lon_lat, &mgrs, &fault), "%s", fault.message);
    ck_assert_str_eq(mgrs_format(&mgrs, digits, text), expected);
}

/* The Washington Monument stands in the standard of the United States (FGDC-STD-011-2001) as 18SUJ23480647.
 */
START_TEST(places_have_their_published_references)
{
    check_reference((struct point){-77.035279, 38.889484}, 3, "18SUJ234064");
    check_reference((struct point){-77.035279, 38.889484}, 2, "18SUJ2306");
    check_reference((struct point){-77.035279, 38.889484}, 0, "18SUJ");
    check_reference((struct point){2.294497, 48.858222}, 3, "31UDQ482119"); /* the Eiffel tower */
    check_reference((struct point){4.9, 52.37}, 5, "31UFU2935103890");
    check_reference((struct point){5.32415, 60.39299}, 0, "32VKN");
    check_reference((struct point){15.6, 78.2}, 1, "33XWG18");
}
END_TEST

START_TEST(zone_4q_square_fj_lies_where_its_letters_say)
{
    struct fault fault = {0};
    struct mgrs mgrs;
    double size;
    ck_assert(mgrs_parse("4Q FJ 12345 67890", &mgrs, &size, &fault));
    ck_assert_double_eq(size, 1);
    struct point place;
    ck_assert(mgrs_to_lon_lat(context, &mgrs, &place, &fault));
    const struct crs *utm = crs_find(context, "EPSG:32604", &fault);
    ck_assert(crs_transform(context, crs_find(context, "OGC:CRS84", &fault), utm, &place, 1, &fault));
    ck_assert_double_eq_tol(place.x, 612345, 0.001);
    ck_assert_double_eq_tol(place.y, 2367890, 0.001);
}
END_TEST

START_TEST(the_first_squares_of_odd_and_even_zones_follow_the_lettering)
{
    char letters[3];
    mgrs_square_letters((struct utm_zone){1, false}, (struct point){100000, 0}, letters);
    ck_assert_str_eq(letters, "AA");
    mgrs_square_letters((struct utm_zone){2, false}, (struct point){100000, 0}, letters);
    ck_assert_str_eq(letters, "JF");
    mgrs_square_letters((struct utm_zone){3, false}, (struct point){899999, 1999999}, letters);
    ck_assert_str_eq(letters, "ZV");
    mgrs_square_letters((struct utm_zone){31, true}, (struct point){500000, 9999999}, letters);
    ck_assert_str_eq(letters, "EV");
}
END_TEST

START_TEST(bands_have_eight_degrees_and_the_last_one_twelve)
{
    ck_assert_int_eq(mgrs_band(-80), 'C');
    ck_assert_int_eq(mgrs_band(-72.0001), 'C');
    ck_assert_int_eq(mgrs_band(-0.0001), 'M');
    ck_assert_int_eq(mgrs_band(0), 'N');
    ck_assert_int_eq(mgrs_band(52), 'U');
    ck_assert_int_eq(mgrs_band(56), 'V');
    ck_assert_int_eq(mgrs_band(72), 'X');
    ck_assert_int_eq(mgrs_band(84), 'X');
}
END_TEST

/** A reference names the south-west corner of the square that the place lies in. */
static void check_round_trip(struct point place, int digits)
{
    struct fault fault = {0};
    struct mgrs mgrs;
    struct mgrs again;
    double size_m;
    char text[32];
    ck_assert_msg(mgrs_from_lon_lat(context, place, &mgrs, &fault), "%s", fault.message);
    mgrs_format(&mgrs, digits, text);
    ck_assert_msg(mgrs_parse(text, &again, &size_m, &fault), "%s: %s", text, fault.message);
    struct point corner;
    ck_assert_msg(mgrs_to_lon_lat(context, &again, &corner, &fault), "%s: %s", text, fault.message);
    ck_assert_double_eq(size_m, pow(10, 5 - digits));
    double apart = sphere_distance_m(place, corner);
    ck_assert_msg(apart <= 1.42 * size_m * 1.01, "%s: %.1f m away", text, apart);
}

START_TEST(any_place_is_found_again_by_its_reference)
{
    uint64_t state = 1947;
    for (int i = 0; i < 4000; i++) {
        struct point place = {random_between(&state, -180, 180), random_between(&state, -80, 84)};
        check_round_trip(place, (int)random_below(&state, 6));
    }
    for (int i = 0; i < 4000; i++) { /* around Norway and Svalbard */
        struct point place = {random_between(&state, -1, 45), random_between(&state, 55, 84)};
        check_round_trip(place, (int)random_below(&state, 6));
    }
}
END_TEST

static void check_refused(const char *text, enum fault_code code)
{
    struct fault fault = {0};
    struct mgrs mgrs;
    struct point place;
    bool is_read = mgrs_parse(text, &mgrs, NULL, &fault) && mgrs_to_lon_lat(context, &mgrs, &place, &fault);
    ck_assert_msg(!is_read, "\"%s\" was read", text);
    ck_assert_msg(fault.code == code, "\"%s\": %s", text, fault.message);
}

START_TEST(what_is_no_reference_is_refused_by_name)
{
    static const char *const wrong[] = {"",
                                        " ",
                                        "31",
                                        "31U",
                                        "31UF",
                                        "0UFU",
                                        "61UFU",
                                        "31IFU",
                                        "31OFU",
                                        "31UIU",
                                        "31UFI",
                                        "31UAU",
                                        "31UFW",
                                        "31UFU1",
                                        "31UFU123",
                                        "31UFU12a4",
                                        "131UFU",
                                        "-1UFU",
                                        "31UFU123456789012",
                                        "32XMG",
                                        "34XMG",
                                        "36XMG",
                                        "31UFU 12 3-",
                                        "31UFU\n",
                                        "31UFG",
                                        "31NFV1234",
                                        "xx",
                                        "31UFU1234567890123456789012345678901234567890"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        check_refused(wrong[i], FAULT_INPUT);
    }
    static const char *const polar[] = {"ZAH", "YXL12345678", "AXN", "BAN1234"};
    for (size_t i = 0; i < sizeof polar / sizeof polar[0]; i++) {
        check_refused(polar[i], FAULT_OUTSIDE);
    }
}
END_TEST

START_TEST(the_poles_have_no_reference)
{
    struct fault fault = {0};
    struct mgrs mgrs;
    ck_assert(!mgrs_from_lon_lat(context, (struct point){0, 84.5}, &mgrs, &fault));
    ck_assert_int_eq(fault.code, FAULT_OUTSIDE);
    ck_assert_ptr_nonnull(strstr(fault.message, "UPS"));
    ck_assert(!mgrs_from_lon_lat(context, (struct point){0, -81}, &mgrs, &fault));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("mgrs");
    TCase *references = tcase_create("references");
    tcase_set_timeout(references, 60);
    tcase_add_checked_fixture(references, set_up, tear_down);
    tcase_add_test(references, places_have_their_published_references);
    tcase_add_test(references, zone_4q_square_fj_lies_where_its_letters_say);
    tcase_add_test(references, the_first_squares_of_odd_and_even_zones_follow_the_lettering);
    tcase_add_test(references, bands_have_eight_degrees_and_the_last_one_twelve);
    tcase_add_test(references, any_place_is_found_again_by_its_reference);
    tcase_add_test(references, what_is_no_reference_is_refused_by_name);
    tcase_add_test(references, the_poles_have_no_reference);
    suite_add_tcase(suite, references);
    return suite;
}
