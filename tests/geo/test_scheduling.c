/* Turns at the processor: they are the calling thread's own. */
#include <pthread.h>
#include <sys/resource.h>

#include "geo/base/scheduling.h"
#include "geo/base/thread.h"
#include "tests/support/runner.h"

#define NICEST 19

/** In a thread of its own. */
static void run_aside(void *(*run)(void *context))
{
    pthread_t thread;
    ck_assert(thread_start(&thread, THREAD_USUAL_STACK, run, NULL));
    ck_assert_int_eq(pthread_join(thread, NULL), 0);
}

static int niceness(void)
{
    return getpriority(PRIO_PROCESS, 0);
}

static void *yield(void *context)
{
    scheduling_yield();
    ck_assert_int_eq(niceness(), NICEST);
    return context;
}

START_TEST(who_yields_does_so_for_itself_alone)
{
    int before = niceness();
    run_aside(yield);
    ck_assert_int_eq(niceness(), before);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("scheduling");
    TCase *tests = tcase_create("scheduling");
    tcase_add_test(tests, who_yields_does_so_for_itself_alone);
    suite_add_tcase(suite, tests);
    return suite;
}
