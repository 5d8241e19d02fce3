/*
 * pen.h - sets type and draws rules on a page, in millimetres.
 *
 * One table gives every kind of text its size, weight and colour, so all pages look alike.
 */
#ifndef RENDER_BRIEFING_PEN_H
#define RENDER_BRIEFING_PEN_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"
#include "render/canvas/page.h"
#include "render/text/text.h"
#include "symbology/colour.h"
#include "symbology/language.h"

struct canvas;
struct text_engine;

enum pen_style {
    PEN_TITLE,
    PEN_TITLE_SMALL, /* a title that is too long for PEN_TITLE */
    PEN_SUBTITLE,
    PEN_MOMENT,  /* situation as of */
    PEN_HEADING, /* of a block */
    PEN_GROUP,   /* within a block */
    PEN_STRONG,  /* looks like it, and heads nothing: the name of a neighbour */
    PEN_BODY,
    PEN_LABEL, /* what a value is */
    PEN_SMALL, /* footer, disclaimer */
    PEN_SCALE, /* 1 : 25 000 */
    PEN_GRID,  /* values of grid lines */
    PEN_MARKING,
    PEN_BANNER,
    PEN_WARNING,
    PEN_STYLE_COUNT
};

/** The colours of an organisation, in place of those of the table. */
struct pen_colours {
    struct colour title;
    struct colour heading;
    struct colour moment;
};

struct pen {
    struct text_engine *engine;
    struct canvas *canvas; /* NULL while a page is only measured */
    double unit;           /* paper_unit() */
    enum language language;
    const struct pen_colours *colours; /* borrowed; NULL: those of the table */
    bool has_second_language;          /* headings say all in both */
    enum language second_language;
};

/** Its languages as a pair, for words_pair(). */
struct language_pair pen_languages(const struct pen *pen);

extern const struct colour pen_ink;
extern const struct colour pen_rule;
extern const struct colour pen_white;

struct text_look pen_look(const struct pen *pen, enum pen_style style);

struct pen_size {
    double width_mm;
    double height_mm;
};

/** @param wrap_mm 0: only at line breaks */
struct pen_size pen_measure(const struct pen *pen, enum pen_style style, const char *text, double wrap_mm);

/** The north-west corner of a box in px: what page_canvas() asks for when coordinates are those of the page.
 */
struct point pen_corner(struct bbox box_mm);

/** Height of one line, mm. */
double pen_line_height(const struct pen *pen, enum pen_style style);

/** Text in a box, from its top, wrapped to its width. */
void pen_text(const struct pen *pen, enum pen_style style, enum text_align align, const char *text,
              struct bbox box_mm);

/** Text on one line, in the middle of the box's height. */
void pen_line_of_text(const struct pen *pen, enum pen_style style, enum text_align align, const char *text,
                      struct bbox box_mm);

/** The same with a look of one's own. */
void pen_look_line(const struct pen *pen, const struct text_look *look, enum text_align align,
                   const char *text, struct bbox box_mm);

/** The same wrapped to the width of the box. */
void pen_look_lines(const struct pen *pen, const struct text_look *look, enum text_align align,
                    const char *text, struct bbox box_mm);

/**
 * The look of a style in which a text fits into a box: on one line, on as many as there is room for, or
 * smaller, down to 0.72 of its size. False: it is too long even so, and the look is the smallest.
 */
bool pen_find_look(const struct pen *pen, enum pen_style style, const char *text, struct bbox box_mm,
                   struct text_look *look);

/**
 * The longest beginning of a text that takes at most a height when it is wrapped, cut between words, with
 * an ellipsis when it is not whole.
 * @param used_bytes out: how much of text that is; may be NULL
 * @return owned by the caller
 */
char *pen_fit(const struct pen *pen, enum pen_style style, const char *text, double wrap_mm, double height_mm,
              size_t *used_bytes);

/** The beginning of a text that fits on one line, however high its letters are; owned by the caller. */
char *pen_fit_line(const struct pen *pen, enum pen_style style, const char *text, double width_mm);

/**
 * Says what is painted between these two is, for those who listen (page.h). Text that is painted outside of
 * them gets a tag by its style; fills and strokes are decoration.
 */
void pen_tag_begin(const struct pen *pen, enum page_tag tag, const char *alternative);
void pen_tag_end(const struct pen *pen);

/** The tag of a style. */
enum page_tag pen_tag(enum pen_style style);

void pen_fill(const struct pen *pen, struct bbox box_mm, struct colour colour);
void pen_frame(const struct pen *pen, struct bbox box_mm, double width_mm, struct colour colour);
void pen_stroke(const struct pen *pen, struct point from_mm, struct point to_mm, double width_mm,
                struct colour colour);

/** A filled polygon; the first point is not repeated. */
void pen_polygon(const struct pen *pen, const struct point *points_mm, size_t count, struct colour colour);

#endif
