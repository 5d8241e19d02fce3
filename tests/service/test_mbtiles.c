/*
 * test_mbtiles.c - a draft's tiles become part of the file all at once, and other files are left alone.
 */
#include "render/service/seed/mbtiles.h"
#include "tests/service/packages.h"

static const struct tile_address place = {3, 4, 5};

START_TEST(a_first_draft_becomes_the_file)
{
    struct package package = package_new("first.mbtiles");
    package_put(&package, place, "first");
    package_put(&package, place, "second");
    package_put(&package, (struct tile_address){3, 4, 6}, "second");
    package_publish(&package);
    package_expect(&package, place, "second");
    package_expect(&package, (struct tile_address){3, 4, 6}, "second");
    package_expect(&package, (struct tile_address){3, 5, 4}, NULL);
    ck_assert_uint_eq(package_count(&package), 2);
    package_finish(&package);
}
END_TEST

START_TEST(a_later_draft_changes_what_it_says_and_nothing_else)
{
    struct package package = package_new("later.mbtiles");
    package_check_update(&package);
    package_finish(&package);
}
END_TEST

START_TEST(what_is_not_committed_is_gone)
{
    struct fault fault = {0};
    struct package package = package_new("open.mbtiles");
    package_put(&package, place, "x");
    ck_assert(seed_draft_commit(package.draft, &fault));
    package_put(&package, (struct tile_address){3, 4, 6}, "y");
    package_reopen(&package);
    package_publish(&package);
    package_expect(&package, place, "x");
    package_expect(&package, (struct tile_address){3, 4, 6}, NULL);
    package_finish(&package);
}
END_TEST

START_TEST(another_kind_of_file_is_refused_and_left_as_it_is)
{
    static const char text[] = "this is no database, however long one looks at it, and never was one before";
    package_check_refused("text.mbtiles", text, sizeof(text) - 1);
}
END_TEST

START_TEST(one_process_at_a_time_has_a_draft)
{
    struct fault fault = {0};
    struct package package = package_new("taken.mbtiles");
    ck_assert_ptr_null(seed_draft_open(seed_draft_path(package.draft), package.set, &fault));
    ck_assert_int_eq(fault.code, FAULT_CONFLICT);
    package_finish(&package);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("mbtiles");
    TCase *cases = tcase_create("mbtiles");
    tcase_add_test(cases, a_first_draft_becomes_the_file);
    tcase_add_test(cases, a_later_draft_changes_what_it_says_and_nothing_else);
    tcase_add_test(cases, what_is_not_committed_is_gone);
    tcase_add_test(cases, another_kind_of_file_is_refused_and_left_as_it_is);
    tcase_add_test(cases, one_process_at_a_time_has_a_draft);
    suite_add_tcase(suite, cases);
    return suite;
}
