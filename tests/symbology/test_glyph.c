#include "symbology/glyph.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/problems.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"
#include "tests/symbology/set_folder.h"

#define SVG "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
#define GRID SVG "viewBox='0 0 24 24'>"

static struct problems problems;

static void set_up(void)
{
    problems_init(&problems);
}

static void tear_down(void)
{
    problems_finish(&problems);
}

static char *reduce(const char *svg)
{
    return glyph_reduce("a.svg", svg, strlen(svg), &problems);
}

static void assert_reduced(const char *svg, const char *expected)
{
    char *glyph = reduce(svg);
    ck_assert_msg(glyph != NULL, "%s", problems.count > 0 ? problems.items[0].sentence : "no glyph");
    ck_assert_str_eq(glyph, expected);
    free(glyph);
}

/* The outline alone, of a drawing with one path. */
static void assert_outline(const char *svg, const char *expected)
{
    char *glyph = reduce(svg);
    ck_assert_msg(glyph != NULL, "%s", problems.count > 0 ? problems.items[0].sentence : "no glyph");
    char *data = strstr(glyph, " d=\"") + 4;
    data[strcspn(data, "\"")] = '\0';
    ck_assert_str_eq(data, expected);
    free(glyph);
}

static void assert_refused(const char *svg, int line, const char *words)
{
    struct problems found;
    problems_init(&found);
    ck_assert_ptr_null(glyph_reduce("a.svg", svg, strlen(svg), &found));
    ck_assert_uint_eq(found.error_count, 1);
    const struct problem *problem = &found.items[found.count - 1];
    for (size_t i = 0; problem->level != PROBLEM_ERROR; i++) {
        problem = &found.items[i];
    }
    ck_assert_msg(strstr(problem->sentence, words) != NULL, "'%s' lacks '%s'", problem->sentence, words);
    ck_assert_int_eq(problem->line, line);
    problems_finish(&found);
}

static void assert_warned(size_t index, int line, const char *words)
{
    ck_assert_uint_gt(problems.count, index);
    ck_assert_int_eq(problems.items[index].level, PROBLEM_WARNING);
    ck_assert_int_eq(problems.items[index].line, line);
    ck_assert_msg(strstr(problems.items[index].sentence, words) != NULL, "'%s' lacks '%s'",
                  problems.items[index].sentence, words);
}

START_TEST(a_drawing_is_scaled_to_the_grid_and_becomes_ink)
{
    assert_reduced(SVG "viewBox='0 0 48 48'><path fill='#c00' d='M12 12h24v24H12z'/></svg>",
                   "<path d=\"M6 6L18 6L18 18L6 18Z\" fill=\"currentColor\" stroke=\"none\"/>");
    assert_reduced(SVG "viewBox='-10 0 100 50'><path d='M-10 0L90 50' fill='none' stroke='red' "
                       "stroke-width='5' stroke-linecap='round'/></svg>",
                   "<path d=\"M0 6L24 18\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.200\" "
                   "stroke-linecap=\"round\" stroke-linejoin=\"miter\"/>");
    assert_reduced(SVG "width='12px' height='12'><rect width='50%' height='6'/></svg>",
                   "<path d=\"M0 0L12 0L12 12L0 12L0 0Z\" fill=\"currentColor\" stroke=\"none\"/>");
    ck_assert_uint_eq(problems.count, 0);
}
END_TEST

START_TEST(light_colours_become_paper_unless_all_is_light)
{
    char *glyph = reduce(GRID "<rect width='24' height='24' fill='navy'/>"
                              "<path d='M1 1h2' stroke='#FFED00'/></svg>");
    ck_assert_ptr_nonnull(strstr(glyph, "fill=\"currentColor\" stroke=\"none\""));
    ck_assert_ptr_nonnull(strstr(glyph, "stroke=\"paper\""));
    free(glyph);
    glyph = reduce(GRID "<path d='M1 1h2v2z' fill='rgb(100%, 255, 240)'/></svg>");
    ck_assert_ptr_nonnull(strstr(glyph, "fill=\"currentColor\""));
    ck_assert_ptr_null(strstr(glyph, "paper"));
    free(glyph);
    ck_assert_uint_eq(problems.count, 0);
}
END_TEST

