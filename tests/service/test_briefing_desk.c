/* The desk of briefings when much happens at once: what is dismissed stays so, who may dismiss, what the pool
 * refuses, disks that are full. */
#include <sys/stat.h>

#include "tests/service/job_client.h"

static void stop(void)
{
    service_stop(&service);
}

static void start_with(const char *settings)
{
    service = service_prepare(settings);
    service_start(&service);
    service_wait_ready(&service);
}

static void start(void)
{
    start_with("deadline_ms: 6000, briefing_deadline_ms: 60000");
}

static void remove_document(const char *id, const char *ending)
{
    char path[400];
    snprintf(path, sizeof(path), "%s/briefings/%s.%s", service.folder, id, ending);
    ck_assert_int_eq(unlink(path), 0);
}

/** All of them, and the process that they are born of: so no new one comes in their place. */
static void signal_workers(int number)
{
    long workers[20];
    pause_ms(300); /* until the last is born */
    int count = list_workers(workers);
    for (int i = 0; i < count; i++) {
        kill((pid_t)workers[i], number);
    }
}

static int dismiss(const char *id, const char *headers)
{
    char line[100];
    snprintf(line, sizeof(line), "DELETE /jobs/%s", id);
    char *answer = ask(line, headers, "");
    int status = status_of(answer);
    free(answer);
    return status;
}

/** Asks for a document and does not wait for it. Returns the connection. */
static int begin_results(const char *id)
{
    char request[200];
    int length =
        snprintf(request, sizeof(request),
                 "GET /jobs/%s/results HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", id);
    int client = service_connect(&service);
    ck_assert_int_eq(send(client, request, (size_t)length, MSG_NOSIGNAL), length);
    return client;
}

START_TEST(one_that_is_dismissed_while_it_is_made_again_does_not_come_back)
{
    char id[40];
    char text[4000];
    order("\"map\":\"situation\"," CENTER ",\"format\":\"svg\"", id);
    json_decref(wait_until(id, "successful", 10000));
    remove_document(id, "zip");
    signal_workers(SIGSTOP);
    int client = begin_results(id);
    pause_ms(300);
    ck_assert_int_eq(dismiss(id, ""), 200);
    read_all(client, text, sizeof(text), 2000);
    close(client);
    ck_assert_msg(status_of(text) == 404, "%s", text);
    signal_workers(SIGCONT);
    service_wait_ready(&service);
    order("\"map\":\"situation\"," CENTER, text);
    json_decref(wait_until(text, "successful", 10000));
    json_decref(wait_until(id, "dismissed", 100));
    free(results(id, 404));
}
END_TEST

START_TEST(nobody_takes_back_what_another_asked_for)
{
    static const char token[] = "Authorization: Bearer geheim-van-de-staf-0123\r\n";
    char body[300];
    service = service_prepare("deadline_ms: 6000");
    write_text(service.folder, "token", "geheim-van-de-staf-0123\n");
    char text[900];
    snprintf(text, sizeof(text),
             "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
             "plots: [{name: exercise, title: Oefening}]\n"
             "service: {port: 0, log: plain, writers: token, write_token_file: token, workers: 2}\n");
    write_text(service.folder, "plottafel.yaml", text);
    service_start(&service);
    service_wait_ready(&service);
    signal_workers(SIGSTOP);
    snprintf(body, sizeof(body), "{\"inputs\":{\"map\":\"situation\"," CENTER "}}");
    char headers[300];
    snprintf(headers, sizeof(headers), "%sPrefer: respond-async\r\n", token);
    char *answer = ask(EXECUTE, headers, body);
    ck_assert_msg(status_of(answer) == 201, "%s", answer);
    json_t *job = body_of(answer);
    char own[40];
    order("\"map\":\"situation\"," CENTER, own);
    ck_assert_int_eq(dismiss(text_of(job, "jobID"), ""), 403);
    ck_assert_int_eq(dismiss(own, ""), 200);
    ck_assert_int_eq(dismiss(text_of(job, "jobID"), token), 200);
    signal_workers(SIGCONT);
    json_decref(job);
    free(answer);
}
END_TEST

/** Orders one as a proxy hands it on; gives its place in the queue, 0 when it has none. */
static int place_of_one_for(const char *header)
{
    char headers[700];
    snprintf(headers, sizeof(headers), "%sPrefer: respond-async\r\n", header);
    char *answer = ask(EXECUTE, headers, "{\"inputs\":{\"map\":\"situation\"," CENTER "}}");
    ck_assert_msg(status_of(answer) == 201, "%s", answer);
    ck_assert_ptr_null(strstr(answer, "Brandweer"));
    json_t *job = body_of(answer);
    int place = (int)json_integer_value(json_object_get(job, "position"));
    json_decref(job);
    free(answer);
    return place;
}

