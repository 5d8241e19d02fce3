#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/shape.h"
#include "symbology/style.h"
#include "tests/support/gdal_program.h"
#include "tests/support/runner.h"
#include "tests/support/source_fixture.h"

static const char *write_text(const char *name, const char *text)
{
    struct fault fault = {FAULT_NONE, ""};
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    ck_assert_msg(file_write(path, text, strlen(text), &fault), "%s", fault.message);
    return path;
}

static const char mixed[] =
    "{\"type\":\"FeatureCollection\",\"features\":["
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"point\",\"n\":1},\"geometry\":{\"type\":\"Point\","
    "\"coordinates\":[5,52,7]}},"
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"line\",\"n\":2.5},\"geometry\":{\"type\":"
    "\"LineString\","
    "\"coordinates\":[[5,52],[6,53]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"name\":null},\"geometry\":{\"type\":\"MultiPolygon\","
    "\"coordinates\":[[[[0,0],[9,0],[9,9],[0,9],[0,0]],[[1,1],[1,2],[2,2],[1,1]]],[[[20,0],[21,0],[21,1],[20,"
    "0]]]]}},"
    "{\"type\":\"Feature\",\"properties\":{\"name\":\"all\"},\"geometry\":{\"type\":\"GeometryCollection\","
    "\"geometries\":[{\"type\":\"Point\",\"coordinates\":[30,30]},{\"type\":\"GeometryCollection\","
    "\"geometries\":["
    "{\"type\":\"LineString\",\"coordinates\":[[30,30],[31,31]]},{\"type\":\"Point\",\"coordinates\":[32,32]}"
    "]}]}}]}";

START_TEST(every_kind_of_geometry_becomes_points_lines_or_polygons)
{
    struct layer layer = vector_layer("GeoJSON", write_text("mixed.geojson", mixed));
    struct source *source = open_good(&layer);
    struct seen seen = read_window(source, (struct bbox){-180, -90, 180, 90});
    const enum shape_kind kinds[] = {SHAPE_POINT, SHAPE_LINE, SHAPE_POLYGON, SHAPE_POINT, SHAPE_LINE};
    const size_t points[] = {1, 2, 13, 2, 2};
    const size_t parts[] = {1, 1, 3, 2, 1};
    ck_assert_uint_eq(seen.count, 5);
    for (size_t i = 0; i < 5; i++) {
        ck_assert_int_eq(seen.kinds[i], kinds[i]);
        ck_assert_uint_eq(seen.points[i], points[i]);
        ck_assert_uint_eq(seen.parts[i], parts[i]);
    }
    source_close(source);
}

END_TEST

START_TEST(only_attributes_of_the_style_are_read_and_null_is_empty)
{
    struct style_attribute attributes[] = {{.name = "name"}};
    struct style style = {.attributes = attributes, .attribute_count = 1};
    struct layer layer = vector_layer("GeoJSON", write_text("mixed.geojson", mixed));
    layer.style = &style;
    struct source *source = open_good(&layer);
    struct seen seen = read_window(source, (struct bbox){-180, -90, 180, 90});
    ck_assert_str_eq(seen.texts[0], "point");
    ck_assert_str_eq(seen.texts[1], "line");
    ck_assert_str_eq(seen.texts[2], "");
    ck_assert_str_eq(seen.texts[4], "all");
    ck_assert(source_has_attribute(source, "name"));
    ck_assert(source_has_attribute(source, "n"));
    ck_assert(!source_has_attribute(source, "Name"));
    source_close(source);
}

END_TEST

