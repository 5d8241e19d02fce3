/*
 * text_along_glyphs.c - the glyphs behind the letters of a text along a line.
 */
#include <math.h>
#include <pango/pangocairo.h>

#include "render/canvas/path.h"
#include "render/text/text_along_internal.h"
#include "render/text/text_internal.h"

#define BLANK_LEAST_EM 0.12 /* kerning leaves less */

void along_glyphs_init(struct along_glyphs *glyphs, struct text_engine *engine, const struct text_along *text)
{
    glyphs->layout = text_layout_new(engine, text->text, &text->look, (struct text_box){.wrap_px = 0});
    glyphs->line = pango_layout_get_line_readonly(glyphs->layout, 0);
    glyphs->middle_px = text_letters_middle_px(&text->look);
    text_letters_init(&glyphs->letters, glyphs->layout, &text->look);
}

void along_glyphs_finish(struct along_glyphs *glyphs)
{
    text_letters_finish(&glyphs->letters);
    g_object_unref(glyphs->layout);
}

/** The glyphs of a run from one to before another, as a string that borrows them. */
static PangoGlyphString part_of(const PangoLayoutRun *run, uint32_t from, uint32_t to)
{
    return (PangoGlyphString){.num_glyphs = (int)(to - from),
                              .glyphs = run->glyphs->glyphs + from,
                              .log_clusters = run->glyphs->log_clusters + from};
}

void along_glyphs_visit(const struct along_glyphs *glyphs, const struct text_group *group,
                        void (*visit)(PangoFont *font, PangoGlyphString *part, void *context), void *context)
{
    uint32_t end = group->first_glyph + group->glyph_count;
    uint32_t first = 0;
    for (GSList *at = glyphs->line->runs; at && first < end; at = at->next) {
        const PangoLayoutRun *run = at->data;
        uint32_t next = first + (uint32_t)run->glyphs->num_glyphs;
        if (next > group->first_glyph) {
            uint32_t from = group->first_glyph > first ? group->first_glyph - first : 0;
            PangoGlyphString part = part_of(run, from, (end < next ? end : next) - first);
            visit(run->item->analysis.font, &part, context);
        }
        first = next;
    }
}

/** A place beside the middle of a letter, along its foot and down from there, px. */
static struct point beside(const struct text_letter *letter, double along_px, double down_px)
{
    double angle_rad = letter->turn * 2 * M_PI / TEXT_LETTER_TURNS;
    return (struct point){
        letter->x / TEXT_LETTER_UNITS + along_px * cos(angle_rad) - down_px * sin(angle_rad),
        letter->y / TEXT_LETTER_UNITS + along_px * sin(angle_rad) + down_px * cos(angle_rad)};
}

void along_glyphs_add_blanks(const struct text_letters *letters, const struct text_along *text,
                             struct path *path)
{
    double half_px = TEXT_BLANK_EM * text_size_px(&text->look);
    for (size_t i = 0; i + 1 < letters->count && i + 1 < text->letter_count; i++) {
        const struct text_group *group = &letters->groups[i];
        double blank_px = group[1].start_px - group->start_px - group->width_px;
        if (blank_px <= BLANK_LEAST_EM * text_size_px(&text->look)) {
            continue;
        }
        struct point corners[4] = {beside(&text->letters[i], group->width_px / 2, -half_px),
                                   beside(&text->letters[i + 1], -group[1].width_px / 2, -half_px),
                                   beside(&text->letters[i + 1], -group[1].width_px / 2, half_px),
                                   beside(&text->letters[i], group->width_px / 2, half_px)};
        path_add_line(path, corners, 4);
        path_close(path, false);
    }
}
