/* Which worker draws the tiles of a district: with workers that count the districts they make. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/tile_matrix_set.h"
#include "render/service/worker/order_district.h"
#include "render/service/worker/worker_districts.h"
#include "render/service/worker/worker_pool.h"
#include "tests/service/pool_asker.h"
#include "tests/support/runner.h"

static struct tile_matrix_sets *sets;

static void start_sets(void)
{
    struct fault fault;
    sets = tile_matrix_sets_new(&fault);
    ck_assert_msg(sets, "%s", fault.message);
}

static void stop_sets(void)
{
    tile_matrix_sets_free(sets);
    sets = NULL;
}

static void start_pool(int workers)
{
    start_sets();
    struct worker_pool_options options = usual_options(workers);
    options.sets = sets;
    start_pool_of(options);
}

static void stop(void)
{
    stop_pool();
    stop_sets();
}

static struct order tile_of(const char *map, uint32_t zoom, uint32_t column, uint32_t row)
{
    struct order order;
    order_init(&order, ORDER_TILE);
    snprintf(order.view.map, sizeof(order.view.map), "%s", map);
    snprintf(order.tile.tile_matrix_set, sizeof(order.tile.tile_matrix_set), "WebMercatorQuad");
    order.view.as_of_ms = 0;
    order.tile.address = (struct tile_address){zoom, column, row};
    return order;
}

static void ask(const struct order *order, int64_t time_ms, struct got *got)
{
    struct fault fault;
    struct worker_asker asker = {.done = take, .context = got};
    ck_assert(worker_pool_order(pool, order, monotonic_now_ms() + time_ms, asker, NULL, &fault));
}

/** Neighbours in one district. */
static void ask_tiles(const char *map, uint32_t first_column, uint32_t count, struct got *got)
{
    for (uint32_t i = 0; i < count; i++) {
        struct order order = tile_of(map, 6, first_column + i % 4, i / 4);
        ask(&order, 9000, &got[i]);
    }
}

static void wait_made(struct got *got, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        wait_for(&got[i]);
        ck_assert_int_eq(got[i].code, FAULT_NONE);
    }
}

START_TEST(tiles_of_a_district_wait_for_the_worker_that_makes_it)
{
    struct got got[8] = {0};
    start_pool(3);
    ask_tiles("make 300 5", 0, 8, got);
    wait_made(got, 8);
    ck_assert_int_eq(lines_of("make 300 5"), 1);
    for (int i = 1; i < 8; i++) {
        ck_assert_int_eq(got[i].worker, got[0].worker);
    }
    stop();
}
END_TEST

START_TEST(others_do_not_wait_while_a_district_is_made)
{
    struct got slow[4] = {0};
    struct got quick[3] = {0};
    struct got symbol = {0};
    struct order order;
    start_pool(2);
    ask_tiles("make 500 5", 0, 4, slow);
    int64_t began_ms = monotonic_now_ms();
    ask_tiles("make 10 5", 0, 3, quick);
    order_init(&order, ORDER_SYMBOL);
    snprintf(order.symbol.code, sizeof(order.symbol.code), "say hello");
    ask(&order, 9000, &symbol);
    wait_made(quick, 3);
    wait_made(&symbol, 1);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 250);
    ck_assert_int_eq(atomic_load(&slow[0].count), 0);
    wait_made(slow, 4);
    ck_assert_int_eq(lines_of("make 500 5"), 1);
    stop();
}
END_TEST

START_TEST(a_tile_goes_to_the_idle_worker_that_has_its_district)
{
    struct got first[2] = {0};
    start_pool(2);
    ask_tiles("make 60 1 a", 0, 1, &first[0]);
    ask_tiles("make 60 1 b", 0, 1, &first[1]);
    wait_made(first, 2);
    ck_assert_int_ne(first[0].worker, first[1].worker);
    for (uint32_t i = 1; i < 8; i++) {
        struct got next[2] = {0};
        ask_tiles("make 60 1 b", i, 1, &next[1]);
        wait_made(&next[1], 1);
        ask_tiles("make 60 1 a", i, 1, &next[0]);
        wait_made(&next[0], 1);
        ck_assert_int_eq(next[0].worker, first[0].worker);
        ck_assert_int_eq(next[1].worker, first[1].worker);
    }
    ck_assert_int_eq(lines_of("make 60 1 a"), 1);
    ck_assert_int_eq(lines_of("make 60 1 b"), 1);
    stop();
}
END_TEST

