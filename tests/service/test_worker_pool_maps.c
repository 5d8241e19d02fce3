/* Large pictures of maps beside tiles: with workers that sleep. */
#include "tests/service/pool_maps.h"

#define LARGE_SIDE_PX 4000

/** A map of sixteen million dots. */
static enum fault_code ask_large(int sleep, int number, int64_t time_ms, struct got *got)
{
    char what[64];
    snprintf(what, sizeof(what), "sleep %d %d", sleep, number);
    struct order order = order_of(ORDER_PLATE, what, LARGE_SIDE_PX);
    return ask_order(&order, 1, time_ms, got);
}

/** The pool has made so many maps that took so long. */
static void teach(int sleep, int count)
{
    for (int i = 0; i < count; i++) {
        struct got got = {0};
        ck_assert_int_eq(ask_map(sleep, 1000 + i, 1, 9000, &got), FAULT_NONE);
        wait_for(&got);
    }
}

START_TEST(a_tile_goes_before_maps_that_wait)
{
    struct got maps[4] = {0};
    struct got tile = {0};
    start_pool(1);
    for (int i = 0; i < 4; i++) {
        ck_assert_int_eq(ask_map(100, i, 1, 9000, &maps[i]), FAULT_NONE);
    }
    wait_busy(1);
    ck_assert_int_eq(ask(ORDER_TILE, "say tile", 0, 9000, &tile), FAULT_NONE);
    ck_assert_uint_eq(worker_pool_state(pool).waiting, 4);
    wait_for(&tile);
    ck_assert_int_eq(tile.rank, 1);
    for (int i = 0; i < 4; i++) {
        wait_for(&maps[i]);
        ck_assert_int_eq(maps[i].code, FAULT_NONE);
    }
    stop_pool();
}
END_TEST

START_TEST(maps_never_take_the_last_worker)
{
    static const enum order_kind kinds[] = {ORDER_PLATE, ORDER_LEGEND, ORDER_MAP};
    struct got maps[6] = {0};
    struct got tile = {0};
    char what[32];
    start_pool(3);
    for (int i = 0; i < 6; i++) {
        snprintf(what, sizeof(what), "sleep 300 %d", i);
        ck_assert_int_eq(ask(kinds[i % 3], what, 1, 9000, &maps[i]), FAULT_NONE);
    }
    sleep_ms(50);
    ck_assert_int_eq(worker_pool_state(pool).busy, 2);
    int64_t began_ms = monotonic_now_ms();
    ck_assert_int_eq(ask(ORDER_TILE, "say tile", 0, 9000, &tile), FAULT_NONE);
    wait_for(&tile);
    ck_assert_int_lt(tile.at_ms - began_ms, 100);
    ck_assert_int_eq(tile.rank, 0);
    for (int i = 0; i < 6; i++) {
        wait_for(&maps[i]);
        ck_assert_int_eq(maps[i].code, FAULT_NONE);
    }
    stop_pool();
}
END_TEST

/** A briefing may take minutes: as long as it has all other workers, a map may have the last one. */
START_TEST(a_map_is_made_beside_a_briefing)
{
    struct got briefing = {0};
    struct got map = {0};
    struct order order;
    struct fault fault;
    start_pool(2);
    order_init(&order, ORDER_BRIEFING);
    snprintf(order.briefing.title, sizeof(order.briefing.title), "sleep 400");
    order.briefing.scale_denominator = 1000;
    order.view.as_of_ms = 0;
    struct worker_asker asker = {.done = take, .context = &briefing};
    ck_assert(worker_pool_order(pool, &order, monotonic_now_ms() + 9000, asker, NULL, &fault));
    wait_busy(1);
    ck_assert_int_eq(ask_map(10, 0, 1, 9000, &map), FAULT_NONE);
    wait_for(&map);
    ck_assert_int_eq(map.rank, 0);
    wait_for(&briefing);
    stop_pool();
}
END_TEST

START_TEST(maps_of_clients_take_turns)
{
    struct got many[6] = {0};
    struct got other[2] = {0};
    struct got third = {0};
    start_pool(1);
    for (int i = 0; i < 6; i++) {
        ck_assert_int_eq(ask_map(40, i, 1, 9000, &many[i]), FAULT_NONE);
    }
    wait_busy(1);
    ck_assert_int_eq(ask_map(40, 6, 2, 9000, &other[0]), FAULT_NONE);
    ck_assert_int_eq(ask_map(40, 7, 2, 9000, &other[1]), FAULT_NONE);
    ck_assert_int_eq(ask_map(40, 8, 3, 9000, &third), FAULT_NONE);
    wait_for(&many[5]);
    ck_assert_int_eq(many[1].rank, 1);
    ck_assert_int_eq(other[0].rank, 2);
    ck_assert_int_eq(third.rank, 3);
    ck_assert_int_eq(many[2].rank, 4);
    ck_assert_int_eq(other[1].rank, 5);
    ck_assert_int_eq(many[5].rank, 8);
    stop_pool();
}
END_TEST

