/*
 * symbol.c - composes a symbol from the bottom up: halo, tabs, base, inside, marks, texts. Each part knows
 * its place from the base's table; nothing is placed by measuring what was drawn before, except the texts,
 * which stand to the right of and below all ink.
 */
#include "symbology/symbol.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>

#include "geo/base/fault.h"
#include "symbology/composer.h"

#define MOST_SCALE 32.0

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

static const char *point_refusal(const struct symbol_entry *entry, const struct symbol_code *code)
{
    const struct symbol_base *base = symbol_base_of(entry->kind);
    if (!(base->statuses & 1u << code->status)) {
        return "this kind of symbol has no such status";
    }
    if (code->trust != TRUST_REPORTED && !base->has_trust) {
        return "this kind of symbol shows no trust";
    }
    if (code->rotation_deg != 0 && !entry->is_turning) {
        return "this symbol has no direction, so it cannot be turned";
    }
    if (code->texts[SLOT_HAZARD] && !(base->slots & 1u << SLOT_HAZARD)) {
        return "this kind of symbol carries no hazard plate";
    }
    if (code->texts[SLOT_VICTIMS] && !(base->slots & 1u << SLOT_VICTIMS)) {
        return "this kind of symbol carries no casualties";
    }
    return NULL;
}

static const char *line_or_area_refusal(const struct symbol_code *code)
{
    if (code->status > STATUS_UNKNOWN) {
        return "lines and areas can only be present, planned, ended or unknown";
    }
    if (code->rotation_deg != 0) {
        return "lines and areas cannot be turned";
    }
    if (code->texts[SLOT_HAZARD] || code->texts[SLOT_VICTIMS]) {
        return "lines and areas carry neither hazard plate nor casualties";
    }
    return NULL;
}

const char *symbol_refusal(const struct symbol_entry *entry, const struct symbol_code *code)
{
    return entry->geometry == GEOMETRY_POINT ? point_refusal(entry, code) : line_or_area_refusal(code);
}

struct point composer_point(const struct composer *composer, struct point point)
{
    return (struct point){point.x * composer->unit_px, point.y * composer->unit_px};
}

const char *composer_text(const struct composer *composer, enum text_slot slot)
{
    return composer->base->slots & 1u << slot ? composer->code->texts[slot] : NULL;
}

static double height_px(enum symbol_detail detail)
{
    return detail == DETAIL_FULL ? SYMBOL_FULL_PX : detail == DETAIL_SMALL ? SYMBOL_SMALL_PX : SYMBOL_DOT_PX;
}

static struct composer composer_of(const struct symbol_entry *entry, const struct symbol_code *code,
                                   enum symbol_detail detail, enum palette palette)
{
    const struct symbol_base *base = symbol_base_of(entry->kind);
    bool is_accepted = base->statuses & 1u << code->status;
    enum symbol_status status = is_accepted ? code->status : STATUS_PRESENT;
    struct composer composer = {.entry = entry,
                                .code = code,
                                .base = base,
                                .inks = symbol_inks_of(entry, status, palette),
                                .palette = palette,
                                .detail = detail,
                                .status = status,
                                .unit_px = height_px(detail) / BASE_HEIGHT,
                                .frame_px = (detail == DETAIL_FULL ? 2 : 1.25) * base->frame,
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
        composer_draw_inside(&composer);
        composer_draw_marks(&composer);
    }
    if (detail == DETAIL_FULL) {
        composer_draw_texts(&composer);
    }
    double half_width_px = composer.base->width / 2 * composer.unit_px;
    double half_height_px = height_px(detail) / 2;
    struct bbox frame = {-half_width_px, -half_height_px, half_width_px, half_height_px};
    return sketch_take(&composer.sketch, frame, composer_point(&composer, composer.base->anchor), scale,
                       drawing, fault);
}
