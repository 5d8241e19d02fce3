#include "render/print/pen.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"
#include "geo/scale.h"
#include "geo/shape.h"
#include "render/canvas/canvas.h"

#define PX_PER_POINT (25.4 / 72.0 / SCALE_PIXEL_MM)
#define POLYGON_MAX 64

struct style_record {
    double size_pt; /* on A4 */
    struct colour colour;
    bool is_bold;
    bool is_italic;
    enum page_tag tag; /* of text that is in no other */
};

const struct colour pen_ink = {24, 34, 44, 255};
const struct colour pen_rule = {176, 187, 196, 255};
const struct colour pen_white = {255, 255, 255, 255};

static const struct style_record styles[PEN_STYLE_COUNT] = {
    [PEN_TITLE] = {15.5, {24, 34, 44, 255}, true, false, PAGE_TAG_TITLE},
    [PEN_TITLE_SMALL] = {10.5, {24, 34, 44, 255}, true, false, PAGE_TAG_TITLE},
    [PEN_SUBTITLE] = {8.2, {84, 97, 109, 255}, false, false, PAGE_TAG_PARAGRAPH},
    [PEN_MOMENT] = {11.5, {14, 62, 98, 255}, true, false, PAGE_TAG_PARAGRAPH},
    [PEN_HEADING] = {7.4, {14, 62, 98, 255}, true, false, PAGE_TAG_HEADING},
    [PEN_GROUP] = {6.6, {24, 34, 44, 255}, true, false, PAGE_TAG_SUBHEADING},
    [PEN_STRONG] = {6.6, {24, 34, 44, 255}, true, false, PAGE_TAG_PARAGRAPH},
    [PEN_BODY] = {6.3, {24, 34, 44, 255}, false, false, PAGE_TAG_PARAGRAPH},
    [PEN_LABEL] = {6.3, {84, 97, 109, 255}, false, false, PAGE_TAG_PARAGRAPH},
    [PEN_SMALL] = {5.8, {84, 97, 109, 255}, false, false, PAGE_TAG_PARAGRAPH},
    [PEN_SCALE] = {11.5, {24, 34, 44, 255}, true, false, PAGE_TAG_PARAGRAPH},
    [PEN_GRID] = {5.8, {84, 97, 109, 255}, false, false, PAGE_TAG_PARAGRAPH},
    [PEN_MARKING] = {12, {255, 255, 255, 255}, true, false, PAGE_TAG_PARAGRAPH},
    [PEN_BANNER] = {10.5, {140, 20, 90, 255}, true, false, PAGE_TAG_PARAGRAPH},
    [PEN_WARNING] = {6.3, {170, 20, 20, 255}, true, false, PAGE_TAG_PARAGRAPH},
};

static struct colour colour_of(const struct pen *pen, enum pen_style style)
{
    const struct pen_colours *colours = pen->colours;
    switch (colours ? style : PEN_BODY) {
    case PEN_TITLE:
    case PEN_TITLE_SMALL:
        return colours->title;
    case PEN_MOMENT:
        return colours->moment;
    case PEN_HEADING:
        return colours->heading;
    default:
        return styles[style].colour;
    }
}

struct language_pair pen_languages(const struct pen *pen)
{
    return (struct language_pair){pen->language, pen->has_second_language, pen->second_language};
}

struct text_look pen_look(const struct pen *pen, enum pen_style style)
{
    assert(style < PEN_STYLE_COUNT);
    const struct style_record *record = &styles[style];
    double unit = style == PEN_MARKING && pen->unit < 1 ? 1 : pen->unit;
    return (struct text_look){.size_px = record->size_pt * unit * PX_PER_POINT,
                              .colour = colour_of(pen, style),
                              .is_bold = record->is_bold,
                              .is_italic = record->is_italic};
}

