/*
 * package.h - reads all that a package of tiles has, as seeding does.
 */
#ifndef TESTS_FUZZ_PACKAGE_H
#define TESTS_FUZZ_PACKAGE_H

#include "geo/tile_matrix_set.h"
#include "render/service/seed/tile_archive.h"

#define PACKAGE_TILES_SEEN 1000

/** Counts down; a package may say that it has fifty million tiles. */
static inline bool package_see(struct tile_address address, void *context, struct fault *fault)
{
    size_t *left = context;
    (void)address;
    if (*left == 0) {
        fault_set(fault, FAULT_LIMIT, "enough");
        return false;
    }
    (*left)--;
    return true;
}

static inline void package_read(const char *path)
{
    static struct tile_matrix_sets *sets;
    struct fault fault;
    size_t length;
    size_t left = PACKAGE_TILES_SEEN;
    sets = sets ? sets : tile_matrix_sets_new(&fault);
    const struct tile_matrix_set *set = tile_matrix_sets_find(sets, "WebMercatorQuad");
    struct tile_archive *archive = tile_archive_open(path, set, &fault);
    if (archive) {
        free(tile_archive_read_fact(archive, "json", &fault));
        tile_archive_visit(archive, (struct tile_visitor){package_see, &left}, &fault);
        free(tile_archive_read_tile(archive, (struct tile_address){0, 0, 0}, &length, &fault));
        free(tile_archive_read_tile(archive, (struct tile_address){2, 1, 1}, &length, &fault));
    }
    tile_archive_close(archive);
}

#endif
