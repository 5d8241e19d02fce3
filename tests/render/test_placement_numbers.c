#include "render/placement/placement.h"

#include "render/scene/feature_symbol.h"
#include "tests/support/placement_scenery.h"

START_TEST(the_label_of_a_symbol_that_became_small_carries_its_count)
{
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/inc.brand", 4.6, 51.7), 1);
    plot = scenery_put(plot, scenery_point("b", "nl@1/bw.voertuig;n=Peloton;c=4", 4.606, 51.7), 2);
    plot = scenery_put(plot, scenery_point("c", "nl@1/bw.voertuig;n=Peloton;c=4", 4.65, 51.7), 3);
    const struct placement *placement = place(plot, 12);
    ck_assert_str_eq(find(placement, "b")->text->label, "Peloton \u00D74");
    ck_assert_str_eq(find(placement, "c")->text->label, "Peloton");
    plot_unref(plot);
}
END_TEST

/* Symbols some px apart, nearly all with casualties, a count or a hazard plate. */
static struct plot *numbers_plot(uint64_t seed)
{
    static const char *const codes[] = {"inc.brand;n=Brand;v=12/4/3", "bw.voertuig;n=TS;c=4",
                                        "per.gewond;v=3/5/12", "inc.gevstof;h=33/1203;c=2", "bw.ugs;n=UGS"};
    uint64_t random = seed;
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; i < 250; i++) {
        char id[8];
        char code[64];
        snprintf(id, sizeof id, "p%03u", i);
        snprintf(code, sizeof code, "nl@1/%s", codes[random_below(&random, 5)]);
        plot = scenery_put(plot,
                           scenery_point(id, code, random_between(&random, 4.55, 4.75),
                                         random_between(&random, 51.65, 51.75)),
                           i + 1);
    }
    return plot;
}

static struct bbox frame_of(const struct placed *placed)
{
    struct placed bare = *placed;
    struct fault fault = {0};
    struct map_view view = {.palette = PALETTE_DEFAULT, .symbol_scale = 1};
    struct bbox ink = bbox_empty();
    bare.has_numbers = false;
    ck_assert(feature_symbol_ink(scenery.renderer->symbol_cache, &view, &bare, &ink, &fault));
    return ink;
}

/* What the ink of a symbol has beside its frame (0) and below that (1). */
static struct bbox numbers_of(const struct placed *placed, int side)
{
    struct bbox frame = frame_of(placed);
    struct bbox ink = placed_ink(placed);
    return side == 0 ? (struct bbox){frame.max_x, frame.min_y, ink.max_x, frame.max_y}
                     : (struct bbox){frame.min_x, frame.max_y, frame.max_x, ink.max_y};
}

static void check_numbers_are_clear(const struct placed *a, const struct placed *b)
{
    for (int side = 0; side < 2; side++) {
        struct bbox numbers = numbers_of(a, side);
        if (bbox_width(numbers) <= 0 || bbox_height(numbers) <= 0) {
            continue;
        }
        ck_assert_msg(!overlap(numbers, frame_of(b)), "numbers of %s and symbol of %s", a->feature->id,
                      b->feature->id);
        ck_assert_msg(!b->text->label || !overlap(numbers, b->text->label_room),
                      "numbers of %s and label of %s", a->feature->id, b->feature->id);
        for (int other = 0; b->has_numbers && other < 2; other++) {
            struct bbox box = numbers_of(b, other);
            bool is_any = bbox_width(box) > 0 && bbox_height(box) > 0;
            ck_assert_msg(!is_any || !overlap(numbers, box), "numbers of %s and %s", a->feature->id,
                          b->feature->id);
        }
    }
}

START_TEST(no_symbol_label_or_number_stands_on_the_numbers_of_a_symbol)
{
    size_t shown = 0;
    size_t hidden = 0;
    for (uint32_t zoom = 12; zoom <= 15; zoom++) {
        struct plot *plot = numbers_plot(zoom);
        const struct placement *placement = place(plot, zoom);
        for (size_t i = 0; i < placement_count(placement); i++) {
            const struct placed *a = placement_at(placement, i);
            shown += a->has_numbers;
            hidden += !a->has_numbers;
            for (size_t j = 0; a->has_numbers && j < placement_count(placement); j++) {
                if (j != i) {
                    check_numbers_are_clear(a, placement_at(placement, j));
                }
            }
        }
        plot_unref(plot);
    }
    ck_assert_uint_gt(shown, 100);
    ck_assert_uint_gt(hidden, 100);
}
END_TEST

