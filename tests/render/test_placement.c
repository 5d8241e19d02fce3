#include "render/placement.h"

#include "geo/crs.h"
#include "render/feature_symbol.h"
#include "render/placement_along.h"
#include "render/renderer_internal.h"
#include "tests/support/scenery.h"

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};
static const struct bbox everywhere = {-1e9, -1e9, 1e9, 1e9};

static struct scenery scenery;

static void setup(void)
{
    scenery_init(&scenery, NULL);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

/* A zoom as one district: test_district.c is about many. */
static struct map_view whole_view(const struct plot *plot, uint32_t zoom)
{
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", zoom);
    return scenery_undivided(scenery_view(&scenery, plot, grid));
}

static const struct placement *place(const struct plot *plot, uint32_t zoom)
{
    struct fault fault = {0};
    struct map_view view = whole_view(plot, zoom);
    const struct placement *placement = placement_get(scenery.renderer, &view, everywhere, &fault);
    ck_assert_msg(placement != NULL, "%s", fault.message);
    return placement;
}

static const struct placed *find(const struct placement *placement, const char *id)
{
    for (size_t i = 0; i < placement_count(placement); i++) {
        if (strcmp(placement_at(placement, i)->feature->id, id) == 0) {
            return placement_at(placement, i);
        }
    }
    return NULL;
}

static bool overlap(struct bbox a, struct bbox b)
{
    return a.min_x < b.max_x && b.min_x < a.max_x && a.min_y < b.max_y && b.min_y < a.max_y;
}

START_TEST(no_label_touches_another_label_or_a_symbol)
{
    for (uint32_t zoom = 9; zoom <= 14; zoom++) {
        struct plot *plot = scenery_plot(&scenery, 100 + zoom, around_moerdijk, 400);
        const struct placement *placement = place(plot, zoom);
        for (size_t i = 0; i < placement_count(placement); i++) {
            const struct placed *a = placement_at(placement, i);
            for (size_t j = 0; a->label && j < placement_count(placement); j++) {
                const struct placed *b = placement_at(placement, j);
                ck_assert_msg(!b->has_symbol || !overlap(a->label_room, b->symbol_ink),
                              "label of %s on symbol of %s", a->feature->id, b->feature->id);
                ck_assert_msg(i == j || !b->label || !overlap(a->label_room, b->label_room),
                              "labels of %s and %s", a->feature->id, b->feature->id);
            }
        }
        plot_unref(plot);
    }
}
END_TEST

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

START_TEST(the_label_of_a_symbol_that_became_small_carries_its_count)
{
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/inc.brand", 4.6, 51.7), 1);
    plot = scenery_put(plot, scenery_point("b", "nl@1/bw.voertuig;n=Peloton;c=4", 4.606, 51.7), 2);
    plot = scenery_put(plot, scenery_point("c", "nl@1/bw.voertuig;n=Peloton;c=4", 4.65, 51.7), 3);
    const struct placement *placement = place(plot, 12);
    ck_assert_str_eq(find(placement, "b")->label, "Peloton \u00D74");
    ck_assert_str_eq(find(placement, "c")->label, "Peloton");
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
    struct bbox ink = placed->symbol_ink;
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
        ck_assert_msg(!b->label || !overlap(numbers, b->label_room), "numbers of %s and label of %s",
                      a->feature->id, b->feature->id);
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

static bool is_reported(const struct report *report, const char *id)
{
    for (size_t i = 0; i < report->count; i++) {
        if (report->items[i].kind == REPORT_LABEL_UNPLACED && strcmp(report->items[i].subject, id) == 0) {
            return true;
        }
    }
    return false;
}

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
                bool is_in_label = placed->label && strstr(placed->label, victims);
                int way = placed->has_numbers ? 0 : is_in_label ? 1 : 2;
                ways[way]++;
                ck_assert_msg(way < 2 || is_reported(&report, placed->feature->id), "%s at zoom %u",
                              placed->feature->id, zoom);
                ck_assert(way > 0 || !is_in_label);
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
        labels += placement_at(placement, i)->label != NULL;
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
        count += placement_at(placement, i)->label != NULL;
    }
    return count;
}

