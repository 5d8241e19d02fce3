/*
 * test_word.c - the word that was probably meant.
 */
#include "geo/base/word.h"
#include "tests/support/runner.h"

static const char *const known[] = {"tile", "map", "briefing", "seed", NULL};

START_TEST(a_slip_of_the_finger_is_understood)
{
    ck_assert_str_eq(word_nearest("tiel", known), "tile");
    ck_assert_str_eq(word_nearest("breifing", known), "briefing");
    ck_assert_str_eq(word_nearest("mp", known), "map");
    ck_assert_str_eq(word_nearest("seed", known), "seed");
}
END_TEST

START_TEST(another_word_is_none_of_ours)
{
    static const char *const nothing[] = {NULL};
    ck_assert_ptr_null(word_nearest("restaurant", known));
    ck_assert_ptr_null(word_nearest("", known));
    ck_assert_ptr_null(word_nearest("tile", nothing));
}
END_TEST

START_TEST(very_long_words_are_compared_by_their_beginnings)
{
    char word[400];
    for (int i = 0; i < 399; i++) {
        word[i] = 'a';
    }
    word[399] = '\0';
    ck_assert_ptr_null(word_nearest(word, known));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("word");
    TCase *cases = tcase_create("word");
    tcase_add_test(cases, a_slip_of_the_finger_is_understood);
    tcase_add_test(cases, another_word_is_none_of_ours);
    tcase_add_test(cases, very_long_words_are_compared_by_their_beginnings);
    suite_add_tcase(suite, cases);
    return suite;
}
