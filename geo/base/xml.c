/*
 * xml.c - libxml2 as a stream of events, from which a tree of our own is made, so that every limit holds
 * while the text is read.
 *
 * Entities: declarations are refused before libxml2 sees the text (xml_tags.h) and it is told of none but the
 * five of XML itself, so there is nothing to expand and nothing to load. Names live in libxml2's dictionary,
 * which the document keeps.
 */
#include "geo/base/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/xml_tags.h"

#define MOST_BYTES (16u << 20)
#define MOST_LEVELS 64
#define MOST_ELEMENTS 200000
#define MOST_ATTRIBUTES 128            /* of one element, namespaces included */
#define MOST_ATTRIBUTES_IN_ALL 1000000 /* of one document */
#define MOST_NAMESPACES 128            /* in force at one place */

struct xml_attribute {
    const char *name;
    char *value; /* owned */
};

/* An element, or a run of text between elements. */
struct xml_node {
    const char *name; /* NULL: text */
    const char *namespace;
    char *text; /* owned; of text only */
    int line;
    struct xml_attribute *attributes; /* owned */
    size_t attribute_count;
    struct xml_node *parent;
    struct xml_node *first;
    struct xml_node *last;
    struct xml_node *next;
};

struct xml_document {
    xmlDictPtr names;
    struct xml_node *root;
};

struct builder {
    xmlParserCtxtPtr parser;
    const char *name;
    struct problems *problems;
    bool has_failed;
    struct xml_tags tags;
    struct xml_document *document;
    struct xml_node *open;
    int level;
    int namespace_counts[MOST_LEVELS]; /* in force within the open element of each level */
    size_t element_count;
    size_t attribute_count;
    struct buffer text; /* since the last tag */
};

static pthread_once_t is_prepared = PTHREAD_ONCE_INIT;

/* Only the first problem is told: what follows it is guesswork. */
static void fail(struct builder *builder, int line, const char *sentence)
{
    if (!builder->has_failed) {
        problems_add(builder->problems, PROBLEM_ERROR, builder->name, line, "", "%s", sentence);
    }
    builder->has_failed = true;
    if (builder->parser) {
        xmlStopParser(builder->parser);
    }
}

static void free_node(struct xml_node *node)
{
    for (size_t i = 0; i < node->attribute_count; i++) {
        free(node->attributes[i].value);
    }
    free(node->attributes);
    free(node->text);
    free(node);
}

/* Frees a tree from its leaves up. */
static void free_tree(struct xml_node *root)
{
    struct xml_node *node = root;
    while (node) {
        if (node->first) {
            struct xml_node *first = node->first;
            node->first = NULL;
            node = first;
            continue;
        }
        struct xml_node *then = node->next ? node->next : node->parent;
        free_node(node);
        node = then;
    }
}

static struct xml_node *add_node(struct builder *builder)
{
    struct xml_node *node = memory_new(1, sizeof *node);
    struct xml_node *parent = builder->open;
    node->parent = parent;
    if (!parent) {
        builder->document->root = node;
    } else if (parent->last) {
        parent->last->next = node;
    } else {
        parent->first = node;
    }
    if (parent) {
        parent->last = node;
    }
    return node;
}

static void take_text(struct builder *builder)
{
    if (builder->text.length > 0) {
        struct xml_node *node = add_node(builder);
        node->text = buffer_take(&builder->text, NULL);
        buffer_init(&builder->text, 2 * MOST_BYTES);
    }
}

/* values: five pointers an attribute, as libxml2 gives them: name, prefix, namespace, start and end of value.
 */
static void copy_attributes(struct xml_node *node, int count, const xmlChar **values)
{
    node->attributes = memory_new((size_t)count, sizeof *node->attributes);
    node->attribute_count = (size_t)count;
    for (int i = 0; i < count; i++, values += 5) {
        node->attributes[i].name = (const char *)values[0];
        node->attributes[i].value = memory_copy_bytes(values[3], (size_t)(values[4] - values[3]));
    }
}

static const char *opening_refusal(const struct builder *builder)
{
    if (builder->level >= MOST_LEVELS) {
        return "is nested deeper than 64 levels";
    }
    if (builder->element_count == MOST_ELEMENTS) {
        return "has more than 200,000 elements";
    }
    if (builder->attribute_count > MOST_ATTRIBUTES_IN_ALL) {
        return "has more than a million attributes";
    }
    return NULL;
}

