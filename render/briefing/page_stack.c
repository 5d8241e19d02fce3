#include "render/briefing/page_stack.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/encode/zip.h"

#define DOCUMENT_MOST_BYTES ((size_t)512 << 20)

void page_stack_finish(struct page_stack *stack)
{
    for (size_t i = 0; i < stack->count; i++) {
        free((char *)(uintptr_t)stack->pages[i].name);
        free((char *)(uintptr_t)stack->pages[i].bytes);
    }
    free(stack->pages);
    *stack = (struct page_stack){0};
}

bool page_stack_add(struct page_stack *stack, char *bytes, size_t length, enum briefing_format format,
                    struct fault *fault)
{
    char name[40];
    if (stack->total_bytes + length > DOCUMENT_MOST_BYTES) {
        fault_set(fault, FAULT_LIMIT, "the document is larger than %zu MiB with page %zu",
                  DOCUMENT_MOST_BYTES >> 20, stack->count + 1);
        free(bytes);
        return false;
    }
    snprintf(name, sizeof(name), "page-%zu.%s", stack->count + 1, briefing_format_ending(format));
    stack->pages = memory_resize(stack->pages, stack->count + 1, sizeof(*stack->pages));
    stack->pages[stack->count++] =
        (struct zip_entry){memory_copy_text(name), bytes, length, format == BRIEFING_PNG};
    stack->total_bytes += length;
    return true;
}

char *page_stack_take(struct page_stack *stack, int64_t made_ms, size_t *length, struct fault *fault)
{
    assert(stack->count > 0);
    char *bytes;
    if (stack->count == 1) {
        bytes = (char *)(uintptr_t)stack->pages[0].bytes;
        *length = stack->pages[0].length;
        stack->pages[0].bytes = NULL;
    } else {
        bytes = zip_write(stack->pages, stack->count, made_ms, length, fault);
    }
    page_stack_finish(stack);
    return bytes;
}
