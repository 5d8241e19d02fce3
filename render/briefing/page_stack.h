/*
 * page_stack.h - the finished pages of a briefing that is a picture, until they are one document: of one page
 * that page itself, of several a ZIP with page-1.png, page-2.png …
 */
#ifndef RENDER_BRIEFING_PAGE_STACK_H
#define RENDER_BRIEFING_PAGE_STACK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/briefing/briefing.h"

struct fault;
struct zip_entry;

/** All zero is an empty one. */
struct page_stack {
    struct zip_entry *pages; /* owned, and their names and bytes too */
    size_t count;
    size_t total_bytes;
};
void page_stack_finish(struct page_stack *stack);

/** Takes over the bytes of the next page, on fault too. LIMIT: all of them are too large for one document. */
bool page_stack_add(struct page_stack *stack, char *bytes, size_t length, enum briefing_format format,
                    struct fault *fault);

/** What a document of these pages is, owned by the caller; the stack is empty then. NULL on fault. */
char *page_stack_take(struct page_stack *stack, int64_t made_ms, size_t *length, struct fault *fault);

#endif
