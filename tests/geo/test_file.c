#include "geo/base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "tests/support/runner.h"

static char path[400];

static const char *in_folder(const char *name)
{
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    return path;
}

START_TEST(what_is_written_is_read_back)
{
    struct fault fault = {0};
    const char *name = in_folder("round");
    ck_assert_msg(file_write(name, "a\0b", 3, &fault), "%s", fault.message);
    ck_assert(file_exists(name));
    size_t length = 0;
    char *bytes = file_read(name, 3, &length, &fault);
    ck_assert_uint_eq(length, 3);
    ck_assert_mem_eq(bytes, "a\0b", 4);
    free(bytes);
    ck_assert(file_write(name, "", 0, &fault));
    bytes = file_read(name, 0, NULL, &fault);
    ck_assert_str_eq(bytes, "");
    free(bytes);
}
END_TEST

START_TEST(a_file_above_the_limit_is_refused)
{
    struct fault fault = {0};
    const char *name = in_folder("large");
    ck_assert(file_write(name, "12345", 5, &fault));
    ck_assert_ptr_null(file_read(name, 4, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_ptr_nonnull(strstr(fault.message, name));
}
END_TEST

START_TEST(what_is_no_file_is_refused)
{
    struct fault fault = {0};
    ck_assert_ptr_null(file_read(in_folder("absent"), 10, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
    ck_assert_ptr_null(file_read(test_folder(), 10, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_int_eq(mkfifo(in_folder("pipe"), 0600), 0);
    ck_assert_ptr_null(file_read(path, 10, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_ptr_null(file_read("/dev/zero", 10, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
}
END_TEST

static int count_entries(const char *folder)
{
    DIR *listing = opendir(folder);
    int count = 0;
    while (readdir(listing)) {
        count++;
    }
    closedir(listing);
    return count;
}

START_TEST(a_write_that_fails_leaves_nothing_behind)
{
    struct fault fault = {0};
    ck_assert_int_eq(mkdir(in_folder("taken"), 0700), 0);
    int before = count_entries(test_folder());
    ck_assert(!file_write(path, "x", 1, &fault));
    ck_assert_int_ne(fault.code, FAULT_NONE);
    ck_assert_int_eq(count_entries(test_folder()), before);
    ck_assert(!file_write("/nonexistent/x", "x", 1, &fault));
    ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
}
END_TEST

static void assert_beside(const char *base, const char *relative, const char *expected)
{
    char *whole = file_path_beside(base, relative);
    ck_assert_str_eq(whole, expected);
    free(whole);
}

START_TEST(only_the_lowest_missing_folder_is_made)
{
    struct fault fault = {0};
    ck_assert(!file_make_folder_of(in_folder("upper/lower/name"), &fault));
    ck_assert_int_eq(fault.code, FAULT_UNAVAILABLE);
    ck_assert_ptr_nonnull(
        strstr(fault.message, "upper/lower' cannot be made: the one above it is not there either"));
    ck_assert(!file_exists(in_folder("upper")));
    ck_assert_msg(file_make_folder_of(in_folder("upper/name"), &fault), "%s", fault.message);
    ck_assert(file_make_folder_of(in_folder("upper/name"), &fault));
    ck_assert(!file_exists(path));
    ck_assert(file_write(path, "", 0, &fault));
}
END_TEST

START_TEST(paths_are_relative_to_the_file_that_names_them)
{
    assert_beside("/etc/plottafel.yaml", "maps/a.yaml", "/etc/maps/a.yaml");
    assert_beside("/etc/plottafel.yaml", "/srv/a.yaml", "/srv/a.yaml");
    assert_beside("plottafel.yaml", "a.yaml", "a.yaml");
    assert_beside("x/plottafel.yaml", "a.yaml", "x/a.yaml");
    assert_beside("/plottafel.yaml", "a.yaml", "/a.yaml");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("file");
    TCase *cases = tcase_create("file");
    tcase_add_test(cases, what_is_written_is_read_back);
    tcase_add_test(cases, a_file_above_the_limit_is_refused);
    tcase_add_test(cases, what_is_no_file_is_refused);
    tcase_add_test(cases, a_write_that_fails_leaves_nothing_behind);
    tcase_add_test(cases, only_the_lowest_missing_folder_is_made);
    tcase_add_test(cases, paths_are_relative_to_the_file_that_names_them);
    suite_add_tcase(suite, cases);
    return suite;
}
