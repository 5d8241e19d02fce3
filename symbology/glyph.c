/*
 * glyph.c - a reader for the small part of SVG that glyphs need. Whatever is not listed here is refused; the
 * elements are copied out as they stand, without the white space between them.
 */
#include "symbology/glyph.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"

#define MOST_DEPTH 8

struct reader {
    const char *place; /* NUL-terminated text */
    struct fault *fault;
    int depth; /* open groups */
};

static const char *const elements[] = {"path",     "circle",  "ellipse", "rect", "line",
                                       "polyline", "polygon", "g",       NULL};
static const char *const attributes[] = {"d",
                                         "cx",
                                         "cy",
                                         "r",
                                         "rx",
                                         "ry",
                                         "x",
                                         "y",
                                         "x1",
                                         "y1",
                                         "x2",
                                         "y2",
                                         "width",
                                         "height",
                                         "points",
                                         "transform",
                                         "fill",
                                         "fill-rule",
                                         "stroke",
                                         "stroke-width",
                                         "stroke-linecap",
                                         "stroke-linejoin",
                                         "stroke-dasharray",
                                         NULL};

/* What the root may say: exactly the defaults that every glyph gets. */
static const char *const root_attributes[][2] = {{"xmlns", "http://www.w3.org/2000/svg"},
                                                 {"viewBox", "0 0 24 24"},
                                                 {"fill", "none"},
                                                 {"stroke", "currentColor"},
                                                 {"stroke-width", "2"},
                                                 {"stroke-linecap", "round"},
                                                 {"stroke-linejoin", "round"}};
#define ROOT_ATTRIBUTE_COUNT (sizeof root_attributes / sizeof root_attributes[0])

struct span {
    const char *start;
    size_t length;
};

static bool span_is(struct span span, const char *text)
{
    return strlen(text) == span.length && memcmp(span.start, text, span.length) == 0;
}

/* The place of a name in a list, or -1. */
static int find_name(struct span span, const char *const list[])
{
    for (int i = 0; list[i]; i++) {
        if (span_is(span, list[i])) {
            return i;
        }
    }
    return -1;
}

static void skip_space(struct reader *reader)
{
    reader->place += strspn(reader->place, " \t\r\n");
}

