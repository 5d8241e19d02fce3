#include "symbology/symbol_words.h"

#include "tests/support/runner.h"

static void check_word(const char *word)
{
    ck_assert_ptr_nonnull(word);
    ck_assert_str_ne(word, "");
}

static void check_language(enum language language)
{
    for (int i = 0; i < STATUS_COUNT; i++) {
        check_word(symbol_status_title((enum symbol_status)i, language));
    }
    for (int i = 0; i < TRUST_COUNT; i++) {
        check_word(symbol_trust_title((enum symbol_trust)i, language));
    }
    for (int i = 0; i < KIND_COUNT; i++) {
        check_word(symbol_kind_title((enum symbol_kind)i, language));
    }
    for (int i = 0; i < OWNER_COUNT; i++) {
        check_word(symbol_owner_title((enum symbol_owner)i, language));
    }
    for (int i = 0; i < SLOT_COUNT; i++) {
        check_word(text_slot_words((enum text_slot)i, language));
    }
    for (int i = 0; i < PALETTE_COUNT; i++) {
        check_word(palette_title((enum palette)i, language));
    }
}

START_TEST(every_part_of_a_symbol_has_a_word_in_every_language)
{
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        check_language((enum language)language);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol words");
    TCase *cases = tcase_create("words");
    tcase_add_test(cases, every_part_of_a_symbol_has_a_word_in_every_language);
    suite_add_tcase(suite, cases);
    return suite;
}
