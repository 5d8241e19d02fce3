#include "render/layer/layer_window.h"

#include "geo/base/file.h"
#include "tests/support/cpu_clock.h"
#include "tests/support/scenery.h"

static const struct bbox around_moerdijk = {4.50, 51.62, 4.75, 51.75};

/* Where four windows of zoom 13 meet. */
static const struct bbox around_corner = {4.50, 51.58, 4.64, 51.66};
enum { CORNER_X = 525 * LAYER_WINDOW_PX, CORNER_Y = 340 * LAYER_WINDOW_PX };

static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: klein, title: Klein, kind: vector, driver: GeoJSON, path: klein.geojson, style: {rules: [\n"
    "      {stroke: {width: 2, colour: '#204080', dash: [7, 3]}, label: {field: naam, size: 12, colour: "
    "'#000000'}}]}}\n"
    "  - {id: vol, title: Vol, kind: vector, driver: GeoJSON, path: vol.geojson, style: {rules: [\n"
    "      {stroke: {width: 2, colour: '#204080'}}]}}\n"
    "  - {id: paden, title: Paden, kind: vector, driver: GeoJSON, path: paden.geojson, style: {rules: [\n"
    "      {stroke: {width: 3, colour: '#204080', dash: [9, 5]}}]}}\n"
    "  - {id: percelen, title: Percelen, kind: vector, driver: GeoJSON, path: percelen.geojson, style: "
    "{rules: [\n"
    "      {fill: '#E0D8A0', stroke: {width: 3, colour: '#A03020', dash: [7, 4, 2, 4]}}]}}\n"
    "  - {id: groot, title: Groot, kind: vector, driver: GeoJSON, path: groot.geojson, style: {rules: [\n"
    "      {stroke: {width: 2, colour: '#204080', dash: [7, 3]}, label: {field: naam, size: 12, colour: "
    "'#000000'}}]}}\n";

static struct scenery scenery;

static void write_lines(FILE *file, uint64_t seed, struct bbox box, int count, size_t points)
{
    for (int i = 0; i < count; i++) {
        struct point start = {random_between(&seed, box.min_x, box.max_x),
                              random_between(&seed, box.min_y, box.max_y)};
        struct shape *line = scenery_random_line(&seed, start, points, 0.0004);
        fprintf(file,
                "%s{\"type\":\"Feature\",\"properties\":{\"naam\":\"Weg "
                "%d\"},\"geometry\":{\"type\":\"LineString\","
                "\"coordinates\":[",
                ftell(file) > 60 ? ",\n" : "", i);
        for (size_t j = 0; j < line->point_count; j++) {
            fprintf(file, "%s[%.6f,%.6f]", j > 0 ? "," : "", line->points[j].x, line->points[j].y);
        }
        fprintf(file, "]}}");
        shape_free(line);
    }
}

/* The same roads around Moerdijk in both files; in the second more than a renderer keeps of a layer, far
 * away. */
static void write_layer(const char *name, bool is_large)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    if (file_exists(path)) {
        return; /* a test before has written it */
    }
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "{\"type\":\"FeatureCollection\",\"features\":[");
    write_lines(file, 5, around_moerdijk, 40, 300);
    if (is_large) {
        write_lines(file, 6, (struct bbox){6.0, 53.0, 6.1, 53.1}, 70, 9000);
    }
    fprintf(file, "]}");
    fclose(file);
}

static void setup(void)
{
    write_layer("klein.geojson", false);
    write_layer("groot.geojson", true);
    scenery_write_layer("paden.geojson", SHAPE_LINE, 31, around_corner, 12);
    scenery_write_layer("percelen.geojson", SHAPE_POLYGON, 32, around_corner, 12);
    scenery_init(&scenery, catalogue_yaml);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

START_TEST(a_layer_too_large_to_be_kept_is_drawn_like_a_small_one)
{
    struct plot *plot = scenery_empty_plot();
    struct pixel_box box = {(int64_t)2100 * 256 - 100, (int64_t)1357 * 256 - 90, 700, 500};
    struct image *images[2];
    for (int i = 0; i < 2; i++) {
        scenery.map.items = &scenery.items[4 * i]; /* klein, groot */
        scenery.map.item_count = 1;
        struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
        images[i] = scenery_picture(&scenery, &view, box, 1);
    }
    size_t roads = 0;
    for (int i = 0; i < 700 * 500; i++) {
        ck_assert_uint_eq(images[0]->pixels[i], images[1]->pixels[i]);
        roads += images[0]->pixels[i] == 0xFF204080u;
    }
    ck_assert_uint_gt(roads, 500);
    image_free(images[0]);
    image_free(images[1]);
    plot_unref(plot);
}
END_TEST

/* In a place nothing else is: a million points and more. */
static void write_dense_layer(void)
{
    char path[512];
    snprintf(path, sizeof path, "%s/vol.geojson", test_folder());
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "{\"type\":\"FeatureCollection\",\"features\":[");
    write_lines(file, 7, (struct bbox){4.60, 51.68, 4.62, 51.70}, 12, 90000);
    fprintf(file, "]}");
    fclose(file);
}

