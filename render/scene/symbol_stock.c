/*
 * symbol_stock.c - features in their order: a symbol that many have is among the first, and one that is there
 * already costs a look into the cache.
 */
#include "render/scene/symbol_stock.h"

#include <stdlib.h>

#include "data/plot.h"
#include "geo/base/fault.h"
#include "geo/base/moment.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/renderer_internal.h"
#include "render/scene/feature_symbol.h"
#include "render/scene/plot_look.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text.h"

#define FEATURES_MOST 20000 /* of a plot: who comes after them looks like one of them */
#define LETTERED_MOST 200   /* of a plot: their labels have all usual letters */

/** In all details: which one a zoom wants depends on how crowded it is. A fault shows when it is drawn. */
static void make_pictures(struct renderer *renderer, const struct map_view *view,
                          const struct feature *feature)
{
    struct plot_look look = plot_look_of(view->symbols, feature);
    struct placed placed = {
        .feature = feature, .entry = look.entry, .symbol_entry = look.symbol_entry, .has_symbol = true};
    struct fault fault;
    for (int detail = DETAIL_FULL; look.has_symbol && detail <= DETAIL_DOT; detail++) {
        placed.detail = (enum symbol_detail)detail;
        struct symbol_picture *picture = feature_symbol(renderer->symbol_cache, view, &placed, &fault);
        if (picture) {
            symbol_picture_image(picture, 1, &fault);
        }
    }
}

/** Paints the label as it stands beside the symbol: from then on its letters are known to the text engine. */
static void make_letters(struct renderer *renderer, const struct map_view *view,
                         const struct feature *feature)
{
    struct plot_look look = plot_look_of(view->symbols, feature);
    struct text_look set = plot_look_text(&look, view->palette);
    struct text_box box = {.wrap_px = 0, .align = TEXT_LEFT};
    char *label = plot_look_label(&look, DETAIL_FULL);
    int anchor_x;
    int anchor_y;
    if (label) {
        text_measure(renderer->text_engine, label, &set, box);
        text_picture(renderer->text_engine, label, &set, box, 1, &anchor_x, &anchor_y);
    }
    free(label);
}

static bool has_room(const struct symbol_cache *cache)
{
    return symbol_cache_bytes(cache) < SYMBOL_CACHE_BYTES_MAX / 2;
}

bool symbol_stock_fill(struct symbol_stock *stock, struct renderer *renderer, const struct map_view *view,
                       int64_t until_us)
{
    while (stock->plot < view->plot_count && has_room(renderer->symbol_cache)) {
        const struct plot *plot = view->plots[stock->plot];
        if (stock->feature >= plot_count(plot) || stock->feature >= FEATURES_MOST) {
            *stock = (struct symbol_stock){.plot = stock->plot + 1};
            continue;
        }
        const struct feature *feature = plot_at(plot, stock->feature);
        make_pictures(renderer, view, feature);
        if (stock->feature++ < LETTERED_MOST) {
            make_letters(renderer, view, feature);
        }
        if (monotonic_now_us() >= until_us) {
            return true;
        }
    }
    return false;
}
