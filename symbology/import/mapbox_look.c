/*
 * mapbox_look.c - the numbers of the properties are their places in the lists; defaults are the
 * specification's.
 */
#include "symbology/import/mapbox_look.h"

#include <jansson.h>
#include <math.h>
#include <string.h>

#include "symbology/import/css_colour.h"
#include "symbology/import/style_draft.h"

enum fill_property { FILL_COLOUR, FILL_OPACITY, FILL_OUTLINE };
static const struct mapbox_property fill_properties[] = {{"fill-color", false, false},
                                                         {"fill-opacity", false, false},
                                                         {"fill-outline-color", false, false},
                                                         {NULL, false, false}};

enum line_property {
    LINE_COLOUR,
    LINE_OPACITY,
    LINE_WIDTH,
    LINE_DASHES,
    LINE_GAP,
    LINE_OFFSET,
    LINE_CAP,
    LINE_JOIN
};
static const struct mapbox_property line_properties[] = {
    {"line-color", false, false},     {"line-opacity", false, false},   {"line-width", false, false},
    {"line-dasharray", false, false}, {"line-gap-width", false, false}, {"line-offset", false, false},
    {"line-cap", true, false},        {"line-join", true, false},       {NULL, false, false}};

enum circle_property {
    CIRCLE_COLOUR,
    CIRCLE_OPACITY,
    CIRCLE_RADIUS,
    CIRCLE_STROKE,
    CIRCLE_STROKE_OPACITY,
    CIRCLE_STROKE_WIDTH
};
static const struct mapbox_property circle_properties[] = {{"circle-color", false, false},
                                                           {"circle-opacity", false, false},
                                                           {"circle-radius", false, false},
                                                           {"circle-stroke-color", false, false},
                                                           {"circle-stroke-opacity", false, false},
                                                           {"circle-stroke-width", false, false},
                                                           {NULL, false, false}};

enum extrusion_property { EXTRUSION_COLOUR, EXTRUSION_OPACITY };
static const struct mapbox_property extrusion_properties[] = {
    {"fill-extrusion-color", false, false}, {"fill-extrusion-opacity", false, false}, {NULL, false, false}};

bool mapbox_look_has(const struct mapbox_look *look, size_t property)
{
    return look->values[property] && !json_is_null(look->values[property]);
}

double mapbox_look_number(const struct mapbox_look *look, size_t property, double fallback)
{
    const json_t *value = look->values[property];
    if (json_is_number(value)) {
        return json_number_value(value);
    }
    if (mapbox_look_has(look, property)) {
        style_lose(look->losses, look->origin, "has a value that is no number; %g instead", fallback);
    }
    return fallback;
}

const char *mapbox_look_text(const struct mapbox_look *look, size_t property, const char *fallback)
{
    const char *text = json_string_value(look->values[property]);
    return text ? text : fallback;
}

struct colour mapbox_look_colour(const struct mapbox_look *look, size_t property, const char *fallback,
                                 size_t opacity)
{
    struct colour colour = {0, 0, 0, 255};
    const char *text = mapbox_look_text(look, property, fallback);
    if (!css_colour_parse(text, &colour)) {
        style_lose(look->losses, look->origin, "'%.60s' is no colour; %s instead", text, fallback);
        css_colour_parse(fallback, &colour);
    }
    return css_colour_fade(colour, fmin(fmax(mapbox_look_number(look, opacity, 1), 0), 1));
}

static void set_flat_fill(struct draft_rule *rule, struct colour colour)
{
    rule->fill = (struct fill){.kind = colour.alpha > 0 ? FILL_FLAT : FILL_NONE, .colour = colour};
}

static void add_stroke(struct draft_rule *rule, struct stroke stroke)
{
    if (stroke.colour.alpha > 0 && stroke.width_px > 0 && rule->stroke_count < DRAFT_STROKE_MAX) {
        rule->strokes[rule->stroke_count++] = stroke;
    }
}

static void build_fill(const struct mapbox_look *look, struct draft_rule *rule)
{
    set_flat_fill(rule, mapbox_look_colour(look, FILL_COLOUR, "#000000", FILL_OPACITY));
    if (mapbox_look_has(look, FILL_OUTLINE)) {
        add_stroke(
            rule, (struct stroke){.width_px = 1,
                                  .colour = mapbox_look_colour(look, FILL_OUTLINE, "#000000", FILL_OPACITY)});
    }
}

