#include "geo/base/buffer.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/random.h"
#include "tests/support/runner.h"

START_TEST(what_is_appended_is_there_in_order)
{
    struct buffer buffer;
    buffer_init(&buffer, 1000);
    buffer_append(&buffer, "a\0b", 3);
    buffer_append_text(&buffer, "cd");
    buffer_appendf(&buffer, "%d", 42);
    ck_assert_uint_eq(buffer.length, 7);
    ck_assert_mem_eq(buffer.bytes, "a\0bcd42", 8);
    ck_assert(!buffer.is_full);
    buffer_finish(&buffer);
}
END_TEST

START_TEST(a_full_buffer_says_so_and_never_exceeds_its_ceiling)
{
    uint64_t state = 7;
    for (size_t ceiling = 0; ceiling < 300; ceiling += 7) {
        struct buffer buffer;
        buffer_init(&buffer, ceiling);
        size_t wanted = 0;
        for (int i = 0; i < 40; i++) {
            int width = (int)random_below(&state, 20);
            wanted += (size_t)width;
            buffer_appendf(&buffer, "%.*s", width, "abcdefghijklmnopqrstuvwxyz");
        }
        ck_assert_uint_le(buffer.length, ceiling);
        ck_assert_int_eq(buffer.is_full, wanted > ceiling);
        if (!buffer.is_full) {
            ck_assert_uint_eq(buffer.length, wanted);
        }
        ck_assert(!buffer.bytes || buffer.bytes[buffer.length] == '\0');
        buffer_finish(&buffer);
    }
}
END_TEST

static char *escaped(void (*append)(struct buffer *, const char *), const char *text)
{
    struct buffer buffer;
    buffer_init(&buffer, 10000);
    append(&buffer, text);
    return buffer_take(&buffer, NULL);
}

static void assert_escaped(void (*append)(struct buffer *, const char *), const char *text,
                           const char *expected)
{
    char *found = escaped(append, text);
    ck_assert_str_eq(found, expected);
    free(found);
}

START_TEST(xml_text_is_safe_in_text_and_attributes)
{
    assert_escaped(buffer_append_xml, "<a b=\"c\" d='e'>&", "&lt;a b=&quot;c&quot; d=&#39;e&#39;&gt;&amp;");
    assert_escaped(buffer_append_xml, "a\x01\x1b[0m\n\tb\x7f", "a[0m\n\tb");
    assert_escaped(buffer_append_xml, "caf\xC3\xA9 \xF0\x9F\x94\xA5", "caf\xC3\xA9 \xF0\x9F\x94\xA5");
    assert_escaped(buffer_append_xml, "\xEF\xBF\xBF", "\xEF\xBF\xBD");
}
END_TEST

START_TEST(json_text_is_one_string)
{
    assert_escaped(buffer_append_json, "a\"b\\c\n\r\t\x01", "\"a\\\"b\\\\c\\n\\r\\t\\u0001\"");
    assert_escaped(buffer_append_json, "\xE2\x80\xA8", "\"\\u2028\"");
    assert_escaped(buffer_append_json, "\x7F\xC2\x9B", "\"\\u007f\\u009b\"");
    assert_escaped(buffer_append_json, "", "\"\"");
}
END_TEST

START_TEST(a_line_stays_one_line)
{
    assert_escaped(buffer_append_line, "a\n\x1b[0m\xC2\x9B\xE2\x80\xA9z", "a  [0m  z");
    assert_escaped(buffer_append_line, "caf\xC3\xA9 <&>", "caf\xC3\xA9 <&>");
    assert_escaped(buffer_append_line, "a\xEF\xB7\x90z\xEF\xBF\xBE", "a\xEF\xBF\xBDz\xEF\xBF\xBD");
}
END_TEST

START_TEST(invalid_utf8_becomes_the_replacement_character)
{
    static const char *const invalid[] = {
        "\x80", "\xC0\xAF", "\xE0\x80\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xFF", "\xC3"};
    for (size_t i = 0; i < sizeof invalid / sizeof invalid[0]; i++) {
        char *json = escaped(buffer_append_json, invalid[i]);
        ck_assert_ptr_nonnull(strstr(json, "\xEF\xBF\xBD"));
        ck_assert_ptr_null(strstr(json, invalid[i]));
        free(json);
        char *xml = escaped(buffer_append_xml, invalid[i]);
        ck_assert_ptr_nonnull(strstr(xml, "\xEF\xBF\xBD"));
        free(xml);
    }
}
END_TEST

START_TEST(an_empty_buffer_gives_an_empty_text)
{
    struct buffer buffer;
    buffer_init(&buffer, 10);
    size_t length = 99;
    char *text = buffer_take(&buffer, &length);
    ck_assert_str_eq(text, "");
    ck_assert_uint_eq(length, 0);
    free(text);
}
END_TEST

START_TEST(a_number_has_all_of_its_digits)
{
    struct buffer buffer;
    buffer_init(&buffer, 100);
    buffer_append_number(&buffer, 0);
    buffer_append_text(&buffer, " ");
    buffer_append_number(&buffer, 1090);
    buffer_append_text(&buffer, " ");
    buffer_append_number(&buffer, UINT64_MAX);
    ck_assert_str_eq(buffer.bytes, "0 1090 18446744073709551615");
    buffer_finish(&buffer);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("buffer");
    TCase *cases = tcase_create("buffer");
    tcase_add_test(cases, what_is_appended_is_there_in_order);
    tcase_add_test(cases, a_full_buffer_says_so_and_never_exceeds_its_ceiling);
    tcase_add_test(cases, xml_text_is_safe_in_text_and_attributes);
    tcase_add_test(cases, json_text_is_one_string);
    tcase_add_test(cases, a_line_stays_one_line);
    tcase_add_test(cases, invalid_utf8_becomes_the_replacement_character);
    tcase_add_test(cases, an_empty_buffer_gives_an_empty_text);
    tcase_add_test(cases, a_number_has_all_of_its_digits);
    suite_add_tcase(suite, cases);
    return suite;
}
