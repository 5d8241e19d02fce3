/* Threads that read themselves what workers made of the tiles that they go on with. */
#include <stdatomic.h>
#include <sys/epoll.h>

#include "geo/base/thread.h"
#include "render/service/worker/order.h"
#include "tests/service/pool_fixture.h"

#define RACES 200

static int epoll;
static int listener;

struct got {
    atomic_int count;
    enum fault_code code;
    size_t note_count;
};

static void take(struct order_result *result, void *context)
{
    struct got *got = context;
    got->code = result->fault.code;
    got->note_count = result->report.count;
    atomic_fetch_add(&got->count, 1);
}

static void start(void)
{
    start_pool_of(usual_options(1));
    epoll = epoll_create1(EPOLL_CLOEXEC);
    listener = worker_pool_join(pool, epoll);
    ck_assert_int_gt(listener, 0);
}

static void stop(void)
{
    stop_pool();
    close(epoll);
}

/** Each number makes a picture of its own; what: as fake_worker.c has it. */
static uint64_t ask_within(enum order_kind kind, const char *what, uint32_t number, int64_t time_ms,
                           struct got *got)
{
    uint64_t ticket;
    struct fault fault;
    struct order order;
    order_init(&order, kind);
    snprintf(order.view.map, sizeof(order.view.map), "%s", what);
    snprintf(order.symbol.code, sizeof(order.symbol.code), "%s", what);
    snprintf(order.tile.tile_matrix_set, sizeof(order.tile.tile_matrix_set), "WebMercatorQuad");
    order.tile.address.column = number;
    struct worker_asker asker = {.done = take, .context = got, .listener = listener};
    ck_assert(worker_pool_order(pool, &order, monotonic_now_ms() + time_ms, asker, &ticket, &fault));
    return ticket;
}

static void ask(enum order_kind kind, const char *what, uint32_t number, struct got *got)
{
    ask_within(kind, what, number, 10000, got);
}

/** As an I/O thread does it: one wait, and what it told of. */
static int hear(int wait_ms)
{
    struct epoll_event event;
    int count = epoll_wait(epoll, &event, 1, wait_ms);
    if (count > 0) {
        worker_pool_listen(pool, (uint32_t)event.data.u64, event.events);
    }
    return count;
}

static void hear_until(const struct got *got)
{
    int64_t until_ms = monotonic_now_ms() + 10000;
    while (atomic_load(&got->count) == 0 && monotonic_now_ms() < until_ms) {
        hear(100);
    }
    ck_assert_int_eq(atomic_load(&got->count), 1);
}

static void wait_for(const struct got *got)
{
    int64_t until_ms = monotonic_now_ms() + 10000;
    while (atomic_load(&got->count) == 0 && monotonic_now_ms() < until_ms) {
        sleep_ms(1);
    }
    ck_assert_int_eq(atomic_load(&got->count), 1);
}

START_TEST(a_tile_is_read_by_who_goes_on_with_it_and_by_nobody_else)
{
    struct got got = {0};
    start();
    ask(ORDER_TILE, "make 1 1", 0, &got);
    sleep_ms(200);
    ck_assert_int_eq(atomic_load(&got.count), 0);
    hear_until(&got);
    ck_assert_int_eq(got.code, FAULT_NONE);
    stop();
}
END_TEST

START_TEST(what_waited_goes_to_the_worker_when_its_result_was_read)
{
    struct got got[5] = {0};
    start();
    for (uint32_t i = 0; i < 5; i++) {
        ask(ORDER_TILE, "make 1 1", i, &got[i]);
    }
    for (int i = 0; i < 5; i++) {
        hear_until(&got[i]);
        ck_assert_int_eq(got[i].code, FAULT_NONE);
    }
    ck_assert_uint_eq(worker_pool_state(pool).runs, 5);
    stop();
}
END_TEST

START_TEST(all_but_tiles_is_read_by_the_pool)
{
    struct got tile = {0}, symbol = {0}, another = {0};
    start();
    ask(ORDER_TILE, "make 1 1", 0, &tile);
    hear_until(&tile);
    ask(ORDER_SYMBOL, "say hello", 0, &symbol);
    wait_for(&symbol);
    ck_assert_int_eq(symbol.code, FAULT_NONE);
    ask(ORDER_TILE, "make 1 1", 1, &another);
    hear_until(&another);
    stop();
}
END_TEST

