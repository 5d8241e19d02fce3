/*
 * Law 2 where districts meet (render/scene/district.h): nothing is cut or decided otherwise on the other side
 * of a border, whatever stands there, and in whatever order districts are made.
 */
#include "geo/crs.h"
#include "render/scene/district.h"
#include "render/placement/placement.h"
#include "render/scene/plot_shapes.h"
#include "render/renderer_internal.h"
#include "render/scene/scene.h"
#include "render/scene/scene_list.h"
#include "tests/support/scenery.h"

#define AROUND_PX 420 /* of the corner where four districts meet: where the crowd stands */

static struct scenery scenery;

static void setup(void)
{
    scenery_init(&scenery, NULL);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

/* The corner of four districts that is next to Moerdijk, px. */
static struct point corner_of(const struct pixel_grid *grid)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = {4.63, 51.69};
    crs_transform(context, crs_find(context, "OGC:CRS84", &fault), crs_find(context, grid->crs_code, &fault),
                  &place, 1, &fault);
    place = pixel_grid_to_px(grid, place);
    return (struct point){round(place.x / DISTRICT_MOST_PX) * DISTRICT_MOST_PX,
                          round(place.y / DISTRICT_MOST_PX) * DISTRICT_MOST_PX};
}

/* Some px around a corner, as lon/lat degrees. */
static struct bbox around_corner(const struct pixel_grid *grid, double reach_px)
{
    struct fault fault = {0};
    struct bbox image;
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point corner = corner_of(grid);
    struct point north_west =
        pixel_grid_from_px(grid, (struct point){corner.x - reach_px, corner.y - reach_px});
    struct point south_east =
        pixel_grid_from_px(grid, (struct point){corner.x + reach_px, corner.y + reach_px});
    ck_assert(crs_transform_bbox(
        context, crs_find(context, grid->crs_code, &fault), crs_find(context, "OGC:CRS84", &fault),
        (struct bbox){north_west.x, south_east.y, south_east.x, north_west.y}, &image, &fault));
    return image;
}

/* Points with casualties, counts and plates among all kinds of features and texts along lines. */
static struct plot *crowd(uint64_t seed, struct bbox box_deg, uint32_t count)
{
    static const char *const codes[] = {"inc.brand;n=Brand;v=12/4/3", "bw.voertuig;n=TS;c=4",
                                        "per.gewond;v=3/5/12",        "inc.gevstof;h=33/1203;c=2",
                                        "bw.ugs;n=UGS Klaverpolder",  "alg.wind;rot=225",
                                        "gev.bord;h=33/1203",         "bw.ugs;lod=full;n=Groot"};
    uint64_t random = seed;
    struct plot *plot = scenery_plot(&scenery, seed, box_deg, count);
    for (uint32_t i = 0; i < count; i++) {
        char id[16];
        char code[64];
        snprintf(id, sizeof id, "q%05u", i);
        snprintf(code, sizeof code, "nl@1/%s", codes[random_below(&random, 8)]);
        plot = scenery_put(plot,
                           scenery_point(id, code, random_between(&random, box_deg.min_x, box_deg.max_x),
                                         random_between(&random, box_deg.min_y, box_deg.max_y)),
                           i + 2);
    }
    for (uint32_t i = 0; i < count / 4; i++) {
        plot = scenery_put(plot, scenery_random_text(&random, box_deg, 100000 + i), count + i + 2);
    }
    return plot;
}

/* The four districts around the corner. */
struct quarter {
    struct scene *scenes[4];
};

static struct quarter quarter_of(struct renderer *renderer, const struct map_view *view, bool is_backward)
{
    struct quarter quarter;
    struct fault fault = {0};
    struct point corner = corner_of(&view->grid);
    struct bbox box = {corner.x - 1, corner.y - 1, corner.x + 1, corner.y + 1};
    struct districts districts = districts_touched(renderer, view, box);
    ck_assert_uint_eq(districts_count(&districts), 4);
    for (size_t k = 0; k < 4; k++) {
        size_t i = is_backward ? 3 - k : k;
        quarter.scenes[i] = scene_get(renderer, view, districts_at(&districts, i), &fault);
        ck_assert_msg(quarter.scenes[i] != NULL, "%s", fault.message);
    }
    return quarter;
}

