/* Features over HTTP: conditions, broken bodies, long lists. */
#include "data/change.h"
#include "data/feature.h"
#include "data/plot.h"
#include "data/store.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "symbology/symbol_code.h"
#include "tests/service/running_service.h"

static struct running_service service;

static void start(void)
{
    service = service_prepare("");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

#define FEATURES "/plots/exercise/features"

static const char *send_json(const char *line, const char *condition, const char *body)
{
    char headers[300];
    snprintf(headers, sizeof(headers), "Content-Type: application/geo+json\r\nContent-Length: %zu\r\n%s",
             strlen(body), condition);
    return service_ask(&service, line, headers, body);
}

static const char fire[] = "{\"type\":\"Feature\",\"properties\":{\"symbol\":\"nl@1/inc.brand\",\"owner\":"
                           "\"Test\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}}";

START_TEST(a_change_needs_the_version_that_it_replaces)
{
    static const char line[] = "PUT " FEATURES "/one";
    char condition[120];
    const char *answer = send_json(line, "If-None-Match: *\r\n", fire);
    ck_assert_int_eq(status_of(answer), 201);
    snprintf(condition, sizeof(condition), "If-Match: %s\r\n", header_of(answer, "ETag"));
    ck_assert_int_eq(status_of(send_json(line, "If-None-Match: *\r\n", fire)), 412);
    ck_assert_int_eq(status_of(send_json(line, "", fire)), 428);
    ck_assert_int_eq(status_of(send_json(line, "If-Match: \"999\"\r\n", fire)), 412);
    ck_assert_int_eq(status_of(send_json(line, "If-Match: W/\"1\"\r\n", fire)), 412);
    ck_assert_int_eq(status_of(send_json(line, "If-Match: \"18446744073709551615\"\r\n", fire)), 412);
    ck_assert_int_eq(status_of(send_json(line, condition, fire)), 200);
    ck_assert_int_eq(status_of(send_json(line, condition, fire)), 412);
    ck_assert_int_eq(status_of(send_json(line, "If-Match: *\r\n", fire)), 200);
    answer = service_ask(&service, "DELETE " FEATURES "/one", "If-Match: *\r\n", "");
    ck_assert_int_eq(status_of(answer), 204);
    ck_assert_str_eq(header_of(answer, "Content-Type"), "");
    ck_assert_str_eq(header_of(answer, "Content-Length"), "");
    ck_assert_int_eq(status_of(send_json(line, "If-Match: *\r\n", fire)), 412);
}
END_TEST

START_TEST(a_broken_body_changes_nothing_and_says_what_is_wrong)
{
    static const char *const bodies[] = {"",
                                         "{",
                                         "[]",
                                         "{\"type\":\"Feature\"}",
                                         "{\"type\":\"Feature\",\"id\":\"other\",\"properties\":{\"symbol\":"
                                         "\"nl@1/inc.brand\",\"owner\":\"T\"},"
                                         "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}}",
                                         "{\"type\":\"FeatureCollection\",\"features\":[]}"};
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        const char *answer = send_json("PUT " FEATURES "/two", "If-None-Match: *\r\n", bodies[i]);
        ck_assert_msg(status_of(answer) == 400, "body %zu: %.200s", i, answer);
        ck_assert_str_eq(header_of(answer, "Content-Type"), "application/problem+json");
    }
    ck_assert_int_eq(service_status(&service, "GET " FEATURES "/two"), 404);
}
END_TEST

#define POINT_WITH(symbol)                                                                                   \
    "{\"type\":\"Feature\",\"properties\":{\"symbol\":\"" symbol "\",\"owner\":\"T\"},"                      \
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}}"

