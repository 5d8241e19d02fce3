/*
 * passage.c - labels stand in a column of their own, a third of the width, so that values line up.
 */
#include "render/briefing/passage.h"

#include <assert.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/memory.h"

#define LABEL_PART 0.29
#define TEXT_MAX_BYTES 4096
#define TOLERANCE_MM 1e-6

void passage_finish(struct passage *passage)
{
    for (size_t i = 0; i < passage->count; i++) {
        free(passage->rows[i].label);
        free(passage->rows[i].text);
    }
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
    return (row->style == PEN_HEADING ? 3.0 : row->style == PEN_GROUP ? 1.2 : 0.35) * pen->unit;
}

static double space_below_mm(const struct passage_row *row, const struct pen *pen)
{
    return (row->style == PEN_HEADING ? 0.6 : 0) * pen->unit;
}

static double label_width_mm(const struct passage_row *row, double width_mm)
{
    return row->label ? LABEL_PART * width_mm : 0;
}

static double row_height_mm(const struct passage_row *row, const struct pen *pen, double width_mm)
{
    double label_mm = label_width_mm(row, width_mm);
    double height = pen_measure(pen, row->style, row->text, width_mm - label_mm).height_mm;
    if (row->label) {
        double gap = 1.5 * pen->unit;
        height = fmax(height, pen_measure(pen, PEN_LABEL, row->label, label_mm - gap).height_mm);
    }
    return height + space_below_mm(row, pen);
}

double passage_height_mm(const struct passage *passage, const struct pen *pen, double width_mm)
{
    double height = 0;
    for (size_t i = 0; i < passage->count; i++) {
        const struct passage_row *row = &passage->rows[i];
        height += (i > 0 ? space_above_mm(row, pen) : 0) + row_height_mm(row, pen, width_mm);
    }
    return height;
}

size_t passage_fit(const struct passage *passage, const struct pen *pen, size_t first, double width_mm,
                   double height_mm)
{
    double used = 0;
    size_t row = first;
    for (; row < passage->count; row++) {
        double space = row > first ? space_above_mm(&passage->rows[row], pen) : 0;
        used += space + row_height_mm(&passage->rows[row], pen, width_mm);
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
    double text_mm = width_mm - label_width_mm(whole, width_mm);
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

static double paint_row(const struct passage_row *row, const struct pen *pen, struct bbox box_mm)
{
    double width = bbox_width(box_mm);
    double label_mm = label_width_mm(row, width);
    double height = row_height_mm(row, pen, width);
    if (row->label) {
        double gap = 1.5 * pen->unit;
        struct bbox label_box = {box_mm.min_x, box_mm.min_y, box_mm.min_x + label_mm - gap, box_mm.max_y};
        pen_text(pen, PEN_LABEL, TEXT_LEFT, row->label, label_box);
    }
    struct bbox text_box = {box_mm.min_x + label_mm, box_mm.min_y, box_mm.max_x, box_mm.max_y};
    pen_text(pen, row->style, TEXT_LEFT, row->text, text_box);
    return height;
}

void passage_paint(const struct passage *passage, const struct pen *pen, size_t first, size_t count,
                   struct bbox box_mm)
{
    assert(first + count <= passage->count);
    for (size_t i = first; i < first + count; i++) {
        const struct passage_row *row = &passage->rows[i];
        box_mm.min_y += i > first ? space_above_mm(row, pen) : 0;
        box_mm.min_y += paint_row(row, pen, box_mm);
    }
}

struct passage passage_shorten(const struct passage *passage, const struct pen *pen, double width_mm,
                               double height_mm, enum word more)
{
    struct passage result = {0};
    passage_append(&result, passage, 0);
    if (passage_fit(&result, pen, 0, width_mm, height_mm) == result.count) {
        return result;
    }
    double left = height_mm - pen_line_height(pen, PEN_LABEL) - 0.35 * pen->unit;
    size_t fitting = passage_fit(&result, pen, 0, width_mm, left);
    if (fitting == 0 && result.rows[0].style == PEN_HEADING) {
        fitting = 1;
    }
    struct passage head = {result.rows, fitting};
    double used = fitting > 0 ? passage_height_mm(&head, pen, width_mm) : 0;
    double rest = left - used - (fitting > 0 ? 0.35 * pen->unit : 0);
    bool is_split = rest > pen_line_height(pen, PEN_BODY) * 1.05 && result.rows[fitting].style != PEN_HEADING;
    size_t count_before = result.count;
    if (is_split) {
        passage_split(&result, pen, fitting, width_mm, rest);
    }
    size_t kept = fitting + (result.count > count_before ? 1 : 0);
    size_t left_out = count_before - fitting;
    for (size_t i = kept; i < result.count; i++) {
        free(result.rows[i].label);
        free(result.rows[i].text);
    }
    result.count = kept;
    char words[128];
    words_format(words, sizeof words, more, pen->language, left_out);
    passage_add(&result, PEN_LABEL, NULL, words);
    return result;
}
