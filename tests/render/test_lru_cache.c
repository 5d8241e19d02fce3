/*
 * test_lru_cache.c - what is kept, and what is let go.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/lru_cache.h"
#include "tests/support/runner.h"

static char *number_text(int number)
{
    char *text = malloc(16);
    snprintf(text, 16, "%d", number);
    return text;
}

static void put(struct lru_cache *cache, int number, size_t bytes)
{
    lru_cache_put(cache, &number, sizeof number, number_text(number), bytes);
}

static const char *find(struct lru_cache *cache, int number)
{
    return lru_cache_find(cache, &number, sizeof number);
}

START_TEST(thousands_of_things_are_found_again)
{
    struct lru_cache *cache = lru_cache_new(100 << 20, free);
    for (int i = 0; i < 5000; i++) {
        put(cache, i, 10);
    }
    ck_assert_uint_eq(lru_cache_count(cache), 5000);
    for (int i = 0; i < 5000; i++) {
        ck_assert_int_eq(atol(find(cache, i)), i);
    }
    ck_assert_ptr_null(find(cache, 5000));
    lru_cache_free(cache);
}
END_TEST

START_TEST(the_least_used_goes_first_and_the_bytes_stay_bounded)
{
    struct lru_cache *cache = lru_cache_new(100000, free);
    for (int i = 0; i < 1000; i++) {
        put(cache, i, 1000);
        ck_assert_ptr_nonnull(find(cache, 0));
        lru_cache_trim(cache);
        ck_assert_uint_le(lru_cache_bytes(cache), 100000);
    }
    ck_assert_ptr_nonnull(find(cache, 999));
    ck_assert_ptr_nonnull(find(cache, 950));
    ck_assert_ptr_null(find(cache, 1));
    ck_assert_ptr_null(find(cache, 800));
    lru_cache_free(cache);
}
END_TEST

START_TEST(nothing_goes_before_it_is_trimmed_and_one_thing_always_stays)
{
    struct lru_cache *cache = lru_cache_new(10, free);
    for (int i = 0; i < 600; i++) {
        put(cache, i, 1000);
    }
    ck_assert_uint_eq(lru_cache_count(cache), 600);
    find(cache, 7);
    lru_cache_trim(cache);
    ck_assert_uint_eq(lru_cache_count(cache), 1);
    ck_assert_ptr_nonnull(find(cache, 7));
    lru_cache_free(cache);
    lru_cache_free(NULL);
}
END_TEST

START_TEST(the_last_few_stay_while_they_are_not_far_too_large_together)
{
    struct lru_cache *cache = lru_cache_new(100000, free);
    lru_cache_keep_least(cache, 4, 300000);
    for (int i = 0; i < 8; i++) {
        put(cache, i, 70000);
        lru_cache_trim(cache);
        ck_assert_uint_eq(lru_cache_count(cache), i < 4 ? (size_t)i + 1 : 4);
    }
    put(cache, 8, 400000);
    lru_cache_trim(cache);
    ck_assert_uint_eq(lru_cache_count(cache), 1);
    ck_assert_ptr_nonnull(find(cache, 8));
    lru_cache_free(cache);
}
END_TEST

START_TEST(room_for_what_comes_is_made_as_if_it_were_there)
{
    struct lru_cache *cache = lru_cache_new(100000, free);
    lru_cache_keep_least(cache, 4, 300000);
    for (int i = 0; i < 4; i++) {
        put(cache, i, 50000);
    }
    lru_cache_make_room(cache, 60000); /* the last three and it */
    ck_assert_uint_eq(lru_cache_count(cache), 3);
    ck_assert_ptr_null(find(cache, 0));
    lru_cache_make_room(cache, 220000); /* it and one more */
    ck_assert_uint_eq(lru_cache_count(cache), 1);
    ck_assert_ptr_nonnull(find(cache, 3));
    lru_cache_make_room(cache, 400000);
    lru_cache_make_room(cache, 400000);
    ck_assert_uint_eq(lru_cache_count(cache), 0);
    lru_cache_free(cache);
}
END_TEST

START_TEST(what_can_be_spared_goes_first_but_only_where_room_is_short)
{
    struct lru_cache *cache = lru_cache_new(100000, free);
    int key = 1;
    lru_cache_keep_least(cache, 4, 300000);
    for (int i = 0; i < 3; i++) {
        put(cache, i, 40000);
        lru_cache_let_go(cache, &key, sizeof key);
        ck_assert_int_eq(find(cache, 1) != NULL, i == 1);
    }
    ck_assert_ptr_nonnull(find(cache, 0));
    ck_assert_ptr_nonnull(find(cache, 2));
    ck_assert_uint_eq(lru_cache_count(cache), 2);
    lru_cache_free(cache);
}
END_TEST

START_TEST(what_is_over_goes_though_there_is_room)
{
    struct lru_cache *cache = lru_cache_new(100000, free);
    int key = 1;
    for (int i = 0; i < 3; i++) {
        put(cache, i, 100);
    }
    lru_cache_drop(cache, &key, sizeof key);
    lru_cache_drop(cache, &key, sizeof key);
    ck_assert_ptr_null(find(cache, 1));
    ck_assert_uint_eq(lru_cache_count(cache), 2);
    lru_cache_free(cache);
}
END_TEST

START_TEST(keys_that_begin_alike_are_different_keys)
{
    struct lru_cache *cache = lru_cache_new(1000, free);
    lru_cache_put(cache, "ab", 2, number_text(2), 1);
    lru_cache_put(cache, "abc", 3, number_text(3), 1);
    lru_cache_put(cache, "", 0, number_text(0), 1);
    ck_assert_str_eq(lru_cache_find(cache, "abc", 2), "2");
    ck_assert_str_eq(lru_cache_find(cache, "abc", 3), "3");
    ck_assert_str_eq(lru_cache_find(cache, "abc", 0), "0");
    lru_cache_free(cache);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("lru_cache");
    TCase *tests = tcase_create("lru_cache");
    tcase_add_test(tests, thousands_of_things_are_found_again);
    tcase_add_test(tests, the_least_used_goes_first_and_the_bytes_stay_bounded);
    tcase_add_test(tests, nothing_goes_before_it_is_trimmed_and_one_thing_always_stays);
    tcase_add_test(tests, the_last_few_stay_while_they_are_not_far_too_large_together);
    tcase_add_test(tests, room_for_what_comes_is_made_as_if_it_were_there);
    tcase_add_test(tests, what_can_be_spared_goes_first_but_only_where_room_is_short);
    tcase_add_test(tests, what_is_over_goes_though_there_is_room);
    tcase_add_test(tests, keys_that_begin_alike_are_different_keys);
    suite_add_tcase(suite, tests);
    return suite;
}
