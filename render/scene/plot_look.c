/*
 * plot_look.c - names are symbol codes without what makes no difference.
 */
#include "render/scene/plot_look.h"

#include <stdio.h>

#include "data/feature.h"
#include "geo/base/memory.h"
#include "geo/shape.h"
#include "render/scene/feature_symbol.h"
#include "render/placement/placement.h"
#include "symbology/symbol.h"
#include "symbology/symbol_library.h"
#include "symbology/symbol_set.h"

static enum symbol_geometry geometry_of(enum shape_kind kind)
{
    return kind == SHAPE_POINT ? GEOMETRY_POINT : kind == SHAPE_LINE ? GEOMETRY_LINE : GEOMETRY_AREA;
}

/* An entry of another geometry says nothing of how this one looks. */
static bool fits(const struct plot_look *look)
{
    return look->entry && look->entry->geometry == geometry_of(look->feature->shape->kind);
}

struct plot_look plot_look_of(const struct symbol_library *symbols, const struct feature *feature)
{
    struct plot_look look = {.feature = feature};
    look.entry = symbol_library_resolve(symbols, &feature->code, NULL);
    look.has_shape = feature->shape->kind != SHAPE_POINT;
    bool is_known = fits(&look);
    if (is_known) {
        look.symbol_entry = look.has_shape ? look.entry->centre_entry : look.entry;
    }
    look.has_symbol = !look.has_shape || look.symbol_entry || !is_known;
    return look;
}

enum symbol_detail plot_look_detail(const struct plot_look *look, double scale_denominator)
{
    enum symbol_detail forced = look->feature->code.detail;
    return forced != DETAIL_BY_SCALE ? forced : symbol_detail_at(scale_denominator);
}

char *plot_look_icon(const struct plot_look *look, enum symbol_detail detail)
{
    struct placed placed = {.feature = look->feature,
                            .entry = look->entry,
                            .symbol_entry = look->symbol_entry,
                            .detail = detail,
                            .has_numbers = true};
    struct symbol_code code = feature_symbol_code(&placed);
    code.detail = detail;
    if (look->has_shape && look->symbol_entry) {
        snprintf(code.entity, sizeof(code.entity), "%s", look->symbol_entry->id);
    }
    return symbol_code_format(&code, true);
}

char *plot_look_shape(const struct plot_look *look)
{
    if (!fits(look)) {
        return memory_copy_text(PLOT_LOOK_UNKNOWN);
    }
    const struct symbol_code *own = &look->feature->code;
    struct symbol_code code = {.version = own->version, .status = symbol_status_of(look->entry, own)};
    snprintf(code.set, sizeof(code.set), "%s", own->set);
    snprintf(code.entity, sizeof(code.entity), "%s", look->entry->id);
    return symbol_code_format(&code, false);
}

bool plot_look_has_name_along(const struct plot_look *look)
{
    return look->has_shape && fits(look) && look->entry->text.source == LINE_TEXT_NAME;
}

char *plot_look_label(const struct plot_look *look, enum symbol_detail detail)
{
    const struct feature *feature = look->feature;
    return look->entry ? symbol_label(look->entry, &feature->code, detail)
                       : memory_copy_text(feature->code.texts[SLOT_NAME]);
}

struct text_look plot_look_text(const struct plot_look *look, enum palette palette)
{
    return symbol_label_look(look->entry, palette, 1.0);
}

char *plot_look_lettering(const struct plot_look *look, char text[static PLOT_LETTERING_BYTES])
{
    struct text_look set = plot_look_text(look, PALETTE_DEFAULT);
    snprintf(text, PLOT_LETTERING_BYTES, "%g%s%s", set.size_px, set.is_bold ? " bold" : "",
             set.is_italic ? " italic" : "");
    return text;
}
