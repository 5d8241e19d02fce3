/*
 * text_letters.h - a text of one line taken apart into groups of letters that can be turned one by one.
 */
#ifndef RENDER_TEXT_LETTERS_H
#define RENDER_TEXT_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"

struct _PangoFont;
struct _PangoLayout;
struct lru_cache;
struct text_along;
struct text_engine;
struct text_look;

/** A letter with all that belongs to it. Groups without ink (blanks) are left out. */
struct text_group {
    double start_px; /* from the start of the text, at the left */
    double width_px;
    struct bbox ink;      /* px: from start_px and from the baseline */
    uint32_t first_glyph; /* of the line, counted from the left over all runs */
    uint32_t glyph_count;
};

/** A glyph of the line as Pango has it; lengths in its units. */
struct text_letter_glyph {
    struct _PangoFont *font; /* one that the letters hold */
    uint32_t glyph;
    int32_t width; /* to the next */
    int32_t x_offset;
    int32_t y_offset;
};

struct text_letters {
    struct text_group *groups; /* owned; from left to right */
    size_t count;
    struct text_letter_glyph *glyphs; /* owned; of the whole line, blanks too */
    size_t glyph_count;
    struct _PangoFont **fonts; /* owned; one reference each */
    size_t font_count;
    double width_px;
    double reach_px; /* of ink, above or below the middle of the letters */
    bool is_joined;  /* its letters hang together: the whole is one group */
};

/** Px above the baseline that lie on the curve: halfway up a letter. */
double text_letters_middle_px(const struct text_look *look);

/** A text as one line: line breaks become blanks. Owned by the caller. */
char *text_letters_one_line(const char *text);

/** Kept by the engine; borrowed until letters are asked for again. @param text of one line */
const struct text_letters *text_letters_get(struct text_engine *engine, const char *text,
                                            const struct text_look *look);

/** The same, made anew from a layout of the text. text_letters_finish(). */
void text_letters_init(struct text_letters *letters, struct _PangoLayout *layout,
                       const struct text_look *look);
void text_letters_finish(struct text_letters *letters);

/** Room for so many groups, glyphs and fonts, all of which are still to be added. */
void text_letters_reserve(struct text_letters *letters, size_t glyph_count, size_t font_count);

/** Finds how far the ink of the groups reaches. */
void text_letters_measure(struct text_letters *letters, const struct text_look *look);

/** For the engine's cache. Owned, lru_cache_free(). */
struct lru_cache *text_letters_cache_new(void);

#endif
