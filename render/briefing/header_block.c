#include "render/briefing/header_block.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "geo/scale.h"
#include "render/briefing/content.h"
#include "render/briefing/logo.h"
#include "render/canvas/canvas.h"
#include "render/canvas/image.h"
#include "render/print/pen.h"
#include "render/print/text_join.h"

#define SLIM_MM 8.2 /* a box that is less high has room for one line */
#define LOGO_DPI 300.0

static bool is_slim(const struct pen *pen, struct bbox box_mm)
{
    return bbox_height(box_mm) < SLIM_MM * pen->unit;
}

/** Large when it fits on one line, else smaller on several. */
static enum pen_style title_style(const struct pen *pen, const char *title, double width_mm)
{
    return pen_measure(pen, PEN_TITLE, title, 0).width_mm <= width_mm ? PEN_TITLE : PEN_TITLE_SMALL;
}

static double subtitle_height_mm(const struct pen *pen, const struct content *content, double width_mm)
{
    const char *text = content->subtitle;
    return text[0] ? pen_measure(pen, PEN_SUBTITLE, text, width_mm).height_mm : 0;
}

double title_block_height_mm(const struct pen *pen, const struct content *content, double width_mm)
{
    enum pen_style style = title_style(pen, content->title, width_mm);
    return pen_measure(pen, style, content->title, width_mm).height_mm +
           subtitle_height_mm(pen, content, width_mm);
}

/** What the title leaves of the line. */
static struct bbox slim_subtitle_box(const struct pen *pen, const struct content *content, struct bbox box_mm)
{
    box_mm.min_x += pen_measure(pen, PEN_TITLE_SMALL, content->title, 0).width_mm + 3 * pen->unit;
    return box_mm;
}

bool title_block_fits(const struct pen *pen, const struct content *content, struct bbox box_mm)
{
    if (is_slim(pen, box_mm)) {
        struct text_look look;
        return pen_find_look(pen, PEN_BODY, content->subtitle, slim_subtitle_box(pen, content, box_mm),
                             &look);
    }
    return title_block_height_mm(pen, content, bbox_width(box_mm)) <= bbox_height(box_mm) + 1e-6;
}

/** One line, cut where it is too long. */
static void paint_line_cut(const struct pen *pen, enum pen_style style, enum text_align align,
                           const char *text, struct bbox box_mm)
{
    char *line = pen_fit_line(pen, style, text, bbox_width(box_mm));
    pen_line_of_text(pen, style, align, line, box_mm);
    free(line);
}

/** Where the subtitle is long it has two lines of smaller letters beside the title. */
static void paint_slim_title(const struct pen *pen, const struct content *content, struct bbox box_mm)
{
    struct text_look look;
    struct bbox rest = slim_subtitle_box(pen, content, box_mm);
    paint_line_cut(pen, PEN_TITLE_SMALL, TEXT_LEFT, content->title, box_mm);
    if (pen_find_look(pen, PEN_BODY, content->subtitle, rest, &look)) {
        pen_look_lines(pen, &look, TEXT_LEFT, content->subtitle, rest);
    } else if (bbox_width(rest) > 12 * pen->unit) {
        paint_line_cut(pen, PEN_BODY, TEXT_LEFT, content->subtitle, rest);
    }
}

void title_block_paint(const struct pen *pen, const struct content *content, struct bbox box_mm)
{
    if (is_slim(pen, box_mm)) {
        paint_slim_title(pen, content, box_mm);
        return;
    }
    double width = bbox_width(box_mm);
    enum pen_style style = title_style(pen, content->title, width);
    double subtitle = fmin(subtitle_height_mm(pen, content, width), pen_line_height(pen, PEN_SUBTITLE));
    double room = bbox_height(box_mm) - subtitle + 1e-6;
    style = pen_measure(pen, style, content->title, 0).height_mm > room ? PEN_TITLE_SMALL : style;
    double line = pen_measure(pen, style, content->title, 0).height_mm; /* of letters of other scripts too */
    char *title = pen_fit(pen, style, content->title, width, fmax(room, line), NULL);
    pen_text(pen, style, TEXT_LEFT, title, box_mm);
    box_mm.min_y += pen_measure(pen, style, title, width).height_mm;
    char *below = pen_fit(pen, PEN_SUBTITLE, content->subtitle, width, bbox_height(box_mm) + 1e-6, NULL);
    pen_text(pen, PEN_SUBTITLE, TEXT_LEFT, below, box_mm);
    free(title);
    free(below);
}

/** Label and moment, then what stands below them. */
static double times_head_mm(const struct pen *pen)
{
    return pen_line_height(pen, PEN_LABEL) + pen_line_height(pen, PEN_MOMENT);
}

