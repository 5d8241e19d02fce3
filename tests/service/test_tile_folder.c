/*
 * test_tile_folder.c - a folder that a plain web server gives out.
 */
#include <sys/stat.h>

#include "tests/service/packages.h"

static void expect_links(const struct package *package, const char *name, unsigned links)
{
    char path[400];
    struct stat status;
    snprintf(path, sizeof(path), "%s%s", package->path, name);
    ck_assert_int_eq(stat(path, &status), 0);
    ck_assert_uint_eq((unsigned)status.st_nlink, links);
}

START_TEST(a_draft_changes_what_it_says_and_nothing_else)
{
    struct package package = package_new("folder/");
    package_check_update(&package);
    package_finish(&package);
}
END_TEST

START_TEST(equal_tiles_are_one_file_and_a_change_of_one_is_not_one_of_the_other)
{
    struct package package = package_new("links/");
    package_put(&package, (struct tile_address){2, 0, 0}, "blank");
    package_put(&package, (struct tile_address){2, 0, 1}, "blank");
    package_put(&package, (struct tile_address){2, 3, 3}, "blank");
    package_publish(&package);
    expect_links(&package, "2/0/0.png", 3);
    package_put(&package, (struct tile_address){2, 0, 0}, "drawn");
    package_publish(&package);
    package_expect(&package, (struct tile_address){2, 0, 0}, "drawn");
    package_expect(&package, (struct tile_address){2, 3, 3}, "blank");
    expect_links(&package, "2/3/3.png", 2);
    package_finish(&package);
}
END_TEST

START_TEST(its_tilejson_says_where_the_tiles_are)
{
    char path[400];
    size_t length;
    struct fault fault = {0};
    struct package package = package_new("told/");
    package_put(&package, (struct tile_address){2, 0, 0}, "x");
    package_publish(&package);
    snprintf(path, sizeof(path), "%stilejson.json", package.path);
    char *json = file_read(path, 10000, &length, &fault);
    ck_assert_msg(json != NULL, "%s", fault.message);
    ck_assert_ptr_nonnull(strstr(json, "\"{z}/{x}/{y}.png\""));
    ck_assert_ptr_nonnull(strstr(json, "\"maxzoom\": 12"));
    ck_assert_ptr_nonnull(strstr(json, "\"tilejson\": \"3.0.0\""));
    free(json);
    package_finish(&package);
}
END_TEST

START_TEST(a_folder_of_other_things_is_refused)
{
    char path[300];
    struct fault fault = {0};
    struct tile_matrix_sets *sets = tile_matrix_sets_new(&fault);
    snprintf(path, sizeof(path), "%s/other", test_folder());
    ck_assert_int_eq(mkdir(path, 0700), 0);
    snprintf(path, sizeof(path), "%s/other/letter.txt", test_folder());
    ck_assert(file_write(path, "x", 1, &fault));
    snprintf(path, sizeof(path), "%s/other/", test_folder());
    ck_assert_ptr_null(tile_archive_open(path, tile_matrix_sets_find(sets, "WebMercatorQuad"), &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    tile_matrix_sets_free(sets);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("tile_folder");
    TCase *cases = tcase_create("tile_folder");
    tcase_add_test(cases, a_draft_changes_what_it_says_and_nothing_else);
    tcase_add_test(cases, equal_tiles_are_one_file_and_a_change_of_one_is_not_one_of_the_other);
    tcase_add_test(cases, its_tilejson_says_where_the_tiles_are);
    tcase_add_test(cases, a_folder_of_other_things_is_refused);
    suite_add_tcase(suite, cases);
    return suite;
}
