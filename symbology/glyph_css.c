/*
 * glyph_css.c - declarations are cut at ";" and ":", rules at "{" and "}": values hold none of these in what
 * drawing programs write.
 */
#include "symbology/glyph_css.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/table.h"

#define MOST_BYTES 65536
#define MOST_CLASSES 1000

static const char blanks[] = " \t\r\n\f";

/* A copy without white space at both ends. Owned by the caller. */
static char *trimmed(const char *text, size_t length)
{
    while (length > 0 && strchr(blanks, text[length - 1])) {
        length--;
    }
    size_t start = 0;
    while (start < length && strchr(blanks, text[start])) {
        start++;
    }
    return memory_copy_bytes(text + start, length - start);
}

/* Takes away "!important". */
static void cut_mark(char *value)
{
    char *mark = strchr(value, '!');
    while (mark && mark > value && strchr(blanks, mark[-1])) {
        mark--;
    }
    if (mark) {
        *mark = '\0';
    }
}

void glyph_css_read(const char *declarations,
                    void (*take)(void *context, const char *name, const char *value), void *context)
{
    while (*declarations != '\0') {
        size_t length = strcspn(declarations, ";");
        const char *colon = memchr(declarations, ':', length);
        if (colon) {
            char *name = trimmed(declarations, (size_t)(colon - declarations));
            char *value = trimmed(colon + 1, length - (size_t)(colon + 1 - declarations));
            cut_mark(value);
            take(context, name, value);
            free(name);
            free(value);
        }
        declarations += length + (declarations[length] == ';');
    }
}

/* Comments become a blank. Owned by the caller. */
static char *without_comments(const char *sheet)
{
    struct buffer clean;
    buffer_init(&clean, MOST_BYTES);
    for (const char *comment = strstr(sheet, "/*"); comment; comment = strstr(sheet, "/*")) {
        buffer_append(&clean, sheet, (size_t)(comment - sheet));
        buffer_append_text(&clean, " ");
        const char *end = strstr(comment + 2, "*/");
        sheet = end ? end + 2 : comment + strlen(comment);
    }
    buffer_append_text(&clean, sheet);
    return buffer_take(&clean, NULL);
}

static bool is_class(const char *selector)
{
    if (selector[0] != '.') {
        return false;
    }
    const char *name = selector + 1;
    const char *end = name;
    while (isalnum((unsigned char)*end) || *end == '-' || *end == '_') {
        end++;
    }
    return end > name && *end == '\0';
}

/* False when there are too many classes, or the class says too much. */
static bool add_declarations(struct table *classes, const char *name, const char *body, size_t length)
{
    const char *before = table_find(classes, name);
    size_t length_before = before ? strlen(before) : 0;
    struct buffer joined;
    if ((!before && table_count(classes) == MOST_CLASSES) || length_before + length >= MOST_BYTES) {
        return false;
    }
    buffer_init(&joined, MOST_BYTES);
    buffer_append_text(&joined, before ? before : "");
    buffer_append(&joined, body, length);
    buffer_append_text(&joined, ";");
    table_put(classes, name, buffer_take(&joined, NULL));
    return true;
}

/* selectors: "a, b" of the given length. */
static bool read_rule(const char *selectors, size_t length, const char *body, size_t body_length,
                      struct table *classes)
{
    bool is_understood = true;
    const char *end = selectors + length;
    while (selectors < end) {
        const char *comma = memchr(selectors, ',', (size_t)(end - selectors));
        const char *next = comma ? comma : end;
        char *selector = trimmed(selectors, (size_t)(next - selectors));
        bool is_taken = is_class(selector) && add_declarations(classes, selector + 1, body, body_length);
        is_understood = is_understood && is_taken;
        free(selector);
        selectors = next + 1;
    }
    return is_understood;
}

bool glyph_css_read_classes(const char *sheet, struct table *classes)
{
    char *clean = without_comments(sheet);
    bool is_readable = strlen(clean) < MOST_BYTES && !strchr(clean, '@');
    bool is_understood = is_readable;
    const char *rule = clean + strspn(clean, blanks);
    while (is_readable && *rule != '\0') {
        size_t length = strcspn(rule, "{");
        const char *body = rule + length;
        size_t body_length = *body == '{' ? strcspn(body + 1, "}") : 0;
        is_readable = *body != '\0' && body[1 + body_length] != '\0';
        if (is_readable) {
            is_understood = read_rule(rule, length, body + 1, body_length, classes) && is_understood;
            rule = body + 1 + body_length + 1;
            rule += strspn(rule, blanks);
        }
    }
    is_understood = is_understood && is_readable;
    free(clean);
    return is_understood;
}
