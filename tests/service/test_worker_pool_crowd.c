/* Maps that are made although there is no end of tiles: with workers that sleep. */
#include "tests/service/pool_maps.h"

#define TILE_COUNT 200

START_TEST(a_map_is_begun_beside_tiles_without_end)
{
    static struct got tiles[TILE_COUNT];
    struct got map = {0};
    char what[32];
    memset(tiles, 0, sizeof(tiles));
    start_pool(2);
    for (int i = 0; i < TILE_COUNT; i++) {
        snprintf(what, sizeof(what), "sleep 30 %d", i);
        ck_assert_int_eq(ask(ORDER_TILE, what, 0, 9000, &tiles[i]), FAULT_NONE);
    }
    int64_t began_ms = monotonic_now_ms();
    ck_assert_int_eq(ask_map(1, 0, 1, 9000, &map), FAULT_NONE);
    wait_for(&map);
    ck_assert_int_gt(map.at_ms - began_ms, 1900);
    ck_assert_int_lt(map.rank, TILE_COUNT);
    for (int i = 0; i < TILE_COUNT; i++) {
        wait_for(&tiles[i]);
        ck_assert_int_eq(tiles[i].code, FAULT_NONE);
    }
    stop_pool();
}
END_TEST

/** The others do what goes before all. */
START_TEST(the_worker_that_is_left_makes_maps_between_tiles_without_end)
{
    static struct got tiles[TILE_COUNT];
    struct got urgent = {0};
    struct got maps[2] = {0};
    char what[32];
    memset(tiles, 0, sizeof(tiles));
    start_pool(2);
    ck_assert_int_eq(ask(ORDER_STALE, "sleep 9000", 0, 20000, &urgent), FAULT_NONE);
    wait_busy(1);
    for (int i = 0; i < TILE_COUNT; i++) {
        snprintf(what, sizeof(what), "sleep 20 %d", i);
        ck_assert_int_eq(ask(ORDER_TILE, what, 0, 20000, &tiles[i]), FAULT_NONE);
    }
    for (int i = 0; i < 2; i++) {
        ck_assert_int_eq(ask_map(300, i, 1, 15000, &maps[i]), FAULT_NONE);
    }
    for (int i = 0; i < 2; i++) {
        wait_for(&maps[i]);
        ck_assert_int_eq(maps[i].code, FAULT_NONE);
    }
    ck_assert_int_ge(maps[1].rank - maps[0].rank, 8); /* tiles have as much time as a map had */
    ck_assert_int_lt(maps[1].rank, TILE_COUNT);
    stop_pool();
}
END_TEST

/** It crashed after half a second, which is so long that tiles come before it is tried again. */
START_TEST(the_only_worker_makes_tiles_before_it_tries_a_map_again)
{
    static struct got tiles[TILE_COUNT];
    struct got map = {0};
    char what[32];
    memset(tiles, 0, sizeof(tiles));
    start_pool(1);
    ck_assert_int_eq(ask(ORDER_PLATE, "sleep 500 and crash once", 1, 15000, &map), FAULT_NONE);
    wait_busy(1);
    for (int i = 0; i < TILE_COUNT; i++) {
        snprintf(what, sizeof(what), "sleep 20 %d", i);
        ck_assert_int_eq(ask(ORDER_TILE, what, 0, 20000, &tiles[i]), FAULT_NONE);
    }
    wait_for(&map);
    ck_assert_int_eq(map.code, FAULT_NONE);
    ck_assert_int_ge(map.rank, 10);
    ck_assert_int_lt(map.rank, TILE_COUNT);
    for (int i = 0; i < TILE_COUNT; i++) {
        wait_for(&tiles[i]);
    }
    stop_pool();
}
END_TEST

START_TEST(the_only_worker_makes_maps_between_tiles_without_end)
{
    static struct got tiles[TILE_COUNT];
    struct got maps[3] = {0};
    char what[32];
    memset(tiles, 0, sizeof(tiles));
    start_pool(1);
    for (int i = 0; i < TILE_COUNT; i++) {
        snprintf(what, sizeof(what), "sleep 20 %d", i);
        ck_assert_int_eq(ask(ORDER_TILE, what, 0, 20000, &tiles[i]), FAULT_NONE);
    }
    int64_t began_ms = monotonic_now_ms();
    for (int i = 0; i < 3; i++) {
        ck_assert_int_eq(ask_map(300, i, 1, 15000, &maps[i]), FAULT_NONE);
    }
    for (int i = 0; i < 3; i++) {
        wait_for(&maps[i]);
        ck_assert_int_eq(maps[i].code, FAULT_NONE);
    }
    ck_assert_int_gt(maps[0].at_ms - began_ms, 700); /* half a second, and then what it takes */
    ck_assert_int_lt(maps[0].at_ms - began_ms, 1500);
    ck_assert_int_ge(maps[1].rank - maps[0].rank, 8); /* tiles have as much time as maps had */
    ck_assert_int_ge(maps[2].rank - maps[1].rank, 8);
    ck_assert_int_lt(maps[2].rank, TILE_COUNT);
    for (int i = 0; i < TILE_COUNT; i++) {
        wait_for(&tiles[i]);
        ck_assert_int_eq(tiles[i].code, FAULT_NONE);
    }
    stop_pool();
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("worker_pool_crowd");
    TCase *tests = tcase_create("worker_pool_crowd");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_map_is_begun_beside_tiles_without_end);
    tcase_add_test(tests, the_worker_that_is_left_makes_maps_between_tiles_without_end);
    tcase_add_test(tests, the_only_worker_makes_tiles_before_it_tries_a_map_again);
    tcase_add_test(tests, the_only_worker_makes_maps_between_tiles_without_end);
    suite_add_tcase(suite, tests);
    return suite;
}
