/*
 * symbol.c - composes a symbol from the bottom up: halo, tabs, base, inside, marks, texts. Each part knows
 * its place from the base's table; nothing is placed by measuring what was drawn before, except the texts,
 * which stand to the right of and below all ink.
 */
#include "symbology/symbol.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/buffer.h"
#include "geo/base/fault.h"
#include "symbology/composer.h"

#define MOST_SCALE 32.0
#define MOST_REASONS_BYTES 500 /* what a fault holds */
#define FRAME_LEAST_PX 1.25    /* less turns grey */

enum symbol_detail symbol_detail_at(double scale_denominator)
{
    if (scale_denominator < 150000) {
        return DETAIL_FULL;
    }
    return scale_denominator < 1200000 ? DETAIL_SMALL : DETAIL_DOT;
}

void symbol_drawing_finish(struct symbol_drawing *drawing)
{
    free(drawing->svg);
    *drawing = (struct symbol_drawing){.svg = NULL};
}

/* One thing that is left out, behind those named before. */
static void add_reason(struct buffer *reasons, const struct symbol_entry *entry, const char *what,
                       const char *value)
{
    buffer_appendf(reasons, "%s'%s' %s%s", reasons->length > 0 ? "; " : "", entry->id, what, value);
}

static void add_text_reasons(struct buffer *reasons, const struct symbol_entry *entry,
                             const struct symbol_code *code)
{
    static const char *const names[SLOT_COUNT] = {"name",         "count",      "time",  "organisation",
                                                  "hazard plate", "casualties", "remark"};
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (code->texts[slot] && !(entry->texts & 1u << slot)) {
            add_reason(reasons, entry, "carries no ", names[slot]);
        }
    }
}

static void add_reasons(struct buffer *reasons, const struct symbol_entry *entry,
                        const struct symbol_code *code)
{
    bool is_point = entry->geometry == GEOMETRY_POINT;
    enum symbol_status status = symbol_status_of(entry, code);
    if (status != code->status) {
        buffer_appendf(reasons, "status '%s' is not shown: '%s' is drawn as %s",
                       symbol_status_name(code->status), entry->id, symbol_status_name(status));
    }
    if (is_point && code->trust != TRUST_REPORTED && !entry->has_trust) {
        add_reason(reasons, entry, "shows no trust", "");
    }
    if (code->rotation_deg != 0 && !is_point) {
        add_reason(reasons, entry, "is a line or an area, which cannot be turned", "");
    } else if (code->rotation_deg != 0 && !entry->is_turning) {
        add_reason(reasons, entry, "has no direction, so it cannot be turned", "");
    }
    add_text_reasons(reasons, entry, code);
}

bool symbol_accepts(const struct symbol_entry *entry, const struct symbol_code *code, struct fault *fault)
{
    struct buffer reasons;
    buffer_init(&reasons, MOST_REASONS_BYTES);
    add_reasons(&reasons, entry, code);
    bool is_accepted = reasons.length == 0;
    if (!is_accepted) {
        fault_set(fault, FAULT_INPUT, "%s", reasons.bytes);
    }
    buffer_finish(&reasons);
    return is_accepted;
}

enum symbol_status symbol_status_of(const struct symbol_entry *entry, const struct symbol_code *code)
{
    return entry->statuses & 1u << code->status ? code->status : STATUS_PRESENT;
}

const char *symbol_text_of(const struct symbol_entry *entry, const struct symbol_code *code,
                           enum text_slot slot)
{
    return entry->texts & 1u << slot ? code->texts[slot] : NULL;
}

struct point composer_point(const struct composer *composer, struct point point)
{
    return (struct point){point.x * composer->unit_px, point.y * composer->unit_px};
}

const char *composer_text(const struct composer *composer, enum text_slot slot)
{
    bool is_drawn = composer->base->slots & 1u << slot;
    return is_drawn ? symbol_text_of(composer->entry, composer->code, slot) : NULL;
}

/* A symbol that stands on its point and has a tab below it stands on the end of that tab. */
static struct point anchor_of(const struct composer *composer)
{
    struct point anchor = composer->base->anchor;
    bool has_foot = anchor.y > 0 && composer->entry->tabs & TAB_SOUTH;
    return composer_point(composer, has_foot ? composer_tab_foot(composer) : anchor);
}

static double height_px(enum symbol_detail detail)
{
    return detail == DETAIL_FULL ? SYMBOL_FULL_PX : detail == DETAIL_SMALL ? SYMBOL_SMALL_PX : SYMBOL_DOT_PX;
}

static struct composer composer_of(const struct symbol_entry *entry, const struct symbol_code *code,
                                   enum symbol_detail detail, enum palette palette)
{
    const struct symbol_base *base = symbol_base_of(entry->kind);
    enum symbol_status status = symbol_status_of(entry, code);
    struct composer composer = {.entry = entry,
                                .code = code,
                                .base = base,
                                .inks = symbol_inks_of(entry, status, palette),
                                .palette = palette,
                                .detail = detail,
                                .status = status,
                                .unit_px = height_px(detail) / BASE_HEIGHT,
                                .frame_px =
                                    fmax(FRAME_LEAST_PX, (detail == DETAIL_FULL ? 2 : 1.25) * base->frame),
                                .corners = entry->tabs};
    sketch_init(&composer.sketch);
    return composer;
}

bool symbol_compose(const struct symbol_entry *entry, const struct symbol_code *code,
                    enum symbol_detail detail, enum palette palette, double scale,
                    struct symbol_drawing *drawing, struct fault *fault)
{
    assert(entry->geometry == GEOMETRY_POINT && detail != DETAIL_BY_SCALE);
    if (!(scale > 0) || scale > MOST_SCALE) {
        fault_set(fault, FAULT_LIMIT, "the scale of a symbol must be above 0 and at most %g", MOST_SCALE);
        return false;
    }
    struct composer composer = composer_of(entry, code, detail, palette);
    composer_draw_base(&composer);
    if (detail != DETAIL_DOT) {
        composer_draw_pointer(&composer);
    }
    composer_draw_inside(&composer);
    if (detail != DETAIL_DOT) {
        composer_draw_marks(&composer);
    }
    if (detail == DETAIL_FULL) {
        composer_draw_texts(&composer);
    }
    double half_width_px = composer.base->width / 2 * composer.unit_px;
    double half_height_px = height_px(detail) / 2;
    struct bbox frame = {-half_width_px, -half_height_px, half_width_px, half_height_px};
    return sketch_take(&composer.sketch, frame, anchor_of(&composer), scale, drawing, fault);
}
