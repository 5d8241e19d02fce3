/*
 * test_style_import_harm.c - styles of others that are wrong, huge, deep or changed at random never crash.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "symbology/import/style_import.h"
#include "symbology/style.h"
#include "tests/support/effort.h"
#include "tests/support/random.h"
#include "tests/support/runner.h"
#include "tests/symbology/converted_style.h"
#include "tests/symbology/foreign_styles.h"

END_TEST

START_TEST(what_is_no_style_is_a_named_fault)
{
    static const struct {
        const char *text;
        const char *said;
    } wrongs[] = {
        {"", "neither XML nor JSON"},
        {"name: roads", "neither XML nor JSON"},
        {"{", "no JSON"},
        {"{}", "has no layers"},
        {"{\"layers\": {}}", "has no layers"},
        {"{\"layers\": []}", "has no layers"},
        {"{\"layers\": [1, null, \"x\", []]}", "nothing in it"},
        {"<StyledLayerDescriptor>", "in"},
        {"<html/>", "its first element is html"},
        {"<StyledLayerDescriptor/>", "has no layers"},
        {"<StyledLayerDescriptor><NamedLayer/></StyledLayerDescriptor>", "has no layers"},
        {"<UserStyle><FeatureTypeStyle><Rule/></FeatureTypeStyle></UserStyle>", "nothing in it"},
        {"<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><UserStyle>&b;</UserStyle>", "in"},
    };
    for (size_t i = 0; i < sizeof wrongs / sizeof *wrongs; i++) {
        struct converted wrong = convert(wrongs[i].text);
        ck_assert_msg(!wrong.is_done && strstr(wrong.fault.message, wrongs[i].said), "%s: %s", wrongs[i].text,
                      wrong.fault.message);
        finish(&wrong);
    }
}

END_TEST

/* A layer with one property of any value. */
static void expect_survival(const char *property, const char *value)
{
    char style[2000];
    snprintf(style, sizeof style,
             "{\"layers\": [{\"id\": \"x\", \"type\": \"line\", \"source-layer\": \"l\", %s: %s},"
             "{\"id\": \"y\", \"type\": \"line\", \"source-layer\": \"l\", \"paint\": {\"line-width\": %s}},"
             "{\"id\": \"z\", \"type\": \"symbol\", \"source-layer\": \"l\", \"layout\": {\"text-field\": %s,"
             " \"text-font\": %s, \"text-offset\": %s}}]}",
             property, value, value, value, value, value);
    struct converted converted = convert(style);
    finish(&converted);
}

START_TEST(wrong_types_everywhere_are_losses_not_crashes)
{
    static const char *const properties[] = {"\"filter\"", "\"minzoom\"", "\"paint\"",
                                             "\"layout\"", "\"ref\"",     "\"maxzoom\""};
    static const char *const values[] = {"null",
                                         "true",
                                         "-1e300",
                                         "\"\"",
                                         "\"\\u0007\\ufeff\\ud83d\\ude00{[\"",
                                         "[]",
                                         "[[]]",
                                         "{}",
                                         "[null]",
                                         "[\"get\"]",
                                         "[\"==\"]",
                                         "[\"==\", 1]",
                                         "[\"==\", [], []]",
                                         "[\"in\"]",
                                         "[\"in\", \"a\"]",
                                         "[\"match\", [\"get\", \"a\"]]",
                                         "[\"case\", true]",
                                         "[\"step\", [\"zoom\"]]",
                                         "[\"interpolate\", [\"linear\"], [\"zoom\"], 5, 1, 4, 2]",
                                         "[\"interpolate\", [\"linear\"], [\"zoom\"], 5, \"a\", 6, 2]",
                                         "{\"stops\": []}",
                                         "{\"stops\": [[1]]}",
                                         "{\"stops\": [[{}, 1], [{}, 2]], \"property\": \"a\"}",
                                         "{\"property\": 1, \"stops\": [[1, 2]]}",
                                         "{\"type\": \"identity\", \"property\": \"a\"}",
                                         "[\"let\", \"a\", [\"var\", \"a\"], [\"var\", \"a\"]]",
                                         "[\"has\", [\"get\"]]",
                                         "[\"none\", [\"any\"], [\"all\"]]",
                                         "[\"!\"]",
                                         "[\"literal\"]",
                                         "[\"rgb\", \"a\"]",
                                         "[\"concat\"]",
                                         "[\"format\", {}]",
                                         "[\"coalesce\"]",
                                         "[\"to-color\"]",
                                         "[\"/\", 1, 0]",
                                         "[\"^\", -1, 0.5]",
                                         "[\"exponential\"]",
                                         "[\"==\", \"$type\", 7]",
                                         "[\"in\", \"$id\", 1]",
                                         "{\"a\": {\"b\": [1]}}"};
    for (size_t i = 0; i < sizeof properties / sizeof *properties; i++) {
        for (size_t j = 0; j < sizeof values / sizeof *values; j++) {
            expect_survival(properties[i], values[j]);
        }
    }
}
END_TEST

