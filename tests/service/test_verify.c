/*
 * test_verify.c - a briefing that the service made is authentic for the page and for the command; whatever is
 * done to it, it no longer is; and both say when there is a newer situation.
 */
#include <sys/wait.h>

#include "render/service/protocol/verify_wish.h"
#include "render/service/http/request.h"
#include "render/pdf/pdf_seal.h"
#include "tests/service/running_service.h"

#define JSON_TYPE "Content-Type: application/json\r\n"
#define MOST_BYTES 380000

static struct running_service service;
static char id[40];
static char pdf[MOST_BYTES];
static size_t pdf_length;

static const char *body_of(const char *answer)
{
    const char *body = strstr(answer, "\r\n\r\n");
    return body ? body + 4 : "";
}

/* An answer with its bytes: a PDF has NULs. */
static size_t fetch(const char *path, char *bytes, size_t capacity)
{
    static char text[MOST_BYTES + 4096];
    char request[300];
    int length = snprintf(request, sizeof request,
                          "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n", path);
    int client = service_connect(&service);
    ck_assert_int_ge(client, 0);
    ck_assert_int_eq(send(client, request, (size_t)length, MSG_NOSIGNAL), length);
    size_t count = read_all(client, text, sizeof text, 5000);
    close(client);
    const char *body = memmem(text, count, "\r\n\r\n", 4);
    ck_assert_ptr_nonnull(body);
    size_t body_length = count - (size_t)(body + 4 - text);
    ck_assert_uint_lt(body_length, capacity);
    memcpy(bytes, body + 4, body_length);
    return body_length;
}

static void make_briefing(void)
{
    char line[200];
    const char *answer = service_ask(
        &service, "POST /processes/briefing/execution",
        JSON_TYPE "Prefer: respond-async\r\nContent-Length: 82\r\n",
        "{\"inputs\":{\"map\":\"situation\",\"center\":[101000,411500],\"scale\":25000,\"paper\":\"A5\"}}");
    ck_assert_msg(status_of(answer) == 201, "%s", answer);
    const char *location = strstr(header_of(answer, "Location"), "/jobs/");
    ck_assert_ptr_nonnull(location);
    snprintf(id, sizeof id, "%.26s", location + 6);
    snprintf(line, sizeof line, "GET /jobs/%s", id);
    int64_t until_ms = monotonic_now_ms() + 20000;
    while (!strstr(service_ask(&service, line, "", ""), "\"successful\"") && monotonic_now_ms() < until_ms) {
        pause_ms(50);
    }
    snprintf(line, sizeof line, "/jobs/%s/results/briefing", id);
    pdf_length = fetch(line, pdf, sizeof pdf);
    ck_assert_int_eq(memcmp(pdf, "%PDF-", 5), 0);
}

static void setup(void)
{
    service = service_prepare("");
    service_start(&service);
    service_wait_ready(&service);
    make_briefing();
}

static void teardown(void)
{
    service_stop(&service);
}

/* What the service says of bytes. Borrowed until the next question. */
static const char *check(const char *bytes, size_t length)
{
    static char request[MOST_BYTES + 1000];
    int head = snprintf(request, sizeof request,
                        "POST /verify HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nAccept: "
                        "application/json\r\nContent-Type: application/pdf\r\nContent-Length: %zu\r\n\r\n",
                        length);
    memcpy(request + head, bytes, length);
    return service_raw(&service, request, (size_t)head + length);
}

