/*
 * test_text_along.c - letters that follow a line: legible, in their place, whatever the line.
 */
#include "render/text/text_along.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/segment.h"
#include "render/canvas/image.h"
#include "render/text/text_along_internal.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define EM_PX 12.0

static struct text_engine *engine;
static struct text_alongs texts;
static struct text_along_wish wish;

static void setup(void)
{
    struct fault fault = {0};
    engine = text_engine_new(&fault);
    ck_assert_msg(engine != NULL, "%s", fault.message);
    texts = (struct text_alongs){.count = 0};
    wish = (struct text_along_wish){
        .text = "Stoplijn 2",
        .look = {.size_px = EM_PX, .colour = {0, 0, 0, 255}, .halo = {255, 255, 255, 255}, .halo_px = 1.5},
        .most = 100,
        .near = bbox_empty(),
        .frame = bbox_empty()};
}

static void teardown(void)
{
    text_alongs_finish(&texts);
    text_engine_free(engine);
    engine = NULL;
}

static size_t set(const struct point *points, size_t count, bool is_closed)
{
    text_alongs_finish(&texts);
    text_along_set(engine, &wish, points, count, is_closed, &texts);
    return texts.count;
}

static double degrees_of(const struct text_letter *letter)
{
    return letter->turn * 360 / TEXT_LETTER_TURNS;
}

static struct point place_of(const struct text_along *text, size_t letter)
{
    return (struct point){text->place.x + text->letters[letter].x / TEXT_LETTER_UNITS,
                          text->place.y + text->letters[letter].y / TEXT_LETTER_UNITS};
}

static double distance_to(struct point place, const struct point *points, size_t count)
{
    double least = INFINITY;
    for (size_t i = 0; i + 1 < count; i++) {
        least = fmin(least, segment_distance_squared(place, points[i], points[i + 1]));
    }
    return sqrt(least);
}

/** A straight line of a length from a middle, in a direction. */
static void ray(struct point middle, double angle_deg, double length, struct point line[static 2])
{
    double x = cos(angle_deg * M_PI / 180) * length / 2;
    double y = sin(angle_deg * M_PI / 180) * length / 2;
    line[0] = (struct point){middle.x - x, middle.y - y};
    line[1] = (struct point){middle.x + x, middle.y + y};
}

/** An arc of a circle. */
static size_t arc(struct point *points, size_t count, double radius, double from_deg, double to_deg)
{
    for (size_t i = 0; i < count; i++) {
        double angle = (from_deg + (to_deg - from_deg) * (double)i / (double)(count - 1)) * M_PI / 180;
        points[i] = (struct point){1000 + radius * cos(angle), 1000 + radius * sin(angle)};
    }
    return count;
}

START_TEST(no_text_is_upside_down_whatever_the_direction_of_its_line)
{
    for (int angle = 0; angle < 3600; angle++) {
        struct point line[2];
        ray((struct point){500.3, 300.7}, angle / 10.0, 300, line);
        ck_assert_uint_eq(set(line, 2, false), 1);
        const struct text_along *text = texts.items[0];
        double first = place_of(text, 0).x;
        double last = place_of(text, text->letter_count - 1).x;
        double degrees = degrees_of(&text->letters[0]);
        ck_assert_msg(degrees >= -93.1 && degrees <= 87.1, "%.1f: turned by %.1f degrees", angle / 10.0,
                      degrees);
        ck_assert_msg(last > first || fabs(degrees + 90) < 3.2, "%.1f: reads to the left", angle / 10.0);
    }
}
END_TEST

START_TEST(lines_that_are_all_but_upright_are_read_upward)
{
    static const double angles[] = {88, 90, 92, 268, 270, 272};
    for (int i = 0; i < 6; i++) {
        struct point line[2];
        ray((struct point){0, 0}, angles[i], 300, line);
        ck_assert_uint_eq(set(line, 2, false), 1);
        ck_assert_double_lt(place_of(texts.items[0], 9 - 1).y, place_of(texts.items[0], 0).y);
    }
}
END_TEST

