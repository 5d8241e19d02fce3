/*
 * symbol_facts.h - what a symbol set says of its symbols, as words for people and as JSON.
 */
#ifndef RENDER_SERVICE_SYMBOL_FACTS_H
#define RENDER_SERVICE_SYMBOL_FACTS_H

#include "symbology/language.h"

struct buffer;
struct symbol_code;
struct symbol_entry;
struct symbol_set;

/** A line for each symbol: id, what it is drawn on, name, group. */
void symbol_facts_write_table(const struct symbol_set *set, enum language language, struct buffer *text);

/** An array of the records that /symbols shows. */
void symbol_facts_write_json(const struct symbol_set *set, struct buffer *json);

/** Everything about one entry, and what a code asks of it that cannot be drawn. */
void symbol_facts_write(const struct symbol_set *set, const struct symbol_entry *entry,
                        const struct symbol_code *code, struct buffer *text);

#endif
