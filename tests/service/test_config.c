/* plottafel.yaml: defaults, ranges, and every mistake named at once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "data/map.h"
#include "geo/base/buffer.h"
#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "render/service/config.h"
#include "tests/support/runner.h"

static char path[300];
static struct problems problems;

static void write_file(const char *name, const char *text)
{
    char file_path[300];
    snprintf(file_path, sizeof(file_path), "%s/%s", test_folder(), name);
    FILE *file = fopen(file_path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void write_neighbours(void)
{
    write_file("catalogue.yaml", "layers: []\n");
    write_file("maps.yaml", "maps:\n"
                            "  - id: situation\n"
                            "    title: Situatie\n"
                            "    extent: [4.4, 51.6, 4.8, 51.8]\n"
                            "    items: [{plot: exercise}]\n");
}

static struct config *read(const char *text)
{
    write_file("plottafel.yaml", text);
    snprintf(path, sizeof(path), "%s/plottafel.yaml", test_folder());
    problems_finish(&problems);
    problems_init(&problems);
    return config_read(path, &problems);
}

#define GOOD                                                                                                 \
    "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"                                        \
    "plots:\n  - {name: exercise, title: Oefening, activity: oef-1, exercise: true}\n"

static bool names(const char *field)
{
    for (size_t i = 0; i < problems.count; i++) {
        if (strcmp(problems.items[i].field, field) == 0) {
            return true;
        }
    }
    return false;
}

START_TEST(a_plot_has_a_level_of_coordination)
{
    write_neighbours();
    struct config *config = read("store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
                                 "plots:\n  - {name: exercise, title: Oefening, grip: GRIP 4}\n");
    ck_assert_ptr_nonnull(config);
    ck_assert_str_eq(config_grip(config, "exercise"), "GRIP 4");
    ck_assert_str_eq(config_grip(config, "nothing"), "");
    config_free(config);
    ck_assert_ptr_null(read(GOOD
                            "  - {name: b, title: B, grip: "
                            "\"GRIP that is told at such a length that no briefing has room for it\"}\n"));
    ck_assert(names("plots[1].grip"));
}
END_TEST

START_TEST(what_is_absent_has_its_default)
{
    write_neighbours();
    struct config *config = read(GOOD);
    problems_print(&problems, stdout);
    ck_assert_ptr_nonnull(config);
    ck_assert_int_eq(config->service.port, 8080);
    ck_assert_str_eq(config->service.listen, "127.0.0.1");
    ck_assert_int_eq(config->service.writers, WRITERS_TOKEN);
    ck_assert_str_eq(config->service.write_token, "");
    ck_assert_int_ge(config_worker_count(config), 1);
    ck_assert_str_eq(config_find_plot(config, "exercise")->title, "Oefening");
    ck_assert(config_map_has_plot(maps_find(config->maps, "situation"), "exercise"));
    config_free(config);
}
END_TEST

START_TEST(paths_are_beside_the_file)
{
    char expected[300];
    write_neighbours();
    struct config *config = read(GOOD);
    snprintf(expected, sizeof(expected), "%s/plots.gpkg", test_folder());
    ck_assert_str_eq(config->store_path, expected);
    config_free(config);
}
END_TEST

START_TEST(twenty_mistakes_are_twenty_names)
{
    static const char *const fields[] = {
        "colour",
        "plots[0].name",
        "plots[1].name",
        "plots[1].title",
        "plots[2].name",
        "plots[3]",
        "plots[4].exercise",
        "service.port",
        "service.workers",
        "service.writers",
        "service.log",
        "service.deadline_ms",
        "service.idle_ms",
        "service.speed",
        "service.cache_bytes",
        "service.base_url",
        "service.queue_length",
        "service.receive_ms",
        "service.body_bytes",
        "maps",
    };
    struct config *config = read("store: plots.gpkg\n"
                                 "colour: red\n"
                                 "catalogue: catalogue.yaml\n"
                                 "plots:\n"
                                 "  - {name: Upper Case, title: a}\n"
                                 "  - {exercise: true}\n"
                                 "  - {name: \"../etc\", title: b}\n"
                                 "  - text\n"
                                 "  - {name: fine, title: c, exercise: perhaps}\n"
                                 "service:\n"
                                 "  port: 99999\n"
                                 "  workers: many\n"
                                 "  writers: everybody\n"
                                 "  log: loud\n"
                                 "  deadline_ms: 0\n"
                                 "  idle_ms: -5\n"
                                 "  speed: 9\n"
                                 "  cache_bytes: .nan\n"
                                 "  base_url: ftp://x\n"
                                 "  queue_length: 1.5\n"
                                 "  receive_ms: 1e99\n"
                                 "  body_bytes: 12\n");
    ck_assert_ptr_null(config);
    for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
        ck_assert_msg(names(fields[i]), "'%s' is not named", fields[i]);
    }
    ck_assert_uint_ge(problems.error_count, 20);
    for (size_t i = 0; i < problems.count; i++) {
        ck_assert_msg(strstr(problems.items[i].file, ".yaml"), "%s", problems.items[i].file);
    }
}
END_TEST

static bool names_file(const char *end)
{
    for (size_t i = 0; i < problems.count; i++) {
        if (strstr(problems.items[i].file, end)) {
            return true;
        }
    }
    return false;
}

START_TEST(mistakes_of_other_files_are_named_in_the_same_go)
{
    write_neighbours();
    write_file("catalogue.yaml", "layers:\n  - {id: A, kind: vector}\n");
    ck_assert_ptr_null(read("store: a\nunknown: 1\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"));
    ck_assert(names_file("/plottafel.yaml") && names_file("/catalogue.yaml"));
    write_neighbours();
    write_file("maps.yaml", "maps:\n  - {id: situation, wrong: 1}\n");
    ck_assert_ptr_null(read("store: a\nunknown: 1\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"));
    ck_assert(names_file("/plottafel.yaml") && names_file("/maps.yaml"));
    write_neighbours();
}
END_TEST

START_TEST(a_map_with_an_unknown_plot_is_a_mistake)
{
    write_neighbours();
    ck_assert_ptr_null(read("store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"));
    ck_assert_ptr_nonnull(strstr(problems.items[0].sentence, "exercise"));
}
END_TEST

START_TEST(a_token_is_read_from_its_file_and_must_be_long)
{
    write_neighbours();
    write_file("token", "0123456789abcdef\nrest\n");
    struct config *config = read(GOOD "service: {writers: token, write_token_file: token}\n");
    ck_assert_ptr_nonnull(config);
    ck_assert_str_eq(config->service.write_token, "0123456789abcdef");
    config_free(config);
    write_file("token", "short\n");
    ck_assert_ptr_null(read(GOOD "service: {write_token_file: token}\n"));
    ck_assert_ptr_null(read(GOOD "service: {write_token_file: absent}\n"));
}
END_TEST

START_TEST(broken_files_are_named_with_their_line)
{
    ck_assert_ptr_null(read("store: [\n"));
    ck_assert_uint_ge(problems.error_count, 1);
    ck_assert_int_gt(problems.items[0].line, 0);
    ck_assert_ptr_null(read("- a\n- b\n"));
    ck_assert_ptr_null(read(""));
    ck_assert_ptr_null(config_read("/nonexistent/plottafel.yaml", &problems));
}
END_TEST

START_TEST(help_and_readme_name_every_setting)
{
    struct buffer help, markdown;
    buffer_init(&help, 1 << 20);
    buffer_init(&markdown, 1 << 20);
    config_write_help(&help);
    config_write_markdown(&markdown);
    static const char *const some[] = {"listen", "port", "writers", "quarantine_ms", "viewer", "cache_bytes"};
    for (size_t i = 0; i < sizeof(some) / sizeof(some[0]); i++) {
        ck_assert_ptr_nonnull(strstr(help.bytes, some[i]));
        ck_assert_ptr_nonnull(strstr(markdown.bytes, some[i]));
    }
    size_t length;
    char *readme = file_read("README.md", 1 << 20, &length, NULL);
    ck_assert_ptr_nonnull(readme);
    ck_assert_msg(strstr(readme, markdown.bytes), "the README's table of settings is another one:\n%s",
                  markdown.bytes);
    free(readme);
    buffer_finish(&help);
    buffer_finish(&markdown);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("config");
    TCase *tests = tcase_create("config");
    tcase_add_test(tests, what_is_absent_has_its_default);
    tcase_add_test(tests, a_plot_has_a_level_of_coordination);
    tcase_add_test(tests, paths_are_beside_the_file);
    tcase_add_test(tests, twenty_mistakes_are_twenty_names);
    tcase_add_test(tests, mistakes_of_other_files_are_named_in_the_same_go);
    tcase_add_test(tests, a_map_with_an_unknown_plot_is_a_mistake);
    tcase_add_test(tests, a_token_is_read_from_its_file_and_must_be_long);
    tcase_add_test(tests, broken_files_are_named_with_their_line);
    tcase_add_test(tests, help_and_readme_name_every_setting);
    suite_add_tcase(suite, tests);
    return suite;
}
