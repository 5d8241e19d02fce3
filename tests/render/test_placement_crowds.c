#include "render/placement/placement.h"

#include "geo/segment.h"
#include "render/placement/label_places.h"
#include "render/placement/placement_make.h"
#include "render/placement/placement_plates.h"
#include "render/scene/district.h"
#include "render/scene/feature_labels.h"
#include "render/scene/feature_symbol.h"
#include "tests/support/placement_scenery.h"

/* Does the same symbol stand at the same place? */
static bool has_twin(const struct placement *placement, const struct placed *placed)
{
    struct fault fault = {0};
    struct symbol_cache *cache = scenery.renderer->symbol_cache;
    struct map_view view = {.palette = PALETTE_DEFAULT, .symbol_scale = 1};
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *other = placement_at(placement, i);
        if (other->has_symbol && other->place.x == placed->place.x && other->place.y == placed->place.y &&
            feature_symbol(cache, &view, other, &fault) == feature_symbol(cache, &view, placed, &fault)) {
            return true;
        }
    }
    return false;
}

START_TEST(every_point_keeps_its_symbol_however_crowded)
{
    struct plot *plot = scenery_plot(&scenery, 5, (struct bbox){4.6, 51.7, 4.601, 51.7005}, 500);
    const struct placement *placement = place(plot, 12);
    size_t points = 0;
    size_t symbols = 0;
    for (size_t i = 0; i < plot_count(plot); i++) {
        points += plot_at(plot, i)->shape->kind == SHAPE_POINT;
    }
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        symbols += (placed->has_symbol || placed->is_double) && placed->feature->shape->kind == SHAPE_POINT;
        ck_assert(!placed->is_double || has_twin(placement, placed));
        ck_assert_double_eq(placed->place.x, floor(placed->place.x));
        ck_assert_double_eq(placed->place.y, floor(placed->place.y));
    }
    ck_assert_uint_gt(points, 300);
    ck_assert_uint_eq(symbols, points);
    plot_unref(plot);
}
END_TEST

/* Each place has two of the same symbol, far apart in the order of ids, and its neighbour two of another. */
static struct plot *plot_of_twins(int edge)
{
    struct plot *plot = scenery_empty_plot();
    uint64_t revision = 0;
    for (int i = 0; i < 2 * edge * edge; i++) {
        char id[16];
        snprintf(id, sizeof id, "%c%04d", i % 2 ? 'b' : 'a', i / 2);
        double lon = 4.6 + 0.02 * (i / 2 % edge);
        double lat = 51.7 + 0.02 * (i / 2 / edge);
        const char *code = i / 2 % 2 ? "nl@1/bw.ugs" : "nl@1/bw.voertuig";
        plot = scenery_put(plot, scenery_point(id, code, lon, lat), ++revision);
    }
    return plot;
}

START_TEST(of_the_same_symbol_in_the_same_place_one_stands_however_many_there_are)
{
    struct plot *plot = plot_of_twins(25);
    const struct placement *placement = place(plot, 8);
    size_t doubles = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        ck_assert_int_eq(placed->is_double, placed->feature->id[0] == 'b');
        doubles += placed->is_double;
    }
    ck_assert_uint_eq(doubles, 625);
    plot_unref(plot);
}
END_TEST

START_TEST(a_symbol_that_would_hide_a_more_important_one_becomes_small_and_is_reported)
{
    struct report report;
    report_init(&report);
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/inc.brand", 4.6, 51.7), 1);
    plot = scenery_put(plot, scenery_point("b", "nl@1/bw.voertuig", 4.60005, 51.7), 2);
    const struct placement *placement = place(plot, 12);
    ck_assert_int_eq(find(placement, "a")->detail, DETAIL_FULL);
    ck_assert_int_gt(find(placement, "b")->detail, DETAIL_FULL);
    ck_assert(find(placement, "b")->is_crowded);
    ck_assert_str_eq(placement_at(placement, 1)->feature->id, "b"); /* on top: nothing is hidden */
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    ck_assert_uint_eq(report_count(&report, REPORT_SYMBOL_SMALL), 1);
    ck_assert_str_eq(report.items[0].subject, "b");
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

/* Symbols with long names, so near each other that most labels find no place beside theirs. */
static struct plot *crowded_plot(void)
{
    uint64_t random = 6;
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; i < 60; i++) {
        char id[8];
        snprintf(id, sizeof id, "p%02u", i);
        plot = scenery_put(plot,
                           scenery_point(id, "nl@1/bw.ugs;n=Een lange naam;c=3",
                                         random_between(&random, 4.6, 4.62),
                                         random_between(&random, 51.7, 51.71)),
                           i + 1);
    }
    return plot;
}

