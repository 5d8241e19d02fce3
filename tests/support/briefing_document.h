/*
 * briefing_document.h - for tests: a briefing that was made, and the text of its PDF.
 */
#ifndef PLOTTAFEL_TESTS_SUPPORT_BRIEFING_DOCUMENT_H
#define PLOTTAFEL_TESTS_SUPPORT_BRIEFING_DOCUMENT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/file.h"
#include "render/print/words.h"
#include "render/report.h"
#include "tests/support/briefing_fixture.h"
#include "tests/support/runner.h"

struct document {
    char *bytes;
    size_t length;
    size_t page_count;
    struct report report;
    char *text; /* of a PDF, white space made into single blanks */
};

/** All that a program writes to its standard output; NULL when it is not there. Owned. */
static char *output_of(const char *command)
{
    FILE *pipe = popen(command, "r");
    ck_assert_ptr_nonnull(pipe);
    size_t size = 4 << 20;
    char *text = memory_new(size, 1);
    size_t length = fread(text, 1, size - 1, pipe);
    text[length] = '\0';
    if (pclose(pipe) != 0) {
        free(text);
        return NULL;
    }
    return text;
}

static inline void squeeze(char *text)
{
    char *to = text;
    for (const char *from = text; *from; from++) {
        bool is_blank = *from == ' ' || *from == '\n' || *from == '\f';
        if (!is_blank || (to > text && to[-1] != ' ')) {
            *to++ = is_blank ? ' ' : *from;
        }
    }
    *to = '\0';
}

/** The words of a PDF in reading order. NULL without poppler-utils. */
static char *pdf_text(const char *bytes, size_t length, const char *options)
{
    char path[160];
    char command[400];
    struct fault fault = {0};
    snprintf(path, sizeof path, "%s/briefing.pdf", test_folder());
    ck_assert(file_write(path, bytes, length, &fault));
    snprintf(command, sizeof command, "pdftotext %s %s - 2>/dev/null", options, path);
    char *text = output_of(command);
    if (text) {
        squeeze(text);
    } else {
        test_skipped("pdftotext (poppler-utils) is not there");
    }
    return text;
}

static inline struct document make(struct briefing_fixture *fixture)
{
    struct document document = {0};
    struct fault fault = {0};
    report_init(&document.report);
    struct briefing_document made;
    ck_assert_msg(briefing_make(fixture->renderer, &fixture->order, &made, &document.report, &fault), "%s",
                  fault.message);
    document.bytes = made.bytes;
    document.length = made.length;
    document.page_count = made.page_count;
    if (fixture->order.format == BRIEFING_PDF) {
        document.text = pdf_text(document.bytes, document.length, "");
    }
    return document;
}

static inline void finish(struct document *document)
{
    free(document->bytes);
    free(document->text);
    report_finish(&document->report);
}

static inline size_t count_of(const char *text, const char *word)
{
    size_t count = 0;
    for (const char *at = strstr(text, word); at; at = strstr(at + 1, word)) {
        count++;
    }
    return count;
}

/** Three symbols of two organisations in the frame, one far outside. */
static inline struct briefing_fixture *exercise(void)
{
    struct briefing_fixture *fixture = fixture_new();
    fixture_add(fixture, "a", "nl@1/inc.brand;n=Loods B", "Brandweer", &(struct point){100400, 410500}, 1);
    fixture_add(fixture, "b", "nl@1/po.blokkade;n=Afslag 26", "Politie", &(struct point){101900, 411700}, 1);
    fixture_add(fixture, "c", "nl@1/bw.ugs;n=UGS Noord", "Brandweer", &(struct point){99000, 409500}, 1);
    fixture_add(fixture, "z", "nl@1/gh.ziekenhuis;n=Ver weg", "GHOR", &(struct point){150000, 450000}, 1);
    fixture_plot(fixture, true);
    return fixture;
}

static inline void expect_fault(struct briefing_fixture *fixture, enum fault_code code, const char *words);

static inline void expect_fault(struct briefing_fixture *fixture, enum fault_code code, const char *words)
{
    struct fault fault = {0};
    struct briefing_document document;
    ck_assert(!briefing_make(fixture->renderer, &fixture->order, &document, NULL, &fault));
    ck_assert_msg(fault.code == code, "%s: %s", fault_code_name(fault.code), fault.message);
    ck_assert_msg(strstr(fault.message, words) != NULL, "'%s' is not in: %s", words, fault.message);
}

#endif
