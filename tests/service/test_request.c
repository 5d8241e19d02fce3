/* A raw target becomes a struct, or is refused. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/service/http/request.h"
#include "tests/support/runner.h"

static struct request request;

static bool parses(const char *raw)
{
    struct fault fault = {0};
    bool is_right = request_parse_target(raw, &request, &fault);
    ck_assert_int_eq(is_right, fault.code == FAULT_NONE);
    return is_right;
}

START_TEST(segments_and_parameters_are_decoded_once)
{
    ck_assert(parses("/plots/a%20b/%C3%A9%252e?as-of=2026-01-01T00%3A00:00Z&q=a+b&empty=&flag"));
    ck_assert_uint_eq(request.segment_count, 3);
    ck_assert_str_eq(request.segments[1], "a b");
    ck_assert_str_eq(request.segments[2], "\xC3\xA9%2e");
    ck_assert_str_eq(request_parameter(&request, "AS-OF"), "2026-01-01T00:00:00Z");
    ck_assert_str_eq(request_parameter(&request, "q"), "a b");
    ck_assert_str_eq(request_parameter(&request, "empty"), "");
    ck_assert_str_eq(request_parameter(&request, "flag"), "");
    ck_assert_ptr_null(request_parameter(&request, "other"));
}
END_TEST

START_TEST(the_root_has_no_segments)
{
    ck_assert(parses("/"));
    ck_assert_uint_eq(request.segment_count, 0);
    ck_assert(parses("/?a=1&&b=2&"));
    ck_assert_uint_eq(request.parameter_count, 2);
}
END_TEST

START_TEST(a_slash_at_the_end_is_another_address)
{
    ck_assert(parses("/maps/"));
    ck_assert_uint_eq(request.segment_count, 2);
    ck_assert_str_eq(request.segments[1], "");
}
END_TEST

START_TEST(hostile_targets_are_refused)
{
    static const char *const hostile[] = {
        "",
        "*",
        "maps",
        "http://host/maps",
        "//maps",
        "/a//b",
        "/.",
        "/..",
        "/a/../b",
        "/a/./b",
        "/%2e%2e/a",
        "/%2E%2e",
        "/a%2fb",
        "/a%5Cb",
        "/a\\b",
        "/a%00",
        "/a%0d%0ab",
        "/a%7f",
        "/a b",
        "/a\tb",
        "/a\r\nb",
        "/\xC3\xA9",
        "/a#b",
        "/a%",
        "/a%4",
        "/a%zz",
        "/%ff",
        "/%c0%af",
        "/%ed%a0%80",
        "/%f4%90%80%80",
        "/%c3",
        "/a?b=%00",
        "/a?b=%zz",
        "/a?b=%0a",
        "/a?b=1&b=2",
        "/a?B=1&b=2",
        "/a?=1",
        "/a?%62=1&b=2",
        "/a?b=%e2%82",
    };
    for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
        ck_assert_msg(!parses(hostile[i]), "'%s' was let in", hostile[i]);
    }
}
END_TEST

START_TEST(dots_and_slashes_may_stand_in_parameters)
{
    ck_assert(parses("/a?b=..%2f%2e%5c/x"));
    ck_assert_str_eq(request_parameter(&request, "b"), "../.\\/x");
}
END_TEST

/** "/" and then length - 1 times the pattern's bytes. */
static char *long_target(size_t length, const char *pattern)
{
    char *raw = calloc(length + 1, 1);
    raw[0] = '/';
    for (size_t i = 1; i < length; i++) {
        raw[i] = pattern[(i - 1) % strlen(pattern)];
    }
    return raw;
}

