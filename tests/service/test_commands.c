/*
 * test_commands.c - what all commands have in common: help, exit statuses, what is said of wrong words.
 */
#include "tests/support/program.h"
#include "tests/support/runner.h"

static const char *const names[][2] = {
    {"serve", NULL},        {"tile", NULL},       {"map", NULL},       {"briefing", NULL},
    {"seed", NULL},         {"import", NULL},     {"export", NULL},    {"symbols", "list"},
    {"symbols", "show"},    {"symbols", "sheet"}, {"symbols", "book"}, {"symbols", "check"},
    {"symbols", "migrate"}, {"style", "import"},  {"check", NULL},
};

#define NAME_COUNT (sizeof(names) / sizeof(names[0]))

START_TEST(help_of_every_command_has_usage_and_example)
{
    const char *folder = program_folder();
    const char *const *name = names[_i];
    struct program_result result =
        name[1] ? PROGRAM_RUN(folder, name[0], name[1], "--help") : PROGRAM_RUN(folder, name[0], "--help");
    ck_assert_int_eq(result.status, 0);
    ck_assert_holds(result.out, "usage: plottafel ");
    ck_assert_holds(result.out, "\nexample:\n  plottafel ");
    ck_assert_holds(result.out, "--config FILE");
    ck_assert_str_eq(result.err, "");
    program_finish(&result);
}
END_TEST

START_TEST(help_lists_every_command_but_the_hidden_one)
{
    const char *folder = program_folder();
    struct program_result result = PROGRAM_RUN(folder, "--help");
    ck_assert_int_eq(result.status, 0);
    for (size_t i = 0; i < NAME_COUNT; i++) {
        char line[60];
        snprintf(line, sizeof(line), "\n  %s%s%s ", names[i][0], names[i][1] ? " " : "",
                 names[i][1] ? names[i][1] : "");
        ck_assert_holds(result.out, line);
    }
    ck_assert_ptr_null(strstr(result.out, "\n  worker"));
    program_finish(&result);
}
END_TEST

START_TEST(version_is_said)
{
    const char *folder = program_folder();
    struct program_result result = PROGRAM_RUN(folder, "--version");
    ck_assert_int_eq(result.status, 0);
    ck_assert_str_eq(result.out, "plottafel " PLOTTAFEL_VERSION "\n");
    program_finish(&result);
}
END_TEST

START_TEST(an_unknown_command_gets_the_nearest)
{
    const char *folder = program_folder();
    struct program_result result = PROGRAM_RUN(folder, "breifing");
    ck_assert_int_eq(result.status, 2);
    ck_assert_holds(result.err, "did you mean 'briefing'?");
    program_finish(&result);
}
END_TEST

/** Wrong words, and what must be said of them. */
struct wrong {
    const char *words[14];
    const char *said;
};

