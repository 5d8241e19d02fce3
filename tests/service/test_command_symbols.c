/*
 * test_command_symbols.c - plottafel symbols list | show | check | book.
 */
#include "tests/support/program.h"
#include "tests/support/runner.h"

static void expect_error(int status, const char *holds, const struct program_result *result)
{
    ck_assert_int_eq(result->status, status);
    ck_assert_holds(result->err, holds);
}

START_TEST(a_list_is_searched_in_any_language_and_narrowed)
{
    const char *folder = program_folder();
    struct program_result list = PROGRAM_RUN(folder, "symbols", "list", "--query", "bereitstellungsraum");
    ck_assert_int_eq(list.status, 0);
    ck_assert_int_eq(strncmp(list.out, "bw.ugs ", 7), 0);
    program_finish(&list);
    list = PROGRAM_RUN(folder, "symbols", "list", "--group", "gh", "--set", "nl@1", "--json");
    ck_assert_int_eq(list.status, 0);
    ck_assert_uint_eq(program_count(list.out, "\"group\":\"gh\""), program_count(list.out, "\"id\":"));
    program_finish(&list);
    list = PROGRAM_RUN(folder, "symbols", "list", "--query", "xyzzy");
    ck_assert_int_eq(list.status, 0);
    ck_assert_str_eq(list.out, "");
    ck_assert_str_eq(list.err, "plottafel: nothing found for 'xyzzy' in nl@1\n");
    program_finish(&list);
}
END_TEST

START_TEST(unknown_sets_groups_and_symbols_are_named_with_what_there_is)
{
    const char *folder = program_folder();
    struct program_result result = PROGRAM_RUN(folder, "symbols", "list", "--set", "de@1");
    expect_error(1, "there is: nl@1", &result);
    program_finish(&result);
    result = PROGRAM_RUN(folder, "symbols", "list", "--group", "zz");
    expect_error(1, "has no group 'zz'", &result);
    program_finish(&result);
    result = PROGRAM_RUN(folder, "symbols", "show", "gh.ziekenhius");
    expect_error(1, "the nearest is 'gh.ziekenhuis'", &result);
    program_finish(&result);
    result = PROGRAM_RUN(folder, "symbols", "book", "-o", "b.pdf", "--language", "nl,nl");
    expect_error(2, "one or two of nl, en, fr and de", &result);
    program_finish(&result);
    result = PROGRAM_RUN(folder, "symbols", "book", "-o", "b.png");
    expect_error(2, "must end in .pdf", &result);
    program_finish(&result);
}
END_TEST

START_TEST(show_says_all_and_names_its_drawing)
{
    const char *folder = program_folder();
    struct program_result show =
        PROGRAM_RUN(folder, "symbols", "show", "im.s0870", "-o", "s.svg", "--language", "en");
    ck_assert_int_eq(show.status, 0);
    ck_assert_holds(show.out, "aliases    im.s0870");
    ck_assert_holds(show.out, "elsewhere  ");
    ck_assert_holds(show.out, "statuses   present planned");
    ck_assert_holds(show.out, "trust      reported verified unverified");
    size_t length;
    char *svg = program_read(folder, "s.svg", &length);
    ck_assert_holds(svg, "<title>Staging area</title>");
    free(svg);
    program_finish(&show);
}
END_TEST

START_TEST(check_counts_what_is_good_and_names_every_mistake_of_a_folder)
{
    const char *folder = program_folder();
    struct program_result check = PROGRAM_RUN(folder, "symbols", "check");
    ck_assert_int_eq(check.status, 0);
    ck_assert_holds(check.out, "nl@1: 155 entries are good");
    program_finish(&check);
    program_write(folder, "set.yaml",
                  "set: proef\nversion: 1\ntitle: {nl: Proef}\n"
                  "groups: [{id: x, title: {nl: X}}]\n"
                  "points:\n"
                  "  - {id: x.een, kind: cirkel, letters: A, name: {nl: Een}}\n"
                  "  - {id: x.twee, kind: object, letters: ABCDEFG, name: {nl: Twee}}\n");
    check = PROGRAM_RUN(folder, "symbols", "check", ".");
    ck_assert_int_eq(check.status, 1);
    ck_assert_uint_ge(program_count(check.err, "set.yaml:"), 2);
    ck_assert_ptr_null(strstr(check.out, "entries are good"));
    program_finish(&check);
    check = PROGRAM_RUN(folder, "symbols", "check", "nowhere");
    ck_assert_int_eq(check.status, 1);
    ck_assert_holds(check.err, "nowhere");
    program_finish(&check);
}
END_TEST

START_TEST(the_book_is_a_document_of_many_pages)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "symbols", "book", "-o", "book.pdf", "--set", "nl@1", "--language", "nl,en",
                   "--palette", "mono");
    size_t length;
    char *pdf = program_read(folder, "book.pdf", &length);
    ck_assert_uint_gt(length, 100000);
    ck_assert_int_eq(strncmp(pdf, "%PDF", 4), 0);
    free(pdf);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("command_symbols");
    TCase *tests = tcase_create("command_symbols");
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_list_is_searched_in_any_language_and_narrowed);
    tcase_add_test(tests, unknown_sets_groups_and_symbols_are_named_with_what_there_is);
    tcase_add_test(tests, show_says_all_and_names_its_drawing);
    tcase_add_test(tests, check_counts_what_is_good_and_names_every_mistake_of_a_folder);
    tcase_add_test(tests, the_book_is_a_document_of_many_pages);
    suite_add_tcase(suite, tests);
    return suite;
}
