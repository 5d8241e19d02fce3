/*
 * composer_marks.c - marks at the corners of the frame and texts beside it. There are never more than two
 * tabs and two marks.
 */
#include <math.h>
#include <stdio.h>

#include "symbology/composer.h"
#include "symbology/status_form.h"
#include "symbology/text_width.h"

#define BADGE_RADIUS 6.5 /* units */
#define POINTER_LENGTH 9.0
#define POINTER_HALF_WIDTH 6.0
#define POINTER_OVER_TAB 6.0
#define POINTER_CORNER 19.5 /* from the middle of a unit to its round corner */
#define NUMERALS_PX 13.0
#define PLATE_WIDTH_PX 30.0
#define PLATE_HEIGHT_PX 22.0

static const struct colour white = {255, 255, 255, 255};
static const struct colour black = {0x1A, 0x1A, 0x1A, 255};
static const struct colour plate_orange = {0xFF, 0x80, 0x00, 255};
static const struct colour tick_green = {0x1E, 0x7A, 0x1A, 255};

/* The middle of a free corner, px. It is taken from now on. */
static struct point take_corner(struct composer *composer, int corner(unsigned taken, unsigned tabs))
{
    int taken = corner(composer->corners, composer->entry->tabs);
    composer->corners |= 1u << taken;
    return composer_point(composer, composer->base->tabs[taken]);
}

/* How far the edge of a box with round corners is from its middle in a direction, units. */
static double edge_of_unit(double angle_rad)
{
    double to_side = BASE_HEIGHT / 2 / fmax(fabs(sin(angle_rad)), fabs(cos(angle_rad)));
    return fmin(to_side, POINTER_CORNER);
}

void composer_draw_pointer(struct composer *composer)
{
    double rotation_deg = composer->code->rotation_deg;
    if (!composer->base->has_pointer || !composer->entry->is_turning || rotation_deg == 0) {
        return;
    }
    double angle_rad = rotation_deg * M_PI / 180;
    int direction = (int)lround(rotation_deg / 45) % BASE_TAB_COUNT;
    double over_tab = composer->entry->tabs & 1u << direction ? POINTER_OVER_TAB : 0;
    double root = edge_of_unit(angle_rad) + 1 + over_tab;
    struct point ahead = {sin(angle_rad), -cos(angle_rad)};
    struct point corners[3];
    for (int i = 0; i < 3; i++) {
        double along = i == 0 ? root + POINTER_LENGTH : root;
        double across = i == 0 ? 0 : (2 * i - 3) * POINTER_HALF_WIDTH;
        corners[i] = composer_point(
            composer, (struct point){along * ahead.x - across * ahead.y, along * ahead.y + across * ahead.x});
    }
    struct sketch_paint halo = {.fill = white, .stroke = white, .stroke_px = 1 + 2 * composer->inks.halo_px};
    struct sketch_paint paint = {
        .fill = composer->inks.frame, .stroke = composer->inks.frame, .stroke_px = 1};
    sketch_polygon(&composer->sketch, corners, 3, &halo);
    sketch_polygon(&composer->sketch, corners, 3, &paint);
}

/* Marks are as large on small symbols as they can be read. */
static double mark_px(const struct composer *composer, double units)
{
    return units * fmax(composer->unit_px, 0.7);
}

static void draw_badge(struct composer *composer, struct point middle, struct colour fill)
{
    struct sketch_paint halo = {.fill = white};
    struct sketch_paint paint = {.fill = fill, .stroke = black, .stroke_px = 1};
    double radius_px = mark_px(composer, BADGE_RADIUS);
    sketch_disc(&composer->sketch, middle, radius_px + composer->inks.halo_px, &halo);
    sketch_disc(&composer->sketch, middle, radius_px - 0.5, &paint);
}

static void draw_question(struct composer *composer, struct point middle, struct colour fill,
                          struct colour ink)
{
    draw_badge(composer, middle, fill);
    struct sketch_type type = {.size_px = mark_px(composer, 11), .colour = ink};
    sketch_text(&composer->sketch, "?", middle, &type);
}

static void draw_tick(struct composer *composer, struct point middle)
{
    struct colour fill = composer->palette == PALETTE_MONO ? black : tick_green;
    draw_badge(composer, middle, composer->status == STATUS_ENDED ? composer->inks.glyph : fill);
    double unit = mark_px(composer, 1);
    struct point points[3] = {{middle.x - 3 * unit, middle.y + 0.2 * unit},
                              {middle.x - 0.8 * unit, middle.y + 2.5 * unit},
                              {middle.x + 3.2 * unit, middle.y - 2.4 * unit}};
    struct sketch_paint paint = {.stroke = white, .stroke_px = 1.8 * unit, .is_round = true};
    sketch_line(&composer->sketch, points, 3, &paint);
}

static void draw_strike(struct composer *composer)
{
    double reach_px = 15 * composer->unit_px;
    struct point points[2] = {{-reach_px, reach_px}, {reach_px, -reach_px}};
    struct sketch_paint light = {.stroke = white, .stroke_px = 5 * composer->unit_px, .is_round = true};
    struct sketch_paint dark = {
        .stroke = {0x3A, 0x3A, 0x3A, 255}, .stroke_px = 2.5 * composer->unit_px, .is_round = true};
    sketch_line(&composer->sketch, points, 2, &light);
    sketch_line(&composer->sketch, points, 2, &dark);
}

