#include "render/service/briefing/briefing_page.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/encode/zip.h"
#include "render/pdf/pdf_facts.h"

#define PAGE_MOST_BYTES ((size_t)1 << 30)

size_t briefing_page_count(const char *bytes, size_t length)
{
    size_t count = zip_count(bytes, length);
    return count > 0 ? count : 1;
}

char *briefing_page_read(const char *bytes, size_t length, size_t page, size_t *page_length,
                         struct fault *fault)
{
    size_t count = briefing_page_count(bytes, length);
    if (page < 1 || page > count) {
        fault_set(fault, FAULT_NOT_FOUND, "there is no page %zu: there %s %zu", page,
                  count == 1 ? "is" : "are", count);
        return NULL;
    }
    if (zip_count(bytes, length) > 0) {
        return zip_read(bytes, length, page - 1, PAGE_MOST_BYTES, page_length, fault);
    }
    *page_length = length;
    return memory_copy_bytes(bytes, length);
}

static void read_first(const char *bytes, size_t length, struct pdf_facts *facts)
{
    size_t page_length = 0;
    char *page = zip_read(bytes, length, 0, PAGE_MOST_BYTES, &page_length, NULL);
    pdf_facts_read_picture(page ? page : "", page_length, facts);
    free(page);
}

void briefing_page_facts(const char *bytes, size_t length, struct pdf_facts *facts)
{
    if (zip_count(bytes, length) > 0) {
        read_first(bytes, length, facts);
    } else if (briefing_page_format(bytes, length) == BRIEFING_PDF) {
        pdf_facts_read(bytes, length, facts);
    } else {
        pdf_facts_read_picture(bytes, length, facts);
    }
}

enum briefing_format briefing_page_format(const char *page, size_t length)
{
    if (length >= 4 && memcmp(page, "\x89PNG", 4) == 0) {
        return BRIEFING_PNG;
    }
    return length >= 4 && memcmp(page, "%PDF", 4) == 0 ? BRIEFING_PDF : BRIEFING_SVG;
}

char *briefing_page_name(const char *document, const char *ending, size_t page,
                         char name[static BRIEFING_PAGE_NAME_BYTES])
{
    const char *slash = strrchr(document, '/');
    const char *dot = strrchr(slash ? slash : document, '.');
    int stem = (int)(dot ? (size_t)(dot - document) : strlen(document));
    char number[24] = "";
    if (page > 1) {
        snprintf(number, sizeof(number), "-%zu", page);
    }
    snprintf(name, BRIEFING_PAGE_NAME_BYTES, "%.*s%s.%s", stem, document, number, ending);
    return name;
}
