#include "symbology/symbol_set.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "symbology/glyph.h"
#include "symbology/symbol_code.h"
#include "tests/symbology/set_folder.h"

static struct symbol_set *builtin(void)
{
    struct problems problems;
    problems_init(&problems);
    struct symbol_set *set = symbol_set_new_builtin(&problems);
    problems_print(&problems, stderr);
    ck_assert_uint_eq(problems.count, 0);
    problems_finish(&problems);
    return set;
}

START_TEST(the_dutch_set_has_all_its_entries)
{
    struct symbol_set *set = builtin();
    size_t counts[3] = {0, 0, 0};
    size_t glyph_count = 0;
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        counts[symbol_set_at(set, i)->geometry]++;
        glyph_count += symbol_set_at(set, i)->glyph != NULL;
    }
    ck_assert_uint_eq(counts[GEOMETRY_POINT], 114);
    ck_assert_uint_eq(counts[GEOMETRY_LINE], 19);
    ck_assert_uint_eq(counts[GEOMETRY_AREA], 22);
    ck_assert_uint_ge(glyph_count, 60);
    ck_assert_str_eq(symbol_set_name(set), "nl");
    ck_assert_int_eq(symbol_set_version(set), 1);
    symbol_set_free(set);
}
END_TEST

START_TEST(every_entry_has_names_group_and_letters)
{
    struct symbol_set *set = builtin();
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        for (int language = 0; language < LANGUAGE_COUNT; language++) {
            ck_assert_msg(entry->name.texts[language] && entry->name.texts[language][0], "%s", entry->id);
            ck_assert_str_ne(symbol_set_group_title(set, entry->group, (enum language)language), "");
        }
        ck_assert_uint_ge(strlen(entry->letters), 1);
        ck_assert_uint_le(strlen(entry->letters), 4);
        ck_assert_ptr_eq(symbol_set_find(set, entry->id), entry);
    }
    symbol_set_free(set);
}
END_TEST

START_TEST(no_two_entries_share_an_id_or_the_letters_of_a_group)
{
    struct symbol_set *set = builtin();
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *a = symbol_set_at(set, i);
        for (size_t j = 0; j < i; j++) {
            const struct symbol_entry *b = symbol_set_at(set, j);
            ck_assert_str_ne(a->id, b->id);
            ck_assert(strcmp(a->group, b->group) != 0 || strcmp(a->letters, b->letters) != 0);
        }
    }
    symbol_set_free(set);
}
END_TEST

/* Colour and tab must each tell the disciplines apart. */
START_TEST(disciplines_differ_by_fill_and_by_tab)
{
    struct symbol_set *set = builtin();
    const char *const ids[] = {"bw.ugs",  "gh.post",    "po.bureau", "ge.opvang",
                               "wa.post", "de.eenheid", "sp.trein",  "nu.uitval"};
    for (int i = 0; i < 8; i++) {
        const struct symbol_entry *a = symbol_set_find(set, ids[i]);
        ck_assert_uint_ne(a->tabs, 0);
        for (int j = 0; j < i; j++) {
            const struct symbol_entry *b = symbol_set_find(set, ids[j]);
            int difference = abs(a->fill.red - b->fill.red) + abs(a->fill.green - b->fill.green) +
                             abs(a->fill.blue - b->fill.blue);
            ck_assert_msg(difference > 60, "%s and %s", ids[i], ids[j]);
            ck_assert_uint_ne(a->tabs, b->tabs);
        }
    }
    ck_assert_uint_eq(symbol_set_find(set, "bw.ugs")->tabs, TAB_NORTH_WEST);
    ck_assert_uint_eq(symbol_set_find(set, "po.bureau")->tabs, TAB_NORTH_EAST);
    ck_assert_uint_eq(symbol_set_find(set, "gh.post")->tabs, TAB_SOUTH_EAST);
    ck_assert_uint_eq(symbol_set_find(set, "ge.opvang")->tabs, TAB_SOUTH_WEST);
    ck_assert_uint_eq(symbol_set_find(set, "alg.copi")->tabs, 0);
    symbol_set_free(set);
}
END_TEST

START_TEST(an_alias_leads_to_its_entry_and_the_nearest_of_a_wrong_one_is_known)
{
    struct symbol_set *set = builtin();
    ck_assert_ptr_eq(symbol_set_find(set, "im.s0870"), symbol_set_find(set, "bw.ugs"));
    ck_assert_ptr_null(symbol_set_find(set, "bw.ugz"));
    char hint[SYMBOL_HINT_BYTES];
    ck_assert_str_eq(symbol_set_hint(set, "bw.ugz", hint), "; the nearest is 'bw.ugs'");
    ck_assert_str_eq(symbol_set_hint(set, "xyzzy", hint), "");
    symbol_set_free(set);
}
END_TEST