START_TEST(every_command_of_a_path_is_read)
{
    assert_outline(GRID "<path d='M1,1l2-1.5.5.5H8v4h-1V9z m1 1 2 2'/></svg>",
                   "M1 1L3 -0.5L3.5 0L8 0L8 4L7 4L7 9ZM2 2L4 4");
    assert_outline(GRID "<path d='M0 0C1 2 3 4 5 6s2 2 4 4S20 20 22 22'/></svg>",
                   "M0 0C1 2 3 4 5 6C7 8 7 8 9 10C11 12 20 20 22 22");
    assert_outline(GRID "<path d='M0 0Q3 0 6 6t6 6T18 18'/></svg>",
                   "M0 0C2 0 4 2 6 6C8 10 10 12 12 12C14 12 16 14 18 18");
    assert_outline(GRID "<path d='M0 0 10 10z l5 5'/></svg>", "M0 0L10 10ZM0 0L5 5");
    assert_outline(GRID "<path d='M2 2a0 5 0 0110 10'/></svg>", "M2 2L12 12");
    assert_outline(GRID "<path d='M2 2A1 1 0 0 0 2 2L3 3'/></svg>", "M2 2L3 3");
}
END_TEST

START_TEST(arcs_turn_the_way_their_flags_say)
{
    /* a quarter of a circle of 10 round (0, 10), round (10, 0), and the long ways about */
    assert_outline(GRID "<path d='M0 0A10 10 0 01 10 10'/></svg>", "M0 0C5.523 0 10 4.477 10 10");
    assert_outline(GRID "<path d='M0 0A10 10 0 00 10 10'/></svg>", "M0 0C0 5.523 4.477 10 10 10");
    assert_outline(GRID "<path d='M10 0a10 10 0 11-10 10'/></svg>",
                   "M10 0C15.523 0 20 4.477 20 10C20 15.523 15.523 20 10 20C4.477 20 0 15.523 0 10");
    assert_outline(GRID "<path d='M0 10a1 1 0 01 20 0'/></svg>", /* radii that do not reach grow */
                   "M0 10C0 4.477 4.477 0 10 0C15.523 0 20 4.477 20 10");
    assert_outline(GRID "<circle cx='12' cy='12' r='10'/></svg>",
                   "M22 12C22 17.523 17.523 22 12 22C6.477 22 2 17.523 2 12C2 6.477 6.477 2 12 2C17.523 2 22 "
                   "6.477 22 12Z");
}
END_TEST

START_TEST(shapes_become_paths)
{
    assert_outline(GRID "<line x1='1' x2='2' y1='3' y2='4' stroke='#000'/></svg>", "M1 3L2 4");
    assert_outline(GRID "<polyline points='1,2 3 4,5,6'/></svg>", "M1 2L3 4L5 6");
    assert_outline(GRID "<polygon points='1,2 3 4,5,6 '/></svg>", "M1 2L3 4L5 6Z");
    assert_outline(GRID "<rect x='2' y='2' width='4' height='6' rx='9'/></svg>",
                   "M4 2L4 2C5.105 2 6 3.343 6 5L6 5C6 6.657 5.105 8 4 8L4 8C2.895 8 2 6.657 2 5L2 5C2 3.343 "
                   "2.895 2 4 2Z");
    assert_outline(GRID "<ellipse cx='12' cy='12' rx='8' ry='0'/><path d='M1 1h1'/></svg>", "M1 1L2 1");
}
END_TEST

START_TEST(transforms_and_groups_are_worked_out)
{
    assert_outline(GRID "<g transform='translate(10 2)'><g transform='scale(2)rotate(90)'>"
                        "<path d='M1 1h2'/></g></g></svg>",
                   "M8 4L8 8");
    assert_outline(GRID "<path transform='rotate(180, 12 12) matrix(1 0 0 1 1 0)' d='M1 1h2'/></svg>",
                   "M22 23L20 23");
    assert_refused(GRID "\n<g transform='turn(3)'><path d='M1 1h2'/></g></svg>", 2, "transform");
    assert_refused(GRID "\n<g transform='scale(1 2'><path d='M1 1h2'/></g></svg>", 2, "transform");
}
END_TEST

START_TEST(paint_is_inherited_and_style_is_stronger_than_classes_and_attributes)
{
    assert_reduced(
        GRID "<style>/* c */ .a, .b { fill:none; stroke : #000 !important} .b{stroke-width:3}</style>"
             "<g class='a' fill='red'><path class='x b' style='stroke-linejoin:bevel;fill:blue' "
             "d='M1 1h2'/></g></svg>",
        "<path d=\"M1 1L3 1\" fill=\"currentColor\" stroke=\"currentColor\" stroke-width=\"3.000\" "
        "stroke-linecap=\"butt\" stroke-linejoin=\"bevel\"/>");
    ck_assert_uint_eq(problems.count, 0);
}
END_TEST

