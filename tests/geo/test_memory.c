#include "geo/base/memory.h"

#include <stdint.h>
#include <stdlib.h>

#include "tests/support/runner.h"

START_TEST(a_product_that_overflows_is_not_to_be_had)
{
    ck_assert_ptr_null(memory_try_new(SIZE_MAX / 2, 3));
    void *nothing = memory_try_new(0, 8);
    ck_assert_ptr_nonnull(nothing);
    free(nothing);
}
END_TEST

START_TEST(new_memory_is_cleared)
{
    unsigned char *bytes = memory_new(100, 10);
    for (int i = 0; i < 1000; i++) {
        ck_assert_uint_eq(bytes[i], 0);
    }
    free(bytes);
}
END_TEST

START_TEST(copies_end_with_a_nul)
{
    ck_assert_ptr_null(memory_copy_text(NULL));
    char *copy = memory_copy_bytes("a\0b", 3);
    ck_assert_mem_eq(copy, "a\0b", 4);
    free(copy);
    copy = memory_copy_bytes(NULL, 0);
    ck_assert_str_eq(copy, "");
    free(copy);
}
END_TEST

START_TEST(resizing_keeps_what_was_there)
{
    char *text = memory_resize(NULL, 4, 1);
    for (int i = 0; i < 4; i++) {
        text[i] = "abc"[i];
    }
    text = memory_resize(text, 100000, 1);
    ck_assert_str_eq(text, "abc");
    free(memory_resize(text, 0, 1));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("memory");
    TCase *cases = tcase_create("memory");
    tcase_add_test(cases, a_product_that_overflows_is_not_to_be_had);
    tcase_add_test(cases, new_memory_is_cleared);
    tcase_add_test(cases, copies_end_with_a_nul);
    tcase_add_test(cases, resizing_keeps_what_was_there);
    suite_add_tcase(suite, cases);
    return suite;
}
