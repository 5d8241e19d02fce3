/*
 * The briefing as its reader gets it: pages, words, faults. pdftotext and pdfinfo (poppler-utils) read the
 * PDF.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/file.h"
#include "geo/base/work.h"
#include "render/print/words.h"
#include "render/report.h"
#include "symbology/style.h"
#include "tests/support/briefing_document.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/runner.h"

/** A layer whose file is not there, with credit, licence and currency. */
static void add_missing_layer(struct briefing_fixture *fixture, struct style *style)
{
    fixture->missing_layer = (struct layer){.id = (char *)"dijken",
                                            .title = {{(char *)"Primaire dijken"}},
                                            .kind = LAYER_VECTOR,
                                            .driver = (char *)"GPKG",
                                            .path = (char *)"/nowhere/dijken.gpkg",
                                            .owner = (char *)"Waterschap",
                                            .credit = (char *)"Waterschap Brabantse Delta",
                                            .licence = (char *)"CC BY 4.0",
                                            .currency = (char *)"2025-11",
                                            .max_denominator = 1e12,
                                            .style = style,
                                            .file = (char *)"catalogue.yaml"};
    fixture->items[1] = fixture->items[0];
    fixture->items[0] = (struct map_item){.layer = &fixture->missing_layer};
    fixture->map.item_count = 2;
}

static void expect_words(const struct document *document, const char *const words[])
{
    for (size_t i = 0; document->text && words[i]; i++) {
        ck_assert_msg(strstr(document->text, words[i]) != NULL, "'%s' is not in: %s", words[i],
                      document->text);
    }
}

START_TEST(every_required_element_can_be_found_in_the_text)
{
    static const char *const words[] = {
        "Situatiekaart proef",
        "Moerdijk",
        "1 : 25 000",
        "1 km",
        "Informatiemanager ROT",
        "Veiligheidsregio Proef",
        "Noorden",
        "Situatie per",
        "21-09-2026",
        "Gemaakt op",
        "revisie 47",
        "Legenda",
        "Uitgangsstelling",
        "Bronnen",
        "102",
        "412",
        "Amersfoort / RD New",
        "EPSG:28992",
        "vastgesteld",
        "versie 0.3",
        "Volledigheid",
        "Brandweer (2)",
        "Politie (1)",
        "088-1234567",
        "geen rechten",
        "oefening-7",
        "controlegetal",
        "https://plot.example.nl/",
        "blad 1 van",
        NULL,
    };
    struct briefing_fixture *fixture = exercise();
    fixture->order.link = "https://plot.example.nl/";
    struct document document = make(fixture);
    expect_words(&document, words);
    finish(&document);
    fixture_free(fixture);
}
END_TEST

START_TEST(labels_of_facts_stand_on_one_line_in_every_language)
{
    struct briefing_fixture *fixture = exercise();
    for (int i = 0; i < 4 * LANGUAGE_COUNT; i++) {
        fixture->order.language = (enum language)(i % LANGUAGE_COUNT);
        fixture->order.paper = i / LANGUAGE_COUNT % 2 ? PAPER_A4 : PAPER_A3;
        fixture->order.is_landscape = i / LANGUAGE_COUNT < 2;
        struct document document = make(fixture);
        const char *const labels[] = {words_text(WORD_MADE_AT, fixture->order.language),
                                      words_text(WORD_DATUM, fixture->order.language),
                                      words_text(WORD_GRID, fixture->order.language),
                                      words_text(WORD_CONTACT, fixture->order.language), NULL};
        expect_words(&document, labels);
        finish(&document);
    }
    fixture_free(fixture);
}
END_TEST

START_TEST(marking_and_exercise_stand_at_the_top_and_the_bottom)
{
    struct briefing_fixture *fixture = exercise();
    struct document document = make(fixture);
    if (document.text) {
        ck_assert_uint_ge(count_of(document.text, "TLP:AMBER"), 2);
        ck_assert_uint_ge(count_of(document.text, "OEFENING"), 2);
    }
    finish(&document);
    fixture_plot(fixture, false);
    document = make(fixture);
    if (document.text) {
        ck_assert_uint_eq(count_of(document.text, "OEFENING"), 0);
    }
    finish(&document);
    fixture_free(fixture);
}
END_TEST