START_TEST(what_is_not_seen_is_not_drawn)
{
    assert_outline(GRID
                   "<path fill='none' d='M0 0h24v24H0z'/><g display='none'><path d='M1 1h1'/></g>"
                   "<path visibility='hidden' d='M1 1h1'/><g opacity='.2'><path opacity='.2' d='M1 1h1'/>"
                   "</g><path fill-opacity='0' d='M1 1h1'/><path fill='#0000' d='M1 1h1'/>"
                   "<path d='M2 2h1'/></svg>",
                   "M2 2L3 2");
}
END_TEST

START_TEST(what_is_used_is_drawn_where_it_is_used)
{
    assert_outline(GRID "<defs><path id='a' d='M0 0h1'/></defs><use xlink:href='#a' x='3' y='4'/></svg>",
                   "M3 4L4 4");
    assert_outline(GRID "<symbol id='a' viewBox='0 0 10 10'><path d='M0 0h10'/></symbol>"
                        "<use href='#a' x='4' y='4' width='20' height='20'/></svg>",
                   "M4 4L24 4");
    assert_outline(GRID
                   "<svg x='12' width='12' height='12' viewBox='0 0 120 120'><path d='M0 0h60'/></svg></svg>",
                   "M12 0L18 0");
}
END_TEST

START_TEST(all_that_is_left_out_is_named_with_its_line)
{
    char *glyph =
        reduce(GRID "\n<script>alert(1)</script>\n<image href='http://127.0.0.1/x.png'/>\n"
                    "<text>T</text>\n<foreignObject/>\n<defs><linearGradient id='g'/>\n<filter/>"
                    "<clipPath/>\n<mask/></defs>\n<use href='file:///etc/passwd#a'/>\n"
                    "<path d='M1 1h2' onclick='x()' fill='url(#g)' filter='url(#f)'>\n<animate/></path>"
                    "<a href='javascript:x()'><set/></a></svg>");
    ck_assert_ptr_nonnull(glyph);
    ck_assert_str_eq(glyph, "<path d=\"M1 1L3 1\" fill=\"currentColor\" stroke=\"none\"/>");
    free(glyph);
    static const struct {
        int line;
        const char *words;
    } expected[] = {{6, "<linearGradient>"}, {7, "<filter>"}, {7, "<clipPath>"}, {8, "<mask>"},
                    {2, "<script>"},         {3, "<image>"},  {4, "<text>"},     {5, "<foreignObject>"},
                    {9, "file:///etc"},      {10, "onclick"}};
    for (size_t i = 0; i < sizeof expected / sizeof expected[0]; i++) {
        assert_warned(i, expected[i].line, expected[i].words);
    }
    ck_assert_uint_eq(problems.error_count, 0);
    const struct problem *last = &problems.items[problems.count - 1];
    ck_assert_str_eq(last->sentence, "and 2 more such warnings"); /* <animate> and <set> */
}
END_TEST

START_TEST(css_other_than_of_classes_is_left_out_with_a_warning)
{
    assert_outline(GRID
                   "\n<style>@import url(http://127.0.0.1/x.css); path{fill:red}</style><path d='M1 1h2'/>"
                   "</svg>",
                   "M1 1L3 1");
    assert_warned(0, 2, "CSS");
    char *glyph = reduce(
        GRID "<style>path{fill:red} .a{fill:none;stroke:red}.b</style><path class='a' d='M1 1h2'/></svg>");
    ck_assert_ptr_nonnull(strstr(glyph, "fill=\"none\" stroke=\"currentColor\""));
    free(glyph);
}
END_TEST

/* Sanitizers see whether anything is read behind its end. */
START_TEST(a_selector_without_a_letter_is_left_out)
{
    static const char *const selectors[] = {",.a", ".a, ,.b", "\n,\n.a", ".,.a"};
    for (size_t i = 0; i < sizeof selectors / sizeof selectors[0]; i++) {
        char svg[500];
        snprintf(svg, sizeof svg,
                 GRID "<style>%s{fill:none;stroke:red}</style><path class='a' d='M1 1h2'/></svg>",
                 selectors[i]);
        char *glyph = reduce(svg);
        ck_assert_ptr_nonnull(strstr(glyph, "fill=\"none\" stroke=\"currentColor\""));
        assert_warned(i, 1, "CSS");
        free(glyph);
    }
}
END_TEST

