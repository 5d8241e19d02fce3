/*
 * briefing_id.h - how a briefing is called: on its pages, in its QR code, as a job, in the archive.
 *
 * 26 digits and capital letters (a ULID): ten of the time, sixteen that nobody can guess. So ids sort by
 * time, and are known before a briefing is made.
 */
#ifndef RENDER_SERVICE_BRIEFING_ID_H
#define RENDER_SERVICE_BRIEFING_ID_H

#include <stdbool.h>
#include <stdint.h>

#define BRIEFING_ID_LENGTH 26
#define BRIEFING_ID_BYTES (BRIEFING_ID_LENGTH + 1)

struct fault;

/** A new one. UNAVAILABLE: there are no random numbers. */
bool briefing_id_make(int64_t now_ms, char id[static BRIEFING_ID_BYTES], struct fault *fault);

/** When it was made. */
int64_t briefing_id_time_ms(const char id[static BRIEFING_ID_BYTES]);

/** Could the text be one? */
bool briefing_id_is_one(const char *text);

#endif
