/*
 * status_form.c - forms are made from the strokes, marks and fill of an entry, so they hold for any set.
 */
#include "symbology/status_form.h"

#include <math.h>
#include <stddef.h>

#include "symbology/palette.h"

#define HOLLOW_LEAST_PX 4.8 /* narrower ones would have no inside */
#define HOLLOW_EDGE_PX 1.3
#define RHYTHM_LEAST_PX 8.0 /* of the longest dash */
#define ENDED_WIDTH 0.55
#define ENDED_LEAST_PX 1.2

static const struct colour white = {255, 255, 255, 255};
static const struct colour black = {0x1A, 0x1A, 0x1A, 255};
static const struct colour ended_grey = {0x8A, 0x8A, 0x8A, 255};
static const struct colour strike_grey = {0x5A, 0x5A, 0x5A, 255};

static const char question_glyph[] =
    "<path d=\"M7 8a5 5 0 1 1 7.6 4.3C12.8 13.4 12 14.3 12 16.2\" stroke-width=\"3.4\"/>"
    "<circle cx=\"12\" cy=\"21.2\" r=\"2.2\" fill=\"currentColor\" stroke=\"none\"/>";

/* The bar of point symbols (composer_marks.c) with its sign: "-", "/", "x" and a block. */
#define BAR_BOX                                                                                              \
    "<rect x=\"0\" y=\"4\" width=\"24\" height=\"16\" fill=\"#FFFFFF\" stroke=\"none\"/>"                    \
    "<rect x=\"1.8\" y=\"5.8\" width=\"20.4\" height=\"12.4\" fill=\"currentColor\" "                        \
    "stroke=\"#1A1A1A\" stroke-width=\"1.4\" stroke-linejoin=\"miter\"/>"
#define BAR_SIGN(ink, shape) "<g stroke=\"" ink "\" stroke-width=\"3\" stroke-linecap=\"butt\">" shape "</g>"

static const char closed_bar[] = BAR_BOX BAR_SIGN("#FFFFFF", "<path d=\"M5.5 12h13\"/>");
static const char damaged_bar[] = BAR_BOX BAR_SIGN("#1A1A1A", "<path d=\"M6 16 18 8\"/>");
static const char destroyed_bar[] = BAR_BOX BAR_SIGN("#FFFFFF", "<path d=\"M6 16 18 8M6 8 18 16\"/>");
static const char full_bar[] =
    BAR_BOX "<rect x=\"5.5\" y=\"8.7\" width=\"13\" height=\"6.6\" fill=\"#FFFFFF\" stroke=\"none\"/>";

struct colour status_form_colour(struct colour colour, enum symbol_status status, enum palette palette)
{
    if (colour.alpha == 0) {
        return colour;
    }
    if (status != STATUS_ENDED) {
        return palette_colour(palette, colour);
    }
    bool is_white = colour_luminance(colour) >= 0.95;
    return is_white ? palette_colour(palette, colour)
                    : (struct colour){ended_grey.red, ended_grey.green, ended_grey.blue, colour.alpha};
}

static double widest_px(const struct line_look *look)
{
    double widest = 0;
    for (int i = 0; i < look->stroke_count; i++) {
        widest = fmax(widest, look->strokes[i].width_px);
    }
    return widest;
}

static bool is_upon_another(const struct line_look *look, int number)
{
    for (int i = 0; i < look->stroke_count; i++) {
        if (stroke_is_upon(look, number, i)) {
            return true;
        }
    }
    return false;
}

/* Is the rhythm of its dashes long enough to be kept in hollow ones? */
static bool has_rhythm(const struct stroke *stroke)
{
    double longest = 0;
    for (int i = 0; i < stroke->dash_count; i += 2) {
        longest = fmax(longest, stroke->dash_px[i]);
    }
    return longest >= RHYTHM_LEAST_PX;
}

