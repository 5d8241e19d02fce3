/*
 * grid_lines.c - line numbers are counted, never added up: the hundredth line is as exact as the first.
 */
#include "render/grid/grid_lines.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "geo/scale.h"
#include "render/print/words.h"

#define WIDEST_SPACING_M 0.06 /* on paper */
#define SIDE_PART 0.86        /* that a value may take of the side band: beside a tick it looks negative */
#define GRID_LINE_MAX 400     /* A0 has 50 in each direction */

double grid_lines_spacing(double scale_denominator, double metres_per_unit)
{
    return scale_round_length(WIDEST_SPACING_M * scale_denominator / metres_per_unit);
}

/** Adds the multiples of the spacing from least to most. */
static void add_lines(struct grid_lines *lines, double least, double most, bool is_easting,
                      const struct pixel_grid *grid)
{
    double tolerance = 1e-6 * lines->spacing;
    double first = ceil((least - tolerance) / lines->spacing);
    double last = floor((most + tolerance) / lines->spacing);
    for (double number = first; number <= last && lines->count < GRID_LINE_MAX; number++) {
        double value = number * lines->spacing;
        struct point px = pixel_grid_to_px(grid, (struct point){value, value});
        lines->items[lines->count++] =
            (struct grid_line){value, is_easting ? fmax(px.x, 0) : fmax(px.y, 0), is_easting};
    }
}

struct grid_lines grid_lines_of(const struct pixel_grid *grid, double width_px, double height_px)
{
    struct grid_lines lines = {0};
    lines.spacing = grid_lines_spacing(pixel_grid_scale_denominator(grid), grid->metres_per_unit);
    lines.items = memory_new(GRID_LINE_MAX, sizeof *lines.items);
    struct point corner = grid->origin;
    struct point far = pixel_grid_from_px(grid, (struct point){width_px, height_px});
    add_lines(&lines, corner.x, far.x, true, grid);
    add_lines(&lines, far.y, corner.y, false, grid);
    return lines;
}

void grid_lines_finish(struct grid_lines *lines)
{
    free(lines->items);
    *lines = (struct grid_lines){0};
}

char *grid_lines_value(double value, double spacing, enum language language, char text[static 32])
{
    int decimals = (int)fmax(0, ceil(3 - log10(spacing) - 1e-9));
    return words_number(value / 1000, (int)fmin(decimals, 6), language, text);
}

static void add_label(struct grid_labels *labels, struct grid_label label, struct bbox room)
{
    if (!bbox_contains(room, label.box_px)) {
        return;
    }
    for (size_t i = 0; i < labels->count; i++) {
        if (bbox_intersects(bbox_grow(labels->items[i].box_px, 1), label.box_px)) {
            return;
        }
    }
    labels->items[labels->count++] = label;
}

static struct bbox box_around(double x, double y, double width, double height)
{
    return (struct bbox){x - width / 2, y - height / 2, x + width / 2, y + height / 2};
}

/** The value of an easting above and below the frame. */
static void add_easting(struct grid_labels *labels, const struct grid_line *line, struct grid_label label,
                        double width_px, double height_px, const struct grid_label_look *look)
{
    double width;
    double height;
    look->measure(label.text, &width, &height, look->context);
    double middle = (look->top_px + look->tick_px) / 2;
    label.box_px = box_around(line->at_px, -middle, width, height);
    add_label(labels, label, (struct bbox){0, -look->top_px, width_px, 0});
    label.box_px = box_around(line->at_px, height_px + middle, width, height);
    add_label(labels, label, (struct bbox){0, height_px, width_px, height_px + look->top_px});
}

/** The value of a northing left and right of the frame. */
static void add_northing(struct grid_labels *labels, const struct grid_line *line, struct grid_label label,
                         double width_px, double height_px, const struct grid_label_look *look)
{
    double width;
    double height;
    look->measure(label.text, &width, &height, look->context);
    label.size = fmin(1, SIDE_PART * (look->side_px - look->tick_px) / width);
    width *= label.size;
    height *= label.size;
    double middle = (look->side_px + look->tick_px) / 2;
    label.box_px = box_around(-middle, line->at_px, width, height);
    add_label(labels, label, (struct bbox){-look->side_px, 0, 0, height_px});
    label.box_px = box_around(width_px + middle, line->at_px, width, height);
    add_label(labels, label, (struct bbox){width_px, 0, width_px + look->side_px, height_px});
}

struct grid_labels grid_labels_of(const struct grid_lines *lines, double width_px, double height_px,
                                  const struct grid_label_look *look, enum language language)
{
    struct grid_labels labels = {memory_new(2 * lines->count, sizeof *labels.items), 0};
    for (size_t i = 0; i < lines->count; i++) {
        const struct grid_line *line = &lines->items[i];
        struct grid_label label = {.size = 1};
        grid_lines_value(line->value, lines->spacing, language, label.text);
        if (line->is_easting) {
            add_easting(&labels, line, label, width_px, height_px, look);
        } else {
            add_northing(&labels, line, label, width_px, height_px, look);
        }
    }
    return labels;
}

void grid_labels_finish(struct grid_labels *labels)
{
    free(labels->items);
    *labels = (struct grid_labels){0};
}
