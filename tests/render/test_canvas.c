/*
 * test_canvas.c - what is painted in neighbouring windows is what is painted in one.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol_set.h"
#include "tests/support/canvas_windows.h"
#include "tests/support/effort.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static int channel_difference(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int difference = abs((int)(a >> shift & 0xff) - (int)(b >> shift & 0xff));
        most = difference > most ? difference : most;
    }
    return most;
}

static struct line_look looks_of(int number)
{
    static const struct line_look looks[] = {
        {.stroke_count = 1, .strokes = {{.width_px = 3, .colour = {0, 0, 0, 255}}}},
        {.stroke_count = 1,
         .strokes = {{.width_px = 3, .colour = {0, 0, 0, 128}, .dash_px = {7, 4}, .dash_count = 2}}},
        {.stroke_count = 1,
         .strokes = {{.width_px = 2,
                      .offset_px = 5,
                      .colour = {0, 0, 0, 255},
                      .dash_px = {9, 3, 1},
                      .dash_count = 3,
                      .cap = STROKE_CAP_ROUND}}},
        {.stroke_count = 1,
         .strokes = {{.width_px = 2, .colour = {0, 0, 0, 255}}},
         .marks = {LINE_MARK_TRIANGLE, 9, 23, 5, LINE_SIDE_LEFT, {0, 0, 200, 255}}},
        {.stroke_count = 2,
         .strokes = {{.width_px = 8, .colour = {200, 0, 0, 90}, .join = STROKE_JOIN_MITER},
                     {.width_px = 1, .offset_px = -6, .colour = {0, 0, 0, 255}}},
         .marks = {LINE_MARK_CROSS, 9, 31, 5, LINE_SIDE_BOTH, {0, 0, 200, 255}},
         .start = LINE_END_DOT,
         .end = LINE_END_ARROW,
         .end_size_px = 14,
         .end_colour = {200, 0, 0, 255}},
        {.stroke_count = 2,
         .strokes = {{.width_px = 6, .colour = {0, 0, 0, 255}, .dash_px = {14, 8}, .dash_count = 2},
                     {.width_px = 3,
                      .colour = {255, 255, 255, 255},
                      .dash_px = {12, 10},
                      .dash_count = 2,
                      .phase_px = 21}},
         .marks = {.mark = LINE_MARK_SQUARE,
                   .size_px = 8,
                   .spacing_px = 30,
                   .side = LINE_SIDE_RIGHT,
                   .colour = {0, 0, 0, 255},
                   .orient = MARK_UPRIGHT,
                   .is_hollow = true},
         .start = LINE_END_BAR,
         .end = LINE_END_OPEN_ARROW,
         .end_size_px = 12,
         .end_colour = {0, 0, 0, 255},
         .has_hollow_ends = true,
         .halo = {255, 200, 200, 255},
         .halo_px = 2},
        {.stroke_count = 1,
         .strokes = {{.width_px = 2, .offset_px = 7, .colour = {0, 0, 0, 255}}},
         .signs = {.mark = LINE_MARK_GLYPH,
                   .size_px = 14,
                   .spacing_px = 33,
                   .side = LINE_SIDE_LEFT,
                   .colour = {0, 0, 200, 255},
                   .background = {255, 255, 255, 255},
                   .glyph = "<path d=\"M3 12h18\"/>"},
         .halo = {255, 255, 255, 255},
         .halo_px = 1.5},
    };
    return looks[number];
}

#define LOOK_COUNT 7

/** A line that goes in and out of all four windows, and far away in between. */
static void paint_line(struct canvas *canvas, const void *what)
{
    struct point points[302];
    for (int i = 0; i < 300; i++) {
        double angle = i * 0.11;
        double radius = 20 + i * 0.45;
        points[i] = place(SIDE + radius * cos(angle), SIDE + radius * sin(angle));
    }
    points[300] = place(-3000000, 90);
    points[301] = place(70, 130);
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, points, 302, false);
    canvas_line(canvas, line, what);
    shape_free(line);
}

START_TEST(lines_dashes_and_marks_go_on_across_an_edge)
{
    for (int number = 0; number < LOOK_COUNT; number++) {
        struct line_look look = looks_of(number);
        for (int ratio = 1; ratio <= 2; ratio++) {
            ck_assert_msg(mosaic(ratio, paint_line, &look) == 0, "look %d at %dx", number, ratio);
        }
    }
}
END_TEST

