/*
 * pmtiles_internal.h - a PMTiles file that was opened, and how another takes its place. Used by the files of
 * pmtiles only.
 */
#ifndef RENDER_SERVICE_PMTILES_INTERNAL_H
#define RENDER_SERVICE_PMTILES_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>

#include "render/service/seed/pmtiles_directory.h"

struct fault;
struct seed_draft;

struct pmtiles {
    char *path;     /* owned */
    int descriptor; /* -1: none */
    struct pmtiles_header header;
    struct pmtiles_entry *entries; /* owned; of tiles, by id, none overlap; offsets lie in header.tiles */
    size_t entry_count;
    char *metadata; /* owned; JSON */
};

/** Reads a piece of the tiles' bytes, owned by the caller. */
char *pmtiles_read_content(const struct pmtiles *pmtiles, uint64_t offset, uint32_t length,
                           struct fault *fault);

/**
 * Writes what old (may be NULL) and the draft make together and renames it to the path.
 */
bool pmtiles_write(const struct pmtiles *old, const char *path, struct seed_draft *draft,
                   struct fault *fault);

#endif
