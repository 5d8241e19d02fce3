#include "geo/spatial_index.h"

#include <math.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

struct found {
    unsigned char *times; /* by number */
    size_t count;
    size_t most;
};

static bool take(uint32_t number, void *context)
{
    struct found *found = context;
    found->times[number]++;
    return ++found->count < found->most;
}

static struct bbox random_box(uint64_t *state, double size)
{
    double x = random_between(state, -1000, 1000);
    double y = random_between(state, -1000, 1000);
    return (struct bbox){x, y, x + random_between(state, 0, size), y + random_between(state, 0, size)};
}

static void compare_with_brute_force(size_t count, uint64_t *state)
{
    struct bbox *boxes = memory_new(count, sizeof *boxes);
    for (size_t i = 0; i < count; i++) {
        boxes[i] = random_box(state, 50);
        if (random_below(state, 10) == 0) {
            boxes[i] = random_below(state, 2) == 0 ? bbox_empty() : (struct bbox){NAN, 0, 1, 1};
        }
    }
    struct spatial_index *index = spatial_index_new(boxes, count);
    for (int i = 0; i < 50; i++) {
        struct bbox box = random_box(state, 200);
        struct found found = {memory_new(count, 1), 0, SIZE_MAX};
        spatial_index_query(index, box, take, &found);
        for (size_t k = 0; k < count; k++) {
            ck_assert_uint_eq(found.times[k], bbox_intersects(boxes[k], box) ? 1 : 0);
        }
        free(found.times);
    }
    spatial_index_free(index);
    free(boxes);
}

START_TEST(a_query_finds_what_brute_force_finds_once_each)
{
    uint64_t state = 8;
    static const size_t counts[] = {0, 1, 2, 15, 16, 17, 255, 256, 257, 1000, 4097};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
        compare_with_brute_force(counts[i], &state);
    }
}
END_TEST

START_TEST(a_query_ends_when_told_to)
{
    struct bbox boxes[100];
    for (int i = 0; i < 100; i++) {
        boxes[i] = (struct bbox){0, 0, 1, 1};
    }
    struct spatial_index *index = spatial_index_new(boxes, 100);
    unsigned char times[100] = {0};
    struct found found = {times, 0, 3};
    spatial_index_query(index, (struct bbox){0, 0, 1, 1}, take, &found);
    ck_assert_uint_eq(found.count, 3);
    spatial_index_free(index);
    spatial_index_free(NULL);
}
END_TEST

START_TEST(an_empty_box_finds_nothing)
{
    struct bbox box = {0, 0, 1, 1};
    struct spatial_index *index = spatial_index_new(&box, 1);
    unsigned char times[1] = {0};
    struct found found = {times, 0, SIZE_MAX};
    spatial_index_query(index, bbox_empty(), take, &found);
    spatial_index_query(index, (struct bbox){NAN, NAN, NAN, NAN}, take, &found);
    ck_assert_uint_eq(found.count, 0);
    spatial_index_free(index);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("spatial_index");
    TCase *cases = tcase_create("spatial_index");
    tcase_add_test(cases, a_query_finds_what_brute_force_finds_once_each);
    tcase_add_test(cases, a_query_ends_when_told_to);
    tcase_add_test(cases, an_empty_box_finds_nothing);
    suite_add_tcase(suite, cases);
    return suite;
}
