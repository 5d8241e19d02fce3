/*
 * test_geojson.c - what is written is read again; what is wrong is named, all of it; hostile files do no
 * harm.
 */
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "data/geojson.h"
#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/shape.h"
#include "symbology/symbol_pin.h"
#include "tests/data/make_feature.h"
#include "tests/support/geojson_fixture.h"
#include "tests/support/runner.h"

#define SQUARE "[[4,51],[5,51],[5,52],[4,52],[4,51]]"

#define AREA "{\"symbol\":\"nl@1/a.bron\"," OWNED "}"

START_TEST(every_kind_of_geometry_is_read_and_written_back_as_the_same_bytes)
{
    static const struct {
        const char *geometry;
        const char *properties;
    } cases[] = {
        {POINT, UGS},
        {"{\"type\":\"MultiPoint\",\"coordinates\":[[4.6,51.7],[-4.12345678,51]]}", UGS},
        {"{\"type\":\"LineString\",\"coordinates\":[[4,51],[5,52.5]]}", LINE},
        {"{\"type\":\"MultiLineString\",\"coordinates\":[[[4,51],[5,52]],[[6,51],[7,52],[8,51]]]}", LINE},
        {"{\"type\":\"Polygon\",\"coordinates\":[" SQUARE ",[[4.2,51.2],[4.2,51.4],[4.4,51.4],[4.2,51.2]]]}",
         AREA},
        {"{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "],[[[6,51],[7,51],[7,52],[6,51]]]]}", AREA},
        {"{\"type\":\"MultiPolygon\",\"coordinates\":[[" SQUARE "]]}", AREA},
        {POINT,
         "{\"symbol\":\"nl@1/bw.ugs;st=planned\",\"texts\":{\"n\":\"UGS \\\"Noord\\\" 50% ; é\","
         "\"c\":\"12\"},\"owner\":\"VR\",\"source\":\"meldkamer\",\"validFrom\":\"2026-09-15T10:30:00Z\","
         "\"validTo\":\"2026-09-15T11:30:00.250Z\"}"},
        {POINT, "{\"symbol\":\"nl@1/a.pluim\"," OWNED ",\"template\":{\"type\":\"plume\",\"bearing\":123.5,"
                "\"opening\":30,\"length\":5000,\"sourceRadius\":100}}"},
        {POINT,
         "{\"symbol\":\"nl@1/a.ringen\"," OWNED ",\"template\":{\"type\":\"rings\",\"radii\":[100,500.5]}}"},
        {"{\"type\":\"LineString\",\"coordinates\":[[4,51],[4.1,51.05],[4.2,51]]}",
         "{\"symbol\":\"nl@1/a.zoek\"," OWNED ",\"template\":{\"type\":\"corridor\",\"width\":500}}"},
        {POINT, "{\"symbol\":\"nl@1/a.vlieg\"," OWNED ",\"template\":{\"type\":\"box\",\"width\":2000,"
                "\"height\":1000.5,\"bearing\":30}}"},
        {POINT,
         "{\"symbol\":\"nl@1/a.vak\"," OWNED ",\"template\":{\"type\":\"grid\",\"columns\":4,\"rows\":3,"
         "\"cellWidth\":500,\"cellHeight\":500,\"bearing\":0}}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        bool is_good = read_feature(cases[i].geometry, cases[i].properties);
        problems_print(&problems, stdout);
        ck_assert(is_good);
        ck_assert_uint_eq(problems.count, 0);
        struct buffer written;
        buffer_init(&written, 1 << 20);
        geojson_write_feature(list.items[0], &written);
        char *expected = NULL;
        ck_assert_int_gt(asprintf(&expected,
                                  "{\"type\":\"Feature\",\"id\":\"x\",\"geometry\":%s,\"properties\":%s}",
                                  cases[i].geometry, cases[i].properties),
                         0);
        ck_assert_str_eq(written.bytes, expected);
        free(expected);
        buffer_finish(&written);
    }
}
END_TEST

