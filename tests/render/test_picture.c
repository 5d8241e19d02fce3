#include "render/picture.h"

#include "geo/base/memory.h"
#include "geo/crs.h"
#include "tests/support/scenery.h"

static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: land, title: Land, kind: vector, driver: GeoJSON, path: land.geojson, style: {rules: [{fill: "
    "'#40C040'}]}}\n"
    "  - {id: weg, title: Weg, kind: vector, driver: GeoJSON, path: weg.geojson, style: {rules: [{fill: "
    "'#FF0000'}]}}\n"
    "  - {id: stuk, title: Stuk, kind: vector, driver: GeoJSON, path: stuk.geojson, style: {rules: [{fill: "
    "'#FF0000'}]}}\n"
    "  - {id: fijn, title: Fijn, kind: vector, driver: GeoJSON, path: fijn.geojson, application_scale: "
    "100000,\n"
    "     style: {rules: [{stroke: {width: 2, colour: '#0000FF'}}]}}\n"
    "  - {id: ver, title: Ver, kind: vector, driver: GeoJSON, path: fijn.geojson, scale: [5000000, "
    "9000000],\n"
    "     style: {rules: [{stroke: {width: 20, colour: '#FF0000'}}]}}\n";

static const char land_json[] =
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
    "[[[4.0,51.0],[5.5,51.0],[5.5,52.5],[4.0,52.5],[4.0,51.0]]]}}";

static const char line_json[] =
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"LineString\",\"coordinates\":"
    "[[4.5,51.69],[4.7,51.69]]}}";

static struct scenery scenery;

static void setup(void)
{
    free(scenery_write("land.geojson", land_json));
    free(scenery_write("stuk.geojson", "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":"));
    free(scenery_write("fijn.geojson", line_json));
    scenery_init(&scenery, catalogue_yaml);
}

static void teardown(void)
{
    scenery_finish(&scenery);
}

static struct pixel_box box_around(struct pixel_grid grid, double lon, double lat, int32_t side)
{
    struct fault fault = {0};
    struct crs_context *context = renderer_crs_context(scenery.renderer);
    struct point place = {lon, lat};
    crs_transform(context, crs_find(context, "OGC:CRS84", &fault), crs_find(context, grid.crs_code, &fault),
                  &place, 1, &fault);
    place = pixel_grid_to_px(&grid, place);
    return (struct pixel_box){(int64_t)place.x - side / 2, (int64_t)place.y - side / 2, side, side};
}

static size_t count_of(const struct image *image, uint32_t dot)
{
    size_t count = 0;
    for (int i = 0; i < image->height * image->stride_px; i++) {
        count += image->pixels[i] == dot;
    }
    return count;
}

static bool names(const struct report *report, enum report_kind kind, const char *subject)
{
    for (size_t i = 0; i < report->count; i++) {
        if (report->items[i].kind == kind && strcmp(report->items[i].subject, subject) == 0) {
            return true;
        }
    }
    return false;
}

static uint64_t left_out_count(const struct report *report)
{
    uint64_t count = 0;
    for (size_t i = 0; i < report->count; i++) {
        count += report->items[i].kind == REPORT_FEATURES_LEFT_OUT ? report->items[i].count : 0;
    }
    return count;
}

static struct image *render(const struct map_view *view, struct pixel_box box, struct report *report)
{
    struct fault fault = {0};
    struct image *image = picture_render(scenery.renderer, view, box, 1, report, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    return image;
}

START_TEST(a_layer_that_fails_is_named_and_the_rest_is_drawn)
{
    struct report report;
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 1);
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 12);
    struct map_view view = scenery_view(&scenery, plot, grid);
    for (int i = 0; i < 2; i++) { /* the second time the fault is remembered */
        report_init(&report);
        struct image *image = render(&view, box_around(grid, 4.62, 51.69, 200), &report);
        ck_assert(names(&report, REPORT_LAYER_FAILED, "weg"));
        ck_assert(names(&report, REPORT_LAYER_FAILED, "stuk"));
        ck_assert(!names(&report, REPORT_LAYER_FAILED, "land"));
        ck_assert_uint_gt(count_of(image, 0xFF40C040u), 200 * 200 / 2); /* the land is there */
        ck_assert_uint_eq(count_of(image, 0xFFFF0000u), 0);
        image_free(image);
        report_finish(&report);
    }
    plot_unref(plot);
}
END_TEST

START_TEST(a_layer_is_drawn_within_its_scales_and_a_warning_given_beyond_its_purpose)
{
    struct report report;
    report_init(&report);
    struct plot *plot = scenery_empty_plot();
    struct pixel_grid coarse = scenery_grid(&scenery, "WebMercatorQuad", 11);
    struct pixel_grid fine = scenery_grid(&scenery, "WebMercatorQuad", 13);
    struct map_view view = scenery_view(&scenery, plot, coarse);
    image_free(render(&view, box_around(coarse, 4.62, 51.69, 100), &report));
    ck_assert(!names(&report, REPORT_BEYOND_SCALE, "fijn")); /* 1:280,000 */
    view = scenery_view(&scenery, plot, fine);
    struct image *image = render(&view, box_around(fine, 4.62, 51.69, 100), &report);
    ck_assert(names(&report, REPORT_BEYOND_SCALE, "fijn")); /* 1:70,000 */
    ck_assert_uint_ge(count_of(image, 0xFF0000FFu), 100);
    ck_assert(!names(&report, REPORT_BEYOND_SCALE, "ver"));
    image_free(image);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

START_TEST(without_the_correction_grid_rd_says_so)
{
    struct fault fault = {0};
    struct report report;
    report_init(&report);
    struct renderer *plain = renderer_new("/nowhere", &fault);
    ck_assert_ptr_nonnull(plain);
    struct plot *plot = scenery_empty_plot();
    struct pixel_grid grid = scenery_grid(&scenery, "NetherlandsRDNewQuad", 8);
    struct map_view view = scenery_view(&scenery, plot, grid);
    scenery.map.item_count = 1;
    bool has_grid = crs_context_has_rd_grid(renderer_crs_context(plain));
    image_free(picture_render(plain, &view, box_around(grid, 4.62, 51.69, 50), 1, &report, &fault));
    ck_assert(names(&report, REPORT_NO_RD_GRID, "EPSG:28992") == !has_grid);
    report_finish(&report);
    renderer_free(plain);
    plot_unref(plot);
}
END_TEST

START_TEST(a_picture_that_is_too_large_or_empty_is_refused)
{
    struct fault fault = {0};
    struct plot *plot = scenery_empty_plot();
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 12));
    struct pixel_box large = {0, 0, 10001, 10000};
    ck_assert_ptr_null(picture_render(scenery.renderer, &view, large, 1, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    large.width = 6000;
    ck_assert_ptr_null(picture_render(scenery.renderer, &view, large, 3, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    struct pixel_box empty = {0, 0, 0, 5};
    ck_assert_ptr_null(picture_render(scenery.renderer, &view, empty, 1, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    plot_unref(plot);
}
END_TEST

START_TEST(a_tile_outside_its_matrix_is_refused)
{
    struct fault fault = {0};
    struct plot *plot = scenery_empty_plot();
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct map_view view = scenery_view(&scenery, plot, tile_matrix_set_grid(set, 3));
    struct tile_address outside = {3, 8, 0};
    ck_assert_ptr_null(tile_render(scenery.renderer, &view, set, outside, 1, NULL, &fault));
    ck_assert_int_eq(fault.code, FAULT_OUTSIDE);
    plot_unref(plot);
}
END_TEST

/* The poles have no place in web mercator. */
START_TEST(a_feature_without_a_place_in_the_crs_is_left_out_and_named)
{
    struct report report;
    report_init(&report);
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_point("pool", "nl@1/inc.brand", 0, 90), 1);
    struct shape *points = shape_new(SHAPE_POINT);
    shape_add_part(points, &(struct point){4.6, 51.7}, 1, false);
    shape_add_part(points, &(struct point){4.6, 90}, 1, false);
    plot = scenery_put(plot, scenery_feature("branden", "nl@1/inc.brand", points), 2);
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 12);
    struct map_view view = scenery_view(&scenery, plot, grid);
    image_free(render(&view, box_around(grid, 4.62, 51.69, 100), &report));
    ck_assert(names(&report, REPORT_FEATURES_LEFT_OUT, "proef"));
    ck_assert_uint_eq(left_out_count(&report), 1);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

START_TEST(a_line_to_a_pole_is_drawn_as_far_as_the_crs_goes)
{
    struct report report;
    report_init(&report);
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, (struct point[]){{4.6, 51.7}, {4.6, 90}}, 2, false);
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_feature("weg", "nl@1/l.afzetting", line), 1);
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 12);
    struct map_view view = scenery_view(&scenery, plot, grid);
    struct image *with = render(&view, box_around(grid, 4.6, 51.75, 100), &report);
    ck_assert(!names(&report, REPORT_FEATURES_LEFT_OUT, "proef"));
    struct plot *nothing = scenery_empty_plot();
    view = scenery_view(&scenery, nothing, grid);
    struct image *without = render(&view, box_around(grid, 4.6, 51.75, 100), &report);
    size_t bytes = (size_t)with->stride_px * (size_t)with->height * sizeof(*with->pixels);
    ck_assert_int_ne(memcmp(with->pixels, without->pixels, bytes), 0);
    image_free(with);
    image_free(without);
    plot_unref(nothing);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

START_TEST(a_line_over_the_antimeridian_is_not_drawn_across_the_map)
{
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, (struct point[]){{170, 10}, {-170, 10}}, 2, false);
    uint64_t random = 1;
    struct shape *area = scenery_random_area(&random, (struct point){180, -20}, 20, 8);
    for (size_t i = 0; i < area->point_count; i++) {
        area->points[i].x -= area->points[i].x > 180 ? 360 : 0;
    }
    shape_update_box(area);
    struct plot *plot = scenery_put(scenery_empty_plot(), scenery_feature("l", "nl@1/l.afzetting", line), 1);
    plot = scenery_put(plot, scenery_feature("v", "nl@1/a.rood", area), 2);
    scenery.map.items = &scenery.items[5];
    scenery.map.item_count = 1;
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 1));
    struct image *world = render(&view, (struct pixel_box){0, 0, 512, 512}, NULL);
    struct image *middle = image_cut(world, 30, 0, 452, 512, NULL);
    struct image *west = image_cut(world, 0, 0, 30, 512, NULL);
    struct image *east = image_cut(world, 482, 0, 30, 512, NULL);
    uint32_t sea = 0xFFCFE3EEu;
    ck_assert_uint_eq(count_of(middle, sea), 452 * 512);
    ck_assert_uint_lt(count_of(west, sea), 30 * 512);
    ck_assert_uint_lt(count_of(east, sea), 30 * 512);
    image_free(world);
    image_free(middle);
    image_free(west);
    image_free(east);
    plot_unref(plot);
}
END_TEST

START_TEST(a_ring_of_a_hundred_thousand_points_is_drawn_in_time)
{
    uint64_t random = 3;
    struct shape *area = scenery_random_area(&random, (struct point){4.62, 51.69}, 100000, 0.3);
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_feature("v", "nl@1/a.overstroomd", area), 1);
    int64_t began_ms = monotonic_now_ms();
    for (uint32_t zoom = 4; zoom <= 18; zoom += 2) {
        struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", zoom);
        struct map_view view = scenery_view(&scenery, plot, grid);
        image_free(render(&view, box_around(grid, 4.9, 51.69, 300), NULL));
    }
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 20000); /* a second without a sanitizer */
    plot_unref(plot);
}
END_TEST

/* Not the grid of a tile matrix: painted in one piece, at any place. */
/* Six lines of 20,000 random points in one tile, and one of few. */
static struct plot *tangled_plot(void)
{
    uint64_t random = 5;
    struct plot *plot = scenery_empty_plot();
    for (uint64_t i = 0; i < 6; i++) {
        char id[20];
        snprintf(id, sizeof id, "kluwen-%d", (int)i);
        struct point *points = memory_new(20000, sizeof(*points));
        for (int k = 0; k < 20000; k++) {
            points[k] =
                (struct point){random_between(&random, 4.5, 4.7), random_between(&random, 51.65, 51.75)};
        }
        struct shape *line = shape_new(SHAPE_LINE);
        shape_add_part(line, points, 20000, false);
        plot = scenery_put(plot, scenery_feature(id, "nl@1/l.afzetting", line), i + 1);
        free(points);
    }
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(line, (struct point[]){{4.5, 51.7}, {4.7, 51.7}}, 2, false);
    return scenery_put(plot, scenery_feature("weg", "nl@1/l.afzetting", line), 9);
}

START_TEST(lines_beyond_the_budget_of_ink_are_left_out_alike_of_every_tile_and_named)
{
    struct plot *plot = tangled_plot();
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 13);
    struct map_view view = scenery_view(&scenery, plot, grid);
    struct pixel_box box = box_around(grid, 4.6, 51.7, 256);
    struct report report;
    report_init(&report);
    struct image *whole = render(&view, box, &report);
    ck_assert(names(&report, REPORT_FEATURES_LEFT_OUT, "proef"));
    ck_assert_uint_eq(left_out_count(&report), 4);
    for (int i = 0; i < 4; i++) {
        int x = i % 2 * 128;
        int y = i / 2 * 128;
        struct image *part = render(&view, (struct pixel_box){box.x + x, box.y + y, 128, 128}, NULL);
        struct image *cut = image_cut(whole, x, y, 128, 128, NULL);
        for (int row = 0; row < 128; row++) {
            ck_assert_mem_eq(&part->pixels[row * part->stride_px], &cut->pixels[row * cut->stride_px], 512);
        }
        image_free(part);
        image_free(cut);
    }
    image_free(whole);
    report_finish(&report);
    plot_unref(plot);
}
END_TEST

