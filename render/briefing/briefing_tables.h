/*
 * briefing_tables.h - the tables that a briefing has behind its maps: what changed, and the features.
 */
#ifndef RENDER_BRIEFING_BRIEFING_TABLES_H
#define RENDER_BRIEFING_BRIEFING_TABLES_H

#include <stdbool.h>
#include <stddef.h>

#include "geo/pixel_grid.h"
#include "render/briefing/sequel.h"

struct feature_table_sheet; /* feature_table.h */
struct map_view;
struct press;
struct table_block;

struct briefing_tables {
    struct table_block *tables[SEQUEL_TABLE_MOST]; /* owned */
    size_t count;
};

/** Of what. All borrowed, as long as the tables are used. */
struct briefing_tables_choice {
    const struct map_view *view;
    struct pixel_box box;
    const struct feature_table_sheet *sheets; /* of an atlas; NULL: it is none */
    size_t sheet_count;
};

/** Makes those that the template wants, and those without which the map could not be read. */
bool briefing_tables_make(struct press *press, const struct briefing_tables_choice *choice,
                          struct briefing_tables *tables);
void briefing_tables_finish(struct briefing_tables *tables);

/** Puts them behind what a sequel tells. */
void briefing_tables_add(const struct briefing_tables *tables, struct sequel_input *input);

#endif
