/*
 * Law 2: tiles laid side by side equal one large picture of the same area, pixel for pixel, however crowded.
 *
 * A picture of a tiled grid is put together from the blocks that tiles are, so it is exact by construction;
 * the test keeps it so for boxes that lie across blocks. The hard part of the law is that nothing in a tile
 * depends on the tile: so each mosaic is also compared, to the last bit, with a picture painted in one piece.
 */
#include "geo/crs.h"
#include "render/canvas/canvas.h"
#include "render/scene/district.h"
#include "render/placement/placement.h"
#include "tests/support/scenery.h"

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: vlakken, title: Vlakken, kind: vector, driver: GeoJSON, path: vlakken.geojson, style: {rules: "
    "[\n"
    "      {where: {soort: bos}, fill: {hatch: '#3A7A3A', angle: 30, spacing: 7, width: 1},\n"
    "       stroke: {width: 2, colour: '#3A7A3A', dash: [9, 4]}, label: {field: naam, size: 12, colour: "
    "'#205020'}},\n"
    "      {fill: '#E8E0C8', stroke: {width: 1.3, colour: '#A09878'}, label: {field: naam, size: 11, colour: "
    "'#605838'}}]}}\n"
    "  - {id: wegen, title: Wegen, kind: vector, driver: GeoJSON, path: wegen.geojson, style: {rules: [\n"
    "      {stroke: [{width: 5, colour: '#806030'}, {width: 3, colour: '#FFE0A0', dash: [12, 5, 2, "
    "5]}]}]}}\n" SCENERY_PLACES_YAML "  - {id: scholen, title: Scholen, kind: vector, driver: GeoJSON, path: "
    "plaatsen.geojson, style: {rules: [\n"
    "      {where: {naam: {like: '*1*'}}, symbol: 'nl@1/gh.ziekenhuis;c=12', label: {field: naam, place: "
    "right}},\n"
    "      {where: {naam: {like: '*2*'}}, symbol: {code: nl@1/obj.school, size: 0.6}},\n"
    "      {where: {naam: {like: '*3*'}}, mark: {shape: star, size: 30, fill: '#A41926', stroke: {width: "
    "3}}},\n"
    "      {otherwise: true, radius: 9, fill: '#2B6CB0', label: {field: naam, size: 10, place: below}}]}}\n"
    "  - {id: dijken, title: Dijken, kind: vector, driver: GeoJSON, path: wegen.geojson, style: {rules: [\n"
    "      {also: true, label: {field: naam, size: 12, along: true, spacing: 150}},\n"
    "      {where: {soort: bos}, stroke: {width: 3, colour: '#5B4636'}, start: dot, end: arrow, end_size: "
    "30,\n"
    "       marks: {mark: triangle, size: 14, spacing: 40, side: left, colour: '#5B4636'}}]}}\n"
    "  - {id: namen, title: Namen, kind: vector, driver: GeoJSON, path: wegen.geojson, style: {rules: [\n"
    "      {label: {field: naam, size: 13, along: true, spacing: 120}}]}}\n";

#define PLACES_ITEM 2
#define POINTS_ITEM 3
#define NAMES_ITEM 5
#define PLOT_ITEM 6

static struct scenery scenery;

static void setup(void)
{
    scenery_write_layer("vlakken.geojson", SHAPE_POLYGON, 11, around_moerdijk, 60);
    scenery_write_layer("wegen.geojson", SHAPE_LINE, 12, around_moerdijk, 12);
    scenery_write_places(13, around_moerdijk, 400);
    scenery_init(&scenery, catalogue_yaml);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

/* A picture that lies across many tiles, none of its edges on one of theirs. */
static struct pixel_box crooked_box(struct pixel_grid grid)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = {4.63, 51.69};
    crs_transform(context, crs_find(context, "OGC:CRS84", &fault), crs_find(context, grid.crs_code, &fault),
                  &place, 1, &fault);
    place = pixel_grid_to_px(&grid, place);
    return (struct pixel_box){(int64_t)floor(place.x) - 401, (int64_t)floor(place.y) - 333, 739, 587};
}

static struct image *tiles_side_by_side(const struct map_view *view, const char *set_id, uint32_t zoom,
                                        struct pixel_box box, int ratio)
{
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, set_id);
    struct image *mosaic = image_new(box.width * ratio, box.height * ratio, &fault);
    for (int64_t row = box.y / 256; row * 256 < box.y + box.height; row++) {
        for (int64_t column = box.x / 256; column * 256 < box.x + box.width; column++) {
            struct tile_address address = {zoom, (uint32_t)column, (uint32_t)row};
            struct image *tile = tile_render(scenery.renderer, view, set, address, ratio, NULL, &fault);
            ck_assert_msg(tile != NULL, "%s", fault.message);
            image_copy(mosaic, tile, (int)(column * 256 - box.x) * ratio, (int)(row * 256 - box.y) * ratio);
            image_free(tile);
        }
    }
    return mosaic;
}