struct pen_size pen_measure(const struct pen *pen, enum pen_style style, const char *text, double wrap_mm)
{
    struct text_look look = pen_look(pen, style);
    struct text_box box = {wrap_mm / SCALE_PIXEL_MM, TEXT_LEFT};
    struct text_size size = text_measure(pen->engine, text, &look, box);
    return (struct pen_size){size.width_px * SCALE_PIXEL_MM, size.height_px * SCALE_PIXEL_MM};
}

double pen_line_height(const struct pen *pen, enum pen_style style)
{
    return pen_measure(pen, style, "Hg", 0).height_mm;
}

static struct point to_px(struct point mm)
{
    return (struct point){mm.x / SCALE_PIXEL_MM, mm.y / SCALE_PIXEL_MM};
}

struct point pen_corner(struct bbox box_mm)
{
    return to_px((struct point){box_mm.min_x, box_mm.min_y});
}

static struct bbox box_to_px(struct bbox mm)
{
    return (struct bbox){mm.min_x / SCALE_PIXEL_MM, mm.min_y / SCALE_PIXEL_MM, mm.max_x / SCALE_PIXEL_MM,
                         mm.max_y / SCALE_PIXEL_MM};
}

/** How much of the room that a text leaves is left of it. */
static double align_part(enum text_align align)
{
    return align == TEXT_LEFT ? 0 : align == TEXT_CENTRE ? 0.5 : 1;
}

enum page_tag pen_tag(enum pen_style style)
{
    assert(style < PEN_STYLE_COUNT);
    return styles[style].tag;
}

void pen_tag_begin(const struct pen *pen, enum page_tag tag, const char *alternative)
{
    page_tag_begin(page_of_canvas(pen->canvas), tag, alternative);
}

void pen_tag_end(const struct pen *pen)
{
    page_tag_end(page_of_canvas(pen->canvas));
}

void pen_text(const struct pen *pen, enum pen_style style, enum text_align align, const char *text,
              struct bbox box_mm)
{
    struct text_look look = pen_look(pen, style);
    struct text_box box = {bbox_width(box_mm) / SCALE_PIXEL_MM, align};
    double spare = bbox_width(box_mm) - text_measure(pen->engine, text, &look, box).width_px * SCALE_PIXEL_MM;
    double left = box_mm.min_x + align_part(align) * spare;
    pen_tag_begin(pen, styles[style].tag, NULL);
    canvas_text(pen->canvas, text, &look, box, to_px((struct point){left, box_mm.min_y}));
    pen_tag_end(pen);
}

/** In the middle of the height of a box. */
static void paint_middle(const struct pen *pen, const struct text_look *look, struct text_box box,
                         enum page_tag tag, const char *text, struct bbox box_mm)
{
    struct text_size size = text_measure(pen->engine, text, look, box);
    double spare = bbox_width(box_mm) - size.width_px * SCALE_PIXEL_MM;
    struct point place = {box_mm.min_x + align_part(box.align) * spare,
                          (box_mm.min_y + box_mm.max_y - size.height_px * SCALE_PIXEL_MM) / 2};
    pen_tag_begin(pen, tag, NULL);
    canvas_text(pen->canvas, text, look, box, to_px(place));
    pen_tag_end(pen);
}

void pen_look_line(const struct pen *pen, const struct text_look *look, enum text_align align,
                   const char *text, struct bbox box_mm)
{
    paint_middle(pen, look, (struct text_box){0, align}, PAGE_TAG_PARAGRAPH, text, box_mm);
}

void pen_look_lines(const struct pen *pen, const struct text_look *look, enum text_align align,
                    const char *text, struct bbox box_mm)
{
    struct text_box box = {bbox_width(box_mm) / SCALE_PIXEL_MM, align};
    paint_middle(pen, look, box, PAGE_TAG_PARAGRAPH, text, box_mm);
}

void pen_line_of_text(const struct pen *pen, enum pen_style style, enum text_align align, const char *text,
                      struct bbox box_mm)
{
    struct text_look look = pen_look(pen, style);
    paint_middle(pen, &look, (struct text_box){0, align}, styles[style].tag, text, box_mm);
}

