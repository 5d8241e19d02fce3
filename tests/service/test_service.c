/* The whole service: changes are seen at once, nothing acknowledged is lost, and it recovers by itself. */
#include <pthread.h>

#include "tests/service/running_service.h"

static struct running_service service;
static struct running_service quiet; /* nothing happens there: its listeners get heartbeats only */

#define LISTENERS 20

static void listen_to(const struct running_service *to, int streams[static LISTENERS])
{
    static const char listen[] = "GET /plots/exercise/events HTTP/1.1\r\nHost: a\r\n\r\n";
    for (int i = 0; i < LISTENERS; i++) {
        streams[i] = service_connect(to);
        send(streams[i], listen, sizeof(listen) - 1, MSG_NOSIGNAL);
    }
}

static double metric_of(const struct running_service *of, const char *name)
{
    char start[100];
    snprintf(start, sizeof(start), "\nplottafel_%s ", name);
    const char *found = strstr(service_ask(of, "GET /metrics", "", ""), start);
    return found ? strtod(found + strlen(start), NULL) : -1;
}

static double metric(const char *name)
{
    return metric_of(&service, name);
}

/** Waits until so many listen. */
static void expect_listeners(const struct running_service *of, int count, int64_t time_ms)
{
    int64_t until_ms = monotonic_now_ms() + time_ms;
    while (metric_of(of, "http_streams") != count && monotonic_now_ms() < until_ms) {
        pause_ms(20);
    }
    ck_assert_double_eq(metric_of(of, "http_streams"), count);
}

/** Its listeners leave at once; while the other tests run it finds out. */
static void start_quiet(void)
{
    int streams[LISTENERS];
    quiet = service_prepare("");
    service_start(&quiet);
    listen_to(&quiet, streams);
    expect_listeners(&quiet, LISTENERS, 10000);
    for (int i = 0; i < LISTENERS; i++) {
        close(streams[i]);
    }
}

static void start(void)
{
    start_quiet();
    service = service_prepare("");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
    service_stop(&quiet);
}

#define TILES "GET /xyz/situation/WebMercatorQuad/"
/* Zoom 12: column 2100 holds 4.5703 … 4.6582 degrees east, row 1360 holds 51.577 … 51.632 north. */
#define TILE TILES "12/2100/1360.png"
#define FAR_TILE TILES "12/2110/1360.png"

/** Sends one feature; the status. */
static int send_feature(const char *line, const char *condition, const char *body)
{
    char headers[300];
    snprintf(headers, sizeof(headers), "Content-Type: application/geo+json\r\nContent-Length: %zu\r\n%s",
             strlen(body), condition);
    return status_of(service_ask(&service, line, headers, body));
}

/** Adds a point feature, or replaces the one of that id; the status. */
static int put_point(const char *id, double lon, const char *name)
{
    char body[600];
    char line[200];
    snprintf(body, sizeof(body),
             "{\"type\":\"Feature\",\"id\":\"%s\",\"properties\":{\"symbol\":\"nl@1/"
             "inc.brand\",\"texts\":{\"n\":\"%s\"},"
             "\"owner\":\"Test\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.5f,51.6]}}",
             id, name, lon);
    snprintf(line, sizeof(line), "PUT /plots/exercise/features/%s", id);
    int status = send_feature(line, "If-Match: *\r\n", body);
    return status == 412 || status == 404 ? send_feature(line, "If-None-Match: *\r\n", body) : status;
}

static char etag[100];

/** The ETag of an address; kept in etag. */
static const char *etag_of(const char *line)
{
    const char *answer = service_ask(&service, line, "", "");
    ck_assert_msg(status_of(answer) == 200, "%s: %.300s", line, answer);
    snprintf(etag, sizeof(etag), "%s", header_of(answer, "ETag"));
    return etag;
}

static long revision_of(const char *answer)
{
    return strtol(header_of(answer, "Plottafel-Revision"), NULL, 10);
}

