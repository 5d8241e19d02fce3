/*
 * Numbers for labels: who gets which, when, and that a map without them stays what it was.
 */
#include "render/scene/feature_numbers.h"

#include <math.h>

#include "render/briefing/frame.h"
#include "render/map_view.h"
#include "render/picture.h"
#include "render/placement/placement.h"
#include "render/report.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/page_fixture.h"

static const struct bbox map_mm = {10, 10, 260, 190};

struct numbered {
    struct briefing_fixture *fixture;
    struct frame frame;
    struct map_view view;
    struct feature_numbers *numbers;
};

static struct numbered numbered_of(struct briefing_fixture *fixture)
{
    struct numbered numbered = {.fixture = fixture};
    struct fault fault = {0};
    fixture_plot(fixture, true);
    ck_assert_msg(frame_find(fixture->renderer, &fixture->order, map_mm, &numbered.frame, &fault), "%s",
                  fault.message);
    numbered.view = frame_view(&numbered.frame, &fixture->order);
    return numbered;
}

static void choose(struct numbered *numbered, enum numbering numbering, size_t most)
{
    struct fault fault = {0};
    ck_assert_msg(feature_numbers_choose(numbered->fixture->renderer, &numbered->view, numbered->frame.box,
                                         numbering, most, &numbered->numbers, &fault),
                  "%s", fault.message);
}

static void finish(struct numbered *numbered)
{
    feature_numbers_free(numbered->numbers);
    fixture_free(numbered->fixture);
}

static uint32_t number_of(const struct numbered *numbered, const char *id)
{
    const struct feature *feature = plot_find(numbered->fixture->plots[0], id);
    ck_assert_ptr_nonnull(feature);
    return feature_numbers_of(numbered->numbers, feature);
}

/** Two rows of three, 1 km apart, the western ones a little lower; one outside. */
static struct briefing_fixture *two_rows(void)
{
    struct briefing_fixture *fixture = fixture_new();
    static const char *const ids[] = {"f", "e", "d", "c", "b", "a"};
    for (int i = 0; i < 6; i++) {
        struct point place = {99800 + 1000 * (i % 3), 411300 - 1000 * (i / 3) + 60 * (i % 3)};
        fixture_add(fixture, ids[i], "nl@1/inc.brand;n=Een lange naam", "Brandweer", &place, 1);
    }
    fixture_add(fixture, "z", "nl@1/inc.brand;n=Ver weg", "Brandweer", &(struct point){150000, 450000}, 1);
    return fixture;
}

START_TEST(numbers_run_in_reading_order_of_the_map)
{
    struct numbered numbered = numbered_of(two_rows());
    choose(&numbered, NUMBERING_ALWAYS, 100);
    ck_assert_uint_eq(feature_numbers_count(numbered.numbers), 6);
    static const char *const ids[] = {"f", "e", "d", "c", "b", "a"};
    for (uint32_t i = 0; i < 6; i++) {
        ck_assert_uint_eq(number_of(&numbered, ids[i]), i + 1);
    }
    ck_assert_uint_eq(number_of(&numbered, "z"), 0);
    finish(&numbered);
}
END_TEST

START_TEST(a_map_with_room_is_not_numbered_by_itself)
{
    struct numbered numbered = numbered_of(two_rows());
    choose(&numbered, NUMBERING_AUTO, 100);
    ck_assert_ptr_null(numbered.numbers);
    choose(&numbered, NUMBERING_NEVER, 100);
    ck_assert_ptr_null(numbered.numbers);
    ck_assert_uint_eq(feature_numbers_of(NULL, plot_find(numbered.fixture->plots[0], "a")), 0);
    finish(&numbered);
}
END_TEST

/** Fifteen by ten symbols with long names, 13 mm apart. */
static struct briefing_fixture *crowd(void)
{
    struct briefing_fixture *fixture = fixture_new();
    for (int i = 0; i < 150; i++) {
        char id[16];
        struct point place = {98500 + 325 * (i % 15), 412300 - 325 * (i / 15)};
        snprintf(id, sizeof id, "n%03d", i);
        fixture_add(fixture, id, "nl@1/bw.voertuig;n=Tankautospuit van Zevenbergen", "Brandweer", &place, 1);
    }
    return fixture;
}

static size_t labels_of(struct numbered *numbered, size_t *unplaced)
{
    struct fault fault = {0};
    struct report report;
    struct bbox box = pixel_box_to_bbox(numbered->frame.box);
    const struct placement *placement =
        placement_get(numbered->fixture->renderer, &numbered->view, box, &fault);
    ck_assert_msg(placement != NULL, "%s", fault.message);
    report_init(&report);
    placement_report(placement, renderer_text_engine(numbered->fixture->renderer), box, &report);
    *unplaced = report_count(&report, REPORT_LABEL_UNPLACED);
    report_finish(&report);
    size_t count = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        count += placement_at(placement, i)->text->label != NULL;
    }
    return count;
}

START_TEST(a_crowded_map_is_numbered_and_then_finds_room)
{
    struct numbered numbered = numbered_of(crowd());
    size_t unplaced_names = 0;
    size_t unplaced_numbers = 0;
    labels_of(&numbered, &unplaced_names);
    choose(&numbered, NUMBERING_AUTO, 1000);
    ck_assert_uint_eq(feature_numbers_count(numbered.numbers), 150);
    numbered.view.numbers = numbered.numbers;
    size_t placed = labels_of(&numbered, &unplaced_numbers);
    ck_assert_uint_gt(unplaced_names, 60);
    ck_assert_uint_lt(unplaced_numbers, 5);
    ck_assert_uint_eq(placed + unplaced_numbers, 150);
    finish(&numbered);
}
END_TEST

