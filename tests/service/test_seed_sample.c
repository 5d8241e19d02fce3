/*
 * test_seed_sample.c - a sample stands for all tiles, what is kept once counts once, and it tells less the
 * more is done.
 */
#include "render/service/seed/seed_sample.h"

#include "geo/base/fault.h"
#include "geo/tile_matrix_set.h"
#include "render/service/seed/seed_blocks.h"
#include "tests/support/runner.h"

#define SIDE 40

/** 1,000 tiles; those sampled have 100, 101, 102 … bytes. */
static struct seed_sample sample_of(size_t count)
{
    struct seed_sample sample = {.todo_count = 1000, .step = 1000 / count, .count = count};
    for (size_t i = 0; i < count; i++) {
        sample.tiles[i] = (struct seed_sample_tile){i + 1, 100 + i};
    }
    return sample;
}

START_TEST(each_tile_stands_for_those_around_it)
{
    struct seed_sample sample = sample_of(10);
    ck_assert_uint_eq(seed_sample_rest_bytes(&sample, 0), 100 * (10 * 100 + 45));
    ck_assert_uint_eq(seed_sample_rest_bytes(&sample, 950), 50 * 109);
    ck_assert_uint_eq(seed_sample_rest_bytes(&sample, 1000), 0);
    for (uint64_t done = 1; done <= 1000; done++) {
        ck_assert_uint_lt(seed_sample_rest_bytes(&sample, done), seed_sample_rest_bytes(&sample, done - 1));
    }
}
END_TEST

START_TEST(the_last_tile_stands_only_for_those_there_are)
{
    struct seed_sample sample = {.todo_count = 7, .step = 3, .count = 3};
    for (size_t i = 0; i < sample.count; i++) {
        sample.tiles[i] = (struct seed_sample_tile){i, 10};
    }
    ck_assert_uint_eq(seed_sample_rest_bytes(&sample, 0), 70);
}
END_TEST

START_TEST(tiles_that_are_alike_count_nothing)
{
    struct seed_sample sample = sample_of(10);
    sample.tiles[2].hash = sample.tiles[5].hash = sample.tiles[9].hash;
    seed_sample_drop_equals(&sample);
    ck_assert_uint_eq(seed_sample_rest_bytes(&sample, 0), 100 * (10 * 100 + 45 - 102 - 105 - 109));
}
END_TEST

START_TEST(an_empty_sample_tells_nothing)
{
    struct seed_sample sample = {0};
    seed_sample_drop_equals(&sample);
    ck_assert_uint_eq(seed_sample_rest_bytes(&sample, 0), 0);
}
END_TEST

/* One worker draws tiles in the order in which they are picked. */
START_TEST(every_so_manieth_tile_is_picked_in_the_order_of_drawing)
{
    struct fault fault = {0};
    struct tile_matrix_sets *sets = tile_matrix_sets_new(&fault);
    struct seed_plan plan = {.set = tile_matrix_sets_find(sets, "WebMercatorQuad"), .range_count = 1};
    plan.ranges[0] = (struct seed_range){{9, 5, 5}, {9, 4 + SIDE, 4 + SIDE}};
    plan.tile_count = SIDE * SIDE;
    struct tile_keys none = {0};
    struct seed_blocks blocks;
    struct tile_address picked[SIDE * SIDE];
    seed_blocks_init(&blocks, &plan, &none, &none, 1, TILE_SIZE_PX);
    size_t count = seed_blocks_pick(&blocks, 7, picked, SIDE * SIDE);
    ck_assert_uint_eq(count, (SIDE * SIDE + 3) / 7);
    ck_assert_uint_eq(seed_blocks_pick(&blocks, 7, picked, 5), 5);
    seed_blocks_pick(&blocks, 7, picked, SIDE * SIDE);
    struct tile_address tile;
    for (size_t i = 0; seed_blocks_next(&blocks, 0, &tile); i++) {
        bool is_picked = i % 7 == 3;
        ck_assert(!is_picked || (picked[i / 7].column == tile.column && picked[i / 7].row == tile.row));
    }
    seed_blocks_finish(&blocks);
    tile_matrix_sets_free(sets);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("seed_sample");
    TCase *cases = tcase_create("seed_sample");
    tcase_add_test(cases, each_tile_stands_for_those_around_it);
    tcase_add_test(cases, the_last_tile_stands_only_for_those_there_are);
    tcase_add_test(cases, tiles_that_are_alike_count_nothing);
    tcase_add_test(cases, an_empty_sample_tells_nothing);
    tcase_add_test(cases, every_so_manieth_tile_is_picked_in_the_order_of_drawing);
    suite_add_tcase(suite, cases);
    return suite;
}
