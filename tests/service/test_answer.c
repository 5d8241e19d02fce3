/* Answers: shared bytes, safe headers, and the one table from faults to problem documents. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/service/http/answer.h"
#include "render/service/worker/order.h"
#include "tests/support/runner.h"

static int released;

static void release(void *owner)
{
    released++;
}

START_TEST(bytes_are_released_with_the_last_reference)
{
    struct answer *answer = answer_new_borrowing(200, "text/plain", "abc", 3, release, NULL);
    struct answer *other = answer_with_header(answer, "X-One", "1");
    size_t length;
    released = 0;
    answer_unref(answer_ref(answer));
    answer_unref(answer);
    ck_assert_int_eq(released, 0);
    ck_assert_mem_eq(answer_bytes(other, &length), "abc", 3);
    answer_unref(other);
    ck_assert_int_eq(released, 1);
}
END_TEST

START_TEST(another_header_leaves_the_answer_as_it_was)
{
    struct answer *answer = answer_new(200, "text/plain", "abc", 3);
    answer_add_header(answer, "X-One", "1");
    answer_set_etag(answer, "tag");
    struct answer *other = answer_with_header(answer, "x-one", "2");
    ck_assert_str_eq(answer_header(answer, "X-One"), "1");
    ck_assert_str_eq(answer_header(other, "X-One"), "2");
    ck_assert_uint_eq(answer_header_count(other), 1);
    ck_assert_str_eq(answer_etag(other), "\"tag\"");
    answer_unref(answer);
    answer_unref(other);
}
END_TEST

/* A tile that outlives changes is relabelled after each of them: a chain would be freed by recursion. */
START_TEST(a_million_relabellings_make_no_chain)
{
    struct answer *answer = answer_new_borrowing(200, "text/plain", "abc", 3, release, NULL);
    released = 0;
    for (int i = 0; i < 1000000; i++) {
        struct answer *next = answer_with_header(answer, "X-One", "1");
        answer_unref(answer);
        answer = next;
    }
    ck_assert_int_eq(released, 0);
    answer_unref(answer);
    ck_assert_int_eq(released, 1);
}
END_TEST

START_TEST(a_copy_needs_nothing_of_what_it_was_made_of)
{
    struct answer *answer = answer_new_borrowing(200, "text/plain", "abc", 3, release, NULL);
    size_t length;
    released = 0;
    answer_set_etag(answer, "tag");
    answer_add_header(answer, "X-One", "1");
    struct answer *copy = answer_copy(answer);
    answer_unref(answer);
    ck_assert_int_eq(released, 1);
    ck_assert_mem_eq(answer_bytes(copy, &length), "abc", 3);
    ck_assert_uint_eq(length, 3);
    ck_assert_str_eq(answer_etag(copy), "\"tag\"");
    ck_assert_str_eq(answer_header(copy, "X-One"), "1");
    answer_unref(copy);
}
END_TEST

START_TEST(a_value_never_becomes_a_second_header)
{
    struct answer *answer = answer_new(200, "text/plain", "", 0);
    answer_add_header(answer, "X-One", "a\r\nSet-Cookie: b\n\x01");
    ck_assert_str_eq(answer_header(answer, "X-One"), "a  Set-Cookie: b  ");
    answer_unref(answer);
}
END_TEST

START_TEST(every_fault_has_a_status_and_its_sentence)
{
    static const int statuses[] = {
        [FAULT_INPUT] = 400,    [FAULT_NOT_FOUND] = 404, [FAULT_OUTSIDE] = 404,  [FAULT_LIMIT] = 422,
        [FAULT_CONFLICT] = 409, [FAULT_DENIED] = 403,    [FAULT_DEADLINE] = 503, [FAULT_UNAVAILABLE] = 503,
        [FAULT_MEMORY] = 503,   [FAULT_INTERNAL] = 500};
    for (int code = FAULT_INPUT; code <= FAULT_INTERNAL; code++) {
        struct fault fault;
        size_t length;
        fault_set(&fault, (enum fault_code)code, "layer 'rivers': \"not\" <there>");
        struct answer *answer = answer_of_fault(&fault, NULL);
        ck_assert_int_eq(answer_status(answer), statuses[code]);
        ck_assert_str_eq(answer_content_type(answer), "application/problem+json");
        ck_assert_ptr_nonnull(strstr(answer_bytes(answer, &length), "layer 'rivers': \\\"not\\\""));
        bool is_passing = code == FAULT_UNAVAILABLE || code == FAULT_MEMORY;
        ck_assert_int_eq(answer_header(answer, "Retry-After") != NULL, is_passing);
        answer_unref(answer);
    }
}
END_TEST

