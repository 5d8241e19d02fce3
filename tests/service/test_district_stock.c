/* Districts that are made ahead of demand: which, by whom, and that no picture is another for it. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "render/service/config.h"
#include "render/service/worker/order.h"
#include "render/service/worker/order_runner.h"
#include "tests/support/program.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define PREPARE_US 1000

static struct config *config;

static void write_points(FILE *file, int count)
{
    uint64_t random = 7;
    for (int i = 0; i < count; i++) {
        double lon = random_between(&random, 4.2, 5.0);
        double lat = random_between(&random, 51.5, 51.9);
        fprintf(file,
                "%s{\"type\":\"Feature\",\"id\":\"f%d\",\"properties\":{\"symbol\":\"bw.ugs;n=Plaats %d\"},"
                "\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.6f,%.6f]}}",
                i > 0 ? "," : "", i, i, lon, lat);
    }
}

/** All of them within some metres, in the middle of the extent. */
static void write_crowd(FILE *file, int count)
{
    for (int i = 0; i < count; i++) {
        fprintf(file,
                "%s{\"type\":\"Feature\",\"id\":\"f%d\",\"properties\":{\"symbol\":\"bw.ugs\"},"
                "\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.6f,51.7]}}",
                i > 0 ? "," : "", i, 4.6 + 0.00000001 * i);
    }
}

/** Two of them. */
static void write_long_lines(FILE *file, int points)
{
    for (int line = 0; line < 2; line++) {
        fprintf(file,
                "%s{\"type\":\"Feature\",\"id\":\"line%d\",\"properties\":{\"symbol\":\"l.wegdicht\"},"
                "\"geometry\":"
                "{\"type\":\"LineString\",\"coordinates\":[",
                line > 0 ? "," : "", line);
        for (int i = 0; i < points; i++) {
            fprintf(file, "%s[%.6f,%.6f]", i > 0 ? "," : "", 4.2 + 0.000005 * i, 51.6 + 0.00001 * (i % 7));
        }
        fputs("]}}", file);
    }
}

/** A plot around Hollands Diep, in a store of its own: so many points, or lines of so many. */
static void start_with(int count, void (*write)(FILE *file, int count))
{
    struct problems problems;
    char *path = program_path(test_folder(), "plot.geojson");
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs("{\"type\":\"FeatureCollection\",\"features\":[", file);
    write(file, count);
    fputs("]}", file);
    fclose(file);
    free(path);
    program_write(test_folder(), "catalogue.yaml", "layers: []\n");
    program_write(
        test_folder(), "maps.yaml",
        "maps:\n  - {id: map, title: Map, extent: [4.2, 51.5, 5.0, 51.9], items: [{plot: deep}]}\n");
    program_write(test_folder(), "plottafel.yaml",
                  "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
                  "plots:\n  - {name: deep, title: Deep, activity: a, exercise: true}\n");
    const char *const import[] = {"import", "deep", "plot.geojson", NULL};
    struct program_result result = program_wait(test_folder(), program_start(test_folder(), import));
    ck_assert_msg(result.status == 0, "%s", result.err);
    program_finish(&result);
    problems_init(&problems);
    path = program_path(test_folder(), "plottafel.yaml");
    config = config_read(path, &problems);
    ck_assert_msg(config, "%s", problems.count ? problems.items[0].sentence : "");
    problems_finish(&problems);
    free(path);
}

static void stop(void)
{
    config_free(config);
    config = NULL;
}

static struct order tile_at(uint32_t zoom, uint32_t column, uint32_t row)
{
    struct order order;
    order_init(&order, ORDER_TILE);
    snprintf(order.view.map, sizeof order.view.map, "map");
    snprintf(order.tile.tile_matrix_set, sizeof order.tile.tile_matrix_set, "WebMercatorQuad");
    order.view.as_of_ms = 0;
    order.tile.address = (struct tile_address){zoom, column, row};
    return order;
}

/** Zoom 10 around Hollands Diep. */
static struct order tile_of_plot(void)
{
    return tile_at(10, 525, 340);
}

/** Has nothing to do until all is ready. */
static void rest(struct order_runner *runner)
{
    while (order_runner_prepare(runner, PREPARE_US)) {
    }
    while (order_runner_prepare_district(runner)) {
    }
}

/** How many districts the runner has after it was told its post, drew one tile, and had nothing to do. */
static size_t prepared_by(int number, int worker_count, bool draws)
{
    struct fault fault;
    struct order ping;
    struct order tile = tile_of_plot();
    struct order_runner *runner = order_runner_new(config, &fault);
    ck_assert_msg(runner, "%s", fault.message);
    order_init(&ping, ORDER_PING);
    ping.post = (struct order_post){number, worker_count};
    order_result_unref(order_runner_run(runner, &ping, NULL));
    if (draws) {
        order_result_unref(order_runner_run(runner, &tile, NULL));
    }
    rest(runner);
    ping.post = (struct order_post){0};
    struct order_result *result = order_runner_run(runner, &ping, NULL);
    size_t count = result->district_count;
    order_result_unref(result);
    order_runner_free(runner);
    return count;
}

