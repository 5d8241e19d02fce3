#include "data/catalogue.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "geo/crs.h"
#include "symbology/symbol_library.h"
#include "tests/support/runner.h"

/* A mistake that must be named: its line, and a word of the sentence or field. */
struct expected {
    int line;
    const char *word;
};

static char path[512];

static const char *write_text(const char *name, const char *text)
{
    struct fault fault = {FAULT_NONE, ""};
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    ck_assert_msg(file_write(path, text, strlen(text), &fault), "%s", fault.message);
    return path;
}

static struct catalogue *read_good(const char *text)
{
    struct problems problems;
    problems_init(&problems);
    struct catalogue *catalogue = catalogue_read(write_text("catalogue.yaml", text), &problems);
    problems_print(&problems, stdout);
    ck_assert_ptr_nonnull(catalogue);
    ck_assert_uint_eq(problems.count, 0);
    problems_finish(&problems);
    return catalogue;
}

static bool is_named(const struct problems *problems, struct expected expected)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        if (problem->line == expected.line &&
            (strstr(problem->sentence, expected.word) || strstr(problem->field, expected.word))) {
            return true;
        }
    }
    return false;
}

static void refuse(const char *text, const struct expected *expected, size_t count)
{
    struct problems problems;
    problems_init(&problems);
    ck_assert_ptr_null(catalogue_read(write_text("catalogue.yaml", text), &problems));
    for (size_t i = 0; i < count; i++) {
        if (!is_named(&problems, expected[i])) {
            problems_print(&problems, stdout);
            ck_abort_msg("line %d: '%s' is not named", expected[i].line, expected[i].word);
        }
    }
    ck_assert_uint_eq(problems.error_count, count);
    for (size_t i = 0; i < problems.count; i++) {
        ck_assert_str_eq(problems.items[i].file, path);
    }
    problems_finish(&problems);
}

START_TEST(a_record_is_read_as_written)
{
    struct catalogue *catalogue =
        read_good("layers:\n"
                  "  - id: rivers\n"
                  "    title: {nl: Rivieren, en: Rivers}\n"
                  "    kind: vector\n"
                  "    driver: ESRI Shapefile\n"
                  "    path: layers/rivers.shp\n"
                  "    table: rivers\n"
                  "    crs: EPSG:28992\n"
                  "    owner: Rijkswaterstaat\n"
                  "    credit: WDBII\n"
                  "    licence: LGPL-3\n"
                  "    currency: 2017-06\n"
                  "    marking: TLP:AMBER\n"
                  "    application_scale: 25000\n"
                  "    scale: [1000, 3000000]\n"
                  "    style: {rules: [{stroke: {width: 1, colour: '#000000'}}]}\n");
    const struct layer *layer = catalogue_find(catalogue, "rivers");
    ck_assert_ptr_eq(layer, catalogue_at(catalogue, 0));
    ck_assert_str_eq(multilingual_text(&layer->title, LANGUAGE_EN), "Rivers");
    ck_assert_str_eq(multilingual_text(&layer->title, LANGUAGE_DE), "Rivieren");
    ck_assert_int_eq(layer->kind, LAYER_VECTOR);
    ck_assert_str_eq(layer->driver, "ESRI Shapefile");
    ck_assert_str_eq(layer->table, "rivers");
    ck_assert_str_eq(layer->crs_code, "EPSG:28992");
    ck_assert_str_eq(layer->owner, "Rijkswaterstaat");
    ck_assert_str_eq(layer->credit, "WDBII");
    ck_assert_str_eq(layer->licence, "LGPL-3");
    ck_assert_str_eq(layer->currency, "2017-06");
    ck_assert_int_eq(layer->marking, MARKING_AMBER);
    ck_assert_double_eq(layer->application_denominator, 25000);
    ck_assert_double_eq(layer->min_denominator, 1000);
    ck_assert_double_eq(layer->max_denominator, 3000000);
    ck_assert_ptr_nonnull(layer->style);
    ck_assert_int_eq(layer->line, 2);
    catalogue_free(catalogue);
}
END_TEST

