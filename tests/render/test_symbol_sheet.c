#include "tests/support/runner.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "render/book/symbol_sheet.h"
#include "render/renderer.h"
#include "symbology/symbol_set.h"

struct sheet {
    struct renderer *renderer;
    struct symbol_set *set;
    char *bytes;
    size_t length;
};

static struct sheet make(enum language language, enum palette palette)
{
    struct sheet sheet = {0};
    struct fault fault = {0};
    struct problems problems;
    problems_init(&problems);
    sheet.renderer = renderer_new(NULL, &fault);
    sheet.set = symbol_set_new_builtin(&problems);
    problems_finish(&problems);
    ck_assert_msg(sheet.renderer && sheet.set, "%s", fault.message);
    sheet.bytes = symbol_sheet_make(sheet.renderer, sheet.set, language, palette, &sheet.length, &fault);
    ck_assert_msg(sheet.bytes != NULL, "%s", fault.message);
    return sheet;
}

static void finish(struct sheet *sheet)
{
    free(sheet->bytes);
    symbol_set_free(sheet->set);
    renderer_free(sheet->renderer);
}

/** The words of the PDF; NULL without poppler-utils. Owned. */
static char *text_of(const struct sheet *sheet)
{
    char path[160];
    char command[400];
    struct fault fault = {0};
    size_t length;
    snprintf(path, sizeof path, "%s/sheet.pdf", test_folder());
    ck_assert(file_write(path, sheet->bytes, sheet->length, &fault));
    snprintf(command, sizeof command, "pdftotext %s %s.txt 2>/dev/null", path, path);
    if (system(command) != 0) {
        test_skipped("pdftotext (poppler-utils) is not there");
        return NULL;
    }
    snprintf(path, sizeof path, "%s/sheet.pdf.txt", test_folder());
    return file_read(path, 4 << 20, &length, &fault);
}

START_TEST(every_symbol_of_the_set_is_on_the_sheet)
{
    struct sheet sheet = make(LANGUAGE_NL, PALETTE_DEFAULT);
    char *text = text_of(&sheet);
    for (size_t i = 0; text && i < symbol_set_count(sheet.set); i++) {
        const char *id = symbol_set_at(sheet.set, i)->id;
        ck_assert_msg(strstr(text, id) != NULL, "%s is missing", id);
    }
    free(text);
    finish(&sheet);
}
END_TEST

START_TEST(names_stand_in_two_languages_under_their_groups)
{
    struct sheet sheet = make(LANGUAGE_EN, PALETTE_PRINT);
    char *text = text_of(&sheet);
    if (text) {
        ck_assert_ptr_nonnull(strstr(text, "Staging area"));
        ck_assert_ptr_nonnull(strstr(text, "Uitgangsstelling"));
        ck_assert_ptr_nonnull(strstr(text, symbol_set_group_title(sheet.set, "bw", LANGUAGE_EN)));
        ck_assert_ptr_nonnull(strstr(text, "page 1 of"));
    }
    free(text);
    finish(&sheet);
}
END_TEST

START_TEST(the_same_set_gives_the_same_bytes)
{
    struct sheet first = make(LANGUAGE_NL, PALETTE_MONO);
    struct sheet second = make(LANGUAGE_NL, PALETTE_MONO);
    ck_assert_uint_eq(first.length, second.length);
    ck_assert_mem_eq(first.bytes, second.bytes, first.length);
    finish(&first);
    finish(&second);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol_sheet");
    TCase *sheet = tcase_create("sheet");
    tcase_set_timeout(sheet, 60);
    tcase_add_test(sheet, every_symbol_of_the_set_is_on_the_sheet);
    tcase_add_test(sheet, names_stand_in_two_languages_under_their_groups);
    tcase_add_test(sheet, the_same_set_gives_the_same_bytes);
    suite_add_tcase(suite, sheet);
    return suite;
}
