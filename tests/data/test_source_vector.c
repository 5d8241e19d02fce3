#include "data/source.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/moment.h"
#include "geo/shape.h"
#include "symbology/style.h"
#include "tests/support/runner.h"

#define MOST_SEEN 64

/* What a window gave: the first features' kinds, sizes and attribute. */
struct seen {
    size_t count;
    size_t stop_after; /* 0: never */
    enum shape_kind kinds[MOST_SEEN];
    size_t points[MOST_SEEN];
    size_t parts[MOST_SEEN];
    char texts[MOST_SEEN][32];
    double sum; /* of all coordinates: tells windows apart */
    struct bbox box;
};

static char path[512];

static struct layer vector_layer(char *driver, const char *file)
{
    return (struct layer){.id = "test", .kind = LAYER_VECTOR, .driver = driver, .path = (char *)file};
}

static const char *write_text(const char *name, const char *text)
{
    struct fault fault = {FAULT_NONE, ""};
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    ck_assert_msg(file_write(path, text, strlen(text), &fault), "%s", fault.message);
    return path;
}

static struct source *open_good(const struct layer *layer)
{
    struct fault fault = {FAULT_NONE, ""};
    struct source *source = source_open(layer, &fault);
    ck_assert_msg(source != NULL, "%s", fault.message);
    return source;
}

static bool note(const struct source_feature *feature, void *context)
{
    struct seen *seen = context;
    if (seen->count < MOST_SEEN) {
        seen->kinds[seen->count] = feature->shape->kind;
        seen->points[seen->count] = feature->shape->point_count;
        seen->parts[seen->count] = feature->shape->part_count;
        if (feature->attribute_count > 0) {
            snprintf(seen->texts[seen->count], sizeof seen->texts[0], "%s", feature->attribute_values[0]);
        }
    }
    for (size_t i = 0; i < feature->shape->point_count; i++) {
        seen->sum += feature->shape->points[i].x + feature->shape->points[i].y;
    }
    seen->box = bbox_union(seen->box, feature->shape->box);
    seen->count++;
    return seen->count != seen->stop_after;
}

static struct seen read_window(struct source *source, struct bbox box)
{
    struct fault fault = {FAULT_NONE, ""};
    struct seen seen = {.box = bbox_empty()};
    ck_assert_msg(source_read_vector(source, box, note, &seen, &fault), "%s", fault.message);
    return seen;
}

