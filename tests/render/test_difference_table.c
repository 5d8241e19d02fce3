/*
 * test_difference_table.c - the table of changes lists what changed in the frame and counts the rest; its
 * words are complete in four languages.
 */
#include "render/briefing/difference_table.h"

#include "data/plot_difference.h"
#include "render/briefing/difference_words.h"
#include "render/briefing/frame.h"
#include "render/briefing/table_block.h"
#include "render/legend/legend.h"
#include "tests/support/briefing_fixture.h"

static struct briefing_fixture *fixture;
static struct plot *before;
static struct plot_difference *difference;
static const struct plot_difference *differences[1];

static void setup(void)
{
    fixture = fixture_new();
}

static void teardown(void)
{
    plot_difference_free(difference);
    difference = NULL;
    plot_unref(before);
    before = NULL;
    fixture_free(fixture);
}

static void add(const char *id, const char *code, double x, double y)
{
    fixture_add(fixture, id, code, "Brandweer", &(struct point){x, y}, 1);
}

/* What was added so far is how it was; what comes next is how it is. */
static void remember(void)
{
    fixture_plot(fixture, true);
    before = plot_ref(fixture->plots[0]);
}

static void compare(void)
{
    int64_t moment_ms = fixture->order.moment_ms;
    fixture_plot(fixture, true);
    difference = plot_difference_new((struct plot_situation){before, moment_ms},
                                     (struct plot_situation){fixture->plots[0], moment_ms});
    differences[0] = difference;
    fixture->order.differences = differences;
}

/* Rows, groups and notes of the table in a frame of 10 by 10 km. */
static size_t count_rows(size_t most)
{
    struct fault fault = {0};
    struct frame frame;
    struct bbox map_mm = {0, 0, 400, 400};
    ck_assert_msg(frame_find(fixture->renderer, &fixture->order, map_mm, &frame, &fault), "%s",
                  fault.message);
    struct map_view view = frame_view(&frame, &fixture->order);
    struct difference_table_choice choice = {frame.box, most};
    struct table_block *table = difference_table_new(fixture->renderer, &view, &choice, &fault);
    ck_assert_msg(table != NULL, "%s", fault.message);
    size_t count = table_block_count(table);
    table_block_free(table);
    return count;
}

START_TEST(nothing_changed_is_said)
{
    add("a", "nl@1/bw.ugs", 100800, 410800);
    remember();
    compare();
    ck_assert_uint_eq(count_rows(100), 1);
}
END_TEST

START_TEST(each_change_in_the_frame_has_a_row_below_the_heading_of_its_kind)
{
    add("a", "nl@1/bw.ugs", 100800, 410800);
    add("b", "nl@1/bw.ovd", 100900, 410800);
    remember();
    add("a", "nl@1/bw.ugs;st=planned", 100800, 410800);
    add("b", "nl@1/bw.ovd", 101900, 410800);
    add("c", "nl@1/bw.ovd", 101000, 410900);
    add("d", "nl@1/bw.ovd", 101000, 411900);
    compare();
    ck_assert_uint_eq(count_rows(100), 3 + 4);
}
END_TEST

/* The first lines of the legend are the marks, in the order of the enum, with how many there are. */
START_TEST(the_legend_begins_with_the_marks_that_are_on_the_map)
{
    struct fault fault = {0};
    struct frame frame;
    add("a", "nl@1/bw.ugs", 100800, 410800);
    add("b", "nl@1/bw.ovd", 100900, 410800);
    remember();
    add("b", "nl@1/bw.ovd", 101900, 410800);
    add("c", "nl@1/bw.ovd", 101000, 410900);
    add("d", "nl@1/bw.ovd", 101000, 411900);
    compare();
    ck_assert(frame_find(fixture->renderer, &fixture->order, (struct bbox){0, 0, 400, 400}, &frame, &fault));
    struct map_view view = frame_view(&frame, &fixture->order);
    struct legend *legend = legend_new(fixture->renderer, &view, frame.box, &fault);
    ck_assert_msg(legend != NULL, "%s", fault.message);
    ck_assert_uint_gt(legend_count(legend), 2);
    ck_assert(legend_at(legend, 0)->is_change && legend_at(legend, 0)->change == CHANGE_MARK_NEW);
    ck_assert_str_eq(legend_at(legend, 0)->title, "Nieuw (2)");
    ck_assert(legend_at(legend, 1)->is_change && legend_at(legend, 1)->change == CHANGE_MARK_MOVED);
    ck_assert(!legend_at(legend, 2)->is_change);
    legend_free(legend);
    view.differences = NULL;
    legend = legend_new(fixture->renderer, &view, frame.box, &fault);
    ck_assert(legend && !legend_at(legend, 0)->is_change);
    legend_free(legend);
}
END_TEST

