/* The door, with real sockets. */
#include "tests/service/running_service.h"

static struct running_service service;

static void start(void)
{
    service = service_prepare("receive_ms: 1500, idle_ms: 1500, body_bytes: 100000, connections: 300");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

#define TILE "/xyz/situation/WebMercatorQuad/10/525/340.png"

START_TEST(methods_and_addresses_that_are_not_there)
{
    ck_assert_int_eq(service_status(&service, "GET /healthz"), 200);
    ck_assert_int_eq(service_status(&service, "HEAD /healthz"), 200);
    ck_assert_int_eq(service_status(&service, "GET /nothing"), 404);
    ck_assert_int_eq(service_status(&service, "GET /healthz/"), 404);
    const char *answer = service_ask(&service, "DELETE /healthz", "", "");
    ck_assert_int_eq(status_of(answer), 405);
    ck_assert_str_eq(header_of(answer, "Allow"), "GET, HEAD, OPTIONS");
    ck_assert_int_eq(service_status(&service, "TRACE /healthz"), 501);
    answer = service_ask(&service, "OPTIONS " TILE, "Origin: https://example.com\r\n", "");
    ck_assert_int_eq(status_of(answer), 204);
    ck_assert_str_eq(header_of(answer, "Access-Control-Allow-Methods"), "GET, HEAD");
}
END_TEST

START_TEST(problems_are_documents_with_an_id)
{
    const char *answer = service_ask(&service, "GET /nothing", "", "");
    ck_assert_str_eq(header_of(answer, "Content-Type"), "application/problem+json");
    ck_assert_ptr_nonnull(strstr(answer, "\"status\":404"));
    ck_assert_ptr_nonnull(strstr(answer, "urn:plottafel:request:"));
}
END_TEST

START_TEST(hostile_targets_get_400_and_long_ones_414)
{
    static const char *const hostile[] = {"GET /a%00",     "GET /%2e%2e/x", "GET /a%2fb",     "GET /a%5cb",
                                          "GET /a/../b",   "GET //a",       "GET /a?b=1&b=2", "GET *",
                                          "GET http://x/", "GET /\xC3\xA9", "OPTIONS *"};
    for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
        int status = service_status(&service, hostile[i]);
        ck_assert_msg(status == 400, "%s: %d", hostile[i], status);
    }
    char line[6000] = "GET /";
    memset(line + 5, 'a', 5000);
    ck_assert_int_eq(service_status(&service, line), 414);
}
END_TEST

START_TEST(too_many_parameters_and_headers_are_refused)
{
    static char line[8000];
    size_t length = (size_t)snprintf(line, sizeof(line), "GET /healthz?");
    for (int i = 0; i < 100; i++) {
        length += (size_t)snprintf(line + length, sizeof(line) - length, "p%d=1&", i);
    }
    ck_assert_int_eq(service_status(&service, line), 400);
    for (int i = 100; i < 1000; i++) {
        length += (size_t)snprintf(line + length, sizeof(line) - length, "p%d&", i);
    }
    ck_assert_int_eq(service_status(&service, line), 414);
    length = (size_t)snprintf(line, sizeof(line), "GET /healthz?");
    for (int i = 0; i < 1000; i++) {
        length += (size_t)snprintf(line + length, sizeof(line) - length, "%x&", i);
    }
    ck_assert_int_eq(service_status(&service, line), 400);
    static char headers[40000];
    length = 0;
    for (int i = 0; i < 900; i++) {
        length +=
            (size_t)snprintf(headers + length, sizeof(headers) - length, "X-Header-%d: some text\r\n", i);
    }
    ck_assert_int_eq(status_of(service_ask(&service, "GET /healthz", headers, "")), 431);
    ck_assert_int_eq(service_status(&service, "GET /healthz"), 200);
}
END_TEST

/** How many answers came, of a connection that was sent bytes. */
static int answers_to(const char *bytes)
{
    const char *answer = service_raw(&service, bytes, strlen(bytes));
    int count = 0;
    while ((answer = strstr(answer, "HTTP/1.1 "))) {
        count++;
        answer++;
    }
    return count;
}

