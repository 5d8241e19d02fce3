/* What is on disk is believed only as far as it proves itself: whatever happens to the file, no wrong byte.
 */
#include <signal.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "geo/base/file.h"
#include "geo/base/log.h"
#include "tests/service/disk_cache_world.h"

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
    ck_assert(!disk_cache_check_folder("/nowhere/at/all/tiles", &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "the two above it are not there either"));
    ck_assert_str_ne(fault.message, "");
}
END_TEST

/* It would take in all that is written and show it to nobody. */
START_TEST(a_file_that_was_taken_away_is_made_anew)
{
    make_file();
    struct disk_cache *cache = open_cache();
    start_at(cache, 1);
    char command[400];
    snprintf(command, sizeof(command), "rm -r '%s'", folder);
    ck_assert_int_eq(system(command), 0);
    int64_t until_ms = monotonic_now_ms() + 5000;
    for (uint32_t i = TILES; !file_exists(file_path()) && monotonic_now_ms() < until_ms; i++) {
        put(cache, 0, i, 1);
        nap();
    }
    wait_open(cache);
    put_all(cache, 1);
    disk_cache_free(cache);
    cache = open_cache();
    start_at(cache, 1);
    ck_assert_uint_eq(count_tiles(cache, 1), TILES);
    disk_cache_free(cache);
}
END_TEST

START_TEST(asking_whether_a_folder_can_be_used_does_not_make_it)
{
    struct fault fault;
    fresh_folder();
    ck_assert(disk_cache_check_folder(folder, &fault));
    ck_assert(access(folder, F_OK) != 0);
    FILE *file = fopen(folder, "w");
    ck_assert_ptr_nonnull(file);
    fclose(file);
    ck_assert(!disk_cache_check_folder(folder, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "is no folder"));
    unlink(folder);
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

Suite *test_suite(void)
{
    Suite *suite = suite_create("disk_cache_harm");
    TCase *tests = tcase_create("disk_cache_harm");
    tcase_set_timeout(tests, 240);
    log_open(LOG_PLAIN, LOG_ERROR);
    tcase_add_test(tests, no_flipped_byte_ever_gives_a_wrong_tile);
    tcase_add_test(tests, no_cut_file_ever_gives_a_wrong_tile);
    tcase_add_test(tests, no_swapped_forged_or_missing_row_ever_gives_a_wrong_tile);
    tcase_add_test(tests, a_row_that_was_deleted_does_not_come_back);
    tcase_add_test(tests, other_things_under_its_name_are_put_aside);
    tcase_add_test(tests, a_folder_that_cannot_be_costs_the_tiles_only);
    tcase_add_test(tests, a_file_that_was_taken_away_is_made_anew);
    tcase_add_test(tests, asking_whether_a_folder_can_be_used_does_not_make_it);
    tcase_add_test(tests, only_one_cache_has_a_file);
    tcase_add_test(tests, a_file_that_may_not_grow_is_done_without_until_it_may);
    tcase_add_test(tests, a_full_disk_and_one_that_is_read_only_are_done_without_until_they_are_not);
    suite_add_tcase(suite, tests);
    return suite;
}
