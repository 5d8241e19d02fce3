#include "render/placement/placement.h"

#include "render/placement/placement_along.h"
#include "tests/support/placement_scenery.h"

/* A plot of lines and areas with text along them, among points. */
static struct plot *text_plot(uint64_t seed, uint32_t count)
{
    uint64_t random = seed;
    scenery_add_texts(&scenery);
    struct plot *plot = scenery_plot(&scenery, seed, around_moerdijk, 100);
    for (uint32_t i = 0; i < count; i++) {
        plot = scenery_put(plot, scenery_random_text(&random, around_moerdijk, i), i + 2);
    }
    return plot;
}

static void check_text_is_free(const struct placement *placement, const struct placed *owner,
                               const struct text_along *text)
{
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        for (size_t j = 0; j < text->room_count; j++) {
            ck_assert_msg(!placed->has_symbol || !overlap(text->rooms[j], placed_ink(placed)),
                          "text of %s on symbol of %s", owner->feature->id, placed->feature->id);
            ck_assert_msg(!placed->text->label || !overlap(text->rooms[j], placed->text->label_room),
                          "text of %s on label of %s", owner->feature->id, placed->feature->id);
        }
        for (size_t j = 0; j < placed->text->alongs.count; j++) {
            const struct text_along *other = placed->text->alongs.items[j];
            for (size_t k = 0; other != text && k < other->room_count * text->room_count; k++) {
                ck_assert_msg(
                    !overlap(text->rooms[k / other->room_count], other->rooms[k % other->room_count]),
                    "texts of %s and %s", owner->feature->id, placed->feature->id);
            }
        }
    }
}

START_TEST(texts_along_lines_touch_no_symbol_no_label_and_no_other_text)
{
    size_t count = 0;
    struct plot *plot = text_plot(8, 60);
    for (uint32_t zoom = 11; zoom <= 13; zoom++) {
        const struct placement *placement = place(plot, zoom);
        for (size_t i = 0; i < placement_count(placement); i++) {
            const struct placed *placed = placement_at(placement, i);
            for (size_t j = 0; j < placed->text->alongs.count; j++) {
                check_text_is_free(placement, placed, placed->text->alongs.items[j]);
                count++;
            }
        }
    }
    ck_assert_uint_gt(count, 100);
    plot_unref(plot);
}
END_TEST

static struct shape *straight_line(struct point from, struct point to)
{
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, (struct point[]){from, to}, 2, false);
    return shape;
}

/* Circles around a place. */
static struct feature *rings(const char *id, struct point place, const double *radii_m, int count)
{
    struct fault fault = {0};
    struct area_template area_template = {.kind = TEMPLATE_RINGS, .number_count = count};
    memcpy(area_template.numbers, radii_m, (size_t)count * sizeof(*radii_m));
    area_template_set_points(&area_template, &place, 1);
    struct shape *shape = area_template_expand(&area_template, &fault);
    ck_assert_msg(shape != NULL, "%s", fault.message);
    struct feature *feature = scenery_feature(id, "nl@1/a.ringen", shape);
    feature_set_template(feature, &area_template);
    area_template_finish(&area_template);
    return feature;
}

START_TEST(a_ring_that_can_be_read_has_its_radius_or_the_report_says_that_it_lacks)
{
    struct report report;
    report_init(&report);
    double few[] = {50, 500, 1000}; /* 4, 42 and 85 px high */
    double many[] = {250};          /* 21 px: higher than its name, too small to carry it */
    struct plot *plot = scenery_put(scenery_empty_plot(), rings("a", (struct point){4.6, 51.7}, few, 3), 1);
    plot = scenery_put(plot, rings("b", (struct point){4.65, 51.7}, many, 1), 2);
    const struct placement *placement = place(plot, 12);
    size_t names = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        names += placement_at(placement, i)->text->label != NULL;
    }
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    ck_assert_uint_eq(names, 2);
    ck_assert_uint_eq(report_count(&report, REPORT_LABEL_UNPLACED), 1);
    ck_assert_str_eq(report.items[0].subject, "b");
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

START_TEST(a_name_stands_along_its_line_or_else_beside_it)
{
    scenery_add_texts(&scenery);
    struct shape *length = straight_line((struct point){4.55, 51.7}, (struct point){4.7, 51.68});
    struct shape *brief = straight_line((struct point){4.6, 51.65}, (struct point){4.606, 51.65});
    struct plot *plot = scenery_put(scenery_empty_plot(),
                                    scenery_feature("long", "tekst@1/t.op;n=Stoplijn 2;t=14:30", length), 1);
    plot = scenery_put(plot, scenery_feature("kort", "tekst@1/t.op;n=Stoplijn 3", brief), 2);
    const struct placement *placement = place(plot, 12);
    ck_assert_ptr_null(find(placement, "long")->text->label);
    ck_assert_uint_eq(find(placement, "long")->text->alongs.count, 1);
    ck_assert_str_eq(find(placement, "long")->text->alongs.items[0]->text, "Stoplijn 2 \u00B7 14:30");
    ck_assert_str_eq(find(placement, "kort")->text->label, "Stoplijn 3");
    ck_assert_uint_eq(find(placement, "kort")->text->alongs.count, 0);
    plot_unref(plot);
}
END_TEST

