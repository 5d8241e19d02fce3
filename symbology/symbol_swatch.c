/*
 * symbol_swatch.c - lines and areas as a small picture: the line goes across, the area fills the picture.
 * What would not fit is drawn smaller, down to half its size; only then it is cut off.
 */
#include <assert.h>
#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "symbology/line_text_look.h"
#include "symbology/sketch.h"
#include "symbology/swatch_line.h"
#include "symbology/symbol.h"

#define MOST_SWATCH_PX 2000.0
#define LEAST_FACTOR 0.5

/** An area's swatch this high shows its edge as on the map; smaller ones show it smaller. */
#define FULL_AREA_PX 40.0

#define LETTERS_MOST_PX 11.0
#define LETTERS_LEAST_PX 7.0 /* smaller ones only hide the edge */

/* Parallel lines at an angle over the whole box, the middle one through its middle. */
static void draw_hatch(struct sketch *sketch, const struct fill *fill, struct bbox box, double angle_deg,
                       const struct sketch_paint *paint)
{
    struct point middle = bbox_centre(box);
    double half_px = hypot(bbox_width(box), bbox_height(box)) / 2;
    double angle_rad = angle_deg * M_PI / 180;
    struct point along = {cos(angle_rad), sin(angle_rad)};
    int count = (int)(half_px / fill->spacing_px);
    for (int i = -count; i <= count; i++) {
        struct point foot = {middle.x - along.y * i * fill->spacing_px,
                             middle.y + along.x * i * fill->spacing_px};
        struct point ends[2] = {{foot.x - along.x * half_px, foot.y - along.y * half_px},
                                {foot.x + along.x * half_px, foot.y + along.y * half_px}};
        sketch_line(sketch, ends, 2, paint);
    }
}

static void draw_stipple(struct sketch *sketch, const struct fill *fill, struct bbox box,
                         struct colour colour, double radius_px)
{
    struct sketch_paint paint = {.fill = colour};
    int rows = (int)(bbox_height(box) / fill->spacing_px) + 1;
    int columns = (int)(bbox_width(box) / fill->spacing_px) + 1;
    for (int row = 0; row < rows && !sketch->svg.is_full; row++) {
        for (int column = 0; column < columns; column++) {
            double shift = row % 2 == 1 ? 1 : 0.5; /* every second row is moved by half a step */
            struct point dot = {box.min_x + (column + shift) * fill->spacing_px,
                                box.min_y + (row + 0.5) * fill->spacing_px};
            sketch_disc(sketch, dot, radius_px, &paint);
        }
    }
}

/* The lines or dots of a pattern, in its colour or as their halo. */
static void draw_pattern(struct sketch *sketch, const struct fill *fill, struct bbox box,
                         struct colour colour, double halo_px)
{
    struct sketch_paint paint = {.stroke = colour, .stroke_px = fill->width_px + 2 * halo_px};
    if (fill->kind == FILL_STIPPLE) {
        draw_stipple(sketch, fill, box, colour, fill->width_px / 2 + halo_px);
        return;
    }
    draw_hatch(sketch, fill, box, fill->angle_deg, &paint);
    if (fill->kind == FILL_CROSS) {
        draw_hatch(sketch, fill, box, fill->angle_deg + 90, &paint);
    }
}

static void draw_fill(struct sketch *sketch, const struct fill *fill, struct bbox box)
{
    bool is_flat = fill->kind == FILL_FLAT;
    struct sketch_paint paint = {.fill = is_flat ? fill->colour : fill->background};
    if (fill->kind == FILL_NONE) {
        return;
    }
    if (paint.fill.alpha > 0) {
        sketch_box(sketch, box, 0, &paint);
    }
    if (is_flat) {
        return;
    }
    sketch_begin_clip(sketch, box);
    if (fill->halo.alpha > 0) {
        draw_pattern(sketch, fill, box, fill->halo, fill->halo_px);
    }
    draw_pattern(sketch, fill, box, fill->colour, 0);
    sketch_end_clip(sketch, box);
}

/* The letters that stand along the line or edge on the map; once, as large as there is room. */
static void draw_letters(struct sketch *sketch, const struct symbol_entry *entry,
                         const struct text_look *look, struct point middle, double room_px)
{
    if (entry->text.source != LINE_TEXT_LETTERS || room_px < LETTERS_LEAST_PX) {
        return;
    }
    struct sketch_type type = {.size_px = fmin(fmin(look->size_px, LETTERS_MOST_PX), room_px),
                               .colour = look->colour,
                               .halo = look->halo,
                               .halo_px = look->halo_px};
    sketch_text(sketch, entry->letters, middle, &type);
}

