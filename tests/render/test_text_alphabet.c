/*
 * test_text_alphabet.c - what is added up from known pairs of letters is what shaping would have said.
 */
#include "render/text/text_alphabet.h"

#include <stdio.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "render/text/text.h"
#include "render/text/text_internal.h"
#include "render/text/text_letters.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

enum { LEARNED = 3000, CHECKED = 120, LENGTH_MOST = 24, TEXT_BYTES = 2 * LENGTH_MOST + 1 };

static struct text_engine *engine;

static struct text_engine *new_engine(void)
{
    struct fault fault = {0};
    struct text_engine *made = text_engine_new(&fault);
    ck_assert_msg(made != NULL, "%s", fault.message);
    return made;
}

static void setup(void)
{
    engine = new_engine();
}

static void teardown(void)
{
    text_engine_free(engine);
    engine = NULL;
}

static struct text_look look_of(int number)
{
    return (struct text_look){
        .size_px = number % 3 == 0 ? 11 : 13.5, .is_bold = number % 2 == 1, .is_italic = number / 2 % 2 == 1};
}

/* Words, numbers, signs and letters with accents, more of them than an alphabet holds; two lines now and
 * then. */
static void write_text(uint64_t *random, char text[static TEXT_BYTES])
{
    static const char signs[] = "etaoinETAVWLfijl0123456789 -.,:/()'\"AVATo. ";
    size_t length = 1 + (size_t)random_between(random, 0, LENGTH_MOST - 1);
    size_t end = 0;
    for (size_t i = 0; i < length; i++) {
        double kind = random_between(random, 0, 1);
        if (kind < 0.03) {
            uint32_t accented = 0xC0 + random_below(random, kind < 0.02 ? 16 : 0x180 - 0xC0);
            text[end++] = (char)(0xC0 | accented >> 6);
            text[end++] = (char)(0x80 | (accented & 0x3F));
        } else if (i == 4 && kind < 0.2) {
            text[end++] = '\n';
        } else {
            text[end++] = kind < 0.98 ? signs[random_below(random, sizeof signs - 1)]
                                      : (char)random_between(random, ' ', '~' + 1);
        }
    }
    text[end] = '\0';
}

static void learn(uint64_t *random)
{
    char text[TEXT_BYTES];
    for (int i = 0; i < LEARNED; i++) {
        struct text_look look = look_of(i);
        write_text(random, text);
        text_measure(engine, text, &look, (struct text_box){0});
    }
}

START_TEST(a_text_of_known_pairs_is_as_large_as_when_it_is_shaped)
{
    uint64_t random = 3;
    char text[TEXT_BYTES];
    int known = 0;
    learn(&random);
    for (int i = 0; i < CHECKED; i++) {
        struct text_look look = look_of(i);
        struct text_box box = {.wrap_px = i % 4 == 0 ? 60 : 0, .align = TEXT_CENTRE};
        struct text_size size;
        write_text(&random, text);
        if (!text_alphabet_measure(engine, text, &look, box, &size)) {
            continue;
        }
        struct text_engine *other = new_engine();
        struct text_size shaped = text_measure(other, text, &look, box);
        ck_assert_msg(size.width_px == shaped.width_px && size.height_px == shaped.height_px, "'%s'", text);
        ck_assert_double_eq(size.baseline_px, shaped.baseline_px);
        ck_assert_int_eq(size.line_count, shaped.line_count);
        text_engine_free(other);
        known++;
    }
    ck_assert_int_gt(known, CHECKED / 4);
}
END_TEST

START_TEST(letters_of_known_pairs_stand_where_shaping_puts_them)
{
    static const char *const names[] = {"Provinciale weg 217", "Stoplijn 2 - 14:30", "Vak A", "AVATAR To",
                                        "12"};
    struct text_look look = look_of(0);
    uint64_t random = 5;
    learn(&random);
    for (int i = 0; i < 5; i++) {
        struct text_engine *other = new_engine();
        struct text_letters known;
        text_measure(engine, names[i], &look, (struct text_box){0});
        const struct text_letters *shaped = text_letters_get(other, names[i], &look);
        ck_assert(text_alphabet_letters(engine, names[i], &look, &known));
        ck_assert_uint_eq(known.count, shaped->count);
        ck_assert_double_eq(known.width_px, shaped->width_px);
        ck_assert_double_eq(known.reach_px, shaped->reach_px);
        for (size_t j = 0; j < known.count; j++) {
            const struct text_group *a = &known.groups[j];
            const struct text_group *b = &shaped->groups[j];
            ck_assert_double_eq(a->start_px, b->start_px);
            ck_assert_double_eq(a->width_px, b->width_px);
            ck_assert(bbox_contains(a->ink, b->ink) && bbox_contains(b->ink, a->ink));
            ck_assert(a->first_glyph == b->first_glyph && a->glyph_count == b->glyph_count);
        }
        text_letters_finish(&known);
        text_engine_free(other);
    }
}
END_TEST

