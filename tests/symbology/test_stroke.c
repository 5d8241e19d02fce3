#include "symbology/stroke.h"

#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "symbology/language.h"
#include "tests/support/runner.h"

START_TEST(colours_read_back_as_they_were_written)
{
    for (unsigned value = 0; value < 0x1000; value++) {
        struct colour colour = {(uint8_t)(value >> 4), (uint8_t)(value * 7), (uint8_t)(value * 13),
                                (uint8_t)(value % 3 == 0 ? 255 : value)};
        struct colour read;
        char text[10];
        struct fault fault;
        ck_assert_msg(colour_parse(colour_format(colour, text), &read, &fault), "%s", text);
        ck_assert_int_eq(memcmp(&colour, &read, sizeof colour), 0);
    }
    struct colour none;
    ck_assert(colour_parse("none", &none, NULL) && none.alpha == 0);
    struct colour brief;
    ck_assert(colour_parse("#f80", &brief, NULL) && brief.red == 255 && brief.green == 136 &&
              brief.blue == 0);
}
END_TEST

START_TEST(what_is_no_colour_is_refused)
{
    static const char *const bad[] = {"",       "#",        "#1",         "#12",     "#1234",
                                      "#12345", "#1234567", "#123456789", "#GGGGGG", "red",
                                      "123456", "#12 456",  "None"};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct colour colour;
        struct fault fault;
        ck_assert_msg(!colour_parse(bad[i], &colour, &fault), "%s", bad[i]);
        ck_assert_int_eq(fault.code, FAULT_INPUT);
    }
}
END_TEST

START_TEST(contrast_is_that_of_wcag)
{
    struct colour black = {0, 0, 0, 255};
    struct colour white = {255, 255, 255, 255};
    struct colour grey = {0x76, 0x76, 0x76, 255};
    ck_assert_double_eq_tol(colour_contrast(black, white), 21, 1e-9);
    ck_assert_double_eq_tol(colour_contrast(white, grey), 4.54, 0.01); /* the well-known lightest AA grey */
    ck_assert_double_eq_tol(colour_contrast(grey, grey), 1, 1e-9);
}
END_TEST

START_TEST(reach_covers_stroke_offset_marks_and_ends)
{
    struct line_look look = {.stroke_count = 1, .strokes = {{.width_px = 4}}};
    ck_assert_double_eq(line_look_reach_px(&look), 2);
    look.strokes[0].offset_px = -5;
    ck_assert_double_eq(line_look_reach_px(&look), 7);
    look.strokes[0].join = STROKE_JOIN_MITER;
    ck_assert_double_eq(line_look_reach_px(&look), 2 * STROKE_MITER_LIMIT + 5);
    for (int mark = LINE_MARK_NONE; mark <= LINE_MARK_SLASH; mark++) {
        look.marks = (struct line_marks){.mark = (enum line_mark)mark, .size_px = 40, .side = LINE_SIDE_BOTH};
        struct mark_outline outline = line_mark_outline(look.marks.mark, 40, LINE_SIDE_RIGHT);
        for (int i = 0; i < outline.count; i++) {
            ck_assert_double_ge(line_look_reach_px(&look) + 1e-9,
                                hypot(outline.points[i].x, outline.points[i].y));
        }
    }
    look.marks.mark = LINE_MARK_NONE;
    look.end = LINE_END_ARROW;
    look.end_size_px = 30;
    ck_assert_double_ge(line_look_reach_px(&look), 30);
}
END_TEST

START_TEST(marks_stand_on_their_side_and_do_not_outgrow_their_size)
{
    for (int mark = LINE_MARK_CROSS; mark <= LINE_MARK_SLASH; mark++) {
        for (int side = LINE_SIDE_CENTRE; side <= LINE_SIDE_RIGHT; side++) {
            struct mark_outline outline = line_mark_outline((enum line_mark)mark, 10, (enum line_side)side);
            ck_assert_int_ge(outline.count, 3);
            for (int i = 0; i < outline.count; i++) {
                ck_assert_double_le(fabs(outline.points[i].x), 10);
                ck_assert_double_le(fabs(outline.points[i].y), 10.001);
                ck_assert(side != LINE_SIDE_LEFT || outline.points[i].y <= 1e-9);
                ck_assert(side != LINE_SIDE_RIGHT || outline.points[i].y >= -1e-9);
            }
        }
    }
}
END_TEST