START_TEST(a_smuggled_request_is_never_run)
{
    static const char *const attacks[] = {
        "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n"
        "0\r\n\r\nGET /readyz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\nContent-Length: 44\r\n\r\n"
        "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\nGET /readyz HTTP/1.1\r\nHost: a\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: a\r\nContent-Length : 44\r\n\r\nGET /readyz HTTP/1.1\r\nHost: "
        "a\r\n\r\n",
        "GET /healthz HTTP/1.1\r\nHost: a\r\nContent-Length: 40\r\n\r\nGET /readyz HTTP/1.1\r\nHost: "
        "a\r\n\r\n",
        "POST /healthz HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n"
        "GET /readyz HTTP/1.1\r\nHost: a\r\n\r\n",
    };
    for (size_t i = 0; i < sizeof(attacks) / sizeof(attacks[0]); i++) {
        ck_assert_msg(answers_to(attacks[i]) <= 1, "attack %zu had two answers", i);
    }
}
END_TEST

START_TEST(a_connection_serves_many_requests)
{
    ck_assert_int_eq(answers_to("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
                                "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n"
                                "GET " TILE "?revision=77 HTTP/1.1\r\nHost: a\r\n\r\n"
                                "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
                     4);
}
END_TEST

START_TEST(a_body_too_large_gets_413_said_or_not)
{
    const char *answer = service_ask(&service, "POST /plots/exercise/features",
                                     "Content-Type: application/geo+json\r\nContent-Length: 100001\r\n", "");
    ck_assert_int_eq(status_of(answer), 413);
    static char body[150000];
    size_t length = (size_t)snprintf(body, sizeof(body), "1adb0\r\n");
    memset(body + length, ' ', 0x1adb0);
    length += 0x1adb0;
    snprintf(body + length, sizeof(body) - length, "\r\n0\r\n\r\n");
    answer = service_ask(&service, "POST /plots/exercise/features",
                         "Content-Type: application/geo+json\r\nTransfer-Encoding: chunked\r\n", body);
    ck_assert_int_eq(status_of(answer), 413);
}
END_TEST

START_TEST(a_slow_sender_is_cut_off_and_nobody_else_notices)
{
    int slow[40];
    static const char *const beginnings[2] = {"GET / HTTP/1.1\r\nHost: a\r\nX-A",
                                              "POST /plots/exercise/features HTTP/1.1"
                                              "\r\nHost: a\r\nContent-Length: 1000\r\n"
                                              "Content-Type: application/geo+json\r\n\r\n{"};
    for (int i = 0; i < 40; i++) {
        slow[i] = service_connect(&service);
        send(slow[i], beginnings[i % 2], strlen(beginnings[i % 2]), MSG_NOSIGNAL);
    }
    int64_t began_ms = monotonic_now_ms();
    int open_count = 40;
    while (open_count > 0 && monotonic_now_ms() - began_ms < 6000) {
        ck_assert_int_eq(service_status(&service, "GET /healthz"), 200);
        for (int i = 0; i < 40; i++) {
            char byte;
            if (slow[i] < 0) {
                continue;
            }
            send(slow[i], "a", 1, MSG_NOSIGNAL);
            if (recv(slow[i], &byte, 1, MSG_DONTWAIT) == 0 || (errno != EAGAIN && errno != EWOULDBLOCK)) {
                close(slow[i]);
                slow[i] = -1;
                open_count--;
            }
        }
        pause_ms(100);
    }
    ck_assert_int_eq(open_count, 0);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 3500);
}
END_TEST

START_TEST(a_resting_connection_is_closed_after_its_time)
{
    char text[1000];
    int client = service_connect(&service);
    static const char request[] = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    send(client, request, sizeof(request) - 1, MSG_NOSIGNAL);
    int64_t began_ms = monotonic_now_ms();
    read_all(client, text, sizeof(text), 5000);
    ck_assert_int_eq(status_of(text), 200);
    ck_assert_int_ge(monotonic_now_ms() - began_ms, 1000);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 3500);
    close(client);
}
END_TEST

