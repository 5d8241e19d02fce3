/*
 * test_briefing_pages.c - how many pages a briefing has, of which papers, and which orders are refused.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "render/briefing/template.h"
#include "render/encode/zip.h"
#include "render/print/words.h"
#include "render/report.h"
#include "tests/support/briefing_document.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/runner.h"

/** Every symbol of the set, side by side: a legend that cannot fit on a small page. */
static void add_every_symbol(struct briefing_fixture *fixture)
{
    const struct symbol_set *set = symbol_library_default(fixture->symbols);
    size_t count = symbol_set_count(set);
    for (size_t i = 0; i < count; i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        char id[32];
        char code[80];
        snprintf(id, sizeof id, "s%zu", i);
        snprintf(code, sizeof code, "nl@1/%s", entry->id);
        struct point place = {98500 + 300 * (double)(i % 16), 409500 + 250 * (double)(i / 16)};
        if (entry->geometry == GEOMETRY_POINT) {
            fixture_add(fixture, id, code, "Brandweer", &place, 1);
        }
    }
    fixture_plot(fixture, true);
}

START_TEST(a_long_legend_goes_on_on_a_second_page)
{
    struct briefing_fixture *fixture = exercise();
    add_every_symbol(fixture);
    fixture->order.paper = PAPER_A4;
    struct document document = make(fixture);
    const struct symbol_set *set = symbol_library_default(fixture->symbols);
    for (size_t i = 0; document.text && i < symbol_set_count(set); i++) {
        const struct symbol_entry *entry = symbol_set_at(set, i);
        char first_word[40];
        snprintf(first_word, sizeof first_word, "%.*s",
                 (int)strcspn(multilingual_text(&entry->name, LANGUAGE_NL), " ,/("),
                 multilingual_text(&entry->name, LANGUAGE_NL));
        bool is_drawn = entry->geometry == GEOMETRY_POINT;
        ck_assert_msg(!is_drawn || strstr(document.text, first_word), "%s is not in the legend", first_word);
    }
    if (document.text) {
        ck_assert_ptr_nonnull(strstr(document.text, "Legenda, vervolg"));
        ck_assert_ptr_nonnull(strstr(document.text, "(vervolg)")); /* of a group */
        ck_assert_ptr_nonnull(strstr(document.text, "… voluit: zie volgend blad"));
        ck_assert_uint_eq(count_of(document.text, "Volledigheid"), 2); /* in short, and in full */
        ck_assert_ptr_nonnull(strstr(document.text, "blad 2 van"));
        ck_assert_uint_ge(count_of(document.text, "TLP:AMBER"), 4);
    }
    finish(&document);
    fixture_free(fixture);
}
END_TEST

/** Parts of the sheet that are left out: what lies beside the map is no part of it. */
static size_t left_out(const struct document *document)
{
    size_t count = 0;
    for (size_t i = 0; i < document->report.count; i++) {
        count += document->report.items[i].kind == REPORT_DID_NOT_FIT;
    }
    return count;
}

/** The pages of a PDF, as pictures in a ZIP, and one by one. */
START_TEST(a_picture_has_all_the_pages_of_a_pdf)
{
    static const enum briefing_format formats[] = {BRIEFING_SVG, BRIEFING_PNG};
    struct briefing_fixture *fixture = exercise();
    add_every_symbol(fixture);
    fixture->order.paper = PAPER_A5;
    fixture->order.dpi = 100;
    struct document pdf = make(fixture);
    ck_assert_uint_gt(pdf.page_count, 2);
    ck_assert_uint_eq(left_out(&pdf), 0);
    fixture->order.format = formats[_i];
    struct document all = make(fixture);
    ck_assert_uint_eq(all.page_count, pdf.page_count);
    ck_assert_uint_eq(zip_count(all.bytes, all.length), pdf.page_count);
    ck_assert_uint_eq(left_out(&all), 0);
    for (size_t page = 1; page <= all.page_count; page++) {
        size_t length;
        char *bytes = zip_read(all.bytes, all.length, page - 1, 50u << 20, &length, NULL);
        fixture->order.page = page;
        struct document one = make(fixture);
        ck_assert_uint_eq(one.page_count, pdf.page_count);
        ck_assert_uint_eq(one.length, length);
        ck_assert_mem_eq(one.bytes, bytes, length);
        free(bytes);
        finish(&one);
    }
    fixture->order.page = all.page_count + 1;
    expect_fault(fixture, FAULT_NOT_FOUND, "there is no page");
    finish(&all);
    finish(&pdf);
    fixture_free(fixture);
}
END_TEST

START_TEST(a_picture_of_one_page_is_no_zip)
{
    struct problems problems;
    problems_init(&problems);
    struct templates *templates = templates_read(NULL, 0, &problems);
    struct briefing_fixture *fixture = exercise();
    fixture->order.template = templates_find(templates, "overview");
    fixture->order.paper = PAPER_A2;
    fixture->order.is_landscape = true;
    fixture->order.format = BRIEFING_SVG;
    struct document document = make(fixture);
    ck_assert_uint_eq(document.page_count, 1);
    ck_assert_mem_eq(document.bytes, "<?xml", 5);
    finish(&document);
    fixture_free(fixture);
    templates_free(templates);
    problems_finish(&problems);
}
END_TEST

/** The dots of all pages are counted, not those of one. */
START_TEST(pages_that_have_too_many_dots_together_are_refused)
{
    struct briefing_fixture *fixture = exercise();
    add_every_symbol(fixture);
    fixture->order.paper = PAPER_A5;
    fixture->order.dpi = 100;
    fixture->order.format = BRIEFING_PNG;
    fixture->order.most_dots = 1.5 * 148 / 25.4 * 100 * 210 / 25.4 * 100;
    expect_fault(fixture, FAULT_LIMIT, "pages A5 at 100 dpi");
    fixture->order.most_dots *= 20;
    struct document document = make(fixture);
    ck_assert_uint_gt(document.page_count, 1);
    finish(&document);
    fixture_free(fixture);
}
END_TEST

