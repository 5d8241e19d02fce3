/*
 * test_symbol_set_link.c - marks that are drawings of the set, and what a set may say of its lines.
 */
#include <stdio.h>
#include <string.h>

#include "geo/base/yaml.h"
#include "symbology/look_reader.h"
#include "symbology/symbol.h"
#include "symbology/symbol_set.h"
#include "tests/symbology/set_folder.h"

static const char head[] = "set: t\nversion: 1\ntitle: {nl: t}\nowners: {general: {fill: \"#FFFFFF\"}}\n"
                           "groups: [{id: g, title: {nl: g}}]\n"
                           "points:\n  - {id: g.drawn, kind: object, letters: A, name: {nl: a}}\n"
                           "  - {id: g.bare, kind: object, letters: B, name: {nl: b}}\nlines:\n";

#define CLEAN_GLYPH GLYPH_HEAD "<path d=\"M3 3h18\"/></svg>"

/* A set with one line g.line that has these fields; NULL and problems when it is refused. */
static struct symbol_set *read_line(const char *fields, const char *glyph, struct problems *problems)
{
    char text[4096];
    snprintf(text, sizeof text, "%s  - {id: g.line, letters: L, name: {nl: l}, strokes: [{width: 3}], %s}\n",
             head, fields);
    const char *folder = write_set("set", text);
    write_glyph(folder, "g.drawn.svg", glyph);
    problems_init(problems);
    return symbol_set_read(folder, NULL, problems);
}

static void check_refused(const char *fields, const char *words)
{
    struct problems problems;
    struct symbol_set *set = read_line(fields, CLEAN_GLYPH, &problems);
    ck_assert_msg(!set, "%s was taken", fields);
    bool is_said = false;
    for (size_t i = 0; i < problems.count; i++) {
        is_said =
            is_said || strstr(problems.items[i].sentence, words) || strstr(problems.items[i].field, words);
    }
    ck_assert_msg(is_said, "%s: nobody says '%s'", fields, words);
    problems_finish(&problems);
}

START_TEST(a_mark_may_be_the_glyph_of_a_point)
{
    struct problems problems;
    struct symbol_set *set =
        read_line("marks: {glyph: g.drawn, size: 16, orient: upright, background: \"#FFFFFF\"}", CLEAN_GLYPH,
                  &problems);
    problems_print(&problems, stderr);
    ck_assert_ptr_nonnull(set);
    const struct symbol_entry *entry = symbol_set_find(set, "g.line");
    ck_assert_int_eq(entry->line.marks.mark, LINE_MARK_GLYPH);
    ck_assert_ptr_eq(entry->line.marks.glyph, symbol_set_find(set, "g.drawn")->glyph);
    ck_assert_int_eq(entry->line.marks.orient, MARK_UPRIGHT);
    struct symbol_code code = {.set = "t", .version = 1};
    struct symbol_drawing drawing;
    ck_assert(symbol_compose_swatch(entry, &code, PALETTE_IMAGERY, 60, 20, &drawing, NULL));
    ck_assert_ptr_nonnull(strstr(drawing.svg, entry->line.marks.glyph));
    symbol_drawing_finish(&drawing);
    symbol_set_free(set);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_glyph_that_is_not_there_is_named)
{
    check_refused("marks: {glyph: g.nothing}", "'g.nothing' is no point of this set with a glyph");
    check_refused("marks: {glyph: g.bare}", "'g.bare' is no point of this set with a glyph");
    check_refused("marks: {glyph: g.line}", "'g.line' is no point of this set with a glyph");
    check_refused("marks: {glyph: [1, 2]}", "glyph");
    check_refused("marks: {glyph: g.drawn, mark: bar}", "only one of mark and glyph");
    check_refused("marks: {mark: star}", "star");
    check_refused("marks: {mark: bar, orient: sideways}", "sideways");
    check_refused("marks: {mark: bar, hollow: maybe}", "hollow");
}
END_TEST

/* These once ended the program: nobody says a glyph where the problem was looked for. */
START_TEST(a_glyph_that_is_not_there_is_named_in_a_set_with_other_mistakes_too)
{
    check_refused("outline: {}, marks: {glyph: g.nothing}", "'g.nothing' is no point");
    check_refused("start: bar}\n  - {id: g.line, letters: M, name: {nl: m}, strokes: [{width: 3}], "
                  "marks: {glyph: g.nothing}",
                  "'g.nothing' is no point");
}
END_TEST

START_TEST(a_line_whose_glyph_is_broken_is_drawn_without_it)
{
    struct problems problems;
    struct symbol_set *set = read_line("marks: {glyph: g.drawn}", "<svg>broken", &problems);
    problems_print(&problems, stderr);
    ck_assert_ptr_nonnull(set);
    ck_assert_uint_ge(problems.count, 1);
    ck_assert_int_eq(symbol_set_find(set, "g.line")->line.marks.mark, LINE_MARK_NONE);
    symbol_set_free(set);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_style_of_a_layer_has_no_glyphs_at_hand)
{
    static const char text[] = "stroke: {width: 1}\nmarks: {glyph: g.drawn}\n";
    struct problems problems;
    problems_init(&problems);
    struct yaml_document *document = yaml_document_parse("style", text, strlen(text), &problems);
    struct line_look look = look_read_line(yaml_document_root(document), &problems);
    ck_assert_int_eq(look.marks.mark, LINE_MARK_NONE);
    ck_assert_uint_eq(problems.error_count, 1);
    ck_assert_ptr_nonnull(strstr(problems.items[0].sentence, "can stand in a symbol set only"));
    yaml_document_free(document);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_wrong_mark_is_told_that_drawings_are_glyphs)
{
    check_refused("marks: {mark: gh.voertuig}", "must be none, cross");
    check_refused("marks: {mark: gh.voertuig}", "may have a glyph in place of mark");
}
END_TEST

START_TEST(a_line_may_accept_more_than_it_does_by_itself)
{
    struct problems problems;
    struct symbol_set *set = read_line("accepts: {statuses: [present, closed]}", CLEAN_GLYPH, &problems);
    ck_assert_ptr_nonnull(set);
    const struct symbol_entry *entry = symbol_set_find(set, "g.line");
    struct symbol_code closed = {.set = "t", .version = 1, .status = STATUS_CLOSED};
    struct symbol_code planned = {.set = "t", .version = 1, .status = STATUS_PLANNED};
    ck_assert(symbol_accepts(entry, &closed, NULL));
    ck_assert(!symbol_accepts(entry, &planned, NULL));
    ck_assert_int_eq(symbol_line_look(entry, &closed, PALETTE_DEFAULT).signs.mark, LINE_MARK_GLYPH);
    ck_assert_int_eq(symbol_line_look(entry, &planned, PALETTE_DEFAULT).strokes[0].dash_count, 0);
    symbol_set_free(set);
    problems_finish(&problems);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("links within a symbol set");
    TCase *cases = tcase_create("links");
    tcase_add_test(cases, a_mark_may_be_the_glyph_of_a_point);
    tcase_add_test(cases, a_glyph_that_is_not_there_is_named);
    tcase_add_test(cases, a_glyph_that_is_not_there_is_named_in_a_set_with_other_mistakes_too);
    tcase_add_test(cases, a_line_whose_glyph_is_broken_is_drawn_without_it);
    tcase_add_test(cases, a_style_of_a_layer_has_no_glyphs_at_hand);
    tcase_add_test(cases, a_line_may_accept_more_than_it_does_by_itself);
    tcase_add_test(cases, a_wrong_mark_is_told_that_drawings_are_glyphs);
    suite_add_tcase(suite, cases);
    return suite;
}
