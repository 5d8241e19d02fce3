/*
 * qr.c - libqrencode makes the matrix; runs of dark modules become boxes, each a hair larger than it is, so
 * that no viewer shows a seam between two of them.
 */
#include "render/briefing/qr.h"

#include <math.h>
#include <qrencode.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/print/pen.h"

#define QUIET_MODULES 4
#define HAIR 0.02 /* of a module */

static const struct colour black = {0, 0, 0, 255};

/* NULL: empty, or more than a code holds. QRcode_free(). */
static QRcode *encode(const char *text)
{
    return text[0] ? QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M) : NULL;
}

static int modules_across(const QRcode *code)
{
    return code->width + 2 * QUIET_MODULES;
}

static bool is_dark(const QRcode *code, int row, int column)
{
    return column < code->width && code->data[row * code->width + column] & 1;
}

double qr_least_mm(const char *text)
{
    QRcode *code = encode(text);
    double least = code ? modules_across(code) * QR_MODULE_MM : 0;
    QRcode_free(code);
    return least;
}

static void paint_row(const struct pen *pen, const QRcode *code, int row, struct point corner,
                      double module_mm)
{
    int column = 0;
    while (column < code->width) {
        int first = column;
        while (is_dark(code, row, column)) {
            column++;
        }
        if (column > first) {
            struct bbox run = {corner.x + first * module_mm, corner.y + row * module_mm,
                               corner.x + column * module_mm, corner.y + (row + 1) * module_mm};
            pen_fill(pen, bbox_grow(run, HAIR * module_mm), black);
        }
        column++;
    }
}

static bool is_large_enough(const QRcode *code, double side_mm, struct fault *fault)
{
    double least = modules_across(code) * QR_MODULE_MM;
    if (side_mm < least - 1e-6) {
        fault_set(fault, FAULT_LIMIT, "a QR code of this address needs %.1f mm, and there are %.1f", least,
                  side_mm);
        return false;
    }
    return true;
}

bool qr_paint(const struct pen *pen, const char *text, struct bbox box_mm, struct fault *fault)
{
    QRcode *code = encode(text);
    if (!code) {
        fault_set(fault, FAULT_LIMIT, "no QR code holds a text of %zu bytes", strlen(text));
        return false;
    }
    double side = fmin(bbox_width(box_mm), bbox_height(box_mm));
    bool is_readable = is_large_enough(code, side, fault);
    if (is_readable) {
        double module = side / modules_across(code);
        double left = (box_mm.min_x + box_mm.max_x - side) / 2;
        struct point corner = {left + QUIET_MODULES * module, box_mm.min_y + QUIET_MODULES * module};
        pen_fill(pen, (struct bbox){left, box_mm.min_y, left + side, box_mm.min_y + side}, pen_white);
        for (int row = 0; row < code->width; row++) {
            paint_row(pen, code, row, corner, module);
        }
    }
    QRcode_free(code);
    return is_readable;
}
