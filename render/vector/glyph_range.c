/*
 * glyph_range.c - a letter is rasterised FINE times as large; from its coverage come distances to the nearest
 * dot inside and outside (Felzenszwalb & Huttenlocher 2012: exact, in linear time), of which each byte takes
 * the mean of the four dots around its middle.
 */
#include "render/vector/glyph_range.h"

#include <assert.h>
#include <cairo.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "geo/base/memory.h"
#include "render/vector/protobuf.h"
#include "render/text/text_internal.h"

#define EM_PX 24
#define AROUND_PX 3
#define RADIUS_PX 8.0
#define CUTOFF 0.25
#define FINE 4

/* Edges lie so far outside of the letter: MapLibre blurs them over half of a stem of 12 px text,
 * which would be grey. */
#define STRONGER_PX 0.2
#define GLYPH_MOST_PX 96 /* across or down; what is larger is no letter */
#define RANGE_MOST_BYTES (4u << 20)
#define FAR 1e12

/* MapLibre sets the middle of a line 17 px below the top that letters are counted from, and capitals of B612
 * are 17 px high: with their foot at 26 they stand in its middle. */
#define BASELINE_PX 26

enum { GLYPHS_STACKS = 1 };
enum { STACK_NAME = 1, STACK_RANGE = 2, STACK_GLYPHS = 3 };
enum {
    GLYPH_ID = 1,
    GLYPH_BITMAP = 2,
    GLYPH_WIDTH = 3,
    GLYPH_HEIGHT = 4,
    GLYPH_LEFT = 5,
    GLYPH_TOP = 6,
    GLYPH_ADVANCE = 7
};

static const char *const stacks[4] = {"B612 Regular", "B612 Bold", "B612 Italic", "B612 Bold Italic"};

const char *glyph_range_stack(const struct text_look *look)
{
    return stacks[look->is_bold + 2 * look->is_italic];
}

static int find_stack(const char *name)
{
    int found = 0;
    while (found < 4 && strcmp(stacks[found], name) != 0) {
        found++;
    }
    return found;
}

bool glyph_range_check(const char *stack, struct fault *fault)
{
    if (find_stack(stack) < 4) {
        return true;
    }
    fault_set(fault, FAULT_NOT_FOUND, "there is no font '%s'; there are %s, %s, %s and %s", stack, stacks[0],
              stacks[1], stacks[2], stacks[3]);
    return false;
}

/* One letter: its box of whole px, counted from where it begins on the baseline. */
struct letter {
    uint32_t code_point;
    int left;
    int top; /* above the baseline is negative */
    int width;
    int height;
    int advance;
};

/* Squares of distances along one row or column, in place. values[i * step], count of them. */
struct sweep {
    double *heights; /* room for one row or column, as of the others */
    double *starts;
    int *roots;
};

static double meeting(const double *heights, int one, int two)
{
    return ((heights[two] + (double)two * two) - (heights[one] + (double)one * one)) / (2.0 * (two - one));
}

static void sweep_line(const struct sweep *sweep, double *values, int count, int step)
{
    for (int i = 0; i < count; i++) {
        sweep->heights[i] = values[(size_t)i * (size_t)step];
    }
    int last = 0;
    sweep->roots[0] = 0;
    sweep->starts[0] = -FAR;
    for (int i = 1; i < count; i++) {
        double start = meeting(sweep->heights, sweep->roots[last], i);
        while (last > 0 && start <= sweep->starts[last]) {
            start = meeting(sweep->heights, sweep->roots[--last], i);
        }
        sweep->roots[++last] = i;
        sweep->starts[last] = start;
    }
    int at = 0;
    for (int i = 0; i < count; i++) {
        while (at < last && sweep->starts[at + 1] < i) {
            at++;
        }
        double across = i - sweep->roots[at];
        values[(size_t)i * (size_t)step] = across * across + sweep->heights[sweep->roots[at]];
    }
}