static size_t label_count(const struct placement *placement)
{
    size_t count = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        count += placement_at(placement, i)->text->label != NULL;
    }
    return count;
}

/* A line crosses no label at all, and no symbol but the one it leads to. */
static void check_leader(const struct placement *placement, const struct placed *owner)
{
    struct leader_rooms rooms = leader_rooms(&owner->text->leader);
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        for (int k = 0; placed != owner && k < rooms.count; k++) {
            bool is_at_symbol = bbox_intersects(rooms.items[k], placed_ink(owner));
            ck_assert(is_at_symbol || !placed->has_symbol || !overlap(rooms.items[k], placed_ink(placed)));
            ck_assert(is_at_symbol || !placed->text->label ||
                      !overlap(rooms.items[k], placed->text->label_room));
        }
    }
}

/* From the edge of its symbol to where the line to its label ends. */
static double way_to_label(const struct placed *placed)
{
    struct point end = placed->text->leader.to;
    return sqrt(segment_box_distance_squared(end, end, placed_ink(placed)));
}

START_TEST(on_a_map_that_wants_leaders_more_labels_find_a_place)
{
    struct report report;
    struct plot *plot = crowded_plot();
    size_t few = label_count(place(plot, 14));
    scenery.map.crowded = MAP_CROWDED_LEADER;
    const struct placement *placement = place(plot, 14);
    size_t leaders = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        if (placed->text->has_leader) {
            ck_assert_ptr_nonnull(placed->text->label);
            check_leader(placement, placed);
            ck_assert_double_le(way_to_label(placed), LEADER_FARTHEST_PX + 3);
            leaders++;
        }
    }
    ck_assert_uint_gt(leaders, 5);
    ck_assert_uint_eq(label_count(placement), few + leaders);
    report_init(&report);
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    ck_assert_uint_eq(label_count(placement) + report_count(&report, REPORT_LABEL_UNPLACED), 60);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

/* Incidents with name and time among many with a name. */
static struct plot *plot_of_incidents(void)
{
    uint64_t random = 12;
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; i < 300; i++) {
        char id[8];
        snprintf(id, sizeof id, "p%03u", i);
        plot = scenery_put(plot,
                           scenery_point(id, i % 4 ? "nl@1/bw.ugs;n=Loods" : "nl@1/inc.brand;n=Brand;t=09:10",
                                         random_between(&random, 4.6, 4.72),
                                         random_between(&random, 51.7, 51.76)),
                           i + 1);
    }
    return plot;
}

/* Is there nothing but labels of what is less important? */
static bool may_stand(const struct placement *placement, const struct placed *placed, struct bbox room)
{
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *other = placement_at(placement, i);
        bool is_less = other->entry->priority < placed->entry->priority;
        if (overlap(room, placed_ink(other)) ||
            (!is_less && other->text->label && overlap(room, other->text->label_room))) {
            return false;
        }
    }
    return true;
}

/* Would its name have a place, were it not for less important labels? */
static bool has_room_for_name(const struct placement *placement, const struct placed *placed)
{
    struct feature_labels *labels = scenery.renderer->feature_labels;
    struct feature_label *whole =
        feature_labels_get(labels, placed->feature, placed->entry, DETAIL_FULL, PALETTE_DEFAULT, 1);
    struct feature_label *name = feature_labels_get_name(labels, whole);
    struct label_places places = label_places_around(placed_ink(placed), name->size, 2 + name->look.halo_px);
    bool is_found = false;
    for (int i = 0; i < places.count; i++) {
        struct point corner = places.items[i].corner;
        struct bbox box = {corner.x, corner.y, corner.x + name->size.width_px,
                           corner.y + name->size.height_px};
        is_found = is_found || may_stand(placement, placed, bbox_grow(box, name->look.halo_px));
    }
    feature_label_unref(name);
    feature_label_unref(whole);
    return is_found;
}

