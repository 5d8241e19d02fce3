/*
 * moment.h - points in time, as milliseconds since 1970-01-01T00:00:00Z.
 *
 * Read from and written as RFC 3339. Local times are those of the Netherlands
 * (CET/CEST by the rule of Directive 2000/84/EC), whatever the machine thinks.
 */
#ifndef GEO_BASE_MOMENT_H
#define GEO_BASE_MOMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;

#define MOMENT_NONE INT64_MIN    /* no time given */
#define MOMENT_FOREVER INT64_MAX /* without end */

/** Reads "2026-09-15T10:30:00Z", with optional fraction and offset "+02:00"; a date alone is midnight UTC. */
bool moment_parse(const char *text, int64_t *moment_ms, struct fault *fault);

/**
 * Writes "2026-09-15T10:30:00Z" (with .123 when there are milliseconds), "" for MOMENT_NONE, ".." (OGC's open
 * end) for MOMENT_FOREVER. Returns text.
 */
char *moment_format(int64_t moment_ms, char text[static 32]);

/** Writes "15-09-2026 12:30 CEST", Dutch local time. Returns text. */
char *moment_format_local(int64_t moment_ms, char text[static 32]);

/** How far Dutch clocks are ahead of UTC at a moment: one hour, in summer two. */
int64_t moment_local_offset_ms(int64_t moment_ms);

/** The wall clock. Only front ends read it; what draws is told the time. */
int64_t moment_now_ms(void);

/** A clock that never goes back, for deadlines and durations. */
int64_t monotonic_now_ms(void);

/** The same in microseconds. */
int64_t monotonic_now_us(void);

#endif
