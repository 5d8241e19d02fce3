/*
 * line_glyph.c - the glyph stands on a disc where it has a background; a halo is a larger disc below it.
 */
#include "symbology/line_glyph.h"

#include <assert.h>
#include <math.h>

#include "symbology/sketch.h"
#include "symbology/symbol.h"

#define TURN_STEP_DEG 10.0

/** The side of the square that the glyph takes of the disc it stands on. */
#define ON_DISC_SHARE 0.74

/** How thick the edge of the disc is. */
#define RING_SHARE 0.06

double line_glyph_turn_deg(const struct line_marks *marks, struct point direction)
{
    if (marks->orient == MARK_UPRIGHT) {
        return 0;
    }
    double degrees = atan2(direction.y, direction.x) * 180 / M_PI;
    double turn_deg = round(degrees / TURN_STEP_DEG) * TURN_STEP_DEG;
    if (turn_deg > 90) {
        return turn_deg - 180;
    }
    return turn_deg <= -90 ? turn_deg + 180 : turn_deg;
}

void line_glyph_sketch(const struct line_marks *marks, const struct line_look *look, struct point place,
                       double turn_deg, struct sketch *sketch)
{
    assert(marks->mark == LINE_MARK_GLYPH && marks->glyph);
    double half_px = marks->size_px / 2;
    struct sketch_paint halo = {.fill = look->halo};
    double ring_px = marks->size_px * RING_SHARE;
    struct sketch_paint disc = {.fill = marks->background, .stroke = marks->colour, .stroke_px = ring_px};
    if (look->halo.alpha > 0) {
        sketch_disc(sketch, place, half_px + look->halo_px, &halo);
    }
    if (marks->background.alpha > 0) {
        sketch_disc(sketch, place, half_px - ring_px / 2, &disc);
        half_px *= ON_DISC_SHARE;
    }
    struct bbox square = {place.x - half_px, place.y - half_px, place.x + half_px, place.y + half_px};
    sketch_glyph(sketch, marks->glyph, square, marks->colour, turn_deg);
}

bool line_glyph_compose(const struct line_marks *marks, const struct line_look *look, double turn_deg,
                        struct symbol_drawing *drawing)
{
    struct sketch sketch;
    sketch_init(&sketch);
    struct point middle = {0, 0};
    double half_px = ceil(marks->size_px / 2);
    line_glyph_sketch(marks, look, middle, turn_deg, &sketch);
    return sketch_take(&sketch, (struct bbox){-half_px, -half_px, half_px, half_px}, middle, 1, drawing,
                       NULL);
}