START_TEST(a_name_without_room_for_its_time_stands_before_less_important_labels)
{
    struct report report;
    report_init(&report);
    struct plot *plot = plot_of_incidents();
    const struct placement *placement = place(plot, 13);
    placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
    size_t shortened = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        const char *label = placed->text->label;
        bool is_short = label && strcmp(label, "Brand") == 0;
        ck_assert(!is_short == !find_note(&report, REPORT_LABEL_SHORTENED, placed->feature->id));
        ck_assert(!label == (find_note(&report, REPORT_LABEL_UNPLACED, placed->feature->id) != NULL));
        ck_assert_msg(label || !placed->feature->code.texts[SLOT_TIME] ||
                          !has_room_for_name(placement, placed),
                      "%s", placed->feature->id);
        shortened += is_short;
    }
    ck_assert_uint_gt(shortened, 3);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

/* Time is said some way off rather than left out. */
START_TEST(a_leader_is_tried_before_a_label_is_shortened)
{
    size_t shortened[2] = {0};
    struct plot *plot = plot_of_incidents();
    for (int i = 0; i < 2; i++) {
        struct report report;
        report_init(&report);
        scenery.map.crowded = i == 0 ? MAP_CROWDED_SHRINK : MAP_CROWDED_LEADER;
        placement_report(place(plot, 13), scenery.renderer->text_engine, everywhere, &report);
        shortened[i] = report_count(&report, REPORT_LABEL_SHORTENED);
        report_finish(&report);
    }
    ck_assert_uint_lt(shortened[1], shortened[0]);
    plot_unref(plot);
}
END_TEST

static struct bbox inside_of_plate(const struct placed *plate)
{
    return bbox_grow(placed_ink(plate), -PLACEMENT_PLATE_RIM_PX);
}

/* Two numbers of which one digit is hidden are those of another substance. */
START_TEST(a_plate_drawn_in_full_is_not_covered_at_all)
{
    uint64_t random = 11;
    size_t full = 0;
    for (int round = 0; round < 90; round++) {
        struct plot *plot =
            scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/gev.bord;h=33/1203", 4.6, 51.7), 1);
        const char *const near[] = {"nl@1/inc.brand;tr=verified", "nl@1/bw.voertuig", "nl@1/obj.school"};
        for (uint32_t i = 0; i < 3; i++) {
            char id[8];
            snprintf(id, sizeof id, "n%u", i);
            plot = scenery_put(plot,
                               scenery_point(id, near[i], 4.6 + random_between(&random, -0.008, 0.008),
                                             51.7 + random_between(&random, -0.005, 0.005)),
                               2 + i);
        }
        const struct placement *placement = place(plot, 13);
        const struct placed *plate = find(placement, "a");
        for (size_t i = 0; plate->detail == DETAIL_FULL && i < placement_count(placement); i++) {
            const struct placed *placed = placement_at(placement, i);
            ck_assert(placed == plate || !overlap(placed_ink(placed), inside_of_plate(plate)));
        }
        full += plate->detail == DETAIL_FULL;
        plot_unref(plot);
    }
    ck_assert_uint_gt(full, 3);
    ck_assert_uint_lt(full, 90);
}
END_TEST

/* Neither by plates nor by anything else, however near: the dots of others do not leave it alone. */
START_TEST(no_plate_of_a_heap_is_read_with_anything_on_it)
{
    static const char *const codes[] = {"nl@1/gev.bord;h=33/1203", "nl@1/gev.bord;h=33/1203",
                                        "nl@1/bw.ugs;lod=full", "nl@1/alg.afgesloten", "nl@1/inc.brand"};
    size_t full = 0;
    size_t small = 0;
    for (uint64_t random = 1; random <= 40; random++) {
        struct plot *plot = scenery_empty_plot();
        uint64_t state = random;
        for (uint32_t i = 0; i < 24; i++) {
            char id[8];
            snprintf(id, sizeof id, "n%u", i);
            struct feature *feature =
                scenery_point(id, codes[random_below(&state, 5)], 4.6 + random_between(&state, -0.015, 0.015),
                              51.7 + random_between(&state, -0.01, 0.01));
            plot = scenery_put(plot, feature, i + 1);
        }
        const struct placement *placement = place(plot, 13);
        for (size_t i = 0; i < placement_count(placement); i++) {
            const struct placed *placed = placement_at(placement, i);
            bool is_plate = strcmp(placed->feature->code.entity, "gev.bord") == 0;
            bool is_read = is_plate && placed->has_symbol && placed->detail == DETAIL_FULL;
            full += is_read;
            small += is_plate && !is_read;
            for (size_t k = 0; is_read && k < placement_count(placement); k++) {
                const struct placed *other = placement_at(placement, k);
                ck_assert_msg(k == i || !overlap(placed_ink(other), inside_of_plate(placed)), "%s on %s",
                              other->feature->id, placed->feature->id);
            }
        }
        plot_unref(plot);
    }
    ck_assert_uint_gt(full, 20);
    ck_assert_uint_gt(small, 20);
}
END_TEST

