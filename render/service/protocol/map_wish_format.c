/*
 * map_wish_format.c - which file a map is given as (RFC 9110, 12.5.1 for Accept).
 */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/problems.h"
#include "render/service/http/request.h"
#include "render/service/protocol/map_wish.h"

/** In the order of our liking, where a client likes several as much. */
static const struct {
    const char *name;
    const char *type;
    enum plate_format format;
} formats[] = {
    {"png", "image/png", PLATE_PNG},
    {"webp", "image/webp", PLATE_WEBP},
    {"jpg", "image/jpeg", PLATE_JPEG},
    {"jpeg", "image/jpeg", PLATE_JPEG},
    {"svg", "image/svg+xml", PLATE_SVG},
    {"pdf", "application/pdf", PLATE_PDF},
    {"png8", "image/png; mode=8bit", PLATE_PNG_SMALL},
};

#define FORMAT_COUNT (sizeof(formats) / sizeof(formats[0]))

static bool find_format(const char *name, enum plate_format *format)
{
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        if (strcasecmp(name, formats[i].name) == 0 || strcasecmp(name, formats[i].type) == 0) {
            *format = formats[i].format;
            return true;
        }
    }
    return false;
}

/** What the address ends in; NULL: nothing. Its route has checked it. */
static const char *ending(const struct request *request)
{
    const char *dot = strrchr(request->segments[request->segment_count - 1], '.');
    return dot ? dot + 1 : NULL;
}

/** How exactly a range such as "image/png", "image" or "*" with "/" and "*" behind names a type: 0 … 3. */
static int exactness(const char *range, size_t length, const char *type)
{
    size_t slash = strcspn(type, "/");
    if (length == strlen(type) && strncasecmp(range, type, length) == 0) {
        return 3;
    }
    if (length == slash + 2 && strncasecmp(range, type, slash + 1) == 0 && range[length - 1] == '*') {
        return 2;
    }
    return length == 3 && strncmp(range, "*/*", 3) == 0;
}

/** How much a header Accept wants a type, 0 … 1: what its most exact range says. */
static double liking(const char *accept, const char *type)
{
    int best = 0;
    double quality = 0;
    for (const char *entry = accept; *entry;) {
        entry += strspn(entry, " \t");
        size_t length = strcspn(entry, ",");
        size_t range = strcspn(entry, "; \t,");
        const char *weight = memmem(entry, length, "q=", 2);
        int exact = exactness(entry, range, type);
        if (exact > best) {
            best = exact;
            quality = weight ? strtod(weight + 2, NULL) : 1;
        }
        entry += length + (entry[length] == ',');
    }
    return quality >= 0 && quality <= 1 ? quality : 0;
}

static bool negotiate(const char *accept, enum plate_format *format)
{
    double most = 0;
    for (size_t i = 0; i < FORMAT_COUNT; i++) {
        double like = liking(accept, formats[i].type);
        if (like > most) {
            most = like;
            *format = formats[i].format;
        }
    }
    return most > 0;
}

bool map_wish_is_negotiated(const struct request *request)
{
    return !ending(request) && !request_parameter(request, "f");
}

bool map_wish_read_format(const struct request *request, enum plate_format *format, struct problems *problems)
{
    const char *name = request_parameter(request, "f");
    const char *accept = request->headers[HEADER_ACCEPT];
    enum plate_format named;
    *format = PLATE_PNG;
    if (name && !find_format(name, &named)) {
        problems_add(problems, PROBLEM_ERROR, "request", 0, "f",
                     "must be png, png8, webp, jpg, svg or pdf, not '%.40s'", name);
        return false;
    }
    if (ending(request)) {
        bool is_known = find_format(ending(request), format);
        if (!is_known || (name && named != *format)) {
            problems_add(problems, PROBLEM_ERROR, "request", 0, "f",
                         "the address ends in .%.8s, not in .%.8s", ending(request), name);
            return false;
        }
        return true;
    }
    if (name) {
        *format = named;
        return true;
    }
    return !accept || negotiate(accept, format);
}
