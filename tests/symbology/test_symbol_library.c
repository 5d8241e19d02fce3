/*
 * test_symbol_library.c - several sets and versions of them, side by side.
 */
#include "symbology/symbol_library.h"

#include <stdlib.h>

#include "geo/base/fault.h"
#include "symbology/symbol.h"
#include "symbology/symbol_code.h"
#include "symbology/symbol_set.h"
#include "tests/symbology/set_folder.h"

#define NL_2                                                                                                 \
    "set: nl\nversion: 2\nextends: nl@1\ntitle: {nl: Ontwerp}\n"                                             \
    "points:\n"                                                                                              \
    "  - {id: bw.drone, kind: unit, owner: fire, letters: DRO, name: {nl: Drone}}\n"                         \
    "changes:\n"                                                                                             \
    "  - {id: bw.hovd, deprecated: true, replaced_by: bw.ovd}\n"

static struct problems problems;
static struct symbol_library *library;

static void set_up(void)
{
    problems_init(&problems);
    library = symbol_library_new(&problems);
    ck_assert_ptr_nonnull(library);
}

static void tear_down(void)
{
    symbol_library_free(library);
    problems_finish(&problems);
}

static void add_good(const char *folder)
{
    bool is_added = symbol_library_add(library, folder, &problems);
    problems_print(&problems, stderr);
    ck_assert(is_added);
    ck_assert_uint_eq(problems.error_count, 0);
}

static const struct symbol_entry *resolve(const char *text, struct symbol_code *code, struct fault *fault)
{
    ck_assert_msg(symbol_code_parse(text, code, fault), "%s", fault->message);
    return symbol_library_resolve(library, code, fault);
}

/* The picture of a code. Owned by the caller. */
static char *svg_of(const char *text)
{
    struct symbol_code code;
    struct symbol_drawing drawing;
    struct fault fault = {0};
    const struct symbol_entry *entry = resolve(text, &code, &fault);
    ck_assert_msg(entry, "%s", fault.message);
    ck_assert(symbol_compose(entry, &code, DETAIL_FULL, PALETTE_DEFAULT, 1, &drawing, &fault));
    symbol_code_finish(&code);
    return drawing.svg;
}

START_TEST(a_code_that_does_not_resolve_is_told_what_there_is)
{
    static const char *const wrong[][2] = {{"nl@1/bw.ugz", "bw.ugs"}, {"be@1/bw.ugs", "'be'"},
                                           {"be@1/bw.ugs", "nl@1"},   {"nl@9/bw.ugs", "no version 9"},
                                           {"nl@9/bw.ugs", "nl@2"},   {"nl@1/bw.drone", "nl@1 has no"}};
    add_good(write_set("nl-2", NL_2));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct symbol_code code;
        struct fault fault;
        ck_assert_ptr_null(resolve(wrong[i][0], &code, &fault));
        ck_assert_int_eq(fault.code, FAULT_NOT_FOUND);
        ck_assert_msg(strstr(fault.message, wrong[i][1]), "%s", fault.message);
        symbol_code_finish(&code);
    }
}
END_TEST

START_TEST(sets_are_found_by_name_and_version_and_the_newest_by_none)
{
    add_good(write_set("nl-2", NL_2));
    add_good(write_set("eigen", "set: aa\nversion: 7\nextends: nl@2\ntitle: {nl: Eigen}\n"));
    ck_assert_uint_eq(symbol_library_count(library), 3);
    ck_assert_str_eq(symbol_set_name(symbol_library_at(library, 0)), "aa");
    ck_assert_int_eq(symbol_set_version(symbol_library_at(library, 1)), 1);
    ck_assert_int_eq(symbol_set_version(symbol_library_at(library, 2)), 2);
    ck_assert_ptr_eq(symbol_library_find(library, "nl", 1), symbol_library_at(library, 1));
    ck_assert_ptr_eq(symbol_library_find(library, "nl", 0), symbol_library_at(library, 2));
    ck_assert_ptr_null(symbol_library_find(library, "nl", 3));
    ck_assert_ptr_null(symbol_library_find(library, "a", 0));
    ck_assert_ptr_eq(symbol_set_base(symbol_library_at(library, 0)), symbol_library_at(library, 2));
}
END_TEST

START_TEST(a_draft_in_a_folder_is_the_default_only_when_that_is_said)
{
    add_good(write_set("nl-2", NL_2));
    const struct symbol_set *first = symbol_library_find(library, "nl", 1);
    const struct symbol_set *draft = symbol_library_find(library, "nl", 2);
    ck_assert_ptr_eq(symbol_library_default(library), first);
    symbol_library_set_default(library, draft);
    ck_assert_ptr_eq(symbol_library_default(library), draft);
}
END_TEST