/* Runs a program of GDAL's; false after saying SKIPPED when it is not installed. */
__attribute__((format(printf, 1, 2))) static bool convert(const char *format, ...)
{
    char command[2048];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(command, sizeof command, format, arguments);
    va_end(arguments);
    if (system("command -v ogr2ogr >/dev/null") != 0) {
        printf("SKIPPED: ogr2ogr is not there\n");
        return false;
    }
    ck_assert_int_eq(system(command), 0);
    return true;
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
        if (!convert("ogr2ogr -f '%s' %s %s %s", formats[i].driver, formats[i].options, path, real)) {
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
    if (!convert("ogr2ogr -f GPKG -a_srs EPSG:28992 -nlt GEOMETRY %s %s", path, csv)) {
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

static void put_number(unsigned char *bytes, uint32_t number, bool is_big)
{
    for (int i = 0; i < 4; i++) {
        bytes[i] = (unsigned char)(number >> 8 * (is_big ? 3 - i : i));
    }
}

/* The head of a .shp or .shx (ESRI 1998): points in the box 0 … 1000, 0 … 1000. */
static void write_head(FILE *file, size_t bytes)
{
    unsigned char head[100] = {0};
    const double box[] = {0, 0, 1000, 1000};
    put_number(head, 9994, true);
    put_number(head + 24, (uint32_t)(bytes / 2), true);
    put_number(head + 28, 1000, false);
    put_number(head + 32, 1, false);
    memcpy(head + 36, box, sizeof box);
    ck_assert_uint_eq(fwrite(head, sizeof head, 1, file), 1);
}

/* A Shapefile of so many points, a thousand to a row, without any index. */
static void write_points(const char *shp_path, uint32_t count)
{
    char shx_path[512];
    snprintf(shx_path, sizeof shx_path, "%.*sshx", (int)strlen(shp_path) - 3, shp_path);
    FILE *shp = fopen(shp_path, "w");
    FILE *shx = fopen(shx_path, "w");
    ck_assert(shp && shx);
    write_head(shp, 100 + 28 * (size_t)count);
    write_head(shx, 100 + 8 * (size_t)count);
    size_t written = 0;
    for (uint32_t i = 0; i < count; i++) {
        unsigned char record[28] = {0};
        unsigned char place[8];
        const double point[] = {i % 1000, i / 1000};
        put_number(record, i + 1, true);
        put_number(record + 4, 10, true);
        put_number(record + 8, 1, false);
        memcpy(record + 12, point, sizeof point);
        put_number(place, 50 + 14 * i, true);
        put_number(place + 4, 10, true);
        written += fwrite(record, sizeof record, 1, shp) + fwrite(place, sizeof place, 1, shx);
    }
    ck_assert_uint_eq(written, 2 * (size_t)count);
    fclose(shp);
    fclose(shx);
}

/* Once the filter of the first window stayed, and the index of the second was made of what it let through. */
START_TEST(the_second_window_of_a_very_large_file_is_as_whole_as_the_first)
{
    snprintf(path, sizeof path, "%s/large.shp", test_folder());
    write_points(path, 1001000); /* more than get an index of ours */
    struct layer layer = vector_layer("ESRI Shapefile", path);
    layer.crs_code = "EPSG:28992";
    struct source *source = open_good(&layer);
    ck_assert_uint_eq(read_window(source, (struct bbox){10, 10, 12, 12}).count, 9);
    ck_assert_uint_eq(read_window(source, (struct bbox){500, 500, 509, 509}).count, 100);
    ck_assert(!source_is_quick(source));
    source_close(source);
}
END_TEST

/* A country of so many squares of 50 m, five hundred to a row 200 m apart, as a table of texts. */
static void write_country(const char *name, int count)
{
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "id,WKT\n");
    for (int i = 0; i < count; i++) {
        int x = i % 500 * 200;
        int y = i / 500 * 200;
        fprintf(file, "%d,\"POLYGON((%d %d,%d %d,%d %d,%d %d,%d %d))\"\n", i, x, y, x + 50, y, x + 50, y + 50,
                x, y + 50, x, y);
    }
    fclose(file);
}

/* What this process has read from files and pipes, bytes. */
static long long read_bytes(void)
{
    long long bytes = -1;
    FILE *file = fopen("/proc/self/io", "r");
    if (file) {
        ck_assert_int_eq(fscanf(file, "rchar: %lld", &bytes), 1);
        fclose(file);
    }
    return bytes;
}

START_TEST(a_window_of_200_000_features_is_found_through_the_index_of_the_file)
{
    static char *const drivers[] = {"FlatGeobuf", "GPKG"};
    static const char *const files[] = {"country.fgb", "country.gpkg"};
    char country[512];
    write_country("country.csv", 200000);
    snprintf(country, sizeof country, "%s", path);
    for (size_t i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", test_folder(), files[i]);
        if (!convert("ogr2ogr -f %s -a_srs EPSG:28992 %s %s -oo GEOM_POSSIBLE_NAMES=WKT -oo "
                     "KEEP_GEOM_COLUMNS=NO",
                     drivers[i], path, country)) {
            return;
        }
        struct layer layer = vector_layer(drivers[i], path);
        struct stat facts;
        ck_assert_int_eq(stat(path, &facts), 0);
        long long before = read_bytes();
        int64_t start_ms = monotonic_now_ms();
        struct source *source = open_good(&layer);
        ck_assert(source_is_quick(source));
        ck_assert_uint_eq(read_window(source, (struct bbox){50000, 40000, 51000, 41000}).count, 36);
        ck_assert_int_lt(monotonic_now_ms() - start_ms, 100);
        ck_assert_int_lt(read_bytes() - before, facts.st_size / 20);
        source_close(source);
    }
}
END_TEST

/* Forty rows of forty squares, one degree each, as FlatGeobuf. False after SKIPPED. */
static bool make_squares(const char *options)
{
    char source_path[512];
    snprintf(source_path, sizeof source_path, "%s/squares.geojson", test_folder());
    FILE *file = fopen(source_path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < 1600; i++) {
        int x = i % 40;
        int y = i / 40;
        fprintf(
            file,
            "%s{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":"
            "[[[%d,%d],[%d,%d],[%d,%d],[%d,%d]]]}}",
            i > 0 ? "," : "", x, y, x + 1, y, x + 1, y + 1, x, y);
    }
    fprintf(file, "]}");
    ck_assert_int_eq(fclose(file), 0);
    snprintf(path, sizeof path, "%s/squares.fgb", test_folder());
    remove(path);
    return convert("ogr2ogr -f FlatGeobuf %s %s %s", options, path, source_path);
}

/* Windows of every kind: by the index, in order, and once more after a failure. Each must tell. */
static size_t read_damaged(const char *word)
{
    const struct bbox windows[] = {{3, 3, 5, 5}, {-180, -90, 180, 90}, {0, 0, 40, 40}, {3, 3, 5, 5}};
    struct layer layer = vector_layer("FlatGeobuf", path);
    struct source *source = open_good(&layer);
    struct seen seen = {.box = bbox_empty()};
    for (size_t i = 0; i < sizeof windows / sizeof windows[0]; i++) {
        struct fault fault = {FAULT_NONE, ""};
        ck_assert_msg(!source_read_vector(source, windows[i], note, &seen, &fault), "window %zu", i);
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        ck_assert_msg(strstr(fault.message, "layer 'test'") && strstr(fault.message, word), "%s",
                      fault.message);
    }
    source_close(source);
    return seen.count;
}

/* Once all land became sea and nobody was told. */
START_TEST(a_file_cut_within_its_index_tells_so_in_every_window)
{
    if (make_squares("")) {
        ck_assert_int_eq(truncate(path, 5000), 0);
        read_damaged("I/O");
    }
}
END_TEST

START_TEST(a_file_cut_among_its_features_gives_the_others_and_tells_so)
{
    const char *options[] = {"", "-lco SPATIAL_INDEX=NO"};
    for (size_t i = 0; i < 2 && make_squares(options[i]); i++) {
        struct stat status;
        ck_assert_int_eq(stat(path, &status), 0);
        ck_assert_int_eq(truncate(path, status.st_size - 5000), 0);
        ck_assert_uint_gt(read_damaged("not everything in its file could be read"), 1000);
    }
}
END_TEST

/* GDAL keeps silent where a whole feature is missing: some of these cuts lie between two. */
START_TEST(a_file_without_index_tells_so_wherever_it_is_cut)
{
    if (!make_squares("-lco SPATIAL_INDEX=NO")) {
        return;
    }
    struct stat status;
    ck_assert_int_eq(stat(path, &status), 0);
    size_t cuts_between = 0;
    for (int bytes = 4; bytes <= 400; bytes += 4) {
        ck_assert_int_eq(truncate(path, status.st_size - bytes), 0);
        struct layer layer = vector_layer("FlatGeobuf", path);
        struct source *source = open_good(&layer);
        struct fault fault = {FAULT_NONE, ""};
        struct seen seen = {.box = bbox_empty()};
        ck_assert_msg(!source_read_vector(source, (struct bbox){0, 0, 40, 40}, note, &seen, &fault),
                      "cut by %d bytes", bytes);
        cuts_between += strstr(fault.message, "ends before its last feature") != NULL;
        source_close(source);
    }
    ck_assert_uint_gt(cuts_between, 0);
}
END_TEST

START_TEST(random_bytes_in_the_middle_are_told_and_what_comes_before_is_visited)
{
    if (!make_squares("")) {
        return;
    }
    struct stat status;
    FILE *file = fopen(path, "r+");
    ck_assert(file && fstat(fileno(file), &status) == 0);
    ck_assert_int_eq(fseek(file, status.st_size * 2 / 3, SEEK_SET), 0);
    uint32_t random = 12345;
    for (int i = 0; i < 3000; i++) {
        random = random * 1664525 + 1013904223;
        ck_assert_int_ne(fputc((int)(random >> 24), file), EOF);
    }
    fclose(file);
    struct layer layer = vector_layer("FlatGeobuf", path);
    struct source *source = open_good(&layer);
    struct fault fault = {FAULT_NONE, ""};
    struct seen seen = {.box = bbox_empty()};
    ck_assert(!source_read_vector(source, (struct bbox){-180, -90, 180, 90}, note, &seen, &fault));
    ck_assert_msg(strstr(fault.message, "GDAL"), "%s", fault.message);
    ck_assert_uint_gt(seen.count, 100);
    source_close(source);
}
END_TEST

/* Once only the first window told: the index made then knew nothing of what could not be read. */
START_TEST(a_shapefile_cut_short_tells_so_in_every_window)
{
    snprintf(path, sizeof path, "%s/cut.shp", test_folder());
    write_points(path, 2000);
    ck_assert_int_eq(truncate(path, 100 + 28 * 1500), 0);
    struct layer layer = vector_layer("ESRI Shapefile", path);
    layer.crs_code = "EPSG:28992";
    struct source *source = open_good(&layer);
    for (int i = 0; i < 2; i++) {
        struct fault fault = {FAULT_NONE, ""};
        struct seen seen = {.box = bbox_empty()};
        ck_assert(!source_read_vector(source, (struct bbox){0, 0, 1000, 1000}, note, &seen, &fault));
        ck_assert_uint_eq(seen.count, 1500);
    }
    source_close(source);
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
    tcase_add_test(tests, a_window_of_200_000_features_is_found_through_the_index_of_the_file);
    tcase_add_test(tests, the_second_window_of_a_very_large_file_is_as_whole_as_the_first);
    tcase_add_test(tests, a_file_cut_within_its_index_tells_so_in_every_window);
    tcase_add_test(tests, a_file_cut_among_its_features_gives_the_others_and_tells_so);
    tcase_add_test(tests, a_file_without_index_tells_so_wherever_it_is_cut);
    tcase_add_test(tests, random_bytes_in_the_middle_are_told_and_what_comes_before_is_visited);
    tcase_add_test(tests, a_shapefile_cut_short_tells_so_in_every_window);
    suite_add_tcase(suite, tests);
    return suite;
}
