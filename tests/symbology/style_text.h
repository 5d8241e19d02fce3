/*
 * style_text.h - styles read from the texts of a test.
 */
#ifndef TESTS_SYMBOLOGY_STYLE_TEXT_H
#define TESTS_SYMBOLOGY_STYLE_TEXT_H

#include <check.h>
#include <stdio.h>
#include <string.h>

#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/style.h"

/* The style, style_free(), and what is wrong with it, problems_finish(). The file is called style.yaml. */
static inline struct style *read_style(const char *text, struct problems *problems)
{
    problems_init(problems);
    struct yaml_document *document = yaml_document_parse("style.yaml", text, strlen(text), problems);
    ck_assert_ptr_nonnull(document);
    struct style *style = style_read(yaml_document_root(document), problems);
    yaml_document_free(document);
    return style;
}

/* A style without any problem. */
static inline struct style *read_good(const char *text)
{
    struct problems problems;
    struct style *style = read_style(text, &problems);
    problems_print(&problems, stderr);
    ck_assert_uint_eq(problems.count, 0);
    problems_finish(&problems);
    return style;
}

#endif
