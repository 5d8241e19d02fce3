#include "symbology/import/sld_graphic.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/base/xml.h"
#include "symbology/import/css_colour.h"
#include "symbology/import/sld_value.h"

#define DEFAULT_MARK_PX 6 /* OGC 05-077r4, 11.3.2 */
#define DEFAULT_PATTERN_PX 8
#define PICTURE_SPACING_PX 12

static const struct colour grey = {0x80, 0x80, 0x80, 255}; /* defaults of a mark */
static const struct colour black = {0, 0, 0, 255};

/* What each name is as a point, along a line, and as a pattern. */
struct known_mark {
    const char *name;
    const char *shape;
    const char *line_mark;
    enum fill_kind fill;
    double angle_deg; /* of a pattern, clockwise from east */
    bool is_near;     /* ours looks a little different */
};

static const struct known_mark known_marks[] = {
    {"square", "square", "square", FILL_STIPPLE, 0, false},
    {"circle", "circle", "dot", FILL_STIPPLE, 0, false},
    {"triangle", "triangle", "triangle", FILL_STIPPLE, 0, false},
    {"star", "star", "dot", FILL_STIPPLE, 0, false},
    {"cross", "plus", "cross", FILL_CROSS, 0, false},
    {"x", "cross", "cross", FILL_CROSS, 45, false},
    {"diamond", "diamond", "square", FILL_STIPPLE, 0, false},
    {"pentagon", "pentagon", "dot", FILL_STIPPLE, 0, false},
    {"equilateral_triangle", "triangle", "triangle", FILL_STIPPLE, 0, false},
    {"rectangle", "square", "square", FILL_STIPPLE, 0, true},
    {"hexagon", "pentagon", "dot", FILL_STIPPLE, 0, true},
    {"octagon", "circle", "dot", FILL_STIPPLE, 0, true},
    {"regular_star", "star", "dot", FILL_STIPPLE, 0, false},
    {"cross2", "cross", "cross", FILL_CROSS, 45, false},
    {"cross_fill", "plus", "cross", FILL_CROSS, 0, false},
    {"line", "plus", "bar", FILL_HATCH, 90, true},
    {"arrow", "triangle", "triangle", FILL_STIPPLE, 0, true},
    {"arrowhead", "triangle", "chevron", FILL_STIPPLE, 0, true},
    {"filled_arrowhead", "triangle", "triangle", FILL_STIPPLE, 0, true},
    {"semi_circle", "circle", "half-disc", FILL_STIPPLE, 0, true},
    {"half_square", "square", "square", FILL_STIPPLE, 0, true},
    {"horline", "plus", "bar", FILL_HATCH, 0, true},
    {"vertline", "plus", "bar", FILL_HATCH, 90, true},
    {"slash", "cross", "bar", FILL_HATCH, -45, true},
    {"backslash", "cross", "bar", FILL_HATCH, 45, true},
    {"dot", "circle", "dot", FILL_STIPPLE, 0, false},
    {"plus", "plus", "cross", FILL_CROSS, 0, false},
    {"times", "cross", "cross", FILL_CROSS, 45, false},
    {"oarrow", "triangle", "chevron", FILL_STIPPLE, 0, true},
    {"carrow", "triangle", "triangle", FILL_STIPPLE, 0, true},
    {"coarrow", "triangle", "triangle", FILL_STIPPLE, 0, true},
    {"horizontal", "plus", "bar", FILL_HATCH, 0, true},
    {"vertical", "plus", "bar", FILL_HATCH, 90, true},
    {"bdiagonal", "cross", "bar", FILL_HATCH, -45, true},
    {"fdiagonal", "cross", "bar", FILL_HATCH, 45, true},
    {"diagcross", "cross", "cross", FILL_CROSS, 45, false},
    {"dense", "square", "dot", FILL_STIPPLE, 0, true},
};

static const struct known_mark unknown_mark = {"", "square", "dot", FILL_STIPPLE, 0, false};

