/*
 * test_plot_symbols.c - several symbol sets with the real program: configured, pinned, and migrated.
 */
#include "data/store.h"
#include "tests/support/program.h"
#include "tests/support/runner.h"

#define CONFIG(symbols, plot)                                                                                \
    "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n" symbols                                \
    "plots: [{name: exercise, title: Oefening" plot "}]\n"                                                   \
    "service: {port: 0, workers: 1, writers: open, log: plain}\n"

#define FEATURE(id, symbol)                                                                                  \
    "{\"type\":\"Feature\",\"id\":\"" id "\",\"properties\":{\"symbol\":\"" symbol "\",\"owner\":\"B\"},"    \
    "\"geometry\":{\"type\":\"Point\",\"coordinates\":[4.6,51.7]}}"

/* A folder with two more sets, nl@2 and haven@1; none of them is configured yet. */
static const char *folder_with_sets(void)
{
    const char *folder = program_folder();
    char path[400];
    static const char *const names[] = {"nl-2", "haven"};
    for (int i = 0; i < 2; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        ck_assert_int_eq(mkdir(path, 0700), 0);
    }
    program_write(folder, "nl-2/set.yaml",
                  "set: nl\nversion: 2\nextends: nl@1\ntitle: {nl: Twee}\n"
                  "points: [{id: bw.drone, kind: unit, owner: fire, letters: DRO, name: {nl: Drone}}]\n"
                  "changes:\n"
                  "  - {id: bw.hovd, deprecated: true, replaced_by: bw.ovd}\n"
                  "  - {id: bw.ugs, accepts: {statuses: [present]}}\n");
    program_write(folder, "haven/set.yaml",
                  "set: haven\nversion: 1\nextends: nl@1\ntitle: {nl: Haven}\n"
                  "groups: [{id: haven, title: {nl: Haven}}]\n"
                  "points: [{id: haven.kraan, kind: object, letters: KR, name: {nl: Kraan}}]\n");
    return folder;
}

static void configure(const char *folder, const char *config)
{
    program_write(folder, "plottafel.yaml", config);
}

static void import_good(const char *folder, const char *features)
{
    char text[4000];
    snprintf(text, sizeof text, "{\"type\":\"FeatureCollection\",\"features\":[%s]}", features);
    program_write(folder, "more.geojson", text);
    PROGRAM_EXPECT(0, folder, "import", "exercise", "more.geojson");
}

/* The plot as GeoJSON holds the words; owned by nobody. */
static void expect_export(const char *folder, const char *words)
{
    struct program_result result = PROGRAM_RUN(folder, "export", "exercise");
    ck_assert_int_eq(result.status, 0);
    ck_assert_holds(result.out, words);
    program_finish(&result);
}

/* The code of a symbol that is asked for without a set. */
static void expect_default(const char *folder, const char *code)
{
    struct program_result result = PROGRAM_RUN(folder, "symbols", "show", "bw.ugs");
    ck_assert_int_eq(result.status, 0);
    ck_assert_holds(result.out, code);
    program_finish(&result);
}

START_TEST(lists_and_new_plots_have_the_set_that_all_plots_name_or_that_of_the_program)
{
    static const char *const plots[][2] = {
        {"", "nl@1/bw.ugs"},
        {", symbols: nl@2", "nl@2/bw.ugs"},
        {", symbols: nl@2}, {name: other, title: Ander, symbols: nl@2", "nl@2/bw.ugs"},
        {", symbols: nl@2}, {name: other, title: Ander, symbols: haven@1", "nl@1/bw.ugs"},
        {", symbols: nl@2}, {name: other, title: Ander", "nl@1/bw.ugs"}};
    const char *folder = folder_with_sets();
    for (size_t i = 0; i < sizeof plots / sizeof plots[0]; i++) {
        char config[500];
        snprintf(config, sizeof config, CONFIG("symbols: [nl-2, haven]\n", "%s"), plots[i][0]);
        configure(folder, config);
        expect_default(folder, plots[i][1]);
    }
    configure(folder, CONFIG("symbols: [nl-2, haven]\n", ""));
    import_good(folder, FEATURE("u", "bw.ugs"));
    expect_export(folder, "\"nl@1/bw.ugs\"");
}
END_TEST

