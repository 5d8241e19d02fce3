/*
 * placement_wishes.h - what the features of a scene ask of a placement: symbols, labels, names of parts; and
 * what became of each.
 */
#ifndef RENDER_PLACEMENT_WISHES_H
#define RENDER_PLACEMENT_WISHES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "render/placement/placement.h"

struct feature_label;
struct map_view;
struct placement_looks;
struct scene;
struct scene_feature;

/** One symbol or label to be placed. Kept small: a district may have a million, and most get no text. */
struct placement_wish {
    const struct scene_feature *feature;  /* borrowed from the scene */
    const struct placement_wish *old;     /* the same wish in the placement this one is made from, or NULL */
    struct feature_label *label;          /* one reference; NULL: none, or not looked for */
    struct far_box text_looked;           /* placement_wish_looked() */
    uint16_t name_count;                  /* of the texts along its line: the name, before what is repeated */
    uint16_t repeat_most;                 /* as often it might be repeated */
    enum symbol_detail wanted_detail : 8; /* as large as the scale asks for; DETAIL_BY_SCALE: no symbol */
    enum symbol_detail forced_detail : 8; /* that its code says, of a symbol; DETAIL_BY_SCALE: none */
    bool is_point : 1;                    /* as its feature is */
    bool is_named : 1;                    /* of a multipoint only the first part is */
    bool is_home : 1;                     /* its place lies in the district: its label belongs there */
    bool is_counted : 1;                  /* a badge stands for its symbol, maybe its own */
    bool is_part : 1;                     /* names a part of a template: placed.part - 1 */
    bool is_unreadable : 1;               /* a plate on which others would lie were it drawn in full */
    bool asks_for_numbers : 1;            /* its symbol is such that they may stand beside it */
    bool is_unplaced : 1;                 /* its label found no place beside its symbol */
    bool is_symbol_same : 1;              /* its symbol was decided as in old */
    bool is_label_same : 1;               /* its label too, but for a leader and what is repeated */
    struct placed placed;                 /* what has been decided so far */
};

struct placement_wishes {
    struct placement_wish *items; /* owned; by plot, id and part */
    size_t count;
    size_t capacity;
    uint32_t *order;               /* owned; numbers of the items, the most important first */
    struct placement_looks *looks; /* one reference */
};

/**
 * Of all features of a scene that have an image, with the places of their symbols.
 * @param looks  one reference is taken
 */
void placement_wishes_init(struct placement_wishes *wishes, const struct map_view *view,
                           const struct scene *scene, struct placement_looks *looks);
void placement_wishes_finish(struct placement_wishes *wishes);

/** Ranks are not asked for any more. */
void placement_wishes_forget_order(struct placement_wishes *wishes);

/** Around all places, px. */
struct bbox placement_wishes_box(const struct placement_wishes *wishes);

/** By rank: the most important first, then in the order of plot, id and part. */
struct placement_wish *placement_wishes_at(const struct placement_wishes *wishes, size_t rank);

/** Those who go through them by rank jump from feature to feature: asks memory for what will be looked at. */
void placement_wishes_fetch_ahead(const struct placement_wishes *wishes, size_t rank);

/** As large as the scale or its code asks for its symbol. A badge and what its code says the size of do not
 * give way: they are never smaller. */
enum symbol_detail placement_wish_wanted(const struct placement_wish *wish, const struct map_view *view);
bool placement_wish_gives_way(const struct placement_wish *wish);

/** The ink of its symbol in a detail that has been drawn: around its place, and px. */
struct reach_box placement_wishes_reach(const struct placement_wishes *wishes,
                                        const struct placement_wish *wish, enum symbol_detail detail);
struct bbox placement_wishes_ink(const struct placement_wishes *wishes, const struct placement_wish *wish,
                                 enum symbol_detail detail);

/** px: around all that its symbol depends on; empty when it has none. */
struct bbox placement_wishes_symbol_looked(const struct placement_wishes *wishes,
                                           const struct placement_wish *wish);

/** Its texts, to be written to. */
struct placed_text *placement_wish_text(struct placement_wish *wish);

/** Lets go of them when there are none. */
void placement_wish_forget_no_text(struct placement_wish *wish);

/** px: around all places that its texts tried, and maybe a little more. */
struct bbox placement_wish_looked(const struct placement_wish *wish);
void placement_wish_look(struct placement_wish *wish, struct bbox box_px);

size_t placement_wishes_bytes(const struct placement_wishes *wishes);

#endif
