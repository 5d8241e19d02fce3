/*
 * feature_table.h - the list of the features in the frame of a map, as a table for the pages that follow it.
 *
 * What a symbol alone does not say: its name in words with its status, the text of the feature, where it
 * stands in RD and in WGS84, since when, whose it is, how far it is trusted.
 */
#ifndef RENDER_BRIEFING_FEATURE_TABLE_H
#define RENDER_BRIEFING_FEATURE_TABLE_H

#include <stddef.h>

#include "geo/pixel_grid.h"

struct fault;
struct map_view;
struct renderer;
struct table_block;

#define FEATURE_TABLE_MOST 1000 /* rows: some forty pages of A4 */

/** A sheet of an atlas. */
struct feature_table_sheet {
    const char *name; /* borrowed */
    struct pixel_box box;
};

/** What it lists. Numbered views (map_view.numbers) come by number, others by discipline and name. */
struct feature_table_choice {
    struct pixel_box box; /* of the view's grid: the frame */
    size_t most;          /* rows, the most important features first; a note counts the rest */
    const struct feature_table_sheet *sheets; /* a column says on which of them each is; NULL: none */
    size_t sheet_count;
};

/**
 * Makes the table in the view's language.
 * @param view  borrowed, with the plots, until the table is freed
 * @return owned, table_block_free(); without rows when there is nothing in the frame. NULL on fault.
 */
struct table_block *feature_table_new(struct renderer *renderer, const struct map_view *view,
                                      const struct feature_table_choice *choice, struct fault *fault);

#endif
