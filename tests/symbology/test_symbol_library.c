#include "symbology/symbol_library.h"

#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"
#include "tests/support/runner.h"

static struct symbol_library *builtin(void)
{
    struct problems problems;
    problems_init(&problems);
    struct symbol_library *library = symbol_library_new(&problems);
    ck_assert_ptr_nonnull(library);
    problems_finish(&problems);
    return library;
}

START_TEST(a_code_that_does_not_resolve_is_told_what_there_is)
{
    static const char *const wrong[][2] = {
        {"nl@1/bw.ugz", "bw.ugs"}, {"be@1/bw.ugs", "'be'"}, {"be@1/bw.ugs", "nl@1"}, {"nl@9/bw.ugs", "9"}};
    struct symbol_library *library = builtin();
    for (int i = 0; i < 4; i++) {
        struct symbol_code code;
        struct fault fault;
        ck_assert(symbol_code_parse(wrong[i][0], &code, &fault));
        ck_assert_ptr_null(symbol_library_resolve(library, &code, &fault));
        ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
        ck_assert_msg(strstr(fault.message, wrong[i][1]), "%s", fault.message);
        symbol_code_finish(&code);
    }
    symbol_library_free(library);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol library");
    TCase *codes = tcase_create("codes");
    tcase_add_test(codes, a_code_that_does_not_resolve_is_told_what_there_is);
    suite_add_tcase(suite, codes);
    return suite;
}
