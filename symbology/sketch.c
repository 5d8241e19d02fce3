/*
 * sketch.c - writes SVG elements and joins their boxes. Numbers have five digits: enough for 0.01 px.
 */
#include "symbology/sketch.h"

#include <assert.h>
#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "symbology/glyph.h"
#include "symbology/symbol.h"
#include "symbology/text_width.h"

#define MOST_SVG_BYTES 262144
#define SIDE_EM 0.08 /* letters may lean out of their advance by this */

void sketch_init(struct sketch *sketch)
{
    buffer_init(&sketch->svg, MOST_SVG_BYTES);
    sketch->ink = bbox_empty();
    sketch->paper = (struct colour){255, 255, 255, 255};
}

static void add_ink(struct sketch *sketch, struct bbox box, const struct sketch_paint *paint)
{
    double margin_px = paint->stroke.alpha > 0 ? paint->stroke_px / 2 : 0;
    sketch->ink = bbox_union(sketch->ink, bbox_grow(box, margin_px));
}

/* Attributes of the paint, and the end of the element. */
static void append_paint(struct sketch *sketch, const struct sketch_paint *paint)
{
    colour_append_svg(paint->fill, "fill", &sketch->svg);
    if (paint->stroke.alpha > 0) {
        colour_append_svg(paint->stroke, "stroke", &sketch->svg);
        buffer_appendf(&sketch->svg, " stroke-width=\"%.5g\" stroke-linejoin=\"round\"", paint->stroke_px);
    }
    for (int i = 0; paint->stroke.alpha > 0 && i < paint->dash_count; i++) {
        buffer_appendf(&sketch->svg, "%s%.5g", i == 0 ? " stroke-dasharray=\"" : " ", paint->dash_px[i]);
        buffer_append_text(&sketch->svg, i == paint->dash_count - 1 ? "\"" : "");
    }
    if (paint->stroke.alpha > 0 && paint->dash_count > 0 && paint->dash_phase_px > 0) {
        buffer_appendf(&sketch->svg, " stroke-dashoffset=\"%.5g\"", paint->dash_phase_px);
    }
    buffer_append_text(&sketch->svg, paint->is_round ? " stroke-linecap=\"round\"/>" : "/>");
}

static void append_points(struct sketch *sketch, const char *element, const struct point *points,
                          size_t count)
{
    buffer_appendf(&sketch->svg, "<%s points=\"", element);
    for (size_t i = 0; i < count; i++) {
        buffer_appendf(&sketch->svg, "%s%.5g,%.5g", i > 0 ? " " : "", points[i].x, points[i].y);
    }
    buffer_append_text(&sketch->svg, "\"");
}

void sketch_polygon(struct sketch *sketch, const struct point *points, size_t count,
                    const struct sketch_paint *paint)
{
    append_points(sketch, "polygon", points, count);
    append_paint(sketch, paint);
    add_ink(sketch, bbox_of_points(points, count), paint);
}

void sketch_line(struct sketch *sketch, const struct point *points, size_t count,
                 const struct sketch_paint *paint)
{
    append_points(sketch, "polyline", points, count);
    append_paint(sketch, paint);
    add_ink(sketch, bbox_of_points(points, count), paint);
}

void sketch_box(struct sketch *sketch, struct bbox box, double radius_px, const struct sketch_paint *paint)
{
    buffer_appendf(&sketch->svg, "<rect x=\"%.5g\" y=\"%.5g\" width=\"%.5g\" height=\"%.5g\"", box.min_x,
                   box.min_y, bbox_width(box), bbox_height(box));
    if (radius_px > 0) {
        buffer_appendf(&sketch->svg, " rx=\"%.5g\"", radius_px);
    }
    append_paint(sketch, paint);
    add_ink(sketch, box, paint);
}

void sketch_disc(struct sketch *sketch, struct point centre, double radius_px,
                 const struct sketch_paint *paint)
{
    buffer_appendf(&sketch->svg, "<circle cx=\"%.5g\" cy=\"%.5g\" r=\"%.5g\"", centre.x, centre.y, radius_px);
    append_paint(sketch, paint);
    add_ink(sketch, bbox_grow(bbox_of_points(&centre, 1), radius_px), paint);
}

static void begin_text(struct sketch *sketch, struct point baseline, double size_px)
{
    buffer_appendf(&sketch->svg, "<text x=\"%.5g\" y=\"%.5g\" font-size=\"%.5g\" font-weight=\"bold\"",
                   baseline.x, baseline.y, size_px);
    buffer_append_text(&sketch->svg, " text-anchor=\"middle\"");
}

static void append_letters(struct sketch *sketch, const char *text)
{
    buffer_append_text(&sketch->svg, ">");
    buffer_append_xml(&sketch->svg, text);
    buffer_append_text(&sketch->svg, "</text>");
}

double sketch_text(struct sketch *sketch, const char *text, struct point middle,
                   const struct sketch_type *type)
{
    double em = type->size_px;
    double width_px = text_width_em(text) * em;
    struct point baseline = {middle.x, middle.y + TEXT_CAP_HEIGHT_EM * em / 2};
    if (type->halo.alpha > 0) { /* below the letters, as a stroke twice as wide as it shows */
        begin_text(sketch, baseline, em);
        colour_append_svg(type->halo, "fill", &sketch->svg);
        colour_append_svg(type->halo, "stroke", &sketch->svg);
        buffer_appendf(&sketch->svg, " stroke-width=\"%.5g\" stroke-linejoin=\"round\"", 2 * type->halo_px);
        append_letters(sketch, text);
    }
    begin_text(sketch, baseline, em);
    colour_append_svg(type->colour, "fill", &sketch->svg);
    append_letters(sketch, text);
    bool is_flat = text_is_flat(text);
    double half_px = width_px / 2 + SIDE_EM * em;
    double above_px = (is_flat ? TEXT_FLAT_ASCENT_EM : TEXT_ASCENT_EM) * em;
    double below_px = (is_flat ? TEXT_FLAT_DESCENT_EM : TEXT_DESCENT_EM) * em;
    struct bbox box = {middle.x - half_px, baseline.y - above_px, middle.x + half_px, baseline.y + below_px};
    sketch->ink = bbox_union(sketch->ink, bbox_grow(box, type->halo.alpha > 0 ? type->halo_px : 0));
    return width_px;
}

