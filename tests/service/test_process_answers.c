/* What an order is answered with: the document or the job, all pages or one, as OGC API Processes 1.0 and RFC
 * 7240 have it. */
#include <sys/stat.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "tests/service/job_client.h"

#define HAVEN "\"map\":\"situation\",\"paper\":\"A5\"," CENTER

static void start(void)
{
    service = service_prepare("deadline_ms: 15000");
    write_text(service.folder, "maps.yaml",
               "maps:\n"
               "  - id: situation\n    title: Situatie\n    extent: [4.4, 51.6, 4.8, 51.8]\n"
               "    items: [{plot: exercise}]\n");
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

/** Waits for the document of an order. Owned. */
static char *answer_to(const char *prefer, const char *inputs)
{
    char body[1000];
    snprintf(body, sizeof(body), "{\"inputs\":{%s}}", inputs);
    return ask(EXECUTE, prefer, body);
}

static void expect_header(const char *answer, const char *name, const char *value)
{
    ck_assert_msg(strcmp(header_of(answer, name), value) == 0, "%s: '%s', not '%s'", name,
                  header_of(answer, name), value);
}

START_TEST(both_ways_are_declared)
{
    json_t *list = ask_json("GET /processes", "", 200);
    json_t *process = ask_json("GET /processes/briefing", "", 200);
    const json_t *described[] = {json_array_get(json_object_get(list, "processes"), 0), process};
    for (int i = 0; i < 2; i++) {
        char *options = json_dumps(json_object_get(described[i], "jobControlOptions"), JSON_COMPACT);
        ck_assert_str_eq(options, "[\"sync-execute\",\"async-execute\",\"dismiss\"]");
        ck_assert(json_is_string(json_object_get(described[i], "version")));
        ck_assert_uint_gt(json_array_size(json_object_get(described[i], "links")), 0);
        free(options);
    }
    json_decref(list);
    json_decref(process);
}
END_TEST

/** OGC 18-062r2, 7.11.2: a process of both kinds is carried out at once unless something else is preferred.
 */
START_TEST(without_a_preference_the_answer_is_the_document)
{
    static const char *const preferences[] = {"", "Prefer: respond-sync\r\n", "Prefer: wait=12\r\n",
                                              "Prefer: respond-async, wait=12\r\n",
                                              "Prefer: wait=100000\r\n"};
    static const char *const applied[] = {"", "", "wait=12", "wait=12", "wait=100000"};
    char *answer = answer_to(preferences[_i], HAVEN);
    ck_assert_msg(status_of(answer) == 200, "%s", answer);
    expect_header(answer, "Content-Type", "application/pdf");
    expect_header(answer, "Preference-Applied", applied[_i]);
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Link"), "rel=\"monitor\""));
    free(answer);
}
END_TEST

START_TEST(who_prefers_the_job_gets_it_at_once)
{
    char *answer = answer_to("Prefer: Respond-Async\r\n", HAVEN);
    ck_assert_msg(status_of(answer) == 201, "%s", answer);
    expect_header(answer, "Preference-Applied", "respond-async");
    ck_assert_ptr_nonnull(strstr(header_of(answer, "Location"), "/jobs/"));
    json_t *job = body_of(answer);
    json_decref(wait_until(text_of(job, "jobID"), "successful", 15000));
    json_decref(job);
    free(answer);
}
END_TEST

/** The href of each link of a relation. */
static size_t count_links(const json_t *object, const char *relation, const char *type)
{
    size_t index;
    size_t count = 0;
    json_t *link;
    json_array_foreach(json_object_get(object, "links"), index, link)
    {
        count += strcmp(text_of(link, "rel"), relation) == 0 && strcmp(text_of(link, "type"), type) == 0;
    }
    return count;
}

