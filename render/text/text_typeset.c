/*
 * text_typeset.c - plain texts are set from what is known of their letters, others by Pango.
 */
#include "render/text/text_typeset.h"

#include <pango/pango.h>
#include <stdlib.h>

#include "geo/base/memory.h"
#include "render/text/text_alphabet.h"
#include "render/text/text_internal.h"

void text_typeset_add(struct text_typeset *typeset, struct text_typeset_glyph glyph)
{
    if (typeset->count == typeset->capacity) {
        typeset->capacity = typeset->capacity ? 2 * typeset->capacity : 32;
        typeset->glyphs = memory_resize(typeset->glyphs, typeset->capacity, sizeof *typeset->glyphs);
    }
    typeset->glyphs[typeset->count++] = glyph;
}

/** @param x, y  Pango units from the corner: where the run begins */
static void add_run(struct text_typeset *typeset, const PangoLayoutRun *run, int x, int y)
{
    for (int i = 0; i < run->glyphs->num_glyphs; i++) {
        const PangoGlyphInfo *info = &run->glyphs->glyphs[i];
        struct point origin = {(double)(x + info->geometry.x_offset) / PANGO_SCALE,
                               (double)(y + info->geometry.y_offset) / PANGO_SCALE};
        x += info->geometry.width;
        text_typeset_add(typeset, (struct text_typeset_glyph){run->item->analysis.font, info->glyph, origin});
    }
}

static void add_lines(struct text_typeset *typeset)
{
    PangoRectangle box;
    PangoLayoutIter *at = pango_layout_get_iter(typeset->layout);
    pango_layout_get_extents(typeset->layout, NULL, &box);
    do {
        PangoRectangle line;
        pango_layout_iter_get_line_extents(at, NULL, &line);
        int x = line.x - box.x;
        for (GSList *run = pango_layout_iter_get_line_readonly(at)->runs; run; run = run->next) {
            add_run(typeset, run->data, x, pango_layout_iter_get_baseline(at) - box.y);
            x += pango_glyph_string_get_width(((PangoLayoutRun *)run->data)->glyphs);
        }
    } while (pango_layout_iter_next_line(at));
    pango_layout_iter_free(at);
}

static void add_blanks(struct text_typeset *typeset, const struct text_look *look)
{
    struct point corner = text_layout_corner(typeset->layout);
    text_layout_add_blanks(typeset->layout, look, &typeset->blanks);
    for (size_t i = 0; i < typeset->blanks.count; i++) {
        typeset->blanks.points[i].x -= corner.x;
        typeset->blanks.points[i].y -= corner.y;
    }
}

void text_typeset_init(struct text_typeset *typeset, struct text_engine *engine, const char *text,
                       const struct text_look *look, struct text_box box)
{
    *typeset = (struct text_typeset){.ink = bbox_empty()};
    if (text_alphabet_typeset(engine, text, look, box, typeset)) {
        return;
    }
    typeset->layout = text_layout_new(engine, text, look, box);
    typeset->ink = text_layout_ink(typeset->layout, TEXT_OVERHANG_EM * text_size_px(look));
    add_lines(typeset);
    add_blanks(typeset, look);
}

void text_typeset_finish(struct text_typeset *typeset)
{
    free(typeset->glyphs);
    path_finish(&typeset->blanks);
    g_clear_object(&typeset->layout);
}
