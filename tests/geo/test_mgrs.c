#include "geo/mgrs.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
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

static void check_square(struct point lon_lat, const char *expected)
{
    struct fault fault = {0};
    struct mgrs mgrs;
    char text[16];
    ck_assert_msg(mgrs_from_lon_lat(context, lon_lat, &mgrs, &fault), "%s", fault.message);
    snprintf(text, sizeof text, "%02d%c%s", mgrs.zone.number, mgrs.band, mgrs.letters);
    ck_assert_str_eq(text, expected);
}

/* The Washington Monument stands in the standard of the United States (FGDC-STD-011-2001) as 18SUJ23480647.
 */
START_TEST(places_lie_in_their_published_squares)
{
    check_square((struct point){-77.035279, 38.889484}, "18SUJ");
    check_square((struct point){2.294497, 48.858222}, "31UDQ"); /* the Eiffel tower */
    check_square((struct point){4.9, 52.37}, "31UFU");
    check_square((struct point){5.32415, 60.39299}, "32VKN");
    check_square((struct point){15.6, 78.2}, "33XWG");
    check_square((struct point){-157.916861, 21.309444}, "04QFJ"); /* Honolulu */
    check_square((struct point){0, -1e-9}, "31MAV");
    check_square((struct point){0, 0}, "31NAA");
    check_square((struct point){180, 1}, "01NAB");
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

/** Column 1 … 8 and row 0 … 19 of some letters, as the lettering begins in that zone; 0 and -1: none. */
static void read_letters(int zone, const char *letters, int *column, int *row)
{
    static const char alphabet[] = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    const char *first = strchr(alphabet, letters[0]);
    const char *second = strchr(alphabet, letters[1]);
    *column = first ? (int)(first - alphabet) - (zone - 1) % 3 * 8 + 1 : 0;
    *row = second ? ((int)(second - alphabet) - (zone % 2 == 0 ? 5 : 0) + 20) % 20 : -1;
}

START_TEST(letters_tell_the_hundred_kilometres_of_any_place)
{
    struct fault fault = {0};
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", &fault);
    uint64_t state = 1947;
    for (int i = 0; i < 8000; i++) {
        struct point west_south = i % 2 ? (struct point){-180, -80} : (struct point){-1, 55}; /* and Norway */
        struct point east_north = i % 2 ? (struct point){180, 84} : (struct point){45, 84};
        struct point place = {random_between(&state, west_south.x, east_north.x),
                              random_between(&state, west_south.y, east_north.y)};
        struct mgrs mgrs;
        char code[32];
        int column;
        int row;
        ck_assert_msg(mgrs_from_lon_lat(context, place, &mgrs, &fault), "%s", fault.message);
        const struct crs *utm = crs_find(context, utm_crs_code(mgrs.zone, code), &fault);
        read_letters(mgrs.zone.number, mgrs.letters, &column, &row);
        ck_assert(crs_transform(context, lon_lat, utm, &place, 1, &fault));
        ck_assert_int_eq(column, (int)floor(place.x / MGRS_SQUARE_M));
        ck_assert_int_eq(row, (int)floor(place.y / MGRS_SQUARE_M) % 20);
    }
}
END_TEST

START_TEST(the_poles_have_no_square)
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
    TCase *squares = tcase_create("squares");
    tcase_set_timeout(squares, 60);
    tcase_add_checked_fixture(squares, set_up, tear_down);
    tcase_add_test(squares, places_lie_in_their_published_squares);
    tcase_add_test(squares, the_first_squares_of_odd_and_even_zones_follow_the_lettering);
    tcase_add_test(squares, bands_have_eight_degrees_and_the_last_one_twelve);
    tcase_add_test(squares, letters_tell_the_hundred_kilometres_of_any_place);
    tcase_add_test(squares, the_poles_have_no_square);
    suite_add_tcase(suite, squares);
    return suite;
}
