/* The pool with workers that sleep, crash and talk nonsense. */
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/service/worker/worker_pool.h"
#include "tests/service/pool_asker.h"
#include "tests/support/runner.h"

static void start_pool(int workers, size_t queue_length)
{
    struct worker_pool_options options = usual_options(workers);
    options.queue_length = queue_length;
    start_pool_of(options);
}

static void take_progress(double part, void *context)
{
    struct got *got = context;
    got->progress_count++;
    got->progress = part;
}

static bool ask_kind(enum order_kind kind, const char *what, int64_t time_ms, struct got *got,
                     uint64_t *ticket, struct fault *fault)
{
    struct order order;
    order_init(&order, kind);
    snprintf(order.symbol.code, sizeof(order.symbol.code), "%s", what);
    snprintf(order.briefing.title, sizeof(order.briefing.title), "%s", what);
    order.briefing.scale_denominator = 1000;
    order.view.as_of_ms = 0;
    struct worker_asker asker = {take, take_progress, got, 0, 0};
    return worker_pool_order(pool, &order, monotonic_now_ms() + time_ms, asker, ticket, fault);
}

static bool ask(const char *what, int64_t time_ms, struct got *got)
{
    struct fault fault;
    return ask_kind(ORDER_SYMBOL, what, time_ms, got, NULL, &fault);
}

START_TEST(an_order_comes_back_with_its_result)
{
    struct got got = {0};
    start_pool(1, 10);
    ck_assert(ask("say hello", 5000, &got));
    wait_for(&got);
    ck_assert_int_eq(got.code, FAULT_NONE);
    ck_assert_str_eq(got.text, "say hello");
    stop_pool();
}
END_TEST

START_TEST(a_hundred_askers_make_one_run)
{
    struct got got[100] = {0};
    start_pool(2, 10);
    for (int i = 0; i < 100; i++) {
        ck_assert(ask("sleep 100", 5000, &got[i]));
    }
    for (int i = 0; i < 100; i++) {
        wait_for(&got[i]);
        ck_assert_str_eq(got[i].text, "sleep 100");
    }
    ck_assert_int_eq(lines_of("sleep 100"), 1);
    ck_assert_uint_eq(worker_pool_state(pool).joined, 99);
    stop_pool();
}
END_TEST

START_TEST(an_overrun_ends_at_its_deadline_and_the_worker_is_replaced)
{
    struct got late = {0};
    struct got next = {0};
    start_pool(1, 10);
    int64_t began_ms = monotonic_now_ms();
    ck_assert(ask("sleep 5000", 200, &late));
    wait_for(&late);
    ck_assert_int_eq(late.code, FAULT_DEADLINE);
    ck_assert_int_lt(late.at_ms - began_ms, 300);
    ck_assert(ask("say next", 5000, &next));
    wait_for(&next);
    ck_assert_str_eq(next.text, "say next");
    ck_assert_uint_eq(worker_pool_state(pool).killed, 1);
    stop_pool();
}
END_TEST

/* Asks for it once more; if so, behind an order that takes most of its time. */
static enum fault_code overrun(bool waits)
{
    struct got before = {0};
    struct got late = {0};
    if (waits) {
        ck_assert(ask("sleep 1000", 5000, &before));
        while (worker_pool_state(pool).busy == 0) {
            sleep_ms(1);
        }
    }
    ck_assert(ask("sleep 5000", waits ? 1200 : 200, &late));
    wait_for(&late);
    wait_ready(1);
    return late.code;
}

START_TEST(an_order_that_waited_for_most_of_its_time_is_no_culprit)
{
    start_pool(1, 10);
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(overrun(true), FAULT_UNAVAILABLE);
    }
    ck_assert_uint_eq(worker_pool_state(pool).quarantined, 0);
    stop_pool();
}
END_TEST

