/*
 * sheet_frame.c - each side in short steps: those that touch nothing are drawn, neighbours in one stroke.
 */
#include "render/briefing/sheet_frame.h"

#include <math.h>
#include <stdbool.h>

#include "geo/scale.h"
#include "render/placement/box_grid.h"
#include "render/print/pen.h"

#define STEP_MM 0.4
#define GAP_MM 0.3 /* between the frame and what it spares, on A4 */
#define HALO_MM 0.25
#define FAINT_PART 0.6 /* of its width, where it leads the eye over a symbol or a text */
#define FAINT_ALPHA 150

static const struct colour halo_colour = {255, 255, 255, 210};

static bool is_free(const struct sheet_frame *frame, struct point from_mm, struct point to_mm, double gap_mm)
{
    struct bbox box = {from_mm.x, from_mm.y, to_mm.x, to_mm.y};
    box = bbox_grow(box, frame->width_mm / 2 + gap_mm);
    struct bbox px = {(box.min_x - frame->map_mm.min_x) / SCALE_PIXEL_MM,
                      (box.min_y - frame->map_mm.min_y) / SCALE_PIXEL_MM,
                      (box.max_x - frame->map_mm.min_x) / SCALE_PIXEL_MM,
                      (box.max_y - frame->map_mm.min_y) / SCALE_PIXEL_MM};
    return !frame->taken || box_grid_is_free(frame->taken, px);
}

static struct point between(struct point from, struct point to, double part)
{
    return (struct point){from.x + part * (to.x - from.x), from.y + part * (to.y - from.y)};
}

/** What a part of a frame is drawn with. */
struct line {
    double width_mm;
    struct colour colour;
    bool is_of_free; /* where nothing is spared; else where something is */
};

/** Eastward or southward. */
static void paint_side(const struct sheet_frame *frame, const struct pen *pen, const struct line *line,
                       struct point from, struct point to)
{
    long count = (long)fmax(1, ceil((to.x - from.x + to.y - from.y) / STEP_MM));
    long first = 0; /* of the steps to be drawn */
    for (long i = 0; i <= count; i++) {
        struct point start = between(from, to, (double)i / (double)count);
        struct point end = between(from, to, (double)(i + 1) / (double)count);
        bool goes_on = i < count && is_free(frame, start, end, GAP_MM * pen->unit) == line->is_of_free;
        if (!goes_on && i > first) {
            pen_stroke(pen, between(from, to, (double)first / (double)count), start, line->width_mm,
                       line->colour);
        }
        first = goes_on ? first : i + 1;
    }
}

static void paint_sides(const struct sheet_frame *frame, const struct pen *pen, const struct line *line)
{
    double half = line->width_mm / 2; /* corners are whole */
    struct bbox box = frame->box_mm;
    struct bbox outer = bbox_grow(box, half);
    paint_side(frame, pen, line, (struct point){outer.min_x, box.min_y},
               (struct point){outer.max_x, box.min_y});
    paint_side(frame, pen, line, (struct point){outer.min_x, box.max_y},
               (struct point){outer.max_x, box.max_y});
    paint_side(frame, pen, line, (struct point){box.min_x, outer.min_y},
               (struct point){box.min_x, outer.max_y});
    paint_side(frame, pen, line, (struct point){box.max_x, outer.min_y},
               (struct point){box.max_x, outer.max_y});
}

void sheet_frame_paint_halo(const struct sheet_frame *frame, const struct pen *pen)
{
    struct line halo = {frame->width_mm + 2 * HALO_MM * pen->unit, halo_colour, true};
    paint_sides(frame, pen, &halo);
}

void sheet_frame_paint(const struct sheet_frame *frame, const struct pen *pen)
{
    struct line whole = {frame->width_mm, frame->colour, true};
    struct line faint = {FAINT_PART * frame->width_mm, frame->colour, false};
    faint.colour.alpha = FAINT_ALPHA;
    paint_sides(frame, pen, &faint);
    paint_sides(frame, pen, &whole);
}
