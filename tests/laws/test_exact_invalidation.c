/*
 * Law 4: a change makes stale exactly the tiles that its old and new drawing touch.
 *
 * Whatever looks different must be marked: no exception. What is marked must have been touched: a marked tile
 * may look the same only when the paint that came or went lies wholly under other paint, or is the same paint
 * at both revisions (a label that left a place which another one took). That is rare; the tests count it.
 *
 * How rare is up to the seed: a line of some 30 px that lies wholly below symbols, labels and other lines of
 * a crowd is marked at every zoom, on all tiles that it crosses. Of the edits across districts with seed 43
 * six are of such lines, which makes 13 of 148 tiles; painted alone each of them leaves dots on each of its
 * tiles.
 */
#include "render/scene/district.h"
#include "render/scene/footprint.h"
#include "render/placement/placement.h"
#include "tests/support/effort.h"
#include "tests/support/scenery.h"
#include "tests/support/tiles_around.h"
#include "tests/symbology/set_folder.h"

#define MOST_TILES 400
#define EDITS test_rounds(12)
#define MOST_HIDDEN_PART 0.04 /* of the marked tiles */

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static struct scenery scenery;
static struct bbox edited_place; /* lon/lat: where the features of random edits stand */

/* What the edits of a test came to. */
struct tally {
    size_t tiles;
    size_t different;
    size_t marked;
    size_t missed; /* different, not marked */
    size_t hidden; /* marked, not different */
};

static void setup(void)
{
    edited_place = around_moerdijk;
    scenery_init(&scenery, NULL);
}

static void setup_with_places(void)
{
    edited_place = around_moerdijk;
    scenery_write_places(21, around_moerdijk, 300);
    scenery_init(&scenery, "layers:\n" SCENERY_PLACES_YAML);
}

/* Names along lines of a layer, which give way too. */
static void setup_with_roads(void)
{
    edited_place = around_moerdijk;
    scenery_write_layer("wegen.geojson", SHAPE_LINE, 22, around_moerdijk, 40);
    scenery_init(&scenery,
                 "layers:\n"
                 "  - {id: wegen, title: Wegen, kind: vector, driver: GeoJSON, path: wegen.geojson, style: "
                 "{rules: [\n"
                 "      {label: {field: naam, size: 12, along: true, spacing: 120}}]}}\n");
}

/* A second version of the Dutch set: other looks and priorities under the same ids. */
static void setup_with_versions(void)
{
    struct problems problems;
    problems_init(&problems);
    scenery_init(&scenery, NULL);
    const char *folder = write_set(
        "nl-2",
        "set: nl\nversion: 2\nextends: nl@1\ntitle: {nl: Ontwerp}\n"
        "points:\n"
        "  - {id: bw.ugs, kind: unit, owner: police, letters: UG2, name: {nl: UGS}}\n"
        "  - {id: gh.ziekenhuis, kind: site, owner: medical, letters: ZKH, name: {nl: Ziekenhuis}}\n"
        "lines:\n"
        "  - {id: l.afzetting, letters: AFZ, name: {nl: Afzetting}, strokes: [{width: 9, colour: "
        "'#205020'}]}\n"
        "  - {id: l.stoplijn, letters: STO, name: {nl: Stoplijn}, strokes: [{width: 2, colour: '#205020'}],\n"
        "     text: {show: letters, spacing: 90}}\n"
        "areas:\n"
        "  - {id: a.vak, letters: VAK, name: {nl: Vak}, fill: '#80A0FF80', text: {show: name, side: "
        "left}}\n");
    bool is_added = symbol_library_add(scenery.symbols, folder, &problems);
    problems_print(&problems, stdout);
    ck_assert(is_added);
    problems_finish(&problems);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

/* All tiles of a zoom around the plot, and some more beyond its edge. */
static const struct tile_list *tiles_of(const struct tile_matrix_set *set, uint32_t zoom)
{
    static struct tile_address addresses[MOST_TILES];
    static struct tile_list tiles = {addresses, MOST_TILES, 0};
    struct bbox box = bbox_grow(around_moerdijk, 0.01);
    tiles_around(renderer_crs_context(scenery.renderer), set, zoom, box, &tiles);
    ck_assert_uint_gt(tiles.count, 0);
    return &tiles;
}

static bool looks_different(const struct map_view *before, const struct map_view *after,
                            const struct tile_matrix_set *set, struct tile_address address)
{
    struct fault fault = {0};
    bool is_different = false;
    for (int ratio = 1; ratio <= 2 && !is_different; ratio++) {
        struct image *old = tile_render(scenery.renderer, before, set, address, ratio, NULL, &fault);
        struct image *new = tile_render(scenery.renderer, after, set, address, ratio, NULL, &fault);
        ck_assert(old && new);
        for (int y = 0; y < old->height && !is_different; y++) {
            is_different = memcmp(old->pixels + y * old->stride_px, new->pixels + y *new->stride_px,
                                  (size_t)old->width * 4) != 0;
        }
        image_free(old);
        image_free(new);
    }
    return is_different;
}

static void judge(const struct plot *plot_before, const struct plot *plot_after, const char *set_id,
                  uint32_t zoom, struct tally *tally)
{
    static bool stale[MOST_TILES];
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, set_id);
    struct pixel_grid grid = tile_matrix_set_grid(set, zoom);
    struct map_view before = scenery_view(&scenery, plot_before, grid);
    struct map_view after = scenery_view(&scenery, plot_after, grid);
    const struct tile_list *tiles = tiles_of(set, zoom);
    ck_assert_msg(footprint_stale_tiles(scenery.renderer, &before, &after, set, tiles->items, tiles->count,
                                        stale, &fault),
                  "%s", fault.message);
    for (size_t i = 0; i < tiles->count; i++) {
        struct tile_address address = tiles->items[i];
        bool is_different = looks_different(&before, &after, set, address);
        tally->tiles++;
        tally->different += is_different;
        tally->marked += stale[i];
        tally->hidden += stale[i] && !is_different;
        tally->missed += is_different && !stale[i];
        ck_assert_msg(!is_different || stale[i], "%s %u/%u/%u looks different and is not marked", set_id,
                      zoom, address.column, address.row);
    }
}