static const struct wrong wrongs[] = {
    {{NULL}, "usage: plottafel"},
    {{"--config"}, "there is no command"},
    {{"symbols"}, "symbols list"},
    {{"symbols", "shwo"}, "symbols show"},
    {{"tile"}, "it needs MAP"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0"}, "it needs --output FILE"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "more", "-o", "x.png"}, "no place for 'more'"},
    {{"tile", "situation", "WebMercatorQuad/0/0", "-o", "x.png"}, "is no tile"},
    {{"tile", "situation", "WebMercatorQuad/0/-1/0", "-o", "x.png"}, "is no tile"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0@4x", "-o", "x.png"}, "is no tile"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "-o", "x.gif"}, "named as gif"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "-o"}, "needs a value"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "-o", "a.png", "--output=b.png"}, "given twice"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "-o", "a.png", "--as-off", "now"}, "'--as-of'"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "-o", "a.png", "--as-of", "noon"}, "--as-of"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "-o", "a.png", "--revision", "0"}, "--revision"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "-o", "a.png", "--language", "xx"}, "--language"},
    {{"map", "situation", "--crs", "EPSG:28992", "--bbox", "1,2,3", "--size", "9x9", "-o", "x.png"},
     "--bbox"},
    {{"map", "situation", "--crs", "EPSG:28992", "--bbox", "1,4,3,2", "--size", "9x9", "-o", "x.png"},
     "--bbox"},
    {{"map", "situation", "--crs", "EPSG:28992", "--bbox", "1,2,nan,4", "--size", "9x9", "-o", "x.png"},
     "--bbox"},
    {{"map", "situation", "--crs", "EPSG:28992", "--bbox", "1,2,3,4", "--size", "9", "-o", "x.png"},
     "--size"},
    {{"map", "situation", "--crs", "EPSG:28992", "--bbox", "1,2,3,4", "--size", "99999x9", "-o", "x.png"},
     "--size"},
    {{"briefing", "situation", "--center", "1,2", "--scale", "ten", "-o", "x.pdf"}, "--scale"},
    {{"briefing", "situation", "--center", "1,2", "--scale", "9", "-o", "x.pdf"}, "--scale"},
    {{"briefing", "situation", "--center", "1,2", "--scale", "25000", "-o", "x.doc"}, ".pdf, .svg or .png"},
    {{"briefing", "situation", "--center", "1,2", "--scale", "25000", "--paper", "A9", "-o", "x.pdf"},
     "--paper"},
    {{"seed", "situation", "--bbox", "4,51,5,52", "--zoom", "9-6", "-o", "x.mbtiles"}, "--zoom"},
    {{"seed", "situation", "--bbox", "4,51,5,52", "--zoom", "6+9", "-o", "x.mbtiles"}, "--zoom"},
    {{"seed", "situation", "--bbox", "4,51,5,52", "--zoom", "6", "-j", "0", "-o", "x.mbtiles"}, "--jobs"},
    {{"import", "exercise"}, "it needs PLOT FILE..."},
    {{"check", "--help=yes"}, "takes no value"},
};

START_TEST(wrong_usage_is_named_and_ends_with_2)
{
    const struct wrong *wrong = &wrongs[_i];
    const char *folder = program_folder();
    struct program_result result = program_wait(folder, program_start(folder, wrong->words));
    ck_assert_msg(result.status == 2, "status %d: %s", result.status, result.err);
    ck_assert_holds(result.err, wrong->said);
    ck_assert_holds(result.err, "usage: plottafel");
    ck_assert_str_eq(result.out, "");
    program_finish(&result);
}
END_TEST

static const struct wrong faults[] = {
    {{"tile", "nowhere", "WebMercatorQuad/0/0/0", "-o", "x.png"}, "no map 'nowhere'; there is: situation"},
    {{"tile", "situation", "Mars/0/0/0", "-o", "x.png"}, "NetherlandsRDNewQuad"},
    {{"tile", "situation", "WebMercatorQuad/99/0/0", "-o", "x.png"}, "no zoom '99'"},
    {{"tile", "situation", "WebMercatorQuad/2/4/0", "-o", "x.png"}, "columns 0 to 3"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "--revision", "7", "-o", "x.png"}, "7"},
    {{"tile", "situation", "WebMercatorQuad/0/0/0", "-o", "no/such/x.png"}, "no/such/x.png"},
    {{"map", "situation", "--crs", "EPSG:1", "--bbox", "1,2,3,4", "--size", "9x9", "-o", "x.png"}, "EPSG:1"},
    {{"map", "situation", "--crs", "EPSG:28992", "--bbox", "3,2,1,4", "--size", "9x9", "-o", "x.png"},
     "antimeridian, and not in EPSG:28992"},
    {{"briefing", "situation", "--center", "1e9,2", "--scale", "25000", "-o", "x.pdf"}, ""},
    {{"import", "nowhere", "plot.geojson"}, "--title"},
    {{"export", "nowhere"}, "nowhere"},
    {{"export", "exercise", "--revision", "99"}, "99"},
    {{"symbols", "show", "bw.usg"}, "the nearest is 'bw.ugs'"},
    {{"seed", "situation", "--bbox", "4,51,5,52", "--zoom", "60", "-o", "x.mbtiles"}, NULL},
    {{"seed", "situation", "--bbox", "4,51,5,52", "--zoom", "6", "-o", "plots.gpkg"}, "not MBTiles"},
    {{"seed", "situation", "--bbox", "-180,-85,180,85", "--zoom", "20", "-o", "x.mbtiles"}, "fewer zooms"},
    {{"check", "--config", "nowhere.yaml"}, "nowhere.yaml"},
};

START_TEST(a_fault_is_one_sentence_and_ends_with_1)
{
    const struct wrong *wrong = &faults[_i];
    const char *folder = program_folder();
    PROGRAM_EXPECT(0, folder, "import", "exercise", "plot.geojson");
    struct program_result result = program_wait(folder, program_start(folder, wrong->words));
    if (wrong->said) {
        ck_assert_msg(result.status == 1, "status %d: %s", result.status, result.err);
        ck_assert_holds(result.err, wrong->said);
        ck_assert_uint_eq(program_count(result.err, "\n"), 1);
    } else {
        ck_assert_int_eq(result.status, 2); /* no set has such a zoom at all */
    }
    ck_assert(!program_has(folder, "x.png") && !program_has(folder, "x.pdf"));
    program_finish(&result);
}
END_TEST

START_TEST(the_configuration_is_named_before_or_behind_the_command)
{
    const char *folder = program_folder();
    program_write(folder, "other.yaml",
                  "store: other.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\n"
                  "plots: [{name: exercise, title: Oefening}]\n");
    PROGRAM_EXPECT(0, folder, "--config", "other.yaml", "import", "exercise", "plot.geojson");
    PROGRAM_EXPECT(0, folder, "export", "exercise", "--config=other.yaml");
    PROGRAM_EXPECT(1, folder, "export", "exercise");
    PROGRAM_EXPECT(2, folder, "--config", "other.yaml", "export", "exercise", "--config", "plottafel.yaml");
}
END_TEST

START_TEST(symbols_are_listed_and_shown_without_a_configuration)
{
    const char *folder = test_folder();
    struct program_result list = PROGRAM_RUN(folder, "symbols", "list", "--language", "en");
    ck_assert_int_eq(list.status, 0);
    ck_assert_holds(list.out, "bw.ugs ");
    ck_assert_holds(list.out, "Staging area");
    ck_assert_uint_ge(program_count(list.out, "\n"), 60);
    struct program_result json = PROGRAM_RUN(folder, "symbols", "list", "--json");
    ck_assert_int_eq(json.status, 0);
    ck_assert_uint_eq(program_count(json.out, "\"id\":"), program_count(list.out, "\n"));
    struct program_result show = PROGRAM_RUN(folder, "symbols", "show", "bw.ugs;st=planned", "-o", "s.svg");
    ck_assert_int_eq(show.status, 0);
    ck_assert_holds(show.out, "nl@1/bw.ugs;st=planned");
    ck_assert_holds(show.out, "Bereitstellungsraum");
    ck_assert(program_has(folder, "s.svg"));
    program_finish(&list);
    program_finish(&json);
    program_finish(&show);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("commands");
    TCase *cases = tcase_create("commands");
    tcase_set_timeout(cases, 60);
    tcase_add_loop_test(cases, help_of_every_command_has_usage_and_example, 0, (int)NAME_COUNT);
    tcase_add_test(cases, help_lists_every_command_but_the_hidden_one);
    tcase_add_test(cases, version_is_said);
    tcase_add_test(cases, an_unknown_command_gets_the_nearest);
    tcase_add_loop_test(cases, wrong_usage_is_named_and_ends_with_2, 0,
                        (int)(sizeof(wrongs) / sizeof(wrongs[0])));
    tcase_add_loop_test(cases, a_fault_is_one_sentence_and_ends_with_1, 0,
                        (int)(sizeof(faults) / sizeof(faults[0])));
    tcase_add_test(cases, the_configuration_is_named_before_or_behind_the_command);
    tcase_add_test(cases, symbols_are_listed_and_shown_without_a_configuration);
    suite_add_tcase(suite, cases);
    return suite;
}
