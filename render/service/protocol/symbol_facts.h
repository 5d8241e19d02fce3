/*
 * symbol_facts.h - what a symbol set says of its symbols, as words for people.
 */
#ifndef RENDER_SERVICE_SYMBOL_FACTS_H
#define RENDER_SERVICE_SYMBOL_FACTS_H

#include <stddef.h>

#include "symbology/language.h"

struct buffer;
struct symbol_code;
struct symbol_entry;
struct symbol_set;

/** A line for each symbol: id, what it is drawn on, name, group. */
void symbol_facts_write_table(const struct symbol_set *set, const struct symbol_entry *const *entries,
                              size_t count, enum language language, struct buffer *text);

/** Everything about one entry, and what a code asks of it that cannot be drawn. */
void symbol_facts_write(const struct symbol_set *set, const struct symbol_entry *entry,
                        const struct symbol_code *code, struct buffer *text);

#endif
