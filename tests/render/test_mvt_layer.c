/*
 * The encoding of vector tiles: the examples of the specification (4.3.5) byte for byte, and random shapes
 * that are read back.
 */
#include "render/vector/mvt_layer.h"

#include <math.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "render/encode/gzip.h"
#include "render/vector/mvt_geometry.h"
#include "render/vector/protobuf.h"
#include "tests/support/mvt_reader.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"

#define UNIT (1.0 / MVT_UNITS_PER_PX)

/* Units of a tile as px of its zoom. */
static struct shape *shape_of_units(enum shape_kind kind, const int (*places)[2], size_t count)
{
    struct shape *shape = shape_new(kind);
    struct point points[16];
    ck_assert_uint_le(count, 16);
    for (size_t i = 0; i < count; i++) {
        points[i] = (struct point){places[i][0] * UNIT, places[i][1] * UNIT};
    }
    for (size_t i = 0; i < count && kind == SHAPE_POINT; i++) {
        shape_add_part(shape, &points[i], 1, false);
    }
    if (kind != SHAPE_POINT) {
        shape_add_part(shape, points, count, false);
    }
    return shape;
}

static void add_units(struct shape *shape, const int (*places)[2], size_t count, bool is_hole)
{
    struct shape *part = shape_of_units(shape->kind, places, count);
    shape_add_part(shape, part->points, part->point_count, is_hole);
    shape_free(part);
}

/* Takes the shape over. All numbers of the examples are below 128: a byte each. */
static void expect(struct shape *shape, const unsigned char *expected, size_t count)
{
    struct mvt_frame frame = {{0, 0}, false};
    struct buffer commands;
    buffer_init(&commands, 4096);
    mvt_geometry_append(shape, &frame, &commands);
    ck_assert_uint_eq(commands.length, count);
    ck_assert_mem_eq(commands.bytes, expected, count);
    buffer_finish(&commands);
    shape_free(shape);
}

START_TEST(the_examples_of_the_specification_are_encoded_as_it_says)
{
    expect(shape_of_units(SHAPE_POINT, (int[][2]){{25, 17}}, 1), (unsigned char[]){9, 50, 34}, 3);
    expect(shape_of_units(SHAPE_POINT, (int[][2]){{5, 7}, {3, 2}}, 2), (unsigned char[]){17, 10, 14, 3, 9},
           5);
    struct shape *line = shape_of_units(SHAPE_LINE, (int[][2]){{2, 2}, {2, 10}, {10, 10}}, 3);
    expect(shape_copy(line), (unsigned char[]){9, 4, 4, 18, 0, 16, 16, 0}, 8);
    add_units(line, (int[][2]){{1, 1}, {3, 5}}, 2, false);
    expect(line, (unsigned char[]){9, 4, 4, 18, 0, 16, 16, 0, 9, 17, 17, 10, 4, 8}, 14);
    expect(shape_of_units(SHAPE_POLYGON, (int[][2]){{3, 6}, {8, 12}, {20, 34}, {3, 6}}, 4),
           (unsigned char[]){9, 6, 12, 18, 10, 12, 24, 44, 15}, 9);
}
END_TEST

START_TEST(the_multipolygon_of_the_specification_turns_as_it_says_whichever_way_its_rings_came)
{
    static const unsigned char expected[] = {9, 0,  0,  26, 20, 0, 0, 20, 19, 0, 15, 9, 22, 2, 26, 18, 0,
                                             0, 18, 17, 0,  15, 9, 4, 13, 26, 0, 8,  8, 0,  0, 7,  15};
    static const int first[][2] = {{0, 0}, {10, 0}, {10, 10}, {0, 10}, {0, 0}};
    static const int second[][2] = {{11, 11}, {20, 11}, {20, 20}, {11, 20}, {11, 11}};
    static const int backward[][2] = {{11, 11}, {11, 20}, {20, 20}, {20, 11}, {11, 11}};
    static const int hole[][2] = {{13, 13}, {13, 17}, {17, 17}, {17, 13}, {13, 13}};
    static const int hole_backward[][2] = {{13, 13}, {17, 13}, {17, 17}, {13, 17}, {13, 13}};
    for (int i = 0; i < 2; i++) {
        struct shape *shape = shape_of_units(SHAPE_POLYGON, first, 5);
        add_units(shape, i ? backward : second, 5, false);
        add_units(shape, i ? hole_backward : hole, 5, true);
        expect(shape, expected, sizeof expected);
    }
}
END_TEST

