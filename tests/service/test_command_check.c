/*
 * test_command_check.c - everything that is wrong is named, with file, line and field.
 */
#include "tests/support/program.h"
#include "tests/support/runner.h"

START_TEST(a_good_configuration_has_no_mistakes)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    struct program_result result = PROGRAM_RUN(folder, "check");
    ck_assert_msg(result.status == 0, "%s", result.err);
    ck_assert_holds(result.out, "1 map, 1 layer, 1 plot, ");
    ck_assert_holds(result.out, ": 0 mistakes, ");
    program_finish(&result);
}
END_TEST

START_TEST(warnings_alone_end_with_0)
{
    const char *folder = program_folder();
    struct program_result result = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(result.status, 0);
    ck_assert_holds(result.err, "plottafel.yaml: store: warning: is not there yet");
    program_finish(&result);
}
END_TEST

static const char *const twenty[] = {
    "plottafel.yaml:1: store: ",
    "plottafel.yaml:4: symbls: ",
    "plottafel.yaml:6: plots[0].name: ",
    "plottafel.yaml:8: plots[0].exercise: ",
    "plottafel.yaml:10: plots[1].titel: ",
    "plottafel.yaml:9: plots[1].title: ",
    "plottafel.yaml:12: service.port: ",
    "plottafel.yaml:13: service.workers: ",
    "plottafel.yaml:14: service.writers: ",
    "plottafel.yaml:15: service.cache_bites: ",
    "plottafel.yaml:16: service.deadline_ms: ",
    "catalogue.yaml:2: layers[0].id: ",
    "catalogue.yaml:2: layers[0].title: ",
    "catalogue.yaml:6: layers[0].style.fill: ",
    "catalogue.yaml:9: layers[1].kind: ",
    "catalogue.yaml:10: layers[1].driver: ",
    "catalogue.yaml:12: layers[1].scale: ",
    "catalogue.yaml:13: layers[1].marking: ",
    "catalogue.yaml:14: layers[1].style.stroke: ",
    "catalogue.yaml:18: layers[2].driver: ",
};

START_TEST(twenty_mistakes_are_named_at_once)
{
    const char *folder = program_folder();
    program_write(folder, "plottafel.yaml",
                  "store:\n"
                  "catalogue: catalogue.yaml\n"
                  "maps: maps.yaml\n"
                  "symbls: x\n"
                  "plots:\n"
                  "  - name: Hollands Diep\n"
                  "    title: Oefening\n"
                  "    exercise: perhaps\n"
                  "  - name: b\n"
                  "    titel: x\n"
                  "service:\n"
                  "  port: 99999\n"
                  "  workers: many\n"
                  "  writers: everybody\n"
                  "  cache_bites: 5\n"
                  "  deadline_ms: 1\n");
    program_write(folder, "catalogue.yaml",
                  "layers:\n"
                  "  - id: Land\n"
                  "    kind: vector\n"
                  "    driver: FlatGeobuf\n"
                  "    path: land.fgb\n"
                  "    style: {fill: {colour: \"#12\"}}\n"
                  "  - id: rivers\n"
                  "    title: Rivers\n"
                  "    kind: vectr\n"
                  "    driver: GML\n"
                  "    path: rivers.fgb\n"
                  "    scale: [5]\n"
                  "    marking: TLP:PURPLE\n"
                  "    style: {stroke: {width: -1}}\n"
                  "  - id: sea\n"
                  "    title: Sea\n"
                  "    kind: raster\n"
                  "    driver: FlatGeobuf\n"
                  "    path: sea.tif\n"
                  "    style: {}\n");
    struct program_result result = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(result.status, 1);
    for (size_t i = 0; i < sizeof(twenty) / sizeof(twenty[0]); i++) {
        ck_assert_holds(result.err, twenty[i]);
    }
    ck_assert_holds(result.out, "20 mistakes");
    program_finish(&result);
}
END_TEST

START_TEST(a_missing_layer_is_a_mistake_with_its_line)
{
    const char *folder = program_folder();
    char *path = program_path(folder, "land.geojson");
    ck_assert_int_eq(unlink(path), 0);
    free(path);
    struct program_result result = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(result.status, 1);
    ck_assert_holds(result.err, "catalogue.yaml:2: layers[0].path: ");
    ck_assert_holds(result.err, "land.geojson");
    program_finish(&result);
}
END_TEST

START_TEST(a_damaged_store_is_named)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    char *path = program_path(folder, "plots.gpkg");
    FILE *file = fopen(path, "r+b");
    ck_assert_ptr_nonnull(file);
    fseek(file, 8192, SEEK_SET);
    for (int i = 0; i < 40000; i++) {
        fputc(0x5A, file);
    }
    fclose(file);
    free(path);
    struct program_result result = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(result.status, 1);
    ck_assert_holds(result.err, "store: ");
    program_finish(&result);
}
END_TEST

START_TEST(a_plot_that_no_import_filled_is_a_warning)
{
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "other", "plot.geojson", "--title", "Ander");
    struct program_result result = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(result.status, 0);
    ck_assert_holds(result.err, "plots: warning: ");
    ck_assert_holds(result.err, "exercise");
    program_finish(&result);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("command_check");
    TCase *cases = tcase_create("command_check");
    tcase_set_timeout(cases, 60);
    tcase_add_test(cases, a_good_configuration_has_no_mistakes);
    tcase_add_test(cases, warnings_alone_end_with_0);
    tcase_add_test(cases, twenty_mistakes_are_named_at_once);
    tcase_add_test(cases, a_missing_layer_is_a_mistake_with_its_line);
    tcase_add_test(cases, a_damaged_store_is_named);
    tcase_add_test(cases, a_plot_that_no_import_filled_is_a_warning);
    suite_add_tcase(suite, cases);
    return suite;
}
