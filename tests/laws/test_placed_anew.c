/*
 * Law 3 for placements: one that is made from an earlier one (render/placement/placement_unrest.h) is, to the
 * last letter, the one that is made from nothing, whatever has been changed before.
 */
#include "geo/crs.h"
#include "render/scene/district.h"
#include "render/placement/placement.h"
#include "render/scene/scene.h"
#include "render/symbol/symbol_picture.h"
#include "tests/support/effort.h"
#include "tests/support/scenery.h"

#define EDITS test_rounds(60)

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static struct scenery scenery;
static struct renderer *fresh;

static void setup(void)
{
    scenery_init(&scenery, NULL);
    scenery_add_texts(&scenery);
    fresh = scenery_renderer();
}

static void teardown(void)
{
    renderer_free(fresh);
    scenery_finish(&scenery);
}

/* Somewhere; a third of them share a few points. */
static struct point random_place(uint64_t *random, struct bbox box)
{
    struct point place = {random_between(random, box.min_x, box.max_x),
                          random_between(random, box.min_y, box.max_y)};
    return random_below(random, 3) > 0 ? place : (struct point){round(place.x * 20) / 20, 51.68};
}

/* Symbols with numbers beside them, plates that nothing hides, symbols that hide each other, lines with
 * texts, and all the rest. */
static struct feature *random_feature(uint64_t *random, struct bbox box, uint32_t number)
{
    static const char *const codes[] = {
        "nl@1/inc.brand;n=Brand;v=12/4/3",
        "nl@1/bw.voertuig;n=TS;c=4",
        "nl@1/inc.gevstof;n=Tank;c=2;t=09:10",
        "nl@1/bw.ugs;n=UGS Klaverpolder",
        "nl@1/bw.ugs;n=Een naam die langer is dan wat een kaart op een regel kan zeggen;t=9",
        "nl@1/gev.bord;h=33/1203"};
    char id[16];
    uint32_t choice = random_below(random, 8);
    if (choice < 3) {
        return scenery_random_feature(&scenery, random, box, number);
    }
    if (choice < 4) {
        return scenery_random_text(random, box, number);
    }
    snprintf(id, sizeof id, "q%05u", number);
    struct point place = random_place(random, box);
    return scenery_point(id, codes[random_below(random, 6)], place.x, place.y);
}

/* One to three edits: features put, moved or replaced, and withdrawn. */
static struct plot *edited(struct plot *plot, uint64_t *random, struct bbox box, uint64_t revision)
{
    uint32_t count = 1 + random_below(random, 3);
    for (uint32_t i = 0; i < count; i++) {
        if (random_below(random, 3) > 0) {
            plot = scenery_put(plot, random_feature(random, box, random_below(random, 400)), revision);
            continue;
        }
        struct change change = {.kind = CHANGE_REMOVE, .expected_revision = CHANGE_ANY_REVISION};
        change.id = memory_copy_text(plot_at(plot, random_below(random, (uint32_t)plot_count(plot)))->id);
        struct plot *after = plot_with_changes(plot, &change, 1, revision, 0);
        change_finish(&change);
        plot_unref(plot);
        plot = after;
    }
    return plot;
}

static bool is_same_box(struct bbox a, struct bbox b)
{
    return (bbox_is_empty(a) && bbox_is_empty(b)) ||
           (a.min_x == b.min_x && a.min_y == b.min_y && a.max_x == b.max_x && a.max_y == b.max_y);
}

static void check_symbol(const struct placed *a, const struct placed *b)
{
    ck_assert_ptr_eq(a->feature, b->feature);
    ck_assert_uint_eq(a->part, b->part);
    ck_assert_int_eq(a->has_symbol, b->has_symbol);
    ck_assert_int_eq(a->is_double, b->is_double);
    ck_assert_int_eq(a->detail, b->detail);
    ck_assert_int_eq(a->is_crowded, b->is_crowded);
    ck_assert_uint_eq(a->badge_count, b->badge_count);
    ck_assert_int_eq(a->has_numbers, b->has_numbers);
    ck_assert(a->place.x == b->place.x && a->place.y == b->place.y);
    ck_assert(is_same_box(placed_ink(a), placed_ink(b)));
}

