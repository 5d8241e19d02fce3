#include "geo/base/folded_text.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/runner.h"

static void expect(const char *text, const char *folded)
{
    char *result = text_fold(text);
    ck_assert_str_eq(result, folded);
    free(result);
}

START_TEST(capitals_and_accents_go)
{
    expect("Überschwemmung", "uberschwemmung");
    expect("PRÉVENTION À L’ŒUVRE", "prevention a l’oeuvre");
    expect("Straße, Ærø, Łódź, ĳs", "strasse, aero, lodz, ijs");
    expect("bw.ugs 12", "bw.ugs 12");
    expect("", "");
}
END_TEST

START_TEST(what_is_no_latin_letter_stays)
{
    expect("× ÷ ≈ Ω 消防 “x”", "× ÷ ≈ Ω 消防 “x”");
    expect("\xC3", "\xC3");
    expect("\xFF\xC3\x28", "\xFF\xC3(");
}
END_TEST

START_TEST(a_folded_text_folds_to_itself_and_is_never_longer)
{
    for (unsigned letter = 0xA0; letter < 0x250; letter++) {
        char text[8] = {(char)(0xC0 | letter >> 6), (char)(0x80 | (letter & 0x3F)), 'x', '\0'};
        char *once = text_fold(text);
        char *twice = text_fold(once);
        ck_assert_str_eq(once, twice);
        ck_assert_uint_le(strlen(once), strlen(text));
        ck_assert_int_eq(once[strlen(once) - 1], 'x');
        free(once);
        free(twice);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("folded_text");
    TCase *tests = tcase_create("folded_text");
    tcase_add_test(tests, capitals_and_accents_go);
    tcase_add_test(tests, what_is_no_latin_letter_stays);
    tcase_add_test(tests, a_folded_text_folds_to_itself_and_is_never_longer);
    suite_add_tcase(suite, tests);
    return suite;
}
