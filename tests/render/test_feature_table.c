/*
 * The list of features as its reader gets it: the words of a page.
 */
#include "render/briefing/feature_table.h"

#include "render/briefing/frame.h"
#include "render/briefing/table_block.h"
#include "render/briefing/table_internal.h"
#include "render/map_view.h"
#include "render/print/words.h"
#include "render/scene/feature_numbers.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/page_fixture.h"

static const struct bbox map_mm = {10, 10, 260, 190};

struct listing {
    struct briefing_fixture *fixture;
    struct frame frame;
    struct map_view view;
    struct table_block *block;
};

/** Two disciplines, a line, an area's worth of texts, one outside the frame. */
static struct briefing_fixture *exercise(void)
{
    struct briefing_fixture *fixture = fixture_new();
    struct point line[2] = {{100000, 411000}, {101240, 411000}};
    fixture_add(fixture, "a", "nl@1/po.blokkade;st=planned;n=Afslag 26", "Politie",
                &(struct point){101900, 411700}, 1);
    fixture_add(fixture, "b", "nl@1/bw.ugs;n=UGS Zuid", "Brandweer", &(struct point){99000, 409500}, 1);
    fixture_add(fixture, "c", "nl@1/bw.ugs;n=UGS Noord;c=4;r=Achter het station", "Brandweer",
                &(struct point){101250, 411480}, 1);
    fixture_add(fixture, "d", "nl@1/l.afzetting;n=Afzetting", "Politie", line, 2);
    fixture_add(fixture, "e", "nl@1/inc.brand;tr=verified;n=Loods B", "Brandweer",
                &(struct point){100400, 410500}, 1);
    fixture_add(fixture, "z", "nl@1/gh.ziekenhuis;n=Ver weg", "GHOR", &(struct point){150000, 450000}, 1);
    fixture->changes[2].feature->valid_from_ms = 1789999800000;
    return fixture;
}

static struct listing listing_of(struct briefing_fixture *fixture, size_t most, enum numbering numbering,
                                 struct feature_numbers **numbers)
{
    struct listing listing = {.fixture = fixture};
    struct fault fault = {0};
    fixture_plot(fixture, true);
    ck_assert_msg(frame_find(fixture->renderer, &fixture->order, map_mm, &listing.frame, &fault), "%s",
                  fault.message);
    listing.view = frame_view(&listing.frame, &fixture->order);
    ck_assert(feature_numbers_choose(fixture->renderer, &listing.view, listing.frame.box, numbering, most,
                                     numbers, &fault));
    listing.view.numbers = *numbers;
    struct feature_table_choice choice = {.box = listing.frame.box, .most = most};
    listing.block = feature_table_new(fixture->renderer, &listing.view, &choice, &fault);
    ck_assert_msg(listing.block != NULL, "%s", fault.message);
    return listing;
}

static struct listing plain_listing(struct briefing_fixture *fixture)
{
    struct feature_numbers *none = NULL;
    return listing_of(fixture, 100, NUMBERING_NEVER, &none);
}

static void finish(struct listing *listing)
{
    table_block_free(listing->block);
    fixture_free(listing->fixture);
}

/** The text of a row's cells or its own, with " | " between them and plain blanks. */
static const char *row_text(const struct table_block *block, size_t index)
{
    static char text[2000];
    const struct table_row *row = &block->rows[index];
    size_t used = (size_t)snprintf(text, sizeof text, "%s", row->text ? row->text : "");
    for (size_t i = 0; row->cells && i < block->column_count; i++) {
        const char *cell = row->cells[i].text ? row->cells[i].text : "";
        used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i ? " | " : "", cell);
    }
    for (char *at = strstr(text, "\u00a0"); at; at = strstr(at, "\u00a0")) {
        *at = ' ';
        memmove(at + 1, at + 2, strlen(at + 2) + 1);
    }
    return text;
}

