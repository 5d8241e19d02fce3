/*
 * feature_table_internal.h - the features of a table in order, for the file that writes their rows.
 */
#ifndef RENDER_BRIEFING_FEATURE_TABLE_INTERNAL_H
#define RENDER_BRIEFING_FEATURE_TABLE_INTERNAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "geo/base/buffer.h"
#include "geo/bbox.h"

struct map_view;
struct pointer_map;
struct renderer;
struct seen_feature;
struct table_block;

/* A feature with what decides its place in the list. */
struct listed_feature {
    const struct seen_feature *seen;
    uint32_t number;
    size_t group_rank;
    char *name;        /* of the symbol; owned */
    char *folded_name; /* owned */
    struct point lon_lat_deg;
    struct point rd;      /* NaN: not in RD's area */
    struct buffer sheets; /* "A2, B2" */
    size_t sheet_count;
};

struct feature_listing {
    struct renderer *renderer;
    const struct map_view *view;
    struct table_block *block;
    struct listed_feature *listed; /* owned; one for each that was seen */
    size_t count;
    bool has_numbers;
    bool has_extents;
    bool has_rd;
    bool has_sheets;
    struct pointer_map *on_map; /* of a numbered view: the features whose number is on the map */
    bool has_number_off_map;
};

/** The table with its columns, without rows. */
struct table_block *feature_table_columns(const struct feature_listing *making);

/** A row for each feature, below the names of their groups where they are not numbered, then notes. */
void feature_table_rows(struct feature_listing *making, size_t left_out);

#endif
