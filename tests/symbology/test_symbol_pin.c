/*
 * test_symbol_pin.c - what a plot is drawn with, and what codes mean in it.
 */
#include "symbology/symbol_pin.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "symbology/symbol_code.h"
#include "tests/support/runner.h"

START_TEST(a_pin_is_written_as_it_is_read)
{
    static const char *const good[] = {"nl@1", "haven-2_x@9999", "abcdefghijklmno@12"};
    for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
        struct symbol_pin pin;
        struct symbol_pin again;
        char text[SYMBOL_PIN_BYTES];
        ck_assert(symbol_pin_parse(good[i], &pin, NULL));
        symbol_pin_format(&pin, text);
        ck_assert_str_eq(text, good[i]);
        ck_assert(symbol_pin_parse(text, &again, NULL) && symbol_pin_equals(&pin, &again));
    }
}
END_TEST

START_TEST(what_is_no_pin_is_refused_and_pins_nothing)
{
    static const char *const bad[] = {"",
                                      "nl",
                                      "nl@",
                                      "@1",
                                      "nl@0",
                                      "nl@01",
                                      "nl@10000",
                                      "NL@1",
                                      "nl@1/",
                                      "nl@1;",
                                      "nl@1 ",
                                      " nl@1",
                                      "nl@1;st=planned",
                                      "nl@1/bw.ugs",
                                      "nl@-1",
                                      "nl@1.5",
                                      "nl@1@2",
                                      "abcdefghijklmnop@1",
                                      "abcdefghijklmnopqrstuvwxyzabcdefghijkl@1"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct symbol_pin pin;
        struct fault fault = {0};
        char text[SYMBOL_PIN_BYTES];
        ck_assert_msg(!symbol_pin_parse(bad[i], &pin, &fault), "%s", bad[i]);
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        ck_assert_int_eq(pin.version, 0);
        symbol_pin_format(&pin, text);
        ck_assert_str_eq(text, "");
    }
}
END_TEST

static char *code_in(const char *pin, const char *text, struct fault *fault)
{
    struct symbol_scope scope = {.library = NULL};
    struct symbol_code code;
    if (*pin) {
        ck_assert(symbol_pin_parse(pin, &scope.pin, NULL));
    }
    if (!symbol_scope_parse(&scope, text, &code, fault)) {
        return NULL;
    }
    char *whole = symbol_scope_check(&scope, "", &code, fault) ? symbol_code_format(&code, true) : NULL;
    symbol_code_finish(&code);
    return whole;
}

START_TEST(a_code_without_a_set_is_of_the_pinned_one)
{
    static const char *const codes[][3] = {
        {"nl@1", "bw.ugs", "nl@1/bw.ugs"},
        {"nl@2", "bw.ugs;st=planned;n=a@b/c", "nl@2/bw.ugs;st=planned;n=a@b/c"},
        {"nl@1", "nl@1/bw.ugs", "nl@1/bw.ugs"},
        {"nl@1", "haven@3/haven.kraan;n=x", "haven@3/haven.kraan;n=x"},
        {"", "nl@4/bw.ugs", "nl@4/bw.ugs"}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct fault fault = {0};
        char *whole = code_in(codes[i][0], codes[i][1], &fault);
        ck_assert_msg(whole, "%s: %s", codes[i][1], fault.message);
        ck_assert_str_eq(whole, codes[i][2]);
        free(whole);
    }
}
END_TEST

START_TEST(another_version_of_the_pinned_set_is_refused_and_so_is_no_set_without_a_pin)
{
    static const char *const codes[][3] = {{"nl@1", "nl@2/bw.ugs", "drawn with nl@1"},
                                           {"nl@2", "nl@1/bw.ugs;n=x", "'nl@1/bw.ugs'"},
                                           {"", "bw.ugs", "set"},
                                           {"nl@1", "", "entity"},
                                           {"nl@1", "/bw.ugs", "set"},
                                           {"nl@1", "nl/bw.ugs", "set"}};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        struct fault fault = {0};
        ck_assert_ptr_null(code_in(codes[i][0], codes[i][1], &fault));
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        ck_assert_msg(strstr(fault.message, codes[i][2]), "%s", fault.message);
    }
}
END_TEST

static const struct symbol_code *only_of_kept(const char *feature_id, const void *context)
{
    return strcmp(feature_id, "kept") == 0 ? context : NULL;
}

START_TEST(a_symbol_that_the_feature_has_already_may_stay)
{
    static const struct {
        const char *feature_id;
        const char *code;
        bool is_taken;
    } asked[] = {{"kept", "nl@2/bw.drone", true},   {"kept", "nl@2/bw.drone;st=ended;n=x", true},
                 {"kept", "nl@2/bw.ugs", false},    {"kept", "nl@3/bw.drone", false},
                 {"other", "nl@2/bw.drone", false}, {"", "nl@2/bw.drone", false},
                 {"other", "bw.drone", true}};
    struct symbol_code present;
    ck_assert(symbol_code_parse("nl@2/bw.drone;st=planned", &present, NULL));
    struct symbol_scope scope = {NULL, {"nl", 1}, only_of_kept, &present};
    for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
        struct symbol_code code;
        struct fault fault = {0};
        ck_assert(symbol_scope_parse(&scope, asked[i].code, &code, NULL));
        bool is_taken = symbol_scope_check(&scope, asked[i].feature_id, &code, &fault);
        ck_assert_msg(is_taken == asked[i].is_taken, "%s of '%s'", asked[i].code, asked[i].feature_id);
        symbol_code_finish(&code);
    }
    symbol_code_finish(&present);
}
END_TEST

START_TEST(a_code_that_is_too_long_is_a_limit_with_and_without_its_set)
{
    char *text = malloc(10100);
    for (int i = 0; i < 2; i++) {
        struct fault fault = {0};
        memset(text, 'x', 10099);
        text[10099] = '\0';
        memcpy(text, i ? "nl@1/bw.ugs;n=" : "bw.ugs;n=", i ? 14 : 9);
        ck_assert_ptr_null(code_in("nl@1", text, &fault));
        ck_assert_int_eq(fault.code, FAULT_LIMIT);
    }
    free(text);
}
END_TEST

/* The letters of what no set knows. */
START_TEST(an_unknown_entity_has_letters_of_its_name)
{
    static const char *const codes[][2] = {
        {"xx@1/bw.drone", "DRON"}, {"xx@1/a.b-2", "B2"}, {"xx@1/q.ab_cde", "ABCD"}};
    for (int i = 0; i < 3; i++) {
        struct symbol_code code;
        char letters[SYMBOL_LETTERS_BYTES];
        ck_assert(symbol_code_parse(codes[i][0], &code, NULL));
        symbol_code_letters(&code, letters);
        ck_assert_str_eq(letters, codes[i][1]);
        symbol_code_finish(&code);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol pin");
    TCase *cases = tcase_create("pin");
    tcase_add_test(cases, a_pin_is_written_as_it_is_read);
    tcase_add_test(cases, what_is_no_pin_is_refused_and_pins_nothing);
    tcase_add_test(cases, a_code_without_a_set_is_of_the_pinned_one);
    tcase_add_test(cases, another_version_of_the_pinned_set_is_refused_and_so_is_no_set_without_a_pin);
    tcase_add_test(cases, a_symbol_that_the_feature_has_already_may_stay);
    tcase_add_test(cases, a_code_that_is_too_long_is_a_limit_with_and_without_its_set);
    tcase_add_test(cases, an_unknown_entity_has_letters_of_its_name);
    suite_add_tcase(suite, cases);
    return suite;
}