static void paint_ring(struct canvas *canvas, const void *what)
{
    struct point ring[61];
    for (int i = 0; i <= 60; i++) {
        double angle = i % 60 * M_PI / 30;
        double radius = 90 + i % 2 * 12;
        ring[i] = place(SIDE + radius * cos(angle), SIDE - 8 + radius * sin(angle));
    }
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, ring, 61, false);
    canvas_line(canvas, polygon, what);
    shape_free(polygon);
}

START_TEST(an_outline_is_closed_in_every_window)
{
    for (int number = 0; number < LOOK_COUNT; number++) {
        struct line_look look = looks_of(number);
        ck_assert_msg(mosaic(1, paint_ring, &look) == 0, "look %d", number);
    }
}
END_TEST

/** Anything, with a look. */
struct random_shape {
    struct line_look look;
    uint64_t random;
};

static void paint_random(struct canvas *canvas, const void *what)
{
    const struct random_shape *wanted = what;
    uint64_t random = wanted->random;
    bool is_ring = random_between(&random, 0, 1) < 0.5;
    double reach = random_between(&random, 0, 1) < 0.2 ? 5e5 : random_between(&random, 5, 200);
    size_t count = 3 + (size_t)random_between(&random, 0, 20);
    struct point points[24];
    for (size_t i = 0; i < count; i++) {
        points[i] = place(SIDE + random_between(&random, -reach, reach),
                          SIDE + random_between(&random, -reach, reach));
    }
    points[count] = points[0];
    struct shape *shape = shape_new(is_ring ? SHAPE_POLYGON : SHAPE_LINE);
    shape_add_part(shape, points, is_ring ? count + 1 : count, false);
    struct fill hatch = {
        .kind = FILL_CROSS, .colour = {90, 0, 0, 200}, .angle_deg = 30, .spacing_px = 7, .width_px = 1};
    if (is_ring) {
        canvas_fill(canvas, shape, &hatch);
    }
    canvas_line(canvas, shape, &wanted->look);
    shape_free(shape);
}

/* So many segments across each other that most of the paint makes no difference. */
static void paint_tangle(struct canvas *canvas, const void *what)
{
    uint64_t random = 3;
    struct point points[4000];
    for (size_t i = 0; i < 4000; i++) {
        points[i] = place(random_between(&random, 0, 2 * SIDE), random_between(&random, -20, 2 * SIDE));
    }
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, points, 4000, false);
    canvas_line(canvas, shape, what);
    shape_free(shape);
}

START_TEST(a_tangle_is_the_same_on_both_sides_of_an_edge)
{
    for (int i = 0; i < LOOK_COUNT; i++) {
        struct line_look look = looks_of(i);
        ck_assert_msg(mosaic(1, paint_tangle, &look) == 0, "look %d", i);
    }
}
END_TEST

START_TEST(whatever_is_painted_goes_on_across_an_edge)
{
    for (int i = 0; i < test_rounds(60) * LOOK_COUNT; i++) {
        struct random_shape wanted = {looks_of(i % LOOK_COUNT), (uint64_t)i + 1};
        ck_assert_msg(mosaic(1 + i % 3, paint_random, &wanted) == 0, "shape %d", i);
    }
}
END_TEST

/** A line in one piece, and cut in two pieces that know how far along they start. */
static void paint_pieces(struct canvas *canvas, const void *what)
{
    const struct stroke *stroke = what;
    struct point points[] = {place(10, 30), place(150, 50), place(230, 200)};
    if (stroke->offset_px == 0) {
        canvas_stroke(canvas, points, 3, false, 0, stroke);
        return;
    }
    struct stroke plain = *stroke;
    plain.offset_px = 0;
    canvas_stroke(canvas, points, 2, false, 0, &plain);
    canvas_stroke(canvas, points + 1, 2, false, point_distance(points[0], points[1]), &plain);
}

START_TEST(a_halo_lies_below_every_part)
{
    struct line_look look = looks_of(5);
    struct shape *line = shape_new(SHAPE_LINE);
    struct point points[] = {place(20, 120), place(220, 120)};
    shape_add_part(line, points, 2, false);
    struct image *images[2];
    for (int i = 0; i < 2; i++) {
        struct canvas *canvas = canvas_new_picture((struct pixel_box){LEFT, TOP, 240, 240}, 1, engine, NULL);
        look.halo.alpha = i == 0 ? 0 : 255;
        canvas_line(canvas, line, &look);
        images[i] = canvas_take_picture(canvas, NULL);
        canvas_free(canvas);
    }
    int around = 0;
    for (int i = 0; i < 240 * 240; i++) {
        bool is_opaque = images[0]->pixels[i] >> 24 == 255;
        ck_assert(!is_opaque || images[0]->pixels[i] == images[1]->pixels[i]);
        around += images[0]->pixels[i] == 0 && images[1]->pixels[i] != 0;
    }
    ck_assert_int_gt(around, 500);
    image_free(images[0]);
    image_free(images[1]);
    shape_free(line);
}
END_TEST

