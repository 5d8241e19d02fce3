/*
 * Tables as a page shows them: nothing cut, nothing lost, headings on every part, whatever comes in.
 */
#include "render/briefing/table_block.h"

#include <ctype.h>
#include <math.h>

#include "render/briefing/table_internal.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"
#include "geo/base/problems.h"
#include "tests/support/page_fixture.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define COLUMN_COUNT 4

static struct renderer *renderer;
static struct symbol_library *library;
static const struct table_look look = {PALETTE_DEFAULT, 0.6};
static const struct table_column columns[COLUMN_COUNT] = {
    {"Nr", 0, TEXT_RIGHT}, {"", 0, TEXT_CENTRE}, {"Wat het is", 2, TEXT_LEFT}, {"Tekst", 3, TEXT_LEFT}};

static void open_renderer(void)
{
    struct problems problems;
    problems_init(&problems);
    renderer = renderer_new(NULL, NULL);
    library = symbol_library_new(&problems);
    problems_finish(&problems);
}

static void close_renderer(void)
{
    renderer_free(renderer);
    symbol_library_free(library);
}

static struct table_block *new_table(void)
{
    return table_block_new(renderer, look, "Lijst", columns, COLUMN_COUNT);
}

static struct pen pen_of(double unit)
{
    return (struct pen){renderer_text_engine(renderer), NULL, unit, LANGUAGE_NL, .colours = NULL};
}

/** Words of any length, some without a blank; now and then a line break. */
static void write_text(uint64_t *state, char *text, size_t length)
{
    static const char *const letters[] = {"a", "W", "ij", "é", "€", "1", "n", "o", " ", "-", " ", "t"};
    size_t used = 0;
    bool has_blanks = random_below(state, 4) > 0;
    while (used + 4 < length) {
        const char *letter = letters[random_below(state, sizeof letters / sizeof letters[0])];
        bool is_break = random_below(state, 200) == 0;
        letter = is_break ? "\n" : !has_blanks && letter[0] == ' ' ? "x" : letter;
        used += (size_t)snprintf(text + used, length - used, "%s", letter);
    }
}

static void add_random_row(struct table_block *block, uint64_t *state)
{
    const struct symbol_set *set = symbol_library_default(library);
    const struct symbol_entry *entry =
        symbol_set_at(set, random_below(state, (uint32_t)symbol_set_count(set)));
    struct symbol_code code = {.set = "nl", .version = 1};
    snprintf(code.entity, sizeof code.entity, "%s", entry->id);
    char texts[3][2600];
    for (int i = 0; i < 3; i++) {
        texts[i][0] = '\0';
        size_t most = random_below(state, 30) == 0 ? sizeof texts[0] : 60;
        write_text(state, texts[i], 1 + random_below(state, (uint32_t)most));
    }
    struct table_cell cells[COLUMN_COUNT] = {{.text = texts[0], .is_strong = true},
                                             {.entry = entry, .code = &code},
                                             {.text = texts[1]},
                                             {.text = texts[2], .entry = NULL, .code = NULL}};
    table_block_add_row(block, cells);
}

static struct table_block *random_table(uint64_t *state)
{
    struct table_block *block = new_table();
    uint32_t count = random_below(state, 40);
    for (uint32_t i = 0; i < count; i++) {
        if (random_below(state, 6) == 0) {
            table_block_add_group(block, "Brandweer");
        }
        add_random_row(block, state);
    }
    table_block_add_note(block, "… en nog 12 die niet in deze lijst staan");
    return block;
}

/** All letters of a column, blanks and the ellipses of broken rows left out. Owned. */
static char *letters_of(const struct table_block *block, size_t column)
{
    char *letters = memory_new(1 << 18, 1);
    size_t used = 0;
    for (size_t i = 0; i < block->row_count; i++) {
        const char *text = block->rows[i].kind == TABLE_CELLS ? block->rows[i].cells[column].text : NULL;
        for (const char *at = text; at && *at; at++) {
            bool is_ellipsis = strncmp(at, "…", strlen("…")) == 0;
            at += is_ellipsis ? strlen("…") - 1 : 0;
            if (!is_ellipsis && !isspace((unsigned char)*at)) {
                letters[used++] = *at;
            }
        }
    }
    return letters;
}

/** Every text fits in its column and its row. */
static void check_row(const struct table_block *block, const struct pen *pen, const struct table_row *row)
{
    double padding = 2 * TABLE_PADDING_MM * pen->unit;
    for (size_t i = 0; row->kind == TABLE_CELLS && i < block->column_count; i++) {
        const struct table_cell_kept *cell = &row->cells[i];
        ck_assert_double_le(table_symbol_size(block, cell, pen->unit).height_mm + padding,
                            row->height_mm + 1e-6);
        if (cell->text) {
            double width = block->columns[i].width_mm - table_text_indent(block, cell, pen->unit);
            struct pen_size size = pen_measure(pen, table_cell_style(cell), cell->text, width);
            ck_assert_double_le(size.height_mm + padding, row->height_mm + 1e-6);
            ck_assert_double_le(size.width_mm, fmax(width, 4 * pen->unit) + 0.05); /* one letter at least */
        }
    }
}

