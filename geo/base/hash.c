/*
 * hash.c - one multiplication a byte.
 */
#include "geo/base/hash.h"

#include <string.h>

#define PRIME UINT64_C(1099511628211)

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *next = bytes;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ next[i]) * PRIME;
    }
    return hash;
}

uint64_t hash_text(uint64_t hash, const char *text)
{
    return hash_bytes(hash, text ? text : "", text ? strlen(text) + 1 : 1);
}
