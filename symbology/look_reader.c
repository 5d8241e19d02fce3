/*
 * look_reader.c - each reader takes its own mapping apart and checks its keys; ranges stand beside the
 * fields.
 */
#include "symbology/look_reader.h"

#include <string.h>

#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "geo/base/number.h"
#include "geo/base/problems.h"
#include "geo/base/yaml.h"

#define MOST_WIDTH_PX 64
#define MOST_SIZE_PX 64
#define MOST_SPACING_PX 500

static const struct colour black = {0x1A, 0x1A, 0x1A, 255};

struct colour look_read_colour_text(const struct yaml_node *node, struct colour fallback,
                                    struct problems *problems)
{
    struct colour colour = fallback;
    struct fault fault;
    if (yaml_kind(node) != YAML_SCALAR) {
        yaml_problem(node, problems, "must be a colour such as \"#A41926\"");
    } else if (!colour_parse(yaml_text(node), &colour, &fault)) {
        yaml_problem(node, problems, "%s", fault.message);
    }
    return colour;
}

struct colour look_read_colour(const struct yaml_node *mapping, const char *key, struct colour fallback,
                               struct problems *problems)
{
    const struct yaml_node *node = yaml_find(mapping, key);
    return yaml_is_null(node) ? fallback : look_read_colour_text(node, fallback, problems);
}

/* A fill of lines or dots; kind is the one whose key is there. */
static struct fill read_pattern(const struct yaml_node *mapping, struct problems *problems)
{
    static const char *const known[] = {"hatch",   "cross", "stipple",    "angle",
                                        "spacing", "width", "background", NULL};
    yaml_check_keys(mapping, known, problems);
    struct fill fill = {.kind = FILL_NONE};
    for (int i = 0; i < 3; i++) {
        if (!yaml_find(mapping, known[i])) {
            continue;
        }
        if (fill.kind != FILL_NONE) {
            yaml_problem(mapping, problems, "must have only one of hatch, cross and stipple");
        }
        fill.kind = (enum fill_kind)(FILL_HATCH + i);
        fill.colour = look_read_colour(mapping, known[i], black, problems);
    }
    if (fill.kind == FILL_NONE) {
        yaml_problem(mapping, problems, "must have a hatch, cross or stipple with its colour");
    }
    fill.background = look_read_colour(mapping, "background", (struct colour){0, 0, 0, 0}, problems);
    fill.angle_deg = yaml_read_number(mapping, "angle", -180, 180, 45, problems);
    fill.spacing_px = yaml_read_number(mapping, "spacing", 2, MOST_SPACING_PX, 8, problems);
    fill.width_px = yaml_read_number(mapping, "width", 0.1, MOST_WIDTH_PX, 1, problems);
    return fill;
}

struct fill look_read_fill(const struct yaml_node *node, struct problems *problems)
{
    if (yaml_is_null(node)) {
        return (struct fill){.kind = FILL_NONE};
    }
    if (yaml_kind(node) == YAML_MAPPING) {
        return read_pattern(node, problems);
    }
    struct colour none = {0, 0, 0, 0};
    struct fill fill = {.colour = look_read_colour_text(node, none, problems)};
    fill.kind = fill.colour.alpha == 0 ? FILL_NONE : FILL_FLAT;
    return fill;
}

static bool read_dash_length(const struct yaml_node *node, double *length_px, struct problems *problems)
{
    if (yaml_kind(node) == YAML_SCALAR && number_parse(yaml_text(node), length_px) && *length_px >= 0 &&
        *length_px <= MOST_SPACING_PX) {
        return true;
    }
    yaml_problem(node, problems, "must be a length from 0 to %d", MOST_SPACING_PX);
    return false;
}

static void read_dash(const struct yaml_node *mapping, struct stroke *stroke, struct problems *problems)
{
    const struct yaml_node *list = yaml_read_sequence(mapping, "dash", problems);
    size_t count = list ? yaml_count(list) : 0;
    if (count == 0) {
        return;
    }
    if (count > STROKE_DASH_MAX || count % 2 != 0) {
        yaml_problem(list, problems, "must have 2, 4 or 6 lengths: on, off, on, off");
        return;
    }
    double gap_px = 0;
    for (size_t i = 0; i < count; i++) {
        if (!read_dash_length(yaml_at(list, i), &stroke->dash_px[i], problems)) {
            return;
        }
        gap_px += i % 2 == 1 ? stroke->dash_px[i] : 0;
    }
    if (gap_px < 0.5) {
        yaml_problem(list, problems, "must have gaps of 0.5 px or more together");
        return;
    }
    stroke->dash_count = (int)count;
}

static struct stroke read_stroke(const struct yaml_node *mapping, struct problems *problems)
{
    static const char *const known[] = {"width", "colour", "dash", "phase", "offset", "cap", "join", NULL};
    static const char *const caps[] = {"butt", "round", "square", NULL};
    static const char *const joins[] = {"round", "miter", "bevel", NULL};
    yaml_check_keys(mapping, known, problems);
    struct stroke stroke = {.width_px = yaml_read_number(mapping, "width", 0.1, MOST_WIDTH_PX, 1, problems),
                            .offset_px =
                                yaml_read_number(mapping, "offset", -MOST_SIZE_PX, MOST_SIZE_PX, 0, problems),
                            .colour = look_read_colour(mapping, "colour", black, problems),
                            .cap = (enum stroke_cap)yaml_read_choice(mapping, "cap", caps, 0, problems),
                            .join = (enum stroke_join)yaml_read_choice(mapping, "join", joins, 0, problems)};
    stroke.phase_px = yaml_read_number(mapping, "phase", 0, MOST_SPACING_PX, 0, problems);
    read_dash(mapping, &stroke, problems);
    return stroke;
}