/** Deals the table out over boxes as a document does. */
static void check_parts(const struct table_block *block, double most_mm)
{
    size_t first = 0;
    size_t count = table_block_count(block);
    for (int parts = 0; first < count; parts++) {
        ck_assert_int_lt(parts, 5000);
        size_t fitting = table_block_column_fit(block, first, most_mm);
        ck_assert_uint_gt(fitting, 0);
        double height = table_block_column_height_mm(block, first, fitting);
        ck_assert_double_le(height, most_mm + 1e-5);
        ck_assert_uint_eq(table_block_column_fit(block, first, height), fitting);
        first += fitting;
        ck_assert(first == count || block->rows[first - 1].kind != TABLE_GROUP);
    }
}

static void check_columns(const struct table_block *block, double width_mm)
{
    double right = 0;
    for (size_t i = 0; i < block->column_count; i++) {
        ck_assert_double_ge(block->columns[i].left_mm + 1e-6, right);
        right = block->columns[i].left_mm + block->columns[i].width_mm;
    }
    ck_assert_double_le(right, width_mm + 1e-6);
}

START_TEST(nothing_is_cut_or_lost_in_any_table_of_any_width)
{
    static const double units[] = {0.8, 1.0, 1.16, 2.4};
    uint64_t state = 20261008;
    for (int round = 0; round < 150; round++) {
        struct table_block *block = random_table(&state);
        struct pen pen = pen_of(units[random_below(&state, 4)]);
        double width = random_between(&state, 45, 400) * pen.unit;
        double most = random_between(&state, 70, 280) * pen.unit;
        char *before[COLUMN_COUNT];
        for (size_t i = 0; i < COLUMN_COUNT; i++) {
            before[i] = letters_of(block, i);
        }
        table_block_set_width(block, &pen, width, most);
        check_columns(block, width);
        for (size_t i = 0; i < block->row_count; i++) {
            check_row(block, &pen, &block->rows[i]);
        }
        check_parts(block, most);
        for (size_t i = 0; i < COLUMN_COUNT; i++) {
            char *after = letters_of(block, i);
            ck_assert_str_eq(before[i], after);
            free(before[i]);
            free(after);
        }
        table_block_free(block);
    }
}
END_TEST

START_TEST(no_word_is_broken_where_there_is_room_for_it)
{
    struct table_block *block = new_table();
    struct table_cell cells[COLUMN_COUNT] = {{.text = "1"},
                                             {.text = NULL},
                                             {.text = "Bluswatervoorziening op 08-10-2026"},
                                             {.text = "Veiligheidsregio Midden- en West-Brabant"}};
    table_block_add_row(block, cells);
    struct pen pen = pen_of(1);
    double least = table_block_least_width_mm(block, &pen);
    table_block_set_width(block, &pen, least + 0.01, 250);
    static const char *const words[COLUMN_COUNT] = {"1", "", "Bluswatervoorziening", "Veiligheidsregio"};
    for (size_t i = 0; i < COLUMN_COUNT; i++) {
        double word = pen_measure(&pen, PEN_BODY, words[i], 0).width_mm;
        ck_assert_double_ge(block->columns[i].width_mm, word);
    }
    double date = pen_measure(&pen, PEN_BODY, "08-10-2026", 0).width_mm;
    ck_assert_double_ge(block->columns[2].width_mm, date);
    table_block_free(block);
}
END_TEST

START_TEST(a_wide_table_wraps_nothing)
{
    struct table_block *block = new_table();
    struct table_cell cells[COLUMN_COUNT] = {
        {.text = "12"}, {.text = NULL}, {.text = "Brand gebouw"}, {.text = "Loods B van Chemie-Pack"}};
    table_block_add_row(block, cells);
    struct pen pen = pen_of(1);
    table_block_set_width(block, &pen, 277, 180);
    double line = pen_line_height(&pen, PEN_BODY) + 2 * TABLE_PADDING_MM;
    ck_assert_double_eq_tol(block->rows[0].height_mm, line, 0.01);
    table_block_free(block);
}
END_TEST

START_TEST(an_empty_table_takes_no_room)
{
    struct table_block *block = new_table();
    struct pen pen = pen_of(1);
    table_block_set_width(block, &pen, 100, 100);
    ck_assert_uint_eq(table_block_count(block), 0);
    ck_assert_double_eq(table_block_height_mm(block), 0);
    ck_assert_uint_eq(table_block_column_fit(block, 0, 100), 0);
    table_block_free(block);
}
END_TEST