static void set_long_dashes(struct stroke *edge, const struct stroke *stroke)
{
    edge->dash_count = has_rhythm(stroke) ? stroke->dash_count : 2;
    if (!has_rhythm(stroke)) {
        edge->dash_px[0] = fmax(14, 2.8 * edge->width_px);
        edge->dash_px[1] = fmax(7, 1.4 * edge->width_px);
        return;
    }
    for (int i = 0; i < stroke->dash_count; i++) {
        edge->dash_px[i] =
            i % 2 == 0 ? fmax(5.5, 1.5 * stroke->dash_px[i]) : fmax(6, 1.4 * stroke->dash_px[i]);
    }
}

/* Long dashes and, on top of them, their white insides: shorter by an edge at both ends. */
static void add_hollow(struct line_look *look, const struct stroke *stroke)
{
    struct stroke edge = {.width_px = fmax(stroke->width_px, HOLLOW_LEAST_PX),
                          .offset_px = stroke->offset_px,
                          .colour = stroke->colour,
                          .join = stroke->join};
    set_long_dashes(&edge, stroke);
    struct stroke inside = edge;
    inside.width_px -= 2 * HOLLOW_EDGE_PX;
    inside.colour = white;
    for (int i = 0; i < edge.dash_count; i++) {
        inside.dash_px[i] += i % 2 == 0 ? -2 * HOLLOW_EDGE_PX : 2 * HOLLOW_EDGE_PX;
        inside.phase_px += edge.dash_px[i];
    }
    inside.phase_px -= HOLLOW_EDGE_PX;
    look->strokes[look->stroke_count++] = edge;
    look->strokes[look->stroke_count++] = inside;
}

/* A line that goes with another one, beside it. */
static void add_dashed(struct line_look *look, const struct stroke *stroke)
{
    struct stroke dashed = *stroke;
    dashed.dash_px[0] = 14;
    dashed.dash_px[1] = 7;
    dashed.dash_count = 2;
    dashed.cap = STROKE_CAP_BUTT;
    look->strokes[look->stroke_count++] = dashed;
}

static void make_hollow(struct line_look *look)
{
    const struct line_look full = *look;
    look->stroke_count = 0;
    for (int i = 0; i < full.stroke_count; i++) {
        const struct stroke *stroke = &full.strokes[i];
        if (!is_upon_another(&full, i) && stroke->offset_px == full.strokes[0].offset_px) {
            add_hollow(look, stroke);
        } else if (stroke->offset_px != full.strokes[0].offset_px) {
            add_dashed(look, stroke);
        }
    }
    look->marks.is_hollow = true;
    look->marks.background = white;
    look->has_hollow_ends = true;
}

static void make_thin(struct line_look *look)
{
    double widest = widest_px(look);
    for (int i = 0; i < look->stroke_count; i++) {
        struct stroke *stroke = &look->strokes[i];
        stroke->width_px = fmax(stroke->width_px * ENDED_WIDTH, fmin(stroke->width_px, ENDED_LEAST_PX));
    }
    double size_px = fmax(11, widest + 7);
    look->marks.background = white;
    look->signs = (struct line_marks){
        .mark = LINE_MARK_SLASH, .size_px = size_px, .spacing_px = 30, .phase_px = 15, .colour = strike_grey};
}

static void make_dotted(struct line_look *look)
{
    double widest = widest_px(look);
    for (int i = 0; i < look->stroke_count; i++) {
        struct stroke *stroke = &look->strokes[i];
        stroke->dash_px[0] = 0;
        stroke->dash_px[1] = fmax(5, 2 * widest);
        stroke->dash_count = 2;
        stroke->phase_px = 0;
        stroke->cap = STROKE_CAP_ROUND;
    }
    look->signs = (struct line_marks){.mark = LINE_MARK_GLYPH,
                                      .size_px = 16,
                                      .spacing_px = 56,
                                      .phase_px = 28,
                                      .colour = black,
                                      .orient = MARK_UPRIGHT,
                                      .background = white,
                                      .glyph = question_glyph};
}