START_TEST(numbers_and_texts_keep_their_own_values)
{
    struct style_attribute attributes[] = {{.name = "t"}, {.name = "n", .is_number = true}, {.name = "m"}};
    struct style style = {.attributes = attributes, .attribute_count = 3};
    const char *text = "{\"type\":\"Feature\",\"properties\":{\"n\":2.5,\"m\":17,\"t\":\"x\"},"
                       "\"geometry\":{\"type\":\"Point\",\"coordinates\":[5,52]}}";
    struct layer layer = vector_layer("GeoJSON", write_text("values.geojson", text));
    layer.style = &style;
    struct source *source = open_good(&layer);
    struct seen seen = read_window(source, (struct bbox){-180, -90, 180, 90});
    ck_assert_uint_eq(seen.count, 1);
    ck_assert_str_eq(seen.texts[0], "2.5"); /* the later number has not overwritten it */
    source_close(source);
}

END_TEST

START_TEST(a_window_gives_what_touches_it_and_nothing_else)
{
    struct layer layer = vector_layer("GeoJSON", write_text("mixed.geojson", mixed));
    struct source *source = open_good(&layer);
    ck_assert_uint_eq(read_window(source, (struct bbox){40, 40, 41, 41}).count, 0);
    ck_assert_uint_eq(read_window(source, (struct bbox){20.2, 0.1, 20.9, 0.2}).count, 1);
    ck_assert_uint_eq(read_window(source, (struct bbox){29, 29, 30, 30}).count, 2);
    ck_assert_uint_eq(read_window(source, bbox_empty()).count, 0);
    ck_assert_uint_eq(read_window(source, (struct bbox){NAN, 0, 1, 1}).count, 0);
    source_close(source);
}

END_TEST

START_TEST(places_without_end_do_not_hide_the_others)
{
    static const char *const wrong[] = {"[1e999,52]", "[-1e999,1e999]", "[1e300,-1e300]"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        char text[400];
        snprintf(text, sizeof text,
                 "{\"type\":\"FeatureCollection\",\"features\":["
                 "{\"type\":\"Feature\",\"properties\":{},"
                 "\"geometry\":{\"type\":\"Point\",\"coordinates\":%s}},"
                 "{\"type\":\"Feature\",\"properties\":{},"
                 "\"geometry\":{\"type\":\"Point\",\"coordinates\":[5.5,52.5]}}]}",
                 wrong[i]);
        struct layer layer = vector_layer("GeoJSON", write_text("endless.geojson", text));
        struct source *source = open_good(&layer);
        ck_assert(bbox_is_finite(source_extent(source)));
        struct seen seen = read_window(source, source_extent(source));
        ck_assert_uint_eq(seen.count, 1);
        ck_assert_double_eq(seen.sum, 5.5 + 52.5);
        source_close(source);
    }
}

END_TEST

START_TEST(a_visitor_may_stop)
{
    struct layer layer = vector_layer("GeoJSON", write_text("mixed.geojson", mixed));
    struct source *source = open_good(&layer);
    struct seen seen = {.stop_after = 2, .box = bbox_empty()};
    struct fault fault = {FAULT_NONE, ""};
    ck_assert(!source_read_vector(source, (struct bbox){-180, -90, 180, 90}, note, &seen, &fault));
    ck_assert_uint_eq(seen.count, 2);
    ck_assert_int_eq(fault.code, FAULT_NONE);
    ck_assert_str_eq(fault.message, "");
    ck_assert_uint_eq(read_window(source, (struct bbox){-180, -90, 180, 90}).count, 5);
    source_close(source);
}

END_TEST

