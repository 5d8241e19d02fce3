/* What is on disk is believed only as far as it proves itself: whatever happens to the file, no wrong byte.
 */
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/log.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "render/service/answer.h"
#include "render/service/disk_cache.h"
#include "render/service/disk_cache_file.h"
#include "render/service/tile_cache.h"
#include "tests/support/runner.h"

#define TILES 24
#define BODY_BYTES 900
#define MOST_BYTES (8u << 20)
#define WAIT_MS 8000

static const struct disk_map usual_maps[] = {{"situation", 7}, {"water", 7}};

/* ---- A world in which the right bytes of each tile at each revision are known ---- */

static uint64_t scramble(uint64_t number)
{
    number = (number + 1) * 0x9e3779b97f4a7c15u;
    return number ^ number >> 31;
}

/** The last revision up to this one that changed the tile. */
static uint64_t drawn_at(uint32_t column, uint64_t revision)
{
    while (revision > 0 && scramble(column * 1000003u + revision) % 5 != 0) {
        revision--;
    }
    return revision;
}

static void fill_body(char body[static BODY_BYTES], uint16_t map, uint32_t column, uint64_t revision)
{
    uint64_t number = scramble(column + 1000 * map) + drawn_at(column, revision);
    for (size_t i = 0; i < BODY_BYTES; i++) {
        number = scramble(number);
        body[i] = (char)number;
    }
}

static struct answer *tile_of(uint16_t map, uint32_t column, uint64_t revision)
{
    char body[BODY_BYTES];
    fill_body(body, map, column, revision);
    struct answer *answer = answer_new(200, "image/png", body, sizeof(body));
    answer_set_etag(answer, "0123456789abcdef");
    answer_add_header(answer, "Cache-Control", "no-cache");
    answer_add_header(answer, "Plottafel-Notes", "label-unplaced;count=2");
    answer_add_header(answer, "Plottafel-Revision", "5");
    return answer;
}

static struct tile_key key_of(uint16_t map, uint32_t column)
{
    return (struct tile_key){
        .map = map, .form = tile_form_plain(), .address = {10, column, 3}, .moment_ms = 1000};
}

static struct disk_state state_of(uint64_t revision)
{
    return (struct disk_state){
        .plot_count = 1, .revisions = {revision}, .recorded_ms = {(int64_t)revision * 10}, .now_ms = 1000};
}

/* ---- The cache, as a test uses it ---- */

static char folder[300];

static void fresh_folder(void)
{
    static int number;
    snprintf(folder, sizeof(folder), "%s/disk-cache-%d-%d", test_folder(), (int)getpid(), number++);
}

static const char *file_path(void)
{
    static char path[400];
    snprintf(path, sizeof(path), "%s/tiles.sqlite", folder);
    return path;
}

static void nap(void)
{
    nanosleep(&(struct timespec){0, 1000000}, NULL);
}

static struct disk_cache *open_with(const struct disk_map *maps, size_t count, size_t most_bytes)
{
    struct fault fault;
    struct disk_cache_options options = {folder, most_bytes, maps, count};
    struct disk_cache *cache = disk_cache_new(&options, &fault);
    ck_assert_ptr_nonnull(cache);
    return cache;
}

/** Waits until the file is open, or cannot be. */
static bool wait_open(struct disk_cache *cache)
{
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (!disk_cache_state(cache).is_open && disk_cache_state(cache).faults == 0 &&
           monotonic_now_ms() < until_ms) {
        nap();
    }
    while (!disk_cache_state(cache).is_open && disk_cache_state(cache).faults < 3 &&
           monotonic_now_ms() < until_ms) {
        nap();
    }
    return disk_cache_state(cache).is_open;
}

static struct disk_cache *open_cache(void)
{
    struct disk_cache *cache = open_with(usual_maps, 2, MOST_BYTES);
    wait_open(cache);
    return cache;
}

