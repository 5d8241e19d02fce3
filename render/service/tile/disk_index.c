/*
 * disk_index.c - two hash tables: tiles by key, with a list by last use, and contents by hash. They grow by
 * doubling: what was in one bucket is then in the same and in one further on, so a walk misses nothing.
 */
#include "render/service/tile/disk_index.h"

#include <assert.h>
#include <stdlib.h>

#include "geo/base/memory.h"

#define FIRST_BUCKETS 1024
#define PAGE_BYTES 4096
#define ROW_BYTES 128
#define CONTENT_ROW_BYTES 64

struct content {
    uint64_t hash;
    uint32_t length;
    size_t uses;
    struct content *next;
};

struct disk_index {
    struct disk_entry **buckets; /* bucket_count, a power of two */
    struct content **contents;   /* as many */
    size_t bucket_count;
    struct disk_entry *newest;
    struct disk_entry *oldest;
    size_t count;
    size_t bytes;
};

struct disk_index *disk_index_new(void)
{
    struct disk_index *index = memory_new(1, sizeof(*index));
    index->bucket_count = FIRST_BUCKETS;
    index->buckets = memory_new(index->bucket_count, sizeof(struct disk_entry *));
    index->contents = memory_new(index->bucket_count, sizeof(struct content *));
    return index;
}

void disk_index_free(struct disk_index *index)
{
    if (index) {
        disk_index_clear(index);
        free(index->buckets);
        free(index->contents);
        free(index);
    }
}

void disk_index_clear(struct disk_index *index)
{
    while (index->oldest) {
        disk_index_remove(index, index->oldest);
    }
}

/** A content that does not fit beside others takes whole pages of the file. */
static size_t content_bytes(uint32_t length)
{
    bool is_long = length > PAGE_BYTES / 2;
    return CONTENT_ROW_BYTES +
           (is_long ? ((size_t)length + 2 * PAGE_BYTES - 1) / PAGE_BYTES * PAGE_BYTES : length);
}

static struct disk_entry **entry_slot(const struct disk_index *index, const struct tile_key *key)
{
    struct disk_entry **slot = &index->buckets[tile_key_hash(key) & (index->bucket_count - 1)];
    while (*slot && !tile_key_equals(&(*slot)->tile.key, key)) {
        slot = &(*slot)->next;
    }
    return slot;
}

static struct content **content_slot(const struct disk_index *index, uint64_t hash)
{
    struct content **slot = &index->contents[hash & (index->bucket_count - 1)];
    while (*slot && (*slot)->hash != hash) {
        slot = &(*slot)->next;
    }
    return slot;
}

static void grow_contents(struct disk_index *index, size_t bucket_count)
{
    struct content **contents = memory_new(bucket_count, sizeof(*contents));
    for (size_t i = 0; i < index->bucket_count; i++) {
        struct content *content = index->contents[i];
        while (content) {
            struct content *next = content->next;
            struct content **bucket = &contents[content->hash & (bucket_count - 1)];
            content->next = *bucket;
            *bucket = content;
            content = next;
        }
    }
    free(index->contents);
    index->contents = contents;
}

static void grow(struct disk_index *index)
{
    size_t bucket_count = index->bucket_count * 2;
    struct disk_entry **buckets = memory_new(bucket_count, sizeof(*buckets));
    for (struct disk_entry *entry = index->oldest; entry; entry = entry->newer) {
        struct disk_entry **bucket = &buckets[tile_key_hash(&entry->tile.key) & (bucket_count - 1)];
        entry->next = *bucket;
        *bucket = entry;
    }
    free(index->buckets);
    index->buckets = buckets;
    grow_contents(index, bucket_count);
    index->bucket_count = bucket_count;
}

static void link_newest(struct disk_index *index, struct disk_entry *entry)
{
    entry->newer = NULL;
    entry->older = index->newest;
    *(index->newest ? &index->newest->newer : &index->oldest) = entry;
    index->newest = entry;
}

static void unlink_use(struct disk_index *index, struct disk_entry *entry)
{
    *(entry->newer ? &entry->newer->older : &index->newest) = entry->older;
    *(entry->older ? &entry->older->newer : &index->oldest) = entry->newer;
}

static bool use_content(struct disk_index *index, const struct disk_tile *tile)
{
    struct content **slot = content_slot(index, tile->content);
    bool is_first = !*slot;
    if (is_first) {
        *slot = memory_new(1, sizeof(**slot));
        **slot = (struct content){.hash = tile->content, .length = tile->length};
        index->bytes += content_bytes(tile->length);
    }
    (*slot)->uses++;
    return is_first;
}

static bool release_content(struct disk_index *index, uint64_t hash)
{
    struct content **slot = content_slot(index, hash);
    struct content *content = *slot;
    assert(content);
    if (--content->uses > 0) {
        return false;
    }
    *slot = content->next;
    index->bytes -= content_bytes(content->length);
    free(content);
    return true;
}

struct disk_entry *disk_index_find(const struct disk_index *index, const struct tile_key *key)
{
    return *entry_slot(index, key);
}

struct disk_entry *disk_index_add(struct disk_index *index, const struct disk_tile *tile, bool *is_first)
{
    if (index->count >= index->bucket_count) {
        grow(index);
    }
    struct disk_entry **slot = entry_slot(index, &tile->key);
    assert(!*slot);
    struct disk_entry *entry = memory_new(1, sizeof(*entry));
    entry->tile = *tile;
    *slot = entry;
    link_newest(index, entry);
    index->count++;
    index->bytes += ROW_BYTES;
    *is_first = use_content(index, tile);
    return entry;
}

bool disk_index_remove(struct disk_index *index, struct disk_entry *entry)
{
    struct disk_entry **slot = entry_slot(index, &entry->tile.key);
    assert(*slot == entry);
    *slot = entry->next;
    unlink_use(index, entry);
    index->count--;
    index->bytes -= ROW_BYTES;
    bool is_last = release_content(index, entry->tile.content);
    free(entry);
    return is_last;
}

void disk_index_move(struct disk_index *index, struct disk_entry *entry, int64_t moment_ms)
{
    struct disk_entry **slot = entry_slot(index, &entry->tile.key);
    assert(*slot == entry);
    *slot = entry->next;
    entry->next = NULL;
    entry->tile.key.moment_ms = moment_ms;
    slot = entry_slot(index, &entry->tile.key);
    assert(!*slot);
    *slot = entry;
}

void disk_index_use(struct disk_index *index, struct disk_entry *entry)
{
    unlink_use(index, entry);
    link_newest(index, entry);
}

struct disk_entry *disk_index_oldest(const struct disk_index *index)
{
    return index->oldest;
}

size_t disk_index_places(const struct disk_index *index)
{
    return index->bucket_count;
}

struct disk_entry *disk_index_at(const struct disk_index *index, size_t place)
{
    assert(place < index->bucket_count);
    return index->buckets[place];
}

size_t disk_index_count(const struct disk_index *index)
{
    return index->count;
}

size_t disk_index_bytes(const struct disk_index *index)
{
    return index->bytes;
}