START_TEST(a_grid_of_its_own_shows_the_same_things_at_the_same_places)
{
    struct plot *plot =
        scenery_put(scenery_empty_plot(), scenery_point("a", "nl@1/inc.brand", 4.62, 51.69), 1);
    struct pixel_grid tiled = scenery_grid(&scenery, "WebMercatorQuad", 12);
    struct pixel_box box = box_around(tiled, 4.62, 51.69, 200);
    struct map_view view = scenery_view(&scenery, plot, tiled);
    struct image *picture = render(&view, box, NULL);
    struct pixel_grid own = tiled;
    own.origin = pixel_grid_from_px(&tiled, (struct point){(double)box.x, (double)box.y});
    struct map_view own_view = scenery_view(&scenery, plot, own);
    struct image *own_picture = render(&own_view, (struct pixel_box){0, 0, 200, 200}, NULL);
    ck_assert_uint_eq(count_of(picture, 0xFF40C040u), count_of(own_picture, 0xFF40C040u));
    ck_assert_int_eq(memcmp(picture->pixels, own_picture->pixels, 200 * 200 * 4), 0);
    image_free(picture);
    image_free(own_picture);
    plot_unref(plot);
}
END_TEST

static const char raster_yaml[] = "layers:\n"
                                  "  - {id: diepte, title: Diepte, kind: raster, driver: GTiff, path: "
                                  "diepte.tif, style: {raster: {ramp: [[0, "
                                  "'#000000'], [200, '#C80000']]}}}\n";

