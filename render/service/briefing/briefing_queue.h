/*
 * briefing_queue.h - briefings that wait to be made, and whose turn it is.
 *
 * The turn goes round: first over who asks (a client's address, all who carry the token, or the organisation
 * that a trusted proxy names), then over the organisations that one of them asks for, then in the order in
 * which they came. So fifty briefings of one do not hold up the first of another, and nobody gets more by
 * calling himself by many names. One asker may take half of the places. Belongs to one thread.
 */
#ifndef RENDER_SERVICE_BRIEFING_QUEUE_H
#define RENDER_SERVICE_BRIEFING_QUEUE_H

#include <stdbool.h>
#include <stddef.h>

struct briefing_queue;
struct fault;

/** length: how many may wait. Owned, briefing_queue_free(). What waits is borrowed. */
struct briefing_queue *briefing_queue_new(size_t length);
void briefing_queue_free(struct briefing_queue *queue);

/** UNAVAILABLE: all places, or all that one asker may have, are taken. The texts are copied. */
bool briefing_queue_put(struct briefing_queue *queue, void *job, const char *asker, const char *organisation,
                        struct fault *fault);

/** Takes out whose turn it is; NULL when nobody waits. */
void *briefing_queue_take(struct briefing_queue *queue);

/** False when it does not wait. */
bool briefing_queue_remove(struct briefing_queue *queue, const void *job);

/** 1: the next one, if nobody else comes; 0: it does not wait. */
size_t briefing_queue_position(const struct briefing_queue *queue, const void *job);
size_t briefing_queue_count(const struct briefing_queue *queue);

#endif