static void build_extrusion(const struct mapbox_look *look, struct draft_rule *rule)
{
    set_flat_fill(rule, mapbox_look_colour(look, EXTRUSION_COLOUR, "#000000", EXTRUSION_OPACITY));
}

/* Lengths are in widths of the line; a list with an odd number of them is taken twice. */
static void set_dashes(const struct mapbox_look *look, struct stroke *stroke)
{
    const json_t *list = look->values[LINE_DASHES];
    size_t count = json_array_size(list);
    size_t whole = count % 2 == 0 ? count : 2 * count;
    if (whole > STROKE_DASH_MAX) {
        style_lose(look->losses, look->origin, "has more than %d dashes and gaps: the first %d are taken",
                   STROKE_DASH_MAX, STROKE_DASH_MAX);
        whole = STROKE_DASH_MAX;
    }
    for (size_t i = 0; i < whole; i++) {
        double length = json_number_value(json_array_get(list, i % count));
        stroke->dash_px[i] = fmax(length, 0) * stroke->width_px;
    }
    stroke->dash_count = (int)whole;
}

static enum stroke_cap cap_of(const char *name)
{
    return strcmp(name, "round") == 0    ? STROKE_CAP_ROUND
           : strcmp(name, "square") == 0 ? STROKE_CAP_SQUARE
                                         : STROKE_CAP_BUTT;
}

static enum stroke_join join_of(const char *name)
{
    return strcmp(name, "round") == 0   ? STROKE_JOIN_ROUND
           : strcmp(name, "bevel") == 0 ? STROKE_JOIN_BEVEL
                                        : STROKE_JOIN_MITER;
}

/* A line with a gap is two lines beside it. */
static void build_line(const struct mapbox_look *look, struct draft_rule *rule)
{
    struct stroke stroke = {.width_px = mapbox_look_number(look, LINE_WIDTH, 1),
                            .colour = mapbox_look_colour(look, LINE_COLOUR, "#000000", LINE_OPACITY),
                            .offset_px = mapbox_look_number(look, LINE_OFFSET, 0),
                            .cap = cap_of(mapbox_look_text(look, LINE_CAP, "butt")),
                            .join = join_of(mapbox_look_text(look, LINE_JOIN, "miter"))};
    double gap_px = mapbox_look_number(look, LINE_GAP, 0);
    set_dashes(look, &stroke);
    if (gap_px <= 0) {
        add_stroke(rule, stroke);
        return;
    }
    double beside_px = (gap_px + stroke.width_px) / 2;
    double offset_px = stroke.offset_px;
    stroke.offset_px = offset_px - beside_px;
    add_stroke(rule, stroke);
    stroke.offset_px = offset_px + beside_px;
    add_stroke(rule, stroke);
}

/* The specification paints the stroke around the disc; ours has its middle on the edge. */
static void build_circle(const struct mapbox_look *look, struct draft_rule *rule)
{
    double stroke_px = mapbox_look_number(look, CIRCLE_STROKE_WIDTH, 0);
    double radius_px = mapbox_look_number(look, CIRCLE_RADIUS, 5);
    struct draft_mark mark = {.size_px = 2 * radius_px + fmax(stroke_px, 0),
                              .fill = mapbox_look_colour(look, CIRCLE_COLOUR, "#000000", CIRCLE_OPACITY),
                              .stroke =
                                  mapbox_look_colour(look, CIRCLE_STROKE, "#000000", CIRCLE_STROKE_OPACITY),
                              .stroke_width_px = stroke_px};
    bool has_stroke = stroke_px > 0 && mark.stroke.alpha > 0;
    if (mark.size_px > 0 && (mark.fill.alpha > 0 || has_stroke)) {
        mark.shape = "circle";
        rule->mark = mark;
    }
}

static const struct mapbox_kind kinds[] = {
    {"fill", "Polygon", fill_properties, build_fill},
    {"line", NULL, line_properties, build_line},
    {"circle", "Point", circle_properties, build_circle},
    {"fill-extrusion", "Polygon", extrusion_properties, build_extrusion},
    {"symbol", NULL, mapbox_symbol_properties, mapbox_symbol_build},
};

const struct mapbox_kind *mapbox_kind_find(const char *type)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(kinds[i].type, type) == 0) {
            return &kinds[i];
        }
    }
    return NULL;
}
