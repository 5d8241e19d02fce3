/*
 * test_source_vector_harm.c - very large and damaged files: what is whole is read, what is not is told.
 */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "tests/support/cpu_clock.h"
#include "tests/support/gdal_program.h"
#include "tests/support/runner.h"
#include "tests/support/source_fixture.h"

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
        if (!gdal_program("ogr2ogr -f %s -a_srs EPSG:28992 %s %s -oo GEOM_POSSIBLE_NAMES=WKT -oo "
                          "KEEP_GEOM_COLUMNS=NO",
                          drivers[i], path, country)) {
            return;
        }
        struct layer layer = vector_layer(drivers[i], path);
        struct stat facts;
        ck_assert_int_eq(stat(path, &facts), 0);
        long long before = read_bytes();
        int64_t start_ms = cpu_now_ms();
        struct source *source = open_good(&layer);
        ck_assert(source_is_quick(source));
        ck_assert_uint_eq(read_window(source, (struct bbox){50000, 40000, 51000, 41000}).count, 36);
        ck_assert_int_lt(cpu_now_ms() - start_ms, 100);
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
    return gdal_program("ogr2ogr -f FlatGeobuf %s %s %s", options, path, source_path);
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
