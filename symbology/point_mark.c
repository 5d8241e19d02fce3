/*
 * point_mark.c - outlines in a unit of 1 around the middle, scaled, turned and written as one SVG element.
 *
 * The drawing is as large as the mark turned any way, in whole px, so marks of one kind are pictures of one
 * size.
 */
#include "symbology/point_mark.h"

#include <assert.h>
#include <math.h>
#include <stddef.h>

#include "geo/base/buffer.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"
#include "symbology/look_reader.h"
#include "symbology/stroke.h"
#include "symbology/symbol.h"

#define MOST_STROKE_PX 32
#define MOST_SVG_BYTES 4096

static const struct colour none = {0, 0, 0, 0};

static const double square[][2] = {{-.5, -.5}, {.5, -.5}, {.5, .5}, {-.5, .5}};
static const double triangle[][2] = {{0, -.577}, {.5, .289}, {-.5, .289}};
static const double diamond[][2] = {{0, -.5}, {.5, 0}, {0, .5}, {-.5, 0}};
static const double pentagon[][2] = {{0, -.5}, {.476, -.155}, {.294, .405}, {-.294, .405}, {-.476, -.155}};
static const double star[][2] = {{0, -.5}, {.118, -.162}, {.476, -.155}, {.190, .062},   {.294, .405},
                                 {0, .2},  {-.294, .405}, {-.190, .062}, {-.476, -.155}, {-.118, -.162}};
static const double plus[][2] = {{-.125, -.5},  {.125, -.5},  {.125, -.125}, {.5, -.125},
                                 {.5, .125},    {.125, .125}, {.125, .5},    {-.125, .5},
                                 {-.125, .125}, {-.5, .125},  {-.5, -.125},  {-.125, -.125}};

/* The corners of a shape; none of a circle. */
struct corners {
    const double (*pairs)[2];
    size_t count;
};

static struct corners corners_of(enum point_shape shape)
{
    switch (shape) {
    case POINT_SHAPE_SQUARE:
        return (struct corners){square, sizeof square / sizeof *square};
    case POINT_SHAPE_TRIANGLE:
        return (struct corners){triangle, sizeof triangle / sizeof *triangle};
    case POINT_SHAPE_DIAMOND:
        return (struct corners){diamond, sizeof diamond / sizeof *diamond};
    case POINT_SHAPE_PENTAGON:
        return (struct corners){pentagon, sizeof pentagon / sizeof *pentagon};
    case POINT_SHAPE_STAR:
        return (struct corners){star, sizeof star / sizeof *star};
    case POINT_SHAPE_CROSS: /* turned by half a right angle */
    case POINT_SHAPE_PLUS:
        return (struct corners){plus, sizeof plus / sizeof *plus};
    case POINT_SHAPE_CIRCLE:
        break;
    }
    return (struct corners){NULL, 0};
}

static void read_stroke(const struct yaml_node *mapping, struct point_mark *mark, struct problems *problems)
{
    static const char *const known[] = {"width", "colour", NULL};
    const struct colour black = {0x1A, 0x1A, 0x1A, 255};
    const struct yaml_node *stroke = yaml_read_mapping(mapping, "stroke", problems);
    if (!stroke) {
        return;
    }
    yaml_check_keys(stroke, known, problems);
    mark->stroke_px = yaml_read_number(stroke, "width", 0.1, MOST_STROKE_PX, 1, problems);
    mark->stroke = look_read_colour(stroke, "colour", black, problems);
}

/* Degrees, or the name of an attribute. */
static const char *read_rotation(const struct yaml_node *mapping, struct point_mark *mark,
                                 struct problems *problems)
{
    const struct yaml_node *node = yaml_find(mapping, "rotation");
    if (yaml_is_null(node)) {
        return NULL;
    }
    if (yaml_kind(node) == YAML_SCALAR && !number_parse(yaml_text(node), &mark->rotation_deg)) {
        return yaml_text(node);
    }
    mark->rotation_deg = yaml_read_number(mapping, "rotation", -360, 360, 0, problems);
    return NULL;
}

