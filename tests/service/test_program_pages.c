/* Pages of code that starting needed are given back, and come back when they are needed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/renderer.h"
#include "render/service/worker/program_pages.h"
#include "tests/support/runner.h"

/** What this process has of files in memory, kB. */
static long resident_files_kb(void)
{
    char line[256];
    long kb = -1;
    FILE *status = fopen("/proc/self/status", "r");
    ck_assert_ptr_nonnull(status);
    while (fgets(line, sizeof line, status)) {
        if (strncmp(line, "RssFile:", 8) == 0) {
            kb = strtol(line + 8, NULL, 10);
        }
    }
    fclose(status);
    ck_assert_int_gt(kb, 0);
    return kb;
}

START_TEST(most_of_what_starting_needed_is_given_back)
{
    long before_kb = resident_files_kb();
    program_pages_give_back();
    ck_assert_int_lt(resident_files_kb(), before_kb / 2);
}
END_TEST

START_TEST(libraries_go_on_with_what_they_had)
{
    struct fault fault;
    struct renderer *renderer = renderer_new(NULL, &fault);
    ck_assert_msg(renderer, "%s", fault.message);
    struct crs_context *context = renderer_crs_context(renderer);
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", &fault);
    const struct crs *utm = crs_find(context, "EPSG:25831", &fault);
    ck_assert(lon_lat && utm);
    struct point before = {4.6, 51.7};
    struct point after = before;
    ck_assert(crs_transform(context, lon_lat, utm, &before, 1, &fault));
    program_pages_give_back();
    ck_assert(crs_transform(context, lon_lat, utm, &after, 1, &fault));
    ck_assert(point_equals(before, after));
    ck_assert_ptr_nonnull(crs_find(context, "EPSG:28992", &fault));
    renderer_free(renderer);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("program pages");
    TCase *tests = tcase_create("pages");
    tcase_add_test(tests, most_of_what_starting_needed_is_given_back);
    tcase_add_test(tests, libraries_go_on_with_what_they_had);
    suite_add_tcase(suite, tests);
    return suite;
}