START_TEST(a_code_without_a_set_is_of_the_set_of_the_plot)
{
    static const char line[] = "PUT " FEATURES "/three";
    const char *answer = send_json(line, "If-None-Match: *\r\n", POINT_WITH("inc.brand;rot=5"));
    ck_assert_int_eq(status_of(answer), 201);
    ck_assert_ptr_nonnull(strstr(answer, "cannot be turned")); /* a warning in the receipt */
    answer = service_ask(&service, "GET " FEATURES "/three", "", "");
    ck_assert_ptr_nonnull(strstr(answer, "\"nl@1/inc.brand;rot=5\""));
    answer = service_ask(&service, "GET /plots/exercise", "", "");
    ck_assert_ptr_nonnull(strstr(answer, "\"symbols\":\"nl@1\""));
    answer = service_ask(&service, "DELETE " FEATURES "/three", "If-Match: *\r\n", "");
    ck_assert_int_eq(status_of(answer), 204);
}
END_TEST

START_TEST(a_symbol_that_the_plot_cannot_have_is_a_named_fault)
{
    static const char *const bodies[][2] = {{POINT_WITH("nl@2/inc.brand"), "no version 2"},
                                            {POINT_WITH("be@1/inc.brand"), "no symbol set 'be'"},
                                            {POINT_WITH("inc.nergens"), "has no 'inc.nergens'"},
                                            {POINT_WITH("inc.brand;kleur=rood"), "is unknown"},
                                            {POINT_WITH("inc.brand;st=rood"), "must be present"}};
    for (int i = 0; i < 5; i++) {
        const char *answer = send_json("PUT " FEATURES "/four", "If-None-Match: *\r\n", bodies[i][0]);
        ck_assert_int_eq(status_of(answer), 400);
        ck_assert_msg(strstr(answer, bodies[i][1]), "%s", answer);
    }
    ck_assert_int_eq(service_status(&service, "GET " FEATURES "/four"), 404);
}
END_TEST

START_TEST(a_text_of_10000_characters_is_a_named_fault)
{
    static char body[12000];
    char text[10001];
    memset(text, 'x', 10000);
    text[10000] = '\0';
    snprintf(body, sizeof(body),
             "{\"type\":\"Feature\",\"properties\":{\"symbol\":\"inc.brand\",\"texts\":{\"n\":\"%s\"}},"
             "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}}",
             text);
    const char *answer = send_json("PUT " FEATURES "/five", "If-None-Match: *\r\n", body);
    ck_assert_int_eq(status_of(answer), 400);
    ck_assert_ptr_nonnull(strstr(answer, "properties.texts.n"));
}
END_TEST

/* A plot that is drawn with nl@1 and holds a symbol of nl@2 alone, as a migration leaves it. */
static void start_with_kept_symbol(void)
{
    char path[300];
    struct fault fault = {0};
    service = service_prepare("");
    snprintf(path, sizeof(path), "%s/nl-2", service.folder);
    ck_assert_int_eq(mkdir(path, 0700), 0);
    write_text(service.folder, "nl-2/set.yaml",
               "set: nl\nversion: 2\nextends: nl@1\ntitle: {nl: Twee}\n"
               "points: [{id: bw.drone, kind: unit, owner: fire, letters: DRO, name: {nl: Drone}},\n"
               "         {id: bw.robot, kind: unit, owner: fire, letters: ROB, name: {nl: Robot}}]\n");
    write_text(service.folder, "plottafel.yaml",
               "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\nsymbols: nl-2\n"
               "plots: [{name: exercise, title: Oefening, symbols: nl@1}]\n"
               "service: {port: 0, log: plain, writers: open, workers: 1}\n");
    snprintf(path, sizeof(path), "%s/plots.gpkg", service.folder);
    struct store *store = store_open(path, STORE_WRITER, &fault);
    struct plot_title title = {"exercise", "Oefening", "", false, {"nl", 1}};
    struct feature *drone = feature_new();
    drone->id = memory_copy_text("drone");
    drone->owner = memory_copy_text("T");
    drone->source = memory_copy_text("");
    drone->shape = shape_new(SHAPE_POINT);
    shape_add_part(drone->shape, &(struct point){4.6, 51.7}, 1, false);
    ck_assert(symbol_code_parse("nl@2/bw.drone", &drone->code, NULL));
    struct change change = {CHANGE_PUT, drone, NULL, 0};
    uint64_t revision;
    ck_assert_msg(store && store_put_plot(store, &title, &fault) &&
                      store_commit(store, "exercise", &change, 1, 1000, &revision, &fault),
                  "%s", fault.message);
    change_finish(&change);
    store_close(store);
    service_start(&service);
    service_wait_ready(&service);
}

