/*
 * hash.c - one multiplication a byte, each of which waits for the one before. A block is dealt out to four
 * hashes, eight bytes each in turn, which do not wait for each other and are hashed at the end.
 */
#include "geo/base/hash.h"

#include <endian.h>
#include <string.h>

#define PRIME UINT64_C(1099511628211)
#define MULTIPLIER UINT64_C(0x9E3779B97F4A7C15) /* 2^64 / golden ratio: odd, and its bits are mixed */
#define LANES 4

uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *next = bytes;
    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ next[i]) * PRIME;
    }
    return hash;
}

/** Low bits of a product know nothing of high ones: so they are stirred in. */
static inline uint64_t stir(uint64_t hash, uint64_t number)
{
    hash = (hash ^ number) * MULTIPLIER;
    return hash ^ hash >> 32;
}

uint64_t hash_block(const void *bytes, size_t length)
{
    const unsigned char *next = bytes;
    uint64_t lanes[LANES] = {1, 2, 3, 4};
    uint64_t hash = hash_bytes(HASH_START, &(uint64_t){htole64(length)}, sizeof(uint64_t));
    for (; length >= sizeof lanes; length -= sizeof lanes, next += sizeof lanes) {
        uint64_t numbers[LANES];
        memcpy(numbers, next, sizeof numbers);
        for (int i = 0; i < LANES; i++) {
            lanes[i] = stir(lanes[i], le64toh(numbers[i]));
        }
    }
    for (int i = 0; i < LANES; i++) {
        hash = stir(hash, lanes[i]);
    }
    return hash_bytes(hash, next, length);
}

uint64_t hash_text(uint64_t hash, const char *text)
{
    return hash_bytes(hash, text ? text : "", text ? strlen(text) + 1 : 1);
}

/* Not left to printf: each request and each tile has one. */
void hash_write(uint64_t hash, char text[static 17])
{
    for (int i = 15; i >= 0; i--) {
        text[i] = "0123456789abcdef"[hash & 15];
        hash >>= 4;
    }
    text[16] = '\0';
}
