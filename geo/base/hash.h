/*
 * hash.h - a number that differs when bytes differ (FNV-1a, 64 bits; Fowler, Noll, Vo 1991).
 *
 * For entity tags, checksums and keys that we made ourselves. It is no seal: whoever wants to can find two
 * texts with the same hash.
 */
#ifndef GEO_BASE_HASH_H
#define GEO_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_START UINT64_C(14695981039346656037)

/** Goes on from hash, which begins as HASH_START: bytes in pieces give the same as in one. */
uint64_t hash_bytes(uint64_t hash, const void *bytes, size_t length);

/**
 * Another hash, of all bytes at once, for those that are many: it takes them 32 at a time, the same on every
 * machine.
 */
uint64_t hash_block(const void *bytes, size_t length);

/** The text and its NUL, so that "ab", "c" differs from "a", "bc". NULL counts as "". */
uint64_t hash_text(uint64_t hash, const char *text);

/** Sixteen hexadecimal digits and NUL. */
void hash_write(uint64_t hash, char text[static 17]);

#endif
