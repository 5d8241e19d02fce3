#include "render/scene/footprint.h"

#include "tests/support/scenery.h"

#define MOST_TILES 10000

static const struct bbox netherlands = {3.5, 51.0, 7.0, 53.5};

static struct scenery scenery;
static struct tile_address addresses[MOST_TILES];
static bool stale[MOST_TILES];

static void setup(void)
{
    scenery_init(&scenery, NULL);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

/* A square of tiles of zoom 13 with Moerdijk about in its middle. */
static size_t square(uint32_t side)
{
    for (uint32_t i = 0; i < side * side; i++) {
        addresses[i] = (struct tile_address){13, 4201 - side / 2 + i % side, 2717 - side / 2 + i / side};
    }
    return side * side;
}

static size_t mark_within(const struct plot *before, const struct plot *after, size_t count,
                          const struct footprint_limits *limits)
{
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct map_view view_before = scenery_view(&scenery, before, tile_matrix_set_grid(set, 13));
    struct map_view view_after = scenery_view(&scenery, after, tile_matrix_set_grid(set, 13));
    bool is_told = limits ? footprint_stale_tiles_within(scenery.renderer, &view_before, &view_after, set,
                                                         addresses, count, limits, stale, &fault)
                          : footprint_stale_tiles(scenery.renderer, &view_before, &view_after, set, addresses,
                                                  count, stale, &fault);
    ck_assert_msg(is_told, "%s", fault.message);
    size_t marked = 0;
    for (size_t i = 0; i < count; i++) {
        marked += stale[i];
    }
    return marked;
}

static size_t mark(const struct plot *before, const struct plot *after, size_t count)
{
    return mark_within(before, after, count, NULL);
}

START_TEST(nothing_is_stale_when_nothing_changed)
{
    struct plot *plot = scenery_plot(&scenery, 1, netherlands, 500);
    ck_assert_uint_eq(mark(plot, plot, square(40)), 0);
    plot_unref(plot);
}
END_TEST

START_TEST(a_moved_symbol_marks_where_it_was_and_where_it_is)
{
    struct plot *before =
        scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 1);
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.82, 51.69), 2);
    size_t marked = mark(before, after, square(40));
    ck_assert_uint_ge(marked, 2);
    ck_assert_uint_le(marked, 8); /* each stands on four tiles at most */
    ck_assert_uint_eq(mark(after, before, square(40)), marked);
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(a_long_line_marks_the_tiles_along_it)
{
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, (struct point[]){{4.3, 51.5}, {4.9, 51.9}}, 2, false);
    struct plot *before = scenery_empty_plot();
    struct plot *after = scenery_put(plot_ref(before), scenery_feature("l", "nl@1/l.afzetting", line), 1);
    size_t marked = mark(before, after, square(40));
    ck_assert_uint_ge(marked, 20); /* some 14 columns and 15 rows are crossed */
    ck_assert_uint_le(marked, 60); /* and not the box around it */
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(an_area_marks_its_inside_and_not_its_hole)
{
    struct shape *area = shape_new(SHAPE_POLYGON);
    struct point shell[] = {{4.4, 51.55}, {4.9, 51.55}, {4.9, 51.85}, {4.4, 51.85}, {4.4, 51.55}};
    struct point hole[] = {{4.5, 51.6}, {4.5, 51.8}, {4.8, 51.8}, {4.8, 51.6}, {4.5, 51.6}};
    shape_add_part(area, shell, 5, false);
    shape_add_part(area, hole, 5, true);
    struct plot *before = scenery_empty_plot();
    struct plot *after = scenery_put(plot_ref(before), scenery_feature("v", "nl@1/a.effect", area), 1);
    size_t marked = mark(before, after, square(40));
    /* In tiles of zoom 13 the shell is about 11.4 x 11.0, the hole 6.8 x 7.4. */
    ck_assert_uint_ge(marked, 80);
    ck_assert_uint_le(marked, 130);
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(ten_thousand_tiles_are_judged_quickly)
{
    struct plot *before = scenery_plot(&scenery, 2, netherlands, 5000);
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    size_t count = square(100);
    mark(before, after, count);
    int64_t start_us = monotonic_now_us();
    size_t marked = mark(before, after, count);
    int64_t spent_us = monotonic_now_us() - start_us;
    printf("10,000 tiles judged in %.1f ms\n", (double)spent_us / 1000);
    ck_assert_uint_ge(marked, 1);
    ck_assert_uint_le(marked, 8);
    ck_assert_int_lt(spent_us, 500 * 1000);
    plot_unref(before);
    plot_unref(after);
}
END_TEST

static const struct footprint_limits nothing_is_made = {0, 1000, INT64_MAX};
static const struct footprint_limits no_time = {1000000, 1000000, 0};

/* Those of the districts around the change, each of 8 x 8 tiles at most, and none of the others. */
START_TEST(beyond_its_limits_a_change_marks_all_around_it_and_nothing_else)
{
    static bool exactly[MOST_TILES];
    uint64_t random = 11;
    size_t count = square(60);
    for (int i = 0; i < 12; i++) {
        struct plot *before = scenery_plot(&scenery, 20 + (uint64_t)i, netherlands, 400);
        struct bbox near = {4.5, 51.6, 4.7, 51.8};
        struct plot *after = scenery_edited(&scenery, before, &random, near, 2);
        size_t around = mark_within(before, after, count, i % 2 ? &no_time : &nothing_is_made);
        memcpy(exactly, stale, sizeof exactly);
        size_t exact = mark(before, after, count);
        ck_assert_uint_ge(around, exact);
        ck_assert_uint_lt(around, count / 2);
        for (size_t k = 0; k < count; k++) {
            ck_assert_msg(exactly[k] || !stale[k], "tile %zu of change %d looks different", k, i);
        }
        plot_unref(before);
        plot_unref(after);
    }
}
END_TEST

/* As after an import of very many features. */
START_TEST(a_change_of_so_much_that_finding_it_takes_too_long_is_given_up_in_time)
{
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct plot *empty = scenery_plot(&scenery, 1, netherlands, 0);
    struct plot *few = scenery_plot(&scenery, 2, netherlands, 500);
    struct plot *many = scenery_plot(&scenery, 2, netherlands, 5000);
    struct map_view before = scenery_view(&scenery, empty, tile_matrix_set_grid(set, 13));
    struct map_view after_few = scenery_view(&scenery, few, tile_matrix_set_grid(set, 13));
    struct map_view after_many = scenery_view(&scenery, many, tile_matrix_set_grid(set, 13));
    size_t count = square(10);
    ck_assert(footprint_stale_tiles_within(scenery.renderer, &before, &after_few, set, addresses, count,
                                           &no_time, stale, &fault));
    ck_assert(!footprint_stale_tiles_within(scenery.renderer, &before, &after_many, set, addresses, count,
                                            &no_time, stale, &fault));
    ck_assert_int_eq(fault.code, FAULT_DEADLINE);
    const struct footprint_limits enough = {1000000, 1000000, INT64_MAX};
    ck_assert(footprint_stale_tiles_within(scenery.renderer, &before, &after_many, set, addresses, count,
                                           &enough, stale, &fault));
    plot_unref(empty);
    plot_unref(few);
    plot_unref(many);
}
END_TEST

/* Its district in the middle is at hand then. */
static void draw_middle(const struct plot *plot)
{
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct map_view view = scenery_view(&scenery, plot, tile_matrix_set_grid(set, 13));
    square(1);
    struct image *image = tile_render(scenery.renderer, &view, set, addresses[0], 1, NULL, &fault);
    ck_assert_msg(image, "%s", fault.message);
    image_free(image);
}

START_TEST(a_district_at_hand_is_compared_where_making_it_would_take_too_long)
{
    struct plot *before = scenery_plot(&scenery, 5, netherlands, 900);
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    size_t count = square(40);
    size_t around = mark_within(before, after, count, &nothing_is_made);
    size_t exact = mark(before, after, count);
    ck_assert_uint_lt(exact, around);
    draw_middle(before);
    ck_assert_uint_eq(mark_within(before, after, square(40), &nothing_is_made), exact);
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(a_view_in_an_unknown_crs_is_a_fault)
{
    struct fault fault = {0};
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 1);
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct plot *empty = scenery_empty_plot();
    struct map_view before = scenery_view(&scenery, empty, tile_matrix_set_grid(set, 13));
    snprintf(before.grid.crs_code, sizeof before.grid.crs_code, "EPSG:1");
    struct map_view after = before;
    after.plots[0] = plot;
    ck_assert(
        !footprint_stale_tiles(scenery.renderer, &before, &after, set, addresses, square(2), stale, &fault));
    ck_assert_int_ne(fault.code, FAULT_NONE);
    plot_unref(empty);
    plot_unref(plot);
}
END_TEST

/* Tiles drawn when the layer was there may show a label where the plot now wants to be. */
START_TEST(a_layer_with_labels_that_cannot_be_read_makes_all_stale)
{
    struct scenery labelled;
    struct scenery plain = scenery;
    char path[512];
    scenery_write_places(3, (struct bbox){4.5, 51.6, 4.8, 51.8}, 50);
    scenery_init(&labelled, "layers:\n" SCENERY_PLACES_YAML);
    scenery = labelled;
    struct plot *before = scenery_empty_plot();
    struct plot *after = scenery_put(plot_ref(before), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 2);
    ck_assert_uint_lt(mark(before, after, square(10)), 20);
    snprintf(path, sizeof path, "%s/plaatsen.geojson", test_folder());
    ck_assert_int_eq(remove(path), 0);
    ck_assert_uint_lt(mark(before, after, square(10)), 20); /* what was read is kept */
    renderer_forget(scenery.renderer);
    ck_assert_uint_eq(mark(before, after, square(10)), 100);
    plot_unref(before);
    plot_unref(after);
    scenery_finish(&labelled);
    scenery = plain;
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("footprint");
    TCase *tests = tcase_create("footprint");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, nothing_is_stale_when_nothing_changed);
    tcase_add_test(tests, a_moved_symbol_marks_where_it_was_and_where_it_is);
    tcase_add_test(tests, a_long_line_marks_the_tiles_along_it);
    tcase_add_test(tests, an_area_marks_its_inside_and_not_its_hole);
    tcase_add_test(tests, ten_thousand_tiles_are_judged_quickly);
    tcase_add_test(tests, a_change_of_so_much_that_finding_it_takes_too_long_is_given_up_in_time);
    tcase_add_test(tests, beyond_its_limits_a_change_marks_all_around_it_and_nothing_else);
    tcase_add_test(tests, a_district_at_hand_is_compared_where_making_it_would_take_too_long);
    tcase_add_test(tests, a_view_in_an_unknown_crs_is_a_fault);
    tcase_add_test(tests, a_layer_with_labels_that_cannot_be_read_makes_all_stale);
    suite_add_tcase(suite, tests);
    return suite;
}
