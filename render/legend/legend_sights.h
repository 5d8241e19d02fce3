/*
 * legend_sights.h - which symbols, each with its status, a window of a view shows.
 */
#ifndef RENDER_LEGEND_SIGHTS_H
#define RENDER_LEGEND_SIGHTS_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/bbox.h"

struct fault;
struct map_view;
struct renderer;
struct symbol_code;
struct symbol_entry;

/** An entry with a status that was seen. */
struct legend_sight {
    const struct symbol_entry *entry; /* NULL: the set lacks it */
    const struct symbol_code *code;   /* of the first feature seen; borrowed from the view's plot */
    size_t group_rank;                /* place of the first entry of its group in the set */
    size_t rank;                      /* its own place in the set */
};

/** All zero is none. */
struct legend_sights {
    struct legend_sight *items; /* owned; without ranks, in no particular order */
    size_t count;
    size_t capacity;
    bool has_badges; /* that count symbols */
};

/** A window of more districts than that is not made up of scenes. */
#define LEGEND_DISTRICTS_MOST 9

/**
 * Collects what has paint in the box; in a box of more than LEGEND_DISTRICTS_MOST districts points count when
 * they have their place in it, and on a map that counts crowded symbols badges are taken to be there.
 * @param box_px  empty: everything that has a place in the CRS of the view
 */
bool legend_sights_collect(struct renderer *renderer, const struct map_view *view, struct bbox box_px,
                           struct legend_sights *sights, struct fault *fault);
void legend_sights_finish(struct legend_sights *sights);

#endif
