/* Briefings over OGC API Processes, by the real service: asked for, followed, fetched, stopped; and a layer
 * that hangs. */
#include <sys/stat.h>

#include "render/report.h"
#include "tests/service/job_client.h"

static void prepare(void)
{
    service = service_prepare("deadline_ms: 6000, briefing_deadline_ms: 5000, quarantine_ms: 0");
    write_text(
        service.folder, "land.geojson",
        "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{},"
        "\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[4.3,51.6],[4.6,51.6],[4.7,51.8],[4.3,51.8],"
        "[4.3,51.6]]]}}]}\n");
    write_text(service.folder, "catalogue.yaml",
               "layers:\n"
               "  - {id: land, title: Land, kind: vector, driver: GeoJSON, path: land.geojson, credit: T,\n"
               "     style: {rules: [{fill: \"#F7F4EC\"}]}}\n"
               "  - {id: pipe, title: Pipe, kind: vector, driver: GeoJSON, path: pipe.geojson, credit: T,\n"
               "     style: {rules: [{fill: \"#F7F4EC\"}]}}\n");
    write_text(service.folder, "maps.yaml",
               "maps:\n"
               "  - id: situation\n    title: Situatie\n    extent: [4.4, 51.6, 4.8, 51.8]\n"
               "    items: [{layer: land}, {plot: exercise}]\n"
               "    areas: [{id: haven, title: {nl: Haven}, bbox: [4.55, 51.67, 4.63, 51.71]}]\n"
               "  - id: broken\n    title: Stuk\n    extent: [4.4, 51.6, 4.8, 51.8]\n"
               "    items: [{layer: pipe}, {plot: exercise}]\n");
    char path[300];
    snprintf(path, sizeof(path), "%s/pipe.geojson", service.folder);
    ck_assert_int_eq(mkfifo(path, 0600), 0); /* whoever reads it waits for a writer that never comes */
}

static void start(void)
{
    prepare();
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

START_TEST(the_process_is_described_and_conformance_declared)
{
    json_t *landing = ask_json("GET /?f=json", "", 200);
    json_t *classes = ask_json("GET /conformance", "", 200);
    json_t *list = ask_json("GET /processes", "", 200);
    json_t *process = ask_json("GET /processes/briefing", "", 200);
    const json_t *inputs = json_object_get(process, "inputs");
    ck_assert_uint_gt(json_array_size(json_object_get(landing, "links")), 4);
    ck_assert_uint_ge(json_array_size(json_object_get(classes, "conformsTo")), 8);
    ck_assert_str_eq(text_of(json_array_get(json_object_get(list, "processes"), 0), "id"), "briefing");
    const char *name;
    json_t *input;
    ck_assert_uint_ge(json_object_size(inputs), 15);
    json_object_foreach((json_t *)(uintptr_t)inputs, name, input)
    {
        ck_assert_msg(json_is_object(json_object_get(input, "schema")), "%s", name);
        ck_assert_msg(*text_of(input, "title"), "%s", name);
    }
    json_decref(landing);
    json_decref(classes);
    json_decref(list);
    json_decref(process);
}
END_TEST

START_TEST(all_that_takes_a_body_is_described_with_it)
{
    json_t *description = ask_json("GET /openapi.json", "", 200);
    const char *path;
    const char *method;
    json_t *operations;
    json_t *operation;
    json_object_foreach(json_object_get(description, "paths"), path, operations)
    {
        json_object_foreach(operations, method, operation)
        {
            bool takes_body = strcmp(method, "post") == 0 || strcmp(method, "put") == 0;
            const json_t *content = json_object_get(json_object_get(operation, "requestBody"), "content");
            ck_assert_msg((json_object_size(content) > 0) == takes_body, "%s %s", method, path);
        }
    }
    json_decref(description);
}
END_TEST

START_TEST(every_kind_of_note_is_described)
{
    json_t *description = ask_json("GET /openapi.json", "", 200);
    const json_t *notes =
        json_object_get(json_object_get(json_object_get(description, "components"), "headers"), "Notes");
    const char *text = text_of(notes, "description");
    for (int kind = 0; kind < REPORT_KIND_COUNT; kind++) {
        char name[64];
        snprintf(name, sizeof(name), " %s", report_kind_name((enum report_kind)kind));
        ck_assert_msg(strstr(text, name) != NULL, "%s", name);
    }
    json_decref(description);
}
END_TEST

START_TEST(what_lies_outside_the_map_is_a_note_of_its_own)
{
    json_decref(
        ask_json("POST /plots/exercise/features",
                 "{\"type\":\"Feature\",\"id\":\"ver\",\"geometry\":{\"type\":\"Point\",\"coordinates\":"
                 "[4.75,51.75]},\"properties\":{\"symbol\":\"inc.brand\"}}",
                 201));
    char *answer =
        ask("POST /briefings/preview", "",
            "{\"inputs\":{\"map\":\"situation\",\"center\":[93000,411500],\"scale\":5000,\"paper\":\"A5\"}}");
    ck_assert_msg(status_of(answer) == 200, "%s", answer);
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Plottafel-Notes"), "outside;map=\"situation\""));
    free(answer);
}
END_TEST