START_TEST(a_worker_that_dies_with_a_tile_is_replaced)
{
    struct got got = {0}, later = {0};
    start();
    ask(ORDER_TILE, "crash once", 0, &got);
    hear_until(&got); /* the other worker made it */
    ck_assert_int_eq(got.code, FAULT_NONE);
    ck_assert_uint_eq(worker_pool_state(pool).restarts, 1);
    wait_ready(1);
    ask(ORDER_TILE, "make 1 1", 1, &later);
    hear_until(&later);
    stop();
}
END_TEST

START_TEST(a_tile_of_a_listener_that_left_is_told_all_the_same)
{
    struct got got = {0}, queued = {0}, later = {0};
    start();
    ask(ORDER_TILE, "make 100 100", 0, &got);
    ask(ORDER_TILE, "make 100 100", 1, &queued);
    worker_pool_leave(pool, listener);
    ask(ORDER_TILE, "make 100 100", 2, &later);
    wait_for(&got);
    wait_for(&queued);
    wait_for(&later);
    ck_assert_int_eq(hear(0), 0);
    stop();
}
END_TEST

START_TEST(there_are_listeners_up_to_a_number_and_their_numbers_are_never_given_again)
{
    int last = 0;
    start();
    worker_pool_leave(pool, listener);
    for (int i = 0; i < 200; i++) {
        int next = worker_pool_join(pool, epoll);
        ck_assert(next == 0 || next > last);
        ck_assert_int_ne(next, listener);
        last = next > last ? next : last;
    }
    ck_assert_int_eq(worker_pool_join(pool, epoll), 0);
    worker_pool_leave(pool, 0); /* whoever got no number may say so too */
    stop();
}
END_TEST

START_TEST(a_worker_that_hears_nothing_more_is_ended_at_its_deadline)
{
    struct got got = {0};
    start();
    ask_within(ORDER_TILE, "sleep 5000", 0, 300, &got);
    wait_for(&got); /* told by the pool's thread: nothing comes of the socket */
    ck_assert_int_eq(got.code, FAULT_DEADLINE);
    stop();
}
END_TEST

START_TEST(the_notes_of_a_tile_come_with_it)
{
    struct got got = {0};
    start();
    ask(ORDER_TILE, "notes 1500", 0, &got);
    hear_until(&got);
    ck_assert_int_eq(got.code, FAULT_NONE);
    ck_assert_uint_eq(got.note_count, 1500);
    stop();
}
END_TEST

/** An asker that leaves after a while. */
struct leaving {
    uint64_t ticket;
    int64_t after_us;
};

static void *leave(void *context)
{
    struct leaving *leaving = context;
    nanosleep(&(struct timespec){.tv_nsec = leaving->after_us * 1000}, NULL);
    worker_pool_cancel(pool, leaving->ticket);
    return NULL;
}

/** Notes are read without the lock: meanwhile the last asker may leave, and so the worker be ended. */
START_TEST(a_worker_that_is_ended_while_its_notes_are_read_is_told_of_once)
{
    start();
    for (uint32_t i = 0; i < RACES; i++) {
        struct got left = {0}, next = {0};
        pthread_t thread;
        struct leaving leaving = {ask_within(ORDER_TILE, "notes 2000", i, 10000, &left), 20 * (i % 100)};
        ck_assert(thread_start(&thread, THREAD_USUAL_STACK, leave, &leaving));
        hear_until(&left);
        pthread_join(thread, NULL);
        ck_assert(left.code == FAULT_NONE || left.code == FAULT_DEADLINE);
        ask(ORDER_TILE, "make 1 1", i, &next);
        hear_until(&next);
        ck_assert_int_eq(next.code, FAULT_NONE);
        ck_assert_uint_eq(next.note_count, 0);
    }
    stop();
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("worker_pool_listen");
    TCase *tests = tcase_create("worker_pool_listen");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_tile_is_read_by_who_goes_on_with_it_and_by_nobody_else);
    tcase_add_test(tests, what_waited_goes_to_the_worker_when_its_result_was_read);
    tcase_add_test(tests, all_but_tiles_is_read_by_the_pool);
    tcase_add_test(tests, a_worker_that_dies_with_a_tile_is_replaced);
    tcase_add_test(tests, a_tile_of_a_listener_that_left_is_told_all_the_same);
    tcase_add_test(tests, there_are_listeners_up_to_a_number_and_their_numbers_are_never_given_again);
    tcase_add_test(tests, a_worker_that_hears_nothing_more_is_ended_at_its_deadline);
    tcase_add_test(tests, the_notes_of_a_tile_come_with_it);
    tcase_add_test(tests, a_worker_that_is_ended_while_its_notes_are_read_is_told_of_once);
    suite_add_tcase(suite, tests);
    return suite;
}
