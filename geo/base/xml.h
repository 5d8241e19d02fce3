/*
 * xml.h - an XML document from elsewhere as a tree whose every node knows its line: SVG glyphs, SLD styles.
 *
 * Safe for what others made: no network, no external entities, no DTD, no entity expansion, at most 64
 * levels, 200,000 elements with 128 attributes each, and 16 MiB. Elements and attributes are named by their
 * local name, whatever their prefix.
 */
#ifndef GEO_BASE_XML_H
#define GEO_BASE_XML_H

#include <stddef.h>

struct problems;
struct xml_document;
struct xml_node;

/**
 * Owned, xml_document_free(). NULL when it is no well-formed XML or too large: the problem is then in
 * problems, with its line.
 * @param name  of the file, for the problem
 */
struct xml_document *xml_document_parse(const char *name, const char *text, size_t length,
                                        struct problems *problems);
void xml_document_free(struct xml_document *document);

/** Elements are borrowed until the document is freed. */
const struct xml_node *xml_document_root(const struct xml_document *document);

/** The first element within, and the next beside; NULL when there is none. */
const struct xml_node *xml_first(const struct xml_node *element);
const struct xml_node *xml_next(const struct xml_node *element);

/** The first element within of that local name; NULL when there is none or element is NULL. */
const struct xml_node *xml_find(const struct xml_node *element, const char *name);

/** "Rule" of <se:Rule>; "http://www.opengis.net/se" or "". */
const char *xml_name(const struct xml_node *element);
const char *xml_namespace(const struct xml_node *element);
int xml_line(const struct xml_node *element);

/** All text within, its elements' included, without white space at both ends. Owned by the caller; never
 * NULL. */
char *xml_text(const struct xml_node *element);

/**
 * Mixed content, as it stands there: the text from an element's start to the first element within, and the
 * text behind an element to the next one beside it or the end of its parent. "" when there is none; borrowed.
 */
const char *xml_text_first(const struct xml_node *element);
const char *xml_text_behind(const struct xml_node *element);

/** The i-th attribute: its local name, or NULL past the last; its value. Borrowed. */
const char *xml_attribute_name(const struct xml_node *element, size_t index);
const char *xml_attribute_at(const struct xml_node *element, size_t index);

/** The value of an attribute by local name; NULL when it is absent or element is NULL. Borrowed. */
const char *xml_attribute(const struct xml_node *element, const char *name);

#endif
