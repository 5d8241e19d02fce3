#include "render/briefing/marginalia.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/scale.h"
#include "render/briefing/content.h"
#include "render/print/words.h"
#include "render/text/text.h"

#define TITLE_PART 0.64 /* of the width of a following page's header */

static const struct colour black = {0, 0, 0, 255};
static const struct colour banner_ground = {250, 226, 240, 255};

/** The word as often as it has room without running into itself; smaller where it has none. */
static void paint_banner(const struct pen *pen, struct bbox box_mm)
{
    const char *word = words_text(WORD_EXERCISE, pen->language);
    double word_mm = pen_measure(pen, PEN_BANNER, word, 0).width_mm;
    struct bbox inside = {box_mm.min_x + 2 * pen->unit, box_mm.min_y, box_mm.max_x - 2 * pen->unit,
                          box_mm.max_y};
    struct text_look look = pen_look(pen, PEN_BANNER);
    look.size_px *= fmin(1, bbox_width(inside) / word_mm);
    pen_fill(pen, box_mm, banner_ground);
    pen_look_line(pen, &look, TEXT_LEFT, word, inside);
    pen_tag_begin(pen, PAGE_TAG_DECORATION, NULL);
    if (bbox_width(inside) > 4 * word_mm) {
        pen_line_of_text(pen, PEN_BANNER, TEXT_CENTRE, word, inside);
    }
    if (bbox_width(inside) > 3 * word_mm) {
        pen_line_of_text(pen, PEN_BANNER, TEXT_RIGHT, word, inside);
    }
    pen_tag_end(pen);
}

static void paint_rest_of_band(const struct pen *pen, struct bbox box_mm, bool is_exercise)
{
    if (!(bbox_width(box_mm) > 8 * pen->unit)) {
        return;
    }
    if (is_exercise) {
        paint_banner(pen, box_mm);
        return;
    }
    double middle = (box_mm.min_y + box_mm.max_y) / 2;
    pen_stroke(pen, (struct point){box_mm.min_x, middle}, (struct point){box_mm.max_x, middle},
               0.2 * pen->unit, pen_rule);
}

/** Beside a label in the middle of a short band the word for an exercise has no room: then it goes right. */
static double label_left(const struct pen *pen, struct bbox band, const struct marginalia *marginalia,
                         double width)
{
    const char *word = words_text(WORD_EXERCISE, pen->language);
    double word_mm = pen_measure(pen, PEN_BANNER, word, 0).width_mm + 4 * pen->unit;
    double half = (bbox_width(band) - width) / 2;
    bool is_short = marginalia->is_exercise && half < word_mm;
    if (marginalia->marking_place == PLACE_TOP_LEFT) {
        return band.min_x;
    }
    return marginalia->marking_place == PLACE_TOP_CENTER && !is_short ? band.min_x + half
                                                                      : band.max_x - width;
}

struct marginalia_band marginalia_band(const struct pen *pen, struct bbox band,
                                       const struct marginalia *marginalia)
{
    if (!marginalia->is_marked) {
        return (struct marginalia_band){bbox_empty(), band, bbox_empty()};
    }
    const char *text = marking_text(marginalia->marking);
    double width = pen_measure(pen, PEN_MARKING, text, 0).width_mm + 5 * pen->unit;
    double left = label_left(pen, band, marginalia, width);
    double gap = marginalia->is_exercise ? 0 : 2 * pen->unit;
    return (struct marginalia_band){{left, band.min_y, left + width, band.max_y},
                                    {band.min_x, band.min_y, left - gap, band.max_y},
                                    {left + width + gap, band.min_y, band.max_x, band.max_y}};
}

static void paint_band(const struct pen *pen, struct bbox box, const struct marginalia *marginalia)
{
    struct marginalia_band band = marginalia_band(pen, box, marginalia);
    if (marginalia->is_marked) {
        struct text_look look = pen_look(pen, PEN_MARKING);
        look.colour = marking_colour(marginalia->marking);
        pen_fill(pen, band.label, black);
        pen_look_line(pen, &look, TEXT_CENTRE, marking_text(marginalia->marking), band.label);
    }
    paint_rest_of_band(pen, band.left, marginalia->is_exercise);
    paint_rest_of_band(pen, band.right, marginalia->is_exercise);
}

static void write_page(const struct pen *pen, const struct marginalia *marginalia, char text[static 64])
{
    if (marginalia->page == 0) {
        text[0] = '\0';
    } else if (marginalia->page_count > 0) {
        words_format(text, 64, WORD_PAGE_OF, pen->language, marginalia->page, marginalia->page_count);
    } else {
        words_format(text, 64, WORD_PAGE, pen->language, marginalia->page);
    }
}

