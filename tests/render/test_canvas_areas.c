/*
 * test_canvas_areas.c - areas, hatches, holes and pictures: what is inside, and the same in neighbouring
 * windows.
 */
#include "geo/shape.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "tests/support/canvas_windows.h"
#include "tests/support/runner.h"

static void paint_fill(struct canvas *canvas, const void *what)
{
    /* Its edges lie outside the windows, so that only the pattern is seen. */
    struct point ring[] = {place(-900, -900), place(900, -900), place(900, 900), place(-900, 900),
                           place(-900, -900)};
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, ring, 5, false);
    canvas_fill(canvas, polygon, what);
    shape_free(polygon);
}

START_TEST(a_hatch_in_neighbouring_windows_is_one_hatch)
{
    for (int kind = FILL_FLAT; kind <= FILL_STIPPLE; kind++) {
        for (int angle = -90; angle <= 135; angle += 15) {
            struct fill fill = {.kind = (enum fill_kind)kind,
                                .colour = {160, 20, 40, 200},
                                .background = {255, 230, 200, 100},
                                .angle_deg = angle,
                                .spacing_px = 5 + angle % 4 * 1.3,
                                .width_px = 1.5};
            ck_assert_int_eq(mosaic(1 + kind % 3, paint_fill, &fill), 0);
        }
    }
}
END_TEST

START_TEST(a_hatch_covers_the_share_that_its_numbers_say)
{
    for (int angle = 0; angle < 180; angle += 15) {
        struct fill fill = {
            .kind = FILL_HATCH, .colour = {0, 0, 0, 255}, .angle_deg = angle, .spacing_px = 8, .width_px = 2};
        struct image *image = paint((struct pixel_box){LEFT, TOP, 2 * SIDE, 2 * SIDE}, 1, paint_fill, &fill);
        double dark = 0;
        for (int i = 0; i < image->width * image->height; i++) {
            dark += 1 - (image->pixels[i] & 0xff) / 240.0;
        }
        ck_assert_double_eq_tol(dark / (4 * SIDE * SIDE), 0.25, 0.04);
        image_free(image);
    }
}
END_TEST

static void paint_ring_with_hole(struct canvas *canvas, const void *what)
{
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    struct point outer[] = {place(20, 20), place(220, 20), place(220, 220), place(20, 220), place(20, 20)};
    struct point hole[] = {place(60, 60), place(180, 60), place(180, 180), place(60, 180), place(60, 60)};
    shape_add_part(polygon, outer, 5, false);
    shape_add_part(polygon, hole, 5, true); /* turns the same way as the outer ring */
    canvas_fill(canvas, polygon, what);
    shape_free(polygon);
}

START_TEST(a_hole_is_a_hole_whichever_way_it_turns)
{
    struct fill fill = {.kind = FILL_FLAT, .colour = {0, 0, 0, 255}};
    struct image *image = paint((struct pixel_box){LEFT, TOP, 240, 240}, 1, paint_ring_with_hole, &fill);
    ck_assert_uint_eq(image->pixels[40 * 240 + 40], 0xff000000u);
    ck_assert_uint_eq(image->pixels[120 * 240 + 120], GROUND_DOT);
    ck_assert_int_eq(count_painted(image), 200 * 200 - 120 * 120);
    image_free(image);
    ck_assert_int_eq(mosaic(2, paint_ring_with_hole, &fill), 0);
}
END_TEST

static struct image *paint_edge(bool is_hole, bool is_turned)
{
    struct line_look look = {.stroke_count = 1,
                             .strokes = {{.width_px = 2, .offset_px = 9, .colour = {0, 0, 0, 255}}},
                             .marks = {.mark = LINE_MARK_TRIANGLE,
                                       .size_px = 9,
                                       .spacing_px = 20,
                                       .side = LINE_SIDE_RIGHT,
                                       .colour = {0, 0, 0, 255}}};
    struct point ring[] = {place(60, 60), place(180, 60), place(180, 180), place(60, 180), place(60, 60)};
    struct point turned[] = {ring[0], ring[3], ring[2], ring[1], ring[0]};
    struct shape *polygon = shape_new(SHAPE_POLYGON);
    shape_add_part(polygon, is_turned ? turned : ring, 5, is_hole);
    struct canvas *canvas = canvas_new_picture((struct pixel_box){LEFT, TOP, 240, 240}, 1, engine, NULL);
    canvas_line(canvas, polygon, &look);
    struct image *image = canvas_take_picture(canvas, NULL);
    canvas_free(canvas);
    shape_free(polygon);
    return image;
}