START_TEST(nothing_is_made_before_a_tile_tells_what_is_wanted)
{
    start_with(40, write_points);
    ck_assert_uint_eq(prepared_by(0, 1, false), 0);
    stop();
}
END_TEST

START_TEST(districts_with_features_are_made_at_several_zooms)
{
    start_with(40, write_points);
    size_t count = prepared_by(0, 1, true);
    ck_assert_uint_gt(count, 20);
    ck_assert_uint_lt(count, 200);
    stop();
}
END_TEST

START_TEST(workers_share_the_districts_between_them)
{
    start_with(40, write_points);
    size_t alone = prepared_by(0, 1, true);
    size_t first = prepared_by(0, 2, true);
    size_t second = prepared_by(1, 2, true);
    ck_assert_uint_gt(alone, 20);
    ck_assert_uint_gt(first, alone / 4);
    ck_assert_uint_gt(second, alone / 4);
    /* The one of the tile that both drew may be at home with either. */
    ck_assert_uint_eq(first + second, alone + 1);
    stop();
}
END_TEST

START_TEST(of_a_large_plot_the_middle_of_the_map_is_made_ready)
{
    start_with(12001, write_points);
    size_t count = prepared_by(0, 1, true);
    ck_assert_uint_gt(count, 20);
    ck_assert_uint_lt(count, 200);
    stop();
}
END_TEST

START_TEST(districts_with_too_much_to_be_placed_ahead_are_left_alone)
{
    start_with(12001, write_crowd);
    ck_assert_uint_le(prepared_by(0, 1, true), 4); /* those of the tile itself */
    stop();
}
END_TEST

START_TEST(features_too_intricate_to_be_placed_ahead_are_left_alone)
{
    start_with(50001, write_long_lines);
    ck_assert_uint_le(prepared_by(0, 1, true), 4);
    stop();
}
END_TEST

START_TEST(looks_that_are_asked_for_in_turn_are_made_ahead_once)
{
    struct fault fault;
    struct order web = tile_of_plot();
    struct order print = tile_of_plot();
    start_with(40, write_points);
    struct order_runner *runner = order_runner_new(config, &fault);
    print.view.palette = (struct palette_wish){true, PALETTE_PRINT};
    order_result_unref(order_runner_run(runner, &web, NULL));
    rest(runner);
    order_result_unref(order_runner_run(runner, &print, NULL));
    ck_assert(order_runner_prepare_district(runner));
    rest(runner);
    order_result_unref(order_runner_run(runner, &web, NULL));
    ck_assert(!order_runner_prepare_district(runner));
    order_result_unref(order_runner_run(runner, &print, NULL));
    ck_assert(!order_runner_prepare_district(runner));
    order_runner_free(runner);
    stop();
}
END_TEST

/** Draws a row of tiles, after a rest or without. */
static void draw_row(bool rests, struct order_result *results[static 8])
{
    struct fault fault;
    struct order tile = tile_of_plot();
    struct order_runner *runner = order_runner_new(config, &fault);
    order_result_unref(order_runner_run(runner, &tile, NULL));
    if (rests) {
        rest(runner);
    }
    for (uint32_t i = 0; i < 8; i++) {
        tile = tile_at(12, 2096 + i, 1363);
        results[i] = order_runner_run(runner, &tile, NULL);
        ck_assert_msg(results[i]->fault.code == FAULT_NONE, "%s", results[i]->fault.message);
    }
    order_runner_free(runner);
}

START_TEST(pictures_are_the_same_with_it_and_without)
{
    struct order_result *cold[8];
    struct order_result *prepared[8];
    start_with(400, write_points);
    draw_row(false, cold);
    draw_row(true, prepared);
    for (size_t i = 0; i < 8; i++) {
        ck_assert_uint_eq(cold[i]->length, prepared[i]->length);
        ck_assert_mem_eq(cold[i]->bytes, prepared[i]->bytes, cold[i]->length);
        ck_assert_uint_eq(cold[i]->report.count, prepared[i]->report.count);
        order_result_unref(cold[i]);
        order_result_unref(prepared[i]);
    }
    stop();
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("district stock");
    TCase *tests = tcase_create("districts");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, nothing_is_made_before_a_tile_tells_what_is_wanted);
    tcase_add_test(tests, districts_with_features_are_made_at_several_zooms);
    tcase_add_test(tests, workers_share_the_districts_between_them);
    tcase_add_test(tests, of_a_large_plot_the_middle_of_the_map_is_made_ready);
    tcase_add_test(tests, districts_with_too_much_to_be_placed_ahead_are_left_alone);
    tcase_add_test(tests, features_too_intricate_to_be_placed_ahead_are_left_alone);
    tcase_add_test(tests, looks_that_are_asked_for_in_turn_are_made_ahead_once);
    tcase_add_test(tests, pictures_are_the_same_with_it_and_without);
    suite_add_tcase(suite, tests);
    return suite;
}