START_TEST(what_is_left_out_has_a_default)
{
    struct catalogue *catalogue = read_good("layers:\n"
                                            "  - {id: a, title: Dieptes, kind: raster, driver: GTiff, "
                                            "path: /tmp/a.tif, style: {}}\n");
    const struct layer *layer = catalogue_at(catalogue, 0);
    ck_assert_str_eq(multilingual_text(&layer->title, LANGUAGE_EN), "Dieptes");
    ck_assert_str_eq(layer->path, "/tmp/a.tif");
    ck_assert_ptr_null(layer->table);
    ck_assert_ptr_null(layer->crs_code);
    ck_assert_str_eq(layer->credit, "");
    ck_assert_int_eq(layer->marking, MARKING_CLEAR);
    ck_assert_double_eq(layer->min_denominator, 0);
    ck_assert(isinf(layer->max_denominator));
    ck_assert_ptr_null(catalogue_at(catalogue, 1));
    ck_assert_ptr_null(catalogue_find(catalogue, "b"));
    catalogue_free(catalogue);
}
END_TEST

START_TEST(a_path_is_found_beside_the_catalogue)
{
    struct catalogue *catalogue =
        read_good("layers: [{id: a, title: A, kind: raster, driver: GTiff, path: sub/a.tif, style: {}}]\n");
    char expected[512];
    snprintf(expected, sizeof expected, "%s/sub/a.tif", test_folder());
    ck_assert_str_eq(catalogue_at(catalogue, 0)->path, expected);
    catalogue_free(catalogue);
}
END_TEST

START_TEST(a_path_is_absolute_even_when_the_catalogue_is_named_from_the_working_folder)
{
    write_text("catalogue.yaml",
               "layers: [{id: a, title: A, kind: raster, driver: GTiff, path: sub/a.tif, style: {}}]\n");
    char before[512];
    ck_assert_ptr_nonnull(getcwd(before, sizeof before));
    ck_assert_int_eq(chdir(test_folder()), 0);
    struct problems problems;
    problems_init(&problems);
    struct catalogue *catalogue = catalogue_read("catalogue.yaml", &problems);
    ck_assert_int_eq(chdir(before), 0);
    ck_assert_ptr_nonnull(catalogue);
    char expected[512];
    snprintf(expected, sizeof expected, "%s/sub/a.tif", test_folder());
    ck_assert_str_eq(catalogue_at(catalogue, 0)->path, expected);
    catalogue_free(catalogue);
    problems_finish(&problems);
}
END_TEST

START_TEST(twenty_mistakes_are_all_named_at_their_lines)
{
    const char *text = "layers:\n"             /* 1 */
                       "  - id: Rivers!\n"     /* 2: no id */
                       "    titel: Rivieren\n" /* 3: unknown key, and title missing (2) */
                       "    kind: vektor\n"    /* 4: no kind */
                       "    driver: GPX\n"     /* 5: unknown driver */
                       "    path: http://example.org/rivers.gpkg\n" /* 6: no file */
                       "    crs: RD\n"                              /* 7: no CRS code */
                       "    marking: SECRET\n"                      /* 8: unknown marking */
                       "    application_scale: small\n"             /* 9: no number */
                       "    scale: [5000]\n"                        /* 10: not two */
                       "    style: blue\n"                          /* 11: no mapping */
                       "  - id: depth\n"                            /* 12: path missing */
                       "    title: {nl: Diepte, es: Profundidad}\n" /* 13: unknown language */
                       "    kind: raster\n"                         /* 14 */
                       "    driver: GPKG\n"                         /* 15: not for raster */
                       "    owner: [a, b]\n"                        /* 16: no text */
                       "    scale: [2000, 1000]\n"                  /* 17: upside down */
                       "    application_scale: -1\n"                /* 18: below 0 */
                       "    crs: EPSG:28992x\n"                     /* 19: no CRS code */
                       "  - id: depth\n"                            /* 20: twice; and no style */
                       "    title: Diepte\n"                        /* 21 */
                       "    kind: raster\n"                         /* 22 */
                       "    driver: GTiff\n"                        /* 23 */
                       "    path: /vsicurl/depth.tif\n"             /* 24: no file */
                       "    scale: [0, veel]\n"                     /* 25: no number */
                       "  - just a word\n";                         /* 26: no record */
    const struct expected expected[] = {
        {2, "Rivers!"}, {3, "title"},    {2, "title"},  {4, "vektor"},     {5, "GPX"},    {6, "http"},
        {7, "RD"},      {8, "SECRET"},   {9, "small"},  {10, "2 numbers"}, {11, "style"}, {12, "path"},
        {13, "es"},     {15, "raster"},  {16, "owner"}, {17, "least"},     {18, "-1"},    {19, "28992x"},
        {12, "style"},  {20, "already"}, {20, "style"}, {24, "vsicurl"},   {25, "veel"},  {26, "record"},
    };
    refuse(text, expected, sizeof expected / sizeof expected[0]);
}
END_TEST

