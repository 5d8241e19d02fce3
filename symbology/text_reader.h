/*
 * text_reader.h - texts that are shown, read from YAML, for layer styles, catalogues and maps alike.
 *
 * Each must be fit to be shown (plain_text.h); what is no quoted text is one all the same, as it is written:
 * 5, true. What is wrong is added to the problems and left empty.
 */
#ifndef SYMBOLOGY_TEXT_READER_H
#define SYMBOLOGY_TEXT_READER_H

#include <stdbool.h>

struct multilingual; /* symbology/language.h */
struct problems;
struct yaml_node;

/** A text by key of a mapping, owned by the caller; "" when it is absent. */
char *text_read_plain(const struct yaml_node *mapping, const char *key, struct problems *problems);

/** The same; it is a problem when it is absent or empty. */
char *text_read_required(const struct yaml_node *mapping, const char *key, struct problems *problems);

/**
 * A text by key of a mapping: plain (Dutch) or a mapping of language to text. Owned by the caller,
 * multilingual_finish(); without any text when it is absent, which is a problem when it is required. A
 * language that is named has to have a text.
 */
void text_read_multilingual(const struct yaml_node *mapping, const char *key, bool is_required,
                            struct multilingual *text, struct problems *problems);

#endif
