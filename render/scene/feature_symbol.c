/*
 * feature_symbol.c - ten thousand features have ten thousand names and some forty symbols: what the base
 * shape does not draw is taken out of the code before the cache is asked.
 */
#include "render/scene/feature_symbol.h"

#include <stddef.h>

#include "data/feature.h"
#include "render/map_view.h"
#include "render/placement/placement.h"
#include "render/symbol/symbol_picture.h"
#include "symbology/symbol.h"
#include "symbology/symbol_base.h"

#define BADGE_EDGE_PX 2
#define VEILED_NUMBERS "/0000" /* of any plate */
#define SOFT_EDGE_PX 1         /* dots that a picture has some of */

/* Of a plate its numbers. */
unsigned feature_symbol_slots_inside(const struct symbol_entry *entry)
{
    return entry && entry->kind == KIND_PLATE ? 1u << SLOT_HAZARD : 0;
}

unsigned feature_symbol_slots(const struct placed *placed)
{
    const struct symbol_entry *entry = placed->symbol_entry;
    if (!entry || placed->detail != DETAIL_FULL) {
        return 0;
    }
    return placed->has_numbers ? symbol_base_of(entry->kind)->slots : feature_symbol_slots_inside(entry);
}

bool feature_symbol_has_numbers(const struct placed *placed)
{
    const struct symbol_entry *entry = placed->symbol_entry;
    unsigned slots = entry ? feature_symbol_slots(placed) & ~feature_symbol_slots_inside(entry) : 0;
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (slots & 1u << slot && symbol_text_of(entry, &placed->feature->code, slot)) {
            return true;
        }
    }
    return false;
}

/* A plate whose numbers are not shown looks the same whatever they are. */
static void veil_numbers(struct symbol_code *bare, const struct placed *placed)
{
    const struct symbol_entry *entry = placed->symbol_entry;
    bool is_veiled = placed->detail != DETAIL_FULL && feature_symbol_slots_inside(entry) != 0 &&
                     placed->feature->code.texts[SLOT_HAZARD];
    bare->texts[SLOT_HAZARD] = is_veiled ? (char *)VEILED_NUMBERS : bare->texts[SLOT_HAZARD];
}

struct symbol_code feature_symbol_code(const struct placed *placed)
{
    struct symbol_code bare = placed->feature->code;
    unsigned slots = feature_symbol_slots(placed);
    for (int slot = 0; slot < SLOT_COUNT; slot++) {
        if (!(slots & 1u << slot)) {
            bare.texts[slot] = NULL;
        }
    }
    veil_numbers(&bare, placed);
    return bare;
}

static double badge_size_px(uint32_t count)
{
    int digits = 1;
    for (uint32_t rest = count; rest >= 10; rest /= 10) {
        digits++;
    }
    return digits < 3 ? 12 + 6 * digits : 10 + 6 * digits;
}

double feature_symbol_badge_reach_px(uint32_t count, double scale)
{
    return (badge_size_px(count) + BADGE_EDGE_PX) / 2 * scale + SOFT_EDGE_PX;
}

struct point_mark feature_symbol_badge(uint32_t count, double scale)
{
    return (struct point_mark){.shape = POINT_SHAPE_CIRCLE,
                               .size_px = badge_size_px(count) * scale,
                               .fill = {0x2B, 0x2B, 0x2B, 0xFF},
                               .stroke = {0xFF, 0xFF, 0xFF, 0xFF},
                               .stroke_px = BADGE_EDGE_PX * scale};
}

struct text_look feature_symbol_badge_look(double scale)
{
    return (struct text_look){.size_px = 11.5 * scale, .colour = {0xFF, 0xFF, 0xFF, 0xFF}, .is_bold = true};
}

struct symbol_picture *feature_symbol(struct symbol_cache *cache, const struct map_view *view,
                                      const struct placed *placed, struct fault *fault)
{
    if (placed->badge_count > 0) {
        struct point_mark badge = feature_symbol_badge(placed->badge_count, view->symbol_scale);
        return symbol_cache_get_point_mark(cache, &badge);
    }
    struct symbol_code bare = feature_symbol_code(placed);
    return symbol_cache_get(cache, placed->symbol_entry, &bare, placed->detail, view->palette,
                            view->symbol_scale, fault);
}

static struct bbox ink_at(const struct symbol_picture *picture, struct point place)
{
    struct bbox around = symbol_picture_ink(picture);
    return (struct bbox){place.x + around.min_x, place.y + around.min_y, place.x + around.max_x,
                         place.y + around.max_y};
}

bool feature_symbol_ink(struct symbol_cache *cache, const struct map_view *view, const struct placed *placed,
                        struct bbox *ink, struct fault *fault)
{
    const struct symbol_picture *picture = feature_symbol(cache, view, placed, fault);
    if (picture) {
        *ink = ink_at(picture, placed->place);
    }
    return picture != NULL;
}

struct bbox feature_symbol_box(const struct symbol_picture *picture, struct point place, double reach_px)
{
    struct bbox reach = {place.x - reach_px, place.y - reach_px, place.x + reach_px, place.y + reach_px};
    return bbox_intersection(ink_at(picture, place), reach);
}
