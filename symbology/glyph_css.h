/*
 * glyph_css.h - as much of CSS as drawing programs write into SVG: declarations, and rules for classes.
 */
#ifndef SYMBOLOGY_GLYPH_CSS_H
#define SYMBOLOGY_GLYPH_CSS_H

#include <stdbool.h>

struct table;

/** Calls take for each "name: value" of a list of declarations. */
void glyph_css_read(const char *declarations,
                    void (*take)(void *context, const char *name, const char *value), void *context);

/**
 * Adds the declarations of each rule for a class, such as ".a, .b { fill: #fff }", to a table by class, whose
 * values are owned texts. False when there were rules of another kind: they are left out.
 */
bool glyph_css_read_classes(const char *sheet, struct table *classes);

#endif
