/*
 * layer_point.c - both kinds are pictures of the symbol cache: rasterised once, blitted at whole px.
 */
#include "render/layer/layer_point.h"

#include <math.h>
#include <string.h>

#include "geo/base/fault.h"
#include "render/map_view.h"
#include "render/renderer_internal.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/style.h"
#include "symbology/symbol_library.h"

/* Against the height of the frame: the reach of the widest symbol, and of each letter that stands beside it.
 */
#define SYMBOL_REACH_SHARE 1.7
#define LETTER_REACH_SHARE 0.3

static enum symbol_detail detail_of(const struct style_symbol *symbol)
{
    return symbol->code.detail == DETAIL_BY_SCALE ? DETAIL_FULL : symbol->code.detail;
}

static double frame_px(const struct style_symbol *symbol)
{
    enum symbol_detail detail = detail_of(symbol);
    double px = detail == DETAIL_DOT     ? SYMBOL_DOT_PX
                : detail == DETAIL_SMALL ? SYMBOL_SMALL_PX
                                         : SYMBOL_FULL_PX;
    return px * symbol->size;
}

struct symbol_picture *layer_point_picture(struct renderer *renderer, const struct map_view *view,
                                           const struct style_rule *rule, double rotation_deg, double scale,
                                           struct fault *fault)
{
    if (!rule->symbol.is_given) {
        struct point_mark mark = rule->mark;
        mark.rotation_deg += rotation_deg;
        mark.size_px *= scale;
        mark.stroke_px *= scale;
        return symbol_cache_get_point_mark(renderer->symbol_cache, &mark);
    }
    const struct style_symbol *symbol = &rule->symbol;
    struct fault unknown = {0}; /* named when the catalogue was checked; the drawing says it with a "?" */
    const struct symbol_entry *entry = symbol_library_resolve(view->symbols, &symbol->code, &unknown);
    bool is_point = entry && entry->geometry == GEOMETRY_POINT;
    return symbol_cache_get(renderer->symbol_cache, is_point ? entry : NULL, &symbol->code, detail_of(symbol),
                            view->palette, symbol->size * view->symbol_scale * scale, fault);
}

static size_t longest_text(const struct symbol_code *code)
{
    size_t most = 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        size_t length = code->texts[slot] ? strlen(code->texts[slot]) : 0;
        most = length > most ? length : most;
    }
    return most;
}

double layer_point_reach_px(const struct style_rule *rule)
{
    if (!rule->symbol.is_given) {
        return point_mark_reach_px(&rule->mark);
    }
    double share = SYMBOL_REACH_SHARE + LETTER_REACH_SHARE * (double)longest_text(&rule->symbol.code);
    double box_with_a_question_mark_px = SYMBOL_FULL_PX / 2 * rule->symbol.size; /* whatever its detail */
    return fmax(share * frame_px(&rule->symbol), box_with_a_question_mark_px);
}

bool layer_point_has_body(const struct style_rule *rule)
{
    return rule->says_points && style_rule_draws_points(rule);
}

double layer_point_body_px(const struct style_rule *rule, double symbol_scale)
{
    if (!rule->symbol.is_given) {
        return rule->mark.size_px / 2;
    }
    double halo_px = 2.0;
    return frame_px(&rule->symbol) * symbol_scale / 2 + halo_px;
}