START_TEST(a_briefing_is_a_job_from_order_to_document)
{
    char id[40];
    order("\"map\":\"situation\"," CENTER ",\"organisation\":\"Brandweer\"", id);
    json_t *job = wait_until(id, "successful", 10000);
    ck_assert_int_eq(json_integer_value(json_object_get(job, "progress")), 100);
    ck_assert_str_eq(text_of(job, "processID"), "briefing");
    ck_assert_str_eq(text_of(job, "type"), "process");
    ck_assert_str_eq(text_of(job, "organisation"), "Brandweer");
    static const char *const times[] = {"created", "started", "finished", "updated"};
    for (int i = 0; i < 4; i++) {
        ck_assert_uint_ge(strlen(text_of(job, times[i])), 20);
    }
    char *answer = results(id, 200);
    ck_assert_str_eq(header_of(answer, "Content-Type"), "application/pdf");
    ck_assert_str_eq(header_of(answer, "Plottafel-Briefing"), "kept");
    ck_assert_ptr_nonnull(strstr(answer, "\r\n\r\n%PDF-"));
    ck_assert_msg(strncmp(header_of(answer, "ETag") + 1, text_of(job, "sha256"), 32) == 0, "%s", answer);
    free(answer);
    json_decref(job);
}
END_TEST

START_TEST(asked_to_wait_the_answer_is_the_document)
{
    char *answer = ask(EXECUTE, "Prefer: respond-sync\r\n",
                       "{\"inputs\":{\"map\":\"situation\",\"area\":\"haven\",\"format\":\"svg\"}}");
    ck_assert_msg(status_of(answer) == 200, "%s", answer);
    ck_assert_str_eq(header_of(answer, "Content-Type"), "application/zip");
    free(answer);
    answer = ask(EXECUTE, "Prefer: wait=5\r\n",
                 "{\"inputs\":{\"map\":\"situation\"},\"response\":\"document\","
                 "\"outputs\":{\"briefing\":{\"format\":{\"mediaType\":\"image/png\"}}}}");
    ck_assert_msg(status_of(answer) == 200, "%s", answer);
    json_t *list = body_of(answer);
    ck_assert_str_eq(text_of(json_object_get(list, "briefing"), "type"), "application/zip");
    ck_assert_ptr_nonnull(strstr(text_of(json_object_get(list, "briefing"), "href"), "/results/briefing"));
    json_decref(list);
    free(answer);
}
END_TEST

START_TEST(who_waits_for_too_long_a_job_gets_the_job)
{
    char hanging[40];
    order_hanging(hanging);
    char *answer = ask(EXECUTE, "Prefer: wait=1\r\n", "{\"inputs\":{\"map\":\"situation\"," CENTER "}}");
    ck_assert_msg(status_of(answer) == 201, "%s", answer);
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Location"), "/jobs/"));
    ck_assert_str_eq(header_of(answer, "Preference-Applied"), ""); /* nobody preferred a job */
    json_t *job = body_of(answer);
    json_decref(wait_until(text_of(job, "jobID"), "successful", 8000));
    json_decref(job);
    free(answer);
}
END_TEST

