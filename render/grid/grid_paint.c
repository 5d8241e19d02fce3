/*
 * grid_paint.c - lines of all grids first, then names with a halo, then ticks and values: so a grid never
 * strikes through the words of another.
 */
#include "render/grid/grid_paint.h"

#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/crs.h"
#include "geo/scale.h"
#include "render/canvas/canvas.h"
#include "render/grid/grid_words.h"
#include "render/print/pen.h"
#include "render/print/words.h"
#include "render/report.h"

#define TICK_MM 0.9 /* on A4 */
#define TICK_WIDTH_MM 0.2
#define BORDER_WIDTH 3.0 /* times that of lines */
#define NAME_SIZE 1.25   /* of names of zones against values */
#define HALO_MM 0.35
#define RAISED 0.12 /* leading figures stand higher by this part of a line */

struct painter {
    const struct grid_picture *picture;
    const struct pen *pen;
    struct bbox map_mm;
    struct grid_label_look look;
};

static void measure_value(const char *text, double *width_px, double *height_px, void *context)
{
    const struct pen *pen = context;
    struct pen_size size = pen_measure(pen, PEN_GRID, text, 0);
    *width_px = size.width_mm / SCALE_PIXEL_MM;
    *height_px = size.height_mm / SCALE_PIXEL_MM;
}

/** The same for the larger letters of names. */
static void measure_name(const char *text, double *width_px, double *height_px, void *context)
{
    measure_value(text, width_px, height_px, context);
    *width_px *= NAME_SIZE;
    *height_px *= NAME_SIZE;
}

/** The bands around the map. */
static struct grid_label_look look_of(const struct pen *pen, struct bbox map_mm, struct bbox frame_mm)
{
    struct grid_label_look look = {.measure = measure_value, .context = (void *)pen};
    look.side_px = (map_mm.min_x - frame_mm.min_x) / SCALE_PIXEL_MM;
    look.top_px = (map_mm.min_y - frame_mm.min_y) / SCALE_PIXEL_MM;
    look.tick_px = TICK_MM * pen->unit / SCALE_PIXEL_MM;
    return look;
}

static double halo_px(const struct pen *pen)
{
    return HALO_MM * pen->unit / SCALE_PIXEL_MM;
}

/** Squares have their names in their corners; those of zones stand where there is room. */
static bool find_names(const struct grid_wish *wish, const struct pen *pen,
                       const struct grid_label_look *look, struct grid_picture *picture, struct fault *fault)
{
    struct grid_label_look large = *look;
    large.measure = measure_name;
    struct grid_naming naming = {.place = wish->place,
                                 .look = &large,
                                 .taken = wish->taken,
                                 .halo_px = halo_px(pen),
                                 .names = &picture->names};
    for (naming.grid = 0; naming.grid < picture->count; naming.grid++) {
        if (picture->grids[naming.grid].kind == GRID_SQUARES) {
            grid_names_add_squares(&naming, &picture->lines[naming.grid]);
        }
    }
    for (naming.grid = 0; naming.grid < picture->count; naming.grid++) {
        const struct grid *grid = &picture->grids[naming.grid];
        bool has_squares = grid->kind == GRID_MGRS || grid->has_mgrs_names;
        if ((grid->kind == GRID_UTM || has_squares) && !grid_names_add_zones(&naming, has_squares, fault)) {
            return false;
        }
    }
    return true;
}

bool grid_picture_make(const struct grid_wish *wish, const struct pen *pen, struct grid_picture *picture,
                       struct fault *fault)
{
    const struct grid_place *place = wish->place;
    *picture = (struct grid_picture){.crs_code = place->crs->code};
    size_t count = wish->count < GRID_MOST ? wish->count : GRID_MOST;
    memcpy(picture->grids, wish->grids, count * sizeof *wish->grids);
    picture->count = grid_merge(picture->grids, count, place->crs->code);
    struct grid_label_look look = look_of(pen, wish->map_mm, wish->frame_mm);
    for (size_t i = 0; i < picture->count; i++) {
        if (!grid_lines_find(place, picture->grids[i].kind, &picture->lines[i], fault)) {
            return false;
        }
    }
    if (!find_names(wish, pen, &look, picture, fault)) {
        return false;
    }
    picture->labels = grid_labels_of(picture->lines, picture->count, place->width_px, place->height_px, &look,
                                     pen->language);
    return true;
}

