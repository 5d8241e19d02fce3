/*
 * text_along_picture.c - the outlines of all letters are filled as one path, where the font wants them.
 */
#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/canvas/image.h"
#include "render/lru_cache.h"
#include "render/canvas/path.h"
#include "render/text/text_along_internal.h"
#include "render/text/text_glyphs.h"
#include "render/text/text_internal.h"
#include "render/text/text_mask.h"

/** A text on its way into masks. */
struct painting {
    struct text_engine *engine;
    const struct text_along *text;
    struct along_glyphs glyphs;
    struct point corner; /* dots from the place: of the masks, north-west */
    int margin;          /* nothing is painted into it: it is that of the halo */
    int pixel_ratio;
    struct path path; /* dots from the corner */
};

/** A letter on its way into the path. */
struct tracing {
    struct painting *painting;
    const struct text_letter *letter;
    double cosine; /* of the direction it is turned to */
    double sine;
    struct point at; /* px from the middle of the letter before it is turned: where the next glyph stands */
};

/** An outline is turned with its letter. @param origin  dots from the middle of the letter */
static void add_outline(const struct tracing *tracing, const struct path *outline, struct point origin)
{
    struct painting *painting = tracing->painting;
    double dots = painting->pixel_ratio / TEXT_LETTER_UNITS;
    struct point middle = {tracing->letter->x * dots - painting->corner.x,
                           tracing->letter->y * dots - painting->corner.y};
    for (size_t i = 0; i < outline->part_count; i++) {
        const struct path_part *part = &outline->parts[i];
        path_begin(&painting->path);
        for (size_t j = part->first; j < part->first + part->count; j++) {
            struct point place = {origin.x + outline->points[j].x, origin.y + outline->points[j].y};
            path_add(&painting->path,
                     (struct point){middle.x + place.x * tracing->cosine - place.y * tracing->sine,
                                    middle.y + place.x * tracing->sine + place.y * tracing->cosine});
        }
        path_close(&painting->path, false);
    }
}

static void add_part(PangoFont *font, PangoGlyphString *part, void *context)
{
    struct tracing *tracing = context;
    struct painting *painting = tracing->painting;
    for (int i = 0; i < part->num_glyphs; i++) {
        const PangoGlyphInfo *glyph = &part->glyphs[i];
        struct point origin = {
            (tracing->at.x + (double)glyph->geometry.x_offset / PANGO_SCALE) * painting->pixel_ratio,
            (tracing->at.y + (double)glyph->geometry.y_offset / PANGO_SCALE) * painting->pixel_ratio};
        add_outline(tracing, text_glyph_outline(painting->engine, font, glyph->glyph, painting->pixel_ratio),
                    origin);
        tracing->at.x += (double)glyph->geometry.width / PANGO_SCALE;
    }
}

static void fill_letters(struct painting *painting, const struct text_mask *mask)
{
    const struct text_letters *letters = &painting->glyphs.letters;
    path_clear(&painting->path);
    for (size_t i = 0; i < letters->count && i < painting->text->letter_count; i++) {
        const struct text_letter *letter = &painting->text->letters[i];
        double turn_rad = letter->turn * 2 * M_PI / TEXT_LETTER_TURNS;
        struct tracing tracing = {painting,
                                  letter,
                                  cos(turn_rad),
                                  sin(turn_rad),
                                  {-letters->groups[i].width_px / 2, painting->glyphs.middle_px}};
        along_glyphs_visit(&painting->glyphs, &letters->groups[i], add_part, &tracing);
    }
    text_mask_fill(mask, &painting->path, painting->margin, &painting->engine->coverage);
}

static void fill_blanks(struct painting *painting, const struct text_mask *mask)
{
    struct path *path = &painting->path;
    path_clear(path);
    along_glyphs_add_blanks(&painting->glyphs, painting->text, path);
    for (size_t i = 0; i < path->count; i++) {
        path->points[i].x = path->points[i].x * painting->pixel_ratio - painting->corner.x;
        path->points[i].y = path->points[i].y * painting->pixel_ratio - painting->corner.y;
    }
    text_mask_fill(mask, path, painting->margin, &painting->engine->coverage);
}

/** The picture of masks of this size. NULL without memory for it. */
static struct image *paint(struct painting *painting, double width, double height)
{
    struct image *image = NULL;
    struct text_mask letters = {0};
    struct text_mask ground = {0};
    if (text_mask_init(&letters, width, height)) {
        fill_letters(painting, &letters);
        if (text_mask_copy(&ground, &letters)) {
            fill_blanks(painting, &ground);
            image = text_mask_picture(&letters, &ground, &painting->text->look, painting->pixel_ratio);
        }
    }
    free(ground.bytes);
    free(letters.bytes);
    return image;
}

static struct text_label *label_new(struct text_engine *engine, const struct text_along *text,
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
                                .corner = corner,
                                .margin = text_mask_margin(&text->look, pixel_ratio),
                                .pixel_ratio = pixel_ratio};
    struct text_label *label = memory_new(1, sizeof *label);
    along_glyphs_init(&painting.glyphs, engine, text);
    label->image = paint(&painting, width, height);
    label->anchor_x = -(int)corner.x;
    label->anchor_y = -(int)corner.y;
    along_glyphs_finish(&painting.glyphs);
    path_finish(&painting.path);
    lru_cache_trim(engine->glyphs);
    return label;
}

const struct image *text_along_picture(struct text_engine *engine, const struct text_along *text,
                                       int pixel_ratio, int *anchor_x, int *anchor_y)
{
    /* A width below zero is no box that other texts have. */
    text_picture_key(engine, text->text, &text->look, (struct text_box){.wrap_px = -1}, pixel_ratio);
    buffer_append(&engine->key, text->letters, text->letter_count * sizeof(*text->letters));
    struct text_label *label = text_pictures_find(engine);
    if (!label) {
        label = label_new(engine, text, pixel_ratio);
        text_pictures_keep(engine, label);
    }
    *anchor_x = label->anchor_x;
    *anchor_y = label->anchor_y;
    return label->image;
}