START_TEST(a_name_of_hundreds_of_characters_stands_in_a_few_lines_and_is_reported)
{
    struct report report;
    report_init(&report);
    char code[400] = "nl@1/bw.ugs;n=";
    while (strlen(code) < 200) {
        strncat(code, "opvang ", sizeof code - strlen(code) - 1);
    }
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("a", code, 4.6, 51.7), 1);
    const struct placement *placement = place(plot, 12);
    const struct placed *placed = find(placement, "a");
    ck_assert_ptr_nonnull(placed->text->label);
    ck_assert_double_lt(bbox_width(placed->text->label_room), 300);
    ck_assert_double_lt(bbox_height(placed->text->label_room), 60);
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    ck_assert_ptr_nonnull(find_note(&report, REPORT_LABEL_SHORTENED, "a"));
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

START_TEST(letters_are_repeated_and_the_label_stands_where_it_always_does)
{
    scenery_add_texts(&scenery);
    struct shape *shape = straight_line((struct point){4.55, 51.7}, (struct point){4.7, 51.68});
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_feature("a", "tekst@1/t.letters;n=Vak 3", shape), 1);
    const struct placed *placed = find(place(plot, 12), "a");
    ck_assert_str_eq(placed->text->label, "Vak 3");
    ck_assert_uint_ge(placed->text->alongs.count, 4);
    ck_assert_str_eq(placed->text->alongs.items[0]->text, "STOP");
    plot_unref(plot);
}
END_TEST

START_TEST(texts_along_very_long_lines_are_bounded)
{
    size_t count = 0;
    uint64_t revision = 1;
    scenery_add_texts(&scenery);
    struct plot *plot = scenery_empty_plot();
    for (int i = 0; i < 40; i++) {
        char id[16];
        snprintf(id, sizeof id, "l%02d", i);
        struct shape *shape =
            straight_line((struct point){3, 50 + i * 0.1}, (struct point){17, 50 + i * 0.1});
        plot = scenery_put(plot, scenery_feature(id, "tekst@1/t.naast;n=Lijn", shape), revision++);
    }
    const struct placement *placement = place(plot, 18);
    for (size_t i = 0; i < placement_count(placement); i++) {
        size_t along = placement_at(placement, i)->text->alongs.count;
        ck_assert_uint_ge(along, 1);
        ck_assert_uint_le(along, PLACEMENT_ALONG_MOST + 1);
        count += along;
    }
    ck_assert_uint_gt(count, PLACEMENT_ALONG_BUDGET / 2);
    ck_assert_uint_le(count, PLACEMENT_ALONG_BUDGET + 40);
    plot_unref(plot);
}
END_TEST

static bool is_same_text(const struct placed *a, const struct placed *b)
{
    bool is_same = a && b && a->text->alongs.count == b->text->alongs.count;
    for (size_t i = 0; is_same && i < a->text->alongs.count; i++) {
        is_same = text_along_equals(a->text->alongs.items[i], b->text->alongs.items[i]);
    }
    return is_same;
}

/* What is remembered of earlier searches never changes a picture. */
START_TEST(after_changes_texts_stand_where_a_new_renderer_sets_them)
{
    uint64_t random = 50;
    struct fault fault = {0};
    struct plot *plot = text_plot(9, 60);
    struct renderer *fresh = scenery_renderer();
    place(plot, 12);
    for (uint64_t revision = 100; revision < 115; revision++) {
        uint32_t number = random_below(&random, 60);
        plot = scenery_put(plot,
                           revision % 2 ? scenery_random_text(&random, around_moerdijk, number)
                                        : scenery_random_feature(&scenery, &random, around_moerdijk, number),
                           revision);
        const struct placement *placement = place(plot, 12);
        struct map_view view = whole_view(plot, 12);
        renderer_forget(fresh);
        const struct placement *anew = placement_get(fresh, &view, everywhere, &fault);
        ck_assert_uint_eq(placement_count(placement), placement_count(anew));
        for (size_t i = 0; i < placement_count(anew); i++) {
            ck_assert(is_same_text(placement_at(placement, i), placement_at(anew, i)));
        }
    }
    renderer_free(fresh);
    plot_unref(plot);
}
END_TEST

START_TEST(in_a_frame_the_name_of_a_line_stands_on_what_is_seen_of_it)
{
    struct fault fault = {0};
    scenery_add_texts(&scenery);
    struct shape *shape = straight_line((struct point){3, 51.7}, (struct point){4.7, 51.7});
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_feature("a", "tekst@1/t.op;n=Rivier", shape), 1);
    struct map_view view = whole_view(plot, 12);
    const struct placed *whole = find(place(plot, 12), "a");
    struct point end = {whole->place.x + 1900, whole->place.y};
    view.frame_px = (struct bbox){end.x, end.y - 100, end.x + 400, end.y + 100};
    const struct placed *seen = find(placement_get(scenery.renderer, &view, everywhere, &fault), "a");
    ck_assert_ptr_nonnull(seen);
    ck_assert_uint_eq(seen->text->alongs.count, 1);
    ck_assert(bbox_contains(view.frame_px, seen->text->alongs.items[0]->ink));
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("placement: texts");
    TCase *tests = tcase_create("texts");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, texts_along_lines_touch_no_symbol_no_label_and_no_other_text);
    tcase_add_test(tests, a_ring_that_can_be_read_has_its_radius_or_the_report_says_that_it_lacks);
    tcase_add_test(tests, a_name_stands_along_its_line_or_else_beside_it);
    tcase_add_test(tests, a_name_of_hundreds_of_characters_stands_in_a_few_lines_and_is_reported);
    tcase_add_test(tests, letters_are_repeated_and_the_label_stands_where_it_always_does);
    tcase_add_test(tests, texts_along_very_long_lines_are_bounded);
    tcase_add_test(tests, after_changes_texts_stand_where_a_new_renderer_sets_them);
    tcase_add_test(tests, in_a_frame_the_name_of_a_line_stands_on_what_is_seen_of_it);
    suite_add_tcase(suite, tests);
    return suite;
}
