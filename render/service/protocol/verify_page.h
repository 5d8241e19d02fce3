/*
 * verify_page.h - the page that says whether a briefing is to be relied on: HTML that needs no scripts, reads
 * on a telephone and aloud, in the visitor's language.
 */
#ifndef RENDER_SERVICE_VERIFY_PAGE_H
#define RENDER_SERVICE_VERIFY_PAGE_H

#include <stdbool.h>

#include "render/service/protocol/verify_words.h"
#include "symbology/language.h"

struct briefing_news;
struct buffer;

/** How the answer is to be taken: said by a sign and words, not by colour alone. */
enum verify_level { VERIFY_LEVEL_GOOD, VERIFY_LEVEL_DOUBT, VERIFY_LEVEL_BAD };

#define VERIFY_ROW_MOST 14

struct verify_row {
    enum verify_word label;
    const char *text;
};

/** What the page shows. Texts are borrowed; NULL: left out. */
struct verify_page {
    enum language language;
    bool is_below; /* its address is /verify/{id}: links of a page are relative, whatever stands before it */
    bool has_answer; /* else it is only the form */
    enum verify_level level;
    const char *headline;
    const char *sentence;
    const char *rows_title; /* above the rows */
    struct verify_row rows[VERIFY_ROW_MOST];
    int row_count;
    bool tells_news;
    const struct briefing_news *news; /* NULL: not known */
    const char *newer_id;             /* of a newer briefing */
    const char *map;                  /* id, for the link to the live map */
};

/** Adds a row, when there is anything to say. */
void verify_page_add(struct verify_page *page, enum verify_word label, const char *text);

void verify_page_write(const struct verify_page *page, struct buffer *html);

#endif
