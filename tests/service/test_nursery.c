/* Workers are born of a process that has read the plots; either may die at any time. */
#include "tests/service/running_service.h"

#define PIDS_MOST 50
#define PATIENCE_MS 10000
#define TILE "GET /xyz/situation/WebMercatorQuad/12/2100/1360"

static struct running_service service;

static void start(void)
{
    service = service_prepare("");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

/** The process ids in lines of the log that end in "NOUN NUMBER"; returns how many. */
static size_t pids_of(const char *noun, pid_t pids[static PIDS_MOST])
{
    char words[20];
    size_t count = 0;
    snprintf(words, sizeof(words), "%s ", noun);
    for (const char *found = strstr(service_log(&service), words); found && count < PIDS_MOST;
         found = strstr(found + 1, words)) {
        char *end;
        long pid = strtol(found + strlen(words), &end, 10);
        if (pid > 0 && *end == '\n') {
            pids[count++] = (pid_t)pid;
        }
    }
    return count;
}

/** Its letter in /proc and its parent; false when it is gone, or waits for its parent only. */
static bool read_state(pid_t pid, pid_t *parent)
{
    char path[64], text[300] = "";
    char state = 'Z';
    int number = 0;
    snprintf(path, sizeof(path), "/proc/%d/stat", (int)pid);
    FILE *file = fopen(path, "r");
    size_t length = file ? fread(text, 1, sizeof(text) - 1, file) : 0;
    const char *name_end = length > 0 ? strrchr(text, ')') : NULL;
    if (file) {
        fclose(file);
    }
    if (!name_end || sscanf(name_end, ") %c %d", &state, &number) != 2) {
        return false;
    }
    *parent = (pid_t)number;
    return state != 'Z' && state != 'X';
}

static bool is_alive(pid_t pid)
{
    pid_t parent;
    return read_state(pid, &parent);
}

/** Those of the noun that live; returns how many. */
static size_t living(const char *noun, pid_t pids[static PIDS_MOST])
{
    pid_t all[PIDS_MOST];
    size_t count = 0;
    size_t all_count = pids_of(noun, all);
    for (size_t i = 0; i < all_count; i++) {
        if (is_alive(all[i])) {
            pids[count++] = all[i];
        }
    }
    return count;
}

/** Until as many live; their ids. */
static void wait_living(const char *noun, size_t count, pid_t pids[static PIDS_MOST])
{
    int64_t until_ms = monotonic_now_ms() + PATIENCE_MS;
    while (living(noun, pids) != count && monotonic_now_ms() < until_ms) {
        pause_ms(10);
    }
    ck_assert_uint_eq(living(noun, pids), count);
}

/** And sees it gone: until then it counts among the living. Who only asks next need not wait. */
static void kill_worker(pid_t pid)
{
    int64_t until_ms = monotonic_now_ms() + PATIENCE_MS;
    kill(pid, SIGKILL);
    while (is_alive(pid) && monotonic_now_ms() < until_ms) {
        pause_ms(1);
    }
    ck_assert(!is_alive(pid));
}

static void put_point(const char *id, double lon)
{
    char body[400], line[100], headers[200];
    snprintf(body, sizeof(body),
             "{\"type\":\"Feature\",\"id\":\"%s\",\"properties\":{\"symbol\":\"nl@1/inc.brand\","
             "\"owner\":\"Test\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.5f,51.6]}}",
             id, lon);
    snprintf(line, sizeof(line), "PUT /plots/exercise/features/%s", id);
    snprintf(headers, sizeof(headers),
             "Content-Type: application/geo+json\r\nIf-None-Match: *\r\nContent-Length: %zu\r\n",
             strlen(body));
    ck_assert_int_eq(status_of(service_ask(&service, line, headers, body)) / 100, 2);
}

/** The ETag of a tile's form that nobody asked for before: a worker has to draw it. */
static void draw(const char *ending, char etag[static 100])
{
    char line[200];
    snprintf(line, sizeof(line), TILE "%s", ending);
    const char *answer = service_ask(&service, line, "", "");
    ck_assert_msg(status_of(answer) == 200, "%.300s", answer);
    snprintf(etag, 100, "%s", header_of(answer, "ETag"));
}

START_TEST(the_front_is_the_parent_of_workers_that_the_nursery_bore)
{
    pid_t pids[PIDS_MOST];
    wait_living("nursery", 1, pids);
    wait_living("worker", 2, pids);
    for (size_t i = 0; i < 2; i++) {
        pid_t parent = 0;
        ck_assert(read_state(pids[i], &parent));
        ck_assert_int_eq(parent, service.pid);
    }
}
END_TEST

START_TEST(a_killed_worker_is_replaced_and_what_comes_shows_the_latest_change)
{
    pid_t before[PIDS_MOST], after[PIDS_MOST];
    char old[100], late[100], anew[100];
    put_point("early", 4.60);
    draw(".png", old);
    put_point("late", 4.61);
    wait_living("worker", 2, before);
    for (size_t i = 0; i < 2; i++) {
        kill(before[i], SIGKILL);
    }
    draw(".png", late);
    wait_living("worker", 2, after);
    ck_assert(after[0] != before[0] && after[1] != before[1]);
    ck_assert_str_ne(late, old);
    service_stop(&service);
    service_start(&service);
    service_wait_ready(&service);
    draw(".png", anew);
    ck_assert_str_eq(anew, late);
}
END_TEST

START_TEST(workers_of_both_ages_draw_a_change_that_came_after_them)
{
    pid_t pids[PIDS_MOST];
    char one[100], other[100], anew[100];
    wait_living("worker", 2, pids);
    kill_worker(pids[0]);
    wait_living("worker", 2, pids);
    put_point("second", 4.63);
    kill(pids[1], SIGKILL); /* the older one draws, or who comes now */
    draw("@2x.png", one);
    wait_living("worker", 2, pids);
    kill(pids[0], SIGKILL);
    draw("@2x.png8", other);
    service_stop(&service);
    service_start(&service);
    service_wait_ready(&service);
    draw("@2x.png", anew);
    ck_assert_str_eq(anew, one);
    draw("@2x.png8", anew);
    ck_assert_str_eq(anew, other);
}
END_TEST

START_TEST(a_killed_nursery_is_replaced_and_its_workers_live_on)
{
    pid_t nurseries[PIDS_MOST], before[PIDS_MOST], after[PIDS_MOST];
    char etag[100];
    wait_living("nursery", 1, nurseries);
    wait_living("worker", 2, before);
    pid_t killed = nurseries[0];
    kill(killed, SIGKILL);
    int64_t until_ms = monotonic_now_ms() + PATIENCE_MS;
    while ((living("nursery", nurseries) != 1 || nurseries[0] == killed) && monotonic_now_ms() < until_ms) {
        pause_ms(10);
    }
    ck_assert_int_ne(nurseries[0], killed);
    ck_assert(is_alive(before[0]) && is_alive(before[1]));
    kill(before[0], SIGKILL);
    kill(before[1], SIGKILL);
    draw("@3x.png", etag);
    wait_living("worker", 2, after);
    ck_assert(after[0] != before[0] && after[1] != before[1]);
}
END_TEST

START_TEST(without_a_nursery_that_lives_workers_start_by_themselves)
{
    pid_t nurseries[PIDS_MOST], workers[PIDS_MOST];
    static const char *const endings[] = {".webp", ".png8", "@2x.webp", "@3x.png8", "@3x.webp"};
    char etag[100];
    for (size_t i = 0; i < sizeof(endings) / sizeof(*endings); i++) {
        size_t count = living("nursery", nurseries);
        for (size_t k = 0; k < count; k++) {
            kill(nurseries[k], SIGKILL);
        }
        count = living("worker", workers);
        for (size_t k = 0; k < count; k++) {
            kill(workers[k], SIGKILL);
        }
        draw(endings[i], etag);
    }
    wait_living("worker", 2, workers);
}
END_TEST

START_TEST(all_end_with_the_front)
{
    pid_t workers[PIDS_MOST], nurseries[PIDS_MOST];
    wait_living("worker", 2, workers);
    wait_living("nursery", 1, nurseries);
    kill(service.pid, SIGKILL);
    service_wait(&service, 1000);
    wait_living("worker", 0, workers);
    wait_living("nursery", 0, nurseries);
    service_start(&service);
    service_wait_ready(&service);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("nursery");
    TCase *tests = tcase_create("nursery");
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, the_front_is_the_parent_of_workers_that_the_nursery_bore);
    tcase_add_test(tests, a_killed_worker_is_replaced_and_what_comes_shows_the_latest_change);
    tcase_add_test(tests, workers_of_both_ages_draw_a_change_that_came_after_them);
    tcase_add_test(tests, a_killed_nursery_is_replaced_and_its_workers_live_on);
    tcase_add_test(tests, without_a_nursery_that_lives_workers_start_by_themselves);
    tcase_add_test(tests, all_end_with_the_front);
    suite_add_tcase(suite, tests);
    return suite;
}