START_TEST(a_feature_keeps_its_symbol_of_another_version_and_no_other_gets_one)
{
    static const char line[] = "PUT " FEATURES "/drone";
    ck_assert_int_eq(status_of(send_json(line, "If-Match: *\r\n", POINT_WITH("nl@2/bw.drone"))), 200);
    const char *answer = send_json(line, "If-Match: *\r\n", POINT_WITH("nl@2/bw.drone;st=ended"));
    ck_assert_int_eq(status_of(answer), 200);
    answer = send_json(line, "If-Match: *\r\n", POINT_WITH("nl@2/bw.robot"));
    ck_assert_int_eq(status_of(answer), 400);
    ck_assert_ptr_nonnull(strstr(answer, "drawn with nl@1"));
    answer = send_json("PUT " FEATURES "/new", "If-None-Match: *\r\n", POINT_WITH("nl@2/bw.drone"));
    ck_assert_int_eq(status_of(answer), 400);
    answer = send_json("POST " FEATURES, "", POINT_WITH("nl@2/bw.drone"));
    ck_assert_int_eq(status_of(answer), 400);
    ck_assert_int_eq(status_of(send_json(line, "If-Match: *\r\n", POINT_WITH("bw.ugs"))), 200);
    answer = send_json(line, "If-Match: *\r\n", POINT_WITH("nl@2/bw.drone")); /* it has moved on */
    ck_assert_int_eq(status_of(answer), 400);
}
END_TEST

/** Adds points f0 … in one commit; the status. */
static int add_points(int count)
{
    static char body[160000];
    size_t length = (size_t)snprintf(body, sizeof(body), "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < count; i++) {
        length += (size_t)snprintf(body + length, sizeof(body) - length,
                                   "%s{\"type\":\"Feature\",\"id\":\"f%d\",\"properties\":{\"symbol\":"
                                   "\"nl@1/inc.brand\"},\"geometry\":{\"type\":\"Point\",\"coordinates\":"
                                   "[4.6,51.%d]}}",
                                   i ? "," : "", i, 100 + i % 800);
    }
    snprintf(body + length, sizeof(body) - length, "]}");
    return status_of(send_json("POST " FEATURES, "", body));
}

START_TEST(a_long_list_is_as_whole_as_a_short_one)
{
    ck_assert_int_eq(add_points(1100), 200);
    const char *answer = service_ask(&service, "GET " FEATURES, "", "");
    ck_assert_int_eq(status_of(answer), 200);
    ck_assert_ptr_nonnull(strstr(answer, "\"numberMatched\":1100,\"numberReturned\":1100"));
    ck_assert_ptr_nonnull(strstr(answer, "\"f0\""));
    ck_assert_ptr_nonnull(strstr(answer, "\"f1099\""));
    answer = service_ask(&service, "GET " FEATURES "?limit=2", "", "");
    ck_assert_ptr_nonnull(strstr(answer, "\"numberMatched\":1100,\"numberReturned\":2"));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("features");
    TCase *tests = tcase_create("features");
    tcase_set_timeout(tests, 60);
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_add_test(tests, a_change_needs_the_version_that_it_replaces);
    tcase_add_test(tests, a_broken_body_changes_nothing_and_says_what_is_wrong);
    tcase_add_test(tests, a_code_without_a_set_is_of_the_set_of_the_plot);
    tcase_add_test(tests, a_symbol_that_the_plot_cannot_have_is_a_named_fault);
    tcase_add_test(tests, a_text_of_10000_characters_is_a_named_fault);
    tcase_add_test(tests, a_long_list_is_as_whole_as_a_short_one);
    suite_add_tcase(suite, tests);
    TCase *kept = tcase_create("kept symbols");
    tcase_set_timeout(kept, 60);
    tcase_add_unchecked_fixture(kept, start_with_kept_symbol, stop);
    tcase_add_test(kept, a_feature_keeps_its_symbol_of_another_version_and_no_other_gets_one);
    suite_add_tcase(suite, kept);
    return suite;
}
