/*
 * yaml.c - libyaml's events made into a tree; the door to libyaml.
 *
 * The tree is built with a stack of open nodes instead of recursion. A node knows its path from the
 * moment it is made, because its parent and key are known by then. What is outside the safe subset
 * stops the reading: half a document is never handed out.
 */
#include "geo/base/yaml.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <yaml.h>

#include "geo/base/fault.h"
#include "geo/base/file.h"
#include "geo/base/memory.h"
#include "geo/base/problems.h"
#include "geo/base/table.h"

#define MOST_BYTES (16u << 20)
#define MOST_LEVELS 32
#define MOST_PATH_BYTES 400 /* longer paths are cut: they are only shown */

struct yaml_node {
    enum yaml_kind kind;
    int line;
    bool is_quoted;
    const struct yaml_document *document;
    char *path;
    char *text;               /* scalars */
    char **keys;              /* mappings */
    struct yaml_node **items; /* sequences, values of mappings */
    size_t count;
};

struct yaml_document {
    char *name;
    struct yaml_node *root;
};

/* A node whose end has not been seen. */
struct open_node {
    struct yaml_node *node;
    char *key;          /* owned; the key that waits for its value */
    struct table *keys; /* of a mapping: those that were seen */
};

struct builder {
    struct yaml_document *document;
    struct problems *problems;
    yaml_parser_t parser;
    struct open_node open[MOST_LEVELS];
    size_t level; /* number of open nodes */
    bool has_failed;
};

static void free_node(struct yaml_node *node)
{
    if (!node) {
        return;
    }
    for (size_t i = 0; i < node->count; i++) {
        free_node(node->items[i]); /* as deep as MOST_LEVELS */
        free(node->keys ? node->keys[i] : NULL);
    }
    free(node->keys);
    free(node->items);
    free(node->text);
    free(node->path);
    free(node);
}

void yaml_document_free(struct yaml_document *document)
{
    if (!document) {
        return;
    }
    free_node(document->root);
    free(document->name);
    free(document);
}

static void fail(struct builder *builder, int line, const char *sentence)
{
    problems_add(builder->problems, PROBLEM_ERROR, builder->document->name, line, "", "%s", sentence);
    builder->has_failed = true;
}

static char *make_path(const struct builder *builder)
{
    if (builder->level == 0) {
        return memory_copy_text("");
    }
    const struct open_node *parent = &builder->open[builder->level - 1];
    const char *before = parent->node->path;
    char path[MOST_PATH_BYTES];
    if (parent->node->kind == YAML_SEQUENCE) {
        snprintf(path, sizeof path, "%s[%zu]", before, parent->node->count);
    } else {
        snprintf(path, sizeof path, "%s%s%s", before, before[0] != '\0' ? "." : "", parent->key);
    }
    return memory_copy_text(path);
}

static struct yaml_node *new_node(const struct builder *builder, enum yaml_kind kind, int line)
{
    struct yaml_node *node = memory_new(1, sizeof *node);
    node->kind = kind;
    node->line = line;
    node->document = builder->document;
    node->path = make_path(builder);
    return node;
}

static bool is_power_of_two(size_t number)
{
    return (number & (number - 1)) == 0;
}

/* Gives the node to its parent, or makes it the root. */
static void attach(struct builder *builder, struct yaml_node *node)
{
    if (builder->level == 0) {
        builder->document->root = node;
        return;
    }
    struct open_node *open = &builder->open[builder->level - 1];
    struct yaml_node *parent = open->node;
    if (is_power_of_two(parent->count)) {
        size_t capacity = parent->count > 0 ? parent->count * 2 : 1;
        parent->items = memory_resize(parent->items, capacity, sizeof *parent->items);
        if (parent->kind == YAML_MAPPING) {
            parent->keys = memory_resize(parent->keys, capacity, sizeof *parent->keys);
        }
    }
    if (parent->kind == YAML_MAPPING) {
        parent->keys[parent->count] = open->key;
        open->key = NULL;
    }
    parent->items[parent->count++] = node;
}

static bool waits_for_key(const struct builder *builder)
{
    const struct open_node *open = builder->level > 0 ? &builder->open[builder->level - 1] : NULL;
    return open && open->node->kind == YAML_MAPPING && !open->key;
}

static void add_key(struct builder *builder, const char *key, int line)
{
    struct open_node *open = &builder->open[builder->level - 1];
    if (table_find(open->keys, key)) {
        problems_add(builder->problems, PROBLEM_ERROR, builder->document->name, line, open->node->path,
                     "has the key '%.60s' twice", key);
        builder->has_failed = true;
        return;
    }
    table_put(open->keys, key, open);
    open->key = memory_copy_text(key);
}

static void add_scalar(struct builder *builder, const yaml_event_t *event, int line)
{
    const char *text = (const char *)event->data.scalar.value;
    if (strlen(text) != event->data.scalar.length) {
        fail(builder, line, "a text holds a NUL character");
        return;
    }
    if (waits_for_key(builder)) {
        add_key(builder, text, line);
        return;
    }
    struct yaml_node *node = new_node(builder, YAML_SCALAR, line);
    node->text = memory_copy_text(text);
    node->is_quoted = event->data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    attach(builder, node);
}

static void open_node(struct builder *builder, enum yaml_kind kind, int line)
{
    if (waits_for_key(builder)) {
        fail(builder, line, "a key must be a text");
        return;
    }
    if (builder->level == MOST_LEVELS) {
        fail(builder, line, "is nested deeper than 32 levels");
        return;
    }
    struct yaml_node *node = new_node(builder, kind, line);
    attach(builder, node);
    builder->open[builder->level++] =
        (struct open_node){.node = node, .keys = kind == YAML_MAPPING ? table_new(NULL) : NULL};
}