START_TEST(no_letter_of_a_text_round_a_circle_stands_on_its_head)
{
    struct point ring[200];
    for (double radius = 20; radius < 400; radius *= 1.2) {
        for (int start = 0; start < 360; start += 15) {
            arc(ring, 200, radius, start, start + 360);
            ring[199] = ring[0];
            set(ring, 200, true);
            for (size_t i = 0; texts.count > 0 && i < texts.items[0]->letter_count; i++) {
                ck_assert_double_lt(fabs(degrees_of(&texts.items[0]->letters[i])), 100.1);
            }
        }
        ck_assert(radius < 60 || texts.count == 1);
    }
}
END_TEST

START_TEST(letters_stay_on_the_curve)
{
    struct point points[400];
    for (size_t i = 0; i < 400; i++) {
        points[i] = (struct point){(double)i * 2, 60 * sin((double)i / 40)};
    }
    wish.spacing_px = 120;
    ck_assert_uint_gt(set(points, 400, false), 4);
    for (size_t i = 0; i < texts.count; i++) {
        for (size_t j = 0; j < texts.items[i]->letter_count; j++) {
            ck_assert_double_lt(distance_to(place_of(texts.items[i], j), points, 400), 2.0);
        }
    }
}
END_TEST

START_TEST(a_text_beside_a_line_keeps_its_distance_and_its_side)
{
    struct point points[100];
    size_t count = arc(points, 100, 150, 200, 340); /* clockwise on the screen: the middle is to its right */
    wish.clear_px = 5;
    for (int side = LINE_SIDE_LEFT; side <= LINE_SIDE_RIGHT; side++) {
        wish.side = (enum line_side)side;
        ck_assert_uint_eq(set(points, count, false), 1);
        for (size_t j = 0; j < texts.items[0]->letter_count; j++) {
            struct point place = place_of(texts.items[0], j);
            double radius = point_distance(place, (struct point){1000, 1000});
            double aside = (radius - 150) * (side == LINE_SIDE_LEFT ? 1 : -1);
            ck_assert_double_ge(aside, 5 + 0.5 * EM_PX - 1.5);
            ck_assert_double_le(aside, 5 + 0.6 * EM_PX + 1.5);
        }
    }
}
END_TEST

/** The corners of the box of ink of each letter, as the picture of it alone has it, are not asked for: two
 * letters that run into each other have less ink together than each alone. */
static size_t ink_count(const struct text_along *text)
{
    int x;
    int y;
    size_t count = 0;
    const struct image *image = text_along_picture(engine, text, 3, &x, &y);
    ck_assert_ptr_nonnull(image);
    for (int i = 0; i < image->width * image->height; i++) {
        count += image->pixels[i] >> 24 > 127;
    }
    return count;
}

START_TEST(letters_do_not_run_into_each_other_on_bends)
{
    struct point points[200];
    wish.look.halo.alpha = 0;
    struct point straight[] = {{0, 0}, {400, 0}};
    wish.text = "HMHMHMHMHMHM";
    ck_assert_uint_eq(set(straight, 2, false), 1);
    size_t apart = ink_count(texts.items[0]);
    int set_count = 0;
    for (double radius = 10; radius < 300; radius *= 1.1) {
        arc(points, 200, radius, 180, 360);
        for (int side = LINE_SIDE_CENTRE; side <= LINE_SIDE_RIGHT; side++) {
            wish.side = (enum line_side)side;
            if (set(points, 200, false) == 1) {
                double share = (double)ink_count(texts.items[0]) / (double)apart;
                ck_assert_msg(share > 0.97, "radius %.0f, side %d: %.3f of the ink", radius, side, share);
                set_count++;
            }
        }
    }
    ck_assert_int_gt(set_count, 15);
}
END_TEST

