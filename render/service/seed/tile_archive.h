/*
 * tile_archive.h - a package of tiles for where there is no network: an MBTiles file, a PMTiles file, or a
 * folder that any web server can give out.
 *
 * A package is never changed piece by piece. What is to become of it is gathered in a draft (seed_draft.h);
 * publishing takes it over in one step, and until then readers have the package as it was. Packages that
 * others made are not changed at all. Belongs to one thread.
 */
#ifndef RENDER_SERVICE_TILE_ARCHIVE_H
#define RENDER_SERVICE_TILE_ARCHIVE_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/tile_matrix_set.h"

struct fault;
struct seed_draft;

/** Who is told of each tile; what returns false ends the visit, with its fault. */
struct tile_visitor {
    bool (*visit)(struct tile_address address, void *context, struct fault *fault);
    void *context;
};

struct tile_archive;

/** One way to keep tiles. The functions get what open() made. */
struct tile_archive_kind {
    const char *name;      /* "MBTiles" */
    bool is_mercator_only; /* it knows no other tile matrix set than WebMercatorQuad */

    /* What stands at the path. NULL with code NONE: nothing; INPUT: something else, or damaged. */
    void *(*open)(const char *path, const struct tile_matrix_set *set, struct fault *fault);
    void (*close)(void *package);
    char *(*read_fact)(void *package, const char *name, struct fault *fault);
    bool (*visit)(void *package, struct tile_visitor visitor, struct fault *fault);
    char *(*read_tile)(void *package, struct tile_address address, size_t *length, struct fault *fault);

    /* package is NULL when nothing stands there yet. False leaves package and draft as they were. */
    bool (*publish)(void *package, const char *path, struct seed_draft *draft, struct fault *fault);
};

/**
 * The kind that a name asks for: x.mbtiles, x.pmtiles, folder/ or a folder that is there. INPUT for others.
 */
const struct tile_archive_kind *tile_archive_kind_of(const char *path, struct fault *fault);

/** Opens what stands at the path, if anything does. Owned, tile_archive_close(). */
struct tile_archive *tile_archive_open(const char *path, const struct tile_matrix_set *set,
                                       struct fault *fault);
void tile_archive_close(struct tile_archive *archive);

const struct tile_archive_kind *tile_archive_kind(const struct tile_archive *archive);
bool tile_archive_is_there(const struct tile_archive *archive);

/** A fact by its name, as MBTiles call them; "" when it is not told. Owned by the caller; NULL on fault. */
char *tile_archive_read_fact(struct tile_archive *archive, const char *name, struct fault *fault);

/** Every tile once, in any order. */
bool tile_archive_visit(struct tile_archive *archive, struct tile_visitor visitor, struct fault *fault);

/** The bytes of a tile, owned by the caller. NULL on fault, NOT_FOUND when there is none. */
char *tile_archive_read_tile(struct tile_archive *archive, struct tile_address address, size_t *length,
                             struct fault *fault);

/**
 * Makes the package what the draft says, all of it or nothing; then the draft has done its work. Of a folder
 * the files are changed one by one: publishing again goes on.
 */
bool tile_archive_publish(struct tile_archive *archive, struct seed_draft *draft, struct fault *fault);

#endif