START_TEST(a_crowded_district_is_made_by_more_workers_once_that_is_worth_while)
{
    struct got got[24] = {0};
    start_pool(2);
    int64_t began_ms = monotonic_now_ms();
    ask_tiles("make 60 40", 0, 24, got);
    wait_made(got, 24);
    ck_assert_int_eq(lines_of("make 60 40"), 2);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 850); /* one alone: 980 */
    stop();
}
END_TEST

START_TEST(a_maker_that_dies_leaves_its_district_to_another)
{
    struct got got[4] = {0};
    start_pool(2);
    ask_tiles("crash once", 0, 4, got);
    wait_made(got, 4);
    stop();
}
END_TEST

/** A map whose district is at home with a worker: "make 300 5" and blanks, from so many on. */
static int name_at_home(int home, int blanks, char name[static 40])
{
    for (; blanks < 40 - 11; blanks++) {
        snprintf(name, 40, "make 300 5%*s", blanks, "");
        struct order order = tile_of(name, 6, 0, 0);
        if (order_district_home(order_district(&order, sets), 2) == home) {
            return blanks;
        }
    }
    ck_abort_msg("no name is at home with worker %d", home);
}

START_TEST(a_new_district_is_made_at_home_while_that_is_idle)
{
    char name[40];
    struct got got[3] = {0};
    start_pool(2);
    int blanks = name_at_home(1, 0, name);
    ask_tiles(name, 0, 1, &got[0]);
    wait_made(&got[0], 1);
    blanks = name_at_home(1, blanks + 1, name);
    ask_tiles(name, 0, 1, &got[1]);
    name_at_home(1, blanks + 1, name);
    ask_tiles(name, 0, 1, &got[2]); /* now it has something to do */
    wait_made(got, 3);
    ck_assert_int_eq(got[1].worker, got[0].worker);
    ck_assert_int_ne(got[2].worker, got[0].worker);
    ck_assert_int_lt(got[2].at_ms - got[1].at_ms, 250); /* beside it, not after it */
    stop();
}
END_TEST

START_TEST(who_does_long_work_is_not_waited_for)
{
    char name[40];
    struct got first = {0};
    struct got briefing = {0};
    struct got next = {0};
    struct order order;
    start_pool(2);
    name_at_home(0, 0, name); /* who gets the briefing, as the first that is idle */
    ask_tiles(name, 0, 1, &first);
    wait_made(&first, 1);
    order_init(&order, ORDER_BRIEFING);
    snprintf(order.briefing.title, sizeof(order.briefing.title), "sleep 1500");
    order.briefing.scale_denominator = 1000;
    order.view.as_of_ms = 0;
    ask(&order, 9000, &briefing);
    int64_t began_ms = monotonic_now_ms();
    ask_tiles(name, 1, 1, &next);
    wait_made(&next, 1);
    ck_assert_int_lt(next.at_ms - began_ms, 550);
    ck_assert_int_ne(next.worker, first.worker);
    wait_made(&briefing, 1);
    stop();
}
END_TEST

START_TEST(a_tile_that_waits_for_its_district_still_has_a_deadline)
{
    struct got first = {0};
    struct got next = {0};
    start_pool(2);
    ask_tiles("make 600 5", 0, 1, &first);
    struct order order = tile_of("make 600 5", 6, 1, 0);
    int64_t began_ms = monotonic_now_ms();
    ask(&order, 150, &next);
    wait_made(&first, 1);
    ck_assert_int_eq(atomic_load(&next.count), 1);
    ck_assert_int_eq(next.code, FAULT_UNAVAILABLE); /* with the district made it takes no time */
    ck_assert_int_lt(next.at_ms - began_ms, 300);
    stop();
}
END_TEST

/** Asks whether the tile is stale. */
static void ask_stale(const char *map, const struct order *tile, struct got *got)
{
    struct order order;
    order_init(&order, ORDER_STALE);
    order.view = tile->view;
    snprintf(order.view.map, sizeof(order.view.map), "%s", map);
    order.stale.district = order_district(tile, sets);
    ask(&order, 5000, got);
}

START_TEST(who_draws_a_district_says_what_a_change_makes_stale_of_it)
{
    start_pool(3);
    for (uint32_t i = 0; i < 8; i++) {
        struct got drawn = {0};
        struct got compared = {0};
        struct order tile = tile_of("make 2 2", 10, 100 * i, 100);
        ask(&tile, 5000, &drawn);
        wait_made(&drawn, 1);
        ask_stale("make 3 3", &tile, &compared);
        wait_made(&compared, 1);
        ck_assert_int_eq(compared.worker, drawn.worker);
    }
    stop();
}
END_TEST