static void on_element_start(void *context, const xmlChar *name, const xmlChar *prefix,
                             const xmlChar *namespace, int namespace_count, const xmlChar **namespaces,
                             int attribute_count, int defaulted_count, const xmlChar **attributes)
{
    struct builder *builder = context;
    if (builder->has_failed) {
        return;
    }
    size_t number = builder->element_count;
    int line = number < builder->tags.count ? builder->tags.lines[number] : 0;
    builder->attribute_count += (size_t)attribute_count;
    const char *refusal = opening_refusal(builder);
    if (refusal) {
        fail(builder, line, refusal);
        return;
    }
    int in_force = namespace_count + (builder->level > 0 ? builder->namespace_counts[builder->level - 1] : 0);
    if (in_force > MOST_NAMESPACES) {
        fail(builder, line, "declares too many namespaces");
        return;
    }
    take_text(builder);
    struct xml_node *node = add_node(builder);
    node->name = (const char *)name;
    node->namespace = namespace ? (const char *)namespace : "";
    node->line = line;
    copy_attributes(node, attribute_count, attributes);
    builder->open = node;
    builder->element_count++;
    builder->namespace_counts[builder->level++] = in_force;
}

static void on_element_end(void *context, const xmlChar *name, const xmlChar *prefix,
                           const xmlChar *namespace)
{
    struct builder *builder = context;
    if (builder->has_failed) {
        return;
    }
    take_text(builder);
    builder->open = builder->open->parent;
    builder->level--;
}

static void on_text(void *context, const xmlChar *text, int length)
{
    struct builder *builder = context;
    if (builder->open && !builder->has_failed) {
        buffer_append(&builder->text, text, (size_t)length);
    }
}

static xmlEntityPtr on_entity(void *context, const xmlChar *name)
{
    return xmlGetPredefinedEntity(name);
}

/* Only encodings that contain ASCII: xml_tags_scan() must have read what libxml2 reads. */
static void on_document_start(void *context)
{
    static const char *const known[] = {"UTF-8",      "US-ASCII",    "ASCII",
                                        "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252"};
    struct builder *builder = context;
    const char *encoding = (const char *)builder->parser->encoding;
    if (!encoding) {
        encoding = (const char *)builder->parser->input->encoding;
    }
    for (size_t i = 0; encoding && i < sizeof known / sizeof known[0]; i++) {
        if (strcasecmp(encoding, known[i]) == 0) {
            return;
        }
    }
    if (encoding) {
        fail(builder, 1, "must be in UTF-8, ISO-8859-1, ISO-8859-15 or windows-1252");
    }
}

/* An unknown prefix is nothing that should keep anybody from reading the rest. */
static void on_error(void *context, xmlErrorPtr error)
{
    struct builder *builder = context;
    bool is_loss = error->level >= XML_ERR_ERROR || error->code == XML_WAR_UNDECLARED_ENTITY;
    if (!is_loss || error->domain == XML_FROM_NAMESPACE || builder->has_failed) {
        return;
    }
    char sentence[256];
    snprintf(sentence, sizeof sentence, "is no XML that can be read: %s",
             error->message ? error->message : "");
    sentence[strcspn(sentence, "\r\n")] = '\0';
    fail(builder, error->line, sentence);
}

static void prepare(void)
{
    xmlInitParser();
}

static void run_parser(struct builder *builder, const char *text, size_t length)
{
    static const xmlSAXHandler handler = {.initialized = XML_SAX2_MAGIC,
                                          .startDocument = on_document_start,
                                          .startElementNs = on_element_start,
                                          .endElementNs = on_element_end,
                                          .characters = on_text,
                                          .cdataBlock = on_text,
                                          .getEntity = on_entity,
                                          .serror = on_error};
    pthread_once(&is_prepared, prepare);
    xmlParserCtxtPtr parser = xmlCreateMemoryParserCtxt(text, (int)length);
    if (!parser) {
        fail(builder, 0, "could not be read for want of memory");
        return;
    }
    builder->parser = parser;
    builder->document->names = parser->dict;
    xmlDictReference(parser->dict);
    *parser->sax = handler;
    parser->userData = builder;
    /* NOENT: libxml2 then hands over attributes with &lt; and its like read. */
    xmlCtxtUseOptions(parser, XML_PARSE_NONET | XML_PARSE_NOENT);
    xmlParseDocument(parser);
    if (!parser->wellFormed) {
        fail(builder, 0, "is no XML that can be read");
    }
    builder->parser = NULL;
    xmlFreeParserCtxt(parser);
}