START_TEST(organisations_behind_one_proxy_take_turns_by_the_header_that_is_trusted)
{
    start_with("organisation_header: X-Organisation, briefing_deadline_ms: 60000");
    signal_workers(SIGSTOP);
    place_of_one_for("X-Organisation: Brandweer\r\n");
    ck_assert_int_eq(place_of_one_for("X-Organisation: Brandweer\r\n"), 1);
    ck_assert_int_eq(place_of_one_for("x-organisation: Brandweer\r\n"), 2);
    ck_assert_int_eq(place_of_one_for("X-Organisation: Politie\r\n"), 1);
    ck_assert_int_eq(place_of_one_for("X-Organisation: Politie\r\n"), 3);
    ck_assert_int_eq(place_of_one_for("X-Organisation: \"\xff\xfe\\;%s\r\n"), 2);
    signal_workers(SIGKILL);
}
END_TEST

START_TEST(a_header_that_nobody_set_up_gives_no_turns)
{
    start_with("briefing_deadline_ms: 60000");
    signal_workers(SIGSTOP);
    place_of_one_for("X-Organisation: Brandweer\r\n");
    ck_assert_int_eq(place_of_one_for("X-Organisation: Brandweer\r\n"), 1);
    ck_assert_int_eq(place_of_one_for("X-Organisation: Politie\r\n"), 2);
    signal_workers(SIGKILL);
}
END_TEST

/** Ends the service and starts it with other settings, on the same folder. */
static void restart_with(const char *settings)
{
    char text[900];
    service_stop(&service);
    snprintf(text, sizeof(text),
             "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
             "plots: [{name: exercise, title: Oefening}]\n"
             "service: {port: 0, log: plain, writers: open, workers: 2, %s}\n",
             settings);
    write_text(service.folder, "plottafel.yaml", text);
    service_start(&service);
    service_wait_ready(&service);
}

/** Hatches all that a map may show: a large page of it takes its time. */
static void fill_the_map(void)
{
    static const char feature[] =
        "{\"type\":\"Feature\",\"id\":\"wide\",\"properties\":{\"symbol\":\"nl@1/"
        "a.brandgebied\",\"owner\":\"B\"},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[3,50],[7,50],[7,54],[3,54],[3,50]]]}}";
    char *answer = ask("POST /plots/exercise/features", "Content-Type: application/geo+json\r\n", feature);
    ck_assert_msg(status_of(answer) < 300, "%s", answer);
    free(answer);
}

/** Is one of this paper made? It has the time of the deadline only. */
static bool is_made(const char *paper)
{
    char inputs[200];
    char id[40];
    bool is_open = true;
    bool is_successful = false;
    snprintf(inputs, sizeof(inputs), "\"map\":\"situation\",\"paper\":\"%s\"," CENTER, paper);
    order(inputs, id);
    int64_t until_ms = monotonic_now_ms() + 10000;
    while (is_open && monotonic_now_ms() < until_ms) {
        pause_ms(20);
        json_t *job = status(id);
        is_successful = strcmp(text_of(job, "status"), "successful") == 0;
        is_open =
            strcmp(text_of(job, "status"), "accepted") == 0 || strcmp(text_of(job, "status"), "running") == 0;
        json_decref(job);
    }
    return is_successful;
}

START_TEST(one_that_the_pool_no_longer_takes_does_not_hold_up_the_others)
{
    char id[40];
    fill_the_map();
    order("\"map\":\"situation\",\"paper\":\"A0\",\"dpi\":299,\"format\":\"png\"", id);
    json_decref(wait_until(id, "successful", 90000));
    remove_document(id, "zip"); /* it has two pages */
    restart_with("deadline_ms: 20000, briefing_deadline_ms: 2000, quarantine_ms: 600000");
    free(results(id, 503)); /* too slow now */
    free(results(id, 503));
    char *answer = results(id, 422);
    ck_assert_msg(strstr(answer, "broke two workers") != NULL, "%s", answer);
    free(answer);
    /* A busy machine may hold one of them for two seconds, not each. */
    ck_assert(is_made("A5") || is_made("A4") || is_made("A3"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("briefing desk");
    TCase *tests = tcase_create("briefing desk");
    tcase_set_timeout(tests, 180);
    tcase_add_checked_fixture(tests, start, stop);
    tcase_add_test(tests, one_that_is_dismissed_while_it_is_made_again_does_not_come_back);
    tcase_add_test(tests, one_that_the_pool_no_longer_takes_does_not_hold_up_the_others);
    suite_add_tcase(suite, tests);
    TCase *owners = tcase_create("owners");
    tcase_set_timeout(owners, 60);
    tcase_add_checked_fixture(owners, NULL, stop);
    tcase_add_test(owners, nobody_takes_back_what_another_asked_for);
    tcase_add_test(owners, organisations_behind_one_proxy_take_turns_by_the_header_that_is_trusted);
    tcase_add_test(owners, a_header_that_nobody_set_up_gives_no_turns);
    suite_add_tcase(suite, owners);
    return suite;
}
