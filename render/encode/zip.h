/*
 * zip.h - several files as one (ZIP, APPNOTE 6.3): the pages of a briefing that is a picture.
 *
 * The same files always give the same bytes. Nothing here is encrypted, split or larger than 4 GiB.
 */
#ifndef RENDER_ZIP_H
#define RENDER_ZIP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;

/** One file. Borrowed. */
struct zip_entry {
    const char *name; /* of ASCII, shorter than 100 bytes */
    const char *bytes;
    size_t length;
    bool is_packed; /* a PNG, for instance: packing it once more is of no use */
};

/**
 * @param made_ms  stands at each file, in UTC, to two seconds; before 1980 it is 1980
 * @return owned by the caller, free(). NULL: MEMORY, or LIMIT when it would be too large
 */
char *zip_write(const struct zip_entry *entries, size_t count, int64_t made_ms, size_t *length,
                struct fault *fault);

/** How many files there are; 0: these bytes are no ZIP. */
size_t zip_count(const char *bytes, size_t length);

/**
 * One of the files of zip_write(), owned by the caller, free(). NULL: NOT_FOUND without so many; LIMIT when
 * it is longer than most_bytes; INPUT when it is damaged.
 */
char *zip_read(const char *bytes, size_t length, size_t index, size_t most_bytes, size_t *file_length,
               struct fault *fault);

#endif