START_TEST(a_map_that_will_not_be_done_in_time_is_refused_at_once)
{
    struct got maps[30] = {0};
    struct got other = {0};
    int taken_count = 0;
    int late_count = 0;
    start_pool(2);
    teach(300, 8);
    int64_t began_ms = monotonic_now_ms();
    for (int i = 0; i < 30; i++) {
        enum fault_code code = ask_map(300, i, 1, 2000, &maps[i]);
        ck_assert(code == FAULT_NONE || code == FAULT_UNAVAILABLE);
        ck_assert_msg(code == FAULT_UNAVAILABLE || taken_count == i, "refused, and then taken");
        taken_count += code == FAULT_NONE;
    }
    ck_assert_int_eq(ask_map(20, 200, 2, 2000, &other), FAULT_NONE); /* its turn is sooner */
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 50);
    ck_assert_int_ge(taken_count, 3);
    ck_assert_int_le(taken_count, 5);
    ck_assert_uint_eq(worker_pool_state(pool).refused, 30 - taken_count);
    struct order refused = order_of(ORDER_PLATE, "sleep 300 30", 100);
    int64_t retry_ms = worker_pool_retry_ms(pool, &refused, 1); /* when all of them are done */
    ck_assert_int_ge(retry_ms, 200 * taken_count);
    ck_assert_int_le(retry_ms, 2700); /* what was taken has its time, and the other half of it */
    ck_assert_int_lt(worker_pool_retry_ms(pool, &refused, 2), retry_ms);
    for (int i = 0; i < taken_count; i++) {
        wait_for(&maps[i]);
        late_count += maps[i].code != FAULT_NONE;
    }
    ck_assert_int_le(late_count, 1); /* the other client went before it, and machines may be slow */
    wait_for(&other);
    ck_assert_int_eq(other.code, FAULT_NONE);
    ck_assert_uint_eq(worker_pool_state(pool).killed, 0);
    stop_pool();
}
END_TEST

START_TEST(maps_that_take_longer_than_was_guessed_are_told_as_soon_as_it_is_known)
{
    struct got maps[8] = {0};
    int made_count = 0;
    start_pool(2);
    int64_t began_ms = monotonic_now_ms();
    for (int i = 0; i < 8; i++) {
        ck_assert_int_eq(ask_map(800, i, 1, 3000, &maps[i]), FAULT_NONE);
    }
    for (int i = 0; i < 8; i++) {
        wait_for(&maps[i]);
        ck_assert(maps[i].code == FAULT_NONE || maps[i].code == FAULT_UNAVAILABLE);
        made_count += maps[i].code == FAULT_NONE;
    }
    ck_assert_int_ge(made_count, 2);
    ck_assert_int_le(made_count, 3);
    ck_assert_int_eq(maps[7].code, FAULT_UNAVAILABLE);
    ck_assert_int_lt(maps[7].at_ms - began_ms, 1900);
    ck_assert_int_ge(maps[7].retry_ms, 400);
    ck_assert_int_le(maps[7].retry_ms, 8 * 800);
    ck_assert_uint_eq(worker_pool_state(pool).killed, 0);
    stop_pool();
}
END_TEST

START_TEST(a_map_that_nobody_is_before_is_tried_however_long_the_last_one_took)
{
    struct got slow = {0};
    struct got quick = {0};
    start_pool(2);
    ck_assert_int_eq(ask_map(1200, 0, 1, 9000, &slow), FAULT_NONE);
    wait_for(&slow);
    ck_assert_int_eq(ask_map(1, 1, 1, 500, &quick), FAULT_NONE);
    wait_for(&quick);
    ck_assert_int_eq(quick.code, FAULT_NONE);
    stop_pool();
}
END_TEST

/** A small map says little of large ones, above all when it is the first of its place. */
START_TEST(what_can_be_done_in_time_is_taken_after_a_small_map_that_took_long)
{
    struct got small = {0};
    struct got maps[16] = {0};
    start_pool(2);
    ck_assert_int_eq(ask_map(700, 0, 1, 9000, &small), FAULT_NONE);
    wait_for(&small);
    for (int i = 0; i < 16; i++) {
        ck_assert_int_eq(ask_large(100, i, 15000, &maps[i]), FAULT_NONE);
    }
    for (int i = 0; i < 16; i++) {
        wait_for(&maps[i]);
        ck_assert_int_eq(maps[i].code, FAULT_NONE);
    }
    stop_pool();
}
END_TEST

START_TEST(maps_that_cannot_be_made_say_nothing_of_how_long_others_take)
{
    char what[32];
    int taken_count = 0;
    struct got maps[30] = {0};
    start_pool(2);
    teach(300, 8);
    for (int i = 0; i < 20; i++) {
        struct got refused = {0};
        snprintf(what, sizeof(what), "refuse %d", i);
        ck_assert_int_eq(ask(ORDER_PLATE, what, 1, 9000, &refused), FAULT_NONE);
        wait_for(&refused);
        ck_assert_int_eq(refused.code, FAULT_LIMIT);
    }
    for (int i = 0; i < 30; i++) {
        taken_count += ask_map(300, i, 1, 2000, &maps[i]) == FAULT_NONE;
    }
    ck_assert_int_ge(taken_count, 3);
    ck_assert_int_le(taken_count, 5);
    for (int i = 0; i < taken_count; i++) {
        wait_for(&maps[i]);
    }
    stop_pool();
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("worker_pool_maps");
    TCase *tests = tcase_create("worker_pool_maps");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_tile_goes_before_maps_that_wait);
    tcase_add_test(tests, maps_never_take_the_last_worker);
    tcase_add_test(tests, a_map_is_made_beside_a_briefing);
    tcase_add_test(tests, maps_of_clients_take_turns);
    tcase_add_test(tests, a_map_that_will_not_be_done_in_time_is_refused_at_once);
    tcase_add_test(tests, maps_that_take_longer_than_was_guessed_are_told_as_soon_as_it_is_known);
    tcase_add_test(tests, a_map_that_nobody_is_before_is_tried_however_long_the_last_one_took);
    tcase_add_test(tests, what_can_be_done_in_time_is_taken_after_a_small_map_that_took_long);
    tcase_add_test(tests, maps_that_cannot_be_made_say_nothing_of_how_long_others_take);
    suite_add_tcase(suite, tests);
    return suite;
}