START_TEST(lines_and_areas_have_looks_that_can_be_seen)
{
    struct symbol_set *set = builtin();
    for (size_t i = 0; i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        if (entry->geometry == GEOMETRY_POINT) {
            continue;
        }
        bool is_line = entry->geometry == GEOMETRY_LINE;
        const struct line_look *look = is_line ? &entry->line : &entry->area.outline;
        ck_assert_msg(look->stroke_count >= 1, "%s", entry->id);
        ck_assert_double_ge(look->strokes[0].width_px, 1.5);
        ck_assert_double_lt(line_look_reach_px(look), 25);
    }
    symbol_set_free(set);
}
END_TEST

#define HEAD                                                                                                 \
    "set: test\n"                                                                                            \
    "version: 3\n"                                                                                           \
    "title: {nl: Proef}\n"                                                                                   \
    "owners: {general: {fill: \"#FFFFFF\"}, fire: {fill: \"#E60003\", tabs: [nw]}}\n"                        \
    "groups:\n"                                                                                              \
    "  - {id: a, title: {nl: A}}\n"                                                                          \
    "points:\n"
START_TEST(a_set_of_your_own_is_read_from_a_folder)
{
    const char *folder =
        write_set("good", HEAD "  - {id: a.een, kind: object, owner: fire, letters: E, "
                               "name: {nl: Een, en: One}}\n"
                               "lines:\n"
                               "  - {id: a.lijn, letters: L, name: {nl: Lijn}, strokes: {width: 2}}\n");
    write_glyph(folder, "a.een.svg", GLYPH_HEAD "\n  <g><path d=\"M1 1h2\"/></g>\n</svg>\n");
    write_glyph(folder, "a.eem.svg", GLYPH_HEAD "<path d=\"M1 1h2\"/></svg>");
    struct problems problems;
    problems_init(&problems);
    struct symbol_set *set = symbol_set_read(folder, NULL, &problems);
    ck_assert_ptr_nonnull(set);
    ck_assert_ptr_nonnull(strstr(symbol_set_at(set, 0)->glyph, "d=\"M1 1L3 1\""));
    ck_assert(!symbol_set_at(set, 0)->is_glyph_lost);
    ck_assert_str_eq(multilingual_text(&symbol_set_at(set, 1)->name, LANGUAGE_DE), "Lijn");
    ck_assert_uint_eq(problems.count, 1); /* the stray glyph */
    ck_assert_ptr_nonnull(strstr(problems.items[0].sentence, "a.eem.svg"));
    problems_finish(&problems);
    symbol_set_free(set);
}
END_TEST

START_TEST(all_mistakes_of_a_set_are_named_with_their_line)
{
    const char *folder = write_set(
        "bad", HEAD "  - {id: a.een, kind: object, letters: E, name: {nl: Een}}\n"              /* 8, good */
                    "  - {id: a.een, kind: object, letters: F, name: {nl: Twee}}\n"             /* 9 */
                    "  - {id: b.drie, kind: object, letters: D, name: {nl: Drie}}\n"            /* 10 */
                    "  - {id: a.vier, kind: objekt, letters: V, name: {nl: Vier}}\n"            /* 11 */
                    "  - {id: a.vijf, kind: object, letters: VIJFF, name: {nl: Vijf}}\n"        /* 12 */
                    "  - {id: a.zes, kind: object, letters: E, name: {nl: Zes}}\n"              /* 13 */
                    "  - {id: a.zeven, kind: object, letters: Z, name: {en: Seven}}\n"          /* 14 */
                    "  - {id: a.acht, kind: object, letters: A}\n"                              /* 15 */
                    "  - {id: a.negen, kind: object, letters: N, name: {nl: N}, colour: red}\n" /* 16 */
                    "  - {id: a.tien, kind: object, letters: T, name: {nl: T}, fill: red}\n"    /* 17 */
                    "  - {id: a.elf, kind: object, owner: police, letters: P, name: {nl: P}}\n" /* 18 */
                    "  - {id: a.twaalf, kind: site, turns: true, letters: W, name: {nl: W}}\n"  /* 19 */
                    "  - {id: A.Dertien, kind: site, letters: B, name: {nl: B}}\n"              /* 20 */
                    "  - {id: a.veertien, kind: site, letters: C, name: {nl: C}, aliases: [a.een]}\n" /* 21 */
                    "  - just text\n"                                                                 /* 22 */
                    "lines:\n"                                                                        /* 23 */
                    "  - {id: a.lijn, letters: L, name: {nl: Lijn}}\n"                                /* 24 */
                    "  - {id: a.lijn2, letters: M, name: {nl: L}, strokes: {width: -1}}\n"            /* 25 */
                    "areas:\n"                                                                        /* 26 */
                    "  - {id: a.vlak, letters: O, name: {nl: V}, centre: a.nergens}\n"                /* 27 */
                    "  - {id: a.vlak2, letters: Q, name: {nl: V}, fill: {hatch: \"#zz\"}}\n");        /* 28 */
    static const struct expected expected[] = {
        {9, "a.een"},  {10, "'b'"},    {11, "incident"}, {12, "VIJFF"},  {13, "a.een"},   {14, "nl"},
        {15, "name"},  {16, "colour"}, {17, "red"},      {18, "police"}, {19, "turns"},   {20, "group.name"},
        {21, "a.een"}, {22, "entry"},  {24, "strokes"},  {25, "width"},  {27, "nergens"}, {28, "#zz"}};
    struct problems problems;
    problems_init(&problems);
    ck_assert_ptr_null(symbol_set_read(folder, NULL, &problems));
    expect_named(&problems, expected, sizeof expected / sizeof expected[0]);
    problems_finish(&problems);
}
END_TEST