START_TEST(dashes_of_a_later_piece_are_in_phase)
{
    struct stroke stroke = {.width_px = 2, .colour = {0, 0, 0, 255}, .dash_px = {10, 6}, .dash_count = 2};
    struct pixel_box box = {LEFT, TOP, 240, 240};
    struct image *whole = paint(box, 1, paint_pieces, &stroke);
    stroke.offset_px = 1;
    struct image *pieces = paint(box, 1, paint_pieces, &stroke);
    int different = 0;
    for (int i = 0; i < 240 * 240; i++) {
        different += channel_difference(whole->pixels[i], pieces->pixels[i]) > 40;
    }
    ck_assert_int_le(different, 4); /* the corner itself */
    ck_assert_int_gt(count_painted(whole), 300);
    image_free(whole);
    image_free(pieces);
}
END_TEST

START_TEST(paint_of_a_line_stays_within_its_declared_reach)
{
    for (int number = 0; number < LOOK_COUNT; number++) {
        struct line_look look = looks_of(number);
        struct shape *line = shape_new(SHAPE_LINE);
        struct point points[] = {place(100, 100), place(140, 100), place(110, 108), place(150, 140)};
        shape_add_part(line, points, 4, false);
        struct canvas *canvas = canvas_new_picture((struct pixel_box){LEFT, TOP, 240, 240}, 1, engine, NULL);
        canvas_line(canvas, line, &look);
        struct image *image = canvas_take_picture(canvas, NULL);
        struct bbox reach = bbox_grow(line->box, line_look_reach_px(&look) + 1);
        for (int i = 0; i < 240 * 240; i++) {
            struct point dot = {LEFT + i % 240 + 0.5, TOP + i / 240 + 0.5};
            ck_assert_msg(image->pixels[i] == 0 || bbox_contains_point(reach, dot), "look %d", number);
        }
        image_free(image);
        canvas_free(canvas);
        shape_free(line);
    }
}
END_TEST

static void paint_labels(struct canvas *canvas, const void *what)
{
    struct text_look look = {
        .size_px = 12, .colour = {0, 0, 0, 255}, .halo = {255, 255, 255, 220}, .halo_px = 1.5};
    for (int i = 0; i < 12; i++) {
        canvas_text(canvas, "Zevenbergschen Hoek", &look, (struct text_box){0},
                    place(i * 17.3 - 40, i * 19.7 + 0.4));
    }
}

START_TEST(labels_on_an_edge_are_whole)
{
    for (int ratio = 1; ratio <= 3; ratio++) {
        ck_assert_int_eq(mosaic(ratio, paint_labels, NULL), 0);
    }
}
END_TEST

static void paint_symbols(struct canvas *canvas, const void *what)
{
    struct symbol_cache *cache = symbol_cache_new();
    struct symbol_code code = {.set = "nl", .version = 1};
    for (int i = 0; i < 20; i++) {
        code.rotation_deg = i * 20;
        struct symbol_picture *symbol =
            symbol_cache_get(cache, NULL, &code, DETAIL_FULL, PALETTE_DEFAULT, 0.8 + i * 0.03, NULL);
        canvas_symbol(canvas, symbol, place(i * 13.7 - 5, 240 - i * 12.1));
    }
    symbol_cache_free(cache);
}

START_TEST(symbols_on_an_edge_are_whole)
{
    for (int ratio = 1; ratio <= 3; ratio++) {
        ck_assert_int_eq(mosaic(ratio, paint_symbols, NULL), 0);
    }
}
END_TEST

static void paint_group(struct canvas *canvas, const void *what)
{
    const double *opacity = what;
    struct bbox box = {LEFT + 30, TOP + 40, LEFT + 200, TOP + 210};
    canvas_begin_group(canvas, box, *opacity);
    paint_labels(canvas, NULL);
    canvas_fill_box(canvas, (struct bbox){LEFT, TOP, LEFT + 120, TOP + 120}, (struct colour){255, 0, 0, 255});
    canvas_fill_box(canvas, (struct bbox){LEFT + 60, TOP + 60, LEFT + 240, TOP + 240},
                    (struct colour){0, 0, 255, 255});
    canvas_end_group(canvas);
}

