/*
 * tile_batch.c - before the bytes of each tile stand their number and hash, as this machine has numbers: both
 * ends are processes of one program.
 */
#include "render/service/seed/tile_batch.h"

#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/hash.h"

struct prefix {
    uint64_t length;
    uint64_t hash;
};

void tile_batch_append(struct buffer *run, const char *bytes, size_t length)
{
    struct prefix prefix = {length, hash_bytes(HASH_START, bytes, length)};
    buffer_append(run, &prefix, sizeof(prefix));
    buffer_append(run, bytes, length);
}

bool tile_batch_next(const char **next, const char *end, struct tile_batch_item *item)
{
    struct prefix prefix;
    if ((size_t)(end - *next) < sizeof(prefix)) {
        return false;
    }
    memcpy(&prefix, *next, sizeof(prefix));
    if (prefix.length > (size_t)(end - *next) - sizeof(prefix)) {
        return false;
    }
    *item = (struct tile_batch_item){*next + sizeof(prefix), (size_t)prefix.length, prefix.hash};
    *next += sizeof(prefix) + prefix.length;
    return true;
}
