/* Headers that programs on the way would read in two ways are refused. */
#include <string.h>

#include "render/service/http/answer.h"
#include "render/service/http/request_guard.h"
#include "tests/support/runner.h"

struct header {
    const char *name;
    const char *value;
};

static struct request request;

/** The status of the refusal; 0: let in. */
static int status_of(const char *method, const struct header *headers, size_t count)
{
    struct request_guard guard;
    request_guard_init(&guard);
    guard.organisation_header = "X-Organisation";
    memset(request.headers, 0, sizeof(request.headers));
    for (size_t i = 0; i < count; i++) {
        request_guard_header(&guard, &request, headers[i].name, strlen(headers[i].name), headers[i].value,
                             strlen(headers[i].value));
    }
    struct answer *refusal = request_guard_decide(&guard, &request, method, 1000);
    int status = refusal ? answer_status(refusal) : 0;
    answer_unref(refusal);
    return status;
}

#define STATUS(method, ...)                                                                                  \
    status_of(method, (const struct header[]){__VA_ARGS__},                                                  \
              sizeof((const struct header[]){__VA_ARGS__}) / sizeof(struct header))

START_TEST(ordinary_requests_are_let_in)
{
    ck_assert_int_eq(STATUS("GET", {"Host", "a"}), 0);
    ck_assert_int_eq(STATUS("HEAD", {"Host", "a"}), 0);
    ck_assert_int_eq(request.method, METHOD_GET);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", "1000"}), 0);
    ck_assert_int_eq(STATUS("PUT", {"host", "a"}, {"Transfer-Encoding", "chunked"}), 0);
    ck_assert_int_eq(STATUS("GET", {"Host", "a"}, {"Content-Length", "0"}), 0);
}
END_TEST

START_TEST(smuggled_requests_are_refused)
{
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}),
                     400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", "5"}, {"Content-Length", "5"}), 400);
    ck_assert_int_eq(STATUS("GET", {"Host", "a"}, {"Host", "a"}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length ", "5"}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", "+5"}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", "5,5"}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", "0x5"}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", ""}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", "99999999999999999999"}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Transfer-Encoding", "chunked, chunked"}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Transfer-Encoding", "xchunked"}), 400);
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Transfer-Encoding", "identity"}), 400);
    ck_assert_int_eq(STATUS("GET", {"Host", "a"}, {"Content-Length", "5"}), 400);
    ck_assert_int_eq(STATUS("DELETE", {"Host", "a"}, {"Transfer-Encoding", "chunked"}), 400);
    ck_assert_int_eq(STATUS("GET", {"Ho st", "a"}), 400);
    ck_assert_int_eq(STATUS("GET", {"", "a"}), 400);
    ck_assert_int_eq(STATUS("GET", {"X", "a\x01"}), 400);
}
END_TEST

START_TEST(a_body_beyond_the_limit_is_refused_before_it_comes)
{
    ck_assert_int_eq(STATUS("POST", {"Host", "a"}, {"Content-Length", "1001"}), 413);
}
END_TEST

START_TEST(unknown_methods_are_refused)
{
    ck_assert_int_eq(STATUS("TRACE", {"Host", "a"}), 501);
    ck_assert_int_eq(STATUS("get", {"Host", "a"}), 501);
    ck_assert_int_eq(STATUS("CONNECT", {"Host", "a"}), 501);
}
END_TEST

START_TEST(the_organisation_is_said_once_and_its_header_is_no_other)
{
    ck_assert_int_eq(STATUS("GET", {"Host", "a"}, {"x-organisation", "Politie"}), 0);
    ck_assert_str_eq(request.headers[HEADER_ORGANISATION], "Politie");
    ck_assert_int_eq(STATUS("GET", {"Host", "a"}, {"X-Organisation", "A"}, {"X-Organisation", "B"}), 400);
    ck_assert_int_eq(STATUS("GET", {"Host", "a"}, {"X-Organisation", "A\x01"}), 400);
    ck_assert(request_guard_is_free("X-Organisation"));
    ck_assert(!request_guard_is_free("host"));
    ck_assert(!request_guard_is_free("Authorization"));
    ck_assert(!request_guard_is_free("content-length"));
    ck_assert(!request_guard_is_free("X Organisation"));
    ck_assert(!request_guard_is_free("X-Organisation:"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("request_guard");
    TCase *tests = tcase_create("request_guard");
    tcase_add_test(tests, ordinary_requests_are_let_in);
    tcase_add_test(tests, smuggled_requests_are_refused);
    tcase_add_test(tests, the_organisation_is_said_once_and_its_header_is_no_other);
    tcase_add_test(tests, a_body_beyond_the_limit_is_refused_before_it_comes);
    tcase_add_test(tests, unknown_methods_are_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
