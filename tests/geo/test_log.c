#include "geo/base/log.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/file.h"
#include "tests/support/runner.h"

static char path[400];
static int kept_stderr;

/* From here on what is logged goes into a file. */
static void capture(void)
{
    snprintf(path, sizeof path, "%s/log", test_folder());
    fflush(stderr);
    kept_stderr = dup(STDERR_FILENO);
    FILE *file = fopen(path, "w");
    dup2(fileno(file), STDERR_FILENO);
    fclose(file);
}

static char *captured(void)
{
    dup2(kept_stderr, STDERR_FILENO);
    close(kept_stderr);
    return file_read(path, 1 << 20, NULL, NULL);
}

static int count_lines(const char *text)
{
    int count = 0;
    for (; *text; text++) {
        count += *text == '\n';
    }
    return count;
}

START_TEST(a_line_is_a_sentence_on_a_terminal)
{
    capture();
    log_open(LOG_PLAIN, LOG_INFO);
    log_write(LOG_INFO, "test.plain", "started with %d workers", 2);
    log_write(LOG_WARNING, "test.plain", "no grid");
    log_write(LOG_DEBUG, "test.plain", "not wanted");
    char *text = captured();
    ck_assert_str_eq(text, "started with 2 workers\nwarning: no grid\n");
    free(text);
}
END_TEST

START_TEST(a_line_is_one_json_object_in_the_service)
{
    capture();
    log_open(LOG_JSON, LOG_INFO);
    log_write(LOG_ERROR, "test.json", "layer \"x\" failed");
    char *text = captured();
    log_open(LOG_PLAIN, LOG_INFO);
    ck_assert_ptr_nonnull(strstr(text, "{\"@timestamp\":\"20"));
    ck_assert_ptr_nonnull(strstr(text, "\"log.level\":\"error\",\"event.action\":\"test.json\","
                                       "\"message\":\"layer \\\"x\\\" failed\"}\n"));
    free(text);
}
END_TEST

START_TEST(text_from_outside_never_starts_a_line_nor_moves_a_terminal)
{
    static const char evil[] = "a\nb\r\x1b[2J\xE2\x80\xA8\xC2\x9B";
    for (int format = LOG_PLAIN; format <= LOG_JSON; format++) {
        capture();
        log_open(format, LOG_INFO);
        log_write(LOG_INFO, "test.evil", "%s", evil);
        char *text = captured();
        ck_assert_int_eq(count_lines(text), 1);
        ck_assert_ptr_null(strchr(text, '\x1b'));
        ck_assert_ptr_null(strchr(text, '\r'));
        ck_assert_ptr_null(strstr(text, "\xE2\x80\xA8"));
        ck_assert_ptr_null(strstr(text, "\xC2\x9B"));
        free(text);
    }
    log_open(LOG_PLAIN, LOG_INFO);
}
END_TEST

START_TEST(a_line_is_cut_at_2000_bytes)
{
    char *flood = malloc(100001);
    memset(flood, 'x', 100000);
    flood[100000] = '\0';
    capture();
    log_write(LOG_INFO, "test.long", "%s", flood);
    char *text = captured();
    ck_assert_uint_eq(strlen(text), 2001);
    free(text);
    free(flood);
}
END_TEST

START_TEST(a_flood_of_one_event_is_held_back_and_counted)
{
    capture();
    for (int i = 0; i < 500; i++) {
        log_write(LOG_INFO, "test.flood", "again");
    }
    log_write(LOG_INFO, "test.calm", "another event");
    usleep(1100000);
    log_write(LOG_INFO, "test.flood", "later");
    char *text = captured();
    int lines = count_lines(text);
    ck_assert_int_ge(lines, 22);
    ck_assert_int_le(lines, 42); /* a second may end on the way */
    ck_assert_ptr_nonnull(strstr(text, "another event\n"));
    ck_assert_ptr_nonnull(strstr(text, "more like this were left out)"));
    free(text);
}
END_TEST

/* The last of the tests: the limit does not come back. */
START_TEST(without_the_limit_every_line_is_written)
{
    log_lift_limit();
    capture();
    for (int i = 0; i < 500; i++) {
        log_write(LOG_INFO, "test.report", "line %d", i);
    }
    char *text = captured();
    ck_assert_int_eq(count_lines(text), 500);
    ck_assert_ptr_nonnull(strstr(text, "line 499\n"));
    free(text);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("log");
    TCase *cases = tcase_create("log");
    tcase_add_test(cases, a_line_is_a_sentence_on_a_terminal);
    tcase_add_test(cases, a_line_is_one_json_object_in_the_service);
    tcase_add_test(cases, text_from_outside_never_starts_a_line_nor_moves_a_terminal);
    tcase_add_test(cases, a_line_is_cut_at_2000_bytes);
    tcase_add_test(cases, a_flood_of_one_event_is_held_back_and_counted);
    tcase_add_test(cases, without_the_limit_every_line_is_written);
    suite_add_tcase(suite, cases);
    return suite;
}
