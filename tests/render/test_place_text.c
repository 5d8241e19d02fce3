#include "render/briefing/place_text.h"

#include <math.h>
#include <string.h>

#include "geo/shape.h"
#include "geo/sphere.h"
#include "tests/support/runner.h"

/** The text with plain blanks. */
static const char *plain(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        bool is_fixed = strncmp(from, "\u00a0", 2) == 0;
        *to++ = is_fixed ? ' ' : *from;
        from += is_fixed;
    }
    *to = '\0';
    return text;
}

START_TEST(rd_is_whole_metres_in_groups_of_three_digits)
{
    char text[PLACE_TEXT_BYTES];
    ck_assert_str_eq(plain(place_text_rd((struct point){101250.4, 411479.6}, text)), "101 250 / 411 480");
    ck_assert_str_eq(plain(place_text_rd((struct point){13050, 390007}, text)), "13 050 / 390 007");
    ck_assert_str_eq(plain(place_text_rd((struct point){999.7, -0.2}, text)), "1 000 / 0");
    ck_assert_str_eq(plain(place_text_rd((struct point){-7000.2, 1234567}, text)), "-7 000 / 1 234 567");
}
END_TEST

START_TEST(wgs84_is_degrees_and_minutes_in_the_words_of_the_language)
{
    char text[PLACE_TEXT_BYTES];
    struct point place = {4.5835, 51.6882};
    ck_assert_str_eq(plain(place_text_wgs84(place, LANGUAGE_NL, text)), "51°41,292′ N.B.\n4°35,010′ O.L.");
    ck_assert_str_eq(plain(place_text_wgs84(place, LANGUAGE_EN, text)), "51°41.292′ N\n4°35.010′ E");
    ck_assert_str_eq(plain(place_text_wgs84(place, LANGUAGE_DE, text)), "51°41,292′ N\n4°35,010′ O");
    struct point south_west = {-0.5, -33.0};
    ck_assert_str_eq(plain(place_text_wgs84(south_west, LANGUAGE_FR, text)), "33°00,000′ S\n0°30,000′ O");
}
END_TEST

START_TEST(there_are_never_sixty_minutes)
{
    char text[PLACE_TEXT_BYTES];
    struct point place = {4.9999999, 51.99999};
    ck_assert_str_eq(plain(place_text_wgs84(place, LANGUAGE_EN, text)), "51°59.999′ N\n5°00.000′ E");
}
END_TEST

static struct shape *ring_of(double side_m, enum shape_kind kind)
{
    struct point middle = {4.6, 51.7};
    double half = side_m / 2;
    struct point corners[5] = {{-half, -half}, {half, -half}, {half, half}, {-half, half}, {-half, -half}};
    for (int i = 0; i < 5; i++) {
        corners[i] = sphere_from_plane(middle, corners[i]);
    }
    struct shape *shape = shape_new(kind);
    shape_add_part(shape, corners, 5, false);
    return shape;
}

START_TEST(lines_have_a_length_and_areas_an_area)
{
    char text[PLACE_TEXT_BYTES];
    struct shape *line = ring_of(310, SHAPE_LINE);
    ck_assert_str_eq(plain(place_text_extent(line, LANGUAGE_NL, text)), "1,24 km");
    struct shape *small = ring_of(120, SHAPE_POLYGON);
    ck_assert_str_eq(plain(place_text_extent(small, LANGUAGE_NL, text)), "1,44 ha");
    struct shape *large = ring_of(2000, SHAPE_POLYGON);
    ck_assert_str_eq(plain(place_text_extent(large, LANGUAGE_EN, text)), "4 km²");
    shape_add_part(large, small->points, 5, true);
    struct shape *hole = ring_of(1000, SHAPE_POLYGON);
    shape_add_part(large, hole->points, 5, true);
    shape_free(hole);
    ck_assert_str_eq(plain(place_text_extent(large, LANGUAGE_EN, text)), "2.99 km²");
    shape_free(line);
    shape_free(small);
    shape_free(large);
}
END_TEST

START_TEST(a_point_has_no_extent)
{
    char text[PLACE_TEXT_BYTES];
    struct shape *point = shape_new(SHAPE_POINT);
    shape_add_part(point, &(struct point){4.6, 51.7}, 1, false);
    ck_assert_str_eq(place_text_extent(point, LANGUAGE_NL, text), "");
    ck_assert(point_equals(place_text_point_of(point), (struct point){4.6, 51.7}));
    shape_free(point);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("place_text");
    TCase *places = tcase_create("places");
    tcase_add_test(places, rd_is_whole_metres_in_groups_of_three_digits);
    tcase_add_test(places, wgs84_is_degrees_and_minutes_in_the_words_of_the_language);
    tcase_add_test(places, there_are_never_sixty_minutes);
    tcase_add_test(places, lines_have_a_length_and_areas_an_area);
    tcase_add_test(places, a_point_has_no_extent);
    suite_add_tcase(suite, places);
    return suite;
}