static void finish_quarter(struct quarter *quarter)
{
    for (size_t i = 0; i < 4; i++) {
        scene_unref(quarter->scenes[i]);
    }
}

static bool shares_ink(struct bbox ink, struct bbox district)
{
    return ink.min_x < district.max_x && ink.max_x > district.min_x && ink.min_y < district.max_y &&
           ink.max_y > district.min_y;
}

/* What stands in both districts must be painted alike from both. Returns how many such symbols there are. */
static size_t check_symbols_agree(const struct scene *one, const struct scene *other)
{
    size_t shared = 0;
    size_t before = 0; /* the item of the other that was seen last: both paint in the same order */
    const struct placement *olds = scene_placement(one);
    const struct placement *news = scene_placement(other);
    for (size_t i = 0; i < placement_count(olds); i++) {
        const struct placed *a = placement_at(olds, i);
        if (!a->has_symbol || !shares_ink(placed_ink(a), scene_district(other))) {
            continue;
        }
        size_t k = before;
        while (k < placement_count(news) &&
               (placement_at(news, k)->feature != a->feature || placement_at(news, k)->part != a->part)) {
            k++;
        }
        ck_assert_msg(k < placement_count(news), "%s is missing, or painted in another turn", a->feature->id);
        const struct placed *b = placement_at(news, k);
        ck_assert(b->has_symbol);
        ck_assert_int_eq(a->detail, b->detail);
        ck_assert_int_eq(a->has_numbers, b->has_numbers);
        ck_assert_int_eq(a->is_crowded, b->is_crowded);
        ck_assert(a->place.x == b->place.x && a->place.y == b->place.y);
        before = k;
        shared++;
    }
    return shared;
}

/* Labels and texts along lines stand whole in their district. Returns how many there are. */
static size_t check_texts_are_whole(const struct scene *scene)
{
    size_t count = 0;
    struct bbox district = scene_district(scene);
    const struct placement *placement = scene_placement(scene);
    for (size_t i = 0; i < placement_count(placement); i++) {
        const struct placed *placed = placement_at(placement, i);
        ck_assert_msg(!placed->text->label || bbox_contains(district, placed->text->label_ink),
                      "label of %s is cut", placed->feature->id);
        ck_assert(!placed->text->label || district_holds(district, placed->place) || placed->part > 0);
        for (size_t k = 0; k < placed->text->alongs.count; k++) {
            ck_assert_msg(bbox_contains(district, placed->text->alongs.items[k]->ink), "text of %s is cut",
                          placed->feature->id);
        }
        count += (placed->text->label != NULL) + placed->text->alongs.count;
    }
    return count;
}

/* At scales that ask for whole symbols, for small ones and for dots. */
START_TEST(symbols_on_a_border_are_decided_alike_on_both_sides)
{
    static const uint32_t zooms[] = {12, 13, 14, 11, 12, 13, 10, 8, 8};
    size_t shared = 0;
    size_t texts = 0;
    scenery_add_texts(&scenery);
    for (uint64_t seed = 1; seed <= sizeof zooms / sizeof zooms[0]; seed++) {
        uint32_t zoom = zooms[seed - 1];
        struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", zoom);
        struct plot *plot = crowd(seed, around_corner(&grid, AROUND_PX), 40 * (uint32_t)seed);
        struct map_view view = scenery_view(&scenery, plot, grid);
        struct quarter quarter = quarter_of(scenery.renderer, &view, false);
        for (int i = 0; i < 4; i++) {
            texts += check_texts_are_whole(quarter.scenes[i]);
            for (int k = 0; k < 4; k++) {
                shared += i == k ? 0 : check_symbols_agree(quarter.scenes[i], quarter.scenes[k]);
            }
        }
        finish_quarter(&quarter);
        plot_unref(plot);
    }
    ck_assert_uint_gt(shared, 150);
    ck_assert_uint_gt(texts, 150);
}
END_TEST