/* before, then middle so many times, then after */
static struct converted convert_repeated(const char *before, const char *middle, size_t count,
                                         const char *after)
{
    struct buffer text;
    buffer_init(&text, 64u << 20);
    buffer_append_text(&text, before);
    for (size_t i = 0; i < count; i++) {
        buffer_append_text(&text, middle);
    }
    buffer_append_text(&text, after);
    struct converted converted = convert_bytes(text.bytes, text.length, NULL);
    buffer_finish(&text);
    return converted;
}

#define LINE_LAYER "{\"id\": \"x\", \"type\": \"line\", \"source-layer\": \"l\", \"filter\": "

START_TEST(large_and_deep_documents_end_soon)
{
    struct converted deep = convert_repeated("{\"layers\": [" LINE_LAYER, "[\"!\", ", 1500, "true");
    ck_assert(!deep.is_done);
    finish(&deep);
    char closing[1501];
    memset(closing, ']', 1500);
    closing[1500] = '\0';
    struct buffer after;
    buffer_init(&after, 4000);
    buffer_appendf(&after, "true%s}]}", closing);
    struct converted nested = convert_repeated("{\"layers\": [" LINE_LAYER, "[\"!\", ", 1500, after.bytes);
    ck_assert(is_lost(&nested, 0, "filter", "nested too deeply"));
    finish(&nested);
    buffer_finish(&after);
    struct converted wide =
        convert_repeated("{\"layers\": [" LINE_LAYER "[\"in\", \"a\"", ", \"bcdefgh\"", 900000, "]}]}");
    ck_assert(!wide.is_done && is_lost(&wide, 0, "layers[0]", "nested too widely"));
    finish(&wide);
    struct converted layers = convert_repeated("{\"layers\": [",
                                               "{\"type\": \"line\", \"paint\": {\"line-width\": "
                                               "[\"interpolate\", [\"linear\"], [\"zoom\"], 0, 1, 24, 9]}},",
                                               60000, "0]}");
    ck_assert(layers.is_done && layers.losses.left_out > 0);
    ck_assert_uint_eq(layers.style->rule_count, 256);
    finish(&layers);
    struct converted rules =
        convert_repeated("<UserStyle><FeatureTypeStyle>", "<Rule><ElseFilter/><LineSymbolizer/></Rule>",
                         60000, "</FeatureTypeStyle></UserStyle>");
    ck_assert(rules.is_done && rules.style->rule_count <= 256);
    finish(&rules);
    struct converted bomb = convert_repeated("{\"layers\": [" LINE_LAYER "true, \"paint\": {\"line-width\": ",
                                             "[\"let\", \"a\", [\"+\", [\"var\", \"a\"], [\"var\", \"a\"]], ",
                                             30, "[\"var\", \"a\"]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]}}]}");
    ck_assert(bomb.is_done);
    finish(&bomb);
}
END_TEST