START_TEST(an_order_that_overran_twice_by_itself_is_refused)
{
    struct got again = {0};
    struct fault fault;
    start_pool(1, 10);
    ck_assert_int_eq(overrun(false), FAULT_DEADLINE);
    ck_assert_uint_eq(worker_pool_state(pool).quarantined, 0);
    ck_assert_int_eq(overrun(false), FAULT_DEADLINE);
    ck_assert_uint_eq(worker_pool_state(pool).quarantined, 1);
    ck_assert(!ask_kind(ORDER_SYMBOL, "sleep 5000", 5000, &again, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    stop_pool();
}
END_TEST

START_TEST(an_order_that_broke_one_worker_is_tried_once_more)
{
    struct got got = {0};
    start_pool(1, 10);
    ck_assert(ask("crash once", 5000, &got));
    wait_for(&got);
    ck_assert_int_eq(got.code, FAULT_NONE);
    ck_assert_int_eq(lines_of("crash once"), 2);
    stop_pool();
}
END_TEST

START_TEST(an_order_that_broke_two_workers_is_refused_without_being_run)
{
    struct got got = {0};
    struct got again = {0};
    struct got other = {0};
    struct fault fault;
    start_pool(2, 10);
    ck_assert(ask("crash", 5000, &got));
    wait_for(&got);
    ck_assert_int_eq(got.code, FAULT_LIMIT);
    ck_assert(!ask_kind(ORDER_SYMBOL, "crash", 5000, &again, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_int_eq(lines_of("crash"), 2);
    ck_assert_uint_eq(worker_pool_state(pool).quarantined, 1);
    ck_assert(ask("say other", 5000, &other));
    wait_for(&other);
    ck_assert_int_eq(other.code, FAULT_NONE);
    stop_pool();
}
END_TEST

START_TEST(a_worker_that_talks_nonsense_is_replaced)
{
    struct got got = {0};
    struct got shortened = {0};
    struct got next = {0};
    start_pool(1, 10);
    ck_assert(ask("garbage", 5000, &got));
    wait_for(&got);
    ck_assert_int_eq(got.code, FAULT_LIMIT);
    ck_assert(ask("shortened", 5000, &shortened));
    wait_for(&shortened);
    ck_assert_int_eq(shortened.code, FAULT_LIMIT);
    ck_assert(ask("say next", 5000, &next));
    wait_for(&next);
    ck_assert_str_eq(next.text, "say next");
    stop_pool();
}
END_TEST

START_TEST(a_full_queue_refuses_at_once)
{
    struct got got[4] = {0};
    struct got more = {0};
    struct fault fault;
    start_pool(1, 3);
    ck_assert(ask("sleep 300", 5000, &got[0]));
    while (worker_pool_state(pool).busy == 0) {
        sleep_ms(1);
    }
    ck_assert(ask("say 1", 5000, &got[1]));
    ck_assert(ask("say 2", 5000, &got[2]));
    ck_assert(ask("say 3", 5000, &got[3]));
    int64_t began_ms = monotonic_now_ms();
    ck_assert(!ask_kind(ORDER_SYMBOL, "say 4", 5000, &more, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_UNAVAILABLE);
    ck_assert_int_le(monotonic_now_ms() - began_ms, 50);
    for (int i = 0; i < 4; i++) {
        wait_for(&got[i]);
        ck_assert_int_eq(got[i].code, FAULT_NONE);
    }
    ck_assert_int_eq(atomic_load(&more.count), 0);
    stop_pool();
}
END_TEST

START_TEST(who_waits_too_long_in_the_queue_is_told)
{
    struct got first = {0};
    struct got second = {0};
    start_pool(1, 10);
    ck_assert(ask("sleep 400", 5000, &first));
    int64_t began_ms = monotonic_now_ms();
    ck_assert(ask("say late", 100, &second));
    wait_for(&second);
    ck_assert_int_eq(second.code, FAULT_UNAVAILABLE);
    ck_assert_int_lt(second.at_ms - began_ms, 200);
    wait_for(&first);
    ck_assert_int_eq(lines_of("say late"), 0);
    stop_pool();
}
END_TEST

START_TEST(long_work_never_takes_the_last_worker)
{
    struct got briefings[2] = {0};
    struct got tile = {0};
    struct fault fault;
    start_pool(2, 10);
    ck_assert(ask_kind(ORDER_BRIEFING, "sleep 300", 5000, &briefings[0], NULL, &fault));
    ck_assert(ask_kind(ORDER_BRIEFING, "sleep 301", 5000, &briefings[1], NULL, &fault));
    sleep_ms(50);
    int64_t began_ms = monotonic_now_ms();
    ck_assert(ask("say tile", 5000, &tile));
    wait_for(&tile);
    ck_assert_int_lt(tile.at_ms - began_ms, 100);
    ck_assert_int_eq(atomic_load(&briefings[0].count), 0);
    wait_for(&briefings[0]);
    wait_for(&briefings[1]);
    stop_pool();
}
END_TEST

START_TEST(progress_is_told_before_the_result)
{
    struct got got = {0};
    struct fault fault;
    start_pool(1, 10);
    ck_assert(ask_kind(ORDER_BRIEFING, "progress", 5000, &got, NULL, &fault));
    wait_for(&got);
    ck_assert_int_eq(got.progress_count, 2);
    ck_assert_double_eq(got.progress, 0.75);
    stop_pool();
}
END_TEST

START_TEST(what_nobody_wants_any_more_is_stopped)
{
    struct got running = {0};
    struct got waiting = {0};
    struct got next = {0};
    uint64_t tickets[2];
    struct fault fault;
    start_pool(1, 10);
    ck_assert(ask_kind(ORDER_SYMBOL, "sleep 5000", 9000, &running, &tickets[0], &fault));
    while (worker_pool_state(pool).busy == 0) {
        sleep_ms(1);
    }
    ck_assert(ask_kind(ORDER_SYMBOL, "say never", 9000, &waiting, &tickets[1], &fault));
    worker_pool_cancel(pool, tickets[1]);
    worker_pool_cancel(pool, tickets[0]);
    wait_for(&running);
    wait_for(&waiting);
    ck_assert_int_eq(running.code, FAULT_DEADLINE);
    ck_assert(ask("say next", 2000, &next));
    wait_for(&next);
    ck_assert_int_eq(next.code, FAULT_NONE);
    ck_assert_int_eq(lines_of("say never"), 0);
    worker_pool_cancel(pool, 12345);
    stop_pool();
}
END_TEST

START_TEST(what_is_withdrawn_is_dropped_unless_it_was_begun)
{
    struct got running = {0};
    struct got waiting = {0};
    uint64_t tickets[2];
    struct fault fault;
    start_pool(1, 10);
    ck_assert(ask_kind(ORDER_SYMBOL, "sleep 300", 9000, &running, &tickets[0], &fault));
    while (worker_pool_state(pool).busy == 0) {
        sleep_ms(1);
    }
    ck_assert(ask_kind(ORDER_SYMBOL, "say never", 9000, &waiting, &tickets[1], &fault));
    worker_pool_withdraw(pool, tickets[1]);
    worker_pool_withdraw(pool, tickets[0]);
    wait_for(&waiting);
    ck_assert_int_eq(waiting.code, FAULT_DEADLINE);
    wait_for(&running);
    ck_assert_int_eq(running.code, FAULT_NONE);
    ck_assert_int_eq(lines_of("say never"), 0);
    stop_pool();
}
END_TEST

/** The processes that this test started: the children of this process. */
static int kill_children(int signal_number)
{
    char line[64];
    int count = 0;
    char path[64];
    char call[160];
    snprintf(call, sizeof(call), "cat /proc/%d/task/*/children", (int)getpid());
    FILE *file = popen(call, "r");
    while (file && fscanf(file, "%63s", line) == 1) {
        pid_t pid = (pid_t)strtol(line, NULL, 10);
        char name[64] = "";
        snprintf(path, sizeof(path), "/proc/%d/comm", (int)pid);
        FILE *comm = fopen(path, "r");
        if (comm && fgets(name, sizeof(name), comm) && strncmp(name, "fake_worker", 11) == 0) {
            count += kill(pid, signal_number) == 0;
        }
        if (comm) {
            fclose(comm);
        }
    }
    if (file) {
        pclose(file);
    }
    return count;
}

START_TEST(killed_workers_cost_no_request)
{
    struct got got[60] = {0};
    start_pool(2, 100);
    for (int i = 0; i < 60; i++) {
        char what[32];
        snprintf(what, sizeof(what), "say %d", i);
        ck_assert(ask(what, 5000, &got[i]));
        if (i % 20 == 10) {
            wait_ready(2); /* one that is killed before is started again later and later */
            ck_assert_int_gt(kill_children(SIGKILL), 0);
        }
        sleep_ms(5);
    }
    for (int i = 0; i < 60; i++) {
        wait_for(&got[i]);
        ck_assert_int_eq(got[i].code, FAULT_NONE);
    }
    stop_pool();
}
END_TEST

START_TEST(stopping_tells_everybody_who_waits)
{
    struct got got[5] = {0};
    start_pool(1, 10);
    for (int i = 0; i < 5; i++) {
        char what[32];
        snprintf(what, sizeof(what), "sleep 300%d", i);
        ck_assert(ask(what, 9000, &got[i]));
    }
    sleep_ms(50);
    int64_t began_ms = monotonic_now_ms();
    stop_pool();
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 1000);
    for (int i = 0; i < 5; i++) {
        ck_assert_int_eq(atomic_load(&got[i].count), 1);
        ck_assert_int_eq(got[i].code, FAULT_UNAVAILABLE);
    }
}
END_TEST

START_TEST(workers_that_cannot_start_are_tried_ever_more_slowly)
{
    struct fault fault;
    const char *const stillborn[] = {getenv("PLOTTAFEL_FAKE_WORKER"), "stillborn", NULL};
    struct worker_pool_options options = {stillborn, 1, 10, 4, 60000, 5000, false, NULL, NULL};
    pool = worker_pool_new(&options, &fault);
    ck_assert_ptr_nonnull(pool);
    sleep_ms(1000);
    ck_assert_uint_le(worker_pool_state(pool).restarts, 6);
    for (int i = 0; i < 1000 && worker_pool_state(pool).restarts < 2; i++) {
        sleep_ms(10);
    }
    ck_assert_uint_ge(worker_pool_state(pool).restarts, 2);
    ck_assert_int_eq(worker_pool_state(pool).ready, 0);
    stop_pool();
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("worker_pool");
    TCase *tests = tcase_create("worker_pool");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, an_order_comes_back_with_its_result);
    tcase_add_test(tests, a_hundred_askers_make_one_run);
    tcase_add_test(tests, an_overrun_ends_at_its_deadline_and_the_worker_is_replaced);
    tcase_add_test(tests, an_order_that_waited_for_most_of_its_time_is_no_culprit);
    tcase_add_test(tests, an_order_that_overran_twice_by_itself_is_refused);
    tcase_add_test(tests, an_order_that_broke_one_worker_is_tried_once_more);
    tcase_add_test(tests, an_order_that_broke_two_workers_is_refused_without_being_run);
    tcase_add_test(tests, a_worker_that_talks_nonsense_is_replaced);
    tcase_add_test(tests, a_full_queue_refuses_at_once);
    tcase_add_test(tests, who_waits_too_long_in_the_queue_is_told);
    tcase_add_test(tests, long_work_never_takes_the_last_worker);
    tcase_add_test(tests, progress_is_told_before_the_result);
    tcase_add_test(tests, what_nobody_wants_any_more_is_stopped);
    tcase_add_test(tests, what_is_withdrawn_is_dropped_unless_it_was_begun);
    tcase_add_test(tests, killed_workers_cost_no_request);
    tcase_add_test(tests, stopping_tells_everybody_who_waits);
    tcase_add_test(tests, workers_that_cannot_start_are_tried_ever_more_slowly);
    suite_add_tcase(suite, tests);
    return suite;
}
