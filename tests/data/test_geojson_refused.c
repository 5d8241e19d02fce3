/*
 * test_geojson_refused.c - GeoJSON that is refused: broken, too deep, too large, and what others published as
 * bad.
 */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/geojson.h"
#include "geo/base/buffer.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/moment.h"
#include "geo/base/problems.h"
#include "tests/data/make_feature.h"
#include "tests/support/geojson_fixture.h"
#include "tests/support/runner.h"

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
