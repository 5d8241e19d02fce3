#include "render/layer/layer_features.h"

#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/source.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/crs.h"
#include "geo/shape.h"
#include "render/numbers.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

enum { LINE_COUNT = 400, WINDOW_COUNT = 100 };

static struct crs_context *context;
static struct catalogue *catalogue;

/* Lines with edges from metres to half a continent, in degrees or in the metres of a CRS. */
static void write_lines(const char *name, struct bbox box, double unit)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    uint64_t seed = 17;
    fprintf(file, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < LINE_COUNT; i++) {
        double reach = unit * pow(10, random_between(&seed, -4, 1.3));
        double x = random_between(&seed, box.min_x, box.max_x);
        double y = random_between(&seed, box.min_y, box.max_y);
        double to_x = fmax(box.min_x, fmin(box.max_x, x + random_between(&seed, -reach, reach)));
        double height = i % 2 == 0 ? reach : reach / 1000; /* a bent edge leaves a flat box */
        double to_y = fmax(box.min_y, fmin(box.max_y, y + random_between(&seed, -height, height)));
        fprintf(file,
                "%s{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"LineString\","
                "\"coordinates\":[[%.9f,%.9f],[%.9f,%.9f]]}}",
                i > 0 ? ",\n" : "", x, y, to_x, to_y);
    }
    fprintf(file, "]}");
    fclose(file);
}

static void setup(void)
{
    struct fault fault = {0};
    context = crs_context_new(NULL, &fault);
    ck_assert_msg(context != NULL, "%s", fault.message);
    write_lines("europe.geojson", (struct bbox){-20, 30, 45, 72}, 1);
    write_lines("world.geojson", (struct bbox){-180, -89, 180, 89}, 1);
    write_lines("metres.geojson", (struct bbox){2.6e6, 1.6e6, 6.0e6, 5.2e6}, 100000);
    char path[512];
    snprintf(path, sizeof path, "%s/catalogue.yaml", test_folder());
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fprintf(file, "layers:\n"
                  "  - {id: europe, title: A, kind: vector, driver: GeoJSON, path: europe.geojson, crs: "
                  "'EPSG:4258', style: {rules: [{stroke: {width: 1, colour: '#000000'}}]}}\n"
                  "  - {id: world, title: B, kind: vector, driver: GeoJSON, path: world.geojson, crs: "
                  "'EPSG:4326', style: {rules: [{stroke: {width: 1, colour: '#000000'}}]}}\n"
                  "  - {id: metres, title: C, kind: vector, driver: GeoJSON, path: metres.geojson, crs: "
                  "'EPSG:3035', style: {rules: [{stroke: {width: 1, colour: '#000000'}}]}}\n");
    fclose(file);
    struct problems problems;
    problems_init(&problems);
    catalogue = catalogue_read(path, &problems);
    problems_print(&problems, stderr);
    problems_finish(&problems);
    ck_assert_ptr_nonnull(catalogue);
}

static void teardown(void)
{
    catalogue_free(catalogue);
    crs_context_free(context);
}

static struct layer_features *read_all(const char *id, const char *crs_code)
{
    struct fault fault = {0};
    const struct layer *layer = catalogue_find(catalogue, id);
    struct source *source = source_open(layer, &fault);
    ck_assert_msg(source != NULL, "%s", fault.message);
    bool is_too_large = false;
    struct layer_features_wish wish = {source, layer->style, crs_code, source_extent(source), SIZE_MAX};
    struct layer_features *features = layer_features_read(context, &wish, &is_too_large, &fault);
    ck_assert_msg(features != NULL, "%s", fault.message);
    source_close(source);
    return features;
}

static void note(uint32_t number, void *numbers)
{
    numbers_add(numbers, number);
}

static struct numbers find(const struct layer_features *features, struct bbox box)
{
    struct numbers found = {0};
    layer_features_query(features, box, note, &found);
    return found;
}

/* What all projected features say of a box, without any index: exactly those must be among the found. */
static void check_window(const struct layer_features *all, const struct layer_features *lazy, struct bbox box,
                         size_t *met)
{
    struct numbers found = find(lazy, box);
    size_t next = 0;
    for (uint32_t i = 0; i < all->count; i++) {
        bool is_found = next < found.count && found.items[next] == i;
        bool is_met = shape_touches_box(all->items[i].shape, box, 0);
        ck_assert_msg(is_found || !is_met, "feature %u is missed in %.9g %.9g %.9g %.9g", i, box.min_x,
                      box.min_y, box.max_x, box.max_y);
        ck_assert(!is_found || bbox_intersects(all->items[i].shape->box, box));
        next += is_found;
        *met += is_met;
    }
    ck_assert_uint_eq(next, found.count);
    numbers_finish(&found);
}

