/*
 * briefing_pages.h - the pages of a briefing, one after the other, as its template's kind says.
 */
#ifndef RENDER_BRIEFING_BRIEFING_PAGES_H
#define RENDER_BRIEFING_BRIEFING_PAGES_H

#include <stdbool.h>
#include <stddef.h>

struct briefing_document;
struct briefing_order;
struct fault;
struct renderer;
struct report;
struct template;

/** Makes the document of an order that was checked, owned by the caller. */
bool briefing_pages_make(struct renderer *renderer, const struct briefing_order *order,
                         const struct template *template, struct briefing_document *document,
                         struct report *report, struct fault *fault);

#endif