START_TEST(a_collection_that_was_written_reads_as_equal_features)
{
    struct feature *features[2] = {make_point("a", 4.5, 51.75), make_point("b", -4.25, -51.5)};
    features[1]->valid_from_ms = 0;
    features[1]->revision = 12;
    features[1]->recorded_ms = 99;
    struct buffer written;
    buffer_init(&written, 1 << 20);
    geojson_write_collection((const struct feature *const *)features, 2, &written);
    ck_assert_ptr_nonnull(strstr(written.bytes, "\"revision\":12,\"recorded\":\"1970-01-01T00:00:00.099Z\""));
    ck_assert(read_bytes(written.bytes, written.length));
    ck_assert_uint_eq(problems.count, 0);
    ck_assert_uint_eq(list.count, 2);
    for (size_t i = 0; i < 2; i++) {
        ck_assert(feature_equals(features[i], list.items[i]));
        feature_unref(features[i]);
    }
    ck_assert_uint_eq(list.items[1]->revision, 0);
    buffer_finish(&written);
}
END_TEST

START_TEST(texts_may_stand_in_the_code_and_in_texts_which_wins)
{
    ck_assert(read_feature(
        POINT, "{\"symbol\":\"nl@1/bw.ugs;n=Noord;c=3\",\"owner\":\"VR\",\"texts\":{\"n\":\"Zuid\"}}"));
    ck_assert_str_eq(list.items[0]->code.texts[SLOT_NAME], "Zuid");
    ck_assert_str_eq(list.items[0]->code.texts[SLOT_COUNT_OF], "3");
}
END_TEST

START_TEST(rings_are_turned_as_rfc_7946_wants_them)
{
    ck_assert(read_feature("{\"type\":\"Polygon\",\"coordinates\":[[[4,51],[4,52],[5,52],[5,51],[4,51]],"
                           "[[4.2,51.2],[4.4,51.4],[4.2,51.4],[4.2,51.2]]]}",
                           AREA));
    const struct shape *shape = list.items[0]->shape;
    ck_assert_double_eq(shape->points[1].x, 5);   /* outer: counter-clockwise */
    ck_assert_double_eq(shape->points[6].x, 4.2); /* hole: clockwise */
    ck_assert_double_eq(shape->points[6].y, 51.4);
}
END_TEST

START_TEST(a_feature_without_id_gets_the_same_id_each_time_and_twins_differ)
{
    static const char json[] =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"geometry\":" POINT ",\"properties\":" UGS "},"
        "{\"type\":\"Feature\",\"geometry\":" POINT ",\"properties\":" UGS "},"
        "{\"type\":\"Feature\",\"id\":7,\"geometry\":" POINT ",\"properties\":" UGS "}]}";
    ck_assert(read_text(json));
    char *first = memory_copy_text(list.items[0]->id);
    ck_assert_str_ne(first, list.items[1]->id);
    ck_assert_str_eq(list.items[2]->id, "7");
    ck_assert(read_text(json));
    ck_assert_str_eq(first, list.items[0]->id);
    free(first);
}
END_TEST

START_TEST(a_single_feature_and_a_byte_order_mark_are_read)
{
    ck_assert(read_text("{\"type\":\"Feature\",\"geometry\":" POINT ",\"properties\":" UGS "}"));
    ck_assert_uint_eq(list.count, 1);
    ck_assert(read_text("\xEF\xBB\xBF{\"features\":[],\"type\":\"FeatureCollection\"}"));
    ck_assert_uint_eq(list.count, 0);
}
END_TEST