/** The store was opened at a revision, for both maps. */
static void start_at(struct disk_cache *cache, uint64_t revision)
{
    struct disk_state state = state_of(revision);
    disk_cache_start_afresh(cache, 0, &state);
    disk_cache_start_afresh(cache, 1, &state);
}

static void put(struct disk_cache *cache, uint16_t map, uint32_t column, uint64_t revision)
{
    struct tile_key key = key_of(map, column);
    struct answer *answer = tile_of(map, column, revision);
    disk_cache_put(cache, &key, disk_cache_generation(cache, map), answer);
    answer_unref(answer);
}

static void wait_written(struct disk_cache *cache, uint64_t count)
{
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (disk_cache_state(cache).written < count && monotonic_now_ms() < until_ms) {
        nap();
    }
    ck_assert_uint_ge(disk_cache_state(cache).written, count);
}

static void put_all(struct disk_cache *cache, uint64_t revision)
{
    uint64_t written = disk_cache_state(cache).written;
    for (uint32_t i = 0; i < TILES; i++) {
        put(cache, 0, i, revision);
    }
    wait_written(cache, written + TILES);
}

/** What a question got. */
struct reply {
    pthread_mutex_t lock;
    pthread_cond_t there;
    bool is_there;
    struct answer *answer;
};

static void take_reply(struct answer *answer, const struct disk_state *state, void *context)
{
    struct reply *reply = context;
    (void)state;
    pthread_mutex_lock(&reply->lock);
    reply->answer = answer;
    reply->is_there = true;
    pthread_cond_signal(&reply->there);
    pthread_mutex_unlock(&reply->lock);
}

/** NULL: it is not on disk. */
static struct answer *read_key(struct disk_cache *cache, struct tile_key key)
{
    struct reply reply = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, false, NULL};
    if (disk_cache_read(cache, &key, (struct disk_cache_reader){take_reply, &reply})) {
        pthread_mutex_lock(&reply.lock);
        while (!reply.is_there) {
            pthread_cond_wait(&reply.there, &reply.lock);
        }
        pthread_mutex_unlock(&reply.lock);
    }
    return reply.answer;
}

/** Is the tile on disk? Then it must be the right one. */
static bool has_tile(struct disk_cache *cache, uint16_t map, uint32_t column, uint64_t revision)
{
    char body[BODY_BYTES];
    size_t length = 0;
    struct answer *answer = read_key(cache, key_of(map, column));
    if (!answer) {
        return false;
    }
    fill_body(body, map, column, revision);
    const char *bytes = answer_bytes(answer, &length);
    ck_assert_uint_eq(length, BODY_BYTES);
    ck_assert_mem_eq(bytes, body, BODY_BYTES);
    ck_assert_str_eq(answer_etag(answer), "\"0123456789abcdef\"");
    answer_unref(answer);
    return true;
}

static size_t count_tiles(struct disk_cache *cache, uint64_t revision)
{
    size_t count = 0;
    for (uint32_t i = 0; i < TILES; i++) {
        count += has_tile(cache, 0, i, revision);
    }
    return count;
}

/** Settles all maps as the workers would: a tile is stale when it was drawn anew in between. */
static void settle_all(struct disk_cache *cache)
{
    struct disk_settling settling;
    while (disk_cache_find_unsettled(cache, &settling)) {
        size_t count;
        struct tile_cache_entry *entries = disk_cache_list(cache, settling.map, &count);
        bool *is_stale = memory_new(count, sizeof(*is_stale));
        for (size_t i = 0; i < count; i++) {
            uint32_t column = entries[i].key.address.column;
            is_stale[i] = drawn_at(column, settling.before.revisions[0]) !=
                          drawn_at(column, settling.after.revisions[0]);
        }
        disk_cache_settle(cache, &settling, entries, is_stale, count);
        free(is_stale);
        free(entries);
    }
}

static void change_to(struct disk_cache *cache, uint64_t revision)
{
    struct disk_state state = state_of(revision);
    disk_cache_begin_change(cache, 0);
    disk_cache_end_change(cache, 0, &state);
}

