/*
 * table.h - values found by a text key (a hash table).
 *
 * Keys are copied, values are borrowed, or owned when the table was made with a
 * free function. Not for several threads at once.
 */
#ifndef GEO_BASE_TABLE_H
#define GEO_BASE_TABLE_H

#include <stdbool.h>
#include <stddef.h>

struct table;

/** @param free_value called for each value that is replaced, removed or left at the end; may be NULL */
struct table *table_new(void (*free_value)(void *value));
void table_free(struct table *table);

/** The value, borrowed until it is replaced or removed; NULL when absent. */
void *table_find(const struct table *table, const char *key);

/** Adds or replaces. */
void table_put(struct table *table, const char *key, void *value);
bool table_remove(struct table *table, const char *key);
size_t table_count(const struct table *table);

/**
 * Calls visit for each entry until it returns false, in the order they were put in unless some were removed.
 * visit must not change the table.
 */
void table_visit(const struct table *table, bool (*visit)(const char *key, void *value, void *context),
                 void *context);

#endif