START_TEST(every_mistake_of_a_geometry_is_named)
{
    static const struct {
        const char *geometry;
        const char *properties;
        const char *field;
        const char *words;
    } cases[] = {
        {"null", UGS, "geometry", "missing"},
        {"{\"type\":\"Circle\",\"coordinates\":[4,51]}", UGS, "geometry.type", "Circle"},
        {"{\"coordinates\":[4,51]}", UGS, "geometry.type", "missing"},
        {"{\"type\":\"GeometryCollection\",\"geometries\":[]}", UGS, "geometry", "GeometryCollection"},
        {"{\"type\":\"Point\"}", UGS, "coordinates", "position 1"},
        {"{\"type\":\"Point\",\"coordinates\":[]}", UGS, "coordinates", "position 1"},
        {"{\"type\":\"Point\",\"coordinates\":[4]}", UGS, "coordinates", "position 1"},
        {"{\"type\":\"Point\",\"coordinates\":[\"4\",\"51\"]}", UGS, "coordinates", "position 1"},
        {"{\"type\":\"Point\",\"coordinates\":[4,51,0,7]}", UGS, "coordinates", "position 1"},
        {"{\"type\":\"Point\",\"coordinates\":[1e300,51]}", UGS, "geometry", "1e+300"},
        {"{\"type\":\"Point\",\"coordinates\":[4,90.5]}", UGS, "geometry", "90.5"},
        {"{\"type\":\"MultiPoint\",\"coordinates\":[]}", UGS, "coordinates", "empty"},
        {"{\"type\":\"LineString\",\"coordinates\":[[4,51]]}", LINE, "geometry", "two"},
        {"{\"type\":\"LineString\",\"coordinates\":[[4,51],[4,51]]}", LINE, "geometry", "two"},
        {"{\"type\":\"LineString\",\"coordinates\":[[4,51],[5]]}", LINE, "coordinates", "position 2"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[4,51],[5,51],[5,52],[4,52]]]}", AREA, "geometry", "clos"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[4,51],[5,52],[5,51],[4,52],[4,51]]]}", AREA, "geometry",
         "cross"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[[4,51],[5,51],[4,51]]]}", AREA, "geometry", ""},
        {"{\"type\":\"Polygon\",\"coordinates\":[]}", AREA, "coordinates", "empty"},
        {"{\"type\":\"Polygon\",\"coordinates\":[[4,51],[5,51]]}", AREA, "coordinates", "position"},
        {POINT, LINE, "geometry", "is a line"},
        {"{\"type\":\"LineString\",\"coordinates\":[[4,51],[5,51]]}", AREA, "geometry", "is an area"},
        {"{\"type\":\"Polygon\",\"coordinates\":[" SQUARE "]}", UGS, "geometry", "is a point"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_msg(!read_feature(cases[i].geometry, cases[i].properties), "%s", cases[i].geometry);
        ck_assert_msg(has_problem(PROBLEM_ERROR, cases[i].field, cases[i].words), "%s", cases[i].geometry);
        ck_assert(has_problem(PROBLEM_ERROR, "feature 1 ('x')", ""));
        ck_assert_int_eq(problems.items[0].line, 2);
    }
}
END_TEST

START_TEST(every_mistake_of_the_properties_is_named)
{
    static const struct {
        const char *properties;
        const char *field;
        const char *words;
    } cases[] = {
        {"null", "properties", "missing"},
        {"[]", "properties", "not an object"},
        {"{}", "properties.symbol", "missing"},
        {"{\"symbol\":7}", "properties.symbol", "not a text"},
        {"{\"symbol\":\"bw.bestaatniet\"}", "properties.symbol", "nl@1 has no"},
        {"{\"symbol\":\"nl@2/bw.ugs\"}", "properties.symbol", "no version 2"},
        {"{\"symbol\":\"nl@1/bw.bestaatniet\"}", "properties.symbol", "bestaatniet"},
        {"{\"symbol\":\"xx@1/bw.ugs\"}", "properties.symbol", ""},
        {"{\"symbol\":\"nl@1/bw.ugs;st=broken\"}", "properties.symbol", "broken"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"texts\":\"UGS\"}", "properties.texts", "not an object"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"texts\":{\"n\":[]}}", "properties.texts.n", "not a text"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"texts\":{\"c\":\"many\"}}", "properties.texts", "count"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"texts\":{\"r\":\"a\\u001b[31mb\"}}", "properties.texts.r", "control"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"owner\":12}", "properties.owner", "not a text"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"source\":\"a\\nb\"}", "properties.source", "control"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"validFrom\":\"yesterday\"}", "properties.validFrom", "yesterday"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"validFrom\":\"2026-02-30T00:00:00Z\"}", "properties.validFrom", ""},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"validTo\":20260915}", "properties.validTo", "not a time"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"validFrom\":\"2026-09-15\",\"validTo\":\"2026-09-14\"}",
         "properties.validTo", "not after"},
        {"{\"symbol\":\"nl@1/a.pluim\",\"template\":7}", "properties.template.type", "plume"},
        {"{\"symbol\":\"nl@1/a.pluim\",\"template\":{\"type\":\"cube\"}}", "properties.template.type",
         "plume"},
        {"{\"symbol\":\"nl@1/a.zoek\",\"template\":{\"type\":\"corridor\",\"width\":500}}", "geometry",
         "LineString"},
        {"{\"symbol\":\"nl@1/"
         "a.vak\",\"template\":{\"type\":\"grid\",\"columns\":1.5,\"rows\":1,\"cellWidth\":1,"
         "\"cellHeight\":1}}",
         "properties.template", "whole"},
        {"{\"symbol\":\"nl@1/a.pluim\",\"template\":{\"type\":\"plume\",\"bearing\":1,\"opening\":30}}",
         "properties.template.length", "missing"},
        {"{\"symbol\":\"nl@1/a.pluim\",\"template\":{\"type\":\"plume\",\"bearing\":\"N\",\"opening\":30,"
         "\"length\":5}}",
         "properties.template.bearing", "not a number"},
        {"{\"symbol\":\"nl@1/a.pluim\",\"template\":{\"type\":\"plume\",\"bearing\":1,\"opening\":30,"
         "\"length\":1e9}}",
         "properties.template", "length"},
        {"{\"symbol\":\"nl@1/a.ringen\",\"template\":{\"type\":\"rings\",\"radii\":[]}}",
         "properties.template.radii", "1 to 8"},
        {"{\"symbol\":\"nl@1/a.ringen\",\"template\":{\"type\":\"rings\",\"radii\":[1,2,3,4,5,6,7,8,9]}}",
         "properties.template.radii", "1 to 8"},
        {"{\"symbol\":\"nl@1/bw.ugs\",\"template\":{\"type\":\"rings\",\"radii\":[100]}}", "geometry",
         "is a point"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_msg(!read_feature(POINT, cases[i].properties), "%s", cases[i].properties);
        ck_assert_msg(has_problem(PROBLEM_ERROR, cases[i].field, cases[i].words), "%s", cases[i].properties);
    }
}
END_TEST

