#include "data/map.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "symbology/language.h"
#include "tests/support/runner.h"

static char path[512];
static struct catalogue *catalogue;

static const char *write_text(const char *name, const char *text)
{
    struct fault fault = {FAULT_NONE, ""};
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    ck_assert_msg(file_write(path, text, strlen(text), &fault), "%s", fault.message);
    return path;
}

static void setup(void)
{
    const char *text =
        "layers:\n"
        "  - {id: land, title: Land, kind: vector, driver: GPKG, path: a.gpkg, credit: GSHHG, "
        "style: {}}\n"
        "  - {id: coast, title: Kust, kind: vector, driver: GPKG, path: b.gpkg, credit: GSHHG, "
        "style: {}}\n"
        "  - {id: roads, title: Wegen, kind: vector, driver: GPKG, path: c.gpkg, credit: NWB, "
        "style: {}}\n"
        "  - {id: depth, title: Diepte, kind: raster, driver: GTiff, path: a.tif, marking: "
        "GREEN, style: {}}\n";
    struct problems problems;
    problems_init(&problems);
    catalogue = catalogue_read(write_text("catalogue.yaml", text), &problems);
    problems_print(&problems, stdout);
    problems_finish(&problems);
    ck_assert_ptr_nonnull(catalogue);
}

static void teardown(void)
{
    catalogue_free(catalogue);
}

static struct maps *read_good(const char *text)
{
    struct problems problems;
    problems_init(&problems);
    struct maps *maps = maps_read(write_text("maps.yaml", text), catalogue, &problems);
    problems_print(&problems, stdout);
    ck_assert_ptr_nonnull(maps);
    problems_finish(&problems);
    return maps;
}

START_TEST(a_map_is_read_as_written)
{
    struct maps *maps = read_good("maps:\n"
                                  "  - id: situation\n"
                                  "    title: {nl: Situatie, en: Situation}\n"
                                  "    place: Moerdijk\n"
                                  "    items:\n"
                                  "      - layer: land\n"
                                  "      - plot: hollands-diep\n"
                                  "      - layer: depth\n"
                                  "    extent: [4.3, 51.5, 4.9, 51.9]\n"
                                  "    background: '#CFE3EE'\n"
                                  "    palette: mono\n"
                                  "    crowded: leader\n"
                                  "    marking: TLP:CLEAR\n"
                                  "    status: established\n"
                                  "    version: '0.3'\n"
                                  "    author: Informatiemanager\n"
                                  "    organisation: VR\n"
                                  "    contact: 088\n"
                                  "    disclaimer: {nl: Oefening, en: Exercise}\n");
    const struct map *map = maps_find(maps, "situation");
    ck_assert_ptr_eq(map, maps_at(maps, 0));
    ck_assert_str_eq(multilingual_text(&map->title, LANGUAGE_EN), "Situation");
    ck_assert_str_eq(multilingual_text(&map->place, LANGUAGE_NL), "Moerdijk");
    ck_assert_str_eq(multilingual_text(&map->disclaimer, LANGUAGE_EN), "Exercise");
    ck_assert_uint_eq(map->item_count, 3);
    ck_assert_ptr_eq(map->items[0].layer, catalogue_find(catalogue, "land"));
    ck_assert_ptr_null(map->items[0].plot);
    ck_assert_str_eq(map->items[1].plot, "hollands-diep");
    ck_assert_ptr_null(map->items[1].layer);
    ck_assert_double_eq(map->extent_deg.min_x, 4.3);
    ck_assert_double_eq(map->extent_deg.max_y, 51.9);
    ck_assert_int_eq(map->background.red, 0xCF);
    ck_assert_int_eq(map->palette, PALETTE_MONO);
    ck_assert_int_eq(map->crowded, MAP_CROWDED_LEADER);
    ck_assert_int_eq(map->status, MAP_ESTABLISHED);
    ck_assert_str_eq(map->version, "0.3");
    ck_assert_str_eq(map->author, "Informatiemanager");
    ck_assert_str_eq(map->organisation, "VR");
    ck_assert_str_eq(map->contact, "088");
    maps_free(maps);
}
END_TEST

START_TEST(the_marking_of_a_map_is_the_highest_of_what_it_shows)
{
    struct maps *maps =
        read_good("maps:\n"
                  "  - {id: a, title: A, items: [{layer: land}], extent: [3, 50, 7, 54]}\n"
                  "  - {id: b, title: B, items: [{layer: land}, {layer: depth}], extent: [3, 50, 7, 54]}\n"
                  "  - {id: c, title: C, items: [{layer: depth}], marking: RED, extent: [3, 50, 7, 54]}\n");
    ck_assert_int_eq(map_marking(maps_find(maps, "a")), MARKING_CLEAR);
    ck_assert_int_eq(map_marking(maps_find(maps, "b")), MARKING_GREEN);
    ck_assert_int_eq(map_marking(maps_find(maps, "c")), MARKING_RED);
    maps_free(maps);
}
END_TEST

START_TEST(each_credit_of_its_layers_is_said_once)
{
    struct maps *maps =
        read_good("maps:\n"
                  "  - {id: a, title: A, items: [{layer: land}, {layer: roads}, {layer: coast}, "
                  "{plot: p}], extent: [3, 50, 7, 54]}\n"
                  "  - {id: b, title: B, items: [{layer: depth}], extent: [3, 50, 7, 54]}\n");
    char *credits = map_credits(maps_find(maps, "a"));
    ck_assert_str_eq(credits, "GSHHG; NWB");
    free(credits);
    credits = map_credits(maps_find(maps, "b"));
    ck_assert_str_eq(credits, "");
    free(credits);
    maps_free(maps);
}
END_TEST

