#include "geo/base/fault.h"

#include <string.h>

#include "tests/support/runner.h"

START_TEST(a_fault_has_a_code_and_a_sentence)
{
    struct fault fault = {0};
    fault_set(&fault, FAULT_INPUT, "line %d is wrong", 12);
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_str_eq(fault.message, "line 12 is wrong");
}
END_TEST

START_TEST(a_prefix_keeps_the_code)
{
    struct fault fault = {0};
    fault_set(&fault, FAULT_LIMIT, "is too large");
    fault_prefix(&fault, "layer '%s': ", "rivers");
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_str_eq(fault.message, "layer 'rivers': is too large");
}
END_TEST

START_TEST(a_fault_may_quote_its_own_message)
{
    struct fault fault = {0};
    fault_set(&fault, FAULT_INPUT, "first");
    fault_set(&fault, FAULT_INTERNAL, "after %s", fault.message);
    ck_assert_str_eq(fault.message, "after first");
}
END_TEST

START_TEST(a_long_sentence_is_cut_between_characters)
{
    char text[2000];
    for (size_t i = 0; i + 2 < sizeof text; i += 2) {
        memcpy(text + i, "\xC3\xA9", 3);
    }
    for (int shift = 0; shift < 2; shift++) {
        struct fault fault = {0};
        fault_set(&fault, FAULT_INPUT, "%.*s%s", shift, "x", text);
        size_t length = strlen(fault.message);
        ck_assert_uint_lt(length, sizeof fault.message);
        ck_assert_uint_eq((length - (size_t)shift) % 2, 0);
        fault_prefix(&fault, "ab");
        ck_assert_uint_eq((strlen(fault.message) - (size_t)shift) % 2, 0);
    }
}
END_TEST

START_TEST(who_does_not_want_to_know_gives_null)
{
    fault_set(NULL, FAULT_INPUT, "nobody reads this");
    fault_prefix(NULL, "nor this");
}
END_TEST

START_TEST(each_code_has_a_name_of_its_own)
{
    for (int a = FAULT_NONE; a <= FAULT_INTERNAL; a++) {
        for (int b = FAULT_NONE; b < a; b++) {
            ck_assert_str_ne(fault_code_name(a), fault_code_name(b));
        }
    }
    ck_assert_str_eq(fault_code_name(FAULT_NOT_FOUND), "not-found");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("fault");
    TCase *cases = tcase_create("fault");
    tcase_add_test(cases, a_fault_has_a_code_and_a_sentence);
    tcase_add_test(cases, a_prefix_keeps_the_code);
    tcase_add_test(cases, a_fault_may_quote_its_own_message);
    tcase_add_test(cases, a_long_sentence_is_cut_between_characters);
    tcase_add_test(cases, who_does_not_want_to_know_gives_null);
    tcase_add_test(cases, each_code_has_a_name_of_its_own);
    suite_add_tcase(suite, cases);
    return suite;
}
