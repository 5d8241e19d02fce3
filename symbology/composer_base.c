/*
 * composer_base.c - frame and inside of a symbol. The outline is drawn in the middle of its stroke, so the
 * frame stays within the height that the table gives.
 */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "symbology/composer.h"
#include "symbology/text_width.h"

#define TAB_HALF 5.5          /* of the side of a tab, units */
#define SOUTH_CORNER 4        /* among the tabs of a base */
#define LETTERS_MOST 0.8      /* of the glyph's square: how large letters may be */
#define PLATE_ROW_SHARE 0.9   /* of the width of a plate that a row of numbers may take */
#define BAR_WIDTH_SHARE 0.5   /* of the width of a plate: a bar for numbers that are too small to read */
#define BAR_HEIGHT_SHARE 0.16 /* of its height */
#define PANEL_HALF_WIDTH 13.0
#define PANEL_TOP -6.0

static const struct colour white = {255, 255, 255, 255};

/* A tent has walls below its roof; they are light whoever owns it. */
static bool has_panel(const struct composer *composer)
{
    return composer->entry->kind == KIND_MOBILE;
}

static struct bbox panel_box(const struct composer *composer)
{
    double unit = composer->unit_px;
    double inset_px = composer->frame_px / 2;
    return (struct bbox){-PANEL_HALF_WIDTH * unit + inset_px, PANEL_TOP * unit,
                         PANEL_HALF_WIDTH * unit - inset_px, BASE_HEIGHT / 2 * unit - inset_px};
}

/* The outline with half a frame taken off on every side. */
static void draw_outline(struct composer *composer, const struct sketch_paint *paint)
{
    const struct symbol_base *base = composer->base;
    double unit = composer->unit_px;
    double shrink_x = unit - composer->frame_px / base->width;
    double shrink_y = unit - composer->frame_px / BASE_HEIGHT;
    if (base->corner_count == 0) {
        sketch_disc(&composer->sketch, (struct point){0, 0}, BASE_HEIGHT / 2 * shrink_y, paint);
        return;
    }
    if (base->corner_radius > 0) {
        struct bbox box = {base->corners[0].x * shrink_x, base->corners[0].y * shrink_y,
                           base->corners[2].x * shrink_x, base->corners[2].y * shrink_y};
        sketch_box(&composer->sketch, box, base->corner_radius * unit, paint);
        return;
    }
    struct point corners[BASE_CORNER_MAX];
    for (int i = 0; i < base->corner_count; i++) {
        corners[i] = (struct point){base->corners[i].x * shrink_x, base->corners[i].y * shrink_y};
    }
    sketch_polygon(&composer->sketch, corners, (size_t)base->corner_count, paint);
}

static void draw_tabs(struct composer *composer, const struct sketch_paint *paint)
{
    double half_px = TAB_HALF * composer->unit_px - composer->frame_px / composer->base->frame / 2;
    for (int i = 0; i < BASE_TAB_COUNT; i++) {
        if (!(composer->entry->tabs & 1u << i)) {
            continue;
        }
        struct point middle = composer_point(composer, composer->base->tabs[i]);
        struct bbox box = bbox_grow(bbox_of_points(&middle, 1), half_px);
        sketch_box(&composer->sketch, box, 0, paint);
    }
}

struct point composer_tab_foot(const struct composer *composer)
{
    struct point middle = composer->base->tabs[SOUTH_CORNER];
    return (struct point){middle.x, middle.y + TAB_HALF};
}

/* The light that keeps frame and tabs apart from whatever lies below. */
static void draw_halo(struct composer *composer)
{
    struct sketch_paint paint = {.fill = composer->inks.halo,
                                 .stroke = composer->inks.halo,
                                 .stroke_px = composer->frame_px + 2 * composer->inks.halo_px};
    struct sketch_paint tab = paint;
    tab.stroke_px = composer->frame_px / composer->base->frame + 2 * composer->inks.halo_px;
    draw_tabs(composer, &tab);
    if (has_panel(composer)) {
        sketch_box(&composer->sketch, panel_box(composer), 0, &paint);
    }
    draw_outline(composer, &paint);
}

static void draw_panel(struct composer *composer, const struct sketch_paint *frame)
{
    struct sketch_paint paint = {.fill = white, .stroke = white, .stroke_px = frame->stroke_px};
    sketch_box(&composer->sketch, panel_box(composer), 0, &paint);
    sketch_box(&composer->sketch, panel_box(composer), 0, frame);
}

/* Solid, dashed (planned) or dotted (unknown). */
static struct sketch_paint frame_paint(const struct composer *composer)
{
    double width_px = composer->frame_px;
    struct sketch_paint paint = {.stroke = composer->inks.frame, .stroke_px = width_px};
    if (composer->status == STATUS_PLANNED) {
        paint.dash_px[0] = 4.5 * composer->unit_px;
        paint.dash_px[1] = 3.5 * composer->unit_px;
        paint.dash_count = 2;
    }
    if (composer->status == STATUS_UNKNOWN) {
        paint.dash_px[0] = 0.01;
        paint.dash_px[1] = fmax(2.2 * width_px, 2);
        paint.dash_count = 2;
        paint.is_round = true;
    }
    return paint;
}

