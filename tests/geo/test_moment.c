#include "geo/base/moment.h"

#include <string.h>
#include <time.h>

#include "geo/base/fault.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static int64_t parsed(const char *text)
{
    int64_t moment_ms = 0;
    struct fault fault;
    ck_assert_msg(moment_parse(text, &moment_ms, &fault), "%s", text);
    return moment_ms;
}

START_TEST(rfc_3339_times_are_read)
{
    ck_assert_int_eq(parsed("1970-01-01T00:00:00Z"), 0);
    ck_assert_int_eq(parsed("1970-01-01"), 0);
    ck_assert_int_eq(parsed("2026-09-15T10:30:00Z"), INT64_C(1789468200000));
    ck_assert_int_eq(parsed("2026-09-15T12:30:00+02:00"), INT64_C(1789468200000));
    ck_assert_int_eq(parsed("2026-09-15t05:00:00.1239-05:30"), INT64_C(1789468200123));
    ck_assert_int_eq(parsed("2026-09-15 10:30:00z"), INT64_C(1789468200000));
    ck_assert_int_eq(parsed("2016-12-31T23:59:60Z"), parsed("2017-01-01T00:00:00Z"));
    ck_assert_int_eq(parsed("0000-01-01T00:00:00Z"), INT64_C(-62167219200000));
}
END_TEST

START_TEST(what_is_no_time_is_refused)
{
    static const char *const wrong[] = {
        "",
        "2026",
        "2026-13-01",
        "2026-02-29",
        "1900-02-29",
        "2026-00-01",
        "2026-01-00",
        "2026-09-15T",
        "2026-09-15T10:30",
        "2026-09-15T10:30:00",
        " 2026-09-15",
        "2026-09-15Z",
        "2026-09-15T24:00:00Z",
        "2026-09-15T10:60:00Z",
        "2026-09-15T10:30:61Z",
        "26-09-15",
        "2026-9-15",
        "2026-09-15T10:30:00.Z",
        "2026-09-15T10:30:00+2:00",
        "2026-09-15T10:30:00Zx",
        "2026-09-15T10:30:00+24:00",
        "yesterday",
        "20260915T103000Z",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        int64_t moment_ms = 5;
        struct fault fault = {0};
        ck_assert_msg(!moment_parse(wrong[i], &moment_ms, &fault), "%s", wrong[i]);
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        ck_assert_int_eq(moment_ms, 5);
    }
}
END_TEST

START_TEST(what_is_written_is_read_back)
{
    uint64_t state = 11;
    for (int i = 0; i < 20000; i++) {
        int64_t moment_ms = (int64_t)random_between(&state, -62167219200000.0, 253402300799999.0);
        char text[32];
        ck_assert_int_eq(parsed(moment_format(moment_ms, text)), moment_ms);
    }
}
END_TEST

START_TEST(dates_are_those_of_the_c_library)
{
    uint64_t state = 12;
    for (int i = 0; i < 5000; i++) {
        time_t seconds = (time_t)random_between(&state, -60000000000.0, 250000000000.0);
        char expected[32];
        char found[32];
        struct tm civil;
        gmtime_r(&seconds, &civil);
        strftime(expected, sizeof expected, "%H:%M:%SZ", &civil);
        moment_format((int64_t)seconds * 1000, found);
        ck_assert_str_eq(found + strlen("2026-09-15T"), expected);
        ck_assert_int_eq(parsed(found), (int64_t)seconds * 1000);
    }
}
END_TEST

static void assert_local(const char *utc, const char *expected)
{
    char text[32];
    ck_assert_str_eq(moment_format_local(parsed(utc), text), expected);
}

START_TEST(local_time_is_that_of_the_netherlands)
{
    assert_local("2026-09-15T10:30:00Z", "15-09-2026 12:30 CEST");
    assert_local("2026-01-15T23:30:00Z", "16-01-2026 00:30 CET");
    assert_local("2026-03-29T00:59:59Z", "29-03-2026 01:59 CET");
    assert_local("2026-03-29T01:00:00Z", "29-03-2026 03:00 CEST");
    assert_local("2026-10-25T00:59:59Z", "25-10-2026 02:59 CEST");
    assert_local("2026-10-25T01:00:00Z", "25-10-2026 02:00 CET");
    assert_local("2027-03-28T01:00:00Z", "28-03-2027 03:00 CEST");
}
END_TEST

START_TEST(the_ends_of_time_have_no_date)
{
    char text[32];
    ck_assert_str_eq(moment_format(MOMENT_NONE, text), "");
    ck_assert_str_eq(moment_format(MOMENT_FOREVER, text), "..");
    ck_assert_str_eq(moment_format_local(MOMENT_NONE, text), "");
    ck_assert_str_eq(moment_format(MOMENT_FOREVER - 1, text), "9999-12-31T23:59:59.999Z");
    ck_assert_str_eq(moment_format(MOMENT_NONE + 1, text), "0000-01-01T00:00:00Z");
    moment_format_local(MOMENT_FOREVER - 1, text);
    moment_format_local(MOMENT_NONE + 1, text);
}
END_TEST

START_TEST(the_monotonic_clock_never_goes_back)
{
    int64_t before_us = monotonic_now_us();
    for (int i = 0; i < 1000; i++) {
        int64_t now_us = monotonic_now_us();
        ck_assert_int_ge(now_us, before_us);
        before_us = now_us;
    }
    ck_assert_int_gt(moment_now_ms(), parsed("2024-01-01"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("moment");
    TCase *cases = tcase_create("moment");
    tcase_add_test(cases, rfc_3339_times_are_read);
    tcase_add_test(cases, what_is_no_time_is_refused);
    tcase_add_test(cases, what_is_written_is_read_back);
    tcase_add_test(cases, dates_are_those_of_the_c_library);
    tcase_add_test(cases, local_time_is_that_of_the_netherlands);
    tcase_add_test(cases, the_ends_of_time_have_no_date);
    tcase_add_test(cases, the_monotonic_clock_never_goes_back);
    suite_add_tcase(suite, cases);
    return suite;
}