/* A line crosses no label at all, and no symbol but the one it leads to. */
static void check_leader(const struct placement *placement, const struct placed *owner)
{
    struct leader_rooms rooms = leader_rooms(&owner->leader);
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        for (int k = 0; placed != owner && k < rooms.count; k++) {
            bool is_at_symbol = bbox_intersects(rooms.items[k], owner->symbol_ink);
            ck_assert(is_at_symbol || !placed->has_symbol || !overlap(rooms.items[k], placed->symbol_ink));
            ck_assert(is_at_symbol || !placed->label || !overlap(rooms.items[k], placed->label_room));
        }
    }
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
        if (placed->has_leader) {
            ck_assert_ptr_nonnull(placed->label);
            check_leader(placement, placed);
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
            ck_assert(placed->badge_count == 0 || strcmp(placed->label, number) == 0);
        }
        ck_assert_uint_eq(seen + counted, 60);
        ck_assert_uint_eq(counted, placement_counted_count(placement));
        ck_assert_msg(zoom > 9 || counted > 50, "%zu", counted);
        report_init(&report);
        placement_report(placement, scenery.renderer->text_engine, everywhere, &report);
        ck_assert_uint_ge(report_count(&report, REPORT_SYMBOL_SMALL), counted);
        report_finish(&report);
    }
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
        ck_assert(!placed->label || bbox_contains(view.frame_px, placed->label_ink));
        labels += placed->label != NULL;
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
    ck_assert_double_gt(placed->label_room.min_x, placed->place.x);
    view.frame_px.max_x = floor(placed->place.x) + 30; /* cuts that place */
    placed = placement_at(placement_get(scenery.renderer, &view, everywhere, &fault), 0);
    ck_assert_ptr_nonnull(placed->label);
    ck_assert_double_lt(placed->label_room.max_x, placed->place.x);
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
        labels += placement_at(placement, i)->label != NULL;
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
    ck_assert_ptr_nonnull(find(placement, "c")->label);
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
    for (size_t i = 0; i < placed->alongs.count; i++) {
        is_in = is_in || bbox_intersects(placed->alongs.items[i]->ink, box);
    }
    return is_in;
}