static char *read_kept(const char *id, const char *ending, size_t *length)
{
    char path[400];
    struct fault fault = {0};
    snprintf(path, sizeof(path), "%s/briefings/%s.%s", service.folder, id, ending);
    char *bytes = file_read(path, 50u << 20, length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    ck_assert_int_eq(unlink(path), 0);
    return bytes;
}

START_TEST(pictures_of_several_pages_are_a_zip_and_each_page_has_an_address)
{
    static const char *const formats[] = {"png", "svg"};
    static const char *const types[] = {"image/png", "image/svg+xml"};
    char inputs[300];
    char id[40];
    char line[200];
    snprintf(inputs, sizeof(inputs), HAVEN ",\"format\":\"%s\"", formats[_i]);
    order(inputs, id);
    json_t *job = wait_until(id, "successful", 15000);
    int64_t pages = json_integer_value(json_object_get(job, "pages"));
    ck_assert_int_ge(pages, 2);
    ck_assert_uint_eq(count_links(job, "item", types[_i]), pages);
    json_decref(job);
    char *all = results(id, 200);
    expect_header(all, "Content-Type", "application/zip");
    ck_assert_ptr_nonnull(strstr(header_of(all, "Content-Disposition"), ".zip\""));
    ck_assert_int_eq(atoi(header_of(all, "Plottafel-Pages")), (int)pages);
    free(all);
    snprintf(line, sizeof(line), "GET /jobs/%s/results/briefing?page=2", id);
    char *second = ask(line, "", "");
    expect_header(second, "Content-Type", types[_i]);
    snprintf(line, sizeof(line), "-2.%s\"", formats[_i]);
    ck_assert_ptr_nonnull(strstr(header_of(second, "Content-Disposition"), line));
    free(second);
    snprintf(line, sizeof(line), "GET /jobs/%s/results?page=%d", id, (int)pages + 1);
    json_decref(ask_json(line, "", 404));
    json_decref(ask_json("GET /jobs?limit=5", "", 200));
    /* what has gone is made again, all of it */
    size_t kept_length;
    size_t again_length;
    char *kept = read_kept(id, "zip", &kept_length);
    char *made = results(id, 200);
    expect_header(made, "Plottafel-Briefing", "again");
    expect_header(made, "Plottafel-Differs", "");
    char *again = read_kept(id, "zip", &again_length);
    ck_assert_uint_eq(kept_length, again_length);
    ck_assert_mem_eq(kept, again, kept_length);
    free(made);
    free(kept);
    free(again);
}
END_TEST

START_TEST(a_pdf_is_not_cut_into_pages)
{
    char id[40];
    char line[200];
    order(HAVEN, id);
    json_decref(wait_until(id, "successful", 15000));
    snprintf(line, sizeof(line), "GET /jobs/%s/results?page=1", id);
    json_t *problem = ask_json(line, "", 400);
    ck_assert_ptr_nonnull(strstr(text_of(problem, "detail"), "for PNG and SVG"));
    json_decref(problem);
}
END_TEST

START_TEST(a_preview_says_of_how_many_pages_and_shows_the_one_that_is_asked_for)
{
    static const char body[] = "{\"inputs\":{" HAVEN "}}";
    char *first = ask("POST /briefings/preview", "", body);
    char *second = ask("POST /briefings/preview?page=2", "", body);
    int pages = atoi(header_of(first, "Plottafel-Pages"));
    ck_assert_msg(status_of(first) == 200 && pages >= 2, "%s", first);
    ck_assert_int_eq(atoi(header_of(second, "Plottafel-Pages")), pages);
    expect_header(second, "Content-Type", "image/png");
    char tag[80];
    snprintf(tag, sizeof(tag), "%s", header_of(first, "ETag"));
    ck_assert_str_ne(tag, header_of(second, "ETag"));
    json_decref(ask_json("POST /briefings/preview?page=99", body, 404));
    json_decref(ask_json("POST /briefings/preview?page=0", body, 400));
    json_decref(ask_json("POST /briefings/preview?seite=2", body, 400));
    free(first);
    free(second);
}
END_TEST

START_TEST(one_that_is_dismissed_keeps_the_progress_it_had)
{
    char id[40];
    char line[200];
    order(HAVEN, id);
    json_decref(wait_until(id, "successful", 15000));
    snprintf(line, sizeof(line), "DELETE /jobs/%s", id);
    json_t *made = ask_json(line, "", 200);
    ck_assert_str_eq(text_of(made, "status"), "dismissed");
    ck_assert_int_eq(json_integer_value(json_object_get(made, "progress")), 100);
    json_decref(made);
    order_hanging(id);
    json_t *open = status(id);
    snprintf(line, sizeof(line), "DELETE /jobs/%s", id);
    json_t *stopped = ask_json(line, "", 200);
    ck_assert(json_is_integer(json_object_get(stopped, "progress")));
    ck_assert_int_eq(json_integer_value(json_object_get(stopped, "progress")),
                     json_integer_value(json_object_get(open, "progress")));
    ck_assert_str_eq(text_of(stopped, "type"), "process");
    json_decref(open);
    json_decref(stopped);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("process_answers");
    TCase *tests = tcase_create("process_answers");
    suite_add_tcase(suite, tests);
    tcase_set_timeout(tests, 120);
    tcase_add_unchecked_fixture(tests, start, stop);
    tcase_add_test(tests, both_ways_are_declared);
    tcase_add_loop_test(tests, without_a_preference_the_answer_is_the_document, 0, 5);
    tcase_add_test(tests, who_prefers_the_job_gets_it_at_once);
    tcase_add_loop_test(tests, pictures_of_several_pages_are_a_zip_and_each_page_has_an_address, 0, 2);
    tcase_add_test(tests, a_pdf_is_not_cut_into_pages);
    tcase_add_test(tests, a_preview_says_of_how_many_pages_and_shows_the_one_that_is_asked_for);
    tcase_add_test(tests, one_that_is_dismissed_keeps_the_progress_it_had);
    return suite;
}
