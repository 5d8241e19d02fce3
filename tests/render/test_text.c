/*
 * test_text.c - letters measured and drawn, whatever the letters.
 */
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/canvas/image.h"
#include "render/text/text.h"
#include "tests/support/runner.h"

static const struct text_look plain = {.size_px = 12, .colour = {0, 0, 0, 255}};
static const struct text_look haloed = {
    .size_px = 12, .colour = {0, 0, 0, 255}, .halo = {255, 255, 255, 255}, .halo_px = 2};
static const struct text_box one_line = {0};

static struct text_engine *engine;

static void open_engine(void)
{
    struct fault fault = {0};
    engine = text_engine_new(&fault);
    ck_assert_msg(engine != NULL, "%s", fault.message);
}

static void close_engine(void)
{
    text_engine_free(engine);
    engine = NULL;
}

/** Box of the dots that are not transparent, from the anchor. */
static struct bbox ink_of(const struct image *image, int anchor_x, int anchor_y)
{
    struct bbox ink = bbox_empty();
    for (int i = 0; i < image->width * image->height; i++) {
        if (image->pixels[i] >> 24) {
            double x = i % image->width - anchor_x;
            double y = i / image->width - anchor_y;
            ink = bbox_union(ink, (struct bbox){x, y, x + 1, y + 1});
        }
    }
    return ink;
}

static struct bbox ink_of_text(const char *text, const struct text_look *look, int pixel_ratio)
{
    int x = 0;
    int y = 0;
    const struct image *image = text_picture(engine, text, look, one_line, pixel_ratio, &x, &y);
    return image ? ink_of(image, x, y) : bbox_empty();
}

START_TEST(the_pinned_font_is_used)
{
    ck_assert_str_eq(text_engine_family(engine), "B612");
}
END_TEST

START_TEST(sizes_are_positive_and_grow_with_text_and_size)
{
    struct text_look large = plain;
    large.size_px = 24;
    struct text_size one = text_measure(engine, "Brandweer", &plain, one_line);
    struct text_size two = text_measure(engine, "Brandweer Brandweer", &plain, one_line);
    struct text_size twice = text_measure(engine, "Brandweer", &large, one_line);
    ck_assert_double_gt(one.width_px, 40);
    ck_assert_double_gt(one.height_px, 11);
    ck_assert(one.baseline_px > 6 && one.baseline_px < one.height_px);
    ck_assert_int_eq(one.line_count, 1);
    ck_assert_double_gt(two.width_px, 2 * one.width_px);
    ck_assert_double_eq_tol(twice.width_px, 2 * one.width_px, 0.1);
}
END_TEST

START_TEST(lines_are_broken_at_the_width_and_the_box_closes_round_them)
{
    static const char text[] = "Een lange naam van een plaats die over enkele regels gaat";
    for (int align = TEXT_LEFT; align <= TEXT_RIGHT; align++) {
        struct text_size size = text_measure(
            engine, text, &plain, (struct text_box){.wrap_px = 100, .align = (enum text_align)align});
        ck_assert_int_gt(size.line_count, 2);
        ck_assert_double_le(size.width_px, 100.01);
        ck_assert_double_gt(size.width_px, 50);
    }
    ck_assert_int_eq(text_measure(engine, "a\nb\nc", &plain, one_line).line_count, 3);
}
END_TEST

static void check_bounds(const char *text, const struct text_look *look, int pixel_ratio)
{
    struct text_size size = text_measure(engine, text, look, one_line);
    struct bbox ink = ink_of_text(text, look, pixel_ratio);
    struct bbox box = {0, 0, size.width_px * pixel_ratio, size.height_px * pixel_ratio};
    double reach = (look->halo.alpha > 0 ? look->halo_px : 0) + text_overhang_px(look);
    ck_assert_msg(bbox_contains(bbox_grow(box, reach * pixel_ratio), ink), "%s", text);
    ck_assert_double_gt(bbox_width(ink), 0.7 * bbox_width(box) - 4);
}

