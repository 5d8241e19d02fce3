#include "data/marking.h"

#include <string.h>

#include "tests/support/runner.h"

START_TEST(every_marking_reads_back_from_its_text)
{
    for (int i = 0; i < MARKING_COUNT; i++) {
        enum marking marking = MARKING_COUNT;
        ck_assert(marking_parse(marking_text((enum marking)i), &marking));
        ck_assert_int_eq(marking, i);
    }
}
END_TEST

START_TEST(a_marking_is_read_without_prefix_and_in_any_case)
{
    enum marking marking = MARKING_CLEAR;
    ck_assert(marking_parse("amber+strict", &marking));
    ck_assert_int_eq(marking, MARKING_AMBER_STRICT);
    ck_assert(marking_parse("tlp:Red", &marking));
    ck_assert_int_eq(marking, MARKING_RED);
}
END_TEST

START_TEST(an_unknown_marking_is_denied)
{
    const char *unknown[] = {"", "TLP:", "WHITE", "RED ", "TLP:TLP:RED", "AMBER STRICT", "CLEARED"};
    for (size_t i = 0; i < sizeof unknown / sizeof unknown[0]; i++) {
        enum marking marking = MARKING_COUNT;
        ck_assert_msg(!marking_parse(unknown[i], &marking), "'%s' was taken", unknown[i]);
        ck_assert_int_eq(marking, MARKING_COUNT);
    }
}
END_TEST

START_TEST(the_higher_of_two_markings_is_one_of_them_in_either_order)
{
    for (int a = 0; a < MARKING_COUNT; a++) {
        for (int b = 0; b < MARKING_COUNT; b++) {
            enum marking higher = marking_higher((enum marking)a, (enum marking)b);
            ck_assert_int_eq(higher, marking_higher((enum marking)b, (enum marking)a));
            ck_assert(higher == (enum marking)a || higher == (enum marking)b);
            ck_assert(higher >= (enum marking)a && higher >= (enum marking)b);
        }
    }
}
END_TEST

START_TEST(every_marking_can_be_read_on_black)
{
    struct colour black = {0, 0, 0, 255};
    for (int i = 0; i < MARKING_COUNT; i++) {
        ck_assert_double_ge(colour_contrast(marking_colour((enum marking)i), black), 4.5);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("marking");
    TCase *tests = tcase_create("marking");
    tcase_add_test(tests, every_marking_reads_back_from_its_text);
    tcase_add_test(tests, a_marking_is_read_without_prefix_and_in_any_case);
    tcase_add_test(tests, an_unknown_marking_is_denied);
    tcase_add_test(tests, the_higher_of_two_markings_is_one_of_them_in_either_order);
    tcase_add_test(tests, every_marking_can_be_read_on_black);
    suite_add_tcase(suite, tests);
    return suite;
}