/* A glyph has one colour of its own, currentColor; the other is put in by name. */
static void append_elements(struct sketch *sketch, const char *elements)
{
    static const char paper[] = "\"" GLYPH_PAPER_COLOUR "\"";
    char text[10];
    for (const char *found = strstr(elements, paper); found; found = strstr(elements, paper)) {
        buffer_append(&sketch->svg, elements, (size_t)(found - elements));
        buffer_appendf(&sketch->svg, "\"%s\"", colour_format(sketch->paper, text));
        elements = found + sizeof paper - 1;
    }
    buffer_append_text(&sketch->svg, elements);
}

void sketch_glyph(struct sketch *sketch, const char *elements, struct bbox square, struct colour colour,
                  double rotation_deg)
{
    char text[10];
    buffer_appendf(&sketch->svg,
                   "<svg x=\"%.5g\" y=\"%.5g\" width=\"%.5g\" height=\"%.5g\" viewBox=\"0 0 24 24\">",
                   square.min_x, square.min_y, bbox_width(square), bbox_height(square));
    buffer_appendf(&sketch->svg, "<g color=\"%s\" " GLYPH_DEFAULTS, colour_format(colour, text));
    if (rotation_deg != 0) {
        buffer_appendf(&sketch->svg, " transform=\"rotate(%.6g 12 12)\"", rotation_deg);
    }
    buffer_append_text(&sketch->svg, ">");
    append_elements(sketch, elements);
    buffer_append_text(&sketch->svg, "</g></svg>");
    sketch->ink = bbox_union(sketch->ink, square);
}

void sketch_drawing(struct sketch *sketch, const struct symbol_drawing *drawing, struct point place)
{
    static const char start[] = "<svg ";
    assert(strncmp(drawing->svg, start, sizeof start - 1) == 0);
    buffer_appendf(&sketch->svg, "%sx=\"%.5g\" y=\"%.5g\" ", start, place.x - drawing->anchor.x,
                   place.y - drawing->anchor.y);
    buffer_append_text(&sketch->svg, drawing->svg + sizeof start - 1);
    struct bbox ink = {drawing->ink.min_x + place.x, drawing->ink.min_y + place.y,
                       drawing->ink.max_x + place.x, drawing->ink.max_y + place.y};
    sketch->ink = bbox_union(sketch->ink, ink);
}

void sketch_begin_clip(struct sketch *sketch, struct bbox box)
{
    buffer_appendf(
        &sketch->svg,
        "<svg x=\"%.5g\" y=\"%.5g\" width=\"%.5g\" height=\"%.5g\" viewBox=\"%.5g %.5g %.5g %.5g\">",
        box.min_x, box.min_y, bbox_width(box), bbox_height(box), box.min_x, box.min_y, bbox_width(box),
        bbox_height(box));
}

void sketch_end_clip(struct sketch *sketch, struct bbox box)
{
    buffer_append_text(&sketch->svg, "</svg>");
    sketch->ink = bbox_intersection(sketch->ink, box);
}

static void append_document(struct buffer *document, const struct sketch *sketch, struct bbox page,
                            double scale)
{
    double width_px = bbox_width(page);
    double height_px = bbox_height(page);
    buffer_appendf(document,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.6g\" height=\"%.6g\" "
                   "viewBox=\"%.6g %.6g %.6g %.6g\" font-family=\"B612, Noto Sans, sans-serif\">",
                   width_px * scale, height_px * scale, page.min_x, page.min_y, width_px, height_px);
    buffer_append(document, sketch->svg.bytes, sketch->svg.length);
    buffer_append_text(document, "</svg>\n");
}

bool sketch_take(struct sketch *sketch, struct bbox box, struct point anchor, double scale,
                 struct symbol_drawing *drawing, struct fault *fault)
{
    struct bbox ink = bbox_union(sketch->ink, box);
    struct bbox page = {box.min_x - ceil(box.min_x - ink.min_x), box.min_y - ceil(box.min_y - ink.min_y),
                        box.max_x + ceil(ink.max_x - box.max_x), box.max_y + ceil(ink.max_y - box.max_y)};
    struct buffer document;
    buffer_init(&document, 2 * MOST_SVG_BYTES);
    append_document(&document, sketch, page, scale);
    if (document.is_full || sketch->svg.is_full) {
        buffer_finish(&document);
        buffer_finish(&sketch->svg);
        fault_set(fault, FAULT_LIMIT, "the drawing of a symbol has more than %d bytes", MOST_SVG_BYTES);
        return false;
    }
    *drawing = (struct symbol_drawing){
        .svg = buffer_take(&document, NULL),
        .width_px = bbox_width(page) * scale,
        .height_px = bbox_height(page) * scale,
        .anchor = {(anchor.x - page.min_x) * scale, (anchor.y - page.min_y) * scale},
        .ink = {(sketch->ink.min_x - anchor.x) * scale, (sketch->ink.min_y - anchor.y) * scale,
                (sketch->ink.max_x - anchor.x) * scale, (sketch->ink.max_y - anchor.y) * scale}};
    buffer_finish(&sketch->svg);
    return true;
}
