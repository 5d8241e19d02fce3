/*
 * Which numbered boxes touch each block of a district.
 */
#include "render/block_index.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#include "render/numbers.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define MOST 400

static struct bbox random_box(uint64_t *random)
{
    double x = random_below(random, 2400) - 200.0 + random_below(random, 4) * 0.25;
    double y = random_below(random, 2400) - 200.0;
    x = random_below(random, 5) == 0 ? 256.0 * random_below(random, 9) : x;
    double width = random_below(random, 10) == 0 ? random_below(random, 1500) : random_below(random, 60);
    return (struct bbox){x, y, x + width, y + random_below(random, 60)};
}

static bool is_among(const struct numbers *numbers, uint32_t number)
{
    for (size_t i = 0; i < numbers->count; i++) {
        if (numbers->items[i] == number) {
            return true;
        }
    }
    return false;
}

static bool touches(const struct block_entry *entries, size_t count, uint32_t number, struct bbox box)
{
    for (size_t i = 0; i < count; i++) {
        if (entries[i].number == number && bbox_intersects(entries[i].box, box)) {
            return true;
        }
    }
    return false;
}

/** Has it been said that all that was found touches the box? */
static bool check_found(const struct block_index *index, const struct block_entry *entries, size_t count,
                        struct bbox box)
{
    struct numbers found = {.count = 0};
    bool do_all_touch = block_index_find(index, box, &found);
    for (size_t i = 1; i < found.count; i++) {
        ck_assert_uint_lt(found.items[i - 1], found.items[i]);
    }
    for (uint32_t number = 0; number < MOST; number++) {
        bool is_found = is_among(&found, number);
        bool is_there = touches(entries, count, number, box);
        ck_assert_msg(!is_there || is_found, "number %u is missing", number);
        ck_assert_msg(!do_all_touch || is_found == is_there, "number %u does not touch the block", number);
    }
    numbers_finish(&found);
    return do_all_touch;
}

/** How many of its 64 first blocks, and of 16 squares of four, are answered by just what touches them? */
static int check_district(struct bbox district)
{
    int exact_count = 0;
    uint64_t random = 7;
    struct block_entry entries[MOST];
    uint32_t number = 0;
    for (size_t i = 0; i < MOST; i++) {
        entries[i] = (struct block_entry){i % 50 == 7 ? bbox_empty() : random_box(&random), number};
        number += random_below(&random, 3) > 0;
    }
    struct block_index *index = block_index_new(district, entries, MOST);
    for (int i = 0; i < 64; i++) {
        struct bbox block = {256.0 * (i % 8), 256.0 * (i / 8), 256.0 * (i % 8 + 1), 256.0 * (i / 8 + 1)};
        exact_count += check_found(index, entries, MOST, block);
    }
    for (int i = 0; i < 16; i++) {
        struct bbox blocks = {512.0 * (i % 4), 512.0 * (i / 4), 512.0 * (i % 4 + 1), 512.0 * (i / 4 + 1)};
        exact_count += check_found(index, entries, MOST, blocks);
    }
    for (int i = 0; i < 200; i++) {
        struct bbox box = bbox_intersection(random_box(&random), (struct bbox){0, 0, 2048, 2048});
        check_found(index, entries, MOST, box);
    }
    block_index_free(index);
    return exact_count;
}

START_TEST(all_that_touches_a_box_is_found_in_order_and_of_a_block_nothing_else)
{
    ck_assert_int_eq(check_district((struct bbox){0, 0, 2048, 2048}), 64 + 16);
}
END_TEST

START_TEST(without_a_district_boxes_anywhere_are_found)
{
    check_district(bbox_empty());
}
END_TEST

START_TEST(a_district_larger_than_all_blocks_is_answered_for)
{
    check_district((struct bbox){-30000, -100, 40000, 3000});
}
END_TEST

START_TEST(nothing_is_found_where_nothing_was_entered)
{
    struct numbers found = {.count = 0};
    struct block_index *index = block_index_new(bbox_empty(), NULL, 0);
    block_index_find(index, (struct bbox){0, 0, 256, 256}, &found);
    block_index_find(index, bbox_empty(), &found);
    ck_assert_uint_eq(found.count, 0);
    numbers_finish(&found);
    block_index_free(index);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("block_index");
    TCase *finding = tcase_create("finding");
    tcase_add_test(finding, all_that_touches_a_box_is_found_in_order_and_of_a_block_nothing_else);
    tcase_add_test(finding, without_a_district_boxes_anywhere_are_found);
    tcase_add_test(finding, a_district_larger_than_all_blocks_is_answered_for);
    tcase_add_test(finding, nothing_is_found_where_nothing_was_entered);
    suite_add_tcase(suite, finding);
    return suite;
}