static struct span read_name(struct reader *reader)
{
    struct span name = {
        reader->place,
        strspn(reader->place, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-")};
    reader->place += name.length;
    return name;
}

static bool refuse(struct reader *reader, const char *what, struct span span)
{
    int shown = span.length > 40 ? 40 : (int)span.length;
    fault_set(reader->fault, FAULT_INPUT, "%s '%.*s' is not allowed in a glyph", what, shown, span.start);
    return false;
}

static bool refuse_here(struct reader *reader)
{
    struct span rest = {reader->place, strcspn(reader->place, "\r\n")};
    return refuse(reader, "what follows at", rest);
}

/* Reads name="value" and the white space behind it; before it there must be some, too. */
static bool read_attribute(struct reader *reader, struct span *name, struct span *value)
{
    bool is_apart = strchr(" \t\r\n", reader->place[-1]) != NULL; /* "<" at least stands before */
    *name = read_name(reader);
    if (!is_apart || name->length == 0 || strncmp(reader->place, "=\"", 2) != 0) {
        return refuse_here(reader);
    }
    reader->place += 2;
    *value = (struct span){reader->place, strcspn(reader->place, "\"<>&")};
    reader->place += value->length;
    if (*reader->place != '"') {
        return refuse_here(reader);
    }
    reader->place++;
    skip_space(reader);
    return true;
}

/* seen has a bit for each attribute that came before: twice the same is no XML. */
static bool check_attribute(struct reader *reader, struct span name, struct span value, unsigned *seen)
{
    int number = find_name(name, attributes);
    if (number < 0 || *seen & 1u << number) {
        return refuse(reader, "the attribute", name);
    }
    *seen |= 1u << number;
    bool is_paint = span_is(name, "fill") || span_is(name, "stroke");
    if (is_paint && !span_is(value, "none") && !span_is(value, "currentColor")) {
        return refuse(reader, "the paint", value);
    }
    size_t plain =
        strspn(value.start, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,+-()\n");
    return plain >= value.length || refuse(reader, "the value", value);
}

/* Reads attributes up to ">" or "/>". */
static bool read_attributes(struct reader *reader, bool *is_closed)
{
    struct span name;
    struct span value;
    unsigned seen = 0;
    skip_space(reader);
    while (*reader->place != '>' && *reader->place != '/') {
        if (!read_attribute(reader, &name, &value) || !check_attribute(reader, name, value, &seen)) {
            return false;
        }
    }
    *is_closed = *reader->place == '/';
    reader->place += *is_closed;
    if (*reader->place != '>') {
        return refuse_here(reader);
    }
    reader->place++;
    return true;
}

static bool read_root(struct reader *reader)
{
    skip_space(reader);
    if (strncmp(reader->place, "<svg ", 5) != 0) {
        return refuse_here(reader);
    }
    reader->place += 5;
    unsigned seen = 0;
    skip_space(reader);
    while (*reader->place != '>') {
        struct span name;
        struct span value;
        if (!read_attribute(reader, &name, &value)) {
            return false;
        }
        size_t i = 0;
        while (i < ROOT_ATTRIBUTE_COUNT && !span_is(name, root_attributes[i][0])) {
            i++;
        }
        if (i == ROOT_ATTRIBUTE_COUNT || !span_is(value, root_attributes[i][1]) || seen & 1u << i) {
            return refuse(reader, "at the svg element the value", value);
        }
        seen |= 1u << i;
    }
    reader->place++;
    if (seen != (1u << ROOT_ATTRIBUTE_COUNT) - 1) {
        fault_set(reader->fault, FAULT_INPUT,
                  "the svg element must have xmlns, viewBox=\"0 0 24 24\" and " GLYPH_DEFAULTS);
        return false;
    }
    return true;
}

/* Reads one element, or the end of a group. */
static bool read_element(struct reader *reader)
{
    if (strncmp(reader->place, "</g>", 4) == 0 && reader->depth > 0) {
        reader->place += 4;
        reader->depth--;
        return true;
    }
    if (*reader->place != '<') {
        return refuse_here(reader);
    }
    reader->place++;
    struct span name = read_name(reader);
    bool is_closed = false;
    if (find_name(name, elements) < 0) {
        return refuse(reader, "the element", name);
    }
    if (!read_attributes(reader, &is_closed)) {
        return false;
    }
    reader->depth += !is_closed;
    if (!is_closed && (!span_is(name, "g") || reader->depth > MOST_DEPTH)) {
        return refuse(reader, "the open element", name);
    }
    return true;
}

static bool read_elements(struct reader *reader, struct buffer *elements_found)
{
    for (skip_space(reader); strncmp(reader->place, "</svg>", 6) != 0 || reader->depth > 0;
         skip_space(reader)) {
        const char *start = reader->place;
        if (!read_element(reader)) {
            return false;
        }
        buffer_append(elements_found, start, (size_t)(reader->place - start));
    }
    reader->place += 6;
    skip_space(reader);
    return *reader->place == '\0' || refuse_here(reader);
}

char *glyph_read(const char *svg, size_t length, struct fault *fault)
{
    if (length > GLYPH_MOST_BYTES || strlen(svg) != length) {
        fault_set(fault, FAULT_INPUT, "a glyph is text of at most %d bytes", GLYPH_MOST_BYTES);
        return NULL;
    }
    struct reader reader = {svg, fault, 0};
    struct buffer found;
    buffer_init(&found, GLYPH_MOST_BYTES);
    if (!read_root(&reader) || !read_elements(&reader, &found)) {
        buffer_finish(&found);
        return NULL;
    }
    return buffer_take(&found, NULL);
}
