/*
 * layout_internal.h - what cutting cells and filling them share.
 */
#ifndef RENDER_BRIEFING_LAYOUT_INTERNAL_H
#define RENDER_BRIEFING_LAYOUT_INTERNAL_H

#include "render/briefing/layout.h"
#include "render/grid/grid_labels.h"

#define LAYOUT_STRIP_LEAST_MM 13.5 /* of a strip above or below the map, on A4 */

/** Bands with the marking, footer and body of a page with a map. */
struct layout_furniture layout_full_furniture(const struct layout_sheet *sheet, double unit);

/** Has the sheet so little width that the times stand below title and marking? */
bool layout_slim_is_narrow(const struct layout_sheet *sheet);

/** Title, times and marking in one band above the map, identity and marking in one below it. */
struct layout_furniture layout_slim_furniture(const struct layout_sheet *sheet);

/**
 * Neat lines and frames in a room, with bands around each. Around a map of a given size they are as large as
 * it leaves room for. INPUT: a map of a given size does not fit. */
bool layout_place_maps(const struct layout_sheet *sheet, struct bbox room, struct grid_bands bands,
                       struct layout *layout, struct fault *fault);

/** Title and times never leave the page of the map. */
bool layout_block_is_required(enum block_kind kind);

/** A block for each kind in each place of the template; what belongs on a following page is moved. */
void layout_collect_blocks(struct layout_sheet sheet, struct layout *layout);

/** Adds a block, or its elements to the one of its kind that stands in the place already. */
void layout_add_block(struct layout *layout, enum block_kind kind, unsigned elements, enum place place);

/** Does a block of the kind stand in the place? */
bool layout_has_kind(const struct layout *layout, enum place place, enum block_kind kind);

/** Furniture, cells and maps of a slim sheet. INPUT: a map of a given size does not fit on the paper. */
bool layout_frame_slim(const struct layout_sheet *sheet, struct grid_bands bands, struct layout *layout,
                       struct fault *fault);

#endif
