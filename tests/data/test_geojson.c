/*
 * test_geojson.c - what is written is read again; what is wrong is named, all of it; hostile files do no
 * harm.
 */
#include "data/geojson.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/feature.h"
#include "geo/base/buffer.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "geo/shape.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_pin.h"
#include "tests/data/make_feature.h"
#include "tests/support/runner.h"

static struct symbol_library *symbols;
static struct symbol_scope scope;
static struct problems problems;
static struct feature_list list;

static void set_up(void)
{
    struct problems set_problems;
    problems_init(&set_problems);
    symbols = symbol_library_new(&set_problems);
    ck_assert_ptr_nonnull(symbols);
    scope = (struct symbol_scope){.library = symbols, .pin = {"nl", 1}};
    problems_finish(&set_problems);
    problems_init(&problems);
}

static void tear_down(void)
{
    feature_list_finish(&list);
    problems_finish(&problems);
    symbol_library_free(symbols);
}

static bool read_bytes(const char *json, size_t length)
{
    feature_list_finish(&list);
    problems_finish(&problems);
    problems_init(&problems);
    bool is_good =
        geojson_read("test.geojson", json, length, geojson_limits_default(), &scope, &list, &problems);
    ck_assert_int_eq(is_good, problems.error_count == 0);
    ck_assert(is_good || list.count == 0);
    return is_good;
}

static bool read_text(const char *json)
{
    return read_bytes(json, strlen(json));
}

/* A collection of one feature with that geometry and those properties. */
static bool read_feature(const char *geometry, const char *properties)
{
    char *json = NULL;
    ck_assert_int_gt(
        asprintf(&json,
                 "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":\"x\","
                 "\"geometry\":%s,\"properties\":%s}]}",
                 geometry, properties),
        0);
    bool is_good = read_text(json);
    free(json);
    return is_good;
}

static bool has_problem(enum problem_level level, const char *field, const char *words)
{
    for (size_t i = 0; i < problems.count; i++) {
        const struct problem *problem = &problems.items[i];
        if (problem->level == level && strstr(problem->field, field) && strstr(problem->sentence, words)) {
            return true;
        }
    }
    problems_print(&problems, stdout);
    return false;
}

#define POINT "{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}"
#define SQUARE "[[4,51],[5,51],[5,52],[4,52],[4,51]]"
#define OWNED "\"owner\":\"VR\""
#define UGS "{\"symbol\":\"nl@1/bw.ugs\"," OWNED "}"
#define LINE "{\"symbol\":\"nl@1/l.afzetting\"," OWNED "}"
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

START_TEST(what_a_symbol_does_not_show_is_a_warning)
{
    ck_assert(read_feature(POINT, "{\"symbol\":\"nl@1/bw.ugs\"," OWNED ",\"texts\":{\"h\":\"33/1203\"}}"));
    ck_assert(has_problem(PROBLEM_WARNING, "feature 1 ('x'): properties.symbol", "hazard"));
    ck_assert_str_eq(list.items[0]->code.texts[SLOT_HAZARD], "33/1203");
}
END_TEST

START_TEST(a_document_that_is_no_collection_is_refused)
{
    static const struct {
        const char *json;
        const char *words;
    } cases[] = {
        {"", "begins with"},
        {"[]", "begins with"},
        {"{}", "FeatureCollection"},
        {POINT, "FeatureCollection"},
        {"{\"type\":\"FeatureCollection\"}", "missing"},
        {"{\"type\":\"FeatureCollection\",\"features\":{}}", "not a list"},
        {"{\"type\":\"FeatureCollection\",\"featur\\u0065s\":[{}]}", "not a list"},
        {"{\"type\":\"FeatureCollection\",\"features\":[],\"features\":[]}", "duplicate"},
        {"{\"type\":\"FeatureCollection\",\"features\":[]", "missing"},
        {"{\"type\":\"FeatureCollection\",\"features\":[]}}", "not JSON"},
        {"{\"type\":\"FeatureCollection\",\"features\":[],\"crs\":{\"type\":\"name\",\"properties\":"
         "{\"name\":\"urn:ogc:def:crs:EPSG::28992\"}}}",
         "28992"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        ck_assert_msg(!read_text(cases[i].json), "%s", cases[i].json);
        ck_assert_msg(has_problem(PROBLEM_ERROR, "", cases[i].words), "%s", cases[i].json);
    }
}
END_TEST

START_TEST(numbers_that_are_none_are_refused_by_name)
{
    static const char *const words[] = {"NaN", "Infinity", "-Infinity", "nan", "-inf"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        char geometry[80];
        snprintf(geometry, sizeof geometry, "{\"type\":\"Point\",\"coordinates\":[%s,51]}", words[i]);
        ck_assert(!read_feature(geometry, UGS));
        ck_assert(has_problem(PROBLEM_ERROR, "", words[i]));
        ck_assert_int_eq(problems.items[0].line, 2);
    }
    ck_assert(!read_feature("{\"type\":\"Point\",\"coordinates\":[1e999,51]}", UGS));
}
END_TEST

static bool read_repeated(const char *head, const char *middle, size_t count, const char *tail,
                          struct geojson_limits limits)
{
    struct buffer json;
    buffer_init(&json, 1 << 26);
    buffer_append_text(&json, head);
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(&json, middle);
    }
    buffer_append_text(&json, tail);
    feature_list_finish(&list);
    problems_finish(&problems);
    problems_init(&problems);
    bool is_good = geojson_read("body", json.bytes, json.length, limits, &scope, &list, &problems);
    buffer_finish(&json);
    return is_good;
}

