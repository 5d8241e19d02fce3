/*
 * test_store_symbols.c - what a plot is drawn with: kept, moved with its features, and added to stores of
 * earlier versions of the program.
 */
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "data/store_gpkg.h"
#include "tests/data/make_store.h"

static struct store *store;
static char *path;

static void set_up(void)
{
    static int number; /* counts when the tests share a process, the process number when not */
    char name[48];
    snprintf(name, sizeof name, "symbols-%ld-%d.gpkg", (long)getpid(), number++);
    path = path_of(name);
    store = make_store(path);
}

static void tear_down(void)
{
    struct fault fault = {0};
    ck_assert_msg(store_check(store, &fault), "%s", fault.message);
    store_close(store);
    free(path);
}

static void expect_pin_of(const char *name, struct store *of, const char *expected)
{
    struct fault fault = {0};
    char text[SYMBOL_PIN_BYTES];
    struct plot *plot = store_read_plot(of, name, 0, &fault);
    ck_assert_msg(plot, "%s", fault.message);
    symbol_pin_format(&plot_title(plot)->symbols, text);
    ck_assert_str_eq(text, expected);
    plot_unref(plot);
}

static void expect_pin(struct store *of, const char *expected)
{
    expect_pin_of(exercise.name, of, expected);
}

START_TEST(a_plot_keeps_what_it_was_made_with)
{
    struct fault fault = {0};
    struct plot_title renewed = exercise;
    renewed.title = "Anders";
    renewed.symbols = (struct symbol_pin){"nl", 2};
    expect_pin(store, "nl@1");
    ck_assert(store_put_plot(store, &renewed, &fault));
    expect_pin(store, "nl@1");
    renewed.symbols.version = 0;
    ck_assert(store_put_plot(store, &renewed, &fault));
    expect_pin(store, "nl@1");
    store_close(store);
    store = open_good(path, STORE_WRITER);
    expect_pin(store, "nl@1");
}
END_TEST

static struct change moved_point(const char *id, uint64_t expected_revision)
{
    struct feature *feature = make_point(id, 4, 51.7);
    feature->code.version = 2;
    return put(feature, expected_revision);
}

START_TEST(features_and_pin_move_together_and_readers_follow)
{
    struct fault fault = {0};
    uint64_t revision = 0;
    commit_point(store, "a", 4, 1000);
    struct store *reader = open_good(path, STORE_READER);
    struct plot *before = read_good(reader, 0);
    struct change change = moved_point("a", 1);
    struct store_migration migration = {exercise.name, {"nl", 2}, &change, 1, 2000};
    ck_assert_msg(store_migrate(store, &migration, &revision, &fault), "%s", fault.message);
    change_finish(&change);
    ck_assert_uint_eq(revision, 2);
    expect_pin(store, "nl@2");
    struct plot *after = store_follow_plot(reader, before, &fault);
    ck_assert_int_eq(plot_title(after)->symbols.version, 2);
    ck_assert_int_eq(plot_find(after, "a")->code.version, 2);
    struct plot *then = read_good(store, 1);
    ck_assert_int_eq(plot_find(then, "a")->code.version, 1); /* what was drawn stays as it was drawn */
    plot_unref(before);
    plot_unref(after);
    plot_unref(then);
    store_close(reader);
}
END_TEST

START_TEST(a_conflict_moves_neither_features_nor_pin)
{
    struct fault fault = {0};
    uint64_t revision = 0;
    commit_point(store, "a", 4, 1000);
    commit_point(store, "b", 5, 2000);
    struct change changes[] = {moved_point("a", 1), moved_point("b", 1)};
    struct store_migration migration = {exercise.name, {"nl", 2}, changes, 2, 3000};
    ck_assert(!store_migrate(store, &migration, &revision, &fault));
    ck_assert_int_eq(fault.code, FAULT_CONFLICT);
    expect_pin(store, "nl@1");
    struct plot *plot = read_good(store, 0);
    ck_assert_uint_eq(plot_revision(plot), 2);
    ck_assert_int_eq(plot_find(plot, "a")->code.version, 1);
    plot_unref(plot);
    change_finish(&changes[0]);
    change_finish(&changes[1]);
}
END_TEST