START_TEST(a_change_is_in_the_next_tile_and_only_touched_tiles_are_drawn_again)
{
    char before[100];
    char far_before[100];
    snprintf(before, sizeof(before), "%s", etag_of(TILE));
    snprintf(far_before, sizeof(far_before), "%s", etag_of(FAR_TILE));
    for (int i = 0; i < 5; i++) {
        char name[32];
        snprintf(name, sizeof(name), "Brand %d", i);
        ck_assert_int_eq(put_point("a", 4.61, name) / 100, 2);
        const char *answer = service_ask(&service, TILE, "", "");
        ck_assert_str_eq(header_of(answer, "Plottafel-Cache"), "miss");
        ck_assert_int_eq(revision_of(answer), i + 1);
        ck_assert_str_ne(header_of(answer, "ETag"), before);
        snprintf(before, sizeof(before), "%s", header_of(answer, "ETag"));
        answer = service_ask(&service, FAR_TILE, "", "");
        ck_assert_str_eq(header_of(answer, "Plottafel-Cache"), "hit");
        ck_assert_int_eq(revision_of(answer), i + 1);
        ck_assert_str_eq(header_of(answer, "ETag"), far_before);
    }
}
END_TEST

START_TEST(each_palette_is_a_picture_of_its_own_and_follows_changes)
{
    static const char *const names[] = {"default", "print", "mono", "colour-blind", "imagery"};
    /* The tab of an owner is coloured in print, and black in mono. */
    static const char body[] = "{\"type\":\"Feature\",\"id\":\"palettes\",\"properties\":{\"symbol\":\"nl@1/"
                               "bw.voertuig\",\"owner\":\"Test\"},\"geometry\":{\"type\":\"Point\","
                               "\"coordinates\":[4.60,51.61]}}";
    char tags[5][100];
    ck_assert_int_eq(send_feature("POST /plots/exercise/features", "", body) / 100, 2);
    for (int i = 0; i < 5; i++) {
        char line[200];
        snprintf(line, sizeof(line), TILES "12/2100/1360.png?palette=%s", names[i]);
        snprintf(tags[i], sizeof(tags[i]), "%s", etag_of(line));
        for (int j = 0; j < i; j++) {
            ck_assert_str_ne(tags[i], tags[j]);
        }
    }
    ck_assert_str_eq(etag_of(TILE), tags[0]);
    ck_assert_int_eq(put_point("p", 4.62, "Brand") / 100, 2);
    for (int i = 0; i < 5; i++) {
        char line[200];
        snprintf(line, sizeof(line), TILES "12/2100/1360.png?palette=%s", names[i]);
        ck_assert_str_ne(etag_of(line), tags[i]);
    }
    ck_assert_int_eq(status_of(service_ask(&service, TILES "12/2100/1360.png?palette=pink", "", "")), 400);
}
END_TEST

START_TEST(earlier_revisions_stay_to_be_seen)
{
    char now[100];
    ck_assert_int_eq(put_point("b", 4.61, "Eerst") / 100, 2);
    const char *answer = service_ask(&service, TILE, "", "");
    long revision = revision_of(answer);
    snprintf(now, sizeof(now), "%s", header_of(answer, "ETag"));
    ck_assert_int_eq(put_point("b", 4.62, "Later") / 100, 2);
    ck_assert_str_ne(etag_of(TILE), now);
    char line[200];
    snprintf(line, sizeof(line), TILES "12/2100/1360.png?revision=%ld", revision);
    ck_assert_str_eq(etag_of(line), now);
}
END_TEST

START_TEST(another_moment_is_another_picture)
{
    char now[100];
    static const char body[] = "{\"type\":\"Feature\",\"id\":\"later\",\"properties\":{\"symbol\":\"nl@1/"
                               "inc.brand\",\"owner\":\"Test\","
                               "\"validFrom\":\"2099-01-01T00:00:00Z\"},\"geometry\":{\"type\":\"Point\","
                               "\"coordinates\":[4.60,51.61]}}";
    ck_assert_int_eq(put_point("c", 4.61, "Nu") / 100, 2);
    snprintf(now, sizeof(now), "%s", etag_of(TILE));
    ck_assert_int_eq(send_feature("POST /plots/exercise/features", "", body) / 100, 2);
    ck_assert_str_ne(etag_of(TILES "12/2100/1360.png?as-of=2099-06-01T00:00:00Z"), now);
}
END_TEST

