/* How long pictures of windows take, guessed of the last ones. */
#include "render/service/worker/map_pace.h"
#include "render/service/worker/order.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static struct order map_of(int width_px, int height_px)
{
    struct order order;
    order_init(&order, ORDER_MAP);
    order.window.width_px = width_px;
    order.window.height_px = height_px;
    order.window.pixel_ratio = 1;
    return order;
}

static struct map_pace pace;
static struct order small;
static struct order large;

static void setup(void)
{
    map_pace_init(&pace);
    small = map_of(256, 256);
    large = map_of(4000, 3000);
}

static double guess_ms(const struct order *order)
{
    return map_pace_guess_ms(&pace, order);
}

static void learn_often(const struct order *order, double took_ms, int times)
{
    for (int i = 0; i < times; i++) {
        map_pace_learn(&pace, order, took_ms);
    }
}

START_TEST(what_always_takes_the_same_is_known_soon)
{
    learn_often(&large, 900, 6);
    ck_assert_double_eq_tol(guess_ms(&large), 900, 50);
    learn_often(&large, 90, 8);
    ck_assert_double_eq_tol(guess_ms(&large), 90, 50);
}
END_TEST

START_TEST(more_dots_never_take_less)
{
    uint64_t random = 5;
    for (int i = 0; i < 1000; i++) {
        const struct order *order = random_below(&random, 2) ? &small : &large;
        map_pace_learn(&pace, order, (double)random_below(&random, 15000));
        ck_assert_double_gt(guess_ms(&small), 0);
        ck_assert_double_ge(guess_ms(&large), guess_ms(&small));
    }
}
END_TEST

START_TEST(one_small_map_that_took_long_says_little_of_large_ones)
{
    double before_ms = guess_ms(&large);
    map_pace_learn(&pace, &small, 1000);
    ck_assert_double_lt(guess_ms(&large), before_ms + 450);
}
END_TEST

START_TEST(one_large_map_that_took_long_says_little_of_small_ones)
{
    map_pace_learn(&pace, &large, 1000);
    ck_assert_double_lt(guess_ms(&small), 100);
    ck_assert_double_gt(guess_ms(&large), 550);
}
END_TEST

START_TEST(small_and_large_ones_are_told_apart)
{
    for (int i = 0; i < 40; i++) {
        map_pace_learn(&pace, &small, 20);
        map_pace_learn(&pace, &large, 620);
    }
    ck_assert_double_eq_tol(guess_ms(&small), 20, 10);
    ck_assert_double_eq_tol(guess_ms(&large), 620, 30);
}
END_TEST

START_TEST(dots_of_a_ratio_and_of_a_sheet_without_a_size_are_counted)
{
    struct order map = map_of(1000, 1000);
    struct order fine = map_of(500, 500);
    struct order sheet;
    fine.window.pixel_ratio = 2;
    order_init(&sheet, ORDER_PLATE);
    ck_assert_double_eq(guess_ms(&map), guess_ms(&fine));
    ck_assert_double_eq(guess_ms(&map), guess_ms(&sheet));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("map_pace");
    TCase *tests = tcase_create("map_pace");
    tcase_add_checked_fixture(tests, setup, NULL);
    tcase_add_test(tests, what_always_takes_the_same_is_known_soon);
    tcase_add_test(tests, more_dots_never_take_less);
    tcase_add_test(tests, one_small_map_that_took_long_says_little_of_large_ones);
    tcase_add_test(tests, one_large_map_that_took_long_says_little_of_small_ones);
    tcase_add_test(tests, small_and_large_ones_are_told_apart);
    tcase_add_test(tests, dots_of_a_ratio_and_of_a_sheet_without_a_size_are_counted);
    suite_add_tcase(suite, tests);
    return suite;
}
