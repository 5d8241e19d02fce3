#include "render/briefing/marginalia.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "render/briefing/content.h"
#include "render/print/words.h"

#define TITLE_PART 0.64 /* of the width of the header */

static const struct colour black = {0, 0, 0, 255};
static const struct colour banner_ground = {250, 226, 240, 255};

static void paint_banner(const struct pen *pen, struct bbox box_mm)
{
    pen_fill(pen, box_mm, banner_ground);
    const char *word = words_text(WORD_EXERCISE, pen->language);
    struct bbox inside = {box_mm.min_x + 2 * pen->unit, box_mm.min_y, box_mm.max_x - 2 * pen->unit,
                          box_mm.max_y};
    pen_line_of_text(pen, PEN_BANNER, TEXT_LEFT, word, inside);
    pen_tag_begin(pen, PAGE_TAG_DECORATION, NULL);
    double word_mm = pen_measure(pen, PEN_BANNER, word, 0).width_mm;
    if (bbox_width(inside) > 3 * word_mm) {
        pen_line_of_text(pen, PEN_BANNER, TEXT_CENTRE, word, inside);
        pen_line_of_text(pen, PEN_BANNER, TEXT_RIGHT, word, inside);
    }
    pen_tag_end(pen);
}

void marginalia_paint_band(const struct pen *pen, struct bbox box_mm, enum marking marking, bool is_exercise)
{
    const char *text = marking_text(marking);
    struct text_look look = pen_look(pen, PEN_MARKING);
    double width = pen_measure(pen, PEN_MARKING, text, 0).width_mm + 5 * pen->unit;
    struct bbox label = {box_mm.max_x - width, box_mm.min_y, box_mm.max_x, box_mm.max_y};
    pen_fill(pen, label, black);
    look.colour = marking_colour(marking);
    pen_look_line(pen, &look, TEXT_CENTRE, text, label);
    struct bbox rest = {box_mm.min_x, box_mm.min_y, label.min_x, box_mm.max_y};
    if (is_exercise) {
        paint_banner(pen, rest);
        return;
    }
    double middle = (box_mm.min_y + box_mm.max_y) / 2;
    pen_stroke(pen, (struct point){rest.min_x, middle}, (struct point){rest.max_x - 2 * pen->unit, middle},
               0.2 * pen->unit, pen_rule);
}

/** Large when it fits on one line, else smaller on two. */
static enum pen_style title_style(const struct pen *pen, const char *title, double width_mm)
{
    return pen_measure(pen, PEN_TITLE, title, 0).width_mm <= width_mm ? PEN_TITLE : PEN_TITLE_SMALL;
}

/** The title as it is printed, owned. Room is left below it for the line with the place. */
static char *fitting_title(const struct pen *pen, struct bbox box_mm, const char *title, size_t *used_bytes)
{
    double width = TITLE_PART * bbox_width(box_mm);
    double height = bbox_height(box_mm) - pen_line_height(pen, PEN_SUBTITLE);
    return pen_fit(pen, title_style(pen, title, width), title, width, height, used_bytes);
}

bool marginalia_title_fits(const struct pen *pen, struct bbox box_mm, const struct content *content)
{
    size_t used;
    free(fitting_title(pen, box_mm, content->title, &used));
    return content->title[used] == '\0';
}

static void paint_line_cut(const struct pen *pen, enum pen_style style, enum text_align align,
                           const char *text, struct bbox box_mm)
{
    char *line = pen_fit(pen, style, text, bbox_width(box_mm), pen_line_height(pen, style) * 1.05, NULL);
    pen_text(pen, style, align, line, box_mm);
    free(line);
}

static void paint_moment(const struct pen *pen, struct bbox box_mm, const struct content *content)
{
    struct bbox line = box_mm;
    paint_line_cut(pen, PEN_LABEL, TEXT_RIGHT, words_text(WORD_SITUATION_AS_OF, pen->language), line);
    line.min_y += pen_line_height(pen, PEN_LABEL);
    paint_line_cut(pen, PEN_MOMENT, TEXT_RIGHT, content->moment, line);
    line.min_y += pen_line_height(pen, PEN_MOMENT);
    paint_line_cut(pen, PEN_LABEL, TEXT_RIGHT, content->revision, line);
}

bool marginalia_paint_header(const struct pen *pen, struct bbox box_mm, const struct content *content)
{
    size_t used;
    char *title = fitting_title(pen, box_mm, content->title, &used);
    double width = TITLE_PART * bbox_width(box_mm);
    enum pen_style style = title_style(pen, content->title, width);
    struct bbox left = {box_mm.min_x, box_mm.min_y, box_mm.min_x + width, box_mm.max_y};
    pen_text(pen, style, TEXT_LEFT, title, left);
    left.min_y += pen_measure(pen, style, title, width).height_mm;
    paint_line_cut(pen, PEN_SUBTITLE, TEXT_LEFT, content->subtitle, left);
    struct bbox right = {box_mm.min_x + width + 2 * pen->unit, box_mm.min_y + 0.6 * pen->unit, box_mm.max_x,
                         box_mm.max_y};
    paint_moment(pen, right, content);
    free(title);
    return content->title[used] == '\0';
}

void marginalia_paint_small_header(const struct pen *pen, struct bbox box_mm, const struct content *content)
{
    double width = TITLE_PART * bbox_width(box_mm);
    struct bbox left = {box_mm.min_x, box_mm.min_y, box_mm.min_x + width, box_mm.max_y};
    paint_line_cut(pen, PEN_TITLE_SMALL, TEXT_LEFT, content->title, left);
    left.min_y += pen_line_height(pen, PEN_TITLE_SMALL);
    paint_line_cut(pen, PEN_SUBTITLE, TEXT_LEFT, words_text(WORD_CONTINUED, pen->language), left);
    struct bbox right = {box_mm.min_x + width + 2 * pen->unit, box_mm.min_y, box_mm.max_x, box_mm.max_y};
    paint_moment(pen, right, content);
    double y = box_mm.max_y;
    pen_stroke(pen, (struct point){box_mm.min_x, y}, (struct point){box_mm.max_x, y}, 0.35 * pen->unit,
               pen_ink);
}

void marginalia_paint_footer(const struct pen *pen, struct bbox box_mm, const char *identity, size_t page,
                             size_t page_count)
{
    char number[64];
    words_format(number, sizeof number, WORD_PAGE_OF, pen->language, page, page_count);
    pen_line_of_text(pen, PEN_SMALL, TEXT_RIGHT, number, box_mm);
    box_mm.max_x -= pen_measure(pen, PEN_SMALL, number, 0).width_mm + 3 * pen->unit;
    double line = pen_line_height(pen, PEN_SMALL) * 1.05;
    char *fitting = pen_fit(pen, PEN_SMALL, identity, bbox_width(box_mm), line, NULL);
    pen_line_of_text(pen, PEN_SMALL, TEXT_LEFT, fitting, box_mm);
    free(fitting);
}
