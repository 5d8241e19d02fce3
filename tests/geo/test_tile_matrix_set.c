#include "geo/tile_matrix_set.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

static const char *const ids[] = {"WebMercatorQuad", "NetherlandsRDNewQuad", "EuropeanETRS89_LAEAQuad",
                                  "WorldCRS84Quad"};
static struct tile_matrix_sets *sets;

static void set_up(void)
{
    struct fault fault;
    sets = tile_matrix_sets_new(&fault);
    ck_assert_msg(sets != NULL, "%s", fault.message);
}

static void tear_down(void)
{
    tile_matrix_sets_free(sets);
}

START_TEST(four_sets_are_part_of_the_program)
{
    ck_assert_uint_eq(tile_matrix_sets_count(sets), 4);
    for (int i = 0; i < 4; i++) {
        ck_assert_ptr_nonnull(tile_matrix_sets_find(sets, ids[i]));
    }
    ck_assert_ptr_eq(tile_matrix_sets_find(sets, "EPSG:28992"), tile_matrix_sets_find(sets, ids[1]));
    ck_assert_ptr_eq(tile_matrix_sets_find(sets, "epsg:3857"), tile_matrix_sets_find(sets, ids[0]));
    ck_assert_ptr_null(tile_matrix_sets_find(sets, "EPSG:4711"));
}
END_TEST

static void assert_matrix(const struct tile_matrix_set *set, const struct tile_matrix *matrix,
                          const json_t *expected)
{
    const json_t *origin = json_object_get(expected, "pointOfOrigin");
    ck_assert_str_eq(matrix->id, json_string_value(json_object_get(expected, "id")));
    ck_assert_double_eq(matrix->scale_denominator,
                        json_number_value(json_object_get(expected, "scaleDenominator")));
    ck_assert_double_eq(matrix->cell_size, json_number_value(json_object_get(expected, "cellSize")));
    ck_assert_double_eq(matrix->top_left.x,
                        json_number_value(json_array_get(origin, set->is_north_first ? 1 : 0)));
    ck_assert_double_eq(matrix->top_left.y,
                        json_number_value(json_array_get(origin, set->is_north_first ? 0 : 1)));
    ck_assert_int_eq(matrix->tile_size_px, json_integer_value(json_object_get(expected, "tileWidth")));
    ck_assert_int_eq(matrix->matrix_width, json_integer_value(json_object_get(expected, "matrixWidth")));
    ck_assert_int_eq(matrix->matrix_height, json_integer_value(json_object_get(expected, "matrixHeight")));
}

START_TEST(the_sets_are_those_of_the_registries)
{
    for (int i = 0; i < 4; i++) {
        char name[80];
        snprintf(name, sizeof name, "../tms/%s.json", ids[i]);
        char *path = test_shared_data(name);
        if (!path) {
            return;
        }
        const struct tile_matrix_set *set = tile_matrix_sets_find(sets, ids[i]);
        json_t *expected = json_load_file(path, 0, NULL);
        const json_t *matrices = json_object_get(expected, "tileMatrices");
        const char *uri = json_string_value(json_object_get(expected, "uri"));
        ck_assert_str_eq(set->uri, uri ? uri : "");
        ck_assert_uint_eq(set->matrix_count, json_array_size(matrices));
        for (size_t k = 0; k < set->matrix_count; k++) {
            assert_matrix(set, &set->matrices[k], json_array_get(matrices, k));
        }
        json_decref(expected);
        free(path);
    }
}
END_TEST

START_TEST(north_first_definitions_are_turned_round)
{
    const struct tile_matrix_set *laea = tile_matrix_sets_find(sets, "EuropeanETRS89_LAEAQuad");
    ck_assert(laea->is_north_first);
    ck_assert_str_eq(laea->crs_code, "EPSG:3035");
    struct bbox box = tile_bbox(laea, (struct tile_address){0, 0, 0});
    ck_assert_double_eq(box.min_x, 2000000);
    ck_assert_double_eq(box.max_x, 6500000);
    ck_assert_double_eq(box.min_y, 1000000);
    ck_assert_double_eq(box.max_y, 5500000);
    ck_assert(!tile_matrix_sets_find(sets, "WorldCRS84Quad")->is_north_first);
    ck_assert_str_eq(tile_matrix_sets_find(sets, "WorldCRS84Quad")->crs_code, "OGC:CRS84");
}
END_TEST

