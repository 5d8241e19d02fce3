/*
 * Where the data of a layer end is told: absence must not look like a statement.
 */
#include "render/layer/layer_reach.h"

#include "tests/support/scenery.h"

/* One degree of land, a road across it and a place, far from each other's edges. */
static const char data[] =
    "{\"type\":\"FeatureCollection\",\"features\":[\n"
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
    "[[[4,51],[5,51],[5,52],[4,52],[4,51]]]}},\n"
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"LineString\",\"coordinates\":"
    "[[4,51],[5,52]]}},\n"
    "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.5,51.5]}}]}";

#define FILE_OF_LAYER "kind: vector, driver: GeoJSON, path: streek.geojson"
static const char catalogue_yaml[] =
    "layers:\n"
    "  - {id: land, title: Land, " FILE_OF_LAYER ", style: {rules: [{fill: '#EEF3E8'}]}}\n"
    "  - {id: weg, title: Weg, " FILE_OF_LAYER
    ", style: {rules: [{stroke: {width: 2, colour: '#333333'}}]}}\n"
    "  - {id: fijn, title: Fijn, " FILE_OF_LAYER ", scale: [0, 1000], style: {rules: [{fill: '#EEF3E8'}]}}\n"
    "  - {id: grof, title: Grof, " FILE_OF_LAYER
    ", scale: [0, 150000], application_scale: 1000000, style: {rules: [{fill: '#EEF3E8'}]}}\n"
    "  - {id: weg-ver, title: Weg, " FILE_OF_LAYER ", style: {rules: [\n"
    "      {scale: [0, 1000], fill: '#EEF3E8'}, {otherwise: true, stroke: {width: 2, colour: "
    "'#333333'}}]}}\n";

static struct scenery scenery;
static struct plot *plot;
static struct report report;

static void setup(void)
{
    free(scenery_write("streek.geojson", data));
    scenery_init(&scenery, catalogue_yaml);
    plot = scenery_empty_plot();
    report_init(&report);
}

static void teardown(void)
{
    report_finish(&report);
    plot_unref(plot);
    scenery_finish(&scenery);
}

/** A picture of 1000 x 1000 px in degrees around a place. */
static void look_at(double lon, double lat, double width_deg, bool tells_parts)
{
    struct pixel_grid grid = {.crs_code = "EPSG:4258",
                              .origin = {lon - width_deg / 2, lat + width_deg / 2},
                              .units_per_px = width_deg / 1000,
                              .metres_per_unit = 111319.49};
    struct map_view view = scenery_view(&scenery, plot, grid);
    layer_reach_report(scenery.renderer, &view, (struct pixel_box){0, 0, 1000, 1000}, tells_parts, &report);
}

static bool tells(enum report_kind kind, const char *layer)
{
    for (size_t i = 0; i < report.count; i++) {
        if (report.items[i].kind == kind && strcmp(report.items[i].subject, layer) == 0) {
            return true;
        }
    }
    return false;
}

START_TEST(of_a_picture_within_the_data_nothing_is_told)
{
    look_at(4.5, 51.5, 0.9, true);
    ck_assert_uint_eq(report.count, 0);
}
END_TEST

START_TEST(data_that_fall_short_by_a_hair_are_enough)
{
    look_at(4.5, 51.5, 1.01, true);
    ck_assert_uint_eq(report.count, 0);
}
END_TEST

START_TEST(beside_the_data_every_layer_at_its_scale_is_told)
{
    look_at(27, 53.7, 0.5, true);
    ck_assert(tells(REPORT_LAYER_OUTSIDE, "land"));
    ck_assert(tells(REPORT_LAYER_OUTSIDE, "weg"));
    ck_assert(tells(REPORT_LAYER_OUTSIDE, "weg-ver"));
    ck_assert_uint_eq(report.count, 3);
}
END_TEST

START_TEST(over_the_edge_of_the_data_only_areas_are_told)
{
    look_at(5, 51.5, 0.5, true);
    ck_assert(tells(REPORT_LAYER_PARTIAL, "land"));
    ck_assert_uint_eq(report.count, 1);
}
END_TEST

START_TEST(around_the_data_the_areas_reach_only_part)
{
    look_at(4.5, 51.5, 30, true);
    ck_assert(tells(REPORT_LAYER_PARTIAL, "land"));
    ck_assert_uint_eq(report.count, 1);
}
END_TEST

START_TEST(where_parts_are_not_asked_for_only_what_is_outside_is_told)
{
    look_at(5, 51.5, 0.5, false);
    ck_assert_uint_eq(report.count, 0);
    look_at(27, 53.7, 0.5, false);
    ck_assert_uint_eq(report.count, 3);
}
END_TEST

START_TEST(a_coarse_layer_says_so_where_it_is_and_else_only_why_it_is_not)
{
    look_at(4.5, 51.5, 0.3, true); /* 1:120,000 */
    ck_assert(tells(REPORT_BEYOND_SCALE, "grof"));
    ck_assert_uint_eq(report.count, 1);
    report_finish(&report);
    report_init(&report);
    look_at(27, 53.7, 0.3, true);
    ck_assert(tells(REPORT_LAYER_OUTSIDE, "grof"));
    ck_assert(!tells(REPORT_BEYOND_SCALE, "grof"));
    report_finish(&report);
    report_init(&report);
    report_add(&report, REPORT_LAYER_FAILED, "grof", "it cannot be read");
    look_at(4.5, 51.5, 0.3, true);
    ck_assert_uint_eq(report.count, 1);
}
END_TEST

/* The corners of the picture are moved into the CRS of the layer, 27 degrees east. */
START_TEST(the_frame_of_another_crs_is_followed)
{
    struct pixel_grid grid = {
        .crs_code = "EPSG:32635", .origin = {450000, 6000000}, .units_per_px = 100, .metres_per_unit = 1};
    struct map_view view = scenery_view(&scenery, plot, grid);
    layer_reach_report(scenery.renderer, &view, (struct pixel_box){0, 0, 1000, 1000}, true, &report);
    ck_assert(tells(REPORT_LAYER_OUTSIDE, "land"));
}
END_TEST

START_TEST(tiles_beside_the_data_say_so)
{
    struct fault fault = {0};
    const struct tile_matrix_set *set = tile_matrix_sets_find(scenery.tile_matrix_sets, "WebMercatorQuad");
    struct map_view view = scenery_view(&scenery, plot, scenery_grid(&scenery, "WebMercatorQuad", 8));
    struct image *image =
        tile_render(scenery.renderer, &view, set, (struct tile_address){.zoom = 8, .column = 200, .row = 85},
                    1, &report, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    ck_assert(tells(REPORT_LAYER_OUTSIDE, "land"));
    image_free(image);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("layer_reach");
    TCase *tests = tcase_create("layer_reach");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, of_a_picture_within_the_data_nothing_is_told);
    tcase_add_test(tests, data_that_fall_short_by_a_hair_are_enough);
    tcase_add_test(tests, beside_the_data_every_layer_at_its_scale_is_told);
    tcase_add_test(tests, over_the_edge_of_the_data_only_areas_are_told);
    tcase_add_test(tests, around_the_data_the_areas_reach_only_part);
    tcase_add_test(tests, where_parts_are_not_asked_for_only_what_is_outside_is_told);
    tcase_add_test(tests, a_coarse_layer_says_so_where_it_is_and_else_only_why_it_is_not);
    tcase_add_test(tests, the_frame_of_another_crs_is_followed);
    tcase_add_test(tests, tiles_beside_the_data_say_so);
    suite_add_tcase(suite, tests);
    return suite;
}