START_TEST(there_is_no_text_on_sharp_bends_and_short_lines)
{
    struct point zigzag[40];
    for (int i = 0; i < 40; i++) {
        zigzag[i] = (struct point){i * 12, i % 2 * 30};
    }
    ck_assert_uint_eq(set(zigzag, 40, false), 0);
    struct point points[200];
    ck_assert_uint_eq(set(points, arc(points, 200, 12, 0, 355), false), 0);
    struct point shorter[] = {{0, 0}, {40, 0}};
    ck_assert_uint_eq(set(shorter, 2, false), 0);
}
END_TEST

START_TEST(a_corner_is_left_for_the_straight_beside_it)
{
    struct point corner[] = {{0, 0}, {100, 0}, {100, 400}};
    ck_assert_uint_eq(set(corner, 3, false), 1);
    for (size_t i = 0; i + 1 < texts.items[0]->letter_count; i++) {
        ck_assert_int_eq(texts.items[0]->letters[i].turn, texts.items[0]->letters[i + 1].turn);
    }
}
END_TEST

START_TEST(degenerate_lines_get_no_text_and_do_no_harm)
{
    struct point same[] = {{5, 5}, {5, 5}, {5, 5}};
    struct point nan[] = {{0, 0}, {NAN, 3}, {400, 0}};
    struct point far[] = {{0, 0}, {INFINITY, 0}};
    ck_assert_uint_eq(set(same, 3, false), 0);
    ck_assert_uint_eq(set(same, 3, true), 0);
    ck_assert_uint_eq(set(same, 1, false), 0);
    ck_assert_uint_eq(set(same, 0, false), 0);
    ck_assert_uint_eq(set(nan, 3, false), 0);
    ck_assert_uint_eq(set(far, 2, false), 0);
    struct point line[] = {{0, 0}, {0, 0}, {400, 0}, {400, 0}};
    ck_assert_uint_eq(set(line, 4, false), 1);
    wish.text = " \n ";
    ck_assert_uint_eq(set(line, 4, false), 0);
    wish.text = "";
    ck_assert_uint_eq(set(line, 4, false), 0);
    wish.text = "\xFF\xFE";
    ck_assert_uint_eq(set(line, 4, false), 1);
}
END_TEST

START_TEST(a_line_of_a_hundred_thousand_points_gets_its_texts)
{
    enum { COUNT = 100000 };
    uint64_t random = 5;
    struct point *points = memory_new(COUNT, sizeof *points);
    for (size_t i = 0; i < COUNT; i++) {
        points[i] = (struct point){(double)i * 0.5 + random_between(&random, -0.5, 0.5),
                                   40 * sin((double)i / 300) + random_between(&random, -0.5, 0.5)};
    }
    wish.spacing_px = 200;
    ck_assert_uint_ge(set(points, COUNT, false), 95);
    ck_assert_uint_le(texts.count, 100); /* no more than were asked for */
    wish.most = 1000;
    ck_assert_uint_ge(set(points, COUNT, false), 230);
    free(points);
}
END_TEST

START_TEST(repeated_texts_keep_their_spacing)
{
    struct point line[] = {{0, 0}, {3000, 700}};
    wish.spacing_px = 300;
    ck_assert_uint_eq(set(line, 2, false), 10);
    for (size_t i = 0; i + 1 < texts.count; i++) {
        double apart = point_distance(texts.items[i]->place, texts.items[i + 1]->place);
        ck_assert_double_eq_tol(apart, 308, 2);
    }
}
END_TEST

