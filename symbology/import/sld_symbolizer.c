/*
 * sld_symbolizer.c - polygons, lines and points.
 *
 * Lengths in metres or feet are taken as at the scale 1:5,000: a picture has no metres.
 */
#include "symbology/import/sld_symbolizer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/number.h"
#include "geo/base/xml.h"
#include "geo/scale.h"
#include "symbology/import/css_colour.h"
#include "symbology/import/sld_graphic.h"
#include "symbology/import/sld_value.h"

#define METRE_SCALE 5000
#define METRES_PER_FOOT 0.3048

static const struct colour grey = {0x80, 0x80, 0x80, 255}; /* defaults of OGC 05-077r4, 11.1.3 and 11.2.2 */
static const struct colour black = {0, 0, 0, 255};

static bool is_named(const struct xml_node *element, const char *name)
{
    return strcmp(xml_name(element), name) == 0;
}

bool sld_symbolizer_is(const struct xml_node *element)
{
    return is_named(element, "PolygonSymbolizer") || is_named(element, "LineSymbolizer") ||
           is_named(element, "PointSymbolizer") || is_named(element, "TextSymbolizer");
}

bool sld_symbolizer_fits(const struct xml_node *element, const struct draft_rule *rule)
{
    if (is_named(element, "TextSymbolizer")) {
        return !rule->label.text;
    }
    if (is_named(element, "PointSymbolizer")) {
        return !rule->mark.shape;
    }
    if (is_named(element, "PolygonSymbolizer")) {
        return rule->fill.kind == FILL_NONE && rule->stroke_count == 0;
    }
    return rule->stroke_count < DRAFT_STROKE_MAX && !rule->marks.mark;
}

void sld_lose_unknown(const struct sld_scope *scope, const struct xml_node *element,
                      const char *const known[])
{
    for (const struct xml_node *child = xml_first(element); child; child = xml_next(child)) {
        bool is_known = false;
        for (size_t i = 0; known[i]; i++) {
            is_known |= is_named(child, known[i]);
        }
        const char *name = xml_attribute(child, "name");
        if (!is_known) {
            style_lose(scope->losses, sld_origin(scope, child), "%s%s%.60s of a %s is ignored",
                       xml_name(child), name ? " " : "", name ? name : "", xml_name(element));
        }
    }
}

static double px_per_unit(const struct sld_scope *scope, const struct xml_node *element)
{
    const char *unit = xml_attribute(element, "uom");
    const char *word = unit ? strrchr(unit, '/') : NULL;
    word = word ? word + 1 : unit;
    if (!word || strcmp(word, "pixel") == 0) {
        return 1;
    }
    bool is_foot = strcmp(word, "foot") == 0;
    if (!is_foot && strcmp(word, "metre") != 0) {
        style_lose(scope->losses, sld_origin(scope, element), "the unit '%.60s' is not known: taken as px",
                   unit);
        return 1;
    }
    style_lose(scope->losses, sld_origin(scope, element),
               "lengths in %s are not carried over: they are as at 1:%d, at every scale",
               is_foot ? "feet" : "metres", METRE_SCALE);
    return (is_foot ? METRES_PER_FOOT : 1) / (SCALE_PIXEL_M * METRE_SCALE);
}

/* The geometry of the feature is painted, whatever is asked of it. */
static void lose_geometry(const struct sld_scope *scope, const struct xml_node *element)
{
    const struct xml_node *geometry = xml_find(element, "Geometry");
    const struct xml_node *function = xml_find(geometry, "Function");
    const char *name = function ? xml_attribute(function, "name") : NULL;
    if (function) {
        style_lose(scope->losses, sld_origin(scope, function),
                   "the geometry %.60s() is not carried over: the feature's own is painted",
                   name ? name : "");
    }
}

/* "4 2" or "4,2" or "4 2 1" (which goes on "4 2 1 4 2 1"). Returns how many; they are in units still. */
static int read_dash_list(const char *text, double dashes[static STROKE_DASH_MAX])
{
    int count = 0;
    for (text += strspn(text, " ,\t\r\n"); *text != '\0'; text += strspn(text, " ,\t\r\n")) {
        double length;
        if (!number_read(&text, &length) || length < 0) {
            return -1;
        }
        if (count < STROKE_DASH_MAX) {
            dashes[count] = length;
        }
        count++;
    }
    return count;
}

static void read_dashes(const struct sld_scope *scope, const struct xml_node *element, struct stroke *stroke)
{
    const struct xml_node *parameter = sld_parameter(element, "stroke-dasharray");
    double dashes[STROKE_DASH_MAX] = {0};
    char *text = sld_text(scope, parameter);
    int count = text ? read_dash_list(text, dashes) : 0;
    int whole = count > 0 && count % 2 == 1 ? 2 * count : count;
    if (count < 0 || whole > STROKE_DASH_MAX) {
        style_lose(scope->losses, sld_origin(scope, parameter),
                   count < 0 ? "'%.60s' is no list of dashes: a solid line instead"
                             : "'%.60s' has too many dashes: the first ones are taken",
                   text);
        whole = count < 0 ? 0 : STROKE_DASH_MAX;
    }
    for (int i = 0; i < whole; i++) {
        stroke->dash_px[i] = dashes[i % count] * scope->px_per_unit;
    }
    stroke->dash_count = whole;
    free(text);
    const struct xml_node *offset = sld_parameter(element, "stroke-dashoffset");
    if (sld_number(scope, offset, 0) != 0) {
        style_lose(scope->losses, sld_origin(scope, offset), "a dash offset is not carried over");
    }
}

