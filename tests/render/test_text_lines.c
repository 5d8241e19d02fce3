#include "render/text/text_lines.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "tests/support/runner.h"

static void expect(const char *text, const char *lines, bool is_cut)
{
    bool was_cut;
    char *fitted = text_lines_fit(text, &was_cut);
    ck_assert_str_eq(fitted, lines);
    ck_assert_int_eq(was_cut, is_cut);
    free(fitted);
}

static char *repeated(const char *text, int count)
{
    struct buffer buffer;
    buffer_init(&buffer, 100000);
    for (int i = 0; i < count; i++) {
        buffer_append_text(&buffer, text);
    }
    return buffer_take(&buffer, NULL);
}

START_TEST(a_line_that_has_room_stays_and_a_longer_one_is_broken_between_words)
{
    expect("UGS Klaverpolder\nBMWB", "UGS Klaverpolder\nBMWB", false);
    expect("een twee drie vier vijf zes zeven acht n", "een twee drie vier vijf zes zeven acht n", false);
    expect("een twee drie vier vijf zes zeven acht negen", "een twee drie vier vijf zes zeven acht \nnegen",
           false);
}
END_TEST

START_TEST(a_text_of_hundreds_of_words_becomes_a_few_lines_and_says_that_it_is_cut)
{
    bool is_cut;
    char *text = repeated("woord ", 300);
    char *lines = text_lines_fit(text, &is_cut);
    ck_assert(is_cut);
    ck_assert_str_eq(lines, "woord woord woord woord woord woord \n"
                            "woord woord woord woord woord woord \n"
                            "woord woord woord woord woord woord…");
    free(lines);
    free(text);
    expect("a\nb\nc\nd\ne", "a\nb\nc\nd\n…", true);
}
END_TEST

/* An accent stays with its letter, and a wide character takes two columns. */
START_TEST(a_word_longer_than_a_line_is_broken_between_whole_characters)
{
    char *letters = repeated("e\u0301", 41);
    char *wide = repeated("\u6D88", 21);
    bool is_cut;
    char *lines = text_lines_fit(letters, &is_cut);
    ck_assert_ptr_eq(strchr(lines, '\n'), lines + strlen("e\u0301") * 40 + strlen("\u200B"));
    ck_assert(text_lines_is_broken(lines, strchr(lines, '\n')));
    free(lines);
    lines = text_lines_fit(wide, &is_cut);
    ck_assert_ptr_eq(strchr(lines, '\n'), lines + strlen("\u6D88") * 20 + strlen("\u200B"));
    free(lines);
    free(letters);
    free(wide);
}
END_TEST

START_TEST(bytes_that_are_not_text_do_no_harm)
{
    char *bytes = repeated("\xFF\xC3", 100);
    bool is_cut;
    free(text_lines_fit(bytes, &is_cut));
    ck_assert(is_cut);
    expect("", "", false);
    free(bytes);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("text: lines");
    TCase *tests = tcase_create("lines");
    tcase_add_test(tests, a_line_that_has_room_stays_and_a_longer_one_is_broken_between_words);
    tcase_add_test(tests, a_text_of_hundreds_of_words_becomes_a_few_lines_and_says_that_it_is_cut);
    tcase_add_test(tests, a_word_longer_than_a_line_is_broken_between_whole_characters);
    tcase_add_test(tests, bytes_that_are_not_text_do_no_harm);
    suite_add_tcase(suite, tests);
    return suite;
}