START_TEST(too_deep_too_large_and_too_many_are_refused)
{
    struct geojson_limits limits = geojson_limits_default();
    ck_assert(!read_repeated("{\"a\":", "[", 100000, "", limits));
    ck_assert(has_problem(PROBLEM_ERROR, "", "deeper than"));
    ck_assert(!read_repeated("{\"a\":[0", ",[]", 1000000, "]}", limits));
    ck_assert(has_problem(PROBLEM_ERROR, "", "more than"));
    ck_assert(!read_repeated("{\"type\":\"FeatureCollection\",\"features\":[0", ",0", 1000001, "]}", limits));
    ck_assert(has_problem(PROBLEM_ERROR, "", "1000000 features"));
    limits.most_bytes = 1000;
    ck_assert(!read_repeated("{\"a\":\"", "x", 1000, "\"}", limits));
    ck_assert(has_problem(PROBLEM_ERROR, "", "larger than 1000 bytes"));
    limits = geojson_limits_default();
    limits.most_points = 1000;
    ck_assert(!read_repeated("{\"type\":\"Feature\",\"properties\":" LINE
                             ",\"geometry\":{\"type\":\"LineString\","
                             "\"coordinates\":[[4,51]",
                             ",[5,51],[4,51]", 500, "]}}", limits));
    ck_assert(has_problem(PROBLEM_ERROR, "geometry", "1000"));
}
END_TEST

/* Once each of them went through all the numbers of those before it. */
START_TEST(a_hundred_thousand_twins_take_no_more_than_a_moment)
{
    static const char twin[] = ",{\"type\":\"Feature\",\"geometry\":" POINT ",\"properties\":" UGS "}";
    int64_t start_ms = monotonic_now_ms();
    ck_assert(read_repeated("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"id\":1,"
                            "\"geometry\":" POINT ",\"properties\":" UGS "}",
                            twin, 100000, "]}", geojson_limits_default()));
    int64_t took_ms = monotonic_now_ms() - start_ms;
    printf("100,000 twins: %d ms\n", (int)took_ms);
    ck_assert_uint_eq(list.count, 100001);
    ck_assert_ptr_nonnull(strstr(list.items[100000]->id, "-100000"));
    ck_assert_int_lt(took_ms, 30000); /* 1.5 s, but sanitizers and busy machines are slow */
}
END_TEST

START_TEST(of_very_many_mistakes_all_are_counted)
{
    ck_assert(!read_repeated("{\"type\":\"FeatureCollection\",\"features\":[{}", ",{}", 4999, "]}",
                             geojson_limits_default()));
    ck_assert_uint_eq(problems.error_count, 5000);
}
END_TEST

/* Calls check for each file of a folder of the shared data; false when it is not there. */
static bool visit_files(const char *folder, void (*check)(const char *name, const char *bytes, size_t length))
{
    DIR *directory = opendir(folder);
    if (!directory) {
        return false;
    }
    struct dirent *entry;
    while ((entry = readdir(directory))) {
        char path[1024];
        size_t length;
        snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
        char *bytes = entry->d_name[0] == '.' ? NULL : file_read(path, 1 << 24, &length, NULL);
        if (bytes) {
            check(entry->d_name, bytes, length);
        }
        free(bytes);
    }
    closedir(directory);
    return true;
}

/* None of these files has symbols, so none is a plot: each is refused with a reason. */
static void check_refused(const char *name, const char *bytes, size_t length)
{
    bool is_empty_collection = strstr(bytes, "\"features\": []") != NULL;
    bool is_good = read_bytes(bytes, length);
    ck_assert_msg(!is_good || is_empty_collection, "%s", name);
    ck_assert_msg(is_good || problems.items[0].sentence[0], "%s", name);
}

START_TEST(each_bad_file_of_other_projects_is_refused_with_a_reason)
{
    char *folder = test_shared_data("bad/geojson");
    if (folder) {
        ck_assert(visit_files(folder, check_refused));
    }
    free(folder);
}
END_TEST