/* A symbol looks like that in one district without borders, wherever borders run. */
START_TEST(borders_do_not_change_what_symbols_look_like)
{
    size_t crowded = 0;
    size_t numbered = 0;
    for (uint64_t seed = 11; seed <= 14; seed++) {
        struct fault fault = {0};
        struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 13);
        struct plot *plot = crowd(seed, around_corner(&grid, AROUND_PX), 120);
        struct map_view view = scenery_view(&scenery, plot, grid);
        struct quarter quarter = quarter_of(scenery.renderer, &view, false);
        struct point corner = corner_of(&grid);
        struct map_view framed = view;
        framed.frame_px = (struct bbox){corner.x - 900, corner.y - 900, corner.x + 900, corner.y + 900};
        const struct placement *whole = placement_get(scenery.renderer, &framed, framed.frame_px, &fault);
        for (size_t i = 0; i < placement_count(whole); i++) {
            const struct placed *a = placement_at(whole, i);
            for (int q = 0; q < 4; q++) {
                const struct placement *part = scene_placement(quarter.scenes[q]);
                for (size_t k = 0; k < placement_count(part); k++) {
                    const struct placed *b = placement_at(part, k);
                    if (b->feature == a->feature && b->part == a->part && a->has_symbol) {
                        ck_assert(b->has_symbol);
                        ck_assert_int_eq(a->detail, b->detail);
                        ck_assert_int_eq(a->has_numbers, b->has_numbers);
                        crowded += a->is_crowded;
                        numbered += a->has_numbers;
                    }
                }
            }
        }
        finish_quarter(&quarter);
        plot_unref(plot);
    }
    ck_assert_uint_gt(crowded, 100);
    ck_assert_uint_gt(numbered, 20);
}
END_TEST

/* Every feature of a plot against what a scene says of it: the index of the plot must not lose any. */
static void check_list(const struct map_view *view, const struct scene *scene)
{
    struct fault fault = {0};
    size_t count = 0;
    for (size_t i = 0; i < plot_count(view->plots[0]); i++) {
        struct scene_feature feature;
        ck_assert(
            scene_feature_init(&feature, scenery.renderer, view, 0, plot_at(view->plots[0], i), &fault));
        bool matters = scene_feature_matters(&feature, scene_district(scene), scene_margin_px(scene));
        ck_assert_msg(!matters ||
                          (count < scene_count(scene) && scene_at(scene, count)->feature == feature.feature),
                      "%s is missing", feature.feature->id);
        count += matters;
        plot_shape_unref(feature.shape);
    }
    ck_assert_uint_eq(scene_count(scene), count);
}

/* Long straight lines leave their lon/lat boxes in every projection but the plainest. */
START_TEST(a_district_finds_all_that_reaches_into_it)
{
    static const struct {
        const char *set;
        uint32_t zoom;
    } cases[] = {{"WebMercatorQuad", 13},         {"WebMercatorQuad", 4},
                 {"NetherlandsRDNewQuad", 8},     {"NetherlandsRDNewQuad", 11},
                 {"EuropeanETRS89_LAEAQuad", 10}, {"EuropeanETRS89_LAEAQuad", 3},
                 {"WorldCRS84Quad", 12}};
    size_t long_count = 0;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        uint64_t random = 7 + i;
        struct pixel_grid grid = scenery_grid(&scenery, cases[i].set, cases[i].zoom);
        struct bbox near = around_corner(&grid, AROUND_PX);
        struct plot *plot = crowd(3 + i, near, 60);
        struct point middle = bbox_centre(near);
        for (uint32_t k = 0; k < 60; k++) { /* lines of up to four degrees that pass nearby */
            char id[16];
            double east = random_between(&random, -2, 2);
            double north = random_between(&random, -1, 1);
            struct shape *shape = shape_new(SHAPE_LINE);
            shape_add_part(
                shape,
                (struct point[]){{middle.x - east, middle.y - north}, {middle.x + east, middle.y + north}}, 2,
                false);
            snprintf(id, sizeof id, "z%03u", k);
            plot = scenery_put(plot, scenery_feature(id, "nl@1/l.afzetting", shape), 1000 + k);
        }
        struct map_view view = scenery_view(&scenery, plot, grid);
        struct quarter quarter = quarter_of(scenery.renderer, &view, i % 2 == 0);
        for (int q = 0; q < 4; q++) {
            check_list(&view, quarter.scenes[q]);
            long_count += scene_count(quarter.scenes[q]);
        }
        finish_quarter(&quarter);
        plot_unref(plot);
    }
    ck_assert_uint_gt(long_count, 500);
}
END_TEST

