/*
 * mapbox_read.h - a Mapbox or MapLibre style (version 8 of the specification, JSON) as a draft: one layer for
 * each source layer, in it the rules of all style layers that draw it.
 */
#ifndef SYMBOLOGY_IMPORT_MAPBOX_READ_H
#define SYMBOLOGY_IMPORT_MAPBOX_READ_H

#include <stdbool.h>
#include <stddef.h>

struct fault;
struct style_draft;
struct style_losses;

/** False (INPUT) when the text is no such style. style_draft_finish() in either case. */
bool mapbox_read(const char *text, size_t length, struct style_losses *losses, struct style_draft *draft,
                 struct fault *fault);

#endif
