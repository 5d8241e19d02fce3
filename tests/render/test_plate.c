/*
 * Sheets of any size: what stands around the map leaves no half of them empty, and coordinates that are not
 * quite true have their warning.
 */
#include "render/briefing/plate.h"

#include "tests/support/briefing_fixture.h"

static struct briefing_fixture *fixture;

static void set_up(void)
{
    struct point place = {100800, 410800};
    fixture = fixture_new();
    fixture_add(fixture, "f", "nl@1/bw.ugs;n=UGS", "VR", &place, 1);
    fixture_plot(fixture, true);
}

static void tear_down(void)
{
    fixture_free(fixture);
}

static struct plate_wish wish_of(enum plate_part part, enum place place)
{
    struct plate_wish wish = {.grid_count = 0};
    for (int i = 0; i < PLATE_PART_COUNT; i++) {
        wish.places[i] = PLACE_OFF;
    }
    wish.places[part] = place;
    return wish;
}

/** The map of a settled sheet of 300 x 240 mm. */
static struct bbox settled_map(struct plate_wish wish, struct renderer *renderer, const char *crs_code,
                               struct point centre)
{
    struct fault fault = {0};
    struct briefing_order order = fixture->order;
    enum plate_state state = PLATE_OTHER_MAP;
    order.own_paper = plate_sheet(300, 240, 0.28);
    order.crs_code = crs_code;
    order.centre = centre;
    struct plate *plate = plate_new(&wish, order.own_paper, MARKING_CLEAR);
    while (state == PLATE_OTHER_MAP) {
        state = plate_settle(plate, renderer, &order, &fault);
    }
    ck_assert_msg(state == PLATE_SETTLED, "%s", fault.message);
    struct bbox map = plate_map_mm(plate);
    plate_free(plate);
    return map;
}

START_TEST(a_legend_in_a_corner_above_the_map_stands_beside_it)
{
    static const enum place corners[] = {PLACE_TOP_LEFT, PLACE_TOP_RIGHT};
    for (size_t i = 0; i < 2; i++) {
        struct plate_wish wish = wish_of(PLATE_LEGEND, corners[i]);
        struct bbox map = settled_map(wish, fixture->renderer, "EPSG:25831", (struct point){603000, 5727000});
        ck_assert_double_gt(bbox_height(map), 0.6 * 240);
        ck_assert_double_lt(bbox_width(map), 0.8 * 300);
        ck_assert_int_eq(bbox_centre(map).x > 150, corners[i] == PLACE_TOP_LEFT);
    }
}
END_TEST

START_TEST(rd_without_its_grid_has_room_for_the_warning)
{
    struct fault fault = {0};
    struct plate_wish wish = wish_of(PLATE_TITLE, PLACE_TOP_LEFT);
    struct renderer *without = renderer_new("/nonexistent", &fault);
    ck_assert_msg(without != NULL, "%s", fault.message);
    struct bbox rd = settled_map(wish, without, "EPSG:28992", (struct point){100800, 410800});
    struct bbox utm = settled_map(wish, without, "EPSG:25831", (struct point){603000, 5727000});
    ck_assert_double_lt(rd.max_y, utm.max_y - 5);
    renderer_free(without);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("plate");
    TCase *sheets = tcase_create("sheets");
    tcase_set_timeout(sheets, 60);
    tcase_add_checked_fixture(sheets, set_up, tear_down);
    tcase_add_test(sheets, a_legend_in_a_corner_above_the_map_stands_beside_it);
    tcase_add_test(sheets, rd_without_its_grid_has_room_for_the_warning);
    suite_add_tcase(suite, sheets);
    return suite;
}
