/* Tiles on disk outlive the process, and none of them is stale, whenever it is killed. */
#include <stdatomic.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "geo/base/log.h"
#include "tests/service/disk_cache_world.h"

/* ---- What is kept ---- */

START_TEST(tiles_outlive_the_process_with_their_headers_but_those_of_the_state)
{
    make_file();
    struct disk_cache *cache = open_cache();
    start_at(cache, 1);
    ck_assert_uint_eq(count_tiles(cache, 1), TILES);
    struct answer *answer = read_key(cache, key_of(0, 3));
    ck_assert_str_eq(answer_content_type(answer), "image/png");
    ck_assert_str_eq(answer_header(answer, "Plottafel-Notes"), "label-unplaced;count=2");
    ck_assert_ptr_null(answer_header(answer, "Plottafel-Revision"));
    answer_unref(answer);
    ck_assert(!has_tile(cache, 1, 3, 1));
    ck_assert_uint_eq(disk_cache_state(cache).healed, 0);
    disk_cache_free(cache);
}
END_TEST

START_TEST(a_map_that_looks_different_or_is_gone_has_no_tiles)
{
    static const struct disk_map other_look[] = {{"situation", 8}, {"water", 7}};
    static const struct disk_map other_name[] = {{"water", 7}};
    make_file();
    struct disk_cache *cache = open_with(other_look, 2, MOST_BYTES);
    ck_assert(wait_open(cache));
    start_at(cache, 1);
    ck_assert_uint_eq(count_tiles(cache, 1), 0);
    ck_assert_uint_eq(disk_cache_state(cache).tiles, 0);
    disk_cache_free(cache);
    make_file();
    cache = open_with(other_name, 1, MOST_BYTES);
    ck_assert(wait_open(cache));
    struct disk_state state = state_of(1);
    disk_cache_start_afresh(cache, 0, &state);
    ck_assert_uint_eq(disk_cache_state(cache).tiles, 0);
    disk_cache_free(cache);
}
END_TEST

START_TEST(a_change_hides_all_tiles_until_it_is_known_which_are_stale)
{
    make_file();
    struct disk_cache *cache = open_cache();
    start_at(cache, 1);
    disk_cache_begin_change(cache, 0);
    ck_assert(!has_tile(cache, 0, 1, 1));
    struct disk_state state = state_of(2);
    disk_cache_end_change(cache, 0, &state);
    ck_assert(!has_tile(cache, 0, 1, 1));
    settle_all(cache);
    size_t kept = count_tiles(cache, 2);
    size_t right = 0;
    for (uint32_t i = 0; i < TILES; i++) {
        right += drawn_at(i, 1) == drawn_at(i, 2);
    }
    ck_assert_uint_eq(kept, right);
    ck_assert_uint_lt(kept, TILES);
    ck_assert_uint_gt(kept, 0);
    disk_cache_free(cache);
    cache = open_cache();
    start_at(cache, 2);
    ck_assert_uint_eq(count_tiles(cache, 2), right);
    disk_cache_free(cache);
}
END_TEST

START_TEST(a_tile_of_an_older_generation_is_not_taken_in)
{
    fresh_folder();
    struct disk_cache *cache = open_cache();
    struct tile_key key = key_of(0, 1);
    struct answer *answer = tile_of(0, 1, 1);
    start_at(cache, 1);
    uint64_t generation = disk_cache_generation(cache, 0);
    change_to(cache, 2);
    disk_cache_put(cache, &key, generation, answer);
    put(cache, 0, 2, 2);
    wait_written(cache, 1);
    ck_assert(!has_tile(cache, 0, 1, 1));
    ck_assert(has_tile(cache, 0, 2, 2));
    answer_unref(answer);
    disk_cache_free(cache);
}
END_TEST

START_TEST(the_picture_of_now_goes_on_to_the_next_moment)
{
    make_file();
    struct disk_cache *cache = open_cache();
    struct tile_key later = key_of(0, 1);
    struct disk_state state = state_of(1);
    start_at(cache, 1);
    state.now_ms = later.moment_ms = 2000;
    disk_cache_begin_change(cache, 0);
    disk_cache_end_change(cache, 0, &state);
    settle_all(cache);
    ck_assert(!has_tile(cache, 0, 1, 1));
    disk_cache_free(cache);
    cache = open_cache();
    disk_cache_start_afresh(cache, 0, &state);
    struct answer *answer = read_key(cache, later);
    ck_assert_ptr_nonnull(answer);
    answer_unref(answer);
    ck_assert_uint_eq(disk_cache_state(cache).healed, 0);
    disk_cache_free(cache);
}
END_TEST

