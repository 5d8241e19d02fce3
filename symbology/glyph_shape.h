/*
 * glyph_shape.h - the shapes of SVG (path, rect, circle, ellipse, line, polyline, polygon) as outlines.
 */
#ifndef SYMBOLOGY_GLYPH_SHAPE_H
#define SYMBOLOGY_GLYPH_SHAPE_H

#include <stdbool.h>

#include "symbology/glyph_path.h"

struct xml_node;

/** What percentages are parts of. */
struct glyph_view {
    double width;
    double height;
};

bool glyph_shape_is(const char *element);

/** Adds the outline of a shape; what is wrong is the path's refusal. */
void glyph_shape_add(const struct xml_node *shape, struct glyph_view view, struct glyph_path *path);

/**
 * A length of an element in px: "12", "12px", "5mm", "50%" of whole. The fallback when it is absent. False
 * when it is none.
 */
bool glyph_length_read(const struct xml_node *element, const char *name, double whole, double fallback,
                       double *length);

#endif