/* A raster of 200 x 100 cells of 10 m in RD, each as high as its column is east. */
static bool make_raster(void)
{
    char path[512];
    char command[1200];
    if (system("command -v gdal_translate >/dev/null") != 0) {
        test_skipped("gdal_translate is not there");
        return false;
    }
    snprintf(path, sizeof path, "%s/diepte.asc", test_folder());
    FILE *file = fopen(path, "w");
    fprintf(file,
            "ncols 200\nnrows 100\nxllcorner 100000\nyllcorner 410000\ncellsize 10\nNODATA_value -9999\n");
    for (int i = 0; i < 200 * 100; i++) {
        fprintf(file, i / 200 >= 50 && i % 200 >= 150 ? "-9999 " : "%d.0 ", i % 200);
    }
    fclose(file);
    snprintf(command, sizeof command, "gdal_translate -q -ot Float32 -a_srs EPSG:28992 %s %s/diepte.tif",
             path, test_folder());
    ck_assert_int_eq(system(command), 0);
    return true;
}

static void use_raster(void)
{
    scenery_finish(&scenery);
    scenery_init(&scenery, raster_yaml);
}

START_TEST(a_raster_lies_where_its_cells_are)
{
    if (!make_raster()) {
        return;
    }
    use_raster();
    struct plot *plot = scenery_empty_plot();
    /* One px is half a cell: RD px (0, 0) is the north-west corner of the raster. */
    struct pixel_grid grid = {
        .crs_code = "EPSG:28992", .origin = {100000, 411000}, .units_per_px = 5, .metres_per_unit = 1};
    struct map_view view = scenery_view(&scenery, plot, grid);
    struct image *image = render(&view, (struct pixel_box){-10, -10, 420, 220}, NULL);
    for (int x = 20; x < 280; x++) {
        uint32_t dot = image->pixels[60 * image->stride_px + x];
        double cell = (x - 10 + 0.5) / 2 - 0.5; /* value between the middles of columns */
        ck_assert_int_le(abs((int)(dot >> 16 & 0xFF) - (int)lround(cell)), 1);
        ck_assert_uint_eq(dot & 0xFFFF, 0);
    }
    uint32_t sea = 0xFFCFE3EEu;
    ck_assert_uint_eq(image->pixels[5 * image->stride_px + 100], sea);   /* north of it */
    ck_assert_uint_eq(image->pixels[100 * image->stride_px + 415], sea); /* east of it */
    ck_assert_uint_eq(image->pixels[160 * image->stride_px + 350], sea); /* a gap */
    ck_assert_uint_ne(image->pixels[60 * image->stride_px + 350], sea);  /* beside the gap */
    image_free(image);
    plot_unref(plot);
}
END_TEST