/* In mono the sign alone tells; damaged stays light because it is the least of the four. */
struct colour status_bar_colour(enum symbol_status status, enum palette palette)
{
    static const struct colour fills[STATUS_COUNT] = {[STATUS_CLOSED] = {0xC8, 0x00, 0x10, 255},
                                                      [STATUS_DAMAGED] = {0xFF, 0xD5, 0x00, 255},
                                                      [STATUS_DESTROYED] = {0x1A, 0x1A, 0x1A, 255},
                                                      [STATUS_FULL] = {0x00, 0x46, 0x9B, 255}};
    if (palette == PALETTE_MONO) {
        return status == STATUS_DAMAGED ? white : black;
    }
    return fills[status];
}

static void add_bars(struct line_look *look, enum symbol_status status, enum palette palette)
{
    static const char *const glyphs[STATUS_COUNT] = {[STATUS_CLOSED] = closed_bar,
                                                     [STATUS_DAMAGED] = damaged_bar,
                                                     [STATUS_DESTROYED] = destroyed_bar,
                                                     [STATUS_FULL] = full_bar};
    look->signs = (struct line_marks){.mark = LINE_MARK_GLYPH,
                                      .size_px = 19,
                                      .spacing_px = 80,
                                      .phase_px = 30,
                                      .colour = status_bar_colour(status, palette),
                                      .orient = MARK_UPRIGHT,
                                      .glyph = glyphs[status]};
}

void status_form_line(struct line_look *look, enum symbol_status status, enum palette palette)
{
    if (look->stroke_count == 0) {
        return; /* an area without an edge: its fill tells */
    }
    switch (status) {
    case STATUS_PLANNED:
        make_hollow(look);
        break;
    case STATUS_ENDED:
        make_thin(look);
        break;
    case STATUS_UNKNOWN:
        make_dotted(look);
        break;
    case STATUS_PRESENT:
    case STATUS_COUNT:
        break;
    default:
        add_bars(look, status, palette);
    }
}

static uint8_t share_of(uint8_t alpha, double share)
{
    return (uint8_t)lround(alpha * share);
}

static void make_faint(struct fill *fill)
{
    if (fill->kind == FILL_FLAT) {
        fill->colour.alpha = share_of(fill->colour.alpha, 0.4);
        return;
    }
    fill->background.alpha = share_of(fill->background.alpha, 0.4);
    fill->spacing_px *= 1.75;
    fill->width_px = fmax(0.8, fill->width_px * 0.7);
}

static void make_grey(struct fill *fill)
{
    fill->background.alpha = 0;
    if (fill->kind == FILL_FLAT) {
        *fill = (struct fill){.kind = FILL_HATCH,
                              .colour = ended_grey,
                              .angle_deg = 45,
                              .spacing_px = 16,
                              .width_px = 1,
                              .halo = fill->halo,
                              .halo_px = fill->halo_px};
        return;
    }
    fill->width_px = fmax(0.8, fill->width_px * 0.6);
}

static void make_dots(struct fill *fill)
{
    bool is_dotted = fill->kind == FILL_STIPPLE;
    fill->background.alpha = share_of(fill->background.alpha, 0.4);
    if (fill->kind == FILL_FLAT) {
        fill->spacing_px = 9;
        fill->colour.alpha = (uint8_t)fmax(fill->colour.alpha, 160);
    }
    fill->kind = FILL_STIPPLE;
    fill->spacing_px = is_dotted ? fill->spacing_px * 1.6 : fmax(8, fill->spacing_px);
    fill->width_px = fmax(2.2, fill->width_px);
}

void status_form_fill(struct fill *fill, enum symbol_status status)
{
    if (fill->kind == FILL_NONE) {
        return;
    }
    switch (status) {
    case STATUS_PLANNED:
        make_faint(fill);
        break;
    case STATUS_ENDED:
        make_grey(fill);
        break;
    case STATUS_UNKNOWN:
        make_dots(fill);
        break;
    default:
        break;
    }
}