/* Marks stand in the corners that tabs leave free; a third tab made the program end. */
START_TEST(an_owner_with_three_tabs_is_refused)
{
    const char *folder =
        write_set("tabs", "set: test\nversion: 1\ntitle: {nl: T}\n"
                          "owners: {general: {fill: \"#FFFFFF\", tabs: [ne, se, sw]}}\n"
                          "groups: [{id: a, title: {nl: A}}]\n"
                          "points: [{id: a.een, kind: object, letters: E, name: {nl: E}}]\n");
    struct problems problems;
    problems_init(&problems);
    ck_assert_ptr_null(symbol_set_read(folder, NULL, &problems));
    ck_assert_uint_eq(problems.error_count, 1);
    ck_assert(is_named(&problems, (struct expected){4, "tabs"}));
    problems_finish(&problems);
}
END_TEST

START_TEST(a_folder_without_a_set_is_named)
{
    struct problems problems;
    problems_init(&problems);
    ck_assert_ptr_null(symbol_set_read("/nowhere", NULL, &problems));
    ck_assert_uint_eq(problems.error_count, 1);
    ck_assert_str_eq(problems.items[0].file, "/nowhere/set.yaml");
    problems_finish(&problems);
}
END_TEST

START_TEST(a_drawing_of_a_folder_that_is_broken_keeps_no_set_from_loading)
{
    const char *folder =
        write_set("glyph", HEAD "  - {id: a.een, kind: object, letters: E, name: {nl: Een}}\n"
                                "  - {id: a.twee, kind: object, letters: T, name: {nl: Twee}}\n"
                                "  - {id: a.drie, kind: object, letters: D, name: {nl: Drie}}\n");
    write_glyph(folder, "a.een.svg", "<svg viewBox='0 0 24 24'>\n<path d='M1 1'>");
    write_glyph(folder, "a.twee.svg", "<svg viewBox='0 0 9 9'>\n<script/><path d='M1 1h2'/></svg>");
    struct problems problems;
    problems_init(&problems);
    struct symbol_set *set = symbol_set_read(folder, NULL, &problems);
    ck_assert_ptr_nonnull(set);
    ck_assert_uint_eq(problems.error_count, 0);
    ck_assert_uint_eq(problems.count, 3);
    ck_assert_ptr_nonnull(strstr(problems.items[0].file, "a.een.svg"));
    ck_assert_int_eq(problems.items[0].line, 2);
    ck_assert_ptr_nonnull(strstr(problems.items[0].sentence, "letters"));
    ck_assert_ptr_nonnull(strstr(problems.items[1].file, "a.twee.svg"));
    ck_assert_ptr_nonnull(strstr(problems.items[1].sentence, "<script>"));
    ck_assert_ptr_nonnull(strstr(problems.items[2].sentence, "1 drawing was made for elsewhere"));
    ck_assert(symbol_set_find(set, "a.een")->is_glyph_lost);
    ck_assert_ptr_null(symbol_set_find(set, "a.een")->glyph);
    ck_assert(!symbol_set_find(set, "a.twee")->is_glyph_lost);
    ck_assert_ptr_nonnull(symbol_set_find(set, "a.twee")->glyph);
    ck_assert(!symbol_set_find(set, "a.drie")->is_glyph_lost);
    problems_finish(&problems);
    symbol_set_free(set);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol set");
    TCase *cases = tcase_create("set");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, the_dutch_set_has_all_its_entries);
    tcase_add_test(cases, every_entry_has_names_group_and_letters);
    tcase_add_test(cases, no_two_entries_share_an_id_or_the_letters_of_a_group);
    tcase_add_test(cases, disciplines_differ_by_fill_and_by_tab);
    tcase_add_test(cases, an_alias_leads_to_its_entry_and_the_nearest_of_a_wrong_one_is_known);
    tcase_add_test(cases, lines_and_areas_have_looks_that_can_be_seen);
    tcase_add_test(cases, a_set_of_your_own_is_read_from_a_folder);
    tcase_add_test(cases, all_mistakes_of_a_set_are_named_with_their_line);
    tcase_add_test(cases, an_owner_with_three_tabs_is_refused);
    tcase_add_test(cases, a_folder_without_a_set_is_named);
    tcase_add_test(cases, a_drawing_of_a_folder_that_is_broken_keeps_no_set_from_loading);
    suite_add_tcase(suite, cases);
    return suite;
}
