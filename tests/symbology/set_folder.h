/*
 * set_folder.h - symbol sets written into folders of the test, and what was said about them.
 */
#ifndef TESTS_SYMBOLOGY_SET_FOLDER_H
#define TESTS_SYMBOLOGY_SET_FOLDER_H

#include <check.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "geo/base/file.h"
#include "geo/base/problems.h"
#include "tests/support/runner.h"

#define GLYPH_HEAD                                                                                           \
    "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 24 24\" fill=\"none\" stroke=\"currentColor\" " \
    "stroke-width=\"2\" stroke-linecap=\"round\" stroke-linejoin=\"round\">"

/* Writes a set with this text into a folder of its own. Borrowed until the next call. */
static inline const char *write_set(const char *name, const char *yaml)
{
    static char folder[300];
    char path[400];
    snprintf(folder, sizeof folder, "%s/%s", test_folder(), name);
    snprintf(path, sizeof path, "%s/glyphs", folder);
    mkdir(folder, 0700);
    mkdir(path, 0700);
    snprintf(path, sizeof path, "%s/set.yaml", folder);
    ck_assert(file_write(path, yaml, strlen(yaml), NULL));
    return folder;
}

static inline void write_glyph(const char *folder, const char *name, const char *svg)
{
    char path[400];
    snprintf(path, sizeof path, "%s/glyphs/%s", folder, name);
    ck_assert(file_write(path, svg, strlen(svg), NULL));
}

/* Line of the mistake in set.yaml, and a word of its sentence or field. */
struct expected {
    int line;
    const char *word;
};

static inline bool is_named(const struct problems *problems, struct expected expected)
{
    for (size_t i = 0; i < problems->count; i++) {
        const struct problem *problem = &problems->items[i];
        bool has_word = strstr(problem->sentence, expected.word) || strstr(problem->field, expected.word);
        if (problem->line == expected.line && has_word && strstr(problem->file, "set.yaml")) {
            return true;
        }
    }
    return false;
}

static inline void expect_named(const struct problems *problems, const struct expected *expected,
                                size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!is_named(problems, expected[i])) {
            problems_print(problems, stderr);
        }
        ck_assert_msg(is_named(problems, expected[i]), "line %d: %s", expected[i].line, expected[i].word);
    }
}

#endif