static void add_numbered_rows(struct table_block *block, int count)
{
    for (int i = 0; i < count; i++) {
        char number[16];
        snprintf(number, sizeof number, "%d", i * i * 7 + 1);
        struct table_cell cells[COLUMN_COUNT] = {{.text = number}, {0}, {.text = "iets"}, {.text = "tekst"}};
        table_block_add_row(block, cells);
    }
}

/** The words of a table dealt out over columns on one wide page, by a command of poppler-utils. */
static char *ask_page(struct table_block *block, int column_count, const char *command)
{
    struct fault fault = {0};
    struct page_fixture page = page_fixture_new(renderer, PAGE_PDF, 400, 120, 0);
    page_fixture_open(&page);
    table_block_set_width(block, &page.pen, 90, 100);
    size_t first = 0;
    for (int i = 0; i < column_count && first < table_block_count(block); i++) {
        struct bbox box = {10 + 96.0 * i, 10, 100 + 96.0 * i, 110};
        ck_assert_msg(table_block_paint_column(block, &page.pen, first, box, &fault), "%s", fault.message);
        first += table_block_column_fit(block, first, 100);
    }
    ck_assert_uint_eq(first, table_block_count(block));
    page_fixture_close(&page);
    return page_fixture_ask(&page, "table.pdf", command);
}

static int count_of(const char *text, const char *word)
{
    int count = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        count++;
    }
    return count;
}

START_TEST(titles_and_the_group_are_repeated_in_every_column)
{
    struct table_block *block = new_table();
    table_block_add_group(block, "Brandweer");
    add_numbered_rows(block, 50);
    table_block_add_note(block, "Slotzin");
    char *text = ask_page(block, 4, "pdftotext %s - 2>/dev/null");
    table_block_free(block);
    if (text) {
        int parts = count_of(text, "Lijst");
        ck_assert_int_ge(parts, 2);
        ck_assert_int_eq(count_of(text, "Lijst, vervolg"), parts - 1);
        ck_assert_int_eq(count_of(text, "Wat het is"), parts);
        ck_assert_int_eq(count_of(text, "Brandweer"), parts);
        ck_assert_int_eq(count_of(text, "Brandweer (vervolg)"), parts - 1);
        ck_assert_int_eq(count_of(text, "Slotzin"), 1);
        ck_assert_int_eq(count_of(text, "iets"), 50);
    }
    free(text);
}
END_TEST

START_TEST(what_all_cells_of_a_row_say_has_its_middle_on_one_line)
{
    struct table_block *block = new_table();
    struct table_cell cells[COLUMN_COUNT] = {
        {.text = "12"}, {0}, {.text = "boven\nmidden\nonder"}, {.text = "hoger\nlager"}};
    table_block_add_row(block, cells);
    char *text = ask_page(block, 1,
                          "pdftotext -bbox %s - 2>/dev/null | tr '\"<>' '   ' | awk '"
                          "$10 == 12 || $10 == \"midden\" {print $5 + $9}"
                          "$10 == \"hoger\" {top = $5} $10 == \"lager\" {print top + $9}'");
    table_block_free(block);
    double middles[3];
    if (text && text[0]) {
        ck_assert_int_eq(sscanf(text, "%lf %lf %lf", &middles[0], &middles[1], &middles[2]), 3);
        ck_assert_double_eq_tol(middles[0], middles[1], 1);
        ck_assert_double_eq_tol(middles[0], middles[2], 1);
    }
    free(text);
}
END_TEST

START_TEST(the_digits_of_numbers_stand_below_each_other)
{
    struct table_block *block = new_table();
    add_numbered_rows(block, 12);
    char *text = ask_page(block, 1, "pdftotext -bbox %s - 2>/dev/null");
    table_block_free(block);
    double right = 0;
    int count = 0;
    for (const char *word = text ? strstr(text, "<word ") : NULL; word; word = strstr(word + 1, "<word ")) {
        const char *edge = strstr(word, "xMax=\"");
        const char *letters = strchr(word, '>') + 1;
        if (isdigit((unsigned char)letters[0])) {
            double here = strtod(edge + 6, NULL);
            ck_assert(count == 0 || fabs(here - right) < 0.06);
            right = here;
            count++;
        }
    }
    ck_assert(!text || count == 12);
    free(text);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("table_block");
    TCase *tables = tcase_create("tables");
    tcase_set_timeout(tables, 120);
    tcase_add_checked_fixture(tables, open_renderer, close_renderer);
    tcase_add_test(tables, nothing_is_cut_or_lost_in_any_table_of_any_width);
    tcase_add_test(tables, no_word_is_broken_where_there_is_room_for_it);
    tcase_add_test(tables, a_wide_table_wraps_nothing);
    tcase_add_test(tables, an_empty_table_takes_no_room);
    tcase_add_test(tables, titles_and_the_group_are_repeated_in_every_column);
    tcase_add_test(tables, what_all_cells_of_a_row_say_has_its_middle_on_one_line);
    tcase_add_test(tables, the_digits_of_numbers_stand_below_each_other);
    suite_add_tcase(suite, tables);
    return suite;
}