/* Where dots would hide each other one badge stands with their number: every symbol is counted or seen. */
START_TEST(on_a_map_that_counts_every_symbol_is_seen_or_counted)
{
    struct report report;
    struct plot *plot = crowded_plot();
    scenery.map.crowded = MAP_CROWDED_COUNT;
    for (uint32_t zoom = 9; zoom <= 14; zoom++) {
        size_t seen = 0;
        size_t counted = 0;
        const struct placement *placement = place(plot, zoom);
        for (size_t i = 0; i < placement_count(placement); i++) {
            const struct placed *placed = placement_at(placement, i);
            char number[16];
            snprintf(number, sizeof number, "%u", placed->badge_count);
            seen += placed->has_symbol && placed->badge_count == 0;
            counted += placed->badge_count;
            ck_assert_uint_ne(placed->badge_count, 1);
            ck_assert(placed->badge_count == 0 || strcmp(placed->text->label, number) == 0);
        }
        ck_assert_uint_eq(seen + counted, 60);
        ck_assert_uint_eq(counted, placement_counted_count(placement));
        ck_assert_msg(zoom > 9 || counted > 50, "%zu", counted);
        report_init(&report);
        placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
        ck_assert_uint_eq(report_count(&report, REPORT_SYMBOL_COUNTED), counted);
        report_finish(&report);
    }
    plot_unref(plot);
}
END_TEST

/* Nothing that is painted after a badge meets its box, neither symbol nor label nor another badge. */
static void check_badge(const struct placement *placement, size_t index)
{
    const struct placed *badge = placement_at(placement, index);
    struct bbox box = placed_ink(badge);
    ck_assert_msg(bbox_contains(box, badge->text->label_room), "%s", badge->text->label);
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *other = placement_at(placement, i);
        bool is_badge = other->badge_count > 0;
        ck_assert(i == index || !other->text->label || !overlap(box, other->text->label_room));
        ck_assert_msg(i == index || (i < index && !is_badge) || !other->has_symbol ||
                          !overlap(box, placed_ink(other)),
                      "%s covers %s", other->feature->id, badge->text->label);
    }
}

/* So many symbols, half of them in one heap. */
static struct plot *heap_plot(uint64_t random, uint32_t count)
{
    static const char *const codes[] = {"nl@1/bw.ugs;n=Een", "nl@1/inc.brand;n=Twee;v=T1=2",
                                        "nl@1/gh.ovd;n=Drie", "nl@1/bw.voertuig"};
    struct feature **features = memory_new(count, sizeof(*features));
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; i < count; i++) {
        char id[16];
        double spread = i % 2 ? 0.02 : 0.0004;
        snprintf(id, sizeof id, "h%05u", i);
        features[i] = scenery_point(id, codes[i % 4], 4.62 + random_between(&random, -spread, spread),
                                    51.7 + random_between(&random, -spread / 2, spread / 2));
    }
    for (uint32_t i = 0; i < count; i++) {
        plot = scenery_put(plot, features[i], i + 1);
    }
    free(features);
    return plot;
}

static void check_badges(const struct plot *plot, uint32_t *most, size_t *hidden)
{
    for (uint32_t zoom = 7; zoom <= 16; zoom++) {
        struct report report;
        const struct placement *placement = place(plot, zoom);
        for (size_t i = 0; i < placement_count(placement); i++) {
            uint32_t count = placement_at(placement, i)->badge_count;
            *most = count > *most ? count : *most;
            if (count > 0) {
                check_badge(placement, i);
            }
        }
        report_init(&report);
        placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
        *hidden += report_count(&report, REPORT_SYMBOL_HIDDEN);
        report_finish(&report);
    }
}

