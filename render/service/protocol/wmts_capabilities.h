/*
 * wmts_capabilities.h - the capabilities document of the WMTS.
 */
#ifndef RENDER_SERVICE_WMTS_CAPABILITIES_H
#define RENDER_SERVICE_WMTS_CAPABILITIES_H

#include <stdbool.h>

#define WMTS_SMALL_PNG "image/png; mode=8bit" /* how the WMTS calls TILE_PNG_SMALL */

struct buffer;
struct fault;
struct service;

/** Writes the document; UNAVAILABLE while a plot's moments are not known. */
bool wmts_write_capabilities(struct service *service, struct buffer *xml, struct fault *fault);

#endif
