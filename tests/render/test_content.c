/*
 * What a page says in words: who makes the map, until when it may be used, and that there is nothing to
 * compare it with.
 */
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/file.h"
#include "render/briefing/briefing_tables.h"
#include "render/briefing/difference_table.h"
#include "render/briefing/map_page.h"
#include "render/briefing/press.h"
#include "render/briefing/table_internal.h"
#include "render/briefing/template.h"
#include "render/report.h"
#include "tests/support/briefing_fixture.h"

#define MADE_MS 1790000240000
#define MINUTE_MS 60000

static struct templates *templates;
static struct problems problems;

static void write_file(const char *name, const char *text)
{
    char path[400];
    struct fault fault = {0};
    snprintf(path, sizeof path, "%s/who", test_folder());
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/who/%s", test_folder(), name);
    ck_assert_msg(file_write(path, text, strlen(text), &fault), "%s", fault.message);
}

static void set_up(void)
{
    char path[400];
    const char *folders[] = {path};
    snprintf(path, sizeof path, "%s/who", test_folder());
    write_file("region.yaml",
               "extends: situation\n"
               "organisation: {name: {nl: Regio Zuid, en: Region South}, contact: 088-7654321}\n");
    write_file("team.yaml", "extends: region\norganisation: {contact: 088-1111111}\n");
    write_file("silent.yaml", "extends: situation\n");
    problems_init(&problems);
    templates = templates_read(folders, 1, &problems);
    ck_assert_uint_eq(problems.count, 0);
}

static void tear_down(void)
{
    templates_free(templates);
    problems_finish(&problems);
}

/** Has an element a row of that style in which these words stand? NULL: any style. */
static bool says(const struct map_page *page, enum element element, const enum pen_style *style,
                 const char *words)
{
    const struct passage *passage = &page->content.said[element];
    for (size_t i = 0; i < passage->count; i++) {
        if (strstr(passage->rows[i].text, words) && (!style || passage->rows[i].style == *style)) {
            return true;
        }
    }
    return false;
}

static struct map_page page_of(struct briefing_fixture *fixture, const char *template)
{
    struct map_page page;
    struct fault fault = {0};
    struct map_page_wish wish = {.renderer = fixture->renderer,
                                 .order = &fixture->order,
                                 .template = templates_find(templates, template),
                                 .rest = PAGE_REST_NEXT};
    ck_assert_ptr_nonnull(wish.template);
    ck_assert_msg(map_page_begin(&page, &wish, &fault), "%s", fault.message);
    return page;
}

static struct briefing_fixture *exercise(void)
{
    struct briefing_fixture *fixture = fixture_new();
    fixture_add(fixture, "a", "nl@1/inc.brand;n=Loods B", "Brandweer", &(struct point){100400, 410500}, 1);
    fixture_plot(fixture, true);
    return fixture;
}

START_TEST(the_template_says_who_makes_the_map_and_the_map_where_it_does_not)
{
    struct briefing_fixture *fixture = exercise();
    struct map_page silent = page_of(fixture, "silent");
    struct map_page region = page_of(fixture, "region");
    struct map_page team = page_of(fixture, "team");
    ck_assert(says(&silent, ELEMENT_AUTHOR, NULL, "Informatiemanager ROT, Veiligheidsregio Proef"));
    ck_assert(says(&silent, ELEMENT_DISCLAIMER, NULL, "088-1234567"));
    ck_assert(says(&region, ELEMENT_AUTHOR, NULL, "Informatiemanager ROT, Regio Zuid"));
    ck_assert(says(&region, ELEMENT_DISCLAIMER, NULL, "088-7654321"));
    ck_assert(!says(&region, ELEMENT_DISCLAIMER, NULL, "088-1234567"));
    ck_assert(says(&region, ELEMENT_DISCLAIMER, NULL, "geen rechten"));
    ck_assert(says(&team, ELEMENT_AUTHOR, NULL, "Regio Zuid"));
    ck_assert(says(&team, ELEMENT_DISCLAIMER, NULL, "088-1111111"));
    map_page_finish(&silent);
    map_page_finish(&region);
    map_page_finish(&team);
    fixture_free(fixture);
}
END_TEST

