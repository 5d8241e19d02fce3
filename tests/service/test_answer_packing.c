/*
 * Who is sent packed bytes, and that nobody else is.
 */
#include "render/service/http/answer_packing.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/encode/gzip.h"
#include "render/service/http/answer.h"
#include "render/service/http/request.h"
#include "tests/support/runner.h"

static bool takes(const char *accept)
{
    static struct request request;
    request.headers[HEADER_ACCEPT_ENCODING] = accept;
    return answer_may_be_packed_for(&request);
}

START_TEST(gzip_goes_to_who_names_it_and_does_not_weigh_it_zero)
{
    static const char *const yes[] = {"gzip", "GZIP",   "deflate, gzip", "gzip;q=0.5", "br;q=1, gzip ;q=0.1",
                                      "*",    ",,gzip,"};
    static const char *const no[] = {"",      "identity", "br",    "gzip;q=0", "gzip; q=0.000",
                                     "xgzip", "gzipped",  "*;q=0", ",;,"};
    ck_assert(!takes(NULL));
    for (size_t i = 0; i < sizeof(yes) / sizeof(yes[0]); i++) {
        ck_assert_msg(takes(yes[i]), "'%s'", yes[i]);
    }
    for (size_t i = 0; i < sizeof(no) / sizeof(no[0]); i++) {
        ck_assert_msg(!takes(no[i]), "'%s'", no[i]);
    }
}
END_TEST

static struct answer *packed_answer(const char *bytes, size_t length)
{
    struct answer *answer = answer_new(200, "application/vnd.mapbox-vector-tile", bytes, length);
    answer_add_header(answer, "Plottafel-Revision", "7");
    answer_set_etag(answer, "abc");
    return answer;
}

START_TEST(an_unpacked_answer_says_the_same_with_another_tag)
{
    struct fault fault = {0};
    size_t length;
    char *packed = gzip_pack("plot", 4, &length, &fault);
    struct answer *answer = packed_answer(packed, length);
    ck_assert(answer_is_packed(answer));
    struct answer *plain = answer_unpacked(answer, NULL);
    ck_assert_str_eq(answer_bytes(plain, &length), "plot");
    ck_assert_uint_eq(length, 4);
    ck_assert_str_eq(answer_header(plain, "Plottafel-Revision"), "7");
    ck_assert_str_eq(answer_etag(plain), "\"abc-plain\"");
    answer_unref(plain);
    answer_unref(answer);
    free(packed);
}
END_TEST

START_TEST(a_damaged_answer_becomes_a_problem)
{
    struct answer *answer = packed_answer("not packed at all, but long enough", 34);
    struct answer *problem = answer_unpacked(answer, NULL);
    ck_assert_int_eq(answer_status(problem), 500);
    ck_assert(!answer_is_packed(problem));
    answer_unref(problem);
    answer_unref(answer);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("answer_packing");
    TCase *tests = tcase_create("answer_packing");
    tcase_add_test(tests, gzip_goes_to_who_names_it_and_does_not_weigh_it_zero);
    tcase_add_test(tests, an_unpacked_answer_says_the_same_with_another_tag);
    tcase_add_test(tests, a_damaged_answer_becomes_a_problem);
    suite_add_tcase(suite, tests);
    return suite;
}