START_TEST(features_come_by_discipline_and_name_with_all_that_is_known)
{
    struct listing listing = plain_listing(exercise());
    const struct table_block *block = listing.block;
    ck_assert_uint_eq(table_block_count(block), 9); /* four groups, five features */
    ck_assert_str_eq(row_text(block, 0), "Incident");
    ck_assert_ptr_nonnull(strstr(row_text(block, 1), "Brand gebouw | Loods B"));
    ck_assert_ptr_nonnull(strstr(row_text(block, 1), "bevestigd"));
    ck_assert_str_eq(row_text(block, 2), "Brandweer");
    ck_assert_ptr_nonnull(strstr(row_text(block, 3), "UGS Noord\naantal 4; Achter het station"));
    ck_assert_ptr_nonnull(strstr(row_text(block, 3), "101 250 / 411 480"));
    ck_assert_ptr_nonnull(strstr(row_text(block, 3), "51°41,"));
    ck_assert_ptr_nonnull(strstr(row_text(block, 3), "21-09-2026\n16:10 CEST"));
    ck_assert_ptr_nonnull(strstr(row_text(block, 4), "UGS Zuid"));
    ck_assert_ptr_nonnull(strstr(row_text(block, 4), "99 000 / 409 500"));
    finish(&listing);
}
END_TEST

START_TEST(a_status_is_said_in_words_and_a_line_has_its_length)
{
    struct listing listing = plain_listing(exercise());
    bool has_planned = false;
    bool has_length = false;
    for (size_t i = 0; i < table_block_count(listing.block); i++) {
        const char *text = row_text(listing.block, i);
        has_planned |= strstr(text, "(gepland) | Afslag 26") != NULL;
        has_length |= strstr(text, "Afzetting | 1,24 km | 100 620 / 411 000") != NULL;
    }
    ck_assert(has_planned);
    ck_assert(has_length);
    finish(&listing);
}
END_TEST

START_TEST(every_language_has_its_own_words)
{
    static const char *const names[LANGUAGE_COUNT] = {"Brand gebouw", "Structure fire",
                                                      "Incendie de bâtiment", "Gebäudebrand"};
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        struct briefing_fixture *fixture = exercise();
        fixture->order.language = (enum language)language;
        struct listing listing = plain_listing(fixture);
        ck_assert_ptr_nonnull(strstr(row_text(listing.block, 1), names[language]));
        ck_assert_str_eq(listing.block->title, words_text(WORD_FEATURES, (enum language)language));
        finish(&listing);
    }
}
END_TEST

START_TEST(in_two_languages_names_states_and_words_of_texts_are_in_both)
{
    struct briefing_fixture *fixture = exercise();
    fixture->order.has_second_language = true;
    fixture->order.second_language = LANGUAGE_DE;
    fixture_add(fixture, "t", "nl@1/bw.voertuig;n=TS 1;c=4;st=planned;tr=verified", "Brandweer",
                &(struct point){100500, 410500}, 1);
    fixture_plot(fixture, true);
    struct listing listing = plain_listing(fixture);
    bool is_found = false;
    for (size_t i = 0; i < table_block_count(listing.block); i++) {
        const char *row = row_text(listing.block, i);
        is_found |= strstr(row, "Brandweervoertuig (gepland)\nFeuerwehrfahrzeug (geplant)") &&
                    strstr(row, "aantal / Anzahl 4") && strstr(row, "bevestigd\nbestätigt");
    }
    ck_assert(is_found);
    finish(&listing);
}
END_TEST

START_TEST(a_numbered_list_comes_by_number)
{
    struct feature_numbers *numbers = NULL;
    struct listing listing = listing_of(exercise(), 100, NUMBERING_ALWAYS, &numbers);
    ck_assert_uint_eq(table_block_count(listing.block), 5);
    for (size_t i = 0; i < 5; i++) {
        char number[16];
        snprintf(number, sizeof number, "%zu | ", i + 1);
        ck_assert_ptr_eq(strstr(row_text(listing.block, i), number), row_text(listing.block, i));
    }
    ck_assert_ptr_nonnull(strstr(row_text(listing.block, 0), "Afslag 26"));
    finish(&listing);
    feature_numbers_free(numbers);
}
END_TEST