static struct image *tile_by(struct renderer *renderer, const struct map_view *view, uint32_t zoom, int64_t x,
                             int64_t y)
{
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct tile_address address = {zoom, (uint32_t)(x / 256), (uint32_t)(y / 256)};
    struct image *tile = tile_render(renderer, view, set, address, 1, NULL, &fault);
    ck_assert_msg(tile != NULL, "%s", fault.message);
    return tile;
}

/* One picture across the corner against tiles by renderers that know nothing of what is beside them: where
 * the scale asks for dots, for small symbols and for whole ones. */
START_TEST(tiles_of_new_renderers_equal_one_picture_across_districts)
{
    static const struct {
        uint32_t zoom;
        double reach_px;
    } cases[] = {
        {8, AROUND_PX / 2}, {10, AROUND_PX / 2}, {12, AROUND_PX}, {13, AROUND_PX / 2}, {14, AROUND_PX / 3}};
    scenery_add_texts(&scenery);
    scenery.map.crowded = (enum map_crowded)_i;
    for (size_t k = 0; k < sizeof cases / sizeof cases[0]; k++) {
        uint32_t zoom = cases[k].zoom;
        struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", zoom);
        struct plot *plot = crowd(zoom, around_corner(&grid, cases[k].reach_px), 150);
        struct map_view view = scenery_view(&scenery, plot, grid);
        struct point corner = corner_of(&grid);
        struct pixel_box box = {(int64_t)corner.x - 512, (int64_t)corner.y - 512, 1024, 1024};
        struct image *picture = scenery_picture(&scenery, &view, box, 1);
        for (int i = 15; i >= 0; i--) {
            struct renderer *fresh = scenery_renderer();
            int x = i * 7 % 4 * 256;
            int y = i * 7 / 4 % 4 * 256;
            struct image *tile = tile_by(fresh, &view, zoom, box.x + x, box.y + y);
            for (int row = 0; row < 256; row++) {
                ck_assert_mem_eq(tile->pixels + row * tile->stride_px,
                                 picture->pixels + (y + row) * picture->stride_px + x, 256 * 4);
            }
            image_free(tile);
            renderer_free(fresh);
        }
        image_free(picture);
        plot_unref(plot);
    }
}
END_TEST

static bool is_same_placed(const struct placed *a, const struct placed *b)
{
    return a->feature == b->feature && a->part == b->part && a->has_symbol == b->has_symbol &&
           a->detail == b->detail && a->has_numbers == b->has_numbers && !a->text->label == !b->text->label &&
           (!a->text->label || (a->text->label_place.x == b->text->label_place.x &&
                                a->text->label_place.y == b->text->label_place.y)) &&
           a->text->alongs.count == b->text->alongs.count;
}