START_TEST(a_validity_that_is_over_is_said_in_red_in_every_language)
{
    static const char *const words[LANGUAGE_COUNT] = {[LANGUAGE_NL] = "verlopen",
                                                      [LANGUAGE_EN] = "expired",
                                                      [LANGUAGE_FR] = "expiré",
                                                      [LANGUAGE_DE] = "abgelaufen"};
    const enum pen_style red = PEN_WARNING;
    struct briefing_fixture *fixture = exercise();
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        fixture->order.language = (enum language)i;
        fixture->order.valid_until_ms = MADE_MS - MINUTE_MS;
        struct map_page over = page_of(fixture, "situation");
        fixture->order.valid_until_ms = MADE_MS;
        struct map_page still = page_of(fixture, "situation");
        ck_assert_msg(says(&over, ELEMENT_ACTIVITY, &red, words[i]), "%s", words[i]);
        ck_assert(!says(&still, ELEMENT_ACTIVITY, NULL, words[i]));
        map_page_finish(&over);
        map_page_finish(&still);
    }
    fixture_free(fixture);
}
END_TEST

START_TEST(where_the_validity_stands_on_another_page_the_times_say_that_it_is_over)
{
    struct briefing_fixture *fixture = exercise();
    fixture->order.valid_until_ms = MADE_MS - MINUTE_MS;
    struct map_page beside = page_of(fixture, "situation");
    struct map_page slim = page_of(fixture, "fire-service");
    ck_assert_str_eq(beside.content.expiry, "");
    ck_assert_ptr_nonnull(strstr(slim.content.expiry, "Geldig tot"));
    ck_assert_ptr_nonnull(strstr(slim.content.expiry, "verlopen"));
    map_page_finish(&beside);
    map_page_finish(&slim);
    fixture_free(fixture);
}
END_TEST

START_TEST(that_a_validity_is_over_follows_from_the_order_and_stands_in_the_notes)
{
    struct briefing_fixture *fixture = exercise();
    struct briefing_order *order = &fixture->order;
    struct briefing_document documents[2];
    struct fault fault = {0};
    order->valid_until_ms = MADE_MS - MINUTE_MS;
    for (int i = 0; i < 2; i++) { /* made again it is the same, whatever the clock says by then */
        struct report report;
        report_init(&report);
        ck_assert(briefing_make(fixture->renderer, order, &documents[i], &report, &fault));
        ck_assert_uint_eq(report_count(&report, REPORT_RUN_OUT), 1);
        report_finish(&report);
    }
    ck_assert_uint_eq(documents[0].length, documents[1].length);
    ck_assert_mem_eq(documents[0].bytes, documents[1].bytes, documents[0].length);
    order->made_ms = order->valid_until_ms - MINUTE_MS;
    ck_assert(!briefing_has_run_out(order));
    order->moment_ms = order->valid_until_ms + MINUTE_MS; /* of a moment to come */
    ck_assert(briefing_has_run_out(order));
    order->valid_until_ms = 0;
    ck_assert(!briefing_has_run_out(order));
    free(documents[0].bytes);
    free(documents[1].bytes);
    fixture_free(fixture);
}
END_TEST

START_TEST(that_there_is_no_earlier_briefing_stands_beside_the_map_and_where_the_table_would_be)
{
    const enum pen_style red = PEN_WARNING;
    struct briefing_fixture *fixture = exercise();
    fixture->order.lacks_previous = true;
    fixture->order.has_second_language = true;
    fixture->order.second_language = LANGUAGE_EN;
    struct map_page page = page_of(fixture, "comparison");
    struct press press = {.renderer = fixture->renderer,
                          .order = &fixture->order,
                          .template = templates_find(templates, "comparison")};
    struct briefing_tables_choice choice = {.view = &page.view, .box = page.frame.box};
    struct briefing_tables tables;
    ck_assert(briefing_tables_make(&press, &choice, &tables));
    ck_assert_uint_eq(tables.count, 2);
    ck_assert_str_eq(tables.tables[0]->title, "Wijzigingen / Changes");
    ck_assert_ptr_nonnull(strstr(tables.tables[0]->rows[0].text, "geen eerdere briefing"));
    ck_assert_ptr_nonnull(strstr(tables.tables[0]->rows[1].text, "no earlier briefing"));
    ck_assert(says(&page, ELEMENT_STATUS, &red, "geen eerdere briefing"));
    briefing_tables_finish(&tables);
    map_page_finish(&page);
    fixture_free(fixture);
}
END_TEST

/** The page has moved since it was begun. */
static void foretell(struct map_page *page)
{
    page->wish.order = &page->order;
    map_page_foretell(page);
}