void grid_picture_finish(struct grid_picture *picture)
{
    for (size_t i = 0; i < picture->count; i++) {
        grid_lines_finish(&picture->lines[i]);
    }
    grid_names_finish(&picture->names);
    grid_labels_finish(&picture->labels);
    *picture = (struct grid_picture){0};
}

static void report_line(const struct grid_picture *picture, size_t grid, size_t line, enum language language,
                        struct report *report)
{
    const struct grid_lines *lines = &picture->lines[grid];
    struct grid_text text = grid_value(lines, &lines->items[line], true, language);
    char subject[80];
    char title[80];
    snprintf(subject, sizeof subject, "%s %s%s %s", grid_kind_name(lines->kind), text.lead, text.main,
             text.tail);
    snprintf(title, sizeof title, "%s %s%s %s",
             grid_words_name(&picture->grids[grid], picture->crs_code, language), text.lead, text.main,
             text.tail);
    struct report_item item = {.kind = REPORT_GRID_UNNAMED,
                               .subject = subject,
                               .title = title,
                               .sentence = "it has no value at the edge of the map"};
    report_add_item(report, &item);
}

/** One item that counts for all of them: "squares (12)", "squares MGRS (3)". */
static void report_squares(const struct grid_picture *picture, size_t grid, enum language language,
                           struct report *report)
{
    bool is_squares = picture->grids[grid].kind == GRID_SQUARES;
    size_t inside = picture->names.unplaced[grid];
    size_t beside = is_squares ? picture->labels.unnamed_squares : 0;
    if (inside + beside == 0) {
        return;
    }
    char title[80];
    char sentence[160];
    snprintf(title, sizeof title, "%s%s%s (%zu)", words_text(WORD_GRID_SQUARES, language),
             is_squares ? "" : " ",
             is_squares ? "" : grid_words_name(&picture->grids[grid], picture->crs_code, language),
             inside + beside);
    snprintf(sentence, sizeof sentence,
             "squares without room for their name: %zu; letters and numbers without room at the edge: %zu",
             inside, beside);
    struct report_item item = {.kind = REPORT_GRID_UNNAMED,
                               .subject = grid_kind_name(picture->grids[grid].kind),
                               .title = title,
                               .sentence = sentence};
    report_add_item(report, &item);
    report_add_count(report, REPORT_GRID_UNNAMED, inside + beside - 1);
}

void grid_picture_report(const struct grid_picture *picture, enum language language, struct report *report)
{
    for (size_t i = 0; i < picture->count; i++) {
        for (size_t j = 0; j < picture->lines[i].count; j++) {
            if (grid_labels_lacks(&picture->labels, picture->lines, i, j)) {
                report_line(picture, i, j, language, report);
            }
        }
        report_squares(picture, i, language, report);
    }
}

/** From px of the frame to mm of the page, and to px of the page. */
static struct point on_page(const struct painter *painter, struct point px)
{
    return (struct point){painter->map_mm.min_x + px.x * SCALE_PIXEL_MM,
                          painter->map_mm.min_y + px.y * SCALE_PIXEL_MM};
}

static void paint_line(const struct painter *painter, const struct grid *grid, const struct grid_line *line,
                       const struct point *points_px)
{
    struct point corner = pen_corner(painter->map_mm);
    double mm = painter->pen->unit / SCALE_PIXEL_MM;
    struct stroke stroke = {.width_px = grid->line_mm * mm, .colour = grid->line, .join = STROKE_JOIN_ROUND};
    if (line->is_border) {
        stroke.width_px *= BORDER_WIDTH;
    } else if (grid->dash_mm > 0) {
        stroke.dash_count = 2;
        stroke.dash_px[0] = grid->dash_mm * mm;
        stroke.dash_px[1] = 0.5 * grid->dash_mm * mm;
    }
    struct point *points = memory_new(line->count, sizeof *points);
    for (size_t i = 0; i < line->count; i++) {
        points[i] = (struct point){corner.x + points_px[i].x, corner.y + points_px[i].y};
    }
    canvas_stroke(painter->pen->canvas, points, line->count, false, 0, &stroke);
    free(points);
}

