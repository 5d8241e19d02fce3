/*
 * memory.h - memory whose size was checked.
 *
 * memory_new() never returns NULL: without memory for a small thing the process
 * ends with one log line and is started again. Sizes that come from outside (a
 * picture, a body, a file) go through memory_try_new(), which may return NULL, and
 * that is FAULT_MEMORY. Everything is released with free().
 */
#ifndef GEO_BASE_MEMORY_H
#define GEO_BASE_MEMORY_H

#include <stddef.h>

/** count * size zeroed bytes, owned by the caller. A count or size of 0 gives a valid pointer. */
void *memory_new(size_t count, size_t size);

/** The same, or NULL when count * size overflows or is not to be had. */
void *memory_try_new(size_t count, size_t size);

/** The same, but what is in it is not known: for what is filled at once. */
void *memory_try_room(size_t count, size_t size);

/** Grows or shrinks to count * size bytes; new bytes are not cleared. pointer may be NULL. Never NULL. */
void *memory_resize(void *pointer, size_t count, size_t size);

/** The same, or NULL when it is not to be had: the pointer is then still the caller's. */
void *memory_try_resize(void *pointer, size_t count, size_t size);

/** A copy of text, or NULL for NULL. Owned by the caller. */
char *memory_copy_text(const char *text);

/** A copy of length bytes with a NUL behind them. Owned by the caller. */
char *memory_copy_bytes(const void *bytes, size_t length);

/** Gives free memory between what is in use back to the system: worth it when much has been let go. */
void memory_give_back(void);

#endif
