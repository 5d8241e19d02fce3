/*
 * placement.h - where symbols and labels stand in one district (district.h), decided once for all its tiles.
 *
 * So every tile of a map, revision, moment and zoom sees the same placement: no label is cut and none jumps.
 * Features are taken in the order of their priority (symbol_entry.priority, then plot and id). All is counted
 * in px of the 1x picture, the same for every pixel ratio.
 *
 * Symbols are never left out. What one looks like is decided so that districts agree on those near their
 * border: by what is around it, never by a chain of decisions.
 *  - It is as small as it must be to leave at least COVERED_PART of the ink of every more important symbol to
 *    see, which is thought of as large as the scale asks for, whatever became of it. So only symbols within
 *    twice DISTRICT_SYMBOL_REACH_PX matter, and at scales that ask for dots none. Those that had to become
 *    small are painted on top of what crowds them, so that none is hidden.
 *    A plate drawn in full is read whole, for a number without a digit is another number. What is less
 *    important keeps off it as long as it can become smaller. One on which any other symbol would lie, even
 *    in the smallest form that it may take, and further in than the rim, is not drawn in full but says its
 *    number as other small symbols do (placement_plates.h). One whose code forces its size stays as it is.
 *  - Casualties, count and hazard plate stand beside a symbol drawn in full where no symbol does, as it
 *    became, and where those of no more important symbol would, painted or not. So only symbols within twice
 *    DISTRICT_NUMBERS_REACH_PX matter and what made them small: all in all what has its place within
 *    district_margin_px(). Where there is no room the label says them, and where that has no place either, it
 *    is reported.
 *  - Of symbols with the same picture in the same place one is painted.
 *  - On a map whose policy for crowds is "count" those whose dots would hide each other give way to one badge
 *    with their number (placement_badges.h). Symbols keep off badges as they do off more important symbols,
 *    and badges are painted last and never meet: so a number is read whole.
 *
 * Labels belong to the district that their place lies in, and stand whole inside it. One takes the first of
 * its candidate places that is free, those that would cross the border moved inward at last, or is reported
 * as unplaced. On a map whose policy for crowds is "leader" those that find none beside their symbol get one
 * further off, with a line to the symbol that crosses nothing else; first all that find one beside it are
 * placed. On a numbered page (feature_numbers.h) so do numbers, whatever the policy, and those of lines and
 * areas stand anywhere along them. The name of a line or area whose entry says so stands along its line or
 * edge, in each district that has a stretch for it, and else where labels of lines and areas do. See
 * placement_along.h. A label of two lines that finds no place whole stands without the second, in its turn,
 * before less important ones, and is reported as shortened.
 *
 * A view with a frame shows nothing beside it: there a label stands whole inside the frame, and what has its
 * place outside has neither symbol nor label. There the label of a line or area is told apart from those of
 * other lines too: it stands nearest to its own and on no other, or a leader leads to its own, or it is
 * reported as unplaced (placement_lines.h).
 */
#ifndef RENDER_PLACEMENT_H
#define RENDER_PLACEMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/bbox.h"
#include "render/placement/leader.h"
#include "render/placement/reach_box.h"
#include "render/text/text.h"
#include "render/text/text_along.h"
#include "symbology/symbol.h"

struct fault;
struct feature;
struct map_view;
struct placement;
struct renderer;
struct report;
struct symbol_cache;
struct symbol_picture;
struct text_engine;

/** The texts of one feature. */
struct placed_text {
    const char *label;        /* owned by the placement; NULL: none, or no place for it */
    struct point label_place; /* north-west corner of its text box, whole px */
    enum text_align label_align;
    struct text_look label_look;
    bool is_number;       /* that a table tells of: it has a plate as large as its room */
    bool has_leader;      /* the label stands some way off: a line leads to it */
    struct leader leader; /* painted below all symbols */
    struct bbox
        label_room; /* px: text box and halo, which nothing else may stand on; empty when there is none */
    struct bbox label_ink; /* px: no paint lies outside, not even of letters that lean out of the text box */
    struct text_alongs alongs; /* owned by the placement: texts along the line or edge, the name or letters */
};

/** One feature's symbol and label. Most have no text at all in a crowd, so texts stand apart. */
struct placed {
    const struct feature *feature;           /* borrowed from the scene */
    const struct symbol_entry *entry;        /* borrowed from the symbol set; NULL when the set lacks it */
    const struct symbol_entry *symbol_entry; /* what is drawn at place */
    const struct placed_text *text;          /* owned by the placement; never NULL, maybe shared when empty */
    struct point place;                      /* whole px of the zoom's pixel space */
    struct reach_box symbol_reach;           /* of its ink around the place: placed_ink() */
    uint32_t part;                           /* of a multipoint; of a template, whose parts have names: + 1 */
    uint32_t look;                           /* of its symbol: placement_looks.h */
    uint32_t badge_count;          /* so many symbols that one badge stands for; 0: it is a symbol */
    uint8_t plot;                  /* index among the view's plots */
    enum symbol_detail detail : 8; /* FULL, SMALL or DOT */
    bool has_symbol : 1;           /* points, and the centre symbols of areas */
    bool is_double : 1;            /* has none because the same one stands at its place already */
    bool is_crowded : 1;           /* smaller than the scale asks for */
    bool has_numbers : 1;          /* casualties, count, hazard plate stand beside the symbol */
};

/** px: of its symbol; of a double that of its twin; empty when there is none. */
static inline struct bbox placed_ink(const struct placed *placed)
{
    return reach_box_at(placed->symbol_reach, placed->place);
}

/**
 * The placement of the district around a box, which lies within one. Kept by the renderer with its scene.
 * @return borrowed until the next call with this renderer. NULL on fault.
 */
const struct placement *placement_get(struct renderer *renderer, const struct map_view *view,
                                      struct bbox box_px, struct fault *fault);

/** In painting order: the most important last, and behind them those that are crowded, the small
 * before the dots, then badges. */
size_t placement_count(const struct placement *placement);
const struct placed *placement_at(const struct placement *placement, size_t index);

/** The same in the order of plot, id and part. */
const struct placed *placement_in_order(const struct placement *placement, size_t index);

/** Visits in painting order those whose symbol, label, leader or text along a line has ink in the box. */
void placement_query(const struct placement *placement, struct bbox box_px,
                     void (*visit)(const struct placed *placed, void *context), void *context);

/**
 * The picture of its symbol, borrowed from the cache of symbols, when it was kept: that is quicker than
 * asking the cache. NULL: it has to be asked. Only as long as placement_has_pictures().
 */
struct symbol_picture *placement_picture(const struct placement *placement, const struct placed *placed);
bool placement_has_pictures(const struct placement *placement, const struct symbol_cache *cache);

/** A symbol that a badge stands for. */
struct placement_counted {
    const struct feature *feature;    /* borrowed from the scene */
    const struct symbol_entry *entry; /* NULL when the set lacks it */
    struct point place;
    uint32_t count; /* of the badge */
};

size_t placement_counted_count(const struct placement *placement);
const struct placement_counted *placement_counted_at(const struct placement *placement, size_t index);

/** Are there leaders at all? */
bool placement_has_leaders(const struct placement *placement);

/** Is there no symbol in the box, and no room of a label or of a text along a line? */
bool placement_is_free(const struct placement *placement, struct bbox box_px);

/** Makes what its first question would make. */
void placement_make_ready(const struct placement *placement, struct text_engine *engine);

/** Adds the labels without a place or without letters in the fonts and the symbols made small, within a box.
 */
void placement_report(const struct placement *placement, struct text_engine *engine, struct bbox box_px,
                      struct report *report);

#endif