START_TEST(small_magnitudes_are_small_numbers)
{
    ck_assert_uint_eq(protobuf_zigzag(0), 0);
    ck_assert_uint_eq(protobuf_zigzag(-1), 1);
    ck_assert_uint_eq(protobuf_zigzag(1), 2);
    ck_assert_uint_eq(protobuf_zigzag(INT64_MAX), UINT64_MAX - 1);
    ck_assert_uint_eq(protobuf_zigzag(INT64_MIN), UINT64_MAX);
    struct buffer message;
    buffer_init(&message, 64);
    protobuf_append_number(&message, 1, 150); /* the first example of protobuf.dev */
    ck_assert_mem_eq(message.bytes, "\x08\x96\x01", 3);
    buffer_finish(&message);
}
END_TEST

static struct mvt_tile read_layer(const struct mvt_layer *layer)
{
    struct buffer bytes;
    buffer_init(&bytes, 1u << 24);
    mvt_layer_write(layer, &bytes);
    struct mvt_tile tile = mvt_tile_read(bytes.bytes, bytes.length);
    buffer_finish(&bytes);
    return tile;
}

START_TEST(properties_are_read_back_with_their_types_and_stand_in_the_layer_once)
{
    struct mvt_frame frame = {{0, 0}, false};
    struct mvt_layer *layer = mvt_layer_new("proef");
    size_t bytes = 0;
    for (uint64_t i = 1; i <= 3; i++) {
        mvt_layer_begin(layer, i);
        mvt_layer_text(layer, "naam", "Dordrecht — ’s-Gravendeel");
        mvt_layer_text(layer, "leeg", "");
        mvt_layer_text(layer, "getal als tekst", "-17");
        mvt_layer_number(layer, "getal", -17);
        mvt_layer_number(layer, "breuk", 2.5);
        mvt_layer_number(layer, "geen", NAN);
        mvt_layer_add_point(layer, (struct point){10 * (double)i, 20}, &frame);
        bytes = i == 1 ? mvt_layer_bytes(layer) : bytes;
    }
    ck_assert_msg(mvt_layer_bytes(layer) < bytes + 80, "keys and values are there more than once");
    struct mvt_tile tile = read_layer(layer);
    ck_assert_uint_eq(tile.count, 3);
    for (size_t i = 0; i < tile.count; i++) {
        ck_assert_uint_eq(tile.features[i].id, i + 1);
        ck_assert_uint_eq(tile.features[i].tag_count, 4);
        ck_assert_str_eq(mvt_value(&tile.features[i], "naam"), "Dordrecht — ’s-Gravendeel");
        ck_assert_str_eq(mvt_value(&tile.features[i], "getal"), "-17");
        ck_assert_str_eq(mvt_value(&tile.features[i], "getal als tekst"), "-17");
        ck_assert_str_eq(mvt_value(&tile.features[i], "breuk"), "2.5");
    }
    mvt_tile_finish(&tile);
    mvt_layer_free(layer);
}
END_TEST

START_TEST(a_layer_without_features_is_left_out)
{
    struct mvt_frame frame = {{0, 0}, true};
    struct mvt_layer *layer = mvt_layer_new("leeg");
    struct buffer bytes;
    buffer_init(&bytes, 4096);
    mvt_layer_begin(layer, 1);
    mvt_layer_text(layer, "naam", "elders");
    mvt_layer_add_point(layer, (struct point){-5000, 9000}, &frame);
    mvt_layer_write(layer, &bytes);
    ck_assert_uint_eq(bytes.length, 0);
    buffer_finish(&bytes);
    mvt_layer_free(layer);
}
END_TEST

/* A star of many points around a place, px, sometimes with a hole: not convex, never crossing itself. */
static struct shape *random_polygon(uint64_t *random)
{
    struct shape *shape = shape_new(SHAPE_POLYGON);
    struct point ring[41];
    struct point hole[41];
    double x = random_between(random, -100, 612);
    double y = random_between(random, -100, 612);
    double size = random_between(random, 1, 300);
    for (int i = 0; i < 40; i++) {
        double angle = i * M_PI / 20;
        double radius = size * random_between(random, 0.5, 1);
        ring[i] = (struct point){x + radius * cos(angle), y + radius * sin(angle)};
        hole[i] = (struct point){x + radius * 0.4 * cos(angle), y + radius * 0.4 * sin(angle)};
    }
    ring[40] = ring[0];
    hole[40] = hole[0];
    shape_add_part(shape, ring, 41, false);
    if (random_below(random, 2)) {
        shape_add_part(shape, hole, 41, true);
    }
    return shape;
}