START_TEST(all_formats_hold_the_same_features)
{
    static const struct {
        char *driver;
        const char *file;
        const char *options;
    } formats[] = {
        {"FlatGeobuf", "coast.fgb", ""},
        {"GPKG", "coast.gpkg", ""},
        {"ESRI Shapefile", "coast.shp", "-lco SPATIAL_INDEX=YES"},
    };
    char *coast = test_shared_data("vector/gshhg-nl/gshhg_f_coast_nl.geojson");
    if (!coast) {
        return;
    }
    char *real = realpath(coast, NULL);
    struct layer original = vector_layer("GeoJSON", real);
    struct source *source = open_good(&original);
    const struct bbox windows[] = {{2, 50, 8, 54}, {4.2, 51.6, 4.8, 51.8}, {3.9, 52, 3.91, 52.01}};
    for (size_t i = 0; i < sizeof formats / sizeof formats[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", test_folder(), formats[i].file);
        if (!gdal_program("ogr2ogr -f '%s' %s %s %s", formats[i].driver, formats[i].options, path, real)) {
            break;
        }
        struct layer layer = vector_layer(formats[i].driver, path);
        struct source *copy = open_good(&layer);
        ck_assert(source_is_quick(copy));
        ck_assert_str_eq(source_crs_code(copy), "EPSG:4326");
        for (size_t w = 0; w < 3; w++) {
            struct seen expected = read_window(source, windows[w]);
            struct seen seen = read_window(copy, windows[w]);
            ck_assert_uint_eq(seen.count, expected.count);
            ck_assert_double_eq_tol(seen.sum, expected.sum, 1e-6);
        }
        source_close(copy);
    }
    source_close(source);
    free(real);
    free(coast);
}

END_TEST

START_TEST(a_geopackage_table_is_chosen_by_name)
{
    char *shared = test_shared_data("vector/waterboard-limburg/Example_model.gpkg");
    if (!shared) {
        return;
    }
    char *real = realpath(shared, NULL);
    struct layer layer = vector_layer("GPKG", real);
    layer.table = "hydroobject";
    struct source *source = open_good(&layer);
    ck_assert_str_eq(source_crs_code(source), "EPSG:28992");
    ck_assert_uint_eq(read_window(source, source_extent(source)).count, 61);
    source_close(source);
    layer.table = "stuw"; /* points with height */
    source = open_good(&layer);
    struct seen seen = read_window(source, bbox_grow(source_extent(source), 1));
    ck_assert_uint_eq(seen.count, 25);
    ck_assert_int_eq(seen.kinds[0], SHAPE_POINT);
    source_close(source);

    struct fault fault = {FAULT_NONE, ""};
    layer.table = "stuwen";
    ck_assert_ptr_null(source_open(&layer, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "hydroobject, stuw"));
    layer.table = NULL;
    ck_assert_ptr_null(source_open(&layer, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "name one with 'table': hydroobject"));
    layer.table = "ruwheidprofiel"; /* "Undefined geographic SRS" */
    ck_assert_ptr_null(source_open(&layer, &fault));
    ck_assert_msg(strstr(fault.message, "set 'crs'"), "%s", fault.message);
    layer.table = "test_empty";
    ck_assert_ptr_null(source_open(&layer, &fault));
    ck_assert_msg(strstr(fault.message, "no geometry"), "%s", fault.message);
    free(real);
    free(shared);
}

END_TEST

START_TEST(real_buildings_are_read_by_window)
{
    char *shared = test_shared_data("vector/delft-buildings/tudcampus.geojson");
    if (!shared) {
        return;
    }
    char *real = realpath(shared, NULL);
    struct layer layer = vector_layer("GeoJSON", real);
    struct source *source = open_good(&layer);
    ck_assert_str_eq(source_crs_code(source), "EPSG:28992");
    struct bbox extent = source_extent(source);
    size_t all = read_window(source, extent).count;
    ck_assert_uint_eq(all, 1529);
    struct point middle = bbox_centre(extent);
    struct bbox west = {extent.min_x, extent.min_y, middle.x, extent.max_y};
    struct bbox east = {middle.x, extent.min_y, extent.max_x, extent.max_y};
    struct bbox cut = {middle.x, extent.min_y, middle.x, extent.max_y};
    size_t both = read_window(source, cut).count;
    ck_assert_uint_eq(read_window(source, west).count + read_window(source, east).count, all + both);
    source_close(source);
    free(real);
    free(shared);
}

END_TEST

START_TEST(curves_are_read_as_lines)
{
    char csv[600];
    snprintf(csv, sizeof csv, "%s",
             write_text("arc.csv", "id,WKT\n1,\"CIRCULARSTRING(0 0,1 1,2 0)\"\n"
                                   "2,\"CURVEPOLYGON(CIRCULARSTRING(10 0,11 1,12 0,11 -1,10 0))\"\n"));
    snprintf(path, sizeof path, "%s/arc.gpkg", test_folder());
    if (!gdal_program("ogr2ogr -f GPKG -a_srs EPSG:28992 -nlt GEOMETRY %s %s", path, csv)) {
        return;
    }
    struct layer layer = vector_layer("GPKG", path);
    struct source *source = open_good(&layer);
    struct seen seen = read_window(source, (struct bbox){-100, -100, 100, 100});
    ck_assert_uint_eq(seen.count, 2);
    ck_assert_int_eq(seen.kinds[0], SHAPE_LINE);
    ck_assert_int_eq(seen.kinds[1], SHAPE_POLYGON);
    ck_assert_uint_gt(seen.points[0], 10);
    ck_assert_uint_gt(seen.points[1], 20);
    source_close(source);
}

END_TEST

/* Numbers that do not grow: what lies on top must not depend on how much of the file was asked for. */
START_TEST(a_whole_file_comes_in_the_order_of_its_windows_and_with_their_extent)
{
    struct style_attribute attributes[] = {{.name = "name"}};
    struct style style = {.attributes = attributes, .attribute_count = 1};
    static const int orders[][3] = {{1, 2, 3}, {3, 1, 2}};
    for (size_t i = 0; i < 2; i++) {
        char text[900] = "{\"type\":\"FeatureCollection\",\"features\":[";
        for (int j = 0; j < 3; j++) {
            int number = orders[i][j];
            size_t length = strlen(text);
            snprintf(text + length, sizeof text - length,
                     "%s{\"type\":\"Feature\",\"id\":%d,\"properties\":{\"name\":\"n%d\"},"
                     "\"geometry\":{\"type\":\"Point\",\"coordinates\":[%d,50]}}",
                     j > 0 ? "," : "", number, number, number);
        }
        snprintf(text + strlen(text), sizeof text - strlen(text), "]}");
        struct layer layer =
            vector_layer("GeoJSON", write_text(i == 0 ? "up.geojson" : "round.geojson", text));
        layer.style = &style;
        struct source *source = open_good(&layer);
        struct bbox extent = source_extent(source);
        ck_assert(extent.min_x == 1 && extent.max_x == 3 && extent.min_y == 50 && extent.max_y == 50);
        struct seen part = read_window(source, (struct bbox){1.5, 49, 9, 51});
        struct seen whole = read_window(source, extent);
        ck_assert_uint_eq(part.count, 2);
        ck_assert_uint_eq(whole.count, 3);
        ck_assert_str_eq(whole.texts[0], "n1");
        for (size_t j = 0; j < 2; j++) {
            ck_assert_str_eq(part.texts[j], whole.texts[j + 1]);
        }
        source_close(source);
    }
}

END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("source vector");
    TCase *tests = tcase_create("source vector");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, every_kind_of_geometry_becomes_points_lines_or_polygons);
    tcase_add_test(tests, only_attributes_of_the_style_are_read_and_null_is_empty);
    tcase_add_test(tests, numbers_and_texts_keep_their_own_values);
    tcase_add_test(tests, a_window_gives_what_touches_it_and_nothing_else);
    tcase_add_test(tests, places_without_end_do_not_hide_the_others);
    tcase_add_test(tests, a_visitor_may_stop);
    tcase_add_test(tests, all_formats_hold_the_same_features);
    tcase_add_test(tests, a_geopackage_table_is_chosen_by_name);
    tcase_add_test(tests, real_buildings_are_read_by_window);
    tcase_add_test(tests, curves_are_read_as_lines);
    tcase_add_test(tests, a_whole_file_comes_in_the_order_of_its_windows_and_with_their_extent);
    suite_add_tcase(suite, tests);
    return suite;
}
