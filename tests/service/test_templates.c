/* A folder of templates of which one has mistakes: the service runs, lists the others, makes their briefings,
 * and tells whoever orders the bad one what is wrong with it. */
#include <sys/stat.h>

#include "tests/service/job_client.h"
#include "tests/support/program.h"

static void write_template(const char *folder, const char *name, const char *text)
{
    char path[400];
    snprintf(path, sizeof path, "%s/templates", folder);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "templates/%s", name);
    write_text(folder, path, text);
}

static void write_templates(const char *folder)
{
    char path[400];
    write_template(folder, "bad.yaml", "extends: situation\npaper: A9\ncrs: EPSG:999999\n");
    write_template(folder, "child.yaml", "extends: bad\n");
    write_template(folder, "good.yaml", "extends: situation\npaper: A4\ntitle: Onze kaart\n");
    snprintf(path, sizeof path, "%s/plottafel.yaml", folder);
    FILE *file = fopen(path, "a");
    ck_assert_ptr_nonnull(file);
    fputs("templates: [templates]\n"
          "schedules: [{map: situation, every: 1h, until: \"2020-01-01T00:00:00Z\", template: bad}]\n",
          file);
    fclose(file);
}

static void start(void)
{
    service = service_prepare("");
    write_templates(service.folder);
    service_start(&service);
    service_wait_ready(&service);
}

static void stop(void)
{
    service_stop(&service);
}

START_TEST(a_bad_template_is_named_in_the_log_and_left_out_of_the_list)
{
    char *list = ask("GET /templates", "", "");
    ck_assert_int_eq(status_of(list), 200);
    ck_assert_ptr_nonnull(strstr(list, "\"good\""));
    ck_assert_ptr_nonnull(strstr(list, "\"situation\""));
    ck_assert_ptr_null(strstr(list, "\"bad\""));
    ck_assert_ptr_null(strstr(list, "\"child\""));
    free(list);
    ck_assert_ptr_nonnull(strstr(service_log(&service), "bad.yaml:2: paper: must be A5"));
    ck_assert_ptr_nonnull(strstr(service_log(&service), "bad.yaml:3: crs: "));
    ck_assert_ptr_nonnull(strstr(service_log(&service), "child.yaml:1: extends: 'bad' has mistakes"));
}
END_TEST

START_TEST(its_order_is_refused_with_its_mistakes_and_the_others_are_made)
{
    char *refused =
        ask(EXECUTE, "", "{\"inputs\":{\"map\":\"situation\",\"template\":\"child\"," CENTER "}}");
    ck_assert_int_eq(status_of(refused), 400);
    ck_assert_ptr_nonnull(strstr(refused, "bad.yaml:2: paper: must be A5"));
    ck_assert_ptr_nonnull(strstr(refused, "bad.yaml:3: crs: "));
    ck_assert_ptr_null(strstr(refused, service.folder));
    free(refused);
    char *made = ask(EXECUTE, "Prefer: respond-sync\r\n",
                     "{\"inputs\":{\"map\":\"situation\",\"template\":\"good\"," CENTER "}}");
    ck_assert_int_eq(status_of(made), 200);
    free(made);
}
END_TEST

START_TEST(the_commands_name_it_and_go_on_without_it)
{
    const char *folder = program_folder();
    write_templates(folder);
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    struct program_result check = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(check.status, 1);
    ck_assert_holds(check.err, "templates/bad.yaml:2: paper: must be A5");
    ck_assert_holds(check.err, "templates/bad.yaml:3: crs: ");
    ck_assert_holds(check.out, ": 2 mistakes, ");
    struct program_result list = PROGRAM_RUN(folder, "templates");
    ck_assert_int_eq(list.status, 0);
    ck_assert_holds(list.out, "good ");
    ck_assert_holds(list.err, "templates/bad.yaml:2: paper: ");
    struct program_result bad =
        PROGRAM_RUN(folder, "briefing", "situation", "--template", "bad", "-o", "x.pdf");
    ck_assert_int_ne(bad.status, 0);
    ck_assert_holds(bad.err, "template 'bad' has 2 mistakes: bad.yaml:2: paper: ");
    program_finish(&check);
    program_finish(&list);
    program_finish(&bad);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("templates");
    TCase *served = tcase_create("served");
    TCase *commanded = tcase_create("commanded");
    tcase_add_checked_fixture(served, start, stop);
    tcase_set_timeout(served, 60);
    tcase_add_test(served, a_bad_template_is_named_in_the_log_and_left_out_of_the_list);
    tcase_add_test(served, its_order_is_refused_with_its_mistakes_and_the_others_are_made);
    tcase_set_timeout(commanded, 60);
    tcase_add_test(commanded, the_commands_name_it_and_go_on_without_it);
    suite_add_tcase(suite, served);
    suite_add_tcase(suite, commanded);
    return suite;
}
