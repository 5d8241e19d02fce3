#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "symbology/symbol.h"
#include "tests/support/runner.h"
#include "tests/symbology/style_text.h"

START_TEST(marks_and_symbols_are_read)
{
    struct style *style =
        read_good("rules:\n"
                  "  - mark: {shape: star, size: 12, fill: \"#FF0000\", stroke: {width: 2}, rotation: 30}\n"
                  "  - mark: {shape: triangle, rotation: heading}\n"
                  "  - symbol: nl@1/obj.school\n"
                  "  - symbol: {code: \"nl@1/bw.ugs;st=planned\", size: 0.5}\n"
                  "  - {radius: 4, fill: \"#00FF00\", stroke: {width: 1.5, colour: \"#0000FF\"}}\n"
                  "  - label: {field: name}\n");
    const struct style_rule *rules = style->rules;
    ck_assert_int_eq(rules[0].mark.shape, POINT_SHAPE_STAR);
    ck_assert_double_eq(rules[0].mark.size_px, 12);
    ck_assert_double_eq(rules[0].mark.rotation_deg, 30);
    ck_assert_uint_eq(rules[0].rotation, STYLE_NO_ATTRIBUTE);
    ck_assert_uint_eq(rules[1].rotation, style_attribute_find(style, "heading"));
    ck_assert(style_has_numbers(style));
    ck_assert(rules[2].symbol.is_given && rules[2].symbol.size == 1);
    ck_assert_str_eq(rules[2].symbol.code.entity, "obj.school");
    ck_assert_int_eq(rules[2].symbol.line, 4);
    ck_assert_str_eq(rules[2].symbol.field, "rules[2].symbol");
    ck_assert_int_eq(rules[3].symbol.code.status, STATUS_PLANNED);
    ck_assert_double_eq(rules[3].symbol.size, 0.5);
    ck_assert_int_eq(rules[4].mark.shape, POINT_SHAPE_CIRCLE);
    ck_assert_double_eq(rules[4].mark.size_px, 8);
    ck_assert_int_eq(rules[4].mark.stroke.blue, 255);
    for (int i = 0; i < 5; i++) {
        ck_assert(style_rule_draws_points(&rules[i]) && style_rule_is_seen(&rules[i]));
    }
    ck_assert(!style_rule_draws_points(&rules[5]) && !style_rule_is_seen(&rules[5]));
    style_free(style);
}
END_TEST

START_TEST(a_rule_of_strokes_alone_paints_no_points_unless_it_has_a_radius)
{
    struct style *style = read_good("rules:\n"
                                    "  - stroke: {width: 2, colour: \"#112233\"}\n"
                                    "  - {stroke: {width: 2, colour: \"#112233\"}, radius: 4}\n"
                                    "  - {stroke: {width: 2, colour: \"#112233\"}, fill: \"#445566\"}\n");
    ck_assert(!style_rule_draws_points(&style->rules[0]));
    ck_assert(style_rule_draws_lines(&style->rules[0]) && style_rule_is_seen(&style->rules[0]));
    ck_assert_double_eq(style->rules[1].mark.size_px, 8);
    ck_assert_double_eq(style->rules[2].mark.size_px, 6);
    style_free(style);
}
END_TEST

START_TEST(lines_have_marks_and_ends_as_in_a_symbol_set)
{
    struct style *style = read_good("rules:\n"
                                    "  - stroke: {width: 2, colour: \"#112233\"}\n"
                                    "    marks: {mark: bar, size: 6, spacing: 20, side: left}\n"
                                    "    end: arrow\n"
                                    "  - {start: dot, end_colour: \"#445566\"}\n");
    const struct line_look *look = &style->rules[0].look.outline;
    ck_assert_int_eq(look->stroke_count, 1);
    ck_assert_int_eq(look->marks.mark, LINE_MARK_BAR);
    ck_assert_int_eq(look->marks.side, LINE_SIDE_LEFT);
    ck_assert_int_eq(look->end, LINE_END_ARROW);
    ck_assert_int_eq(look->end_colour.red, 0x11); /* of the stroke */
    ck_assert_int_eq(style->rules[1].look.outline.end_colour.red, 0x44);
    ck_assert(style_rule_draws_lines(&style->rules[1]));
    style_free(style);
}
END_TEST