START_TEST(a_state_with_the_same_number_but_another_commit_is_another_state)
{
    make_file();
    struct disk_cache *cache = open_cache();
    struct disk_settling settling;
    struct disk_state state = state_of(1);
    state.recorded_ms[0] = 99;
    disk_cache_start_afresh(cache, 0, &state);
    ck_assert(!has_tile(cache, 0, 1, 1));
    ck_assert(disk_cache_find_unsettled(cache, &settling));
    ck_assert(!settling.is_verified);
    disk_cache_settle_without(cache, &settling);
    ck_assert_uint_eq(count_tiles(cache, 1), 0);
    ck_assert_uint_eq(disk_cache_state(cache).tiles, 0);
    disk_cache_free(cache);
}
END_TEST

START_TEST(blank_tiles_are_one_content)
{
    fresh_folder();
    struct disk_cache *cache = open_cache();
    struct answer *blank = answer_new(200, "image/png", "blank", 5);
    start_at(cache, 1);
    for (uint32_t i = 0; i < 500; i++) {
        struct tile_key key = key_of(0, i);
        disk_cache_put(cache, &key, disk_cache_generation(cache, 0), blank);
    }
    answer_unref(blank);
    wait_written(cache, 500);
    struct disk_cache_state state = disk_cache_state(cache);
    ck_assert_uint_eq(state.tiles, 500);
    disk_cache_free(cache);
    sqlite3 *database;
    sqlite3_stmt *statement;
    ck_assert_int_eq(sqlite3_open(file_path(), &database), SQLITE_OK);
    sqlite3_prepare_v2(database, "SELECT count(*) FROM contents", -1, &statement, NULL);
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    ck_assert_int_eq(sqlite3_column_int(statement, 0), 1);
    sqlite3_finalize(statement);
    sqlite3_close(database);
    cache = open_cache();
    start_at(cache, 1);
    struct answer *answer = read_key(cache, key_of(0, 499));
    ck_assert_ptr_nonnull(answer);
    answer_unref(answer);
    disk_cache_free(cache);
}
END_TEST

START_TEST(the_file_keeps_within_its_bytes_and_the_last_used_tiles_stay)
{
    fresh_folder();
    size_t most = 1 << 20;
    struct stat status;
    struct disk_cache *cache = open_with(usual_maps, 2, most);
    ck_assert(wait_open(cache));
    start_at(cache, 1);
    for (uint32_t i = 0; i < 4000; i++) {
        put(cache, 0, i, 1);
        if (i % 100 == 0) {
            wait_written(cache, i + 1 - disk_cache_state(cache).evicted / 2);
            has_tile(cache, 0, 0, 1);
        }
    }
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (!has_tile(cache, 0, 3999, 1) && monotonic_now_ms() < until_ms) {
        nap();
    }
    ck_assert(has_tile(cache, 0, 0, 1));
    ck_assert(!has_tile(cache, 0, 1000, 1));
    ck_assert_uint_le(disk_cache_state(cache).bytes, most);
    disk_cache_free(cache);
    ck_assert_int_eq(stat(file_path(), &status), 0);
    ck_assert_uint_le((size_t)status.st_size, most + most / 4 + 300 * 1024);
}
END_TEST

/* ---- The law ---- */

/** Changes and puts without end; is killed at any moment. */
static void live(volatile uint64_t *committed)
{
    uint64_t revision = *committed;
    unsigned state = (unsigned)revision * 31u + 7u;
    struct disk_cache *cache = open_cache();
    start_at(cache, revision);
    settle_all(cache);
    for (;;) {
        for (int i = 0; i < 6; i++) {
            state = state * 1664525u + 1013904223u;
            put(cache, 0, (state >> 8) % TILES, revision);
        }
        if (state >> 20 & 1) {
            nap();
        }
        *committed = ++revision; /* as the store does: first of all */
        change_to(cache, revision);
        if (state >> 21 & 1) {
            settle_all(cache);
        }
    }
}

START_TEST(after_kill_9_at_any_moment_every_tile_is_right)
{
    uint64_t *committed =
        mmap(NULL, sizeof(*committed), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    size_t found = 0;
    ck_assert_ptr_ne(committed, MAP_FAILED);
    *committed = 1;
    fresh_folder();
    for (int round = 0; round < 30; round++) {
        pid_t child = fork();
        if (child == 0) {
            live(committed);
        }
        nanosleep(&(struct timespec){0, 20000000 + round * 3000000}, NULL);
        kill(child, SIGKILL);
        waitpid(child, NULL, 0);
        struct disk_cache *cache = open_cache();
        ck_assert_uint_eq(disk_cache_state(cache).healed, 0);
        start_at(cache, *committed);
        settle_all(cache);
        found += count_tiles(cache, *committed);
        disk_cache_free(cache);
    }
    ck_assert_uint_gt(*committed, 100);
    ck_assert_uint_gt(found, 30);
    munmap(committed, sizeof(*committed));
}
END_TEST

START_TEST(after_kill_9_tiles_that_no_change_touched_are_there)
{
    fresh_folder();
    pid_t child = fork();
    if (child == 0) {
        struct disk_cache *cache = open_cache();
        start_at(cache, 1);
        put_all(cache, 1);
        change_to(cache, 2); /* and never settled */
        kill(getpid(), SIGKILL);
    }
    waitpid(child, NULL, 0);
    struct disk_cache *cache = open_cache();
    start_at(cache, 2);
    ck_assert_uint_eq(count_tiles(cache, 2), 0);
    settle_all(cache);
    ck_assert_uint_gt(count_tiles(cache, 2), 0);
    disk_cache_free(cache);
}
END_TEST

#define MANY_TILES 20000

/** Someone who needs the lock now and then while a large map is settled. */
struct bystander {
    struct disk_cache *cache;
    atomic_bool is_over;
    atomic_uint turns;
    atomic_llong longest_us;
};

static long long now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000000LL + now.tv_nsec / 1000;
}