/* The exit status of plottafel verify on bytes. */
static int verify(const char *bytes, size_t length)
{
    char path[300];
    char command[900];
    snprintf(path, sizeof path, "%s/to-check.pdf", service.folder);
    FILE *file = fopen(path, "w");
    fwrite(bytes, 1, length, file);
    fclose(file);
    snprintf(command, sizeof command, "%s --config %s/plottafel.yaml verify %s > %s/said 2>&1",
             getenv("PLOTTAFEL_PROGRAM"), service.folder, path, service.folder);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* The same of what stands on paper. */
static int verify_text(const char *text)
{
    char command[900];
    snprintf(command, sizeof command, "%s --config %s/plottafel.yaml verify %s > %s/said 2>&1",
             getenv("PLOTTAFEL_PROGRAM"), service.folder, text, service.folder);
    int status = system(command);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void add_feature(void)
{
    static const char feature[] =
        "{\"type\":\"Feature\",\"id\":\"a\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.7]},"
        "\"properties\":{\"symbol\":\"nl@1/bw.ugs\",\"owner\":\"Brandweer\"}}";
    char headers[100];
    snprintf(headers, sizeof headers, "Content-Type: application/geo+json\r\nContent-Length: %zu\r\n",
             sizeof feature - 1);
    const char *answer = service_ask(&service, "POST /plots/exercise/features", headers, feature);
    ck_assert_msg(status_of(answer) / 100 == 2, "%s", answer);
}

START_TEST(what_the_service_made_is_authentic_for_page_and_command)
{
    const char *answer = check(pdf, pdf_length);
    ck_assert_msg(strstr(answer, "\"verdict\":\"authentic\"") && strstr(answer, id), "%s", answer);
    ck_assert_ptr_nonnull(strstr(answer, "\"newer\":false"));
    ck_assert_int_eq(verify(pdf, pdf_length), 0);
}
END_TEST

START_TEST(an_id_on_paper_is_known_with_its_checksum_only)
{
    char text[200];
    snprintf(text, sizeof text, "GET /verify/%s?f=json", id);
    const char *json = service_ask(&service, text, "", "");
    const char *sum = strstr(json, "\"checksum\":\"");
    ck_assert_msg(sum != NULL, "%s", json);
    char checksum[17];
    snprintf(checksum, sizeof checksum, "%.16s", sum + 12);
    ck_assert_int_eq(verify_text(id), 0);
    snprintf(text, sizeof text, "plottafel:verify/%s/%s", id, checksum);
    ck_assert_int_eq(verify_text(text), 0);
    checksum[0] = checksum[0] == '0' ? '1' : '0';
    snprintf(text, sizeof text, "plottafel:verify/%s/%s", id, checksum);
    ck_assert_int_eq(verify_text(text), 1);
    ck_assert_int_eq(verify_text("plottafel:verify/01M80XS460T2ZB58TAYDV7RBJS"), 1);
}
END_TEST

START_TEST(whatever_is_done_to_it_it_is_no_longer_authentic)
{
    static char bytes[MOST_BYTES];
    static const double places[] = {0.001, 0.2, 0.5, 0.8, 0.999};
    for (size_t i = 0; i < 5; i++) {
        memcpy(bytes, pdf, pdf_length);
        bytes[(size_t)(places[i] * (double)pdf_length)] ^= 1;
        ck_assert_ptr_null(strstr(check(bytes, pdf_length), "\"verdict\":\"authentic\""));
        ck_assert_int_eq(verify(bytes, pdf_length), 1);
    }
    memcpy(bytes, pdf, pdf_length);
    memcpy(bytes + pdf_length, "1 0 obj\n", 8);
    ck_assert_ptr_nonnull(strstr(check(bytes, pdf_length + 8), "8 bytes follow the end"));
    ck_assert_ptr_nonnull(strstr(check(pdf, pdf_length / 2), "\"authentic\":false"));
    ck_assert_ptr_nonnull(strstr(check("", 0), "the file is empty"));
    ck_assert_ptr_nonnull(strstr(check("hello", 5), "not-a-document"));
}
END_TEST

START_TEST(an_old_briefing_is_authentic_and_said_to_be_old)
{
    char line[100];
    add_feature();
    ck_assert_ptr_nonnull(strstr(check(pdf, pdf_length), "\"newer\":true,\"added\":1"));
    ck_assert_int_eq(verify(pdf, pdf_length), 0);
    snprintf(line, sizeof line, "GET /verify/%s?language=en", id);
    const char *page = service_ask(&service, line, "", "");
    ck_assert_int_eq(status_of(page), 200);
    ck_assert_ptr_nonnull(strstr(page, "There is a newer situation"));
    ck_assert_ptr_nonnull(strstr(page, "1 new, 0 changed, 0 moved, 0 ended"));
}
END_TEST

/* What the command said last. Borrowed until the next question. */
static const char *said(void)
{
    static char text[8192];
    char path[300];
    snprintf(path, sizeof path, "%s/said", service.folder);
    FILE *file = fopen(path, "r");
    ck_assert_ptr_nonnull(file);
    text[fread(text, 1, sizeof text - 1, file)] = '\0';
    fclose(file);
    return text;
}

static void expect_said_of_both(const char *situation, const char *briefing)
{
    ck_assert_int_eq(verify(pdf, pdf_length), 0);
    ck_assert_msg(strstr(said(), situation) && strstr(said(), briefing), "%s", said());
    ck_assert_int_eq(verify_text(id), 0);
    ck_assert_msg(strstr(said(), situation) && strstr(said(), briefing), "%s", said());
}

START_TEST(of_a_file_and_of_an_id_both_are_told_a_newer_situation_and_a_newer_briefing)
{
    static char first[MOST_BYTES];
    size_t first_length = pdf_length;
    char first_id[40];
    char expected[100];
    char line[100];
    expect_said_of_both("no newer situation", "no newer briefing");
    ck_assert_ptr_nonnull(strstr(check(pdf, pdf_length), "\"newerBriefing\":\"\""));
    add_feature();
    expect_said_of_both("NEWER SITUATION: 1 new", "no newer briefing");
    memcpy(first, pdf, pdf_length);
    snprintf(first_id, sizeof first_id, "%s", id);
    make_briefing();
    snprintf(expected, sizeof expected, "\"newerBriefing\":\"%s\"", id);
    ck_assert_ptr_nonnull(strstr(check(first, first_length), expected));
    snprintf(line, sizeof line, "GET /verify/%s?f=json", first_id);
    ck_assert_ptr_nonnull(strstr(service_ask(&service, line, "", ""), expected));
    expect_said_of_both("no newer situation", "no newer briefing"); /* of the newer one */
    snprintf(expected, sizeof expected, "NEWER BRIEFING of the same map and frame: %s.", id);
    memcpy(pdf, first, first_length);
    pdf_length = first_length;
    snprintf(id, sizeof id, "%s", first_id);
    expect_said_of_both("NEWER SITUATION: 1 new", expected);
}
END_TEST

START_TEST(where_no_archive_knows_a_briefing_nobody_says_that_there_is_no_newer_one)
{
    char command[900];
    char pem[4096];
    size_t length = fetch("/briefings/key.pem", pem, sizeof pem - 1);
    pem[length] = '\0';
    write_text(service.folder, "key.pem", pem);
    ck_assert_int_eq(verify(pdf, pdf_length), 0); /* it writes the file */
    snprintf(command, sizeof command,
             "mkdir %s/elsewhere && cd %s/elsewhere && %s verify --key %s %s > %s 2>&1", service.folder,
             service.folder, getenv("PLOTTAFEL_PROGRAM"), "../key.pem", "../to-check.pdf", "../said");
    ck_assert_int_eq(system(command), 0);
    ck_assert_msg(strstr(said(), "Whether there is a newer situation is not known"), "%s", said());
    ck_assert_msg(strstr(said(), "Whether there is a newer briefing of the same map and frame is not known"),
                  "%s", said());
}
END_TEST

START_TEST(the_page_of_an_id_speaks_the_language_of_its_visitor)
{
    char line[100];
    snprintf(line, sizeof line, "GET /verify/%s", id);
    const char *page = service_ask(&service, line, "Accept-Language: fr-CA, de;q=0.9, *;q=0.1\r\n", "");
    ck_assert_ptr_nonnull(strstr(page, "<html lang=\"fr\">"));
    ck_assert_ptr_nonnull(strstr(page, "Ce briefing a été établi ici"));
    ck_assert_ptr_nonnull(strstr(page, "default-src 'none'"));
    page = service_ask(&service, line, "Accept-Language: pt\r\n", "");
    ck_assert_ptr_nonnull(strstr(page, "Deze briefing is hier gemaakt"));
    page = service_ask(&service, line, "Accept: application/json\r\n", "");
    ck_assert_ptr_nonnull(strstr(page, "\"status\":\"successful\""));
}
END_TEST

START_TEST(what_stands_on_paper_is_known_also_when_the_document_has_gone)
{
    char line[100];
    char path[400];
    char kept[40];
    snprintf(line, sizeof line, "GET /verify/%s?f=json", id);
    const char *checksum = strstr(service_ask(&service, line, "", ""), "\"checksum\":\"");
    ck_assert_ptr_nonnull(checksum);
    snprintf(kept, sizeof kept, "%.29s", checksum);
    ck_assert_msg(strspn(kept + 12, "0123456789abcdef") == 16, "%s", kept);
    snprintf(path, sizeof path, "%s/briefings/%s.pdf", service.folder, id);
    ck_assert_int_eq(unlink(path), 0);
    ck_assert_ptr_nonnull(strstr(service_ask(&service, line, "", ""), kept));
    snprintf(line, sizeof line, "GET /verify/%s?language=en", id);
    const char *page = service_ask(&service, line, "", "");
    ck_assert_ptr_nonnull(strstr(page, "<dt>Title</dt><dd>Situatie</dd>"));
    ck_assert_ptr_nonnull(strstr(page, "<dt>Checksum on paper</dt>"));
}
END_TEST

START_TEST(an_unknown_id_is_said_to_be_unknown_whatever_it_looks_like)
{
    static const char *const ids[] = {"01M80XS460T2ZB58TAYDV7RBJS", "nonsense", "%3Cscript%3E"};
    char line[100];
    for (size_t i = 0; i < 3; i++) {
        snprintf(line, sizeof line, "GET /verify/%s?language=en", ids[i]);
        const char *page = service_ask(&service, line, "", "");
        ck_assert_int_eq(status_of(page), 404);
        ck_assert_ptr_nonnull(strstr(page, "Not known here"));
        ck_assert_ptr_null(strstr(page, "<script"));
    }
}
END_TEST

START_TEST(the_public_key_is_given_out_and_the_private_one_is_not)
{
    const char *answer = service_ask(&service, "GET /briefings/key.pem", "", "");
    ck_assert_int_eq(status_of(answer), 200);
    ck_assert_ptr_nonnull(strstr(body_of(answer), "BEGIN PUBLIC KEY"));
    ck_assert_ptr_null(strstr(answer, "PRIVATE"));
}
END_TEST

/* ---- what a visitor asks for ---- */

static struct request *request_with(enum request_header header, const char *value, const char *body)
{
    static struct request request;
    request = (struct request){.body = body, .body_length = strlen(body)};
    request.headers[header] = value;
    return &request;
}

static enum language language_for(const char *header)
{
    return verify_wish_language(request_with(HEADER_ACCEPT_LANGUAGE, header, ""));
}

START_TEST(the_language_most_wanted_is_taken_of_those_there_are)
{
    ck_assert_int_eq(language_for("de"), LANGUAGE_DE);
    ck_assert_int_eq(language_for("EN-us"), LANGUAGE_EN);
    ck_assert_int_eq(language_for("en;q=0.2, fr;q=0.8"), LANGUAGE_FR);
    ck_assert_int_eq(language_for("es, it;q=0.9, de;q=0.1"), LANGUAGE_DE);
    ck_assert_int_eq(language_for("en;q=0"), LANGUAGE_NL);
    ck_assert_int_eq(language_for("deu, ent"), LANGUAGE_NL);
    ck_assert_int_eq(language_for(",,;q=,"), LANGUAGE_NL);
    ck_assert_int_eq(language_for(""), LANGUAGE_NL);
    ck_assert_int_eq(language_for(NULL), LANGUAGE_NL);
}
END_TEST

static const char *file_in(const char *type, const char *body, size_t *length)
{
    return verify_wish_file(request_with(HEADER_CONTENT_TYPE, type, body), length, NULL);
}

START_TEST(the_file_of_a_form_is_found)
{
    size_t length = 0;
    const char *form = "multipart/form-data; boundary=xyz";
    const char *file = file_in(form,
                               "--xyz\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--xyz\r\n"
                               "Content-Disposition: form-data; name=\"file\"; filename=\"b.pdf\"\r\n\r\n"
                               "%PDF-\r\n1\r\n--xyz--\r\n",
                               &length);
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(length, 8);
    ck_assert_int_eq(memcmp(file, "%PDF-\r\n1", 8), 0);
    file = file_in(form, "--xyz\r\nContent-Disposition: form-data; filename=\"\"\r\n\r\n\r\n--xyz--\r\n",
                   &length);
    ck_assert_ptr_nonnull(file);
    ck_assert_uint_eq(length, 0);
}
END_TEST

START_TEST(a_form_that_is_none_is_refused)
{
    static const char *const bodies[] = {"", "--xyz", "--xyz\r\n\r\n", "--xyz\r\n\r\n1\r\n--xyz--",
                                         "--xyz\r\nfilename=\r\n\r\nnever ends"};
    size_t length = 0;
    for (size_t i = 0; i < 5; i++) {
        ck_assert_ptr_null(file_in("multipart/form-data; boundary=xyz", bodies[i], &length));
    }
    ck_assert_ptr_null(file_in("multipart/form-data", "--xyz", &length));
    ck_assert_ptr_null(file_in("multipart/form-data; boundary=", "--", &length));
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("verify");
    TCase *tests = tcase_create("service");
    tcase_set_timeout(tests, 120);
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, what_the_service_made_is_authentic_for_page_and_command);
    tcase_add_test(tests, an_id_on_paper_is_known_with_its_checksum_only);
    tcase_add_test(tests, whatever_is_done_to_it_it_is_no_longer_authentic);
    tcase_add_test(tests, an_old_briefing_is_authentic_and_said_to_be_old);
    tcase_add_test(tests, of_a_file_and_of_an_id_both_are_told_a_newer_situation_and_a_newer_briefing);
    tcase_add_test(tests, where_no_archive_knows_a_briefing_nobody_says_that_there_is_no_newer_one);
    tcase_add_test(tests, the_page_of_an_id_speaks_the_language_of_its_visitor);
    tcase_add_test(tests, what_stands_on_paper_is_known_also_when_the_document_has_gone);
    tcase_add_test(tests, an_unknown_id_is_said_to_be_unknown_whatever_it_looks_like);
    tcase_add_test(tests, the_public_key_is_given_out_and_the_private_one_is_not);
    suite_add_tcase(suite, tests);
    TCase *wishes = tcase_create("wishes");
    tcase_add_test(wishes, the_language_most_wanted_is_taken_of_those_there_are);
    tcase_add_test(wishes, the_file_of_a_form_is_found);
    tcase_add_test(wishes, a_form_that_is_none_is_refused);
    suite_add_tcase(suite, wishes);
    return suite;
}
