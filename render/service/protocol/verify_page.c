#include "render/service/protocol/verify_page.h"

#include <assert.h>
#include <stdio.h>

#include "geo/base/buffer.h"
#include "render/service/briefing/briefing_news.h"

static const char style[] =
    "body{margin:0;font:1rem/1.5 'B612','Noto Sans',system-ui,sans-serif;color:#18222c;background:#f4f6f8}"
    "main,header,footer{max-width:42rem;margin:0 auto;padding:0 1rem}"
    "header{padding-top:1rem}h1{font-size:1.5rem;margin:.5rem 0 1rem}h2{font-size:1.125rem;margin:0 0 .25rem}"
    "section{background:#fff;border:1px solid #c9d1d8;border-radius:.5rem;padding:1rem;margin:0 0 1rem}"
    ".answer{border-width:2px;border-left-width:.75rem}"
    ".good{border-color:#1b7a34}.doubt{border-color:#9a6700}.bad{border-color:#a4001d}"
    ".answer h2{font-size:1.25rem}p{margin:.25rem 0}"
    ".sign{display:inline-block;width:1.6em;font-weight:bold}"
    "dl{margin:0;display:grid;grid-template-columns:minmax(8rem,auto) 1fr;gap:.35rem 1rem}"
    "dt{color:#4a5662}dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}"
    "@media(max-width:30rem){dl{display:block}dd{margin:0 0 .5rem}}"
    "a{color:#0b4f8a}a:focus-visible,input:focus-visible,button:focus-visible{outline:3px solid #0b4f8a;"
    "outline-offset:2px}"
    "label{display:block;font-weight:bold;margin:.75rem 0 .25rem}input{font:inherit;max-width:100%}"
    "button{font:inherit;font-weight:bold;margin-top:.75rem;padding:.6rem 1.2rem;min-height:2.75rem;border:0;"
    "border-radius:.375rem;background:#0b4f8a;color:#fff}"
    "nav a{display:inline-block;padding:.6rem .75rem .6rem "
    "0}footer{padding-bottom:1.5rem;font-size:.9375rem}";

static const char *say(const struct verify_page *page, enum verify_word word)
{
    return verify_word(word, page->language);
}

void verify_page_add(struct verify_page *page, enum verify_word label, const char *text)
{
    if (text && text[0]) {
        assert(page->row_count < VERIFY_ROW_MOST);
        page->rows[page->row_count++] = (struct verify_row){label, text};
    }
}

static void write_element(struct buffer *html, const char *open, const char *text, const char *close)
{
    buffer_append_text(html, open);
    buffer_append_xml(html, text);
    buffer_append_text(html, close);
}

