/*
 * symbol_look.c - lines and areas with the status and palette applied, and the text beside a symbol.
 */
#include <string.h>

#include "geo/base/buffer.h"
#include "geo/base/memory.h"
#include "symbology/status_form.h"
#include "symbology/symbol.h"
#include "symbology/symbol_base.h"

#define HALO_PX 2.0
#define THIN_HALO_PX 1.25
#define LABEL_BYTES_MOST 4000

static const struct colour white = {255, 255, 255, 255};

static struct line_look apply(struct line_look look, enum symbol_status status, enum palette palette)
{
    for (int i = 0; i < look.stroke_count; i++) {
        look.strokes[i].colour = status_form_colour(look.strokes[i].colour, status, palette);
    }
    look.marks.colour = status_form_colour(look.marks.colour, status, palette);
    if (palette == PALETTE_MONO || palette == PALETTE_PRINT) {
        look.marks.background = white; /* as below the glyphs of points */
    }
    look.end_colour = status_form_colour(look.end_colour, status, palette);
    status_form_line(&look, status, palette);
    if (palette == PALETTE_IMAGERY) {
        look.halo = white;
        look.halo_px = status == STATUS_ENDED ? THIN_HALO_PX : HALO_PX;
    }
    return look;
}

struct line_look symbol_line_look(const struct symbol_entry *entry, const struct symbol_code *code,
                                  enum palette palette)
{
    return apply(entry->line, symbol_status_of(entry, code), palette);
}

struct area_look symbol_area_look(const struct symbol_entry *entry, const struct symbol_code *code,
                                  enum palette palette)
{
    enum symbol_status status = symbol_status_of(entry, code);
    struct area_look look = entry->area;
    look.outline = apply(look.outline, status, palette);
    look.fill.colour = status_form_colour(look.fill.colour, status, palette);
    look.fill.background = status_form_colour(look.fill.background, status, palette);
    if (palette == PALETTE_IMAGERY) {
        look.fill.halo = (struct colour){255, 255, 255, 130};
        look.fill.halo_px = 0.8;
    }
    status_form_fill(&look.fill, status);
    bool does_centre_ask = entry->centre_entry && entry->centre_entry->statuses & 1u << STATUS_UNKNOWN;
    if (status == STATUS_UNKNOWN && does_centre_ask) {
        look.outline.signs.mark = LINE_MARK_NONE; /* one "?" says it */
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
    return is_drawn ? symbol_text_of(entry, code, slot) : NULL;
}

/* What the full symbol would have said beside its frame. */
static void append_undrawn(struct buffer *label, const struct symbol_entry *entry,
                           const struct symbol_code *code)
{
    append_part(label, " ", "\u00D7", drawn_text(entry, code, SLOT_COUNT_OF));
    append_part(label, " ", "+", drawn_text(entry, code, SLOT_VICTIMS));
    append_part(label, " ", "", entry->kind == KIND_PLATE ? NULL : drawn_text(entry, code, SLOT_HAZARD));
}

/* Nearly all features say nothing but their name. */
static bool is_only_named(const struct symbol_code *code)
{
    bool says_more = false;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        says_more = says_more || (slot != SLOT_NAME && code->texts[slot]);
    }
    return !says_more && is_given(code->texts[SLOT_NAME]) &&
           strlen(code->texts[SLOT_NAME]) < LABEL_BYTES_MOST;
}

const char *symbol_label_as_given(const struct symbol_entry *entry, const struct symbol_code *code)
{
    return is_only_named(code) ? symbol_text_of(entry, code, SLOT_NAME) : NULL;
}

static void append_first_line(struct buffer *label, const struct symbol_entry *entry,
                              const struct symbol_code *code, enum symbol_detail detail)
{
    append_part(label, "", "", symbol_text_of(entry, code, SLOT_NAME));
    if (detail > DETAIL_FULL) {
        append_undrawn(label, entry, code);
    }
}

