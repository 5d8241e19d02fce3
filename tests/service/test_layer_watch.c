/* How long a layer may take before it is said to hang. */
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "geo/base/moment.h"
#include "render/layer/layer_listener.h"
#include "render/service/config.h"
#include "render/service/worker/layer_watch.h"
#include "render/service/worker/order.h"
#include "tests/support/runner.h"

#define DEADLINE_MS 800
#define LEAST_MS (DEADLINE_MS / 8)

static atomic_int told_ms; /* what the watch said that it waited; 0: nothing */

static const struct config config = {.service = {.deadline_ms = DEADLINE_MS, .briefing_deadline_ms = 60000}};

static void note(const char *layer_id, int64_t waited_ms, void *context)
{
    (void)context;
    atomic_store(&told_ms, strcmp(layer_id, "rivers") == 0 ? (int)waited_ms : -1);
}

static void pause_ms(int64_t time_ms)
{
    nanosleep(&(struct timespec){time_ms / 1000, time_ms % 1000 * 1000000}, NULL);
}

static void begin_order(struct layer_watch *watch, enum order_kind kind, int64_t left_ms)
{
    struct order order;
    order_init(&order, kind);
    order.hung.left_ms = left_ms;
    layer_watch_begin(watch, &config, &order);
    order_finish(&order);
}

/** Reads a layer that hangs, until the watch says so. In vain: false. */
static bool hangs(struct layer_watch *watch, int64_t most_ms)
{
    const struct layer_listener *listener = layer_watch_listener(watch);
    int64_t end_ms = monotonic_now_ms() + most_ms;
    atomic_store(&told_ms, 0);
    listener->begin("rivers", listener->context);
    while (atomic_load(&told_ms) == 0 && monotonic_now_ms() < end_ms) {
        pause_ms(5);
    }
    listener->end(listener->context);
    return atomic_load(&told_ms) > 0;
}

/* The thread slept on until the briefing's time was over. */
START_TEST(a_tile_after_a_briefing_does_not_wait_as_long_as_that)
{
    struct layer_watch *watch = layer_watch_new(note, NULL);
    const struct layer_listener *listener = layer_watch_listener(watch);
    begin_order(watch, ORDER_BRIEFING, 60000);
    listener->begin("rivers", listener->context);
    pause_ms(50); /* it looks at the clock and sleeps */
    listener->end(listener->context);
    begin_order(watch, ORDER_TILE, 400);
    ck_assert(hangs(watch, 5000));
    ck_assert_int_eq(atomic_load(&told_ms), 200);
    layer_watch_free(watch);
}
END_TEST

START_TEST(an_order_with_hardly_any_time_left_does_not_blame_a_layer)
{
    struct layer_watch *watch = layer_watch_new(note, NULL);
    begin_order(watch, ORDER_TILE, 1);
    ck_assert(!hangs(watch, LEAST_MS / 2));
    ck_assert(hangs(watch, 5000));
    ck_assert_int_eq(atomic_load(&told_ms), LEAST_MS);
    layer_watch_free(watch);
}
END_TEST

START_TEST(a_layer_that_answers_is_not_told_of)
{
    struct layer_watch *watch = layer_watch_new(note, NULL);
    begin_order(watch, ORDER_TILE, 0);
    ck_assert(!hangs(watch, DEADLINE_MS / 8));
    pause_ms(DEADLINE_MS);
    ck_assert_int_eq(atomic_load(&told_ms), 0);
    layer_watch_free(watch);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("layer_watch");
    TCase *cases = tcase_create("layer_watch");
    tcase_set_timeout(cases, 30);
    tcase_add_test(cases, a_tile_after_a_briefing_does_not_wait_as_long_as_that);
    tcase_add_test(cases, an_order_with_hardly_any_time_left_does_not_blame_a_layer);
    tcase_add_test(cases, a_layer_that_answers_is_not_told_of);
    suite_add_tcase(suite, cases);
    return suite;
}
