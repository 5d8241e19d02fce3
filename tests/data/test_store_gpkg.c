/*
 * test_store_gpkg.c - what other programs see of a store, what they cannot do to it, and its settings.
 */
#include "data/store_gpkg.h"

#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "tests/data/make_store.h"

static struct store *store;
static char *path;

static void set_up(void)
{
    static int number; /* counts when the tests share a process, the process number when not */
    char name[48];
    snprintf(name, sizeof name, "gpkg-%ld-%d.gpkg", (long)getpid(), number++);
    path = path_of(name);
    store = make_store(path);
}

static void tear_down(void)
{
    store_close(store);
    free(path);
}

/* The first value that SQL gives in the connection, as text; owned by the caller. */
static char *ask(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = NULL;
    ck_assert_msg(sqlite3_prepare_v2(database, sql, -1, &statement, NULL) == SQLITE_OK, "%s",
                  sqlite3_errmsg(database));
    ck_assert_int_eq(sqlite3_step(statement), SQLITE_ROW);
    char *answer = memory_copy_text((const char *)sqlite3_column_text(statement, 0));
    sqlite3_finalize(statement);
    return answer;
}

static void check_answer(sqlite3 *database, const char *sql, const char *expected)
{
    char *answer = ask(database, sql);
    ck_assert_msg(strcmp(answer, expected) == 0, "%s: %s", sql, answer);
    free(answer);
}

static sqlite3 *open_as_stranger(void)
{
    sqlite3 *database = NULL;
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
    sqlite3_busy_timeout(database, 1000);
    return database;
}

START_TEST(the_settings_that_durability_hangs_on_are_set)
{
    check_answer(store->database, "PRAGMA journal_mode", "wal");
    check_answer(store->database, "PRAGMA synchronous", "2");
    check_answer(store->database, "PRAGMA foreign_keys", "1");
    check_answer(store->database, "PRAGMA trusted_schema", "0");
    struct store *reader = open_good(path, STORE_READER);
    check_answer(reader->database, "PRAGMA wal_autocheckpoint", "0");
    check_answer(reader->database, "PRAGMA query_only", "1");
    check_answer(reader->database, "PRAGMA trusted_schema", "0");
    store_close(reader);
}
END_TEST

START_TEST(the_layer_of_a_plot_shows_its_current_state)
{
    commit_point(store, "a", 4, 1000);
    commit_point(store, "b", 5, 2000);
    commit_point(store, "a", 6, 3000);
    struct change removal = removal_of("b", CHANGE_ANY_REVISION);
    commit_good(store, &removal, 1, 4000);
    struct feature *feature = make_point("c", 7, 51);
    feature->valid_from_ms = 1789468200123;
    struct change change = put(feature, 0);
    commit_good(store, &change, 1, 5000);
    sqlite3 *stranger = open_as_stranger();
    check_answer(stranger, "SELECT group_concat(feature_id || revision, ' ') FROM plot_hollands_diep",
                 "a3 c5");
    check_answer(stranger, "SELECT name FROM plot_hollands_diep WHERE feature_id = 'a'", "UGS Noord");
    check_answer(stranger, "SELECT valid_from FROM plot_hollands_diep WHERE feature_id = 'c'",
                 "2026-09-15T10:30:00.123Z");
    check_answer(stranger,
                 "SELECT min_x || ' ' || max_x FROM gpkg_contents WHERE table_name = 'plot_hollands_diep'",
                 "4.0 7.0");
    sqlite3_close(stranger);
}
END_TEST

START_TEST(other_programs_cannot_change_what_was_recorded)
{
    static const char *const attempts[] = {
        "UPDATE feature_version SET symbol = 'x'",
        "DELETE FROM feature_version",
        "UPDATE revision SET recorded_ms = 0",
        "DELETE FROM revision",
        "UPDATE plot_hollands_diep SET name = 'x'",
        "DELETE FROM plot_hollands_diep",
        "INSERT INTO plot_hollands_diep (geometry, feature_id, symbol, revision, recorded)"
        " VALUES (x'00', 'z', 'nl@1/bw.ugs', 1, '2026-01-01')",
        "INSERT INTO plot_hollands_diep SELECT fid + 100, geometry, 'z', symbol, name, count, time, "
        "organisation,"
        " hazard, victims, remark, owner, source, valid_from, valid_to, revision, recorded FROM "
        "plot_hollands_diep",
    };
    commit_point(store, "a", 4, 1000);
    sqlite3 *stranger = open_as_stranger();
    for (size_t i = 0; i < sizeof attempts / sizeof attempts[0]; i++) {
        ck_assert_msg(sqlite3_exec(stranger, attempts[i], NULL, NULL, NULL) == SQLITE_CONSTRAINT, "%s",
                      attempts[i]);
    }
    check_answer(stranger, "SELECT count(*) FROM plot_hollands_diep", "1");
    sqlite3_close(stranger);
}
END_TEST

static void run_as_stranger(const char *sql)
{
    store_close(store);
    sqlite3 *stranger = open_as_stranger();
    ck_assert_msg(sqlite3_exec(stranger, sql, NULL, NULL, NULL) == SQLITE_OK, "%s", sqlite3_errmsg(stranger));
    sqlite3_close(stranger);
    store = NULL;
}

static void check_refused(const char *words)
{
    static const enum store_mode modes[] = {STORE_READER, STORE_WRITER};
    for (size_t i = 0; i < 2; i++) {
        struct fault fault = {0};
        ck_assert_ptr_null(store_open(path, modes[i], &fault));
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        ck_assert_msg(strstr(fault.message, words), "%s", fault.message);
    }
}

START_TEST(a_store_of_a_newer_program_is_refused)
{
    run_as_stranger("UPDATE plottafel_format SET version = 99");
    check_refused("newer version");
}
END_TEST

START_TEST(another_geopackage_is_refused)
{
    run_as_stranger("DROP TABLE plottafel_format");
    check_refused("no store of plots");
}
END_TEST

START_TEST(another_database_is_refused)
{
    run_as_stranger("PRAGMA application_id = 7");
    check_refused("no GeoPackage");
}
END_TEST

START_TEST(a_version_that_cannot_be_understood_is_named)
{
    commit_point(store, "a", 4, 1000);
    store_close(store);
    store = NULL;
    sqlite3 *stranger = open_as_stranger();
    ck_assert_int_eq(sqlite3_exec(stranger,
                                  "DROP TRIGGER feature_version_stays;"
                                  "UPDATE feature_version SET geometry = substr(geometry, 1, 20)",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(stranger);
    store = open_good(path, STORE_WRITER);
    struct fault fault = {0};
    ck_assert_ptr_null(store_read_plot(store, exercise.name, 0, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "version 1, feature 'a'"));
    ck_assert_ptr_nonnull(strstr(fault.message, "cut off"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("store_gpkg");
    TCase *gpkg = tcase_create("gpkg");
    tcase_add_checked_fixture(gpkg, set_up, tear_down);
    tcase_add_test(gpkg, the_settings_that_durability_hangs_on_are_set);
    tcase_add_test(gpkg, the_layer_of_a_plot_shows_its_current_state);
    tcase_add_test(gpkg, other_programs_cannot_change_what_was_recorded);
    tcase_add_test(gpkg, a_store_of_a_newer_program_is_refused);
    tcase_add_test(gpkg, another_geopackage_is_refused);
    tcase_add_test(gpkg, another_database_is_refused);
    tcase_add_test(gpkg, a_version_that_cannot_be_understood_is_named);
    suite_add_tcase(suite, gpkg);
    return suite;
}