START_TEST(a_group_is_cut_to_its_box_and_laid_down_as_one)
{
    double opacity = 0.5;
    struct image *image = paint((struct pixel_box){LEFT, TOP, 240, 240}, 1, paint_group, &opacity);
    ck_assert_uint_eq(image->pixels[10 * 240 + 10], GROUND_DOT);
    ck_assert_uint_eq(image->pixels[215 * 240 + 100], GROUND_DOT);
    /* Where blue lies on red nothing of the red is seen. */
    uint32_t both = image->pixels[118 * 240 + 62];
    uint32_t blue = image->pixels[205 * 240 + 190];
    ck_assert_int_le(channel_difference(both, blue), 1);
    ck_assert_int_le(channel_difference(blue, 0xff7c7bf7u), 1);
    image_free(image);
    ck_assert_int_eq(mosaic(2, paint_group, &opacity), 0);
}
END_TEST

START_TEST(a_group_out_of_sight_paints_nothing)
{
    struct canvas *canvas = canvas_new_picture((struct pixel_box){LEFT, TOP, 20, 20}, 1, engine, NULL);
    canvas_begin_group(canvas, (struct bbox){0, 0, 100, 100}, 0.3);
    canvas_begin_group(canvas, bbox_empty(), 1);
    canvas_fill_all(canvas, (struct colour){255, 0, 0, 255});
    canvas_end_group(canvas);
    canvas_end_group(canvas);
    struct image *image = canvas_take_picture(canvas, NULL);
    for (int i = 0; i < 400; i++) {
        ck_assert_uint_eq(image->pixels[i], 0);
    }
    image_free(image);
    canvas_free(canvas);
}
END_TEST

START_TEST(numbers_beyond_reason_paint_nothing_and_break_nothing)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1e300, -1e300, 1e-310};
    struct text_look text = {.size_px = 12, .colour = {0, 0, 0, 255}};
    struct fill hatch = {.kind = FILL_CROSS, .colour = {0, 0, 0, 255}, .angle_deg = 17};
    struct canvas *canvas = canvas_new_picture((struct pixel_box){LEFT, TOP, 240, 240}, 1, engine, NULL);
    for (int i = 0; i < 36; i++) {
        struct point p = {bad[i % 6], bad[i / 6]};
        struct point points[] = {p, place(10, 10), {p.y, p.x}, place(20, 200), p};
        for (int kind = SHAPE_LINE; kind <= SHAPE_POLYGON; kind++) {
            struct shape *shape = shape_new((enum shape_kind)kind);
            shape_add_part(shape, points, 5, false);
            for (int number = 0; number < LOOK_COUNT; number++) {
                struct line_look look = looks_of(number);
                canvas_line(canvas, shape, &look);
            }
            canvas_fill(canvas, shape, &hatch);
            shape_free(shape);
        }
        canvas_text(canvas, "x", &text, (struct text_box){0}, p);
        canvas_fill_box(canvas, (struct bbox){p.x, p.y, p.y, p.x}, (struct colour){0, 0, 0, 255});
    }
    struct image *image = canvas_take_picture(canvas, NULL);
    ck_assert_ptr_nonnull(image);
    image_free(image);
    canvas_free(canvas);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("canvas");
    TCase *tests = tcase_create("canvas");
    tcase_add_unchecked_fixture(tests, open_engine, close_engine);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, lines_dashes_and_marks_go_on_across_an_edge);
    tcase_add_test(tests, an_outline_is_closed_in_every_window);
    tcase_add_test(tests, whatever_is_painted_goes_on_across_an_edge);
    tcase_add_test(tests, a_tangle_is_the_same_on_both_sides_of_an_edge);
    tcase_add_test(tests, a_halo_lies_below_every_part);
    tcase_add_test(tests, dashes_of_a_later_piece_are_in_phase);
    tcase_add_test(tests, paint_of_a_line_stays_within_its_declared_reach);
    tcase_add_test(tests, labels_on_an_edge_are_whole);
    tcase_add_test(tests, symbols_on_an_edge_are_whole);
    tcase_add_test(tests, a_group_is_cut_to_its_box_and_laid_down_as_one);
    tcase_add_test(tests, a_group_out_of_sight_paints_nothing);
    tcase_add_test(tests, numbers_beyond_reason_paint_nothing_and_break_nothing);
    suite_add_tcase(suite, tests);
    return suite;
}