void composer_draw_base(struct composer *composer)
{
    struct sketch_paint frame = frame_paint(composer);
    struct sketch_paint tab = {.fill = composer->inks.tab,
                               .stroke = composer->inks.frame,
                               .stroke_px = composer->frame_px / composer->base->frame};
    struct sketch_paint fill = {
        .fill = composer->inks.fill, .stroke = composer->inks.fill, .stroke_px = composer->frame_px};
    draw_halo(composer);
    draw_tabs(composer, &tab);
    if (has_panel(composer)) {
        draw_panel(composer, &frame);
    }
    fill.stroke = frame.dash_count > 0 ? white : fill.stroke; /* gaps of a broken frame are light */
    draw_outline(composer, &fill);
    draw_outline(composer, &frame);
}

/* On whole px, or thin strokes of a small glyph would lie between two of them and turn grey. */
static struct bbox glyph_square(const struct composer *composer)
{
    struct point centre = composer_point(composer, composer->base->glyph_centre);
    centre = (struct point){round(centre.x), round(centre.y)};
    return bbox_grow(bbox_of_points(&centre, 1), round(composer->base->glyph_size * composer->unit_px / 2));
}

/* Letters as large as they fit: they may be wider than a glyph, for they are lower. */
static void draw_letters(struct composer *composer, const char *letters, struct colour colour)
{
    double size_px = fmin(LETTERS_MOST * composer->base->glyph_size,
                          composer->base->letters_width / text_width_em(letters));
    size_px *= composer->unit_px;
    struct sketch_type type = {.size_px = size_px, .colour = colour};
    sketch_text(&composer->sketch, letters, composer_point(composer, composer->base->glyph_centre), &type);
}

void composer_draw_plate(struct composer *composer, const char *text, struct bbox box, struct colour ink)
{
    struct point middle = {(box.min_x + box.max_x) / 2, (box.min_y + box.max_y) / 2};
    struct sketch_paint rule = {.stroke = composer->inks.frame, .stroke_px = bbox_height(box) / 20};
    struct point ends[2] = {{box.min_x, middle.y}, {box.max_x, middle.y}};
    sketch_line(&composer->sketch, ends, 2, &rule);
    const char *slash = text ? strchr(text, '/') : NULL;
    if (!slash) {
        return;
    }
    char kemler[8];
    snprintf(kemler, sizeof kemler, "%.*s", (int)(slash - text), text);
    double most_em = fmax(text_width_em(kemler), text_width_em(slash + 1));
    double size_px = fmin(bbox_height(box) * 0.5, PLATE_ROW_SHARE * bbox_width(box) / most_em);
    struct sketch_type type = {.size_px = size_px, .colour = ink};
    double offset_px = bbox_height(box) * 0.245;
    if (kemler[0] != '\0') {
        sketch_text(&composer->sketch, kemler, (struct point){middle.x, middle.y - offset_px}, &type);
    }
    sketch_text(&composer->sketch, slash + 1, (struct point){middle.x, middle.y + offset_px}, &type);
}

/* Two bars, on whole px where they can be, or those of a dot would be grey. */
static void draw_bars(struct composer *composer, struct bbox plate)
{
    double half_width_px = round(BAR_WIDTH_SHARE / 2 * bbox_width(plate));
    double height_px = fmax(1, round(BAR_HEIGHT_SHARE * bbox_height(plate)));
    double near_px = round(bbox_height(plate) / 4 - height_px / 2); /* to the middle of the plate */
    double far_px = near_px + height_px;
    struct sketch_paint paint = {.fill = composer->inks.glyph};
    sketch_box(&composer->sketch, (struct bbox){-half_width_px, -far_px, half_width_px, -near_px}, 0, &paint);
    sketch_box(&composer->sketch, (struct bbox){-half_width_px, near_px, half_width_px, far_px}, 0, &paint);
}

/* A plate without anything on it says something of its own: several goods. */
static void draw_unread_plate(struct composer *composer, const char *text, struct bbox box)
{
    if (composer->detail != DETAIL_DOT) {
        composer_draw_plate(composer, NULL, box, composer->inks.glyph);
    }
    if (text) {
        draw_bars(composer, box);
    }
}

static void draw_plate_inside(struct composer *composer)
{
    const char *text = composer_text(composer, SLOT_HAZARD);
    double half_width_px = composer->base->width / 2 * composer->unit_px - composer->frame_px;
    double half_height_px = BASE_HEIGHT / 2 * composer->unit_px - composer->frame_px;
    struct bbox box = {-half_width_px, -half_height_px, half_width_px, half_height_px};
    if (composer->detail == DETAIL_FULL) {
        composer_draw_plate(composer, text, box, composer->inks.glyph);
    } else {
        draw_unread_plate(composer, text, box);
    }
}

void composer_draw_inside(struct composer *composer)
{
    if (composer->entry->kind == KIND_PLATE) {
        draw_plate_inside(composer);
        return;
    }
    if (composer->detail == DETAIL_DOT) {
        return; /* a dot is its colour and its shape */
    }
    const struct symbol_entry *entry = composer->entry;
    struct colour colour = composer->inks.glyph;
    if (has_panel(composer)) {
        colour = composer->status == STATUS_ENDED ? composer->inks.glyph : composer->inks.frame;
    }
    if (entry->glyph) {
        bool is_turned = entry->is_turning && !composer->base->has_pointer;
        double rotation_deg = is_turned ? composer->code->rotation_deg : 0;
        composer->sketch.paper = has_panel(composer) ? white : composer->inks.fill;
        sketch_glyph(&composer->sketch, entry->glyph, glyph_square(composer), colour, rotation_deg);
    } else {
        char letters[16];
        snprintf(letters, sizeof letters, "%s%s", entry->letters, entry->is_glyph_lost ? "?" : "");
        draw_letters(composer, letters, colour);
    }
}
