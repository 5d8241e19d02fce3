/*
 * shared_bytes.c - a count beside the bytes: they came to be before anybody knew that they would be shared.
 */
#include "render/service/worker/shared_bytes.h"

#include <stdatomic.h>
#include <stdlib.h>

#include "geo/base/memory.h"

struct shared_bytes {
    atomic_int reference_count;
    char *bytes; /* owned */
};

struct shared_bytes *shared_bytes_new(char *bytes)
{
    struct shared_bytes *share = memory_new(1, sizeof(*share));
    atomic_init(&share->reference_count, 1);
    share->bytes = bytes;
    return share;
}

struct shared_bytes *shared_bytes_ref(struct shared_bytes *share)
{
    atomic_fetch_add_explicit(&share->reference_count, 1, memory_order_relaxed);
    return share;
}

void shared_bytes_unref(struct shared_bytes *share)
{
    if (share && atomic_fetch_sub_explicit(&share->reference_count, 1, memory_order_acq_rel) == 1) {
        free(share->bytes);
        free(share);
    }
}