START_TEST(a_missing_layer_is_named_and_the_rest_is_drawn)
{
    static const char *const words[] = {"Ontbrekende lagen (1): Primaire dijken", "UGS Noord", NULL};
    struct briefing_fixture *fixture = exercise();
    struct style style = {.opacity = 1};
    add_missing_layer(fixture, &style);
    struct document document = make(fixture);
    expect_words(&document, words);
    ck_assert_uint_eq(report_count(&document.report, REPORT_LAYER_FAILED), 1);
    if (document.text) { /* nothing of it is on the page, so nobody is credited */
        ck_assert_ptr_null(strstr(document.text, "Waterschap Brabantse Delta"));
    }
    finish(&document);
    fixture_free(fixture);
}
END_TEST

/** A line from a place to the north-east of it. */
static void write_dike(const char *path, double longitude, double latitude)
{
    char text[400];
    struct fault fault = {0};
    snprintf(text, sizeof text,
             "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
             "\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[%.3f,%.3f],[%.3f,%.3f]]}}]}",
             longitude, latitude, longitude + 0.01, latitude + 0.01);
    ck_assert(file_write(path, text, strlen(text), &fault));
}

START_TEST(only_a_layer_with_something_in_the_frame_is_credited)
{
    static const char *const words[] = {"Waterschap Brabantse Delta", "CC BY 4.0", "2025-11", NULL};
    for (int i = 0; i < 2; i++) {
        char path[200];
        bool is_in_frame = i == 0;
        snprintf(path, sizeof path, "%s/dike-%d.geojson", test_folder(), i);
        write_dike(path, is_in_frame ? 4.6 : 6.0, is_in_frame ? 51.68 : 53.0);
        struct style_rule rule = {.max_denominator = 1e12};
        rule.look.outline.strokes[0] = (struct stroke){.width_px = 2, .colour = {0, 0, 0, 255}};
        rule.look.outline.stroke_count = 1;
        struct style style = {.opacity = 1, .rules = &rule, .rule_count = 1};
        struct briefing_fixture *fixture = exercise();
        add_missing_layer(fixture, &style);
        fixture->missing_layer.driver = (char *)"GeoJSON";
        fixture->missing_layer.path = path;
        struct document document = make(fixture);
        ck_assert_uint_eq(report_count(&document.report, REPORT_LAYER_FAILED), 0);
        if (is_in_frame) {
            expect_words(&document, words);
        } else if (document.text) {
            ck_assert_ptr_null(strstr(document.text, "Waterschap Brabantse Delta"));
        }
        finish(&document);
        fixture_free(fixture);
    }
}
END_TEST

START_TEST(owners_outside_the_frame_are_not_named)
{
    struct briefing_fixture *fixture = exercise();
    struct document document = make(fixture);
    if (document.text) {
        ck_assert_ptr_null(strstr(document.text, "GHOR ("));
        ck_assert_ptr_null(strstr(document.text, "Ver weg"));
    }
    finish(&document);
    fixture_free(fixture);
}
END_TEST

START_TEST(the_same_order_gives_the_same_bytes)
{
    static const enum briefing_format formats[] = {BRIEFING_PDF, BRIEFING_SVG, BRIEFING_PNG};
    for (int i = 0; i < 3; i++) {
        struct briefing_fixture *fixture = exercise();
        fixture->order.format = formats[i];
        fixture->order.dpi = 100;
        struct document first = make(fixture);
        struct document second = make(fixture);
        struct briefing_fixture *other = exercise();
        other->order.format = formats[i];
        other->order.dpi = 100;
        struct document third = make(other);
        ck_assert_uint_eq(first.length, second.length);
        ck_assert_mem_eq(first.bytes, second.bytes, first.length);
        ck_assert_uint_eq(first.length, third.length);
        ck_assert_mem_eq(first.bytes, third.bytes, first.length);
        finish(&first);
        finish(&second);
        finish(&third);
        fixture_free(other);
        fixture_free(fixture);
    }
}
END_TEST

START_TEST(another_feature_gives_another_checksum)
{
    struct briefing_fixture *fixture = exercise();
    struct document before = make(fixture);
    fixture_add(fixture, "d", "nl@1/alg.copi", "Brandweer", &(struct point){100900, 410900}, 1);
    fixture_plot(fixture, true);
    struct document after = make(fixture);
    if (before.text && after.text) {
        const char *a = strstr(before.text, "controlegetal ");
        const char *b = strstr(after.text, "controlegetal ");
        ck_assert(a && b && strncmp(a, b, 30) != 0);
    }
    finish(&before);
    finish(&after);
    fixture_free(fixture);
}
END_TEST

