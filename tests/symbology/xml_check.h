/*
 * xml_check.h - is a text well-formed XML of the kind that symbols are made of, and where does it paint?
 */
#ifndef TESTS_SYMBOLOGY_XML_CHECK_H
#define TESTS_SYMBOLOGY_XML_CHECK_H

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/bbox.h"

#define XML_MOST_DEPTH 16

struct xml_check {
    const char *place;
    const char *open[XML_MOST_DEPTH]; /* names of open elements */
    size_t open_lengths[XML_MOST_DEPTH];
    int depth;
    struct bbox paint; /* of shapes outside nested pictures, strokes included */
    const char *mistake;
};

static bool xml_fail(struct xml_check *check, const char *mistake)
{
    check->mistake = mistake;
    return false;
}

static bool xml_is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == ':';
}

/* One of the five entities, at an ampersand. */
static bool xml_entity(struct xml_check *check)
{
    static const char *const entities[] = {"&amp;", "&lt;", "&gt;", "&quot;", "&#39;"};
    for (int i = 0; i < 5; i++) {
        size_t length = strlen(entities[i]);
        if (strncmp(check->place, entities[i], length) == 0) {
            check->place += length;
            return true;
        }
    }
    return xml_fail(check, "a bare ampersand");
}

static bool xml_text(struct xml_check *check, char end)
{
    while (*check->place && *check->place != end && *check->place != '<') {
        if ((unsigned char)*check->place < 0x20 && *check->place != '\n') {
            return xml_fail(check, "a control character");
        }
        if (*check->place == '&') {
            if (!xml_entity(check)) {
                return false;
            }
        } else {
            check->place++;
        }
    }
    return *check->place == end || xml_fail(check, "a text that does not end");
}

/* The number of an attribute within one tag, or fallback. */
static double xml_number(const char *tag, const char *end, const char *name, double fallback)
{
    char pattern[32];
    snprintf(pattern, sizeof pattern, " %s=\"", name);
    const char *found = memmem(tag, (size_t)(end - tag), pattern, strlen(pattern));
    return found ? strtod(found + strlen(pattern), NULL) : fallback;
}

static void xml_add_points(struct xml_check *check, const char *tag, const char *end, double margin)
{
    const char *place = memmem(tag, (size_t)(end - tag), " points=\"", 9);
    if (!place) {
        return;
    }
    place += 9;
    while (*place != '"') {
        char *after = NULL;
        double x = strtod(place, &after);
        double y = strtod(after + 1, &after);
        struct bbox box = {x - margin, y - margin, x + margin, y + margin};
        check->paint = bbox_union(check->paint, box);
        place = after + (*after == ' ');
    }
}

static void xml_add_paint(struct xml_check *check, const char *tag, const char *end)
{
    double margin = xml_number(tag, end, "stroke-width", 0) / 2;
    double x = xml_number(tag, end, "x", 0);
    double y = xml_number(tag, end, "y", 0);
    double r = xml_number(tag, end, "r", 0);
    if (strncmp(tag, "<rect", 5) == 0) {
        struct bbox box = {x, y, x + xml_number(tag, end, "width", 0), y + xml_number(tag, end, "height", 0)};
        check->paint = bbox_union(check->paint, bbox_grow(box, margin));
    }
    if (strncmp(tag, "<circle", 7) == 0) {
        struct point centre = {xml_number(tag, end, "cx", 0), xml_number(tag, end, "cy", 0)};
        check->paint = bbox_union(check->paint, bbox_grow(bbox_of_points(&centre, 1), r + margin));
    }
    if (strncmp(tag, "<text", 5) == 0) {
        struct point start = {x, y};
        check->paint = bbox_union(check->paint, bbox_of_points(&start, 1));
    }
    xml_add_points(check, tag, end, margin);
}

static bool xml_attributes(struct xml_check *check)
{
    while (*check->place == ' ') {
        check->place++;
        size_t length = 0;
        while (xml_is_name(check->place[length])) {
            length++;
        }
        if (length == 0 || strncmp(check->place + length, "=\"", 2) != 0) {
            return xml_fail(check, "an attribute without a value");
        }
        check->place += length + 2;
        if (!xml_text(check, '"')) {
            return false;
        }
        check->place++;
    }
    return true;
}

static bool xml_close(struct xml_check *check)
{
    check->place += 2;
    if (check->depth == 0) {
        return xml_fail(check, "an end without a start");
    }
    size_t length = check->open_lengths[--check->depth];
    if (strncmp(check->place, check->open[check->depth], length) != 0 || check->place[length] != '>') {
        return xml_fail(check, "an end of another element");
    }
    check->place += length + 1;
    return true;
}

static bool xml_open(struct xml_check *check)
{
    const char *tag = check->place++;
    size_t length = 0;
    while (xml_is_name(check->place[length])) {
        length++;
    }
    const char *name = check->place;
    check->place += length;
    if (length == 0 || !xml_attributes(check)) {
        return xml_fail(check, check->mistake ? check->mistake : "an element without a name");
    }
    bool is_closed = *check->place == '/';
    check->place += is_closed;
    if (*check->place != '>') {
        return xml_fail(check, "an element that does not end");
    }
    if (check->depth == 1) { /* deeper ones are in a picture of their own */
        xml_add_paint(check, tag, check->place);
    }
    check->place++;
    if (!is_closed && check->depth < XML_MOST_DEPTH) {
        check->open_lengths[check->depth] = length;
        check->open[check->depth++] = name;
    }
    return true;
}

/* NULL when the text is well-formed, else what is wrong. paint: box around its own shapes. */
static const char *xml_mistake(const char *text, struct bbox *paint)
{
    struct xml_check check = {.place = text, .paint = bbox_empty()};
    do {
        bool is_good = strncmp(check.place, "</", 2) == 0 ? xml_close(&check) : xml_open(&check);
        if (!is_good || !(check.depth == 0 || xml_text(&check, '<'))) {
            return check.mistake;
        }
    } while (check.depth > 0);
    *paint = check.paint;
    return strcmp(check.place, "\n") == 0 ? NULL : "something after the end";
}

#endif
