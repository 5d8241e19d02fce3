/*
 * clerk.h - one thread for what would hold up the sockets or the store and needs no worker: large bodies are
 * read there, long lists written.
 */
#ifndef RENDER_SERVICE_CLERK_H
#define RENDER_SERVICE_CLERK_H

#include <stdbool.h>

struct clerk;
struct fault;

/** Starts the thread. Owned, clerk_free(). */
struct clerk *clerk_new(struct fault *fault);

/** Finishes what is queued. */
void clerk_free(struct clerk *clerk);

/** Calls run in the clerk's thread, first come, first served. False (UNAVAILABLE): enough is queued already.
 */
bool clerk_call(struct clerk *clerk, void (*run)(void *context), void *context, struct fault *fault);

#endif
