/*
 * test_header_block.c - in the one line of a slim sheet a title and its subtitle are whole, in smaller
 * letters if need be, or they are said to be cut.
 */
#include "render/briefing/header_block.h"

#include "render/briefing/content.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/page_fixture.h"

#define A5_UNIT 0.86

static const struct bbox a5_line_mm = {3, 3, 75, 7.9}; /* as wide and high as on A5 that lies */

/** What a title block in that line says, as one who searches the page finds it. Owned. */
static char *said(const struct content *content, bool *fits)
{
    struct briefing_fixture *fixture = fixture_new();
    struct page_fixture page = page_fixture_new(fixture->renderer, PAGE_PDF, 210, 148, 0);
    page.pen.unit = A5_UNIT;
    *fits = title_block_fits(&page.pen, content, a5_line_mm);
    page_fixture_open(&page);
    title_block_paint(&page.pen, content, a5_line_mm);
    page_fixture_close(&page);
    char *text = page_fixture_ask(&page, "header.pdf", "pdftotext -layout %s -");
    fixture_free(fixture);
    return text;
}

START_TEST(a_subtitle_too_long_for_the_line_of_a_slim_sheet_stands_there_whole)
{
    bool fits;
    const struct content content = {
        .title = (char *)"Situatie",
        .subtitle = (char *)"Slank blad \u00B7 Moerdijk \u00B7 Oefening Hollands Diep (OEF-2026-014)"};
    char *text = said(&content, &fits);
    ck_assert(fits);
    ck_assert_ptr_nonnull(strstr(text, "Slank blad"));
    ck_assert_ptr_nonnull(strstr(text, "OEF-2026-014"));
    ck_assert_ptr_null(strstr(text, "\u2026"));
    free(text);
}
END_TEST

START_TEST(a_subtitle_too_long_for_any_letters_is_cut_and_said_to_be)
{
    bool fits;
    char subtitle[400];
    memset(subtitle, 'a', sizeof subtitle);
    for (size_t i = 7; i < sizeof subtitle; i += 8) {
        subtitle[i] = ' ';
    }
    subtitle[sizeof subtitle - 1] = '\0';
    const struct content content = {.title = (char *)"Situatie", .subtitle = subtitle};
    char *text = said(&content, &fits);
    ck_assert(!fits);
    ck_assert_ptr_nonnull(strstr(text, "\u2026"));
    free(text);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("header_block");
    TCase *tests = tcase_create("header_block");
    tcase_add_test(tests, a_subtitle_too_long_for_the_line_of_a_slim_sheet_stands_there_whole);
    tcase_add_test(tests, a_subtitle_too_long_for_any_letters_is_cut_and_said_to_be);
    suite_add_tcase(suite, tests);
    return suite;
}
