/*
 * answer.c - an answer is written by one thread, given away, and from then on only read and counted. The wire
 * form is the one thing that is added later: by compare and exchange, so the first maker wins and the others
 * throw theirs away.
 */
#include "render/service/http/answer.h"

#include <assert.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "geo/base/memory.h"
#include "render/service/worker/shared_bytes.h"

#define ANSWER_HEADER_MAX 16
#define TAG_MOST_BYTES 125

struct answer_header {
    char *name;  /* owned */
    char *value; /* behind the name, in the same piece */
};

struct answer {
    atomic_int reference_count;
    int status;
    char *content_type;
    const char *bytes;
    size_t length;
    void (*release)(void *owner);
    void *owner;
    struct shared_bytes *share; /* whose bytes these are; NULL: the owner's */
    char *etag;
    struct answer_header headers[ANSWER_HEADER_MAX];
    size_t header_count;
    _Atomic(void *) wire;
    void (*_Atomic release_wire)(void *wire);
};

struct answer *answer_new_borrowing(int status, const char *content_type, const char *bytes, size_t length,
                                    void (*release)(void *owner), void *owner)
{
    assert(status >= 100 && status <= 599);
    struct answer *answer = memory_new(1, sizeof(*answer));
    atomic_init(&answer->reference_count, 1);
    answer->status = status;
    answer->content_type = memory_copy_text(content_type);
    answer->bytes = bytes;
    answer->length = length;
    answer->release = release;
    answer->owner = owner;
    return answer;
}

struct answer *answer_new_owning(int status, const char *content_type, char *bytes, size_t length)
{
    return answer_new_borrowing(status, content_type, bytes, length, free, bytes);
}

struct answer *answer_new(int status, const char *content_type, const void *bytes, size_t length)
{
    return answer_new_owning(status, content_type, memory_copy_bytes(bytes, length), length);
}

struct answer *answer_new_sharing(int status, const char *content_type, const char *bytes, size_t length,
                                  struct shared_bytes *share)
{
    struct answer *answer = answer_new_borrowing(status, content_type, bytes, length, NULL, NULL);
    answer->share = shared_bytes_ref(share);
    return answer;
}

struct answer *answer_ref(struct answer *answer)
{
    atomic_fetch_add_explicit(&answer->reference_count, 1, memory_order_relaxed);
    return answer;
}

static void release_reference(void *answer)
{
    answer_unref(answer);
}

void answer_unref(struct answer *answer)
{
    if (!answer || atomic_fetch_sub_explicit(&answer->reference_count, 1, memory_order_acq_rel) > 1) {
        return;
    }
    void *wire = atomic_load(&answer->wire);
    if (wire) {
        answer->release_wire(wire);
    }
    for (size_t i = 0; i < answer->header_count; i++) {
        free(answer->headers[i].name);
    }
    if (answer->release) {
        answer->release(answer->owner);
    }
    shared_bytes_unref(answer->share);
    free(answer->etag);
    free(answer->content_type);
    free(answer);
}

static void copy_headers(struct answer *copy, const struct answer *answer)
{
    for (size_t i = 0; i < answer->header_count; i++) {
        answer_add_header(copy, answer->headers[i].name, answer->headers[i].value);
    }
    copy->etag = memory_copy_text(answer->etag);
}

struct answer *answer_with_header(struct answer *answer, const char *name, const char *value)
{
    /* Whoever holds the bytes is referred to, not the answers in between: they would never be let go. */
    struct answer *holder = answer->release == release_reference ? answer->owner : answer;
    struct answer *other = answer_new_borrowing(answer->status, answer->content_type, answer->bytes,
                                                answer->length, release_reference, answer_ref(holder));
    copy_headers(other, answer);
    answer_add_header(other, name, value);
    return other;
}

struct answer *answer_copy(const struct answer *answer)
{
    struct answer *copy =
        answer->share ? answer_new_sharing(answer->status, answer->content_type, answer->bytes,
                                           answer->length, answer->share)
                      : answer_new(answer->status, answer->content_type, answer->bytes, answer->length);
    copy_headers(copy, answer);
    return copy;
}

static struct answer_header *find_header(struct answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->header_count; i++) {
        if (strcasecmp(answer->headers[i].name, name) == 0) {
            return &answer->headers[i];
        }
    }
    return NULL;
}

/** Name and value in one piece. A header must not become two: control characters become spaces. */
static struct answer_header copy_header(const char *name, const char *value)
{
    size_t name_room = strlen(name) + 1;
    size_t value_room = strlen(value) + 1;
    char *copy = memory_resize(NULL, name_room + value_room, 1);
    memcpy(copy, name, name_room);
    memcpy(copy + name_room, value, value_room);
    for (char *byte = copy + name_room; *byte; byte++) {
        *byte = (unsigned char)*byte < 0x20 || *byte == 0x7f ? ' ' : *byte;
    }
    return (struct answer_header){copy, copy + name_room};
}

void answer_add_header(struct answer *answer, const char *name, const char *value)
{
    struct answer_header *header = find_header(answer, name);
    if (header) {
        char *before = header->name; /* the new value may be a piece of the old one */
        *header = copy_header(name, value);
        free(before);
        return;
    }
    assert(answer->header_count < ANSWER_HEADER_MAX);
    answer->headers[answer->header_count++] = copy_header(name, value);
}

void answer_add_headerf(struct answer *answer, const char *name, const char *format, ...)
{
    char value[1024];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(value, sizeof(value), format, arguments);
    va_end(arguments);
    answer_add_header(answer, name, value);
}

void answer_set_etag(struct answer *answer, const char *tag)
{
    size_t length = strnlen(tag, TAG_MOST_BYTES);
    char *quoted = memory_resize(NULL, length + 3, 1);
    quoted[0] = '"';
    memcpy(quoted + 1, tag, length);
    memcpy(quoted + 1 + length, "\"", 2);
    free(answer->etag);
    answer->etag = quoted;
}

int answer_status(const struct answer *answer)
{
    return answer->status;
}

const char *answer_content_type(const struct answer *answer)
{
    return answer->content_type;
}

const char *answer_bytes(const struct answer *answer, size_t *length)
{
    *length = answer->length;
    return answer->bytes;
}

const char *answer_etag(const struct answer *answer)
{
    return answer->etag;
}

const char *answer_header(const struct answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->header_count; i++) {
        if (strcasecmp(answer->headers[i].name, name) == 0) {
            return answer->headers[i].value;
        }
    }
    return NULL;
}

size_t answer_header_count(const struct answer *answer)
{
    return answer->header_count;
}

const char *answer_header_at(const struct answer *answer, size_t index, const char **value)
{
    assert(index < answer->header_count);
    *value = answer->headers[index].value;
    return answer->headers[index].name;
}

void *answer_wire(struct answer *answer, void *(*make)(const struct answer *answer),
                  void (*release)(void *wire))
{
    void *wire = atomic_load_explicit(&answer->wire, memory_order_acquire);
    if (wire) {
        return wire;
    }
    void *fresh = make(answer);
    answer->release_wire = release;
    if (!fresh || atomic_compare_exchange_strong(&answer->wire, &wire, fresh)) {
        return fresh;
    }
    release(fresh);
    return wire;
}