START_TEST(a_new_plot_is_drawn_with_the_set_that_it_names)
{
    const char *folder = folder_with_sets();
    configure(folder, CONFIG("symbols: [nl-2, haven]\n", ", symbols: nl@2"));
    import_good(folder, FEATURE("d", "bw.drone") "," FEATURE("k", "haven@1/haven.kraan"));
    expect_export(folder, "\"nl@2/bw.drone\"");
    expect_export(folder, "\"haven@1/haven.kraan\"");
    folder = folder_with_sets();
    configure(folder, CONFIG("symbols: [nl-2, haven]\n", ", symbols: haven@1"));
    import_good(folder, FEATURE("k", "haven.kraan"));
    expect_export(folder, "\"haven@1/haven.kraan\"");
}
END_TEST

START_TEST(a_newer_set_changes_no_plot_and_its_codes_are_refused_there)
{
    const char *folder = folder_with_sets();
    import_good(folder, FEATURE("u", "bw.ugs"));
    configure(folder, CONFIG("symbols: nl-2\n", ""));
    import_good(folder, FEATURE("v", "bw.ovd"));
    expect_export(folder, "\"nl@1/bw.ovd\"");
    program_write(folder, "new.geojson",
                  "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("d", "nl@2/bw.drone") "]}");
    struct program_result result = PROGRAM_RUN(folder, "import", "exercise", "new.geojson");
    ck_assert_int_eq(result.status, 1);
    ck_assert_holds(result.err, "drawn with nl@1");
    program_finish(&result);
}
END_TEST

START_TEST(a_deprecated_symbol_is_taken_with_a_warning_that_names_its_replacement)
{
    const char *folder = folder_with_sets();
    configure(folder, CONFIG("symbols: nl-2\n", ", symbols: nl@2"));
    program_write(folder, "new.geojson",
                  "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("chief", "bw.hovd") "]}");
    struct program_result result = PROGRAM_RUN(folder, "import", "exercise", "new.geojson");
    ck_assert_int_eq(result.status, 0);
    ck_assert_holds(result.err, "'bw.hovd' is deprecated: use 'bw.ovd'");
    program_finish(&result);
    expect_export(folder, "\"nl@2/bw.hovd\"");
}
END_TEST

START_TEST(a_configuration_that_differs_from_the_store_is_a_warning)
{
    const char *folder = folder_with_sets();
    import_good(folder, FEATURE("u", "bw.ugs"));
    configure(folder, CONFIG("symbols: nl-2\n", ", symbols: nl@2"));
    struct program_result check = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(check.status, 0);
    ck_assert_holds(check.err, "symbols migrate exercise --to nl@2");
    struct program_result import = PROGRAM_RUN(folder, "import", "exercise", "plot.geojson");
    ck_assert_int_eq(import.status, 0);
    ck_assert_holds(import.err, "symbols migrate exercise --to nl@2");
    program_finish(&check);
    program_finish(&import);
}
END_TEST

