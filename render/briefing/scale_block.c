/*
 * scale_block.c - the bar is as long on paper as the ground it names divided by the scale. A true north that
 * is less than 12 degrees off grid north is drawn at 12, or the two could not be told apart, and it is said
 * that it is.
 */
#include "render/briefing/marginalia.h"

#include <math.h>
#include <stdio.h>

#include "geo/scale.h"
#include "render/print/words.h"

#define ARROW_PART_MM 17.0  /* of the block's width, on A4 */
#define ARROW_MM 7.6        /* length of the arrow, on A4 */
#define LEAST_ANGLE_DEG 0.1 /* below it grid north is true north */
#define DRAWN_ANGLE_DEG 12.0
#define NOTE_SIZE 0.82 /* of the words about the angle */

static const struct colour true_north_colour = {14, 98, 160, 255};

/** 1, 2 and 5 are cut into lengths that a reader can add up. */
static int bar_segments(double length)
{
    double power = pow(10, floor(log10(length) + 1e-9));
    return lround(length / power) == 5 ? 5 : 4;
}

static void paint_bar_value(const struct pen *pen, double x, double y, const char *text)
{
    double width = pen_measure(pen, PEN_LABEL, text, 0).width_mm;
    struct bbox box = {x - width / 2, y, x + width / 2 + 1, y + 5};
    pen_text(pen, PEN_LABEL, TEXT_LEFT, text, box);
}

static void paint_bar_values(const struct pen *pen, struct bbox bar, double length_m, int segments)
{
    char text[40];
    double y = bar.max_y + 0.5 * pen->unit;
    paint_bar_value(pen, bar.min_x, y, "0");
    double between = segments % 2 == 0 ? 0.5 : 1.0 / segments; /* its middle, or its first part */
    words_number(between * (length_m >= 1000 ? length_m / 1000 : length_m), 3, pen->language, text);
    paint_bar_value(pen, bar.min_x + between * bbox_width(bar), y, text);
    words_distance(length_m, pen->language, text);
    paint_bar_value(pen, bar.max_x, y, text);
}

static void paint_bar(const struct pen *pen, struct point corner, double most_mm, double scale_denominator)
{
    double length_m = scale_round_length(most_mm / 1000 * scale_denominator);
    double length_mm = length_m * 1000 / scale_denominator;
    int segments = bar_segments(length_m);
    struct bbox bar = {corner.x, corner.y, corner.x + length_mm, corner.y + 1.5 * pen->unit};
    for (int i = 0; i < segments; i++) {
        double from = bar.min_x + length_mm * i / segments;
        struct bbox box = {from, bar.min_y, from + length_mm / segments, bar.max_y};
        pen_fill(pen, box, i % 2 == 0 ? pen_ink : pen_white);
    }
    pen_frame(pen, bar, 0.2 * pen->unit, pen_ink);
    paint_bar_values(pen, bar, length_m, segments);
}

static struct point turned(struct point foot, double length_mm, double angle_deg)
{
    double radians = angle_deg * M_PI / 180;
    return (struct point){foot.x + length_mm * sin(radians), foot.y - length_mm * cos(radians)};
}

/** Grid north is up by definition. */
static void paint_grid_arrow(const struct pen *pen, struct point foot, double length_mm)
{
    double half = 0.19 * length_mm;
    struct point tip = turned(foot, length_mm, 0);
    struct point notch = {foot.x, foot.y - 0.22 * length_mm};
    struct point left[] = {tip, {foot.x - half, foot.y}, notch};
    struct point right[] = {tip, {foot.x + half, foot.y}, notch};
    pen_polygon(pen, left, 3, pen_ink);
    pen_polygon(pen, right, 3, pen_white);
    pen_stroke(pen, tip, right[1], 0.2 * pen->unit, pen_ink);
    pen_stroke(pen, right[1], notch, 0.2 * pen->unit, pen_ink);
    pen_stroke(pen, notch, tip, 0.2 * pen->unit, pen_ink);
}

/** A thin arrow from the foot; from the middle where the angle is so large that it would leave the block. */
static void paint_true_arrow(const struct pen *pen, struct point foot, double length_mm, double angle_deg)
{
    bool is_large = fabs(angle_deg) > 30;
    struct point from = is_large ? turned(foot, length_mm / 2, 0) : foot;
    double reach = is_large ? length_mm / 2 : length_mm * 1.02;
    struct point tip = turned(from, reach, angle_deg);
    struct point left = turned(tip, -0.24 * length_mm, angle_deg - 16);
    struct point right = turned(tip, -0.24 * length_mm, angle_deg + 16);
    struct point head[] = {tip, left, right};
    pen_stroke(pen, from, turned(from, 0.9 * reach, angle_deg), 0.28 * pen->unit, true_north_colour);
    pen_polygon(pen, head, 3, true_north_colour);
}