START_TEST(casualties_stand_beside_the_symbol_or_in_its_label_or_are_reported)
{
    int ways[3] = {0};
    for (uint32_t zoom = 12; zoom <= 15; zoom++) {
        struct report report;
        report_init(&report);
        struct plot *plot = numbers_plot(zoom);
        const struct placement *placement = place(plot, zoom);
        placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
        for (size_t i = 0; i < placement_count(placement); i++) {
            const struct placed *placed = placement_at(placement, i);
            const char *victims = placed->feature->code.texts[SLOT_VICTIMS];
            if (victims) {
                bool is_in_label = placed->text->label && strstr(placed->text->label, victims);
                int way = placed->has_numbers ? 0 : is_in_label ? 1 : 2;
                ways[way]++;
                ck_assert_msg(way < 2 || is_reported(&report, placed->feature->id), "%s at zoom %u",
                              placed->feature->id, zoom);
                ck_assert(way > 0 || !is_in_label);
                const struct report_item *note =
                    find_note(&report, REPORT_NUMBERS_UNPLACED, placed->feature->id);
                ck_assert_msg((note != NULL) == (way == 2), "%s at zoom %u", placed->feature->id, zoom);
                ck_assert(!note || strstr(note->title, victims));
            }
        }
        report_finish(&report);
        plot_unref(plot);
    }
    ck_assert_int_gt(ways[0], 50);
    ck_assert_int_gt(ways[1], 20);
    ck_assert_int_gt(ways[2], 5);
}
END_TEST

/* All that a placement has to tell, of some codes in one place. */
static void report_of(const char *const codes[], uint32_t zoom, struct report *report)
{
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; codes[i]; i++) {
        char id[8];
        snprintf(id, sizeof id, "f%u", i);
        plot = scenery_put(plot, scenery_point(id, codes[i], 4.6 + i * 0.2, 51.7), i + 1);
    }
    report_init(report);
    placement_report(place(plot, zoom), scenery.renderer->text_engine, everywhere, report);
    plot_unref(plot);
}

START_TEST(a_dot_says_no_numbers_and_has_no_label_so_the_report_names_them)
{
    static const char *const codes[] = {"nl@1/per.gewond;n=Gewonden;v=T1 3 / T2 7", "nl@1/bw.voertuig;c=4",
                                        "nl@1/bw.voertuig;n=TS", NULL};
    struct report report;
    report_of(codes, 6, &report);
    ck_assert_uint_eq(report_count(&report, REPORT_NUMBERS_UNPLACED), 2);
    ck_assert_str_eq(find_note(&report, REPORT_NUMBERS_UNPLACED, "f0")->title, "Gewonden (T1 3 / T2 7)");
    ck_assert_str_eq(find_note(&report, REPORT_NUMBERS_UNPLACED, "f1")->title, "f1 (\u00D74)");
    report_finish(&report);
    report_of(codes, 14, &report);
    ck_assert_uint_eq(report_count(&report, REPORT_NUMBERS_UNPLACED), 0);
    report_finish(&report);
}
END_TEST

START_TEST(the_hazard_plate_of_a_small_plate_and_the_numbers_of_letters_are_named)
{
    static const char *const plate[] = {"nl@1/gev.bord;h=33/1203", NULL};
    static const char *const letters[] = {"nl@1/not.there;n=Wat;v=5", NULL};
    struct report report;
    report_of(plate, 10, &report);
    ck_assert_str_eq(find_note(&report, REPORT_NUMBERS_UNPLACED, "f0")->title, "f0 (33/1203)");
    report_finish(&report);
    report_of(plate, 14, &report);
    ck_assert_uint_eq(report_count(&report, REPORT_NUMBERS_UNPLACED), 0);
    report_finish(&report);
    report_of(letters, 14, &report);
    ck_assert_str_eq(find_note(&report, REPORT_NUMBERS_UNPLACED, "f0")->title, "Wat (5)");
    report_finish(&report);
}
END_TEST

START_TEST(lost_numbers_are_counted_where_nobody_wants_names)
{
    static const char *const codes[] = {"nl@1/per.gewond;n=Gewonden;v=3", NULL};
    struct report named;
    report_of(codes, 6, &named);
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("f0", codes[0], 4.6, 51.7), 1);
    struct report counted;
    report_init(&counted);
    counted.counts_features = true;
    placement_report(place(plot, 6), scenery.renderer->text_engine, everywhere, &counted);
    ck_assert_uint_eq(counted.count, 0);
    ck_assert_uint_eq(report_count(&counted, REPORT_NUMBERS_UNPLACED),
                      report_count(&named, REPORT_NUMBERS_UNPLACED));
    report_finish(&named);
    report_finish(&counted);
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("placement: numbers");
    TCase *tests = tcase_create("numbers");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, no_symbol_label_or_number_stands_on_the_numbers_of_a_symbol);
    tcase_add_test(tests, casualties_stand_beside_the_symbol_or_in_its_label_or_are_reported);
    tcase_add_test(tests, the_label_of_a_symbol_that_became_small_carries_its_count);
    tcase_add_test(tests, a_dot_says_no_numbers_and_has_no_label_so_the_report_names_them);
    tcase_add_test(tests, the_hazard_plate_of_a_small_plate_and_the_numbers_of_letters_are_named);
    tcase_add_test(tests, lost_numbers_are_counted_where_nobody_wants_names);
    suite_add_tcase(suite, tests);
    return suite;
}