START_TEST(every_mistake_of_every_set_is_named)
{
    const char *folder = folder_with_sets();
    program_write(folder, "haven/set.yaml",
                  "set: haven\nversion: 1\nextends: nl@3\ntitle: {nl: Haven}\n"
                  "changes: [{id: bw.weg, letters: W}]\ncolour: red\n");
    program_write(folder, "nl-2/set.yaml",
                  "set: nl\nversion: 2\nextends: nl@1\ntitle: {nl: Twee}\n"
                  "changes:\n  - {id: bw.hovd, deprecated: true, replaced_by: bw.weg}\n");
    configure(folder, CONFIG("symbols: [nl-2, haven, nergens, {a: b}]\n", ", symbols: nl@4"));
    struct program_result check = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(check.status, 1);
    ck_assert_holds(check.err, "haven/set.yaml:3: extends: there is no symbol set nl@3");
    ck_assert_holds(check.err, "haven/set.yaml:5: changes[0].id: the base has no 'bw.weg'");
    ck_assert_holds(check.err, "haven/set.yaml:6: colour: ");
    ck_assert_holds(check.err, "nl-2/set.yaml:6: changes[0].replaced_by: 'bw.hovd' is replaced by 'bw.weg'");
    ck_assert_holds(check.err, "nergens/set.yaml");
    ck_assert_holds(check.err, "plottafel.yaml:4: symbols[3]: must be the folder");
    ck_assert_holds(check.err, "plottafel.yaml:5: plots[0].symbols: there is no symbol set nl@4");
    program_finish(&check);
}
END_TEST

START_TEST(warnings_of_a_set_are_counted_by_ordinary_commands_and_named_by_checks)
{
    static const char shortly[] = "symbol set haven@1 has 2 warnings: 'plottafel symbols check' names them";
    const char *folder = folder_with_sets();
    char *glyphs = program_path(folder, "haven/glyphs");
    ck_assert_int_eq(mkdir(glyphs, 0700), 0);
    program_write(folder, "haven/glyphs/haven.kraan.svg", "<svg>");
    program_write(folder, "haven/glyphs/haven.boot.svg", "<svg>");
    configure(folder, CONFIG("symbols: haven\n", ""));
    struct program_result list = PROGRAM_RUN(folder, "symbols", "list");
    ck_assert_holds(list.err, shortly);
    ck_assert_uint_eq(program_count(list.err, "\n"), 1);
    struct program_result check = PROGRAM_RUN(folder, "symbols", "check");
    ck_assert_int_eq(check.status, 0);
    ck_assert_holds(check.err, "haven.boot.svg belongs to no point");
    ck_assert_holds(check.err, "haven.kraan.svg");
    ck_assert_ptr_null(strstr(check.err, shortly));
    free(glyphs);
    program_finish(&list);
    program_finish(&check);
}
END_TEST

START_TEST(a_plot_whose_set_is_away_is_still_drawn_and_named)
{
    const char *folder = folder_with_sets();
    configure(folder, CONFIG("symbols: [nl-2, haven]\n", ", symbols: nl@2"));
    import_good(folder, FEATURE("d", "bw.drone") "," FEATURE("k", "haven@1/haven.kraan"));
    configure(folder, CONFIG("", ""));
    struct program_result check = PROGRAM_RUN(folder, "check");
    ck_assert_int_eq(check.status, 0);
    ck_assert_holds(check.err, "drawn with nl@2, which is not loaded");
    ck_assert_holds(check.err, "feature 'd': symbol set 'nl' has no version 2");
    ck_assert_holds(check.err, "feature 'k': there is no symbol set 'haven'");
    struct program_result tile =
        PROGRAM_RUN(folder, "tile", "situation", "WebMercatorQuad/12/2100/1358", "-o", "tile.png");
    ck_assert_msg(tile.status == 0, "%s", tile.err);
    ck_assert_holds(tile.err, "drawn as letters: d, k");
    program_finish(&check);
    program_finish(&tile);
}
END_TEST

/* ---- symbols migrate ---- */

static const char *folder_to_migrate(void)
{
    const char *folder = folder_with_sets();
    import_good(folder, FEATURE("chief", "bw.hovd") "," FEATURE("other", "bw.hovd;n=x") "," //
                FEATURE("stage", "bw.ugs;st=planned") "," FEATURE("plain", "bw.ugs"));
    configure(folder, CONFIG("symbols: [nl-2, haven]\n", ""));
    import_good(folder, FEATURE("crane", "haven@1/haven.kraan"));
    return folder;
}

static char *exported(const char *folder)
{
    size_t length;
    PROGRAM_EXPECT(0, folder, "export", "exercise", "-o", "all.geojson");
    return program_read(folder, "all.geojson", &length);
}