START_TEST(all_ink_lies_within_the_box_and_what_may_hang_out_of_it)
{
    static const char *const texts[] = {
        "Hoogwater gemeten", "gjpqy", "ÅÉÇ Ő", "|(){}", "مستشفى", "ไทย ปู่", "Wf"};
    for (int i = 0; i < 7 * 3 * 4; i++) {
        struct text_look look = i % 2 ? haloed : plain;
        look.is_italic = i / 2 % 2;
        look.size_px = 8 + i / 21 * 7.3;
        check_bounds(texts[i % 7], &look, 1 + i / 7 % 3);
    }
}
END_TEST

START_TEST(a_halo_reaches_as_far_as_said)
{
    for (int ratio = 1; ratio <= 3; ratio++) {
        struct bbox letters = ink_of_text("Hoogwater", &plain, ratio);
        struct bbox halo = ink_of_text("Hoogwater", &haloed, ratio);
        double reach = haloed.halo_px * ratio;
        ck_assert_double_eq_tol(letters.min_x - halo.min_x, reach, 1);
        ck_assert_double_eq_tol(letters.min_y - halo.min_y, reach, 1);
        ck_assert_double_eq_tol(halo.max_x - letters.max_x, reach, 1);
        ck_assert_double_eq_tol(halo.max_y - letters.max_y, reach, 1);
    }
}
END_TEST

START_TEST(letters_are_the_same_with_and_without_halo)
{
    struct text_look dark = haloed;
    dark.halo = (struct colour){0, 0, 0, 255};
    int x = 0;
    int y = 0;
    const struct image *image = text_picture(engine, "x", &dark, one_line, 1, &x, &y);
    for (int i = 0; i < image->width * image->height; i++) {
        ck_assert_uint_eq(image->pixels[i] & 0xffffff, 0); /* black on black: nothing else shows through */
    }
}
END_TEST

static struct image *copy_picture(struct text_engine *from, const char *text, int *x, int *y)
{
    const struct image *image = text_picture(from, text, &haloed, one_line, 2, x, y);
    return image ? image_cut(image, 0, 0, image->width, image->height, NULL) : NULL;
}

START_TEST(two_engines_draw_the_same_pixels)
{
    static const char *const texts[] = {"Commando Plaats Incident", "مستشفى ميداني", "e\xcc\x81 ≥ 5 m³/s"};
    struct text_engine *other = text_engine_new(NULL);
    /* The other has drawn something else before. */
    text_measure(other, "iets anders", &plain, one_line);
    for (size_t i = 0; i < 3; i++) {
        int anchors[4];
        struct image *a = copy_picture(engine, texts[i], &anchors[0], &anchors[1]);
        struct image *b = copy_picture(other, texts[i], &anchors[2], &anchors[3]);
        ck_assert_int_eq(a->width, b->width);
        ck_assert_int_eq(anchors[0], anchors[2]);
        ck_assert_int_eq(anchors[1], anchors[3]);
        ck_assert_mem_eq(a->pixels, b->pixels, (size_t)a->width * (size_t)a->height * 4);
        image_free(a);
        image_free(b);
    }
    text_engine_free(other);
}
END_TEST

START_TEST(a_picture_that_is_kept_is_the_same_one_when_it_is_asked_for_again)
{
    int x[3];
    int y[3];
    const struct image *made = text_picture(engine, "zelfde", &haloed, one_line, 1, &x[0], &y[0]);
    struct image *copy = image_cut(made, 0, 0, made->width, made->height, NULL);
    text_picture_keep(engine);
    const struct image *kept = text_picture(engine, "zelfde", &haloed, one_line, 1, &x[1], &y[1]);
    struct text_look red = haloed;
    red.colour.red = 255;
    ck_assert_ptr_ne(kept, text_picture(engine, "zelfde", &red, one_line, 1, &x[2], &y[2]));
    ck_assert_ptr_eq(kept, text_picture(engine, "zelfde", &haloed, one_line, 1, &x[2], &y[2]));
    ck_assert_int_eq(x[0], x[1]);
    ck_assert_int_eq(y[0], y[1]);
    ck_assert_int_eq(kept->width, copy->width);
    ck_assert_int_eq(kept->height, copy->height);
    for (int row = 0; row < copy->height; row++) {
        ck_assert_mem_eq(kept->pixels + (ptrdiff_t)row * kept->stride_px,
                         copy->pixels + (ptrdiff_t)row * copy->stride_px, (size_t)copy->width * 4);
    }
    image_free(copy);
}
END_TEST