START_TEST(units_are_metres_or_degrees)
{
    for (int i = 0; i < 4; i++) {
        const struct tile_matrix_set *set = tile_matrix_sets_find(sets, ids[i]);
        bool is_degrees = strcmp(ids[i], "WorldCRS84Quad") == 0;
        ck_assert_double_eq(set->metres_per_unit, is_degrees ? 111319.4907932264 : 1);
        struct pixel_grid grid = tile_matrix_set_grid(set, 3);
        ck_assert_double_eq_tol(pixel_grid_scale_denominator(&grid) / set->matrices[3].scale_denominator, 1,
                                1e-9);
    }
}
END_TEST

static struct tile_address random_address(const struct tile_matrix_set *set, uint64_t *state)
{
    uint32_t zoom = random_below(state, (uint32_t)set->matrix_count);
    return (struct tile_address){zoom, random_below(state, set->matrices[zoom].matrix_width),
                                 random_below(state, set->matrices[zoom].matrix_height)};
}

START_TEST(the_range_of_a_tile_is_that_tile)
{
    uint64_t state = 9;
    for (int i = 0; i < 40000; i++) {
        const struct tile_matrix_set *set = tile_matrix_sets_at(sets, (size_t)i % 4);
        struct tile_address address = random_address(set, &state);
        struct tile_address first;
        struct tile_address last;
        ck_assert(tile_address_check(set, address, NULL));
        ck_assert(tile_range(set, address.zoom, tile_bbox(set, address), &first, &last));
        ck_assert_uint_eq(first.column, address.column);
        ck_assert_uint_eq(last.column, address.column);
        ck_assert_uint_eq(first.row, address.row);
        ck_assert_uint_eq(last.row, address.row);
    }
}
END_TEST

START_TEST(a_range_holds_the_tiles_of_all_points_of_its_box)
{
    uint64_t state = 10;
    for (int i = 0; i < 40000; i++) {
        const struct tile_matrix_set *set = tile_matrix_sets_at(sets, (size_t)i % 4);
        uint32_t zoom = random_below(&state, 10);
        struct bbox whole = tile_bbox(set, (struct tile_address){0, 0, 0});
        double x = random_between(&state, whole.min_x, whole.max_x);
        double y = random_between(&state, whole.min_y, whole.max_y);
        double size = bbox_height(whole) * random_between(&state, 0, 0.1);
        struct tile_address first;
        struct tile_address last;
        ck_assert(tile_range(set, zoom, (struct bbox){x, y, x + size, y + size}, &first, &last));
        struct point point = {x + size * random_between(&state, 0, 1),
                              y + size * random_between(&state, 0, 1)};
        struct tile_address one;
        struct tile_address same;
        if (tile_range(set, zoom, (struct bbox){point.x, point.y, point.x, point.y}, &one, &same)) {
            ck_assert(one.column == same.column && one.row == same.row);
            ck_assert(one.column >= first.column && one.column <= last.column);
            ck_assert(one.row >= first.row && one.row <= last.row);
            ck_assert(bbox_contains_point(bbox_grow(tile_bbox(set, one), 1e-5 * size + 1e-7), point));
        }
    }
}
END_TEST

START_TEST(neighbouring_tiles_share_their_edge)
{
    uint64_t state = 12;
    for (int i = 0; i < 10000; i++) {
        const struct tile_matrix_set *set = tile_matrix_sets_at(sets, (size_t)i % 4);
        struct tile_address address = random_address(set, &state);
        struct bbox box = tile_bbox(set, address);
        address.column++;
        ck_assert_double_eq(tile_bbox(set, address).min_x, box.max_x);
        address.row++;
        ck_assert_double_eq(tile_bbox(set, address).max_y, box.min_y);
    }
}
END_TEST

START_TEST(boxes_outside_touch_no_tile)
{
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, "NetherlandsRDNewQuad");
    static const struct bbox outside[] = {
        {-400000, 0, -285402, 900000},
        {595402, 0, 700000, 900000},
        {0, 903402, 1, 904000},
        {0, -1e6, 1, 22598},
        {NAN, 0, 1, 1},
        {1, 1, 0, 0},
    };
    struct tile_address first;
    struct tile_address last;
    for (size_t i = 0; i < sizeof outside / sizeof outside[0]; i++) {
        ck_assert(!tile_range(set, 5, outside[i], &first, &last));
    }
    ck_assert(tile_range(set, 5, (struct bbox){-1e300, -1e300, 1e300, 1e300}, &first, &last));
    ck_assert(first.column == 0 && first.row == 0 && last.column == 31 && last.row == 31);
    ck_assert(tile_range(set, 5, (struct bbox){-INFINITY, -INFINITY, INFINITY, INFINITY}, &first, &last));
    ck_assert(first.column == 0 && last.column == 31);
}
END_TEST