START_TEST(a_dry_run_says_it_all_and_changes_nothing)
{
    const char *folder = folder_to_migrate();
    char *before = exported(folder);
    struct program_result dry =
        PROGRAM_RUN(folder, "symbols", "migrate", "exercise", "--to", "nl@2", "--dry-run");
    ck_assert_msg(dry.status == 0, "%s", dry.err);
    ck_assert_holds(dry.out, "nl@1/bw.hovd");
    ck_assert_holds(dry.out, "-> nl@2/bw.ovd");
    ck_assert_holds(dry.out, "2  chief other\n");
    ck_assert_holds(dry.out, "kept in the code: status 'planned' is not shown: 'bw.ugs' is drawn as present");
    ck_assert_holds(dry.out, "now called 'Officier van Dienst Brandweer'");
    ck_assert_holds(dry.out, "\n1 feature keeps its symbol, now of nl@2\n");
    ck_assert_ptr_null(strstr(dry.out, "plain"));
    ck_assert_holds(dry.out, "nl@1 -> nl@2: 4 features move, 0 are kept as they are; nothing is changed");
    ck_assert_ptr_null(strstr(dry.out, "crane"));
    char *after = exported(folder);
    ck_assert_str_eq(before, after);
    import_good(folder, FEATURE("late", "bw.ugs"));
    expect_export(folder, "\"nl@1/bw.ugs\"");
    free(before);
    free(after);
    program_finish(&dry);
}
END_TEST

START_TEST(a_plot_moves_in_one_revision_with_every_change_logged)
{
    const char *folder = folder_to_migrate();
    char *before = exported(folder);
    struct program_result moved = PROGRAM_RUN(folder, "symbols", "migrate", "exercise", "--to", "nl@2");
    ck_assert_msg(moved.status == 0, "%s", moved.err);
    ck_assert_holds(moved.out, "4 features move, 0 are kept as they are; revision 3");
    ck_assert_holds(moved.err, "plot 'exercise', revision 3: nl@1/bw.hovd -> nl@2/bw.ovd: chief other\n");
    ck_assert_holds(moved.err, "revision 3: nl@1/bw.ugs -> nl@2/bw.ugs: stage\n");
    expect_export(folder, "\"nl@2/bw.ugs;st=planned\""); /* what is not accepted is not lost */
    expect_export(folder, "\"haven@1/haven.kraan\"");
    struct program_result old = PROGRAM_RUN(folder, "export", "exercise", "--revision", "2");
    ck_assert_str_eq(old.out, before); /* earlier revisions keep their look */
    import_good(folder, FEATURE("late", "bw.drone"));
    expect_export(folder, "\"nl@2/bw.drone\"");
    free(before);
    program_finish(&moved);
    program_finish(&old);
}
END_TEST

START_TEST(everything_that_a_migration_loses_or_draws_anew_is_said)
{
    const char *folder = folder_with_sets();
    import_good(folder, FEATURE("gauge", "wa.peil;st=closed;c=3") "," FEATURE("stage", "bw.ugs"));
    program_write(folder, "nl-2/set.yaml",
                  "set: nl\nversion: 2\nextends: nl@1\ntitle: {nl: Twee}\n"
                  "points: [{id: bw.ugs, kind: unit, owner: fire, letters: UGS, name: {nl: Plaats}}]\n"
                  "changes: [{id: wa.peil, accepts: {statuses: [present], texts: [n]}}]\n");
    configure(folder, CONFIG("symbols: nl-2\n", ", symbols: nl@1"));
    struct program_result moved = PROGRAM_RUN(folder, "symbols", "migrate", "exercise", "--to", "nl@2");
    ck_assert_int_eq(moved.status, 0);
    ck_assert_holds(moved.out, "status 'closed' is not shown: 'wa.peil' is drawn as present; 'wa.peil' "
                               "carries no count");
    ck_assert_holds(moved.out, "drawn otherwise; now called 'Plaats'");
    ck_assert_holds(moved.out, "the configuration still says nl@1: write 'symbols: nl@2'");
    struct program_result check = PROGRAM_RUN(folder, "check");
    ck_assert_holds(check.err, "write 'symbols: nl@2' for it there");
    ck_assert_ptr_null(strstr(check.err, "migrate"));
    program_finish(&check);
    program_finish(&moved);
}
END_TEST

