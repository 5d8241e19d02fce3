/*
 * test_text_alphabet.c - what is added up from known pairs of letters is what shaping would have said.
 */
#include "render/text/text_alphabet.h"

#include <string.h>

#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "render/text/text.h"
#include "render/text/text_internal.h"
#include "render/text/text_letters.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

enum { LEARNED = 3000, CHECKED = 120, LENGTH_MOST = 24 };

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

/* Words, numbers and signs; two lines now and then. */
static void write_text(uint64_t *random, char text[static LENGTH_MOST + 1])
{
    static const char signs[] = "etaoinETAVWLfijl0123456789 -.,:/()'\"AVATo. ";
    size_t length = 1 + (size_t)random_between(random, 0, LENGTH_MOST - 1);
    for (size_t i = 0; i < length; i++) {
        bool is_common = random_between(random, 0, 1) < 0.98;
        text[i] = is_common ? signs[(size_t)random_between(random, 0, (double)sizeof signs - 2)]
                            : (char)random_between(random, ' ', '~' + 1);
    }
    if (length > 8 && random_between(random, 0, 1) < 0.2) {
        text[4] = '\n';
    }
    text[length] = '\0';
}

static void learn(uint64_t *random)
{
    char text[LENGTH_MOST + 1];
    for (int i = 0; i < LEARNED; i++) {
        struct text_look look = look_of(i);
        write_text(random, text);
        text_measure(engine, text, &look, (struct text_box){0});
    }
}

START_TEST(a_text_of_known_pairs_is_as_large_as_when_it_is_shaped)
{
    uint64_t random = 3;
    char text[LENGTH_MOST + 1];
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
    char text[LENGTH_MOST + 1];
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
    ck_assert(!text_alphabet_measure(engine, "a\tb", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "", &look, box, &size));
    ck_assert(!text_alphabet_measure(engine, "ab\n", &look, box, &size));
    box.wrap_px = 3;
    ck_assert(!text_alphabet_measure(engine, "ab", &look, box, &size));
}
END_TEST

START_TEST(a_size_is_told_at_once_when_its_text_was_shaped)
{
    struct text_look look = look_of(0);
    struct text_look bold = look_of(1);
    struct text_box box = {0};
    struct text_size told;
    ck_assert(!text_measure_at_once(engine, "Z\u00FCrich", &look, box, &told));
    struct text_size size = text_measure(engine, "Z\u00FCrich", &look, box);
    ck_assert(!text_measure_at_once(engine, "Z\u00FCrich", &bold, box, &told));
    ck_assert(text_measure_at_once(engine, "Z\u00FCrich", &look, box, &told));
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
    tcase_add_test(tests, a_size_is_told_at_once_when_its_text_was_shaped);
    tcase_add_test(tests, looks_that_take_turns_are_not_confused);
    suite_add_tcase(suite, tests);
    return suite;
}