START_TEST(a_plot_without_features_moves_without_a_revision)
{
    struct fault fault = {0};
    uint64_t revision = 7;
    struct plot *before = read_good(store, 0);
    struct store_migration migration = {exercise.name, {"haven", 3}, NULL, 0, 3000};
    ck_assert_msg(store_migrate(store, &migration, &revision, &fault), "%s", fault.message);
    ck_assert_uint_eq(revision, 0);
    expect_pin(store, "haven@3");
    struct plot *after = store_follow_plot(store, before, &fault);
    ck_assert_str_eq(plot_title(after)->symbols.set, "haven");
    plot_unref(before);
    plot_unref(after);
    migration.plot_name = "nergens";
    ck_assert(!store_migrate(store, &migration, &revision, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
}
END_TEST

/* Runs SQL in the closed store, as an earlier version of the program left it. */
static void as_in_format_1(const char *more_sql)
{
    sqlite3 *database = NULL;
    char *message = NULL;
    store_close(store);
    store = NULL;
    ck_assert_int_eq(sqlite3_open(path, &database), SQLITE_OK);
    int code = sqlite3_exec(database,
                            "CREATE TABLE old (id INTEGER PRIMARY KEY NOT NULL, name TEXT NOT NULL UNIQUE,"
                            "  title TEXT NOT NULL, activity TEXT NOT NULL, is_exercise BOOLEAN NOT NULL,"
                            "  layer TEXT NOT NULL UNIQUE);"
                            "INSERT INTO old SELECT id, name, title, activity, is_exercise, layer FROM plot;"
                            "DROP TABLE plot; ALTER TABLE old RENAME TO plot;"
                            "DELETE FROM plottafel_format;"
                            "INSERT INTO plottafel_format (version) VALUES (1);",
                            NULL, NULL, &message);
    ck_assert_msg(code == SQLITE_OK, "%s", message);
    code = sqlite3_exec(database, more_sql, NULL, NULL, &message);
    ck_assert_msg(code == SQLITE_OK, "%s", message);
    sqlite3_close(database);
}

START_TEST(a_store_of_format_1_is_brought_up_to_date_by_the_first_writer)
{
    commit_point(store, "a", 4, 1000);
    as_in_format_1("");
    store = open_good(path, STORE_WRITER);
    expect_pin(store, "nl@1");
    ck_assert_uint_eq(commit_point(store, "b", 5, 2000), 2);
    struct plot_title second = {"tweede", NULL, NULL, false, {"nl", 2}};
    struct fault fault = {0};
    ck_assert_msg(store_put_plot(store, &second, &fault), "%s", fault.message);
    store_close(store);
    store = open_good(path, STORE_WRITER); /* once is enough */
    expect_pin(store, "nl@1");
}
END_TEST

START_TEST(plots_of_format_1_are_drawn_with_the_set_of_their_features_or_the_first_dutch_one)
{
    struct feature *feature = make_point("a", 4, 51.7);
    snprintf(feature->code.set, sizeof feature->code.set, "eigen");
    feature->code.version = 12;
    struct change change = put(feature, 0);
    struct fault fault = {0};
    struct plot_title empty = {"leeg", NULL, NULL, false, {"nl", 9}};
    ck_assert(store_put_plot(store, &empty, &fault));
    commit_good(store, &change, 1, 1000);
    struct change removal = removal_of("a", CHANGE_ANY_REVISION);
    commit_good(store, &removal, 1, 2000);
    as_in_format_1("");
    store = open_good(path, STORE_WRITER);
    expect_pin(store, "eigen@12");
    expect_pin_of("leeg", store, "nl@1");
}
END_TEST

START_TEST(a_reader_reads_a_store_of_format_1_as_it_is)
{
    commit_point(store, "a", 4, 1000);
    as_in_format_1("");
    struct store *reader = open_good(path, STORE_READER);
    expect_pin(reader, "nl@1"); /* as the upgrade will have it */
    struct plot *plot = read_good(reader, 0);
    ck_assert_uint_eq(plot_count(plot), 1);
    plot_unref(plot);
    store_close(reader);
    store = open_good(path, STORE_WRITER);
}
END_TEST

START_TEST(a_plume_of_format_1_with_more_than_a_turn_is_read)
{
    static const double bearings[][2] = {{405, 45}, {-721, -1}, {360, 360}, {-12.5, -12.5}};
    for (size_t i = 0; i < sizeof bearings / sizeof bearings[0]; i++) {
        struct point source = {4, 51.7};
        struct feature *feature = make_point("a", 4, 51.7);
        feature_set_template(feature, &(struct area_template){.kind = TEMPLATE_PLUME,
                                                              .points = &source,
                                                              .point_count = 1,
                                                              .numbers = {bearings[i][0], 30, 5000, 0},
                                                              .number_count = 4});
        struct change change = put(feature, CHANGE_ANY_REVISION);
        commit_good(store, &change, 1, 1000);
        struct plot *plot = read_good(store, 0);
        ck_assert_double_eq(plot_find(plot, "a")->area_template->numbers[PLUME_BEARING], bearings[i][1]);
        plot_unref(plot);
    }
}
END_TEST

START_TEST(an_upgrade_that_fails_leaves_the_store_as_it_was)
{
    struct fault fault = {0};
    as_in_format_1("ALTER TABLE plot ADD COLUMN symbols TEXT;"); /* which the upgrade cannot add again */
    store = store_open(path, STORE_WRITER, &fault);
    ck_assert_ptr_null(store);
    ck_assert_msg(strstr(fault.message, "up to date"), "%s", fault.message);
    struct store *reader = open_good(path, STORE_READER);
    ck_assert_int_eq(reader->format, 1);
    store = reader; /* for the tear down */
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("store symbols");
    TCase *cases = tcase_create("pins");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, a_plot_keeps_what_it_was_made_with);
    tcase_add_test(cases, features_and_pin_move_together_and_readers_follow);
    tcase_add_test(cases, a_conflict_moves_neither_features_nor_pin);
    tcase_add_test(cases, a_plot_without_features_moves_without_a_revision);
    tcase_add_test(cases, a_store_of_format_1_is_brought_up_to_date_by_the_first_writer);
    tcase_add_test(cases, plots_of_format_1_are_drawn_with_the_set_of_their_features_or_the_first_dutch_one);
    tcase_add_test(cases, a_reader_reads_a_store_of_format_1_as_it_is);
    tcase_add_test(cases, a_plume_of_format_1_with_more_than_a_turn_is_read);
    tcase_add_test(cases, an_upgrade_that_fails_leaves_the_store_as_it_was);
    suite_add_tcase(suite, cases);
    return suite;
}