START_TEST(what_the_new_set_lacks_is_kept_and_said)
{
    const char *folder = folder_to_migrate();
    PROGRAM_EXPECT(0, folder, "symbols", "migrate", "exercise", "--to", "nl@2");
    import_good(folder, FEATURE("drone", "bw.drone"));
    struct program_result back = PROGRAM_RUN(folder, "symbols", "migrate", "exercise", "--to", "nl@1");
    ck_assert_int_eq(back.status, 0);
    ck_assert_holds(back.out, "kept as it is: nl@1 has no 'bw.drone'");
    ck_assert_holds(back.out, "4 features move, 1 are kept as they are");
    expect_export(folder, "\"nl@2/bw.drone\"");
    expect_export(folder, "\"nl@1/bw.ugs\"");
    struct program_result overlay = PROGRAM_RUN(folder, "symbols", "migrate", "exercise", "--to", "haven@1");
    ck_assert_int_eq(overlay.status, 0);
    expect_export(folder, "\"haven@1/bw.ovd\"");
    program_finish(&back);
    program_finish(&overlay);
}
END_TEST

START_TEST(an_export_of_a_plot_that_kept_a_symbol_is_imported_as_it_is)
{
    const char *folder = folder_to_migrate();
    PROGRAM_EXPECT(0, folder, "symbols", "migrate", "exercise", "--to", "nl@2");
    import_good(folder, FEATURE("drone", "bw.drone"));
    PROGRAM_EXPECT(0, folder, "symbols", "migrate", "exercise", "--to", "nl@1");
    char *before = exported(folder);
    struct program_result again = PROGRAM_RUN(folder, "import", "exercise", "all.geojson", "--replace");
    ck_assert_msg(again.status == 0, "%s", again.err);
    ck_assert_holds(again.out, "0 added, 0 changed, 0 removed, 6 unchanged");
    import_good(folder, FEATURE("drone", "nl@2/bw.drone;st=ended"));
    program_write(folder, "new.geojson",
                  "{\"type\":\"FeatureCollection\",\"features\":[" FEATURE("new", "nl@2/bw.drone") "]}");
    PROGRAM_EXPECT(1, folder, "import", "exercise", "new.geojson");
    free(before);
    program_finish(&again);
}
END_TEST

/* More than the log takes of one event in a second, and more than one line holds. */
START_TEST(every_feature_that_moved_is_named_in_the_log)
{
    enum { COUNT = 6000 };
    const char *folder = folder_with_sets();
    size_t capacity = COUNT * sizeof(FEATURE("feature-of-many-0000", "bw.ugs")) + 100;
    char *all = malloc(capacity);
    size_t length = (size_t)snprintf(all, capacity, "{\"type\":\"FeatureCollection\",\"features\":[");
    for (int i = 0; i < COUNT; i++) {
        length += (size_t)snprintf(all + length, capacity - length,
                                   "%s" FEATURE("feature-of-many-%04d", "bw.ugs"), i ? "," : "", i);
    }
    snprintf(all + length, capacity - length, "]}");
    program_write(folder, "many.geojson", all);
    free(all);
    PROGRAM_EXPECT(0, folder, "import", "exercise", "many.geojson");
    configure(folder, CONFIG("symbols: nl-2\n", ""));
    struct program_result moved = PROGRAM_RUN(folder, "symbols", "migrate", "exercise", "--to", "nl@2");
    ck_assert_int_eq(moved.status, 0);
    ck_assert_uint_eq(program_count(moved.err, " feature-of-many-"), COUNT);
    ck_assert_ptr_null(strstr(moved.err, "left out"));
    program_finish(&moved);
}
END_TEST