/** Adds a point that is there from a moment on until another; NULL: for ever. */
static void add_between(const char *id, const char *from, const char *to, double lon)
{
    char body[600];
    char valid_to[60] = "";
    if (to) {
        snprintf(valid_to, sizeof(valid_to), ",\"validTo\":\"%s\"", to);
    }
    snprintf(body, sizeof(body),
             "{\"type\":\"Feature\",\"id\":\"%s\",\"properties\":{\"symbol\":\"nl@1/"
             "inc.brand\",\"owner\":\"Test\","
             "\"validFrom\":\"%s\"%s},\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.3f,51.62]}}",
             id, from, valid_to, lon);
    ck_assert_int_eq(send_feature("POST /plots/exercise/features", "", body) / 100, 2);
}

static void add_from(const char *id, const char *moment, double lon)
{
    add_between(id, moment, NULL, lon);
}

START_TEST(when_the_clock_reaches_a_moment_the_pictures_follow)
{
    char moment[32];
    char before[100];
    add_from("long-ago", "2020-01-01T00:00:00Z", 4.59);
    moment_format((moment_now_ms() / 1000 + 2) * 1000, moment);
    add_from("soon", moment, 4.64);
    snprintf(before, sizeof(before), "%s", etag_of(TILE));
    etag_of(FAR_TILE);
    int64_t until_ms = monotonic_now_ms() + 5000;
    while (strcmp(etag_of(TILE), before) == 0 && monotonic_now_ms() < until_ms) {
        pause_ms(100);
    }
    ck_assert_str_ne(etag_of(TILE), before);
    const char *answer = service_ask(&service, FAR_TILE, "", "");
    ck_assert_str_eq(header_of(answer, "Plottafel-Cache"), "hit");
    ck_assert_str_eq(header_of(answer, "Plottafel-Moment"), moment);
}
END_TEST

/** Asks for one cold tile, as one of many. */
static void *ask_cold(void *context)
{
    int client = service_connect(&service);
    static const char request[] = TILES "11/1050/690.png HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    char *text = calloc(1, 200000);
    send(client, request, sizeof(request) - 1, MSG_NOSIGNAL);
    read_all(client, text, 200000, 5000);
    close(client);
    *(int *)context = status_of(text);
    free(text);
    return NULL;
}

#define STAMPEDE 500

START_TEST(many_who_ask_for_one_cold_tile_cost_one_run)
{
    pthread_t threads[STAMPEDE];
    int statuses[STAMPEDE];
    double before = metric("worker_runs_total");
    for (int i = 0; i < STAMPEDE; i++) {
        ck_assert_int_eq(pthread_create(&threads[i], NULL, ask_cold, &statuses[i]), 0);
    }
    for (int i = 0; i < STAMPEDE; i++) {
        pthread_join(threads[i], NULL);
        ck_assert_int_eq(statuses[i], 200);
    }
    ck_assert_double_eq(metric("worker_runs_total"), before + 1);
}
END_TEST

/** Kills the workers of the service: its children. */
static int kill_workers(int signal_number)
{
    char call[160];
    long pid;
    int count = 0;
    snprintf(call, sizeof(call), "cat /proc/%d/task/*/children", (int)service.pid);
    FILE *file = popen(call, "r");
    while (file && fscanf(file, "%ld", &pid) == 1) {
        count += kill((pid_t)pid, signal_number) == 0;
    }
    if (file) {
        pclose(file);
    }
    return count;
}

START_TEST(killed_workers_come_back_and_no_request_fails)
{
    for (int i = 0; i < 20; i++) {
        char line[100];
        snprintf(line, sizeof(line), TILES "13/%d/2720.png", 4200 + i);
        if (i % 5 == 2) {
            ck_assert_int_gt(kill_workers(SIGKILL), 0);
        }
        ck_assert_int_eq(service_status(&service, line), 200);
    }
}
END_TEST

START_TEST(cached_tiles_never_wait_for_workers)
{
    etag_of(TILE);
    ck_assert_int_gt(kill_workers(SIGSTOP), 0);
    int64_t began_ms = monotonic_now_ms();
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(service_status(&service, TILE), 200);
    }
    int64_t took_ms = monotonic_now_ms() - began_ms;
    kill_workers(SIGCONT);
    ck_assert_int_lt(took_ms, 1000);
}
END_TEST