START_TEST(all_mistakes_are_named_at_their_lines)
{
    const char *text = "maps:\n"                              /* 1 */
                       "  - id: a\n"                          /* 2: title missing */
                       "    items:\n"                         /* 3 */
                       "      - layer: lnad\n"                /* 4: unknown layer */
                       "      - plot: Hollands Diep\n"        /* 5: no name */
                       "      - {layer: land, plot: b}\n"     /* 6: both */
                       "      - layer: land\n"                /* 7 */
                       "      - layer: land\n"                /* 8: again */
                       "    extent: [4.9, 51.5, 4.3, 51.9]\n" /* 9: east before west */
                       "    background: blauw\n"              /* 10 */
                       "    palette: sepia\n"                 /* 11 */
                       "    marking: geheim\n"                /* 12 */
                       "    status: done\n"                   /* 13 */
                       "    colour: red\n"                    /* 14: unknown key */
                       "  - id: a\n"                          /* 15: twice, no items, no extent */
                       "    title: A\n";
    static const struct {
        int line;
        const char *word;
    } expected[] = {
        {2, "title"},   {4, "lnad"},     {5, "Hollands Diep"}, {6, "either"},  {8, "already"},
        {9, "west"},    {10, "blauw"},   {11, "sepia"},        {12, "geheim"}, {13, "done"},
        {14, "colour"}, {15, "already"}, {15, "items"},        {15, "extent"},
    };
    const size_t count = sizeof expected / sizeof expected[0];
    struct problems problems;
    problems_init(&problems);
    ck_assert_ptr_null(maps_read(write_text("maps.yaml", text), catalogue, &problems));
    problems_print(&problems, stdout);
    ck_assert_uint_eq(problems.error_count, count);
    for (size_t i = 0; i < count; i++) {
        bool is_named = false;
        for (size_t k = 0; k < problems.count; k++) {
            const struct problem *problem = &problems.items[k];
            is_named |= problem->line == expected[i].line && (strstr(problem->sentence, expected[i].word) ||
                                                              strstr(problem->field, expected[i].word));
        }
        ck_assert_msg(is_named, "line %d: '%s' is not named", expected[i].line, expected[i].word);
    }
    problems_finish(&problems);
}
END_TEST

/* Once mistakes in the catalogue hid all those of the maps. */
START_TEST(mistakes_are_named_too_when_the_catalogue_has_some_itself)
{
    struct problems problems;
    problems_init(&problems);
    const char *text = "maps:\n  - {id: a, titel: x, items: [{layer: land}], extent: [1, 2]}\n";
    ck_assert_ptr_null(maps_read(write_text("maps.yaml", text), NULL, &problems));
    ck_assert_uint_eq(problems.error_count, 3); /* titel, no title, extent; not the layer */
    problems_finish(&problems);
}
END_TEST

START_TEST(numbers_are_titles_and_nothing_is_none)
{
    static const struct {
        const char *title;
        const char *words; /* NULL: it is right */
    } titles[] = {{"2026", NULL},
                  {"{nl: 5}", NULL},
                  {"false", NULL},
                  {"", "is missing"},
                  {"~", "is missing"},
                  {"''", "must not be empty"},
                  {"{}", "must be a text"},
                  {"{nl: }", "must not be empty"},
                  {"{nl: Kaart, fr: ''}", "must not be empty"},
                  {"[Kaart]", "must be a text"},
                  {"{nl: {x: 5}}", "must be a text"}};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        char text[300];
        struct problems problems;
        problems_init(&problems);
        snprintf(text, sizeof text,
                 "maps:\n  - id: a\n    items: [{layer: land}]\n    extent: [1, 2, 3, 4]\n    title: %s\n",
                 titles[i].title);
        struct maps *maps = maps_read(write_text("maps.yaml", text), catalogue, &problems);
        ck_assert_msg(problems.error_count == (titles[i].words ? 1 : 0), "%s", titles[i].title);
        if (titles[i].words) {
            ck_assert_ptr_nonnull(strstr(problems.items[0].sentence, titles[i].words));
        } else {
            const char *title = multilingual_text(&maps_at(maps, 0)->title, LANGUAGE_NL);
            ck_assert_msg(title[0] && strstr(titles[i].title, title), "%s", title);
        }
        maps_free(maps);
        problems_finish(&problems);
    }
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("map");
    TCase *tests = tcase_create("map");
    tcase_add_checked_fixture(tests, setup, teardown);
    tcase_add_test(tests, a_map_is_read_as_written);
    tcase_add_test(tests, the_marking_of_a_map_is_the_highest_of_what_it_shows);
    tcase_add_test(tests, each_credit_of_its_layers_is_said_once);
    tcase_add_test(tests, all_mistakes_are_named_at_their_lines);
    tcase_add_test(tests, numbers_are_titles_and_nothing_is_none);
    tcase_add_test(tests, mistakes_are_named_too_when_the_catalogue_has_some_itself);
    suite_add_tcase(suite, tests);
    return suite;
}
