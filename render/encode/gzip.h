/*
 * gzip.h - bytes packed as gzip (RFC 1952) and unpacked again, or packed as zlib (RFC 1950).
 *
 * The same bytes always give the same bytes: no name and no time is written.
 */
#ifndef RENDER_GZIP_H
#define RENDER_GZIP_H

#include <stddef.h>

struct fault;

/** Owned by the caller, free(). NULL (MEMORY) without memory for it. */
char *gzip_pack(const char *bytes, size_t length, size_t *packed_length, struct fault *fault);

/** The same as a PDF's /FlateDecode has it. */
char *zlib_pack(const void *bytes, size_t length, size_t *packed_length, struct fault *fault);

/** What gzip_pack() packed. INPUT when it is damaged, LIMIT when it is longer than most_bytes. Owned, free().
 */
char *gzip_unpack(const char *packed, size_t packed_length, size_t most_bytes, size_t *length,
                  struct fault *fault);

#endif
