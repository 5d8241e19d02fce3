/*
 * disk_record.h - an answer as bytes to be kept, and back.
 *
 * Kept are content type, entity tag, headers and body. Not kept is what the headers say of the state of the
 * moment (revision, moment, marking, where it came from): whoever reads it back knows that better.
 */
#ifndef RENDER_SERVICE_DISK_RECORD_H
#define RENDER_SERVICE_DISK_RECORD_H

#include <stddef.h>

struct answer;

/** Owned by the caller, free(). */
char *disk_record_write(const struct answer *answer, size_t *length);

/** An answer with a copy of the body. NULL: these bytes are no record. */
struct answer *disk_record_read(const char *record, size_t length);

#endif
