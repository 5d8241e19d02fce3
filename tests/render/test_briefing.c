/*
 * The briefing as its reader gets it: pages, words, faults. pdftotext and pdfinfo (poppler-utils) read the
 * PDF.
 */
#include "tests/support/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/file.h"
#include "render/briefing/template.h"
#include "render/print/words.h"
#include "render/encode/zip.h"
#include "render/report.h"
#include "symbology/style.h"
#include "tests/support/briefing_fixture.h"

struct document {
    char *bytes;
    size_t length;
    size_t page_count;
    struct report report;
    char *text; /* of a PDF, white space made into single blanks */
};

/** All that a program writes to its standard output; NULL when it is not there. Owned. */
static char *output_of(const char *command)
{
    FILE *pipe = popen(command, "r");
    ck_assert_ptr_nonnull(pipe);
    size_t size = 4 << 20;
    char *text = memory_new(size, 1);
    size_t length = fread(text, 1, size - 1, pipe);
    text[length] = '\0';
    if (pclose(pipe) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static void squeeze(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        bool is_blank = *from == ' ' || *from == '\n' || *from == '\f';
        if (!is_blank || (to > text && to[-1] != ' ')) {
            *to++ = is_blank ? ' ' : *from;
        }
    }
    *to = '\0';
}

/** The words of a PDF in reading order. NULL without poppler-utils. */
static char *pdf_text(const char *bytes, size_t length, const char *options)
{
    char path[160];
    char command[400];
    struct fault fault = {0};
    snprintf(path, sizeof path, "%s/briefing.pdf", test_folder());
    ck_assert(file_write(path, bytes, length, &fault));
    snprintf(command, sizeof command, "pdftotext %s %s - 2>/dev/null", options, path);
    char *text = output_of(command);
    if (text) {
        squeeze(text);
    } else {
        printf("SKIPPED: pdftotext (poppler-utils) is not there\n");
    }
    return text;
}

static struct document make(struct briefing_fixture *fixture)
{
    struct document document = {0};
    struct fault fault = {0};
    report_init(&document.report);
    struct briefing_document made;
    ck_assert_msg(briefing_make(fixture->renderer, &fixture->order, &made, &document.report, &fault), "%s",
                  fault.message);
    document.bytes = made.bytes;
    document.length = made.length;
    document.page_count = made.page_count;
    if (fixture->order.format == BRIEFING_PDF) {
        document.text = pdf_text(document.bytes, document.length, "");
    }
    return document;
}

static void finish(struct document *document)
{
    free(document->bytes);
    free(document->text);
    report_finish(&document->report);
}

static size_t count_of(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        count++;
    }
    return count;
}

/** Three symbols of two organisations in the frame, one far outside. */
static struct briefing_fixture *exercise(void)
{
    struct briefing_fixture *fixture = fixture_new();
    fixture_add(fixture, "a", "nl@1/inc.brand;n=Loods B", "Brandweer", &(struct point){100400, 410500}, 1);
    fixture_add(fixture, "b", "nl@1/po.blokkade;n=Afslag 26", "Politie", &(struct point){101900, 411700}, 1);
    fixture_add(fixture, "c", "nl@1/bw.ugs;n=UGS Noord", "Brandweer", &(struct point){99000, 409500}, 1);
    fixture_add(fixture, "z", "nl@1/gh.ziekenhuis;n=Ver weg", "GHOR", &(struct point){150000, 450000}, 1);
    fixture_plot(fixture, true);
    return fixture;
}

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

static void expect_fault(struct briefing_fixture *fixture, enum fault_code code, const char *words);

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
    ck_assert_uint_eq(report_count(&pdf.report, REPORT_DID_NOT_FIT), 0);
    fixture->order.format = formats[_i];
    struct document all = make(fixture);
    ck_assert_uint_eq(all.page_count, pdf.page_count);
    ck_assert_uint_eq(zip_count(all.bytes, all.length), pdf.page_count);
    ck_assert_uint_eq(report_count(&all.report, REPORT_DID_NOT_FIT), 0);
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

static void expect_fault(struct briefing_fixture *fixture, enum fault_code code, const char *words)
{
    struct fault fault = {0};
    struct briefing_document document;
    ck_assert(!briefing_make(fixture->renderer, &fixture->order, &document, NULL, &fault));
    ck_assert_msg(fault.code == code, "%s: %s", fault_code_name(fault.code), fault.message);
    ck_assert_msg(strstr(fault.message, words) != NULL, "'%s' is not in: %s", words, fault.message);
}

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

START_TEST(progress_grows_to_one_and_false_cancels)
{
    struct briefing_fixture *fixture = exercise();
    struct listener listener = {0};
    fixture->order.progress = listen;
    fixture->order.progress_context = &listener;
    struct document document = make(fixture);
    ck_assert_double_eq(listener.last, 1);
    int calls = listener.calls;
    ck_assert_int_ge(calls, 4);
    finish(&document);
    for (int i = 1; i <= calls; i++) {
        listener = (struct listener){.cancel_at = i};
        expect_fault(fixture, FAULT_DEADLINE, "cancelled");
    }
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
    tcase_add_test(page, a_long_legend_goes_on_on_a_second_page);
    tcase_add_loop_test(page, a_picture_has_all_the_pages_of_a_pdf, 0, 2);
    tcase_add_test(page, a_picture_of_one_page_is_no_zip);
    tcase_add_test(page, pages_that_have_too_many_dots_together_are_refused);
    tcase_add_test(page, endless_texts_do_not_leave_the_page);
    tcase_add_test(page, every_paper_both_ways_in_every_language_is_made);
    tcase_add_test(page, the_frame_of_a_preview_is_the_frame_of_the_map);
    tcase_add_test(page, an_atlas_has_a_total_and_one_legend_and_table_for_all_sheets);
    tcase_add_test(page, a_title_in_letters_of_another_script_is_not_cut_away);
    suite_add_tcase(suite, page);
    TCase *faults = tcase_create("faults");
    tcase_set_timeout(faults, 120);
    tcase_add_test(faults, a_scale_out_of_range_is_refused_with_the_range);
    tcase_add_test(faults, a_crs_without_a_true_scale_is_refused);
    tcase_add_test(faults, a_centre_outside_the_area_of_the_crs_is_refused);
    tcase_add_test(faults, too_many_dots_are_refused);
    tcase_add_test(faults, progress_grows_to_one_and_false_cancels);
    suite_add_tcase(suite, faults);
    return suite;
}