static void check_texts(const struct placed *a, const struct placed *b)
{
    ck_assert_msg(!a->text->label == !b->text->label, "label of %s", a->feature->id);
    ck_assert(!a->text->label || strcmp(a->text->label, b->text->label) == 0);
    ck_assert(!a->text->label || text_look_equals(&a->text->label_look, &b->text->label_look));
    ck_assert(is_same_box(a->text->label_room, b->text->label_room) &&
              is_same_box(a->text->label_ink, b->text->label_ink));
    ck_assert_int_eq(a->text->label_align, b->text->label_align);
    ck_assert_int_eq(a->text->has_leader, b->text->has_leader);
    ck_assert(!a->text->has_leader ||
              memcmp(&a->text->leader, &b->text->leader, sizeof a->text->leader) == 0);
    ck_assert_msg(a->text->alongs.count == b->text->alongs.count, "texts along %s", a->feature->id);
    for (size_t i = 0; i < a->text->alongs.count; i++) {
        ck_assert(text_along_equals(a->text->alongs.items[i], b->text->alongs.items[i]));
    }
}

static void check_same(const struct placement *a, const struct placement *b)
{
    ck_assert_uint_eq(placement_count(a), placement_count(b));
    for (size_t i = 0; i < placement_count(a); i++) {
        check_symbol(placement_at(a, i), placement_at(b, i));
        check_texts(placement_at(a, i), placement_at(b, i));
        ck_assert_ptr_eq(placement_in_order(a, i)->feature, placement_in_order(b, i)->feature);
    }
    ck_assert_uint_eq(placement_counted_count(a), placement_counted_count(b));
    for (size_t i = 0; i < placement_counted_count(a); i++) {
        ck_assert_ptr_eq(placement_counted_at(a, i)->feature, placement_counted_at(b, i)->feature);
        ck_assert_uint_eq(placement_counted_at(a, i)->count, placement_counted_at(b, i)->count);
    }
    ck_assert_int_eq(placement_has_leaders(a), placement_has_leaders(b));
}

/* Who wants numbers only is told the same. */
static void check_counts(const struct placement *placement, struct bbox box, const struct report *named)
{
    struct report counting;
    report_init(&counting);
    counting.counts_features = true;
    placement_report(placement, renderer_text_engine(scenery.renderer), box, &counting);
    ck_assert_uint_eq(counting.count, 0);
    for (int kind = 0; kind < REPORT_KIND_COUNT; kind++) {
        ck_assert_uint_eq(report_count(&counting, (enum report_kind)kind),
                          report_count(named, (enum report_kind)kind));
    }
    report_finish(&counting);
}

static void check_same_report(const struct placement *a, const struct placement *b, struct bbox box)
{
    struct report reports[2];
    for (int i = 0; i < 2; i++) {
        report_init(&reports[i]);
        placement_report(i == 0 ? a : b, renderer_text_engine(scenery.renderer), box, &reports[i]);
    }
    ck_assert_uint_eq(reports[0].count, reports[1].count);
    for (size_t i = 0; i < reports[0].count; i++) {
        ck_assert_str_eq(reports[0].items[i].subject, reports[1].items[i].subject);
        ck_assert_str_eq(reports[0].items[i].sentence, reports[1].items[i].sentence);
    }
    check_counts(b, box, &reports[0]);
    report_finish(&reports[0]);
    report_finish(&reports[1]);
}

