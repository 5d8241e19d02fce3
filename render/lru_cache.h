/*
 * lru_cache.h - things that are kept because they will be asked for again, up to so many bytes.
 *
 * Keys are bytes and are copied; values are owned. What was used longest ago goes first. Belongs to one
 * thread.
 */
#ifndef RENDER_LRU_CACHE_H
#define RENDER_LRU_CACHE_H

#include <stddef.h>
#include <stdint.h>

struct lru_cache;

/** @param free_value called for each value that is let go. Owned, lru_cache_free(). */
struct lru_cache *lru_cache_new(size_t most_bytes, void (*free_value)(void *value));
void lru_cache_free(struct lru_cache *cache);

/**
 * Of values that may be larger than the limit each: so many stay as long as all take no more than these
 * bytes, and the last one in any case. It is 1 until it is set.
 */
void lru_cache_keep_least(struct lru_cache *cache, size_t least_count, size_t up_to_bytes);

/** The value of a key, which counts as a use; NULL when absent. Borrowed until lru_cache_trim(). */
void *lru_cache_find(struct lru_cache *cache, const void *key, size_t key_length);

/** Adds a value under a key that is not there yet. Nothing is let go. @param bytes what the value takes */
void lru_cache_put(struct lru_cache *cache, const void *key, size_t key_length, void *value, size_t bytes);

/** Lets go of the least used until the bytes are within the limit, or only the least count is left. */
void lru_cache_trim(struct lru_cache *cache);

/** The same before a value is made that will take so many bytes: they never stand beside each other. */
void lru_cache_make_room(struct lru_cache *cache, size_t bytes);

/** Lets go of one, if it is there. */
void lru_cache_drop(struct lru_cache *cache, const void *key, size_t key_length);

/** Lets go of one that others can spare, if the bytes are beyond the limit. */
void lru_cache_let_go(struct lru_cache *cache, const void *key, size_t key_length);

/** How many values have been let go so far: while it is the same, all that were found are still there. */
uint64_t lru_cache_dropped(const struct lru_cache *cache);

size_t lru_cache_count(const struct lru_cache *cache);
size_t lru_cache_bytes(const struct lru_cache *cache);

#endif
