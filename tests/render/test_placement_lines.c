/*
 * Labels of lines on pages: each stands nearest to its own line, or a leader says which that is.
 */
#include "render/placement/placement_lines.h"

#include <math.h>
#include <stdint.h>

#include "geo/segment.h"
#include "render/scene/feature_numbers.h"
#include "render/scene/plot_shapes.h"
#include "render/scene/scene.h"
#include "tests/support/cpu_clock.h"
#include "tests/support/placement_scenery.h"

static const char *const codes[] = {"l.evacroute", "l.aanvoer", "l.ambuafvoer", "l.afzetting"};

/* A page and what stands on it. */
struct sheet {
    struct map_view view;
    struct scene *scene;
    struct feature_numbers *numbers;
    const struct placement *placement;
    int told[3]; /* labels and texts beside lines, with leaders, reported */
};

static struct plot *put_line(struct plot *plot, uint32_t number, struct shape *shape)
{
    char id[16];
    char code[64];
    snprintf(id, sizeof id, "l%02u", number);
    snprintf(code, sizeof code, "nl@1/%s;n=Route %u", codes[number % 4], number);
    return scenery_put(plot, scenery_feature(id, code, shape), number + 1);
}

/* Routes that cross each other, and every second time run beside each other for a while. */
static struct plot *routes(uint64_t seed, uint32_t count)
{
    uint64_t random = seed;
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; i < count; i++) {
        struct point start = {random_between(&random, 4.6, 4.7), random_between(&random, 51.66, 51.72)};
        struct shape *shape = scenery_random_line(&random, start, 8, 0.01);
        if (i % 2 == 0) {
            struct shape *beside = shape_copy(shape);
            for (uint32_t k = 0; k < beside->point_count; k++) {
                beside->points[k].x += 0.0012 * (double)k / 4;
                beside->points[k].y += 0.0012;
            }
            shape_update_box(beside);
            plot = put_line(plot, 50 + i, beside);
        }
        plot = put_line(plot, i, shape);
    }
    return plot;
}

static void open_sheet(struct sheet *sheet, const struct plot *plot, bool is_numbered)
{
    struct fault fault = {0};
    *sheet = (struct sheet){.view = whole_view(plot, 13)};
    struct bbox all = bbox_empty();
    sheet->scene = scene_get(scenery.renderer, &sheet->view, everywhere, &fault);
    for (size_t i = 0; i < scene_count(sheet->scene); i++) {
        all = bbox_union(all, scene_feature_ink(scene_at(sheet->scene, i)));
    }
    scene_unref(sheet->scene);
    struct pixel_box box = {(int64_t)all.min_x + 100, (int64_t)all.min_y + 100,
                            (uint32_t)bbox_width(all) - 200, (uint32_t)bbox_height(all) - 200};
    sheet->view.frame_px = pixel_box_to_bbox(box);
    if (is_numbered) {
        ck_assert(feature_numbers_choose(scenery.renderer, &sheet->view, box, NUMBERING_ALWAYS, 1000,
                                         &sheet->numbers, &fault));
        sheet->view.numbers = sheet->numbers;
    }
    sheet->scene = scene_get(scenery.renderer, &sheet->view, sheet->view.frame_px, &fault);
    ck_assert_ptr_nonnull(sheet->scene);
    sheet->placement = scene_placement(sheet->scene);
}

static void close_sheet(struct sheet *sheet)
{
    scene_unref(sheet->scene);
    feature_numbers_free(sheet->numbers);
}

static double reach_of(const struct scene_feature *feature)
{
    return placement_lines_stroke_px(scene_line_look(feature, PALETTE_DEFAULT));
}

/* From a box to the paint of a line; below 0: on it. */
static double way_to(const struct scene_feature *feature, struct bbox box)
{
    double least = HUGE_VAL;
    const struct shape *shape = feature->shape->shape;
    for (uint32_t i = 1; i < shape->point_count; i++) {
        least = fmin(least, sqrt(segment_box_distance_squared(shape->points[i - 1], shape->points[i], box)));
    }
    return least - reach_of(feature);
}

/* Is a box on no line but its own, and nearest to that? */
static void check_box(const struct sheet *sheet, const struct placed *placed, struct bbox box, bool is_led)
{
    double own = 0;
    double other = HUGE_VAL;
    for (size_t i = 0; i < scene_count(sheet->scene); i++) {
        const struct scene_feature *feature = scene_at(sheet->scene, i);
        double way = way_to(feature, box);
        if (feature->feature == placed->feature) {
            own = fmax(way, 0);
        } else {
            other = fmin(other, way);
        }
    }
    ck_assert_msg(other >= 0, "%s stands on another line", placed->feature->id);
    ck_assert_msg(is_led || own < other, "%s: %g px from its line, %g from another", placed->feature->id, own,
                  other);
}

static void check_line(struct sheet *sheet, const struct placed *placed)
{
    const struct placed_text *text = placed->text;
    if (text->label) {
        check_box(sheet, placed, text->label_room, text->has_leader);
        sheet->told[text->has_leader]++;
    }
    if (text->has_leader) {
        struct bbox from = bbox_of_points(&text->leader.from, 1);
        check_box(sheet, placed, from, false);
    }
    for (size_t i = 0; i < text->alongs.count; i++) {
        for (size_t k = 0; k < text->alongs.items[i]->room_count; k++) {
            check_box(sheet, placed, text->alongs.items[i]->rooms[k], false);
        }
    }
    sheet->told[0] += text->alongs.count > 0;
}

static bool is_told(const struct sheet *sheet, const struct report *report, const struct feature *feature)
{
    const struct placed *placed = find(sheet->placement, feature->id);
    return (placed && (placed->text->label || placed->text->alongs.count > 0)) ||
           is_reported(report, feature->id);
}

