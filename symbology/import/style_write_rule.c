/*
 * style_write_rule.c - field by field, in the order in which style.h explains them.
 */
#include "symbology/import/style_write_rule.h"

#include <math.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "symbology/import/style_arrange.h"
#include "symbology/import/style_draft.h"
#include "symbology/import/style_losses.h"
#include "symbology/import/style_write_where.h"
#include "symbology/import/yaml_text.h"
#include "symbology/plain_text.h"

#define MOST_DENOMINATOR 1e10
#define MOST_DASH_PX 500
#define LEAST_GAP_PX 0.5
#define LENGTH_OF_STROKE_KEY 11 /* "- stroke: [" */

struct rule_writer {
    const struct draft_rule *rule;
    struct style_origin origin;
    int indent;
    bool has_field; /* one stands there already: the next begins a line without a dash */
    struct style_losses *losses;
    struct buffer *yaml;
};

static void begin_field(struct rule_writer *writer, const char *key)
{
    buffer_appendf(writer->yaml, "%*s%s%s: ", writer->indent, "", writer->has_field ? "  " : "- ", key);
    writer->has_field = true;
}

static void end_field(struct rule_writer *writer)
{
    buffer_append_text(writer->yaml, "\n");
}

static void append_colour(struct buffer *yaml, struct colour colour)
{
    char text[10];
    if (colour.alpha == 0) {
        buffer_append_text(yaml, "none");
    } else {
        buffer_appendf(yaml, "\"%s\"", colour_format(colour, text));
    }
}

/* ", key: 1.5" with the value brought into its range. */
static void append_length(struct rule_writer *writer, const char *key, double px, double least, double most)
{
    buffer_appendf(writer->yaml, ", %s: ", key);
    yaml_append_px(writer->yaml, style_clamp(writer->losses, writer->origin, key, px, least, most));
}

static void append_colour_field(struct rule_writer *writer, const char *key, struct colour colour)
{
    buffer_appendf(writer->yaml, ", %s: ", key);
    append_colour(writer->yaml, colour);
}

static void write_title(struct rule_writer *writer)
{
    const char *title = writer->rule->title;
    if (!title || title[0] == '\0') {
        return;
    }
    const char *refusal = plain_text_refusal(title, strlen(title));
    if (refusal) {
        style_lose(writer->losses, writer->origin, "its title %s; it has none", refusal);
        return;
    }
    begin_field(writer, "title");
    yaml_append_text(writer->yaml, title);
    end_field(writer);
}

static void write_scale(struct rule_writer *writer)
{
    double least = fmax(writer->rule->min_denominator, 0);
    double most = fmin(writer->rule->max_denominator, MOST_DENOMINATOR);
    if (least <= 0 && most >= MOST_DENOMINATOR) {
        return;
    }
    begin_field(writer, "scale");
    buffer_append_text(writer->yaml, "[");
    yaml_append_px(writer->yaml, least);
    buffer_append_text(writer->yaml, ", ");
    yaml_append_px(writer->yaml, most);
    buffer_append_text(writer->yaml, "]");
    end_field(writer);
}

static void write_fill(struct rule_writer *writer)
{
    static const char *const patterns[] = {
        [FILL_HATCH] = "hatch", [FILL_CROSS] = "cross", [FILL_STIPPLE] = "stipple"};
    const struct fill *fill = &writer->rule->fill;
    if (fill->kind == FILL_NONE) {
        return;
    }
    begin_field(writer, "fill");
    if (fill->kind == FILL_FLAT) {
        append_colour(writer->yaml, fill->colour);
        end_field(writer);
        return;
    }
    buffer_appendf(writer->yaml, "{%s: ", patterns[fill->kind]);
    append_colour(writer->yaml, fill->colour);
    append_length(writer, "angle", fill->angle_deg, -180, 180);
    append_length(writer, "spacing", fill->spacing_px, 2, 500);
    append_length(writer, "width", fill->width_px, 0.1, 64);
    if (fill->background.alpha > 0) {
        append_colour_field(writer, "background", fill->background);
    }
    buffer_append_text(writer->yaml, "}");
    end_field(writer);
}

/* A dash whose gaps are too short to be seen is a solid line. */
static void append_dash(struct rule_writer *writer, const struct stroke *stroke)
{
    double gap_px = 0;
    for (int i = 1; i < stroke->dash_count; i += 2) {
        gap_px += stroke->dash_px[i];
    }
    if (gap_px < LEAST_GAP_PX) {
        return;
    }
    buffer_append_text(writer->yaml, ", dash: [");
    for (int i = 0; i < stroke->dash_count; i++) {
        buffer_append_text(writer->yaml, i > 0 ? ", " : "");
        double length_px =
            style_clamp(writer->losses, writer->origin, "dash", stroke->dash_px[i], 0, MOST_DASH_PX);
        yaml_append_px(writer->yaml, length_px);
    }
    buffer_append_text(writer->yaml, "]");
}

static void append_stroke(struct rule_writer *writer, const struct stroke *stroke)
{
    static const char *const caps[] = {"butt", "round", "square"};
    static const char *const joins[] = {"round", "miter", "bevel"};
    buffer_append_text(writer->yaml, "{width: ");
    yaml_append_px(writer->yaml,
                   style_clamp(writer->losses, writer->origin, "width", stroke->width_px, 0.1, 64));
    append_colour_field(writer, "colour", stroke->colour);
    append_dash(writer, stroke);
    if (stroke->offset_px != 0) {
        append_length(writer, "offset", stroke->offset_px, -64, 64);
    }
    if (stroke->cap != STROKE_CAP_BUTT) {
        buffer_appendf(writer->yaml, ", cap: %s", caps[stroke->cap]);
    }
    if (stroke->join != STROKE_JOIN_ROUND) {
        buffer_appendf(writer->yaml, ", join: %s", joins[stroke->join]);
    }
    buffer_append_text(writer->yaml, "}");
}