/** "GN" and "TN" above the arrows, in the order in which they point. */
static void paint_north_names(const struct pen *pen, struct bbox line, double angle_deg)
{
    double middle = (line.min_x + line.max_x) / 2;
    double gap = 0.5 * pen->unit;
    const char *grid = words_text(WORD_GRID_NORTH_SHORT, pen->language);
    const char *truth = words_text(WORD_TRUE_NORTH_SHORT, pen->language);
    if (fabs(angle_deg) < LEAST_ANGLE_DEG) {
        char both[32];
        snprintf(both, sizeof both, "%s = %s", grid, truth);
        pen_line_of_text(pen, PEN_LABEL, TEXT_CENTRE, both, line);
        return;
    }
    struct bbox left = {line.min_x, line.min_y, middle - gap, line.max_y};
    struct bbox right = {middle + gap, line.min_y, line.max_x, line.max_y};
    pen_line_of_text(pen, PEN_LABEL, TEXT_RIGHT, angle_deg > 0 ? grid : truth, left);
    pen_line_of_text(pen, PEN_LABEL, TEXT_LEFT, angle_deg > 0 ? truth : grid, right);
}

/** How large the angle is, and whether it is drawn larger. */
static void paint_angle(const struct pen *pen, struct bbox line, double angle_deg, bool is_enlarged)
{
    char number[32];
    char text[40];
    words_number(round(fabs(angle_deg) * 100) / 100, 2, pen->language, number);
    snprintf(text, sizeof text, "%s°", number);
    pen_line_of_text(pen, PEN_LABEL, TEXT_CENTRE, text, line);
    if (is_enlarged) {
        struct text_look look = pen_look(pen, PEN_SMALL);
        look.size_px *= NOTE_SIZE;
        struct bbox below = {line.min_x, line.max_y, line.max_x, line.max_y + NOTE_SIZE * bbox_height(line)};
        pen_look_line(pen, &look, TEXT_CENTRE, words_text(WORD_ANGLE_ENLARGED, pen->language), below);
    }
}

static void paint_north(const struct pen *pen, struct bbox box_mm, double angle_deg)
{
    double unit = pen->unit;
    double line = pen_line_height(pen, PEN_LABEL);
    double length = ARROW_MM * unit;
    bool is_same = fabs(angle_deg) < LEAST_ANGLE_DEG;
    bool is_enlarged = !is_same && fabs(angle_deg) < DRAWN_ANGLE_DEG;
    struct point foot = {(box_mm.min_x + box_mm.max_x) / 2, box_mm.min_y + line + 0.4 * unit + length};
    paint_grid_arrow(pen, foot, length);
    if (!is_same) {
        paint_true_arrow(pen, foot, length, is_enlarged ? copysign(DRAWN_ANGLE_DEG, angle_deg) : angle_deg);
    }
    struct bbox names = {box_mm.min_x, box_mm.min_y, box_mm.max_x, box_mm.min_y + line};
    paint_north_names(pen, names, angle_deg);
    double below = foot.y + 0.2 * unit;
    paint_angle(pen, (struct bbox){box_mm.min_x, below, box_mm.max_x, below + line}, angle_deg, is_enlarged);
}

static void paint_scale(const struct pen *pen, struct bbox box_mm, const struct scale_block *block)
{
    double unit = pen->unit;
    char scale[32];
    words_scale(block->scale_denominator, scale);
    struct bbox text = box_mm;
    text.max_x -= block->is_without_north ? 0 : ARROW_PART_MM * unit;
    pen_text(pen, PEN_LABEL, TEXT_LEFT, words_text(WORD_SCALE, pen->language), text);
    text.min_y += pen_line_height(pen, PEN_LABEL);
    pen_text(pen, PEN_SCALE, TEXT_LEFT, scale, text);
    text.min_y += pen_line_height(pen, PEN_SCALE) + 1.0 * unit;
    double overhang = pen_measure(pen, PEN_LABEL, "500 km", 0).width_mm / 2;
    paint_bar(pen, (struct point){box_mm.min_x + 0.8 * unit, text.min_y}, bbox_width(text) - overhang,
              block->scale_denominator);
}

void scale_block_paint(const struct pen *pen, struct bbox box_mm, const struct scale_block *block)
{
    struct bbox north = {box_mm.max_x - ARROW_PART_MM * pen->unit, box_mm.min_y, box_mm.max_x, box_mm.max_y};
    if (!block->is_without_scale) {
        paint_scale(pen, box_mm, block);
    }
    if (!block->is_without_north) {
        paint_north(pen, north, block->true_north_deg);
    }
}