START_TEST(the_longest_target_fits_and_one_byte_more_does_not)
{
    char *raw = long_target(REQUEST_TARGET_MAX_BYTES, "a");
    ck_assert(parses(raw));
    ck_assert_uint_eq(strlen(request.segments[0]), REQUEST_TARGET_MAX_BYTES - 1);
    free(raw);
    struct fault fault;
    raw = long_target(REQUEST_TARGET_MAX_BYTES + 1, "a");
    ck_assert(!request_parse_target(raw, &request, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    free(raw);
}
END_TEST

START_TEST(too_many_parts_are_refused_and_never_overflow)
{
    static const char *const patterns[] = {"a/", "?a=1&", "?a&b&c&", "?aa=&ab=&ac=&", "%41", "?%41=%42&"};
    for (size_t p = 0; p < sizeof(patterns) / sizeof(patterns[0]); p++) {
        for (size_t length = 1; length < REQUEST_TARGET_MAX_BYTES; length += 97) {
            char *raw = long_target(length, patterns[p]);
            struct fault fault;
            request_parse_target(raw, &request, &fault);
            free(raw);
        }
    }
    char many[2000] = "/?";
    size_t length = 2;
    for (int i = 0; i < REQUEST_PARAMETER_MAX + 1; i++) {
        length += (size_t)snprintf(many + length, sizeof(many) - length, "p%d=%d&", i, i);
    }
    ck_assert(!parses(many));
}
END_TEST

/** A cheap random number, the same in every run. */
static unsigned next_random(unsigned *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

START_TEST(random_bytes_never_break_the_parser)
{
    static const char alphabet[] = "/?&=%.+aA0fF25eE\\#\x01\x7f\xc3\xa9 ";
    unsigned state = 7;
    for (int run = 0; run < 200000; run++) {
        char raw[64] = {0};
        size_t length = next_random(&state) % 60;
        for (size_t i = 0; i < length; i++) {
            raw[i] = alphabet[next_random(&state) % (sizeof(alphabet) - 1)];
        }
        if (!parses(raw)) {
            continue;
        }
        for (size_t i = 0; i < request.segment_count; i++) {
            ck_assert_ptr_null(strchr(request.segments[i], '/'));
            ck_assert_str_ne(request.segments[i], "..");
        }
    }
}
END_TEST

START_TEST(numbers_are_read_within_their_range)
{
    int64_t whole;
    ck_assert(parses("/?a=12&b=-3&c=x&d=1.5&e=nan&f=1e400&g=0x10&h=+5&i=9223372036854775808&j="));
    ck_assert(request_read_integer(&request, "a", 0, 20, 7, &whole, NULL));
    ck_assert_int_eq(whole, 12);
    ck_assert(request_read_integer(&request, "absent", 0, 20, 7, &whole, NULL));
    ck_assert_int_eq(whole, 7);
    ck_assert(!request_read_integer(&request, "b", 0, 20, 7, &whole, NULL));
    ck_assert(!request_read_integer(&request, "c", 0, 20, 7, &whole, NULL));
    ck_assert(!request_read_integer(&request, "d", 0, 20, 7, &whole, NULL));
    ck_assert(!request_read_integer(&request, "h", 0, 20, 7, &whole, NULL));
    ck_assert(!request_read_integer(&request, "i", 0, INT64_MAX, 7, &whole, NULL));
    ck_assert(!request_read_integer(&request, "j", 0, 20, 7, &whole, NULL));
}
END_TEST

START_TEST(an_unknown_parameter_is_named)
{
    static const char *const known[] = {"a", "b", NULL};
    struct fault fault;
    ck_assert(parses("/?A=1&b=2"));
    ck_assert(request_check_parameters(&request, known, &fault));
    ck_assert(parses("/?a=1&other=2"));
    ck_assert(!request_check_parameters(&request, known, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "other"));
}
END_TEST

START_TEST(entity_tags_are_found_in_lists)
{
    ck_assert(request_tag_matches("\"a\"", "\"a\""));
    ck_assert(request_tag_matches("\"x\", W/\"a\" , \"y\"", "\"a\""));
    ck_assert(request_tag_matches("*", "\"a\""));
    ck_assert(!request_tag_matches("\"ab\"", "\"a\""));
    ck_assert(!request_tag_matches("\"a\"b", "\"a\""));
    ck_assert(!request_tag_matches("", "\"a\""));
    ck_assert(!request_tag_matches(",,,", "\"a\""));
}
END_TEST

/* Once "application/jsonx" passed for JSON, and "Application/JSON" was JSON at one address only. */
START_TEST(a_media_type_is_compared_whole_and_without_case)
{
    static const char *const good[] = {"application/json", "Application/JSON",
                                       "application/json; charset=utf-8", "application/json;charset=utf-8"};
    static const char *const bad[] = {"application/jsonx", "application/jso", "text/application/json", ""};
    for (size_t i = 0; i < 4; i++) {
        request.headers[HEADER_CONTENT_TYPE] = good[i];
        ck_assert_msg(request_has_type(&request, "application/json"), "%s", good[i]);
        request.headers[HEADER_CONTENT_TYPE] = bad[i];
        ck_assert_msg(!request_has_type(&request, "application/json"), "%s", bad[i]);
    }
    request.headers[HEADER_CONTENT_TYPE] = NULL;
    ck_assert(!request_has_type(&request, "application/json"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("request");
    TCase *tests = tcase_create("request");
    tcase_add_test(tests, segments_and_parameters_are_decoded_once);
    tcase_add_test(tests, a_media_type_is_compared_whole_and_without_case);
    tcase_add_test(tests, the_root_has_no_segments);
    tcase_add_test(tests, a_slash_at_the_end_is_another_address);
    tcase_add_test(tests, hostile_targets_are_refused);
    tcase_add_test(tests, dots_and_slashes_may_stand_in_parameters);
    tcase_add_test(tests, the_longest_target_fits_and_one_byte_more_does_not);
    tcase_add_test(tests, too_many_parts_are_refused_and_never_overflow);
    tcase_add_test(tests, random_bytes_never_break_the_parser);
    tcase_add_test(tests, numbers_are_read_within_their_range);
    tcase_add_test(tests, an_unknown_parameter_is_named);
    tcase_add_test(tests, entity_tags_are_found_in_lists);
    suite_add_tcase(suite, tests);
    return suite;
}
