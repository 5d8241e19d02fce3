/*
 * quarantine.h - which orders broke their workers, how often and when. Not for several threads at once.
 */
#ifndef RENDER_SERVICE_QUARANTINE_H
#define RENDER_SERVICE_QUARANTINE_H

#include <stddef.h>
#include <stdint.h>

struct quarantine;

/** An order is held for time_ms after it broke its second worker. */
struct quarantine *quarantine_new(int64_t time_ms);
void quarantine_free(struct quarantine *quarantine);

/** An order broke a worker. Returns how many by now. */
int quarantine_add(struct quarantine *quarantine, const char *key, int64_t now_ms);

/** For how long the order is still held; 0: it is not. */
int64_t quarantine_left_ms(struct quarantine *quarantine, const char *key, int64_t now_ms);

/** Orders that are held. */
size_t quarantine_count(struct quarantine *quarantine, int64_t now_ms);

#endif