START_TEST(a_window_with_too_much_is_named_and_costs_its_reading_only_once)
{
    write_dense_layer();
    struct fault fault = {0};
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    const struct layer *dense = catalogue_find(scenery.catalogue, "vol");
    struct pixel_box box = {(int64_t)2099 * 256, (int64_t)1357 * 256, 2048, 2048};
    struct pixel_box beside = {(int64_t)2180 * 256, (int64_t)1357 * 256, 256, 256};
    ck_assert_ptr_null(layer_window_get(scenery.renderer, &view, dense, box, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_msg(strstr(fault.message, "layer 'vol': it has too much in this place") != NULL, "%s",
                  fault.message);
    int64_t start_us = cpu_now_us();
    ck_assert_ptr_null(layer_window_get(scenery.renderer, &view, dense, box, &fault));
    ck_assert_int_lt(cpu_now_us() - start_us, 20000);
    ck_assert_ptr_nonnull(layer_window_get(scenery.renderer, &view, dense, beside, &fault));
    plot_unref(plot);
}
END_TEST

static bool has_point(const struct layer_window *window, struct point point)
{
    for (size_t i = 0; i < window->strata[0].line_count; i++) {
        const struct layer_line *line = &window->strata[0].lines[i];
        for (size_t j = 0; j < line->count; j++) {
            if (line->points[j].x == point.x && line->points[j].y == point.y) {
                return true;
            }
        }
    }
    return false;
}

/* Two windows that overlap by half: every vertex well inside both is in both. */
START_TEST(windows_that_overlap_agree_on_every_point)
{
    struct fault fault = {0};
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct pixel_box west = {(int64_t)2099 * 256, (int64_t)1357 * 256, 512, 512};
    struct pixel_box east = {(int64_t)2100 * 256, (int64_t)1357 * 256, 512, 512};
    const struct layer *layer = catalogue_at(scenery.catalogue, 0);
    const struct layer_window *window_west = layer_window_get(scenery.renderer, &view, layer, west, &fault);
    const struct layer_window *window_east = layer_window_get(scenery.renderer, &view, layer, east, &fault);
    struct bbox both = bbox_intersection(pixel_box_to_bbox(west), pixel_box_to_bbox(east));
    size_t shared = 0;
    for (size_t i = 0; i < window_west->strata[0].line_count; i++) {
        const struct layer_line *line = &window_west->strata[0].lines[i];
        for (size_t j = 0; j < line->count; j++) {
            if (bbox_contains_point(both, line->points[j])) {
                ck_assert(has_point(window_east, line->points[j]));
                shared++;
            }
        }
    }
    ck_assert_uint_gt(shared, 100);
    plot_unref(plot);
}
END_TEST

/* The same place in a grid that is of no tile matrix set and so has one window for all of it. */
static struct image *picture_of_one_window(const struct map_view *view, struct pixel_box box)
{
    struct map_view moved = *view;
    moved.grid.origin.x -= 64 * view->grid.units_per_px;
    box.x += 64;
    return scenery_picture(&scenery, &moved, box, 1);
}

/* Draws a picture a quarter at a time, each by a renderer that has seen nothing else. */
static struct image *picture_of_new_renderers(const struct map_view *view, struct pixel_box box)
{
    struct fault fault = {0};
    struct renderer *first = scenery.renderer;
    struct image *whole = image_new(box.width, box.height, &fault);
    ck_assert_ptr_nonnull(whole);
    for (int i = 3; i >= 0; i--) {
        int x = i % 2 * box.width / 2;
        int y = i / 2 * box.height / 2;
        struct pixel_box quarter = {box.x + x, box.y + y, box.width / 2, box.height / 2};
        scenery.renderer = scenery_renderer();
        struct image *part = scenery_picture(&scenery, view, quarter, 1);
        image_copy(whole, part, x, y);
        image_free(part);
        renderer_free(scenery.renderer);
    }
    scenery.renderer = first;
    return whole;
}

static int step_between(uint32_t a, uint32_t b)
{
    int most = 0;
    for (int shift = 0; shift < 32; shift += 8) {
        int step = abs((int)(a >> shift & 0xFF) - (int)(b >> shift & 0xFF));
        most = step > most ? step : most;
    }
    return most;
}

/* Neither the borders nor what they cut off can be seen: dashes go on, and no edge is drawn along a cut. */
START_TEST(cut_lines_and_edges_keep_their_dashes_across_the_corner_of_four_windows)
{
    struct plot *plot = scenery_empty_plot();
    struct pixel_box box = {CORNER_X - 256, CORNER_Y - 256, 512, 512};
    for (int i = 2; i <= 3; i++) { /* paden, percelen */
        scenery.map.items = &scenery.items[i];
        scenery.map.item_count = 1;
        struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 13));
        struct image *parts = picture_of_new_renderers(&view, box);
        struct image *whole = picture_of_one_window(&view, box);
        size_t painted[2] = {0};
        size_t others = 0; /* snapped to another 1/256 px in the other grid: a sharp bend here and there */
        for (int dot = 0; dot < 512 * 512; dot++) {
            bool is_same = step_between(parts->pixels[dot], whole->pixels[dot]) <= 4;
            bool is_at_border = abs(dot % 512 - 256) < 16 || abs(dot / 512 - 256) < 16;
            ck_assert(is_same || !is_at_border);
            others += !is_same;
            painted[dot % 512 / 256] += parts->pixels[dot] != parts->pixels[0];
        }
        ck_assert_uint_lt(others, 40);
        ck_assert_uint_gt(painted[0], 500);
        ck_assert_uint_gt(painted[1], 500);
        image_free(parts);
        image_free(whole);
    }
    plot_unref(plot);
}
END_TEST

