/* An I/O thread with requests that wait for each other, and with streams that are open when the service ends.
 */
#include <arpa/inet.h>
#include <dirent.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include "render/service/config.h"
#include "render/service/http/answer.h"
#include "render/service/http/exchange.h"
#include "render/service/http/http.h"
#include "render/service/protocol/metrics.h"
#include "render/service/service.h"
#include "tests/service/pool_fixture.h"

#define ROUNDS 50
#define CLIENTS 3
#define MOST_FEW 4

static struct service service;
static struct exchange *waiting;

static void keep_waiting(struct service *whole, struct exchange *exchange)
{
    waiting = exchange;
}

static void answer_both(struct service *whole, struct exchange *exchange)
{
    exchange_answer(waiting, answer_new(200, "text/plain", "first", 5));
    exchange_answer(exchange, answer_new(200, "text/plain", "second", 6));
}

static void greet(struct service *whole, struct exchange *exchange)
{
    exchange_answer(exchange, answer_new(200, "text/plain", "hello", 5));
}

static void open_stream(struct service *whole, struct exchange *exchange)
{
    stream_unref(exchange_stream(exchange, "text/event-stream"));
}

static const struct route routes[] = {
    {METHOD_GET, "/wait", keep_waiting, ACCESS_PUBLIC, "waits"},
    {METHOD_GET, "/answer", answer_both, ACCESS_PUBLIC, "answers who waits, too"},
    {METHOD_GET, "/greet", greet, ACCESS_PUBLIC, "answers at once"},
    {METHOD_GET, "/stream", open_stream, ACCESS_PUBLIC, "stays open"},
};

#define ROUTE_COUNT (sizeof(routes) / sizeof(routes[0]))

static void start_with(int io_threads, size_t most_connections)
{
    static struct config config = {.service = {.listen = "127.0.0.1",
                                               .organisation_header = "",
                                               .deadline_ms = 5000,
                                               .receive_ms = 5000,
                                               .idle_ms = 5000,
                                               .body_bytes = 1000,
                                               .streams = 10}};
    struct fault fault;
    config.service.io_threads = io_threads;
    start_pool_of(usual_options(1));
    service = (struct service){.config = &config, .pool = pool, .base_url = ""};
    service.metrics = metrics_new(routes, ROUTE_COUNT);
    struct http_options options = {&service, routes, ROUTE_COUNT, most_connections};
    service.http = http_new(&options, &fault);
    ck_assert_msg(service.http && http_start(service.http, &fault), "%s", fault.message);
}

static void start(void)
{
    start_with(1, 50);
}

static void stop(void)
{
    http_free(service.http);
    worker_pool_free(pool);
    metrics_free(service.metrics);
}

static int join(void)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)http_port(service.http)),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    int client = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    ck_assert_int_eq(connect(client, (struct sockaddr *)&address, sizeof(address)), 0);
    setsockopt(client, SOL_SOCKET, SO_RCVTIMEO, &(struct timeval){.tv_sec = 2}, sizeof(struct timeval));
    return client;
}

static void ask(int client, const char *path)
{
    char text[200];
    int length = snprintf(text, sizeof(text), "GET %s HTTP/1.1\r\nHost: a\r\n\r\n", path);
    ck_assert_int_eq(send(client, text, (size_t)length, MSG_NOSIGNAL), length);
}

static void expect(int client, const char *body)
{
    char answer[2000];
    ssize_t length = recv(client, answer, sizeof(answer) - 1, 0);
    ck_assert_msg(length > 0, "there was no answer with '%s'", body);
    answer[length] = '\0';
    ck_assert_ptr_nonnull(strstr(answer, body));
}

START_TEST(a_request_is_sent_the_answer_that_another_one_of_its_thread_brought)
{
    start();
    int first = join();
    int second = join();
    ask(first, "/wait");
    while (http_state(service.http).waiting == 0) {
        sleep_ms(1);
    }
    ask(second, "/answer");
    expect(first, "first");
    expect(second, "second");
    close(first);
    close(second);
    stop();
}
END_TEST

START_TEST(streams_that_open_while_the_service_ends_end_too)
{
    for (int i = 0; i < ROUNDS; i++) {
        int clients[CLIENTS];
        start();
        for (int k = 0; k < CLIENTS; k++) {
            clients[k] = join();
        }
        while (http_state(service.http).connections < CLIENTS) {
            sleep_ms(1);
        }
        for (int k = 0; k < CLIENTS; k++) {
            ask(clients[k], "/stream");
        }
        stop();
        for (int k = 0; k < CLIENTS; k++) {
            close(clients[k]);
        }
    }
}
END_TEST

/** Of this process. */
static int thread_count(void)
{
    int count = 0;
    DIR *tasks = opendir("/proc/self/task");
    ck_assert_ptr_nonnull(tasks);
    for (struct dirent *task = readdir(tasks); task; task = readdir(tasks)) {
        count += task->d_name[0] != '.';
    }
    closedir(tasks);
    return count;
}

START_TEST(no_thread_is_started_that_could_have_no_connection)
{
    int clients[MOST_FEW];
    start_with(1, MOST_FEW);
    int threads = thread_count();
    stop();
    start_with(16, MOST_FEW);
    ck_assert_int_eq(thread_count(), threads + MOST_FEW - 1);
    for (int i = 0; i < MOST_FEW; i++) {
        clients[i] = join();
        ask(clients[i], "/greet");
    }
    for (int i = 0; i < MOST_FEW; i++) {
        expect(clients[i], "hello");
        close(clients[i]);
    }
    stop();
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("http_loop");
    TCase *tests = tcase_create("http_loop");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_request_is_sent_the_answer_that_another_one_of_its_thread_brought);
    tcase_add_test(tests, streams_that_open_while_the_service_ends_end_too);
    tcase_add_test(tests, no_thread_is_started_that_could_have_no_connection);
    suite_add_tcase(suite, tests);
    return suite;
}
