/*
 * hatch.c - a slanted line family with horizontal period w and vertical period h is y = x * h / w + k * h.
 */
#include "render/canvas/hatch.h"

#include <math.h>

#define PERIOD_MIN_PX 2
#define PERIOD_MAX_PX 128 /* lines so nearly level that they repeat later are made level */
#define LEVEL_PERIOD_PX 16

static int whole_period(double period_px)
{
    return (int)fmax(PERIOD_MIN_PX, fmin(PERIOD_MAX_PX, round(period_px)));
}

static struct hatch dots_of(double spacing_px)
{
    /* Two dots in a square of this side stand on a lattice turned by 45 degrees, spacing_px apart. */
    int side = whole_period(spacing_px * M_SQRT2);
    return (struct hatch){.width_px = side, .height_px = side, .is_dotted = true};
}

static struct hatch level_lines(bool is_horizontal, double spacing_px, bool is_cross)
{
    int period = whole_period(spacing_px);
    return (struct hatch){.width_px = is_horizontal && !is_cross ? LEVEL_PERIOD_PX : period,
                          .height_px = is_horizontal || is_cross ? period : LEVEL_PERIOD_PX,
                          .is_horizontal = is_horizontal || is_cross,
                          .is_vertical = !is_horizontal || is_cross};
}

struct hatch hatch_of(const struct fill *fill)
{
    double spacing = fill->spacing_px > PERIOD_MIN_PX ? fill->spacing_px : PERIOD_MIN_PX;
    if (fill->kind == FILL_STIPPLE) {
        return dots_of(spacing);
    }
    double angle = remainder(fill->angle_deg, 180) * M_PI / 180; /* -90 … 90 degrees */
    double width = spacing / fmax(fabs(sin(angle)), 1e-9);
    double height = spacing / fmax(cos(angle), 1e-9);
    bool is_cross = fill->kind == FILL_CROSS;
    struct hatch hatch = {.width_px = whole_period(width),
                          .height_px = whole_period(height),
                          .is_falling = angle > 0 || is_cross,
                          .is_rising = angle < 0 || is_cross};
    if (width > PERIOD_MAX_PX || height > PERIOD_MAX_PX) {
        hatch = level_lines(width > height, spacing, is_cross);
    }
    hatch.edge_px = fill->width_px / 2;
    return hatch;
}

/** Who is told of lines, and where. */
struct visiting {
    const struct hatch *hatch;
    struct bbox box;
    void (*visit)(struct point from, struct point to, void *context);
    void *context;
};

/** Lines y = slope * x + k * h, cut to the box so that the numbers stay small. */
static void visit_slanted(const struct visiting *visiting, double slope)
{
    struct bbox box = visiting->box;
    double period = visiting->hatch->height_px;
    double low = fmin(-slope * box.min_x, -slope * box.max_x) + box.min_y;
    double high = fmax(-slope * box.min_x, -slope * box.max_x) + box.max_y;
    for (double k = floor(low / period); k <= ceil(high / period); k++) {
        double at_top = (box.min_y - k * period) / slope;
        double at_bottom = (box.max_y - k * period) / slope;
        double from = fmax(box.min_x, fmin(at_top, at_bottom));
        double to = fmin(box.max_x, fmax(at_top, at_bottom));
        if (from <= to) {
            visiting->visit((struct point){from, slope * from + k * period},
                            (struct point){to, slope * to + k * period}, visiting->context);
        }
    }
}

static void visit_horizontal(const struct visiting *visiting)
{
    struct bbox box = visiting->box;
    double period = visiting->hatch->height_px;
    for (double y = floor(box.min_y / period) * period; y <= box.max_y; y += period) {
        double middle = y + visiting->hatch->edge_px;
        visiting->visit((struct point){box.min_x, middle}, (struct point){box.max_x, middle},
                        visiting->context);
    }
}

static void visit_vertical(const struct visiting *visiting)
{
    struct bbox box = visiting->box;
    double period = visiting->hatch->width_px;
    for (double x = floor(box.min_x / period) * period; x <= box.max_x; x += period) {
        double middle = x + visiting->hatch->edge_px;
        visiting->visit((struct point){middle, box.min_y}, (struct point){middle, box.max_y},
                        visiting->context);
    }
}

void hatch_visit_lines(const struct hatch *hatch, struct bbox box,
                       void (*visit)(struct point from, struct point to, void *context), void *context)
{
    struct visiting visiting = {hatch, box, visit, context};
    double slope = (double)hatch->height_px / hatch->width_px;
    if (hatch->is_falling) {
        visit_slanted(&visiting, slope);
    }
    if (hatch->is_rising) {
        visit_slanted(&visiting, -slope);
    }
    if (hatch->is_horizontal) {
        visit_horizontal(&visiting);
    }
    if (hatch->is_vertical) {
        visit_vertical(&visiting);
    }
}

/** Dots at (phase, phase) of each period. */
static void visit_dots(const struct hatch *hatch, struct bbox box, double phase,
                       void (*visit)(struct point dot, void *context), void *context)
{
    double side = hatch->width_px;
    for (double y = ceil((box.min_y - phase) / side) * side + phase; y <= box.max_y; y += side) {
        for (double x = ceil((box.min_x - phase) / side) * side + phase; x <= box.max_x; x += side) {
            visit((struct point){x, y}, context);
        }
    }
}

void hatch_visit_dots(const struct hatch *hatch, struct bbox box,
                      void (*visit)(struct point dot, void *context), void *context)
{
    if (hatch->is_dotted) {
        visit_dots(hatch, box, hatch->width_px * 0.25, visit, context);
        visit_dots(hatch, box, hatch->width_px * 0.75, visit, context);
    }
}
