/*
 * briefing_page.h - one page of a document that was made: where a briefing is a picture, each of its pages is
 * a file of its own.
 */
#ifndef RENDER_SERVICE_BRIEFING_PAGE_H
#define RENDER_SERVICE_BRIEFING_PAGE_H

#include <stddef.h>

#include "render/briefing/briefing.h"

struct fault;
struct pdf_facts;

#define BRIEFING_PAGE_NAME_BYTES 4096

/** How many files a document is: those of a ZIP, else itself alone. */
size_t briefing_page_count(const char *bytes, size_t length);

/** One of them, from 1, owned by the caller. NULL: NOT_FOUND says how many there are; INPUT: it is damaged.
 */
char *briefing_page_read(const char *bytes, size_t length, size_t page, size_t *page_length,
                         struct fault *fault);

/** What a document says of itself: a PDF, or the first of its pages that are pictures. */
void briefing_page_facts(const char *bytes, size_t length, struct pdf_facts *facts);

/** What such a file is, as it says itself. */
enum briefing_format briefing_page_format(const char *page, size_t length);

/** How such a page is called, by the name of the first, or of the ZIP: "x.png", "x-2.png" … Returns name. */
char *briefing_page_name(const char *document, const char *ending, size_t page,
                         char name[static BRIEFING_PAGE_NAME_BYTES]);

#endif