/* The sign on the bar: "-" closed, "/" damaged, "x" destroyed, a block for full. */
static void draw_bar_sign(struct composer *composer, struct point middle, struct colour ink)
{
    double unit = mark_px(composer, 1);
    double x = 5 * unit;
    double y = 2.6 * unit;
    struct sketch_paint line = {.stroke = ink, .stroke_px = 2 * unit};
    struct sketch_paint block = {.fill = ink};
    struct point level[2] = {{middle.x - x, middle.y}, {middle.x + x, middle.y}};
    struct point rising[2] = {{middle.x - x, middle.y + y}, {middle.x + x, middle.y - y}};
    struct point falling[2] = {{middle.x - x, middle.y - y}, {middle.x + x, middle.y + y}};
    switch (composer->status) {
    case STATUS_CLOSED:
        sketch_line(&composer->sketch, level, 2, &line);
        break;
    case STATUS_DESTROYED:
        sketch_line(&composer->sketch, falling, 2, &line);
        sketch_line(&composer->sketch, rising, 2, &line);
        break;
    case STATUS_DAMAGED:
        sketch_line(&composer->sketch, rising, 2, &line);
        break;
    default:
        sketch_box(&composer->sketch, (struct bbox){middle.x - x, middle.y - y, middle.x + x, middle.y + y},
                   0, &block);
    }
}

/* A small bar over a free corner. */
static void draw_corner_bar(struct composer *composer)
{
    struct point middle = take_corner(composer, symbol_base_bottom_corner);
    double unit = mark_px(composer, 1);
    struct bbox box = {middle.x - 8 * unit + 0.5, middle.y - 5 * unit + 0.5, middle.x + 8 * unit - 0.5,
                       middle.y + 5 * unit - 0.5};
    struct sketch_paint halo = {.fill = white, .stroke = white, .stroke_px = 1 + 2 * composer->inks.halo_px};
    struct sketch_paint paint = {
        .fill = status_bar_colour(composer->status, composer->palette), .stroke = black, .stroke_px = 1};
    sketch_box(&composer->sketch, box, 0, &halo);
    sketch_box(&composer->sketch, box, 0, &paint);
    draw_bar_sign(composer, middle, palette_ink_on(paint.fill));
}

void composer_draw_marks(struct composer *composer)
{
    if (composer->status == STATUS_ENDED) {
        draw_strike(composer);
    }
    if (composer->status >= STATUS_CLOSED) {
        draw_corner_bar(composer);
    }
    if (composer->status == STATUS_UNKNOWN) {
        draw_question(composer, take_corner(composer, symbol_base_bottom_corner), black, white);
    }
    if (composer->detail != DETAIL_FULL || !composer->entry->has_trust) {
        return;
    }
    if (composer->code->trust == TRUST_VERIFIED) {
        draw_tick(composer, take_corner(composer, symbol_base_top_corner));
    }
    if (composer->code->trust == TRUST_UNVERIFIED) {
        draw_question(composer, take_corner(composer, symbol_base_top_corner), white, black);
    }
}

/* Numerals that begin at a left edge. */
static void draw_numerals(struct composer *composer, const char *text, double left_px, double middle_y_px,
                          struct colour colour)
{
    struct sketch_type type = {.size_px = NUMERALS_PX,
                               .colour = colour,
                               .halo = white,
                               .halo_px = fmin(2, fmax(1.5, composer->inks.halo_px))};
    struct point middle = {left_px + text_width_em(text) * NUMERALS_PX / 2, middle_y_px};
    sketch_text(&composer->sketch, text, middle, &type);
}

static void draw_small_plate(struct composer *composer, const char *text)
{
    double top_px = ceil(composer->sketch.ink.max_y) + 1.5;
    struct bbox box = {-PLATE_WIDTH_PX / 2, top_px, PLATE_WIDTH_PX / 2, top_px + PLATE_HEIGHT_PX};
    struct sketch_paint halo = {.fill = white, .stroke = white, .stroke_px = 1 + 2 * composer->inks.halo_px};
    struct sketch_paint paint = {.fill = plate_orange, .stroke = composer->inks.frame, .stroke_px = 1};
    bool is_light = composer->palette == PALETTE_MONO || composer->palette == PALETTE_PRINT;
    if (composer->status == STATUS_ENDED || is_light) {
        paint.fill = composer->status == STATUS_ENDED ? composer->inks.fill : white;
    }
    sketch_box(&composer->sketch, box, 1, &halo);
    sketch_box(&composer->sketch, box, 1, &paint);
    composer_draw_plate(composer, text, box, composer->status == STATUS_ENDED ? composer->inks.glyph : black);
}

void composer_draw_texts(struct composer *composer)
{
    const char *victims = composer_text(composer, SLOT_VICTIMS);
    const char *count = composer_text(composer, SLOT_COUNT_OF);
    const char *plate = composer->entry->kind == KIND_PLATE ? NULL : composer_text(composer, SLOT_HAZARD);
    double left_px = composer->sketch.ink.max_x + 2.5;
    if (plate) {
        draw_small_plate(composer, plate);
    }
    if (victims) {
        draw_numerals(composer, victims, left_px, count ? -8 : 0, composer->inks.victims);
    }
    if (count) {
        char text[16];
        snprintf(text, sizeof text, "\u00D7%s", count);
        draw_numerals(composer, text, left_px, victims ? 8 : 0, composer->inks.text);
    }
}