START_TEST(tiles_have_an_etag_and_304)
{
    char headers[200];
    const char *answer = service_ask(&service, "GET " TILE, "", "");
    ck_assert_int_eq(status_of(answer), 200);
    ck_assert_str_eq(header_of(answer, "Content-Type"), "image/png");
    ck_assert_str_eq(header_of(answer, "Cache-Control"), "no-cache");
    ck_assert_str_eq(header_of(answer, "Access-Control-Allow-Origin"), "*");
    snprintf(headers, sizeof(headers), "If-None-Match: %s\r\n", header_of(answer, "ETag"));
    answer = service_ask(&service, "GET " TILE, headers, "");
    ck_assert_int_eq(status_of(answer), 304);
    ck_assert_ptr_nonnull(strstr(answer, "\r\n\r\n"));
    ck_assert_str_eq(strstr(answer, "\r\n\r\n"), "\r\n\r\n");
    answer = service_ask(&service, "GET " TILE, "If-None-Match: \"other\"\r\n", "");
    ck_assert_int_eq(status_of(answer), 200);
    ck_assert_str_eq(header_of(answer, "Plottafel-Cache"), "hit");
    answer = service_ask(&service, "HEAD " TILE, "", "");
    ck_assert_int_eq(status_of(answer), 200);
    ck_assert_str_eq(strstr(answer, "\r\n\r\n"), "\r\n\r\n");
}
END_TEST

START_TEST(tiles_that_are_not_there_get_404)
{
    static const char *const absent[] = {"GET /xyz/situation/WebMercatorQuad/10/1024/0.png",
                                         "GET /xyz/situation/WebMercatorQuad/0/1/0.png",
                                         "GET /xyz/situation/WebMercatorQuad/99/0/0.png",
                                         "GET /xyz/situation/WebMercatorQuad/-1/0/0.png",
                                         "GET /xyz/situation/WebMercatorQuad/1/-1/0.png",
                                         "GET /xyz/situation/WebMercatorQuad/1/00/0.png",
                                         "GET /xyz/situation/WebMercatorQuad/1/99999999999999/0.png",
                                         "GET /xyz/other/WebMercatorQuad/1/0/0.png",
                                         "GET /xyz/situation/Other/1/0/0.png",
                                         "GET /xyz/situation/WebMercatorQuad/1/0/0.gif",
                                         "GET " TILE "?revision=99"};
    for (size_t i = 0; i < sizeof(absent) / sizeof(absent[0]); i++) {
        int status = service_status(&service, absent[i]);
        ck_assert_msg(status == 404, "%s: %d", absent[i], status);
    }
    ck_assert_int_eq(service_status(&service, "GET " TILE "?as-of=yesterday"), 400);
    ck_assert_int_eq(service_status(&service, "GET " TILE "?revision=0"), 400);
}
END_TEST

START_TEST(metrics_count_what_was_asked)
{
    service_status(&service, "GET /nothing");
    const char *answer = service_ask(&service, "GET /metrics", "", "");
    ck_assert_int_eq(status_of(answer), 200);
    ck_assert_ptr_nonnull(
        strstr(answer, "plottafel_http_requests_total{method=\"any\",route=\"none\",status=\"404\"}"));
    ck_assert_ptr_nonnull(strstr(answer, "plottafel_workers_ready 2"));
    ck_assert_ptr_nonnull(strstr(answer, "plottafel_plot_revision{plot=\"exercise\"}"));
}
END_TEST

START_TEST(a_page_of_another_origin_may_not_write)
{
    const char *answer =
        service_ask(&service, "DELETE /plots/exercise/features/a", "Origin: https://evil.example\r\n", "");
    ck_assert_int_eq(status_of(answer), 403);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("http");
    TCase *tests = tcase_create("http");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_add_test(tests, methods_and_addresses_that_are_not_there);
    tcase_add_test(tests, problems_are_documents_with_an_id);
    tcase_add_test(tests, hostile_targets_get_400_and_long_ones_414);
    tcase_add_test(tests, too_many_parameters_and_headers_are_refused);
    tcase_add_test(tests, a_smuggled_request_is_never_run);
    tcase_add_test(tests, a_connection_serves_many_requests);
    tcase_add_test(tests, a_body_too_large_gets_413_said_or_not);
    tcase_add_test(tests, a_slow_sender_is_cut_off_and_nobody_else_notices);
    tcase_add_test(tests, a_resting_connection_is_closed_after_its_time);
    tcase_add_test(tests, tiles_have_an_etag_and_304);
    tcase_add_test(tests, tiles_that_are_not_there_get_404);
    tcase_add_test(tests, metrics_count_what_was_asked);
    tcase_add_test(tests, a_page_of_another_origin_may_not_write);
    suite_add_tcase(suite, tests);
    return suite;
}