START_TEST(labels_say_the_numbers_and_nothing_else)
{
    struct numbered numbered = numbered_of(two_rows());
    choose(&numbered, NUMBERING_ALWAYS, 100);
    numbered.view.numbers = numbered.numbers;
    struct fault fault = {0};
    const struct placement *placement = placement_get(numbered.fixture->renderer, &numbered.view,
                                                      pixel_box_to_bbox(numbered.frame.box), &fault);
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        char number[16];
        snprintf(number, sizeof number, "%u", feature_numbers_of(numbered.numbers, placed->feature));
        ck_assert(strcmp(placed->feature->id, "z") == 0 || strcmp(placed->text->label, number) == 0);
        ck_assert_int_eq(placed->text->is_number, strcmp(placed->feature->id, "z") != 0);
    }
    finish(&numbered);
}
END_TEST

START_TEST(only_the_most_important_of_a_huge_plot_are_numbered)
{
    struct briefing_fixture *fixture = two_rows();
    fixture_add(fixture, "note", "nl@1/bw.voertuig;n=Minder belangrijk", "Brandweer",
                &(struct point){99000, 411800}, 1);
    struct numbered numbered = numbered_of(fixture);
    choose(&numbered, NUMBERING_ALWAYS, 6);
    ck_assert_uint_eq(feature_numbers_count(numbered.numbers), 6);
    ck_assert_uint_eq(number_of(&numbered, "note"), 0);
    ck_assert_uint_eq(number_of(&numbered, "f"), 1);
    finish(&numbered);
}
END_TEST

START_TEST(a_line_of_which_only_an_end_is_in_sight_has_its_number_there)
{
    struct briefing_fixture *fixture = two_rows();
    struct point line[2] = {{102500, 411000}, {160000, 411000}};
    fixture_add(fixture, "road", "nl@1/l.afzetting;n=Afzetting", "Politie", line, 2);
    struct numbered numbered = numbered_of(fixture);
    choose(&numbered, NUMBERING_ALWAYS, 100);
    numbered.view.numbers = numbered.numbers;
    ck_assert_uint_gt(number_of(&numbered, "road"), 0);
    size_t unplaced = 0;
    labels_of(&numbered, &unplaced);
    ck_assert_uint_eq(unplaced, 0);
    finish(&numbered);
}
END_TEST

/** The map on a page, as it is written to a file. Owned. */
static char *drawn(struct numbered *numbered, const struct feature_numbers *numbers, size_t *length)
{
    struct fault fault = {0};
    struct page_fixture page = page_fixture_new(numbered->fixture->renderer, PAGE_SVG, 270, 200, 0);
    struct map_view view = numbered->view;
    view.numbers = numbers;
    struct canvas *canvas = page_canvas(page.document, map_mm, (struct point){0, 0}, &fault);
    ck_assert(canvas && picture_paint(numbered->fixture->renderer, &view, numbered->frame.box,
                                      &(struct picture_target){.canvas = canvas}, &fault));
    canvas_free(canvas);
    return page_fixture_take(&page, length);
}

START_TEST(a_map_without_numbers_is_the_same_before_and_after_one_with_them)
{
    struct numbered numbered = numbered_of(two_rows());
    choose(&numbered, NUMBERING_ALWAYS, 100);
    size_t lengths[3];
    char *before = drawn(&numbered, NULL, &lengths[0]);
    char *with = drawn(&numbered, numbered.numbers, &lengths[1]);
    char *after = drawn(&numbered, NULL, &lengths[2]);
    ck_assert_uint_eq(lengths[0], lengths[2]);
    ck_assert_mem_eq(before, after, lengths[0]);
    ck_assert(lengths[1] != lengths[0] || memcmp(before, with, lengths[0]) != 0);
    free(before);
    free(with);
    free(after);
    finish(&numbered);
}
END_TEST

START_TEST(an_empty_map_has_no_numbers)
{
    struct numbered numbered = numbered_of(fixture_new());
    choose(&numbered, NUMBERING_ALWAYS, 100);
    ck_assert_ptr_null(numbered.numbers);
    ck_assert_uint_eq(feature_numbers_hash(NULL), 0);
    finish(&numbered);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("feature_numbers");
    TCase *numbers = tcase_create("numbers");
    tcase_set_timeout(numbers, 60);
    tcase_add_test(numbers, numbers_run_in_reading_order_of_the_map);
    tcase_add_test(numbers, a_map_with_room_is_not_numbered_by_itself);
    tcase_add_test(numbers, a_crowded_map_is_numbered_and_then_finds_room);
    tcase_add_test(numbers, labels_say_the_numbers_and_nothing_else);
    tcase_add_test(numbers, only_the_most_important_of_a_huge_plot_are_numbered);
    tcase_add_test(numbers, a_line_of_which_only_an_end_is_in_sight_has_its_number_there);
    tcase_add_test(numbers, a_map_without_numbers_is_the_same_before_and_after_one_with_them);
    tcase_add_test(numbers, an_empty_map_has_no_numbers);
    suite_add_tcase(suite, numbers);
    return suite;
}
