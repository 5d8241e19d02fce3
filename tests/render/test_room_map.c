/*
 * test_room_map.c - what a map of rooms denies, a look at each box denies too.
 */
#include "render/placement/room_map.h"

#include "render/placement/box_grid.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define EDGE_PX 400.0
#define CORNER_PX 33554432.0 /* as at zoom 19 */
#define BOXES 120

static const struct bbox bounds = {CORNER_PX, CORNER_PX, CORNER_PX + EDGE_PX, CORNER_PX + EDGE_PX};

/* Some stand on whole px, as labels do, and some beside the bounds. */
static struct bbox random_box(uint64_t *random, double most_px)
{
    double x = CORNER_PX + random_between(random, -40, EDGE_PX + 40);
    double y = CORNER_PX + random_between(random, -40, EDGE_PX + 40);
    if (random_below(random, 2) == 0) {
        x = (double)(int64_t)x;
        y = (double)(int64_t)y;
    }
    return (struct bbox){x, y, x + random_between(random, 0.5, most_px),
                         y + random_between(random, 0.5, most_px)};
}

static struct box_grid *random_grid(uint64_t *random, uint32_t count)
{
    struct box_grid *grid = box_grid_new(bounds, count, 1);
    for (uint32_t i = 0; i < count; i++) {
        box_grid_add(grid, random_box(random, 50), i);
    }
    return grid;
}

/* A crowd, thinner from round to round. */
static struct box_grid *grid_of_round(uint64_t *random, uint32_t round)
{
    return random_grid(random, BOXES / (1 + round % 6));
}

START_TEST(a_room_that_is_denied_is_taken)
{
    uint64_t random = 3;
    size_t denied = 0;
    size_t taken = 0;
    for (uint32_t round = 0; round < 30; round++) {
        struct box_grid *grid = grid_of_round(&random, round);
        struct room_map *map = room_map_new(grid, bounds);
        for (int i = 0; i < 2000; i++) {
            struct bbox room = random_box(&random, 150);
            room.max_y = room.min_y + random_between(&random, 4, 40);
            bool is_free = box_grid_is_free(grid, room);
            bool may_be = room_map_may_have(map, room);
            ck_assert_msg(may_be || !is_free, "a free room is denied");
            denied += !may_be;
            taken += !is_free;
        }
        room_map_free(map);
        box_grid_free(grid);
    }
    ck_assert_uint_gt(denied, taken / 5); /* else it is of no use */
}
END_TEST

/* Is there one on any whole px? */
static bool has_free_room(const struct box_grid *grid, double width_px, double height_px, struct bbox box)
{
    for (double y = box.min_y; y + height_px <= box.max_y; y++) {
        for (double x = box.min_x; x + width_px <= box.max_x; x++) {
            if (box_grid_is_free(grid, (struct bbox){x, y, x + width_px, y + height_px})) {
                return true;
            }
        }
    }
    return false;
}

START_TEST(where_every_room_is_denied_none_is_free)
{
    uint64_t random = 4;
    size_t denied = 0;
    size_t full = 0;
    for (uint32_t round = 0; round < 300; round++) {
        struct box_grid *grid = grid_of_round(&random, round);
        struct room_map *map = room_map_new(grid, bounds);
        double width = random_between(&random, 10, 140);
        double height = random_between(&random, 10, 40);
        double x = CORNER_PX + random_between(&random, 0, 250);
        double y = CORNER_PX + random_between(&random, 0, 300);
        struct bbox box = {x, y, x + random_between(&random, 0, 150), y + random_between(&random, 0, 100)};
        bool is_full = !has_free_room(grid, width, height, box);
        bool is_denied = !room_map_may_have_within(map, width, height, box);
        ck_assert_msg(!is_denied || is_full, "a free room is denied");
        denied += is_denied;
        full += is_full;
        room_map_free(map);
        box_grid_free(grid);
    }
    ck_assert_uint_gt(denied, full / 3);
}
END_TEST

START_TEST(bounds_without_size_or_too_large_have_no_map)
{
    uint64_t random = 5;
    struct box_grid *grid = random_grid(&random, 3);
    ck_assert_ptr_null(room_map_new(grid, bbox_empty()));
    ck_assert_ptr_null(room_map_new(grid, (struct bbox){0, 0, 1e9, 10}));
    room_map_free(NULL);
    box_grid_free(grid);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("room map");
    TCase *tests = tcase_create("room map");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_room_that_is_denied_is_taken);
    tcase_add_test(tests, where_every_room_is_denied_none_is_free);
    tcase_add_test(tests, bounds_without_size_or_too_large_have_no_map);
    suite_add_tcase(suite, tests);
    return suite;
}