START_TEST(values_of_a_raster_take_the_colour_of_their_class)
{
    struct style *style =
        read_good("raster:\n"
                  "  classes:\n"
                  "    - {value: 0.1, colour: \"#010000\", title: Een tiende}\n"
                  "    - {min: 1, below: 2, colour: \"#020000\"}\n"
                  "    - {min: 10, colour: \"#030000\"}\n"
                  "    - {below: -5, colour: \"#04000080\", title: {nl: Diep, en: Deep}}\n");
    static const double values[] = {(float)0.1, 1, 1.99, 2, 10, 1e9, 9, -5, -6, 0, NAN};
    static const int reds[] = {1, 2, 2, 0, 3, 3, 0, 0, 4, 0, 0};
    for (size_t i = 0; i < sizeof reds / sizeof reds[0]; i++) {
        struct colour colour = style_value_colour(style, values[i]);
        ck_assert_msg(colour.red == reds[i], "%g: %d", values[i], colour.red);
        ck_assert_int_eq(colour.alpha, reds[i] == 0 ? 0 : reds[i] == 4 ? 128 : 255);
    }
    ck_assert_str_eq(multilingual_text(&style->classes[3].title, LANGUAGE_EN), "Deep");
    style_free(style);
}
END_TEST

/* One mistake a line, from the third on. */
static const char mistakes[] = "raster:\n"
                               "  classes:\n"
                               "    - {value: 1}\n"                                    /* 3 */
                               "    - {value: 1, min: 0, colour: \"#000\"}\n"          /* 4 */
                               "    - {colour: \"#000\"}\n"                            /* 5 */
                               "    - {min: 3, below: 3, colour: \"#000\"}\n"          /* 6 */
                               "    - {value: one, colour: \"#000\"}\n"                /* 7 */
                               "    - [1, \"#000\"]\n"                                 /* 8 */
                               "    - {value: 1, colur: \"#000\", colour: \"#000\"}\n" /* 9 */
                               "rules:\n"
                               "  - mark: {shape: heart}\n"                       /* 11 */
                               "  - mark: {size: 1000}\n"                         /* 12 */
                               "  - mark: circle\n"                               /* 13 */
                               "  - {mark: {shape: circle}, radius: 3}\n"         /* 14 */
                               "  - mark: {stroke: 2}\n"                          /* 15 */
                               "  - mark: {rotation: [1]}\n"                      /* 16 */
                               "  - symbol: school\n"                             /* 17 */
                               "  - symbol: {size: 0.5}\n"                        /* 18 */
                               "  - symbol: {code: nl@1/obj.school, size: 9}\n"   /* 19 */
                               "  - {symbol: nl@1/obj.school, mark: {size: 3}}\n" /* 20 */
                               "  - marks: {mark: sword}\n"                       /* 21 */
                               "  - end: point\n";                                /* 22 */

START_TEST(each_mistake_in_marks_symbols_and_classes_is_named)
{
    static const int lines[] = {11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 3, 4, 5, 6, 7, 8, 9};
    struct problems problems;
    struct style *style = read_style(mistakes, &problems);
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        bool is_named = false;
        for (size_t k = 0; k < problems.count; k++) {
            is_named = is_named || problems.items[k].line == lines[i];
        }
        ck_assert_msg(is_named, "line %d", lines[i]);
    }
    ck_assert_uint_eq(problems.count, sizeof lines / sizeof lines[0]);
    style_free(style);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_mark_lies_within_its_reach_whichever_way_it_is_turned)
{
    for (int shape = POINT_SHAPE_CIRCLE; shape <= POINT_SHAPE_PLUS; shape++) {
        struct point_mark mark = {.shape = (enum point_shape)shape, .size_px = 20, .fill = {1, 2, 3, 255}};
        ck_assert_double_ge(point_mark_reach_px(&mark), 10);
        ck_assert_double_le(point_mark_reach_px(&mark), 20 * M_SQRT1_2 + 2);
        for (int turn = 0; turn < 360; turn += 15) {
            struct symbol_drawing drawing;
            mark.rotation_deg = turn;
            point_mark_compose(&mark, &drawing);
            ck_assert_double_eq(drawing.width_px, 2 * point_mark_reach_px(&mark));
            ck_assert_double_eq(drawing.anchor.x, floor(drawing.anchor.x));
            ck_assert_ptr_nonnull(strstr(drawing.svg, "#010203"));
            symbol_drawing_finish(&drawing);
        }
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("style points");
    TCase *tests = tcase_create("style points");
    tcase_add_test(tests, marks_and_symbols_are_read);
    tcase_add_test(tests, a_rule_of_strokes_alone_paints_no_points_unless_it_has_a_radius);
    tcase_add_test(tests, lines_have_marks_and_ends_as_in_a_symbol_set);
    tcase_add_test(tests, values_of_a_raster_take_the_colour_of_their_class);
    tcase_add_test(tests, each_mistake_in_marks_symbols_and_classes_is_named);
    tcase_add_test(tests, a_mark_lies_within_its_reach_whichever_way_it_is_turned);
    suite_add_tcase(suite, tests);
    return suite;
}
