/*
 * test_seed_blocks.c - every tile is dealt out once, and each district to one worker.
 */
#include <string.h>

#include "geo/base/fault.h"
#include "geo/crs.h"
#include "render/service/seed/seed_blocks.h"
#include "render/service/worker/order_district.h"
#include "tests/support/runner.h"

#define SIDE_MOST 64 /* tiles of the plans each way */
#define WORKER_MOST 5

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

/** All tiles of a square from the corner of a zoom. */
static struct seed_plan plan_of(uint32_t zoom, uint32_t first, uint32_t side)
{
    struct seed_plan plan = {.set = tile_matrix_sets_find(sets, "WebMercatorQuad"), .range_count = 1};
    plan.ranges[0].first = (struct tile_address){zoom, first, first};
    plan.ranges[0].last = (struct tile_address){zoom, first + side - 1, first + side - 1};
    plan.tile_count = (uint64_t)side * side;
    return plan;
}

/** Which worker drew a tile: 0 none. */
struct drawn {
    int by[SIDE_MOST][SIDE_MOST];
    int counts[WORKER_MOST];
};

/** Deals a plan out; the later workers ask more often, so that some are done before others. */
static void deal(const struct seed_plan *plan, uint16_t size_px, int workers, struct drawn *drawn)
{
    struct seed_blocks blocks;
    struct tile_keys none = {0};
    uint64_t count = 0;
    bool has_more = true;
    memset(drawn, 0, sizeof(*drawn));
    seed_blocks_init(&blocks, plan, &none, &none, workers, size_px);
    ck_assert_uint_eq(seed_blocks_count(&blocks), plan->tile_count);
    while (has_more) {
        has_more = false;
        for (int turn = 0; turn < workers * workers; turn++) {
            struct tile_address tile;
            int worker = turn % workers > turn / workers ? turn % workers : turn / workers;
            if (!seed_blocks_next(&blocks, worker, &tile)) {
                continue;
            }
            int *by =
                &drawn->by[tile.row - plan->ranges[0].first.row][tile.column - plan->ranges[0].first.column];
            ck_assert_int_eq(*by, 0);
            *by = worker + 1;
            drawn->counts[worker]++;
            has_more = true;
            count++;
        }
    }
    ck_assert_uint_eq(count, plan->tile_count);
    seed_blocks_finish(&blocks);
}

static void check_districts(const struct seed_plan *plan, uint16_t size_px, const struct drawn *drawn)
{
    struct tile_address first = plan->ranges[0].first;
    uint32_t side = order_district_side(plan->set, first.zoom, size_px);
    uint32_t count = plan->ranges[0].last.column - first.column + 1;
    for (uint32_t row = 0; row < count; row++) {
        for (uint32_t column = 0; column < count; column++) {
            bool has_left = column > 0 && (first.column + column) % side != 0;
            bool has_upper = row > 0 && (first.row + row) % side != 0;
            ck_assert(!has_left || drawn->by[row][column] == drawn->by[row][column - 1]);
            ck_assert(!has_upper || drawn->by[row][column] == drawn->by[row - 1][column]);
        }
    }
}

START_TEST(each_tile_comes_once_and_each_district_to_one_worker)
{
    static struct drawn drawn;
    static const uint32_t zooms[] = {6, 8, 12, 24}; /* coarse zooms have districts of 2,048 px */
    for (size_t i = 0; i < 4; i++) {
        for (uint32_t first = 0; first < 12; first += 3) {
            for (int workers = 1; workers <= WORKER_MOST; workers++) {
                struct seed_plan plan = plan_of(zooms[i], first, 40 + (uint32_t)workers);
                deal(&plan, TILE_SIZE_PX, workers, &drawn);
                check_districts(&plan, TILE_SIZE_PX, &drawn);
                deal(&plan, TILE_SIZE_LARGE_PX, workers, &drawn);
                check_districts(&plan, TILE_SIZE_LARGE_PX, &drawn);
            }
        }
    }
}
END_TEST

START_TEST(an_idle_worker_takes_districts_that_another_has_not_begun)
{
    static struct drawn drawn;
    struct seed_plan plan = plan_of(12, 0, 8); /* one block of four districts */
    deal(&plan, TILE_SIZE_PX, 2, &drawn);
    ck_assert_int_ge(drawn.counts[0], 16);
    ck_assert_int_ge(drawn.counts[1], 16);
    plan = plan_of(6, 0, 8); /* one district */
    deal(&plan, TILE_SIZE_PX, 2, &drawn);
    ck_assert_int_eq(drawn.counts[0] + drawn.counts[1], 64);
    ck_assert(drawn.counts[0] == 0 || drawn.counts[1] == 0);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("seed_blocks");
    TCase *cases = tcase_create("seed_blocks");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, each_tile_comes_once_and_each_district_to_one_worker);
    tcase_add_test(cases, an_idle_worker_takes_districts_that_another_has_not_begun);
    suite_add_tcase(suite, cases);
    return suite;
}