START_TEST(the_right_side_of_an_edge_is_inside_whichever_way_the_ring_turns)
{
    for (int way = 0; way < 4; way++) {
        bool is_hole = way / 2 == 1;
        struct image *image = paint_edge(is_hole, way % 2 == 1);
        int inside = 0;
        int outside = 0;
        for (int i = 0; i < 240 * 240; i++) {
            bool is_within = i % 240 >= 60 && i % 240 < 180 && i / 240 >= 60 && i / 240 < 180;
            inside += image->pixels[i] != 0 && is_within;
            outside += image->pixels[i] != 0 && !is_within;
        }
        ck_assert_int_gt(is_hole ? outside : inside, 1000);
        ck_assert_int_eq(is_hole ? inside : outside, 0);
        image_free(image);
    }
}
END_TEST

static void paint_layers(struct canvas *canvas, const void *what)
{
    const struct colour *colours = what;
    for (int i = 0; i < 3; i++) {
        struct fill fill = {.kind = FILL_FLAT, .colour = colours[i]};
        paint_fill(canvas, &fill);
    }
    canvas_fill_box(canvas, (struct bbox){LEFT + 70.5, TOP + 90, LEFT + 150, TOP + 150}, colours[0]);
}

/** A group that is opaque is laid on dot by dot. */
static void paint_layers_in_group(struct canvas *canvas, const void *what)
{
    canvas_begin_group(canvas, canvas_window(canvas), 1);
    paint_layers(canvas, what);
    canvas_end_group(canvas);
}

START_TEST(areas_over_all_of_a_picture_are_as_if_each_dot_had_been_painted)
{
    static const struct colour looks[][3] = {
        {{10, 120, 60, 255}, {200, 30, 90, 255}, {0, 0, 255, 100}},
        {{10, 120, 60, 90}, {200, 30, 90, 33}, {0, 0, 255, 100}},
        {{10, 120, 60, 90}, {0, 0, 0, 0}, {40, 90, 255, 255}},
    };
    struct pixel_box box = {LEFT, TOP, 2 * SIDE, SIDE};
    for (size_t i = 0; i < sizeof looks / sizeof looks[0]; i++) {
        struct image *plain = paint(box, 2, paint_layers, looks[i]);
        struct image *in_group = paint(box, 2, paint_layers_in_group, looks[i]);
        ck_assert_int_eq(difference_of(plain, in_group), 0);
        ck_assert_int_eq(mosaic(1, paint_layers, looks[i]), 0);
        image_free(plain);
        image_free(in_group);
    }
}
END_TEST

START_TEST(a_picture_is_stretched_over_its_box)
{
    struct image *source = image_new(2, 1, NULL);
    source->pixels[0] = 0xffff0000u;
    source->pixels[1] = 0xff00ff00u;
    struct canvas *canvas = canvas_new_picture((struct pixel_box){LEFT, TOP, 40, 20}, 1, engine, NULL);
    canvas_image(canvas, source, (struct bbox){LEFT + 10, TOP + 5, LEFT + 30, TOP + 15}, false);
    struct image *image = canvas_take_picture(canvas, NULL);
    ck_assert_uint_eq(image->pixels[10 * 40 + 12], 0xffff0000u);
    ck_assert_uint_eq(image->pixels[10 * 40 + 28], 0xff00ff00u);
    ck_assert_uint_eq(image->pixels[10 * 40 + 9], 0);
    ck_assert_uint_eq(image->pixels[15 * 40 + 20], 0);
    image_free(image);
    image_free(source);
    canvas_free(canvas);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("canvas_areas");
    TCase *tests = tcase_create("canvas_areas");
    tcase_add_unchecked_fixture(tests, open_engine, close_engine);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_hatch_in_neighbouring_windows_is_one_hatch);
    tcase_add_test(tests, a_hatch_covers_the_share_that_its_numbers_say);
    tcase_add_test(tests, a_hole_is_a_hole_whichever_way_it_turns);
    tcase_add_test(tests, the_right_side_of_an_edge_is_inside_whichever_way_the_ring_turns);
    tcase_add_test(tests, areas_over_all_of_a_picture_are_as_if_each_dot_had_been_painted);
    tcase_add_test(tests, a_picture_is_stretched_over_its_box);
    suite_add_tcase(suite, tests);
    return suite;
}