START_TEST(to_keep_a_picture_that_is_kept_or_none_changes_nothing)
{
    int x = 0;
    int y = 0;
    text_picture(engine, "weer", &haloed, one_line, 1, &x, &y);
    text_picture_keep(engine);
    text_picture_keep(engine);
    const struct image *kept = text_picture(engine, "weer", &haloed, one_line, 1, &x, &y);
    text_picture_keep(engine);
    ck_assert_ptr_eq(kept, text_picture(engine, "weer", &haloed, one_line, 1, &x, &y));
    ck_assert_ptr_null(text_picture(engine, " ", &haloed, one_line, 1, &x, &y));
    text_picture_keep(engine);
    ck_assert_ptr_eq(kept, text_picture(engine, "weer", &haloed, one_line, 1, &x, &y));
}
END_TEST

START_TEST(text_without_ink_has_no_picture)
{
    int x = 0;
    int y = 0;
    ck_assert_ptr_null(text_picture(engine, "", &plain, one_line, 1, &x, &y));
    ck_assert_ptr_null(text_picture(engine, "   ", &plain, one_line, 1, &x, &y));
    ck_assert_double_ge(text_measure(engine, "", &plain, one_line).height_px, 0);
}
END_TEST

START_TEST(a_text_of_ten_thousand_characters_is_cut)
{
    char *text = malloc(10001);
    memset(text, 'n', 10000);
    text[10000] = '\0';
    text[TEXT_LINE_MAX - 1] = '\0';
    struct text_size most = text_measure(engine, text, &plain, one_line);
    text[TEXT_LINE_MAX - 1] = 'n';
    struct text_size one = text_measure(engine, "n", &plain, one_line);
    struct text_size all = text_measure(engine, text, &plain, one_line);
    ck_assert_double_gt(all.width_px, most.width_px + 3);
    ck_assert_double_lt(all.width_px, most.width_px + 30); /* the ellipsis */
    /* In a paragraph there is room for more, but not for everything. */
    struct text_size wrapped = text_measure(engine, text, &plain, (struct text_box){.wrap_px = 500});
    ck_assert_int_gt(wrapped.line_count, 20);
    ck_assert_double_le(wrapped.line_count * 500, (TEXT_TOTAL_MAX + 100) * one.width_px);
    memset(text, '\n', 10000);
    ck_assert_int_le(text_measure(engine, text, &plain, one_line).line_count, 65);
    free(text);
}
END_TEST

START_TEST(bytes_that_are_not_text_are_replaced_and_drawn)
{
    static const char *const bad[] = {"\xff\xfe",
                                      "a\xc3",
                                      "\xed\xa0\x80",
                                      "\xf8\x88\x80\x80\x80",
                                      "\x1b[31m",
                                      "\xc0\xaf",
                                      "\xe2\x80\xae"
                                      "abc"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        ck_assert(!bbox_is_empty(ink_of_text(bad[i], &plain, 1)));
    }
    struct text_size plain_size = text_measure(engine, "ab", &plain, one_line);
    struct text_size controlled = text_measure(engine,
                                               "a\x01\x7f"
                                               "b",
                                               &plain, one_line);
    ck_assert_double_eq_tol(plain_size.width_px, controlled.width_px, 1e-9);
}
END_TEST

START_TEST(sizes_beyond_reason_are_kept_within_it)
{
    static const double sizes[] = {-5, 0, 1e-9, 1e9};
    for (size_t i = 0; i < 4; i++) {
        struct text_look look = haloed;
        look.size_px = sizes[i];
        look.halo_px = sizes[i];
        struct text_size size = text_measure(engine, "Maat", &look, one_line);
        ck_assert(size.height_px > 0 && size.height_px < 1000);
        int x = 0;
        int y = 0;
        text_picture(engine, "M", &look, one_line, 3, &x,
                     &y); /* as high as any, and drawn in a quarter of the time */
    }
}
END_TEST