/** What the page number leaves of the footer to the identity. */
static double identity_width_mm(const struct pen *pen, struct bbox footer,
                                const struct marginalia *marginalia)
{
    char number[64];
    write_page(pen, marginalia, number);
    return bbox_width(footer) - pen_measure(pen, PEN_SMALL, number, 0).width_mm - 3 * pen->unit;
}

/** False: it must be cut. */
static bool find_identity_look(const struct pen *pen, struct bbox footer, const struct marginalia *marginalia,
                               struct text_look *look)
{
    footer.max_x = footer.min_x + identity_width_mm(pen, footer, marginalia);
    return pen_find_look(pen, PEN_SMALL, marginalia->identity, footer, look);
}

bool marginalia_identity_fits(const struct pen *pen, const struct layout_furniture *furniture,
                              const struct marginalia *marginalia)
{
    struct text_look look;
    return find_identity_look(pen, furniture->footer, marginalia, &look);
}

/** The page number stands at the other side than the identity. */
static void paint_footer(const struct pen *pen, struct bbox footer, const struct marginalia *marginalia)
{
    char number[64];
    bool is_left = marginalia->identity_place != PLACE_BOTTOM_RIGHT;
    enum text_align align = marginalia->identity_place == PLACE_BOTTOM_CENTER ? TEXT_CENTRE
                            : is_left                                         ? TEXT_LEFT
                                                                              : TEXT_RIGHT;
    double width = identity_width_mm(pen, footer, marginalia);
    struct text_look look;
    bool is_whole = find_identity_look(pen, footer, marginalia, &look);
    write_page(pen, marginalia, number);
    pen_line_of_text(pen, PEN_SMALL, is_left ? TEXT_RIGHT : TEXT_LEFT, number, footer);
    footer.min_x = is_left ? footer.min_x : footer.max_x - width;
    footer.max_x = footer.min_x + width;
    if (is_whole) {
        pen_look_lines(pen, &look, align, marginalia->identity, footer);
        return;
    }
    char *fitting = pen_fit_line(pen, PEN_SMALL, marginalia->identity, width);
    pen_line_of_text(pen, PEN_SMALL, align, fitting, footer);
    free(fitting);
}

void marginalia_paint_footer(const struct pen *pen, struct bbox box_mm, const char *identity, size_t page,
                             size_t page_count)
{
    struct marginalia marginalia = {
        .identity_place = PLACE_BOTTOM_LEFT, .identity = identity, .page = page, .page_count = page_count};
    paint_footer(pen, box_mm, &marginalia);
}

void marginalia_paint_top(const struct pen *pen, const struct layout_furniture *furniture,
                          const struct marginalia *marginalia)
{
    paint_band(pen, furniture->marking_top, marginalia);
}

void marginalia_paint_bottom(const struct pen *pen, const struct layout_furniture *furniture,
                             const struct marginalia *marginalia)
{
    pen_tag_begin(pen, PAGE_TAG_DECORATION, NULL);
    paint_band(pen, furniture->marking_bottom, marginalia);
    pen_tag_end(pen);
    paint_footer(pen, furniture->footer, marginalia);
}

static void paint_line_cut(const struct pen *pen, enum pen_style style, enum text_align align,
                           const char *text, struct bbox box_mm)
{
    char *line = pen_fit_line(pen, style, text, bbox_width(box_mm));
    pen_text(pen, style, align, line, box_mm);
    free(line);
}

void marginalia_paint_following_header(const struct pen *pen, struct bbox box_mm,
                                       const struct content *content)
{
    double width = TITLE_PART * bbox_width(box_mm);
    char continued[160];
    struct bbox left = {box_mm.min_x, box_mm.min_y, box_mm.min_x + width, box_mm.max_y};
    paint_line_cut(pen, PEN_TITLE_SMALL, TEXT_LEFT, content->title, left);
    left.min_y += pen_line_height(pen, PEN_TITLE_SMALL);
    words_pair(WORD_CONTINUED, pen_languages(pen), continued);
    paint_line_cut(pen, PEN_SUBTITLE, TEXT_LEFT, continued, left);
    struct bbox right = {box_mm.min_x + width + 2 * pen->unit, box_mm.min_y, box_mm.max_x, box_mm.max_y};
    paint_line_cut(pen, PEN_LABEL, TEXT_RIGHT, content->moment_label, right);
    right.min_y += pen_line_height(pen, PEN_LABEL);
    paint_line_cut(pen, PEN_MOMENT, TEXT_RIGHT, content->moment, right);
    right.min_y += pen_line_height(pen, PEN_MOMENT);
    paint_line_cut(pen, PEN_LABEL, TEXT_RIGHT, content->revision, right);
    pen_stroke(pen, (struct point){box_mm.min_x, box_mm.max_y}, (struct point){box_mm.max_x, box_mm.max_y},
               0.35 * pen->unit, pen_ink);
}