START_TEST(an_a3_page_is_420_by_297_millimetres)
{
    struct briefing_fixture *fixture = exercise();
    struct document document = make(fixture);
    char command[200];
    snprintf(command, sizeof command, "pdfinfo %s/briefing.pdf 2>/dev/null", test_folder());
    char *info = output_of(command);
    if (info) {
        double width = 0;
        double height = 0;
        const char *size = strstr(info, "Page size:");
        ck_assert(size && sscanf(size, "Page size: %lf x %lf", &width, &height) == 2);
        ck_assert_double_eq_tol(width, 420 / 25.4 * 72, 0.01);
        ck_assert_double_eq_tol(height, 297 / 25.4 * 72, 0.01);
        ck_assert_ptr_nonnull(strstr(info, "Situatiekaart proef"));
        ck_assert_ptr_nonnull(strstr(info, "revisie 47"));
        ck_assert_ptr_nonnull(strstr(info, "TLP:AMBER"));
    }
    free(info);
    finish(&document);
    fixture_free(fixture);
}
END_TEST

START_TEST(endless_texts_do_not_leave_the_page)
{
    struct briefing_fixture *fixture = exercise();
    char *words = memory_new(6001, 1);
    for (int i = 0; i < 1000; i++) {
        memcpy(words + i * 6, "woord ", 6);
    }
    fixture->map.disclaimer.texts[LANGUAGE_NL] = words;
    fixture->map.author = words;
    fixture->order.title = words;
    fixture->order.paper = PAPER_A5;
    struct document document = make(fixture);
    if (document.text) {
        ck_assert_uint_ge(count_of(document.text, "woord"), 2900);
    }
    finish(&document);
    free(words);
    fixture_free(fixture);
}
END_TEST

START_TEST(a_title_in_letters_of_another_script_is_not_cut_away)
{
    struct briefing_fixture *fixture = exercise();
    fixture->order.title = "\u0645\u0648\u0642\u0641 2026";
    struct document document = make(fixture);
    ck_assert(!document.text || strstr(document.text, "2026 ") != NULL);
    ck_assert(!document.text || count_of(document.text, "\u0645") + count_of(document.text, "\ufee3") > 0);
    finish(&document);
    fixture_free(fixture);
}
END_TEST

struct listener {
    int calls;
    double last;
    int cancel_at;
};

static bool listen(double part, void *context)
{
    struct listener *listener = context;
    ck_assert_double_ge(part, listener->last);
    ck_assert_double_le(part, 1);
    listener->last = part;
    listener->calls++;
    return listener->calls != listener->cancel_at;
}

struct telling {
    int last; /* percent */
    int count;
};

static bool count_percentages(double part, void *context)
{
    struct telling *telling = context;
    int percent = (int)(part * 100);
    ck_assert_int_ge(percent, telling->last);
    telling->count += percent > telling->last;
    telling->last = percent;
    return true;
}

START_TEST(progress_grows_to_one_and_false_cancels)
{
    struct briefing_fixture *fixture = exercise();
    struct listener listener = {0};
    struct work work = {.tell = listen, .context = &listener};
    fixture->order.work = &work;
    struct document document = make(fixture);
    ck_assert_double_eq(listener.last, 1);
    int calls = listener.calls;
    ck_assert_int_ge(calls, 4);
    finish(&document);
    for (int i = 1; i <= calls; i++) {
        listener = (struct listener){.cancel_at = i};
        work.is_ended = false;
        expect_fault(fixture, FAULT_DEADLINE, "cancelled");
    }
    fixture_free(fixture);
}
END_TEST

/** How many percentages are told; the last is 100. */
static int percentages_told(struct briefing_fixture *fixture, enum briefing_format format, double dpi)
{
    struct telling telling = {0};
    struct work work = {.tell = count_percentages, .context = &telling};
    fixture->order.work = &work;
    fixture->order.format = format;
    fixture->order.paper = PAPER_A2;
    fixture->order.dpi = dpi;
    fixture->order.page = format == BRIEFING_PDF ? 0 : 1;
    struct fault fault = {0};
    struct briefing_document document;
    ck_assert_msg(briefing_make(fixture->renderer, &fixture->order, &document, NULL, &fault), "%s",
                  fault.message);
    free(document.bytes);
    fixture->order.work = NULL;
    ck_assert_int_eq(telling.last, 100);
    return telling.count;
}

