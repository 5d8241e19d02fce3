/*
 * sld_read.h - a Styled Layer Descriptor as a draft: SLD 1.0.0 (OGC 02-070), and SLD 1.1.0 (OGC 05-078r4)
 * with Symbology Encoding 1.1.0 (OGC 05-077r4), as QGIS, GeoServer and MapServer write them.
 */
#ifndef SYMBOLOGY_IMPORT_SLD_READ_H
#define SYMBOLOGY_IMPORT_SLD_READ_H

#include <stdbool.h>

struct fault;
struct style_draft;
struct style_import; /* symbology/import/style_import.h */
struct style_losses;

/**
 * Of a layer that is not asked for only the name is read: what it would lose is of no interest.
 * @return false (INPUT) when the text is no such document. style_draft_finish() in either case
 */
bool sld_read(const struct style_import *import, struct style_losses *losses, struct style_draft *draft,
              struct fault *fault);

#endif