static bool is_inside(const struct shape *shape, struct point place)
{
    bool is_in = false;
    for (size_t part = 0; part < shape->part_count; part++) {
        const struct point *points = shape->points + shape->parts[part].first;
        for (size_t i = 0; i + 1 < shape->parts[part].count; i++) {
            bool crosses = (points[i].y > place.y) != (points[i + 1].y > place.y);
            double x = points[i].x + (place.y - points[i].y) / (points[i + 1].y - points[i].y) *
                                         (points[i + 1].x - points[i].x);
            is_in = crosses && place.x < x ? !is_in : is_in;
        }
    }
    return is_in;
}

static double distance_to(const struct shape *shape, struct point place)
{
    struct bbox box = {place.x, place.y, place.x, place.y};
    struct shape *edges = shape_new(SHAPE_LINE);
    for (size_t i = 0; i < shape->part_count; i++) {
        shape_add_part(edges, shape->points + shape->parts[i].first, shape->parts[i].count, false);
    }
    double low = 0;
    double high = 2000;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        *(shape_touches_box(edges, box, middle) ? &high : &low) = middle;
    }
    shape_free(edges);
    return high;
}

/* What is inside the shape is inside what was read, but for a unit along its edges. */
static void expect_same_inside(const struct shape *shape, const struct mvt_tile *tile, uint64_t *random)
{
    for (int i = 0; i < 200; i++) {
        struct point place = {random_between(random, 0, 512), random_between(random, 0, 512)};
        struct point unit = {place.x * MVT_UNITS_PER_PX, place.y * MVT_UNITS_PER_PX};
        bool is_in = tile->count > 0 && is_inside(tile->features[0].shape, unit);
        if (is_in != is_inside(shape, place)) {
            ck_assert_double_le(distance_to(shape, place), 1.5 * UNIT);
        }
    }
}

START_TEST(random_polygons_are_read_back_with_the_same_inside)
{
    uint64_t random = 5;
    struct mvt_frame frame = {{0, 0}, false};
    for (int i = 0; i < 200; i++) {
        struct shape *shape = random_polygon(&random);
        struct mvt_layer *layer = mvt_layer_new("proef");
        mvt_layer_begin(layer, 0);
        mvt_layer_add(layer, shape, &frame);
        struct mvt_tile tile = read_layer(layer);
        expect_same_inside(shape, &tile, &random);
        mvt_tile_finish(&tile);
        mvt_layer_free(layer);
        shape_free(shape);
    }
}
END_TEST

START_TEST(the_points_of_random_lines_are_read_back_within_half_a_unit)
{
    uint64_t random = 6;
    struct mvt_frame frame = {{1024, 2048}, false};
    for (int i = 0; i < 200; i++) {
        struct point points[30];
        for (int k = 0; k < 30; k++) {
            points[k] =
                (struct point){random_between(&random, 1024, 1536), random_between(&random, 2048, 2560)};
        }
        struct shape *shape = shape_new(SHAPE_LINE);
        shape_add_part(shape, points, 30, false);
        struct mvt_layer *layer = mvt_layer_new("proef");
        mvt_layer_begin(layer, 0);
        mvt_layer_add(layer, shape, &frame);
        struct mvt_tile tile = read_layer(layer);
        const struct shape *read = tile.features[0].shape;
        ck_assert_uint_eq(read->point_count, 30);
        for (int k = 0; k < 30; k++) {
            ck_assert_double_le(fabs(read->points[k].x * UNIT + 1024 - points[k].x), UNIT / 2 + 1e-9);
            ck_assert_double_le(fabs(read->points[k].y * UNIT + 2048 - points[k].y), UNIT / 2 + 1e-9);
        }
        mvt_tile_finish(&tile);
        mvt_layer_free(layer);
        shape_free(shape);
    }
}
END_TEST

START_TEST(what_lies_outside_of_the_margin_is_cut_off)
{
    struct mvt_frame frame = {{0, 0}, false};
    struct point line[2] = {{-4000, 256}, {4000, 256}};
    struct shape *shape = shape_new(SHAPE_LINE);
    shape_add_part(shape, line, 2, false);
    struct mvt_layer *layer = mvt_layer_new("proef");
    mvt_layer_begin(layer, 0);
    mvt_layer_add(layer, shape, &frame);
    struct mvt_tile tile = read_layer(layer);
    struct bbox box = tile.features[0].shape->box;
    ck_assert_double_eq(box.min_x, -MVT_MARGIN_UNITS);
    ck_assert_double_eq(box.max_x, MVT_EXTENT + MVT_MARGIN_UNITS);
    mvt_tile_finish(&tile);
    mvt_layer_free(layer);
    shape_free(shape);
}
END_TEST

