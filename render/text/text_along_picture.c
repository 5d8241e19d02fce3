/*
 * text_along_picture.c - the outlines of all letters are filled as one drawing, where the font wants them.
 */
#include <math.h>
#include <pango/pango.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/canvas/image.h"
#include "render/canvas/path.h"
#include "render/text/text_along_internal.h"
#include "render/text/text_glyphs.h"
#include "render/text/text_internal.h"

/** A text on its way into the engine's masks. */
struct painting {
    struct text_engine *engine;
    const struct text_along *text;
    const struct text_letters *letters; /* of the text; borrowed */
    struct point corner;                /* dots from the place: of the masks, north-west */
    int pixel_ratio;
};

/** Where the glyphs of a letter are put: dots from the masks' corner. */
struct letter_place {
    struct point middle;
    double cosine; /* of the direction it is turned to */
    double sine;
};

static struct point turned(const struct letter_place *place, struct point origin, struct point point)
{
    double x = origin.x + point.x;
    double y = origin.y + point.y;
    return (struct point){place->middle.x + x * place->cosine - y * place->sine,
                          place->middle.y + x * place->sine + y * place->cosine};
}

/** An outline is turned with its letter. @param origin  dots from the middle of the letter */
static void fill_outline(struct coverage *coverage, const struct letter_place *place,
                         const struct path *outline, struct point origin)
{
    for (size_t i = 0; i < outline->part_count; i++) {
        const struct path_part *part = &outline->parts[i];
        const struct point *points = outline->points + part->first;
        if (part->count < 3) {
            continue;
        }
        struct coverage_spot last =
            coverage_spot_of(coverage, turned(place, origin, points[part->count - 1]));
        for (size_t j = 0; j < part->count; j++) {
            struct coverage_spot next = coverage_spot_of(coverage, turned(place, origin, points[j]));
            coverage_edge(coverage, last, next);
            last = next;
        }
    }
}

static void fill_letter(const struct painting *painting, size_t i)
{
    const struct text_group *group = &painting->letters->groups[i];
    const struct text_letter *letter = &painting->text->letters[i];
    const struct text_letter_glyph *glyph = &painting->letters->glyphs[group->first_glyph];
    double turn_rad = letter->turn * 2 * M_PI / TEXT_LETTER_TURNS;
    double dots = painting->pixel_ratio / TEXT_LETTER_UNITS;
    struct letter_place place = {
        {letter->x * dots - painting->corner.x, letter->y * dots - painting->corner.y},
        cos(turn_rad),
        sin(turn_rad)};
    struct point at = {-group->width_px / 2, text_letters_middle_px(&painting->text->look)};
    for (uint32_t j = 0; j < group->glyph_count; j++, glyph++) {
        struct point origin = {(at.x + (double)glyph->x_offset / PANGO_SCALE) * painting->pixel_ratio,
                               (at.y + (double)glyph->y_offset / PANGO_SCALE) * painting->pixel_ratio};
        const struct path *outline =
            text_glyph_outline(painting->engine, glyph->font, glyph->glyph, painting->pixel_ratio);
        fill_outline(&painting->engine->fill.coverage, &place, outline, origin);
        at.x += (double)glyph->width / PANGO_SCALE;
    }
}

static void fill_letters(const struct painting *painting)
{
    const struct text_masks *masks = &painting->engine->masks;
    struct text_fill *fill = &painting->engine->fill;
    if (!text_fill_begin(fill, &masks->letters, masks->margin)) {
        return;
    }
    for (size_t i = 0; i < painting->letters->count && i < painting->text->letter_count; i++) {
        fill_letter(painting, i);
    }
    text_fill_end(fill, &masks->letters, masks->margin);
}

static void fill_blanks(const struct painting *painting)
{
    const struct text_masks *masks = &painting->engine->masks;
    struct path path = {0};
    along_glyphs_add_blanks(painting->letters, painting->text, &path);
    for (size_t i = 0; i < path.count; i++) {
        path.points[i].x = path.points[i].x * painting->pixel_ratio - painting->corner.x;
        path.points[i].y = path.points[i].y * painting->pixel_ratio - painting->corner.y;
    }
    text_fill_path(&painting->engine->fill, &masks->ground, &path, masks->margin);
    path_finish(&path);
}

static const struct text_label *make_label(struct text_engine *engine, const struct text_along *text,
                                           int pixel_ratio)
{
    /* The ink has room for the halo. */
    struct bbox ink = text->ink;
    struct point corner = {floor((ink.min_x - text->place.x) * pixel_ratio),
                           floor((ink.min_y - text->place.y) * pixel_ratio)};
    double width = ceil((ink.max_x - text->place.x) * pixel_ratio) - corner.x;
    double height = ceil((ink.max_y - text->place.y) * pixel_ratio) - corner.y;
    struct painting painting = {.engine = engine,
                                .text = text,
                                .letters = text_letters_get(engine, text->text, &text->look),
                                .corner = corner,
                                .pixel_ratio = pixel_ratio};
    struct text_label *label = &engine->latest;
    label->anchor_x = -(int)corner.x;
    label->anchor_y = -(int)corner.y;
    if (text_masks_begin(&engine->masks, width, height, &text->look, pixel_ratio)) {
        fill_letters(&painting);
        text_masks_end_letters(&engine->masks);
        fill_blanks(&painting);
        label->image = text_masks_picture(&engine->masks, &text->look);
    }
    text_glyphs_trim(engine->glyphs);
    return label;
}

static void key(struct text_engine *engine, const struct text_along *text, int pixel_ratio)
{
    /* A width below zero is no box that other texts have. */
    text_picture_key(engine, text->text, &text->look, (struct text_box){.wrap_px = -1}, pixel_ratio);
    buffer_append(&engine->key, text->letters, text->letter_count * sizeof(*text->letters));
}

const struct image *text_along_picture(struct text_engine *engine, const struct text_along *text,
                                       int pixel_ratio, int *anchor_x, int *anchor_y)
{
    key(engine, text, pixel_ratio);
    const struct text_label *label = text_pictures_find(engine);
    if (!label) {
        label = make_label(engine, text, pixel_ratio);
        key(engine, text, pixel_ratio); /* that of its letters stood there meanwhile */
    }
    *anchor_x = label->anchor_x;
    *anchor_y = label->anchor_y;
    return label->image;
}
