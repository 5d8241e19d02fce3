/*
 * test_mbtiles.c - what is committed stays, what is not does not, and other files are left alone.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "render/service/mbtiles.h"
#include "tests/support/runner.h"

static const struct mbtiles_address place = {3, 4, 5};

static void name_file(char path[static 300], const char *name)
{
    snprintf(path, 300, "%s/%s", test_folder(), name);
}

static bool has(struct mbtiles *mbtiles, struct mbtiles_address address)
{
    struct fault fault = {0};
    bool found = false;
    ck_assert_msg(mbtiles_has_tile(mbtiles, address, &found, &fault), "%s", fault.message);
    return found;
}

START_TEST(what_is_committed_is_there_after_opening_again)
{
    char path[300];
    struct fault fault = {0};
    size_t length;
    name_file(path, "committed.mbtiles");
    struct mbtiles *mbtiles = mbtiles_open(path, &fault);
    ck_assert(mbtiles_write_tile(mbtiles, place, "first", 5, &fault));
    ck_assert(mbtiles_write_tile(mbtiles, place, "second", 6, &fault));
    ck_assert(mbtiles_write_metadata(mbtiles, "name", "Situatie", &fault));
    ck_assert(mbtiles_write_metadata(mbtiles, "name", "Lage", &fault));
    ck_assert(mbtiles_commit(mbtiles, &fault));
    mbtiles_close(mbtiles);
    mbtiles = mbtiles_open(path, &fault);
    char *bytes = mbtiles_read_tile(mbtiles, place, &length, &fault);
    char *name = mbtiles_read_metadata(mbtiles, "name", &fault);
    char *absent = mbtiles_read_metadata(mbtiles, "absent", &fault);
    ck_assert_uint_eq(length, 6);
    ck_assert_str_eq(bytes, "second");
    ck_assert_str_eq(name, "Lage");
    ck_assert_str_eq(absent, "");
    ck_assert(!has(mbtiles, (struct mbtiles_address){3, 5, 4}));
    free(bytes);
    free(name);
    free(absent);
    mbtiles_close(mbtiles);
}
END_TEST

START_TEST(what_is_not_committed_is_gone)
{
    char path[300];
    struct fault fault = {0};
    name_file(path, "open.mbtiles");
    struct mbtiles *mbtiles = mbtiles_open(path, &fault);
    ck_assert(mbtiles_write_tile(mbtiles, place, "x", 1, &fault));
    ck_assert(has(mbtiles, place));
    mbtiles_close(mbtiles);
    mbtiles = mbtiles_open(path, &fault);
    ck_assert(!has(mbtiles, place));
    ck_assert_ptr_null(mbtiles_read_tile(mbtiles, place, &(size_t){0}, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
    mbtiles_close(mbtiles);
}
END_TEST

START_TEST(removing_takes_all_tiles_and_no_words)
{
    char path[300];
    struct fault fault = {0};
    name_file(path, "removed.mbtiles");
    struct mbtiles *mbtiles = mbtiles_open(path, &fault);
    ck_assert(mbtiles_write_tile(mbtiles, place, "x", 1, &fault));
    ck_assert(mbtiles_write_metadata(mbtiles, "name", "N", &fault));
    ck_assert(mbtiles_remove_tiles(mbtiles, &fault));
    ck_assert(mbtiles_commit(mbtiles, &fault));
    ck_assert(!has(mbtiles, place));
    char *name = mbtiles_read_metadata(mbtiles, "name", &fault);
    ck_assert_str_eq(name, "N");
    free(name);
    mbtiles_close(mbtiles);
}
END_TEST

START_TEST(another_kind_of_file_is_refused_and_left_as_it_is)
{
    static const char text[] = "this is no database, however long one looks at it, and never was one before";
    char path[300];
    struct fault fault = {0};
    size_t length;
    name_file(path, "text.mbtiles");
    ck_assert(file_write(path, text, sizeof(text) - 1, &fault));
    ck_assert_ptr_null(mbtiles_open(path, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    char *after = file_read(path, 1000, &length, &fault);
    ck_assert_str_eq(after, text);
    free(after);
    name_file(path, "no/such/folder.mbtiles");
    ck_assert_ptr_null(mbtiles_open(path, &fault));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("mbtiles");
    TCase *cases = tcase_create("mbtiles");
    tcase_add_test(cases, what_is_committed_is_there_after_opening_again);
    tcase_add_test(cases, what_is_not_committed_is_gone);
    tcase_add_test(cases, removing_takes_all_tiles_and_no_words);
    tcase_add_test(cases, another_kind_of_file_is_refused_and_left_as_it_is);
    suite_add_tcase(suite, cases);
    return suite;
}