static void add_stroke(const struct yaml_node *node, struct line_look *look, struct problems *problems)
{
    if (yaml_kind(node) != YAML_MAPPING) {
        yaml_problem(node, problems, "must be a stroke such as {width: 1.5, colour: \"#7A9BB5\"}");
        return;
    }
    look->strokes[look->stroke_count++] = read_stroke(node, problems);
}

void look_read_strokes(const struct yaml_node *node, struct line_look *look, struct problems *problems)
{
    look->stroke_count = 0;
    if (yaml_is_null(node)) {
        return;
    }
    if (yaml_kind(node) != YAML_SEQUENCE) {
        add_stroke(node, look, problems);
        return;
    }
    size_t count = yaml_count(node);
    if (count > LINE_STROKE_AUTHOR_MAX) {
        yaml_problem(node, problems, "has %zu strokes, more than %d", count, LINE_STROKE_AUTHOR_MAX);
        count = LINE_STROKE_AUTHOR_MAX;
    }
    for (size_t i = 0; i < count; i++) {
        add_stroke(yaml_at(node, i), look, problems);
    }
}

/* One of our outlines. In a set a wrong one may have been meant to be a drawing of it. */
static enum line_mark read_outline(const struct yaml_node *mapping, bool is_of_set, struct problems *problems)
{
    static const char *const marks[] = {"none", "cross",  "bar",       "triangle", "chevron",
                                        "dot",  "square", "half-disc", "slash",    NULL};
    int mark = yaml_read_choice(mapping, "mark", marks, -1, problems);
    if (mark < 0 && is_of_set) {
        yaml_problem(mapping, problems,
                     "may have a glyph in place of mark: the id of a point of the set, whose drawing it is");
    }
    return mark < 0 ? LINE_MARK_NONE : (enum line_mark)mark;
}

/* The drawing of a point entry, or one of our outlines. */
static enum line_mark read_mark(const struct yaml_node *mapping, char **glyph_id, struct problems *problems)
{
    const struct yaml_node *glyph = yaml_find(mapping, "glyph");
    if (yaml_is_null(glyph)) {
        return read_outline(mapping, glyph_id != NULL, problems);
    }
    if (!glyph_id) {
        yaml_problem(glyph, problems, "can stand in a symbol set only");
    } else if (!yaml_is_null(yaml_find(mapping, "mark"))) {
        yaml_problem(mapping, problems, "must have only one of mark and glyph");
    } else {
        *glyph_id = memory_copy_text(yaml_read_text(mapping, "glyph", "", problems));
        return LINE_MARK_GLYPH;
    }
    return LINE_MARK_NONE;
}

static struct line_marks read_marks(const struct yaml_node *mapping, char **glyph_id,
                                    struct problems *problems)
{
    static const char *const known[] = {"mark",   "glyph",  "size",   "spacing",    "phase", "side",
                                        "colour", "orient", "hollow", "background", NULL};
    static const char *const sides[] = {"centre", "left", "right", "both", NULL};
    static const char *const orients[] = {"along", "upright", NULL};
    yaml_check_keys(mapping, known, problems);
    double size_px = yaml_read_number(mapping, "size", 1, MOST_SIZE_PX, 8, problems);
    double spacing_px = yaml_read_number(mapping, "spacing", 4, MOST_SPACING_PX, size_px * 3, problems);
    return (struct line_marks){
        .mark = read_mark(mapping, glyph_id, problems),
        .size_px = size_px,
        .spacing_px = spacing_px,
        .phase_px = yaml_read_number(mapping, "phase", 0, MOST_SPACING_PX, spacing_px / 2, problems),
        .side = (enum line_side)yaml_read_choice(mapping, "side", sides, 0, problems),
        .colour = look_read_colour(mapping, "colour", black, problems),
        .orient = (enum mark_orient)yaml_read_choice(mapping, "orient", orients, 0, problems),
        .is_hollow = yaml_read_bool(mapping, "hollow", false, problems),
        .background = look_read_colour(mapping, "background", (struct colour){0, 0, 0, 0}, problems)};
}

struct line_look look_read_set_line(const struct yaml_node *mapping, char **glyph_id,
                                    struct problems *problems)
{
    static const char *const ends[] = {"none", "arrow", "open-arrow", "bar", "dot", NULL};
    struct line_look look = {.stroke_count = 0};
    look_read_strokes(yaml_find(mapping, "strokes"), &look, problems);
    const struct yaml_node *marks = yaml_read_mapping(mapping, "marks", problems);
    if (marks) {
        look.marks = read_marks(marks, glyph_id, problems);
    }
    look.start = (enum line_end)yaml_read_choice(mapping, "start", ends, 0, problems);
    look.end = (enum line_end)yaml_read_choice(mapping, "end", ends, 0, problems);
    look.end_size_px = yaml_read_number(mapping, "end_size", 1, MOST_SIZE_PX, 12, problems);
    look.end_colour = look_read_colour(mapping, "end_colour",
                                       look.stroke_count > 0 ? look.strokes[0].colour : black, problems);
    return look;
}

struct line_look look_read_line(const struct yaml_node *mapping, struct problems *problems)
{
    return look_read_set_line(mapping, NULL, problems);
}