START_TEST(a_change_does_not_wait_for_a_long_picture)
{
    struct got drawn = {0};
    struct got compared = {0};
    start_pool(2);
    struct order tile = tile_of("make 1500 2", 10, 100, 100);
    ask(&tile, 5000, &drawn);
    int64_t asked_ms = monotonic_now_ms();
    ask_stale("make 3 3", &tile, &compared);
    wait_made(&compared, 1);
    ck_assert_int_lt(compared.at_ms - asked_ms, 750);
    wait_made(&drawn, 1);
    ck_assert_int_ne(compared.worker, drawn.worker);
    stop();
}
END_TEST

START_TEST(what_a_change_waits_for_goes_before_tiles)
{
    struct got drawn[6] = {0};
    struct got compared = {0};
    start_pool(1);
    struct order tile = tile_of("make 50 50", 6, 0, 0);
    ask_tiles("make 50 50", 0, 6, drawn);
    ask_stale("make 3 3", &tile, &compared);
    wait_made(&compared, 1);
    wait_made(drawn, 6);
    ck_assert_int_lt(compared.at_ms, drawn[1].at_ms);
    stop();
}
END_TEST

START_TEST(a_tile_waits_for_the_making_of_its_district_half_of_its_time)
{
    struct got got[2] = {0};
    start_pool(2);
    struct order first = tile_of("make 1500 2", 6, 0, 0);
    struct order second = tile_of("make 1500 2", 6, 1, 0);
    ask(&first, 9000, &got[0]);
    ask(&second, 800, &got[1]);
    sleep_ms(150);
    ck_assert_int_eq(lines_of("make 1500 2"), 1);
    int64_t until_ms = monotonic_now_ms() + 1000;
    while (lines_of("make 1500 2") < 2 && monotonic_now_ms() < until_ms) {
        sleep_ms(5);
    }
    ck_assert_int_eq(lines_of("make 1500 2"), 2);
    ck_assert_int_eq(atomic_load(&got[0].count), 0);
    stop();
}
END_TEST

START_TEST(tiles_lie_in_the_district_of_their_middle)
{
    start_sets();
    struct order order = tile_of("map", 6, 7, 7);
    struct order inside = tile_of("map", 6, 0, 0);
    struct order beside = tile_of("map", 6, 8, 7);
    ck_assert_uint_ne(order_district(&order, sets), 0);
    ck_assert_uint_eq(order_district(&order, sets), order_district(&inside, sets));
    ck_assert_uint_ne(order_district(&order, sets), order_district(&beside, sets));
    inside = tile_of("map", 12, 4, 4); /* finer than 1:150,000: squares of 1,024 px */
    struct order last = tile_of("map", 12, 7, 7);
    beside = tile_of("map", 12, 3, 4);
    ck_assert_uint_eq(order_district(&inside, sets), order_district(&last, sets));
    ck_assert_uint_ne(order_district(&inside, sets), order_district(&beside, sets));
    stop_sets();
}
END_TEST

START_TEST(what_is_decided_apart_is_of_other_districts)
{
    start_sets();
    struct order order = tile_of("map", 6, 0, 0);
    uint64_t number = order_district(&order, sets);
    struct order other = tile_of("other", 6, 0, 0);
    ck_assert_uint_ne(order_district(&other, sets), number);
    other = tile_of("map", 7, 0, 0);
    ck_assert_uint_ne(order_district(&other, sets), number);
    other = order;
    other.view.palette = (struct palette_wish){true, PALETTE_DEFAULT};
    ck_assert_uint_ne(order_district(&other, sets), number);
    other = order;
    snprintf(other.tile.tile_matrix_set, sizeof(other.tile.tile_matrix_set), "NetherlandsRDNewQuad");
    ck_assert_uint_ne(order_district(&other, sets), number);
    other = order;
    other.view.revisions[0] = 7;
    other.view.plot_count = 1;
    other.view.as_of_ms = 1000;
    other.tile.form.pixel_ratio = 2;
    ck_assert_uint_eq(order_district(&other, sets), number);
    stop_sets();
}
END_TEST

