/*
 * pmtiles.h - packages of tiles in one PMTiles file (version 3), that a browser reads from any web server
 * that serves ranges.
 *
 * Such a file is never changed in place: publishing writes a new one beside it and renames that over it.
 */
#ifndef RENDER_SERVICE_PMTILES_H
#define RENDER_SERVICE_PMTILES_H

#include "render/service/seed/tile_archive.h"

extern const struct tile_archive_kind pmtiles_kind;

#endif