/** A closed file with all tiles of revision 1. */
static void make_file(void)
{
    fresh_folder();
    struct disk_cache *cache = open_cache();
    start_at(cache, 1);
    put_all(cache, 1);
    disk_cache_free(cache);
}

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

/* ---- Whatever happens to the file ---- */

/** Opens what is there now: all that is given out is right, and afterwards everything works. */
static void check_heals(void)
{
    struct disk_cache *cache = open_cache();
    start_at(cache, 1);
    settle_all(cache);
    count_tiles(cache, 1);
    for (uint32_t i = 0; i < TILES; i++) {
        put(cache, 0, i, 1);
    }
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (count_tiles(cache, 1) < TILES && monotonic_now_ms() < until_ms) {
        nap();
        for (uint32_t i = 0; i < TILES; i++) {
            put(cache, 0, i, 1);
        }
    }
    ck_assert_uint_eq(count_tiles(cache, 1), TILES);
    disk_cache_free(cache);
}

static void write_file(const char *bytes, size_t length)
{
    char wal[420];
    FILE *file = fopen(file_path(), "w");
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(fwrite(bytes, 1, length, file), length);
    fclose(file);
    snprintf(wal, sizeof(wal), "%s-wal", file_path());
    unlink(wal);
}

START_TEST(no_flipped_byte_ever_gives_a_wrong_tile)
{
    struct fault fault;
    size_t length;
    make_file();
    char *bytes = file_read(file_path(), 1 << 24, &length, &fault);
    ck_assert_ptr_nonnull(bytes);
    size_t step = length / 150 | 1;
    for (size_t i = 0; i < length; i += i < 120 ? 7 : step) {
        bytes[i] ^= (char)(1 << i % 8);
        write_file(bytes, length);
        check_heals();
        bytes[i] ^= (char)(1 << i % 8);
    }
    free(bytes);
}
END_TEST

START_TEST(no_cut_file_ever_gives_a_wrong_tile)
{
    struct fault fault;
    size_t length;
    make_file();
    char *bytes = file_read(file_path(), 1 << 24, &length, &fault);
    ck_assert_ptr_nonnull(bytes);
    for (size_t i = 0; i < length; i += length / 19) {
        write_file(bytes, i);
        check_heals();
    }
    free(bytes);
}
END_TEST

static void run_sql(const char *sql)
{
    sqlite3 *database;
    char *message = NULL;
    ck_assert_int_eq(sqlite3_open(file_path(), &database), SQLITE_OK);
    ck_assert_msg(sqlite3_exec(database, sql, NULL, NULL, &message) == SQLITE_OK, "%s: %s", sql, message);
    sqlite3_close(database);
}

START_TEST(no_swapped_forged_or_missing_row_ever_gives_a_wrong_tile)
{
    static const char *const deeds[] = {
        "UPDATE contents SET bytes = (SELECT bytes FROM contents ORDER BY hash DESC LIMIT 1)",
        "UPDATE contents SET bytes = NULL",
        "UPDATE contents SET bytes = 'text'",
        "DELETE FROM contents WHERE rowid % 2 = 0",
        "UPDATE tiles SET content = (SELECT content FROM tiles ORDER BY id DESC LIMIT 1)",
        "UPDATE tiles SET tile_column = 23 - tile_column",
        "UPDATE tiles SET map = 'water'",
        "UPDATE tiles SET map = NULL WHERE id = 3",
        "UPDATE tiles SET palette = 3, moment_ms = 0 WHERE id < 5",
        "UPDATE tiles SET length = -1",
        "UPDATE tiles SET zoom = 'ten'",
        "DELETE FROM tiles WHERE id = 7",
        "INSERT INTO tiles SELECT id + 1000, map, tile_matrix_set, format, pixel_ratio, size_px, palette, "
        "zoom, "
        "tile_column + 100, tile_row, moment_ms, fixed_revision, content, length, seal FROM tiles",
        "DELETE FROM maps",
        "UPDATE maps SET look = 8",
        "UPDATE maps SET state = x'00'",
        "UPDATE maps SET state = zeroblob(100000)",
        "UPDATE maps SET tiles = 3",
        "UPDATE maps SET seals = 0",
        "UPDATE maps SET name = 'other' WHERE name = 'water'; UPDATE maps SET name = 'water' WHERE name = "
        "'situation'",
        "DROP TABLE contents",
        "DROP TABLE tiles; CREATE TABLE tiles (id INTEGER PRIMARY KEY, other TEXT)",
        "PRAGMA application_id = 5",
    };
    for (size_t i = 0; i < sizeof(deeds) / sizeof(deeds[0]); i++) {
        make_file();
        run_sql(deeds[i]);
        check_heals();
    }
}
END_TEST