START_TEST(a_change_is_acknowledged_although_no_worker_answers_and_no_stale_tile_remains)
{
    char before[100];
    ck_assert_int_eq(put_point("d", 4.61, "Voor") / 100, 2);
    snprintf(before, sizeof(before), "%s", etag_of(TILE));
    ck_assert_int_gt(kill_workers(SIGSTOP), 0);
    int64_t began_ms = monotonic_now_ms();
    ck_assert_int_eq(put_point("d", 4.612, "Na") / 100, 2);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 2000);
    kill_workers(SIGCONT);
    ck_assert_str_ne(etag_of(TILE), before);
}
END_TEST

START_TEST(a_change_that_no_worker_answers_for_in_time_drops_what_is_around_it_and_nothing_else)
{
    ck_assert_int_eq(put_point("e", 4.61, "Voor") / 100, 2);
    etag_of(TILE);
    etag_of(FAR_TILE);
    ck_assert_int_gt(kill_workers(SIGSTOP), 0);
    ck_assert_int_eq(put_point("e", 4.612, "Na") / 100, 2);
    const char *answer = service_ask(&service, FAR_TILE, "", "");
    kill_workers(SIGCONT);
    ck_assert_str_eq(header_of(answer, "Plottafel-Cache"), "hit");
    answer = service_ask(&service, TILE, "", "");
    ck_assert_str_eq(header_of(answer, "Plottafel-Cache"), "miss");
}
END_TEST

#define IN_2095 "?as-of=2095-06-01T00:00:00Z"
#define IN_2097 "?as-of=2097-06-01T00:00:00Z"
#define IN_2098 "?as-of=2098-06-01T00:00:00Z"

START_TEST(what_no_worker_answers_for_in_time_is_judged_for_each_moment)
{
    static const struct {
        const char *line;
        const char *cache;
    } cases[] = {{TILE, "hit"},
                 {TILE IN_2095, "hit"},
                 {TILE IN_2097, "miss"},
                 {TILE IN_2097 "&palette=mono", "miss"},
                 {TILE IN_2098, "hit"},
                 {TILE IN_2098 "&palette=mono", "hit"},
                 {FAR_TILE IN_2097, "hit"}};
    size_t count = sizeof(cases) / sizeof(cases[0]);
    add_from("since-2096", "2096-01-01T00:00:00Z", 4.61);
    add_from("since-2098", "2098-01-01T00:00:00Z", 4.61);
    for (size_t i = 0; i < count; i++) {
        etag_of(cases[i].line);
    }
    ck_assert_int_gt(kill_workers(SIGSTOP), 0);
    add_between("until-2098", "2096-01-01T00:00:00Z", "2098-01-01T00:00:00Z", 4.62);
    kill_workers(SIGCONT);
    for (size_t i = 0; i < count; i++) {
        const char *answer = service_ask(&service, cases[i].line, "", "");
        ck_assert_msg(strcmp(header_of(answer, "Plottafel-Cache"), cases[i].cache) == 0, "%s: %.300s",
                      cases[i].line, answer);
    }
}
END_TEST

START_TEST(what_was_acknowledged_survives_kill_9)
{
    ck_assert_int_eq(put_point("survivor", 4.613, "Blijft") / 100, 2);
    kill(service.pid, SIGKILL);
    service_wait(&service, 5000);
    int64_t began_ms = monotonic_now_ms();
    service_start(&service);
    service_wait_ready(&service);
    ck_assert_int_eq(service_status(&service, TILE), 200);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 5000);
    const char *answer = service_ask(&service, "GET /plots/exercise/features/survivor", "", "");
    ck_assert_int_eq(status_of(answer), 200);
    ck_assert_ptr_nonnull(strstr(answer, "Blijft"));
}
END_TEST