/* What is kept of earlier scenes never changes one, and a change elsewhere does not make one anew. */
START_TEST(after_changes_a_district_is_as_a_new_renderer_makes_it)
{
    uint64_t random = 12;
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 13);
    struct bbox near = around_corner(&grid, 1600);
    struct plot *plot = crowd(21, near, 300);
    struct renderer *fresh = scenery_renderer();
    size_t kept = 0;
    for (uint64_t revision = 1000; revision < 1024; revision++) {
        struct map_view before = scenery_view(&scenery, plot, grid);
        struct quarter olds = quarter_of(scenery.renderer, &before, false);
        struct plot *after = scenery_put(
            plot_ref(plot), scenery_random_feature(&scenery, &random, near, random_below(&random, 100)),
            revision);
        struct map_view view = scenery_view(&scenery, after, grid);
        struct quarter news = quarter_of(scenery.renderer, &view, revision % 2 == 0);
        renderer_forget(fresh);
        struct quarter anew = quarter_of(fresh, &view, false);
        for (int q = 0; q < 4; q++) {
            const struct placement *a = scene_placement(news.scenes[q]);
            const struct placement *b = scene_placement(anew.scenes[q]);
            kept += news.scenes[q] == olds.scenes[q];
            ck_assert_uint_eq(placement_count(a), placement_count(b));
            for (size_t i = 0; i < placement_count(a); i++) {
                ck_assert(is_same_placed(placement_at(a, i), placement_at(b, i)));
            }
        }
        finish_quarter(&olds);
        finish_quarter(&news);
        finish_quarter(&anew);
        plot_unref(plot);
        plot = after;
    }
    ck_assert_uint_gt(kept, 10);
    ck_assert_uint_lt(kept, 90);
    renderer_free(fresh);
    plot_unref(plot);
}
END_TEST

/* No symbol of the set reaches further than districts count on. */
START_TEST(no_symbol_reaches_further_than_districts_take_account_of)
{
    struct fault fault = {0};
    double most = 0;
    for (size_t i = 0; i < symbol_library_count(scenery.symbols); i++) {
        const struct symbol_set *set = symbol_library_at(scenery.symbols, i);
        for (size_t k = 0; k < symbol_set_count(set); k++) {
            const struct symbol_entry *entry = symbol_set_at(set, k);
            for (int turn = 0; entry->geometry == GEOMETRY_POINT && turn < 8; turn++) {
                for (enum palette palette = 0; palette < PALETTE_COUNT; palette++) {
                    char text[96];
                    struct symbol_code code = {0};
                    struct symbol_drawing drawing;
                    snprintf(text, sizeof text, "nl@1/%s;rot=%d;st=unknown;tr=unverified", entry->id,
                             45 * turn);
                    if (!symbol_code_parse(text, &code, &fault) ||
                        !symbol_compose(entry, &code, DETAIL_FULL, palette, 1, &drawing, &fault)) {
                        continue;
                    }
                    most = fmax(most, fmax(fmax(-drawing.ink.min_x, drawing.ink.max_x),
                                           fmax(-drawing.ink.min_y, drawing.ink.max_y)));
                    symbol_drawing_finish(&drawing);
                    symbol_code_finish(&code);
                }
            }
        }
    }
    printf("symbols reach %.1f px\n", most);
    ck_assert_double_gt(most, 16);
    ck_assert_double_le(most, DISTRICT_SYMBOL_REACH_PX);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("law 2: districts");
    TCase *tests = tcase_create("districts");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 240);
    tcase_add_test(tests, symbols_on_a_border_are_decided_alike_on_both_sides);
    tcase_add_test(tests, borders_do_not_change_what_symbols_look_like);
    tcase_add_test(tests, a_district_finds_all_that_reaches_into_it);
    tcase_add_loop_test(tests, tiles_of_new_renderers_equal_one_picture_across_districts, MAP_CROWDED_SHRINK,
                        MAP_CROWDED_COUNT + 1);
    tcase_add_test(tests, after_changes_a_district_is_as_a_new_renderer_makes_it);
    tcase_add_test(tests, no_symbol_reaches_further_than_districts_take_account_of);
    suite_add_tcase(suite, tests);
    return suite;
}