static struct image *painted(const struct map_view *view, struct pixel_box box, int ratio)
{
    struct fault fault = {0};
    struct canvas *canvas = canvas_new_picture(box, ratio, renderer_text_engine(scenery.renderer), &fault);
    ck_assert(picture_paint(scenery.renderer, view, box, &(struct picture_target){.canvas = canvas}, &fault));
    struct image *image = canvas_take_picture(canvas, &fault);
    canvas_free(canvas);
    return image;
}

/* In one piece for each district that it shows. */
static struct image *in_one_piece(const struct map_view *view, struct pixel_box box, int ratio)
{
    struct fault fault = {0};
    struct image *image = image_new(box.width * ratio, box.height * ratio, &fault);
    struct districts districts = districts_touched(scenery.renderer, view, pixel_box_to_bbox(box));
    for (size_t i = 0; i < districts_count(&districts); i++) {
        struct bbox part = district_part(districts_at(&districts, i), pixel_box_to_bbox(box));
        struct pixel_box window = {(int64_t)part.min_x, (int64_t)part.min_y, (int32_t)bbox_width(part),
                                   (int32_t)bbox_height(part)};
        struct image *piece = painted(view, window, ratio);
        image_copy(image, piece, (int)(window.x - box.x) * ratio, (int)(window.y - box.y) * ratio);
        image_free(piece);
    }
    return image;
}

struct difference {
    size_t count; /* of dots that differ */
    int most;
};

static int step_between(uint32_t dot_a, uint32_t dot_b)
{
    int most = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int step = abs((int)(dot_a >> shift & 0xFF) - (int)(dot_b >> shift & 0xFF));
        most = step > most ? step : most;
    }
    return most;
}

static struct difference compare(const struct image *a, const struct image *b)
{
    struct difference difference = {0};
    ck_assert_int_eq(a->width, b->width);
    ck_assert_int_eq(a->height, b->height);
    for (int y = 0; y < a->height; y++) {
        for (int x = 0; x < a->width; x++) {
            uint32_t dot_a = a->pixels[y * a->stride_px + x];
            uint32_t dot_b = b->pixels[y * b->stride_px + x];
            int step = step_between(dot_a, dot_b);
            difference.count += step > 0;
            difference.most = step > difference.most ? step : difference.most;
        }
    }
    return difference;
}

static void check_mosaic(const struct plot *plot, const char *set_id, uint32_t zoom, int ratio)
{
    struct pixel_grid grid = scenery_grid(&scenery, set_id, zoom);
    struct map_view view = scenery_view(&scenery, plot, grid);
    struct pixel_box box = crooked_box(grid);
    struct image *mosaic = tiles_side_by_side(&view, set_id, zoom, box, ratio);
    struct image *picture = scenery_picture(&scenery, &view, box, ratio);
    ck_assert_uint_eq(compare(mosaic, picture).count, 0);
    struct image *piece = in_one_piece(&view, box, ratio);
    struct difference difference = compare(mosaic, piece);
    ck_assert_msg(difference.count == 0, "%s zoom %u at %dx: %zu dots differ, by %d at most", set_id, zoom,
                  ratio, difference.count, difference.most);
    image_free(mosaic);
    image_free(picture);
    image_free(piece);
}

START_TEST(tiles_laid_side_by_side_equal_one_picture)
{
    struct plot *plot = scenery_plot(&scenery, 2026, around_moerdijk, 500);
    for (int ratio = 1; ratio <= 2; ratio++) {
        check_mosaic(plot, "WebMercatorQuad", 13, ratio);
        check_mosaic(plot, "NetherlandsRDNewQuad", 9, ratio);
        check_mosaic(plot, "WebMercatorQuad", 10, ratio);
    }
    plot_unref(plot);
}
END_TEST

static void check_every_bit(const struct map_view *view, uint32_t zoom, int ratio)
{
    struct pixel_box box = crooked_box(view->grid);
    struct image *mosaic = tiles_side_by_side(view, "WebMercatorQuad", zoom, box, ratio);
    struct image *piece = in_one_piece(view, box, ratio);
    ck_assert_uint_eq(compare(mosaic, piece).count, 0);
    image_free(mosaic);
    image_free(piece);
}

static void check_zoom(const struct plot *plot, uint32_t zoom)
{
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", zoom));
    for (int ratio = 1; ratio <= 3; ratio++) {
        check_every_bit(&view, zoom, ratio);
    }
}

