/*
 * converted_style.h - for tests: a style of others converted, and read back as one of ours.
 */
#ifndef PLOTTAFEL_TESTS_SYMBOLOGY_CONVERTED_STYLE_H
#define PLOTTAFEL_TESTS_SYMBOLOGY_CONVERTED_STYLE_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/yaml.h"
#include "symbology/import/style_import.h"
#include "symbology/import/style_losses.h"
#include "symbology/style.h"
#include "tests/support/runner.h"

/* What came of a conversion; style is that of the only layer. */
struct converted {
    bool is_done;
    struct fault fault;
    struct style_losses losses;
    struct buffer yaml;
    struct yaml_document *document;
    struct style *style;
};

static inline bool is_one_style(const struct yaml_node *root)
{
    return yaml_find(root, "rules") || yaml_find(root, "raster");
}

/* Every style in the YAML must be one of ours without a problem. */
static inline void read_back(struct converted *converted)
{
    struct problems problems;
    problems_init(&problems);
    converted->document =
        yaml_document_parse("out.yaml", converted->yaml.bytes, converted->yaml.length, &problems);
    problems_print(&problems, stderr);
    ck_assert_msg(converted->document != NULL, "%s", converted->yaml.bytes);
    const struct yaml_node *root = yaml_document_root(converted->document);
    for (size_t i = 0; !is_one_style(root) && i < yaml_count(root); i++) {
        style_free(style_read(yaml_at(root, i), &problems));
    }
    converted->style = is_one_style(root) ? style_read(root, &problems) : NULL;
    problems_print(&problems, stderr);
    ck_assert_msg(problems.count == 0, "%s", converted->yaml.bytes);
    problems_finish(&problems);
}

static inline struct converted convert_bytes(const char *text, size_t length, const char *layer)
{
    struct converted converted = {.is_done = false};
    struct style_import import = {.name = "in", .text = text, .length = length, .layer = layer};
    style_losses_init(&converted.losses, import.name);
    buffer_init(&converted.yaml, 4 * STYLE_IMPORT_MOST_BYTES);
    converted.is_done = style_import(&import, &converted.losses, &converted.yaml, &converted.fault);
    if (converted.is_done) {
        read_back(&converted);
    } else {
        ck_assert_int_ne(converted.fault.code, FAULT_NONE);
    }
    return converted;
}

static inline struct converted convert(const char *text)
{
    return convert_bytes(text, strlen(text), NULL);
}

static inline void finish(struct converted *converted)
{
    style_free(converted->style);
    yaml_document_free(converted->document);
    buffer_finish(&converted->yaml);
    style_losses_finish(&converted->losses);
}

/* Is the thing among the losses, at that line or JSON path? */
static inline bool is_lost(const struct converted *converted, int line, const char *path, const char *said)
{
    for (size_t i = 0; i < converted->losses.list.count; i++) {
        const struct problem *loss = &converted->losses.list.items[i];
        if ((line == 0 || loss->line == line) && strstr(loss->field, path) && strstr(loss->sentence, said)) {
            return true;
        }
    }
    return false;
}

#endif