START_TEST(labels_in_overlapping_windows_are_the_same)
{
    struct fault fault = {0};
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct pixel_box west = {(int64_t)2099 * 256, (int64_t)1357 * 256, 512, 768};
    struct pixel_box east = {(int64_t)2100 * 256, (int64_t)1357 * 256, 512, 768};
    const struct layer *layer = catalogue_at(scenery.catalogue, 0);
    const struct layer_window *a = layer_window_get(scenery.renderer, &view, layer, west, &fault);
    const struct layer_window *b = layer_window_get(scenery.renderer, &view, layer, east, &fault);
    struct bbox both = bbox_intersection(pixel_box_to_bbox(west), pixel_box_to_bbox(east));
    size_t shared = 0;
    for (size_t i = 0; i < a->label_count; i++) {
        bool is_found = false;
        for (size_t j = 0; j < b->label_count; j++) {
            is_found = is_found || (strcmp(a->labels[i].text, b->labels[j].text) == 0 &&
                                    a->labels[i].places[0].corner.x == b->labels[j].places[0].corner.x &&
                                    a->labels[i].places[0].corner.y == b->labels[j].places[0].corner.y);
        }
        bool is_in_both = bbox_intersects(a->labels[i].places[0].ink, both);
        ck_assert(is_found || !is_in_both);
        shared += is_found;
    }
    ck_assert_uint_gt(shared, 2);
    for (size_t i = 0; i < a->label_count; i++) {
        for (size_t j = 0; j < i; j++) {
            struct bbox common = bbox_intersection(a->labels[i].places[0].room, a->labels[j].places[0].room);
            ck_assert(bbox_is_empty(common) || bbox_width(common) == 0 || bbox_height(common) == 0);
        }
    }
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("layer window");
    TCase *tests = tcase_create("layer window");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 120);
    tcase_add_test(tests, a_window_with_too_much_is_named_and_costs_its_reading_only_once);
    tcase_add_test(tests, a_layer_too_large_to_be_kept_is_drawn_like_a_small_one);
    tcase_add_test(tests, windows_that_overlap_agree_on_every_point);
    tcase_add_test(tests, cut_lines_and_edges_keep_their_dashes_across_the_corner_of_four_windows);
    tcase_add_test(tests, labels_in_overlapping_windows_are_the_same);
    suite_add_tcase(suite, tests);
    return suite;
}