/* Nothing of a sheet is silently without its label. */
static void check_sheet(struct sheet *sheet)
{
    struct report report;
    report_init(&report);
    placement_report(sheet->placement, scenery.renderer->text_engine, sheet->view.frame_px, &report);
    for (size_t i = 0; i < placement_count(sheet->placement); i++) {
        check_line(sheet, placement_at(sheet->placement, i));
    }
    for (size_t i = 0; sheet->numbers && i < scene_count(sheet->scene); i++) {
        const struct feature *feature = scene_at(sheet->scene, i)->feature;
        ck_assert_msg(feature_numbers_of(sheet->numbers, feature) == 0 || is_told(sheet, &report, feature),
                      "%s has neither label nor report", feature->id);
    }
    sheet->told[2] += (int)report.count;
    report_finish(&report);
}

static void check_routes(bool is_numbered)
{
    int told[3] = {0};
    for (uint64_t seed = 1; seed <= 12; seed++) {
        struct sheet sheet;
        struct plot *plot = routes(seed, 10);
        open_sheet(&sheet, plot, is_numbered);
        check_sheet(&sheet);
        for (int i = 0; i < 3; i++) {
            told[i] += sheet.told[i];
        }
        close_sheet(&sheet);
        plot_unref(plot);
    }
    ck_assert_msg(told[0] > 30 && told[1] > 5, "%d beside, %d led, %d reported", told[0], told[1], told[2]);
}

START_TEST(a_name_is_nearest_to_its_own_line_and_on_no_other)
{
    check_routes(false);
}
END_TEST

START_TEST(a_number_is_nearest_to_its_own_line_and_on_no_other)
{
    check_routes(true);
}
END_TEST

/* Two routes that run into each other, as far as they are seen, have their numbers on either side. */
START_TEST(routes_side_by_side_have_their_numbers_on_the_outside)
{
    struct point west[2] = {{4.60, 51.72}, {4.68, 51.66}};
    struct point east[2] = {{4.605, 51.72}, {4.68, 51.661}};
    struct shape *shapes[2] = {shape_new(SHAPE_LINE), shape_new(SHAPE_LINE)};
    shape_add_part(shapes[0], west, 2, false);
    shape_add_part(shapes[1], east, 2, false);
    struct plot *plot = put_line(put_line(scenery_empty_plot(), 0, shapes[0]), 2, shapes[1]);
    struct sheet sheet;
    open_sheet(&sheet, plot, true);
    check_sheet(&sheet);
    const struct placed *a = find(sheet.placement, "l00");
    const struct placed *b = find(sheet.placement, "l02");
    ck_assert(a && b && a->text->label && b->text->label);
    ck_assert_double_lt(a->text->label_place.x, b->text->label_place.x);
    close_sheet(&sheet);
    plot_unref(plot);
}
END_TEST

START_TEST(a_label_of_a_symbol_keeps_off_the_head_of_an_arrow)
{
    struct point points[2] = {{4.60, 51.7}, {4.647, 51.7}};
    struct point frame[2] = {{4.59, 51.69}, {4.70, 51.71}};
    struct shape *shapes[2] = {shape_new(SHAPE_LINE), shape_new(SHAPE_LINE)};
    shape_add_part(shapes[0], points, 2, false);
    shape_add_part(shapes[1], frame, 2, false);
    struct plot *plot = put_line(put_line(scenery_empty_plot(), 0, shapes[0]), 3, shapes[1]);
    plot = scenery_put(plot, scenery_point("a", "nl@1/bw.voertuig;n=Peloton", 4.642, 51.7), 9);
    struct sheet sheet;
    open_sheet(&sheet, plot, false);
    const struct placed *point = find(sheet.placement, "a");
    ck_assert(point && point->text->label);
    struct placement_lines *lines = placement_lines_new(&sheet.view, sheet.scene);
    ck_assert(placement_lines_have_no_sign(lines, point->text->label_room));
    placement_lines_free(lines);
    close_sheet(&sheet);
    plot_unref(plot);
}
END_TEST

/* The processor's time for a page with so many features, the least of some tries. */
static int64_t crowd_us(uint32_t count)
{
    int64_t least_us = INT64_MAX;
    for (int i = 0; i < 3; i++) {
        struct sheet sheet;
        struct plot *plot = scenery_plot(&scenery, 17, around_moerdijk, count);
        int64_t start_us = cpu_now_us();
        open_sheet(&sheet, plot, false);
        int64_t took_us = cpu_now_us() - start_us;
        least_us = took_us < least_us ? took_us : least_us;
        close_sheet(&sheet);
        plot_unref(plot);
    }
    return least_us;
}

START_TEST(four_times_as_many_features_take_no_square_of_that)
{
    int64_t few_us = crowd_us(4000);
    int64_t many_us = crowd_us(16000);
    ck_assert_msg(many_us < 8 * few_us, "4,000 features take %lld us, 16,000 %lld us", (long long)few_us,
                  (long long)many_us);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("placement: lines");
    TCase *tests = tcase_create("lines");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_name_is_nearest_to_its_own_line_and_on_no_other);
    tcase_add_test(tests, a_number_is_nearest_to_its_own_line_and_on_no_other);
    tcase_add_test(tests, routes_side_by_side_have_their_numbers_on_the_outside);
    tcase_add_test(tests, a_label_of_a_symbol_keeps_off_the_head_of_an_arrow);
    tcase_add_test(tests, four_times_as_many_features_take_no_square_of_that);
    suite_add_tcase(suite, tests);
    return suite;
}