/* The tile of a zoom in the middle of the crowd. */
static struct bbox middle_tile(uint32_t zoom)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point middle = bbox_centre(around_moerdijk);
    ck_assert(crs_transform(context, crs_find(context, "OGC:CRS84", &fault),
                            crs_find(context, "EPSG:3857", &fault), &middle, 1, &fault));
    struct tile_address address = scenery_tile(&scenery, "WebMercatorQuad", zoom, middle);
    return pixel_box_to_bbox(
        tile_pixel_box(tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad"), address));
}

static void check_district(const struct plot *plot, uint32_t zoom)
{
    struct fault fault = {0};
    struct bbox tile = middle_tile(zoom);
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", zoom));
    struct scene *scene = scene_get(scenery.renderer, &view, tile, &fault);
    renderer_forget(fresh);
    struct scene *anew = scene_get(fresh, &view, tile, &fault);
    ck_assert(scene && anew);
    ck_assert_uint_eq(scene_count(scene), scene_count(anew));
    for (size_t i = 0; i < scene_count(scene); i++) {
        ck_assert_ptr_eq(scene_at(scene, i)->feature, scene_at(anew, i)->feature);
    }
    check_same(scene_placement(scene), scene_placement(anew));
    check_same_report(scene_placement(scene), scene_placement(anew), scene_district(scene));
    scene_unref(scene);
    scene_unref(anew);
}

/* For each policy for crowds. */
START_TEST(after_random_edits_all_stands_where_a_new_renderer_puts_it)
{
    uint64_t random = 31 + (uint64_t)_i;
    scenery.map.crowded = (enum map_crowded)_i;
    struct plot *plot = scenery_empty_plot();
    for (uint64_t revision = 1; revision < 500; revision++) {
        plot = scenery_put(plot, random_feature(&random, around_moerdijk, (uint32_t)revision), revision);
    }
    for (uint64_t revision = 500; revision < 500 + (uint64_t)EDITS; revision++) {
        plot = edited(plot, &random, around_moerdijk, revision);
        for (uint32_t zoom = 10; zoom <= 13; zoom++) {
            check_district(plot, zoom);
        }
    }
    plot_unref(plot);
}
END_TEST

/* Symbols that are let go of by their cache meanwhile are found again. */
START_TEST(pictures_that_were_let_go_are_not_relied_on)
{
    uint64_t random = 8;
    char code[64];
    struct plot *plot = scenery_plot(&scenery, 5, around_moerdijk, 200);
    for (uint64_t revision = 2; revision < 6; revision++) {
        check_district(plot, 12);
        for (uint32_t turn = 0; turn < 3000; turn++) { /* more pictures than the cache keeps */
            snprintf(code, sizeof code, "nl@1/bw.ugs;rot=%u;n=%u", turn % 360,
                     (unsigned)revision * 10 + turn / 360);
            struct feature *feature = scenery_point("turned", code, 4.6, 51.7);
            symbol_cache_get(renderer_symbol_cache(scenery.renderer),
                             symbol_library_resolve(scenery.symbols, &feature->code, NULL), &feature->code,
                             DETAIL_FULL, PALETTE_DEFAULT, 8 + turn / 360, NULL);
            feature_unref(feature);
        }
        symbol_cache_trim(renderer_symbol_cache(scenery.renderer));
        ck_assert_uint_gt(symbol_cache_dropped(renderer_symbol_cache(scenery.renderer)), 0);
        plot = edited(plot, &random, around_moerdijk, revision);
    }
    check_district(plot, 12);
    plot_unref(plot);
}
END_TEST

/* At a moment; its scene is let go of at once, but by the renderer. */
static void look_at(const struct plot *plot, int64_t moment_ms)
{
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    view.moment_ms = moment_ms;
    scene_unref(scene_get(scenery.renderer, &view, middle_tile(12), NULL));
}

/* A change takes no memory, and what was before is made from it where an answer still needs it. An earlier
 * moment is looked at beside the present one, so both are kept. */
START_TEST(of_a_district_that_changes_one_scene_is_kept_for_each_moment)
{
    uint64_t random = 9;
    struct plot *before = scenery_plot(&scenery, 5, around_moerdijk, 200);
    struct plot *after = edited(plot_ref(before), &random, around_moerdijk, 2);
    look_at(before, 1000);
    look_at(after, 1000);
    ck_assert_uint_eq(renderer_district_count(scenery.renderer), 1);
    look_at(before, 1000);
    ck_assert_uint_eq(renderer_district_count(scenery.renderer), 1);
    look_at(after, 2000);
    ck_assert_uint_eq(renderer_district_count(scenery.renderer), 2);
    plot_unref(before);
    plot_unref(after);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("law 3: placed anew");
    TCase *tests = tcase_create("placed anew");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 300);
    tcase_add_loop_test(tests, after_random_edits_all_stands_where_a_new_renderer_puts_it, MAP_CROWDED_SHRINK,
                        MAP_CROWDED_COUNT + 1);
    tcase_add_test(tests, pictures_that_were_let_go_are_not_relied_on);
    tcase_add_test(tests, of_a_district_that_changes_one_scene_is_kept_for_each_moment);
    suite_add_tcase(suite, tests);
    return suite;
}