static void judge_all(const struct plot *before, const struct plot *after, struct tally *tally)
{
    for (uint32_t zoom = 10; zoom <= 14; zoom++) {
        judge(before, after, "WebMercatorQuad", zoom, tally);
    }
    judge(before, after, "NetherlandsRDNewQuad", 8, tally);
}

static void conclude(const char *name, struct tally tally)
{
    printf("%s: of %zu tiles %zu differ, %zu are marked, %zu of them look the same\n", name, tally.tiles,
           tally.different, tally.marked, tally.hidden);
    ck_assert_uint_gt(tally.different, 0);
    ck_assert_uint_eq(tally.missed, 0);
    ck_assert_uint_lt(tally.hidden, tally.marked);
    if (!test_is_short()) { /* of few edits one that is hidden is a large part */
        ck_assert_double_le((double)tally.hidden, MOST_HIDDEN_PART * (double)tally.marked);
    }
}

/* Judges edits one after the other. Takes the plot over. */
static void judge_random_edits(const char *name, struct plot *plot, uint64_t random)
{
    struct tally tally = {0};
    for (uint64_t revision = 2; revision < 2 + (uint64_t)EDITS; revision++) {
        struct plot *after = scenery_edited(&scenery, plot, &random, edited_place, revision);
        judge_all(plot, after, &tally);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    conclude(name, tally);
}

START_TEST(random_edits_mark_what_looks_different_and_nothing_else)
{
    judge_random_edits("sparse", scenery_plot(&scenery, 31, around_moerdijk, 60), 4711);
}
END_TEST

START_TEST(in_a_crowd_labels_that_had_to_move_are_marked_too)
{
    uint64_t random = 99;
    struct tally tally = {0};
    struct plot *plot = scenery_plot(&scenery, 32, around_moerdijk, 400);
    for (uint64_t revision = 2; revision < 2 + (uint64_t)test_rounds(20); revision++) {
        struct plot *after = scenery_edited(&scenery, plot, &random, edited_place, revision);
        judge(plot, after, "WebMercatorQuad", 12, &tally);
        judge(plot, after, "NetherlandsRDNewQuad", 9, &tally);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    conclude("crowded", tally);
}
END_TEST

/* Names of a layer appear, vanish and change sides where symbols and labels of the plot come and go. */
START_TEST(names_of_a_layer_that_give_way_or_come_back_are_marked_too)
{
    judge_random_edits("with a layer of names", scenery_plot(&scenery, 34, around_moerdijk, 120), 123);
}
END_TEST

/* One random edit among texts along lines and the symbols that they make room for. */
static struct plot *edited_text(struct plot *plot, uint64_t *random, uint64_t revision)
{
    uint32_t number = random_below(random, 40);
    struct feature *feature = random_below(random, 3) == 0
                                  ? scenery_random_feature(&scenery, random, around_moerdijk, number)
                                  : scenery_random_text(random, around_moerdijk, number);
    return scenery_put(plot, feature, revision);
}

START_TEST(texts_along_lines_that_come_go_and_move_are_marked_too)
{
    uint64_t random = 321;
    uint64_t revision = 1;
    struct tally tally = {0};
    scenery_add_texts(&scenery);
    struct plot *plot = scenery_empty_plot();
    while (revision < 80) {
        plot = edited_text(plot, &random, revision++);
    }
    while (revision < (uint64_t)80 + EDITS) {
        struct plot *after = edited_text(plot_ref(plot), &random, revision++);
        judge_all(plot, after, &tally);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    conclude("texts along lines", tally);
}
END_TEST

/* The number-th random rings or sector grid, whose parts have names. */
static struct feature *random_template(uint64_t *random, uint32_t number)
{
    struct fault fault = {0};
    char id[32];
    struct point source = {random_between(random, around_moerdijk.min_x, around_moerdijk.max_x),
                           random_between(random, around_moerdijk.min_y, around_moerdijk.max_y)};
    bool is_grid = random_below(random, 2) == 0;
    struct area_template area_template = {.kind = is_grid ? TEMPLATE_GRID : TEMPLATE_RINGS};
    area_template_set_points(&area_template, &source, 1);
    area_template.number_count = is_grid ? 5 : 1 + (int)random_below(random, 4);
    for (int i = 0; i < area_template.number_count && !is_grid; i++) {
        area_template.numbers[i] = 500 * (i + 1) + random_between(random, 0, 400);
    }
    if (is_grid) {
        area_template.numbers[GRID_COLUMNS] = 1 + random_below(random, 5);
        area_template.numbers[GRID_ROWS] = 1 + random_below(random, 5);
        area_template.numbers[GRID_WIDTH] = random_between(random, 400, 1500);
        area_template.numbers[GRID_HEIGHT] = random_between(random, 400, 1500);
        area_template.numbers[GRID_BEARING] = random_between(random, 0, 40);
    }
    struct shape *shape = area_template_expand(&area_template, &fault);
    ck_assert_msg(shape != NULL, "%s", fault.message);
    snprintf(id, sizeof id, "s%06u", number);
    struct feature *feature = scenery_feature(id, is_grid ? "nl@1/a.vak;n=Vak" : "nl@1/a.ringen", shape);
    feature_set_template(feature, &area_template);
    area_template_finish(&area_template);
    return feature;
}

/* How many names of parts a plot has on the map. */
static size_t part_name_count(const struct plot *plot, uint32_t zoom)
{
    struct fault fault = {0};
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", zoom);
    struct map_view view = scenery_undivided(scenery_view(&scenery, plot, grid));
    const struct placement *placement =
        placement_get(scenery.renderer, &view, (struct bbox){0, 0, 1, 1}, &fault);
    size_t count = 0;
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        count += placed->text->label && placed->part > 0 && placed->feature->shape->kind == SHAPE_POLYGON;
    }
    return count;
}

static struct plot *edited_template(struct plot *plot, uint64_t *random, uint64_t revision)
{
    struct feature *feature =
        random_below(random, 3) == 0
            ? random_template(random, random_below(random, 12))
            : scenery_random_feature(&scenery, random, around_moerdijk, random_below(random, 150));
    return scenery_put(plot, feature, revision);
}

/* Radii on rings and names of cells leave their places to symbols, come back and move with their template. */
START_TEST(names_of_parts_that_come_go_and_move_are_marked_too)
{
    uint64_t random = 55;
    uint64_t revision = 1;
    struct tally tally = {0};
    struct plot *plot = scenery_empty_plot();
    while (revision < 160) {
        plot = edited_template(plot, &random, revision++);
    }
    ck_assert_uint_gt(part_name_count(plot, 14), 40);
    while (revision < 160 + (uint64_t)EDITS) {
        struct plot *after = edited_template(plot_ref(plot), &random, revision++);
        judge_all(plot, after, &tally);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    conclude("names of parts", tally);
}
END_TEST

/* Edits of a crowd that stands where four districts meet (render/scene/district.h), at one zoom and those
 * beside it. */
static void judge_edits_across_districts(const char *name, uint64_t seed)
{
    uint64_t random = seed;
    struct tally tally = {0};
    struct fault fault = {0};
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 13);
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = bbox_centre(around_moerdijk);
    const struct crs *lon_lat = crs_find(context, "OGC:CRS84", &fault);
    const struct crs *mercator = crs_find(context, grid.crs_code, &fault);
    ck_assert(crs_transform(context, lon_lat, mercator, &place, 1, &fault));
    place = pixel_grid_to_px(&grid, place);
    place = pixel_grid_from_px(&grid, (struct point){round(place.x / DISTRICT_MOST_PX) * DISTRICT_MOST_PX,
                                                     round(place.y / DISTRICT_MOST_PX) * DISTRICT_MOST_PX});
    ck_assert(crs_transform(context, mercator, lon_lat, &place, 1, &fault));
    edited_place = (struct bbox){place.x - 0.05, place.y - 0.03, place.x + 0.05, place.y + 0.03};
    struct plot *plot = scenery_plot(&scenery, seed, edited_place, 250);
    for (uint64_t revision = 2; revision < 2 + 2 * (uint64_t)EDITS; revision++) {
        struct plot *after = scenery_edited(&scenery, plot, &random, edited_place, revision);
        judge(plot, after, "WebMercatorQuad", 11, &tally);
        judge(plot, after, "WebMercatorQuad", 12, &tally);
        judge(plot, after, "WebMercatorQuad", 13, &tally);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    conclude(name, tally);
}

START_TEST(edits_across_the_borders_of_districts_are_marked)
{
    judge_edits_across_districts("across districts", 41);
}
END_TEST

START_TEST(lines_to_labels_that_come_go_and_move_are_marked)
{
    scenery.map.crowded = MAP_CROWDED_LEADER;
    judge_edits_across_districts("leaders", 41);
}
END_TEST

START_TEST(badges_that_come_go_and_count_otherwise_are_marked)
{
    scenery.map.crowded = MAP_CROWDED_COUNT;
    judge_edits_across_districts("badges", 41);
}
END_TEST

START_TEST(names_of_a_layer_across_the_borders_of_districts_are_marked)
{
    judge_edits_across_districts("names of a layer across districts", 42);
}
END_TEST

START_TEST(names_along_lines_of_a_layer_that_give_way_or_come_back_are_marked_too)
{
    judge_random_edits("with a layer of names along lines", scenery_plot(&scenery, 35, around_moerdijk, 120),
                       66);
}
END_TEST

/* Something that the two versions of the set draw or order otherwise: always in the same place. */
static struct feature *versioned_feature(uint32_t number, int version)
{
    static const char *const entities[] = {"bw.ugs", "gh.ziekenhuis", "l.afzetting", "l.stoplijn", "a.vak"};
    uint64_t random = number + 1;
    char id[32];
    char code[80];
    struct point place = {random_between(&random, around_moerdijk.min_x, around_moerdijk.max_x),
                          random_between(&random, around_moerdijk.min_y, around_moerdijk.max_y)};
    uint32_t choice = number % 5;
    snprintf(id, sizeof id, "v%06u", number);
    snprintf(code, sizeof code, "nl@%d/%s;n=Nummer %u", version, entities[choice], number);
    if (choice < 2) {
        return scenery_point(id, code, place.x, place.y);
    }
    struct shape *shape = choice < 4 ? scenery_random_line(&random, place, 20, 0.003)
                                     : scenery_random_area(&random, place, 14, 0.01);
    return scenery_feature(id, code, shape);
}

/* Features move from one version of their set to the other; nothing else about them changes. */
START_TEST(a_feature_that_moves_to_another_version_of_its_set_is_marked)
{
    uint64_t random = 77;
    uint64_t revision = 1;
    struct tally tally = {0};
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; i < 100; i++) {
        plot = scenery_put(plot, versioned_feature(i, 1 + i / 5 % 2), revision++);
    }
    for (int i = 0; i < EDITS; i++) {
        uint32_t number = random_below(&random, 100);
        struct plot *after =
            scenery_put(plot_ref(plot), versioned_feature(number, 2 - number / 5 % 2), revision++);
        judge_all(plot, after, &tally);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    conclude("two versions of a set", tally);
}
END_TEST

/* Halos of imagery reach further; mono tells owners by other strokes. */
START_TEST(in_every_palette_what_looks_different_is_marked)
{
    uint64_t random = 88;
    uint64_t revision = 1;
    struct tally tally = {0};
    struct plot *plot = scenery_plot(&scenery, 36, around_moerdijk, 120);
    scenery_add_texts(&scenery);
    for (int i = 0; i < EDITS / 2 * PALETTE_COUNT; i++) {
        scenery.map.palette = (enum palette)(i % PALETTE_COUNT);
        struct plot *after = edited_text(plot_ref(plot), &random, ++revision);
        judge(plot, after, "WebMercatorQuad", 12, &tally);
        judge(plot, after, "WebMercatorQuad", 13, &tally);
        plot_unref(plot);
        plot = after;
    }
    plot_unref(plot);
    conclude("palettes", tally);
}
END_TEST

/* A point and a line of an owner. */
static struct plot *with_owner(struct plot *plot, const char *owner, uint64_t revision)
{
    uint64_t random = 5;
    struct shape *line = scenery_random_line(&random, (struct point){4.6, 51.7}, 9, 0.01);
    struct feature *features[] = {scenery_point("extra", "nl@1/bw.ugs;n=UGS", 4.6, 51.7),
                                  scenery_feature("route", "nl@1/l.afzetting", line)};
    for (int i = 0; i < 2; i++) {
        free(features[i]->owner);
        features[i]->owner = memory_copy_text(owner);
        plot = scenery_put(plot, features[i], revision);
    }
    return plot;
}

static void check_nothing_is_marked(const struct plot *before, const struct plot *after)
{
    static bool stale[MOST_TILES];
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct pixel_grid grid = tile_matrix_set_grid(set, 12);
    struct map_view view_before = scenery_view(&scenery, before, grid);
    struct map_view view_after = scenery_view(&scenery, after, grid);
    const struct tile_list *tiles = tiles_of(set, 12);
    ck_assert(footprint_stale_tiles(scenery.renderer, &view_before, &view_after, set, tiles->items,
                                    tiles->count, stale, &fault));
    for (size_t i = 0; i < tiles->count; i++) {
        ck_assert(!stale[i]);
    }
}

/* Only the owner changes, who is not drawn: nobody's tile is stale. */
START_TEST(a_change_that_is_not_drawn_marks_nothing)
{
    struct plot *before = with_owner(scenery_plot(&scenery, 33, around_moerdijk, 50), "Brandweer", 2);
    struct plot *after = with_owner(plot_ref(before), "Politie", 3);
    check_nothing_is_marked(before, after);
    plot_unref(before);
    plot_unref(after);
}
END_TEST

START_TEST(a_symbol_that_two_versions_of_its_set_draw_alike_is_not_marked)
{
    struct plot *plot = scenery_plot(&scenery, 37, around_moerdijk, 50);
    struct plot *before = scenery_put(plot, scenery_point("hovd", "nl@1/bw.hovd;n=HOvD", 4.6, 51.7), 2);
    struct plot *after =
        scenery_put(plot_ref(before), scenery_point("hovd", "nl@2/bw.hovd;n=HOvD", 4.6, 51.7), 3);
    check_nothing_is_marked(before, after);
    plot_unref(before);
    plot_unref(after);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("law 4: exact invalidation");
    TCase *tests = tcase_create("exact invalidation");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 300);
    tcase_add_test(tests, random_edits_mark_what_looks_different_and_nothing_else);
    tcase_add_test(tests, in_a_crowd_labels_that_had_to_move_are_marked_too);
    tcase_add_test(tests, a_change_that_is_not_drawn_marks_nothing);
    tcase_add_test(tests, names_of_parts_that_come_go_and_move_are_marked_too);
    tcase_add_test(tests, in_every_palette_what_looks_different_is_marked);
    tcase_add_test(tests, edits_across_the_borders_of_districts_are_marked);
    tcase_add_test(tests, lines_to_labels_that_come_go_and_move_are_marked);
    tcase_add_test(tests, badges_that_come_go_and_count_otherwise_are_marked);
    suite_add_tcase(suite, tests);
    TCase *layered = tcase_create("with a layer of names");
    tcase_add_checked_fixture(layered, setup_with_places, teardown);
    tcase_set_timeout(layered, 300);
    tcase_add_test(layered, texts_along_lines_that_come_go_and_move_are_marked_too);
    tcase_add_test(layered, names_of_a_layer_that_give_way_or_come_back_are_marked_too);
    tcase_add_test(layered, names_of_a_layer_across_the_borders_of_districts_are_marked);
    suite_add_tcase(suite, layered);
    TCase *roads = tcase_create("with names along lines of a layer");
    tcase_add_checked_fixture(roads, setup_with_roads, teardown);
    tcase_set_timeout(roads, 300);
    tcase_add_test(roads, names_along_lines_of_a_layer_that_give_way_or_come_back_are_marked_too);
    suite_add_tcase(suite, roads);
    TCase *versions = tcase_create("two versions of a set");
    tcase_add_checked_fixture(versions, setup_with_versions, teardown);
    tcase_set_timeout(versions, 300);
    tcase_add_test(versions, a_feature_that_moves_to_another_version_of_its_set_is_marked);
    tcase_add_test(versions, a_symbol_that_two_versions_of_its_set_draw_alike_is_not_marked);
    suite_add_tcase(suite, versions);
    return suite;
}
