/*
 * Names of grids keep off what the map says: wherever a frame lies and whatever stands in it, no name touches
 * a symbol or a text, and squares without a name are counted.
 */
#include "render/briefing/frame_inks.h"

#include <stdlib.h>

#include "render/briefing/frame.h"
#include "render/grid/grid_paint.h"
#include "render/grid/name_box.h"
#include "render/placement/box_grid.h"
#include "render/placement/placement.h"
#include "render/print/paper.h"
#include "render/print/pen.h"
#include "render/report.h"
#include "geo/scale.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/random.h"

#define TRIAL_COUNT 12
#define CROWD 500

static struct briefing_fixture *fixture;
static uint64_t state = 20261008;

static void set_up(void)
{
    fixture = fixture_new();
}

static void tear_down(void)
{
    fixture_free(fixture);
}

/** Units and lines with names, so many within a box around the middle of the page. */
static void scatter(size_t count, double reach_m)
{
    for (size_t i = 0; i < count; i++) {
        char id[16];
        char code[64];
        struct point places[2];
        for (int j = 0; j < 2; j++) {
            places[j] = (struct point){100800 + random_between(&state, -reach_m, reach_m),
                                       410800 + random_between(&state, -reach_m, reach_m)};
        }
        bool is_line = i % 9 == 0;
        snprintf(id, sizeof id, "f%zu", i);
        snprintf(code, sizeof code,
                 is_line ? "nl@1/lijn.aanvoer;n=Route %zu" : "nl@1/bw.voertuig;n=TS %zu;c=4", i);
        fixture_add(fixture, id, code, "VR", places, is_line ? 2 : 1);
    }
    fixture_plot(fixture, false);
}

struct trial {
    struct frame frame;
    struct grid_picture picture;
    struct box_grid *taken;
    const struct placement *placement;
};

static struct trial trial_new(enum grid_kind kind)
{
    struct fault fault = {0};
    struct trial trial = {.taken = NULL};
    struct bbox map = {20, 20, 20 + random_between(&state, 120, 380), 20 + random_between(&state, 100, 260)};
    ck_assert_msg(frame_find(fixture->renderer, &fixture->order, map, &trial.frame, &fault), "%s",
                  fault.message);
    trial.taken = frame_inks(fixture->renderer, &trial.frame, &fixture->order, &fault);
    ck_assert_msg(trial.taken != NULL, "%s", fault.message);
    struct grid grid = grid_of(kind);
    struct pen pen = {.engine = renderer_text_engine(fixture->renderer), .unit = paper_unit(PAPER_A3)};
    struct grid_wish wish = {.place = &trial.frame.place,
                             .grids = &grid,
                             .count = 1,
                             .map_mm = map,
                             .frame_mm = bbox_grow(map, 12),
                             .taken = trial.taken};
    ck_assert_msg(grid_picture_make(&wish, &pen, &trial.picture, &fault), "%s", fault.message);
    struct map_view view = frame_view(&trial.frame, &fixture->order);
    trial.placement = placement_get(fixture->renderer, &view, pixel_box_to_bbox(trial.frame.box), &fault);
    ck_assert_ptr_nonnull(trial.placement);
    return trial;
}

static void trial_finish(struct trial *trial)
{
    grid_picture_finish(&trial->picture);
    box_grid_free(trial->taken);
}

static void check_clear(const struct trial *trial)
{
    for (size_t i = 0; i < trial->picture.names.count; i++) {
        const struct grid_name *name = &trial->picture.names.items[i];
        struct bbox box = bbox_grow(name->box_px, -1e-6);
        ck_assert(bbox_contains(pixel_box_to_bbox(trial->frame.box), box));
        for (size_t j = 0; j < placement_count(trial->placement); j++) {
            const struct placed *placed = placement_at(trial->placement, j);
            const struct placed_text *text = placed->text;
            ck_assert_msg(!placed->has_symbol || !bbox_intersects(placed_ink(placed), box),
                          "%s on the symbol of %s", name->text.main, placed->feature->id);
            ck_assert_msg(!bbox_intersects(text->label_ink, box), "%s on the label of %s", name->text.main,
                          placed->feature->id);
            for (size_t k = 0; k < text->alongs.count; k++) {
                for (size_t room = 0; room < text->alongs.items[k]->room_count; room++) {
                    ck_assert_msg(!bbox_intersects(text->alongs.items[k]->rooms[room], box),
                                  "%s on the text along %s", name->text.main, placed->feature->id);
                }
            }
        }
    }
}

