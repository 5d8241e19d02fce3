#include "geo/base/utf8.h"

#include <string.h>

#include "tests/support/runner.h"

/* Writes a code point as RFC 3629 has it, surrogates too; returns its bytes. */
static size_t write_character(uint32_t character, char text[static UTF8_MOST_BYTES])
{
    static const unsigned char firsts[] = {0, 0, 0xC0, 0xE0, 0xF0};
    size_t count = character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
    for (size_t i = count; i-- > 1; character >>= 6) {
        text[i] = (char)(0x80 | (character & 0x3F));
    }
    text[0] = (char)(firsts[count] | character);
    return count;
}

/* Whole it is read, or refused when it is a surrogate; with a byte less it is refused. */
static bool is_read_rightly(uint32_t character)
{
    char text[UTF8_MOST_BYTES] = "";
    size_t count = write_character(character, text);
    size_t length = 0;
    bool is_surrogate = character >= 0xD800 && character <= 0xDFFF;
    return utf8_read(text, count, &length) == (is_surrogate ? UTF8_INVALID : character) &&
           length == (is_surrogate ? 1 : count) && utf8_read(text, count - 1, &length) == UTF8_INVALID;
}

START_TEST(every_character_reads_back_and_surrogates_do_not)
{
    uint32_t wrong = 0;
    for (uint32_t character = 0x10FFFF; character > 0; character--) {
        wrong = is_read_rightly(character) ? wrong : character;
    }
    ck_assert_msg(wrong == 0, "U+%04X", (unsigned)wrong);
}
END_TEST

START_TEST(what_is_no_character_has_one_byte)
{
    static const char *const invalid[] = {
        "\x80",         "\xBF", "\xC0\xAF",         "\xC1\x81", "\xE0\x80\x80", "\xF0\x80\x80\x80",
        "\xED\xA0\x80", "\xC3", "\xF4\x90\x80\x80", "\xF5",     "\xFF",         "\xE2\x82"};
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++) {
        size_t length = 0;
        ck_assert_uint_eq(utf8_read(invalid[i], UTF8_MOST_BYTES, &length), UTF8_INVALID);
        ck_assert_uint_eq(length, 1);
    }
}
END_TEST

START_TEST(controls_are_those_that_move_a_terminal_or_end_a_line)
{
    static const uint32_t controls[] = {0, '\n', 0x1B, 0x1F, 0x7F, 0x80, 0x9B, 0x9F, 0x2028, 0x2029};
    static const uint32_t others[] = {' ', '~', 0xA0, 0xE9, 0x2027, 0x202A, 0x1F525};
    for (size_t i = 0; i < sizeof controls / sizeof controls[0]; i++) {
        ck_assert(utf8_is_control(controls[i]));
    }
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        ck_assert(!utf8_is_control(others[i]));
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("utf8");
    TCase *cases = tcase_create("utf8");
    tcase_add_test(cases, every_character_reads_back_and_surrogates_do_not);
    tcase_add_test(cases, what_is_no_character_has_one_byte);
    tcase_add_test(cases, controls_are_those_that_move_a_terminal_or_end_a_line);
    suite_add_tcase(suite, cases);
    return suite;
}
