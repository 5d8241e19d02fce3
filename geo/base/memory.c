/*
 * memory.c - the only place where sizes are multiplied and allocation failure ends the process.
 */
#include "geo/base/memory.h"

#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/log.h"

static void *or_end(void *pointer, size_t count, size_t size)
{
    if (!pointer) {
        log_write(LOG_ERROR, "memory.exhausted", "no memory for %zu times %zu bytes", count, size);
        abort();
    }
    return pointer;
}

void *memory_try_new(size_t count, size_t size)
{
    if (count == 0 || size == 0) {
        return calloc(1, 1);
    }
    size_t bytes = 0;
    return __builtin_mul_overflow(count, size, &bytes) ? NULL : calloc(count, size);
}

void *memory_try_room(size_t count, size_t size)
{
    size_t bytes = 0;
    return __builtin_mul_overflow(count, size, &bytes) ? NULL : malloc(bytes > 0 ? bytes : 1);
}

void *memory_new(size_t count, size_t size)
{
    return or_end(memory_try_new(count, size), count, size);
}

void *memory_try_resize(void *pointer, size_t count, size_t size)
{
    size_t bytes = 0;
    return __builtin_mul_overflow(count, size, &bytes) ? NULL : realloc(pointer, bytes > 0 ? bytes : 1);
}

void *memory_resize(void *pointer, size_t count, size_t size)
{
    return or_end(memory_try_resize(pointer, count, size), count, size);
}

char *memory_copy_text(const char *text)
{
    return text ? memory_copy_bytes(text, strlen(text)) : NULL;
}

char *memory_copy_bytes(const void *bytes, size_t length)
{
    if (length == SIZE_MAX) {
        return or_end(NULL, length, 1);
    }
    char *copy = or_end(memory_try_room(length + 1, 1), length + 1, 1);
    if (length > 0) {
        memcpy(copy, bytes, length);
    }
    copy[length] = '\0';
    return copy;
}

void memory_give_back(void)
{
    malloc_trim(0);
}