START_TEST(what_cannot_be_drawn_is_refused)
{
    assert_refused("not svg", 0, "no XML");
    assert_refused("<html/>", 1, "no SVG");
    assert_refused("<svg xmlns='urn:x' viewBox='0 0 1 1'/>", 1, "no SVG");
    assert_refused(SVG "><path d='M1 1h2'/></svg>", 1, "viewBox");
    assert_refused(SVG "viewBox='0 0 0 24'><path d='M1 1h2'/></svg>", 1, "viewBox");
    assert_refused(SVG "viewBox='0 0 nan 24'><path d='M1 1h2'/></svg>", 1, "viewBox");
    assert_refused(GRID "</svg>", 1, "nothing");
    assert_refused(GRID "\n<text>A</text></svg>", 1, "nothing");
    assert_refused(GRID "<path d='M-99 -99h2'/></svg>", 1, "nothing");
    assert_refused(GRID "\n<path d='1 2'/></svg>", 2, "path data");
    assert_refused(GRID "\n<path d='M1 2 z 3'/></svg>", 2, "path data");
    assert_refused(GRID "\n<path d='M1 2L3'/></svg>", 2, "path data");
    assert_refused(GRID "\n<path d='M1 nanL3 4'/></svg>", 2, "path data");
    assert_refused(GRID "\n<path d='M1 1e999L3 4'/></svg>", 2, "path data");
    assert_refused(GRID "\n<path d='M1 1L1e300 4L1e308 1e308'/></svg>", 1, "nothing");
    assert_refused(GRID "\n<path d='M1 1A1e308 1e308 1e308 0 1 1e308 -1e308'/></svg>", 1, "nothing");
    assert_refused(GRID "\n<rect width='1em' height='3'/></svg>", 2, "length");
    assert_refused(GRID "\n<polygon points='1 2 3'/></svg>", 2, "points");
    assert_refused("<!DOCTYPE svg [<!ENTITY a 'b'>]>" GRID "<path d='M1 1h2'/></svg>", 1, "DOCTYPE");
}
END_TEST

/* Refuses a drawing of which a part is repeated. */
static void assert_bomb_refused(const char *start, const char *part, int times, const char *end,
                                const char *words)
{
    struct buffer text;
    buffer_init(&text, 1 << 20);
    buffer_append_text(&text, start);
    for (int i = 0; i < times; i++) {
        buffer_append_text(&text, part);
    }
    buffer_append_text(&text, end);
    ck_assert(!text.is_full);
    assert_refused(text.bytes, strcmp(words, "larger than") == 0 ? 0 : 1, words);
    buffer_finish(&text);
}

START_TEST(what_is_used_again_and_again_is_counted_again_and_again)
{
    struct buffer text;
    buffer_init(&text, 1 << 20);
    buffer_append_text(&text, GRID "<defs><g id='g0'><path d='M1 1h2'/></g>");
    for (int i = 1; i < 10; i++) {
        buffer_appendf(&text, "<g id='g%d'>", i);
        for (int j = 0; j < 10; j++) {
            buffer_appendf(&text, "<use href='#g%d'/>", i - 1);
        }
        buffer_append_text(&text, "</g>");
    }
    buffer_append_text(&text, "</defs>\n<use href='#g9'/></svg>");
    assert_refused(text.bytes, 1, "500 shapes");
    buffer_finish(&text);
    assert_refused(GRID "\n<g id='a'><use href='#a'/></g></svg>", 2, "deeper than 32");
}
END_TEST

START_TEST(bombs_are_refused)
{
    assert_bomb_refused(GRID "<path d='M0 0", "L0 1L24 24", 2500, "'/></svg>", "too many segments");
    assert_bomb_refused(GRID, "<g></g>", 5000, "<path d='M1 1h2'/></svg>", "5,000 elements");
    assert_bomb_refused(GRID "<!-- ", "0123456789", GLYPH_FOREIGN_MOST_BYTES / 10,
                        " --><path d='M1 1h2'/></svg>", "larger than");
}
END_TEST