START_TEST(a_raster_has_no_seams_between_tiles)
{
    if (!make_raster()) {
        return;
    }
    use_raster();
    struct plot *plot = scenery_empty_plot();
    struct pixel_grid grid = scenery_grid(&scenery, "WebMercatorQuad", 16);
    struct map_view view = scenery_view(&scenery, plot, grid);
    struct pixel_box box = box_around(grid, 4.60, 51.686, 900);
    struct image *image = render(&view, box, NULL);
    size_t shown = 0;
    for (int y = 0; y < image->height; y++) {
        for (int x = 1; x < image->width; x++) {
            uint32_t left = image->pixels[y * image->stride_px + x - 1];
            uint32_t right = image->pixels[y * image->stride_px + x];
            bool is_raster = (left & 0xFFFF) == 0 && (right & 0xFFFF) == 0;
            shown += is_raster;
            ck_assert(!is_raster || abs((int)(left >> 16 & 0xFF) - (int)(right >> 16 & 0xFF)) <= 1);
        }
    }
    ck_assert_uint_gt(shown, 100000);
    image_free(image);
    plot_unref(plot);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("picture");
    TCase *tests = tcase_create("picture");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_layer_that_fails_is_named_and_the_rest_is_drawn);
    tcase_add_test(tests, a_layer_is_drawn_within_its_scales_and_a_warning_given_beyond_its_purpose);
    tcase_add_test(tests, without_the_correction_grid_rd_says_so);
    tcase_add_test(tests, a_picture_that_is_too_large_or_empty_is_refused);
    tcase_add_test(tests, a_tile_outside_its_matrix_is_refused);
    tcase_add_test(tests, a_feature_without_a_place_in_the_crs_is_left_out_and_named);
    tcase_add_test(tests, a_line_to_a_pole_is_drawn_as_far_as_the_crs_goes);
    tcase_add_test(tests, a_line_over_the_antimeridian_is_not_drawn_across_the_map);
    tcase_add_test(tests, a_ring_of_a_hundred_thousand_points_is_drawn_in_time);
    tcase_add_test(tests, lines_beyond_the_budget_of_ink_are_left_out_alike_of_every_tile_and_named);
    tcase_add_test(tests, a_grid_of_its_own_shows_the_same_things_at_the_same_places);
    tcase_add_test(tests, a_raster_lies_where_its_cells_are);
    tcase_add_test(tests, a_raster_has_no_seams_between_tiles);
    suite_add_tcase(suite, tests);
    return suite;
}
