/*
 * passage.c - labels stand in a column of their own, so that values line up.
 */
#include "render/print/passage.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

#define LABEL_PART 0.6     /* of the width, at most: more than any word of ours needs */
#define LABEL_SLACK_MM 0.1 /* a label as wide as its column would be broken by a rounding */
#define LABEL_GAP_MM 2.2
#define ROW_SPACE_MM 0.35
#define TEXT_MAX_BYTES 4096
#define TOLERANCE_MM 1e-6

static void drop_rows(struct passage *passage, size_t first)
{
    for (size_t i = first; i < passage->count; i++) {
        free(passage->rows[i].label);
        free(passage->rows[i].text);
    }
    passage->count = first;
}

void passage_finish(struct passage *passage)
{
    drop_rows(passage, 0);
    free(passage->rows);
    *passage = (struct passage){0};
}

static void insert_row(struct passage *passage, size_t at, enum pen_style style, const char *label,
                       const char *text)
{
    assert(at <= passage->count);
    passage->rows = memory_resize(passage->rows, passage->count + 1, sizeof *passage->rows);
    memmove(&passage->rows[at + 1], &passage->rows[at], (passage->count - at) * sizeof *passage->rows);
    passage->rows[at] = (struct passage_row){style, memory_copy_text(label), memory_copy_text(text)};
    passage->count++;
}

void passage_add(struct passage *passage, enum pen_style style, const char *label, const char *text)
{
    if (text && text[0]) {
        insert_row(passage, passage->count, style, label, text);
    }
}

void passage_addf(struct passage *passage, enum pen_style style, const char *label, const char *format, ...)
{
    char text[TEXT_MAX_BYTES];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(text, sizeof text, format, arguments);
    va_end(arguments);
    passage_add(passage, style, label, text);
}

void passage_append(struct passage *passage, const struct passage *other, size_t first)
{
    for (size_t i = first; i < other->count; i++) {
        const struct passage_row *row = &other->rows[i];
        passage_add(passage, row->style, row->label, row->text);
    }
}

/** White above a row that is not the first. */
static double space_above_mm(const struct passage_row *row, const struct pen *pen)
{
    return (row->style == PEN_HEADING ? 3.0 : row->style == PEN_GROUP ? 1.2 : ROW_SPACE_MM) * pen->unit;
}

static double space_below_mm(const struct passage_row *row, const struct pen *pen)
{
    return (row->style == PEN_HEADING ? 0.6 : 0) * pen->unit;
}

/** The labels' column is as wide as the widest of them, but not wider than a part of it all. */
static double label_column_mm(const struct passage *passage, const struct pen *pen, double width_mm)
{
    double widest = 0;
    for (size_t i = 0; i < passage->count; i++) {
        const char *label = passage->rows[i].label;
        if (label) {
            widest = fmax(widest, pen_measure(pen, PEN_LABEL, label, 0).width_mm);
        }
    }
    return fmin(widest + LABEL_SLACK_MM + LABEL_GAP_MM * pen->unit, LABEL_PART * width_mm);
}

/** How a passage is set: the width of all, and of its labels. */
struct setting {
    const struct pen *pen;
    double width_mm;
    double label_mm;
};

static struct setting setting_of(const struct passage *passage, const struct pen *pen, double width_mm)
{
    return (struct setting){pen, width_mm, label_column_mm(passage, pen, width_mm)};
}

static double text_width_mm(const struct setting *setting, const struct passage_row *row)
{
    return setting->width_mm - (row->label ? setting->label_mm : 0);
}

static double label_width_mm(const struct setting *setting)
{
    return setting->label_mm - LABEL_GAP_MM * setting->pen->unit;
}

static double row_height_mm(const struct setting *setting, const struct passage_row *row)
{
    const struct pen *pen = setting->pen;
    double height = pen_measure(pen, row->style, row->text, text_width_mm(setting, row)).height_mm;
    if (row->label) {
        height = fmax(height, pen_measure(pen, PEN_LABEL, row->label, label_width_mm(setting)).height_mm);
    }
    return height + space_below_mm(row, pen);
}

double passage_height_mm(const struct passage *passage, const struct pen *pen, double width_mm)
{
    return passage_rows_height_mm(passage, pen, 0, passage->count, width_mm);
}

double passage_rows_height_mm(const struct passage *passage, const struct pen *pen, size_t first,
                              size_t count, double width_mm)
{
    assert(first + count <= passage->count);
    struct setting setting = setting_of(passage, pen, width_mm);
    double height = 0;
    for (size_t i = first; i < first + count; i++) {
        const struct passage_row *row = &passage->rows[i];
        height += (i > first ? space_above_mm(row, pen) : 0) + row_height_mm(&setting, row);
    }
    return height;
}