START_TEST(every_paper_both_ways_in_every_language_is_made)
{
    struct briefing_fixture *fixture = exercise();
    for (int i = 0; i < PAPER_COUNT * 2; i++) {
        fixture->order.paper = (enum paper)(i / 2);
        fixture->order.is_landscape = i % 2 == 1;
        fixture->order.language = (enum language)(i % LANGUAGE_COUNT);
        struct document document = make(fixture);
        if (document.text) {
            ck_assert_ptr_nonnull(strstr(document.text, words_text(WORD_SOURCES, fixture->order.language)));
            ck_assert_ptr_nonnull(strstr(document.text, "1 : 25 000"));
        }
        finish(&document);
    }
    fixture_free(fixture);
}
END_TEST

/** One legend, one table and the texts once behind all sheets; each page says how many there are. */
START_TEST(an_atlas_has_a_total_and_one_legend_and_table_for_all_sheets)
{
    struct problems problems;
    problems_init(&problems);
    struct templates *templates = templates_read(NULL, 0, &problems);
    struct briefing_fixture *fixture = exercise();
    fixture->order.template = templates_find(templates, "atlas");
    fixture->order.paper = PAPER_A4;
    fixture->order.is_landscape = true;
    fixture->order.area = (struct bbox){96000, 406000, 104000, 413000};
    struct document document = make(fixture);
    const char *first = document.text ? strstr(document.text, "blad 1 van ") : NULL;
    if (document.text) {
        ck_assert_ptr_nonnull(first);
        long total = strtol(first + strlen("blad 1 van "), NULL, 10);
        char words[64];
        snprintf(words, sizeof words, "blad %ld van %ld", total, total);
        ck_assert_ptr_nonnull(strstr(document.text, words));
        snprintf(words, sizeof words, "van %ld", total);
        ck_assert_uint_eq(count_of(document.text, words), (size_t)total);
        ck_assert_uint_eq(count_of(document.text, "Objecten op de kaart"), 1);
        ck_assert_ptr_nonnull(strstr(document.text, "(1 van ")); /* of the sheets that show something */
        ck_assert_ptr_null(strstr(document.text, "zie volgend blad"));
    }
    finish(&document);
    fixture_free(fixture);
    templates_free(templates);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_scale_out_of_range_is_refused_with_the_range)
{
    static const double scales[] = {1, 99, 1e9, 0, -25000};
    struct briefing_fixture *fixture = exercise();
    for (size_t i = 0; i < sizeof scales / sizeof scales[0]; i++) {
        fixture->order.scale_denominator = scales[i];
        expect_fault(fixture, FAULT_INPUT, "1:100 to 1:10,000,000");
    }
    fixture_free(fixture);
}
END_TEST

START_TEST(a_crs_without_a_true_scale_is_refused)
{
    struct briefing_fixture *fixture = exercise();
    fixture->order.crs_code = "EPSG:4326";
    expect_fault(fixture, FAULT_INPUT, "degrees");
    fixture->order.crs_code = "EPSG:3857";
    fixture->order.centre = (struct point){511000, 6745000};
    expect_fault(fixture, FAULT_INPUT, "stretches");
    fixture->order.crs_code = "EPSG:999999";
    expect_fault(fixture, FAULT_NOT_FOUND, "999999");
    fixture_free(fixture);
}
END_TEST

START_TEST(a_centre_outside_the_area_of_the_crs_is_refused)
{
    static const struct point centres[] = {{4e6, 4e6}, {-500000, 400000}, {1e300, 0}};
    struct briefing_fixture *fixture = exercise();
    for (size_t i = 0; i < sizeof centres / sizeof centres[0]; i++) {
        fixture->order.centre = centres[i];
        expect_fault(fixture, FAULT_OUTSIDE, "EPSG:28992");
    }
    fixture_free(fixture);
}
END_TEST

START_TEST(too_many_dots_are_refused)
{
    struct briefing_fixture *fixture = exercise();
    fixture->order.format = BRIEFING_PNG;
    fixture->order.paper = PAPER_A0;
    fixture->order.dpi = 600;
    expect_fault(fixture, FAULT_LIMIT, "million dots");
    fixture->order.dpi = 10;
    expect_fault(fixture, FAULT_INPUT, "from 72 to 600");
    fixture_free(fixture);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("briefing");
    TCase *page = tcase_create("page");
    tcase_set_timeout(page, 180);
    tcase_add_test(page, a_long_legend_goes_on_on_a_second_page);
    tcase_add_loop_test(page, a_picture_has_all_the_pages_of_a_pdf, 0, 2);
    tcase_add_test(page, a_picture_of_one_page_is_no_zip);
    tcase_add_test(page, pages_that_have_too_many_dots_together_are_refused);
    tcase_add_test(page, every_paper_both_ways_in_every_language_is_made);
    tcase_add_test(page, an_atlas_has_a_total_and_one_legend_and_table_for_all_sheets);
    suite_add_tcase(suite, page);
    TCase *faults = tcase_create("faults");
    tcase_set_timeout(faults, 120);
    tcase_add_test(faults, a_scale_out_of_range_is_refused_with_the_range);
    tcase_add_test(faults, a_crs_without_a_true_scale_is_refused);
    tcase_add_test(faults, a_centre_outside_the_area_of_the_crs_is_refused);
    tcase_add_test(faults, too_many_dots_are_refused);
    suite_add_tcase(suite, faults);
    return suite;
}
