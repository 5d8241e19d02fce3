/*
 * test_command_import.c - import and export: nothing lost, nothing written twice, every mistake named.
 */
#include "tests/support/program.h"
#include "tests/support/runner.h"

START_TEST(what_was_exported_is_imported_the_same)
{
    const char *folder = program_folder();
    size_t length;
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    PROGRAM_EXPECT(0, folder, "export", "exercise", "-o", "first.geojson");
    struct program_result again = PROGRAM_RUN(folder, "import", "exercise", "first.geojson");
    ck_assert_str_eq(again.out, "exercise: 0 added, 0 changed, 0 removed, 2 unchanged; revision 1\n");
    struct program_result piped = PROGRAM_RUN(folder, "export", "exercise");
    char *first = program_read(folder, "first.geojson", &length);
    ck_assert_uint_eq(length, piped.out_length);
    ck_assert_mem_eq(first, piped.out, length);
    free(first);
    program_finish(&again);
    program_finish(&piped);
}
END_TEST

START_TEST(the_exercise_of_the_examples_survives_the_round_trip)
{
    const char *folder = program_folder();
    char example[600];
    char working[400];
    ck_assert_ptr_nonnull(getcwd(working, sizeof(working)));
    snprintf(example, sizeof(example), "%s/examples/hollands-diep/situation.geojson", working);
    PROGRAM_EXPECT(0, folder, "import", "exercise", example);
    PROGRAM_EXPECT(0, folder, "export", "exercise", "-o", "all.geojson");
    struct program_result again = PROGRAM_RUN(folder, "import", "exercise", "all.geojson");
    ck_assert_holds(again.out, "0 added, 0 changed, 0 removed, ");
    program_finish(&again);
}
END_TEST

START_TEST(only_what_changed_is_written)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    program_write(folder, "edit.geojson",
                  "{\"type\":\"FeatureCollection\",\"features\":[\n"
                  "{\"type\":\"Feature\",\"id\":\"inc-1\",\"properties\":{\"symbol\":\"nl@1/"
                  "inc.brand\",\"owner\":\"B\"},"
                  "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.5835,51.6882]}},\n"
                  "{\"type\":\"Feature\",\"id\":\"new-1\",\"properties\":{\"symbol\":\"nl@1/"
                  "inc.brand\",\"owner\":\"B\"},"
                  "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}}]}");
    struct program_result edit = PROGRAM_RUN(folder, "import", "exercise", "edit.geojson");
    ck_assert_str_eq(edit.out, "exercise: 1 added, 1 changed, 0 removed, 0 unchanged; revision 2\n");
    struct program_result replace = PROGRAM_RUN(folder, "import", "exercise", "edit.geojson", "--replace");
    ck_assert_str_eq(replace.out, "exercise: 0 added, 0 changed, 1 removed, 2 unchanged; revision 3\n");
    struct program_result old = PROGRAM_RUN(folder, "export", "exercise", "--revision", "1");
    ck_assert_holds(old.out, "\"ugs-1\"");
    ck_assert_ptr_null(strstr(old.out, "\"new-1\""));
    program_finish(&edit);
    program_finish(&replace);
    program_finish(&old);
}
END_TEST

START_TEST(an_export_as_of_a_moment_holds_what_is_valid_then)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    struct program_result early =
        PROGRAM_RUN(folder, "export", "exercise", "--as-of", "2026-10-08T09:20:00+02:00");
    ck_assert_holds(early.out, "\"inc-1\"");
    ck_assert_ptr_null(strstr(early.out, "\"ugs-1\""));
    struct program_result late = PROGRAM_RUN(folder, "export", "exercise", "--as-of", "2026-10-08T10:59:00Z");
    ck_assert_holds(late.out, "\"ugs-1\"");
    program_finish(&early);
    program_finish(&late);
}
END_TEST

START_TEST(the_first_import_makes_the_folder_of_the_store)
{
    const char *folder = program_folder();
    program_write(folder, "near.yaml",
                  "store: work/plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
                  "plots: [{name: exercise, title: Oefening}]\nservice: {cache_folder: work/tiles}\n");
    program_write(folder, "far.yaml",
                  "store: a/b/plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
                  "plots: [{name: exercise, title: Oefening}]\n");
    struct program_result check = PROGRAM_RUN(folder, "check", "--config", "near.yaml");
    ck_assert_msg(check.status == 0, "%s", check.err);
    ck_assert_ptr_null(strstr(check.err, "cache_folder"));
    PROGRAM_EXPECT(0, folder, "import", "elsewhere", "plot.geojson", "--title", "Elders", "--config",
                   "near.yaml");
    ck_assert(program_has(folder, "work/plots.gpkg"));
    struct program_result far = PROGRAM_RUN(folder, "import", "elsewhere", "plot.geojson", "--title",
                                            "Elders", "--config", "far.yaml");
    ck_assert_int_eq(far.status, 1);
    ck_assert_holds(far.err, "a/b' cannot be made: the one above it is not there either");
    ck_assert(!program_has(folder, "a"));
    struct program_result far_check = PROGRAM_RUN(folder, "check", "--config", "far.yaml");
    ck_assert_int_eq(far_check.status, 1);
    ck_assert_holds(far_check.err, "store: is not there, nor are its folder and the one above that");
    program_finish(&check);
    program_finish(&far);
    program_finish(&far_check);
}
END_TEST

