/*
 * xml_tags.h - a first look at the tags of an XML text, before a parser that trusts more reads it.
 *
 * libxml2 compares the attributes of an element pairwise and tells of a tag only on which line it ends. So
 * this counts attributes, notes where tags begin, and finds the declarations that are never allowed.
 */
#ifndef GEO_BASE_XML_TAGS_H
#define GEO_BASE_XML_TAGS_H

#include <stdbool.h>
#include <stddef.h>

struct xml_tags {
    int *lines;          /* on which the n-th opening tag begins; owned, free() */
    size_t count;        /* of opening tags */
    const char *refusal; /* what is wrong as the end of a sentence, or NULL. Borrowed for ever */
    int refusal_line;
};

/**
 * Of a text in an encoding that contains ASCII. What is not well-formed is left for the parser to say. At
 * most most_count tags are noted, and an element may have at most most_attributes: more is a refusal.
 */
struct xml_tags xml_tags_scan(const char *text, size_t length, size_t most_count, int most_attributes);

#endif