static void write_head(const struct verify_page *page, struct buffer *html)
{
    buffer_appendf(html, "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                   language_code(page->language));
    buffer_append_text(html, "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                             "<meta name=\"robots\" content=\"noindex\">\n<title>");
    if (page->headline) {
        write_element(html, "", page->headline, " · ");
    }
    write_element(html, "", say(page, VERIFY_TITLE), "</title>\n<style>");
    buffer_append_text(html, style);
    write_element(html, "</style>\n</head>\n<body>\n<header><h1>", say(page, VERIFY_TITLE),
                  "</h1></header>\n<main>\n");
}

static void write_answer(const struct verify_page *page, struct buffer *html)
{
    static const char *const classes[] = {"good", "doubt", "bad"};
    static const char *const signs[] = {"✓", "?", "✕"};
    buffer_appendf(html,
                   "<section class=\"answer %s\" role=\"status\"><h2><span class=\"sign\" "
                   "aria-hidden=\"true\">%s</span>",
                   classes[page->level], signs[page->level]);
    write_element(html, "", page->headline, "</h2>\n");
    write_element(html, "<p>", page->sentence ? page->sentence : "", "</p></section>\n");
}

static void write_rows(const struct verify_page *page, struct buffer *html)
{
    if (page->row_count == 0) {
        return;
    }
    buffer_append_text(html, "<section>");
    if (page->rows_title) {
        write_element(html, "<h2>", page->rows_title, "</h2>\n");
    }
    buffer_append_text(html, "<dl>\n");
    for (int i = 0; i < page->row_count; i++) {
        write_element(html, "<dt>", say(page, page->rows[i].label), "</dt>");
        write_element(html, "<dd>", page->rows[i].text, "</dd>\n");
    }
    buffer_append_text(html, "</dl></section>\n");
}

/* The way to the root of the service. */
static const char *root_of(const struct verify_page *page)
{
    return page->is_below ? "../" : "./";
}

static void write_link(const struct verify_page *page, const char *path, const char *value,
                       enum verify_word word, struct buffer *html)
{
    buffer_appendf(html, "<p><a href=\"%s", root_of(page));
    write_element(html, path, value, "");
    buffer_appendf(html, "%slanguage=%s\">", path[0] == '?' ? "&amp;" : "?", language_code(page->language));
    write_element(html, "", say(page, word), "</a></p>\n");
}

static void write_news(const struct verify_page *page, struct buffer *html)
{
    const struct briefing_news *news = page->news;
    bool is_newer = news && news->is_newer;
    buffer_appendf(html,
                   "<section class=\"answer %s\"><h2><span class=\"sign\" aria-hidden=\"true\">%s</span>",
                   is_newer || !news ? "doubt" : "good",
                   is_newer ? "!"
                   : news   ? "✓"
                            : "?");
    write_element(html, "",
                  say(page, is_newer ? VERIFY_NEWS
                            : news   ? VERIFY_NEWS_NONE
                                     : VERIFY_NEWS_UNKNOWN),
                  "</h2>\n");
    if (is_newer) {
        char counts[200];
        snprintf(counts, sizeof counts, say(page, VERIFY_NEWS_COUNTS), news->added, news->changed,
                 news->moved, news->ended);
        write_element(html, "<p>", counts, "</p>\n");
    }
    if (page->newer_id) {
        write_link(page, "verify/", page->newer_id, VERIFY_NEWER_BRIEFING, html);
    }
    if (page->map) {
        write_link(page, "?map=", page->map, VERIFY_LIVE, html);
    }
    buffer_append_text(html, "</section>\n");
}

static void write_form(const struct verify_page *page, struct buffer *html)
{
    write_element(html, "<section><p>", say(page, VERIFY_ABOUT), "</p>\n");
    buffer_appendf(html,
                   "<form method=\"post\" enctype=\"multipart/form-data\" action=\"%sverify?language=%s\">",
                   root_of(page), language_code(page->language));
    write_element(html, "<label for=\"file\">", say(page, VERIFY_CHOOSE), "</label>");
    write_element(html,
                  "<input id=\"file\" name=\"file\" type=\"file\" accept=\"application/pdf,.pdf\" required "
                  "aria-describedby=\"kept\">\n<p id=\"kept\">",
                  say(page, VERIFY_NOT_KEPT), "</p>\n");
    write_element(html, "<button type=\"submit\">", say(page, VERIFY_CHECK), "</button></form></section>\n");
}

static void write_foot(const struct verify_page *page, struct buffer *html)
{
    buffer_append_text(html, "</main>\n<footer><nav>");
    for (int language = 0; language < LANGUAGE_COUNT; language++) {
        const char *code = language_code((enum language)language);
        bool is_current = (enum language)language == page->language;
        buffer_appendf(html, "<a href=\"?language=%s\" lang=\"%s\" hreflang=\"%s\"%s>%s</a>", code, code,
                       code, is_current ? " aria-current=\"true\"" : "",
                       verify_language_name((enum language)language));
    }
    buffer_appendf(html, "</nav><p><a href=\"%sbriefings/key.pem\">", root_of(page));
    write_element(html, "", say(page, VERIFY_KEY_FILE), "</a></p></footer>\n</body>\n</html>\n");
}

void verify_page_write(const struct verify_page *page, struct buffer *html)
{
    write_head(page, html);
    if (page->has_answer) {
        write_answer(page, html);
    }
    if (page->tells_news) {
        write_news(page, html);
    }
    write_rows(page, html);
    write_form(page, html);
    write_foot(page, html);
}
