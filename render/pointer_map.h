/*
 * pointer_map.h - values found by the address of a thing (a hash table without deletion of single entries).
 */
#ifndef RENDER_POINTER_MAP_H
#define RENDER_POINTER_MAP_H

#include <stdbool.h>
#include <stddef.h>

struct pointer_map;

/** @param free_value called for each value that is let go; may be NULL */
struct pointer_map *pointer_map_new(void (*free_value)(void *value));
void pointer_map_free(struct pointer_map *map);

/** The value, borrowed; NULL when absent. */
void *pointer_map_find(const struct pointer_map *map, const void *key);

/** Adds a value that is not NULL; the key must be absent. */
void pointer_map_add(struct pointer_map *map, const void *key, void *value);

/** The same of a key that may be there: its value is let go. */
void pointer_map_put(struct pointer_map *map, const void *key, void *value);
size_t pointer_map_count(const struct pointer_map *map);

/** Lets go of every value for which keep says false. */
void pointer_map_sweep(struct pointer_map *map, bool (*keep)(void *value, void *context), void *context);

/** What it takes without its values. */
size_t pointer_map_bytes(const struct pointer_map *map);

#endif
