#include "render/placement/placement.h"

#include "geo/crs.h"
#include "render/placement/label_places.h"
#include "render/scene/feature_labels.h"
#include "tests/support/placement_scenery.h"

START_TEST(no_label_touches_another_label_or_a_symbol)
{
    for (uint32_t zoom = 9; zoom <= 14; zoom++) {
        struct plot *plot = scenery_plot(&scenery, 100 + zoom, around_moerdijk, 400);
        const struct placement *placement = place(plot, zoom);
        for (size_t i = 0; i < placement_count(placement); i++) {
            const struct placed *a = placement_at(placement, i);
            for (size_t j = 0; a->text->label && j < placement_count(placement); j++) {
                const struct placed *b = placement_at(placement, j);
                ck_assert_msg(!b->has_symbol || !overlap(a->text->label_room, placed_ink(b)),
                              "label of %s on symbol of %s", a->feature->id, b->feature->id);
                ck_assert_msg(i == j || !b->text->label || !overlap(a->text->label_room, b->text->label_room),
                              "labels of %s and %s", a->feature->id, b->feature->id);
            }
        }
        plot_unref(plot);
    }
}
END_TEST

START_TEST(a_forced_level_of_detail_is_kept)
{
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/inc.brand", 4.6, 51.7), 1);
    plot = scenery_put(plot, scenery_point("b", "nl@1/bw.voertuig;lod=full", 4.60005, 51.7), 2);
    plot = scenery_put(plot, scenery_point("c", "nl@1/bw.voertuig;lod=dot", 4.7, 51.7), 3);
    const struct placement *placement = place(plot, 12);
    ck_assert_int_eq(find(placement, "b")->detail, DETAIL_FULL);
    ck_assert_int_eq(find(placement, "c")->detail, DETAIL_DOT);
    plot_unref(plot);
}
END_TEST

START_TEST(a_label_without_a_place_is_named_in_the_report)
{
    struct report report;
    report_init(&report);
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; i < 60; i++) {
        char id[8];
        snprintf(id, sizeof id, "p%02u", i);
        struct feature *feature = scenery_point(id, "nl@1/bw.ugs;n=Een lange naam", 4.6 + 0.0004 * (i % 8),
                                                51.7 + 0.0003 * (i / 8));
        plot = scenery_put(plot, feature, i + 1);
    }
    const struct placement *placement = place(plot, 13);
    size_t labels = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        labels += placement_at(placement, i)->text->label != NULL;
    }
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    ck_assert_uint_gt(labels, 0);
    ck_assert_uint_lt(labels, 60);
    ck_assert_uint_eq(labels + report_count(&report, REPORT_LABEL_UNPLACED), 60);
    report_finish(&report);
    report_init(&report);
    placement_report(placement, scenery.renderer->text_engine, (struct bbox){0, 0, 10, 10},
                     &report); /* elsewhere nothing is missing */
    ck_assert_uint_eq(report.count, 0);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

/* A frame of 400 x 300 px around a place. */
static struct map_view framed_view(const struct plot *plot, double lon, double lat)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 13));
    struct point place = {lon, lat};
    ck_assert(crs_transform(context, crs_find(context, "OGC:CRS84", &fault),
                            crs_find(context, view.grid.crs_code, &fault), &place, 1, &fault));
    place = pixel_grid_to_px(&view.grid, place);
    view.frame_px =
        (struct bbox){floor(place.x) - 200, floor(place.y) - 150, floor(place.x) + 200, floor(place.y) + 150};
    return view;
}

START_TEST(labels_stand_whole_inside_a_frame_and_what_is_outside_has_none)
{
    struct fault fault = {0};
    struct report report;
    report_init(&report);
    struct plot *plot = scenery_plot(&scenery, 7, around_moerdijk, 300);
    struct map_view view = framed_view(plot, 4.62, 51.69);
    const struct placement *placement = placement_get(scenery.renderer, &view, everywhere, &fault);
    size_t labels = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        ck_assert(bbox_contains_point(view.frame_px, placed->place));
        ck_assert(!placed->text->label || bbox_contains(view.frame_px, placed->text->label_ink));
        labels += placed->text->label != NULL;
    }
    ck_assert_uint_gt(labels, 5);
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    for (size_t i = 0; i < report.count; i++) {
        const struct placed *placed = find(placement, report.items[i].subject);
        bool is_gap = report.items[i].kind == REPORT_LABEL_UNPLACED && placed;
        ck_assert(!is_gap || bbox_contains_point(view.frame_px, placed->place));
    }
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