START_TEST(a_mistyped_field_gets_a_suggestion)
{
    struct problems problems;
    problems_init(&problems);
    const char *text = "layers: [{id: a, title: A, kind: raster, driver: GTiff, path: a.tif, style: {}, "
                       "licens: MIT}]\n";
    ck_assert_ptr_null(catalogue_read(write_text("catalogue.yaml", text), &problems));
    ck_assert_uint_eq(problems.count, 1);
    ck_assert_ptr_nonnull(strstr(problems.items[0].sentence, "licence"));
    ck_assert_ptr_nonnull(strstr(problems.items[0].field, "layers[0]"));
    problems_finish(&problems);
}
END_TEST

START_TEST(a_file_that_is_no_catalogue_is_refused)
{
    const struct expected none[] = {{1, "layers"}};
    refuse("{}\n", none, 1);
    const struct expected other[] = {{1, "list"}};
    refuse("layers: none\n", other, 1);
    struct problems problems;
    problems_init(&problems);
    ck_assert_ptr_null(catalogue_read("/nowhere/catalogue.yaml", &problems));
    ck_assert_uint_eq(problems.error_count, 1);
    problems_finish(&problems);
}
END_TEST

START_TEST(a_catalogue_without_layers_is_a_catalogue)
{
    struct catalogue *catalogue = read_good("layers: []\n");
    ck_assert_uint_eq(catalogue_count(catalogue), 0);
    catalogue_free(catalogue);
}
END_TEST

START_TEST(symbols_that_styles_ask_for_are_looked_up)
{
    static const struct expected expected[] = {
        {7, "obj.scool"}, {8, "line or an area"}, {9, "layers[0].style.rules[4].symbol.code"}};
    struct problems problems;
    problems_init(&problems);
    struct symbol_library *library = symbol_library_new(&problems);
    struct catalogue *catalogue =
        read_good("layers:\n"
                  "  - {id: a, title: A, kind: vector, driver: GeoJSON, path: a.geojson, style: {rules: [\n"
                  "\n"
                  "      {symbol: nl@1/obj.school},\n"
                  "      {symbol: {code: nl@1/bw.ugs, size: 2}},\n"
                  "\n"
                  "      {symbol: nl@1/obj.scool},\n"
                  "      {symbol: nl@1/l.afzetting},\n"
                  "      {symbol: {code: zz@7/x.y}}]}}\n");
    ck_assert_ptr_nonnull(library);
    catalogue_check_symbols(catalogue, library, &problems);
    problems_print(&problems, stdout);
    ck_assert_uint_eq(problems.count, 3);
    ck_assert_uint_eq(problems.error_count, 3);
    for (size_t i = 0; i < 3; i++) {
        ck_assert_msg(is_named(&problems, expected[i]), "line %d", expected[i].line);
    }
    catalogue_free(catalogue);
    symbol_library_free(library);
    problems_finish(&problems);
}
END_TEST

START_TEST(checking_names_files_that_cannot_be_drawn_and_words_that_are_missing)
{
    write_text("good.geojson", "{\"type\":\"Feature\",\"properties\":{\"name\":\"a\"},"
                               "\"geometry\":{\"type\":\"Point\",\"coordinates\":[5,52]}}");
    struct catalogue *catalogue = read_good(
        "layers:\n"
        "  - {id: good, title: A, kind: vector, driver: GeoJSON, path: good.geojson, credit: us, style: "
        "{rules: "
        "[{label: {field: name}}]}}\n"
        "  - {id: gone, title: A, kind: vector, driver: GeoJSON, path: gone.geojson, credit: us, style: {}}\n"
        "  - {id: vain, title: A, kind: vector, driver: GeoJSON, path: good.geojson, style: {rules: [{label: "
        "{field: naam}}]}}\n"
        "  - {id: crs, title: A, kind: vector, driver: GeoJSON, path: good.geojson, credit: us, crs: "
        "'EPSG:99999', "
        "style: {}}\n");
    struct fault fault = {FAULT_NONE, ""};
    struct crs_context *context = crs_context_new(NULL, &fault);
    ck_assert_msg(context != NULL, "%s", fault.message);
    struct problems problems;
    problems_init(&problems);
    catalogue_check_files(catalogue, context, &problems);
    problems_print(&problems, stdout);
    ck_assert_uint_eq(problems.error_count, 2);
    ck_assert_uint_eq(problems.count, 4);
    ck_assert(is_named(&problems, (struct expected){3, "gone.geojson"}));
    ck_assert(is_named(&problems, (struct expected){4, "naam"}));
    ck_assert(is_named(&problems, (struct expected){4, "credit"}));
    ck_assert(is_named(&problems, (struct expected){5, "99999"}));
    problems_finish(&problems);
    crs_context_free(context);
    catalogue_free(catalogue);
}
END_TEST

