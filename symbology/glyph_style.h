/*
 * glyph_style.h - how the elements of a foreign drawing are painted: by attributes, classes and style.
 */
#ifndef SYMBOLOGY_GLYPH_STYLE_H
#define SYMBOLOGY_GLYPH_STYLE_H

#include <stddef.h>

struct glyph_paint;
struct glyph_report;
struct table;
struct xml_node;

struct glyph_styles {
    struct table *classes; /* declarations by class */
    int sheet_count;
    size_t read_bytes; /* so far: a drawing may not have too much to read */
};

void glyph_styles_init(struct glyph_styles *styles);
void glyph_styles_finish(struct glyph_styles *styles);

/** Takes the rules of a style element. */
void glyph_styles_read(struct glyph_styles *styles, const struct xml_node *sheet,
                       struct glyph_report *report);

/** Changes the paint of what is around an element to that of the element. */
void glyph_styles_apply(struct glyph_styles *styles, const struct xml_node *element,
                        struct glyph_paint *paint, struct glyph_report *report);

#endif
