#include "symbology/symbol_code.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

START_TEST(every_part_of_a_code_is_read)
{
    struct symbol_code code;
    struct fault fault;
    const char *text =
        "nl@1/bw.ugs;st=planned;tr=verified;rot=45;lod=small;n=UGS Noord;c=12;t=10:30;o=VR MWB;"
        "h=33/1203;v=T1 3 / T2 7;r=50%25 klaar%3B rest volgt";
    ck_assert_msg(symbol_code_parse(text, &code, &fault), "%s", fault.message);
    ck_assert_str_eq(code.set, "nl");
    ck_assert_int_eq(code.version, 1);
    ck_assert_str_eq(code.entity, "bw.ugs");
    ck_assert_int_eq(code.status, STATUS_PLANNED);
    ck_assert_int_eq(code.trust, TRUST_VERIFIED);
    ck_assert_int_eq(code.detail, DETAIL_SMALL);
    ck_assert_double_eq(code.rotation_deg, 45);
    ck_assert_str_eq(code.texts[SLOT_NAME], "UGS Noord");
    ck_assert_str_eq(code.texts[SLOT_COUNT_OF], "12");
    ck_assert_str_eq(code.texts[SLOT_TIME], "10:30");
    ck_assert_str_eq(code.texts[SLOT_ORGANISATION], "VR MWB");
    ck_assert_str_eq(code.texts[SLOT_HAZARD], "33/1203");
    ck_assert_str_eq(code.texts[SLOT_VICTIMS], "T1 3 / T2 7");
    ck_assert_str_eq(code.texts[SLOT_REMARK], "50% klaar; rest volgt");
    symbol_code_finish(&code);
}
END_TEST

static void check_format(const char *text, bool with_texts, const char *expected)
{
    struct symbol_code code;
    struct fault fault;
    ck_assert_msg(symbol_code_parse(text, &code, &fault), "%s", fault.message);
    char *written = symbol_code_format(&code, with_texts);
    ck_assert_str_eq(written, expected);
    free(written);
    symbol_code_finish(&code);
}

START_TEST(a_code_is_written_in_its_shortest_form)
{
    check_format("nl@1/bw.ugs;st=present;tr=reported;rot=0;n=", true, "nl@1/bw.ugs");
    check_format("nl@1/bw.ugs;rot=-90;n=x", false, "nl@1/bw.ugs;rot=270");
    check_format("nl@1/bw.ugs;rot=-360", true, "nl@1/bw.ugs;rot=360"); /* north; 0 is no direction */
    check_format("nl@1/bw.ugs;rot=12.50", true, "nl@1/bw.ugs;rot=12.5");
    check_format("nl@1/bw.ugs;n=a%3bb;st=full", true, "nl@1/bw.ugs;st=full;n=a%3Bb");
}
END_TEST

/* A text of up to 20 characters, each a tricky one. */
static char *random_text(uint64_t *state)
{
    static const char *const letters[] = {"a", ";", "%", "=", "/", "@", " ", "é", "€", "\xF0\x9F\x94\xA5",
                                          "3", "B"};
    char *text = memory_new(100, 1);
    int count = 1 + (int)random_between(state, 0, 20);
    for (int i = 0; i < count; i++) {
        const char *letter = letters[(int)random_between(state, 0, 11.99)];
        memcpy(text + strlen(text), letter, strlen(letter) + 1);
    }
    return text;
}

static struct symbol_code random_code(uint64_t *state)
{
    struct symbol_code code = {.set = "nl", .entity = "bw.ugs"};
    code.version = 1 + (int)random_between(state, 0, 9998);
    code.status = (enum symbol_status)random_between(state, 0, STATUS_COUNT - 0.01);
    code.trust = (enum symbol_trust)random_between(state, 0, TRUST_COUNT - 0.01);
    code.detail = (enum symbol_detail)random_between(state, 0, 3.99);
    code.rotation_deg = random_between(state, 0, 1) < 0.5 ? 0 : random_between(state, 0, 359.9);
    const enum text_slot free_slots[] = {SLOT_NAME, SLOT_TIME, SLOT_ORGANISATION, SLOT_REMARK};
    for (int i = 0; i < 4; i++) {
        code.texts[free_slots[i]] = random_between(state, 0, 1) < 0.5 ? NULL : random_text(state);
    }
    return code;
}

