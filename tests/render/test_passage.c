/*
 * Rows of text as they are dealt out over boxes, and read aloud.
 */
#include "render/print/passage.h"

#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "tests/support/page_fixture.h"
#include "tests/support/random.h"

static struct renderer *renderer;

static void open_renderer(void)
{
    renderer = renderer_new(NULL, NULL);
    ck_assert_ptr_nonnull(renderer);
}

static void close_renderer(void)
{
    renderer_free(renderer);
}

START_TEST(a_label_and_its_text_are_read_as_two)
{
    if (system("command -v pdfinfo >/dev/null 2>&1") != 0) {
        test_skipped("pdfinfo is not there");
        return;
    }
    struct page_fixture fixture = page_fixture_new(renderer, PAGE_PDF, 210, 148, 100);
    struct passage passage = {0};
    passage_add(&passage, PEN_HEADING, NULL, "Feiten");
    passage_add(&passage, PEN_BODY, "Status", "vastgesteld");
    passage_add(&passage, PEN_BODY, "", "en zo voort");
    page_fixture_open(&fixture);
    passage_paint(&passage, &fixture.pen, 0, passage.count, (struct bbox){10, 10, 90, 60});
    passage_finish(&passage);
    page_fixture_close(&fixture);
    char *text =
        page_fixture_ask(&fixture, "passage.pdf", "pdfinfo -struct-text %s 2>/dev/null | tr -d ' \\n'");
    ck_assert_ptr_nonnull(text);
    ck_assert_msg(strstr(text, "DocumentH2(block)\"Feiten\"P(block)\"Status\"P(block)\"vastgesteld\""
                               "P(block)\"enzovoort\"") == text,
                  "%s", text);
    free(text);
}
END_TEST

START_TEST(a_warning_is_the_last_that_is_left_out)
{
    struct page_fixture fixture = page_fixture_new(renderer, PAGE_PDF, 210, 148, 100);
    struct passage passage = {0};
    passage_add(&passage, PEN_HEADING, NULL, "Feiten");
    for (int i = 0; i < 9; i++) {
        passage_addf(&passage, PEN_BODY, "Status", "rij %d", i);
    }
    passage_add(&passage, PEN_WARNING, NULL, "RD zonder correctiegrid");
    double height_mm = passage_height_mm(&passage, &fixture.pen, 80) / 2;
    struct passage part = passage_shorten(&passage, &fixture.pen, 80, height_mm, WORD_MORE_ON_NEXT_PAGE);
    ck_assert_uint_lt(part.count, passage.count);
    ck_assert_str_eq(part.rows[0].text, "Feiten");
    ck_assert_str_eq(part.rows[1].text, "RD zonder correctiegrid");
    ck_assert_str_eq(part.rows[2].text, "rij 0");
    ck_assert_double_le(passage_height_mm(&part, &fixture.pen, 80), height_mm + 0.01);
    passage_finish(&part);
    passage_finish(&passage);
    page_fixture_close(&fixture);
}
END_TEST

/** Adds a row's text without the sign that it goes on in the next, and a blank. */
static void append_said(struct buffer *words, const char *text)
{
    size_t length = strlen(text);
    size_t sign = strlen(" …");
    bool goes_on = length > sign && strcmp(text + length - sign, " …") == 0;
    buffer_append(words, text, goes_on ? length - sign : length);
    buffer_append(words, " ", 1);
}

/** Rows of any words, each followed by a blank, and all of them in a row. */
static struct passage some_rows(uint64_t *state, struct buffer *words)
{
    struct passage passage = {0};
    size_t rows = 1 + random_below(state, 6);
    for (size_t i = 0; i < rows; i++) {
        struct buffer text;
        buffer_init(&text, 100000);
        size_t count = 1 + random_below(state, 60);
        for (size_t j = 0; j < count; j++) {
            buffer_appendf(&text, "%sw%zu-%zu", j > 0 ? " " : "", i, j);
        }
        char *row = buffer_take(&text, NULL);
        buffer_appendf(words, "%s ", row);
        passage_add(&passage, PEN_BODY, random_below(state, 2) ? "Label" : NULL, row);
        free(row);
    }
    return passage;
}

START_TEST(no_word_is_lost_or_said_twice_where_rows_are_broken)
{
    uint64_t state = 18;
    struct page_fixture fixture = page_fixture_new(renderer, PAGE_PDF, 210, 148, 100);
    page_fixture_open(&fixture);
    const struct pen *pen = &fixture.pen;
    for (int i = 0; i < 300; i++) {
        struct buffer words;
        struct buffer found;
        buffer_init(&words, 1000000);
        buffer_init(&found, 1000000);
        struct passage passage = some_rows(&state, &words);
        double width = random_between(&state, 25, 120);
        double height = random_between(&state, 8, 60);
        for (size_t row = 0; row < passage.count; row++) {
            passage_split(&passage, pen, row, width, height);
            append_said(&found, passage.rows[row].text);
            double taken = passage_rows_height_mm(&passage, pen, row, 1, width);
            ck_assert_msg(taken <= height + 3, "%g mm in %g", taken, height);
        }
        ck_assert_str_eq(found.bytes, words.bytes);
        passage_finish(&passage);
        buffer_finish(&words);
        buffer_finish(&found);
    }
    page_fixture_close(&fixture);
    page_document_free(fixture.document);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("passage");
    TCase *rows = tcase_create("rows");
    tcase_set_timeout(rows, 60);
    tcase_add_unchecked_fixture(rows, open_renderer, close_renderer);
    tcase_add_test(rows, a_label_and_its_text_are_read_as_two);
    tcase_add_test(rows, a_warning_is_the_last_that_is_left_out);
    tcase_add_test(rows, no_word_is_lost_or_said_twice_where_rows_are_broken);
    suite_add_tcase(suite, rows);
    return suite;
}