START_TEST(an_address_outside_names_the_allowed_range)
{
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, "NetherlandsRDNewQuad");
    struct fault fault = {0};
    ck_assert(!tile_address_check(set, (struct tile_address){17, 0, 0}, &fault));
    ck_assert_int_eq(fault.code, FAULT_OUTSIDE);
    ck_assert_ptr_nonnull(strstr(fault.message, "0 to 16"));
    ck_assert(!tile_address_check(set, (struct tile_address){2, 4, 0}, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "columns 0 to 3, not 4"));
    ck_assert(!tile_address_check(set, (struct tile_address){2, 0, UINT32_MAX}, &fault));
    ck_assert_ptr_nonnull(strstr(fault.message, "rows 0 to 3"));
    ck_assert(tile_address_check(set, (struct tile_address){2, 3, 3}, &fault));
}
END_TEST

START_TEST(matrices_are_found_by_all_their_usual_names)
{
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, "NetherlandsRDNewQuad");
    uint32_t zoom = 99;
    ck_assert(tile_matrix_set_find_zoom(set, "4", &zoom) && zoom == 4);
    ck_assert(tile_matrix_set_find_zoom(set, "04", &zoom) && zoom == 4);
    ck_assert(tile_matrix_set_find_zoom(set, "00", &zoom) && zoom == 0);
    ck_assert(tile_matrix_set_find_zoom(set, "EPSG:28992:12", &zoom) && zoom == 12);
    static const char *const wrong[] = {"",   "17", "004",         "EPSG:3857:4",
                                        "4x", "-1", "EPSG:28992:", "EPSG:28992"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        ck_assert_msg(!tile_matrix_set_find_zoom(set, wrong[i], &zoom), "%s", wrong[i]);
    }
}
END_TEST

#define MATRIX(fields)                                                                                       \
    "{\"id\":\"x\",\"title\":\"x\",\"crs\":\"http://www.opengis.net/def/crs/EPSG/0/28992\","                 \
    "\"orderedAxes\":[\"X\",\"Y\"],\"tileMatrices\":[{" fields "}]}"
#define PLACE "\"id\":\"0\",\"pointOfOrigin\":[0,0],\"matrixWidth\":1,\"matrixHeight\":1"

START_TEST(a_broken_definition_is_refused_with_its_field)
{
    static const char *const broken[][2] = {
        {"", "line"},
        {"{", "line"},
        {"[]", "id"},
        {"{\"id\":\"x\"}", "title"},
        {"{\"id\":\"x\",\"title\":\"x\",\"crs\":\"rd\"}", "crs"},
        {MATRIX(""), "tileMatrices[0]: 'id'"},
        {MATRIX(PLACE ",\"scaleDenominator\":0"), "scaleDenominator"},
        {MATRIX(PLACE ",\"scaleDenominator\":1000,\"cellSize\":0.28,\"tileWidth\":256,\"tileHeight\":128"),
         "square"},
        {MATRIX(PLACE ",\"scaleDenominator\":1000,\"cellSize\":0.28,\"tileWidth\":1e9,\"tileHeight\":1"),
         "tileWidth"},
    };
    for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
        struct fault fault = {0};
        ck_assert_ptr_null(tile_matrix_set_read(broken[i][0], strlen(broken[i][0]), &fault));
        ck_assert_int_eq(fault.code, FAULT_INPUT);
        ck_assert_msg(strstr(fault.message, broken[i][1]) != NULL, "%s", fault.message);
    }
    static const char right[] =
        MATRIX(PLACE ",\"scaleDenominator\":1000,\"cellSize\":0.28,\"tileWidth\":256,\"tileHeight\":256");
    struct tile_matrix_set *set = tile_matrix_set_read(right, strlen(right), NULL);
    ck_assert_ptr_nonnull(set);
    tile_matrix_set_free(set);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("tile_matrix_set");
    TCase *cases = tcase_create("tile_matrix_set");
    tcase_add_checked_fixture(cases, set_up, tear_down);
    tcase_add_test(cases, four_sets_are_part_of_the_program);
    tcase_add_test(cases, the_sets_are_those_of_the_registries);
    tcase_add_test(cases, north_first_definitions_are_turned_round);
    tcase_add_test(cases, units_are_metres_or_degrees);
    tcase_add_test(cases, the_range_of_a_tile_is_that_tile);
    tcase_add_test(cases, a_range_holds_the_tiles_of_all_points_of_its_box);
    tcase_add_test(cases, neighbouring_tiles_share_their_edge);
    tcase_add_test(cases, boxes_outside_touch_no_tile);
    tcase_add_test(cases, an_address_outside_names_the_allowed_range);
    tcase_add_test(cases, matrices_are_found_by_all_their_usual_names);
    tcase_add_test(cases, a_broken_definition_is_refused_with_its_field);
    suite_add_tcase(suite, cases);
    return suite;
}