START_TEST(whatever_is_written_reads_back_the_same)
{
    uint64_t state = 7;
    for (int i = 0; i < 5000; i++) {
        struct symbol_code code = random_code(&state);
        struct symbol_code read;
        struct fault fault;
        char *text = symbol_code_format(&code, true);
        ck_assert_msg(symbol_code_parse(text, &read, &fault), "%s: %s", text, fault.message);
        ck_assert_msg(symbol_code_equals(&code, &read), "%s", text);
        symbol_code_finish(&read);
        symbol_code_finish(&code);
        free(text);
    }
}
END_TEST

/* What is wrong, and a word that the fault must hold. */
static const char *const bad_codes[][2] = {
    {"", "set"},
    {"nl", "@"},
    {"nl@", "version"},
    {"@1/bw.ugs", "set"},
    {"NL@1/bw.ugs", "set"},
    {"a-set-name-that-is-long@1/bw.ugs", "set"},
    {"nl@0/bw.ugs", "version"},
    {"nl@01/bw.ugs", "version"},
    {"nl@12345/bw.ugs", "version"},
    {"nl@-1/bw.ugs", "version"},
    {"nl@1", "/"},
    {"nl@1/", "entity"},
    {"nl@1/bw", "entity"},
    {"nl@1/bw.", "entity"},
    {"nl@1/.ugs", "entity"},
    {"nl@1/bw.ugs.x", "entity"},
    {"nl@1/BW.UGS", "entity"},
    {"nl@1/bw.ugs ", "entity"},
    {"nl@1/bw.aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "entity"},
    {"nl@1/bw.ugs;", "key"},
    {"nl@1/bw.ugs;st", "key"},
    {"nl@1/bw.ugs;stt=planned", "stt"},
    {"nl@1/bw.ugs;ST=planned", "ST"},
    {"nl@1/bw.ugs;=planned", "key"},
    {"nl@1/bw.ugs;n=a;n=b", "twice"},
    {"nl@1/bw.ugs;st=", "status"},
    {"nl@1/bw.ugs;st=maybe", "planned"},
    {"nl@1/bw.ugs;tr=maybe", "unverified"},
    {"nl@1/bw.ugs;lod=tiny", "full, small, dot"},
    {"nl@1/bw.ugs;lod=", "level of detail"},
    {"nl@1/bw.ugs;rot=", "rotation"},
    {"nl@1/bw.ugs;rot=north", "rotation"},
    {"nl@1/bw.ugs;rot=nan", "rotation"},
    {"nl@1/bw.ugs;rot=1e300", "rotation"},
    {"nl@1/bw.ugs;rot=361", "rotation"},
    {"nl@1/bw.ugs;rot=0x10", "rotation"},
    {"nl@1/bw.ugs;rot=45 ", "rotation"},
    {"nl@1/bw.ugs;n=50%", "%25"},
    {"nl@1/bw.ugs;n=50%2", "%25"},
    {"nl@1/bw.ugs;n=%41", "%25"},
    {"nl@1/bw.ugs;c=-1", "count"},
    {"nl@1/bw.ugs;c=many", "count"},
    {"nl@1/bw.ugs;c=1234567890", "count"},
    {"nl@1/bw.ugs;h=33", "Kemler"},
    {"nl@1/bw.ugs;h=3/1203", "Kemler"},
    {"nl@1/bw.ugs;h=33/120", "Kemler"},
    {"nl@1/bw.ugs;h=33/12034", "Kemler"},
    {"nl@1/bw.ugs;h=33/12a4", "Kemler"},
    {"nl@1/bw.ugs;v=123456789012345678901234567890123", "casualties"},
    {"nl@1/bw.ugs;n=a\nb", "control"},
    {"nl@1/bw.ugs;n=a\tb", "control"},
    {"nl@1/bw.ugs;n=a\x7F", "control"},
    {"nl@1/bw.ugs;n=a\xC2\x85", "control"},
    {"nl@1/bw.ugs;n=\xE2\x80\xAE", "direction"},
    {"nl@1/bw.ugs;n=\xEF\xBF\xBE", "U+FFFE"},
    {"nl@1/bw.ugs;n=\xFF", "UTF-8"},
    {"nl@1/bw.ugs;n=\xC3", "UTF-8"},
    {"nl@1/bw.ugs;n=\xC0\xAF", "UTF-8"},
    {"nl@1/bw.ugs;n=\xED\xA0\x80", "UTF-8"},
    {"nl@1/bw.ugs;n=\xF4\x90\x80\x80", "UTF-8"},
};

START_TEST(every_mistake_is_named)
{
    const char *const *bad = bad_codes[_i];
    struct symbol_code code;
    struct fault fault = {.code = FAULT_NONE};
    ck_assert_msg(!symbol_code_parse(bad[0], &code, &fault), "'%s' was taken", bad[0]);
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_msg(strstr(fault.message, bad[1]), "'%s' does not say '%s': %s", bad[0], bad[1], fault.message);
    for (int i = 0; i < SLOT_COUNT; i++) {
        ck_assert_ptr_null(code.texts[i]);
    }
}
END_TEST

START_TEST(ten_thousand_characters_are_too_many)
{
    char *text = memory_new(10100, 1);
    memset(text, 'x', 10000);
    struct symbol_code code;
    struct fault fault;
    ck_assert(!symbol_code_parse(text, &code, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    memcpy(text, "nl@1/bw.ugs;n=", 14);
    text[514] = '\0';
    ck_assert(!symbol_code_parse(text, &code, &fault));
    ck_assert_msg(strstr(fault.message, "400"), "%s", fault.message);
    free(text);
}
END_TEST

START_TEST(a_long_value_is_told_in_whole_characters)
{
    char text[600] = "nl@1/bw.ugs;n=x";
    for (int i = 0; i < 240; i++) {
        strncat(text, "é", sizeof(text) - strlen(text) - 1);
    }
    struct symbol_code code;
    struct fault fault;
    ck_assert(!symbol_code_parse(text, &code, &fault));
    ck_assert_msg(strstr(fault.message, "é' is longer than 400 bytes"), "%s", fault.message);
}
END_TEST

START_TEST(no_mutilated_code_harms_and_what_is_taken_reads_back)
{
    static const char seed[] =
        "nl@1/bw.ugs;st=planned;tr=verified;rot=45;lod=dot;n=UGS %3B;c=12;h=33/1203;v=3";
    uint64_t state = 99;
    int taken = 0;
    for (int i = 0; i < 40000; i++) {
        char text[sizeof seed];
        memcpy(text, seed, sizeof seed);
        for (int k = 0; k < 1 + i % 3; k++) {
            size_t at = (size_t)random_between(&state, 0, sizeof seed - 1.01);
            text[at] = (char)random_between(&state, 1, 255.9);
        }
        struct symbol_code code;
        struct symbol_code again;
        struct fault fault;
        if (!symbol_code_parse(text, &code, &fault)) {
            continue;
        }
        taken++;
        char *written = symbol_code_format(&code, true);
        ck_assert_msg(symbol_code_parse(written, &again, &fault), "%s", fault.message);
        ck_assert(symbol_code_equals(&code, &again));
        char *written_again = symbol_code_format(&again, true);
        ck_assert_str_eq(written_again, written);
        symbol_code_finish(&again);
        symbol_code_finish(&code);
        free(written_again);
        free(written);
    }
    ck_assert_int_gt(taken, 100);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("symbol code");
    TCase *cases = tcase_create("grammar");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, every_part_of_a_code_is_read);
    tcase_add_test(cases, a_code_is_written_in_its_shortest_form);
    tcase_add_test(cases, whatever_is_written_reads_back_the_same);
    tcase_add_loop_test(cases, every_mistake_is_named, 0, sizeof bad_codes / sizeof bad_codes[0]);
    tcase_add_test(cases, ten_thousand_characters_are_too_many);
    tcase_add_test(cases, a_long_value_is_told_in_whole_characters);
    tcase_add_test(cases, no_mutilated_code_harms_and_what_is_taken_reads_back);
    suite_add_tcase(suite, cases);
    return suite;
}