struct point_mark point_mark_read(const struct yaml_node *mapping, const char **rotation,
                                  struct problems *problems)
{
    static const char *const known[] = {"shape", "size", "fill", "stroke", "rotation", NULL};
    static const char *const shapes[] = {"circle", "square", "triangle", "diamond", "pentagon",
                                         "star",   "cross",  "plus",     NULL};
    const struct colour grey = {0x80, 0x80, 0x80, 255};
    yaml_check_keys(mapping, known, problems);
    struct point_mark mark = {
        .shape = (enum point_shape)yaml_read_choice(mapping, "shape", shapes, 0, problems),
        .size_px = yaml_read_number(mapping, "size", 1, POINT_MARK_MOST_PX, 8, problems)};
    read_stroke(mapping, &mark, problems);
    mark.fill = look_read_colour(mapping, "fill", mark.stroke_px > 0 ? none : grey, problems);
    *rotation = read_rotation(mapping, &mark, problems);
    return mark;
}

bool point_mark_is_visible(const struct point_mark *mark)
{
    return mark->size_px > 0 && (mark->fill.alpha > 0 || (mark->stroke.alpha > 0 && mark->stroke_px > 0));
}

double point_mark_reach_px(const struct point_mark *mark)
{
    struct corners corners = corners_of(mark->shape);
    double radius = corners.count > 0 ? 0 : 0.5;
    for (size_t i = 0; i < corners.count; i++) {
        radius = fmax(radius, hypot(corners.pairs[i][0], corners.pairs[i][1]));
    }
    double corner = corners.count > 0 ? STROKE_MITER_LIMIT : 1;
    double stroke_px = mark->stroke.alpha > 0 ? mark->stroke_px : 0;
    return ceil(radius * mark->size_px + stroke_px / 2 * corner) + 1;
}

static void append_shape(const struct point_mark *mark, struct buffer *svg)
{
    struct corners corners = corners_of(mark->shape);
    if (corners.count == 0) {
        buffer_appendf(svg, "<circle r=\"%.4g\"", mark->size_px / 2);
        return;
    }
    double turn = (mark->rotation_deg + (mark->shape == POINT_SHAPE_CROSS ? 45 : 0)) * M_PI / 180;
    buffer_append_text(svg, "<path d=\"");
    for (size_t i = 0; i < corners.count; i++) {
        double x = corners.pairs[i][0] * mark->size_px;
        double y = corners.pairs[i][1] * mark->size_px;
        buffer_appendf(svg, "%c%.3f %.3f", i == 0 ? 'M' : 'L', x * cos(turn) - y * sin(turn),
                       x * sin(turn) + y * cos(turn));
    }
    buffer_append_text(svg, "Z\"");
}

void point_mark_compose(const struct point_mark *mark, struct symbol_drawing *drawing)
{
    assert(mark->size_px > 0);
    double reach = point_mark_reach_px(mark);
    struct buffer svg;
    buffer_init(&svg, MOST_SVG_BYTES);
    buffer_appendf(&svg,
                   "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%g\" height=\"%g\" "
                   "viewBox=\"%g %g %g %g\">",
                   2 * reach, 2 * reach, -reach, -reach, 2 * reach, 2 * reach);
    append_shape(mark, &svg);
    colour_append_svg(mark->fill, "fill", &svg);
    colour_append_svg(mark->stroke_px > 0 ? mark->stroke : none, "stroke", &svg);
    buffer_appendf(&svg, " stroke-width=\"%g\" stroke-miterlimit=\"%g\"/></svg>", mark->stroke_px,
                   STROKE_MITER_LIMIT);
    *drawing = (struct symbol_drawing){.svg = buffer_take(&svg, NULL),
                                       .width_px = 2 * reach,
                                       .height_px = 2 * reach,
                                       .anchor = {reach, reach},
                                       .ink = {-reach, -reach, reach, reach}};
}