static const char *bytes_refusal(const char *text, size_t length)
{
    bool has_mark = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0;
    size_t start = has_mark ? 3 : 0;
    while (start < length && strchr(" \t\r\n", text[start]) && text[start] != '\0') {
        start++;
    }
    if (start == length) {
        return "is empty";
    }
    if (length > MOST_BYTES) {
        return "is larger than 16 MiB";
    }
    return text[start] != '<' || memchr(text, '\0', length) ? "is no XML in UTF-8" : NULL;
}

static void build(struct builder *builder, const char *text, size_t length)
{
    const char *refusal = bytes_refusal(text, length);
    if (refusal) {
        fail(builder, 0, refusal);
        return;
    }
    builder->tags = xml_tags_scan(text, length, MOST_ELEMENTS, MOST_ATTRIBUTES);
    if (builder->tags.refusal) {
        fail(builder, builder->tags.refusal_line, builder->tags.refusal);
    } else {
        run_parser(builder, text, length);
    }
    free(builder->tags.lines);
}

struct xml_document *xml_document_parse(const char *name, const char *text, size_t length,
                                        struct problems *problems)
{
    struct builder builder = {.name = name, .problems = problems};
    builder.document = memory_new(1, sizeof *builder.document);
    buffer_init(&builder.text, 2 * MOST_BYTES);
    build(&builder, text, length);
    buffer_finish(&builder.text);
    if (builder.has_failed) {
        xml_document_free(builder.document);
        return NULL;
    }
    return builder.document;
}

void xml_document_free(struct xml_document *document)
{
    if (!document) {
        return;
    }
    free_tree(document->root);
    if (document->names) {
        xmlDictFree(document->names);
    }
    free(document);
}

const struct xml_node *xml_document_root(const struct xml_document *document)
{
    return document->root;
}

static const struct xml_node *element_from(const struct xml_node *node)
{
    while (node && !node->name) {
        node = node->next;
    }
    return node;
}

const struct xml_node *xml_first(const struct xml_node *element)
{
    return element_from(element->first);
}

const struct xml_node *xml_next(const struct xml_node *element)
{
    return element_from(element->next);
}

const struct xml_node *xml_find(const struct xml_node *element, const char *name)
{
    const struct xml_node *found = element ? xml_first(element) : NULL;
    while (found && strcmp(found->name, name) != 0) {
        found = xml_next(found);
    }
    return found;
}

const char *xml_name(const struct xml_node *element)
{
    return element->name;
}

const char *xml_namespace(const struct xml_node *element)
{
    return element->namespace;
}

int xml_line(const struct xml_node *element)
{
    return element->line;
}

static void append_text(const struct xml_node *element, struct buffer *text)
{
    for (const struct xml_node *node = element->first; node; node = node->next) {
        if (node->text) {
            buffer_append_text(text, node->text);
        } else {
            append_text(node, text);
        }
    }
}

char *xml_text(const struct xml_node *element)
{
    static const char blanks[] = " \t\r\n";
    struct buffer text;
    buffer_init(&text, 2 * MOST_BYTES);
    append_text(element, &text);
    const char *start = text.bytes ? text.bytes + strspn(text.bytes, blanks) : "";
    size_t length = strlen(start);
    while (length > 0 && strchr(blanks, start[length - 1])) {
        length--;
    }
    char *trimmed = memory_copy_bytes(start, length);
    buffer_finish(&text);
    return trimmed;
}

const char *xml_text_first(const struct xml_node *element)
{
    return element->first && element->first->text ? element->first->text : "";
}

const char *xml_text_behind(const struct xml_node *element)
{
    return element->next && element->next->text ? element->next->text : "";
}

const char *xml_attribute_name(const struct xml_node *element, size_t index)
{
    return index < element->attribute_count ? element->attributes[index].name : NULL;
}

const char *xml_attribute_at(const struct xml_node *element, size_t index)
{
    return index < element->attribute_count ? element->attributes[index].value : NULL;
}

const char *xml_attribute(const struct xml_node *element, const char *name)
{
    for (size_t i = 0; element && i < element->attribute_count; i++) {
        if (strcmp(element->attributes[i].name, name) == 0) {
            return element->attributes[i].value;
        }
    }
    return NULL;
}
