/*
 * layer_stock.c - rule by rule, whatever scale each is for: all of them take some milliseconds.
 */
#include "render/layer/layer_stock.h"

#include "data/catalogue.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/layer/layer_point.h"
#include "render/map_view.h"
#include "render/renderer_internal.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text.h"
#include "symbology/style.h"

/** A fault shows when it is drawn. */
static void make_mark(struct renderer *renderer, const struct map_view *view, const struct style_rule *rule)
{
    struct fault fault;
    struct symbol_picture *picture = layer_point_picture(renderer, view, rule, 0, 1.0, &fault);
    if (picture) {
        symbol_picture_image(picture, 1, &fault);
    }
}

static void make_rule(struct renderer *renderer, const struct map_view *view, const struct style_rule *rule)
{
    if (rule->label.part_count > 0) {
        text_make_ready(renderer->text_engine, &rule->label.look, rule->label.is_along);
    }
    if (style_rule_draws_points(rule)) {
        make_mark(renderer, view, rule);
    }
}

bool layer_stock_fill(struct layer_stock *stock, struct renderer *renderer, const struct map_view *view,
                      int64_t until_us)
{
    while (stock->item < view->map->item_count) {
        const struct layer *layer = view->map->items[stock->item].layer;
        if (!layer || layer->kind != LAYER_VECTOR || stock->rule == layer->style->rule_count) {
            *stock = (struct layer_stock){.item = stock->item + 1};
            continue;
        }
        make_rule(renderer, view, &layer->style->rules[stock->rule++]);
        if (monotonic_now_us() >= until_us) {
            return true;
        }
    }
    return false;
}
