/*
 * test_note_title.c - a reader of a briefing recognises what its notes are about.
 */
#include <stdlib.h>

#include "data/catalogue.h"
#include "render/briefing/note_title.h"
#include "render/report.h"
#include "tests/support/briefing_document.h"
#include "tests/support/runner.h"

static void expect(const struct briefing_fixture *fixture, enum report_kind kind, const char *subject,
                   const char *expected)
{
    struct report_item item = {.kind = kind, .subject = subject};
    char *title = note_title(&fixture->order, &item);
    ck_assert_str_eq(title, expected);
    free(title);
}

START_TEST(features_are_called_by_their_name_or_by_what_they_are)
{
    struct briefing_fixture *fixture = exercise();
    fixture_add(fixture, "po-7", "nl@1/po.blokkade", "Politie", &(struct point){101000, 411000}, 1);
    fixture_plot(fixture, false);
    expect(fixture, REPORT_LABEL_UNPLACED, "a", "Loods B");
    expect(fixture, REPORT_SYMBOL_HIDDEN, "po-7", "Wegblokkade (po-7)");
    fixture->order.language = LANGUAGE_EN;
    expect(fixture, REPORT_SYMBOL_HIDDEN, "po-7", "Roadblock (po-7)");
    expect(fixture, REPORT_SYMBOL_SMALL, "gone", "gone");
    fixture_free(fixture);
}
END_TEST

START_TEST(numbers_that_are_missing_stand_behind_the_name)
{
    struct briefing_fixture *fixture = exercise();
    fixture_add(fixture, "gw", "nl@1/per.gewond;n=Gewonden;v=T1 3 / T2 7", "GHOR",
                &(struct point){101000, 411000}, 1);
    fixture_add(fixture, "ts", "nl@1/bw.voertuig;c=4", "Brandweer", &(struct point){101000, 411000}, 1);
    fixture_plot(fixture, false);
    expect(fixture, REPORT_NUMBERS_UNPLACED, "gw", "Gewonden (T1 3 / T2 7)");
    expect(fixture, REPORT_NUMBERS_UNPLACED, "ts", "Brandweervoertuig (ts) (\u00D74)");
    expect(fixture, REPORT_LABEL_UNPLACED, "gw", "Gewonden");
    expect(fixture, REPORT_NUMBERS_UNPLACED, "gone", "gone");
    fixture_free(fixture);
}
END_TEST

START_TEST(layers_plots_and_maps_are_called_by_their_title_and_other_things_as_before)
{
    struct briefing_fixture *fixture = exercise();
    struct layer layer = {.id = (char *)"dijken"};
    layer.title.texts[LANGUAGE_NL] = (char *)"Dijken";
    layer.title.texts[LANGUAGE_DE] = (char *)"Deiche";
    struct map_item items[] = {{.layer = &layer}};
    struct map map = *fixture->order.map;
    map.items = items;
    map.item_count = 1;
    fixture->order.map = &map;
    expect(fixture, REPORT_LAYER_FAILED, "dijken", "Dijken");
    expect(fixture, REPORT_LETTERS_MISSING, "dijken", "Dijken");
    expect(fixture, REPORT_FEATURES_LEFT_OUT, "proef", "Proefplot");
    expect(fixture, REPORT_NO_PREVIOUS, "proefkaart", "Situatiekaart proef");
    expect(fixture, REPORT_OUTSIDE, "proefkaart", "Situatiekaart proef");
    expect(fixture, REPORT_RUN_OUT, "next-update", "next-update");
    expect(fixture, REPORT_NO_RD_GRID, "EPSG:28992", "EPSG:28992");
    fixture->order.language = LANGUAGE_DE;
    expect(fixture, REPORT_BEYOND_SCALE, "dijken", "Deiche");
    expect(fixture, REPORT_LAYER_OUTSIDE, "meren", "meren");
    fixture_free(fixture);
}
END_TEST

START_TEST(titles_go_along_when_reports_are_merged)
{
    struct report page;
    struct report whole;
    report_init(&page);
    report_init(&whole);
    report_add(&whole, REPORT_LAYER_FAILED, "a", "it is not there");
    report_add(&page, REPORT_LAYER_FAILED, "a", "it is not there");
    report_add(&page, REPORT_LAYER_FAILED, "b", "nor is this");
    report_set_title(&page, 0, "Dijken");
    report_merge(&whole, &page);
    ck_assert_str_eq(report_title(&whole.items[0]), "Dijken");
    ck_assert_str_eq(report_title(&whole.items[1]), "b");
    report_finish(&page);
    report_finish(&whole);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("note title");
    TCase *titles = tcase_create("titles");
    tcase_add_test(titles, features_are_called_by_their_name_or_by_what_they_are);
    tcase_add_test(titles, numbers_that_are_missing_stand_behind_the_name);
    tcase_add_test(titles, layers_plots_and_maps_are_called_by_their_title_and_other_things_as_before);
    tcase_add_test(titles, titles_go_along_when_reports_are_merged);
    suite_add_tcase(suite, titles);
    return suite;
}