START_TEST(what_is_smaller_than_a_unit_stays_where_it_is_asked_for)
{
    struct point ring[4] = {{10.01, 10.01}, {10.03, 10.01}, {10.02, 10.03}, {10.01, 10.01}};
    struct shape *area = shape_new(SHAPE_POLYGON);
    struct shape *line = shape_new(SHAPE_LINE);
    shape_add_part(area, ring, 4, false);
    shape_add_part(line, ring, 3, false);
    for (int keeps = 0; keeps < 2; keeps++) {
        struct mvt_frame frame = {{0, 0}, keeps};
        struct mvt_layer *layer = mvt_layer_new("proef");
        mvt_layer_begin(layer, 0);
        mvt_layer_add(layer, area, &frame);
        mvt_layer_add(layer, line, &frame);
        ck_assert_uint_eq(mvt_layer_feature_count(layer), keeps ? 2 : 0);
        mvt_layer_free(layer);
    }
    shape_free(area);
    shape_free(line);
}
END_TEST

START_TEST(degenerate_shapes_are_encoded_or_left_out_and_never_break_the_layer)
{
    static const double odd[] = {NAN, INFINITY, -1e300, 1e300, 0, 256, 511.99, -0.0};
    uint64_t random = 7;
    struct mvt_frame frame = {{0, 0}, true};
    for (int i = 0; i < 2000; i++) {
        enum shape_kind kind = (enum shape_kind)random_below(&random, 3);
        struct point points[8];
        for (int k = 0; k < 8; k++) {
            points[k] = (struct point){odd[random_below(&random, 8)], odd[random_below(&random, 8)]};
        }
        points[7] = points[0];
        struct shape *shape = shape_new(kind);
        for (int k = 0; k < 8 && kind == SHAPE_POINT; k++) {
            shape_add_part(shape, &points[k], 1, false);
        }
        if (kind != SHAPE_POINT) {
            shape_add_part(shape, points, 8, false);
        }
        struct mvt_layer *layer = mvt_layer_new("proef");
        mvt_layer_begin(layer, 0);
        mvt_layer_add(layer, shape, &frame);
        struct mvt_tile tile = read_layer(layer);
        mvt_tile_finish(&tile);
        mvt_layer_free(layer);
        shape_free(shape);
    }
}
END_TEST

START_TEST(packed_bytes_are_unpacked_and_damaged_ones_refused)
{
    struct fault fault = {0};
    size_t packed_length;
    size_t length;
    char *packed = gzip_pack("Hollands Diep", 13, &packed_length, &fault);
    char *bytes = gzip_unpack(packed, packed_length, 100, &length, &fault);
    ck_assert_uint_eq(length, 13);
    ck_assert_str_eq(bytes, "Hollands Diep");
    ck_assert_ptr_null(gzip_unpack(packed, packed_length, 12, &length, &fault));
    ck_assert_int_eq(fault.code, FAULT_LIMIT);
    for (size_t cut = 0; cut < packed_length; cut++) {
        ck_assert_ptr_null(gzip_unpack(packed, cut, 100, &length, &fault));
    }
    packed[packed_length / 2] ^= 0x10;
    ck_assert_ptr_null(gzip_unpack(packed, packed_length, 100, &length, &fault));
    ck_assert_int_eq(fault.code, FAULT_INPUT);
    free(bytes);
    free(packed);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("mvt_layer");
    TCase *tests = tcase_create("mvt_layer");
    tcase_set_timeout(tests, 60);
    tcase_add_test(tests, the_examples_of_the_specification_are_encoded_as_it_says);
    tcase_add_test(tests,
                   the_multipolygon_of_the_specification_turns_as_it_says_whichever_way_its_rings_came);
    tcase_add_test(tests, small_magnitudes_are_small_numbers);
    tcase_add_test(tests, properties_are_read_back_with_their_types_and_stand_in_the_layer_once);
    tcase_add_test(tests, a_layer_without_features_is_left_out);
    tcase_add_test(tests, random_polygons_are_read_back_with_the_same_inside);
    tcase_add_test(tests, the_points_of_random_lines_are_read_back_within_half_a_unit);
    tcase_add_test(tests, what_lies_outside_of_the_margin_is_cut_off);
    tcase_add_test(tests, what_is_smaller_than_a_unit_stays_where_it_is_asked_for);
    tcase_add_test(tests, degenerate_shapes_are_encoded_or_left_out_and_never_break_the_layer);
    tcase_add_test(tests, packed_bytes_are_unpacked_and_damaged_ones_refused);
    suite_add_tcase(suite, tests);
    return suite;
}
