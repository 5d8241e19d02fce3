/* Threads that no signal comes to. */
#include <errno.h>
#include <pthread.h>
#include <signal.h>

#include "geo/base/thread.h"
#include "tests/support/runner.h"

/** What a thread saw of itself. */
struct seen {
    sigset_t blocked;
    size_t stack_bytes;
};

static void *look(void *context)
{
    struct seen *seen = context;
    pthread_attr_t attributes;
    pthread_sigmask(SIG_SETMASK, NULL, &seen->blocked);
    pthread_getattr_np(pthread_self(), &attributes);
    pthread_attr_getstacksize(&attributes, &seen->stack_bytes);
    pthread_attr_destroy(&attributes);
    return seen;
}

static struct seen see(size_t stack_bytes)
{
    struct seen seen;
    pthread_t thread;
    void *returned;
    ck_assert(thread_start(&thread, stack_bytes, look, &seen));
    ck_assert_int_eq(pthread_join(thread, &returned), 0);
    ck_assert_ptr_eq(returned, &seen);
    return seen;
}

START_TEST(no_signal_comes_to_a_thread)
{
    struct seen seen = see(THREAD_USUAL_STACK);
    ck_assert_int_eq(sigismember(&seen.blocked, SIGTERM), 1);
    ck_assert_int_eq(sigismember(&seen.blocked, SIGINT), 1);
    ck_assert_int_eq(sigismember(&seen.blocked, SIGCHLD), 1);
}
END_TEST

START_TEST(who_starts_a_thread_hears_the_same_signals_as_before)
{
    sigset_t wished, after;
    sigemptyset(&wished);
    sigaddset(&wished, SIGUSR1);
    pthread_sigmask(SIG_SETMASK, &wished, NULL);
    see(THREAD_USUAL_STACK);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    ck_assert_int_eq(sigismember(&after, SIGUSR1), 1);
    ck_assert_int_eq(sigismember(&after, SIGTERM), 0);
    sigemptyset(&wished);
    pthread_sigmask(SIG_SETMASK, &wished, NULL);
}
END_TEST

START_TEST(its_stack_is_as_large_as_was_wished)
{
    ck_assert_uint_eq(see(256 << 10).stack_bytes, 256 << 10);
}
END_TEST

START_TEST(a_thread_that_cannot_be_says_why_and_signals_come_as_before)
{
    struct seen seen;
    sigset_t after;
    pthread_t thread = pthread_self();
    errno = 0;
    ck_assert(!thread_start(&thread, 1, look, &seen)); /* no stack is so small */
    ck_assert_int_eq(errno, EINVAL);
    ck_assert_uint_eq(thread, 0);
    pthread_sigmask(SIG_SETMASK, NULL, &after);
    ck_assert_int_eq(sigismember(&after, SIGTERM), 0);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("thread");
    TCase *tests = tcase_create("thread");
    tcase_add_test(tests, no_signal_comes_to_a_thread);
    tcase_add_test(tests, who_starts_a_thread_hears_the_same_signals_as_before);
    tcase_add_test(tests, its_stack_is_as_large_as_was_wished);
    tcase_add_test(tests, a_thread_that_cannot_be_says_why_and_signals_come_as_before);
    suite_add_tcase(suite, tests);
    return suite;
}