START_TEST(a_query_finds_what_has_ink_in_the_box_and_nothing_else)
{
    struct plot *plot = scenery_plot(&scenery, 17, around_moerdijk, 300);
    const struct placement *placement = place(plot, 12);
    uint64_t random = 3;
    for (int i = 0; i < 50; i++) {
        struct bbox around = placement_at(placement, random_below(&random, 200))->symbol_ink;
        struct bbox box = bbox_grow(around, random_between(&random, 0, 100));
        size_t expected = 0;
        for (size_t j = 0; j < placement_count(placement); j++) {
            const struct placed *placed = placement_at(placement, j);
            expected += (placed->has_symbol && bbox_intersects(placed->symbol_ink, box)) ||
                        bbox_intersects(placed->label_ink, box) || has_text_in(placed, box);
        }
        visited = 0;
        placement_query(placement, box, count_placed, NULL);
        ck_assert_uint_eq(visited, expected);
    }
    plot_unref(plot);
}
END_TEST

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
            ck_assert_msg(!placed->has_symbol || !overlap(text->rooms[j], placed->symbol_ink),
                          "text of %s on symbol of %s", owner->feature->id, placed->feature->id);
            ck_assert_msg(!placed->label || !overlap(text->rooms[j], placed->label_room),
                          "text of %s on label of %s", owner->feature->id, placed->feature->id);
        }
        for (size_t j = 0; j < placed->alongs.count; j++) {
            const struct text_along *other = placed->alongs.items[j];
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
            for (size_t j = 0; j < placed->alongs.count; j++) {
                check_text_is_free(placement, placed, placed->alongs.items[j]);
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
        names += placement_at(placement, i)->label != NULL;
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
    struct shape *stub = straight_line((struct point){4.6, 51.65}, (struct point){4.606, 51.65});
    struct plot *plot = scenery_put(scenery_empty_plot(),
                                    scenery_feature("long", "tekst@1/t.op;n=Stoplijn 2;t=14:30", length), 1);
    plot = scenery_put(plot, scenery_feature("kort", "tekst@1/t.op;n=Stoplijn 3", stub), 2);
    const struct placement *placement = place(plot, 12);
    ck_assert_ptr_null(find(placement, "long")->label);
    ck_assert_uint_eq(find(placement, "long")->alongs.count, 1);
    ck_assert_str_eq(find(placement, "long")->alongs.items[0]->text, "Stoplijn 2 \u00B7 14:30");
    ck_assert_str_eq(find(placement, "kort")->label, "Stoplijn 3");
    ck_assert_uint_eq(find(placement, "kort")->alongs.count, 0);
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
    ck_assert_str_eq(placed->label, "Vak 3");
    ck_assert_uint_ge(placed->alongs.count, 4);
    ck_assert_str_eq(placed->alongs.items[0]->text, "STOP");
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
        size_t along = placement_at(placement, i)->alongs.count;
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
    bool is_same = a && b && a->alongs.count == b->alongs.count;
    for (size_t i = 0; is_same && i < a->alongs.count; i++) {
        is_same = text_along_equals(a->alongs.items[i], b->alongs.items[i]);
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
    ck_assert_uint_eq(seen->alongs.count, 1);
    ck_assert(bbox_contains(view.frame_px, seen->alongs.items[0]->ink));
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

Suite *test_suite(void)
{
    Suite *suite = suite_create("placement");
    TCase *tests = tcase_create("placement");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, no_label_touches_another_label_or_a_symbol);
    tcase_add_test(tests, every_point_keeps_its_symbol_however_crowded);
    tcase_add_test(tests, a_symbol_that_would_hide_a_more_important_one_becomes_small_and_is_reported);
    tcase_add_test(tests, no_symbol_label_or_number_stands_on_the_numbers_of_a_symbol);
    tcase_add_test(tests, casualties_stand_beside_the_symbol_or_in_its_label_or_are_reported);
    tcase_add_test(tests, a_forced_level_of_detail_is_kept);
    tcase_add_test(tests, the_label_of_a_symbol_that_became_small_carries_its_count);
    tcase_add_test(tests, a_label_without_a_place_is_named_in_the_report);
    tcase_add_test(tests, on_a_map_that_wants_leaders_more_labels_find_a_place);
    tcase_add_test(tests, on_a_map_that_counts_every_symbol_is_seen_or_counted);
    tcase_add_test(tests, labels_stand_whole_inside_a_frame_and_what_is_outside_has_none);
    tcase_add_test(tests, at_the_edge_of_a_frame_a_label_takes_another_place);
    tcase_add_test(tests, an_unknown_symbol_is_drawn_and_reported);
    tcase_add_test(tests, each_point_of_a_multipoint_has_a_symbol_and_the_first_the_label);
    tcase_add_test(tests, only_what_is_valid_at_the_moment_takes_room);
    tcase_add_test(tests, a_query_finds_what_has_ink_in_the_box_and_nothing_else);
    tcase_add_test(tests, texts_along_lines_touch_no_symbol_no_label_and_no_other_text);
    tcase_add_test(tests, a_ring_that_can_be_read_has_its_radius_or_the_report_says_that_it_lacks);
    tcase_add_test(tests, a_name_stands_along_its_line_or_else_beside_it);
    tcase_add_test(tests, letters_are_repeated_and_the_label_stands_where_it_always_does);
    tcase_add_test(tests, texts_along_very_long_lines_are_bounded);
    tcase_add_test(tests, after_changes_texts_stand_where_a_new_renderer_sets_them);
    tcase_add_test(tests, in_a_frame_the_name_of_a_line_stands_on_what_is_seen_of_it);
    tcase_add_test(tests, ten_thousand_features_are_placed_again_soon_after_a_change);
    suite_add_tcase(suite, tests);
    return suite;
}