START_TEST(letters_of_other_scripts_are_drawn_as_letters)
{
    static const char *const texts[] = {"مستشفى", "בית", "Łódź", "Ελλάδα", "Україна", "ไทย", "हिन्दी", "☢"};
    /* The box with the number of a missing letter is wide: six digits in two rows. */
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct text_size size = text_measure(engine, texts[i], &plain, one_line);
        ck_assert_double_gt(size.width_px, 5);
        ck_assert(!bbox_is_empty(ink_of_text(texts[i], &plain, 1)));
    }
}
END_TEST

START_TEST(characters_that_no_font_has_are_counted_and_named)
{
    static const char *const whole[] = {"",          "Ugs Noord", "Café", "e\xcc\x81\xcc\x82",
                                        "Łódź\n₂ ☢", "\x01\xff"};
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        const struct text_missing *missing = text_missing(engine, whole[i]);
        ck_assert_msg(!missing, "%s: %s", whole[i], missing ? missing->names : "");
    }
    for (int again = 0; again < 2; again++) {
        const struct text_missing *missing = text_missing(engine, "Brand \U0001F525 \U0001F525\nbij é");
        ck_assert_ptr_nonnull(missing);
        ck_assert_uint_eq(missing->count, 2);
        ck_assert_str_eq(missing->names, "U+1F525");
    }
    const struct text_missing *many = text_missing(engine, "𓀀𓀁𓀂𓀃𓀄𓀅");
    ck_assert_uint_eq(many->count, 6);
    ck_assert_str_eq(many->names, "U+13000, U+13001, U+13002, U+13003 …");
}
END_TEST

START_TEST(a_line_below_a_text_does_not_show_between_its_words)
{
    int x = 0;
    int y = 0;
    struct text_look look = haloed;
    look.size_px = 32; /* a blank is wider than two halos */
    struct text_size word = text_measure(engine, "700", &look, one_line);
    struct text_size both = text_measure(engine, "700 ", &look, one_line);
    const struct image *image = text_picture(engine, "700 m", &look, one_line, 2, &x, &y);
    int row = y + (int)(2 * (word.baseline_px - 0.34 * look.size_px));
    for (int column = x + (int)(2 * word.width_px); column < x + (int)(2 * both.width_px); column++) {
        ck_assert_uint_gt(image->pixels[row * image->stride_px + column] >> 24, 200);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("text");
    TCase *tests = tcase_create("text");
    tcase_add_checked_fixture(tests, open_engine, close_engine);
    tcase_add_test(tests, the_pinned_font_is_used);
    tcase_add_test(tests, sizes_are_positive_and_grow_with_text_and_size);
    tcase_add_test(tests, lines_are_broken_at_the_width_and_the_box_closes_round_them);
    tcase_add_test(tests, all_ink_lies_within_the_box_and_what_may_hang_out_of_it);
    tcase_add_test(tests, a_halo_reaches_as_far_as_said);
    tcase_add_test(tests, letters_are_the_same_with_and_without_halo);
    tcase_add_test(tests, two_engines_draw_the_same_pixels);
    tcase_add_test(tests, a_picture_that_is_kept_is_the_same_one_when_it_is_asked_for_again);
    tcase_add_test(tests, to_keep_a_picture_that_is_kept_or_none_changes_nothing);
    tcase_add_test(tests, text_without_ink_has_no_picture);
    tcase_add_test(tests, a_text_of_ten_thousand_characters_is_cut);
    tcase_add_test(tests, bytes_that_are_not_text_are_replaced_and_drawn);
    tcase_add_test(tests, sizes_beyond_reason_are_kept_within_it);
    tcase_add_test(tests, letters_of_other_scripts_are_drawn_as_letters);
    tcase_add_test(tests, characters_that_no_font_has_are_counted_and_named);
    tcase_add_test(tests, a_line_below_a_text_does_not_show_between_its_words);
    suite_add_tcase(suite, tests);
    return suite;
}