START_TEST(sigterm_finishes_what_runs_and_ends)
{
    int client = service_connect(&service);
    char text[5000];
    static const char request[] = TILES "9/262/170.png HTTP/1.1\r\nHost: a\r\n\r\n";
    double before = metric("worker_runs_total");
    int64_t until_ms = monotonic_now_ms() + 5000;
    send(client, request, sizeof(request) - 1, MSG_NOSIGNAL);
    while (metric("worker_runs_total") == before && monotonic_now_ms() < until_ms) {
        pause_ms(1);
    }
    kill(service.pid, SIGTERM);
    read_all(client, text, sizeof(text), 5000);
    close(client);
    ck_assert_int_eq(status_of(text), 200);
    ck_assert_int_eq(service_wait(&service, 10000), 0);
    ck_assert_int_eq(service_connect(&service), -1);
    service_start(&service);
    service_wait_ready(&service);
}
END_TEST

START_TEST(sigterm_does_not_wait_for_resting_connections_and_streams)
{
    int resting = service_connect(&service);
    int stream = service_connect(&service);
    char text[2000];
    static const char rest[] = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n";
    static const char listen[] = "GET /plots/exercise/events HTTP/1.1\r\nHost: a\r\n\r\n";
    send(resting, rest, sizeof(rest) - 1, MSG_NOSIGNAL);
    send(stream, listen, sizeof(listen) - 1, MSG_NOSIGNAL);
    read_all(resting, text, sizeof(text), 300);
    read_all(stream, text, sizeof(text), 300);
    ck_assert_int_eq(status_of(text), 200);
    int64_t began_ms = monotonic_now_ms();
    kill(service.pid, SIGTERM);
    ck_assert_int_eq(service_wait(&service, 10000), 0);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 4000);
    close(resting);
    close(stream);
    service_start(&service);
    service_wait_ready(&service);
}
END_TEST

static void expect_change(int stream)
{
    char text[4000] = "";
    size_t length = 0;
    struct pollfd wait = {stream, POLLIN, 0};
    while (!strstr(text, "event: change") && poll(&wait, 1, 8000) > 0) {
        ssize_t count = recv(stream, text + length, sizeof(text) - length - 1, 0);
        if (count <= 0) {
            break;
        }
        length += (size_t)count;
        text[length] = '\0';
    }
    ck_assert_msg(strstr(text, "event: change"), "%s", text);
}

START_TEST(listeners_hear_of_a_change_and_those_who_left_are_forgotten)
{
    int streams[LISTENERS];
    listen_to(&service, streams);
    expect_listeners(&service, LISTENERS, 10000);
    for (int i = LISTENERS / 2; i < LISTENERS; i++) {
        close(streams[i]);
    }
    ck_assert_int_eq(put_point("e", 4.614, "Nieuws") / 100, 2);
    ck_assert_int_eq(put_point("e", 4.614, "Meer nieuws") / 100, 2); /* the first was sent into the void */
    expect_listeners(&service, LISTENERS / 2, 8000);
    for (int i = 0; i < LISTENERS / 2; i++) {
        expect_change(streams[i]);
        close(streams[i]);
    }
}
END_TEST

/** Two heartbeats after they left at the latest; the last test, so that most of that time is over. */
START_TEST(listeners_who_left_are_forgotten_although_nothing_happens)
{
    expect_listeners(&quiet, 0, 25000);
}
END_TEST

START_TEST(a_store_that_is_taken_away_makes_it_not_ready_and_comes_back)
{
    char path[300];
    char away[310];
    snprintf(path, sizeof(path), "%s/plots.gpkg", service.folder);
    snprintf(away, sizeof(away), "%s.away", path);
    etag_of(TILE);
    ck_assert_int_eq(rename(path, away), 0);
    ck_assert_int_eq(put_point("f", 4.61, "Verloren"), 503);
    const char *answer = service_ask(&service, "GET /readyz", "", "");
    ck_assert_int_eq(status_of(answer), 503);
    ck_assert_ptr_nonnull(strstr(answer, "taken away"));
    ck_assert_int_eq(service_status(&service, TILE), 200);
    ck_assert_int_eq(rename(away, path), 0);
    int64_t began_ms = monotonic_now_ms();
    service_wait_ready(&service);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 10000);
    ck_assert_int_eq(put_point("f", 4.61, "Terug") / 100, 2);
}
END_TEST

