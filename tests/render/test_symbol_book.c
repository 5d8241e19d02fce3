#include "render/book/symbol_book.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "render/book/symbol_book_internal.h"
#include "render/renderer.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_words.h"
#include "tests/support/cpu_clock.h"
#include "tests/support/runner.h"

#define TIME_MOST_MS 20000
#define HAVEN "examples/symbol-sets/haven"

static struct renderer *renderer;
static struct symbol_library *library;
static const struct symbol_set *sets[8];
static size_t set_count;

static void setup(void)
{
    struct fault fault = {0};
    struct problems problems;
    problems_init(&problems);
    renderer = renderer_new(NULL, &fault);
    library = symbol_library_new(&problems);
    ck_assert_msg(renderer && library, "%s", fault.message);
    problems_finish(&problems);
    set_count = 1;
    sets[0] = symbol_library_default(library);
}

static void teardown(void)
{
    renderer_free(renderer);
    symbol_library_free(library);
}

static struct symbol_book_order order_in(enum language first, enum language second)
{
    return (struct symbol_book_order){.sets = sets,
                                      .set_count = set_count,
                                      .languages = {first, second},
                                      .language_count = first == second ? 1 : 2};
}

static char *make(struct symbol_book_order order, size_t *length)
{
    struct fault fault = {0};
    char *bytes = symbol_book_make(renderer, &order, length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    return bytes;
}

/** Only letters and digits, so that line breaks and hyphens of the page do not count. */
static char *letters_of(const char *text)
{
    char *letters = memory_new(strlen(text) + 1, 1);
    size_t length = 0;
    for (; *text; text++) {
        if (isalnum((unsigned char)*text)) {
            letters[length++] = *text;
        }
    }
    return letters;
}

/** The words of a PDF from a page on, or NULL without poppler-utils. Owned. */
static char *text_of(const char *bytes, size_t length, size_t first_page)
{
    char path[200];
    char command[600];
    struct fault fault = {0};
    size_t text_length;
    snprintf(path, sizeof path, "%s/book.pdf", test_folder());
    ck_assert(file_write(path, bytes, length, &fault));
    snprintf(command, sizeof command, "pdftotext -f %zu %s %s.txt 2>/dev/null", first_page, path, path);
    if (system(command) != 0) {
        test_skipped("pdftotext (poppler-utils) is not there");
        return NULL;
    }
    snprintf(path, sizeof path, "%s/book.pdf.txt", test_folder());
    char *text = file_read(path, 8 << 20, &text_length, &fault);
    ck_assert_ptr_nonnull(text);
    char *letters = letters_of(text);
    free(text);
    return letters;
}

static void expect_words(const char *letters, const char *words)
{
    char *wanted = letters_of(words);
    ck_assert_msg(strstr(letters, wanted) != NULL, "'%s' is missing", words);
    free(wanted);
}

START_TEST(every_name_in_both_languages_code_and_letters_are_in_the_book)
{
    size_t length;
    int64_t started_ms = cpu_now_ms();
    char *bytes = make(order_in(LANGUAGE_NL, LANGUAGE_FR), &length);
    ck_assert_int_lt(cpu_now_ms() - started_ms, TIME_MOST_MS);
    char *text = text_of(bytes, length, 1);
    for (size_t i = 0; text && i < symbol_set_count(sets[0]); i++) {
        const struct symbol_entry *entry = symbol_set_at(sets[0], i);
        expect_words(text, multilingual_text(&entry->name, LANGUAGE_NL));
        expect_words(text, multilingual_text(&entry->name, LANGUAGE_FR));
        expect_words(text, entry->id);
        expect_words(text, symbol_set_group_title(sets[0], entry->group, LANGUAGE_FR));
    }
    free(text);
    free(bytes);
}
END_TEST

START_TEST(the_index_names_every_symbol)
{
    struct symbol_book_order order = order_in(LANGUAGE_DE, LANGUAGE_DE);
    struct book book = {.renderer = renderer, .order = &order};
    book.pen = (struct pen){renderer_text_engine(renderer), NULL, 1.15, LANGUAGE_DE, .colours = NULL};
    book_plan_tables(&book);
    book_plan_index(&book);
    size_t length;
    char *bytes = make(order, &length);
    char *text = text_of(bytes, length, BOOK_FRONT_PAGES + book.table_pages + 1);
    for (size_t i = 0; text && i < symbol_set_count(sets[0]); i++) {
        expect_words(text, multilingual_text(&symbol_set_at(sets[0], i)->name, LANGUAGE_DE));
    }
    for (size_t i = 1; i < book.line_count; i++) {
        ck_assert_int_le(strcmp(book.lines[0][i - 1].folded, book.lines[0][i].folded), 0);
    }
    free(text);
    free(bytes);
    book_free_index(&book);
    free(book.rows);
}
END_TEST

START_TEST(rows_neither_overlap_nor_leave_the_page)
{
    struct symbol_book_order order = order_in(LANGUAGE_DE, LANGUAGE_FR);
    struct book book = {.renderer = renderer, .order = &order};
    book.pen = (struct pen){renderer_text_engine(renderer), NULL, 1.15, LANGUAGE_DE, .colours = NULL};
    book_plan_tables(&book);
    ck_assert_uint_gt(book.row_count, symbol_set_count(sets[0]));
    for (size_t i = 0; i < book.row_count; i++) {
        const struct book_row *row = &book.rows[i];
        ck_assert_double_ge(row->box_mm.min_y, BOOK_TOP_MM);
        ck_assert_double_le(row->box_mm.max_y, BOOK_BOTTOM_MM);
        ck_assert_double_ge(row->box_mm.max_y - row->box_mm.min_y, 5);
        if (i > 0 && row[-1].page == row->page) {
            ck_assert_double_ge(row->box_mm.min_y, row[-1].box_mm.max_y - 1e-9);
        }
        bool is_last_of_page = i + 1 < book.row_count && row[1].page != row->page;
        ck_assert_msg(row->entry || !is_last_of_page, "a heading stands alone at the end of a page");
    }
    free(book.rows);
}
END_TEST

START_TEST(an_entry_with_many_names_elsewhere_still_has_a_low_row)
{
    struct symbol_book_order order = order_in(LANGUAGE_NL, LANGUAGE_NL);
    struct book book = {.renderer = renderer, .order = &order};
    book.pen = (struct pen){renderer_text_engine(renderer), NULL, 1.15, LANGUAGE_NL, .colours = NULL};
    book_plan_tables(&book);
    for (size_t i = 0; i < book.row_count; i++) {
        const struct book_row *row = &book.rows[i];
        const char *id = row->entry ? row->entry->id : "heading";
        ck_assert_msg(row->box_mm.max_y - row->box_mm.min_y < 30, "%s is %.1f mm high", id,
                      row->box_mm.max_y - row->box_mm.min_y);
    }
    free(book.rows);
}
END_TEST

START_TEST(how_to_read_is_said_in_both_languages)
{
    size_t length;
    char *bytes = make(order_in(LANGUAGE_NL, LANGUAGE_DE), &length);
    char *text = text_of(bytes, length, 2);
    static const enum book_word words[] = {BOOK_READING,  BOOK_READING_LEAD, BOOK_PART_TRUST,
                                           BOOK_CODE_SET, BOOK_ROTATION,     BOOK_DETAIL,
                                           BOOK_KINDS,    BOOK_DETAILS,      BOOK_PALETTES};
    for (size_t i = 0; text && i < sizeof words / sizeof words[0]; i++) {
        expect_words(text, book_words(words[i], LANGUAGE_NL));
        expect_words(text, book_words(words[i], LANGUAGE_DE));
    }
    free(text);
    free(bytes);
}
END_TEST

static size_t count_of(const char *text, const char *words)
{
    char *wanted = letters_of(words);
    size_t count = 0;
    for (const char *found = strstr(text, wanted); found; found = strstr(found + 1, wanted)) {
        count++;
    }
    free(wanted);
    return count;
}

/* Its name stands on the cover, among the palettes, and once above each table. */
START_TEST(a_black_and_white_book_does_not_show_black_and_white_twice)
{
    struct symbol_book_order order = order_in(LANGUAGE_EN, LANGUAGE_EN);
    struct book book = {.renderer = renderer, .order = &order};
    book.pen = (struct pen){renderer_text_engine(renderer), NULL, 1.15, LANGUAGE_EN, .colours = NULL};
    book_plan_tables(&book);
    order.palette = PALETTE_MONO;
    size_t length;
    char *bytes = make(order, &length);
    char *text = text_of(bytes, length, BOOK_FRONT_PAGES + 1);
    if (text) {
        ck_assert_uint_eq(count_of(text, palette_title(PALETTE_MONO, LANGUAGE_EN)), book.table_pages);
    }
    free(text);
    free(bytes);
    free(book.rows);
}
END_TEST

START_TEST(references_without_a_code_are_left_out)
{
    size_t length;
    char *bytes = make(order_in(LANGUAGE_EN, LANGUAGE_EN), &length);
    char *text = text_of(bytes, length, BOOK_FRONT_PAGES + 1);
    if (text) {
        ck_assert_ptr_null(strstr(text, "IMcontext"));
        ck_assert_ptr_null(strstr(text, "Twa01"));
        expect_words(text, "VRH afz");
    }
    free(text);
    free(bytes);
}
END_TEST

START_TEST(the_same_order_gives_the_same_bytes)
{
    struct symbol_book_order order = order_in(LANGUAGE_EN, LANGUAGE_EN);
    order.palette = PALETTE_COLOUR_BLIND;
    size_t first_length;
    size_t second_length;
    char *first = make(order, &first_length);
    char *second = make(order, &second_length);
    ck_assert_uint_eq(first_length, second_length);
    ck_assert_mem_eq(first, second, first_length);
    free(first);
    free(second);
}
END_TEST

static void add_second_set(void)
{
    struct problems problems;
    problems_init(&problems);
    ck_assert(symbol_library_add(library, HAVEN, &problems));
    problems_finish(&problems);
    sets[1] = symbol_library_find(library, "haven", 1);
    set_count = 2;
}

/* "haven" has points, a line and an area, each among those of the Dutch set. */
START_TEST(the_parts_of_a_group_are_found_on_their_own_pages)
{
    add_second_set();
    struct symbol_book_order order = order_in(LANGUAGE_EN, LANGUAGE_EN);
    struct book book = {.renderer = renderer, .order = &order};
    book.pen = (struct pen){renderer_text_engine(renderer), NULL, 1.15, LANGUAGE_EN, .colours = NULL};
    book_plan_tables(&book);
    size_t point = book_page_of(&book, sets[1], symbol_set_find(sets[1], "haven.kraan"));
    size_t line = book_page_of(&book, sets[1], symbol_set_find(sets[1], "haven.route"));
    size_t area = book_page_of(&book, sets[1], symbol_set_find(sets[1], "haven.ankergebied"));
    ck_assert_uint_lt(point, line);
    ck_assert_uint_le(line, area);
    ck_assert_uint_lt(area, BOOK_FRONT_PAGES + book.table_pages);
    free(book.rows);
}
END_TEST

START_TEST(several_sets_follow_each_other_in_one_book)
{
    add_second_set();
    size_t length;
    char *bytes = make(order_in(LANGUAGE_EN, LANGUAGE_EN), &length);
    char *text = text_of(bytes, length, 1);
    if (text) {
        expect_words(text, "Mandatory fairway");
        expect_words(text, "haven.sleepboot");
        expect_words(text, "Port of Zuiderdiep");
    }
    free(text);
    free(bytes);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol_book");
    TCase *book = tcase_create("book");
    tcase_add_checked_fixture(book, setup, teardown);
    tcase_set_timeout(book, 120);
    tcase_add_test(book, every_name_in_both_languages_code_and_letters_are_in_the_book);
    tcase_add_test(book, the_index_names_every_symbol);
    tcase_add_test(book, rows_neither_overlap_nor_leave_the_page);
    tcase_add_test(book, an_entry_with_many_names_elsewhere_still_has_a_low_row);
    tcase_add_test(book, how_to_read_is_said_in_both_languages);
    tcase_add_test(book, a_black_and_white_book_does_not_show_black_and_white_twice);
    tcase_add_test(book, references_without_a_code_are_left_out);
    tcase_add_test(book, the_same_order_gives_the_same_bytes);
    tcase_add_test(book, the_parts_of_a_group_are_found_on_their_own_pages);
    tcase_add_test(book, several_sets_follow_each_other_in_one_book);
    suite_add_tcase(suite, book);
    return suite;
}
