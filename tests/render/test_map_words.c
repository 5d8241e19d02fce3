/*
 * test_map_words.c - who hears a map hears how many things there are and their casualties.
 */
#include "render/briefing/map_words.h"

#include "tests/support/briefing_document.h"

/* The alternative texts of a PDF, as far as they are ASCII; NULL without qpdf. */
static char *alternatives_of(const struct document *document)
{
    char path[160];
    char command[400];
    struct fault fault = {0};
    snprintf(path, sizeof path, "%s/words.pdf", test_folder());
    ck_assert(file_write(path, document->bytes, document->length, &fault));
    snprintf(command, sizeof command,
             "qpdf --qdf --object-streams=disable %s - 2>/dev/null | grep -a '/Alt ' | tr -d '\\000'", path);
    char *text = output_of(command);
    if (!text) {
        test_skipped("qpdf is not there");
    }
    return text;
}

static struct briefing_fixture *with_casualties(void)
{
    struct briefing_fixture *fixture = exercise();
    fixture_add(fixture, "gw", "nl@1/per.gewond;n=Gewonden;v=T1 3 / T2 7", "GHOR",
                &(struct point){101000, 411000}, 1);
    fixture_add(fixture, "ver", "nl@1/per.gewond;n=Elders;v=99", "GHOR", &(struct point){150000, 450000}, 1);
    fixture_plot(fixture, true);
    return fixture;
}

START_TEST(a_map_tells_how_many_things_it_shows_and_their_casualties_by_name)
{
    struct briefing_fixture *fixture = with_casualties();
    struct document document = make(fixture);
    char *text = alternatives_of(&document);
    if (text) {
        ck_assert_msg(strstr(text, "Objecten: 4.") != NULL, "%s", text);
        ck_assert_msg(strstr(text, "borden: Gewonden \\(T1 3 / T2 7\\).") != NULL, "%s", text);
        ck_assert_ptr_null(strstr(text, "Elders"));
    }
    free(text);
    finish(&document);
    fixture_free(fixture);
}
END_TEST

START_TEST(casualties_that_a_map_has_no_room_for_stand_in_its_completeness)
{
    struct briefing_fixture *fixture = with_casualties();
    fixture->order.scale_denominator = 2000000; /* dots, without labels */
    struct document document = make(fixture);
    if (document.text) {
        ck_assert_msg(
            strstr(document.text, "zonder plaats (2): Gewonden (T1 3 / T2 7), Elders (99)") != NULL ||
                strstr(document.text, "zonder plaats (2): Elders (99), Gewonden (T1 3 / T2 7)") != NULL,
            "%s", document.text);
    }
    ck_assert_uint_eq(report_count(&document.report, REPORT_NUMBERS_UNPLACED), 2);
    finish(&document);
    fixture_free(fixture);
}
END_TEST

START_TEST(casualties_and_plates_that_are_drawn_can_be_searched_where_they_stand)
{
    struct briefing_fixture *fixture = with_casualties();
    fixture_add(fixture, "bord", "nl@1/gev.bord;h=33/1203", "Brandweer", &(struct point){101600, 411400}, 1);
    fixture_plot(fixture, true);
    fixture->order.scale_denominator = 20000;
    struct document document = make(fixture);
    char *text = pdf_text(document.bytes, document.length, "-f 1 -l 1 -bbox");
    if (text) {
        ck_assert_uint_eq(count_of(text, ">T1<"), 1);
        ck_assert_uint_eq(count_of(text, ">33/1203<"), 1);
    }
    free(text);
    finish(&document);
    fixture_free(fixture);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("map words");
    TCase *tests = tcase_create("words");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_map_tells_how_many_things_it_shows_and_their_casualties_by_name);
    tcase_add_test(tests, casualties_and_plates_that_are_drawn_can_be_searched_where_they_stand);
    tcase_add_test(tests, casualties_that_a_map_has_no_room_for_stand_in_its_completeness);
    suite_add_tcase(suite, tests);
    return suite;
}