START_TEST(what_is_elsewhere_or_too_much_is_counted)
{
    remember();
    add("far", "nl@1/bw.ugs", 190000, 450000);
    add("near", "nl@1/bw.ugs", 100800, 410800);
    add("next", "nl@1/bw.ugs", 100800, 410900);
    compare();
    ck_assert_uint_eq(count_rows(100), 1 + 2 + 1);
    ck_assert_uint_eq(count_rows(1), 1 + 1 + 2);
}
END_TEST

START_TEST(a_move_is_told_with_distance_and_direction)
{
    add("a", "nl@1/bw.ugs;n=Noord", 100000, 410000);
    remember();
    add("a", "nl@1/bw.ugs;n=Zuid;st=ended", 101000, 411000);
    compare();
    const struct plot_difference_item *item = plot_difference_at(difference, 0);
    char *words = difference_item_words(item, fixture->symbols, (struct language_pair){.first = LANGUAGE_EN});
    ck_assert_str_eq(words, "1.4 km to the north-east\nstatus: present → ended\nname: Noord → Zuid");
    free(words);
    words = difference_item_words(item, fixture->symbols, (struct language_pair){.first = LANGUAGE_NL});
    ck_assert_ptr_nonnull(strstr(words, "1,4 km naar het noordoosten"));
    free(words);
}
END_TEST

START_TEST(in_two_languages_words_stand_below_each_other_and_values_once)
{
    add("a", "nl@1/bw.ugs;n=Noord", 100000, 410000);
    remember();
    add("a", "nl@1/bw.ugs;n=Zuid;st=ended", 101000, 411000);
    compare();
    struct language_pair languages = {LANGUAGE_NL, true, LANGUAGE_EN};
    const struct plot_difference_item *item = plot_difference_at(difference, 0);
    char *words = difference_item_words(item, fixture->symbols, languages);
    ck_assert_str_eq(words, "1,4 km naar het noordoosten\nstatus: aanwezig → beëindigd\n"
                            "1.4 km to the north-east\nstatus: present → ended\nnaam / name: Noord → Zuid");
    free(words);
}
END_TEST

START_TEST(the_key_names_only_the_marks_that_there_are)
{
    size_t counts[CHANGE_MARK_COUNT] = {[CHANGE_MARK_NEW] = 3, [CHANGE_MARK_ENDED] = 1};
    size_t none[CHANGE_MARK_COUNT] = {0};
    char *key = difference_key_words(counts, LANGUAGE_EN);
    ck_assert_str_eq(key, "ring: 3 new; cross: 1 ended");
    free(key);
    key = difference_key_words(none, LANGUAGE_EN);
    ck_assert_str_eq(key, "");
    free(key);
}
END_TEST

START_TEST(all_words_are_there_in_four_languages)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        for (int word = 0; word < DIFFERENCE_WORD_COUNT; word++) {
            const char *text = difference_word((enum difference_word)word, (enum language)language);
            ck_assert(text && text[0]);
        }
        for (int mark = 0; mark <= CHANGE_MARK_COUNT; mark++) {
            const char *title = difference_mark_title((enum change_mark)mark, (enum language)language);
            ck_assert(title && title[0]);
        }
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("difference_table");
    TCase *tests = tcase_create("tables");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, nothing_changed_is_said);
    tcase_add_test(tests, each_change_in_the_frame_has_a_row_below_the_heading_of_its_kind);
    tcase_add_test(tests, the_legend_begins_with_the_marks_that_are_on_the_map);
    tcase_add_test(tests, what_is_elsewhere_or_too_much_is_counted);
    tcase_add_test(tests, a_move_is_told_with_distance_and_direction);
    tcase_add_test(tests, in_two_languages_words_stand_below_each_other_and_values_once);
    tcase_add_test(tests, the_key_names_only_the_marks_that_there_are);
    tcase_add_test(tests, all_words_are_there_in_four_languages);
    suite_add_tcase(suite, tests);
    return suite;
}
