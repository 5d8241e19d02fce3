/*
 * style_import.h - a style from elsewhere as YAML of ours (style.h), and a list of what it lost.
 *
 * Reads SLD 1.0.0, SLD 1.1.0 with SE 1.1.0 (QGIS, GeoServer, MapServer), and Mapbox or MapLibre style JSON
 * (PDOK's vector tiles, editors). Only `plottafel style import` calls it; never a request.
 *
 * | from                                                | becomes |
 * |-----------------------------------------------------|--------------------------------------------------------|
 * | SLD: Rule, Filter, ElseFilter, scale denominators   | rule with scale, where, any, otherwise | | every
 * fitting rule paints, the last on top          | rules in reverse order, `also` where several may fit   | |
 * And, Or, Not, PropertyIs*                           | where and any; wider nesting than 16 choices is lost
 * | | PolygonSymbolizer: Fill, GraphicFill                | fill, hatch, cross, stipple | | LineSymbolizer,
 * Stroke, PerpendicularOffset         | stroke with dash, offset, cap, join; more than 3: rules| |
 * GraphicStroke                                       | marks | | PointSymbolizer: Mark | mark with size,
 * fill, stroke, rotation                 | | ExternalGraphic, fonts, icons                       | lost; a
 * plain mark instead                             | | TextSymbolizer: Label, Font, Halo, placement        |
 * label with text, size, bold, italic, halo, along, place| | RasterSymbolizer: Opacity, ColorMap,
 * ShadedRelief   | raster with opacity, ramp or classes, hillshade        | | uom metre, foot | lost; px as
 * at 1:5,000                                 | | Mapbox: fill, line, circle, symbol, fill-extrusion  | rules
 * of the source layer, extrusions flat             | | minzoom, maxzoom, values by zoom                    |
 * rules by scale, up to 6 a layer (mapbox_zoom.h)        | | filter (legacy and expressions) | where and any
 * | | match, case, step, stops by attribute               | a rule for each class | | raster, hillshade |
 * raster                                                 | | background, heatmap, patterns, blur, sprites |
 * lost                                                   |
 */
#ifndef SYMBOLOGY_IMPORT_STYLE_IMPORT_H
#define SYMBOLOGY_IMPORT_STYLE_IMPORT_H

#include <stdbool.h>
#include <stddef.h>

struct buffer;
struct fault;
struct style_losses;

#define STYLE_IMPORT_MOST_BYTES (16u << 20)

enum style_format { STYLE_FORMAT_ANY, STYLE_FORMAT_SLD, STYLE_FORMAT_MAPBOX };

struct style_import {
    const char *name; /* of the file, for the head of the YAML */
    const char *text;
    size_t length;
    enum style_format format; /* ANY: by its first letter */
    const char *layer;        /* the only one that is taken; NULL: all */
};

/**
 * Writes the style of the only layer, or a mapping from the names of layers to their styles; above it, as
 * comments, the losses.
 * @param losses  style_losses_init(); filled in either case
 * @return false, and no YAML, when nothing could be carried over: INPUT, NOT_FOUND (no such layer) or LIMIT
 */
bool style_import(const struct style_import *import, struct style_losses *losses, struct buffer *yaml,
                  struct fault *fault);

#endif
