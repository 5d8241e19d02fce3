#include "render/placement/box_grid.h"

#include <math.h>
#include <stdlib.h>

#include "tests/support/random.h"
#include "tests/support/runner.h"

#define COUNT 2000

static struct bbox boxes[COUNT];
static bool found[COUNT];

static const struct bbox bounds = {-700, -700, 700, 900}; /* some boxes lie outside */

static struct bbox random_box(uint64_t *random)
{
    double x = random_between(random, -1000, 1000);
    double y = random_between(random, -1000, 1000);
    if (random_below(random, 2) == 0) { /* whole px, and sometimes flat: edges often fall together */
        x = round(x);
        y = round(y);
        return (struct bbox){x, y, x + random_below(random, 40), y + random_below(random, 20)};
    }
    return (struct bbox){x, y, x + random_between(random, 0, 200), y + random_between(random, 0, 40)};
}

static struct box_grid *filled(uint64_t *random, size_t asked)
{
    struct box_grid *grid = box_grid_new(bounds, COUNT, asked);
    for (uint32_t i = 0; i < COUNT; i++) {
        boxes[i] = random_box(random);
        box_grid_add(grid, boxes[i], i);
    }
    return grid;
}

static bool overlap(struct bbox a, struct bbox b)
{
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

START_TEST(a_box_is_free_when_it_overlaps_none)
{
    uint64_t random = 1;
    struct box_grid *grid = filled(&random, COUNT);
    size_t free_count = 0;
    for (int i = 0; i < 3000; i++) {
        struct bbox box = random_box(&random);
        box.max_x = box.min_x + 10;
        box.max_y = box.min_y + 3;
        bool is_free = true;
        for (int j = 0; j < COUNT; j++) {
            is_free = is_free && !overlap(box, boxes[j]);
        }
        ck_assert_int_eq(box_grid_is_free(grid, box), is_free);
        free_count += is_free;
    }
    ck_assert_uint_gt(free_count, 0);
    ck_assert_uint_lt(free_count, 3000);
    box_grid_settle(grid);
    for (int i = 0; i < 300; i++) {
        struct bbox box = bbox_grow(random_box(&random), 0.5);
        bool is_free = true;
        for (int j = 0; j < COUNT; j++) {
            is_free = is_free && !overlap(box, boxes[j]);
        }
        ck_assert_int_eq(box_grid_is_free(grid, box), is_free);
    }
    box_grid_free(grid);
}
END_TEST

static void note(uint32_t number, void *context)
{
    found[number] = true;
}

START_TEST(a_query_of_any_size_finds_what_touches)
{
    uint64_t random = 2;
    struct box_grid *grid = filled(&random, 0);
    for (int i = 0; i < 300; i++) {
        double size =
            pow(10, random_between(&random, 0, 9)); /* far more cells than there is memory for, too */
        struct bbox box = random_box(&random);
        box = bbox_grow(box, size);
        for (int j = 0; j < COUNT; j++) {
            found[j] = false;
        }
        box_grid_query(grid, box, note, NULL);
        for (int j = 0; j < COUNT; j++) {
            ck_assert_int_eq(found[j], bbox_intersects(boxes[j], box));
        }
    }
    box_grid_free(grid);
}
END_TEST

START_TEST(a_box_covers_another_by_the_part_of_it_that_is_lost)
{
    struct box_grid *grid = box_grid_new(bounds, 0, 0);
    box_grid_add(grid, (struct bbox){0, 0, 10, 10}, 0);
    ck_assert(box_grid_is_covered(grid, (struct bbox){5, 0, 50, 50}, 0.4));
    ck_assert(!box_grid_is_covered(grid, (struct bbox){5, 0, 50, 50}, 0.5));
    ck_assert(!box_grid_is_covered(grid, (struct bbox){10, 0, 50, 50}, 0));
    ck_assert(box_grid_is_free(grid, (struct bbox){10, 0, 50, 50})); /* a common edge is no overlap */
    box_grid_free(grid);
}
END_TEST

START_TEST(an_empty_box_takes_no_room)
{
    struct box_grid *grid = box_grid_new(bounds, 0, 0);
    box_grid_add(grid, bbox_empty(), 0);
    found[0] = false;
    box_grid_query(grid, (struct bbox){-1e9, -1e9, 1e9, 1e9}, note, NULL);
    ck_assert(!found[0]);
    box_grid_free(grid);
    box_grid_free(NULL);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("box grid");
    TCase *tests = tcase_create("box grid");
    tcase_add_test(tests, a_box_is_free_when_it_overlaps_none);
    tcase_add_test(tests, a_query_of_any_size_finds_what_touches);
    tcase_add_test(tests, a_box_covers_another_by_the_part_of_it_that_is_lost);
    tcase_add_test(tests, an_empty_box_takes_no_room);
    suite_add_tcase(suite, tests);
    return suite;
}