static double expiry_height_mm(const struct pen *pen, const struct content *content, double width_mm)
{
    return content->expiry[0] ? pen_measure(pen, PEN_WARNING, content->expiry, width_mm).height_mm : 0;
}

/** "Plot hollands-diep, revisie 47 · Gemaakt op …", owned. */
static char *times_tail(const struct content *content)
{
    return text_joined("\n", content->revision, content->made);
}

double times_block_height_mm(const struct pen *pen, const struct content *content, double width_mm)
{
    char *tail = times_tail(content);
    double height = times_head_mm(pen) + expiry_height_mm(pen, content, width_mm) +
                    pen_measure(pen, PEN_LABEL, tail, width_mm).height_mm;
    free(tail);
    return height;
}

static char *slim_times(const struct content *content, const char *behind)
{
    char *moment = text_joined(" ", content->moment_label, content->moment);
    char *line = text_joined(" · ", moment, behind);
    free(moment);
    return line;
}

bool times_block_fits(const struct pen *pen, const struct content *content, struct bbox box_mm)
{
    return !is_slim(pen, box_mm) &&
           times_block_height_mm(pen, content, bbox_width(box_mm)) <= bbox_height(box_mm) + 1e-6;
}

/** Smaller where its zone would be cut. */
static enum pen_style moment_style(const struct pen *pen, const char *moment, double width_mm)
{
    return pen_measure(pen, PEN_MOMENT, moment, 0).width_mm <= width_mm ? PEN_MOMENT : PEN_HEADING;
}

/**
 * That its time is over is never cut: it stands in red at the end of the line. Of the rest what the moment is
 * called is left out before the scale is.
 */
static void paint_slim_times(const struct pen *pen, const struct content *content, struct times_look look,
                             struct bbox box_mm)
{
    enum text_align align = look.is_right ? TEXT_RIGHT : TEXT_LEFT;
    if (content->expiry[0]) {
        double width = pen_measure(pen, PEN_WARNING, content->expiry, 0).width_mm;
        paint_line_cut(pen, PEN_WARNING, TEXT_RIGHT, content->expiry, box_mm);
        box_mm.max_x -= width + 2 * pen->unit;
    }
    char *line = slim_times(content, look.behind);
    char *bare = text_joined(" · ", content->moment, look.behind);
    bool fits = pen_measure(pen, PEN_HEADING, line, 0).width_mm <= bbox_width(box_mm);
    bool is_bare = pen_measure(pen, PEN_BODY, line, 0).width_mm > bbox_width(box_mm);
    paint_line_cut(pen, fits ? PEN_HEADING : PEN_BODY, align, is_bare ? bare : line, box_mm);
    free(line);
    free(bare);
}

void times_block_paint(const struct pen *pen, const struct content *content, struct times_look look,
                       struct bbox box_mm)
{
    enum text_align align = look.is_right ? TEXT_RIGHT : TEXT_LEFT;
    if (is_slim(pen, box_mm)) {
        paint_slim_times(pen, content, look, box_mm);
        return;
    }
    struct bbox line = box_mm;
    line.max_y = line.min_y + pen_line_height(pen, PEN_LABEL);
    paint_line_cut(pen, PEN_LABEL, align, content->moment_label, line);
    line.min_y = line.max_y;
    line.max_y += pen_line_height(pen, PEN_MOMENT);
    paint_line_cut(pen, moment_style(pen, content->moment, bbox_width(line)), align, content->moment, line);
    line.min_y = line.max_y;
    line.max_y = box_mm.max_y;
    pen_text(pen, PEN_WARNING, align, content->expiry, line);
    line.min_y += expiry_height_mm(pen, content, bbox_width(line));
    char *tail = times_tail(content);
    char *fitting = pen_fit(pen, PEN_LABEL, tail, bbox_width(line), bbox_height(line) + 1e-6, NULL);
    pen_text(pen, PEN_LABEL, align, fitting, line);
    free(tail);
    free(fitting);
}

bool logo_block_paint(const struct pen *pen, const struct logo *logo, struct bbox box_mm, struct fault *fault)
{
    double width = fmin(bbox_width(box_mm), bbox_height(box_mm) * logo->shape);
    struct image *image = logo_draw(logo, (int)ceil(width / 25.4 * LOGO_DPI), fault);
    if (!image) {
        return false;
    }
    double height = width / logo->shape;
    double top = (box_mm.min_y + box_mm.max_y - height) / 2;
    double left = box_mm.min_x;
    struct bbox px = {left / SCALE_PIXEL_MM, top / SCALE_PIXEL_MM, (left + width) / SCALE_PIXEL_MM,
                      (top + height) / SCALE_PIXEL_MM};
    canvas_image(pen->canvas, image, px, true);
    image_free(image);
    return true;
}
