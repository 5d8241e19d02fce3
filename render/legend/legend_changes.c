/*
 * legend_changes.c - the key of the marks that say what changed: each painted as on the map, around a dot.
 */
#include <stdio.h>

#include "geo/base/memory.h"
#include "render/briefing/difference_words.h"
#include "render/canvas/canvas.h"
#include "render/legend/legend_internal.h"
#include "render/map_view.h"
#include "render/px_box.h"
#include "render/scene/difference_paint.h"

#define DOT_PX 3.5 /* half its side, at scale 1 */
#define HALF_WIDTH_PX 20.0
#define WAY_PX 28.0 /* of what moved */

static void add_change(struct legend *legend, enum change_mark change, size_t count, enum language language)
{
    char title[160];
    struct legend_item *item = legend_append(legend);
    snprintf(title, sizeof title, "%s (%zu)", difference_mark_title(change, language), count);
    item->is_change = true;
    item->change = change;
    item->title = memory_copy_text(title);
    item->group = memory_copy_text(difference_word(DIFFERENCE_WORD_TITLE, language));
}

void legend_add_changes(struct renderer *renderer, const struct map_view *view, struct pixel_box box,
                        struct legend *legend)
{
    size_t counts[CHANGE_MARK_COUNT] = {0};
    if (!view->differences || box.width <= 0) {
        return;
    }
    difference_count_marks(renderer, view, pixel_box_to_bbox(box), counts);
    for (int change = 0; change < CHANGE_MARK_COUNT; change++) {
        if (counts[change] > 0) {
            add_change(legend, (enum change_mark)change, counts[change], view->language);
        }
    }
}

struct bbox legend_change_mark(const struct legend *legend)
{
    double high = (DOT_PX + CHANGE_REACH_PX) * legend->symbol_scale;
    double wide = HALF_WIDTH_PX * legend->symbol_scale;
    return (struct bbox){-wide, -high, wide, high};
}

static struct bbox dot_at(struct point place, double scale)
{
    return bbox_grow((struct bbox){place.x, place.y, place.x, place.y}, DOT_PX * scale);
}

void legend_change_paint(const struct legend *legend, enum change_mark change, double scale,
                         struct point place, struct canvas *canvas)
{
    static const struct colour thing = {0x55, 0x60, 0x6A, 0xFF};
    static const struct colour ended = {0xB8, 0xBF, 0xC5, 0xFF};
    double size = legend->symbol_scale * scale;
    struct change_look look = {legend->palette, size};
    bool has_moved = change == CHANGE_MARK_MOVED;
    struct point now = {place.x + (has_moved ? WAY_PX / 2 * size : 0), place.y};
    struct bbox dot = dot_at(now, size);
    canvas_fill_box(canvas, dot, change == CHANGE_MARK_ENDED ? ended : thing);
    if (has_moved) {
        change_mark_trail(look, (struct point){now.x - WAY_PX * size, now.y}, dot, canvas);
        return;
    }
    change_mark_paint(change, look, dot, canvas);
}
