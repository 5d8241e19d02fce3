/*
 * tile_folder.h - packages of tiles as a folder: {zoom}/{column}/{row}.png, metadata.json and tilejson.json,
 * so that any web server gives them out.
 *
 * Equal tiles are hard links of one file where the file system has such. Vector tiles stand there unpacked:
 * a plain web server does not say that they are compressed.
 */
#ifndef RENDER_SERVICE_TILE_FOLDER_H
#define RENDER_SERVICE_TILE_FOLDER_H

#include "render/service/seed/tile_archive.h"

extern const struct tile_archive_kind tile_folder_kind;

#endif
