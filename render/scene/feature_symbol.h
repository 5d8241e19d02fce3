/*
 * feature_symbol.h - the picture of a feature's symbol, shared by all features that look alike.
 */
#ifndef RENDER_FEATURE_SYMBOL_H
#define RENDER_FEATURE_SYMBOL_H

#include <stdbool.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "symbology/point_mark.h"
#include "symbology/stroke.h"
#include "symbology/symbol_code.h"

struct fault;
struct map_view;
struct placed;
struct symbol_entry;
struct symbol_cache;
struct symbol_picture;

/** The code without the texts that its picture does not show. Borrows those that stay from the feature. Of a
 * small plate it says numbers, but not which: the picture shows that there are some. */
struct symbol_code feature_symbol_code(const struct placed *placed);

/** Bits of the texts that are drawn inside its frame. @param entry may be NULL */
unsigned feature_symbol_slots_inside(const struct symbol_entry *entry);

/** Bits of the texts that its picture shows, where the code gives them. */
unsigned feature_symbol_slots(const struct placed *placed);

/**
 * As symbol_cache_get(), in the detail and with or without the numbers that the placement decided; texts that
 * stand beside the symbol and not in it make no difference.
 */
struct symbol_picture *feature_symbol(struct symbol_cache *cache, const struct map_view *view,
                                      const struct placed *placed, struct fault *fault);

/** Where it has paint, px. False on fault. */
bool feature_symbol_ink(struct symbol_cache *cache, const struct map_view *view, const struct placed *placed,
                        struct bbox *ink, struct fault *fault);

/** The same of a picture at a place; what reaches further than reach_px is not told of. */
struct bbox feature_symbol_box(const struct symbol_picture *picture, struct point place, double reach_px);

/** A badge: a dark disc, wide enough for its number; and how the number in its middle looks. */
struct point_mark feature_symbol_badge(uint32_t count, double scale);
struct text_look feature_symbol_badge_look(double scale);

/** px: no paint of a badge that stands for so many lies further from its middle, left to right or up and
 * down.
 */
double feature_symbol_badge_reach_px(uint32_t count, double scale);

/** Does it show casualties, count or hazard plate beside its frame? */
bool feature_symbol_has_numbers(const struct placed *placed);

#endif
