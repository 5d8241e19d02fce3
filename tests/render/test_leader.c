/*
 * test_leader.c - where lines to labels lead, and what they paint.
 */
#include "render/placement/leader.h"

#include <math.h>

#include "render/text/text.h"
#include "tests/support/canvas_windows.h"
#include "tests/support/random.h"

#define INK ((struct colour){20, 20, 20, 255})
#define INK_DOT 0xff141414u

static const struct text_look look = {
    .size_px = 12, .colour = INK, .halo = {255, 255, 255, 255}, .halo_px = 2};

static void paint_leader(struct canvas *canvas, const void *leader)
{
    leader_paint(leader, &look, canvas);
}

static struct image *painted(const struct leader *leader, int pixel_ratio)
{
    return paint((struct pixel_box){LEFT, TOP, SIDE, SIDE}, pixel_ratio, paint_leader, leader);
}

static int dots_of_column(const struct image *image, int x, uint32_t dot)
{
    int count = 0;
    for (int y = 0; y < image->height; y++) {
        count += image->pixels[y * image->stride_px + x] == dot;
    }
    return count;
}

static int dots_of_row(const struct image *image, int y, uint32_t dot)
{
    int count = 0;
    for (int x = 0; x < image->width; x++) {
        count += image->pixels[y * image->stride_px + x] == dot;
    }
    return count;
}

/* Not two rows of grey. */
START_TEST(level_and_upright_lines_are_sharp)
{
    for (int ratio = 1; ratio <= 3; ratio++) {
        struct leader level = {{LEFT + 10, TOP + 60}, {LEFT + 110, TOP + 60}};
        struct leader upright = {{LEFT + 60, TOP + 110}, {LEFT + 60, TOP + 10}};
        struct image *images[2] = {painted(&level, ratio), painted(&upright, ratio)};
        int middle = 60 * ratio + ratio / 2;
        ck_assert_int_eq(dots_of_column(images[0], middle, INK_DOT), ratio);
        ck_assert_int_eq(dots_of_column(images[0], middle, GROUND_DOT), (SIDE - 3) * ratio);
        ck_assert_int_eq(dots_of_row(images[1], middle, INK_DOT), ratio);
        ck_assert_int_eq(dots_of_row(images[1], middle, GROUND_DOT), (SIDE - 3) * ratio);
        image_free(images[0]);
        image_free(images[1]);
    }
}
END_TEST

static void check_paint_is_within(const struct leader *leader)
{
    struct bbox ink = leader_ink(leader);
    struct image *image = painted(leader, 1);
    for (int y = 0; y < SIDE; y++) {
        for (int x = 0; x < SIDE; x++) {
            struct bbox dot = {LEFT + x, TOP + y, LEFT + x + 1, TOP + y + 1};
            bool is_painted = image->pixels[y * image->stride_px + x] != GROUND_DOT;
            ck_assert_msg(!is_painted || bbox_contains(ink, dot), "paint beside a line at %d, %d", x, y);
        }
    }
    image_free(image);
}

/* Tiles where a line came or went are found by its ink. */
START_TEST(no_line_has_paint_beside_its_ink)
{
    uint64_t random = 5;
    for (int i = 0; i < 60; i++) {
        struct leader leader = {
            {LEFT + 60, TOP + 60},
            {LEFT + 10 + (double)random_below(&random, 100), TOP + 10 + (double)random_below(&random, 100)}};
        check_paint_is_within(&leader);
    }
}
END_TEST

static struct bbox room_of(struct label_place place, struct text_size size)
{
    return (struct bbox){place.corner.x, place.corner.y, place.corner.x + size.width_px,
                         place.corner.y + size.height_px};
}

static void check_labels_of(const struct leader_start *start, const struct leader *leader, int ring)
{
    static const struct text_size size = {.width_px = 60, .height_px = 14};
    struct bbox reach = bbox_grow(start->ink, leader_ring_px(ring) * start->scale + 1);
    ck_assert(bbox_contains_point(reach, leader->from) && bbox_contains_point(reach, leader->to));
    int count = 0;
    for (int i = 0; i < LEADER_LABEL_MOST; i++) {
        struct label_place place;
        if (!leader_label_at(leader, size, look.halo_px, i, &place)) {
            continue;
        }
        struct bbox room = room_of(place, size);
        double away = hypot(fmax(0, fmax(room.min_x - leader->to.x, leader->to.x - room.max_x)),
                            fmax(0, fmax(room.min_y - leader->to.y, leader->to.y - room.max_y)));
        ck_assert_double_ge(away, look.halo_px - 1);
        ck_assert_double_le(away, look.halo_px + 2);
        count++;
    }
    ck_assert_int_gt(count, 0);
}

START_TEST(every_line_ends_at_its_label_and_none_is_longer_than_its_ring)
{
    static const struct bbox inks[] = {{-4, -4, 4, 4}, {-16, -20, 18, 16}, {-12, -12, 60, 12}};
    static const double scales[] = {1, 1.6, 3};
    struct point place = {LEFT, TOP};
    for (int i = 0; i < 9; i++) {
        struct bbox ink = inks[i % 3];
        struct leader_start start = {
            place,
            {place.x + ink.min_x, place.y + ink.min_y, place.x + ink.max_x, place.y + ink.max_y},
            scales[i / 3]};
        for (int direction = 0; direction < LEADER_DIRECTION_COUNT; direction++) {
            struct leader_way way = leader_way_out(&start, direction);
            for (int ring = 0; ring < LEADER_RING_COUNT; ring++) {
                struct leader leader = leader_to_ring(&way, ring);
                check_labels_of(&start, &leader, ring);
            }
        }
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("leader");
    TCase *tests = tcase_create("leader");
    tcase_add_checked_fixture(tests, open_engine, close_engine);
    tcase_add_test(tests, level_and_upright_lines_are_sharp);
    tcase_add_test(tests, no_line_has_paint_beside_its_ink);
    tcase_add_test(tests, every_line_ends_at_its_label_and_none_is_longer_than_its_ring);
    suite_add_tcase(suite, tests);
    return suite;
}