static void sweep_field(const struct sweep *sweep, double *field, int width, int height)
{
    for (int x = 0; x < width; x++) {
        sweep_line(sweep, field + x, height, width);
    }
    for (int y = 0; y < height; y++) {
        sweep_line(sweep, field + (size_t)y * (size_t)width, width, 1);
    }
}

/* Distances of dots to the edge, outside positive, from coverage. Owned by the caller. */
static double *distances(const unsigned char *coverage, int stride, int width, int height)
{
    size_t dots = (size_t)width * (size_t)height;
    size_t longest = (size_t)(width > height ? width : height);
    double *outside = memory_new(dots, sizeof(*outside));
    double *inside = memory_new(dots, sizeof(*inside));
    struct sweep sweep = {memory_new(longest, sizeof(double)), memory_new(longest, sizeof(double)),
                          memory_new(longest, sizeof(int))};
    for (size_t i = 0; i < dots; i++) {
        double part = coverage[i / (size_t)width * (size_t)stride + i % (size_t)width] / 255.0;
        double to_edge = 0.5 - part;
        outside[i] = part <= 0 ? FAR : to_edge > 0 ? to_edge * to_edge : 0;
        inside[i] = part >= 1 ? FAR : to_edge < 0 ? to_edge * to_edge : 0;
    }
    sweep_field(&sweep, outside, width, height);
    sweep_field(&sweep, inside, width, height);
    for (size_t i = 0; i < dots; i++) {
        outside[i] = sqrt(outside[i]) - sqrt(inside[i]);
    }
    free(sweep.heights);
    free(sweep.starts);
    free(sweep.roots);
    free(inside);
    return outside;
}

static unsigned char byte_of(double distance_px)
{
    double value = round(255.0 - 255.0 * ((distance_px - STRONGER_PX) / RADIUS_PX + CUTOFF));
    return (unsigned char)fmax(0, fmin(255, value));
}

/* Coverage of the letter and the room around it, FINE times as large. Owned, cairo_surface_destroy(). */
static cairo_surface_t *rasterise(PangoLayout *layout, const struct letter *letter)
{
    int width = (letter->width + 2 * AROUND_PX) * FINE;
    int height = (letter->height + 2 * AROUND_PX) * FINE;
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
    cairo_t *cairo = cairo_create(surface);
    double baseline = (double)pango_layout_get_baseline(layout) / PANGO_SCALE;
    cairo_translate(cairo, (AROUND_PX - letter->left) * FINE, (AROUND_PX - letter->top) * FINE - baseline);
    pango_cairo_show_layout(cairo, layout);
    cairo_destroy(cairo);
    cairo_surface_flush(surface);
    return surface;
}

static void append_bitmap(PangoLayout *layout, const struct letter *letter, struct buffer *glyph)
{
    cairo_surface_t *surface = rasterise(layout, letter);
    int width = letter->width + 2 * AROUND_PX;
    int height = letter->height + 2 * AROUND_PX;
    int row = width * FINE;
    double *field = distances(cairo_image_surface_get_data(surface), cairo_image_surface_get_stride(surface),
                              row, height * FINE);
    unsigned char *bitmap = memory_new((size_t)width * (size_t)height, 1);
    for (int i = 0; i < width * height; i++) {
        const double *dot = field + (size_t)(i / width * FINE + FINE / 2 - 1) * (size_t)row +
                            (size_t)(i % width * FINE + FINE / 2 - 1);
        bitmap[i] = byte_of((dot[0] + dot[1] + dot[row] + dot[row + 1]) / 4 / FINE);
    }
    protobuf_append_bytes(glyph, GLYPH_BITMAP, bitmap, (size_t)width * (size_t)height);
    free(bitmap);
    free(field);
    cairo_surface_destroy(surface);
}