START_TEST(no_name_of_a_square_or_zone_touches_a_symbol_or_a_text)
{
    scatter(120, 4000);
    for (int i = 0; i < TRIAL_COUNT; i++) {
        fixture->order.scale_denominator = random_between(&state, 12000, 60000);
        fixture->order.centre.x = 100800 + random_between(&state, -2000, 2000);
        struct trial trial = trial_new(i % 3 == 2 ? GRID_MGRS : GRID_SQUARES);
        ck_assert_uint_gt(trial.picture.names.count + trial.picture.names.unplaced[0], 0);
        check_clear(&trial);
        trial_finish(&trial);
    }
}
END_TEST

START_TEST(squares_full_of_a_crowd_have_no_name_and_are_counted)
{
    scatter(CROWD, 1500);
    fixture->order.scale_denominator = 50000;
    struct trial trial = trial_new(GRID_SQUARES);
    struct report report;
    report_init(&report);
    check_clear(&trial);
    ck_assert_uint_gt(trial.picture.names.unplaced[0], 0);
    ck_assert_uint_gt(trial.picture.names.count, 0); /* around the crowd */
    grid_picture_report(&trial.picture, LANGUAGE_EN, &report);
    ck_assert_uint_eq(report.count, 1);
    ck_assert_uint_eq(report_count(&report, REPORT_GRID_UNNAMED), trial.picture.names.unplaced[0]);
    report_finish(&report);
    trial_finish(&trial);
}
END_TEST

START_TEST(what_stands_over_the_map_is_kept_off_too)
{
    fixture_plot(fixture, false);
    struct trial trial = trial_new(GRID_SQUARES);
    struct bbox map = {20, 20, 400, 300};
    struct bbox first = trial.picture.names.items[0].box_px;
    ck_assert(name_box_is_free(trial.taken, first, 0));
    struct bbox furniture = {20 + first.min_x * SCALE_PIXEL_MM, 20 + first.min_y * SCALE_PIXEL_MM,
                             20 + first.max_x * SCALE_PIXEL_MM, 20 + first.max_y * SCALE_PIXEL_MM};
    frame_inks_add_mm(trial.taken, map, furniture);
    ck_assert(!name_box_is_free(trial.taken, first, 0));
    trial_finish(&trial);
}
END_TEST

START_TEST(a_name_takes_the_first_free_place_from_the_north_west)
{
    struct name_box_wish wish = {.room = {0, 0, 100, 80}, .size = {20, 10}};
    static const struct point places[] = {{0, 0},  {10, 0}, {20, 0}, {30, 0}, {40, 0},  {0, 10}, {0, 20},
                                          {0, 30}, {0, 40}, {0, 70}, {80, 0}, {80, 70}, {50, 0}};
    struct box_grid *taken = box_grid_new(wish.room, 16, 0);
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        struct bbox found;
        ck_assert(name_box_find(&wish, taken, &found));
        ck_assert_double_eq(found.min_x, places[i].x);
        ck_assert_double_eq(found.min_y, places[i].y);
        box_grid_add(taken, (struct bbox){found.min_x + 8, found.min_y, found.min_x + 9, found.max_y}, 0);
    }
    box_grid_free(taken);
}
END_TEST

START_TEST(a_name_has_no_place_where_its_room_is_full_or_too_small)
{
    struct name_box_wish wish = {.room = {0, 0, 100, 80}, .size = {20, 10}};
    struct box_grid *taken = box_grid_new(wish.room, 8, 0);
    struct bbox found;
    box_grid_add(taken, bbox_grow(wish.room, -5), 0);
    ck_assert(!name_box_find(&wish, taken, &found));
    wish.size.x = 101;
    ck_assert(!name_box_find(&wish, NULL, &found));
    box_grid_free(taken);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("frame_inks");
    TCase *names = tcase_create("names");
    tcase_set_timeout(names, 120);
    tcase_add_checked_fixture(names, set_up, tear_down);
    tcase_add_test(names, no_name_of_a_square_or_zone_touches_a_symbol_or_a_text);
    tcase_add_test(names, squares_full_of_a_crowd_have_no_name_and_are_counted);
    tcase_add_test(names, what_stands_over_the_map_is_kept_off_too);
    tcase_add_test(names, a_name_takes_the_first_free_place_from_the_north_west);
    tcase_add_test(names, a_name_has_no_place_where_its_room_is_full_or_too_small);
    suite_add_tcase(suite, names);
    return suite;
}
