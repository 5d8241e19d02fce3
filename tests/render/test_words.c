#include "tests/support/runner.h"

#include <stdio.h>
#include <string.h>

#include "render/print/words.h"

/** The %-fields of a text, one after the other: "%zu%s". */
static void fields_of(const char *text, char fields[static 64])
{
    size_t length = 0;
    for (const char *at = strchr(text, '%'); at && length < 50; at = strchr(at + 1, '%')) {
        size_t field = strcspn(at + 1, "sdu") + 2;
        memcpy(fields + length, at, field);
        length += field;
    }
    fields[length] = '\0';
}

START_TEST(every_word_is_there_in_every_language)
{
    for (int word = 0; word < WORD_COUNT; word++) {
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            const char *text = words_text((enum word)word, (enum language)language);
            ck_assert_ptr_nonnull(text);
            ck_assert_msg(text[0], "word %d has no %s", word, language_code((enum language)language));
        }
    }
}
END_TEST

START_TEST(all_languages_have_the_same_fields)
{
    for (int word = 0; word < WORD_COUNT; word++) {
        char dutch[64];
        fields_of(words_text((enum word)word, LANGUAGE_NL), dutch);
        for (int language = 1; language < LANGUAGE_COUNT; language++) {
            char other[64];
            fields_of(words_text((enum word)word, (enum language)language), other);
            ck_assert_str_eq(dutch, other);
        }
    }
}
END_TEST

START_TEST(a_scale_is_written_in_groups_of_three_digits)
{
    char text[32];
    ck_assert_str_eq(words_scale(25000, text), "1 : 25 000");
    ck_assert_str_eq(words_scale(100, text), "1 : 100");
    ck_assert_str_eq(words_scale(1000, text), "1 : 1 000");
    ck_assert_str_eq(words_scale(10000000, text), "1 : 10 000 000");
    ck_assert_str_eq(words_scale(12345.5, text), "1 : 12 345.5");
}
END_TEST

START_TEST(numbers_have_the_sign_of_their_language_and_no_idle_zeros)
{
    char text[32];
    ck_assert_str_eq(words_number(2.5, 3, LANGUAGE_NL, text), "2,5");
    ck_assert_str_eq(words_number(2.5, 3, LANGUAGE_EN, text), "2.5");
    ck_assert_str_eq(words_number(2, 3, LANGUAGE_DE, text), "2");
    ck_assert_str_eq(words_number(200, 0, LANGUAGE_NL, text), "200");
    ck_assert_str_eq(words_number(0.41, 2, LANGUAGE_FR, text), "0,41");
}
END_TEST

START_TEST(french_has_a_blank_before_a_colon)
{
    ck_assert_str_eq(words_colon(LANGUAGE_FR), "\u00a0: ");
    ck_assert_str_eq(words_colon(LANGUAGE_NL), ": ");
    for (int word = 0; word < WORD_COUNT; word++) {
        const char *colon = strchr(words_text((enum word)word, LANGUAGE_FR), ':');
        bool has_blank = !colon || colon[-1] == ' ' || (unsigned char)colon[-1] == 0xa0;
        ck_assert_msg(has_blank, "%s", words_text((enum word)word, LANGUAGE_FR));
    }
}
END_TEST

START_TEST(distances_are_metres_below_a_kilometre)
{
    char text[40];
    ck_assert_str_eq(words_distance(500, LANGUAGE_NL, text), "500 m");
    ck_assert_str_eq(words_distance(1000, LANGUAGE_NL, text), "1 km");
    ck_assert_str_eq(words_distance(2500, LANGUAGE_NL, text), "2,5 km");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("words");
    TCase *words = tcase_create("words");
    tcase_add_test(words, every_word_is_there_in_every_language);
    tcase_add_test(words, all_languages_have_the_same_fields);
    tcase_add_test(words, a_scale_is_written_in_groups_of_three_digits);
    tcase_add_test(words, numbers_have_the_sign_of_their_language_and_no_idle_zeros);
    tcase_add_test(words, french_has_a_blank_before_a_colon);
    tcase_add_test(words, distances_are_metres_below_a_kilometre);
    suite_add_tcase(suite, words);
    return suite;
}