START_TEST(twenty_mistakes_are_named_at_once)
{
    json_t *problem = ask_json(
        EXECUTE,
        "{\"inputs\":{\"map\":\"nope\",\"area\":3,\"paper\":\"B4\",\"landscape\":1,\"crs\":1,\"center\":[1],"
        "\"scale\":1,\"bbox\":[3,2,1,0],\"asOf\":\"x\",\"revisions\":[0],\"language\":\"xx\",\"palette\":"
        "\"p\","
        "\"title\":5,\"format\":\"doc\",\"dpi\":1,\"organisation\":[],\"foo\":1,\"mapp\":2},"
        "\"outputs\":{\"x\":{}},\"response\":\"r\",\"bar\":1}",
        400);
    const json_t *errors = json_object_get(problem, "errors");
    ck_assert_uint_ge(json_array_size(errors), 20);
    bool has_paper = false;
    for (size_t i = 0; i < json_array_size(errors); i++) {
        has_paper = has_paper || strcmp(text_of(json_array_get(errors, i), "field"), "inputs.paper") == 0;
    }
    ck_assert(has_paper);
    json_decref(problem);
}
END_TEST

struct refusal {
    const char *line;
    const char *body;
    int status;
    const char *said;
};

static const struct refusal refusals[] = {
    {"GET /processes/nope", "", 404, "1.0/no-such-process"},
    {"POST /processes/nope/execution", "{}", 404, "1.0/no-such-process"},
    {"GET /jobs/01M80XS460T2ZB58TAYDV7RBJS", "", 404, "1.0/no-such-job"},
    {"GET /jobs/01M80XS460T2ZB58TAYDV7RBJS/results", "", 404, "1.0/no-such-job"},
    {"DELETE /jobs/01M80XS460T2ZB58TAYDV7RBJS", "", 404, "1.0/no-such-job"},
    {"GET /jobs/%20%27--", "", 404, "1.0/no-such-job"},
    {"GET /jobs?limit=0", "", 400, "limit"},
    {"GET /jobs?status=done", "", 400, "status"},
    {"GET /jobs?datetime=today", "", 400, "datetime"},
    {"GET /jobs?foo=1", "", 400, "foo"},
    {EXECUTE, "[]", 400, "no JSON object"},
    {EXECUTE, "{", 400, "no JSON object"},
    {EXECUTE, "{}", 400, "inputs"},
    {EXECUTE, "{\"inputs\":{\"map\":\"situation\",\"paper\":\"A0\",\"dpi\":600}}", 422, "558 million dots"},
    {EXECUTE, "{\"inputs\":{\"map\":\"situation\",\"center\":[1,2]}}", 400, "center needs it"},
    {EXECUTE, "{\"inputs\":{\"map\":\"situation\",\"area\":\"nope\"}}", 400, "it has: haven"},
    {EXECUTE, "{\"inputs\":{\"map\":\"situation\",\"revisions\":[99]}}", 400, "beyond the latest"},
    {EXECUTE,
     "{\"inputs\":{\"map\":\"situation\"},\"outputs\":{\"briefing\":{\"transmissionMode\":\"reference\"}}}",
     400, "transmissionMode"},
};

START_TEST(what_cannot_be_is_refused_by_the_types_of_the_standard)
{
    const struct refusal *refusal = &refusals[_i];
    char *answer = ask(refusal->line, "", refusal->body);
    ck_assert_msg(status_of(answer) == refusal->status, "%s", answer);
    ck_assert_str_eq(header_of(answer, "Content-Type"), "application/problem+json");
    ck_assert_msg(strstr(answer, refusal->said) != NULL, "%s", answer);
    free(answer);
}
END_TEST

START_TEST(a_frame_nowhere_fails_with_its_reason_and_so_do_its_results)
{
    char id[40];
    order("\"map\":\"situation\",\"center\":[9000000,411500],\"scale\":25000", id);
    json_t *job = wait_until(id, "failed", 10000);
    ck_assert_ptr_nonnull(strstr(text_of(job, "message"), "outside"));
    json_decref(job);
    char *answer = results(id, 404);
    ck_assert_ptr_nonnull(strstr(answer, "outside"));
    free(answer);
}
END_TEST

static bool is_gone(long pid)
{
    char path[60];
    snprintf(path, sizeof(path), "/proc/%ld", pid);
    return access(path, F_OK) != 0;
}

