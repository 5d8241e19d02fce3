/* What may be opened at all, and that nothing hostile gets further than a fault. */
#include "data/source.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/shape.h"
#include "tests/support/runner.h"

static char path[512];

static const char *write_text(const char *name, const char *text)
{
    struct fault fault = {FAULT_NONE, ""};
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    ck_assert_msg(file_write(path, text, strlen(text), &fault), "%s", fault.message);
    return path;
}

static struct layer layer_of(char *driver, const char *file)
{
    bool is_raster = strcmp(driver, "GTiff") == 0;
    return (struct layer){.id = "test",
                          .kind = is_raster ? LAYER_RASTER : LAYER_VECTOR,
                          .driver = driver,
                          .path = (char *)file};
}

static void refuse(struct layer layer, enum fault_code code, const char *word)
{
    struct fault fault = {FAULT_NONE, ""};
    struct source *source = source_open(&layer, &fault);
    ck_assert_msg(!source, "%s was opened", layer.path);
    ck_assert_msg(fault.code == code, "%s: %s", fault_code_name(fault.code), fault.message);
    ck_assert_msg(strstr(fault.message, "layer 'test'") && strstr(fault.message, word), "%s", fault.message);
}

START_TEST(a_missing_file_and_a_folder_are_refused)
{
    refuse(layer_of("GPKG", "/nowhere/a.gpkg"), FAULT_UNAVAILABLE, "/nowhere/a.gpkg");
    refuse(layer_of("GPKG", "/tmp"), FAULT_INPUT, "not a file");
    refuse(layer_of("GTiff", "/dev/zero"), FAULT_INPUT, "not a file");
}
END_TEST

START_TEST(names_that_are_addresses_are_refused)
{
    const char *names[] = {"http://localhost/a.geojson",
                           "/vsicurl/http://localhost/a.geojson",
                           "/vsimem/a.geojson",
                           "/vsizip/tmp/a.zip/a.geojson",
                           "GeoJSON:/tmp/a.geojson",
                           "{\"type\":\"Point\",\"coordinates\":[5,52]}",
                           "a.geojson",
                           ""};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        refuse(layer_of("GeoJSON", names[i]), FAULT_INPUT, "not the absolute path");
    }
}
END_TEST

START_TEST(a_file_is_opened_with_the_driver_of_its_record_and_no_other)
{
    const char *json = write_text("point.tif", "{\"type\":\"Point\",\"coordinates\":[5,52]}");
    refuse(layer_of("GTiff", json), FAULT_INPUT, "GTiff");
    refuse(layer_of("GPKG", json), FAULT_INPUT, "GPKG");
    refuse(layer_of("FlatGeobuf", json), FAULT_INPUT, "FlatGeobuf");
    refuse(layer_of("CSV", json), FAULT_INPUT, "CSV");
    refuse(layer_of("ESRI Shapefile", json), FAULT_INPUT, ".shp");
    struct layer mixed = layer_of("GeoJSON", json);
    mixed.kind = LAYER_RASTER;
    refuse(mixed, FAULT_INPUT, "raster");
}
END_TEST

START_TEST(a_virtual_raster_in_disguise_is_refused)
{
    char vrt[1024];
    snprintf(vrt, sizeof vrt,
             "<VRTDataset rasterXSize=\"9\" rasterYSize=\"1\"><VRTRasterBand dataType=\"Byte\" band=\"1\" "
             "subClass=\"VRTRawRasterBand\"><SourceFilename relativetoVRT=\"0\">/etc/passwd</SourceFilename>"
             "</VRTRasterBand></VRTDataset>");
    refuse(layer_of("GTiff", write_text("virtual.tif", vrt)), FAULT_INPUT, "cannot be read as GTiff");
    const char *wms = "<GDAL_WMS><Service name=\"WMS\"><ServerUrl>http://127.0.0.1:1/</ServerUrl></Service>"
                      "</GDAL_WMS>";
    refuse(layer_of("GTiff", write_text("remote.tif", wms)), FAULT_INPUT, "cannot be read as GTiff");
    const char *ogr =
        "<OGRVRTDataSource><OGRVRTLayer name=\"passwd\"><SrcDataSource>/etc/passwd</SrcDataSource>"
        "</OGRVRTLayer></OGRVRTDataSource>";
    refuse(layer_of("GeoJSON", write_text("virtual.geojson", ogr)), FAULT_INPUT, "cannot be read as GeoJSON");
}
END_TEST

START_TEST(empty_and_cut_files_are_refused)
{
    char *drivers[] = {"GPKG", "FlatGeobuf", "GeoJSON", "ESRI Shapefile", "GTiff"};
    const char *starts[] = {"", "SQLite format 3", "fgb\3fgb",
                            "{\"type\":\"FeatureCollection\",\"features\":[{", "II*"};
    for (size_t d = 0; d < 5; d++) {
        for (size_t s = 0; s < 5; s++) {
            refuse(layer_of(drivers[d], write_text("cut.shp", starts[s])), FAULT_INPUT, "cut.shp");
        }
    }
}
END_TEST