static void *stand_by(void *context)
{
    struct bystander *bystander = context;
    while (!atomic_load(&bystander->is_over)) {
        long long started_us = now_us();
        disk_cache_generation(bystander->cache, 1);
        long long waited_us = now_us() - started_us;
        if (waited_us > atomic_load(&bystander->longest_us)) {
            atomic_store(&bystander->longest_us, waited_us);
        }
        atomic_fetch_add(&bystander->turns, 1);
        nanosleep(&(struct timespec){0, 20000}, NULL);
    }
    return NULL;
}

/** Blank tiles, as most of a large map are. */
static void put_many(struct disk_cache *cache)
{
    struct answer *blank = tile_of(0, 0, 1);
    uint64_t generation = disk_cache_generation(cache, 0);
    for (uint32_t i = 0; i < MANY_TILES; i++) {
        struct tile_key key = key_of(0, i);
        disk_cache_put(cache, &key, generation, blank);
        if (i % 5000 == 4999) {
            wait_written(cache, i + 1);
        }
    }
    answer_unref(blank);
}

START_TEST(others_get_their_turn_while_a_large_map_is_settled)
{
    size_t count;
    pthread_t thread;
    struct disk_settling settling;
    fresh_folder();
    struct disk_cache *cache = open_with(usual_maps, 2, 1u << 30);
    wait_open(cache);
    start_at(cache, 1);
    put_many(cache);
    change_to(cache, 2);
    ck_assert(disk_cache_find_unsettled(cache, &settling));
    struct bystander bystander = {.cache = cache};
    ck_assert_int_eq(pthread_create(&thread, NULL, stand_by, &bystander), 0);
    struct tile_cache_entry *entries = disk_cache_list(cache, 0, &count);
    ck_assert_uint_eq(count, MANY_TILES);
    bool *is_stale = memory_new(count, sizeof(*is_stale));
    memset(is_stale, true, count / 2 * sizeof(*is_stale));
    disk_cache_settle(cache, &settling, entries, is_stale, count);
    atomic_store(&bystander.is_over, true);
    pthread_join(thread, NULL);
    ck_assert_uint_eq(disk_cache_state(cache).tiles, MANY_TILES / 2);
    ck_assert(!disk_cache_find_unsettled(cache, &settling));
    ck_assert_uint_gt(bystander.turns, MANY_TILES / 1000);
    ck_assert_msg(bystander.longest_us < 200000, "%lld us", (long long)bystander.longest_us);
    disk_cache_free(cache);
    cache = open_with(usual_maps, 2, 1u << 30);
    wait_open(cache);
    ck_assert_uint_eq(disk_cache_state(cache).tiles, MANY_TILES / 2);
    disk_cache_free(cache);
    free(is_stale);
    free(entries);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("disk_cache");
    TCase *tests = tcase_create("disk_cache");
    tcase_set_timeout(tests, 240);
    log_open(LOG_PLAIN, LOG_ERROR);
    tcase_add_test(tests, tiles_outlive_the_process_with_their_headers_but_those_of_the_state);
    tcase_add_test(tests, a_map_that_looks_different_or_is_gone_has_no_tiles);
    tcase_add_test(tests, a_change_hides_all_tiles_until_it_is_known_which_are_stale);
    tcase_add_test(tests, a_tile_of_an_older_generation_is_not_taken_in);
    tcase_add_test(tests, the_picture_of_now_goes_on_to_the_next_moment);
    tcase_add_test(tests, a_state_with_the_same_number_but_another_commit_is_another_state);
    tcase_add_test(tests, blank_tiles_are_one_content);
    tcase_add_test(tests, the_file_keeps_within_its_bytes_and_the_last_used_tiles_stay);
    tcase_add_test(tests, after_kill_9_at_any_moment_every_tile_is_right);
    tcase_add_test(tests, after_kill_9_tiles_that_no_change_touched_are_there);
    tcase_add_test(tests, others_get_their_turn_while_a_large_map_is_settled);
    suite_add_tcase(suite, tests);
    return suite;
}