START_TEST(a_dismissed_job_frees_its_worker_and_tiles_go_on)
{
    char id[40];
    char line[100];
    long worker = order_hanging(id);
    ck_assert_int_eq(service_status(&service, "GET /xyz/situation/WebMercatorQuad/11/1050/690.png"), 200);
    snprintf(line, sizeof(line), "DELETE /jobs/%s", id);
    int64_t began_ms = monotonic_now_ms();
    json_t *job = ask_json(line, "", 200);
    ck_assert_str_eq(text_of(job, "status"), "dismissed");
    json_decref(job);
    while (!is_gone(worker) && monotonic_now_ms() - began_ms < 3000) {
        pause_ms(10);
    }
    ck_assert(is_gone(worker));
    for (int i = 0; i < 5; i++) {
        snprintf(line, sizeof(line), "GET /xyz/situation/WebMercatorQuad/12/%d/1380.png", 2100 + i);
        ck_assert_int_eq(service_status(&service, line), 200);
    }
    json_decref(wait_until(id, "dismissed", 100));
    free(results(id, 404));
    order("\"map\":\"situation\"," CENTER, id);
    json_decref(wait_until(id, "successful", 10000));
}
END_TEST

START_TEST(a_worker_that_hangs_fails_the_job_within_its_deadline)
{
    char id[40];
    order_hanging(id);
    int64_t began_ms = monotonic_now_ms();
    json_t *job = wait_until(id, "failed", 12000);
    ck_assert_int_lt(monotonic_now_ms() - began_ms, 7500);
    ck_assert_ptr_nonnull(strstr(text_of(job, "message"), "longer than it may"));
    json_decref(job);
    free(results(id, 503));
}
END_TEST

START_TEST(a_layer_that_cannot_be_read_is_named_and_the_rest_is_made)
{
    char id[40];
    order("\"map\":\"broken\"," CENTER, id);
    json_t *job = wait_until(id, "successful", 10000);
    const json_t *note = json_array_get(json_object_get(job, "notes"), 0);
    ck_assert_str_eq(text_of(note, "kind"), "layer-failed");
    ck_assert_str_eq(text_of(note, "subject"), "pipe");
    json_decref(job);
    char *answer = results(id, 200);
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Plottafel-Notes"), "layer=\"pipe\""));
    free(answer);
}
END_TEST

START_TEST(who_waits_is_told_his_place_and_may_leave)
{
    char first[40];
    char second[40];
    char third[40];
    char line[100];
    order_hanging(first);
    order("\"map\":\"situation\"," CENTER ",\"organisation\":\"A\"", second);
    order("\"map\":\"situation\"," CENTER ",\"organisation\":\"B\"", third);
    json_t *job = status(third);
    ck_assert_str_eq(text_of(job, "status"), "accepted");
    ck_assert_int_eq(json_integer_value(json_object_get(job, "position")), 2);
    ck_assert_ptr_nonnull(strstr(text_of(job, "message"), "place 2"));
    json_decref(job);
    char *early = results(third, 404);
    ck_assert_ptr_nonnull(strstr(early, "1.0/result-not-ready"));
    free(early);
    snprintf(line, sizeof(line), "DELETE /jobs/%s", second);
    json_decref(ask_json(line, "", 200));
    job = status(third);
    ck_assert_int_eq(json_integer_value(json_object_get(job, "position")), 1);
    json_decref(job);
    snprintf(line, sizeof(line), "DELETE /jobs/%s", first);
    json_decref(ask_json(line, "", 200));
    json_decref(wait_until(third, "successful", 10000));
}
END_TEST

START_TEST(a_document_that_is_gone_is_made_again_byte_for_byte)
{
    char id[40];
    char path[400];
    order("\"map\":\"situation\"," CENTER ",\"format\":\"svg\"", id);
    json_decref(wait_until(id, "successful", 10000));
    char *kept = document_of(id, "kept");
    snprintf(path, sizeof(path), "%s/briefings/%s.zip", service.folder, id);
    ck_assert_int_eq(unlink(path), 0);
    /* what has changed since does not count: it is of that revision */
    free(ask("PUT /plots/exercise/features/new", "",
             "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.69]},"
             "\"properties\":{\"symbol\":\"nl@1/bw.ugs\",\"owner\":\"Brandweer\"}}"));
    char *again = document_of(id, "again");
    ck_assert_str_eq(strstr(kept, "\r\n\r\n"), strstr(again, "\r\n\r\n"));
    ck_assert_str_eq(header_of(again, "Plottafel-Differs"), "");
    ck_assert_int_eq(access(path, F_OK), 0); /* and kept once more */
    free(kept);
    free(again);
}
END_TEST