static void write_strokes(struct rule_writer *writer, const struct stroke *strokes, int count)
{
    if (count == 0) {
        return;
    }
    begin_field(writer, "stroke");
    buffer_append_text(writer->yaml, count > 1 ? "[" : "");
    for (int i = 0; i < count; i++) {
        if (i > 0) {
            buffer_appendf(writer->yaml, ",\n%*s", writer->indent + LENGTH_OF_STROKE_KEY, "");
        }
        append_stroke(writer, &strokes[i]);
    }
    buffer_append_text(writer->yaml, count > 1 ? "]" : "");
    end_field(writer);
}

static void write_line_marks(struct rule_writer *writer)
{
    const struct draft_line_marks *marks = &writer->rule->marks;
    if (!marks->mark) {
        return;
    }
    begin_field(writer, "marks");
    buffer_appendf(writer->yaml, "{mark: %s", marks->mark);
    append_length(writer, "size", marks->size_px, 1, 64);
    append_length(writer, "spacing", marks->spacing_px, 4, 500);
    append_colour_field(writer, "colour", marks->colour);
    buffer_append_text(writer->yaml, "}");
    end_field(writer);
}

/* "rotation: 45", within a turn, or the name of an attribute. */
static void append_rotation(struct rule_writer *writer, const struct draft_mark *mark)
{
    double turn_deg = isfinite(mark->rotation_deg) ? fmod(mark->rotation_deg, 360) : 0;
    if (mark->rotation_attribute) {
        buffer_append_text(writer->yaml, ", rotation: ");
        yaml_append_text(writer->yaml, mark->rotation_attribute);
    } else if (turn_deg != 0) {
        append_length(writer, "rotation", turn_deg < 0 ? turn_deg + 360 : turn_deg, 0, 360);
    }
}

static void write_mark(struct rule_writer *writer)
{
    const struct draft_mark *mark = &writer->rule->mark;
    if (!mark->shape) {
        return;
    }
    begin_field(writer, "mark");
    buffer_appendf(writer->yaml, "{shape: %s", mark->shape);
    append_length(writer, "size", mark->size_px, 1, 128);
    append_colour_field(writer, "fill", mark->fill);
    if (mark->stroke.alpha > 0 && mark->stroke_width_px > 0) {
        buffer_append_text(writer->yaml, ", stroke: {width: ");
        yaml_append_px(writer->yaml,
                       style_clamp(writer->losses, writer->origin, "width", mark->stroke_width_px, 0.1, 32));
        append_colour_field(writer, "colour", mark->stroke);
        buffer_append_text(writer->yaml, "}");
    }
    append_rotation(writer, mark);
    buffer_append_text(writer->yaml, "}");
    end_field(writer);
}

static void append_halo(struct rule_writer *writer, const struct text_look *look)
{
    if (look->halo.alpha == 0 || look->halo_px <= 0) {
        buffer_append_text(writer->yaml, ", halo: none");
        return;
    }
    append_colour_field(writer, "halo", look->halo);
    append_length(writer, "halo_width", look->halo_px, 0, 8);
}

static void append_label_place(struct rule_writer *writer, const struct draft_label *label)
{
    if (label->max_width_px > 0) {
        append_length(writer, "max_width", fmin(fmax(label->max_width_px, 20), 240), 20, 240);
    }
    if (label->is_along) {
        buffer_append_text(writer->yaml, ", along: true");
        if (label->spacing_px >= 0) {
            append_length(writer, "spacing", label->spacing_px, 0, 10000);
        }
        return;
    }
    if (label->place) {
        buffer_appendf(writer->yaml, ", place: %s", label->place);
    }
    if (label->offset_px >= 0) {
        append_length(writer, "offset", label->offset_px, 0, 64);
    }
}

static void write_label(struct rule_writer *writer)
{
    const struct draft_label *label = &writer->rule->label;
    if (!label->text) {
        return;
    }
    begin_field(writer, "label");
    buffer_append_text(writer->yaml, "{text: ");
    yaml_append_text(writer->yaml, label->text);
    append_length(writer, "size", label->look.size_px, 4, 64);
    append_colour_field(writer, "colour", label->look.colour);
    append_halo(writer, &label->look);
    buffer_append_text(writer->yaml, label->look.is_bold ? ", bold: true" : "");
    buffer_append_text(writer->yaml, label->look.is_italic ? ", italic: true" : "");
    append_label_place(writer, label);
    buffer_append_text(writer->yaml, "}");
    end_field(writer);
}

void style_write_rule(const struct arranged_rule *rule, int indent, struct style_losses *losses,
                      struct buffer *yaml)
{
    struct rule_writer writer = {.rule = rule->rule,
                                 .origin = {rule->rule->line, rule->rule->path},
                                 .indent = indent,
                                 .losses = losses,
                                 .yaml = yaml};
    write_title(&writer);
    write_scale(&writer);
    if (rule->is_otherwise) {
        begin_field(&writer, "otherwise");
        buffer_append_text(yaml, "true\n");
    } else {
        struct where_writer where = {writer.origin, indent, writer.has_field, losses, yaml};
        writer.has_field = style_write_where(&where, &rule->alternatives);
    }
    if (rule->is_also) {
        begin_field(&writer, "also");
        buffer_append_text(yaml, "true\n");
    }
    if (rule->has_fill) {
        write_fill(&writer);
    }
    write_strokes(&writer, rule->rule->strokes + rule->first_stroke, rule->stroke_count);
    if (rule->has_rest) {
        write_line_marks(&writer);
        write_mark(&writer);
        write_label(&writer);
    }
}
