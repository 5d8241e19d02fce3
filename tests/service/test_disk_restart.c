/* The service with tiles on disk: whenever it is killed, what it gives out afterwards is what would be drawn.
 */
#include "tests/service/running_service.h"

#define SETTINGS "cache_folder: tiles"
#define TILE_MOST_BYTES 200000
#define COLUMNS 4
#define ROWS 3
#define ROUNDS 8

static struct running_service service;
static unsigned random_state = 5;

static unsigned next_random(unsigned below)
{
    random_state = random_state * 1664525u + 1013904223u;
    return (random_state >> 8) % below;
}

static void start(void)
{
    service = service_prepare(SETTINGS);
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

static void kill_and_start(void)
{
    kill(service.pid, SIGKILL);
    ck_assert_int_ge(service_wait(&service, 5000), 0);
    service_start(&service);
    service_wait_ready(&service);
}

static void stop_and_start(void)
{
    service_stop(&service);
    service_start(&service);
    service_wait_ready(&service);
}

/** A picture as it came, with the header before it. */
struct picture {
    char bytes[TILE_MOST_BYTES];
    size_t length;
    const char *body; /* within bytes */
    size_t body_length;
};

static void ask(const char *address, struct picture *picture)
{
    char request[400];
    int client = service_connect(&service);
    int length = snprintf(request, sizeof(request),
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", address);
    ck_assert_int_ge(client, 0);
    ck_assert_int_eq((int)send(client, request, (size_t)length, MSG_NOSIGNAL), length);
    picture->length = read_all(client, picture->bytes, sizeof(picture->bytes), 8000);
    close(client);
    const char *end = strstr(picture->bytes, "\r\n\r\n");
    ck_assert_msg(end && status_of(picture->bytes) == 200, "%s: %.300s", address, picture->bytes);
    picture->body = end + 4;
    picture->body_length = picture->length - (size_t)(picture->body - picture->bytes);
}

static void write_address(char address[static 200], int tile, const char *behind)
{
    snprintf(address, 200, "/xyz/situation/WebMercatorQuad/12/%d/%d.png%s", 2098 + tile % COLUMNS,
             1359 + tile / COLUMNS, behind);
}

/** Where the tile came from. */
static const char *ask_tile(int tile, struct picture *picture)
{
    char address[200];
    write_address(address, tile, "");
    ask(address, picture);
    return header_of(picture->bytes, "Plottafel-Cache");
}

/** Adds a feature at a random place, or moves one. */
static void change(void)
{
    char line[200];
    char body[700];
    char headers[200];
    unsigned id = next_random(12);
    snprintf(line, sizeof(line), "PUT /plots/exercise/features/f%u", id);
    snprintf(body, sizeof(body),
             "{\"type\":\"Feature\",\"id\":\"f%u\",\"properties\":{\"symbol\":\"nl@1/inc.brand\","
             "\"texts\":{\"n\":\"Brand %u\"},\"owner\":\"Test\"},\"geometry\":{\"type\":\"Point\","
             "\"coordinates\":[%.4f,%.4f]}}",
             id, next_random(100), 4.40 + next_random(350) / 1000.0, 51.53 + next_random(140) / 1000.0);
    static const char *const conditions[] = {"If-Match: *", "If-None-Match: *"};
    int status = 0;
    for (int i = 0; i < 2 && status / 100 != 2; i++) {
        snprintf(headers, sizeof(headers),
                 "Content-Type: application/geo+json\r\nContent-Length: %zu\r\n%s\r\n", strlen(body),
                 conditions[i]);
        status = status_of(service_ask(&service, line, headers, body));
    }
    ck_assert_int_eq(status / 100, 2);
}

/** Every tile is what a worker draws now; how many came from disk. */
static int check_tiles(void)
{
    static struct picture kept, drawn;
    char address[200];
    char behind[100];
    int from_disk = 0;
    for (int tile = 0; tile < COLUMNS * ROWS; tile++) {
        from_disk += strcmp(ask_tile(tile, &kept), "disk") == 0;
        char revision[40];
        snprintf(revision, sizeof(revision), "%s", header_of(kept.bytes, "Plottafel-Revision"));
        snprintf(behind, sizeof(behind), "?revision=%s", revision);
        write_address(address, tile, behind);
        ask(address, &drawn);
        ck_assert_msg(kept.body_length == drawn.body_length &&
                          memcmp(kept.body, drawn.body, kept.body_length) == 0,
                      "%s differs", address);
        ck_assert_str_eq(header_of(drawn.bytes, "Plottafel-Revision"), revision);
    }
    return from_disk;
}

START_TEST(after_kill_9_under_changes_every_tile_is_what_is_drawn_fresh)
{
    static struct picture picture;
    int from_disk = 0;
    for (int round = 0; round < ROUNDS; round++) {
        for (unsigned i = 0; i < 10 + next_random(12); i++) {
            if (next_random(4) == 0) {
                change();
            } else {
                ask_tile((int)next_random(COLUMNS * ROWS), &picture);
            }
        }
        change();
        pause_ms(next_random(30));
        kill_and_start();
        from_disk += check_tiles();
    }
    ck_assert_int_gt(from_disk, 0);
}
END_TEST

static double metric(const char *name)
{
    char start[100];
    snprintf(start, sizeof(start), "\nplottafel_%s ", name);
    const char *found = strstr(service_ask(&service, "GET /metrics", "", ""), start);
    return found ? strtod(found + strlen(start), NULL) : -1;
}

static void wait_metric(const char *name, double least)
{
    int64_t until_ms = monotonic_now_ms() + 5000;
    while (metric(name) < least && monotonic_now_ms() < until_ms) {
        pause_ms(10);
    }
    ck_assert_double_ge(metric(name), least);
}

/* They are drawn while it is still being found out which tiles on disk the change touched. */
START_TEST(tiles_drawn_right_after_a_change_outlive_a_kill)
{
    static struct picture before, after;
    int drawn = 0;
    for (int tile = 0; tile < COLUMNS * ROWS; tile++) {
        ask_tile(tile, &before);
    }
    wait_metric("disk_cache_written_total", COLUMNS * ROWS);
    change();
    for (int tile = 0; tile < COLUMNS * ROWS; tile++) {
        drawn += strcmp(ask_tile(tile, &before), "miss") == 0;
    }
    ck_assert_int_gt(drawn, 0);
    wait_metric("disk_cache_written_total", COLUMNS * ROWS + drawn);
    kill_and_start();
    for (int tile = 0; tile < COLUMNS * ROWS; tile++) {
        ck_assert_str_eq(ask_tile(tile, &after), "disk");
    }
}
END_TEST

START_TEST(a_restart_draws_nothing_again_and_blank_tiles_are_one)
{
    static struct picture picture;
    for (int tile = 0; tile < COLUMNS * ROWS; tile++) {
        ck_assert_str_eq(ask_tile(tile, &picture), "miss");
    }
    wait_metric("disk_cache_written_total", COLUMNS * ROWS);
    ck_assert_double_lt(metric("tile_cache_bytes"), 3000 + 256 * COLUMNS * ROWS + 1000);
    ck_assert_double_lt(metric("disk_cache_bytes"), 400 * COLUMNS * ROWS);
    stop_and_start();
    for (int tile = 0; tile < COLUMNS * ROWS; tile++) {
        ck_assert_str_eq(ask_tile(tile, &picture), "disk");
        ck_assert_str_eq(ask_tile(tile, &picture), "hit");
    }
    ck_assert_double_eq(metric("disk_cache_hits_total"), COLUMNS * ROWS);
}
END_TEST

START_TEST(a_tile_kept_under_one_marking_is_not_given_out_under_another)
{
    static struct picture picture;
    ask_tile(1, &picture);
    ck_assert_str_eq(header_of(picture.bytes, "Plottafel-Marking"), "TLP:CLEAR");
    wait_metric("disk_cache_written_total", 1);
    write_text(service.folder, "maps.yaml",
               "maps:\n"
               "  - id: situation\n"
               "    title: Situatie\n"
               "    extent: [4.4, 51.6, 4.8, 51.8]\n"
               "    marking: TLP:RED\n"
               "    items: [{plot: exercise}]\n");
    stop_and_start();
    ck_assert_str_eq(ask_tile(1, &picture), "miss");
    ck_assert_str_eq(header_of(picture.bytes, "Plottafel-Marking"), "TLP:RED");
}
END_TEST

START_TEST(a_store_of_another_history_finds_no_tiles_of_the_first)
{
    static struct picture picture;
    char path[400];
    static const char *const parts[] = {"plots.gpkg", "plots.gpkg-wal", "plots.gpkg-shm"};
    change();
    ask_tile(5, &picture);
    wait_metric("disk_cache_written_total", 1);
    service_stop(&service);
    for (size_t i = 0; i < 3; i++) {
        snprintf(path, sizeof(path), "%s/%s", service.folder, parts[i]);
        unlink(path);
    }
    service_start(&service);
    service_wait_ready(&service);
    change();
    check_tiles();
    ck_assert_double_eq(metric("disk_cache_hits_total"), 0);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("disk_restart");
    TCase *tests = tcase_create("disk_restart");
    tcase_add_checked_fixture(tests, start, stop);
    tcase_set_timeout(tests, 240);
    tcase_add_test(tests, after_kill_9_under_changes_every_tile_is_what_is_drawn_fresh);
    tcase_add_test(tests, tiles_drawn_right_after_a_change_outlive_a_kill);
    tcase_add_test(tests, a_restart_draws_nothing_again_and_blank_tiles_are_one);
    tcase_add_test(tests, a_tile_kept_under_one_marking_is_not_given_out_under_another);
    tcase_add_test(tests, a_store_of_another_history_finds_no_tiles_of_the_first);
    suite_add_tcase(suite, tests);
    return suite;
}