START_TEST(jobs_are_listed_by_what_is_asked_and_page_by_page)
{
    char id[40];
    order("\"map\":\"situation\"," CENTER ",\"organisation\":\"GHOR\"", id);
    json_decref(wait_until(id, "successful", 10000));
    json_t *list = ask_json("GET /jobs?organisation=GHOR&status=successful&map=situation", "", 200);
    const json_t *jobs = json_object_get(list, "jobs");
    ck_assert_uint_eq(json_array_size(jobs), 1);
    ck_assert_str_eq(text_of(json_array_get(jobs, 0), "jobID"), id);
    json_decref(list);
    list = ask_json("GET /jobs?limit=1&status=successful,failed", "", 200);
    json_t *link = json_array_get(json_object_get(list, "links"), 1);
    ck_assert_str_eq(text_of(link, "rel"), "next");
    ck_assert_ptr_nonnull(strstr(text_of(link, "href"), "&limit=1&status=successful,failed"));
    json_decref(list);
    list = ask_json("GET /jobs?processID=other", "", 200);
    ck_assert_uint_eq(json_array_size(json_object_get(list, "jobs")), 0);
    json_decref(list);
    list = ask_json("GET /jobs?datetime=../2020-01-01T00:00:00Z", "", 200);
    ck_assert_uint_eq(json_array_size(json_object_get(list, "jobs")), 0);
    json_decref(list);
}
END_TEST

START_TEST(what_is_still_to_come_is_nothing_to_compare_with)
{
    char *answer = ask("POST /briefings/preview", "",
                       "{\"inputs\":{\"map\":\"situation\"," CENTER ",\"since\":\"2999-01-01T00:00:00Z\"}}");
    ck_assert_msg(strncmp(answer, "HTTP/1.1 400", 12) == 0, "%s", answer);
    ck_assert_ptr_nonnull(strstr(answer, "lies in the future"));
    free(answer);
}
END_TEST

static bool is_said_to_be_first(const char *id)
{
    char line[100];
    json_decref(wait_until(id, "successful", 10000));
    snprintf(line, sizeof(line), "GET /jobs/%s", id);
    char *answer = ask(line, "", "");
    bool is_first = strstr(answer, "\"no-previous\"") != NULL;
    free(answer);
    return is_first;
}

START_TEST(that_there_is_no_previous_briefing_is_said)
{
    static const char inputs[] =
        "\"map\":\"situation\",\"center\":[102000,412500],\"scale\":20000,\"since\":\"previous\"";
    char first[40];
    char second[40];
    char preview[300];
    snprintf(preview, sizeof(preview), "{\"inputs\":{%s}}", inputs);
    char *answer = ask("POST /briefings/preview", "", preview);
    ck_assert_msg(strstr(header_of(answer, "Plottafel-Notes"), "no-previous") != NULL, "%s", answer);
    free(answer);
    order(inputs, first);
    ck_assert(is_said_to_be_first(first));
    order(inputs, second);
    ck_assert(!is_said_to_be_first(second));
}
END_TEST

static const char *const odd_titles[] = {"\\uFDD0",          "\\uFFFE\\uD83F\\uDFFF",
                                         "\\u202E\\u2028",   "\\u0001\\u001B[31m",
                                         "<plottafel:seal>", "<script>%s%n\\r\\nX: y"};

START_TEST(a_title_of_any_characters_is_printed)
{
    char inputs[300];
    char id[40];
    snprintf(inputs, sizeof(inputs), "\"map\":\"situation\"," CENTER ",\"title\":\"a%sz\"", odd_titles[_i]);
    order(inputs, id);
    json_decref(wait_until(id, "successful", 10000));
    char *answer = results(id, 200);
    ck_assert_str_eq(header_of(answer, "X"), "");
    free(answer);
}
END_TEST