static struct letter measure(PangoLayout *layout, uint32_t code_point)
{
    PangoRectangle ink;
    PangoRectangle logical;
    double unit = (double)PANGO_SCALE * FINE;
    pango_layout_get_extents(layout, &ink, &logical);
    struct letter letter = {.code_point = code_point, .advance = (int)lround(logical.width / unit)};
    if (ink.width > 0 && ink.height > 0) {
        int baseline = pango_layout_get_baseline(layout);
        letter.left = (int)floor(ink.x / unit);
        letter.top = (int)floor((ink.y - baseline) / unit);
        letter.width = (int)ceil((ink.x + ink.width) / unit) - letter.left;
        letter.height = (int)ceil((ink.y - baseline + ink.height) / unit) - letter.top;
    }
    return letter;
}

static void append_letter(PangoLayout *layout, const struct letter *letter, struct buffer *stack)
{
    struct buffer glyph;
    buffer_init(&glyph, RANGE_MOST_BYTES);
    protobuf_append_number(&glyph, GLYPH_ID, letter->code_point);
    if (letter->width > 0) {
        append_bitmap(layout, letter, &glyph);
    }
    protobuf_append_number(&glyph, GLYPH_WIDTH, (uint64_t)letter->width);
    protobuf_append_number(&glyph, GLYPH_HEIGHT, (uint64_t)letter->height);
    protobuf_append_number(&glyph, GLYPH_LEFT, protobuf_zigzag(letter->left));
    protobuf_append_number(&glyph, GLYPH_TOP,
                           protobuf_zigzag(letter->width > 0 ? -letter->top - BASELINE_PX : 0));
    protobuf_append_number(&glyph, GLYPH_ADVANCE, (uint64_t)letter->advance);
    protobuf_append_bytes(stack, STACK_GLYPHS, glyph.bytes, glyph.length);
    buffer_finish(&glyph);
}

static void add_code_point(struct text_engine *engine, const struct text_look *look, uint32_t code_point,
                           struct buffer *stack)
{
    char text[8] = "";
    if (!g_unichar_isdefined(code_point) || g_unichar_iscntrl(code_point) ||
        !g_unichar_validate(code_point)) {
        return;
    }
    g_unichar_to_utf8(code_point, text);
    PangoLayout *layout = text_layout_new(engine, text, look, (struct text_box){.align = TEXT_LEFT});
    struct letter letter = measure(layout, code_point);
    bool is_there = pango_layout_get_unknown_glyphs_count(layout) == 0 && letter.advance >= 0 &&
                    letter.width <= GLYPH_MOST_PX && letter.height <= GLYPH_MOST_PX;
    if (is_there) {
        append_letter(layout, &letter, stack);
    }
    g_object_unref(layout);
}

char *glyph_range_make(struct text_engine *engine, const char *stack, uint32_t first, size_t *length,
                       struct fault *fault)
{
    struct buffer message;
    struct buffer glyphs;
    char range[24];
    if (!glyph_range_check(stack, fault)) {
        return NULL;
    }
    assert(first % GLYPH_RANGE_CODE_POINTS == 0 && first <= GLYPH_RANGE_LAST);
    int face = find_stack(stack);
    struct text_look look = {.size_px = EM_PX * FINE, .is_bold = face % 2 != 0, .is_italic = face >= 2};
    buffer_init(&message, RANGE_MOST_BYTES);
    buffer_init(&glyphs, RANGE_MOST_BYTES);
    snprintf(range, sizeof(range), "%u-%u", (unsigned)first, (unsigned)first + GLYPH_RANGE_CODE_POINTS - 1);
    protobuf_append_text(&message, STACK_NAME, stack);
    protobuf_append_text(&message, STACK_RANGE, range);
    for (uint32_t i = 0; i < GLYPH_RANGE_CODE_POINTS; i++) {
        add_code_point(engine, &look, first + i, &message);
    }
    protobuf_append_bytes(&glyphs, GLYPHS_STACKS, message.bytes, message.length);
    buffer_finish(&message);
    return buffer_take(&glyphs, length);
}