START_TEST(what_is_asked_for_near_a_box_is_what_all_of_the_line_has_there)
{
    uint64_t random = 17;
    struct point points[300];
    for (size_t i = 0; i < 300; i++) {
        points[i] = (struct point){(double)i * 20 + random_between(&random, 0, 15),
                                   200 * sin((double)i / 17) + random_between(&random, 0, 15)};
    }
    wish.spacing_px = 150;
    set(points, 300, false);
    struct text_alongs all = texts;
    texts = (struct text_alongs){.count = 0};
    wish.near = (struct bbox){1500, -150, 3300, 400};
    ck_assert_uint_gt(set(points, 300, false), 3);
    size_t found = 0;
    for (size_t i = 0; i < all.count; i++) {
        if (bbox_contains_point(wish.near, all.items[i]->place)) {
            ck_assert(text_along_equals(all.items[i], texts.items[found]));
            found++;
        }
    }
    ck_assert_uint_eq(found, texts.count);
    text_alongs_finish(&all);
}
END_TEST

/** A line that wanders through some 3000 x 600 px. */
static void wander(uint64_t *random, struct point *points, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        points[i] = (struct point){(double)i * 3000 / (double)count + random_between(random, 0, 12),
                                   300 + 250 * sin((double)i / 15) + random_between(random, 0, 12)};
    }
}

START_TEST(windows_side_by_side_have_the_texts_of_the_whole_line_once_each)
{
    uint64_t random = 23;
    struct point points[200];
    for (int round = 0; round < 20; round++) {
        wander(&random, points, 200);
        wish.spacing_px = round % 2 ? 130 : 0;
        wish.near = bbox_empty();
        ck_assert_uint_gt(set(points, 200, false), 0);
        struct text_alongs all = texts;
        texts = (struct text_alongs){.count = 0};
        for (int window = 0; window < 16 * 5; window++) {
            double x = window % 16 * 200;
            double y = floor(window / 16.0) * 200 - 200;
            wish.near = (struct bbox){x, y, x + 199.5, y + 199.5};
            text_along_set(engine, &wish, points, 200, false, &texts);
        }
        ck_assert_uint_eq(texts.count, all.count);
        for (size_t i = 0; i < all.count; i++) {
            size_t found = 0;
            for (size_t j = 0; j < texts.count; j++) {
                found += text_along_equals(all.items[i], texts.items[j]);
            }
            ck_assert_uint_eq(found, 1);
        }
        text_alongs_finish(&all);
    }
}
END_TEST

START_TEST(in_a_frame_the_line_far_outside_does_not_matter)
{
    uint64_t random = 29;
    struct point points[203];
    for (int round = 0; round < 20; round++) {
        wander(&random, points + 1, 200);
        points[0] = (struct point){-5000, -3000};
        points[201] = (struct point){9000, 4000};
        points[202] = points[0];
        wish.side = round % 3 == 0 ? LINE_SIDE_LEFT : LINE_SIDE_CENTRE;
        wish.spacing_px = 150;
        wish.frame = (struct bbox){1000, -100, 2000, 700};
        ck_assert_uint_gt(set(points, 202, false), 0);
        struct text_alongs all = texts;
        texts = (struct text_alongs){.count = 0};
        size_t first = 1;
        while (points[first + 1].x < 1000 - 100) {
            first++;
        }
        ck_assert_uint_eq(set(points + first, 202 - first, false), all.count);
        for (size_t i = 0; i < all.count; i++) {
            ck_assert(text_along_equals(all.items[i], texts.items[i]));
            ck_assert(bbox_contains(wish.frame, texts.items[i]->ink));
        }
        text_alongs_finish(&all);
    }
}
END_TEST

START_TEST(in_a_frame_a_text_may_stand_where_a_ring_begins)
{
    struct point ring[] = {{0, 0}, {1000, 0}, {1000, 1000}, {-1000, 1000}, {-1000, 0}, {0, 0}};
    wish.frame = (struct bbox){-60, -40, 60, 40};
    ck_assert_uint_eq(set(ring, 6, true), 1);
    ck_assert_double_lt(fabs(texts.items[0]->place.x), 2);
}
END_TEST