START_TEST(a_casing_is_wider_and_longer_than_its_dashes_by_the_halo)
{
    struct stroke stroke = {.width_px = 4, .dash_px = {10, 8}, .dash_count = 2};
    struct colour white = {255, 255, 255, 255};
    struct stroke casing = stroke_casing(&stroke, white, 2);
    ck_assert_double_eq(casing.width_px, 8);
    ck_assert_double_eq(casing.dash_px[0], 14);
    ck_assert_double_eq(casing.dash_px[1], 4);
    ck_assert_double_eq(casing.phase_px, 2);
    stroke.dash_px[1] = 5; /* two halos of 2 leave too little of this gap */
    ck_assert_int_eq(stroke_casing(&stroke, white, 2).dash_count, 0);
    stroke.cap = STROKE_CAP_ROUND; /* round ends grow by themselves */
    ck_assert_double_eq(stroke_casing(&stroke, white, 2).dash_px[0], 10);
}
END_TEST

START_TEST(only_a_wider_solid_stroke_of_the_same_place_spares_a_casing)
{
    struct line_look look = {.stroke_count = 2, .strokes = {{.width_px = 6}, {.width_px = 3}}};
    ck_assert(!stroke_is_covered(&look, 0) && stroke_is_covered(&look, 1));
    look.strokes[0].dash_count = 2;
    ck_assert(!stroke_is_covered(&look, 1));
    look.strokes[0].dash_count = 0;
    look.strokes[1].offset_px = 4;
    ck_assert(!stroke_is_covered(&look, 1));
    look.strokes[1] = look.strokes[0]; /* of two that are the same one has to have it */
    ck_assert(!stroke_is_covered(&look, 0) && stroke_is_covered(&look, 1));
}
END_TEST

START_TEST(a_missing_language_falls_back_to_dutch_then_to_any)
{
    char nl[] = "vuur";
    char de[] = "Feuer";
    struct multilingual text = {.texts = {[LANGUAGE_NL] = nl, [LANGUAGE_DE] = de}};
    ck_assert_str_eq(multilingual_text(&text, LANGUAGE_DE), "Feuer");
    ck_assert_str_eq(multilingual_text(&text, LANGUAGE_FR), "vuur");
    text.texts[LANGUAGE_NL] = NULL;
    ck_assert_str_eq(multilingual_text(&text, LANGUAGE_FR), "Feuer");
    text.texts[LANGUAGE_DE] = NULL;
    ck_assert_str_eq(multilingual_text(&text, LANGUAGE_FR), "");
    enum language language;
    ck_assert(language_parse("fr", &language) && language == LANGUAGE_FR);
    ck_assert(!language_parse("FR", &language));
    ck_assert_str_eq(language_code(LANGUAGE_EN), "en");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("stroke, colour, language");
    TCase *cases = tcase_create("values");
    tcase_add_test(cases, colours_read_back_as_they_were_written);
    tcase_add_test(cases, what_is_no_colour_is_refused);
    tcase_add_test(cases, contrast_is_that_of_wcag);
    tcase_add_test(cases, reach_covers_stroke_offset_marks_and_ends);
    tcase_add_test(cases, marks_stand_on_their_side_and_do_not_outgrow_their_size);
    tcase_add_test(cases, a_casing_is_wider_and_longer_than_its_dashes_by_the_halo);
    tcase_add_test(cases, only_a_wider_solid_stroke_of_the_same_place_spares_a_casing);
    tcase_add_test(cases, a_missing_language_falls_back_to_dutch_then_to_any);
    suite_add_tcase(suite, cases);
    return suite;
}
