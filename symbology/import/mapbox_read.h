/*
 * mapbox_read.h - a Mapbox or MapLibre style (version 8 of the specification, JSON) as a draft: one layer for
 * each source layer, in it the rules of all style layers that draw it.
 */
#ifndef SYMBOLOGY_IMPORT_MAPBOX_READ_H
#define SYMBOLOGY_IMPORT_MAPBOX_READ_H

#include <stdbool.h>

struct fault;
struct style_draft;
struct style_import; /* symbology/import/style_import.h */
struct style_losses;

/**
 * Of a layer that is not asked for only the name is read: what it would lose is of no interest.
 * @return false (INPUT) when the text is no such style. style_draft_finish() in either case
 */
bool mapbox_read(const struct style_import *import, struct style_losses *losses, struct style_draft *draft,
                 struct fault *fault);

#endif