/* Neither has many properties, elements or segments; each would take minutes. */
START_TEST(what_is_long_to_read_and_read_often_is_refused)
{
    struct buffer text;
    buffer_init(&text, 1 << 20);
    buffer_append_text(&text, GRID "<style>.a{");
    for (int i = 0; i < 60000; i++) {
        buffer_append_text(&text, ";");
    }
    buffer_append_text(&text, "}</style><path d='M1 1h2' class='");
    for (int i = 0; i < 90000; i++) {
        buffer_append_text(&text, "a ");
    }
    buffer_append_text(&text, "'/></svg>");
    assert_refused(text.bytes, 1, "8 MiB");
    buffer_finish(&text);
    buffer_init(&text, 1 << 20);
    buffer_append_text(&text, GRID "<defs><path id='a' d='");
    for (int i = 0; i < 30000; i++) {
        buffer_append_text(&text, "M0 0");
    }
    buffer_append_text(&text, "'/></defs>");
    for (int i = 0; i < 4000; i++) {
        buffer_append_text(&text, "<use href='#a'/>");
    }
    buffer_append_text(&text, "</svg>");
    assert_refused(text.bytes, 1, "8 MiB");
    buffer_finish(&text);
}
END_TEST

START_TEST(dashes_are_drawn_when_they_are_few)
{
    char *glyph =
        reduce(SVG "viewBox='0 0 48 48'><path d='M0 0h48' stroke='#000' stroke-dasharray='4,2'/></svg>");
    ck_assert_ptr_nonnull(strstr(glyph, "stroke-dasharray=\"2.000 1.000\""));
    ck_assert_uint_eq(problems.count, 0);
    free(glyph);
    glyph = reduce(GRID "<path d='M0 0h24' stroke='#000' stroke-dasharray='0.0001 0.0001'/></svg>");
    ck_assert_ptr_null(strstr(glyph, "dasharray"));
    assert_warned(0, 1, "became solid");
    free(glyph);
    glyph = reduce(GRID "<path d='M0 0h24' stroke='#000' stroke-dasharray='-1 nan'/></svg>");
    ck_assert_ptr_null(strstr(glyph, "dasharray"));
    free(glyph);
}
END_TEST

START_TEST(a_scale_beyond_all_measure_lets_no_dashes_through)
{
    char *glyph = reduce(GRID "<g stroke='#000'><path transform='scale(1e200)' stroke-dasharray='0 1' "
                              "d='M0 0h1e-200'/><path stroke-dasharray='0.0001' d='M0 0h24'/></g></svg>");
    ck_assert_ptr_nonnull(glyph);
    ck_assert_ptr_null(strstr(glyph, "dasharray"));
    free(glyph);
}
END_TEST

START_TEST(a_view_box_without_an_area_is_none)
{
    assert_outline(SVG "viewBox='5 5 0 0' width='24' height='24'><path d='M1 1h2'/></svg>", "M1 1L3 1");
}
END_TEST

START_TEST(any_damage_gives_a_glyph_or_an_error)
{
    static const char whole[] =
        GRID "<style>.a{fill:#fff}</style><g transform='rotate(3 1 2)' class='a'><path style='fill:none' "
             "stroke-dasharray='1 2' d='M1 1a2 3 4 0 1 5 6s1 2 3 4T8 8z'/><use href='#b' x='1'/></g><rect "
             "id='b' rx='1' width='5' height='50%'/><polygon points='1 2 3 4 5 6'/></svg>";
    uint64_t state = 7;
    int drawn = 0;
    for (int round = 0; round < 30000; round++) {
        char text[sizeof whole];
        struct problems found;
        memcpy(text, whole, sizeof whole);
        for (uint32_t i = 0; i <= random_below(&state, 3); i++) {
            text[random_below(&state, sizeof whole - 1)] = (char)(32 + random_below(&state, 96));
        }
        problems_init(&found);
        char *glyph = glyph_reduce("a.svg", text, sizeof whole - 1, &found);
        ck_assert((glyph == NULL) == (found.error_count > 0));
        ck_assert(!glyph || (!strstr(glyph, "nan") && !strstr(glyph, "inf")));
        drawn += glyph != NULL;
        free(glyph);
        problems_finish(&found);
    }
    ck_assert_int_gt(drawn, 3000);
}
END_TEST

