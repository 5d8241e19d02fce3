/*
 * test_work.c - how far long work is, told part by part.
 */
#include "geo/base/fault.h"
#include "geo/base/work.h"
#include "tests/support/runner.h"

struct listener {
    double last;
    int calls;
    bool is_unwanted;
};

static bool listen(double part, void *context)
{
    struct listener *listener = context;
    listener->last = part;
    listener->calls++;
    return !listener->is_unwanted;
}

START_TEST(a_part_of_a_part_tells_how_far_the_whole_is)
{
    struct fault fault = {0};
    struct listener listener = {0};
    struct work whole = {.tell = listen, .context = &listener};
    struct work page = work_part(&whole, 0.5, 1);
    struct work layer = work_part_at(&page, 1, 4);
    ck_assert(work_tell(&layer, 0, &fault));
    ck_assert_double_eq_tol(listener.last, 0.625, 1e-12);
    ck_assert(work_tell(&layer, 1, &fault));
    ck_assert_double_eq_tol(listener.last, 0.75, 1e-12);
    ck_assert(work_tell(&page, 1, &fault));
    ck_assert_double_eq_tol(listener.last, 1, 1e-12);
}
END_TEST

START_TEST(what_is_not_wanted_any_more_stays_so_for_all_parts_and_nobody_is_told_again)
{
    struct fault fault = {0};
    struct listener listener = {.is_unwanted = true};
    struct work whole = {.tell = listen, .context = &listener};
    struct work first = work_part_at(&whole, 0, 2);
    struct work second = work_part_at(&whole, 1, 2);
    ck_assert(!work_tell(&first, 0, &fault));
    ck_assert_int_eq(fault.code, FAULT_DEADLINE);
    listener.is_unwanted = false;
    ck_assert(!work_tell(&second, 0, &fault));
    ck_assert(!work_tell(&whole, 1, &fault));
    ck_assert_int_eq(listener.calls, 1);
}
END_TEST

START_TEST(work_that_nobody_listens_to_goes_on)
{
    struct fault fault = {0};
    struct work silent = {0};
    struct work part = work_part(NULL, 0, 1);
    ck_assert(work_tell(NULL, 0.5, &fault));
    ck_assert(work_tell(&silent, 0.5, &fault));
    ck_assert(work_tell(&part, 0.5, &fault));
    ck_assert_int_eq(fault.code, FAULT_NONE);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("work");
    TCase *parts = tcase_create("parts");
    tcase_add_test(parts, a_part_of_a_part_tells_how_far_the_whole_is);
    tcase_add_test(parts, what_is_not_wanted_any_more_stays_so_for_all_parts_and_nobody_is_told_again);
    tcase_add_test(parts, work_that_nobody_listens_to_goes_on);
    suite_add_tcase(suite, parts);
    return suite;
}