START_TEST(who_is_refused_is_told_when_to_try_again)
{
    static const struct {
        int64_t retry_ms;
        const char *header;
    } cases[] = {{0, "1"},    {-5, "1"},     {1, "1"},      {1000, "1"},      {1001, "2"},
                 {7200, "8"}, {29001, "30"}, {30000, "30"}, {INT64_MAX, "30"}};
    struct fault fault;
    fault_set(&fault, FAULT_UNAVAILABLE, "others are before you");
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct answer *answer = answer_of_refusal(&fault, cases[i].retry_ms, NULL);
        ck_assert_int_eq(answer_status(answer), 503);
        ck_assert_str_eq(answer_header(answer, "Retry-After"), cases[i].header);
        answer_unref(answer);
        struct order_result *result = order_result_of_fault(&fault);
        result->retry_ms = cases[i].retry_ms;
        answer = answer_of_result(result, NULL);
        ck_assert_str_eq(answer_header(answer, "Retry-After"), cases[i].header);
        answer_unref(answer);
        order_result_unref(result);
    }
    fault_set(&fault, FAULT_LIMIT, "never");
    struct answer *answer = answer_of_refusal(&fault, 5000, NULL);
    ck_assert_ptr_null(answer_header(answer, "Retry-After"));
    answer_unref(answer);
}
END_TEST

START_TEST(a_result_says_of_which_revision_it_is_and_what_it_lacks)
{
    struct order_result *result = order_result_new();
    result->bytes = strdup("png");
    result->length = 3;
    result->revisions[0] = 12;
    result->revisions[1] = 3;
    result->plot_count = 2;
    result->moment_ms = 0;
    result->marking = MARKING_AMBER;
    snprintf(result->content_type, sizeof(result->content_type), "image/png");
    snprintf(result->etag, sizeof(result->etag), "0123");
    report_add(&result->report, REPORT_LAYER_FAILED, "rivers", "it is not there");
    report_add(&result->report, REPORT_FEATURES_LEFT_OUT, "oefening", "not drawn: 3 and 4");
    report_count_item(&result->report, REPORT_FEATURES_LEFT_OUT, "oefening", 3);
    report_count_item(&result->report, REPORT_FEATURES_LEFT_OUT, "oefening", 4);
    report_add(&result->report, REPORT_LABEL_UNPLACED, "a", "no place");
    report_add(&result->report, REPORT_LABEL_UNPLACED, "b", "no place");
    struct answer *answer = answer_of_result(result, NULL);
    ck_assert_str_eq(answer_header(answer, "Plottafel-Revision"), "12,3");
    ck_assert_str_eq(answer_header(answer, "Plottafel-Moment"), "1970-01-01T00:00:00Z");
    ck_assert_str_eq(answer_header(answer, "Plottafel-Marking"), "TLP:AMBER");
    ck_assert_str_eq(answer_header(answer, "Plottafel-Notes"),
                     "layer-failed;layer=\"rivers\", label-unplaced;count=2, "
                     "features-left-out;layer=\"oefening\";count=7");
    ck_assert_str_eq(answer_etag(answer), "\"0123\"");
    order_result_unref(result);
    size_t length;
    ck_assert_mem_eq(answer_bytes(answer, &length), "png", 3);
    answer_unref(answer);
}
END_TEST

START_TEST(a_header_says_titles_of_layers_in_letters_that_it_may_have)
{
    struct order_result *result = order_result_new();
    report_add_item(&result->report, &(struct report_item){.kind = REPORT_BEYOND_SCALE,
                                                           .subject = "borders",
                                                           .title = "Grenzen (\u00EB)",
                                                           .sentence = "too coarse"});
    report_add_item(&result->report, &(struct report_item){.kind = REPORT_BEYOND_SCALE,
                                                           .subject = "coast",
                                                           .title = "coast",
                                                           .sentence = "too coarse"});
    char *notes = answer_notes(result);
    ck_assert_str_eq(notes, "beyond-scale;layer=\"borders\";title*=UTF-8''Grenzen%20%28%C3%AB%29, "
                            "beyond-scale;layer=\"coast\"");
    free(notes);
    order_result_unref(result);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("answer");
    TCase *tests = tcase_create("answer");
    tcase_add_test(tests, bytes_are_released_with_the_last_reference);
    tcase_add_test(tests, another_header_leaves_the_answer_as_it_was);
    tcase_add_test(tests, a_million_relabellings_make_no_chain);
    tcase_add_test(tests, a_copy_needs_nothing_of_what_it_was_made_of);
    tcase_add_test(tests, a_value_never_becomes_a_second_header);
    tcase_add_test(tests, a_header_says_titles_of_layers_in_letters_that_it_may_have);
    tcase_add_test(tests, every_fault_has_a_status_and_its_sentence);
    tcase_add_test(tests, who_is_refused_is_told_when_to_try_again);
    tcase_add_test(tests, a_result_says_of_which_revision_it_is_and_what_it_lacks);
    suite_add_tcase(suite, tests);
    return suite;
}