/* "shape://times" and "brush://dense4" without what stands around the word; "brush://cross" is upright. */
static const struct known_mark *find_mark(const char *name)
{
    if (strncmp(name, "shape://", 8) == 0 || strncmp(name, "brush://", 8) == 0) {
        name += 8;
    }
    size_t length = strncmp(name, "dense", 5) == 0 ? 5 : strlen(name);
    for (size_t i = 0; i < sizeof known_marks / sizeof *known_marks; i++) {
        if (strlen(known_marks[i].name) == length && strncmp(known_marks[i].name, name, length) == 0) {
            return &known_marks[i];
        }
    }
    return NULL;
}

/* Of pictures and marks the first that can be drawn counts: a mark before its pictures loses nothing. */
static void lose_picture(const struct sld_scope *scope, const struct xml_node *graphic, bool has_mark)
{
    const struct xml_node *first = xml_first(graphic);
    while (first && strcmp(xml_name(first), "Mark") != 0 && strcmp(xml_name(first), "ExternalGraphic") != 0) {
        first = xml_next(first);
    }
    if (first && strcmp(xml_name(first), "ExternalGraphic") == 0) {
        const char *address = xml_attribute(xml_find(first, "OnlineResource"), "href");
        style_lose(scope->losses, sld_origin(scope, first),
                   "the picture %.80s is not carried over: %s instead", address ? address : "",
                   has_mark ? "the mark that stands beside it" : "a plain mark");
    }
}

static const struct known_mark *read_mark_name(const struct sld_scope *scope, const struct xml_node *graphic)
{
    const struct xml_node *mark = xml_find(graphic, "Mark");
    const struct xml_node *name = xml_find(mark, "WellKnownName");
    lose_picture(scope, graphic, mark != NULL);
    if (!mark && xml_find(graphic, "ExternalGraphic")) {
        return &unknown_mark;
    }
    if (mark && !name && xml_first(mark) &&
        (xml_find(mark, "OnlineResource") || xml_find(mark, "InlineContent"))) {
        style_lose(scope->losses, sld_origin(scope, mark),
                   "the mark of a font or file is not carried over: a plain "
                   "mark instead");
        return &unknown_mark;
    }
    char *text = sld_text(scope, name);
    const struct known_mark *found = text && *text ? find_mark(text) : find_mark("square");
    if (!found) {
        style_lose(scope->losses, sld_origin(scope, name),
                   "the mark '%.60s' is not known: a plain mark instead", text);
        found = &unknown_mark;
    }
    free(text);
    return found;
}

/* Where our drawing of a mark differs, that is said. */
static void lose_likeness(const struct sld_scope *scope, const struct xml_node *graphic,
                          const struct known_mark *known, const char *drawn)
{
    if (known->is_near) {
        style_lose(scope->losses, sld_origin(scope, graphic), "the mark '%s' is drawn as '%s'", known->name,
                   drawn);
    }
}

/* Fill and stroke of a mark; one that has neither is grey with a black edge. */
static void read_paint(const struct sld_scope *scope, const struct xml_node *graphic, struct draft_mark *mark)
{
    const struct xml_node *element = xml_find(graphic, "Mark");
    const struct xml_node *fill = xml_find(element, "Fill");
    const struct xml_node *stroke = xml_find(element, "Stroke");
    double opacity = fmin(fmax(sld_number(scope, xml_find(graphic, "Opacity"), 1), 0), 1);
    bool is_default = !fill && !stroke;
    mark->fill =
        fill || is_default ? sld_colour(scope, fill, "fill", "fill-opacity", grey) : (struct colour){0};
    mark->stroke = stroke || is_default ? sld_colour(scope, stroke, "stroke", "stroke-opacity", black)
                                        : (struct colour){0};
    mark->stroke_width_px = sld_length_px(scope, sld_parameter(stroke, "stroke-width"), 1);
    mark->fill = css_colour_fade(mark->fill, opacity);
    mark->stroke = css_colour_fade(mark->stroke, opacity);
}

static double read_size(const struct sld_scope *scope, const struct xml_node *graphic, double fallback_px)
{
    return sld_length_px(scope, xml_find(graphic, "Size"), fallback_px);
}