/* Reads the document as a member of a collection: "y_" must be let through, "n_" must not. */
static void check_as_member(const char *name, const char *bytes, size_t length)
{
    /* Valid JSON that is refused here on purpose: a NUL in a text, and a name that comes twice. */
    static const char *const refused[] = {"y_object_duplicated_key.json",
                                          "y_object_duplicated_key_and_value.json",
                                          "y_object_escaped_null_in_key.json", "y_string_null_escape.json"};
    bool is_refused = name[0] == 'n';
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++) {
        is_refused = is_refused || strcmp(name, refused[i]) == 0;
    }
    struct buffer json;
    buffer_init(&json, 1 << 24);
    buffer_append_text(&json, "{\"type\":\"FeatureCollection\",\"features\":[],\"member\":");
    buffer_append(&json, bytes, length);
    buffer_append_text(&json, "}");
    bool is_good = read_bytes(json.bytes, json.length);
    ck_assert_msg(name[0] == 'i' || is_good == !is_refused, "%s", name);
    buffer_finish(&json);
    read_bytes(bytes, length);
}

START_TEST(what_is_json_is_decided_as_the_json_test_suite_does)
{
    char *archive = test_shared_data("bad/JSONTestSuite.tar.gz");
    if (!archive) {
        return;
    }
    char *command = NULL;
    char *folder = NULL;
    ck_assert_int_gt(asprintf(&command, "tar -xzf '%s' -C '%s'", archive, test_folder()), 0);
    ck_assert_int_gt(asprintf(&folder, "%s/JSONTestSuite", test_folder()), 0);
    ck_assert_int_eq(system(command), 0);
    ck_assert(visit_files(folder, check_as_member));
    free(folder);
    free(command);
    free(archive);
}
END_TEST

START_TEST(a_document_cut_anywhere_is_refused)
{
    static const char json[] =
        "{\"type\":\"FeatureCollection\",\"features\":["
        "{\"type\":\"Feature\",\"geometry\":" POINT ",\"properties\":" UGS "}],\"a\":\"\\n\"}";
    for (size_t length = 0; length + 1 < sizeof json; length++) {
        char *cut = memory_copy_bytes(json, length);
        char *exact = memory_new(length, 1); /* without the NUL behind it, for the sanitizer */
        memcpy(exact, cut, length);
        ck_assert(!read_bytes(exact, length));
        free(exact);
        free(cut);
    }
    ck_assert(read_bytes(json, sizeof json - 1));
}
END_TEST

/* Each corridor is small, all together would keep the reader busy for long. */
START_TEST(corridors_of_many_points_in_all_are_refused_where_somebody_waits)
{
    struct buffer text;
    struct geojson_limits limits = geojson_limits_default();
    buffer_init(&text, 4 << 20);
    buffer_append_text(&text, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < 21; i++) {
        buffer_appendf(&text,
                       "%s{\"type\":\"Feature\",\"geometry\":{\"type\":\"LineString\",\"coordinates\":[",
                       i ? "," : "");
        for (int p = 0; p < 100; p++) {
            buffer_appendf(&text, "%s[%.4f,%.4f]", p ? "," : "", 4.5 + p * 0.001, 51.7 + i * 0.001);
        }
        buffer_append_text(&text, "]},\"properties\":{\"symbol\":\"nl@1/a.zoek\"," OWNED
                                  ",\"template\":{\"type\":\"corridor\",\"width\":100}}}");
    }
    buffer_append_text(&text, "]}");
    ck_assert(!read_text(text.bytes));
    ck_assert(has_problem(PROBLEM_ERROR, "properties.template", "2000"));
    limits.most_corridor_points = 2100;
    problems_finish(&problems);
    problems_init(&problems);
    ck_assert(geojson_read("test", text.bytes, text.length, limits, &scope, &list, &problems));
    ck_assert_uint_eq(list.count, 21);
    buffer_finish(&text);
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
    tcase_add_test(good, what_a_symbol_does_not_show_is_a_warning);
    tcase_add_test(good, a_document_that_is_no_collection_is_refused);
    tcase_add_test(good, numbers_that_are_none_are_refused_by_name);
    tcase_add_test(good, too_deep_too_large_and_too_many_are_refused);
    tcase_add_test(good, a_hundred_thousand_twins_take_no_more_than_a_moment);
    tcase_add_test(good, of_very_many_mistakes_all_are_counted);
    tcase_add_test(good, each_bad_file_of_other_projects_is_refused_with_a_reason);
    tcase_add_test(good, what_is_json_is_decided_as_the_json_test_suite_does);
    tcase_add_test(good, a_document_cut_anywhere_is_refused);
    tcase_add_test(good, corridors_of_many_points_in_all_are_refused_where_somebody_waits);
    suite_add_tcase(suite, good);
    return suite;
}