START_TEST(who_asks_as_soon_as_there_is_a_port_is_not_sent_away)
{
    for (int i = 0; i < 5; i++) {
        struct running_service fresh = service_prepare("");
        service_start(&fresh);
        ck_assert_int_eq(service_status(&fresh, TILE), 200);
        const char *log = service_log(&fresh);
        const char *opened = strstr(log, "is open with 1 plots");
        ck_assert_msg(opened && opened < strstr(log, "listening on"), "%s", log);
        service_stop(&fresh);
    }
}
END_TEST

/* Each I/O thread needs descriptors, but of 64 only as many run as there are connections. */
START_TEST(threads_that_do_not_run_take_no_descriptors_from_connections)
{
    char script[1000];
    char path[300];
    struct running_service narrow = service_prepare("io_threads: 64, connections: 10");
    char *program = strdup(getenv("PLOTTAFEL_PROGRAM"));
    snprintf(script, sizeof(script), "#!/bin/sh\nulimit -n 128 && exec '%s' \"$@\"\n", program);
    write_text(narrow.folder, "narrow.sh", script);
    snprintf(path, sizeof(path), "%s/narrow.sh", narrow.folder);
    chmod(path, 0700);
    setenv("PLOTTAFEL_PROGRAM", path, 1);
    service_start(&narrow);
    setenv("PLOTTAFEL_PROGRAM", program, 1);
    free(program);
    ck_assert_ptr_null(strstr(service_log(&narrow), "connections instead of"));
    ck_assert_int_eq(service_status(&narrow, TILE), 200);
    service_stop(&narrow);
}
END_TEST

START_TEST(a_second_writer_is_refused_and_says_so)
{
    struct running_service second = service;
    snprintf(second.log_path, sizeof(second.log_path), "%s/log-2", service.folder);
    service_start(&second);
    int64_t until_ms = monotonic_now_ms() + 5000;
    while (!strstr(service_log(&second), "store.unavailable") && !strstr(service_log(&second), "writer") &&
           monotonic_now_ms() < until_ms) {
        pause_ms(20);
    }
    const char *answer = service_ask(&second, "GET /readyz", "", "");
    ck_assert_int_eq(status_of(answer), 503);
    service_stop(&second);
    ck_assert_int_eq(put_point("g", 4.61, "Eerste") / 100, 2);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("service");
    TCase *tests = tcase_create("service");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_add_test(tests, a_change_is_in_the_next_tile_and_only_touched_tiles_are_drawn_again);
    tcase_add_test(tests, each_palette_is_a_picture_of_its_own_and_follows_changes);
    tcase_add_test(tests, earlier_revisions_stay_to_be_seen);
    tcase_add_test(tests, another_moment_is_another_picture);
    tcase_add_test(tests, when_the_clock_reaches_a_moment_the_pictures_follow);
    tcase_add_test(tests, many_who_ask_for_one_cold_tile_cost_one_run);
    tcase_add_test(tests, killed_workers_come_back_and_no_request_fails);
    tcase_add_test(tests, cached_tiles_never_wait_for_workers);
    tcase_add_test(tests, a_change_is_acknowledged_although_no_worker_answers_and_no_stale_tile_remains);
    tcase_add_test(tests,
                   a_change_that_no_worker_answers_for_in_time_drops_what_is_around_it_and_nothing_else);
    tcase_add_test(tests, what_no_worker_answers_for_in_time_is_judged_for_each_moment);
    tcase_add_test(tests, what_was_acknowledged_survives_kill_9);
    tcase_add_test(tests, sigterm_finishes_what_runs_and_ends);
    tcase_add_test(tests, sigterm_does_not_wait_for_resting_connections_and_streams);
    tcase_add_test(tests, listeners_hear_of_a_change_and_those_who_left_are_forgotten);
    tcase_add_test(tests, a_store_that_is_taken_away_makes_it_not_ready_and_comes_back);
    tcase_add_test(tests, who_asks_as_soon_as_there_is_a_port_is_not_sent_away);
    tcase_add_test(tests, threads_that_do_not_run_take_no_descriptors_from_connections);
    tcase_add_test(tests, a_second_writer_is_refused_and_says_so);
    tcase_add_test(tests, listeners_who_left_are_forgotten_although_nothing_happens);
    suite_add_tcase(suite, tests);
    return suite;
}