START_TEST(a_layer_of_the_catalogue_may_say_its_own_crs)
{
    const char *text = "{\"type\":\"Point\",\"coordinates\":[155000,463000]}";
    struct layer layer = layer_of("GeoJSON", write_text("rd.geojson", text));
    layer.crs_code = "EPSG:28992";
    struct source *source = source_open(&layer, NULL);
    ck_assert_ptr_nonnull(source);
    ck_assert_str_eq(source_crs_code(source), "EPSG:28992");
    source_close(source);
    layer.crs_code = NULL;
    source = source_open(&layer, NULL);
    ck_assert_ptr_nonnull(source);
    ck_assert_str_eq(source_crs_code(source), "EPSG:4326");
    source_close(source);
}
END_TEST

/* What a hostile file may not do: give a shape that the floors above would stumble over. */
static bool check_feature(const struct source_feature *feature, void *context)
{
    const struct shape *shape = feature->shape;
    size_t *count = context;
    *count += 1;
    size_t total = 0;
    for (size_t i = 0; i < shape->part_count; i++) {
        struct shape_part part = shape->parts[i];
        ck_assert_uint_eq(part.first, total);
        total += part.count;
        ck_assert_uint_ge(part.count, shape->kind == SHAPE_POINT ? 1 : shape->kind == SHAPE_LINE ? 2 : 4);
        struct point first = shape->points[part.first];
        struct point last = shape->points[part.first + part.count - 1];
        ck_assert(shape->kind != SHAPE_POLYGON || (first.x == last.x && first.y == last.y));
    }
    ck_assert_uint_eq(total, shape->point_count);
    for (size_t i = 0; i < shape->point_count; i++) {
        ck_assert(point_is_finite(shape->points[i]));
        ck_assert(bbox_contains_point(shape->box, shape->points[i]));
    }
    return true;
}

static size_t read_everything(struct layer layer)
{
    struct fault fault = {FAULT_NONE, ""};
    struct source *source = source_open(&layer, &fault);
    if (!source) {
        ck_assert_int_ne(fault.code, FAULT_NONE);
        return 0;
    }
    struct bbox everywhere = {-1e9, -1e9, 1e9, 1e9};
    size_t count = 0;
    if (!source_read_vector(source, everywhere, check_feature, &count, &fault)) {
        ck_assert_int_ne(fault.code, FAULT_NONE);
    }
    source_close(source);
    return count;
}

static size_t read_folder(const char *folder, const char *end, char *driver)
{
    char *whole = test_shared_data(folder);
    DIR *directory = whole ? opendir(whole) : NULL;
    size_t count = 0;
    struct dirent *entry = NULL;
    while (directory && (entry = readdir(directory))) {
        size_t length = strlen(entry->d_name);
        if (length < strlen(end) || strcmp(entry->d_name + length - strlen(end), end) != 0) {
            continue;
        }
        char file[600];
        char real[PATH_MAX];
        snprintf(file, sizeof file, "%s/%s", whole, entry->d_name);
        struct layer layer = layer_of(driver, realpath(file, real));
        layer.crs_code = "EPSG:4326";
        count += read_everything(layer);
    }
    if (directory) {
        closedir(directory);
    }
    free(whole);
    return count;
}

START_TEST(hostile_shapefiles_end_in_features_or_faults)
{
    size_t count = read_folder("bad/gdal/shp", ".shp", "ESRI Shapefile") +
                   read_folder("bad/shapefile", ".shp", "ESRI Shapefile");
    printf("%zu features\n", count);
}
END_TEST

START_TEST(hostile_geojson_ends_in_features_or_faults)
{
    size_t count =
        read_folder("bad/gdal/json", "json", "GeoJSON") + read_folder("bad/geojson", "json", "GeoJSON");
    printf("%zu features\n", count);
}
END_TEST

START_TEST(hostile_geopackages_end_in_features_or_faults)
{
    size_t count = read_folder("bad/gdal/gpkg", ".gpkg", "GPKG");
    printf("%zu features\n", count);
}
END_TEST

START_TEST(points_without_a_place_are_passed_over)
{
    const char *text =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"LineString\",\"coordinates\":"
        "[[5,52],[1e300,52],[1e400,1],[6,53]]}},"
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
        "[[[1e300,1],[0,0],[1,0],[1,1],[1e300,1]],[[0,0],[1,1]]]}},"
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Point\",\"coordinates\":[1e300,1]}}"
        ","
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":null},"
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[]}}]}";
    ck_assert_uint_eq(read_everything(layer_of("GeoJSON", write_text("places.geojson", text))), 2);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("source");
    TCase *tests = tcase_create("source");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_missing_file_and_a_folder_are_refused);
    tcase_add_test(tests, names_that_are_addresses_are_refused);
    tcase_add_test(tests, a_file_is_opened_with_the_driver_of_its_record_and_no_other);
    tcase_add_test(tests, a_virtual_raster_in_disguise_is_refused);
    tcase_add_test(tests, empty_and_cut_files_are_refused);
    tcase_add_test(tests, a_layer_of_the_catalogue_may_say_its_own_crs);
    tcase_add_test(tests, hostile_shapefiles_end_in_features_or_faults);
    tcase_add_test(tests, hostile_geojson_ends_in_features_or_faults);
    tcase_add_test(tests, hostile_geopackages_end_in_features_or_faults);
    tcase_add_test(tests, points_without_a_place_are_passed_over);
    suite_add_tcase(suite, tests);
    return suite;
}