static bool is_same_picture(const struct image *a, const struct image *b)
{
    if (!a || !b || a->width != b->width || a->height != b->height) {
        return !a && !b;
    }
    for (int y = 0; y < a->height; y++) {
        if (memcmp(a->pixels + y * a->stride_px, b->pixels + y * b->stride_px, 4 * (size_t)a->width) != 0) {
            return false;
        }
    }
    return true;
}

START_TEST(a_text_of_known_pairs_is_drawn_as_when_it_is_shaped)
{
    uint64_t random = 11;
    char text[TEXT_BYTES];
    learn(&random);
    for (int i = 0; i < CHECKED; i++) {
        struct text_look look = look_of(i);
        struct text_box box = {.wrap_px = i % 5 == 0 ? 90 : 0, .align = (enum text_align)(i % 3)};
        int x[2] = {0};
        int y[2] = {0};
        look.colour = (struct colour){0, 0, 0, 255};
        look.halo = (struct colour){255, 255, 255, 200};
        look.halo_px = 1.5;
        write_text(&random, text);
        struct text_engine *other = new_engine();
        const struct image *known = text_picture(engine, text, &look, box, 1 + i % 3, &x[0], &y[0]);
        const struct image *shaped = text_picture(other, text, &look, box, 1 + i % 3, &x[1], &y[1]);
        ck_assert_msg(is_same_picture(known, shaped) && x[0] == x[1] && y[0] == y[1], "'%s'", text);
        text_engine_free(other);
    }
}
END_TEST

START_TEST(what_is_not_plain_or_not_known_is_shaped)
{
    struct text_look look = look_of(0);
    struct text_size size;
    struct text_box box = {0};
    ck_assert(!text_alphabet_measure(engine, "ab", &look, box, &size));
    text_measure(engine, "ab", &look, box);
    ck_assert(text_alphabet_measure(engine, "ab", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "ba", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "\u00E4b", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "a\u00D7b", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "a\xC3", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "a\tb", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "ab\n", &look, box, &size));
    box.wrap_px = 3;
    ck_assert(!text_alphabet_measure(engine, "ab", &look, box, &size));
}
END_TEST

START_TEST(letters_with_accents_are_added_up_like_others)
{
    static const char *const places[] = {"Groß Überfahrt", "Ålesund", "Château d'Eau 2", "Øresund", "É"};
    struct text_look look = look_of(0);
    struct text_box box = {0};
    for (int i = 0; i < 5; i++) {
        struct text_size size;
        char decomposed[32];
        text_measure(engine, "Vak A", &look, box);
        struct text_size shaped = text_measure(engine, places[i], &look, box);
        ck_assert_msg(text_alphabet_measure(engine, places[i], &look, box, &size), "%s", places[i]);
        ck_assert_double_eq(size.width_px, shaped.width_px);
        ck_assert_double_eq(size.height_px, shaped.height_px);
        snprintf(decomposed, sizeof decomposed, "%s u\u0308", places[i]);
        ck_assert(!text_alphabet_measure(engine, decomposed, &look, box, &size));
    }
}
END_TEST

START_TEST(letters_of_another_font_leave_the_alphabet_as_it_is)
{
    struct text_look look = look_of(0);
    struct text_box box = {0};
    struct text_size size;
    text_measure(engine, "Vak A", &look, box);
    text_measure(engine, "Žižkov", &look, box);
    ck_assert(!text_alphabet_measure(engine, "Žižkov", &look, box, &size));
    text_measure(engine, "\u0126\u0167\u014A \u05D0\u0416\u4E2D", &look, box);
    text_measure(engine, "\u014A", &look, box);
    text_measure(engine, "ab", &look, box);
    text_measure(engine, "\u0167", &look, box);
    ck_assert(text_alphabet_measure(engine, "ab", &look, box, &size));
}
END_TEST