static void lose_displacement(const struct sld_scope *scope, const struct xml_node *graphic)
{
    const struct xml_node *moved = xml_find(graphic, "Displacement");
    const struct xml_node *anchor = xml_find(graphic, "AnchorPoint");
    bool is_moved = moved && (sld_number(scope, xml_find(moved, "DisplacementX"), 0) != 0 ||
                              sld_number(scope, xml_find(moved, "DisplacementY"), 0) != 0);
    bool is_aside = anchor && (sld_number(scope, xml_find(anchor, "AnchorPointX"), 0.5) != 0.5 ||
                               sld_number(scope, xml_find(anchor, "AnchorPointY"), 0.5) != 0.5);
    if (is_moved || is_aside) {
        style_lose(scope->losses, sld_origin(scope, is_moved ? moved : anchor),
                   "a mark beside its point is not carried over: it stands on the point");
    }
}

struct draft_mark sld_graphic_mark(const struct sld_scope *scope, const struct xml_node *graphic)
{
    const struct known_mark *known = read_mark_name(scope, graphic);
    const struct xml_node *rotation = xml_find(graphic, "Rotation");
    struct draft_mark mark = {.shape = known->shape, .size_px = read_size(scope, graphic, DEFAULT_MARK_PX)};
    read_paint(scope, graphic, &mark);
    lose_likeness(scope, graphic, known, known->shape);
    lose_displacement(scope, graphic);
    bool is_cross = strcmp(mark.shape, "cross") == 0 || strcmp(mark.shape, "plus") == 0;
    if (is_cross && mark.stroke.alpha > 0) { /* lines there, bars with an area here */
        mark.fill = mark.stroke;
        mark.stroke_width_px = 0;
    }
    mark.rotation_attribute = sld_attribute(rotation);
    mark.rotation_deg = mark.rotation_attribute ? 0 : sld_number(scope, rotation, 0);
    return mark;
}

/* The colour that is seen most of. */
static struct colour main_colour(const struct draft_mark *mark, bool is_of_lines)
{
    bool takes_stroke = (is_of_lines && mark->stroke.alpha > 0) || mark->fill.alpha == 0;
    return takes_stroke ? mark->stroke : mark->fill;
}

struct draft_line_marks sld_graphic_line_marks(const struct sld_scope *scope, const struct xml_node *graphic,
                                               double gap_px)
{
    const struct known_mark *known = read_mark_name(scope, graphic);
    struct draft_mark paint = {0};
    read_paint(scope, graphic, &paint);
    lose_likeness(scope, graphic, known, known->line_mark);
    double size_px = read_size(scope, graphic, DEFAULT_MARK_PX);
    bool is_of_lines = known->fill == FILL_HATCH || known->fill == FILL_CROSS;
    return (struct draft_line_marks){.mark = known->line_mark,
                                     .size_px = size_px,
                                     .spacing_px = fmax(size_px + (isnan(gap_px) ? 0 : gap_px), 4),
                                     .colour = main_colour(&paint, is_of_lines)};
}

/* Angles of lines repeat after half a turn. */
static double turned(double angle_deg)
{
    double angle = fmod(angle_deg, 180);
    return isfinite(angle) ? angle : 0;
}

struct fill sld_graphic_fill(const struct sld_scope *scope, const struct xml_node *graphic)
{
    const struct known_mark *known = read_mark_name(scope, graphic);
    struct draft_mark paint = {0};
    read_paint(scope, graphic, &paint);
    double size_px = read_size(scope, graphic, DEFAULT_PATTERN_PX);
    double angle_deg = known->angle_deg + sld_number(scope, xml_find(graphic, "Rotation"), 0);
    bool is_of_lines = known->fill != FILL_STIPPLE;
    struct fill fill = {.kind = known->fill,
                        .colour = main_colour(&paint, is_of_lines),
                        .angle_deg = turned(angle_deg),
                        .spacing_px = size_px,
                        .width_px = paint.stroke_width_px};
    if (!is_of_lines) { /* dots, as far apart as they are wide */
        fill.spacing_px = known == &unknown_mark ? PICTURE_SPACING_PX : 2 * size_px;
        fill.width_px = known == &unknown_mark ? PICTURE_SPACING_PX / 4.0 : size_px;
        if (known != &unknown_mark) {
            style_lose(scope->losses, sld_origin(scope, graphic),
                       "a pattern of marks is drawn as one of dots");
        }
    }
    fill.kind = fill.colour.alpha > 0 ? fill.kind : FILL_NONE;
    return fill;
}
