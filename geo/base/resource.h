/*
 * resource.h - files that are part of the program.
 *
 * Tile matrix sets, the Dutch symbol set, its glyphs and the font configuration are
 * linked into the binary, so it draws when nothing else is there. CMake's
 * plottafel_embed() makes one NULL-terminated list per floor.
 */
#ifndef GEO_BASE_RESOURCE_H
#define GEO_BASE_RESOURCE_H

#include <stddef.h>

struct resource {
    const char *name; /* path below the floor, "tile_matrix_sets/WebMercatorQuad.json"; NULL ends the list */
    const char *bytes;
    size_t length;
};

/** The resource of that name in a list, or NULL. Borrowed for ever. */
const struct resource *resource_find(const struct resource *list, const char *name);

#endif
