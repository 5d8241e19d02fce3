/*
 * page_fixture.h - one page to paint a block on, and to look at as dots or as words. Included by one file of
 * a program.
 */
#ifndef TESTS_SUPPORT_PAGE_FIXTURE_H
#define TESTS_SUPPORT_PAGE_FIXTURE_H

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/canvas/page.h"
#include "render/encode/png.h"
#include "render/print/pen.h"
#include "render/renderer.h"
#include "tests/support/runner.h"

struct page_fixture {
    struct bbox page_mm;
    struct page_document *document;
    struct pen pen; /* with a canvas over the page between page_fixture_open() and _close() */
};

static inline struct page_fixture page_fixture_new(struct renderer *renderer, enum page_format format,
                                                   double width_mm, double height_mm, int dpi)
{
    static const struct page_metadata metadata = {.title = "proef"};
    struct fault fault = {0};
    struct text_engine *engine = renderer_text_engine(renderer);
    struct page_fixture fixture = {.page_mm = {0, 0, width_mm, height_mm},
                                   .pen = {engine, NULL, 1.0, LANGUAGE_NL}};
    fixture.document = page_document_new(format, width_mm, height_mm, dpi, engine, &metadata, &fault);
    ck_assert_msg(fixture.document != NULL, "%s", fault.message);
    return fixture;
}

static inline void page_fixture_open(struct page_fixture *fixture)
{
    struct fault fault = {0};
    fixture->pen.canvas = page_canvas(fixture->document, fixture->page_mm, (struct point){0, 0}, &fault);
    ck_assert_msg(fixture->pen.canvas != NULL, "%s", fault.message);
}

static inline void page_fixture_close(struct page_fixture *fixture)
{
    canvas_free(fixture->pen.canvas);
    fixture->pen.canvas = NULL;
}

/** The document, owned by the caller; the fixture is spent. */
static inline char *page_fixture_take(struct page_fixture *fixture, size_t *length)
{
    struct fault fault = {0};
    char *bytes = page_document_take(fixture->document, length, &fault);
    ck_assert_msg(bytes != NULL, "%s", fault.message);
    page_document_free(fixture->document);
    return bytes;
}

/** Of a PNG: its dots. Owned. */
static inline struct image *page_fixture_image(struct page_fixture *fixture)
{
    struct fault fault = {0};
    size_t length = 0;
    char *bytes = page_fixture_take(fixture, &length);
    struct image *image = png_read(bytes, length, 50000000, &fault);
    ck_assert_msg(image != NULL, "%s", fault.message);
    free(bytes);
    return image;
}

/** What a command says of the document, which it is given as the file %s; NULL when it fails. Owned. */
static inline char *page_fixture_ask(struct page_fixture *fixture, const char *name, const char *command)
{
    char path[160];
    char line[600];
    struct fault fault = {0};
    size_t length = 0;
    char *bytes = page_fixture_take(fixture, &length);
    snprintf(path, sizeof path, "%s/%s", test_folder(), name);
    ck_assert(file_write(path, bytes, length, &fault));
    free(bytes);
    snprintf(line, sizeof line, command, path, path);
    FILE *pipe = popen(line, "r");
    ck_assert_ptr_nonnull(pipe);
    char *text = memory_new(1 << 20, 1);
    size_t read = fread(text, 1, (1 << 20) - 1, pipe);
    text[read] = '\0';
    if (pclose(pipe) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

#endif
