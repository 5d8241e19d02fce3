#include "geo/base/table.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "tests/support/random.h"
#include "tests/support/runner.h"

#define KEYS 500

static void *value_of(uintptr_t number)
{
    return (void *)(number + 1); /* never NULL */
}

START_TEST(a_table_holds_what_a_plain_array_would)
{
    struct table *table = table_new(NULL);
    void *expected[KEYS] = {0};
    uint64_t state = 3;
    size_t count = 0;
    for (uintptr_t step = 0; step < 20000; step++) {
        uint32_t number = random_below(&state, KEYS);
        char key[20];
        snprintf(key, sizeof key, "key %u", number);
        ck_assert_ptr_eq(table_find(table, key), expected[number]);
        if (random_below(&state, 3) == 0) {
            ck_assert_int_eq(table_remove(table, key), expected[number] != NULL);
            count -= expected[number] != NULL;
            expected[number] = NULL;
        } else {
            count += expected[number] == NULL;
            expected[number] = value_of(step);
            table_put(table, key, expected[number]);
        }
        ck_assert_uint_eq(table_count(table), count);
    }
    table_free(table);
}
END_TEST

static int freed;

static void count_free(void *value)
{
    freed++;
    free(value);
}

START_TEST(owned_values_are_freed_once)
{
    freed = 0;
    struct table *table = table_new(count_free);
    table_put(table, "a", malloc(1));
    table_put(table, "a", malloc(1));
    ck_assert_int_eq(freed, 1);
    table_put(table, "b", malloc(1));
    table_remove(table, "b");
    ck_assert_int_eq(freed, 2);
    table_free(table);
    ck_assert_int_eq(freed, 3);
    table_free(NULL);
}
END_TEST

static bool take_first_two(const char *key, void *value, void *context)
{
    int *seen = context;
    (*seen)++;
    return *seen < 2;
}

START_TEST(a_visit_ends_when_told_to)
{
    struct table *table = table_new(NULL);
    table_put(table, "a", table);
    table_put(table, "b", table);
    table_put(table, "c", table);
    int seen = 0;
    table_visit(table, take_first_two, &seen);
    ck_assert_int_eq(seen, 2);
    table_free(table);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("table");
    TCase *cases = tcase_create("table");
    tcase_add_test(cases, a_table_holds_what_a_plain_array_would);
    tcase_add_test(cases, owned_values_are_freed_once);
    tcase_add_test(cases, a_visit_ends_when_told_to);
    suite_add_tcase(suite, cases);
    return suite;
}
