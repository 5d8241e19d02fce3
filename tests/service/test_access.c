/* Who may write. */
#include <string.h>

#include "geo/base/fault.h"
#include "render/service/http/access.h"
#include "render/service/config.h"
#include "render/service/http/request.h"
#include "tests/support/runner.h"

static char no_text[1];
static char token[] = "0123456789abcdef";
static char base_url[] = "https://plot.example/kaart";
static struct request request;

static struct config config_of(enum config_writers writers, char *write_token)
{
    struct config config = {0};
    config.service.writers = writers;
    config.service.write_token = write_token;
    config.service.base_url = no_text;
    return config;
}

static bool may_write(const struct config *config, const char *authorization, const char *origin)
{
    struct fault fault;
    memset(request.headers, 0, sizeof(request.headers));
    request.headers[HEADER_HOST] = "127.0.0.1:8080";
    request.headers[HEADER_AUTHORIZATION] = authorization;
    request.headers[HEADER_ORIGIN] = origin;
    bool may = access_decide(config, ACCESS_WRITE, &request, &fault);
    ck_assert(may || fault.code == FAULT_DENIED);
    return may;
}

START_TEST(everybody_may_read)
{
    struct config config = config_of(WRITERS_TOKEN, token);
    memset(request.headers, 0, sizeof(request.headers));
    request.headers[HEADER_ORIGIN] = "https://other.example";
    ck_assert(access_decide(&config, ACCESS_READ, &request, NULL));
    ck_assert(access_decide(&config, ACCESS_PUBLIC, &request, NULL));
}
END_TEST

START_TEST(writing_needs_exactly_the_token)
{
    struct config config = config_of(WRITERS_TOKEN, token);
    ck_assert(may_write(&config, "Bearer 0123456789abcdef", NULL));
    ck_assert(!may_write(&config, NULL, NULL));
    ck_assert(!may_write(&config, "", NULL));
    ck_assert(!may_write(&config, "Bearer ", NULL));
    ck_assert(!may_write(&config, "Bearer 0123456789abcde", NULL));
    ck_assert(!may_write(&config, "Bearer 0123456789abcdef0", NULL));
    ck_assert(!may_write(&config, "Bearer 0123456789abcdeF", NULL));
    ck_assert(!may_write(&config, "Basic 0123456789abcdef", NULL));
    ck_assert(!may_write(&config, "bearer0123456789abcdef", NULL));
}
END_TEST

START_TEST(without_a_token_in_the_configuration_nobody_writes)
{
    struct config config = config_of(WRITERS_TOKEN, no_text);
    ck_assert(!may_write(&config, "Bearer ", NULL));
    ck_assert(!may_write(&config, "Bearer a", NULL));
    ck_assert(!may_write(&config, NULL, NULL));
}
END_TEST

START_TEST(a_page_of_another_origin_never_writes)
{
    struct config config = config_of(WRITERS_OPEN, no_text);
    ck_assert(may_write(&config, NULL, NULL));
    ck_assert(may_write(&config, NULL, "http://127.0.0.1:8080"));
    ck_assert(!may_write(&config, NULL, "http://127.0.0.1:8081"));
    ck_assert(!may_write(&config, NULL, "https://evil.example"));
    ck_assert(!may_write(&config, NULL, "null"));
    ck_assert(!may_write(&config, NULL, ""));
    config.service.base_url = base_url;
    ck_assert(may_write(&config, NULL, "https://plot.example"));
    ck_assert(!may_write(&config, NULL, "https://plot.exam"));
    ck_assert(!may_write(&config, NULL, "https://plot.example.evil"));
    ck_assert(!may_write(&config, NULL, "https:"));
}
END_TEST

static const char *party_of(const char *organisation)
{
    static char party[2][ACCESS_PARTY_BYTES];
    static int turn;
    struct config config = config_of(WRITERS_TOKEN, token);
    memset(request.headers, 0, sizeof(request.headers));
    strncpy(request.client, "192.0.2.7", sizeof(request.client) - 1);
    request.headers[HEADER_ORGANISATION] = organisation;
    turn = !turn;
    access_party(&config, &request, party[turn]);
    return party[turn];
}

START_TEST(an_organisation_of_any_name_is_one_party_and_without_one_it_is_the_address)
{
    char name[5000];
    memset(name, 'x', sizeof(name));
    name[sizeof(name) - 1] = '\0';
    char other[5000];
    memcpy(other, name, sizeof(name));
    other[sizeof(other) - 2] = 'y';
    ck_assert_str_eq(party_of(NULL), "192.0.2.7");
    ck_assert_str_eq(party_of(""), "192.0.2.7");
    ck_assert_str_eq(party_of("Brandweer"), party_of("Brandweer"));
    ck_assert_str_ne(party_of("Brandweer"), party_of("brandweer"));
    ck_assert_str_ne(party_of(name), party_of(other));
    ck_assert_str_ne(party_of("192.0.2.7"), "192.0.2.7");
    ck_assert_str_ne(party_of("token"), "token");
    ck_assert_ptr_null(strstr(party_of("a\n\xff%s"), "\n"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("access");
    TCase *tests = tcase_create("access");
    tcase_add_test(tests, everybody_may_read);
    tcase_add_test(tests, writing_needs_exactly_the_token);
    tcase_add_test(tests, without_a_token_in_the_configuration_nobody_writes);
    tcase_add_test(tests, a_page_of_another_origin_never_writes);
    tcase_add_test(tests, an_organisation_of_any_name_is_one_party_and_without_one_it_is_the_address);
    suite_add_tcase(suite, tests);
    return suite;
}
