/*
 * mbtiles.h - tiles in one SQLite file (MBTiles 1.3), for tablets and field apps without a network.
 *
 * What is written becomes part of the file at mbtiles_commit(), all of it or nothing: a process that is
 * killed in between leaves a whole file behind. Belongs to one thread.
 */
#ifndef RENDER_SERVICE_MBTILES_H
#define RENDER_SERVICE_MBTILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct fault;
struct mbtiles;

/** Rows grow northward: 0 is the south-most. */
struct mbtiles_address {
    uint32_t zoom;
    uint32_t column;
    uint32_t row;
};

/** Opens the file, or makes one. INPUT when it is something else. Owned, mbtiles_close(). */
struct mbtiles *mbtiles_open(const char *path, struct fault *fault);

/** What was not committed is lost. */
void mbtiles_close(struct mbtiles *mbtiles);
bool mbtiles_commit(struct mbtiles *mbtiles, struct fault *fault);

/** The value of a name, "" when there is none. Owned by the caller; NULL on fault. */
char *mbtiles_read_metadata(struct mbtiles *mbtiles, const char *name, struct fault *fault);
bool mbtiles_write_metadata(struct mbtiles *mbtiles, const char *name, const char *value,
                            struct fault *fault);

bool mbtiles_has_tile(struct mbtiles *mbtiles, struct mbtiles_address address, bool *has,
                      struct fault *fault);

/** A copy of its bytes, owned by the caller. NULL on fault; NOT_FOUND when there is none. */
char *mbtiles_read_tile(struct mbtiles *mbtiles, struct mbtiles_address address, size_t *length,
                        struct fault *fault);
bool mbtiles_write_tile(struct mbtiles *mbtiles, struct mbtiles_address address, const void *bytes,
                        size_t length, struct fault *fault);
bool mbtiles_remove_tiles(struct mbtiles *mbtiles, struct fault *fault);

#endif