static void close_node(struct builder *builder)
{
    struct open_node *open = &builder->open[--builder->level];
    table_free(open->keys);
    free(open->key);
}

static bool has_tag(const yaml_event_t *event)
{
    switch (event->type) {
    case YAML_SCALAR_EVENT:
        return event->data.scalar.tag != NULL;
    case YAML_SEQUENCE_START_EVENT:
        return event->data.sequence_start.tag != NULL;
    case YAML_MAPPING_START_EVENT:
        return event->data.mapping_start.tag != NULL;
    default:
        return false;
    }
}

static void take_event(struct builder *builder, const yaml_event_t *event)
{
    int line = (int)event->start_mark.line + 1;
    if (has_tag(event)) {
        fail(builder, line, "tags such as !!binary are not allowed");
        return;
    }
    switch (event->type) {
    case YAML_DOCUMENT_START_EVENT:
        if (builder->document->root) {
            fail(builder, line, "holds a second document");
        }
        break;
    case YAML_ALIAS_EVENT:
        fail(builder, line, "aliases such as *name are not allowed");
        break;
    case YAML_SCALAR_EVENT:
        add_scalar(builder, event, line);
        break;
    case YAML_SEQUENCE_START_EVENT:
        open_node(builder, YAML_SEQUENCE, line);
        break;
    case YAML_MAPPING_START_EVENT:
        open_node(builder, YAML_MAPPING, line);
        break;
    case YAML_SEQUENCE_END_EVENT:
    case YAML_MAPPING_END_EVENT:
        close_node(builder);
        break;
    default:
        break;
    }
}

static void take_all_events(struct builder *builder)
{
    bool is_at_end = false;
    while (!is_at_end && !builder->has_failed) {
        yaml_event_t event;
        if (!yaml_parser_parse(&builder->parser, &event)) {
            const char *reason = builder->parser.problem;
            fail(builder, (int)builder->parser.problem_mark.line + 1, reason ? reason : "is no YAML");
            return;
        }
        take_event(builder, &event);
        is_at_end = event.type == YAML_STREAM_END_EVENT;
        yaml_event_delete(&event);
    }
}

struct yaml_document *yaml_document_parse(const char *name, const char *text, size_t length,
                                          struct problems *problems)
{
    struct builder builder = {.document = memory_new(1, sizeof *builder.document), .problems = problems};
    builder.document->name = memory_copy_text(name);
    if (length > MOST_BYTES) {
        fail(&builder, 0, "is larger than 16 MiB");
    } else if (!yaml_parser_initialize(&builder.parser)) {
        fail(&builder, 0, "could not be read for want of memory");
    } else {
        yaml_parser_set_input_string(&builder.parser, (const unsigned char *)text, length);
        take_all_events(&builder);
        yaml_parser_delete(&builder.parser);
    }
    while (builder.level > 0) {
        close_node(&builder);
    }
    if (!builder.has_failed && !builder.document->root) {
        fail(&builder, 0, "is empty");
    }
    if (builder.has_failed) {
        yaml_document_free(builder.document);
        return NULL;
    }
    return builder.document;
}

struct yaml_document *yaml_document_read(const char *path, struct problems *problems)
{
    struct fault fault;
    size_t length = 0;
    char *text = file_read(path, MOST_BYTES, &length, &fault);
    if (!text) {
        problems_add(problems, PROBLEM_ERROR, path, 0, "", "%s", fault.message);
        return NULL;
    }
    struct yaml_document *document = yaml_document_parse(path, text, length, problems);
    free(text);
    return document;
}

const struct yaml_node *yaml_document_root(const struct yaml_document *document)
{
    return document->root;
}

enum yaml_kind yaml_kind(const struct yaml_node *node)
{
    return node->kind;
}

int yaml_line(const struct yaml_node *node)
{
    return node->line;
}

const char *yaml_file(const struct yaml_node *node)
{
    return node->document->name;
}

const char *yaml_path(const struct yaml_node *node)
{
    return node->path;
}

const char *yaml_text(const struct yaml_node *node)
{
    return node->text ? node->text : "";
}

size_t yaml_count(const struct yaml_node *node)
{
    return node->count;
}

const struct yaml_node *yaml_at(const struct yaml_node *node, size_t index)
{
    assert(index < node->count);
    return node->items[index];
}

const char *yaml_key_at(const struct yaml_node *node, size_t index)
{
    assert(node->kind == YAML_MAPPING && index < node->count);
    return node->keys[index];
}

const struct yaml_node *yaml_find(const struct yaml_node *node, const char *key)
{
    if (!node || node->kind != YAML_MAPPING) {
        return NULL;
    }
    for (size_t i = 0; i < node->count; i++) {
        if (strcmp(node->keys[i], key) == 0) {
            return node->items[i];
        }
    }
    return NULL;
}

bool yaml_is_null(const struct yaml_node *node)
{
    static const char *const words[] = {"", "~", "null", "Null", "NULL"};
    if (!node || node->kind != YAML_SCALAR || node->is_quoted) {
        return !node;
    }
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        if (strcmp(node->text, words[i]) == 0) {
            return true;
        }
    }
    return false;
}

void yaml_problem(const struct yaml_node *node, struct problems *problems, const char *format, ...)
{
    char sentence[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(sentence, sizeof sentence, format, arguments);
    va_end(arguments);
    problems_add(problems, PROBLEM_ERROR, yaml_file(node), node->line, node->path, "%s", sentence);
}
