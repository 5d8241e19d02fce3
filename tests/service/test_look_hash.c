/*
 * test_look_hash.c - whatever changes a picture changes the number, and nothing else does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "data/map.h"
#include "geo/base/problems.h"
#include "render/service/config.h"
#include "render/service/tile/look_hash.h"
#include "render/service/tile/program_hash.h"
#include "tests/support/runner.h"

#define PLOT "{name: exercise, title: Oefening, activity: oef-1, exercise: true"

static void write_file(const char *name, const char *text)
{
    char path[400];
    snprintf(path, sizeof(path), "%s/%s", test_folder(), name);
    FILE *file = fopen(path, "w");
    ck_assert_ptr_nonnull(file);
    fputs(text, file);
    fclose(file);
}

static void write_catalogue(const char *colour)
{
    char text[600];
    snprintf(text, sizeof(text),
             "layers:\n"
             "  - {id: land, title: Land, kind: vector, driver: FlatGeobuf, path: land.fgb,\n"
             "     style: {rules: [{fill: \"%s\"}]}}\n"
             "  - {id: other, title: Other, kind: vector, driver: FlatGeobuf, path: other.fgb,\n"
             "     style: {rules: [{fill: \"#112233\"}]}}\n",
             colour);
    write_file("catalogue.yaml", text);
}

static void write_maps(const char *title, const char *background)
{
    char text[600];
    snprintf(text, sizeof(text),
             "maps:\n  - {id: situation, title: %s, extent: [4.4, 51.6, 4.8, 51.8], background: \"%s\",\n"
             "     items: [{layer: land}, {plot: exercise}]}\n",
             title, background);
    write_file("maps.yaml", text);
}

static void write_config(const char *plot, int port)
{
    char text[600];
    snprintf(text, sizeof(text),
             "store: plots.gpkg\ncatalogue: catalogue.yaml\nmaps: maps.yaml\nsymbols: .\nplots:\n  - %s}\n"
             "service: {port: %d}\n",
             plot, port);
    write_file("plottafel.yaml", text);
}

static void write_set(const char *look)
{
    char text[400];
    snprintf(text, sizeof(text), "set: haven\nversion: 1\nextends: nl@1\ntitle: {nl: Haven}\n%s", look);
    write_file("set.yaml", text);
}

static void set_up(void)
{
    write_catalogue("#F7F4EC");
    write_maps("Situatie", "#CFE3EE");
    write_config(PLOT, 8080);
    write_set("");
    write_file("land.fgb", "land");
    write_file("other.fgb", "other");
}

static uint64_t hash_now(void)
{
    char path[400];
    struct problems problems;
    problems_init(&problems);
    snprintf(path, sizeof(path), "%s/plottafel.yaml", test_folder());
    struct config *config = config_read(path, &problems);
    ck_assert_msg(config != NULL, "%s", problems.count ? problems.items[0].sentence : "");
    uint64_t hash = look_hash(config, maps_at(config->maps, 0));
    config_free(config);
    problems_finish(&problems);
    return hash;
}

static void expect_change(uint64_t *hash, const char *what)
{
    uint64_t now = hash_now();
    ck_assert_msg(now != *hash, "the same after a change of %s", what);
    *hash = now;
}

static void expect_none(uint64_t hash, const char *what)
{
    ck_assert_msg(hash_now() == hash, "another after a change of %s", what);
}

START_TEST(what_draws_differently_has_another_hash)
{
    set_up();
    uint64_t hash = hash_now();
    write_catalogue("#F7F4ED");
    expect_change(&hash, "a style");
    write_maps("Situatie", "#FFFFFF");
    expect_change(&hash, "the background");
    write_config(PLOT ", symbols: nl@1", 8080);
    expect_change(&hash, "the set of a plot");
    write_set("changes: [{id: bw.ugs, letters: UG}]\n");
    expect_change(&hash, "a symbol set");
    write_file("land.fgb", "more land");
    expect_change(&hash, "a layer's file");
    write_file("land.cpg", "UTF-8");
    expect_change(&hash, "a file beside it");
}
END_TEST

START_TEST(what_draws_the_same_has_the_same_hash)
{
    set_up();
    uint64_t hash = hash_now();
    expect_none(hash, "nothing");
    write_maps("Toestand", "#CFE3EE");
    expect_none(hash, "a title");
    write_config(PLOT, 8081);
    expect_none(hash, "a port");
    write_file("other.fgb", "more of what the map does not show");
    expect_none(hash, "a layer of other maps");
    write_file("land.fgb-shm", "x");
    write_file("land.fgb-wal", "");
    expect_none(hash, "what SQLite leaves behind when it reads");
}
END_TEST

START_TEST(a_program_is_known_by_its_build)
{
    ck_assert_uint_eq(program_hash(), program_hash());
    ck_assert_uint_ne(program_hash(), 0);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("look_hash");
    TCase *cases = tcase_create("look_hash");
    tcase_add_test(cases, what_draws_differently_has_another_hash);
    tcase_add_test(cases, what_draws_the_same_has_the_same_hash);
    tcase_add_test(cases, a_program_is_known_by_its_build);
    suite_add_tcase(suite, cases);
    return suite;
}