START_TEST(a_row_that_was_deleted_does_not_come_back)
{
    make_file();
    run_sql("CREATE TABLE kept AS SELECT * FROM tiles; CREATE TABLE kept_contents AS SELECT * FROM contents");
    struct disk_cache *cache = open_cache();
    start_at(cache, 1);
    change_to(cache, 2);
    settle_all(cache);
    disk_cache_free(cache);
    run_sql("INSERT OR IGNORE INTO tiles SELECT * FROM kept;"
            "INSERT OR IGNORE INTO contents SELECT * FROM kept_contents");
    cache = open_cache();
    start_at(cache, 2);
    settle_all(cache);
    count_tiles(cache, 2); /* asserts that each is of revision 2 */
    disk_cache_free(cache);
}
END_TEST

START_TEST(other_things_under_its_name_are_put_aside)
{
    static const char *const contents[] = {"", "x", "SQLite format 3",
                                           "this is no database, but it is long "};
    for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++) {
        fresh_folder();
        ck_assert_int_eq(mkdir(folder, 0700), 0);
        write_file(contents[i], strlen(contents[i]));
        check_heals();
    }
    fresh_folder();
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    run_sql("CREATE TABLE plots (name TEXT); INSERT INTO plots VALUES ('of another program')");
    check_heals();
    char aside[420];
    snprintf(aside, sizeof(aside), "%s.broken", file_path());
    ck_assert(file_exists(aside));
}
END_TEST

START_TEST(a_folder_that_cannot_be_costs_the_tiles_only)
{
    fresh_folder();
    FILE *file = fopen(folder, "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
    struct fault fault;
    struct disk_cache *cache = open_with(usual_maps, 2, MOST_BYTES);
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (disk_cache_state(cache).faults == 0 && monotonic_now_ms() < until_ms) {
        nap();
    }
    start_at(cache, 1);
    put(cache, 0, 1, 1);
    ck_assert(!has_tile(cache, 0, 1, 1));
    ck_assert(!disk_cache_state(cache).is_open);
    unlink(folder);
    until_ms = monotonic_now_ms() + 5000;
    while (!disk_cache_state(cache).is_open && monotonic_now_ms() < until_ms) {
        nap();
    }
    put(cache, 0, 1, 1);
    wait_written(cache, 1);
    ck_assert(has_tile(cache, 0, 1, 1));
    disk_cache_free(cache);
    ck_assert(!disk_cache_check_folder("/proc/plottafel/tiles", &fault));
    ck_assert_str_ne(fault.message, "");
}
END_TEST

START_TEST(only_one_cache_has_a_file)
{
    make_file();
    struct disk_cache *first = open_cache();
    start_at(first, 1);
    struct disk_cache *second = open_with(usual_maps, 2, MOST_BYTES);
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (disk_cache_state(second).faults == 0 && monotonic_now_ms() < until_ms) {
        nap();
    }
    ck_assert(!disk_cache_state(second).is_open);
    ck_assert_uint_eq(count_tiles(first, 1), TILES);
    disk_cache_free(first);
    disk_cache_free(second);
}
END_TEST

/** Puts tiles until the file cannot grow; what is given out stays right. */
static void fill_up(struct disk_cache *cache)
{
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    for (uint32_t i = TILES; disk_cache_state(cache).faults == 0 && monotonic_now_ms() < until_ms; i++) {
        put(cache, 0, i, 1);
        has_tile(cache, 0, i / 2, 1);
    }
    ck_assert_uint_gt(disk_cache_state(cache).faults, 0);
}

/** After there is room again: within five seconds tiles are kept. */
static void check_recovers(struct disk_cache *cache)
{
    static uint32_t column = 5000000; /* one that is not there yet */
    int64_t until_ms = monotonic_now_ms() + 5000;
    uint64_t written = disk_cache_state(cache).written;
    while (disk_cache_state(cache).written == written && monotonic_now_ms() < until_ms) {
        settle_all(cache);
        put(cache, 0, column++, 1);
        nap();
    }
    ck_assert_uint_gt(disk_cache_state(cache).written, written);
    count_tiles(cache, 1);
}

START_TEST(a_file_that_may_not_grow_is_done_without_until_it_may)
{
    struct rlimit before;
    struct rlimit small;
    make_file();
    struct disk_cache *cache = open_cache();
    start_at(cache, 1);
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before);
    small = (struct rlimit){700 * 1024, before.rlim_max};
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &small), 0);
    fill_up(cache);
    ck_assert_int_eq(setrlimit(RLIMIT_FSIZE, &before), 0);
    check_recovers(cache);
    disk_cache_free(cache);
    check_heals();
}
END_TEST

