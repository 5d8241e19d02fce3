/* The clerk: in order, bounded, and nothing that was taken in is forgotten. */
#include <pthread.h>
#include <stdatomic.h>

#include "geo/base/fault.h"
#include "render/service/plot/clerk.h"
#include "tests/support/runner.h"

#define MANY 1000

static pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
static atomic_int done_count;

/** Ends only when the gate is open; notes the order in which calls were made. */
static void note(void *place)
{
    pthread_mutex_lock(&gate);
    *(int *)place = atomic_fetch_add(&done_count, 1);
    pthread_mutex_unlock(&gate);
}

static struct clerk *start(void)
{
    struct fault fault;
    struct clerk *clerk = clerk_new(&fault);
    ck_assert_ptr_nonnull(clerk);
    atomic_store(&done_count, 0);
    return clerk;
}

START_TEST(calls_are_made_in_their_order_and_all_before_the_end)
{
    int places[20];
    struct fault fault;
    struct clerk *clerk = start();
    for (int i = 0; i < 20; i++) {
        ck_assert(clerk_call(clerk, note, &places[i], &fault));
    }
    clerk_free(clerk);
    for (int i = 0; i < 20; i++) {
        ck_assert_int_eq(places[i], i);
    }
}
END_TEST

START_TEST(enough_is_enough)
{
    static int places[MANY];
    struct fault fault;
    struct clerk *clerk = start();
    int taken = 0;
    pthread_mutex_lock(&gate);
    while (taken < MANY && clerk_call(clerk, note, &places[taken], &fault)) {
        taken++;
    }
    pthread_mutex_unlock(&gate);
    ck_assert_int_ge(taken, 10);
    ck_assert_int_lt(taken, MANY);
    ck_assert_int_eq(fault.code, FAULT_UNAVAILABLE);
    clerk_free(clerk);
    ck_assert_int_eq(atomic_load(&done_count), taken);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("clerk");
    TCase *tests = tcase_create("clerk");
    tcase_add_test(tests, calls_are_made_in_their_order_and_all_before_the_end);
    tcase_add_test(tests, enough_is_enough);
    suite_add_tcase(suite, tests);
    return suite;
}
