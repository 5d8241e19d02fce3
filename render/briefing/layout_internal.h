/*
 * layout_internal.h - what cutting cells and filling them share.
 */
#ifndef RENDER_BRIEFING_LAYOUT_INTERNAL_H
#define RENDER_BRIEFING_LAYOUT_INTERNAL_H

#include "render/briefing/layout.h"

/** Title and times never leave the page of the map. */
bool layout_block_is_required(enum block_kind kind);

/** A block for each kind in each place of the template; what belongs on a following page is moved. */
void layout_collect_blocks(struct layout_sheet sheet, struct layout *layout);

/** Adds a block, or its elements to the one of its kind that stands in the place already. */
void layout_add_block(struct layout *layout, enum block_kind kind, unsigned elements, enum place place);

#endif
