/*
 * symbol_records.h - symbol sets and their entries as JSON: what the interface and `plottafel symbols list
 * --json` show.
 */
#ifndef RENDER_SERVICE_SYMBOL_RECORDS_H
#define RENDER_SERVICE_SYMBOL_RECORDS_H

#include <stddef.h>

struct buffer;
struct symbol_entry;
struct symbol_library;
struct symbol_set;

/** Code, name, version, title, what it extends, counts, groups, and whether it is the default. */
void symbol_append_set(struct buffer *json, const struct symbol_library *symbols,
                       const struct symbol_set *set);

/** One entry of a list: code, names, group, what it is drawn on. */
void symbol_append_record(struct buffer *json, const struct symbol_set *set,
                          const struct symbol_entry *entry);

/** An array of such records. */
void symbol_append_records(struct buffer *json, const struct symbol_set *set,
                           const struct symbol_entry *const *entries, size_t count);

/** All that is known of one entry: the record, and aliases, what it accepts, what others call it. */
void symbol_append_facts(struct buffer *json, const struct symbol_set *set, const struct symbol_entry *entry);

#endif