static void draw_line(struct sketch *sketch, const struct line_look *look, struct bbox page)
{
    double factor = fmin(1, bbox_height(page) / 2 / fmax(1, line_look_reach_px(look)));
    struct line_look scaled = swatch_line_scaled(look, fmax(LEAST_FACTOR, factor));
    double margin_px = fmin(bbox_width(page) / 4, 2);
    struct point middle = bbox_centre(page);
    struct point points[2] = {{page.min_x + margin_px, middle.y}, {page.max_x - margin_px, middle.y}};
    swatch_line_draw(sketch, &scaled, points, 2, false);
}

/* The symbol that stands in the middle of the area on the map, small. */
static void draw_centre(struct sketch *sketch, const struct symbol_entry *centre,
                        const struct symbol_code *code, enum palette palette, struct bbox page)
{
    struct symbol_drawing drawing;
    double scale = fmin(1, bbox_height(page) * 0.6 / SYMBOL_SMALL_PX);
    if (symbol_compose(centre, code, DETAIL_SMALL, palette, scale, &drawing, NULL)) {
        sketch_drawing(sketch, &drawing, bbox_centre(page));
        symbol_drawing_finish(&drawing);
    }
}

/* Gives the box that the edge goes round. */
static struct bbox draw_area(struct sketch *sketch, const struct area_look *look, struct bbox page)
{
    double factor = fmax(LEAST_FACTOR, fmin(1, bbox_height(page) / FULL_AREA_PX));
    struct line_look outline = swatch_line_scaled(&look->outline, factor);
    struct fill fill = look->fill;
    fill.spacing_px *= fmax(0.7, factor);
    double room_px = fmin(bbox_width(page), bbox_height(page));
    double margin_px = fmin(room_px / 4, line_look_reach_px(&outline));
    struct bbox box = bbox_grow(page, -margin_px);
    struct point corners[5] = {{box.min_x, box.min_y},
                               {box.max_x, box.min_y},
                               {box.max_x, box.max_y},
                               {box.min_x, box.max_y},
                               {box.min_x, box.min_y}};
    if (outline.signs.mark == LINE_MARK_GLYPH) { /* one says it */
        outline.signs.spacing_px = 2 * (bbox_width(box) + bbox_height(box));
        outline.signs.phase_px = bbox_width(box) / 2;
    }
    draw_fill(sketch, &fill, box);
    swatch_line_draw(sketch, &outline, corners, 5, true);
    return box;
}

static void draw_swatch(struct sketch *sketch, const struct symbol_entry *entry,
                        const struct symbol_code *code, enum palette palette, struct bbox page)
{
    struct text_look letters = line_text_look(entry, code, palette, 1);
    if (entry->geometry == GEOMETRY_LINE) {
        struct line_look look = symbol_line_look(entry, code, palette);
        draw_line(sketch, &look, page);
        draw_letters(sketch, entry, &letters, bbox_centre(page), bbox_height(page) * 0.7);
        return;
    }
    struct area_look look = symbol_area_look(entry, code, palette);
    struct bbox box = draw_area(sketch, &look, page);
    if (entry->centre_entry) {
        draw_centre(sketch, entry->centre_entry, code, palette, page);
    } else {
        draw_letters(sketch, entry, &letters, bbox_centre(page), bbox_height(box) * 0.6);
    }
}

bool symbol_compose_swatch(const struct symbol_entry *entry, const struct symbol_code *code,
                           enum palette palette, double width_px, double height_px,
                           struct symbol_drawing *drawing, struct fault *fault)
{
    assert(entry->geometry != GEOMETRY_POINT);
    if (!(width_px >= 8 && height_px >= 8 && width_px <= MOST_SWATCH_PX && height_px <= MOST_SWATCH_PX)) {
        fault_set(fault, FAULT_LIMIT, "a swatch must have 8 to %g px on each side", MOST_SWATCH_PX);
        return false;
    }
    struct sketch sketch;
    sketch_init(&sketch);
    struct bbox page = {0, 0, width_px, height_px};
    sketch_begin_clip(&sketch, page);
    draw_swatch(&sketch, entry, code, palette, page);
    sketch_end_clip(&sketch, page);
    return sketch_take(&sketch, page, bbox_centre(page), 1, drawing, fault);
}
