#include "geo/crs_code.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "geo/base/fault.h"

#define MOST_TEXT_BYTES 100

static const char *skip_prefix(const char *text)
{
    static const char *const prefixes[] = {
        "urn:ogc:def:crs:", "urn:x-ogc:def:crs:", "http://www.opengis.net/def/crs/",
        "https://www.opengis.net/def/crs/"};
    for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
        if (strncasecmp(text, prefixes[i], strlen(prefixes[i])) == 0) {
            return text + strlen(prefixes[i]);
        }
    }
    return text;
}

static bool is_epsg_number(const char *text)
{
    size_t length = strlen(text);
    return length >= 4 && length <= 7 && strspn(text, "0123456789") == length && text[0] != '0';
}

/* authority and number are what stands before the first and behind the last colon or slash. */
static bool write_code(const char *authority, const char *number, char code[static 32])
{
    if (strcasecmp(authority, "EPSG") == 0 && is_epsg_number(number)) {
        snprintf(code, 32, "EPSG:%.7s", number);
        return true;
    }
    bool is_crs84 = (strcasecmp(authority, "OGC") == 0 && strcasecmp(number, "CRS84") == 0) ||
                    (strcasecmp(authority, "CRS") == 0 && strcmp(number, "84") == 0);
    if (is_crs84) {
        snprintf(code, 32, "OGC:CRS84");
    }
    return is_crs84;
}

static bool read_plain(char *text, char code[static 32])
{
    char *first = strpbrk(text, ":/");
    if (!first) {
        return write_code(strcasecmp(text, "CRS84") == 0 ? "OGC" : "EPSG", text, code);
    }
    char *last = first;
    for (char *next = first; next; next = strpbrk(next + 1, ":/")) {
        last = next;
    }
    *first = '\0';
    return write_code(text, last + 1, code);
}

bool crs_code_read(const char *text, char code[static 32], struct fault *fault)
{
    char plain[MOST_TEXT_BYTES];
    size_t length = strlen(text);
    bool is_safe_curie = length > 2 && text[0] == '[' && text[length - 1] == ']';
    if (is_safe_curie) {
        text++;
        length -= 2;
    }
    if (length < sizeof plain) {
        snprintf(plain, sizeof plain, "%.*s", (int)length, text);
        const char *rest = skip_prefix(plain);
        if (read_plain(plain + (rest - plain), code)) {
            return true;
        }
    }
    fault_set(fault, FAULT_INPUT, "'%.*s' is no CRS such as EPSG:28992 or OGC:CRS84",
              (int)(length < 60 ? length : 60), text);
    return false;
}
