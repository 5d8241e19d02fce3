/* The table of addresses. */
#include <string.h>

#include "geo/base/fault.h"
#include "render/service/http/route.h"
#include "tests/support/runner.h"

static void nothing(struct service *service, struct exchange *exchange)
{
}

static const struct route table[] = {
    {METHOD_GET, "/", nothing, ACCESS_PUBLIC, "The page"},
    {METHOD_GET, "/t/{map}/{y}@2x.png", nothing, ACCESS_READ, "Two dots to a pixel"},
    {METHOD_GET, "/t/{map}/{y}.png", nothing, ACCESS_READ, "One"},
    {METHOD_PUT, "/t/{map}/{y}.png", nothing, ACCESS_WRITE, "Put"},
};
#define COUNT (sizeof(table) / sizeof(table[0]))

static struct request request;
static unsigned allowed;

static const struct route *find(enum request_method method, const char *target)
{
    struct fault fault;
    ck_assert_msg(request_parse_target(target, &request, &fault), "%s", fault.message);
    request.method = method;
    return route_find(table, COUNT, &request, &allowed);
}

START_TEST(the_first_row_that_fits_wins_and_names_its_values)
{
    ck_assert_ptr_eq(find(METHOD_GET, "/"), &table[0]);
    ck_assert_ptr_eq(find(METHOD_GET, "/t/situation/7@2x.png?x=1"), &table[1]);
    ck_assert_str_eq(request_value(&request, "map"), "situation");
    ck_assert_str_eq(request_value(&request, "y"), "7");
    ck_assert_str_eq(request_parameter(&request, "x"), "1");
    ck_assert_ptr_eq(find(METHOD_GET, "/t/a/7.png"), &table[2]);
    ck_assert_ptr_eq(find(METHOD_PUT, "/t/a/7.png"), &table[3]);
}
END_TEST

START_TEST(what_fits_no_row_is_not_found)
{
    static const char *const others[] = {"/t",          "/t/a",      "/t/a/7",       "/t/a/.png",
                                         "/t/a/7.png/", "/t//x.png", "/t/a/b/7.png", "/T/a/7.png"};
    for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++) {
        struct fault fault;
        if (!request_parse_target(others[i], &request, &fault)) {
            continue;
        }
        request.method = METHOD_GET;
        ck_assert_ptr_null(route_find(table, COUNT, &request, &allowed));
        ck_assert_uint_eq(allowed, 0);
    }
}
END_TEST

START_TEST(another_method_is_told_which_there_are)
{
    ck_assert_ptr_null(find(METHOD_DELETE, "/t/a/7.png"));
    ck_assert_uint_eq(allowed, 1u << METHOD_GET | 1u << METHOD_PUT);
}
END_TEST

START_TEST(a_table_without_access_or_with_broken_patterns_does_not_start)
{
    static const struct route broken[] = {
        {METHOD_GET, "/a", nothing, ACCESS_UNSET, "x"},   {METHOD_GET, "a", nothing, ACCESS_READ, "x"},
        {METHOD_GET, "/a/{", nothing, ACCESS_READ, "x"},  {METHOD_GET, "/a/{}", nothing, ACCESS_READ, "x"},
        {METHOD_GET, "/a//b", nothing, ACCESS_READ, "x"}, {METHOD_GET, "/a", NULL, ACCESS_READ, "x"},
        {METHOD_GET, "/a", nothing, ACCESS_READ, NULL},
    };
    struct fault fault;
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        ck_assert(!routes_check(&broken[i], 1, &fault));
    }
    ck_assert(routes_check(table, COUNT, &fault));
    const struct route twice[] = {table[0], table[0]};
    ck_assert(!routes_check(twice, 2, &fault));
}
END_TEST

START_TEST(the_table_of_the_service_is_right)
{
    size_t count;
    struct fault fault;
    const struct route *routes = service_routes(&count);
    ck_assert_msg(routes_check(routes, count, &fault), "%s", fault.message);
    for (size_t i = 0; i < count; i++) {
        bool changes_something = routes[i].method == METHOD_PUT;
        ck_assert(!changes_something || routes[i].need == ACCESS_WRITE);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("route");
    TCase *tests = tcase_create("route");
    tcase_add_test(tests, the_first_row_that_fits_wins_and_names_its_values);
    tcase_add_test(tests, what_fits_no_row_is_not_found);
    tcase_add_test(tests, another_method_is_told_which_there_are);
    tcase_add_test(tests, a_table_without_access_or_with_broken_patterns_does_not_start);
    tcase_add_test(tests, the_table_of_the_service_is_right);
    suite_add_tcase(suite, tests);
    return suite;
}