START_TEST(a_plot_with_a_title_of_its_own_needs_no_configuration)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "elsewhere", "plot.geojson", "--title", "Elders");
    PROGRAM_EXPECT(0, folder, "export", "elsewhere");
    PROGRAM_EXPECT(1, folder, "import", "No Name", "plot.geojson", "--title", "Elders");
}
END_TEST

/** A feature that is wrong, and what must be said. */
struct broken {
    const char *feature;
    const char *said;
};

#define POINT "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.5,51.7]}"
#define SYMBOL "\"properties\":{\"symbol\":\"nl@1/inc.brand\",\"owner\":\"B\"}"
#define AREA "\"properties\":{\"symbol\":\"nl@1/a.bron\",\"owner\":\"B\"}"

static const struct broken brokens[] = {
    {"{\"type\":\"Feature\",\"id\":\"bad\"," SYMBOL "}", "geometry"},
    {"{\"type\":\"Feature\",\"id\":\"bad\"," POINT "}", "properties"},
    {"{\"type\":\"Feature\",\"id\":\"bad\",\"properties\":{\"symbol\":\"nl@1/"
     "inc.nope\",\"owner\":\"B\"}," POINT "}",
     "inc.nope"},
    {"{\"type\":\"Feature\",\"id\":\"bad\",\"properties\":{\"symbol\":\"nl@1/inc.brand\",\"owner\":\"B\","
     "\"validFrom\":\"yesterday\"}," POINT "}",
     "validFrom"},
    {"{\"type\":\"Feature\",\"id\":\"bad\"," SYMBOL
     ",\"geometry\":{\"type\":\"Point\",\"coordinates\":[1e300,51]}}",
     "1e+300"},
    {"{\"type\":\"Feature\",\"id\":\"bad\"," SYMBOL
     ",\"geometry\":{\"type\":\"Point\",\"coordinates\":[\"4\",51]}}",
     "coordinates"},
    {"{\"type\":\"Feature\",\"id\":\"bad\"," AREA
     ",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[4,51],[5,51],[5,52],[4,52]]]}}",
     "geometry"},
    {"{\"type\":\"Feature\",\"id\":\"bad\"," AREA
     ",\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[4,51],[5,52],[5,51],[4,52],[4,51]]]}}",
     "geometry"},
};

START_TEST(a_broken_feature_is_named_and_nothing_is_written)
{
    const char *folder = program_folder();
    char text[1200];
    snprintf(text, sizeof(text),
             "{\"type\":\"FeatureCollection\",\"features\":[\n{\"type\":\"Feature\",\"id\":\"good\"," SYMBOL
             "," POINT "},\n%s\n]}\n",
             brokens[_i].feature);
    program_write(folder, "broken.geojson", text);
    struct program_result result = PROGRAM_RUN(folder, "import", "exercise", "broken.geojson");
    ck_assert_msg(result.status == 1, "status %d: %s", result.status, result.err);
    ck_assert_holds(result.err, "broken.geojson:3: feature 2 ('bad'): ");
    ck_assert_holds(result.err, brokens[_i].said);
    ck_assert_holds(result.err, "nothing was imported");
    ck_assert(!program_has(folder, "plots.gpkg"));
    program_finish(&result);
}
END_TEST

START_TEST(mistakes_of_all_files_are_named_at_once)
{
    const char *folder = program_folder();
    program_write(folder, "a.geojson", "{\"type\":\"FeatureCollection\",\"features\":[");
    program_write(folder, "b.geojson", "{\"type\":\"FeatureCollection\",\"features\":[NaN]}");
    struct program_result result =
        PROGRAM_RUN(folder, "import", "exercise", "a.geojson", "b.geojson", "c.geojson", "plot.geojson");
    ck_assert_int_eq(result.status, 1);
    ck_assert_holds(result.err, "a.geojson");
    ck_assert_holds(result.err, "b.geojson");
    ck_assert_holds(result.err, "c.geojson");
    ck_assert(!program_has(folder, "plots.gpkg"));
    program_finish(&result);
}
END_TEST

START_TEST(a_feature_in_two_files_is_a_mistake)
{
    const char *folder = program_folder();
    program_write(folder, "b.geojson", "{\"type\":\"Feature\",\"id\":\"inc-1\"," SYMBOL "," POINT "}");
    struct program_result result = PROGRAM_RUN(folder, "import", "exercise", "plot.geojson", "b.geojson");
    ck_assert_int_eq(result.status, 1);
    ck_assert_holds(result.err, "feature 'inc-1' is in 'plot.geojson' too");
    program_finish(&result);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("command_import");
    TCase *cases = tcase_create("command_import");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, what_was_exported_is_imported_the_same);
    tcase_add_test(cases, the_exercise_of_the_examples_survives_the_round_trip);
    tcase_add_test(cases, only_what_changed_is_written);
    tcase_add_test(cases, an_export_as_of_a_moment_holds_what_is_valid_then);
    tcase_add_test(cases, the_first_import_makes_the_folder_of_the_store);
    tcase_add_test(cases, a_plot_with_a_title_of_its_own_needs_no_configuration);
    tcase_add_loop_test(cases, a_broken_feature_is_named_and_nothing_is_written, 0,
                        (int)(sizeof(brokens) / sizeof(brokens[0])));
    tcase_add_test(cases, mistakes_of_all_files_are_named_at_once);
    tcase_add_test(cases, a_feature_in_two_files_is_a_mistake);
    suite_add_tcase(suite, cases);
    return suite;
}