static void paint_lines(const struct painter *painter, size_t index)
{
    const struct grid_lines *lines = &painter->picture->lines[index];
    for (size_t i = 0; i < lines->count; i++) {
        const struct grid_line *line = &lines->items[i];
        paint_line(painter, &painter->picture->grids[index], line, &lines->points_px[line->first]);
    }
}

/** A piece of a value with its top left corner at a place, px of the frame. */
static void paint_part(const struct painter *painter, const char *text, double size, struct point at,
                       const struct text_look *look)
{
    struct text_look letters = *look;
    letters.size_px *= size;
    struct point corner = pen_corner(painter->map_mm);
    struct text_box box = {0, TEXT_LEFT};
    canvas_text(painter->pen->canvas, text, &letters, box, (struct point){corner.x + at.x, corner.y + at.y});
}

/** Lead and tail are small: the lead stands high, the tail beside on the same line of writing, or below. */
static void paint_text(const struct painter *painter, const struct grid_text *text, bool is_stacked,
                       double size, struct bbox box, const struct text_look *look)
{
    struct grid_text_size part = grid_text_measure(text, &painter->look);
    double first = size * (part.lead + part.main);
    double line = size * part.height;
    double small = size * part.small_height;
    double left = is_stacked ? (box.min_x + box.max_x - first) / 2 : box.min_x;
    paint_part(painter, text->lead, size * GRID_SMALL,
               (struct point){left, box.min_y + RAISED * (line - small)}, look);
    paint_part(painter, text->main, size, (struct point){left + size * part.lead, box.min_y}, look);
    struct point tail = {left + first + size * part.gap, box.min_y + (1 - RAISED) * (line - small)};
    if (is_stacked) {
        tail = (struct point){(box.min_x + box.max_x - size * part.tail) / 2, box.min_y + line};
    }
    paint_part(painter, text->tail, size * GRID_SMALL, tail, look);
}

static struct text_look letters_of(const struct painter *painter, size_t index)
{
    struct text_look look = pen_look(painter->pen, PEN_GRID);
    look.colour = painter->picture->grids[index].letter;
    return look;
}

static void paint_names(const struct painter *painter)
{
    const struct grid_names *names = &painter->picture->names;
    for (size_t i = 0; i < names->count; i++) {
        const struct grid_name *name = &names->items[i];
        struct text_look look = letters_of(painter, name->grid);
        look.halo = (struct colour){255, 255, 255, 220};
        look.halo_px = halo_px(painter->pen);
        look.is_bold = true;
        paint_text(painter, &name->text, false, NAME_SIZE, name->box_px, &look);
    }
}

static struct point outward(enum grid_edge edge, struct point at, double length)
{
    at.x += edge == GRID_EDGE_LEFT ? -length : edge == GRID_EDGE_RIGHT ? length : 0;
    at.y += edge == GRID_EDGE_TOP ? -length : edge == GRID_EDGE_BOTTOM ? length : 0;
    return at;
}

static void paint_ticks(const struct painter *painter)
{
    const struct grid_labels *labels = &painter->picture->labels;
    for (size_t i = 0; i < labels->tick_count; i++) {
        const struct grid_tick *tick = &labels->ticks[i];
        struct point far = outward(tick->edge, tick->at_px, painter->look.tick_px);
        pen_stroke(painter->pen, on_page(painter, tick->at_px), on_page(painter, far),
                   TICK_WIDTH_MM * painter->pen->unit, painter->picture->grids[tick->grid].letter);
    }
}

static void paint_values(const struct painter *painter)
{
    const struct grid_labels *labels = &painter->picture->labels;
    for (size_t i = 0; i < labels->count; i++) {
        const struct grid_label *label = &labels->items[i];
        struct text_look look = letters_of(painter, label->grid);
        look.is_bold = label->line == SIZE_MAX;
        paint_text(painter, &label->text, label->is_stacked, label->size, label->box_px, &look);
    }
}

void grid_picture_paint(const struct grid_picture *picture, const struct pen *pen, struct bbox map_mm,
                        struct bbox frame_mm)
{
    struct painter painter = {picture, pen, map_mm, look_of(pen, map_mm, frame_mm)};
    for (size_t i = 0; i < picture->count; i++) {
        paint_lines(&painter, i);
    }
    paint_names(&painter);
    paint_ticks(&painter);
    paint_values(&painter);
}
