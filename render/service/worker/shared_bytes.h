/*
 * shared_bytes.h - bytes that several hold; the last one releases them. A tile's are those that came from the
 * worker, whoever answers with them or keeps them.
 */
#ifndef RENDER_SERVICE_SHARED_BYTES_H
#define RENDER_SERVICE_SHARED_BYTES_H

struct shared_bytes;

/** Takes bytes over (from malloc; NULL: none). One reference; counted atomically. */
struct shared_bytes *shared_bytes_new(char *bytes);
struct shared_bytes *shared_bytes_ref(struct shared_bytes *share);
void shared_bytes_unref(struct shared_bytes *share);

#endif
