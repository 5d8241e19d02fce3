/*
 * shared_answers.c - a hash table by tag and length, in parts with a lock each; how many hold an answer is
 * counted beside it.
 */
#include "render/service/tile/shared_answers.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/hash.h"
#include "geo/base/memory.h"
#include "render/service/http/answer.h"

#define PART_COUNT 16
#define FIRST_BUCKETS 64
#define ANSWER_OVERHEAD_BYTES 2816 /* measured: headers, and the answer as the HTTP library wants it */

struct holder {
    struct answer *answer; /* one reference */
    uint64_t hash;
    size_t uses;
    struct holder *next;
};

struct part {
    pthread_mutex_t lock;
    struct holder **buckets;
    size_t bucket_count; /* a power of two */
    size_t count;
};

struct shared_answers {
    struct part parts[PART_COUNT];
    atomic_size_t bytes;
};

struct shared_answers *shared_answers_new(void)
{
    struct shared_answers *shared = memory_new(1, sizeof(*shared));
    for (size_t i = 0; i < PART_COUNT; i++) {
        struct part *part = &shared->parts[i];
        pthread_mutex_init(&part->lock, NULL);
        part->bucket_count = FIRST_BUCKETS;
        part->buckets = memory_new(part->bucket_count, sizeof(struct holder *));
    }
    return shared;
}

void shared_answers_free(struct shared_answers *shared)
{
    if (!shared) {
        return;
    }
    for (size_t i = 0; i < PART_COUNT; i++) {
        assert(shared->parts[i].count == 0);
        free(shared->parts[i].buckets);
        pthread_mutex_destroy(&shared->parts[i].lock);
    }
    free(shared);
}

/** A tag says what the bytes are; without one the bytes do. */
static uint64_t hash_answer(const struct answer *answer)
{
    size_t length;
    const char *bytes = answer_bytes(answer, &length);
    uint64_t hash = hash_bytes(HASH_START, &length, sizeof(length));
    hash = answer_etag(answer) ? hash_text(hash, answer_etag(answer)) : hash_bytes(hash, bytes, length);
    for (size_t i = 0; i < answer_header_count(answer); i++) {
        const char *value;
        hash = hash_text(hash, answer_header_at(answer, i, &value));
        hash = hash_text(hash, value);
    }
    return hash ^ hash >> 29;
}

static bool is_same_text(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

static bool has_same_headers(const struct answer *a, const struct answer *b)
{
    size_t count = answer_header_count(a);
    bool is_same = count == answer_header_count(b);
    for (size_t i = 0; is_same && i < count; i++) {
        const char *value_a;
        const char *value_b;
        is_same = strcmp(answer_header_at(a, i, &value_a), answer_header_at(b, i, &value_b)) == 0;
        is_same = is_same && strcmp(value_a, value_b) == 0;
    }
    return is_same;
}

static bool is_equal(const struct answer *a, const struct answer *b)
{
    size_t length_a;
    size_t length_b;
    const char *bytes_a = answer_bytes(a, &length_a);
    const char *bytes_b = answer_bytes(b, &length_b);
    return answer_status(a) == answer_status(b) && length_a == length_b &&
           is_same_text(answer_content_type(a), answer_content_type(b)) &&
           is_same_text(answer_etag(a), answer_etag(b)) && has_same_headers(a, b) &&
           memcmp(bytes_a, bytes_b, length_a) == 0;
}

static struct part *part_of(struct shared_answers *shared, uint64_t hash)
{
    return &shared->parts[(hash >> 56) % PART_COUNT];
}

static struct holder **bucket_of(struct part *part, uint64_t hash)
{
    return &part->buckets[hash & (part->bucket_count - 1)];
}

static void grow(struct part *part)
{
    struct part larger = {.bucket_count = part->bucket_count * 2};
    larger.buckets = memory_new(larger.bucket_count, sizeof(struct holder *));
    for (size_t i = 0; i < part->bucket_count; i++) {
        struct holder *holder = part->buckets[i];
        while (holder) {
            struct holder *next = holder->next;
            struct holder **bucket = bucket_of(&larger, holder->hash);
            holder->next = *bucket;
            *bucket = holder;
            holder = next;
        }
    }
    free(part->buckets);
    part->buckets = larger.buckets;
    part->bucket_count = larger.bucket_count;
}

static size_t bytes_of(const struct answer *answer)
{
    size_t length;
    answer_bytes(answer, &length);
    return length + ANSWER_OVERHEAD_BYTES;
}

/** Under the part's lock. */
static struct holder *add(struct shared_answers *shared, struct part *part, uint64_t hash,
                          struct answer *answer)
{
    if (part->count >= part->bucket_count) {
        grow(part);
    }
    struct holder *holder = memory_new(1, sizeof(*holder));
    struct holder **bucket = bucket_of(part, hash);
    *holder = (struct holder){answer_ref(answer), hash, 0, *bucket};
    *bucket = holder;
    part->count++;
    atomic_fetch_add(&shared->bytes, bytes_of(answer));
    return holder;
}

struct answer *shared_answers_join(struct shared_answers *shared, struct answer *answer)
{
    uint64_t hash = hash_answer(answer);
    struct part *part = part_of(shared, hash);
    pthread_mutex_lock(&part->lock);
    struct holder *holder = *bucket_of(part, hash);
    while (holder && (holder->hash != hash || !is_equal(holder->answer, answer))) {
        holder = holder->next;
    }
    if (!holder) {
        holder = add(shared, part, hash, answer);
    }
    holder->uses++;
    struct answer *joined = holder->answer;
    pthread_mutex_unlock(&part->lock);
    return joined;
}

void shared_answers_leave(struct shared_answers *shared, struct answer *answer)
{
    uint64_t hash = hash_answer(answer);
    struct part *part = part_of(shared, hash);
    struct holder *gone = NULL;
    pthread_mutex_lock(&part->lock);
    struct holder **slot = bucket_of(part, hash);
    while ((*slot)->answer != answer) {
        slot = &(*slot)->next;
    }
    if (--(*slot)->uses == 0) {
        gone = *slot;
        *slot = gone->next;
        part->count--;
        atomic_fetch_sub(&shared->bytes, bytes_of(answer));
    }
    pthread_mutex_unlock(&part->lock);
    if (gone) {
        answer_unref(gone->answer);
        free(gone);
    }
}

size_t shared_answers_bytes(const struct shared_answers *shared)
{
    return atomic_load_explicit(&shared->bytes, memory_order_relaxed);
}