START_TEST(in_a_frame_a_text_is_whole_and_stands_on_what_of_the_line_is_seen)
{
    struct point line[] = {{-100000, 40}, {100000, 40}};
    wish.frame = (struct bbox){500, 0, 700, 80};
    ck_assert_uint_eq(set(line, 2, false), 1);
    ck_assert(bbox_contains(wish.frame, texts.items[0]->ink));
    wish.frame = (struct bbox){500, 0, 550, 80};
    ck_assert_uint_eq(set(line, 2, false), 0);
    wish.frame = (struct bbox){500, 60, 700, 80};
    ck_assert_uint_eq(set(line, 2, false), 0);
}
END_TEST

static bool is_left_of(const struct text_along_room *room, void *context)
{
    return room->ink.max_x < *(double *)context;
}

START_TEST(a_text_goes_where_there_is_room)
{
    double limit = 150;
    struct point line[] = {{0, 0}, {600, 20}};
    wish.take = is_left_of;
    wish.context = &limit;
    ck_assert_uint_eq(set(line, 2, false), 1);
    ck_assert_double_lt(texts.items[0]->ink.max_x, limit);
    limit = 20;
    ck_assert_uint_eq(set(line, 2, false), 0);
}
END_TEST

START_TEST(rooms_hold_all_letters_and_are_small)
{
    struct point line[2];
    ray((struct point){0, 0}, 45, 300, line);
    ck_assert_uint_eq(set(line, 2, false), 1);
    const struct text_along *text = texts.items[0];
    double area = 0;
    ck_assert_uint_gt(text->room_count, 3);
    for (size_t i = 0; i < text->room_count; i++) {
        area += bbox_width(text->rooms[i]) * bbox_height(text->rooms[i]);
    }
    ck_assert_double_lt(area, 0.75 * bbox_width(text->ink) * bbox_height(text->ink));
    ray((struct point){0, 0}, 0, 300, line);
    set(line, 2, false);
    ck_assert_uint_eq(texts.items[0]->room_count, 1);
}
END_TEST

/** Box of the dots that are not transparent, px from the place. */
static struct bbox painted_box(const struct text_along *text, int ratio)
{
    int anchor_x;
    int anchor_y;
    struct bbox box = bbox_empty();
    const struct image *image = text_along_picture(engine, text, ratio, &anchor_x, &anchor_y);
    ck_assert_ptr_nonnull(image);
    for (int i = 0; i < image->width * image->height; i++) {
        if (image->pixels[i] >> 24) {
            double x = text->place.x + (double)(i % image->width - anchor_x) / ratio;
            double y = text->place.y + (double)(i / image->width - anchor_y) / ratio;
            box = bbox_union(box, (struct bbox){x, y, x + 1.0 / ratio, y + 1.0 / ratio});
        }
    }
    return box;
}

START_TEST(all_paint_lies_within_the_ink_at_any_pixel_ratio)
{
    static const char *const names[] = {"Stoplijn 2", "fjf Jjf", "jẪ̂̂̂Ṻ̂̂̂f", "نهر الراين", "नदी", "ЖЩ"};
    for (int name = 0; name < 6; name++) {
        wish.text = names[name];
        for (int angle = 0; angle < 360; angle += 20) {
            struct point line[2];
            ray((struct point){0, 0}, angle, 300, line);
            wish.look.is_italic = angle % 40 == 0;
            ck_assert_uint_eq(set(line, 2, false), 1);
            for (int ratio = 1; ratio <= 3; ratio++) {
                struct bbox box = painted_box(texts.items[0], ratio);
                ck_assert_msg(!bbox_is_empty(box) && bbox_contains(texts.items[0]->ink, box),
                              "%s at %d degrees, ratio %d", names[name], angle, ratio);
            }
        }
    }
}
END_TEST

START_TEST(a_letter_keeps_its_accents)
{
    struct point line[] = {{0, 0}, {300, 0}};
    wish.text = "Zuïd";
    set(line, 2, false);
    ck_assert_uint_eq(texts.items[0]->letter_count, 4);
    wish.text = "Zui\u0308d"; /* i and a combining mark */
    set(line, 2, false);
    ck_assert_uint_eq(texts.items[0]->letter_count, 4);
    wish.text = "q\u0308\u0323a"; /* letters that no single character stands for */
    set(line, 2, false);
    ck_assert_uint_eq(texts.items[0]->letter_count, 2);
}
END_TEST