static void append_second_line(struct buffer *line, const struct symbol_entry *entry,
                               const struct symbol_code *code)
{
    bool draws_count = drawn_text(entry, code, SLOT_COUNT_OF) != NULL;
    append_part(line, "", "\u00D7", draws_count ? NULL : symbol_text_of(entry, code, SLOT_COUNT_OF));
    append_part(line, " \u00B7 ", "", symbol_text_of(entry, code, SLOT_TIME));
    append_part(line, " \u00B7 ", "", symbol_text_of(entry, code, SLOT_ORGANISATION));
}

char *symbol_label(const struct symbol_entry *entry, const struct symbol_code *code,
                   enum symbol_detail detail)
{
    if (is_only_named(code)) {
        return memory_copy_text(symbol_text_of(entry, code, SLOT_NAME));
    }
    struct buffer second;
    struct buffer label;
    buffer_init(&second, 2000);
    buffer_init(&label, LABEL_BYTES_MOST);
    append_second_line(&second, entry, code);
    append_first_line(&label, entry, code, detail);
    append_part(&label, "\n", "", second.bytes);
    buffer_finish(&second);
    return label.length > 0 ? buffer_take(&label, NULL) : NULL;
}

char *symbol_label_name(const struct symbol_entry *entry, const struct symbol_code *code,
                        enum symbol_detail detail)
{
    if (is_only_named(code) || !is_given(symbol_text_of(entry, code, SLOT_NAME))) {
        return NULL;
    }
    struct buffer line;
    buffer_init(&line, LABEL_BYTES_MOST);
    append_second_line(&line, entry, code);
    bool says_more = line.length > 0;
    buffer_finish(&line);
    buffer_init(&line, LABEL_BYTES_MOST);
    if (says_more) {
        append_first_line(&line, entry, code, detail);
    }
    return says_more ? buffer_take(&line, NULL) : NULL;
}

unsigned symbol_label_numbers(const struct symbol_entry *entry, enum symbol_detail detail)
{
    if (!entry) {
        return 0;
    }
    bool is_plate = entry->geometry == GEOMETRY_POINT && entry->kind == KIND_PLATE;
    unsigned drawn = entry->geometry == GEOMETRY_POINT ? symbol_base_of(entry->kind)->slots : 0;
    unsigned behind_name = drawn & SYMBOL_NUMBER_SLOTS & ~(is_plate ? 1u << SLOT_HAZARD : 0u);
    return (~drawn & 1u << SLOT_COUNT_OF) | (detail > DETAIL_FULL ? behind_name : 0);
}

char *symbol_numbers(const struct symbol_entry *entry, const struct symbol_code *code, unsigned slots)
{
    static const enum text_slot numbers[] = {SLOT_COUNT_OF, SLOT_VICTIMS, SLOT_HAZARD};
    struct buffer text;
    buffer_init(&text, LABEL_BYTES_MOST);
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
        enum text_slot slot = numbers[i];
        const char *given = entry ? symbol_text_of(entry, code, slot) : code->texts[slot];
        append_part(&text, ", ", slot == SLOT_COUNT_OF ? "\u00D7" : "", slots & 1u << slot ? given : NULL);
    }
    return text.length > 0 ? buffer_take(&text, NULL) : NULL;
}

struct text_look symbol_label_look(const struct symbol_entry *entry, enum palette palette, double scale)
{
    bool is_incident = entry && entry->geometry == GEOMETRY_POINT && entry->kind == KIND_INCIDENT;
    double halo_px = palette == PALETTE_IMAGERY ? 2.5 : 1.75;
    return (struct text_look){.size_px = (is_incident ? 13 : 11.5) * scale,
                              .colour = {0x1A, 0x1A, 0x1A, 255},
                              .halo = white,
                              .halo_px = halo_px * scale,
                              .is_bold = is_incident,
                              .is_italic = entry && entry->geometry == GEOMETRY_AREA};
}