START_TEST(numbers_are_known_when_two_of_them_were_shaped)
{
    struct text_look look = look_of(0);
    struct text_box box = {0};
    text_measure(engine, "Vak 7", &look, box);
    text_measure(engine, "Vak 31", &look, box);
    for (int i = 0; i < 1000; i += 37) {
        char texts[2][16];
        snprintf(texts[0], sizeof texts[0], "Vak %d", i);
        snprintf(texts[1], sizeof texts[1], "%d", i * i);
        for (int j = 0; j < 2; j++) {
            struct text_engine *other = new_engine();
            struct text_size size;
            struct text_size shaped = text_measure(other, texts[j], &look, box);
            ck_assert_msg(text_alphabet_measure(engine, texts[j], &look, box, &size), "%s", texts[j]);
            ck_assert_msg(size.width_px == shaped.width_px, "%s", texts[j]);
            text_engine_free(other);
        }
    }
}
END_TEST

START_TEST(a_text_of_more_lines_than_are_drawn_is_as_high_as_when_it_is_shaped)
{
    struct text_look look = look_of(0);
    struct text_box box = {0};
    char lines[2 * 90 + 1] = "a";
    for (size_t i = 1; i < 2 * 90; i++) {
        lines[i] = i % 2 == 1 ? '\n' : 'a';
    }
    struct text_size shaped = text_measure(engine, lines, &look, box);
    text_measure(engine, "a", &look, box);
    struct text_engine *other = new_engine();
    text_measure(other, "a", &look, box);
    struct text_size known = text_measure(other, lines, &look, box);
    ck_assert_int_eq(known.line_count, shaped.line_count);
    text_engine_free(other);
}
END_TEST

START_TEST(a_size_is_told_at_once_when_its_text_was_shaped)
{
    struct text_look look = look_of(0);
    struct text_look bold = look_of(1);
    struct text_box box = {0};
    struct text_size told;
    ck_assert(!text_measure_at_once(engine, "Z\u00FCrich \u0416", &look, box, &told));
    struct text_size size = text_measure(engine, "Z\u00FCrich \u0416", &look, box);
    ck_assert(!text_measure_at_once(engine, "Z\u00FCrich \u0416", &bold, box, &told));
    ck_assert(text_measure_at_once(engine, "Z\u00FCrich \u0416", &look, box, &told));
    ck_assert(told.width_px == size.width_px && told.height_px == size.height_px);
    ck_assert_double_eq(told.baseline_px, size.baseline_px);
    ck_assert_int_eq(told.line_count, size.line_count);
}
END_TEST

START_TEST(looks_that_take_turns_are_not_confused)
{
    struct text_box box = {0};
    struct text_size first[6];
    struct text_size again;
    for (int i = 0; i < 6; i++) {
        struct text_look look = look_of(i);
        first[i] = text_measure(engine, "Vak A", &look, box);
    }
    for (int i = 5; i >= 0; i--) {
        struct text_look look = look_of(i);
        ck_assert(text_alphabet_measure(engine, "Vak A", &look, box, &again));
        ck_assert_double_eq(again.width_px, first[i].width_px);
        ck_assert_double_eq(again.height_px, first[i].height_px);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("text alphabet");
    TCase *tests = tcase_create("text alphabet");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_text_of_known_pairs_is_as_large_as_when_it_is_shaped);
    tcase_add_test(tests, letters_of_known_pairs_stand_where_shaping_puts_them);
    tcase_add_test(tests, a_text_of_known_pairs_is_drawn_as_when_it_is_shaped);
    tcase_add_test(tests, what_is_not_plain_or_not_known_is_shaped);
    tcase_add_test(tests, letters_with_accents_are_added_up_like_others);
    tcase_add_test(tests, letters_of_another_font_leave_the_alphabet_as_it_is);
    tcase_add_test(tests, numbers_are_known_when_two_of_them_were_shaped);
    tcase_add_test(tests, a_text_of_more_lines_than_are_drawn_is_as_high_as_when_it_is_shaped);
    tcase_add_test(tests, a_size_is_told_at_once_when_its_text_was_shaped);
    tcase_add_test(tests, looks_that_take_turns_are_not_confused);
    suite_add_tcase(suite, tests);
    return suite;
}