START_TEST(a_preview_is_a_small_picture_that_nobody_keeps)
{
    json_t *before = ask_json("GET /jobs?limit=1000", "", 200);
    char *answer = ask("POST /briefings/preview", "",
                       "{\"inputs\":{\"map\":\"situation\"," CENTER ",\"format\":\"pdf\"}}");
    ck_assert_msg(status_of(answer) == 200, "%s", answer);
    ck_assert_ptr_nonnull(strstr(answer, "Content-Type: image/png"));
    free(answer);
    json_t *after = ask_json("GET /jobs?limit=1000", "", 200);
    ck_assert_uint_eq(json_array_size(json_object_get(after, "jobs")),
                      json_array_size(json_object_get(before, "jobs")));
    json_decref(before);
    json_decref(after);
    json_decref(ask_json("POST /briefings/preview", "{\"inputs\":{\"map\":\"nergens\"}}", 400));
}
END_TEST

START_TEST(after_kill_9_what_was_made_is_there_and_what_was_not_has_failed)
{
    char made[40];
    char hanging[40];
    order("\"map\":\"situation\"," CENTER, made);
    json_decref(wait_until(made, "successful", 10000));
    order_hanging(hanging);
    kill(service.pid, SIGKILL);
    service_wait(&service, 5000);
    service_start(&service);
    service_wait_ready(&service);
    json_t *job = wait_until(hanging, "failed", 3000);
    ck_assert_ptr_nonnull(strstr(text_of(job, "message"), "ended"));
    json_decref(job);
    free(document_of(made, "kept"));
}
END_TEST

START_TEST(a_service_that_stops_leaves_no_job_open)
{
    char running[40];
    char waiting[40];
    order_hanging(running);
    order("\"map\":\"situation\"," CENTER, waiting);
    service_stop(&service);
    service_start(&service);
    service_wait_ready(&service);
    json_decref(wait_until(running, "failed", 3000));
    json_decref(wait_until(waiting, "failed", 3000));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("processes");
    TCase *tests = tcase_create("processes");
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_add_test(tests, the_process_is_described_and_conformance_declared);
    tcase_add_test(tests, all_that_takes_a_body_is_described_with_it);
    tcase_add_test(tests, every_kind_of_note_is_described);
    tcase_add_test(tests, what_lies_outside_the_map_is_a_note_of_its_own);
    tcase_add_test(tests, a_briefing_is_a_job_from_order_to_document);
    tcase_add_test(tests, asked_to_wait_the_answer_is_the_document);
    tcase_add_test(tests, who_waits_for_too_long_a_job_gets_the_job);
    tcase_add_test(tests, twenty_mistakes_are_named_at_once);
    tcase_add_loop_test(tests, what_cannot_be_is_refused_by_the_types_of_the_standard, 0,
                        (int)(sizeof(refusals) / sizeof(refusals[0])));
    tcase_add_test(tests, a_frame_nowhere_fails_with_its_reason_and_so_do_its_results);
    tcase_add_test(tests, a_dismissed_job_frees_its_worker_and_tiles_go_on);
    tcase_add_test(tests, a_worker_that_hangs_fails_the_job_within_its_deadline);
    tcase_add_test(tests, a_layer_that_cannot_be_read_is_named_and_the_rest_is_made);
    tcase_add_test(tests, who_waits_is_told_his_place_and_may_leave);
    tcase_add_test(tests, a_document_that_is_gone_is_made_again_byte_for_byte);
    tcase_add_test(tests, jobs_are_listed_by_what_is_asked_and_page_by_page);
    tcase_add_test(tests, that_there_is_no_previous_briefing_is_said);
    tcase_add_test(tests, what_is_still_to_come_is_nothing_to_compare_with);
    tcase_add_loop_test(tests, a_title_of_any_characters_is_printed, 0,
                        (int)(sizeof(odd_titles) / sizeof(odd_titles[0])));
    tcase_add_test(tests, a_preview_is_a_small_picture_that_nobody_keeps);
    suite_add_tcase(suite, tests);
    TCase *ends = tcase_create("processes of a service that ends"); /* each test has a service of its own */
    tcase_set_timeout(ends, 120);
    tcase_add_checked_fixture(ends, start, stop);
    tcase_add_test(ends, after_kill_9_what_was_made_is_there_and_what_was_not_has_failed);
    tcase_add_test(ends, a_service_that_stops_leaves_no_job_open);
    suite_add_tcase(suite, ends);
    return suite;
}