START_TEST(a_code_without_a_set_is_of_the_one_that_the_plot_is_drawn_with)
{
    static const char ugs[] = "{\"symbol\":\"bw.ugs;st=planned\",\"texts\":{\"n\":\"Noord\"}}";
    ck_assert(read_feature(POINT, ugs));
    ck_assert_str_eq(list.items[0]->code.set, "nl");
    ck_assert_int_eq(list.items[0]->code.version, 1);
    scope.pin = (struct symbol_pin){.version = 0};
    ck_assert(!read_feature(POINT, ugs));
    ck_assert(has_problem(PROBLEM_ERROR, "properties.symbol", "the set"));
    scope.pin = (struct symbol_pin){"nl", 7};
    ck_assert(!read_feature(POINT, ugs));
    ck_assert(has_problem(PROBLEM_ERROR, "properties.symbol", "no version 7"));
}
END_TEST

START_TEST(what_the_symbol_does_not_accept_is_kept_and_warned_about)
{
    ck_assert(read_feature(POINT, "{\"symbol\":\"bw.ugs;rot=10\"}"));
    ck_assert(has_problem(PROBLEM_WARNING, "properties.symbol", "cannot be turned"));
    ck_assert_double_eq(list.items[0]->code.rotation_deg, 10);
    ck_assert(read_feature(POINT, "{\"symbol\":\"bw.ugs\",\"texts\":{\"h\":\"33/1203\"}}"));
    ck_assert(has_problem(PROBLEM_WARNING, "properties.symbol", "no hazard plate"));
    ck_assert_str_eq(list.items[0]->code.texts[SLOT_HAZARD], "33/1203");
}
END_TEST

START_TEST(all_mistakes_of_a_file_are_named_at_once_with_their_lines)
{
    static const char json[] =
        "{\"type\":\"FeatureCollection\",\"features\":[\n"
        "{\"type\":\"Feature\",\"id\":\"a\",\"geometry\":" POINT ",\"properties\":" UGS "},\n"
        "{\"type\":\"Feature\",\"id\":\"b\",\"geometry\":null,\"properties\":{\"symbol\":\"?\",\"validTo\":7}"
        "},\n"
        "{\"type\":\"Feature\",\"id\":\"a\",\"geometry\":" POINT ",\"properties\":" UGS "},\n"
        "7,\n{\"type\":\"Feature\",\"id\":\"b c\",\"geometry\":" POINT ",\"properties\":" UGS "}]}";
    ck_assert(!read_text(json));
    ck_assert(has_problem(PROBLEM_ERROR, "feature 2 ('b'): geometry", ""));
    ck_assert(has_problem(PROBLEM_ERROR, "feature 2 ('b'): properties.symbol", ""));
    ck_assert(has_problem(PROBLEM_ERROR, "feature 2 ('b'): properties.validTo", ""));
    ck_assert(has_problem(PROBLEM_ERROR, "feature 3 ('a'): id", "feature 1"));
    ck_assert(has_problem(PROBLEM_ERROR, "feature 4", "not JSON"));
    ck_assert(has_problem(PROBLEM_ERROR, "feature 5: id", ""));
    ck_assert_uint_eq(problems.error_count, 6);
    ck_assert_int_eq(problems.items[0].line, 3);
    ck_assert_int_eq(problems.items[problems.count - 1].line, 6);
}
END_TEST

