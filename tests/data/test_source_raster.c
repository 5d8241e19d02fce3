#include "data/source.h"

#include <stdarg.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "symbology/style.h"
#include "tests/support/cpu_clock.h"
#include "tests/support/gdal_program.h"
#include "tests/support/runner.h"

static char path[512];

static struct layer raster_layer(const char *file)
{
    return (struct layer){.id = "test", .kind = LAYER_RASTER, .driver = "GTiff", .path = (char *)file};
}

static struct source *open_good(const struct layer *layer)
{
    struct fault fault = {FAULT_NONE, ""};
    struct source *source = source_open(layer, &fault);
    ck_assert_msg(source != NULL, "%s", fault.message);
    return source;
}

/* A raster of the real data, with the CRS of the record; NULL after saying SKIPPED. */
static struct source *open_shared(const char *name, char *crs_code)
{
    char *shared = test_shared_data(name);
    char *real = shared ? realpath(shared, NULL) : NULL;
    struct layer layer = raster_layer(real);
    layer.crs_code = crs_code;
    struct source *source = real ? open_good(&layer) : NULL;
    free(real);
    free(shared);
    return source;
}

static struct source_raster read_window(struct source *source, struct bbox box, double units_per_px)
{
    struct fault fault = {FAULT_NONE, ""};
    struct source_raster raster;
    ck_assert_msg(source_read_raster(source, box, units_per_px, &raster, &fault), "%s", fault.message);
    return raster;
}

/* A raster of 8 x 8 cells of 10 m, counted 0 … 63 from the north-west; cell 9 is without data. */
static bool make_counted(const char *name, const char *options)
{
    char text[2048];
    int length = snprintf(text, sizeof text,
                          "ncols 8\nnrows 8\nxllcorner 1000\nyllcorner 2000\ncellsize 10\n"
                          "NODATA_value 9\n");
    for (int i = 0; i < 64; i++) {
        length += snprintf(text + length, sizeof text - (size_t)length, "%d ", i);
    }
    struct fault fault = {FAULT_NONE, ""};
    char grid[512];
    snprintf(grid, sizeof grid, "%s/counted.asc", test_folder());
    ck_assert(file_write(grid, text, (size_t)length, &fault));
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    return gdal_program("gdal_translate -q -a_srs EPSG:28992 %s %s %s", options, grid, path);
}

static const struct bbox counted_box = {1000, 2000, 1080, 2080};

