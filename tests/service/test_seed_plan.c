/*
 * test_seed_plan.c - every tile of a box, each once.
 */
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/service/seed/seed_plan.h"
#include "tests/support/runner.h"

static struct tile_matrix_sets *sets;
static struct crs_context *context;

static void set_up(void)
{
    struct fault fault = {0};
    sets = tile_matrix_sets_new(&fault);
    context = crs_context_new(NULL, &fault);
    ck_assert(sets && context);
}

static void tear_down(void)
{
    crs_context_free(context);
    tile_matrix_sets_free(sets);
}

static struct seed_plan plan_of(const char *set, struct seed_area area)
{
    struct seed_plan plan;
    struct fault fault = {0};
    ck_assert_msg(seed_plan_init(&plan, context, tile_matrix_sets_find(sets, set), area, &fault), "%s",
                  fault.message);
    return plan;
}

/** Counts the tiles that come, and fails when one comes twice. Zooms 0 to 4 of Web Mercator only. */
static uint64_t count_each_once(const struct seed_plan *plan, uint32_t side)
{
    static bool seen[5][16][16];
    memset(seen, 0, sizeof(seen));
    struct seed_cursor cursor = {0};
    struct seed_range block;
    uint64_t count = 0;
    while (seed_plan_next(plan, &cursor, side, &block)) {
        ck_assert_uint_eq(block.first.column / side, block.last.column / side);
        ck_assert_uint_eq(block.first.row / side, block.last.row / side);
        for (uint32_t row = block.first.row; row <= block.last.row; row++) {
            for (uint32_t column = block.first.column; column <= block.last.column; column++) {
                ck_assert(!seen[block.first.zoom][column][row]);
                seen[block.first.zoom][column][row] = true;
                count++;
            }
        }
    }
    ck_assert(!seed_plan_next(plan, &cursor, side, &block));
    return count;
}

START_TEST(the_whole_world_is_every_tile_of_each_zoom)
{
    struct seed_plan plan =
        plan_of("WebMercatorQuad", (struct seed_area){{-180, -90, 180, 90}, 0, 4, tile_form_plain()});
    ck_assert_uint_eq(plan.tile_count, 1 + 4 + 16 + 64 + 256);
    ck_assert_uint_eq(count_each_once(&plan, 4), plan.tile_count);
}
END_TEST

START_TEST(a_box_across_the_antimeridian_has_each_tile_once)
{
    struct seed_plan plan =
        plan_of("WebMercatorQuad", (struct seed_area){{170, -10, -170, 10}, 0, 4, tile_form_plain()});
    ck_assert_uint_eq(count_each_once(&plan, 4), plan.tile_count);
    ck_assert_uint_eq(plan.tile_count, 1 + 4 + 4 + 4 + 4);
}
END_TEST

START_TEST(a_box_as_wide_as_the_world_but_a_gap_has_each_tile_once)
{
    struct seed_plan plan =
        plan_of("WebMercatorQuad", (struct seed_area){{1, -80, -1, 80}, 0, 4, tile_form_plain()});
    ck_assert_uint_eq(count_each_once(&plan, 4), plan.tile_count);
}
END_TEST

START_TEST(rd_holds_the_netherlands_only)
{
    struct fault fault = {0};
    struct seed_plan plan;
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, "NetherlandsRDNewQuad");
    plan = plan_of("NetherlandsRDNewQuad",
                   (struct seed_area){{4.55, 51.66, 4.65, 51.72}, 8, 8, tile_form_plain()});
    ck_assert_uint_ge(plan.tile_count, 6);
    ck_assert_uint_le(plan.tile_count, 12);
    ck_assert_uint_eq(plan.ranges[0].first.zoom, 8);
    ck_assert(!seed_plan_init(&plan, context, set,
                              (struct seed_area){{-70, -40, -69, -39}, 0, 3, tile_form_plain()}, &fault));
    ck_assert_int_eq(fault.code, FAULT_OUTSIDE);
}
END_TEST

START_TEST(too_many_tiles_and_no_earth_are_faults)
{
    struct fault fault = {0};
    struct seed_plan plan;
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, "WebMercatorQuad");
    ck_assert(!seed_plan_init(&plan, context, set,
                              (struct seed_area){{-180, -85, 180, 85}, 0, 20, tile_form_plain()}, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert(!seed_plan_init(&plan, context, set,
                              (struct seed_area){{4, 60, 5, 50}, 0, 3, tile_form_plain()}, &fault));
    ck_assert_int_eq(fault.code, FAULT_OUTSIDE);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("seed_plan");
    TCase *cases = tcase_create("seed_plan");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, the_whole_world_is_every_tile_of_each_zoom);
    tcase_add_test(cases, a_box_across_the_antimeridian_has_each_tile_once);
    tcase_add_test(cases, a_box_as_wide_as_the_world_but_a_gap_has_each_tile_once);
    tcase_add_test(cases, rd_holds_the_netherlands_only);
    tcase_add_test(cases, too_many_tiles_and_no_earth_are_faults);
    suite_add_tcase(suite, cases);
    return suite;
}
