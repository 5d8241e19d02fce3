/*
 * table.c - entries stand in one array in the order in which they came; the slots of the hash
 * point into it, so a visit is in the same order on every node.
 *
 * Keys may come from outside: the hash is SipHash-1-3 (Aumasson & Bernstein 2012) with a random
 * secret per table, so nobody can choose keys that all meet in one slot. Invariants: slot_count is
 * a power of two and more than the entries; a slot holds 1 + the number of its entry, 0 when empty.
 */
#include "geo/base/table.h"

#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "geo/base/memory.h"

struct entry {
    char *key; /* owned */
    uint64_t hash;
    void *value;
};

struct table {
    void (*free_value)(void *value);
    struct entry *entries;
    size_t count;
    size_t capacity;
    uint32_t *slots;
    size_t slot_count;
    uint64_t secret[2];
};

static uint64_t rotate(uint64_t word, int bits)
{
    return word << bits | word >> (64 - bits);
}

static void mix(uint64_t v[4])
{
    v[0] += v[1];
    v[2] += v[3];
    v[1] = rotate(v[1], 13) ^ v[0];
    v[3] = rotate(v[3], 16) ^ v[2];
    v[0] = rotate(v[0], 32) + v[3];
    v[2] += v[1];
    v[1] = rotate(v[1], 17) ^ v[2];
    v[3] = rotate(v[3], 21) ^ v[0];
    v[2] = rotate(v[2], 32);
}

static void absorb(uint64_t v[4], uint64_t word)
{
    v[3] ^= word;
    mix(v);
    v[0] ^= word;
}

static uint64_t hash_key(const struct table *table, const char *key)
{
    uint64_t v[4] = {table->secret[0] ^ 0x736f6d6570736575, table->secret[1] ^ 0x646f72616e646f6d,
                     table->secret[0] ^ 0x6c7967656e657261, table->secret[1] ^ 0x7465646279746573};
    size_t length = strlen(key);
    uint64_t last = (uint64_t)length << 56;
    size_t whole = length - length % 8;
    for (size_t i = 0; i < whole; i += 8) {
        uint64_t word;
        memcpy(&word, key + i, 8);
        absorb(v, word);
    }
    memcpy(&last, key + whole, length % 8);
    absorb(v, last);
    v[2] ^= 0xff;
    for (int round = 0; round < 3; round++) {
        mix(v);
    }
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

struct table *table_new(void (*free_value)(void *value))
{
    struct table *table = memory_new(1, sizeof *table);
    table->free_value = free_value;
    table->slot_count = 8;
    table->slots = memory_new(table->slot_count, sizeof *table->slots);
    /* Cannot fail for 16 bytes once the machine has started. */
    ssize_t got = getrandom(table->secret, sizeof table->secret, 0);
    assert(got == (ssize_t)sizeof table->secret);
    return table;
}

static void free_value(const struct table *table, void *value)
{
    if (table->free_value) {
        table->free_value(value);
    }
}

void table_free(struct table *table)
{
    if (!table) {
        return;
    }
    for (size_t i = 0; i < table->count; i++) {
        free_value(table, table->entries[i].value);
        free(table->entries[i].key);
    }
    free(table->entries);
    free(table->slots);
    free(table);
}

/* The slot of the key, or the empty slot where it would be put. */
static size_t find_slot(const struct table *table, const char *key, uint64_t hash)
{
    size_t slot = hash & (table->slot_count - 1);
    while (table->slots[slot] != 0) {
        const struct entry *entry = &table->entries[table->slots[slot] - 1];
        if (entry->hash == hash && strcmp(entry->key, key) == 0) {
            break;
        }
        slot = (slot + 1) & (table->slot_count - 1);
    }
    return slot;
}

void *table_find(const struct table *table, const char *key)
{
    size_t slot = find_slot(table, key, hash_key(table, key));
    return table->slots[slot] != 0 ? table->entries[table->slots[slot] - 1].value : NULL;
}

static void grow(struct table *table)
{
    free(table->slots);
    table->slot_count *= 2;
    table->slots = memory_new(table->slot_count, sizeof *table->slots);
    for (size_t i = 0; i < table->count; i++) {
        size_t slot = find_slot(table, table->entries[i].key, table->entries[i].hash);
        table->slots[slot] = (uint32_t)(i + 1);
    }
}

void table_put(struct table *table, const char *key, void *value)
{
    uint64_t hash = hash_key(table, key);
    size_t slot = find_slot(table, key, hash);
    if (table->slots[slot] != 0) {
        struct entry *entry = &table->entries[table->slots[slot] - 1];
        free_value(table, entry->value);
        entry->value = value;
        return;
    }
    assert(table->count < UINT32_MAX - 1);
    if (table->count == table->capacity) {
        table->capacity = table->capacity > 0 ? table->capacity * 2 : 4;
        table->entries = memory_resize(table->entries, table->capacity, sizeof *table->entries);
    }
    table->entries[table->count] = (struct entry){memory_copy_text(key), hash, value};
    table->slots[slot] = (uint32_t)++table->count;
    if (table->count * 2 > table->slot_count) {
        grow(table);
    }
}

/* Closes the gap at slot: later entries of the same run move up, so no search stops too early. */
static void close_gap(struct table *table, size_t gap)
{
    size_t mask = table->slot_count - 1;
    for (size_t slot = (gap + 1) & mask; table->slots[slot] != 0; slot = (slot + 1) & mask) {
        size_t home = table->entries[table->slots[slot] - 1].hash & mask;
        if (((slot - home) & mask) >= ((slot - gap) & mask)) {
            table->slots[gap] = table->slots[slot];
            gap = slot;
        }
    }
    table->slots[gap] = 0;
}

bool table_remove(struct table *table, const char *key)
{
    size_t slot = find_slot(table, key, hash_key(table, key));
    if (table->slots[slot] == 0) {
        return false;
    }
    size_t number = table->slots[slot] - 1;
    struct entry removed = table->entries[number];
    close_gap(table, slot);
    struct entry last = table->entries[table->count - 1];
    if (number != table->count - 1) {
        table->slots[find_slot(table, last.key, last.hash)] = (uint32_t)(number + 1);
        table->entries[number] = last;
    }
    table->count--;
    free_value(table, removed.value);
    free(removed.key);
    return true;
}

size_t table_count(const struct table *table)
{
    return table->count;
}

void table_visit(const struct table *table, bool (*visit)(const char *key, void *value, void *context),
                 void *context)
{
    for (size_t i = 0; i < table->count; i++) {
        if (!visit(table->entries[i].key, table->entries[i].value, context)) {
            return;
        }
    }
}