/* Only symbols and labels: not one bit may differ, not even to a picture painted in one piece. */
START_TEST(symbols_and_labels_are_the_same_to_the_last_bit)
{
    struct change changes[800];
    uint64_t random = 77;
    char code[160];
    for (uint32_t i = 0; i < 800; i++) {
        char id[16];
        snprintf(id, sizeof id, "p%u", i);
        scenery_code(&scenery, &random, GEOMETRY_POINT, code);
        changes[i] = (struct change){.kind = CHANGE_PUT, .expected_revision = CHANGE_ANY_REVISION};
        changes[i].feature =
            scenery_point(id, code, random_between(&random, around_moerdijk.min_x, around_moerdijk.max_x),
                          random_between(&random, around_moerdijk.min_y, around_moerdijk.max_y));
        char **name = &changes[i].feature->code.texts[SLOT_NAME];
        free(*name);
        *name = memory_copy_text("jẪ̂̂̂Ṻ̂̂̂f"); /* towers above its text box */
    }
    struct plot *empty = scenery_empty_plot();
    struct plot *plot = plot_with_changes(empty, changes, 800, 1, 0);
    scenery.items[PLACES_ITEM + 1] = scenery.items[PLOT_ITEM];
    scenery.map.items = &scenery.items[PLACES_ITEM];
    scenery.map.item_count = 2; /* places and plot */
    for (uint32_t zoom = 12; zoom <= 14; zoom++) {
        check_zoom(plot, zoom);
    }
    for (size_t i = 0; i < 800; i++) {
        change_finish(&changes[i]);
    }
    plot_unref(empty);
    plot_unref(plot);
}
END_TEST

/* Nothing but texts along lines and edges, and names of a layer that give way to them. */
START_TEST(texts_along_lines_are_the_same_to_the_last_bit)
{
    uint64_t random = 2028;
    size_t text_count = 0;
    scenery_add_texts(&scenery);
    struct plot *plot = scenery_empty_plot();
    for (uint32_t i = 0; i < 120; i++) {
        plot = scenery_put(plot, scenery_random_text(&random, around_moerdijk, i), i + 1);
    }
    scenery.items[PLACES_ITEM + 1] = scenery.items[PLOT_ITEM];
    scenery.map.items = &scenery.items[PLACES_ITEM];
    scenery.map.item_count = 2; /* places and plot */
    for (uint32_t zoom = 11; zoom <= 15; zoom++) {
        struct fault fault = {0};
        struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", zoom);
        struct map_view view = scenery_undivided(scenery_view(&scenery, plot, grid));
        const struct placement *placement =
            placement_get(scenery.renderer, &view, (struct bbox){0, 0, 1, 1}, &fault);
        for (size_t i = 0; i < placement_count(placement); i++) {
            text_count += placement_at(placement, i)->text->alongs.count;
        }
        check_zoom(plot, zoom);
    }
    ck_assert_uint_gt(text_count, 300);
    plot_unref(plot);
}
END_TEST

/* Those that give way to a plot do so in all tiles alike; those whose letters lean out of their box are
 * whole. */
START_TEST(names_of_a_layer_are_not_cut_at_the_edges_of_tiles)
{
    struct plot *plot = scenery_plot(&scenery, 2027, around_moerdijk, 150);
    scenery.map.items = &scenery.items[PLACES_ITEM];
    scenery.map.item_count = 1;
    for (uint32_t zoom = 12; zoom <= 15; zoom++) {
        check_zoom(plot, zoom);
    }
    plot_unref(plot);
}
END_TEST

/* Symbols and marks of a layer, large and small, with their names, and names along lines. */
START_TEST(symbols_of_a_layer_and_names_along_lines_are_not_cut_at_the_edges_of_tiles)
{
    struct plot *plot = scenery_plot(&scenery, 2028, around_moerdijk, 60);
    scenery.items[POINTS_ITEM + 1] = scenery.items[NAMES_ITEM];
    scenery.map.items = &scenery.items[POINTS_ITEM];
    scenery.map.item_count = 2;
    for (uint32_t zoom = 11; zoom <= 14; zoom++) {
        struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", zoom));
        for (int ratio = 1; ratio <= 3; ratio++) {
            check_every_bit(&view, zoom, ratio);
        }
    }
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("law 2: mosaic");
    TCase *tests = tcase_create("mosaic");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, tiles_laid_side_by_side_equal_one_picture);
    tcase_add_test(tests, symbols_and_labels_are_the_same_to_the_last_bit);
    tcase_add_test(tests, texts_along_lines_are_the_same_to_the_last_bit);
    tcase_add_test(tests, names_of_a_layer_are_not_cut_at_the_edges_of_tiles);
    tcase_add_test(tests, symbols_of_a_layer_and_names_along_lines_are_not_cut_at_the_edges_of_tiles);
    suite_add_tcase(suite, tests);
    return suite;
}
