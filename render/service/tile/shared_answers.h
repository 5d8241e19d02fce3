/*
 * shared_answers.h - answers of which equal ones are one: blank tiles have one body, one form for the wire.
 *
 * Equal are answers with the same status, content type, tag, headers and bytes. Safe from many threads.
 */
#ifndef RENDER_SERVICE_SHARED_ANSWERS_H
#define RENDER_SERVICE_SHARED_ANSWERS_H

#include <stddef.h>

struct answer;
struct shared_answers;

struct shared_answers *shared_answers_new(void);
void shared_answers_free(struct shared_answers *shared);

/** The answer itself, or one that is equal and was there first: a reference, to be given back by leave. */
struct answer *shared_answers_join(struct shared_answers *shared, struct answer *answer);
void shared_answers_leave(struct shared_answers *shared, struct answer *answer);

/** What they take, each counted once. Cheap. */
size_t shared_answers_bytes(const struct shared_answers *shared);

#endif