START_TEST(a_full_disk_and_one_that_is_read_only_are_done_without_until_they_are_not)
{
    fresh_folder();
    ck_assert_int_eq(mkdir(folder, 0700), 0);
    if (mount("tmpfs", folder, "tmpfs", 0, "size=1m") != 0) {
        return; /* not root: the test before has to do */
    }
    struct disk_cache *cache = open_with(usual_maps, 2, 64u << 20);
    ck_assert(wait_open(cache));
    start_at(cache, 1);
    fill_up(cache);
    ck_assert_int_eq(mount("tmpfs", folder, "tmpfs", MS_REMOUNT, "size=64m"), 0);
    check_recovers(cache);
    disk_cache_free(cache);
    ck_assert_int_eq(mount("tmpfs", folder, "tmpfs", MS_REMOUNT | MS_RDONLY, "size=64m"), 0);
    cache = open_with(usual_maps, 2, 64u << 20);
    int64_t until_ms = monotonic_now_ms() + WAIT_MS;
    while (disk_cache_state(cache).faults == 0 && monotonic_now_ms() < until_ms) {
        nap();
    }
    start_at(cache, 1);
    ck_assert(!has_tile(cache, 0, 1, 1));
    ck_assert_int_eq(mount("tmpfs", folder, "tmpfs", MS_REMOUNT, "size=64m"), 0);
    check_recovers(cache);
    disk_cache_free(cache);
    umount(folder);
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
    tcase_add_test(tests, no_flipped_byte_ever_gives_a_wrong_tile);
    tcase_add_test(tests, no_cut_file_ever_gives_a_wrong_tile);
    tcase_add_test(tests, no_swapped_forged_or_missing_row_ever_gives_a_wrong_tile);
    tcase_add_test(tests, a_row_that_was_deleted_does_not_come_back);
    tcase_add_test(tests, other_things_under_its_name_are_put_aside);
    tcase_add_test(tests, a_folder_that_cannot_be_costs_the_tiles_only);
    tcase_add_test(tests, only_one_cache_has_a_file);
    tcase_add_test(tests, a_file_that_may_not_grow_is_done_without_until_it_may);
    tcase_add_test(tests, a_full_disk_and_one_that_is_read_only_are_done_without_until_they_are_not);
    tcase_add_test(tests, after_kill_9_at_any_moment_every_tile_is_right);
    tcase_add_test(tests, after_kill_9_tiles_that_no_change_touched_are_there);
    suite_add_tcase(suite, tests);
    return suite;
}