START_TEST(a_migration_that_cannot_be_is_refused)
{
    static const struct {
        const char *plot;
        const char *to;
        int status;
        const char *words;
    } wrong[] = {{"exercise", "nl@9", 1, "there is no symbol set nl@9"},
                 {"nergens", "nl@2", 1, "there is no plot 'nergens'"},
                 {"exercise", "nl", 2, "as in nl@1"}};
    const char *folder = folder_to_migrate();
    for (int i = 0; i < 3; i++) {
        struct program_result result =
            PROGRAM_RUN(folder, "symbols", "migrate", wrong[i].plot, "--to", wrong[i].to);
        ck_assert_msg(result.status == wrong[i].status, "%s: %s", wrong[i].to, result.err);
        ck_assert_holds(result.err, wrong[i].words);
        program_finish(&result);
    }
    PROGRAM_EXPECT(2, folder, "symbols", "migrate", "exercise");
    folder = folder_with_sets();
    PROGRAM_EXPECT(1, folder, "symbols", "migrate", "exercise", "--to", "nl@1");
    ck_assert(!program_has(folder, "plots.gpkg"));
    PROGRAM_EXPECT(2, folder, "symbols", "migrate", "--to", "nl@2");
}
END_TEST

START_TEST(a_plot_does_not_move_while_another_writer_holds_the_store)
{
    const char *folder = folder_to_migrate();
    struct fault fault = {0};
    char *path = program_path(folder, "plots.gpkg");
    struct store *store = store_open(path, STORE_WRITER, &fault);
    ck_assert_msg(store, "%s", fault.message);
    PROGRAM_EXPECT(1, folder, "symbols", "migrate", "exercise", "--to", "nl@2");
    PROGRAM_EXPECT(0, folder, "symbols", "migrate", "exercise", "--to", "nl@2", "--dry-run");
    store_close(store);
    free(path);
    PROGRAM_EXPECT(0, folder, "symbols", "migrate", "exercise", "--to", "nl@2");
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("plot symbols");
    TCase *pins = tcase_create("pins");
    tcase_set_timeout(pins, 60);
    tcase_add_test(pins, lists_and_new_plots_have_the_set_that_all_plots_name_or_that_of_the_program);
    tcase_add_test(pins, a_new_plot_is_drawn_with_the_set_that_it_names);
    tcase_add_test(pins, a_newer_set_changes_no_plot_and_its_codes_are_refused_there);
    tcase_add_test(pins, a_deprecated_symbol_is_taken_with_a_warning_that_names_its_replacement);
    tcase_add_test(pins, a_configuration_that_differs_from_the_store_is_a_warning);
    tcase_add_test(pins, warnings_of_a_set_are_counted_by_ordinary_commands_and_named_by_checks);
    tcase_add_test(pins, every_mistake_of_every_set_is_named);
    tcase_add_test(pins, a_plot_whose_set_is_away_is_still_drawn_and_named);
    suite_add_tcase(suite, pins);
    TCase *migrate = tcase_create("migrate");
    tcase_set_timeout(migrate, 60);
    tcase_add_test(migrate, a_dry_run_says_it_all_and_changes_nothing);
    tcase_add_test(migrate, a_plot_moves_in_one_revision_with_every_change_logged);
    tcase_add_test(migrate, everything_that_a_migration_loses_or_draws_anew_is_said);
    tcase_add_test(migrate, what_the_new_set_lacks_is_kept_and_said);
    tcase_add_test(migrate, an_export_of_a_plot_that_kept_a_symbol_is_imported_as_it_is);
    tcase_add_test(migrate, every_feature_that_moved_is_named_in_the_log);
    tcase_add_test(migrate, a_migration_that_cannot_be_is_refused);
    tcase_add_test(migrate, a_plot_does_not_move_while_another_writer_holds_the_store);
    suite_add_tcase(suite, migrate);
    return suite;
}