START_TEST(what_is_unknown_is_warned_about_once_for_each_name)
{
    static const char json[] =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"geometry\":" POINT
        ",\"properties\":{\"symbol\":\"nl@1/bw.ugs\",\"color\":1,\"x\":2}},"
        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[4,52,7]},\"properties\":"
        "{\"symbol\":\"nl@1/bw.ugs\",\"color\":\"red\"}}]}";
    ck_assert(read_text(json));
    ck_assert_uint_eq(problems.count, 4);
    ck_assert(has_problem(PROBLEM_WARNING, "properties.color", "unknown"));
    ck_assert(has_problem(PROBLEM_WARNING, "properties.x", "unknown"));
    ck_assert(has_problem(PROBLEM_WARNING, "coordinates", "heights"));
    ck_assert(has_problem(PROBLEM_WARNING, "properties.owner", "missing"));
}
END_TEST

START_TEST(features_without_an_owner_are_counted)
{
    static const char json[] =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "\n{\"type\":\"Feature\",\"geometry\":" POINT ",\"properties\":" UGS "},"
        "\n{\"type\":\"Feature\",\"geometry\":" POINT ",\"properties\":{\"symbol\":\"nl@1/bw.ugs\"}},"
        "\n{\"type\":\"Feature\",\"geometry\":" POINT
        ",\"properties\":{\"symbol\":\"nl@1/bw.ugs\",\"owner\":\"\"}},"
        "\n{\"type\":\"Feature\",\"geometry\":" POINT ",\"properties\":{\"symbol\":\"nl@1/bw.ugs\"}}]}";
    ck_assert(read_text(json));
    ck_assert_uint_eq(problems.count, 1);
    ck_assert(has_problem(PROBLEM_WARNING, "feature 2: properties.owner", "and in 2 more"));
    ck_assert_int_eq(problems.items[0].line, 3);
}
END_TEST

START_TEST(what_a_symbol_does_not_show_is_a_warning)
{
    ck_assert(read_feature(POINT, "{\"symbol\":\"nl@1/bw.ugs\"," OWNED ",\"texts\":{\"h\":\"33/1203\"}}"));
    ck_assert(has_problem(PROBLEM_WARNING, "feature 1 ('x'): properties.symbol", "hazard"));
    ck_assert_str_eq(list.items[0]->code.texts[SLOT_HAZARD], "33/1203");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("geojson");
    TCase *good = tcase_create("geojson");
    tcase_set_timeout(good, 60);
    tcase_add_checked_fixture(good, set_up, tear_down);
    tcase_add_test(good, every_kind_of_geometry_is_read_and_written_back_as_the_same_bytes);
    tcase_add_test(good, a_collection_that_was_written_reads_as_equal_features);
    tcase_add_test(good, texts_may_stand_in_the_code_and_in_texts_which_wins);
    tcase_add_test(good, rings_are_turned_as_rfc_7946_wants_them);
    tcase_add_test(good, a_feature_without_id_gets_the_same_id_each_time_and_twins_differ);
    tcase_add_test(good, a_single_feature_and_a_byte_order_mark_are_read);
    tcase_add_test(good, every_mistake_of_a_geometry_is_named);
    tcase_add_test(good, every_mistake_of_the_properties_is_named);
    tcase_add_test(good, all_mistakes_of_a_file_are_named_at_once_with_their_lines);
    tcase_add_test(good, a_code_without_a_set_is_of_the_one_that_the_plot_is_drawn_with);
    tcase_add_test(good, what_the_symbol_does_not_accept_is_kept_and_warned_about);
    tcase_add_test(good, what_is_unknown_is_warned_about_once_for_each_name);
    tcase_add_test(good, features_without_an_owner_are_counted);
    tcase_add_test(good, what_a_symbol_does_not_show_is_a_warning);
    suite_add_tcase(suite, good);
    return suite;
}
