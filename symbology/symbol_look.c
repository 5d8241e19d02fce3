/*
 * symbol_look.c - lines and areas with the status and palette applied, and the text beside a symbol.
 */
#include <math.h>
#include <string.h>

#include "geo/base/buffer.h"
#include "symbology/palette.h"
#include "symbology/symbol.h"
#include "symbology/symbol_base.h"

static const struct colour white = {255, 255, 255, 255};
static const struct colour ended_grey = {0x80, 0x80, 0x80, 255};

/* The colour of a part by status, then by palette; how much shows through is kept. */
static struct colour part_colour(struct colour colour, enum symbol_status status, enum palette palette)
{
    if (colour.alpha == 0) {
        return colour;
    }
    if (status == STATUS_ENDED && colour_luminance(colour) < 0.95) {
        return (struct colour){ended_grey.red, ended_grey.green, ended_grey.blue, colour.alpha};
    }
    return palette_colour(palette, colour);
}

/* Planned is dashed and unknown dotted, whatever the line was. */
static void break_stroke(struct stroke *stroke, enum symbol_status status, double widest_px)
{
    if (status == STATUS_PLANNED) {
        stroke->dash_px[0] = fmax(8, 2.5 * widest_px);
        stroke->dash_px[1] = fmax(5, 1.5 * widest_px);
        stroke->dash_count = 2;
        stroke->cap = STROKE_CAP_BUTT;
    }
    if (status == STATUS_UNKNOWN) {
        stroke->dash_px[0] = 0;
        stroke->dash_px[1] = fmax(4, 1.8 * widest_px);
        stroke->dash_count = 2;
        stroke->cap = STROKE_CAP_ROUND;
    }
}

static double widest_px(const struct line_look *look)
{
    double widest = 0;
    for (int i = 0; i < look->stroke_count; i++) {
        widest = fmax(widest, look->strokes[i].width_px);
    }
    return widest;
}

/* A light line below the others, so that they stand out on aerial photos. */
static void add_casing(struct line_look *look)
{
    if (look->stroke_count == 0 || look->stroke_count >= LINE_STROKE_MAX) {
        return;
    }
    memmove(&look->strokes[1], &look->strokes[0], (size_t)look->stroke_count * sizeof look->strokes[0]);
    look->strokes[0] = (struct stroke){.width_px = widest_px(look) + 4,
                                       .offset_px = look->strokes[1].offset_px,
                                       .colour = white,
                                       .cap = STROKE_CAP_ROUND};
    look->stroke_count++;
}

static struct line_look apply(struct line_look look, enum symbol_status status, enum palette palette)
{
    double widest = widest_px(&look);
    for (int i = 0; i < look.stroke_count; i++) {
        look.strokes[i].colour = part_colour(look.strokes[i].colour, status, palette);
        break_stroke(&look.strokes[i], status, widest);
    }
    look.marks.colour = part_colour(look.marks.colour, status, palette);
    look.end_colour = part_colour(look.end_colour, status, palette);
    if (palette == PALETTE_IMAGERY) {
        add_casing(&look);
    }
    return look;
}

struct line_look symbol_line_look(const struct symbol_entry *entry, const struct symbol_code *code,
                                  enum palette palette)
{
    return apply(entry->line, code->status, palette);
}

struct area_look symbol_area_look(const struct symbol_entry *entry, const struct symbol_code *code,
                                  enum palette palette)
{
    struct area_look look = entry->area;
    look.outline = apply(look.outline, code->status, palette);
    look.fill.colour = part_colour(look.fill.colour, code->status, palette);
    look.fill.background = part_colour(look.fill.background, code->status, palette);
    if (code->status == STATUS_PLANNED && look.fill.kind == FILL_FLAT) {
        look.fill.colour.alpha = (uint8_t)(look.fill.colour.alpha / 2);
    }
    return look;
}

static bool is_given(const char *text)
{
    return text && text[0] != '\0';
}

/* Appends text behind a separator that suits what is there already. */
static void append_part(struct buffer *buffer, const char *separator, const char *prefix, const char *text)
{
    if (!is_given(text)) {
        return;
    }
    buffer_append_text(buffer, buffer->length > 0 ? separator : "");
    buffer_append_text(buffer, prefix);
    buffer_append_text(buffer, text);
}

/* A text that a base shape draws in full detail only; NULL when it is not given or never drawn. */
static const char *drawn_text(const struct symbol_entry *entry, const struct symbol_code *code,
                              enum text_slot slot)
{
    bool is_drawn = entry->geometry == GEOMETRY_POINT && symbol_base_of(entry->kind)->slots & 1u << slot;
    return is_drawn ? code->texts[slot] : NULL;
}

/* What the full symbol would have said beside its frame. */
static void append_undrawn(struct buffer *label, const struct symbol_entry *entry,
                           const struct symbol_code *code)
{
    append_part(label, " ", "\u00D7", drawn_text(entry, code, SLOT_COUNT_OF));
    append_part(label, " ", "+", drawn_text(entry, code, SLOT_VICTIMS));
    append_part(label, " ", "", entry->kind == KIND_PLATE ? NULL : drawn_text(entry, code, SLOT_HAZARD));
}

char *symbol_label(const struct symbol_entry *entry, const struct symbol_code *code,
                   enum symbol_detail detail)
{
    struct buffer second;
    struct buffer label;
    buffer_init(&second, 2000);
    buffer_init(&label, 4000);
    bool draws_count = drawn_text(entry, code, SLOT_COUNT_OF) != NULL;
    append_part(&second, "", "\u00D7", draws_count ? NULL : code->texts[SLOT_COUNT_OF]);
    append_part(&second, " \u00B7 ", "", code->texts[SLOT_TIME]);
    append_part(&second, " \u00B7 ", "", code->texts[SLOT_ORGANISATION]);
    append_part(&label, "", "", code->texts[SLOT_NAME]);
    if (detail > DETAIL_FULL) {
        append_undrawn(&label, entry, code);
    }
    append_part(&label, "\n", "", second.bytes);
    buffer_finish(&second);
    return label.length > 0 ? buffer_take(&label, NULL) : NULL;
}

struct text_look symbol_label_look(const struct symbol_entry *entry, enum palette palette, double scale)
{
    bool is_incident = entry->geometry == GEOMETRY_POINT && entry->kind == KIND_INCIDENT;
    double halo_px = palette == PALETTE_IMAGERY ? 2.5 : 1.75;
    return (struct text_look){.size_px = (is_incident ? 13 : 11.5) * scale,
                              .colour = {0x1A, 0x1A, 0x1A, 255},
                              .halo = white,
                              .halo_px = halo_px * scale,
                              .is_bold = is_incident,
                              .is_italic = entry->geometry == GEOMETRY_AREA};
}