START_TEST(a_window_has_the_cells_around_the_box_and_one_more)
{
    if (!make_counted("counted.tif", "-ot Float32")) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    struct source_raster raster = read_window(source, (struct bbox){1021, 2041, 1039, 2049}, 10);
    ck_assert_int_eq(raster.band_count, 1);
    ck_assert_int_eq(raster.width, 4);
    ck_assert_int_eq(raster.height, 3);
    ck_assert_double_eq(raster.box.min_x, 1010);
    ck_assert_double_eq(raster.box.max_x, 1050);
    ck_assert_double_eq(raster.box.min_y, 2030);
    ck_assert_double_eq(raster.box.max_y, 2060);
    for (int row = 0; row < 3; row++) {
        for (int column = 0; column < 4; column++) {
            ck_assert_float_eq(raster.values[row * 4 + column], (float)((row + 2) * 8 + column + 1));
        }
    }
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(cells_without_data_are_nan)
{
    if (!make_counted("counted.tif", "-ot Float32")) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    struct source_raster raster = read_window(source, counted_box, 10);
    for (int i = 0; i < 64; i++) {
        ck_assert(i == 9 ? isnan(raster.values[i]) : raster.values[i] == (float)i);
    }
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(without_overviews_small_scales_show_means_of_whole_cells)
{
    if (!make_counted("counted.tif", "-ot Float32")) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    struct source_raster raster = read_window(source, counted_box, 25);
    ck_assert_int_eq(raster.width, 4);
    ck_assert_int_eq(raster.height, 4);
    ck_assert_float_eq_tol(raster.values[0], (0 + 1 + 8) / 3.0f, 1e-5f); /* without the cell of no data */
    ck_assert_float_eq_tol(raster.values[15], (54 + 55 + 62 + 63) / 4.0f, 1e-5f);
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(classes_are_never_averaged)
{
    if (!make_counted("classes.tif", "-ot Byte -a_nodata none")) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    struct source_raster raster = read_window(source, counted_box, 20);
    ck_assert_int_eq(raster.width, 4);
    for (int i = 0; i < 16; i++) {
        ck_assert_float_eq(raster.values[i], roundf(raster.values[i]));
    }
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(whole_numbers_that_a_style_shows_with_a_ramp_are_averaged)
{
    if (!make_counted("heights.tif", "-ot Int16")) {
        return;
    }
    struct style style = {.ramp_count = 2};
    struct layer layer = raster_layer(path);
    layer.style = &style;
    struct source *source = open_good(&layer);
    struct source_raster raster = read_window(source, counted_box, 25);
    ck_assert_float_eq_tol(raster.values[15], (54 + 55 + 62 + 63) / 4.0f, 0.51f); /* rounded */
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(scale_and_offset_are_applied)
{
    if (!make_counted("scaled.tif", "-ot Int16 -a_scale 0.5 -a_offset -3")) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    struct source_raster raster = read_window(source, counted_box, 10);
    ck_assert_float_eq(raster.values[63], 63 * 0.5f - 3);
    ck_assert(isnan(raster.values[9]));
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(a_rotated_raster_is_refused_by_name)
{
    snprintf(path, sizeof path, "%s/rotated.tif", test_folder());
    char grid[1100];
    snprintf(grid, sizeof grid, "%s/turned.vrt", test_folder());
    const char *vrt = "<VRTDataset rasterXSize=\"4\" rasterYSize=\"4\"><SRS>EPSG:28992</SRS>"
                      "<GeoTransform>0, 1, 0.5, 0, 0.5, -1</GeoTransform>"
                      "<VRTRasterBand dataType=\"Byte\" band=\"1\"/></VRTDataset>";
    struct fault fault = {FAULT_NONE, ""};
    ck_assert(file_write(grid, vrt, strlen(vrt), &fault));
    if (!gdal_program("gdal_translate -q %s %s", grid, path)) {
        return;
    }
    struct layer layer = raster_layer(path);
    ck_assert_ptr_null(source_open(&layer, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    ck_assert_ptr_nonnull(strstr(fault.message, "rotated"));
}
END_TEST

START_TEST(overviews_and_masks_beside_the_file_are_used)
{
    if (!make_counted("beside.tif", "-ot Float32") ||
        !gdal_program("gdaladdo -q -ro -r nearest %s 2 4", path)) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    struct source_raster raster = read_window(source, counted_box, 20);
    ck_assert_int_eq(raster.width, 4);
    for (int i = 0; i < 16; i++) { /* nearest was asked of gdaladdo; a mean would have fractions */
        ck_assert(isnan(raster.values[i]) || raster.values[i] == roundf(raster.values[i]));
    }
    source_raster_finish(&raster);
    source_close(source);
    if (!make_counted("masked.tif", "-ot Byte -a_nodata none") ||
        !gdal_program("gdal_translate -q --config GDAL_TIFF_INTERNAL_MASK NO -b 1 -mask 1 %s %s.copy.tif",
                      path, path)) {
        return;
    }
    char copy[600];
    snprintf(copy, sizeof copy, "%s.copy.tif", path);
    layer = raster_layer(copy);
    source = open_good(&layer);
    raster = read_window(source, counted_box, 10);
    ck_assert(isnan(raster.values[0])); /* the mask made of the values is 0 there only */
    ck_assert_float_eq(raster.values[9], 9);
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(too_large_a_window_is_refused)
{
    snprintf(path, sizeof path, "%s/large.tif", test_folder());
    if (!gdal_program(
            "gdal_create -q -of GTiff -co SPARSE_OK=TRUE -co TILED=YES -outsize 20000 20000 -ot Byte -bands "
            "1 -a_srs EPSG:28992 -a_ullr 0 20000 20000 0 %s",
            path)) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    struct source_raster raster;
    struct fault fault = {FAULT_NONE, ""};
    ck_assert(!source_read_raster(source, (struct bbox){0, 0, 20000, 20000}, 1, &raster, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_ptr_null(raster.values);
    ck_assert(!source_is_quick(source));
    raster = read_window(source, (struct bbox){0, 0, 20000, 20000}, 100);
    ck_assert_int_eq(raster.width, 313);
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

static bool make_sparse(const char *name, int size)
{
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    return gdal_program(
        "gdal_create -q -of GTiff -co SPARSE_OK=TRUE -co TILED=YES -outsize %d %d -ot Byte -bands 1 "
        "-a_srs EPSG:28992 -a_ullr 0 100000 100000 0 %s",
        size, size, path);
}

static const struct bbox sparse_box = {0, 0, 100000, 100000};

START_TEST(a_huge_raster_without_overviews_is_refused_by_name_at_small_scales_only)
{
    if (!make_sparse("huge.tif", 100000)) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    struct source_raster raster;
    struct fault fault = {FAULT_NONE, ""};
    int64_t start_ms = cpu_now_ms();
    ck_assert(!source_read_raster(source, sparse_box, 400, &raster, &fault));
    ck_assert_int_lt(cpu_now_ms() - start_ms, 100);
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    ck_assert_msg(strstr(fault.message, "layer 'test': it has 10000 million cells") &&
                      strstr(fault.message, "gdaladdo"),
                  "%s", fault.message);
    raster = read_window(source, (struct bbox){50000, 50000, 51000, 51000}, 2);
    ck_assert_int_gt(raster.width, 400);
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(a_large_raster_with_overviews_shows_small_scales_at_once)
{
    if (!make_sparse("pyramid.tif", 20000) ||
        !gdal_program("gdaladdo -q -r nearest --config SPARSE_OK_OVERVIEW ON %s 2 4 8 16 32 64", path)) {
        return;
    }
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    ck_assert(source_is_quick(source));
    int64_t start_ms = cpu_now_ms();
    struct source_raster raster = read_window(source, sparse_box, 400);
    ck_assert_int_lt(cpu_now_ms() - start_ms, 100);
    ck_assert_int_eq(raster.width, 313); /* the overview of 64: 320 m, not 640 */
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

/* Most memory that this process ever had. */
static long peak_kb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss;
}

static bool make_bomb(const char *name, int size, const char *options)
{
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    return gdal_program("gdal_create -q -of GTiff -co COMPRESS=DEFLATE %s -outsize %d %d -ot Byte -bands 1 "
                        "-a_srs EPSG:28992 -a_ullr 0 100000 100000 0 %s",
                        options, size, size, path);
}

/* Many thousand times their size when they are unpacked. */
START_TEST(files_in_huge_pieces_are_refused_by_name_at_once)
{
    static const char *const options[] = {
        "-burn 7 -co BLOCKYSIZE=30000",
        "-co SPARSE_OK=TRUE -co TILED=YES -co BLOCKXSIZE=16384 -co BLOCKYSIZE=16384"};
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (!make_bomb("bomb.tif", 30000, options[i])) {
            return;
        }
        struct layer layer = raster_layer(path);
        struct fault fault = {FAULT_NONE, ""};
        int64_t start_ms = cpu_now_ms();
        ck_assert_ptr_null(source_open(&layer, &fault));
        ck_assert_int_eq(fault.code, FAULT_LIMIT);
        ck_assert_msg(strstr(fault.message, "blocks of") && strstr(fault.message, "-of COG"), "%s",
                      fault.message);
        ck_assert_int_lt(cpu_now_ms() - start_ms, 1000);
    }
}
END_TEST

/* Of one that is packed as tightly, but in pieces of a usual size, or as large as they may be. */
START_TEST(a_tightly_packed_file_takes_little_memory_and_time_or_is_refused_by_name)
{
    static const struct {
        const char *options;
        bool is_whole_drawn;
    } files[] = {{"-burn 7 -co TILED=YES", true},
                 {"-burn 7", true}, /* rows */
                 {"-burn 7 -co TILED=YES -co BLOCKXSIZE=4096 -co BLOCKYSIZE=4096", false}};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        if (!make_bomb("packed.tif", 20000, files[i].options)) {
            return;
        }
        struct layer layer = raster_layer(path);
        struct source *source = open_good(&layer);
        long before_kb = peak_kb();
        int64_t start_ms = cpu_now_ms();
        struct source_raster raster = read_window(source, (struct bbox){50000, 50000, 51000, 51000}, 4);
        ck_assert_float_eq(raster.values[0], 7);
        source_raster_finish(&raster);
        struct fault fault = {FAULT_NONE, ""};
        bool is_drawn = source_read_raster(source, sparse_box, 400, &raster, &fault);
        ck_assert_msg(is_drawn == files[i].is_whole_drawn, "%s: %s", files[i].options, fault.message);
        ck_assert(is_drawn || strstr(fault.message, "its blocks are too large for so wide a window"));
        source_raster_finish(&raster);
        ck_assert_int_lt(cpu_now_ms() - start_ms, 3000);
        ck_assert_int_lt(peak_kb() - before_kb, 256 * 1024);
        source_close(source);
    }
}
END_TEST

START_TEST(a_box_beside_the_raster_gives_nothing)
{
    struct source *source = open_shared("raster/limburg/AHN25.tif", "EPSG:28992");
    if (!source) {
        return;
    }
    const struct bbox boxes[] = {
        {0, 0, 1, 1}, {1e300, 1e300, 1e301, 1e301}, {185000, 500000, 190000, 510000}};
    for (size_t i = 0; i < 3; i++) {
        struct source_raster raster = read_window(source, boxes[i], 25);
        ck_assert_int_eq(raster.width, 0);
        ck_assert_ptr_null(raster.values);
    }
    source_close(source);
}
END_TEST

START_TEST(heights_of_limburg_lie_where_they_are)
{
    struct source *source = open_shared("raster/limburg/AHN25.tif", "EPSG:28992");
    if (!source) {
        return;
    }
    struct bbox extent = source_extent(source);
    ck_assert_double_eq_tol(extent.min_x, 185000, 1e-6);
    ck_assert_double_eq_tol(extent.max_y, 406250, 1e-6);
    struct source_raster whole = read_window(source, extent, 25);
    ck_assert_int_eq(whole.width, 800);
    ck_assert_int_eq(whole.height, 1000);
    size_t valid = 0;
    for (size_t i = 0; i < 800000; i++) {
        valid += !isnan(whole.values[i]);
        ck_assert(isnan(whole.values[i]) || (whole.values[i] > 8 && whole.values[i] < 48));
    }
    ck_assert_uint_gt(valid, 100000);
    source_raster_finish(&whole);
    source_close(source);
}
END_TEST

/* The law that pictures of neighbouring windows fit together. */
static void compare_windows(struct source *source, double units_per_px)
{
    struct source_raster whole = read_window(source, source_extent(source), units_per_px);
    struct point middle = bbox_centre(whole.box);
    double reach = 40 * units_per_px;
    struct bbox box = {middle.x - reach, middle.y - reach, middle.x + reach, middle.y + reach};
    struct source_raster part = read_window(source, box, units_per_px);
    double cell = bbox_width(whole.box) / whole.width;
    int column = (int)lround((part.box.min_x - whole.box.min_x) / cell);
    int row = (int)lround((whole.box.max_y - part.box.max_y) / (bbox_height(whole.box) / whole.height));
    ck_assert_double_eq_tol(bbox_width(part.box) / part.width, cell, cell * 1e-9);
    ck_assert_int_eq(part.band_count, whole.band_count);
    int bands = part.band_count;
    for (int y = 0; y < part.height; y++) {
        for (int x = 0; x < part.width * bands; x++) {
            float a = part.values[y * part.width * bands + x];
            float b = whole.values[(y + row) * whole.width * bands + column * bands + x];
            ck_assert_msg((isnan(a) && isnan(b)) || fabsf(a - b) < 1e-3f, "%g and %g at %d, %d", a, b, x, y);
        }
    }
    source_raster_finish(&whole);
    source_raster_finish(&part);
}

START_TEST(a_cell_is_the_same_in_whichever_window_it_is_read)
{
    struct source *source = open_shared("raster/limburg/AHN25.tif", "EPSG:28992");
    for (double units_per_px = 20; source && units_per_px < 200; units_per_px *= 1.7) {
        compare_windows(source, units_per_px);
    }
    source_close(source);
    source = open_shared("raster/pdok-cog/test_geotiff_cog_overviews.tif", NULL);
    for (double units_per_px = 100; source && units_per_px < 2000; units_per_px *= 3) {
        compare_windows(source, units_per_px);
    }
    source_close(source);
    source = open_shared("raster/rgb/RGB.byte.tif", NULL);
    for (double units_per_px = 300; source && units_per_px < 3000; units_per_px *= 2) {
        compare_windows(source, units_per_px);
    }
    source_close(source);
}
END_TEST

START_TEST(a_palette_becomes_colours_from_the_right_overview)
{
    struct source *source = open_shared("raster/pdok-cog/test_geotiff_cog_overviews.tif", NULL);
    if (!source) {
        return;
    }
    ck_assert_str_eq(source_crs_code(source), "EPSG:28992");
    ck_assert(source_is_quick(source));
    struct source_raster raster = read_window(source, source_extent(source), 400);
    ck_assert_int_eq(raster.width, 500);
    ck_assert_int_eq(raster.height, 625);
    ck_assert_int_eq(raster.band_count, 4);
    for (int i = 0; i < 500 * 625 * 4; i++) {
        ck_assert(raster.values[i] >= 0 && raster.values[i] <= 255);
    }
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(true_colours_keep_dark_places_and_lose_what_has_no_data)
{
    struct source *source = open_shared("raster/rgb/RGB.byte.tif", NULL);
    if (!source) {
        return;
    }
    ck_assert_str_eq(source_crs_code(source), "EPSG:32618");
    struct source_raster raster = read_window(source, source_extent(source), 300);
    ck_assert_int_eq(raster.width, 791);
    ck_assert_int_eq(raster.band_count, 4);
    size_t clear = 0;
    for (int i = 0; i < raster.width * raster.height; i++) {
        const float *cell = raster.values + 4 * i;
        bool is_nothing = cell[0] == 0 && cell[1] == 0 && cell[2] == 0;
        ck_assert_float_eq(cell[3], is_nothing ? 0 : 255);
        clear += is_nothing;
    }
    ck_assert_uint_gt(clear, 1000);
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(aerial_pictures_have_their_alpha)
{
    struct source *source = open_shared("raster/naip/usda_naip_256_lzw_z3.tif", NULL);
    if (!source) {
        return;
    }
    struct source_raster raster = read_window(source, source_extent(source), 2.5);
    ck_assert_int_eq(raster.band_count, 4);
    ck_assert_int_eq(raster.width, 256);
    float least = 255;
    float most = 0;
    for (int i = 0; i < raster.width * raster.height; i++) {
        least = fminf(least, raster.values[4 * i + 3]);
        most = fmaxf(most, raster.values[4 * i + 3]);
    }
    ck_assert_float_eq(most, 255);
    ck_assert_float_ge(least, 0);
    source_raster_finish(&raster);
    source_close(source);
}
END_TEST

START_TEST(a_raster_cut_short_is_told)
{
    if (!make_counted("whole.tif", "-ot Float32 -outsize 400 400 -co TILED=YES -co COMPRESS=DEFLATE")) {
        return;
    }
    ck_assert_int_eq(truncate(path, 3000), 0);
    struct layer layer = raster_layer(path);
    struct source *source = open_good(&layer);
    const double scales[] = {0.2, 1, 0.2};
    for (size_t i = 0; i < 3; i++) {
        struct source_raster raster;
        struct fault fault = {FAULT_NONE, ""};
        ck_assert(!source_read_raster(source, counted_box, scales[i], &raster, &fault));
        ck_assert_ptr_null(raster.values);
        ck_assert_msg(strstr(fault.message, "layer 'test'") && strstr(fault.message, "GDAL"), "%s",
                      fault.message);
    }
    source_close(source);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("source raster");
    TCase *tests = tcase_create("source raster");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, a_window_has_the_cells_around_the_box_and_one_more);
    tcase_add_test(tests, cells_without_data_are_nan);
    tcase_add_test(tests, without_overviews_small_scales_show_means_of_whole_cells);
    tcase_add_test(tests, classes_are_never_averaged);
    tcase_add_test(tests, whole_numbers_that_a_style_shows_with_a_ramp_are_averaged);
    tcase_add_test(tests, scale_and_offset_are_applied);
    tcase_add_test(tests, a_rotated_raster_is_refused_by_name);
    tcase_add_test(tests, overviews_and_masks_beside_the_file_are_used);
    tcase_add_test(tests, too_large_a_window_is_refused);
    tcase_add_test(tests, a_huge_raster_without_overviews_is_refused_by_name_at_small_scales_only);
    tcase_add_test(tests, a_large_raster_with_overviews_shows_small_scales_at_once);
    tcase_add_test(tests, files_in_huge_pieces_are_refused_by_name_at_once);
    tcase_add_test(tests, a_tightly_packed_file_takes_little_memory_and_time_or_is_refused_by_name);
    tcase_add_test(tests, a_box_beside_the_raster_gives_nothing);
    tcase_add_test(tests, heights_of_limburg_lie_where_they_are);
    tcase_add_test(tests, a_cell_is_the_same_in_whichever_window_it_is_read);
    tcase_add_test(tests, a_palette_becomes_colours_from_the_right_overview);
    tcase_add_test(tests, true_colours_keep_dark_places_and_lose_what_has_no_data);
    tcase_add_test(tests, aerial_pictures_have_their_alpha);
    tcase_add_test(tests, a_raster_cut_short_is_told);
    suite_add_tcase(suite, tests);
    return suite;
}