START_TEST(a_number_that_found_no_room_stands_in_brackets_and_a_note_says_so)
{
    struct briefing_fixture *fixture = fixture_new();
    for (int i = 0; i < 200; i++) {
        char id[16];
        struct point place = {100800 + i % 20 * 3, 410800 + i / 20 * 3};
        snprintf(id, sizeof id, "n%03d", i);
        fixture_add(fixture, id, "nl@1/bw.voertuig;n=TS", "Brandweer", &place, 1);
    }
    struct feature_numbers *numbers = NULL;
    struct listing listing = listing_of(fixture, 1000, NUMBERING_AUTO, &numbers);
    ck_assert_uint_eq(feature_numbers_count(numbers), 200);
    size_t in_brackets = 0;
    for (size_t i = 0; i < 200; i++) {
        in_brackets += row_text(listing.block, i)[0] == '(';
    }
    ck_assert_uint_gt(in_brackets, 10);
    ck_assert_str_eq(row_text(listing.block, 200), words_text(WORD_NUMBERS_OFF_MAP, LANGUAGE_NL));
    finish(&listing);
    feature_numbers_free(numbers);
}
END_TEST

START_TEST(what_is_left_out_of_a_long_list_is_counted)
{
    struct feature_numbers *none = NULL;
    struct listing listing = listing_of(exercise(), 2, NUMBERING_NEVER, &none);
    size_t last = table_block_count(listing.block) - 1;
    ck_assert_ptr_nonnull(strstr(row_text(listing.block, 1), "Loods B")); /* the most important */
    ck_assert_ptr_nonnull(strstr(row_text(listing.block, last), "nog 3 minder belangrijke"));
    finish(&listing);
}
END_TEST

START_TEST(places_outside_the_area_of_rd_have_no_rd_coordinates)
{
    struct briefing_fixture *fixture = fixture_new();
    fixture_add(fixture, "a", "nl@1/inc.brand;n=Keulen", "Brandweer", &(struct point){310000, 330000}, 1);
    fixture->order.crs_code = "EPSG:25832";
    fixture->order.centre = (struct point){355000, 5645000};
    fixture->order.scale_denominator = 1000000;
    struct listing listing = plain_listing(fixture);
    ck_assert_uint_eq(table_block_count(listing.block), 2);
    ck_assert_uint_eq(listing.block->column_count, 7); /* neither RD nor lengths */
    ck_assert_ptr_nonnull(strstr(row_text(listing.block, 1), "50°"));
    finish(&listing);
}
END_TEST

START_TEST(a_symbol_that_no_set_has_is_listed_too)
{
    struct briefing_fixture *fixture = fixture_new();
    fixture_add(fixture, "a", "nl@1/bw.raket;n=Vreemd", "Brandweer", &(struct point){100400, 410500}, 1);
    struct listing listing = plain_listing(fixture);
    ck_assert_uint_eq(table_block_count(listing.block), 2);
    ck_assert_ptr_nonnull(strstr(row_text(listing.block, 1), "Onbekend symbool: bw.raket | Vreemd"));
    finish(&listing);
}
END_TEST

START_TEST(an_empty_frame_has_an_empty_list)
{
    struct listing listing = plain_listing(fixture_new());
    ck_assert_uint_eq(table_block_count(listing.block), 0);
    finish(&listing);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("feature_table");
    TCase *tables = tcase_create("tables");
    tcase_set_timeout(tables, 60);
    tcase_add_test(tables, features_come_by_discipline_and_name_with_all_that_is_known);
    tcase_add_test(tables, a_status_is_said_in_words_and_a_line_has_its_length);
    tcase_add_test(tables, every_language_has_its_own_words);
    tcase_add_test(tables, in_two_languages_names_states_and_words_of_texts_are_in_both);
    tcase_add_test(tables, a_numbered_list_comes_by_number);
    tcase_add_test(tables, a_number_that_found_no_room_stands_in_brackets_and_a_note_says_so);
    tcase_add_test(tables, what_is_left_out_of_a_long_list_is_counted);
    tcase_add_test(tables, places_outside_the_area_of_rd_have_no_rd_coordinates);
    tcase_add_test(tables, a_symbol_that_no_set_has_is_listed_too);
    tcase_add_test(tables, an_empty_frame_has_an_empty_list);
    suite_add_tcase(suite, tables);
    return suite;
}
