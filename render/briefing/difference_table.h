/*
 * difference_table.h - what changed since an earlier situation, as a table for the pages that follow a map.
 *
 * First what is new, then what moved, what changed in another way, what ended, and what is not to be seen on
 * the map; of each its symbol then and now, its name, text and place, what changed, when, and whose it is.
 */
#ifndef RENDER_BRIEFING_DIFFERENCE_TABLE_H
#define RENDER_BRIEFING_DIFFERENCE_TABLE_H

#include <stddef.h>

#include "geo/pixel_grid.h"

struct fault;
struct map_view;
struct renderer;
struct table_block;

#define DIFFERENCE_TABLE_MOST 2000 /* rows */

struct difference_table_choice {
    struct pixel_box box; /* of the view's grid: what neither was nor is in it is only counted */
    size_t most;          /* rows; a note counts the rest */
};

/**
 * Makes the table in the view's language, of the view's differences.
 * @param view  borrowed, with plots and differences, until the table is freed
 * @return owned, table_block_free(); it says so when nothing has changed. NULL on fault.
 */
struct table_block *difference_table_new(struct renderer *renderer, const struct map_view *view,
                                         const struct difference_table_choice *choice, struct fault *fault);

/** What stands in its place where there is no earlier briefing to compare with. Owned, table_block_free(). */
struct table_block *difference_table_without(struct renderer *renderer, const struct map_view *view);

/** The key of the marks on the map with their numbers, or that nothing changed; with since when. Owned by the
 * caller. */
char *difference_table_key(struct renderer *renderer, const struct map_view *view, struct pixel_box box);

#endif
