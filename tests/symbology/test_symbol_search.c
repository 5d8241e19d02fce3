#include "symbology/symbol_search.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "symbology/crosswalk.h"
#include "tests/support/runner.h"

static struct symbol_set *set;
static const struct symbol_entry **found;

static void setup(void)
{
    struct problems problems;
    problems_init(&problems);
    set = symbol_set_new_builtin(&problems);
    ck_assert_ptr_nonnull(set);
    problems_finish(&problems);
    found = memory_new(symbol_set_count(set), sizeof *found);
}

static void teardown(void)
{
    free(found);
    symbol_set_free(set);
}

static size_t search(const char *words, enum language language)
{
    struct symbol_search search = {.words = words, .language = language, .with_deprecated = true};
    return symbol_search_run(set, &search, found);
}

static bool is_among(size_t count, const struct symbol_entry *entry)
{
    size_t i = 0;
    while (i < count && found[i] != entry) {
        i++;
    }
    return i < count;
}

static void expect_first(const char *words, enum language language, const char *id)
{
    size_t count = search(words, language);
    ck_assert_msg(count > 0, "'%s' finds nothing", words);
    ck_assert_msg(strcmp(found[0]->id, id) == 0, "'%s' finds first %s", words, found[0]->id);
}

START_TEST(every_symbol_is_found_by_its_whole_name_in_each_language)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        for (int k = 0; k < LANGUAGE_COUNT; k++) {
            const char *name = entry->name.texts[k];
            size_t count = search(name, (enum language)k);
            ck_assert_msg(count > 0, "'%s' finds nothing", name);
            ck_assert_msg(is_among(count, entry), "'%s' does not find %s", name, entry->id);
        }
    }
}
END_TEST

START_TEST(each_beginning_of_a_name_finds_it_whatever_its_case_and_order)
{
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        const char *name = multilingual_text(&entry->name, LANGUAGE_NL);
        char words[200];
        for (size_t length = 1; length < strlen(name); length++) {
            snprintf(words, sizeof words, "%.*s", (int)length, name);
            if (((unsigned char)name[length] & 0xC0) != 0x80) {
                ck_assert_msg(is_among(search(words, LANGUAGE_NL), entry), "'%s' does not find %s", words,
                              entry->id);
            }
        }
    }
    expect_first("LOCATIE vaste brandweer", LANGUAGE_NL, "bw.kazerne");
}
END_TEST

START_TEST(four_languages_are_searched_at_once_and_accents_do_not_count)
{
    expect_first("Staging", LANGUAGE_NL, "bw.ugs");
    expect_first("Bereitstellungsr", LANGUAGE_NL, "bw.ugs");
    expect_first("sante publ", LANGUAGE_EN, "inc.gezondheid");
    expect_first("offentliche gesundheit", LANGUAGE_NL, "inc.gezondheid");
    expect_first("ÖFFENTLICHE GESUNDHEIT", LANGUAGE_NL, "inc.gezondheid");
}
END_TEST

START_TEST(ids_letters_aliases_and_codes_of_others_find_it_too)
{
    expect_first("bw.ugs", LANGUAGE_EN, "bw.ugs");
    expect_first("UGS", LANGUAGE_EN, "bw.ugs");
    expect_first("im.s0870", LANGUAGE_EN, "bw.ugs");
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        size_t link_count;
        const struct crosswalk_link *links =
            crosswalk_find(symbol_set_crosswalk(set), entry->id, &link_count);
        for (size_t k = 0; k < link_count; k++) {
            const char *code = links[k].code[0] ? links[k].code : links[k].name;
            ck_assert_msg(is_among(search(code, LANGUAGE_NL), entry), "'%s' does not find %s", code,
                          entry->id);
        }
    }
}
END_TEST

START_TEST(a_whole_word_goes_before_the_beginning_of_one_and_that_before_its_inside)
{
    size_t count = search("brand", LANGUAGE_NL);
    ck_assert_uint_gt(count, 5);
    ck_assert_str_eq(found[0]->id, "inc.brand");
    size_t inside = count;
    size_t begins = 0;
    for (size_t i = 0; i < count; i++) {
        inside = strcmp(found[i]->id, "inc.natuurbrand") == 0 ? i : inside;
        begins = strcmp(found[i]->id, "bw.voertuig") == 0 ? i : begins;
    }
    ck_assert_uint_lt(inside, count);
    ck_assert_uint_lt(begins, inside);
}
END_TEST

START_TEST(the_language_asked_for_goes_first)
{
    size_t count = search("post", LANGUAGE_EN);
    ck_assert_uint_gt(count, 1);
    ck_assert_ptr_nonnull(strcasestr(multilingual_text(&found[0]->name, LANGUAGE_EN), "post"));
}
END_TEST

START_TEST(group_and_geometry_narrow_it_and_nothing_typed_finds_all_in_order)
{
    struct symbol_search wish = {.group = "bw"};
    size_t count = symbol_search_run(set, &wish, found);
    ck_assert_uint_gt(count, 10);
    for (size_t i = 0; i < count; i++) {
        ck_assert_str_eq(found[i]->group, "bw");
    }
    wish = (struct symbol_search){.words = " - ", .has_geometry = true, .geometry = GEOMETRY_AREA};
    count = symbol_search_run(set, &wish, found);
    ck_assert_uint_eq(count, 22);
    for (size_t i = 1; i < count; i++) {
        ck_assert_int_eq(found[i]->geometry, GEOMETRY_AREA);
        ck_assert(found[i] > found[i - 1]);
    }
    ck_assert_uint_eq(search("", LANGUAGE_NL), symbol_set_count(set));
    ck_assert_uint_eq(search(NULL, LANGUAGE_NL), symbol_set_count(set));
}
END_TEST

START_TEST(what_nobody_calls_anything_finds_nothing_however_long)
{
    ck_assert_uint_eq(search("xyzzy", LANGUAGE_NL), 0);
    ck_assert_uint_eq(search("brandweer xyzzy", LANGUAGE_NL), 0);
    char *text = memory_new(10001, 1);
    memset(text, 'q', 10000);
    ck_assert_uint_eq(search(text, LANGUAGE_NL), 0);
    for (size_t i = 1; i < 10000; i += 2) {
        text[i] = ' ';
    }
    search(text, LANGUAGE_NL);
    search("\xC3", LANGUAGE_NL);
    search("\u202E\u0301\u0301\u0301", LANGUAGE_NL);
    free(text);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol_search");
    TCase *tests = tcase_create("search");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, every_symbol_is_found_by_its_whole_name_in_each_language);
    tcase_add_test(tests, each_beginning_of_a_name_finds_it_whatever_its_case_and_order);
    tcase_add_test(tests, four_languages_are_searched_at_once_and_accents_do_not_count);
    tcase_add_test(tests, ids_letters_aliases_and_codes_of_others_find_it_too);
    tcase_add_test(tests, a_whole_word_goes_before_the_beginning_of_one_and_that_before_its_inside);
    tcase_add_test(tests, the_language_asked_for_goes_first);
    tcase_add_test(tests, group_and_geometry_narrow_it_and_nothing_typed_finds_all_in_order);
    tcase_add_test(tests, what_nobody_calls_anything_finds_nothing_however_long);
    suite_add_tcase(suite, tests);
    return suite;
}
