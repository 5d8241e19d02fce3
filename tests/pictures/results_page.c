/*
 * results_page.c - pictures are shown at their own size, on a chequered ground where they are transparent.
 */
#include "tests/pictures/results_page.h"

#include <stdio.h>
#include <stdlib.h>

#include "geo/base/buffer.h"
#include "geo/base/file.h"

#define PAGE_MAX_BYTES (4u << 20)

static const char head[] =
    "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Pictures</title><style>\n"
    "body{font:14px sans-serif;margin:1em;background:#eee}\n"
    "section{background:#fff;border-left:6px solid #2a2;margin:0 0 1em;padding:.5em 1em}\n"
    "section.failed{border-color:#c00}\nh2{font-size:16px;margin:.2em 0}p{margin:.2em 0}\n"
    "div{display:flex;flex-wrap:wrap;gap:1em;align-items:flex-start}figure{margin:.4em 0}\n"
    "img{display:block;max-width:none;background:repeating-conic-gradient(#ccc 0 25%,#fff 0 50%) 0 0/16px "
    "16px;"
    "outline:1px solid #999}\n</style></head><body>\n";

static void append_figure(struct buffer *html, const struct picture_result *result, const char *kind,
                          const char *title)
{
    buffer_appendf(html, "<figure><figcaption>%s</figcaption><img src=\"%s.%s.png\" alt=\"%s\"></figure>\n",
                   title, result->name, kind, title);
}

static void append_result(struct buffer *html, const struct picture_result *result)
{
    buffer_appendf(html, "<section%s id=\"%s\"><h2>%s: %s</h2><p>",
                   result->is_passed ? "" : " class=\"failed\"", result->name,
                   result->is_passed ? "ok" : "FAIL", result->name);
    buffer_append_xml(html, result->shows ? result->shows : "");
    buffer_append_text(html, "</p><p>");
    buffer_append_xml(html, result->verdict);
    buffer_append_text(html, "</p><div>\n");
    if (result->has_out) {
        append_figure(html, result, "out", "drawn");
    }
    if (result->has_reference) {
        append_figure(html, result, "ref", "reference");
    }
    if (result->has_difference) {
        append_figure(html, result, "diff", "difference, 16 times as strong");
    }
    buffer_append_text(html, "</div></section>\n");
}

bool results_page_write(const char *folder, const struct picture_result *results, size_t count,
                        struct fault *fault)
{
    struct buffer html;
    char path[4096];
    size_t failed = 0;
    for (size_t i = 0; i < count; i++) {
        failed += !results[i].is_passed;
    }
    buffer_init(&html, PAGE_MAX_BYTES);
    buffer_append_text(&html, head);
    buffer_appendf(&html, "<h1>%zu pictures, %zu failed</h1>\n", count, failed);
    for (int is_passed = 0; is_passed <= 1; is_passed++) {
        for (size_t i = 0; i < count; i++) {
            if (results[i].is_passed == (is_passed == 1)) {
                append_result(&html, &results[i]);
            }
        }
    }
    buffer_append_text(&html, "</body></html>\n");
    snprintf(path, sizeof path, "%s/index.html", folder);
    bool is_written = file_write(path, html.bytes, html.length, fault);
    buffer_finish(&html);
    return is_written;
}

void picture_result_finish(struct picture_result *result)
{
    free(result->name);
    free(result->shows);
    free(result->verdict);
}