/* One feature for each of 300 lines, and a raster of noise; what a file system may do to them. */
static bool make_files_to_damage(void)
{
    char folder[400];
    snprintf(folder, sizeof folder, "%s", test_folder());
    char command[2600];
    if (system("command -v ogr2ogr >/dev/null && command -v gdal_translate >/dev/null") != 0) {
        test_skipped("ogr2ogr or gdal_translate is not there");
        return false;
    }
    snprintf(
        command, sizeof command,
        "cd %s && rm -f whole.fgb && (echo 'id,WKT'; for i in $(seq 300); do "
        "echo \"$i,\\\"LINESTRING($((i %% 20)) $((i / 20)),$((i %% 20 + 1)) $((i / 20 + 1)))\\\"\"; done)"
        " > lines.csv && ogr2ogr -f FlatGeobuf -a_srs EPSG:4326 whole.fgb lines.csv && "
        "head -c 5000 whole.fgb > index.fgb && size=$(stat -c %%s whole.fgb) && "
        "(head -c $((size * 2 / 3)) whole.fgb; head -c 2000 lines.csv; "
        "tail -c +$((size * 2 / 3 + 2001)) whole.fgb) > middle.fgb && "
        "(printf 'ncols 100\\nnrows 100\\nxllcorner 0\\nyllcorner 0\\ncellsize 10\\n'; seq 10000) > grid.asc "
        "&& "
        "gdal_translate -q -a_srs EPSG:28992 grid.asc whole.tif && head -c 3000 whole.tif > cut.tif",
        folder);
    ck_assert_int_eq(system(command), 0);
    return true;
}

/* Once they were only opened: "0 mistakes". */
START_TEST(checking_finds_files_that_open_but_are_damaged)
{
    if (!make_files_to_damage()) {
        return;
    }
    const char *record = ", title: A, credit: us, style: {}, ";
    char text[1200];
    snprintf(text, sizeof text,
             "layers:\n"
             "  - {id: a%skind: vector, driver: FlatGeobuf, path: whole.fgb}\n"
             "  - {id: b%skind: vector, driver: FlatGeobuf, path: index.fgb}\n"
             "  - {id: c%skind: vector, driver: FlatGeobuf, path: middle.fgb}\n"
             "  - {id: d%skind: raster, driver: GTiff, path: whole.tif}\n"
             "  - {id: e%skind: raster, driver: GTiff, path: cut.tif}\n",
             record, record, record, record, record);
    struct catalogue *catalogue = read_good(text);
    struct fault fault = {FAULT_NONE, ""};
    struct crs_context *context = crs_context_new(NULL, &fault);
    ck_assert_msg(context != NULL, "%s", fault.message);
    struct problems problems;
    problems_init(&problems);
    catalogue_check_files(catalogue, context, &problems);
    problems_print(&problems, stdout);
    ck_assert_uint_eq(problems.error_count, 3);
    ck_assert(is_named(&problems, (struct expected){3, "index.fgb"}));
    ck_assert(is_named(&problems, (struct expected){4, "middle.fgb"}));
    ck_assert(is_named(&problems, (struct expected){6, "cut.tif"}));
    problems_finish(&problems);
    crs_context_free(context);
    catalogue_free(catalogue);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("catalogue");
    TCase *tests = tcase_create("catalogue");
    tcase_add_test(tests, a_record_is_read_as_written);
    tcase_add_test(tests, what_is_left_out_has_a_default);
    tcase_add_test(tests, a_path_is_found_beside_the_catalogue);
    tcase_add_test(tests, a_path_is_absolute_even_when_the_catalogue_is_named_from_the_working_folder);
    tcase_add_test(tests, twenty_mistakes_are_all_named_at_their_lines);
    tcase_add_test(tests, a_mistyped_field_gets_a_suggestion);
    tcase_add_test(tests, a_file_that_is_no_catalogue_is_refused);
    tcase_add_test(tests, a_catalogue_without_layers_is_a_catalogue);
    tcase_add_test(tests, symbols_that_styles_ask_for_are_looked_up);
    tcase_add_test(tests, checking_names_files_that_cannot_be_drawn_and_words_that_are_missing);
    tcase_add_test(tests, checking_finds_files_that_open_but_are_damaged);
    suite_add_tcase(suite, tests);
    return suite;
}
