/*
 * yaml.h - a YAML file as a tree whose every node knows its line.
 *
 * A safe subset: one document, no aliases, no tags, no duplicate keys, at most
 * 32 levels and 16 MiB. The yaml_read_*() functions read one field of a mapping and
 * add what is wrong with it to the problems: a reader calls them one after the
 * other and gets all mistakes at once.
 */
#ifndef GEO_BASE_YAML_H
#define GEO_BASE_YAML_H

#include <stdbool.h>
#include <stddef.h>

struct problems; /* geo/base/problems.h */

enum yaml_kind { YAML_SCALAR, YAML_SEQUENCE, YAML_MAPPING };

struct yaml_document;
struct yaml_node;

/** NULL when the file cannot be read or is not YAML: the problem is then in problems, with its line. */
struct yaml_document *yaml_document_read(const char *path, struct problems *problems);
struct yaml_document *yaml_document_parse(const char *name, const char *text, size_t length,
                                          struct problems *problems);
void yaml_document_free(struct yaml_document *document);

/** Nodes are borrowed until the document is freed. */
const struct yaml_node *yaml_document_root(const struct yaml_document *document);

enum yaml_kind yaml_kind(const struct yaml_node *node);
int yaml_line(const struct yaml_node *node);
const char *yaml_file(const struct yaml_node *node);

/** The dotted path from the root, such as "layers[2].style". Borrowed until the document is freed. */
const char *yaml_path(const struct yaml_node *node);

/** The text of a scalar; "" for other kinds. */
const char *yaml_text(const struct yaml_node *node);

/** Number of items of a sequence or pairs of a mapping; 0 for a scalar. */
size_t yaml_count(const struct yaml_node *node);

/** The i-th item, or the value of the i-th pair. */
const struct yaml_node *yaml_at(const struct yaml_node *node, size_t index);

/** The key of the i-th pair of a mapping. */
const char *yaml_key_at(const struct yaml_node *node, size_t index);

/** The value of key; NULL when absent or node is NULL or no mapping. */
const struct yaml_node *yaml_find(const struct yaml_node *node, const char *key);

/** Is there nothing: no node, or a plain "key:", "~" or "null"? The readers take that for an absent field. */
bool yaml_is_null(const struct yaml_node *node);

/** Adds a problem at the node: its file, line and path are filled in. */
void yaml_problem(const struct yaml_node *node, struct problems *problems, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/**
 * Names every key of the mapping that is not among the NULL-terminated known ones (and suggests the nearest).
 */
void yaml_check_keys(const struct yaml_node *mapping, const char *const known[], struct problems *problems);

/**
 * Text of a field, borrowed; fallback when absent. A NULL fallback says that the field is required and not
 * empty; "" is returned then when it is absent, so a reader may go on. Never NULL. Numbers and bools need no
 * quotes: they are the text as it is written (5, 1.0, true); a list or a mapping is a problem.
 */
const char *yaml_read_text(const struct yaml_node *mapping, const char *key, const char *fallback,
                           struct problems *problems);

/**
 * A number within [least, most], else a problem and fallback. A NaN fallback says that the field is required.
 */
double yaml_read_number(const struct yaml_node *mapping, const char *key, double least, double most,
                        double fallback, struct problems *problems);
bool yaml_read_bool(const struct yaml_node *mapping, const char *key, bool fallback,
                    struct problems *problems);

/** Index of the field's text among the NULL-terminated choices; fallback when absent (-1: required). */
int yaml_read_choice(const struct yaml_node *mapping, const char *key, const char *const choices[],
                     int fallback, struct problems *problems);

/** The field as sequence or mapping; NULL when absent or (with a problem) of another kind. */
const struct yaml_node *yaml_read_sequence(const struct yaml_node *mapping, const char *key,
                                           struct problems *problems);
const struct yaml_node *yaml_read_mapping(const struct yaml_node *mapping, const char *key,
                                          struct problems *problems);

#endif
