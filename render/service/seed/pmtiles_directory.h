/*
 * pmtiles_directory.h - the header and the directories of a PMTiles archive, version 3, as bytes.
 *
 * Source: the public specification of PMTiles, version 3 (github.com/protomaps/PMTiles/blob/main/spec/v3).
 */
#ifndef RENDER_SERVICE_PMTILES_DIRECTORY_H
#define RENDER_SERVICE_PMTILES_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "geo/tile_matrix_set.h"

struct buffer;
struct fault;

#define PMTILES_HEADER_BYTES 127
#define PMTILES_ROOT_MOST_BYTES 16257 /* header and root directory are read at once, 16 KiB */
#define PMTILES_ZOOM_MOST 26
#define PMTILES_TILE_MOST 50000000u /* of one archive, that are read */

enum pmtiles_compression { PMTILES_NOT_COMPRESSED = 1, PMTILES_GZIP = 2 };
enum pmtiles_type { PMTILES_MVT = 1, PMTILES_PNG, PMTILES_JPEG, PMTILES_WEBP };

/** A piece of the file. */
struct pmtiles_piece {
    uint64_t offset;
    uint64_t length;
};

struct pmtiles_header {
    struct pmtiles_piece root;
    struct pmtiles_piece metadata;
    struct pmtiles_piece leaves;
    struct pmtiles_piece tiles;
    uint64_t addressed_count; /* tiles */
    uint64_t entry_count;     /* runs of equal tiles */
    uint64_t content_count;   /* different ones */
    bool is_clustered;        /* contents stand in the order of the ids that first have them */
    uint8_t inner_compression;
    uint8_t tile_compression;
    uint8_t tile_type;
    uint8_t first_zoom;
    uint8_t last_zoom;
    struct bbox bounds_deg;
    uint8_t centre_zoom;
    struct point centre_deg;
};

/** One line of a directory: tiles that follow each other and look the same, or (run 0) another directory. */
struct pmtiles_entry {
    uint64_t tile_id;
    uint64_t offset; /* in the tiles, or in the leaves */
    uint32_t length;
    uint32_t run;
};

/** Its number on the Hilbert curves of all zooms, one after the other; zooms up to PMTILES_ZOOM_MOST. */
uint64_t pmtiles_id(struct tile_address address);
struct tile_address pmtiles_address(uint64_t id);

void pmtiles_header_write(const struct pmtiles_header *header,
                          unsigned char bytes[static PMTILES_HEADER_BYTES]);

/** INPUT when it is no PMTiles archive of version 3, or its pieces do not lie in a file of that length. */
bool pmtiles_header_read(const unsigned char bytes[static PMTILES_HEADER_BYTES], uint64_t file_length,
                         struct pmtiles_header *header, struct fault *fault);

/** Appends a directory, not compressed. */
void pmtiles_directory_write(const struct pmtiles_entry *entries, size_t count, struct buffer *buffer);

/**
 * Reads a directory that is not compressed.
 * @return owned by the caller; ids grow and runs do not overlap. NULL (INPUT) when it is damaged.
 */
struct pmtiles_entry *pmtiles_directory_read(const char *bytes, size_t length, size_t *count,
                                             struct fault *fault);

#endif