START_TEST(a_page_says_how_much_of_its_plots_lies_elsewhere)
{
    static const char *const some[LANGUAGE_COUNT] = {[LANGUAGE_NL] = "1 van de 2",
                                                     [LANGUAGE_EN] = "1 of the 2",
                                                     [LANGUAGE_FR] = "1 des 2",
                                                     [LANGUAGE_DE] = "1 der 2"};
    struct briefing_fixture *fixture = fixture_new();
    fixture_add(fixture, "a", "nl@1/inc.brand;n=Loods B", "Brandweer", &(struct point){100400, 410500}, 1);
    fixture_add(fixture, "b", "nl@1/inc.brand;n=Elders", "Brandweer", &(struct point){233000, 582000}, 1);
    fixture_plot(fixture, false);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        fixture->order.language = (enum language)i;
        struct map_page page = page_of(fixture, "situation");
        foretell(&page);
        ck_assert(says(&page, ELEMENT_COMPLETENESS, NULL, some[i]));
        ck_assert_uint_eq(report_count(&page.report, REPORT_OUTSIDE), 1);
        ck_assert_uint_eq(report_count(&page.report, REPORT_DID_NOT_FIT), 0);
        map_page_finish(&page);
    }
    fixture->order.language = LANGUAGE_NL;
    fixture->order.centre = (struct point){200000, 480000};
    struct map_page page = page_of(fixture, "situation");
    static const enum pen_style warning = PEN_WARNING;
    foretell(&page);
    ck_assert(says(&page, ELEMENT_COMPLETENESS, &warning, "Niets van de plot"));
    map_page_finish(&page);
    fixture_free(fixture);
}
END_TEST

START_TEST(a_page_of_all_of_its_plots_says_nothing_of_elsewhere)
{
    struct briefing_fixture *fixture = exercise();
    struct map_page page = page_of(fixture, "situation");
    foretell(&page);
    ck_assert(!says(&page, ELEMENT_COMPLETENESS, NULL, "buiten de kaart"));
    ck_assert_uint_eq(report_count(&page.report, REPORT_OUTSIDE), 0);
    map_page_finish(&page);
    fixture_free(fixture);
}
END_TEST

START_TEST(a_second_language_stands_behind_the_first_and_says_nothing_twice)
{
    struct briefing_fixture *fixture = exercise();
    fixture->order.has_second_language = true;
    fixture->order.second_language = LANGUAGE_EN;
    fixture->map.title.texts[LANGUAGE_EN] = (char *)"Situation";
    struct map_page page = page_of(fixture, "overview");
    const char *subtitle = page.content.subtitle;
    const char *behind = strstr(subtitle, " / Situation \u00B7 Overview map");
    ck_assert_msg(strncmp(subtitle, "Overzichtskaart", 15) == 0 && behind != NULL, "%s", subtitle);
    ck_assert_msg(strcmp(behind, " / Situation \u00B7 Overview map") == 0, "%s", subtitle);
    map_page_finish(&page);
    fixture->map.title.texts[LANGUAGE_EN] = NULL;
    fixture_free(fixture);
}
END_TEST

START_TEST(much_larger_paper_than_a_map_of_a_given_size_needs_is_told)
{
    static const struct {
        const char *template;
        enum paper paper;
        size_t told;
    } cases[] = {{"fire-service", PAPER_A3, 0},
                 {"fire-service", PAPER_A2, 0},
                 {"fire-service", PAPER_A1, 1},
                 {"fire-service", PAPER_A0, 1},
                 {"situation", PAPER_A0, 0}};
    struct briefing_fixture *fixture = exercise();
    fixture->order.scale_denominator = 25000;
    fixture->order.is_landscape = true;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        fixture->order.paper = cases[i].paper;
        struct map_page page = page_of(fixture, cases[i].template);
        ck_assert_uint_eq(report_count(&page.report, REPORT_ROOM_EMPTY), cases[i].told);
        map_page_finish(&page);
    }
    fixture_free(fixture);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("content");
    TCase *words = tcase_create("words");
    tcase_add_checked_fixture(words, set_up, tear_down);
    tcase_add_test(words, the_template_says_who_makes_the_map_and_the_map_where_it_does_not);
    tcase_add_test(words, much_larger_paper_than_a_map_of_a_given_size_needs_is_told);
    tcase_add_test(words, a_second_language_stands_behind_the_first_and_says_nothing_twice);
    tcase_add_test(words, a_page_says_how_much_of_its_plots_lies_elsewhere);
    tcase_add_test(words, a_page_of_all_of_its_plots_says_nothing_of_elsewhere);
    tcase_add_test(words, a_validity_that_is_over_is_said_in_red_in_every_language);
    tcase_add_test(words, where_the_validity_stands_on_another_page_the_times_say_that_it_is_over);
    tcase_add_test(words, that_a_validity_is_over_follows_from_the_order_and_stands_in_the_notes);
    tcase_add_test(words,
                   that_there_is_no_earlier_briefing_stands_beside_the_map_and_where_the_table_would_be);
    suite_add_tcase(suite, words);
    return suite;
}