size_t passage_fit(const struct passage *passage, const struct pen *pen, size_t first, double width_mm,
                   double height_mm)
{
    struct setting setting = setting_of(passage, pen, width_mm);
    double used = 0;
    size_t row = first;
    for (; row < passage->count; row++) {
        double space = row > first ? space_above_mm(&passage->rows[row], pen) : 0;
        used += space + row_height_mm(&setting, &passage->rows[row]);
        if (used > height_mm + TOLERANCE_MM) {
            break;
        }
    }
    while (row < passage->count && row > first && passage->rows[row - 1].style == PEN_HEADING) {
        row--;
    }
    return row - first;
}

void passage_split(struct passage *passage, const struct pen *pen, size_t row, double width_mm,
                   double height_mm)
{
    assert(row < passage->count);
    struct passage_row *whole = &passage->rows[row];
    struct setting setting = setting_of(passage, pen, width_mm);
    double text_mm = text_width_mm(&setting, whole);
    size_t used;
    char *part = pen_fit(pen, whole->style, whole->text, text_mm, height_mm, &used);
    const char *rest = whole->text + used + strspn(whole->text + used, " \n");
    if (used > 0 && rest[0]) {
        enum pen_style style = whole->style;
        char *rest_copy = memory_copy_text(rest);
        char *label = memory_copy_text(whole->label ? "" : NULL);
        free(whole->text);
        whole->text = part;
        part = NULL;
        insert_row(passage, row + 1, style, label, rest_copy);
        free(label);
        free(rest_copy);
    }
    free(part);
}

/** Label and text are read aloud one after the other: in one paragraph they would be one word. */
static void paint_row(const struct setting *setting, const struct passage_row *row, struct bbox box_mm)
{
    if (row->label && row->label[0]) {
        struct bbox label_box = box_mm;
        label_box.max_x = box_mm.min_x + label_width_mm(setting);
        pen_text(setting->pen, PEN_LABEL, TEXT_LEFT, row->label, label_box);
    }
    box_mm.min_x = box_mm.max_x - text_width_mm(setting, row);
    pen_text(setting->pen, row->style, TEXT_LEFT, row->text, box_mm);
}

void passage_paint(const struct passage *passage, const struct pen *pen, size_t first, size_t count,
                   struct bbox box_mm)
{
    assert(first + count <= passage->count);
    struct setting setting = setting_of(passage, pen, bbox_width(box_mm));
    for (size_t i = first; i < first + count; i++) {
        const struct passage_row *row = &passage->rows[i];
        box_mm.min_y += i > first ? space_above_mm(row, pen) : 0;
        paint_row(&setting, row, box_mm);
        box_mm.min_y += row_height_mm(&setting, row);
    }
}

/** Breaks the first row that does not fit, so that its beginning stands behind the rows that do. */
static bool split_first_left(struct passage *passage, const struct pen *pen, size_t fitting, double width_mm,
                             double height_mm)
{
    struct passage head = {passage->rows, fitting};
    double space = fitting > 0 ? ROW_SPACE_MM * pen->unit : 0;
    double rest = height_mm - passage_height_mm(&head, pen, width_mm) - space;
    size_t count = passage->count;
    bool has_room = rest > pen_line_height(pen, PEN_BODY) * 1.05;
    if (has_room && fitting < count && passage->rows[fitting].style != PEN_HEADING) {
        passage_split(passage, pen, fitting, width_mm, rest);
    }
    return passage->count > count;
}

/** A heading stays where it is; below it warnings come before all else, as they must not be left out. */
static struct passage warnings_first(const struct passage *passage)
{
    struct passage result = {0};
    size_t heading = passage->count > 0 && passage->rows[0].style == PEN_HEADING ? 1 : 0;
    for (int is_other = 0; is_other <= 1; is_other++) {
        for (size_t i = is_other ? heading : 0; i < passage->count; i++) {
            const struct passage_row *row = &passage->rows[i];
            bool is_first = i < heading || row->style == PEN_WARNING;
            if (is_first != (bool)is_other) {
                passage_add(&result, row->style, row->label, row->text);
            }
        }
    }
    return result;
}

struct passage passage_shorten(const struct passage *passage, const struct pen *pen, double width_mm,
                               double height_mm, enum word more)
{
    struct passage result = {0};
    passage_append(&result, passage, 0);
    if (passage_fit(&result, pen, 0, width_mm, height_mm) == result.count) {
        return result;
    }
    passage_finish(&result);
    result = warnings_first(passage);
    double room = height_mm - pen_line_height(pen, PEN_LABEL) - ROW_SPACE_MM * pen->unit;
    size_t fitting = passage_fit(&result, pen, 0, width_mm, room);
    if (fitting == 0 && result.rows[0].style == PEN_HEADING) {
        fitting = 1;
    }
    size_t left_out = result.count - fitting;
    bool is_split = split_first_left(&result, pen, fitting, width_mm, room);
    drop_rows(&result, fitting + (is_split ? 1 : 0));
    char words[128];
    words_format(words, sizeof words, more, pen->language, left_out);
    passage_add(&result, PEN_LABEL, NULL, words);
    return result;
}