static const struct bbox everywhere = {-1e9, -1e9, 1e9, 1e9};

/* A place on a line as it is drawn, straight in the CRS of the map. */
static struct point place_on_line(const struct layer_features *all, uint64_t *seed)
{
    const struct shape *shape = all->items[random_below(seed, (uint32_t)all->count)].shape;
    if (shape->part_count == 0) {
        return (struct point){0, 0};
    }
    return point_between(shape->points[0], shape->points[1], random_between(seed, 0, 1));
}

/* Windows all over a box, and small ones on lines. */
static void check_windows(const char *id, const char *crs_code, struct bbox box, double most_width)
{
    struct layer_features *all = read_all(id, crs_code);
    struct numbers found = find(all, everywhere);
    numbers_finish(&found);
    struct layer_features *lazy = read_all(id, crs_code);
    uint64_t seed = 3;
    size_t met = 0;
    for (int i = 0; i < WINDOW_COUNT; i++) {
        double width = most_width * pow(10, random_between(&seed, -4, 0));
        double x = random_between(&seed, box.min_x, box.max_x);
        double y = random_between(&seed, box.min_y, box.max_y);
        check_window(all, lazy, (struct bbox){x, y, x + width, y + width}, &met);
        struct point place = place_on_line(all, &seed);
        struct bbox small = {place.x, place.y, place.x, place.y};
        check_window(all, lazy, bbox_grow(small, most_width / 10000), &met);
    }
    ck_assert_uint_gt(met, WINDOW_COUNT);
    layer_features_free(all);
    layer_features_free(lazy);
}

START_TEST(a_window_finds_all_that_touches_it_though_little_is_projected)
{
    check_windows("europe", "EPSG:3857", (struct bbox){-2e6, 3.6e6, 5e6, 1.1e7}, 4e6);
    check_windows("europe", "EPSG:28992", (struct bbox){-5e5, -3e5, 9e5, 1.2e6}, 1e6);
    check_windows("europe", "EPSG:3035", (struct bbox){2.6e6, 1.6e6, 6.0e6, 5.2e6}, 3e6);
    check_windows("europe", "EPSG:4258", (struct bbox){-20, 30, 45, 72}, 30);
    check_windows("metres", "EPSG:3857", (struct bbox){-1e6, 4.2e6, 3e6, 9e6}, 3e6);
    check_windows("metres", "EPSG:3035", (struct bbox){2.6e6, 1.6e6, 6.0e6, 5.2e6}, 3e6);
}
END_TEST

START_TEST(windows_at_the_poles_the_antimeridian_and_around_the_earth_miss_nothing)
{
    check_windows("world", "EPSG:3857", (struct bbox){-2.1e7, -2.1e7, 2.1e7, 2.1e7}, 4e7);
    check_windows("world", "OGC:CRS84", (struct bbox){-181, -90, 181, 90}, 360);
    check_windows("world", "EPSG:3035", (struct bbox){-3e6, -3e6, 1.1e7, 1.1e7}, 6e6);
}
END_TEST

START_TEST(only_what_was_asked_for_is_projected)
{
    struct layer_features *features = read_all("europe", "EPSG:28992");
    struct numbers found = find(features, (struct bbox){90000, 400000, 110000, 420000});
    size_t projected = 0;
    for (size_t i = 0; i < features->count; i++) {
        projected += features->items[i].is_projected;
    }
    ck_assert_uint_ge(projected, found.count);
    ck_assert_uint_lt(projected, LINE_COUNT / 4);
    numbers_finish(&found);
    layer_features_free(features);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("layer features");
    TCase *query = tcase_create("query");
    tcase_add_unchecked_fixture(query, setup, teardown);
    tcase_set_timeout(query, 60);
    tcase_add_test(query, a_window_finds_all_that_touches_it_though_little_is_projected);
    tcase_add_test(query, windows_at_the_poles_the_antimeridian_and_around_the_earth_miss_nothing);
    tcase_add_test(query, only_what_was_asked_for_is_projected);
    suite_add_tcase(suite, query);
    return suite;
}