static const char *const bad_glyphs[] = {
    "",
    "no xml",
    "<svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 32 32\"></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\"></svg>",
    GRID "<path d='M1 1h2'/></svg>",
    GLYPH_HEAD,
    GLYPH_HEAD "<path d=\"M1 1\"/>",
    GLYPH_HEAD "<path d=\"M1 1\"></svg>",
    GLYPH_HEAD "</g></svg>",
    GLYPH_HEAD "<g></svg>",
    GLYPH_HEAD "<script/></svg>",
    GLYPH_HEAD "<image href=\"file:///etc/passwd\"/></svg>",
    GLYPH_HEAD "<path d=\"M1 1\" onclick=\"x\"/></svg>",
    GLYPH_HEAD "<path d=\"M1 1\" style=\"fill:red\"/></svg>",
    GLYPH_HEAD "<path d=\"M1 1\" fill=\"red\"/></svg>",
    GLYPH_HEAD "<path d=\"M1 1\" fill=\"paper\"/></svg>",
    GLYPH_HEAD "<path d=\"M1 1\" fill=\"url(#a)\"/></svg>",
    GLYPH_HEAD "<path d=\"&x;\"/></svg>",
    GLYPH_HEAD "<path d='M1 1'/></svg>",
    GLYPH_HEAD "<path d=\"M1 1\"fill=\"none\"/></svg>",
    GLYPH_HEAD "<path d=\"M1 1\" d=\"M2 2\"/></svg>",
    "<svg xmlns=\"http://www.w3.org/2000/svg\" " GLYPH_DEFAULTS " fill=\"none\" viewBox=\"0 0 24 24\"></svg>",
    GLYPH_HEAD "text<path d=\"M1 1\"/></svg>",
    GLYPH_HEAD "<!-- a --><path d=\"M1 1\"/></svg>",
    GLYPH_HEAD "<path d=\"M1 1\"/></svg><svg/>",
    "<!DOCTYPE svg [<!ENTITY a \"b\">]>" GLYPH_HEAD "</svg>",
    GLYPH_HEAD "<g><g><g><g><g><g><g><g><g></g></g></g></g></g></g></g></g></g></svg>",
};

START_TEST(a_drawing_of_our_own_that_is_not_clean_is_refused)
{
    struct fault fault;
    ck_assert_msg(!glyph_read(bad_glyphs[_i], strlen(bad_glyphs[_i]), &fault), "%s", bad_glyphs[_i]);
    ck_assert_int_eq(fault.code, FAULT_INPUT);
}
END_TEST

START_TEST(a_clean_drawing_of_our_own_is_taken_as_it_stands)
{
    static const char own[] = GLYPH_HEAD "\n  <g><path d=\"M1 1h2\"/></g>\n</svg>\n";
    struct fault fault;
    char *glyph = glyph_read(own, sizeof own - 1, &fault);
    ck_assert_str_eq(glyph, "<g><path d=\"M1 1h2\"/></g>");
    free(glyph);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("glyph");
    TCase *cases = tcase_create("glyph");
    tcase_set_timeout(cases, 60);
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, a_drawing_is_scaled_to_the_grid_and_becomes_ink);
    tcase_add_test(cases, light_colours_become_paper_unless_all_is_light);
    tcase_add_test(cases, every_command_of_a_path_is_read);
    tcase_add_test(cases, arcs_turn_the_way_their_flags_say);
    tcase_add_test(cases, shapes_become_paths);
    tcase_add_test(cases, transforms_and_groups_are_worked_out);
    tcase_add_test(cases, paint_is_inherited_and_style_is_stronger_than_classes_and_attributes);
    tcase_add_test(cases, what_is_not_seen_is_not_drawn);
    tcase_add_test(cases, what_is_used_is_drawn_where_it_is_used);
    tcase_add_test(cases, all_that_is_left_out_is_named_with_its_line);
    tcase_add_test(cases, css_other_than_of_classes_is_left_out_with_a_warning);
    tcase_add_test(cases, a_selector_without_a_letter_is_left_out);
    tcase_add_test(cases, what_cannot_be_drawn_is_refused);
    tcase_add_test(cases, what_is_used_again_and_again_is_counted_again_and_again);
    tcase_add_test(cases, bombs_are_refused);
    tcase_add_test(cases, what_is_long_to_read_and_read_often_is_refused);
    tcase_add_test(cases, dashes_are_drawn_when_they_are_few);
    tcase_add_test(cases, a_scale_beyond_all_measure_lets_no_dashes_through);
    tcase_add_test(cases, a_view_box_without_an_area_is_none);
    tcase_add_test(cases, any_damage_gives_a_glyph_or_an_error);
    tcase_add_loop_test(cases, a_drawing_of_our_own_that_is_not_clean_is_refused, 0,
                        sizeof bad_glyphs / sizeof bad_glyphs[0]);
    tcase_add_test(cases, a_clean_drawing_of_our_own_is_taken_as_it_stands);
    suite_add_tcase(suite, cases);
    return suite;
}
