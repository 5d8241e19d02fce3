/*
 * sld_graphic.h - the Graphic of an SLD: as a mark on a point, along a line, or as the pattern of an area.
 *
 * Marks are known by the names of the specification and those that GeoServer ("shape://times") and QGIS
 * ("cross_fill", "brush://dense4") add to them. Pictures and letters of fonts are losses: a square stands for
 * them.
 */
#ifndef SYMBOLOGY_IMPORT_SLD_GRAPHIC_H
#define SYMBOLOGY_IMPORT_SLD_GRAPHIC_H

#include "symbology/import/style_draft.h"

struct sld_scope;
struct xml_node;

struct draft_mark sld_graphic_mark(const struct sld_scope *scope, const struct xml_node *graphic);

/** @param gap_px  between two marks; NaN: not said */
struct draft_line_marks sld_graphic_line_marks(const struct sld_scope *scope, const struct xml_node *graphic,
                                               double gap_px);
struct fill sld_graphic_fill(const struct sld_scope *scope, const struct xml_node *graphic);

#endif
