#include "render/service/command/briefing_output.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "render/briefing/briefing.h"
#include "render/service/briefing/briefing_page.h"
#include "render/service/command/output.h"
#include "render/service/worker/order.h"

/** Standard output, as every file, takes one document. */
static bool has_pages(const char *path, const struct order_result *result)
{
    bool is_one_file = strcmp(path, "-") == 0 || output_has_ending(path, "zip");
    return strcmp(result->content_type, "application/zip") == 0 && !is_one_file;
}

/** name: out, of its file. */
static bool write_page(const char *path, const struct order_result *result, size_t page,
                       char name[static BRIEFING_PAGE_NAME_BYTES], struct fault *fault)
{
    size_t length;
    char *bytes = briefing_page_read(result->bytes, result->length, page, &length, fault);
    if (!bytes) {
        return false;
    }
    briefing_page_name(path, briefing_format_ending(briefing_page_format(bytes, length)), page, name);
    bool is_written = output_write(name, bytes, length, fault);
    free(bytes);
    return is_written;
}

/** Of an earlier briefing that had more pages; it would be taken for one of this. */
static void warn_of_another(const char *path, const char *last, size_t count)
{
    char name[BRIEFING_PAGE_NAME_BYTES];
    const char *dot = strrchr(last, '.');
    briefing_page_name(path, dot ? dot + 1 : "", count + 1, name);
    if (file_exists(name)) {
        fprintf(stderr, "plottafel: note: '%s' was there before: it is no page of this briefing\n", name);
    }
}

static bool write_pages(const char *path, const struct order_result *result, bool is_told,
                        struct fault *fault)
{
    char first[BRIEFING_PAGE_NAME_BYTES];
    char name[BRIEFING_PAGE_NAME_BYTES];
    size_t count = briefing_page_count(result->bytes, result->length);
    if (!write_page(path, result, 1, first, fault)) {
        return false;
    }
    for (size_t page = 2; page <= count; page++) {
        if (!write_page(path, result, page, name, fault)) {
            return false;
        }
    }
    if (is_told) {
        printf("%s to %s: %zu pages\n", first, name, count);
    }
    warn_of_another(path, name, count);
    return true;
}

static bool write_made(const char *path, const struct order_result *result, bool is_told, struct fault *fault)
{
    return has_pages(path, result) ? write_pages(path, result, is_told, fault)
                                   : output_write(path, result->bytes, result->length, fault);
}

bool briefing_output_write(const char *path, const struct order_result *result, struct fault *fault)
{
    return write_made(path, result, true, fault);
}

bool briefing_output_write_quietly(const char *path, const struct order_result *result, struct fault *fault)
{
    return write_made(path, result, false, fault);
}