static void read_ends(const struct sld_scope *scope, const struct xml_node *element, struct stroke *stroke)
{
    char *cap = sld_text(scope, sld_parameter(element, "stroke-linecap"));
    char *join = sld_text(scope, sld_parameter(element, "stroke-linejoin"));
    stroke->cap = !cap                         ? STROKE_CAP_BUTT
                  : strcmp(cap, "round") == 0  ? STROKE_CAP_ROUND
                  : strcmp(cap, "square") == 0 ? STROKE_CAP_SQUARE
                                               : STROKE_CAP_BUTT;
    stroke->join = !join                          ? STROKE_JOIN_ROUND
                   : strcmp(join, "bevel") == 0   ? STROKE_JOIN_BEVEL
                   : strncmp(join, "mit", 3) == 0 ? STROKE_JOIN_MITER /* "miter" and "mitre" */
                                                  : STROKE_JOIN_ROUND;
    free(cap);
    free(join);
}

/* What a dash pattern leaves between two marks, or their Gap; NaN: nothing is said. */
static double read_gap_px(const struct sld_scope *scope, const struct xml_node *graphic_stroke,
                          const struct stroke *stroke)
{
    double gap_px = sld_length_px(scope, xml_find(graphic_stroke, "Gap"), NAN);
    return isnan(gap_px) && stroke->dash_count >= 2 ? stroke->dash_px[1] : gap_px;
}

static void read_stroke(const struct sld_scope *scope, const struct xml_node *element, double offset_px,
                        struct draft_rule *rule)
{
    static const char *const known[] = {"CssParameter", "SvgParameter", "GraphicStroke", NULL};
    const struct xml_node *graphic_stroke = xml_find(element, "GraphicStroke");
    struct stroke stroke = {.width_px = sld_length_px(scope, sld_parameter(element, "stroke-width"), 1),
                            .colour = sld_colour(scope, element, "stroke", "stroke-opacity", black),
                            .offset_px = offset_px};
    sld_lose_unknown(scope, element, known);
    read_dashes(scope, element, &stroke);
    read_ends(scope, element, &stroke);
    if (graphic_stroke) {
        rule->marks = sld_graphic_line_marks(scope, xml_find(graphic_stroke, "Graphic"),
                                             read_gap_px(scope, graphic_stroke, &stroke));
    } else if (stroke.width_px > 0 && stroke.colour.alpha > 0 && rule->stroke_count < DRAFT_STROKE_MAX) {
        rule->strokes[rule->stroke_count++] = stroke;
    }
}

static void read_fill(const struct sld_scope *scope, const struct xml_node *element, struct draft_rule *rule)
{
    static const char *const known[] = {"CssParameter", "SvgParameter", "GraphicFill", NULL};
    const struct xml_node *graphic_fill = xml_find(element, "GraphicFill");
    sld_lose_unknown(scope, element, known);
    if (graphic_fill) {
        rule->fill = sld_graphic_fill(scope, xml_find(graphic_fill, "Graphic"));
        return;
    }
    struct colour colour = sld_colour(scope, element, "fill", "fill-opacity", grey);
    rule->fill = (struct fill){.kind = colour.alpha > 0 ? FILL_FLAT : FILL_NONE, .colour = colour};
}

static void read_polygon(const struct sld_scope *scope, const struct xml_node *element,
                         struct draft_rule *rule)
{
    static const char *const known[] = {"Name", "Description", "Geometry", "Fill", "Stroke", NULL};
    const struct xml_node *fill = xml_find(element, "Fill");
    const struct xml_node *stroke = xml_find(element, "Stroke");
    sld_lose_unknown(scope, element, known);
    if (fill) {
        read_fill(scope, fill, rule);
    }
    if (stroke) {
        read_stroke(scope, stroke, 0, rule);
    }
}

/* Offsets go to the left of the line there, to the right here. */
static void read_line(const struct sld_scope *scope, const struct xml_node *element, struct draft_rule *rule)
{
    static const char *const known[] = {"Name",   "Description",         "Geometry",
                                        "Stroke", "PerpendicularOffset", NULL};
    double offset_px = sld_length_px(scope, xml_find(element, "PerpendicularOffset"), 0);
    const struct xml_node *stroke = xml_find(element, "Stroke");
    sld_lose_unknown(scope, element, known);
    if (stroke) {
        read_stroke(scope, stroke, offset_px == 0 ? 0 : -offset_px, rule);
    } else if (rule->stroke_count < DRAFT_STROKE_MAX) { /* a black line of one px */
        rule->strokes[rule->stroke_count++] =
            (struct stroke){.width_px = 1, .colour = black, .offset_px = -offset_px};
    }
}

static void read_point(const struct sld_scope *scope, const struct xml_node *element, struct draft_rule *rule)
{
    static const char *const known[] = {"Name", "Description", "Geometry", "Graphic", NULL};
    const struct xml_node *graphic = xml_find(element, "Graphic");
    sld_lose_unknown(scope, element, known);
    if (graphic) {
        rule->mark = sld_graphic_mark(scope, graphic);
    }
}

void sld_symbolizer_read(struct sld_scope scope, const struct xml_node *element, struct draft_rule *rule)
{
    scope.px_per_unit = px_per_unit(&scope, element);
    lose_geometry(&scope, element);
    if (is_named(element, "PolygonSymbolizer")) {
        read_polygon(&scope, element, rule);
    } else if (is_named(element, "LineSymbolizer")) {
        read_line(&scope, element, rule);
    } else if (is_named(element, "PointSymbolizer")) {
        read_point(&scope, element, rule);
    } else {
        sld_text_read(&scope, element, rule);
    }
}
