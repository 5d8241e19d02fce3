/*
 * legend_badge.c - the key of the badges that count symbols: one as on the map, with a number.
 */
#include "geo/base/memory.h"
#include "render/canvas/canvas.h"
#include "render/legend/legend_internal.h"
#include "render/renderer_internal.h"
#include "render/scene/feature_symbol.h"
#include "render/symbol/symbol_picture.h"
#include "render/text/text.h"

#define EXAMPLE_COUNT 12
#define EXAMPLE_TEXT "12"

static const char *const titles[LANGUAGE_COUNT] = {
    [LANGUAGE_NL] = "Getal: zoveel symbolen staan hier samen",
    [LANGUAGE_EN] = "Number: so many symbols stand here together",
    [LANGUAGE_FR] = "Nombre\u00a0: autant de symboles sont réunis ici",
    [LANGUAGE_DE] = "Zahl: so viele Zeichen stehen hier zusammen",
};

void legend_add_badge(struct legend *legend, enum language language)
{
    struct legend_item *item = legend_append(legend);
    item->is_badge = true;
    item->title = memory_copy_text(titles[language]);
    item->group = memory_copy_text("");
}

static struct symbol_picture *badge_picture(struct renderer *renderer, const struct legend *legend,
                                            double scale)
{
    struct point_mark badge = feature_symbol_badge(EXAMPLE_COUNT, legend->symbol_scale * scale);
    return symbol_cache_get_point_mark(renderer->symbol_cache, &badge);
}

struct bbox legend_badge_mark(struct renderer *renderer, const struct legend *legend)
{
    return symbol_picture_ink(badge_picture(renderer, legend, 1.0));
}

void legend_badge_paint(struct renderer *renderer, const struct legend *legend, double scale,
                        struct point place, struct canvas *canvas)
{
    struct text_look look = feature_symbol_badge_look(legend->symbol_scale * scale);
    struct text_box box = {.wrap_px = 0, .align = TEXT_CENTRE};
    struct text_size size = text_measure(renderer->text_engine, EXAMPLE_TEXT, &look, box);
    canvas_symbol(canvas, badge_picture(renderer, legend, scale), place);
    canvas_text(canvas, EXAMPLE_TEXT, &look, box,
                (struct point){place.x - size.width_px / 2, place.y - size.height_px / 2});
}