START_TEST(large_tiles_share_the_districts_of_the_next_zoom_and_vector_tiles_have_none)
{
    start_sets();
    struct order small = tile_of("map", 6, 7, 7);
    struct order large = tile_of("map", 5, 3, 3);
    large.tile.form.size_px = TILE_SIZE_LARGE_PX;
    ck_assert_uint_eq(order_district(&large, sets), order_district(&small, sets));
    large.tile.address.zoom = 24; /* there is no zoom 25 */
    ck_assert_uint_eq(order_district(&large, sets), 0);
    large.tile.address.zoom = UINT32_MAX;
    ck_assert_uint_eq(order_district(&large, sets), 0);
    small.tile.form.format = TILE_MVT;
    ck_assert_uint_eq(order_district(&small, sets), 0);
    small = tile_of("map", 6, 0, 0);
    snprintf(small.tile.tile_matrix_set, sizeof(small.tile.tile_matrix_set), "Nowhere");
    ck_assert_uint_eq(order_district(&small, sets), 0);
    stop_sets();
}
END_TEST

START_TEST(what_a_worker_drew_of_last_is_known_longest)
{
    struct worker_districts districts = {0};
    for (uint64_t number = 1; number <= 3; number++) {
        worker_districts_begin(&districts, number, 100);
        worker_districts_made(&districts, number, 100 + (int64_t)number);
    }
    worker_districts_begin(&districts, 1, 200);
    worker_districts_made(&districts, 1, 900);
    ck_assert_int_eq(worker_district_cost_ms(worker_districts_find(&districts, 1)), 1);
    worker_districts_trim(&districts, 2);
    ck_assert_ptr_nonnull(worker_districts_find(&districts, 1));
    ck_assert_ptr_nonnull(worker_districts_find(&districts, 3));
    ck_assert_ptr_null(worker_districts_find(&districts, 2));
    for (uint64_t number = 10; number < 10 + 2 * WORKER_DISTRICTS_MOST; number++) {
        worker_districts_begin(&districts, number, 300);
    }
    ck_assert_uint_eq(districts.count, WORKER_DISTRICTS_MOST);
    ck_assert_ptr_null(worker_districts_find(&districts, 1));
    ck_assert_ptr_nonnull(worker_districts_find(&districts, 9 + 2 * WORKER_DISTRICTS_MOST));
}
END_TEST

START_TEST(a_district_that_was_not_made_is_not_there)
{
    struct worker_districts districts = {0};
    worker_districts_begin(&districts, 1, 100);
    worker_districts_failed(&districts, 1);
    ck_assert_ptr_null(worker_districts_find(&districts, 1));
    worker_districts_begin(&districts, 2, 100);
    worker_districts_made(&districts, 2, 150);
    worker_districts_begin(&districts, 2, 200);
    worker_districts_failed(&districts, 2);
    worker_districts_failed(&districts, 3);
    ck_assert_int_eq(worker_district_cost_ms(worker_districts_find(&districts, 2)), 50);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("worker_districts");
    TCase *tests = tcase_create("worker_districts");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, tiles_of_a_district_wait_for_the_worker_that_makes_it);
    tcase_add_test(tests, others_do_not_wait_while_a_district_is_made);
    tcase_add_test(tests, a_tile_goes_to_the_idle_worker_that_has_its_district);
    tcase_add_test(tests, a_crowded_district_is_made_by_more_workers_once_that_is_worth_while);
    tcase_add_test(tests, a_maker_that_dies_leaves_its_district_to_another);
    tcase_add_test(tests, a_new_district_is_made_at_home_while_that_is_idle);
    tcase_add_test(tests, who_does_long_work_is_not_waited_for);
    tcase_add_test(tests, a_tile_that_waits_for_its_district_still_has_a_deadline);
    tcase_add_test(tests, who_draws_a_district_says_what_a_change_makes_stale_of_it);
    tcase_add_test(tests, a_change_does_not_wait_for_a_long_picture);
    tcase_add_test(tests, what_a_change_waits_for_goes_before_tiles);
    tcase_add_test(tests, a_tile_waits_for_the_making_of_its_district_half_of_its_time);
    tcase_add_test(tests, tiles_lie_in_the_district_of_their_middle);
    tcase_add_test(tests, what_is_decided_apart_is_of_other_districts);
    tcase_add_test(tests, large_tiles_share_the_districts_of_the_next_zoom_and_vector_tiles_have_none);
    tcase_add_test(tests, what_a_worker_drew_of_last_is_known_longest);
    tcase_add_test(tests, a_district_that_was_not_made_is_not_there);
    suite_add_tcase(suite, tests);
    return suite;
}