START_TEST(the_progress_of_one_large_page_moves_while_it_is_painted_and_written)
{
    struct briefing_fixture *fixture = exercise();
    ck_assert_int_ge(percentages_told(fixture, BRIEFING_PDF, 0), 5);
    ck_assert_int_ge(percentages_told(fixture, BRIEFING_PNG, 250), 6);
    fixture_free(fixture);
}
END_TEST

START_TEST(without_an_address_the_code_on_paper_tells_id_and_checksum)
{
    struct briefing_fixture *fixture = exercise();
    fixture->order.id = "01M81D37EV8X6CY93142XSS682";
    fixture->order.link = NULL;
    fixture->order.verify_link = NULL;
    fixture->order.paper = PAPER_A3;
    struct document document = make(fixture);
    char command[500];
    snprintf(command, sizeof command,
             "cd %s && which pdftoppm zbarimg >/dev/null && pdftoppm -r 200 -png briefing.pdf code && "
             "{ zbarimg -q --raw code*.png 2>/dev/null || [ $? = 4 ]; }", /* 4: a page has none */
             test_folder());
    char *codes = document.text ? output_of(command) : NULL;
    if (codes) {
        const char *code = strstr(codes, "plottafel:verify/01M81D37EV8X6CY93142XSS682/");
        ck_assert_msg(code != NULL, "%s", codes);
        char sum[17];
        snprintf(sum, sizeof sum, "%.16s", code + 44);
        ck_assert_msg(strstr(document.text, sum) != NULL, "the footer says another checksum than %s", sum);
        ck_assert_ptr_nonnull(strstr(document.text, "plottafel verify"));
    } else {
        test_skipped("pdftoppm (poppler-utils) or zbarimg (zbar-tools) is not there");
    }
    free(codes);
    finish(&document);
    fixture_free(fixture);
}
END_TEST

START_TEST(the_frame_of_a_preview_is_the_frame_of_the_map)
{
    struct briefing_fixture *fixture = exercise();
    struct fault fault = {0};
    struct bbox box;
    ck_assert(briefing_frame(fixture->renderer, &fixture->order, &box, &fault));
    struct point middle = bbox_centre(box);
    ck_assert_double_eq_tol(middle.x, fixture->order.centre.x, 1e-6);
    ck_assert_double_eq_tol(middle.y, fixture->order.centre.y, 1e-6);
    ck_assert_double_ge(bbox_width(box), 0.28 * 25000);
    fixture->order.scale_denominator = 1;
    ck_assert(!briefing_frame(fixture->renderer, &fixture->order, &box, &fault));
    fixture_free(fixture);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("briefing");
    TCase *page = tcase_create("page");
    tcase_set_timeout(page, 180);
    tcase_add_test(page, every_required_element_can_be_found_in_the_text);
    tcase_add_test(page, labels_of_facts_stand_on_one_line_in_every_language);
    tcase_add_test(page, marking_and_exercise_stand_at_the_top_and_the_bottom);
    tcase_add_test(page, a_missing_layer_is_named_and_the_rest_is_drawn);
    tcase_add_test(page, only_a_layer_with_something_in_the_frame_is_credited);
    tcase_add_test(page, owners_outside_the_frame_are_not_named);
    tcase_add_test(page, the_same_order_gives_the_same_bytes);
    tcase_add_test(page, another_feature_gives_another_checksum);
    tcase_add_test(page, an_a3_page_is_420_by_297_millimetres);
    tcase_add_test(page, endless_texts_do_not_leave_the_page);
    tcase_add_test(page, the_frame_of_a_preview_is_the_frame_of_the_map);
    tcase_add_test(page, without_an_address_the_code_on_paper_tells_id_and_checksum);
    tcase_add_test(page, a_title_in_letters_of_another_script_is_not_cut_away);
    suite_add_tcase(suite, page);
    TCase *faults = tcase_create("faults");
    tcase_set_timeout(faults, 120);
    tcase_add_test(faults, progress_grows_to_one_and_false_cancels);
    tcase_add_test(faults, the_progress_of_one_large_page_moves_while_it_is_painted_and_written);
    suite_add_tcase(suite, faults);
    return suite;
}