START_TEST(joined_letters_stay_in_one_piece_and_straight)
{
    struct point points[100];
    size_t count = arc(points, 100, 400, 200, 340);
    wish.text = "نهر الراين";
    ck_assert_uint_eq(set(points, count, false), 1);
    ck_assert_uint_eq(texts.items[0]->letter_count, 1);
    ck_assert_uint_eq(set(points, arc(points, 100, 20, 180, 360), false), 0);
}
END_TEST

START_TEST(hebrew_letters_stand_from_right_to_left)
{
    struct point line[] = {{0, 0}, {300, 0}};
    wish.text = "\u05D0\u05D1 x"; /* alef, bet, then a Latin letter: to the eye x bet alef */
    ck_assert_uint_eq(set(line, 2, false), 1);
    ck_assert_uint_eq(texts.items[0]->letter_count, 3);
    double x_width = painted_box(texts.items[0], 3).min_x;
    wish.text = "x";
    set(line, 2, false);
    ck_assert_double_gt(painted_box(texts.items[0], 3).min_x, x_width);
}
END_TEST

START_TEST(a_long_text_is_cut_like_any_other)
{
    char *text = memory_new(10001, 1);
    memset(text, 'i', 10000);
    struct point line[] = {{0, 0}, {9000, 0}};
    wish.text = text;
    ck_assert_uint_eq(set(line, 2, false), 1);
    ck_assert_uint_eq(texts.items[0]->letter_count, TEXT_LINE_MAX);
    free(text);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("text_along");
    TCase *tests = tcase_create("text along");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, no_text_is_upside_down_whatever_the_direction_of_its_line);
    tcase_add_test(tests, lines_that_are_all_but_upright_are_read_upward);
    tcase_add_test(tests, no_letter_of_a_text_round_a_circle_stands_on_its_head);
    tcase_add_test(tests, letters_stay_on_the_curve);
    tcase_add_test(tests, a_text_beside_a_line_keeps_its_distance_and_its_side);
    tcase_add_test(tests, letters_do_not_run_into_each_other_on_bends);
    tcase_add_test(tests, there_is_no_text_on_sharp_bends_and_short_lines);
    tcase_add_test(tests, a_corner_is_left_for_the_straight_beside_it);
    tcase_add_test(tests, degenerate_lines_get_no_text_and_do_no_harm);
    tcase_add_test(tests, a_line_of_a_hundred_thousand_points_gets_its_texts);
    tcase_add_test(tests, repeated_texts_keep_their_spacing);
    tcase_add_test(tests, what_is_asked_for_near_a_box_is_what_all_of_the_line_has_there);
    tcase_add_test(tests, windows_side_by_side_have_the_texts_of_the_whole_line_once_each);
    tcase_add_test(tests, in_a_frame_the_line_far_outside_does_not_matter);
    tcase_add_test(tests, in_a_frame_a_text_may_stand_where_a_ring_begins);
    tcase_add_test(tests, in_a_frame_a_text_is_whole_and_stands_on_what_of_the_line_is_seen);
    tcase_add_test(tests, a_text_goes_where_there_is_room);
    tcase_add_test(tests, rooms_hold_all_letters_and_are_small);
    tcase_add_test(tests, all_paint_lies_within_the_ink_at_any_pixel_ratio);
    tcase_add_test(tests, a_letter_keeps_its_accents);
    tcase_add_test(tests, joined_letters_stay_in_one_piece_and_straight);
    tcase_add_test(tests, hebrew_letters_stand_from_right_to_left);
    tcase_add_test(tests, a_long_text_is_cut_like_any_other);
    suite_add_tcase(suite, tests);
    return suite;
}