bool pen_find_look(const struct pen *pen, enum pen_style style, const char *text, struct bbox box_mm,
                   struct text_look *look)
{
    static const double parts[] = {1, 0.92, 0.85, 0.78, 0.72};
    struct text_box box = {fmax(bbox_width(box_mm), SCALE_PIXEL_MM) / SCALE_PIXEL_MM, TEXT_LEFT};
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        *look = pen_look(pen, style);
        look->size_px *= parts[i];
        struct text_size size = text_measure(pen->engine, text, look, box);
        if (size.width_px <= box.wrap_px && size.height_px * SCALE_PIXEL_MM <= bbox_height(box_mm)) {
            return true;
        }
    }
    return false;
}

/** The end of the last whole word at or before a byte; at least one character where a word is very long. */
static size_t cut_before(const char *text, size_t byte)
{
    size_t end = byte;
    while (end > 0 && text[end] != ' ' && text[end] != '\n' && text[end] != '\0') {
        end--;
    }
    if (end == 0) {
        end = byte;
        while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80) {
            end--;
        }
    }
    return end;
}

static char *with_ellipsis(const char *text, size_t length)
{
    char *copy = memory_new(length + 8, 1);
    memcpy(copy, text, length);
    snprintf(copy + length, 8, " …");
    return copy;
}

char *pen_fit(const struct pen *pen, enum pen_style style, const char *text, double wrap_mm, double height_mm,
              size_t *used_bytes)
{
    size_t length = strlen(text);
    size_t most = length;
    size_t least = 0;
    if (pen_measure(pen, style, text, wrap_mm).height_mm <= height_mm) {
        least = length;
    }
    while (least + 1 < most) {
        size_t middle = least + (most - least) / 2;
        char *candidate = with_ellipsis(text, cut_before(text, middle));
        bool fits = pen_measure(pen, style, candidate, wrap_mm).height_mm <= height_mm;
        free(candidate);
        if (fits) {
            least = middle;
        } else {
            most = middle;
        }
    }
    size_t used = least == length ? length : cut_before(text, least);
    if (used_bytes) {
        *used_bytes = used;
    }
    return used == length ? memory_copy_text(text) : with_ellipsis(text, used);
}

char *pen_fit_line(const struct pen *pen, enum pen_style style, const char *text, double width_mm)
{
    double high = fmax(pen_line_height(pen, style), pen_measure(pen, style, text, 0).height_mm);
    return pen_fit(pen, style, text, width_mm, high * 1.05, NULL);
}

void pen_fill(const struct pen *pen, struct bbox box_mm, struct colour colour)
{
    canvas_fill_box(pen->canvas, box_to_px(box_mm), colour);
}

void pen_frame(const struct pen *pen, struct bbox box_mm, double width_mm, struct colour colour)
{
    struct stroke stroke = {
        .width_px = width_mm / SCALE_PIXEL_MM, .colour = colour, .join = STROKE_JOIN_MITER};
    canvas_stroke_box(pen->canvas, box_to_px(box_mm), &stroke);
}

void pen_stroke(const struct pen *pen, struct point from_mm, struct point to_mm, double width_mm,
                struct colour colour)
{
    struct stroke stroke = {.width_px = width_mm / SCALE_PIXEL_MM, .colour = colour};
    struct point points[2] = {to_px(from_mm), to_px(to_mm)};
    canvas_stroke(pen->canvas, points, 2, false, 0, &stroke);
}

void pen_polygon(const struct pen *pen, const struct point *points_mm, size_t count, struct colour colour)
{
    assert(count >= 3 && count < POLYGON_MAX);
    struct point points[POLYGON_MAX];
    for (size_t i = 0; i < count; i++) {
        points[i] = to_px(points_mm[i]);
    }
    points[count] = points[0];
    struct shape *shape = shape_new(SHAPE_POLYGON);
    shape_add_part(shape, points, count + 1, false);
    struct fill fill = {.kind = FILL_FLAT, .colour = colour};
    canvas_fill(pen->canvas, shape, &fill);
    shape_free(shape);
}