/* Bytes changed, cut out, doubled; words of one language put into another. */
static size_t mutate(const char *text, size_t length, char *mutant, uint64_t *state)
{
    static const char *const words[] = {"[",     "]",           "{",       "\"",      "<",
                                        ">",     "-1",          "1e999",   "null",    "[\"get\",\"a\"]",
                                        "&amp;", "\xC3",        "\\u0000", "</Rule>", "<Rule>",
                                        "0",     "\xEF\xBB\xBF"};
    memcpy(mutant, text, length);
    for (uint32_t changes = 1 + random_below(state, 3); changes > 0; changes--) {
        size_t at = random_below(state, (uint32_t)length);
        size_t run = 1 + random_below(state, 40);
        run = at + run > length ? length - at : run;
        const char *word = words[random_below(state, sizeof words / sizeof *words)];
        size_t word_length = strlen(word);
        switch (random_below(state, 4)) {
        case 0:
            mutant[at] = (char)random_next(state);
            break;
        case 1:
            memmove(mutant + at, mutant + at + run, length - at - run);
            length -= length > run ? run : 0;
            break;
        case 2:
            if (at + word_length <= length) {
                memcpy(mutant + at, word, word_length);
            }
            break;
        default: {
            size_t from = random_below(state, (uint32_t)(length - run + 1));
            memmove(mutant + at, mutant + from, run);
        }
        }
    }
    return length;
}

#define MUTANTS 1500

START_TEST(changed_documents_convert_or_fail_but_never_crash)
{
    static const struct {
        const char *text;
        size_t length;
    } seeds[] = {{qgis_roads, sizeof qgis_roads - 1},
                 {geoserver_landuse, sizeof geoserver_landuse - 1},
                 {pdok_style, sizeof pdok_style - 1},
                 {maplibre_style, sizeof maplibre_style - 1}};
    char mutant[8192];
    uint64_t state = 7;
    size_t done = 0;
    for (int i = 0; i < test_rounds(MUTANTS); i++) {
        size_t number = (size_t)i % (sizeof seeds / sizeof *seeds);
        ck_assert_uint_lt(seeds[number].length, sizeof mutant);
        size_t length = mutate(seeds[number].text, seeds[number].length, mutant, &state);
        char *copy = malloc(length + 1); /* so that a step beyond its end is seen */
        ck_assert_ptr_nonnull(copy);
        memcpy(copy, mutant, length);
        copy[length] = '\0';
        struct converted converted = convert_bytes(copy, length, NULL);
        done += converted.is_done;
        finish(&converted);
        free(copy);
    }
    ck_assert_uint_gt(done, test_is_short() ? 0 : MUTANTS / 20); /* they are not all refused at the door */
}
END_TEST

/* The style that PDOK published, and sheets of the Dutch topography in SLD. */
START_TEST(published_styles_convert)
{
    static const char *const files[] = {
        "standards/styles/pdok-brt-mvt-style.json", "standards/styles/pdok-sld/property_is_between_1.0.0.sld",
        "standards/styles/pdok-sld/1.1.0.sld", "standards/styles/top10nl-sld/geocat_Terreinvlakken_style.sld",
        "standards/styles/top10nl-sld/algemeen_top10_wegdeel_hartlijn.sld"};
    char *path = test_shared_data(files[_i]);
    if (!path) {
        return;
    }
    size_t length;
    struct fault fault;
    char *text = file_read(path, STYLE_IMPORT_MOST_BYTES, &length, &fault);
    ck_assert_ptr_nonnull(text);
    struct converted converted = convert_bytes(text, length, NULL);
    ck_assert(converted.is_done);
    finish(&converted);
    free(text);
    free(path);
}
END_TEST

Suite *test_suite(void)
{
    Suite *suite = suite_create("style_import");
    TCase *cases = tcase_create("style_import");
    tcase_set_timeout(cases, 120);
    tcase_add_test(cases, what_is_no_style_is_a_named_fault);
    tcase_add_test(cases, wrong_types_everywhere_are_losses_not_crashes);
    tcase_add_test(cases, large_and_deep_documents_end_soon);
    tcase_add_test(cases, changed_documents_convert_or_fail_but_never_crash);
    tcase_add_loop_test(cases, published_styles_convert, 0, 5);
    suite_add_tcase(suite, cases);
    return suite;
}