START_TEST(a_number_on_a_badge_is_never_covered_and_hardly_a_symbol_is_hidden)
{
    static const uint32_t counts[] = {20, 200, 900, 3000};
    uint32_t most = 0;
    size_t hidden = 0; /* by many that hide little each */
    size_t symbols = 0;
    scenery.map.crowded = MAP_CROWDED_COUNT;
    for (uint64_t random = 1; random <= 8; random++) {
        struct plot *plot = heap_plot(random, counts[random % 4]);
        check_badges(plot, &most, &hidden);
        symbols += 10 * plot_count(plot);
        plot_unref(plot);
    }
    ck_assert_uint_gt(most, 999); /* wider than a cell */
    ck_assert_msg(10000 * hidden <= symbols, "%zu of %zu", hidden, symbols);
}
END_TEST

static struct bbox in_whole_px(struct bbox box)
{
    return (struct bbox){floor(box.min_x), floor(box.min_y), ceil(box.max_x), ceil(box.max_y)};
}

/** How much of the box of one symbol lies under boxes painted after it, px by px. */
static double covered_part(const struct placement *placement, size_t index)
{
    struct bbox ink = in_whole_px(placed_ink(placement_at(placement, index)));
    size_t covered = 0;
    size_t count = 0;
    for (double y = ink.min_y + 0.5; y < ink.max_y; y++) {
        for (double x = ink.min_x + 0.5; x < ink.max_x; x++) {
            bool is_covered = false;
            for (size_t i = index + 1; i < placement_count(placement) && !is_covered; i++) {
                const struct placed *above = placement_at(placement, i);
                is_covered = above->has_symbol &&
                             bbox_contains_point(in_whole_px(placed_ink(above)), (struct point){x, y});
            }
            covered += is_covered;
            count++;
        }
    }
    return (double)covered / (double)count;
}

static bool is_told_hidden(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->count; i++) {
        if (report->items[i].kind == REPORT_SYMBOL_HIDDEN && strcmp(report->items[i].subject, id) == 0) {
            return true;
        }
    }
    return false;
}

/* At small scales dots lie on dots: whoever nobody sees is named, and nobody else. */
START_TEST(symbols_under_others_are_named_and_no_others)
{
    struct plot *plot = crowded_plot();
    for (uint32_t zoom = 6; zoom <= 13; zoom++) {
        size_t hidden = 0;
        struct report report;
        const struct placement *placement = place(plot, zoom);
        report_init(&report);
        placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
        for (size_t i = 0; i < placement_count(placement); i++) {
            const struct placed *placed = placement_at(placement, i);
            bool is_point = placed->feature->shape->kind == SHAPE_POINT && placed->part == 0 &&
                            district_holds(placement->district, placed->place);
            bool is_hidden = placed->is_double || (placed->has_symbol && covered_part(placement, i) >= 0.8);
            if (is_point && (placed->has_symbol || placed->is_double)) {
                ck_assert_msg(is_told_hidden(&report, placed->feature->id) == is_hidden, "zoom %u: %s, %g",
                              zoom, placed->feature->id, covered_part(placement, i));
                hidden += is_hidden;
            }
        }
        ck_assert_uint_eq(report_count(&report, REPORT_SYMBOL_HIDDEN), hidden);
        ck_assert_msg(zoom > 8 || hidden > 10, "%zu at zoom %u", hidden, zoom);
        report_finish(&report);
    }
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("placement: crowds");
    TCase *tests = tcase_create("crowds");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, every_point_keeps_its_symbol_however_crowded);
    tcase_add_test(tests, of_the_same_symbol_in_the_same_place_one_stands_however_many_there_are);
    tcase_add_test(tests, a_symbol_that_would_hide_a_more_important_one_becomes_small_and_is_reported);
    tcase_add_test(tests, on_a_map_that_wants_leaders_more_labels_find_a_place);
    tcase_add_test(tests, a_name_without_room_for_its_time_stands_before_less_important_labels);
    tcase_add_test(tests, a_leader_is_tried_before_a_label_is_shortened);
    tcase_add_test(tests, a_plate_drawn_in_full_is_not_covered_at_all);
    tcase_add_test(tests, no_plate_of_a_heap_is_read_with_anything_on_it);
    tcase_add_test(tests, on_a_map_that_counts_every_symbol_is_seen_or_counted);
    tcase_add_test(tests, a_number_on_a_badge_is_never_covered_and_hardly_a_symbol_is_hidden);
    tcase_add_test(tests, symbols_under_others_are_named_and_no_others);
    suite_add_tcase(suite, tests);
    return suite;
}