START_TEST(two_versions_of_a_symbol_are_drawn_side_by_side_each_its_own_way)
{
    const char *folder = write_set("nl-2", NL_2);
    char *before = svg_of("nl@1/wa.peil");
    write_glyph(folder, "wa.peil.svg", GLYPH_HEAD "<path d=\"M3 4h5\"/></svg>");
    add_good(folder);
    char *first = svg_of("nl@1/wa.peil");
    char *second = svg_of("nl@2/wa.peil");
    ck_assert_str_eq(before, first);
    ck_assert_str_ne(first, second);
    char *same[] = {svg_of("nl@1/bw.ugs"), svg_of("nl@2/bw.ugs")};
    ck_assert_str_eq(same[0], same[1]);
    free(before);
    free(first);
    free(second);
    free(same[0]);
    free(same[1]);
}
END_TEST

START_TEST(a_deprecated_entry_is_still_drawn)
{
    add_good(write_set("nl-2", NL_2));
    const struct symbol_entry *entry = symbol_set_find(symbol_library_find(library, "nl", 2), "bw.hovd");
    ck_assert(entry->is_deprecated);
    ck_assert_str_eq(entry->replaced_by, "bw.ovd");
    char *now = svg_of("nl@2/bw.hovd");
    char *then = svg_of("nl@1/bw.hovd");
    ck_assert_str_eq(now, then);
    ck_assert(!symbol_set_find(symbol_library_find(library, "nl", 1), "bw.hovd")->is_deprecated);
    free(now);
    free(then);
}
END_TEST

#define OWN_NL_1                                                                                             \
    "set: nl\nversion: 1\ntitle: {nl: Eigen}\nowners: {general: {fill: \"#FFFFFF\"}}\n"                      \
    "groups: [{id: a, title: {nl: A}}]\n"                                                                    \
    "points: [{id: a.een, kind: object, letters: E, name: {nl: Een}}]\n"

START_TEST(a_set_takes_the_place_of_a_built_in_one_but_not_of_another)
{
    add_good(write_set("eigen", OWN_NL_1));
    ck_assert_uint_eq(symbol_library_count(library), 1);
    ck_assert_uint_eq(symbol_set_count(symbol_library_default(library)), 1);
    ck_assert(!symbol_library_add(library, write_set("nog-een", OWN_NL_1), &problems));
    ck_assert_uint_eq(problems.error_count, 1);
    ck_assert_ptr_nonnull(strstr(problems.items[0].sentence, "nl@1 is there already"));
    ck_assert_uint_eq(symbol_library_count(library), 1);
}
END_TEST

START_TEST(a_set_that_others_extend_keeps_its_place)
{
    add_good(write_set("nl-2", NL_2));
    ck_assert(!symbol_library_add(library, write_set("eigen", OWN_NL_1), &problems));
    ck_assert_ptr_nonnull(strstr(problems.items[0].sentence, "before the sets that extend it"));
    ck_assert_ptr_nonnull(symbol_set_find(symbol_library_find(library, "nl", 1), "bw.ugs"));
}
END_TEST

START_TEST(the_sets_of_the_examples_are_good)
{
    add_good("examples/symbol-sets/nl-2");
    add_good("examples/symbol-sets/haven");
    ck_assert_uint_eq(problems.count, 0);
    static const char *const codes[] = {"haven@1/haven.kraan", "haven@1/haven.helling", "haven@1/bw.ugs",
                                        "nl@2/bw.drone",       "nl@2/bw.hovd",          "nl@1/bw.hovd"};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        free(svg_of(codes[i]));
    }
    const struct symbol_set *haven = symbol_library_find(library, "haven", 1);
    for (size_t i = 0; i < symbol_set_count(haven); i++) {
        const struct symbol_entry *entry = symbol_set_at(haven, i);
        bool is_own_point = entry->geometry == GEOMETRY_POINT && strcmp(entry->group, "haven") == 0;
        ck_assert_msg(!is_own_point || entry->glyph, "%s has no drawing", entry->id);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol library");
    TCase *cases = tcase_create("library");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, a_code_that_does_not_resolve_is_told_what_there_is);
    tcase_add_test(cases, sets_are_found_by_name_and_version_and_the_newest_by_none);
    tcase_add_test(cases, a_draft_in_a_folder_is_the_default_only_when_that_is_said);
    tcase_add_test(cases, two_versions_of_a_symbol_are_drawn_side_by_side_each_its_own_way);
    tcase_add_test(cases, a_deprecated_entry_is_still_drawn);
    tcase_add_test(cases, a_set_takes_the_place_of_a_built_in_one_but_not_of_another);
    tcase_add_test(cases, a_set_that_others_extend_keeps_its_place);
    tcase_add_test(cases, the_sets_of_the_examples_are_good);
    suite_add_tcase(suite, cases);
    return suite;
}