START_TEST(at_the_edge_of_a_frame_a_label_takes_another_place)
{
    struct fault fault = {0};
    struct plot *plot = scenery_put(scenery_empty_plot(),
                                    scenery_point("a", "nl@1/bw.ugs;n=UGS Klaverpolder", 4.62, 51.69), 1);
    struct map_view view = framed_view(plot, 4.62, 51.69);
    const struct placed *placed = placement_at(placement_get(scenery.renderer, &view, everywhere, &fault), 0);
    ck_assert_double_gt(placed->text->label_room.min_x, placed->place.x);
    view.frame_px.max_x = floor(placed->place.x) + 30; /* cuts that place */
    placed = placement_at(placement_get(scenery.renderer, &view, everywhere, &fault), 0);
    ck_assert_ptr_nonnull(placed->text->label);
    ck_assert_double_lt(placed->text->label_room.max_x, placed->place.x);
    view.frame_px.max_x = floor(placed->place.x) - 30; /* the place itself is outside */
    ck_assert_uint_eq(placement_count(placement_get(scenery.renderer, &view, everywhere, &fault)), 0);
    plot_unref(plot);
}
END_TEST

START_TEST(an_unknown_symbol_is_drawn_and_reported)
{
    struct report report;
    report_init(&report);
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/xx.onbekend;n=Wat", 4.6, 51.7), 1);
    const struct placement *placement = place(plot, 12);
    ck_assert(find(placement, "a")->has_symbol);
    ck_assert_ptr_null(find(placement, "a")->entry);
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    ck_assert_uint_eq(report_count(&report, REPORT_SYMBOL_FALLBACK), 1);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

START_TEST(each_point_of_a_multipoint_has_a_symbol_and_the_first_the_label)
{
    struct shape *shape = shape_new(SHAPE_POINT);
    struct point places[] = {{4.6, 51.7}, {4.65, 51.7}, {4.7, 51.7}};
    for (int i = 0; i < 3; i++) {
        shape_add_part(shape, &places[i], 1, false);
    }
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_feature("a", "nl@1/bw.bluswater;n=Putten", shape), 1);
    const struct placement *placement = place(plot, 12);
    ck_assert_uint_eq(placement_count(placement), 3);
    size_t labels = 0;
    for (size_t i = 0; i < 3; i++) {
        ck_assert(placement_at(placement, i)->has_symbol);
        labels += placement_at(placement, i)->text->label != NULL;
    }
    ck_assert_uint_eq(labels, 1);
    plot_unref(plot);
}
END_TEST

START_TEST(only_what_is_valid_at_the_moment_takes_room)
{
    struct feature *past = scenery_point("a", "nl@1/inc.brand;n=Voorbij", 4.6, 51.7);
    past->valid_to_ms = 1700000000000;
    struct feature *future = scenery_point("b", "nl@1/inc.brand;n=Straks", 4.6, 51.7);
    future->valid_from_ms = 1800000000000;
    struct plot *plot = scenery_put(scenery_put(scenery_empty_plot(), past, 1), future, 2);
    plot = scenery_put(plot, scenery_point("c", "nl@1/bw.voertuig;n=Nu", 4.6, 51.7), 3);
    const struct placement *placement = place(plot, 12);
    ck_assert_uint_eq(placement_count(placement), 1);
    ck_assert_int_eq(find(placement, "c")->detail, DETAIL_FULL);
    ck_assert_ptr_nonnull(find(placement, "c")->text->label);
    plot_unref(plot);
}
END_TEST

static size_t visited;

static void count_placed(const struct placed *placed, void *context)
{
    visited++;
}

static bool has_text_in(const struct placed *placed, struct bbox box)
{
    bool is_in = false;
    for (size_t i = 0; i < placed->text->alongs.count; i++) {
        is_in = is_in || bbox_intersects(placed->text->alongs.items[i]->ink, box);
    }
    return is_in;
}

START_TEST(a_query_finds_what_has_ink_in_the_box_and_nothing_else)
{
    struct plot *plot = scenery_plot(&scenery, 17, around_moerdijk, 300);
    const struct placement *placement = place(plot, 12);
    uint64_t random = 3;
    for (int i = 0; i < 50; i++) {
        struct bbox around = placed_ink(placement_at(placement, random_below(&random, 200)));
        struct bbox box = bbox_grow(around, random_between(&random, 0, 100));
        size_t expected = 0;
        for (size_t j = 0; j < placement_count(placement); j++) {
            const struct placed *placed = placement_at(placement, j);
            expected += (placed->has_symbol && bbox_intersects(placed_ink(placed), box)) ||
                        bbox_intersects(placed->text->label_ink, box) || has_text_in(placed, box);
        }
        visited = 0;
        placement_query(placement, box, count_placed, NULL);
        ck_assert_uint_eq(visited, expected);
    }
    plot_unref(plot);
}
END_TEST

START_TEST(ten_thousand_features_are_placed_again_soon_after_a_change)
{
    struct plot *plot = scenery_plot(&scenery, 1, (struct bbox){3.5, 51, 7, 53.5}, 10000);
    place(plot, 11);
    int64_t best_us = INT64_MAX;
    for (uint64_t i = 0; i < 4; i++) {
        plot =
            scenery_put(plot, scenery_point("x", "nl@1/bw.ugs;n=UGS", 4.6 + 0.01 * (double)i, 51.7), 2 + i);
        int64_t start_us = monotonic_now_us();
        place(plot, 11);
        int64_t spent_us = monotonic_now_us() - start_us;
        best_us = spent_us < best_us ? spent_us : best_us;
    }
    printf("10,000 features placed again in %.1f ms\n", (double)best_us / 1000);
    ck_assert_int_lt(best_us, 1000 * 500); /* 25 ms on an idle machine; sanitizers and neighbours are slow */
    plot_unref(plot);
}
END_TEST

/* Points a few px apart, with names of any width; some say more than a name. */
static struct plot *crowd_of_names(uint64_t *random)
{
    static const char *const names[] = {
        "i", "1", "W", "WWWWWWWWWW", "Peloton 12", "\u00B7", "\u6D88\u9632", "lil'il.", "TS 4;t=14:30;o=VRR"};
    struct plot *plot = scenery_empty_plot();
    for (uint64_t i = 0; i < 400; i++) {
        char id[16];
        char code[64];
        snprintf(id, sizeof id, "p%03u", (unsigned)i);
        snprintf(code, sizeof code, "nl@1/%s;n=%s", random_below(random, 2) ? "bw.voertuig" : "inc.brand",
                 names[random_below(random, sizeof names / sizeof names[0])]);
        plot = scenery_put(plot,
                           scenery_point(id, code, random_between(random, 4.60, 4.62),
                                         random_between(random, 51.70, 51.712)),
                           i + 1);
    }
    return plot;
}

/* Is there a place for its label now that all others have theirs? */
static bool has_room(const struct placement *placement, const struct placed *placed)
{
    struct feature_label *label =
        feature_labels_get(scenery.renderer->feature_labels, placed->feature, placed->entry,
                           placed->detail == DETAIL_FULL ? DETAIL_SMALL : placed->detail, PALETTE_DEFAULT, 1);
    struct label_places places =
        label_places_around(placed_ink(placed), label->size, 2 + label->look.halo_px);
    bool is_found = false;
    for (int i = 0; i < places.count; i++) {
        struct point corner = places.items[i].corner;
        struct bbox box = {corner.x, corner.y, corner.x + label->size.width_px,
                           corner.y + label->size.height_px};
        is_found = is_found || placement_is_free(placement, bbox_grow(box, label->look.halo_px));
    }
    feature_label_unref(label);
    return is_found;
}

/* However it was found that there is none. */
START_TEST(a_label_that_is_reported_without_a_place_has_none)
{
    uint64_t random = 77 + (uint64_t)_i;
    struct report report;
    report_init(&report);
    struct plot *plot = crowd_of_names(&random);
    const struct placement *placement = place(plot, 12 + (uint32_t)_i);
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    size_t unplaced = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        if (is_reported(&report, placed->feature->id)) {
            ck_assert_msg(!has_room(placement, placed), "label of %s", placed->feature->id);
            unplaced++;
        }
    }
    ck_assert_uint_gt(unplaced, 20);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("placement");
    TCase *tests = tcase_create("placement");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, no_label_touches_another_label_or_a_symbol);
    tcase_add_test(tests, a_forced_level_of_detail_is_kept);
    tcase_add_test(tests, a_label_without_a_place_is_named_in_the_report);
    tcase_add_test(tests, labels_stand_whole_inside_a_frame_and_what_is_outside_has_none);
    tcase_add_test(tests, at_the_edge_of_a_frame_a_label_takes_another_place);
    tcase_add_test(tests, an_unknown_symbol_is_drawn_and_reported);
    tcase_add_test(tests, each_point_of_a_multipoint_has_a_symbol_and_the_first_the_label);
    tcase_add_test(tests, only_what_is_valid_at_the_moment_takes_room);
    tcase_add_test(tests, a_query_finds_what_has_ink_in_the_box_and_nothing_else);
    tcase_add_test(tests, ten_thousand_features_are_placed_again_soon_after_a_change);
    tcase_add_loop_test(tests, a_label_that_is_reported_without_a_place_has_none, 0, 3);
    suite_add_tcase(suite, tests);
    return suite;
}
